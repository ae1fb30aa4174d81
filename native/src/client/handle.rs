//! One task of a client.

use super::files::{FileStream, Saving};
use super::run::Ended;
use super::{Client, Inner};
use crate::download::FileBytes;
use gentask_core::client::{Call, Known, Updates as Told, Waiting};
use gentask_core::record::SavedFile;
use gentask_core::{Failure, Reply, Status, TaskRecord};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Hears how a task is at first, each change on the way, and the end.
pub type UpdateListener = Arc<dyn Fn(&Reply) + Send + Sync>;

/// How a wait goes.
#[derive(Clone, Default)]
pub struct Wait {
    /// When it ends. Default: the client's timeout, then the contract's figure for the kind of task.
    pub timeout: Option<Duration>,
    /// Hears how the task is at first, each change on the way, and last the end of the task or of the wait.
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
    /// Its record when the handle was made: what is told where the store does not answer any more.
    known: Arc<TaskRecord>,
}

/// Replies as a task goes on; see [`TaskHandle::updates`].
pub struct Updates {
    replies: mpsc::Receiver<Result<Reply, Failure>>,
    run: tokio::task::JoinHandle<()>,
}

impl Updates {
    /// The next change; `None` after the last. The last is the end of the task or of the wait, whichever came first.
    pub async fn next(&mut self) -> Option<Result<Reply, Failure>> {
        self.replies.recv().await
    }
}

impl Drop for Updates {
    fn drop(&mut self) {
        self.run.abort();
    }
}

impl TaskHandle {
    pub(super) fn new(client: Client, record: TaskRecord) -> Self {
        Self::of(client, Arc::new(record))
    }

    pub(super) const fn of(client: Client, known: Arc<TaskRecord>) -> Self {
        Self { client, known }
    }

    /// The record as it was when the handle was made; [`TaskHandle::record`] is the one of now.
    pub const fn as_made(&self) -> &Arc<TaskRecord> {
        &self.known
    }

    /// The intent's id: ours, and the task's name in the store.
    pub fn intent_id(&self) -> &str {
        self.known.intent_id()
    }

    /// The provider's id, where it was known when the handle was made.
    pub fn task_id(&self) -> Option<&str> {
        self.known.task_id()
    }

    /// The model.
    pub fn model(&self) -> &str {
        self.known.model()
    }

