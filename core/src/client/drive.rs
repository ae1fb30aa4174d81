//! One task, driven: sleep until it is due, step its machine, save, tell, send, and step what happened. Every call that changes a task does it so.

use super::effect::Step;
use super::host::{Host, Woken};
use super::settings::Shared;
use super::work::AHEAD_MS;
use crate::failure::Failure;
use crate::io::{Delivery, HttpRequest, Operation, UnixMillis};
use crate::machine::TaskMachine;
use crate::machine::{Input, Output};
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::Saved;
use std::sync::Arc;

/// How many steps in a row may neither send nor sleep.
const MOST_IDLE: u32 = 20;
/// How many requests a worker's turn makes at most, and how many steps of it make none.
const MOST_SENT: u32 = 4;
const MOST_UNSENT: u32 = 3;
/// How long a call sleeps that goes beyond that, in milliseconds.
const IDLE_MS: u64 = 1_000;

/// How far a machine is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Until the submit is settled one way or another, for whoever ordered it: a failure is told to them, and then it is final.
    Ordered,
    /// The same for somebody who only waits for it.
    Submitted,
    /// Until one request was made and its answer saved.
    OneRequest,
    /// Until the task has ended, or nothing is due soon.
    Soon,
    /// Until the wait or the task ends.
    End,
}

/// How a drive ended.
pub(super) struct Driven {
    pub(super) machine: Box<TaskMachine>,
    /// Why the wait ended; `None`: the goal was reached before.
    pub(super) reply: Option<Reply>,
    /// Whether nobody else changed the task meanwhile.
    pub(super) is_own: bool,
}

impl Driven {
    /// Why the wait ended, or how the task is where it did not.
    pub(super) fn reply(&self) -> Reply {
        self.reply.clone().unwrap_or_else(|| self.machine.reply())
    }
}

/// A machine that gives its pacer's slot back when its drive ends or is dropped, wherever it is.
struct Held {
    client: Arc<Shared>,
    machine: Box<TaskMachine>,
    /// How many of its saves in a row came too late.
    conflicts: usize,
    /// Whether somebody else was faster, at whatever save or look.
    is_replaced: bool,
}

impl Held {
    /// Goes on with another machine of the same task.
    fn replace(&mut self, machine: Box<TaskMachine>) {
        self.release();
        self.machine = machine;
        self.is_replaced = true;
    }

    fn release(&mut self) {
        let Self { client, machine, .. } = self;
        client.with(|state| machine.release_unsent(&mut state.pacer));
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.release();
    }
}

/// What one input brought, with everything that followed from it.
struct Turn {
    reply: Option<Reply>,
    sent: bool,
}

impl Host {
    /// Drives a machine. `first` is stepped at once; after it, timeouts when they come.
    pub(super) async fn drive(&self, mut machine: Box<TaskMachine>, first: Option<Input>, goal: Goal) -> Result<Driven, Failure> {
        self.recall_learned().await;
        machine.number_drive(self.client.next_drive());
        let mut held = Held { client: Arc::clone(&self.client), machine, conflicts: 0, is_replaced: false };
        match self.run(&mut held, first, goal).await {
            Ok(reply) => {
                held.release();
                Ok(Driven { machine: held.machine.clone(), reply, is_own: !held.is_replaced })
            }
            Err(failure) => {
                held.release();
                let named = if failure.intent_id().is_some() { failure } else { failure.about(held.machine.record()) };
                Err(self.failed(&held.machine, goal, named).await)
            }
        }
    }

