//! All tasks of a client: found, listed, resumed by the page, pruned; and what is noted beside a task that has ended.

use super::call::{Call, Line};
use super::effect::Step;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::advice::Asked;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::{SavedFile, TaskRecord};
use crate::reply::Reply;
use crate::state::{self, Change};
use crate::store::{Cursor, Damaged, Filter, Listing, Saved};
use std::sync::Arc;

/// Tasks that are resumed at once where nothing else is said.
pub const RESUMED_AT_ONCE: usize = 1_000;
/// Records of a page while many are gone through.
pub(super) const PAGE: usize = 500;
/// Tasks that are deleted in one transaction.
const DELETED_AT_ONCE: usize = 200;
/// How often the note of a saved file is tried again where another process changes the record.
const NOTES: usize = 5;

/// A page of tasks that have not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfinished {
    /// Each for a [`Client::wait_from`] in the background.
    pub records: Vec<TaskRecord>,
    /// Those whose record cannot be read: the intent's id, and what is told of it.
    pub damaged: Vec<(String, Reply)>,
    /// Where the following page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl Client {
    /// The task that a caller's key names; `None` where no task has it. With an owner, the key is the owner's.
    pub fn find(&self, key: &str, owner: Option<&str>, now: UnixMillis) -> Call<Option<Box<TaskRecord>>> {
        let (key, owner) = (key.to_owned(), owner.map(str::to_owned));
        self.call(String::new(), now, move |host| async move { host.by_key(&key, owner.as_deref()).await.map(Outcome::Found) })
    }

    /// A page of this provider's and account's tasks, oldest first. A store that fails says nothing about any of them.
    pub fn page(&self, filter: Filter, now: UnixMillis) -> Call<Listing> {
        let filter = self.shared.own(filter);
        self.call(String::new(), now, move |host| async move { listed(&host, filter).await.map(Outcome::Page) })
    }

    /// What a person has to look at, oldest first: the submits whose outcome is not known, each of which waits for `adopt` or `discard`,
    /// and the tasks of whose submit a second task came to be known (`conflict.taskId`): it may have been paid for too.
    pub fn unresolved(&self, now: UnixMillis) -> Call<Listing> {
        self.page(Filter { phases: Some(vec![Phase::Unresolved]), or_conflicting: true, ..Filter::default() }, now)
    }

    /// A page of tasks to be resumed: a wait in the background for each, at most [`RESUMED_AT_ONCE`] beside one another.
    pub fn unfinished(&self, after: Option<Cursor>, now: UnixMillis) -> Call<Unfinished> {
        let filter = self.shared.own(Filter { unfinished: true, limit: Some(PAGE), after, ..Filter::default() });
        self.call(String::new(), now, move |host| async move {
            let page = listed(&host, filter).await?;
            let told = |damaged: &Damaged| (damaged.intent_id.clone(), Reply::damaged(&damaged.intent_id, &damaged.reason));
            let damaged = page.damaged.iter().map(told).collect();
            Ok(Outcome::Unfinished(Unfinished { records: page.records, damaged, next: page.next }))
        })
    }

    /// Deletes the records of this provider's and account's tasks that ended before a time, and says how many there were. What is unfinished or
    /// unresolved stays, whatever its age, and so does what names a second task that nobody has looked after.
    pub fn prune(&self, ended_before: UnixMillis, now: UnixMillis) -> Call<u64> {
        prune(self.shared.own(Filter::default()), ended_before, now)
    }

    /// Deletes the record of one task that has ended, with what is stored beside it, and says whether there was one. A task that has not ended
    /// is refused, and so is one that names a second task which nobody has looked after. Its key is free afterwards: whoever uses that again
    /// makes a new task, which is paid for.
    pub fn delete(&self, intent_id: &str, now: UnixMillis) -> Call<bool> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| delete(host, intent))
    }

    /// Notes in a task's record where one of its result files was saved. `index` counts from 0.
    pub fn note_file(&self, intent_id: &str, index: usize, file: SavedFile, now: UnixMillis) -> Call<()> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| note_file(host, intent, index, file))
    }
}

impl Shared {
    /// Whether a record is this provider's and account's.
    pub(super) fn owns(&self, record: &TaskRecord) -> bool {
        record.provider == self.contract.id() && record.account == self.account()
    }

    /// A filter of what is this provider's and account's.
    pub(super) fn own(&self, filter: Filter) -> Filter {
        Filter { provider: Some(self.contract.id().to_owned()), account: Some(self.account().to_owned()), ..filter }
    }
}

async fn listed(host: &Host, filter: Filter) -> Result<Listing, Failure> {
    host.line.list(filter).await.map_err(|error| Failure::from(error).map(|reply| reply.asked(Asked::Question).unanswered()))
}

/// The same as [`Client::prune`] for the records of a filter, whoever's they are: a call of no client.
pub fn prune(filter: Filter, ended_before: UnixMillis, now: UnixMillis) -> Call<u64> {
    let line = Line::about(String::new(), now);
    let sequence = Box::pin(pruned(Arc::clone(&line), filter, ended_before));
    Call::new(line, sequence)
}

async fn pruned(line: Arc<Line>, filter: Filter, ended_before: UnixMillis) -> Result<Outcome, Failure> {
    let terminal = Phase::ALL.into_iter().filter(|phase| phase.is_terminal()).collect();
    let mut filter = Filter { phases: Some(terminal), limit: Some(PAGE), ..filter };
    let mut deleted = 0;
    loop {
        let page = line.list(filter.clone()).await?;
        let old = page.records.into_iter().filter(|record| record.may_be_pruned(ended_before));
        let intents: Vec<String> = old.map(|record| record.intent_id).collect();
        for batch in intents.chunks(DELETED_AT_ONCE) {
            deleted += line.delete(batch.to_vec()).await?;
        }
        filter.after = page.next;
        if filter.after.is_none() {
            return Ok(Outcome::Count(deleted));
        }
    }
}

async fn delete(host: Host, intent_id: String) -> Result<Outcome, Failure> {
    let Some(record) = host.load(&intent_id).await?.filter(|record| host.client.owns(record)) else { return Ok(Outcome::Flag(false)) };
    match record.why_kept() {
        Some(message) => Err(Failure::from(Error::new(ErrorCode::Unsupported, message)).about(&record)),
        None => Ok(Outcome::Flag(host.line.delete(vec![intent_id]).await? > 0)),
    }
}

async fn note_file(host: Host, intent_id: String, index: usize, file: SavedFile) -> Result<Outcome, Failure> {
    for _ in 0..NOTES {
        let Some(mut record) = host.load(&intent_id).await? else { return Ok(Outcome::Nothing) };
        let change = Change::FileSaved { index, file: file.clone() };
        if state::apply(&mut record, change, host.now()).is_none() {
            return Ok(Outcome::Nothing);
        }
        state::versions::next_version(&mut record);
        if host.try_save(&Step::plain(*record)).await? == Saved::Done {
            return Ok(Outcome::Nothing);
        }
    }
    Ok(Outcome::Nothing)
}
