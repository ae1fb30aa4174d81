//! Submits: validated, stored, then sent once. From the moment that something may be stored the call is not left, whoever has left it.

use super::call::Call;
use super::drive::Goal;
use super::effect::Step;
use super::host::Host;
use super::outcome::Outcome;
use super::save::Lost;
use super::settings::{Client, Shared};
use crate::contract::{Generation, SubmitOptions};
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::{HttpRequest, UnixMillis};
use crate::keys::KeyUse;
use crate::machine::{Calling, Media, TaskMachine};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::{Find, MetaRule, Saved};
use crate::webhook::Secret;
use std::sync::Arc;

/// How often a key is claimed before it is given up: each time somebody else was faster, and is gone again.
const CLAIMS: usize = 20;

/// A submit that was settled without a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The task, as it is now.
    pub record: Box<TaskRecord>,
    /// What the submit brought, or how the task of its key is.
    pub reply: Reply,
}

impl Client {
    /// Checks a generation against the contract: what a submit would refuse, without a network, a key or a store.
    pub fn validate(&self, generation: &Generation, options: &SubmitOptions) -> Result<(), Error> {
        self.shared.check_callback(options)?;
        let Shared { contract, base, callbacks, .. } = &*self.shared;
        contract.validate_at(base, &callbacks.hosts, generation, options).map(|_| ())
    }

    /// The request that a submit would send, without the credential; media that are uploaded first stand in it as they were given. Nothing is sent and
    /// nothing is stored.
    pub fn dry_run(
        &self,
        generation: &Generation,
        options: &SubmitOptions,
        entropy: [u8; 32],
        now: UnixMillis,
    ) -> Result<HttpRequest, Error> {
        let machine = self.prepare(generation, options, entropy, now)?;
        machine.preview().ok_or_else(|| Error::new(ErrorCode::UnknownError, "there is nothing to send"))
    }

    /// Submits a generation; the call ends once the task's id is durable, or the submit has come to nothing.
    ///
    /// The generation is checked at once, and the call is named from its beginning. `entropy` must be random and is used up.
    pub fn submit(
        &self,
        generation: &Generation,
        options: &SubmitOptions,
        entropy: [u8; 32],
        now: UnixMillis,
    ) -> Result<Call<Accepted>, Error> {
        // Another call may learn the secret before this one goes on: what counts is what its token was made with.
        let lacks_secret = options.callback_url.is_some() && self.shared.minting_secret(now).is_none();
        let machine = Box::new(self.prepare(generation, options, entropy, now)?);
        let intent_id = machine.record().intent_id.clone();
        let order =
            Box::new(Order { machine, generation: generation.clone(), options: options.clone(), entropy, secret: None, lacks_secret });
        Ok(self.call(intent_id, now, |host| submit(host, order)))
    }

    fn prepare(&self, generation: &Generation, options: &SubmitOptions, entropy: [u8; 32], now: UnixMillis) -> Result<TaskMachine, Error> {
        self.shared.check_callback(options)?;
        // Where the token's secret is the store's, another one stands for it until that is read: it makes a token of the same form.
        let secret = self.shared.minting_secret(now).unwrap_or_else(|| Secret::new("to be read", None));
        self.shared.prepare(generation, options, &secret, entropy, now, Media::ToBeUploaded)
    }
}

impl Shared {
    fn prepare(
        &self,
        generation: &Generation,
        options: &SubmitOptions,
        secret: &Secret,
        entropy: [u8; 32],
        now: UnixMillis,
        media: Media<'_>,
    ) -> Result<TaskMachine, Error> {
        let calling = Calling { hosts: &self.callbacks.hosts, secret: Some(secret), media };
        TaskMachine::prepare_called(&self.contract, generation, options, &self.foreground, entropy, now, calling)
    }
}

/// A submit that is checked and named.
struct Order {
    machine: Box<TaskMachine>,
    generation: Generation,
    options: SubmitOptions,
    entropy: [u8; 32],
    /// What its token is made with, where that was the store's.
    secret: Option<Secret>,
    /// Its token was made with what stands for the secret until that is read.
    lacks_secret: bool,
}

