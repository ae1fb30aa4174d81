//! One task as a state machine. It sequences the pure functions and holds no knowledge of its own: no provider, no JSON.
//!
//! The driver's loop: sleep until [`TaskMachine::poll_timeout`], step [`Input::Timeout`], perform the outputs in order, feed back
//! what happened to a request, and go on until `Yield` or `Finished`.

use crate::backoff::PollSchedule;
use crate::contract::{Contract, Generation, State, SubmitOptions};
use crate::encode::{self, Frozen};
use crate::error::{Error, ErrorCode};
use crate::io::{Blob, HttpRequest, HttpResponse, Input, Operation, Output, TaskEvent, UnixMillis};
use crate::pacer::{Lane, Pacer};
use crate::record::{Due, Fault, Lease, Origins, TaskRecord};
use crate::reply::{Ending, Reply};
use crate::state::{self, Change, Phase};
use std::sync::Arc;

mod cancelling;
mod events;
mod pacing;
mod reading;
mod submitting;

/// How long after a submit's request timeout its answer is still believed to be on its way.
const LEASE_GRACE_MS: u64 = 5_000;
/// How long a poll that was sent at a deadline may take before the wait ends without it.
const FINAL_POLL_GRACE_MS: u64 = 5_000;
/// A save that only counts polls is written at most this often.
const QUIET_SAVE_MS: u64 = 60_000;

/// How a machine behaves; the same for every task of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Another base URL than the contract's.
    pub base: Option<String>,
    /// The account's label.
    pub account: String,
    /// A name that the driver gives itself: who holds a submit's lease.
    pub holder: String,
    /// How long a request may take, in milliseconds.
    pub request_timeout_ms: u64,
    /// Whether somebody waits: a Retry-After above 2 minutes then ends the wait instead of being slept through.
    pub foreground: bool,
    /// The caller's own poll schedule, over the contract's.
    pub poll: Polls,
}

/// The caller's own poll figures; what is `None` comes from the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polls {
    /// The first poll, and the first interval, in milliseconds.
    pub initial_ms: Option<u64>,
    /// Growth of the interval, in percent.
    pub factor_pct: Option<u64>,
    /// The longest interval, in milliseconds.
    pub cap_ms: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base: None,
            account: "default".to_owned(),
            holder: String::new(),
            request_timeout_ms: 30_000,
            foreground: true,
            poll: Polls::default(),
        }
    }
}

/// What a machine without a stored record is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneShot {
    /// How the task is: one status call.
    Status,
    /// The task's details.
    Details,
}

/// One task. See the crate's documentation for the run loop.
#[derive(Clone, Debug)]
pub struct TaskMachine {
    contract: Contract,
    settings: Arc<Settings>,
    record: TaskRecord,
    frozen: Option<Arc<Frozen>>,
    outstanding: Option<Outstanding>,
    /// A slot of the pacer that is taken and not used yet.
    slot: Option<(Lane, UnixMillis)>,
    /// Nothing is read before this: the server or the pacer said so.
    floor: UnixMillis,
    deadline: Option<UnixMillis>,
    /// The state that the details are fetched for.
    fetching: Option<State>,
    adopting: Option<String>,
    cancelling: cancelling::Progress,
    one_shot: Option<OneShot>,
    last_saved: UnixMillis,
    last_fault: Option<Fault>,
    told_unknown: bool,
    raw: Option<Vec<u8>>,
    /// A callback came while a read was on its way, whose answer may be older.
    poked: bool,
    /// The record comes from a store, and the clock that wrote it was not compared yet.
    resumed: bool,
}

/// A request whose answer has not come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outstanding {
    id: String,
    operation: Operation,
    sent: UnixMillis,
}

/// What one step does: collected while it goes, put in order at its end.
#[derive(Debug, Default)]
struct Step {
    save: Option<Saving>,
    blobs: Vec<Blob>,
    events: Vec<TaskEvent>,
    transmit: Option<HttpRequest>,
    ending: Option<(Ending, Option<Fault>)>,
    finished: bool,
}

