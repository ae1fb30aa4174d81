//! Submits: each is a call that runs on a task of its own, and outlives the caller's future.

use super::handle::TaskHandle;
use super::{Client, entropy};
use gentask_core::client::{Accepted, Call, Named};
use gentask_core::{Failure, Generation, HttpRequest, Reply, SubmitOptions};
use std::time::Duration;

/// A submit that is checked and named, and not sent yet.
pub struct Submission {
    client: Client,
    call: Call<Accepted>,
}

impl Submission {
    /// The intent that it is about, also while it is sent.
    pub fn intent(&self) -> Intent {
        Intent(self.call.named())
    }

    /// Stores and sends it, as [`Client::submit`] does.
    pub async fn send(self) -> Result<TaskHandle, Failure> {
        let client = self.client.clone();
        Ok(TaskHandle::new(client, *self.start().await?.record))
    }

    /// The same, waiting no longer than this. Where its time is over, the submit goes on and is saved all the same: the failure is
    /// `WAIT_TIMEOUT` and names the intent.
    pub async fn send_within(self, time: Duration) -> Result<TaskHandle, Failure> {
        let (client, intent) = (self.client.clone(), self.intent());
        let end = client.now().saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        tokio::select! {
            biased;
            accepted = self.start() => Ok(TaskHandle::new(client, *accepted?.record)),
            () = client.inner.clock.reached(end) => {
                Err(Failure::of(client.carry_out(client.inner.core.left(&intent.id(), client.now())).await?))
            }
        }
    }

    /// The same, where everything is answered with a reply: what the submit itself brought, whatever the store says afterwards.
    pub async fn reply(self) -> Reply {
        self.start().await.map_or_else(Failure::into_reply, |accepted| accepted.reply)
    }

    /// Begins it on a task of its own, which goes on when what is returned here is dropped.
    fn start(self) -> impl Future<Output = Result<Accepted, Failure>> + use<> {
        self.client.start(self.call)
    }
}

/// Which intent a submit is about: its own, or the one that its caller's key turned out to name already.
#[derive(Clone, Debug)]
pub struct Intent(Named);

impl Intent {
    /// The intent's id, as far as it is known now.
    pub fn id(&self) -> String {
        self.0.intent_id()
    }
}

impl Client {
    /// Checks a generation against the contract: what a submit would refuse, without a network, a key or a store.
    pub fn validate(&self, generation: &Generation, options: &SubmitOptions) -> Result<(), Failure> {
        self.dry_run(generation, options).map(|_| ())
    }

    /// The request that a submit would send, without the credential. Nothing is sent and nothing is stored.
    pub fn dry_run(&self, generation: &Generation, options: &SubmitOptions) -> Result<HttpRequest, Failure> {
        Ok(self.inner.core.dry_run(generation, options, entropy()?, self.now())?)
    }

    /// Submits a generation and returns once its task id is durable.
    ///
    /// With [`SubmitOptions::key`] the same key and body name the same task, however often and from however many processes they are
    /// submitted; another body under the same key is `INVALID_PAYLOAD` and [`Failure::is_key_conflict`]. A refusal that cost nothing does
    /// not use the key up: the same key and body again begin a new attempt. A failure is final: nothing sends the submit later, except
    /// that an unresolved one (`SUBMIT_UNKNOWN`) may still turn out to have been accepted.
    pub async fn submit(&self, generation: &Generation, options: &SubmitOptions) -> Result<TaskHandle, Failure> {
        self.begin(generation, options)?.send().await
    }

    /// Begins a submit: it is checked and has its intent id, nothing is stored and nothing is sent. For hosts whose callers may leave
    /// while the submit goes on, and must then know its name.
    pub fn begin(&self, generation: &Generation, options: &SubmitOptions) -> Result<Submission, Failure> {
        let call = self.inner.core.submit(generation, options, entropy()?, self.now())?;
        Ok(Submission { client: self.clone(), call })
    }

    /// The same, waiting no longer than this; see [`Submission::send_within`].
    pub async fn submit_within(&self, generation: &Generation, options: &SubmitOptions, time: Duration) -> Result<TaskHandle, Failure> {
        Box::pin(self.begin(generation, options)?.send_within(time)).await
    }

    /// The task that a caller's key names; `None` where no task has it. With an owner, the key is the owner's.
    pub async fn find(&self, key: &str, owner: Option<&str>) -> Result<Option<TaskHandle>, Failure> {
        let found = self.carry_out(self.inner.core.find(key, owner, self.now())).await?;
        Ok(found.map(|record| TaskHandle::new(self.clone(), *record)))
    }
}
