//! Submits: validated, stored, then sent once, on a task of their own that outlives the caller's future.

use super::driver::{Driven, Goal};
use super::handle::TaskHandle;
use super::{Client, Failure};
use crate::store::{Find, Saved};
use gentask_core::{Blob, Error, ErrorCode, Generation, HttpRequest, Input, KeyUse, Reply, SubmitOptions, TaskMachine, TaskRecord};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often a key is claimed before it is given up: each time somebody else was faster, and is gone again.
const CLAIMS: usize = 20;

/// A submit that is checked and named, and not sent yet.
pub struct Submission {
    client: Client,
    machine: TaskMachine,
    generation: Generation,
    options: SubmitOptions,
    intent: Intent,
}

impl Submission {
    /// The intent that it is about, also while it is sent.
    pub fn intent(&self) -> Intent {
        self.intent.clone()
    }

    /// Stores and sends it, as [`Client::submit`] does.
    pub async fn send(self) -> Result<TaskHandle, Failure> {
        self.start().await.map(|ordered| ordered.handle)
    }

    /// The same, waiting no longer than this. Where its time is over, the submit goes on and is saved all the same: the failure is
    /// `WAIT_TIMEOUT` and names the intent.
    pub async fn send_within(self, time: Duration) -> Result<TaskHandle, Failure> {
        let (client, intent) = (self.client.clone(), self.intent());
        let clock = &client.inner.clock;
        let end = clock.now().saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        tokio::select! {
            biased;
            ordered = self.start() => ordered.map(|ordered| ordered.handle),
            () = clock.reached(end) => Err(client.left(&intent.id()).await),
        }
    }

    /// The same, where everything is answered with a reply: what the submit itself brought, whatever the store says afterwards.
    pub async fn reply(self) -> Reply {
        match self.start().await {
            Ok(ordered) => ordered.reply,
            Err(failure) => failure.into_reply(),
        }
    }

    /// Begins it on a task of its own, which goes on when what is returned here is dropped.
    fn start(self) -> impl Future<Output = Result<Ordered, Failure>> + use<> {
        let (client, intent) = (self.client.clone(), self.intent());
        let counted = client.inner.under_way.begin();
        let order = tokio::spawn(async move {
            let ordered = Box::pin(client.order(self)).await;
            drop(counted);
            ordered
        });
        async move { order.await.unwrap_or_else(|_| Err(interrupted(&intent.id()))) }
    }
}

/// A submit that was settled.
struct Ordered {
    handle: TaskHandle,
    reply: Reply,
}

/// Which intent a submit is about: its own, or the one that its caller's key turned out to name already.
#[derive(Clone, Debug)]
pub struct Intent(Arc<Mutex<String>>);

