//! One task of a client.

use crate::client::Client;
use crate::failure::Failure;
use crate::listener::{ReplyListener, updates};
use crate::record::TaskRecord;
use crate::reply::{Reply, SavedFile, Saving};
use crate::store::size;
use crate::wait::WaitToken;
use gentask::core;
use gentask::{TaskHandle, Updates as Changes, Wait};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex as AsyncMutex;

/// A task that is stored. It holds no lock and no connection.
#[derive(uniffi::Object)]
pub struct Task {
    client: Arc<Client>,
    /// Its record when the handle was made.
    known: Arc<core::TaskRecord>,
}

#[uniffi::export]
impl Task {
    /// The intent's id: the task's name in the store.
    pub fn intent_id(&self) -> String {
        self.known.intent_id().to_owned()
    }

    /// The provider's id, where it was known when the handle was made.
    pub fn task_id(&self) -> Option<String> {
        self.known.task_id().map(str::to_owned)
    }

    /// The model.
    pub fn model(&self) -> String {
        self.known.model().to_owned()
    }

    /// The record as it is stored now.
    pub async fn record(&self, token: Arc<WaitToken>) -> Result<TaskRecord, Failure> {
        self.run(&token, |task| async move { task.record().await.map(|record| TaskRecord::from(&record)) }).await
    }

    /// How the task is, by its record alone; nothing is sent.
    pub async fn reply(&self, token: Arc<WaitToken>) -> Result<Reply, Failure> {
        self.run(&token, |task| async move { task.reply().await.map(Reply::from) }).await
    }

    /// Makes at most one request and saves its answer. Before the task is due it sends nothing, unless `force` asks for it.
    pub async fn check(&self, token: Arc<WaitToken>, force: bool) -> Result<Reply, Failure> {
        self.run(&token, move |task| async move { task.check(force).await.map(Reply::from) }).await
    }

    /// Waits for the task's end. Left, the task stays as it is, to be waited for again.
    pub async fn wait(
        &self,
        token: Arc<WaitToken>,
        time_ms: Option<u64>,
        on_update: Option<Arc<dyn ReplyListener>>,
    ) -> Result<Reply, Failure> {
        let teller = self.client.open_now()?.runtime.teller();
        let on_update = on_update.map(|foreign| updates(foreign, self.intent_id(), teller));
        let how = Wait { timeout: time_ms.map(Duration::from_millis), on_update };
        self.run(&token, move |task| async move { task.wait(how).await.map(Reply::from) }).await
    }

    /// How the task is and each change on the way, up to the end of the task or of the wait.
    pub async fn updates(&self, token: Arc<WaitToken>, time_ms: Option<u64>) -> Result<Arc<Updates>, Failure> {
        let session = self.client.open_now()?.session;
        let work = move |task| async move { Ok(session.updates(&task, time_ms.map(Duration::from_millis))) };
        let changes = Mutex::new(Some(Arc::new(AsyncMutex::new(self.run(&token, work).await?))));
        Ok(Arc::new(Updates { client: Arc::clone(&self.client), known: Arc::clone(&self.known), changes }))
    }

    /// Asks the provider to stop the task, and waits until it is known what became of it.
    pub async fn cancel(&self, token: Arc<WaitToken>) -> Result<Reply, Failure> {
        self.run(&token, |task| async move { task.cancel().await.map(Reply::from) }).await
    }

    /// Gives an unresolved task the id under which a person found it at the provider.
    pub async fn adopt(&self, token: Arc<WaitToken>, task_id: String) -> Result<Reply, Failure> {
        self.run(&token, move |task| async move { task.adopt(&task_id).await.map(Reply::from) }).await
    }

    /// Gives an unresolved task up.
    pub async fn discard(&self, token: Arc<WaitToken>) -> Result<Reply, Failure> {
        self.run(&token, |task| async move { task.discard().await.map(Reply::from) }).await
    }

    /// Fetches the task's result files into a directory, and notes in the record where they are.
    pub async fn save_files(&self, token: Arc<WaitToken>, directory: String, saving: Saving) -> Result<Vec<SavedFile>, Failure> {
        let work = move |task: TaskHandle| async move {
            let saved = task.save_files_with(&PathBuf::from(directory), saving.into()).await?;
            Ok(saved.into_iter().map(SavedFile::from).collect())
        };
        self.run(&token, work).await
    }

