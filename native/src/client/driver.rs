//! The run loop of the core, with a real clock, store and transport. It performs outputs and decides nothing about tasks.

use super::conceal::conceal;
use super::history::History;
use super::{Client, Inner};
use crate::failure::Failure;
use crate::http::{Outgoing, Undelivered};
use crate::key::Secret;
use crate::store::{Saved, StoreErrorKind};
use gentask_core::{
    Blob, Error, ErrorCode, HttpRequest, Input, Keyless, Operation, Output, Phase, Reply, Settings, TaskEvent, TaskMachine, TaskRecord,
    UnixMillis,
};
use std::sync::Arc;
use std::time::Duration;

/// How long a save of what must not be lost is tried again.
const SAVE_AGAIN: [Duration; 3] = [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(2)];
/// Compare-and-set conflicts of one step before it is given up: each means that another process made progress.
const CONFLICTS: usize = 20;

/// How far a machine is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Until the submit is settled one way or another.
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

/// Hears of each event, with the machine as it is then.
pub(super) type Hear<'a> = &'a (dyn Fn(&TaskMachine, &TaskEvent) + Send + Sync);

/// A machine that gives its pacer's slot back when its drive is dropped.
struct Held<'a> {
    inner: &'a Inner,
    machine: Option<TaskMachine>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(machine) = self.machine.as_mut() {
            machine.release(&mut self.inner.pacer());
        }
    }
}

impl Client {
    /// Drives a machine. `first` is stepped at once; after it, timeouts when they come.
    pub(super) async fn drive(&self, machine: TaskMachine, first: Option<Input>, goal: Goal, hear: Hear<'_>) -> Result<Driven, Failure> {
        let inner = &*self.inner;
        self.recall_hold().await;
        let mut held = Held { inner, machine: Some(machine) };
        let mut first = first;
        let mut looks = 0;
        loop {
            let Some(machine) = held.machine.as_mut() else { return Err(gone().into()) };
            if goal == Goal::Submitted && first.is_none() && machine.record().phase.is_settled() {
                break;
            }
            let due = machine.poll_timeout();
            if first.is_none() && due > inner.clock.now() {
                if goal == Goal::OneRequest {
                    break;
                }
                if let Some(pause) = machine.look_after(looks) {
                    looks += 1;
                    inner.clock.until(due.min(inner.clock.now() + pause)).await;
                    if let Some(newer) = self.newer(machine).await? {
                        machine.release(&mut inner.pacer());
                        held.machine = Some(newer);
                    }
                    continue;
                }
                inner.clock.until(due).await;
            }
            let input = first.take().unwrap_or(Input::Timeout);
            let may_submit = input == Input::Timeout && machine.may_submit();
            // A submit takes its place and its credential before its attempt is counted: no key, no attempt, and no lease that runs
            // out while the request still queues behind others.
            let place = if may_submit { inner.submits.acquire().await.ok() } else { None };
            let credential = match (may_submit, held.machine.as_mut()) {
                (true, Some(machine)) => match inner.credential().await {
                    Ok(credential) => Some(credential),
                    Err(error) => return self.keyless(machine, error, goal).await,
                },
                _ => None,
            };
            let taken = held.machine.take().ok_or_else(gone)?;
            let turn = self.turn(taken, input, credential, hear).await?;
            drop(place);
            held.machine = Some(turn.machine);
            if turn.reply.is_some() || (goal == Goal::OneRequest && turn.sent) {
                let machine = held.machine.take().ok_or_else(gone)?;
                return Ok(Driven { machine, reply: turn.reply });
            }
        }
        let machine = held.machine.take().ok_or_else(gone)?;
        Ok(Driven { machine, reply: None })
    }

    /// There is no key for a submit. One that fails to its caller is over: nothing sends it later behind the caller's back.
    async fn keyless(&self, machine: &mut TaskMachine, error: Error, goal: Goal) -> Result<Driven, Failure> {
        match machine.without_key(goal == Goal::Submitted) {
            Keyless::Unresolved => return Ok(Driven { machine: machine.clone(), reply: Some(machine.reply()) }),
            // Where another process was faster, it has the key, and the task is its own.
            Keyless::Withdraw => drop(self.turn(machine.clone(), Input::Cancel, None, &|_, _| {}).await?),
            Keyless::Keep => {}
        }
        Err(Failure::from(error).about(machine.record()))
    }