impl Intent {
    /// The intent's id, as far as it is known now.
    pub fn id(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is(&self, id: &str) {
        id.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Client {
    /// Checks a generation against the contract: what a submit would refuse, without a network, a key or a store.
    pub fn validate(&self, generation: &Generation, options: &SubmitOptions) -> Result<(), Failure> {
        self.dry_run(generation, options).map(|_| ())
    }

    /// The request that a submit would send, without the credential. Nothing is sent and nothing is stored.
    pub fn dry_run(&self, generation: &Generation, options: &SubmitOptions) -> Result<HttpRequest, Failure> {
        let machine = self.prepare(generation, options)?;
        machine.preview().ok_or_else(|| Error::new(ErrorCode::UnknownError, "there is nothing to send").into())
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
        let machine = self.prepare(generation, options)?;
        let intent = Intent(Arc::new(Mutex::new(machine.record().intent_id.clone())));
        Ok(Submission { client: self.clone(), machine, generation: generation.clone(), options: options.clone(), intent })
    }

    /// The same, waiting no longer than this; see [`Submission::send_within`].
    pub async fn submit_within(&self, generation: &Generation, options: &SubmitOptions, time: Duration) -> Result<TaskHandle, Failure> {
        Box::pin(self.begin(generation, options)?.send_within(time)).await
    }

    /// The task that a caller's key names; `None` where no task has it. With an owner, the key is the owner's.
    pub async fn find(&self, key: &str, owner: Option<&str>) -> Result<Option<TaskHandle>, Failure> {
        let found = self.by_key(key, owner).await?;
        Ok(found.map(|record| TaskHandle::new(self.clone(), record)))
    }

    /// What is told to a caller who left a submit that goes on.
    async fn left(&self, intent_id: &str) -> Failure {
        let stored = self.inner.store.load(intent_id).await.ok().flatten();
        Failure::of(Reply::left(intent_id, stored.as_ref()))
    }

    async fn order(&self, submission: Submission) -> Result<Ordered, Failure> {
        let Submission { machine, generation, options, intent, .. } = submission;
        let Some(key) = options.key.as_deref() else {
            // A missing key is found before anything is stored.
            self.inner.credential().await?;
            return self.settle(machine).await;
        };
        self.recall_hold().await;
        for _ in 0..CLAIMS {
            let existing = self.by_key(key, options.owner.as_deref()).await.map_err(Failure::of_unread_key)?;
            if let Some(existing) = existing {
                let now = self.inner.clock.now();
                match machine.key_use(&existing, &generation, &options, self.inner.held_until(), now) {
                    KeyUse::Conflict(error) => return Err(Failure::key_conflict(*error, &existing)),
                    KeyUse::Wait(reply) => return Err(Failure::of(*reply)),
                    KeyUse::Same => {
                        intent.is(&existing.intent_id);
                        return self.settle(self.redelivered(existing).await?).await;
                    }
                    KeyUse::Free(released) => {
                        self.inner.credential().await?;
                        if self.inner.store.save(&released, &[], existing.version, true).await? == Saved::Conflict {
                            continue;
                        }
                    }
                }
            }
            self.inner.credential().await?;
            // The record is stored before the first byte leaves anyway; a caller's key is claimed by that save.
            let claimed = machine.clone().claimed();
            let blobs: Vec<_> = claimed.request_blob().into_iter().collect();
            if self.claim(claimed.record(), &blobs).await? == Saved::Done {
                return self.settle(claimed).await;
            }
        }
        Err(Error::new(ErrorCode::StoreError, "the key is taken, but its task cannot be found; nothing was sent").into())
    }

    /// The machine of the task that a key names already. Where there can be none, the failure is about that task.
    async fn redelivered(&self, existing: TaskRecord) -> Result<TaskMachine, Failure> {
        let known = existing.clone();
        self.resumed(existing, &self.inner.settings).await.map_err(|failure| failure.of_redelivery(&known))
    }

    /// Stores the first record of an order under its caller's key. Where the answer is lost it may be stored all the same: then it is
    /// claimed, or the caller is told that it may be there.
    async fn claim(&self, first: &TaskRecord, blobs: &[Blob]) -> Result<Saved, Failure> {
        match self.save(first, blobs, true, true).await {
            Ok(saved) => Ok(saved),
            Err(failure) => match self.inner.store.load(&first.intent_id).await {
                Ok(None) => Err(failure),
                Ok(Some(stored)) if stored.to_json() == first.to_json() => Ok(Saved::Done),
                Ok(Some(stored)) => Err(Failure::of(Reply::left(&stored.intent_id, Some(&stored)))),
                Err(_) => Err(failure.still_stored(false)),
            },
        }
    }

    fn prepare(&self, generation: &Generation, options: &SubmitOptions) -> Result<TaskMachine, Failure> {
        let inner = &*self.inner;
        Ok(TaskMachine::prepare(&inner.contract, generation, options, &inner.settings, entropy()?, inner.clock.now())?)
    }

    async fn by_key(&self, key: &str, owner: Option<&str>) -> Result<Option<TaskRecord>, Failure> {
        let by = Find::CallerKey {
            provider: self.inner.contract.id().to_owned(),
            account: self.inner.settings.account.clone(),
            owner: owner.map(str::to_owned),
            key: key.to_owned(),
        };
        Ok(self.inner.store.find(&by).await?.into_iter().next())
    }

    /// Drives an order to its end.
    async fn settle(&self, machine: TaskMachine) -> Result<Ordered, Failure> {
        let driven = self.drive(machine, None, Goal::Ordered, &|_, _| {}).await?;
        let record = driven.machine.record();
        let reply = driven.reply();
        if record.phase.is_refusal() && !reply.ok {
            return Err(Failure::of(reply));
        }
        Ok(Ordered { handle: TaskHandle::new(self.clone(), record.clone()), reply })
    }

    /// Drives a machine whose submit is not settled. The drive goes on when the caller's future is dropped.
    pub(super) async fn drive_submit(&self, machine: TaskMachine, first: Option<Input>, goal: Goal) -> Result<Driven, Failure> {
        if first.is_none() && machine.record().phase.is_settled() {
            return Ok(Driven { machine, reply: None });
        }
        let intent_id = machine.record().intent_id.clone();
        let client = self.clone();
        let counted = self.inner.under_way.begin();
        let drive = tokio::spawn(async move {
            let driven = client.drive(machine, first, goal, &|_, _| {}).await;
            drop(counted);
            driven
        });
        drive.await.unwrap_or_else(|_| Err(interrupted(&intent_id)))
    }
}

/// The task that drove a submit is gone, with the runtime that it was on.
fn interrupted(intent_id: &str) -> Failure {
    let message = format!("the submit of intent {intent_id} was interrupted; resume it to see what became of it");
    Failure::from(Error::new(ErrorCode::SubmitUnknown, message)).in_doubt(intent_id)
}

/// 32 bytes of the operating system's randomness.
pub(super) fn entropy() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::new(ErrorCode::Unsupported, format!("the operating system gives no randomness: {error}"))),
    }
}