    async fn run(&self, held: &mut Held, mut first: Option<Input>, goal: Goal) -> Result<Option<Reply>, Failure> {
        let is_submit = matches!(goal, Goal::Ordered | Goal::Submitted);
        let (mut looks, mut idle) = (0, 0);
        let (mut sent, mut unsent) = (0, 0);
        loop {
            if is_submit && first.is_none() && held.machine.record().phase.is_settled() {
                return Ok(None);
            }
            let other = held.machine.other_holder().map(str::to_owned);
            if let Some(other) = other
                && self.is_gone(&other).await
            {
                held.machine.forget_holder(self.now());
            }
            let due = held.machine.poll_timeout();
            if first.is_none() && due > self.now() {
                let is_later = goal == Goal::Soon && due > self.now().saturating_add(AHEAD_MS);
                if goal == Goal::OneRequest || is_later {
                    return Ok(None);
                }
                // Where the clock went back, a pause is counted from when it was seen first.
                self.recall_pause().await;
                let pause = held.machine.look_after(looks);
                let until = pause.map_or(due, |pause| due.min(self.now().saturating_add(pause)));
                let intent_id = held.machine.record().intent_id.clone();
                let parks = goal == Goal::End;
                if parks {
                    self.may_park(held.machine.rest());
                }
                let woken = self.sleep(until, Some(&intent_id), parks).await;
                if parks {
                    self.may_park(None);
                }
                idle = 0;
                if woken == Woken::Changed || pause.is_some() {
                    looks += u32::from(woken == Woken::Due);
                    if let Some(newer) = self.newer(&held.machine).await? {
                        held.replace(newer);
                    }
                }
                continue;
            }
            let input = first.take().unwrap_or(Input::Timeout);
            let submits = input == Input::Timeout && held.machine.may_submit();
            // Once its attempt is counted, a submit is not left before its answer is saved.
            let mut stay = None;
            if submits {
                match self.ready().await {
                    Ok(()) => {}
                    Err(_) if held.machine.stays_unresolved() => return Ok(Some(held.machine.reply())),
                    Err(error) => return Err(Failure::from(error).about(held.machine.record())),
                }
                self.look_for_pause().await;
                stay = Some(self.stay());
            } else {
                self.recall_pause().await;
            }
            let turn = self.turn(held, input).await?;
            drop(stay);
            if turn.reply.is_some() || (goal == Goal::OneRequest && turn.sent) {
                return Ok(turn.reply);
            }
            *(if turn.sent { &mut sent } else { &mut unsent }) += 1;
            // Others want their turn, and whoever was faster has it already.
            if goal == Goal::Soon && (held.is_replaced || sent >= MOST_SENT || unsent >= MOST_UNSENT) {
                return Ok(None);
            }
            idle = if turn.sent { 0 } else { idle + 1 };
            if idle > MOST_IDLE {
                // Whatever keeps a machine due without a thing to do, its host has other calls.
                self.sleep(self.now().saturating_add(IDLE_MS), None, false).await;
            }
        }
    }

    /// One input and everything that follows from it until nothing is outstanding.
    async fn turn(&self, held: &mut Held, input: Input) -> Result<Turn, Failure> {
        let mut pending = Some(input);
        let mut sent = false;
        while let Some(input) = pending.take() {
            let now = self.now();
            let stepped = self.client.with(|state| held.machine.feed(&input, now, &mut state.pacer));
            let outputs = stepped.map_err(|mistake| Failure::from(mistake).about(held.machine.record()))?;
            if matches!(input, Input::Response { .. }) {
                self.remember_pause().await;
            }
            let Sorted { step, saves, last } = self.sorted(&held.machine, outputs);
            if let Some(step) = step {
                if saves {
                    let submits = matches!(&last, Some(Output::Transmit { request }) if request.operation == Operation::Submit);
                    let overtaken = match self.save(&step, submits).await? {
                        Saved::Done => None,
                        Saved::Conflict => {
                            held.conflicts += 1;
                            let overtaken = self.overtaken(&held.machine, held.conflicts).await;
                            overtaken.map_err(|failure| unread(&step.record, &failure))?
                        }
                    };
                    if let Some(newer) = overtaken {
                        held.replace(newer);
                        // What its time brings now may be a submit, which wants its place, its key and a look at the pauses first.
                        pending = Some(input).filter(|input| *input != Input::Timeout);
                        continue;
                    }
                    held.conflicts = 0;
                    self.learn_from(&mut held.machine).await;
                    if step.record.callback && step.is_end() {
                        Box::pin(self.note_uncalled(&step)).await;
                    }
                }
                if (self.client.listens && !step.events.is_empty()) || step.update.is_some() {
                    self.tell(step).await;
                }
            }
            match last {
                Some(Output::Transmit { request }) => {
                    sent = true;
                    pending = self.transmit(request, held).await?;
                    if pending.is_none() {
                        // Another call has changed the task, and knows more than what the provider keeps open.
                        self.client.with(|state| held.machine.leave_long_poll(&mut state.pacer));
                        if let Some(newer) = self.newer(&held.machine).await? {
                            held.replace(newer);
                        }
                    }
                }
                Some(Output::Yield { reply }) => return Ok(Turn { reply: Some(reply), sent }),
                Some(Output::Finished { reply }) => return Ok(Turn { reply: Some(self.with_raw(&held.machine, reply).await), sent }),
                _ => {}
            }
        }
        Ok(Turn { reply: None, sent })
    }