    /// The same for the file with this number, counted from 0; nothing where there is none.
    pub async fn save_file(
        &self,
        token: Arc<WaitToken>,
        index: u64,
        directory: String,
        saving: Saving,
    ) -> Result<Option<SavedFile>, Failure> {
        let work = move |task: TaskHandle| async move {
            let saved = task.save_file_with(size(index), &PathBuf::from(directory), saving.into()).await?;
            Ok(saved.map(SavedFile::from))
        };
        self.run(&token, work).await
    }

    /// Fetches the file with this number, counted from 0, to exactly this path.
    pub async fn save_as(&self, token: Arc<WaitToken>, index: u64, path: String, saving: Saving) -> Result<SavedFile, Failure> {
        let work = move |task: TaskHandle| async move {
            task.save_as(size(index), &PathBuf::from(path), saving.into()).await.map(SavedFile::from)
        };
        self.run(&token, work).await
    }

    /// The bytes of the file with this number, counted from 0, if they are not more than these.
    pub async fn read_file(&self, token: Arc<WaitToken>, index: u64, max_bytes: Option<u64>) -> Result<Vec<u8>, Failure> {
        let work = move |task: TaskHandle| async move { task.read_file(size(index), max_bytes).await.map(|file| file.bytes) };
        self.run(&token, work).await
    }

    /// Opens the file with this number, counted from 0, whose bytes are then taken as they come.
    pub async fn stream_file(&self, token: Arc<WaitToken>, index: u64) -> Result<Arc<FileStream>, Failure> {
        let bytes = self.run(&token, move |task: TaskHandle| async move { task.stream_file(size(index)).await }).await?;
        let bytes = Mutex::new(Some(Arc::new(AsyncMutex::new(bytes))));
        Ok(Arc::new(FileStream { client: Arc::clone(&self.client), known: Arc::clone(&self.known), bytes }))
    }
}

impl Task {
    pub(crate) fn new(client: Arc<Client>, handle: TaskHandle) -> Arc<Self> {
        Self::of(client, Arc::clone(handle.as_made()))
    }

    pub(crate) fn of(client: Arc<Client>, known: Arc<core::TaskRecord>) -> Arc<Self> {
        Arc::new(Self { client, known })
    }

    async fn run<T: Send + 'static, F: Future<Output = Result<T, core::Failure>> + Send + 'static>(
        &self,
        token: &WaitToken,
        work: impl FnOnce(TaskHandle) -> F,
    ) -> Result<T, Failure> {
        let known = Arc::clone(&self.known);
        self.client.run_for(token, Some(Arc::clone(&self.known)), move |client| work(client.task_of(known))).await
    }
}

/// Replies as a task goes on.
#[derive(uniffi::Object)]
pub struct Updates {
    client: Arc<Client>,
    known: Arc<core::TaskRecord>,
    changes: Mutex<Option<Arc<AsyncMutex<Changes>>>>,
}

#[uniffi::export]
impl Updates {
    /// The next change; nothing after the last.
    pub async fn next(&self, token: Arc<WaitToken>) -> Result<Option<Reply>, Failure> {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(changes) = changes else { return Ok(None) };
        let work = |_| async move {
            let next = changes.lock().await.next().await;
            next.transpose().map(|reply| reply.map(Reply::from))
        };
        self.client.run_for(&token, Some(Arc::clone(&self.known)), work).await
    }

    /// Ends the wait.
    pub fn stop(&self) {
        drop(self.changes.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// The bytes of a result file, as they come.
#[derive(uniffi::Object)]
pub struct FileStream {
    client: Arc<Client>,
    known: Arc<core::TaskRecord>,
    bytes: Mutex<Option<Arc<AsyncMutex<gentask::FileStream>>>>,
}

#[uniffi::export]
impl FileStream {
    /// The next bytes; nothing after the last.
    pub async fn next(&self, token: Arc<WaitToken>) -> Result<Option<Vec<u8>>, Failure> {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(bytes) = bytes else { return Ok(None) };
        let work = |_| async move { bytes.lock().await.next().await };
        self.client.run_for(&token, Some(Arc::clone(&self.known)), work).await
    }

    /// Leaves the file.
    pub fn stop(&self) {
        drop(self.bytes.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