    /// One input and everything that follows from it until nothing is outstanding.
    async fn turn(
        &self,
        mut machine: TaskMachine,
        input: Input,
        credential: Option<(String, Secret)>,
        hear: Hear<'_>,
    ) -> Result<Turn, Failure> {
        let inner = &*self.inner;
        let mut pending = Some(input);
        let mut sent = false;
        let mut conflicts = 0;
        while let Some(input) = pending.take() {
            let outputs = machine.step(input.clone(), inner.clock.now(), &mut inner.pacer())?;
            if matches!(input, Input::Response { .. }) {
                self.remember_hold();
            }
            let submits = outputs.iter().any(is_submit);
            let mut history = History::of(&outputs);
            for output in outputs {
                match output {
                    Output::Save { record, blobs, fence } => {
                        if self.save(&record, &blobs, fence, submits).await? == Saved::Conflict {
                            conflicts += 1;
                            machine.release(&mut inner.pacer());
                            let overtaken = self.overtaken(&record, &machine, conflicts).await;
                            machine = overtaken.map_err(|failure| unread(&record, &failure))?;
                            pending = Some(input);
                            break;
                        }
                        history.note(&*inner.store, &record);
                    }
                    Output::Event { event } => {
                        self.tell(machine.record(), &event);
                        hear(&machine, &event);
                    }
                    Output::Transmit { request } => {
                        sent = true;
                        let answer = self.send(request, credential.clone()).await;
                        pending = Some(answer.map_err(|failure| failure.about(machine.record()))?);
                    }
                    Output::Yield { reply } => {
                        history.settle().await;
                        return Ok(Turn { machine, reply: Some(reply), sent });
                    }
                    Output::Finished { reply } => {
                        history.settle().await;
                        let reply = self.with_raw(&machine, reply).await?;
                        return Ok(Turn { machine, reply: Some(reply), sent });
                    }
                }
            }
            history.settle().await;
        }
        Ok(Turn { machine, reply: None, sent })
    }

    /// The reply to an ended task whose end this machine did not see itself: the provider's last body comes from the store.
    async fn with_raw(&self, machine: &TaskMachine, reply: Reply) -> Result<Reply, Failure> {
        let record = machine.record();
        if !reply.data["raw"].is_null() || !record.result.as_ref().is_some_and(|result| result.raw) {
            return Ok(reply);
        }
        let raw = self.inner.store.blob(&record.intent_id, "raw").await?;
        Ok(record.reply(raw.as_deref()))
    }

    /// Sends a request; what happened is the next input.
    pub(super) async fn send(&self, request: HttpRequest, credential: Option<(String, Secret)>) -> Result<Input, Failure> {
        let inner = &*self.inner;
        let id = request.id.clone();
        let credential = match credential {
            Some(credential) => Some(credential),
            None if request.auth => Some(inner.credential().await?),
            None => None,
        };
        let key = credential.as_ref().map(|(_, value)| value.clone());
        let outgoing =
            Outgoing { request, credential, timeout: inner.request_timeout, trusted: inner.contract.trusted_origins(&inner.base) };
        Ok(match inner.transport.send(outgoing).await {
            Ok(mut response) => {
                if let Some(key) = key {
                    let auth = inner.contract.auth();
                    let value = key.expose();
                    let value = value.strip_prefix(auth.prefix.as_str()).unwrap_or(value);
                    conceal(&mut response, value.strip_suffix(auth.suffix.as_str()).unwrap_or(value));
                }
                Input::Response { request: id, response }
            }
            Err(Undelivered { delivery, reason }) => Input::Undelivered { request: id, delivery, reason },
        })
    }

    /// Saves, and tries again where the store was only busy: a paid task's id is at stake.
    /// `submits`: a submit leaves only after it.
    async fn save(&self, record: &TaskRecord, blobs: &[Blob], fence: bool, submits: bool) -> Result<Saved, Failure> {
        let mut again = SAVE_AGAIN.iter();
        loop {
            let error = match self.inner.store.save(record, blobs, record.version - 1, fence).await {
                Ok(saved) => return Ok(saved),
                Err(error) => error,
            };
            let passing = matches!(error.kind, StoreErrorKind::Locked | StoreErrorKind::Full | StoreErrorKind::Io);
            match again.next().filter(|_| passing) {
                Some(pause) => self.inner.clock.pause(*pause).await,
                None => return Err(Failure::of(Reply::lost_save(record, &error.message, submits))),
            }
        }
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
        let Some(current) = self.inner.store.load(&machine.record().intent_id).await? else { return Ok(None) };
        if current.version <= machine.record().version {
            return Ok(None);
        }
        let mut next = self.resumed(current, machine.settings()).await?;
        next.inherit_wait(machine);
        Ok(Some(next))
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
    machine: TaskMachine,
    reply: Option<Reply>,
    sent: bool,
}

/// Somebody else was faster, and what they did cannot be read: nothing is certain, and a task id in hand must be told.
fn unread(record: &TaskRecord, failure: &Failure) -> Failure {
    let why = failure.reply().error_message.as_deref().unwrap_or_default();
    Failure::of(Reply::lost_save(record, why, false).in_doubt(&record.intent_id))
}

/// When a wait ends that begins now.
pub(super) fn deadline(now: UnixMillis, timeout: Duration) -> Input {
    Input::deadline(now, u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX))
}

fn gone() -> Error {
    Error::new(ErrorCode::UnknownError, "the drive has ended")
}

fn is_submit(output: &Output) -> bool {
    matches!(output, Output::Transmit { request } if request.operation == Operation::Submit)
}