    /// Puts a machine's outputs together as what the host does with them. The update is noted as told.
    pub(super) fn sorted(&self, machine: &TaskMachine, outputs: Vec<Output>) -> Sorted {
        let (mut save, mut events, mut last) = (None, Vec::new(), None);
        for output in outputs {
            match output {
                Output::Save { record, blobs, fence } => save = Some((record, blobs, fence)),
                Output::Event { event } => events.push(event),
                other => last = Some(other),
            }
        }
        let saves = save.is_some();
        if !saves && events.is_empty() {
            return Sorted { step: None, saves, last };
        }
        let update = if events.is_empty() { None } else { self.news_of(machine) };
        let (record, blobs, fence) = match save {
            Some(kept) => kept,
            None => (machine.shared_record(), Vec::new(), false),
        };
        Sorted { step: Some(Arc::new(Step { record, blobs, events, fence, update, delivery: None })), saves, last }
    }

    /// Sends a machine's request. A submit has its place and its key already, and is not begun once its time is over.
    async fn transmit(&self, request: HttpRequest, held: &mut Held) -> Result<Option<Input>, Failure> {
        if request.operation == Operation::Submit && !held.machine.may_begin(self.now()) {
            held.release();
            let reason = "it timed out before it was sent".to_owned();
            return Ok(Some(Input::Undelivered { request: request.id, delivery: Delivery::NotSent, reason }));
        }
        let slot = held.machine.sends();
        let sent = self.send(request, held.machine.poll_timeout()).await;
        sent.map_err(|error| {
            held.machine.was_unsent(slot);
            Failure::from(error).about(held.machine.record())
        })
    }

    /// The reply to an ended task whose end this machine did not see itself: the provider's last body comes from the store.
    async fn with_raw(&self, machine: &TaskMachine, reply: Reply) -> Reply {
        let record = machine.record();
        if !reply.data.get("raw").is_none_or(serde_json::Value::is_null) || !record.result.as_ref().is_some_and(|result| result.raw) {
            return reply;
        }
        // How the task ended is known without it.
        let raw = self.blob(&record.intent_id, "raw").await.ok().flatten();
        if raw.is_none() { reply } else { record.reply(raw.as_deref()) }
    }

    /// Tells a machine when a wait ends.
    pub(super) fn deadline(&self, machine: &mut TaskMachine, at: UnixMillis) -> Result<(), Failure> {
        let now = self.now();
        self.client.with(|state| machine.feed(&Input::Deadline { at }, now, &mut state.pacer))?;
        Ok(())
    }

    /// A drive failed. An order that is stored and was not sent is withdrawn, for its caller is told that it failed: nothing sends it later
    /// behind the caller's back. One look and one compare-and-set: what is not prepared any more is somebody else's. Where it cannot be
    /// withdrawn, or must not be, the caller is told that it is there.
    async fn failed(&self, machine: &TaskMachine, goal: Goal, failure: Failure) -> Failure {
        let record = machine.record();
        if record.phase.is_settled() || record.version == 0 {
            return failure;
        }
        // Stored by a save before the one that may have failed.
        let was_stored = machine.may_submit() || record.version > 1;
        let stored = match self.load(&record.intent_id).await {
            Ok(stored) => stored,
            Err(_) if failure.is_unsent() => return failure.map(|reply| reply.still_stored(was_stored)),
            Err(_) => return failure,
        };
        let Some(stored) = stored else { return failure };
        let left = |stored: &TaskRecord| Failure::of(Reply::left(&stored.intent_id, Some(stored)));
        let Some((withdrawn, blobs)) = stored.withdrawn(failure.code(), failure.message(), self.now()) else {
            if !failure.is_unsent() {
                return failure;
            }
            if machine.holds(&stored) {
                // The save before the submit was done, and only its answer was lost: the attempt of this drive, which never left.
                return failure.map(|reply| reply.still_stored(true));
            }
            // Somebody else has it by now, and what this drive failed with is not how it ends.
            return left(&stored);
        };
        if goal != Goal::Ordered {
            return failure.map(|reply| reply.still_stored(true));
        }
        let step = Step::fenced(withdrawn, blobs);
        match self.save(&step, false).await {
            Ok(Saved::Done) => failure.about(&step.record),
            Ok(Saved::Conflict) => left(&self.load(&stored.intent_id).await.ok().flatten().unwrap_or(stored)),
            Err(_) => failure.map(|reply| reply.still_stored(true)),
        }
    }
}

/// The outputs of one step, in the form in which the host performs them.
pub(super) struct Sorted {
    pub(super) step: Option<Arc<Step>>,
    /// Whether the step is stored, or only told.
    pub(super) saves: bool,
    last: Option<Output>,
}

/// Somebody else was faster, and what they did cannot be read: nothing is certain, and a task id in hand must be told.
fn unread(record: &TaskRecord, failure: &Failure) -> Failure {
    Failure::of(Reply::lost_save(record, failure.message(), false).in_doubt(&record.intent_id))
}
