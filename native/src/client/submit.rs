//! Submits: validated, stored, then sent once, on a task of their own that outlives the caller's future.

use super::driver::{Driven, Goal};
use super::handle::TaskHandle;
use super::{Client, Failure};
use crate::store::{Find, Saved};
use gentask_core::{Error, ErrorCode, Generation, HttpRequest, Input, Reply, SubmitOptions, TaskMachine, TaskRecord};
use std::sync::{Arc, Mutex, PoisonError};

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
        self.client.clone().send_submission(self).await
    }

    /// The same, where everything is answered with a reply.
    pub async fn reply(self) -> Reply {
        match Box::pin(self.send()).await {
            Ok(handle) => handle.snapshot().await,
            Err(failure) => failure.into_reply(),
        }
    }
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
    /// submitted; another body under the same key is `INVALID_PAYLOAD`. A failure is final: nothing sends the submit later, except
    /// that an unresolved one (`SUBMIT_UNKNOWN`) may still turn out to have been accepted.
    pub async fn submit(&self, generation: &Generation, options: &SubmitOptions) -> Result<TaskHandle, Failure> {
        Box::pin(self.begin(generation, options)?.send()).await
    }

    /// Begins a submit: it is checked and has its intent id, nothing is stored and nothing is sent. For hosts whose callers may leave
    /// while the submit goes on, and must then know its name.
    pub fn begin(&self, generation: &Generation, options: &SubmitOptions) -> Result<Submission, Failure> {
        let machine = self.prepare(generation, options)?;
        let intent = Intent(Arc::new(Mutex::new(machine.record().intent_id.clone())));
        Ok(Submission { client: self.clone(), machine, generation: generation.clone(), options: options.clone(), intent })
    }

    async fn send_submission(&self, submission: Submission) -> Result<TaskHandle, Failure> {
        let Submission { machine, generation, options, intent, .. } = submission;
        // A missing key is found before anything is stored.
        self.inner.credential().await?;
        if let Some(existing) = self.by_key(&options).await? {
            intent.is(&existing.intent_id);
            return self.redelivered(&machine, existing, &generation, &options).await;
        }
        if options.key.is_some() {
            // The record is stored before the first byte leaves anyway; a caller's key is claimed by that save.
            let first = machine.first_record();
            let blobs: Vec<_> = machine.request_blob().into_iter().collect();
            if self.inner.store.save(&first, &blobs, 0, true).await? == Saved::Conflict {
                let Some(existing) = self.by_key(&options).await? else {
                    return Err(Error::new(ErrorCode::StoreError, "the key is taken, but its task cannot be found").into());
                };
                intent.is(&existing.intent_id);
                return self.redelivered(&machine, existing, &generation, &options).await;
            }
            let stored = self.resumed(first, &self.inner.settings).await?;
            return self.settle(stored).await;
        }
        self.settle(machine).await
    }

    fn prepare(&self, generation: &Generation, options: &SubmitOptions) -> Result<TaskMachine, Failure> {
        let inner = &*self.inner;
        Ok(TaskMachine::prepare(&inner.contract, generation, options, &inner.settings, entropy()?, inner.clock.now())?)
    }

    async fn by_key(&self, SubmitOptions { key, owner, .. }: &SubmitOptions) -> Result<Option<TaskRecord>, Failure> {
        let Some(key) = key else { return Ok(None) };
        let by = Find::CallerKey {
            provider: self.inner.contract.id().to_owned(),
            account: self.inner.settings.account.clone(),
            owner: owner.clone(),
            key: key.clone(),
        };
        Ok(self.inner.store.find(&by).await?.into_iter().next())
    }

    /// The task that this key names already.
    async fn redelivered(
        &self,
        machine: &TaskMachine,
        existing: TaskRecord,
        generation: &Generation,
        options: &SubmitOptions,
    ) -> Result<TaskHandle, Failure> {
        if !machine.is_same_intent(&existing, generation, options) {
            let message =
                format!("this key belongs to intent {}, which has another model, other options or another payload", existing.intent_id);
            return Err(Error::new(ErrorCode::InvalidPayload, message).into());
        }
        let stored = self.resumed(existing, &self.inner.settings).await?;
        self.settle(stored).await
    }

    /// Drives a submit to its end on a task of its own.
    async fn settle(&self, machine: TaskMachine) -> Result<TaskHandle, Failure> {
        let driven = self.drive_submit(machine, None, Goal::Submitted).await?;
        let record = driven.machine.record();
        let refused = record.phase.is_refusal();
        match driven.reply {
            Some(reply) if !reply.ok && refused => Err(Failure::of(reply)),
            None if refused => Err(Failure::of(driven.machine.reply())),
            _ => Ok(TaskHandle::new(self.clone(), record.clone())),
        }
    }

    /// Drives a machine whose submit is not settled. The drive goes on when the caller's future is dropped.
    pub(super) async fn drive_submit(&self, machine: TaskMachine, first: Option<Input>, goal: Goal) -> Result<Driven, Failure> {
        if first.is_none() && machine.record().phase.is_settled() {
            return Ok(Driven { machine, reply: None });
        }
        let intent_id = machine.record().intent_id.clone();
        let client = self.clone();
        let drive = tokio::spawn(async move { client.drive(machine, first, goal, &|_, _| {}).await });
        drive.await.unwrap_or_else(|_| {
            let message = format!("the submit of intent {intent_id} was interrupted; resume it to see what became of it");
            Err(Failure::from(Error::new(ErrorCode::SubmitUnknown, message)).in_doubt(&intent_id))
        })
    }

    /// Submits, and answers everything with a reply: the first of the four operations.
    pub(super) async fn submit_reply(&self, generation: &Generation, options: &SubmitOptions) -> Reply {
        match self.begin(generation, options) {
            Ok(submission) => submission.reply().await,
            Err(failure) => failure.into_reply(),
        }
    }
}

/// 32 bytes of the operating system's randomness.
pub(super) fn entropy() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::new(ErrorCode::Unsupported, format!("the operating system gives no randomness: {error}"))),
    }
}