    /// The client that it is a task of.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    fn inner(&self) -> &Inner {
        &self.client.inner
    }

    fn known(&self) -> Known {
        Known::from(Arc::clone(&self.known))
    }

    /// The record as it is stored now. `TASK_NOT_FOUND` where the store has none any more.
    pub async fn record(&self) -> Result<TaskRecord, Failure> {
        Ok(*self.client.carry_out(self.inner().core.task(self.known(), self.client.now())).await?)
    }

    /// How the task is, by its record alone; nothing is sent.
    pub async fn reply(&self) -> Result<Reply, Failure> {
        self.client.carry_out(self.inner().core.reply(self.known(), self.client.now())).await
    }

    /// Makes at most one request and saves its answer: for cron, queues and edge handlers. Before the task is due it sends nothing,
    /// unless `force` asks for it.
    pub async fn check(&self, force: bool) -> Result<Reply, Failure> {
        self.in_time(self.inner().core.check(self.known(), force, self.client.now())).await
    }

    /// Waits for the task's end. `Ok` is a success; everything else, a timeout included, is a failure with its reply.
    /// Dropping the future leaves the task as it is.
    pub async fn wait(&self, wait: Wait) -> Result<Reply, Failure> {
        let updates = if wait.on_update.is_some() { Told::FromTheFirst } else { Told::None };
        let reply = self.finish(wait.timeout, updates, wait.on_update.clone()).await?;
        if let Some(hear) = wait.on_update {
            hear(&reply);
        }
        if reply.ok && reply.status == Status::Success { Ok(reply) } else { Err(Failure::of(reply)) }
    }

    /// Waits like [`TaskHandle::wait`], and gives how the task is and each change on the way.
    pub fn updates(&self, timeout: Option<Duration>) -> Updates {
        self.updates_until(timeout, std::future::pending())
    }

    /// The same until something else ends it, and says why.
    pub(super) fn updates_until(&self, timeout: Option<Duration>, ends: impl Future<Output = Failure> + Send + 'static) -> Updates {
        let (send, replies) = mpsc::channel(64);
        let handle = self.clone();
        let run = tokio::spawn(async move {
            let changes = send.clone();
            let hear: UpdateListener = Arc::new(move |reply: &Reply| {
                // A listener that is slow loses changes on the way, never the last.
                let _ = changes.try_send(Ok(reply.clone()));
            });
            tokio::select! {
                last = handle.finish(timeout, Told::FromTheFirst, Some(hear)) => drop(send.send(last).await),
                why = ends => drop(send.send(Err(why)).await),
            }
        });
        Updates { replies, run }
    }

    async fn finish(&self, timeout: Option<Duration>, updates: Told, hear: Option<UpdateListener>) -> Result<Reply, Failure> {
        let asked = self.client.now();
        // Boxed, and let go before the wait begins.
        let go_ahead = Box::pin(self.client.go_ahead_soon()).await;
        let now = self.client.now();
        let timeout_ms = timeout.map(|timeout| millis(timeout).saturating_sub(now.saturating_sub(asked)));
        let how = Waiting { timeout_ms, updates, background: false };
        let ended = self.client.wait_in_time(self.inner().core.wait(self.known(), how, now), go_ahead, hear).await;
        self.told(ended).await
    }

    /// Asks the provider to stop the task, and waits until it is known what became of it.
    pub async fn cancel(&self) -> Result<Reply, Failure> {
        let reply = self.in_time(self.inner().core.cancel(self.known(), self.client.now())).await?;
        if reply.ok { Ok(reply) } else { Err(Failure::of(reply)) }
    }

    /// Gives an unresolved task the id under which a person found it at the provider.
    pub async fn adopt(&self, task_id: &str) -> Result<Reply, Failure> {
        self.in_time(self.inner().core.adopt(self.known(), task_id, self.client.now())).await
    }

    /// Gives an unresolved task up; of a task whose submit made a second one (`conflict.taskId`), says that somebody has looked after that.
    pub async fn discard(&self) -> Result<Reply, Failure> {
        self.in_time(self.inner().core.discard(self.known(), self.client.now())).await
    }

    async fn in_time(&self, call: Call<Reply>) -> Result<Reply, Failure> {
        let ended = self.client.run_in_time(call).await;
        self.told(ended).await
    }

    /// What whoever waited is told.
    async fn told(&self, ended: Ended<Reply>) -> Result<Reply, Failure> {
        match ended {
            Ended::Done(end) => end,
            // Boxed: who waits holds no room for it.
            Ended::Overdue => Ok(Box::pin(self.client.overdue(self.known())).await),
        }
    }

    /// Fetches the task's result files into a directory and notes in the record where they are. Files that were saved before and are
    /// still there are not fetched again.
    ///
    /// The directory is made where it is missing. One that is missing and named like a file (`picture.png`) is refused: see [`TaskHandle::save_as`].
    pub async fn save_files(&self, directory: &Path) -> Result<Vec<SavedFile>, Failure> {
        self.save_files_with(directory, Saving::default()).await
    }

    /// The same, and says how: with receipts.
    pub async fn save_files_with(&self, directory: &Path, saving: Saving) -> Result<Vec<SavedFile>, Failure> {
        self.client.save_files(self.record().await?, None, directory, saving).await
    }

    /// The same for the result file with this number, counted from 0; `None` where there is none, or where it has no URL.
    pub async fn save_file(&self, index: usize, directory: &Path) -> Result<Option<SavedFile>, Failure> {
        self.save_file_with(index, directory, Saving::default()).await
    }

    /// The same, and says how: with a receipt.
    pub async fn save_file_with(&self, index: usize, directory: &Path, saving: Saving) -> Result<Option<SavedFile>, Failure> {
        Ok(self.client.save_files(self.record().await?, Some(index), directory, saving).await?.pop())
    }

    /// Fetches the result file with this number, counted from 0, to exactly this path, whatever its ending, and notes in the record where it is.
    /// Directories above it are made where they are missing.
    ///
    /// Another file at the path stays, and is a `STORE_ERROR`, unless [`Saving::overwrite`] allows to replace it; one with the same bytes is the file.
    /// `UNSUPPORTED` where the task has no file of that number.
    pub async fn save_as(&self, index: usize, path: &Path, saving: Saving) -> Result<SavedFile, Failure> {
        self.client.save_as(self.record().await?, index, path, saving).await
    }

    /// Fetches the result file with this number, counted from 0, into memory, by the rules by which files are saved. It may have `most` bytes (default:
    /// 64 MiB; never more than the client's downloads may have); one that has more is `RESPONSE_TOO_LARGE`. Nothing is noted in the record.
    pub async fn read_file(&self, index: usize, most: Option<u64>) -> Result<FileBytes, Failure> {
        self.client.read_file(&self.record().await?, index, most).await
    }

    /// Opens the result file with this number, counted from 0, by the rules by which files are saved; its bytes are then taken as they come. Nothing is
    /// noted in the record.
    pub async fn stream_file(&self, index: usize) -> Result<FileStream, Failure> {
        self.client.stream_file(self.record().await?, index).await
    }

    /// The pictures among the result files that are no larger than this.
    #[cfg(feature = "command")]
    pub(crate) async fn small_pictures(&self, most: u64) -> Result<Vec<FileBytes>, Failure> {
        self.client.small_pictures(self.record().await?, most).await
    }
}

impl Client {
    /// Gives an unresolved task the id under which a person found it at the provider: one status call first, and an id that is already
    /// stored is refused.
    pub async fn adopt(&self, intent_id: &str, task_id: &str) -> Result<Reply, Failure> {
        self.task(intent_id).await?.adopt(task_id).await
    }

    /// What is told where a call's time was over.
    pub(super) async fn overdue(&self, known: Known) -> Reply {
        self.carry_out(self.inner.core.overdue(known, self.now())).await.unwrap_or_else(Failure::into_reply)
    }
}

pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
