//! The run loop of the core, with a real clock, store and transport. It performs outputs and decides nothing about tasks.

use super::conceal::{conceal, concealed};
use super::history::History;
use super::{Client, Inner, holder};
use crate::failure::Failure;
use crate::http::{Outgoing, Place, Undelivered};
use crate::key::Secret;
use crate::store::{Saved, StoreErrorKind};
use gentask_core::{
    Blob, Delivery, Error, ErrorCode, HttpRequest, Input, Operation, Output, Pacer, Phase, Reply, Settings, TaskEvent, TaskMachine,
    TaskRecord, UnixMillis,
};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long a save of what must not be lost is tried again.
const SAVE_AGAIN: [Duration; 3] = [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(2)];
/// Compare-and-set conflicts of one step before it is given up: each means that another process made progress.
const CONFLICTS: usize = 20;

/// How far a machine is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Until the submit is settled one way or another, for whoever ordered it: a failure is told to them, and then it is final.
    Ordered,
    /// The same for somebody who only waits for it.
    Submitted,
    /// Until one request was made and its answer saved.
    OneRequest,
    /// Until the wait or the task ends.
    End,
}

/// How a drive ended.
pub(super) struct Driven {
    pub(super) machine: TaskMachine,
    /// Why the wait ended; `None`: the goal was reached before.
    pub(super) reply: Option<Reply>,
}

impl Driven {
    /// Why the wait ended, or how the task is where it did not.
    pub(super) fn reply(&self) -> Reply {
        self.reply.clone().unwrap_or_else(|| self.machine.reply())
    }
}

/// Hears of each event, with the machine as it is then.
pub(super) type Hear<'a> = &'a (dyn Fn(&TaskMachine, &TaskEvent) + Send + Sync);

/// A machine that gives its pacer's slot back when its drive ends or is dropped, wherever it is.
struct Held<'a> {
    inner: &'a Inner,
    machine: TaskMachine,
}

impl Held<'_> {
    /// Goes on with another machine of the same task.
    fn replace(&mut self, machine: TaskMachine) {
        self.machine.release(&mut self.inner.pacer());
        self.machine = machine;
    }

    /// The machine, which holds nothing any more.
    fn give(&mut self) -> TaskMachine {
        self.machine.release(&mut self.inner.pacer());
        self.machine.clone()
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.machine.release(&mut self.inner.pacer());
    }
}

/// What a submit takes before its attempt is counted: no key, no attempt, and no lease that runs out while the request still queues.
struct Pass<'a> {
    credential: (String, Secret),
    _place: Place<'a>,
}

impl Client {
    /// Drives a machine. `first` is stepped at once; after it, timeouts when they come.
    pub(super) async fn drive(&self, machine: TaskMachine, first: Option<Input>, goal: Goal, hear: Hear<'_>) -> Result<Driven, Failure> {
        let mut held = Held { inner: &self.inner, machine };
        held.machine.number_drive(self.inner.drives.fetch_add(1, Ordering::Relaxed));
        match self.run(&mut held, first, goal, hear).await {
            Ok(reply) => Ok(Driven { machine: held.give(), reply }),
            Err(failure) => {
                let named = if failure.intent_id().is_some() { failure } else { failure.about(held.machine.record()) };
                Err(Box::pin(self.failed(&held.machine, goal, named)).await)
            }
        }
    }

    async fn run(&self, held: &mut Held<'_>, first: Option<Input>, goal: Goal, hear: Hear<'_>) -> Result<Option<Reply>, Failure> {
        let inner = &*self.inner;
        let mut first = first;
        let mut looks = 0;
        loop {
            self.recall_hold().await;
            let is_submit = matches!(goal, Goal::Ordered | Goal::Submitted);
            if is_submit && first.is_none() && held.machine.record().phase.is_settled() {
                return Ok(None);
            }
            if held.machine.other_holder().is_some_and(holder::is_gone) {
                held.machine.forget_holder(inner.clock.now());
            }
            let due = held.machine.poll_timeout();
            if first.is_none() && due > inner.clock.now() {
                if goal == Goal::OneRequest {
                    return Ok(None);
                }
                if let Some(pause) = held.machine.look_after(looks) {
                    looks += 1;
                    inner.clock.until(due.min(inner.clock.now().saturating_add(pause))).await;
                    if let Some(newer) = Box::pin(self.newer(&held.machine)).await? {
                        held.replace(newer);
                    }
                    continue;
                }
                inner.clock.until(due).await;
            }
            let input = first.take().unwrap_or(Input::Timeout);
            let pass = if input == Input::Timeout && held.machine.may_submit() {
                self.look_for_hold().await;
                // The key first: a function of the program may take its time, and must hold no place meanwhile.
                match inner.credential().await {
                    Ok(credential) => Some(Pass { credential, _place: inner.gate.enter(Operation::Submit).await }),
                    Err(_) if held.machine.stays_unresolved() => return Ok(Some(held.machine.reply())),
                    Err(error) => return Err(Failure::from(error).about(held.machine.record())),
                }
            } else {
                None
            };
            // Boxed: a task that sleeps holds no room for what a request needs.
            let turn = Box::pin(self.turn(held, input, pass.as_ref(), hear)).await?;
            if turn.reply.is_some() || (goal == Goal::OneRequest && turn.sent) {
                return Ok(turn.reply);
            }
        }
    }

