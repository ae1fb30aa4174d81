//! How one call is waited for, and left.

use crate::failure::Failure;
use crate::runtime::Runtime;
use gentask::core;
use gentask::{Held, Intent};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinError};

/// One call's: whoever waits for it can leave it, and is told which intent it is about.
#[derive(uniffi::Object)]
pub struct WaitToken {
    left: watch::Sender<bool>,
    intent: Mutex<Option<Intent>>,
}

#[uniffi::export]
impl WaitToken {
    /// The token of one call.
    #[uniffi::constructor]
    #[must_use]
    pub fn new() -> Self {
        Self { left: watch::channel(false).0, intent: Mutex::new(None) }
    }

    /// Nobody waits any more: the call fails at once with `left`. What may be left ends; a submit goes on, and is saved.
    pub fn leave(&self) {
        self.left.send_replace(true);
    }

    /// The intent of a submit, once it has a name; before that, nothing was sent and nothing is stored.
    pub fn intent_id(&self) -> Option<String> {
        self.intent().as_ref().map(Intent::id)
    }
}

impl Default for WaitToken {
    fn default() -> Self {
        Self::new()
    }
}

impl WaitToken {
    fn intent(&self) -> MutexGuard<'_, Option<Intent>> {
        self.intent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Names the submit that the call is about.
    pub(crate) fn name(&self, intent: Intent) {
        *self.intent() = Some(intent);
    }

    async fn until_left(&self) {
        let mut left = self.left.subscribe();
        // Its sender lives as long as the token.
        let _ = left.wait_for(|left| *left).await;
    }

    /// Waits for work that ends when nobody waits for it any more.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        runtime: &Runtime,
        work: impl Future<Output = Result<T, core::Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let task = runtime.handle().spawn(work);
        let _ends_with_its_waiter = Aborts(task.abort_handle());
        tokio::select! {
            outcome = task => outcome.unwrap_or_else(|error| Err(interrupted(&error))).map_err(Failure::from),
            () = self.until_left() => Err(Failure::left(&stopped_waiting())),
        }
    }

    /// Waits for work that goes on whatever becomes of whoever waits, and keeps what is held until it has ended.
    pub(crate) async fn run_to_its_end<T: Send + 'static>(
        &self,
        runtime: std::sync::Arc<Runtime>,
        held: Vec<Held>,
        work: impl Future<Output = Result<T, core::Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let kept = std::sync::Arc::clone(&runtime);
        let task = runtime.handle().spawn(async move {
            let outcome = work.await;
            drop(held);
            drop(kept);
            outcome
        });
        tokio::select! {
            outcome = task => outcome.unwrap_or_else(|error| Err(interrupted(&error))).map_err(Failure::from),
            () = self.until_left() => Err(Failure::left(&self.left_submit())),
        }
    }

    fn left_submit(&self) -> core::Failure {
        match self.intent_id() {
            Some(intent_id) => core::Failure::of(core::Reply::left(&intent_id, None)),
            None => stopped_waiting(),
        }
    }
}

struct Aborts(AbortHandle);

impl Drop for Aborts {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn stopped_waiting() -> core::Failure {
    let message = "stopped waiting; the task goes on, and can be waited for again";
    core::Error::new(core::ErrorCode::WaitTimeout, message).into()
}

fn interrupted(_: &JoinError) -> core::Failure {
    let message = "the wait was interrupted by an internal error; the task is still running";
    core::Error::new(core::ErrorCode::Unsupported, message).into()
}