impl Order {
    /// What is stored first, once its media are uploaded.
    async fn first_step(&mut self, host: &Host, marks: &mut Vec<String>) -> Result<Arc<Step>, Failure> {
        self.upload(host, marks).await?;
        Ok(Step::fenced(self.machine.first_record(), self.machine.request_blob().into_iter().collect()))
    }

    /// Uploads its media, where its provider takes them in no order: the machine is then of what is sent.
    async fn upload(&mut self, host: &Host, marks: &mut Vec<String>) -> Result<(), Failure> {
        if !host.client.contract.awaits_upload(&self.generation.input) {
            return Ok(());
        }
        let uploaded = Box::pin(host.uploaded(&self.generation, marks)).await?;
        Ok(self.prepare(host, Media::Uploaded(&uploaded.input))?)
    }

    /// Makes the machine anew, as of the moment when it was made: with the secret that was read, or of what stands for its media.
    fn prepare(&mut self, host: &Host, media: Media<'_>) -> Result<(), Error> {
        let created = self.machine.record().at.created;
        let secret = self.secret.clone().or_else(|| host.client.minting_secret(created));
        let secret = secret.unwrap_or_else(|| Secret::new("of no callback", None));
        *self.machine = host.client.prepare(&self.generation, &self.options, &secret, self.entropy, created, media)?;
        Ok(())
    }
}

async fn submit(host: Host, mut order: Box<Order>) -> Result<Outcome, Failure> {
    if order.lacks_secret {
        let secret = host.token_secret(&order.entropy).await;
        // A key that was not looked for may have a task already.
        let secret = secret.map_err(|failure| if order.options.key.is_some() { failure.map(Reply::of_unread_key) } else { failure })?;
        order.secret = Some(secret);
        order.prepare(&host, Media::ToBeUploaded)?;
    }
    // By what the store knows the media that were uploaded for it.
    let mut marks = Vec::new();
    let (machine, _stay) = if order.options.key.is_some() {
        claim(&host, *order, &mut marks).await?
    } else {
        order.upload(&host, &mut marks).await?;
        // A missing key is found before anything is stored.
        host.ready().await?;
        (order.machine, host.stay())
    };
    let driven = host.drive(machine, None, Goal::Ordered).await?;
    let record = driven.machine.record();
    let reply = driven.reply();
    if record.phase == Phase::Unresolved && record.callback {
        // A callback may have named the task before the answer was lost.
        let found = Box::pin(host.found_by_callback(Box::new(record.clone()))).await.ok();
        if let Some(found) = found.filter(|found| found.phase != Phase::Unresolved) {
            return Ok(Outcome::Accepted(Accepted { reply: found.reply(None), record: found }));
        }
    }
    if record.phase.is_refusal() && !reply.ok {
        host.forget_uploads(&marks, reply.error_code).await;
        return Err(Failure::of(reply));
    }
    // A callback may have been faster.
    Ok(Outcome::Accepted(match Box::pin(host.match_early(record)).await {
        Some(newer) => Accepted { reply: newer.reply(None), record: Box::new((*newer).clone()) },
        None => Accepted { record: Box::new(record.clone()), reply },
    }))
}

