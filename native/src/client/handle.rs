//! One task of a client.

use super::driver::{Driven, Goal, Hear, step_deadline};
use super::{Client, Failure};
use gentask_core::{Error, ErrorCode, FINAL_POLL_GRACE_MS, Input, Reply, SavedFile, Status, TaskMachine, TaskRecord, UnixMillis};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long a cancel is waited for beyond two requests.
const CANCEL_WAIT: Duration = Duration::from_secs(30);
/// How often one id may be claimed by adoptions that failed.
const CLAIMS_OF_AN_ID: usize = 1_000;
/// How long a store may take to say how a task is when a wait's time is over.
const LAST_LOOK: Duration = Duration::from_secs(1);

impl super::Inner {
    /// How long a cancel is waited for.
    pub(super) fn cancel_wait(&self) -> Duration {
        self.request_timeout.saturating_mul(2).saturating_add(CANCEL_WAIT)
    }
}

/// Hears each change of a task on the way.
pub type UpdateListener = Arc<dyn Fn(&Reply) + Send + Sync>;

/// How a wait goes.
#[derive(Clone, Default)]
pub struct Wait {
    /// When it ends. Default: the client's timeout, then the contract's figure for the kind of task.
    pub timeout: Option<Duration>,
    /// Hears each change on the way: a reply as the task is then.
    pub on_update: Option<UpdateListener>,
}

impl Wait {
    /// A wait that ends after this time.
    pub fn of(timeout: Duration) -> Self {
        Self { timeout: Some(timeout), on_update: None }
    }
}

/// A task that is stored. It holds no lock and no connection; everything it does starts from the store.
#[derive(Clone)]
pub struct TaskHandle {
    client: Client,
    intent_id: String,
    task_id: Option<String>,
    model: String,
}

/// Replies as a task goes on; see [`TaskHandle::updates`].
pub struct Updates {
    replies: mpsc::Receiver<Result<Reply, Failure>>,
    drive: tokio::task::JoinHandle<()>,
}

impl Updates {
    /// The next change; `None` after the last. The last is the end of the task or of the wait, whichever came first.
    pub async fn next(&mut self) -> Option<Result<Reply, Failure>> {
        self.replies.recv().await
    }
}

impl Drop for Updates {
    fn drop(&mut self) {
        self.drive.abort();
    }
}

/// What was told of a task last, so that the same is not told twice.
#[derive(Default)]
struct Changes(Mutex<Option<Reply>>);

impl Changes {
    /// How the task is, where that is news. Its end is none: the wait itself tells it.
    fn of(&self, machine: &TaskMachine) -> Option<Reply> {
        if machine.record().phase.is_terminal() {
            return None;
        }
        let reply = machine.reply();
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (last.as_ref() != Some(&reply)).then(|| last.insert(reply).clone())
    }
}

impl TaskHandle {
    pub(super) fn new(client: Client, record: TaskRecord) -> Self {
        Self { client, intent_id: record.intent_id, task_id: record.task_id, model: record.model }
    }

    /// The intent's id: ours, and the task's name in the store.
    pub fn intent_id(&self) -> &str {
        &self.intent_id
    }

