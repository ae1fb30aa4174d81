//! How one call is waited for, and left.

use crate::failure::Failure;
use crate::runtime::Runtime;
use gentask::core::internal::Asked;
use gentask::core::{self, Error, ErrorCode, TaskRecord};
use gentask::{Held, Intent};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::AbortHandle;

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

    /// Waits for work that ends when nobody waits for it any more. `about`: the task that it is about.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        runtime: &Runtime,
        about: Option<&TaskRecord>,
        work: impl Future<Output = Result<T, core::Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let task = runtime.handle().spawn(work);
        let _ends_with_its_waiter = Aborts(task.abort_handle());
        tokio::select! {
            outcome = task => outcome.unwrap_or_else(|_| Err(broken(about))).map_err(Failure::from),
            () = self.until_left() => Err(Failure::left(&stopped_waiting())),
        }
    }

    /// Waits for work that goes on whatever becomes of whoever waits, and keeps what is held until it has ended.
    pub(crate) async fn run_to_its_end<T: Send + 'static>(
        &self,
        runtime: Arc<Runtime>,
        held: Vec<Held>,
        work: impl Future<Output = Result<T, core::Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let kept = Arc::clone(&runtime);
        let task = runtime.handle().spawn(async move {
            let outcome = work.await;
            drop(held);
            drop(kept);
            outcome
        });
        tokio::select! {
            outcome = task => outcome.unwrap_or_else(|_| Err(self.broken())).map_err(Failure::from),
            () = self.until_left() => Err(Failure::left(&self.left_submit())),
        }
    }

    fn left_submit(&self) -> core::Failure {
        match self.intent_id() {
            Some(intent_id) => core::Failure::of(core::Reply::left(&intent_id, None)),
            None => stopped_waiting(),
        }
    }

    /// What a call comes to that a panic ended: a submit that has a name may have been sent.
    fn broken(&self) -> core::Failure {
        match self.intent_id() {
            Some(intent_id) => core::Failure::of(Error::new(ErrorCode::SubmitUnknown, BROKEN).reply().in_doubt(&intent_id)),
            None => broken(None),
        }
    }
}

/// Fails as a call does that a panic of this library ended. For the foreign side, which sees a panic as an error without a reply: with the call's
/// token, so that a submit is named.
#[uniffi::export]
pub fn broken_call(token: Option<Arc<WaitToken>>) -> Result<(), Failure> {
    Err(token.map_or_else(|| broken(None), |token| token.broken()).into())
}

struct Aborts(AbortHandle);

impl Drop for Aborts {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn stopped_waiting() -> core::Failure {
    let message = "stopped waiting; the task goes on, and can be waited for again";
    Error::new(ErrorCode::WaitTimeout, message).into()
}

/// The panic's own words are on standard error and nowhere else: they may hold a part of a prompt.
const BROKEN: &str = "an internal error of gentask ended this call: please report it, with what stands on standard error";

/// What a call comes to that a panic ended and that sent no submit of its own. A task that it is about goes on.
fn broken(about: Option<&TaskRecord>) -> core::Failure {
    let failure = core::Failure::of(Error::new(ErrorCode::UnknownError, BROKEN).reply());
    match about {
        Some(record) => failure.about(record),
        None => core::Failure::of(failure.into_reply().unanswered().asked(Asked::Question)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gentask::key::{KeySource, Secret};
    use gentask::store::MemoryStore;
    use gentask::{Client, Contract, Generation, SubmitOptions};
    use gentask_sandbox::{Server, ServerConfig};
    use serde_json::json;

    async fn panics() -> Result<(), core::Failure> {
        tokio::task::yield_now().await;
        panic!("it holds a prompt")
    }

    /// A client of a sandbox, and an order.
    fn client(runtime: &Runtime) -> (Server, Client, Generation) {
        let contract = Contract::built_in("apixo").unwrap();
        let server = Server::start(ServerConfig::new([contract.source().clone()])).unwrap();
        let base = format!("http://{}/apixo", server.address());
        let key = KeySource::Value(Secret::new("a key of no value"));
        let _inside = runtime.handle().enter();
        let client = Client::builder(contract).base_url(base).key(key).store(Arc::new(MemoryStore::new())).build().unwrap();
        let input = json!({"mode": "text-to-image", "prompt": "a sunset"});
        (server, client, Generation { model: "nano-banana".to_owned(), input })
    }

    fn failed(outcome: Result<(), Failure>) -> crate::reply::Reply {
        let Err(Failure::Failed { words, reply, .. }) = outcome else { panic!("it fails") };
        assert!(words.contains(BROKEN) && !words.contains("prompt"), "{words}");
        reply
    }

    #[test]
    fn a_submit_that_panics_is_named_and_in_doubt() {
        let runtime = Runtime::shared().unwrap();
        let (_server, client, generation) = client(&runtime);
        let submission = client.begin(&generation, &SubmitOptions::default()).unwrap();
        let token = WaitToken::new();
        token.name(submission.intent());
        let wanted = Error::new(ErrorCode::SubmitUnknown, BROKEN).reply().in_doubt(&submission.intent().id()).into();
        let outcome = runtime.handle().block_on(token.run_to_its_end(Arc::clone(&runtime), Vec::new(), panics()));
        assert_eq!(failed(outcome), wanted);
        assert_eq!(failed(broken_call(Some(Arc::new(token)))), wanted);
    }

    #[test]
    fn a_wait_that_panics_says_that_its_task_goes_on() {
        let runtime = Runtime::shared().unwrap();
        let (_server, client, generation) = client(&runtime);
        let task = runtime.handle().block_on(client.submit(&generation, &SubmitOptions::default())).unwrap();
        let known = Arc::clone(task.as_made());
        let outcome = runtime.handle().block_on(WaitToken::new().run(&runtime, Some(&known), panics()));
        assert_eq!(failed(outcome), Error::new(ErrorCode::UnknownError, BROKEN).reply().about(&known).into());
    }

    #[test]
    fn what_is_about_no_task_says_nothing_of_any() {
        let reply = failed(broken_call(None));
        assert_eq!((reply.ok, reply.status, reply.task_id), (false, core::Status::Unknown, None));
        assert!(!reply.data.contains("submit again"), "{}", reply.data);
    }
}