/// The machine that is to be driven: of the submit itself, stored under its caller's key, or of the task that the key names already.
async fn claim(host: &Host, mut order: Order, marks: &mut Vec<String>) -> Result<(Box<TaskMachine>, super::call::Stay), Failure> {
    host.look_for_pause().await;
    let mut first = None;
    for _ in 0..CLAIMS {
        let Order { machine, generation, options, .. } = &order;
        let key = options.key.as_deref().unwrap_or_default();
        let existing = host.by_key(key, options.owner.as_deref()).await.map_err(|failure| failure.map(Reply::of_unread_key))?;
        let mut stay = None;
        if let Some(existing) = existing {
            match machine.key_use(&existing, generation, options, host.client.paused_until(), host.now()) {
                KeyUse::Conflict(error) => {
                    // Where it cannot be read, less is told.
                    if existing.phase.is_settled() {
                        return Err(Failure::key_conflict(*error, &existing));
                    }
                    let request = host.blob(&existing.intent_id, "request").await.ok().flatten();
                    let error = machine.tell_apart(*error, &existing, generation, request.as_deref());
                    // Its submit may have been answered meanwhile: whether money was spent is told by what is stored now.
                    let stored = match host.load(&existing.intent_id).await {
                        Ok(Some(newer)) => newer,
                        // It has ended and was deleted meanwhile: the key is free.
                        Ok(None) => continue,
                        Err(_) => existing,
                    };
                    return Err(Failure::key_conflict(error, &stored));
                }
                KeyUse::Wait(reply) => return Err(Failure::of(*reply)),
                KeyUse::Same => {
                    host.line.desk().intent_id.clone_from(&existing.intent_id);
                    let stay = host.stay();
                    let known = existing.clone();
                    let resumed = host.resumed(existing, &host.client.foreground).await;
                    return Ok((resumed.map_err(|failure| failure.map(|reply| reply.of_redelivery(&known)))?, stay));
                }
                KeyUse::Free(released) => {
                    if first.is_none() {
                        first = Some(order.first_step(host, marks).await?);
                    }
                    host.ready().await?;
                    stay = Some(host.stay());
                    // The attempt before came to nothing, and lets go of the key.
                    if host.save(&Step::fenced(*released, Vec::new()), false).await? == Saved::Conflict {
                        continue;
                    }
                }
            }
        }
        let step = match &first {
            Some(step) => Arc::clone(step),
            None => order.first_step(host, marks).await?,
        };
        host.ready().await?;
        let stay = stay.unwrap_or_else(|| host.stay());
        // The record is stored before the first byte leaves anyway; a caller's key is claimed by that save.
        if first_save(host, &step).await? == Saved::Done {
            return Ok((Box::new(order.machine.claimed()), stay));
        }
        first = Some(step);
    }
    Err(Error::new(ErrorCode::StoreError, "the key is taken, but its task cannot be found; nothing was sent").into())
}

/// Stores the first record of an order under its caller's key. Where the answer is lost it may be stored all the same: then it is claimed,
/// or the caller is told that it may be there.
async fn first_save(host: &Host, first: &Arc<Step>) -> Result<Saved, Failure> {
    let Lost { failure, seen } = match host.save_or_see(first, true).await {
        Ok(saved) => return Ok(saved),
        Err(lost) => lost,
    };
    let stored = match seen {
        Some(other) => Ok(Some(other)),
        None => host.load(&first.record.intent_id).await,
    };
    match stored {
        Ok(None) => Err(failure),
        Ok(Some(stored)) if stored.to_json() == first.record.to_json() => Ok(Saved::Done),
        // Somebody has found it in the store, and has gone on with it.
        Ok(Some(stored)) => Err(Failure::of(Reply::left(&stored.intent_id, Some(&stored)))),
        Err(_) => Err(failure.map(|reply| reply.still_stored(false))),
    }
}

impl Host {
    /// The task that a caller's key names.
    pub(super) async fn by_key(&self, key: &str, owner: Option<&str>) -> Result<Option<Box<TaskRecord>>, Failure> {
        let by = Find::CallerKey {
            provider: self.client.contract.id().to_owned(),
            account: self.client.account().to_owned(),
            owner: owner.map(str::to_owned),
            key: key.to_owned(),
        };
        Ok(self.find(by).await?.into_iter().next().map(Box::new))
    }

    /// Claims a name among the store's values: whoever has it afterwards.
    pub(super) async fn claim_name(&self, name: &str, holder: &str) -> Result<String, Failure> {
        Ok(self.set_meta(name.to_owned(), holder.to_owned(), MetaRule::IfAbsent).await?)
    }
}