/// How much a save matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Saving {
    /// Only counts polls.
    Quiet,
    /// Worth keeping.
    Plain,
    /// Must be durable before anything follows.
    Fence,
}

impl TaskMachine {
    /// Validates a generation and freezes its request. Nothing is sent or stored yet.
    ///
    /// `entropy` makes the intent's id and the jitter's seed; it must be random and is used up.
    pub fn prepare(
        contract: &Contract,
        generation: &Generation,
        options: &SubmitOptions,
        settings: &Arc<Settings>,
        entropy: [u8; 32],
        now: UnixMillis,
    ) -> Result<Self, Error> {
        let payload = contract.validate(generation, options)?;
        let (intent_id, seed) = split(entropy);
        let mut record = TaskRecord::new(origins(contract, settings, intent_id, seed, &payload.model, &payload.kind, now)?);
        let frozen = encode::submit(contract, &payload, &record.base, &record.intent_id)?;
        record.caller_key.clone_from(&options.key);
        record.owner.clone_from(&options.owner);
        record.account.clone_from(&settings.account);
        record.callback = options.callback_url.is_some();
        record.vars = payload.vars;
        record.options = payload.options;
        record.request = frozen.info();
        Ok(Self::around(contract, settings, record, Some(frozen)))
    }

    /// Goes on with a stored task. `request` is its `request` blob, needed while no task id is known.
    pub fn resume(contract: &Contract, record: TaskRecord, request: Option<&[u8]>, settings: &Arc<Settings>) -> Result<Self, Error> {
        if record.provider != contract.id() {
            let message = format!("the task belongs to the provider \"{}\", not to \"{}\"", record.provider, contract.id());
            return Err(Error::new(ErrorCode::InvalidContract, message));
        }
        let base = base(contract, settings)?;
        if record.base != base {
            let message = format!("the task was submitted to {}, and its base URL is pinned; this client asks {base}", record.base);
            return Err(Error::new(ErrorCode::InvalidContract, message));
        }
        if record.account != settings.account {
            let message = format!("the task belongs to the account \"{}\", not to \"{}\"", record.account, settings.account);
            return Err(Error::new(ErrorCode::InvalidContract, message));
        }
        let frozen = request.map(Frozen::from_blob).transpose()?;
        if record.phase == Phase::Prepared && frozen.is_none() {
            return Err(Error::new(
                ErrorCode::StoreError,
                "the stored request is gone, so the task cannot be sent; nothing was accepted: submit again",
            ));
        }
        let last_saved = record.at.updated;
        let mut machine = Self::around(contract, settings, record, frozen);
        machine.last_saved = last_saved;
        machine.recall();
        Ok(machine)
    }

    /// Asks about a task that is not stored here. Its saves are to be ignored.
    pub fn one_shot(
        contract: &Contract,
        model: &str,
        task_id: &str,
        ask: OneShot,
        settings: &Arc<Settings>,
        now: UnixMillis,
    ) -> Result<Self, Error> {
        let kind = contract.models().find(|(id, _)| *id == model).map_or("unknown", |(_, listed)| listed.kind.as_str());
        let mut record = TaskRecord::new(origins(contract, settings, String::new(), 0, model, kind, now)?);
        record.account.clone_from(&settings.account);
        record.vars = contract.derived_vars(model);
        record.task_id = Some(task_id.to_owned());
        record.phase = if ask == OneShot::Details && contract.parts().result.is_some() { Phase::Fetching } else { Phase::Waiting };
        record.version = 1;
        let mut machine = Self::around(contract, settings, record, None);
        machine.one_shot = Some(ask);
        Ok(machine)
    }

