//! Verbs about tasks, most of them stored ones.

use super::flags::{Adopt, Common, Discard, Get, List, One, Prune, Resume};
use super::interrupt::Interrupts;
use super::progress::{Board, Line};
use super::{OK, Outcome, advise, clients, misuse, output};
use crate::client::{Client, Resumed, TaskHandle};
use crate::store::{Damaged, Filter};
use gentask_core::Failure;
use gentask_core::internal::to_canonical;
use gentask_core::{Error, ErrorCode, Phase, Reply, Status, TaskRecord, UnixMillis};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A stored task with the client it belongs to, or a client for an id that is not stored.
enum Target {
    Stored(Box<TaskHandle>),
    Remote(Box<Client>),
}

async fn target(common: &Common, id: &str) -> Result<Target, Failure> {
    let store = clients::store(common)?;
    match clients::find(common, &store, id).await? {
        Some(record) => {
            let client = clients::client_of(common, &record, store)?;
            Ok(Target::Stored(Box::new(client.task(record.intent_id()).await?)))
        }
        None if common.provider.is_none() => {
            let message = format!("no task \"{id}\" in the store; to look for it at a provider, add --provider");
            Err(Error::new(ErrorCode::TaskNotFound, message).into())
        }
        None => Ok(Target::Remote(Box::new(clients::client(common, clients::named(common)?, store)?))),
    }
}

/// One status call.
pub(super) async fn status(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => look(common, &task).await?,
        Target::Remote(client) => client.get_status(&one.id, one.model.as_deref()).await,
    };
    Ok(output::reply(&reply, &[], common.json()))
}

/// How a stored task is, by one call where its phase has one that only reads. A submit that was never sent is `resume`'s to send; what is
/// asked about one whose answer was lost is waited for whatever the time, and any other call no longer than --timeout.
async fn look(common: &Common, task: &TaskHandle) -> Result<Reply, Failure> {
    let phase = task.record().await?.phase();
    if phase == Phase::Prepared || phase.is_terminal() {
        return task.reply().await;
    }
    let Some(time) = common.timeout.filter(|_| phase.is_settled()) else { return task.check(true).await };
    match tokio::time::timeout(time, task.check(true)).await {
        Ok(checked) => checked,
        Err(_) => Ok(task.record().await?.timed_out()),
    }
}

/// A task's details and files. Where files are asked for and there are none yet, the task is still running.
pub(super) async fn get(common: &Common, get: &Get) -> Outcome {
    let json = common.json();
    let task = match (target(common, &get.one.id).await?, &get.out) {
        (Target::Stored(task), _) => task,
        (Target::Remote(_), Some(_)) => {
            return Err(misuse(format!("--out works for stored tasks only, and there is no task \"{}\" in the store", get.one.id)));
        }
        (Target::Remote(client), None) => {
            let reply = client.get_task(&get.one.id, get.one.model.as_deref()).await;
            return Ok(output::reply(&reply, &[], json));
        }
    };
    let mut reply = look(common, &task).await?;
    // A status that says done leaves the details to a second call.
    if task.record().await?.phase() == Phase::Fetching {
        reply = look(common, &task).await?;
    }
    let Some(out) = get.out.as_deref().filter(|_| reply.ok) else { return Ok(output::reply(&reply, &[], json)) };
    if reply.status != Status::Success {
        output::reply(&reply, &[], json);
        return Ok(super::RUNNING);
    }
    Ok(output::reply(&reply, &task.save_files(out).await?, json))
}

/// Asks the provider to stop a task. One that is cancelled already is what was asked, so it is no failure.
pub(super) async fn cancel(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => task.cancel().await.unwrap_or_else(Failure::into_reply),
        Target::Remote(client) => client.cancel_task(&one.id, one.model.as_deref()).await,
    };
    Ok(cancelled(&reply, common.json()))
}

/// Prints what became of a wish to stop.
pub(super) fn cancelled(reply: &Reply, json: bool) -> u8 {
    let code = output::reply(reply, &[], json);
    if reply.status == Status::Cancelled { OK } else { code }
}

/// The tasks in the store.
pub(super) async fn list(common: &Common, list: &List) -> Outcome {
    let mut phases = Vec::new();
    for word in &list.phase {
        match Phase::from_word(word) {
            Some(phase) => phases.push(phase),
            None => {
                let known: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
                return Err(misuse(format!("unknown phase \"{word}\": use {}", known.join(", "))));
            }
        }
    }
    let filter = Filter {
        owner: list.owner.clone(),
        phases: (!phases.is_empty()).then_some(phases),
        unfinished: list.unfinished,
        limit: Some(list.limit),
        ..of(common)?
    };
    let is_asked_for_some = filter != Filter { limit: filter.limit, ..Filter::default() };
    show(common, &filter, if is_asked_for_some { "no matching tasks" } else { "no tasks" }).await
}

/// Submits whose outcome is not known, and tasks that a second task id contradicts.
pub(super) async fn unresolved(common: &Common) -> Outcome {
    show(common, &Filter { phases: Some(vec![Phase::Unresolved]), or_conflicting: true, ..of(common)? }, "nothing unresolved").await
}

