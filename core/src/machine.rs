//! One task as a state machine. It sequences the pure functions and holds no knowledge of its own: no provider, no JSON.
//!
//! The driver's loop: sleep until [`TaskMachine::poll_timeout`], step [`Input::Timeout`], perform the outputs in order, feed back
//! what happened to a request, and go on until `Yield` or `Finished`.

use crate::conceal::without_tokens;
use crate::contract::{Contract, State};
use crate::encode::Frozen;
use crate::error::Error;
use crate::io::{Blob, HttpRequest, HttpResponse, Operation, UnixMillis};
use crate::learning::{Forecast, Seen};
use crate::pacer::{Lane, Pacer};
use crate::phase::Phase;
use crate::record::{Fault, TaskRecord};
use crate::reply::{Ending, Reply};
use std::sync::Arc;

mod beginning;
mod callbacks;
mod cancelling;
mod events;
mod learning;
mod lease;
mod long_polls;
mod pacing;
mod reading;
mod resting;
mod settings;
mod settling;
mod step;
mod submitting;
mod vocabulary;

pub(crate) use beginning::check_base;
pub use beginning::{Calling, Media, check_callback};
pub(crate) use lease::is_drive_of;
pub(crate) use resting::Rest;
pub use settings::{OneShot, Polls, Settings};
use step::{Saving, Step};
pub use vocabulary::{Input, Output};

/// How long after a submit's request timeout its answer is still believed to be on its way.
const LEASE_GRACE_MS: u64 = 5_000;
/// How long a poll that was sent at a deadline may take before the wait ends without it.
pub const FINAL_POLL_GRACE_MS: u64 = 5_000;
/// A save that only counts polls is written at most this often.
const QUIET_SAVE_MS: u64 = 60_000;

/// One task. See the crate's documentation for the run loop.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about one machine")]
pub struct TaskMachine {
    contract: Contract,
    settings: Arc<Settings>,
    record: Arc<TaskRecord>,
    frozen: Option<Arc<Frozen>>,
    outstanding: Option<Outstanding>,
    /// A slot of the pacer that is taken and not used yet.
    slot: Option<(Lane, UnixMillis)>,
    /// The slot of a request that the last step brought, until its driver sends it.
    leaving: Option<(Lane, UnixMillis)>,
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
    /// The request of the answer that was taken in last, where the provider was asked to keep it open.
    last_open: Option<Outstanding>,
    /// A callback came while a read was on its way, whose answer may be older.
    poked: bool,
    /// The record comes from a store, and the clock that wrote it was not compared yet.
    resumed: bool,
    /// Its times were moved, because the clock went back, and that is not saved yet: a process after this one must not move them again.
    moved: bool,
    /// What is expected of tasks of its model.
    forecast: Option<Arc<Forecast>>,
    /// How long it took, until that is learned.
    ended: Option<Seen>,
    /// It is counted among the tasks under way.
    is_counted: bool,
    /// Which of its driver's drives this is: no two attempts have the same holder.
    drive: u64,
}

/// What a part of a step brings. Boxed, for it is handed up from deep below and seldom a mistake.
type Done = Result<(), Box<Error>>;

/// A request whose answer has not come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outstanding {
    id: String,
    operation: Operation,
    sent: UnixMillis,
    /// How long the provider was asked to keep it open.
    open_ms: u64,
}

impl TaskMachine {
    /// Takes what happened and says what to do next. `Err` is the driver's or a person's mistake, and leaves the machine as it was.
    #[expect(clippy::needless_pass_by_value, reason = "an input is used up")]
    pub fn step(&mut self, input: Input, now: UnixMillis, pacer: &mut Pacer) -> Result<Vec<Output>, Error> {
        self.feed(&input, now, pacer)
    }