    fn around(contract: &Contract, settings: &Arc<Settings>, record: TaskRecord, frozen: Option<Frozen>) -> Self {
        Self {
            contract: contract.clone(),
            settings: Arc::clone(settings),
            frozen: frozen.map(Arc::new),
            outstanding: None,
            slot: None,
            floor: 0,
            deadline: None,
            fetching: None,
            adopting: None,
            cancelling: cancelling::Progress::default(),
            one_shot: None,
            last_saved: 0,
            last_fault: None,
            told_unknown: false,
            raw: None,
            poked: false,
            resumed: false,
            record,
        }
    }

    /// Takes what happened and says what to do next. `Err` is the driver's or a person's mistake, and leaves the machine as it was.
    pub fn step(&mut self, input: Input, now: UnixMillis, pacer: &mut Pacer) -> Result<Vec<Output>, Error> {
        let mut next = self.clone();
        let mut step = Step::default();
        next.advance(input, now, pacer, &mut step)?;
        let outputs = next.conclude(step, now, pacer);
        *self = next;
        Ok(outputs)
    }

    /// When to step [`Input::Timeout`]: never in the future for a task that is ready. A machine that was just resumed is stepped at
    /// once: it compares the clocks.
    pub fn poll_timeout(&self) -> UnixMillis {
        if self.resumed {
            return 0;
        }
        let deadline = self.deadline.unwrap_or(UnixMillis::MAX);
        if let Some(outstanding) = &self.outstanding {
            let lease = outstanding.sent.saturating_add(self.settings.request_timeout_ms).saturating_add(LEASE_GRACE_MS);
            return match outstanding.operation {
                Operation::Submit => lease,
                _ => lease.min(deadline.max(outstanding.sent).saturating_add(FINAL_POLL_GRACE_MS)),
            };
        }
        let due = self.record.due.map_or(self.record.at.created, |due| due.at);
        match self.record.phase {
            Phase::Submitting => self.record.lease.as_ref().map_or(due, |lease| lease.until).min(deadline),
            Phase::Prepared | Phase::Unresolved => due.min(deadline),
            Phase::Waiting | Phase::Fetching | Phase::Cancelling => self.read_due(due).min(deadline),
            Phase::Succeeded | Phase::Failed | Phase::Cancelled | Phase::Rejected | Phase::Discarded => self.record.at.updated,
        }
    }

    /// Whether a cancel is under way.
    pub fn is_cancelling(&self) -> bool {
        self.record.phase == Phase::Cancelling
    }

    /// Whether somebody waits, by its settings.
    pub fn is_foreground(&self) -> bool {
        self.settings.foreground
    }

    /// Takes over the wait of a machine that another process overtook: its deadline, and that somebody asked it to cancel.
    /// What that machine was about to send did not go out.
    pub fn inherit_wait(&mut self, before: &Self) {
        self.deadline = before.deadline;
        self.cancelling.asked = before.cancelling.asked;
        self.told_unknown = before.told_unknown;
    }

    /// The record as it is now.
    pub fn record(&self) -> &TaskRecord {
        &self.record
    }

    /// The submit as it would go out, without the credential; `None` once it is no longer needed.
    pub fn preview(&self) -> Option<HttpRequest> {
        let frozen = self.frozen.as_ref()?;
        Some(
            frozen.request(
                format!("{}:{}", Operation::Submit.as_str(), self.record.attempts.submit + 1),
                self.contract.limits().status_bytes,
            ),
        )
    }

    /// The `request` blob: what a driver that claims a caller's key stores with the prepared record.
    pub fn request_blob(&self) -> Option<Blob> {
        self.frozen.as_ref().map(|frozen| Blob { name: "request", bytes: Some(frozen.to_blob()) })
    }

    /// How the task is.
    pub fn reply(&self) -> Reply {
        Reply::of(&self.record, Ending::Snapshot, None, self.raw.as_deref())
    }

    /// The answer to a one-shot question: how the task is, or why that could not be read.
    pub fn answer(&self) -> Reply {
        match &self.last_fault {
            Some(fault) if !self.record.phase.is_terminal() => Reply::unread(self.record.task_id.as_deref(), fault),
            _ => self.reply(),
        }
    }