async fn show(common: &Common, filter: &Filter, none: &str) -> Outcome {
    let listing = clients::store(common)?.list(filter).await?;
    // Where nothing is found, another store may have been meant.
    let none = format!("{none} in {}", clients::store_path(common)?.display());
    output::records(&listing.records, now(), &none, common.json());
    if listing.next.is_some() {
        output::note(&format!("showing only the oldest {}: use --limit to see more", listing.records.len()));
    }
    Ok(damaged(&listing.damaged))
}

/// Names the records that cannot be read: nothing that may have been paid for is passed over in silence.
fn damaged(damaged: &[Damaged]) -> u8 {
    for record in damaged {
        output::note(&format!("the record of intent {} cannot be read: {}", record.intent_id, record.reason));
    }
    if damaged.is_empty() { OK } else { super::STORE }
}

fn of(common: &Common) -> Result<Filter, Failure> {
    let provider = common.provider.as_deref().map(crate::provider::contract).transpose()?.map(|contract| contract.id().to_owned());
    Ok(Filter { provider, account: common.account.clone(), ..Filter::default() })
}

/// Drives every unfinished task to its end, in groups of what needs a client of its own, and prints each as it ends.
pub(super) async fn resume(common: &Common, resume: &Resume) -> Outcome {
    let store = clients::store(common)?;
    let json = common.json();
    let mut groups: BTreeMap<(String, String, String), (TaskRecord, usize)> = BTreeMap::new();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let mut worst = OK;
    let mut filter = Filter { unfinished: true, limit: Some(500), ..of(common)? };
    loop {
        let page = store.list(&filter).await?;
        worst = worst.max(damaged(&page.damaged));
        for record in page.records {
            if common.account.is_none() && record.account() != clients::DEFAULT_ACCOUNT {
                *others.entry(record.account().to_owned()).or_default() += 1;
            } else {
                let group = (record.provider().to_owned(), record.account().to_owned(), record.base().to_owned());
                groups.entry(group).or_insert((record, 0)).1 += 1;
            }
        }
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
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
                let group = Group { client, base: sample.base().to_owned(), line, board: board.clone(), out: resume.out.clone(), json };
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
async fn leave(clients: &[Client], interrupts: &mut Interrupts, board: &Board) {
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

fn tasks(count: usize, more: &str) -> String {
    if count == 1 { format!("1 {more}task") } else { format!("{count} {more}tasks") }
}

/// The unfinished tasks of one client.
struct Group {
    client: Client,
    /// The base that its tasks were made with.
    base: String,
    line: Line,
    board: Board,
    out: Option<PathBuf>,
    json: bool,
}

impl Group {
    async fn drive(self, concurrency: usize, timeout: Option<Duration>) -> u8 {
        let (send, mut ended) = mpsc::unbounded_channel();
        let driving = async {
            // Other bases are other groups; what cannot be read was named before.
            let takes = |record: Option<&TaskRecord>| record.is_some_and(|record| record.base() == self.base);
            let tell = |task: &Resumed| {
                let reply = task.reply.clone().unwrap_or_else(Failure::into_reply);
                // The reader is below, and ends after this.
                let _ = send.send((task.intent_id.clone(), reply));
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
    async fn end(&self, intent_id: &str, mut reply: Reply) -> u8 {
        // Of several tasks a failure must say which one it is about.
        if let Some(named) = reply.data.get_mut("intentId").filter(|named| named.is_null()) {
            *named = intent_id.into();
        }
        let saved = match self.out.as_deref().filter(|_| reply.ok) {
            Some(out) => match self.client.task(intent_id).await {
                Ok(task) => task.save_files(out).await,
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

/// What to do about an id that the provider does not know: there is nothing to adopt.
const NOT_ADOPTED: &str = "the submit stays unresolved: compare the task id and the account with the provider's dashboard; if the task is not \
     there, give the submit up with `gentask discard`";

/// Gives an unresolved submit its task id.
pub(super) async fn adopt(common: &Common, adopt: &Adopt) -> Outcome {
    let task = stored(common, &adopt.intent).await?;
    let mut reply = task.adopt(&adopt.task).await.unwrap_or_else(Failure::into_reply);
    if reply.error_code == Some(ErrorCode::TaskNotFound) {
        advise(&mut reply, NOT_ADOPTED.to_owned());
    }
    Ok(output::reply(&reply, &[], common.json()))
}

/// Gives an unresolved submit up. That is what was asked, so it is no failure.
pub(super) async fn discard(common: &Common, discard: &Discard) -> Outcome {
    let task = stored(common, &discard.intent).await?;
    let reply = task.discard().await?;
    Ok(cancelled(&reply, common.json()))
}

async fn stored(common: &Common, intent: &str) -> Result<TaskHandle, Failure> {
    match target(common, intent).await? {
        Target::Stored(task) => Ok(*task),
        Target::Remote(_) => Err(Error::new(ErrorCode::TaskNotFound, format!("no intent \"{intent}\" in the store")).into()),
    }
}

/// Deletes the records of tasks that ended long ago.
pub(super) async fn prune(common: &Common, prune: &Prune) -> Outcome {
    let age = u64::try_from(prune.older_than.as_millis()).unwrap_or(u64::MAX);
    let deleted = crate::client::prune(&*clients::store(common)?, of(common)?, now().saturating_sub(age)).await?;
    if common.json() {
        output::line(&to_canonical(&json!({ "deleted": deleted })));
    } else {
        output::line(&format!("deleted the records of {}", tasks(usize::try_from(deleted).unwrap_or(usize::MAX), "")));
    }
    Ok(OK)
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