    /// The same with an input that is kept: it is stepped again where another process was faster.
    pub(crate) fn feed(&mut self, input: &Input, now: UnixMillis, pacer: &mut Pacer) -> Result<Vec<Output>, Error> {
        let mut next = self.clone();
        next.look_up(pacer);
        let mut step = Step::default();
        if let Err(mistake) = next.advance(input, now, pacer, &mut step) {
            if next.slot != self.slot {
                // What it took of the pacer goes back, and what it gave back is not held here any more.
                next.release(pacer);
                self.slot = None;
            }
            return Err(*mistake);
        }
        if step.transmit.is_none() {
            next.leaving = None;
        }
        next.note_end(&self.record, now);
        next.note_beginning(pacer);
        let outputs = next.conclude(step, now, pacer);
        if self.is_long_polling() && !next.is_long_polling() {
            self.end_long_poll(pacer);
        }
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
            if self.leaves(outstanding) {
                return 0;
            }
            let lease = outstanding.sent.saturating_add(self.lease_ms()).saturating_add(outstanding.open_ms);
            // A question keeps to its deadline; a wait's last poll, which is sent at the deadline, has a little time.
            let grace = if self.one_shot.is_some() { 0 } else { FINAL_POLL_GRACE_MS };
            return match outstanding.operation {
                Operation::Submit => lease,
                _ => lease.min(deadline.max(outstanding.sent).saturating_add(grace)),
            };
        }
        // What has no time of its own is ready: whatever a clock said when it was written, nobody waits for it.
        let due = self.record.due.map_or(0, |due| due.at);
        match self.record.phase {
            Phase::Submitting => self.record.lease.as_ref().map_or(due, |lease| lease.until).min(deadline),
            // Without a time of its own, nothing automatic settles it any more.
            Phase::Unresolved if self.record.due.is_none() => 0,
            Phase::Prepared | Phase::Unresolved => due.max(self.record.not_before.unwrap_or(0)).min(deadline),
            Phase::Waiting | Phase::Fetching | Phase::Cancelling => self.read_due(due).min(deadline),
            Phase::Succeeded | Phase::Failed | Phase::Cancelled | Phase::Rejected | Phase::Discarded => 0,
        }
    }

    /// The same machine at another version of its record.
    pub(crate) fn with_record(mut self, record: TaskRecord) -> Self {
        self.record = Arc::new(record);
        self
    }

    /// Whether a cancel is under way.
    pub fn is_cancelling(&self) -> bool {
        self.record.phase == Phase::Cancelling
    }

    /// How it was told to behave.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The provider that it speaks with.
    pub(crate) fn contract(&self) -> &Contract {
        &self.contract
    }

    /// The record as it is now.
    pub fn record(&self) -> &TaskRecord {
        &self.record
    }

    /// The same, shared: a machine that goes on changes a record of its own.
    pub(crate) fn shared_record(&self) -> Arc<TaskRecord> {
        Arc::clone(&self.record)
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
        let reply = Reply::of(&self.record, Ending::Snapshot, None, self.raw.as_deref());
        reply.expecting(self.why_then(), self.expected())
    }

    /// The answer to a one-shot question: how the task is, or why that could not be read.
    pub fn answer(&self) -> Reply {
        match &self.last_fault {
            Some(fault) if !self.record.phase.is_terminal() => Reply::unread(self.record.task_id.as_deref(), fault),
            _ => self.reply(),
        }
    }

    /// How the task is after the one read that was asked for, or why that brought nothing.
    pub fn checked(&self) -> Reply {
        match &self.last_fault {
            Some(fault) if !self.record.phase.is_terminal() => Reply::of(&self.record, Ending::Unread, Some(fault), None),
            _ => self.reply(),
        }
    }

    /// Why the last read brought nothing; `None` once one did.
    pub fn last_fault(&self) -> Option<&Fault> {
        self.last_fault.as_ref()
    }

    /// Returns what the machine holds of the pacer: to be called when a wait is dropped before its task ended.
    pub fn release(&mut self, pacer: &mut Pacer) {
        if self.is_long_polling() {
            self.end_long_poll(pacer);
        }
        if let Some((lane, slot)) = self.slot.take() {
            pacer.give_back(&self.record.base, &self.record.account, self.contract.limits(), lane, slot);
        }
    }

    fn advance(&mut self, input: &Input, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
        if std::mem::take(&mut self.resumed) {
            self.moved = self.compare_clocks(now);
        }
        // A deadline is no step of the task's own, and brings no save.
        // What somebody else has claimed is theirs to write, whatever their clock says.
        let is_others = self.claimed_until().is_some_and(|until| until > now);
        if !matches!(input, Input::Deadline { .. }) && std::mem::take(&mut self.moved) && !is_others {
            step.keep(Saving::Plain);
        }
        match input {
            Input::Deadline { at } => {
                self.deadline = Some(*at);
                Ok(())
            }
            Input::Timeout => self.on_timeout(now, pacer, step),
            Input::Poke => {
                self.on_poke(now);
                Ok(())
            }
            Input::Response { request, response } => {
                // A task without a callback URL has no token of its own.
                let own = if self.record.callback { self.record.intent_id.as_str() } else { "" };
                let response = without_tokens(response, own);
                self.on_response(request, &response, now, pacer, step)
            }
            Input::Undelivered { request, delivery, reason } => self.on_undelivered(request, *delivery, reason, now, step),
            Input::Callback { task_id, body } => self.on_callback(task_id.as_deref(), body.as_deref(), now, step),
            Input::Cancel => self.on_cancel(now, step),
            Input::Adopt { task_id } => self.on_adopt(task_id.clone(), now, pacer, step),
            Input::Discard => self.on_discard(now, step),
        }
    }

    fn on_timeout(&mut self, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
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
            if outstanding.operation != Operation::Submit && !self.leaves(&outstanding) {
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

    fn on_response(&mut self, id: &str, response: &HttpResponse, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
        self.keep_pause(response, now, pacer, step);
        match self.take_outstanding(id) {
            Some(Operation::Submit) => self.on_submitted(id, response, now, step),
            Some(Operation::Cancel) => self.on_cancel_answer(response, now, step),
            Some(Operation::List) => self.on_lookup(response, now, step),
            Some(operation) => self.on_read(operation, response, now, step),
            None => {
                Self::tell_stale(id, now, step);
                Ok(())
            }
        }
    }

    fn on_undelivered(&mut self, id: &str, delivery: crate::io::Delivery, reason: &str, now: UnixMillis, step: &mut Step) -> Done {
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

    /// The operation of the request that this answers. A late answer to a submit always counts: it may name a task that was paid for.
    fn take_outstanding(&mut self, id: &str) -> Option<Operation> {
        if let Some(outstanding) = self.outstanding.take_if(|outstanding| outstanding.id == id) {
            let operation = outstanding.operation;
            self.last_open = Some(outstanding).filter(|outstanding| outstanding.open_ms > 0);
            return Some(operation);
        }
        // So does one to a look-up that another machine of the task asked for: it names the task, or is one look-up less.
        let is_lookup = id.strip_prefix(Operation::List.as_str()).is_some_and(|rest| rest.starts_with(':'));
        if is_lookup && self.record.phase == Phase::Unresolved && self.outstanding.is_none() {
            return Some(Operation::List);
        }
        let late = |attempt: u64| (1..=self.record.attempts.submit).contains(&attempt);
        submit_attempt(id).filter(|attempt| late(*attempt)).map(|_| Operation::Submit)
    }
}

/// Which attempt a request id of a submit names.
fn submit_attempt(id: &str) -> Option<u64> {
    let number = id.strip_prefix(Operation::Submit.as_str())?.strip_prefix(':')?;
    number.parse().ok().filter(|attempt: &u64| attempt.to_string() == number)
}
