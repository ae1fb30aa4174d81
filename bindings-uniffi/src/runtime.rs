//! Where everything runs: one tokio runtime for all clients of a process, and one thread that tells listeners what happened, in the order in
//! which it happened. Both begin with the first client and end with the last.

use crate::failure::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use tokio::runtime::{Builder, Handle};

/// Something to tell a listener.
type Message = Box<dyn FnOnce() + Send>;

pub(crate) struct Runtime {
    handle: Handle,
    /// Taken out by `drop` only.
    tokio: Option<tokio::runtime::Runtime>,
    messages: mpsc::Sender<Message>,
}

static SHARED: Mutex<Weak<Runtime>> = Mutex::new(Weak::new());

impl Runtime {
    /// The runtime of this process, for as long as what is returned is kept.
    pub(crate) fn shared() -> Result<Arc<Self>, Failure> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = shared.upgrade() {
            return Ok(runtime);
        }
        let runtime = Arc::new(Self::start().map_err(|error| Failure::unsupported(&format!("no threads can be started: {error}")))?);
        *shared = Arc::downgrade(&runtime);
        Ok(runtime)
    }

    fn start() -> std::io::Result<Self> {
        let tokio = Builder::new_multi_thread().worker_threads(2).thread_name("gentask").enable_all().build()?;
        let (messages, queue) = mpsc::channel::<Message>();
        std::thread::Builder::new().name("gentask-tell".to_owned()).spawn(move || {
            while let Ok(message) = queue.recv() {
                // One that panics must not silence those behind it.
                let _ = catch_unwind(AssertUnwindSafe(message));
            }
        })?;
        Ok(Self { handle: tokio.handle().clone(), tokio: Some(tokio), messages })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// What tells listeners, after everything that was told before.
    pub(crate) fn teller(&self) -> Teller {
        Teller(self.messages.clone())
    }
}

impl Drop for Runtime {
    /// Waits for nothing: the last one may be dropped by one of its own threads.
    fn drop(&mut self) {
        if let Some(tokio) = self.tokio.take() {
            tokio.shutdown_background();
        }
    }
}

/// Hands messages to the thread that tells.
#[derive(Clone)]
pub(crate) struct Teller(mpsc::Sender<Message>);

impl Teller {
    pub(crate) fn tell(&self, message: impl FnOnce() + Send + 'static) {
        // Once nobody is there to be told, nobody misses it.
        let _ = self.0.send(Box::new(message));
    }
}
