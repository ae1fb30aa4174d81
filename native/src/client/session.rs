//! A client between its opening and its close, for languages whose objects are closed by hand.

use super::{Client, TaskHandle, Updates};
use crate::store::Store;
use gentask_core::{Error, ErrorCode, Failure};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedRwLockReadGuard, RwLock, watch};

/// How long the store is asked for the record of a task whose client was closed.
const LOOK: Duration = Duration::from_secs(1);

/// A client that can be closed: closing it ends every wait, and waits for what must be saved. The clones share everything.
#[derive(Clone)]
pub struct Session {
    client: Client,
    closed: watch::Sender<bool>,
    /// Read by every submit and every callback that is under way, written by whoever closes.
    submits: Arc<RwLock<()>>,
}

/// Whoever closes the session waits until it is dropped.
pub struct Held(#[expect(dead_code, reason = "held until it is dropped")] OwnedRwLockReadGuard<()>);

impl Session {
    /// An open session of this client.
    pub fn new(client: Client) -> Self {
        Self { client, closed: watch::channel(false).0, submits: Arc::default() }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Has whoever closes the session wait until what is returned is dropped. Fails once somebody has begun to.
    pub fn hold(&self) -> Result<Held, Failure> {
        Arc::clone(&self.submits).try_read_owned().map(Held).map_err(|_| Self::closed())
    }

    /// Does something that ends with the session: then it fails with the ids of the task that it is about.
    pub async fn run<T>(&self, intent_id: Option<&str>, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let until_closed = self.until_closed();
        // In a box of its own: a future that is moved into another one takes its room twice.
        let work = Box::pin(work);
        tokio::select! {
            outcome = work => outcome,
            () = until_closed => Err(left(&**self.client.store(), intent_id).await),
        }
    }

    /// Replies as a task of this client goes on, until it has ended or the session is closed.
    pub fn updates(&self, task: &TaskHandle, timeout: Option<Duration>) -> Updates {
        let (closed, store, intent_id) = (self.until_closed(), Arc::clone(self.client.store()), task.intent_id().to_owned());
        task.updates_until(timeout, async move {
            closed.await;
            left(&*store, Some(&intent_id)).await
        })
    }

    /// Waits until somebody closes the session.
    pub(super) fn until_closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closed = self.closed.subscribe();
        async move { drop(closed.wait_for(|closed| *closed).await) }
    }

    /// Ends every wait, and returns once every submit and callback under way is saved.
    pub async fn close(&self) {
        self.closed.send_replace(true);
        let _all_saved = Arc::clone(&self.submits).write_owned().await;
        // Also those that waits sent, which have just been ended.
        self.client.settled().await;
    }

    /// What a call on a closed session fails with.
    pub fn closed() -> Failure {
        Error::new(ErrorCode::Unsupported, "the client is closed: make a new one; its tasks are in the store").into()
    }
}

/// What a call is told whose client was closed meanwhile: a task goes on, and may have been paid for.
async fn left(store: &dyn Store, intent_id: Option<&str>) -> Failure {
    let message = "the client was closed during this call; a task goes on, and another client can resume it";
    let failure = Failure::from(Error::new(ErrorCode::Unsupported, message));
    let Some(intent_id) = intent_id else { return failure };
    // A store that hangs must not keep whoever waited.
    match tokio::time::timeout(LOOK, store.load(intent_id)).await {
        Ok(Ok(Some(record))) => failure.about(&record),
        _ => failure,
    }
}