    /// The provider's id, where it was known when the handle was made.
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_deref()
    }

    /// The model.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The record as it is stored now.
    pub async fn record(&self) -> Result<TaskRecord, Failure> {
        let record = self.client.load(&self.intent_id).await?;
        let gone = || Error::new(ErrorCode::StoreError, format!("the store has no intent {} any more", self.intent_id));
        record.ok_or_else(|| Failure::from(gone()).in_doubt(&self.intent_id))
    }

    /// How the task is, by its record alone; nothing is sent.
    pub async fn reply(&self) -> Result<Reply, Failure> {
        let record = self.record().await?;
        // How the task is stands in its record; a provider's last words that cannot be read change nothing about it.
        let raw = self.client.inner.store.blob(&self.intent_id, "raw").await.ok().flatten();
        Ok(record.reply(raw.as_deref()))
    }

    async fn machine(&self) -> Result<TaskMachine, Failure> {
        self.client.resumed_about(self.record().await?, &self.client.inner.settings).await
    }

    /// Makes at most one request and saves its answer: for cron, queues and edge handlers. Before the task is due it sends nothing,
    /// unless `force` asks for it.
    pub async fn check(&self, force: bool) -> Result<Reply, Failure> {
        let machine = self.client.resumed_about(self.record().await?, &self.client.inner.once).await?;
        let first = Some(if force { Input::Callback { task_id: None } } else { Input::Timeout });
        let driven = if machine.record().phase.is_settled() {
            self.client.drive(machine, first, Goal::OneRequest, &|_, _| {}).await?
        } else {
            self.client.drive_submit(machine, first, Goal::OneRequest).await?
        };
        Ok(driven.reply.unwrap_or_else(|| driven.machine.checked()))
    }

    /// Waits for the task's end. `Ok` is a success; everything else, a timeout included, is a failure with its reply.
    /// Dropping the future leaves the task as it is.
    pub async fn wait(&self, wait: Wait) -> Result<Reply, Failure> {
        let changes = Changes::default();
        let hear = |machine: &TaskMachine, _: &gentask_core::TaskEvent| {
            if let (Some(on_update), Some(reply)) = (&wait.on_update, changes.of(machine)) {
                on_update(&reply);
            }
        };
        let reply = self.finish(self.machine().await?, wait.timeout, &hear).await?;
        if reply.ok && reply.status == Status::Success { Ok(reply) } else { Err(Failure::of(reply)) }
    }

    async fn finish(&self, machine: TaskMachine, timeout: Option<Duration>, hear: Hear<'_>) -> Result<Reply, Failure> {
        self.client.finish(machine, timeout, hear).await
    }

    /// Waits like [`TaskHandle::wait`], and gives how the task is and each change on the way.
    pub fn updates(&self, timeout: Option<Duration>) -> Updates {
        let (send, replies) = mpsc::channel(64);
        let handle = self.clone();
        let drive = tokio::spawn(async move {
            let changes = Changes::default();
            let hear = |machine: &TaskMachine, _: &gentask_core::TaskEvent| {
                if let Some(reply) = changes.of(machine) {
                    // A listener that is slow loses changes on the way, never the last.
                    let _ = send.try_send(Ok(reply));
                }
            };
            let last = async {
                let machine = handle.machine().await?;
                if let Some(reply) = changes.of(&machine) {
                    let _ = send.send(Ok(reply)).await;
                }
                handle.finish(machine, timeout, &hear).await
            };
            let last = last.await;
            let _ = send.send(last).await;
        });
        Updates { replies, drive }
    }

    /// Asks the provider to stop the task, and waits until it is known what became of it.
    pub async fn cancel(&self) -> Result<Reply, Failure> {
        let mut machine = self.machine().await?;
        let inner = &self.client.inner;
        let now = inner.clock.now();
        let end = step_deadline(&mut machine, inner.cancel_wait(), now, &mut inner.pacer())?;
        let record = machine.record().clone();
        let cancelled = self.client.until(end, &record, Box::pin(self.drive_cancel(machine))).await?;
        let reply = cancelled.reply();
        if reply.ok { Ok(reply) } else { Err(Failure::of(reply)) }
    }

    async fn drive_cancel(&self, machine: TaskMachine) -> Result<Driven, Failure> {
        let mut driven = if machine.is_submitting() {
            // The wish is saved at once; it is granted when the submit's answer is there.
            let asked = self.client.drive(machine, Some(Input::Cancel), Goal::OneRequest, &|_, _| {}).await?;
            match asked.reply {
                Some(_) => asked,
                None => self.client.drive_submit(asked.machine, None, Goal::Submitted).await?,
            }
        } else {
            Driven { machine, reply: None }
        };
        if driven.reply.is_none() {
            driven = self.client.drive(driven.machine, Some(Input::Cancel), Goal::End, &|_, _| {}).await?;
        }
        Ok(driven)
    }

    /// Gives an unresolved task the id under which a person found it at the provider.
    pub async fn adopt(&self, task_id: &str) -> Result<Reply, Failure> {
        self.client.adopt(&self.intent_id, task_id).await
    }

    /// Gives an unresolved task up; of a task whose submit made a second one (`conflict.taskId`), says that somebody has looked after that.
    pub async fn discard(&self) -> Result<Reply, Failure> {
        Ok(self.act(Input::Discard).await?.reply())
    }

    /// Steps one input of a person's and what follows from it.
    pub(super) async fn act(&self, input: Input) -> Result<Driven, Failure> {
        let machine = self.machine().await?;
        self.client.drive(machine, Some(input), Goal::OneRequest, &|_, _| {}).await
    }

    /// Fetches the task's result files into a directory and notes in the record where they are. Files that were saved before and are
    /// still there are not fetched again.
    pub async fn save_files(&self, directory: &Path) -> Result<Vec<SavedFile>, Failure> {
        self.client.save_files(self.record().await?, None, directory).await
    }

    /// The same for the result file with this number, counted from 0; `None` where there is none, or where it has no URL.
    pub async fn save_file(&self, index: usize, directory: &Path) -> Result<Option<SavedFile>, Failure> {
        Ok(self.client.save_files(self.record().await?, Some(index), directory).await?.pop())
    }
}