    /// A drive failed. An order that is stored and was not sent is withdrawn, for its caller is told that it failed: nothing sends it later
    /// behind the caller's back. Where that cannot be done, the caller is told that it is there.
    async fn failed(&self, machine: &TaskMachine, goal: Goal, failure: Failure) -> Failure {
        let record = machine.record();
        if record.phase.is_settled() || record.version == 0 {
            return failure;
        }
        // Stored by a save before the one that may have failed.
        let was_stored = machine.may_submit() || record.version > 1;
        let stored = match self.inner.store.load(&record.intent_id).await {
            Ok(stored) => stored,
            Err(_) if failure.is_unsent() => return failure.still_stored(was_stored),
            Err(_) => return failure,
        };
        let Some(stored) = stored else { return failure };
        let why = failure.reply().error_message.clone().unwrap_or_default();
        let Some((withdrawn, blobs)) = stored.withdrawn(failure.code(), &why, self.inner.clock.now()) else {
            return match () {
                () if !failure.is_unsent() => failure,
                // The save before the submit was done, and only its answer was lost: the attempt of this drive, which never left.
                () if machine.holds(&stored) => failure.still_stored(true),
                // Somebody else has it by now, and what this drive failed with is not how it ends.
                () => Failure::of(Reply::left(&stored.intent_id, Some(&stored))),
            };
        };
        if goal != Goal::Ordered {
            return failure.still_stored(true);
        }
        match self.inner.store.save(&withdrawn, &blobs, stored.version, true).await {
            Ok(Saved::Done) => failure,
            Ok(Saved::Conflict) => Failure::of(Reply::left(&stored.intent_id, Some(&stored))),
            Err(_) => failure.still_stored(true),
        }
    }

    /// One input and everything that follows from it until nothing is outstanding.
    async fn turn(&self, held: &mut Held<'_>, input: Input, pass: Option<&Pass<'_>>, hear: Hear<'_>) -> Result<Turn, Failure> {
        let inner = &*self.inner;
        let mut pending = Some(input);
        let mut sent = false;
        let mut conflicts = 0;
        while let Some(input) = pending.take() {
            let stepped = held.machine.step(input.clone(), inner.clock.now(), &mut inner.pacer());
            let outputs = stepped.map_err(|mistake| Failure::from(mistake).about(held.machine.record()))?;
            if matches!(input, Input::Response { .. }) {
                self.remember_hold().await;
            }
            let submits = outputs.iter().any(is_submit);
            let mut history = History::of(&outputs);
            for output in outputs {
                match output {
                    Output::Save { record, blobs, fence } => {
                        if self.save(&record, &blobs, fence, submits).await? == Saved::Conflict {
                            conflicts += 1;
                            let overtaken = self.overtaken(&record, &held.machine, conflicts).await;
                            held.replace(overtaken.map_err(|failure| unread(&record, &failure))?);
                            pending = Some(input);
                            break;
                        }
                        history.note(&*inner.store, &record);
                    }
                    Output::Event { event } => {
                        self.tell(held.machine.record(), &event);
                        hear(&held.machine, &event);
                    }
                    Output::Transmit { request } => {
                        sent = true;
                        let answer = self.transmit(request, &held.machine, pass).await;
                        pending = Some(answer.map_err(|failure| failure.about(held.machine.record()))?);
                    }
                    Output::Yield { reply } => {
                        history.settle().await;
                        return Ok(Turn { reply: Some(reply), sent });
                    }
                    Output::Finished { reply } => {
                        history.settle().await;
                        let reply = self.with_raw(&held.machine, reply).await;
                        return Ok(Turn { reply: Some(reply), sent });
                    }
                }
            }
            history.settle().await;
        }
        Ok(Turn { reply: None, sent })
    }