    /// Why the last read brought nothing; `None` once one did.
    pub fn last_fault(&self) -> Option<&Fault> {
        self.last_fault.as_ref()
    }

    /// Whether a stored task is the same intent as this prepared one: same provider, model, options and body.
    pub fn is_same_intent(&self, stored: &TaskRecord, generation: &Generation, options: &SubmitOptions) -> bool {
        let own = &self.record;
        // A body that names the intent's id differs between two intents: build it again with the stored one's.
        let rebuilt = || {
            let payload = self.contract.validate(generation, options).ok()?;
            encode::submit(&self.contract, &payload, &own.base, &stored.intent_id).ok()
        };
        own.provider == stored.provider
            && own.base == stored.base
            && own.model == stored.model
            && own.options == stored.options
            && (own.request.sha256 == stored.request.sha256
                || rebuilt().is_some_and(|frozen| frozen.info().sha256 == stored.request.sha256))
    }

    /// Returns what the machine holds of the pacer: to be called when a wait is dropped before its task ended.
    pub fn release(&mut self, pacer: &mut Pacer) {
        if let Some((lane, slot)) = self.slot.take() {
            pacer.give_back(&self.record.base, &self.record.account, self.contract.limits(), lane, slot);
        }
    }

    fn advance(&mut self, input: Input, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Result<(), Error> {
        if std::mem::take(&mut self.resumed) {
            self.compare_clocks(now);
        }
        match input {
            Input::Deadline { at } => {
                self.deadline = Some(at);
                Ok(())
            }
            Input::Timeout => self.on_timeout(now, pacer, step),
            Input::Response { request, response } => self.on_response(&request, &response, now, pacer, step),
            Input::Undelivered { request, delivery, reason } => self.on_undelivered(&request, delivery, &reason, now, step),
            Input::Callback { task_id } => self.on_callback(task_id, now, step),
            Input::Cancel => self.on_cancel(now, step),
            Input::Adopt { task_id } => self.on_adopt(task_id, now, step),
            Input::Discard => self.on_discard(now, step),
        }
    }

    fn on_timeout(&mut self, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Result<(), Error> {
        if self.record.phase.is_terminal() {
            step.finished = true;
            return Ok(());
        }
        if let Some(outstanding) = self.outstanding.clone() {
            if now < self.poll_timeout() {
                return Ok(());
            }
            // Its answer is given up; a submit's stays welcome as long as the machine lives.
            self.outstanding = None;
            if outstanding.operation != Operation::Submit {
                let missed = "no answer came in time";
                return self.on_silence(outstanding.operation, missed, now, step);
            }
        }
        match self.record.phase {
            Phase::Prepared => self.send_when_due(now, pacer, step),
            Phase::Submitting => self.end_lease(now, step),
            Phase::Unresolved => self.settle_when_due(now, pacer, step),
            _ => self.read_when_due(now, pacer, step),
        }
    }

    fn on_response(&mut self, id: &str, response: &HttpResponse, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Result<(), Error> {
        match self.take_outstanding(id) {
            Some(Operation::Submit) => self.on_submitted(id, response, now, pacer, step),
            Some(Operation::Cancel) => self.on_cancel_answer(response, now, pacer, step),
            Some(Operation::List) => self.on_lookup(response, now, step),
            Some(operation) => self.on_read(operation, response, now, pacer, step),
            None => {
                Self::tell_stale(id, now, step);
                Ok(())
            }
        }
    }

    fn on_undelivered(
        &mut self,
        id: &str,
        delivery: crate::io::Delivery,
        reason: &str,
        now: UnixMillis,
        step: &mut Step,
    ) -> Result<(), Error> {
        match self.take_outstanding(id) {
            Some(Operation::Submit) => self.on_submit_undelivered(id, delivery, reason, now, step),
            Some(Operation::Cancel) => self.on_cancel_undelivered(delivery, reason, now, step),
            Some(operation) => self.on_silence(operation, reason, now, step),
            None => {
                Self::tell_stale(id, now, step);
                Ok(())
            }
        }
    }

    /// The operation of the request that this answers. A late answer to a submit counts as long as no task id is known.
    fn take_outstanding(&mut self, id: &str) -> Option<Operation> {
        if let Some(outstanding) = self.outstanding.take_if(|outstanding| outstanding.id == id) {
            return Some(outstanding.operation);
        }
        let late = |attempt: u64| self.record.task_id.is_none() && (1..=self.record.attempts.submit).contains(&attempt);
        submit_attempt(id).filter(|attempt| late(*attempt)).map(|_| Operation::Submit)
    }

    /// Sets what is not stored but follows from the record.
    fn recall(&mut self) {
        self.resumed = true;
        let record = &self.record;
        // Whether a failed read's next try was the server's wish is not stored: it is taken for one.
        let wished = record.due.filter(|_| record.attempts.read_failures > 0).map_or(0, |due| due.at);
        let polled = record.at.checked.map_or(0, |checked| checked.saturating_add(self.contract.poll(&record.model).min_interval_ms));
        self.floor = wished.max(polled);
        if record.phase == Phase::Fetching {
            self.fetching = Some(if record.error.is_some() { State::Failed } else { State::Success });
        }
        self.cancelling = cancelling::Progress::recalled(record);
    }

    /// Where the clock went back since the record was written, everything keeps its distance from now.
    fn compare_clocks(&mut self, now: UnixMillis) {
        let record = &mut self.record;
        if let Some(due) = record.due.filter(|due| now < due.set) {
            record.due = Some(Due { at: now.saturating_add(due.at.saturating_sub(due.set)), set: now });
        }
        if let (Some(lease), Some(sent)) = (&mut record.lease, record.at.last_sent.filter(|sent| now < *sent)) {
            *lease = Lease { holder: lease.holder.clone(), until: now.saturating_add(lease.until.saturating_sub(sent)) };
        }
        self.last_saved = self.last_saved.min(now);
        // How old the idempotency key is can no longer be told, so it is no longer relied on.
        let margin = self.contract.parts().idempotency.replay_ms.unwrap_or(0) / 20;
        if now.saturating_add(margin) < record.at.updated && matches!(record.phase, Phase::Submitting | Phase::Unresolved) {
            record.at.first_sent = None;
        }
    }

    /// Applies a change; an illegal one is an error that leaves everything as it was.
    fn change(&mut self, change: Change, now: UnixMillis, step: &mut Step) -> Result<(), Error> {
        let (before, signal) = (self.record.phase, change.signal());
        if state::apply(&mut self.record, change, now).is_none() {
            let message = format!("{signal:?} is not possible while the task is {}", before.as_str());
            return Err(Error::new(ErrorCode::Unsupported, message));
        }
        if before != self.record.phase {
            self.tell_phase(before, now, step);
            step.keep(Saving::Plain);
        }
        Ok(())
    }

    fn transmit(&mut self, request: HttpRequest, now: UnixMillis, step: &mut Step) {
        self.poked = false;
        self.outstanding = Some(Outstanding { id: request.id.clone(), operation: request.operation, sent: now });
        step.transmit = Some(request);
    }

    /// Puts a step's outputs in order: `[Save] [Event ...] [Transmit | Yield | Finished]`.
    fn conclude(&mut self, step: Step, now: UnixMillis, pacer: &mut Pacer) -> Vec<Output> {
        let mut outputs = Vec::new();
        let terminal = self.record.phase.is_terminal();
        if terminal {
            // Whatever is still asked, nothing waits for it.
            self.outstanding = None;
        }
        let due_for_saving = now.saturating_sub(self.last_saved) >= QUIET_SAVE_MS;
        if step.save.is_some_and(|saving| saving > Saving::Quiet || due_for_saving) {
            self.record.version += 1;
            self.last_saved = now;
            let fence = step.save == Some(Saving::Fence) || terminal;
            outputs.push(Output::Save { record: Box::new(self.record.clone()), blobs: step.blobs, fence });
        }
        outputs.extend(step.events.into_iter().map(|event| Output::Event { event }));
        let counts = matches!(self.record.phase, Phase::Submitting | Phase::Waiting | Phase::Fetching | Phase::Cancelling);
        pacer.note(&self.record.base, &self.record.account, self.contract.limits(), &self.record.intent_id, counts);
        if let Some(request) = step.transmit {
            outputs.push(Output::Transmit { request });
        } else if terminal && (step.finished || step.ending.is_some() || step.save.is_some()) {
            self.release(pacer);
            let ending = if self.cancelling.asked { Ending::CancelDone } else { Ending::Snapshot };
            outputs.push(Output::Finished { reply: Reply::of(&self.record, ending, None, self.raw.as_deref()) });
        } else if let Some((ending, fault)) = step.ending {
            self.release(pacer);
            outputs.push(Output::Yield { reply: Reply::of(&self.record, ending, fault.as_ref(), None) });
        }
        outputs
    }

    fn schedule(&self) -> PollSchedule {
        let (own, mut schedule) = (self.settings.poll, self.contract.poll(&self.record.model));
        if let Some(initial) = own.initial_ms {
            schedule.first_ms = initial;
            schedule.every_ms = initial.max(1);
            schedule.cap_ms = schedule.cap_ms.max(schedule.every_ms);
        }
        schedule.factor_pct = own.factor_pct.unwrap_or(schedule.factor_pct);
        schedule.cap_ms = own.cap_ms.unwrap_or(schedule.cap_ms);
        schedule
    }
}

impl Step {
    fn keep(&mut self, saving: Saving) {
        self.save = self.save.max(Some(saving));
    }

    fn end(&mut self, ending: Ending, fault: Option<Fault>) {
        self.ending = Some((ending, fault));
    }
}

fn base(contract: &Contract, settings: &Settings) -> Result<String, Error> {
    settings.base.as_deref().map_or_else(|| Ok(contract.base().to_owned()), Contract::check_base)
}

fn origins(
    contract: &Contract,
    settings: &Settings,
    intent_id: String,
    seed: u64,
    model: &str,
    kind: &str,
    now: UnixMillis,
) -> Result<Origins, Error> {
    Ok(Origins {
        intent_id,
        seed,
        provider: contract.id().to_owned(),
        contract_revision: contract.revision(),
        base: base(contract, settings)?,
        model: model.to_owned(),
        kind: kind.to_owned(),
        created: now,
    })
}

/// Which attempt a request id of a submit names.
fn submit_attempt(id: &str) -> Option<u64> {
    let number = id.strip_prefix(Operation::Submit.as_str())?.strip_prefix(':')?;
    number.parse().ok().filter(|attempt: &u64| attempt.to_string() == number)
}

/// A version 4 UUID from the first half of the entropy, the jitter's seed from the next 8 bytes.
fn split(entropy: [u8; 32]) -> (String, u64) {
    use std::fmt::Write as _;
    let mut uuid = String::with_capacity(36);
    let mut seed = 0_u64;
    for (index, byte) in entropy.into_iter().enumerate() {
        let byte = match index {
            6 => (byte & 0x0F) | 0x40,
            8 => (byte & 0x3F) | 0x80,
            _ => byte,
        };
        match index {
            0..16 => {
                if matches!(index, 4 | 6 | 8 | 10) {
                    uuid.push('-');
                }
                let _ = write!(uuid, "{byte:02x}");
            }
            16..24 => seed = seed << 8 | u64::from(byte),
            _ => {}
        }
    }
    (uuid, seed)
}
