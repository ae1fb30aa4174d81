//! All tasks of a client: listing, resuming, pruning.

use super::Client;
use super::handle::{TaskHandle, millis};
use super::run::{Ended, GoAhead};
use crate::store::{Cursor, Filter, Listing};
use gentask_core::client::{Known, Waiting};
use gentask_core::{Failure, LearnedModel, Phase, Reply, TaskRecord, UnixMillis};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Tasks of one page where nothing else is said.
const PAGE: usize = 500;

/// Which tasks are listed. What is `None` does not restrict it.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// The owner, in the application's words.
    pub owner: Option<String>,
    /// Any of these phases.
    pub phases: Option<Vec<Phase>>,
    /// Only tasks that have not ended.
    pub unfinished: bool,
    /// Only tasks created at this time or later.
    pub created_from: Option<UnixMillis>,
    /// Only tasks created before this time.
    pub created_before: Option<UnixMillis>,
    /// The newest first, not the oldest.
    pub newest_first: bool,
    /// At most this many.
    pub limit: Option<usize>,
    /// Only what comes after this place: the listing before says it.
    pub after: Option<Cursor>,
}

/// The pages of a listing ([`Client::pages`]).
pub struct Pages {
    client: Client,
    next: Option<TaskFilter>,
}

impl Pages {
    /// The next page; `None` after the last one. What fails may be asked for again.
    pub async fn next(&mut self) -> Option<Result<Listing, Failure>> {
        let filter = self.next.as_ref()?;
        let page = self.client.tasks(filter).await;
        if let Ok(page) = &page {
            self.next = page.next.clone().map(|after| TaskFilter { after: Some(after), ..filter.clone() });
        }
        Some(page)
    }
}

/// What became of one task that was resumed.
#[derive(Debug)]
pub struct Resumed {
    /// The intent's id.
    pub intent_id: String,
    /// Its reply, or why there is none.
    pub reply: Result<Reply, Failure>,
}

impl Resumed {
    /// Its reply, or that of its failure.
    pub fn to_reply(&self) -> Reply {
        self.reply.clone().unwrap_or_else(Failure::into_reply)
    }
}

impl Client {
    /// A task by its intent's id. Fails where this client's store has none of this provider and account.
    pub async fn task(&self, intent_id: &str) -> Result<TaskHandle, Failure> {
        let record = self.carry_out(self.inner.core.task(Known::from(intent_id), self.now())).await?;
        Ok(TaskHandle::new(self.clone(), *record))
    }

    /// The task of a record that was read before ([`TaskHandle::as_made`]): reads nothing. What the handle does fails with `TASK_NOT_FOUND`
    /// where this client's store has no such task of this provider and account.
    pub fn task_of(&self, record: Arc<TaskRecord>) -> TaskHandle {
        TaskHandle::of(self.clone(), record)
    }

    /// One page of the tasks of this provider and account, oldest first where the filter says nothing else.
    pub async fn tasks(&self, filter: &TaskFilter) -> Result<Listing, Failure> {
        let filter = Filter {
            owner: filter.owner.clone(),
            phases: filter.phases.clone(),
            unfinished: filter.unfinished,
            created_from: filter.created_from,
            created_before: filter.created_before,
            newest_first: filter.newest_first,
            limit: filter.limit,
            after: filter.after.clone(),
            ..Filter::default()
        };
        self.carry_out(self.inner.core.page(filter, self.now())).await
    }

    /// Every page of the tasks that a filter names, one after the other, of [`TaskFilter::limit`] tasks each (default: 500).
    pub fn pages(&self, filter: TaskFilter) -> Pages {
        Pages { client: self.clone(), next: Some(TaskFilter { limit: filter.limit.or(Some(PAGE)), ..filter }) }
    }

    /// What a person has to look at, oldest first: the submits whose outcome is not known, each of which waits for `adopt` or `discard`,
    /// and the tasks of whose submit a second task came to be known (`conflict.taskId`): it may have been paid for too.
    pub async fn unresolved(&self) -> Result<Listing, Failure> {
        self.carry_out(self.inner.core.unresolved(self.now())).await
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
        let how = Waiting { timeout_ms: timeout.map(millis), background: true, ..Waiting::default() };
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
            let page = self.carry_out(self.inner.core.unfinished(after, self.now())).await?;
            for (intent_id, reply) in page.damaged.into_iter().filter(|_| takes(None)) {
                keep(Ok(Resumed { intent_id, reply: Err(Failure::of(reply)) }));
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
                let (client, go_ahead) = (self.clone(), self.go_ahead().await);
                let record = Arc::new(record);
                running.spawn(async move {
                    let _place = place;
                    client.resume_one(record, how, go_ahead).await
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

    async fn resume_one(&self, record: Arc<TaskRecord>, how: Waiting, go_ahead: GoAhead) -> Resumed {
        let intent_id = record.intent_id().to_owned();
        let call = self.inner.core.wait_from(record, how, self.now());
        let reply = match self.wait_in_time(call, go_ahead, None).await {
            Ended::Done(end) => end,
            Ended::Overdue => Ok(Box::pin(self.overdue(Known::from(intent_id.as_str()))).await),
        };
        Resumed { intent_id, reply }
    }

    /// Deletes the records of tasks that ended before a time. What is unfinished or unresolved stays, whatever its age, and so does what
    /// names a second task that nobody has looked after.
    pub async fn prune(&self, ended_before: UnixMillis) -> Result<u64, Failure> {
        self.carry_out(self.inner.core.prune(ended_before, self.now())).await
    }

    /// Deletes the record of one task that has ended, with what is stored beside it, and says whether there was one. One that has not ended is
    /// refused. Its key is free afterwards: whoever uses that again makes a new task, which is paid for.
    pub async fn delete(&self, intent_id: &str) -> Result<bool, Failure> {
        self.carry_out(self.inner.core.delete(intent_id, self.now())).await
    }

    /// What was learned of this account's models, by their ids: how long their tasks took of late, and when the next one will be polled.
    pub async fn learned(&self) -> Result<Vec<LearnedModel>, Failure> {
        self.carry_out(self.inner.core.learned(self.now())).await
    }

    /// The time that the client's tasks go by, in Unix milliseconds.
    pub fn now(&self) -> UnixMillis {
        self.inner.clock.now()
    }
}
