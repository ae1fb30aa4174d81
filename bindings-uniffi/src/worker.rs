//! A worker under way: its ends are fetched one by one, by the coroutine or task that deals with them.

use crate::callbacks::Notice;
use crate::client::{Client, Open};
use crate::failure::Failure;
use crate::listener::{ReplyListener, outcomes};
use crate::runtime::Runtime;
use crate::wait::WaitToken;
use gentask::Working;
use std::sync::Arc;

/// What `Client::work` gives.
#[derive(uniffi::Object)]
pub struct Worker {
    working: Arc<Working>,
    client: Arc<Client>,
    runtime: Arc<Runtime>,
}

/// Hears of a store that fails; the worker goes on. It must catch everything: nobody else can.
#[uniffi::export(with_foreign)]
pub trait ProblemListener: Send + Sync {
    /// The store could not be read, in words.
    fn on_problem(&self, message: String);
}

#[uniffi::export]
impl Client {
    /// Starts a worker, which ends with the client. `settles`: the ends of tasks are to be fetched and dealt with.
    pub fn work(
        self: Arc<Self>,
        settles: bool,
        on_reply: Option<Arc<dyn ReplyListener>>,
        on_problem: Arc<dyn ProblemListener>,
    ) -> Result<Arc<Worker>, Failure> {
        let Open { runtime, session } = self.open_now()?;
        let problems = runtime.teller();
        let on_problem: gentask::ProblemListener = Arc::new(move |failure| {
            let (foreign, message) = (Arc::clone(&on_problem), failure.to_string());
            problems.tell(move || foreign.on_problem(message));
        });
        let on_reply = on_reply.map(|foreign| outcomes(foreign, runtime.teller()));
        let heard = gentask::Worker { on_reply, on_problem: Some(on_problem), on_settled: None };
        let working = {
            let _runtime = runtime.handle().enter();
            session.work(settles, heard)?
        };
        Ok(Arc::new(Worker { working: Arc::new(working), client: self, runtime }))
    }
}

#[uniffi::export]
impl Worker {
    /// The next end, for `handled`; nothing once the worker has stopped.
    pub async fn next(&self, token: Arc<WaitToken>) -> Result<Option<Notice>, Failure> {
        let working = Arc::clone(&self.working);
        let next = token.run(&self.runtime, None, async move { working.next().await }).await?;
        Ok(next.map(|notice| Notice::of(notice, &self.client)))
    }

    /// Says whether an end was dealt with; what was not is told again later.
    pub fn handled(&self, intent_id: String, done: bool) {
        self.working.handled(&intent_id, done);
    }

    /// Stops. What was handed out and not dealt with until now is told again, by another worker.
    pub fn stop(&self) {
        self.working.stop();
    }
}
