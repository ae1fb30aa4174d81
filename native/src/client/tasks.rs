//! All tasks of a client: listing, resuming, settling, pruning.

use super::handle::TaskHandle;
use super::{Client, Failure};
use crate::store::{Cursor, Filter, Listing, Store};
use gentask_core::{Asked, Error, ErrorCode, Phase, Reply, TaskRecord, UnixMillis};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Which tasks are listed. What is `None` does not restrict it.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// The owner, in the application's words.
    pub owner: Option<String>,
    /// Any of these phases.
    pub phases: Option<Vec<Phase>>,
    /// Only tasks that have not ended.
    pub unfinished: bool,
    /// At most this many.
    pub limit: Option<usize>,
    /// Only what comes after this place: the listing before says it.
    pub after: Option<Cursor>,
}

/// What became of one task that was resumed.
#[derive(Debug)]
pub struct Resumed {
    /// The intent's id.
    pub intent_id: String,
    /// Its reply, or why there is none.
    pub reply: Result<Reply, Failure>,
}

/// Records that are loaded at once while many are resumed.
const PAGE: usize = 500;
/// Tasks that are deleted in one transaction.
const DELETE_AT_ONCE: usize = 200;

impl Client {
    /// A task by its intent's id. Fails where this client's store has none of this provider and account.
    pub async fn task(&self, intent_id: &str) -> Result<TaskHandle, Failure> {
        let record = self.load(intent_id).await?.filter(|record| self.owns(record));
        match record {
            Some(record) => Ok(TaskHandle::new(self.clone(), record)),
            None => {
                let message = format!(
                    "the store has no intent \"{}\" of {} under the account \"{}\"",
                    shown(intent_id),
                    self.inner.contract.id(),
                    self.account_label()
                );
                // It may be in another store, and paid for.
                Err(Failure::from(Error::new(ErrorCode::TaskNotFound, message)).in_doubt(intent_id))
            }
        }
    }

    /// The tasks of this provider and account, oldest first, page by page.
    pub async fn tasks(&self, filter: &TaskFilter) -> Result<Listing, Failure> {
        let filter = Filter {
            owner: filter.owner.clone(),
            phases: filter.phases.clone(),
            unfinished: filter.unfinished,
            limit: filter.limit,
            after: filter.after.clone(),
            ..self.own()
        };
        self.list(&filter).await
    }

    /// What a person has to look at, oldest first: the submits whose outcome is not known, each of which waits for `adopt` or `discard`,
    /// and the tasks of whose submit a second task came to be known (`conflict.taskId`): it may have been paid for too.
    pub async fn unresolved(&self) -> Result<Listing, Failure> {
        let filter = Filter { phases: Some(vec![Phase::Unresolved]), or_conflicting: true, ..self.own() };
        self.list(&filter).await
    }

    /// Lists records. A store that fails says nothing about any of them.
    async fn list(&self, filter: &Filter) -> Result<Listing, Failure> {
        self.inner.store.list(filter).await.map_err(|error| Failure::from(error).asked(Asked::Question).unanswered())
    }

    /// The filter of everything that is this provider's and account's.
    fn own(&self) -> Filter {
        Filter {
            provider: Some(self.inner.contract.id().to_owned()),
            account: Some(self.inner.settings.account.clone()),
            ..Filter::default()
        }
    }

    /// Drives every unfinished task to its end, at most `concurrency` at once, each for at most `timeout` (default: the contract's).
    /// Tells each one's outcome; how they all ended is the return value, in the order in which they ended. A record that cannot be
    /// read, or that belongs to another base URL, is among them with its failure.
    pub async fn resume(
        &self,
        concurrency: usize,
        timeout: Option<Duration>,
        on_reply: impl Fn(&Resumed) + Send + Sync,
    ) -> Result<Vec<Resumed>, Failure> {
        self.resume_some(concurrency, timeout, |_| true, on_reply).await
    }

    /// The same for the records that `takes` takes; one that cannot be read is offered as `None`.
    pub(crate) async fn resume_some(
        &self,
        concurrency: usize,
        timeout: Option<Duration>,
        takes: impl Fn(Option<&TaskRecord>) -> bool + Send + Sync,
        on_reply: impl Fn(&Resumed) + Send + Sync,
    ) -> Result<Vec<Resumed>, Failure> {
        let places = Arc::new(Semaphore::new(concurrency.clamp(1, Semaphore::MAX_PERMITS)));
        let mut running = JoinSet::new();
        let mut ended = Vec::new();
        let mut keep = |outcome: Result<Resumed, tokio::task::JoinError>| {
            if let Ok(resumed) = outcome {
                on_reply(&resumed);
                ended.push(resumed);
            }
        };
        let mut after = None;
        loop {
            let page = self.tasks(&TaskFilter { unfinished: true, limit: Some(PAGE), after, ..TaskFilter::default() }).await?;
            for damaged in page.damaged.into_iter().filter(|_| takes(None)) {
                let failure = Failure::of(Reply::damaged(&damaged.intent_id, &damaged.reason));
                keep(Ok(Resumed { intent_id: damaged.intent_id, reply: Err(failure) }));
            }
            for record in page.records.into_iter().filter(|record| takes(Some(record))) {
                let place = loop {
                    if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
                        break place;
                    }
                    match running.join_next().await {
                        Some(outcome) => keep(outcome),
                        None => tokio::task::yield_now().await,
                    }
                };
                let client = self.clone();
                running.spawn(async move {
                    let _place = place;
                    let intent_id = record.intent_id.clone();
                    let reply = match client.resumed_about(record, &client.inner.patient).await {
                        Ok(machine) => client.finish(machine, timeout, &|_, _| {}).await,
                        Err(failure) => Err(failure),
                    };
                    Resumed { intent_id, reply }
                });
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        while let Some(outcome) = running.join_next().await {
            keep(outcome);
        }
        Ok(ended)
    }

    /// Deletes the records of tasks that ended before a time. What is unfinished or unresolved stays, whatever its age, and so does what
    /// names a second task that nobody has looked after.
    pub async fn prune(&self, ended_before: UnixMillis) -> Result<u64, Failure> {
        prune(&self.inner.store, self.own(), ended_before).await
    }

    /// The time that the client's tasks go by, in Unix milliseconds.
    pub fn now(&self) -> UnixMillis {
        self.inner.clock.now()
    }

    /// The record of an intent. Where the store does not give it, nobody knows whether it was paid for.
    pub(super) async fn load(&self, intent_id: &str) -> Result<Option<TaskRecord>, Failure> {
        self.inner.store.load(intent_id).await.map_err(|error| Failure::from(error).in_doubt(intent_id))
    }

    fn owns(&self, record: &TaskRecord) -> bool {
        record.provider == self.inner.contract.id() && record.account == self.inner.settings.account
    }
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Deletes what ended before a time, of the records that a filter names.
pub(crate) async fn prune(store: &Arc<dyn Store>, filter: Filter, ended_before: UnixMillis) -> Result<u64, Failure> {
    let terminal = Phase::ALL.into_iter().filter(|phase| phase.is_terminal()).collect();
    let mut filter = Filter { phases: Some(terminal), limit: Some(PAGE), ..filter };
    let mut deleted = 0;
    loop {
        let page = store.list(&filter).await?;
        let intents: Vec<String> =
            page.records.into_iter().filter(|record| record.may_be_pruned(ended_before)).map(|record| record.intent_id).collect();
        for batch in intents.chunks(DELETE_AT_ONCE) {
            deleted += store.delete(batch).await?;
        }
        filter.after = page.next;
        if filter.after.is_none() {
            return Ok(deleted);
        }
    }
}
