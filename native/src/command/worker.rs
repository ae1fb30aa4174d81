//! `gentask worker`: drives whatever is unfinished, new tasks too, until it is stopped.

use super::flags::{Common, Worker as Flags};
use super::interrupt::Interrupts;
use super::progress::Board;
use super::resume::{Group, Unfinished, tasks};
use super::stored::damaged;
use super::{OK, Outcome, clients, output};
use crate::client::{Client, Resumed, Worker};
use gentask_core::{Contract, Failure};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// Works until interrupted.
pub(super) async fn worker(common: &Common, flags: &Flags) -> Outcome {
    let store = clients::store(common)?;
    if let Some(out) = &flags.out {
        super::check_out(out).await?;
    }
    let mut stops = Interrupts::of_a_service();
    let found = Unfinished::read(common, &*store).await?;
    damaged(&found.damaged);
    for (account, count) in found.others {
        output::note(&format!("leaves {} of account \"{account}\" alone: start another worker with --account {account}", tasks(count, "")));
    }
    let clients = all_clients(common)?;
    let bases: Arc<BTreeSet<String>> = Arc::new(clients.iter().map(|client| client.base_url().to_owned()).collect());
    let board = Board::default();
    let (stop, stopped) = watch::channel(false);
    let mut working = JoinSet::new();
    for client in clients {
        let line = board.line(client.contract().id());
        let group = Group { client, line, board: board.clone(), out: super::out(flags.out.as_ref(), flags.receipt), json: common.json() };
        working.spawn(group.work(stopped.clone(), Arc::clone(&bases)));
    }
    output::note(&format!("working on {}; press Ctrl-C to stop", clients::store_path(common)?.display()));
    stops.next().await;
    board.beside(|| output::note("stopping (press Ctrl-C again to stop at once); the tasks go on: another worker takes them up"));
    stop.send_replace(true);
    let stopped = async { while working.join_next().await.is_some() {} };
    tokio::select! {
        () = stopped => {}
        () = stops.next() => {}
    }
    Ok(OK)
}

/// One client for each provider and base URL that the key may go to.
fn all_clients(common: &Common) -> Result<Vec<Client>, Failure> {
    let store = clients::store(common)?;
    let mut all = Vec::new();
    for contract in clients::contracts(common)? {
        for base in clients::bases(common, &contract)?.into_iter().collect::<BTreeSet<_>>() {
            let common = Common { base_url: Some(base), ..common.clone() };
            all.push(clients::client(&common, Contract::clone(&contract), Arc::clone(&store))?);
        }
    }
    Ok(all)
}

impl Group {
    /// Works for one client, and prints each task as it ends. `bases`: those that some client works for.
    async fn work(self, mut stopped: watch::Receiver<bool>, bases: Arc<BTreeSet<String>>) {
        let (send, mut ended) = mpsc::unbounded_channel();
        let worker = Worker {
            on_reply: Some(Arc::new(move |task: &Resumed| {
                // The reader is below, and ends after this.
                let _ = send.send((task.intent_id.clone(), task.reply.clone()));
            })),
            on_problem: Some(Arc::new({
                let board = self.board.clone();
                move |failure: &Failure| board.beside(|| output::note(&failure.to_string()))
            })),
            ..Worker::default()
        };
        let client = self.client.clone();
        let working = async move { client.run(worker, async move { drop(stopped.wait_for(|stopped| *stopped).await) }).await };
        let printing = async {
            while let Some((intent_id, reply)) = ended.recv().await {
                if reply.is_err() && self.is_anothers(&intent_id, &bases).await {
                    continue;
                }
                self.end(&intent_id, reply.unwrap_or_else(Failure::into_reply)).await;
            }
        };
        let (outcome, ()) = tokio::join!(working, printing);
        self.line.clear();
        if let Err(failure) = outcome {
            self.board.beside(|| output::failure(&failure, self.json));
        }
    }

    /// Whether a task is one of another client of this worker: of the same provider and account at another base URL.
    async fn is_anothers(&self, intent_id: &str, bases: &BTreeSet<String>) -> bool {
        let record = self.client.store().load(intent_id).await.ok().flatten();
        record.is_some_and(|record| record.base() != self.client.base_url() && bases.contains(record.base()))
    }
}