    /// Sends a machine's request. A submit has its place and its key already, and is not begun once its time is over; a read ends with
    /// the wait that it is made for.
    async fn transmit(&self, request: HttpRequest, machine: &TaskMachine, pass: Option<&Pass<'_>>) -> Result<Input, Failure> {
        let inner = &*self.inner;
        let now = inner.clock.now();
        if request.operation == Operation::Submit {
            if !machine.may_begin(now) {
                let reason = "its time was over before it could be sent".to_owned();
                return Ok(Input::Undelivered { request: request.id, delivery: Delivery::NotSent, reason });
            }
            return self.exchange(request, pass.map(|pass| pass.credential.clone()), inner.request_timeout).await;
        }
        let left = Duration::from_millis(machine.poll_timeout().saturating_sub(now));
        let credential = pass.map(|pass| pass.credential.clone());
        if pass.is_some() {
            return self.exchange(request, credential, inner.request_timeout.min(left)).await;
        }
        self.send(request, left).await
    }

    /// The reply to an ended task whose end this machine did not see itself: the provider's last body comes from the store.
    async fn with_raw(&self, machine: &TaskMachine, reply: Reply) -> Reply {
        let record = machine.record();
        if !reply.data["raw"].is_null() || !record.result.as_ref().is_some_and(|result| result.raw) {
            return reply;
        }
        // How the task ended is known without it.
        let raw = self.inner.store.blob(&record.intent_id, "raw").await.ok().flatten();
        if raw.is_none() { reply } else { record.reply(raw.as_deref()) }
    }

    /// Sends a request that is no submit, within a time and as soon as there is a place; what happened is the next input.
    pub(super) async fn send(&self, request: HttpRequest, within: Duration) -> Result<Input, Failure> {
        let inner = &*self.inner;
        let end = inner.clock.now().saturating_add(u64::try_from(within.as_millis()).unwrap_or(u64::MAX));
        let ready = async {
            let credential = if request.auth { Some(inner.credential().await?) } else { None };
            Ok::<_, Error>((credential, inner.gate.enter(request.operation).await))
        };
        let (credential, _place) = tokio::select! {
            biased;
            ready = ready => ready?,
            () = inner.clock.reached(end) => {
                let reason = "its time was over before its turn came".to_owned();
                return Ok(Input::Undelivered { request: request.id, delivery: Delivery::NotSent, reason });
            }
        };
        let left = Duration::from_millis(end.saturating_sub(inner.clock.now()));
        self.exchange(request, credential, inner.request_timeout.min(left)).await
    }

    /// The request and its answer, without the key wherever either repeats it.
    async fn exchange(&self, request: HttpRequest, credential: Option<(String, Secret)>, timeout: Duration) -> Result<Input, Failure> {
        let inner = &*self.inner;
        let id = request.id.clone();
        let key = credential.as_ref().map(|(_, value)| value.clone());
        let trusted = inner.contract.trusted_origins(&inner.base);
        let answer = inner.transport.send(Outgoing { request, credential, timeout, trusted }).await;
        let auth = inner.contract.auth();
        let bare = |key: &Secret| {
            let value = key.expose();
            let value = value.strip_prefix(auth.prefix.as_str()).unwrap_or(value);
            Secret::new(value.strip_suffix(auth.suffix.as_str()).unwrap_or(value).to_owned())
        };
        let key = key.as_ref().map(bare);
        Ok(match answer {
            Ok(mut response) => {
                if let Some(key) = key {
                    conceal(&mut response, key.expose());
                }
                Input::Response { request: id, response }
            }
            Err(Undelivered { delivery, reason }) => {
                let reason = key.map_or(reason.clone(), |key| concealed(reason, key.expose()));
                Input::Undelivered { request: id, delivery, reason }
            }
        })
    }

    /// Saves, and tries again where the store was only busy: a paid task's id is at stake.
    /// `submits`: a submit leaves only after it.
    pub(super) async fn save(&self, record: &TaskRecord, blobs: &[Blob], fence: bool, submits: bool) -> Result<Saved, Failure> {
        let mut again = SAVE_AGAIN.iter();
        let mut has_failed = false;
        loop {
            let error = match self.inner.store.save(record, blobs, record.version.saturating_sub(1), fence).await {
                // The first try may have been stored, and only its answer was lost.
                Ok(Saved::Conflict) if has_failed && self.is_stored(record).await => return Ok(Saved::Done),
                Ok(saved) => return Ok(saved),
                Err(error) => error,
            };
            has_failed = true;
            let passing = matches!(error.kind, StoreErrorKind::Locked | StoreErrorKind::Full | StoreErrorKind::Io);
            match again.next().filter(|_| passing) {
                Some(pause) => self.inner.clock.pause(*pause).await,
                // Its answer alone may be what was lost.
                None if passing && self.is_stored(record).await => return Ok(Saved::Done),
                None => return Err(Failure::of(Reply::lost_save(record, &error.message, submits))),
            }
        }
    }