impl Client {
    /// Drives a machine to its task's end or to the end of the wait.
    pub(super) async fn finish(&self, mut machine: TaskMachine, timeout: Option<Duration>, hear: Hear<'_>) -> Result<Reply, Failure> {
        let inner = &*self.inner;
        let by_contract = || Duration::from_millis(inner.contract.poll(&machine.record().model).wait_ms);
        let timeout = timeout.or(inner.timeout).unwrap_or_else(by_contract);
        let end = step_deadline(&mut machine, timeout, inner.clock.now(), &mut inner.pacer())?;
        let record = machine.record().clone();
        let finish = async {
            let mut machine = machine;
            if !machine.record().phase.is_settled() {
                // A replay or a resumed submit must not die with this future.
                let driven = self.drive_submit(machine, None, Goal::Submitted).await?;
                if driven.reply.is_some() {
                    return Ok(driven);
                }
                machine = driven.machine;
            }
            self.drive(machine, None, Goal::End, hear).await
        };
        Ok(self.until(end, &record, Box::pin(finish)).await?.reply())
    }

    /// Waits for a drive until the end of a wait, whatever holds it up: a submit in flight, a key that does not come, a store that hangs.
    /// `record`: how the task was when the wait began.
    async fn until(
        &self,
        end: UnixMillis,
        record: &TaskRecord,
        drive: impl Future<Output = Result<Driven, Failure>>,
    ) -> Result<Driven, Failure> {
        tokio::select! {
            biased;
            driven = drive => driven,
            () = self.inner.clock.reached(end.saturating_add(FINAL_POLL_GRACE_MS)) => {
                // A task id that came meanwhile is told, unless it is the store that hangs.
                let stored = tokio::time::timeout(LAST_LOOK, self.inner.store.load(&record.intent_id)).await;
                let stored = stored.ok().and_then(Result::ok).flatten();
                Err(Failure::of(stored.as_ref().unwrap_or(record).timed_out()))
            }
        }
    }

    /// Gives an unresolved task the id under which a person found it at the provider: one status call first, and an id that is already
    /// stored is refused.
    pub async fn adopt(&self, intent_id: &str, task_id: &str) -> Result<Reply, Failure> {
        let by = crate::store::Find::TaskId { provider: self.inner.contract.id().to_owned(), task_id: task_id.to_owned() };
        let handle = self.task(intent_id).await?;
        let record = handle.record().await?;
        let claim = self.claim_id(intent_id, task_id).await.map_err(|failure| failure.about(&record))?;
        let adopt = async {
            let taken = self.inner.store.find(&by).await.map_err(|error| Failure::from(error).about(&record))?;
            if let Some(other) = taken.iter().find(|record| record.account == self.inner.settings.account) {
                let message = format!("the task id belongs to intent {} already", other.intent_id);
                return Err(Failure::from(Error::new(ErrorCode::InvalidPayload, message)).about(&record));
            }
            let driven = handle.act(Input::Adopt { task_id: task_id.to_owned() }).await?;
            let adopted = driven.machine.record().task_id.as_deref() == Some(task_id);
            if adopted { Ok(driven.reply()) } else { Err(Failure::of(driven.reply())) }
        };
        let adopted = adopt.await;
        if adopted.is_err() {
            // Somebody else may adopt it now. A store that refuses this leaves the claim to this intent.
            let _ = self.inner.store.set_meta(&claim, "", false).await;
        }
        adopted
    }

    /// Of several intents that would adopt one id at the same moment, one may: whoever has the newest claim. A claim that was given back,
    /// or whose intent no longer waits for an id, is followed by the next one, which again only one can make.
    async fn claim_id(&self, intent_id: &str, task_id: &str) -> Result<String, Failure> {
        let inner = &*self.inner;
        let mut holder = String::new();
        for round in 0..CLAIMS_OF_AN_ID {
            let name = format!("adopt {} {} {task_id} {round}", inner.contract.id(), inner.settings.account);
            holder = inner.store.set_meta(&name, intent_id, true).await?;
            if holder == intent_id {
                return Ok(name);
            }
            if !holder.is_empty() && !self.has_no_claim(&holder).await? {
                break;
            }
        }
        let message = format!("intent {holder} is adopting this task id: settle that one first");
        Err(Error::new(ErrorCode::InvalidPayload, message).into())
    }

    /// Whether an intent no longer waits for an id.
    async fn has_no_claim(&self, intent_id: &str) -> Result<bool, Failure> {
        let record = self.inner.store.load(intent_id).await?;
        Ok(record.is_none_or(|record| record.phase.is_settled()))
    }
}
