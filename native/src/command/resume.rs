//! Everything that is unfinished, driven to its end: once, in groups of what needs a client of its own.

use super::flags::{Common, Resume};
use super::interrupt::Interrupts;
use super::progress::{Board, Line};
use super::stored::of;
use super::{OK, Out, Outcome, clients, output, stored};
use crate::client::{Client, Resumed};
use crate::store::{Damaged, Filter, Store};
use gentask_core::{Failure, Reply, TaskRecord};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// What needs a client of its own: provider, account, base URL.
pub(super) type Needs = (String, String, String);

/// What is unfinished in a store, by the clients that it needs.
#[derive(Default)]
pub(super) struct Unfinished {
    /// One of the tasks, and how many there are.
    pub(super) groups: BTreeMap<Needs, (TaskRecord, usize)>,
    /// How many belong to accounts that were not named.
    pub(super) others: BTreeMap<String, usize>,
    /// Those that cannot be read.
    pub(super) damaged: Vec<Damaged>,
}

impl Unfinished {
    pub(super) async fn read(common: &Common, store: &dyn Store) -> Result<Self, Failure> {
        let mut found = Self::default();
        let mut filter = Filter { unfinished: true, limit: Some(500), ..of(common)? };
        loop {
            let page = store.list(&filter).await?;
            found.damaged.extend(page.damaged);
            for record in page.records {
                if common.account.is_none() && record.account() != clients::DEFAULT_ACCOUNT {
                    *found.others.entry(record.account().to_owned()).or_default() += 1;
                } else {
                    let needs = (record.provider().to_owned(), record.account().to_owned(), record.base().to_owned());
                    found.groups.entry(needs).or_insert((record, 0)).1 += 1;
                }
            }
            filter.after = page.next;
            if filter.after.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Drives every unfinished task to its end, in groups of what needs a client of its own, and prints each as it ends.
pub(super) async fn resume(common: &Common, resume: &Resume) -> Outcome {
    let store = clients::store(common)?;
    let json = common.json();
    let Unfinished { groups, others, damaged } = Unfinished::read(common, &*store).await?;
    let mut worst = stored::damaged(&damaged);
    if groups.is_empty() && !json {
        output::line("nothing to resume");
    }
    for (account, count) in others {
        output::note(&format!(
            "skipped {} of account \"{account}\": resume with --account {account} and that account's API key",
            tasks(count, "")
        ));
    }
    if let Some(out) = resume.out.as_deref().filter(|_| !groups.is_empty()) {
        // Some of them may be orders that are yet to be paid for.
        super::check_out(out).await?;
    }
    let mut interrupts = Interrupts::listen();
    let mut clients = Vec::new();
    let board = Board::default();
    let concurrency = (resume.concurrency / groups.len().max(1)).max(1);
    let mut driving = JoinSet::new();
    for (sample, count) in groups.values() {
        // What one group lacks, such as its contract file, is no reason to leave the others.
        match clients::client_of(common, sample, Arc::clone(&store)) {
            Ok(client) => {
                let line = board.line(client.contract().id());
                line.say(format!("resuming tasks of {} ({})", client.contract().title(), client.account_label()));
                clients.push(client.clone());
                let group = Group { client, line, board: board.clone(), out: super::out(resume.out.as_ref(), resume.receipt), json };
                driving.spawn(group.drive(concurrency, common.timeout));
            }
            Err(failure) => {
                worst = worst.max(output::failure(&failure, json));
                if *count > 1 {
                    output::note(&format!("the same applies to {}", tasks(count - 1, "more ")));
                }
            }
        }
    }
    loop {
        tokio::select! {
            ended = driving.join_next() => match ended {
                Some(code) => worst = worst.max(code.unwrap_or(super::FAILED)),
                None => return Ok(worst),
            },
            () = interrupts.next() => {
                // What waits ends here; a submit that is on its way may bring the id of a task that is paid for.
                driving.abort_all();
                board.beside(|| output::note("interrupted; the tasks are still running: `gentask resume` waits for them again"));
                leave(&clients, &mut interrupts, &board).await;
                return Ok(super::RUNNING);
            }
        }
    }
}

/// Waits for the submits that are on their way, if there are any; another interrupt leaves them, too.
pub(super) async fn leave(clients: &[Client], interrupts: &mut Interrupts, board: &Board) {
    let mut settled = std::pin::pin!(async {
        for client in clients {
            client.settled().await;
        }
    });
    tokio::select! {
        biased;
        () = &mut settled => return,
        () = std::future::ready(()) => {}
    }
    board.beside(|| output::note("waiting for the answer to a submit (press Ctrl-C again to stop waiting)"));
    tokio::select! {
        () = settled => {}
        () = interrupts.next() => {}
    }
}

/// So many tasks, in words.
pub(super) fn tasks(count: usize, more: &str) -> String {
    if count == 1 { format!("1 {more}task") } else { format!("{count} {more}tasks") }
}

/// The unfinished tasks of one client.
pub(super) struct Group {
    pub(super) client: Client,
    pub(super) line: Line,
    pub(super) board: Board,
    pub(super) out: Option<Out>,
    pub(super) json: bool,
}

impl Group {
    async fn drive(self, concurrency: usize, timeout: Option<Duration>) -> u8 {
        let (send, mut ended) = mpsc::unbounded_channel();
        let driving = async {
            // Other bases are other groups; what cannot be read was named before.
            let takes = |record: Option<&TaskRecord>| record.is_some_and(|record| record.base() == self.client.base_url());
            let tell = |task: &Resumed| {
                // The reader is below, and ends after this.
                let _ = send.send((task.intent_id.clone(), task.to_reply()));
            };
            let outcome = self.client.resume_some(concurrency, timeout, takes, tell).await;
            drop(send);
            outcome
        };
        let printing = async {
            let mut worst = OK;
            while let Some((intent_id, reply)) = ended.recv().await {
                worst = worst.max(self.end(&intent_id, reply).await);
            }
            worst
        };
        let (outcome, worst) = tokio::join!(driving, printing);
        self.line.clear();
        match outcome {
            Ok(_) => worst,
            Err(failure) => worst.max(self.board.beside(|| output::failure(&failure, self.json))),
        }
    }

    /// Saves the files of a task that ended, and prints it.
    pub(super) async fn end(&self, intent_id: &str, mut reply: Reply) -> u8 {
        // Of several tasks a failure must say which one it is about.
        if let Some(named) = reply.data.get_mut("intentId").filter(|named| named.is_null()) {
            *named = intent_id.into();
        }
        let saved = match self.out.as_ref().filter(|_| reply.ok) {
            Some((out, saving)) => match self.client.task(intent_id).await {
                Ok(task) => task.save_files_with(out, *saving).await,
                Err(failure) => Err(failure),
            },
            None => Ok(Vec::new()),
        };
        self.board.beside(|| match saved {
            Ok(saved) => output::reply(&reply, &saved, self.json),
            Err(failure) => output::failure(&failure, self.json),
        })
    }
}