    /// Whether what is stored is this very record, byte for byte.
    async fn is_stored(&self, record: &TaskRecord) -> bool {
        let stored = self.inner.store.load(&record.intent_id).await;
        stored.is_ok_and(|stored| stored.is_some_and(|stored| stored.to_json() == record.to_json()))
    }

    /// Another process was faster: its record is the truth, and the same input is stepped on it again.
    async fn overtaken(&self, record: &TaskRecord, machine: &TaskMachine, conflicts: usize) -> Result<TaskMachine, Failure> {
        let Some(current) = self.inner.store.load(&record.intent_id).await? else {
            return Err(Error::new(ErrorCode::StoreError, "the task's record is gone from the store, or its key is taken").into());
        };
        if conflicts > CONFLICTS {
            return Err(
                Error::new(ErrorCode::StoreError, "other processes keep changing the task's record; it is kept as they left it").into()
            );
        }
        let mut next = self.resumed(current, machine.settings()).await?;
        next.inherit_wait(machine);
        Ok(next)
    }

    /// The record as another process has changed it meanwhile; `None` where it has not.
    async fn newer(&self, machine: &TaskMachine) -> Result<Option<TaskMachine>, Failure> {
        // A look that fails is made again; nothing is lost by it.
        let Some(current) = self.inner.store.load(&machine.record().intent_id).await.ok().flatten() else { return Ok(None) };
        if current.version <= machine.record().version {
            return Ok(None);
        }
        let mut next = self.resumed(current, machine.settings()).await?;
        next.inherit_wait(machine);
        Ok(Some(next))
    }

    /// A machine for a stored record. Where there is none (another base URL, another account, a damaged request), the failure is one of
    /// this call: it names the task and says nothing about how it is.
    pub(super) async fn resumed_about(&self, record: TaskRecord, settings: &Arc<Settings>) -> Result<TaskMachine, Failure> {
        let known = record.clone();
        self.resumed(record, settings).await.map_err(|failure| failure.about(&known).unanswered())
    }

    /// A machine for a stored record.
    pub(super) async fn resumed(&self, mut record: TaskRecord, settings: &Arc<Settings>) -> Result<TaskMachine, Failure> {
        let request = loop {
            let sent = record.phase.is_settled();
            let request = if sent { None } else { self.inner.store.blob(&record.intent_id, "request").await? };
            if request.is_some() || record.phase != Phase::Prepared {
                break request;
            }
            // Somebody may have sent it, and deleted it, since the record was read: then it must not be called unsent.
            match self.inner.store.load(&record.intent_id).await? {
                Some(newer) if newer.version > record.version => record = newer,
                _ => break None,
            }
        };
        Ok(TaskMachine::resume(&self.inner.contract, record, request.as_deref(), settings)?)
    }

    /// Tells the listener.
    fn tell(&self, record: &TaskRecord, event: &TaskEvent) {
        if let Some(listener) = &self.inner.listener {
            listener(record, event);
        }
    }
}

struct Turn {
    reply: Option<Reply>,
    sent: bool,
}

/// Somebody else was faster, and what they did cannot be read: nothing is certain, and a task id in hand must be told.
fn unread(record: &TaskRecord, failure: &Failure) -> Failure {
    let why = failure.reply().error_message.as_deref().unwrap_or_default();
    Failure::of(Reply::lost_save(record, why, false).in_doubt(&record.intent_id))
}

/// Tells a machine when a wait ends that begins now, and says when that is.
pub(super) fn step_deadline(machine: &mut TaskMachine, timeout: Duration, now: UnixMillis, pacer: &mut Pacer) -> Result<UnixMillis, Error> {
    let end = now.saturating_add(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX));
    machine.step(Input::Deadline { at: end }, now, pacer)?;
    Ok(end)
}

fn is_submit(output: &Output) -> bool {
    matches!(output, Output::Transmit { request } if request.operation == Operation::Submit)
}
