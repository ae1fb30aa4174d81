//! What every driver asks between the steps of a machine: when a submit is settled, when to look whether somebody else was faster, and
//! what a caller is told where it is the driver that fails. Decided here, so that no driver decides it for itself.

use crate::backoff::Backoff;
use crate::error::{Error, ErrorCode};
use crate::io::{Input, UnixMillis};
use crate::machine::TaskMachine;
use crate::record::{Billing, Fault, TaskRecord};
use crate::reply::{Reply, Status};
use crate::state::Phase;

/// How often a record is looked at that somebody else is submitting, in milliseconds.
const LOOK_MS: u64 = 500;
/// How often at least where it only may be, in milliseconds: as many as are held by a limit are looked at.
const LOOK_MOST_MS: u64 = 8_000;

/// The longest pause, in seconds, that a question without a task waits for.
const PATIENCE_SECONDS: u64 = 120;

impl Phase {
    /// Whether a submit needs nothing more of a driver.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Prepared | Self::Submitting | Self::Unresolved)
    }

    /// Whether a submit that ended in this phase is a failure to its caller.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Rejected | Self::Unresolved | Self::Discarded)
    }
}

impl TaskMachine {
    /// Whether the next time-out may send a submit, which takes its place and its key before its attempt is counted.
    pub fn may_submit(&self) -> bool {
        matches!(self.record().phase, Phase::Prepared | Phase::Unresolved)
    }

    /// What is stored of a prepared task to claim its caller's key, before anything is stepped.
    pub fn first_record(&self) -> TaskRecord {
        let mut record = self.record().clone();
        record.version = 1;
        record
    }

    /// The same machine, once [`TaskMachine::first_record`] is stored.
    #[must_use]
    pub fn claimed(self) -> Self {
        let record = self.first_record();
        self.with_record(record)
    }

    /// Whether an attempt of a submit may be in flight, here or elsewhere.
    pub fn is_submitting(&self) -> bool {
        self.record().phase == Phase::Submitting
    }

    /// After how many milliseconds to look whether somebody else has changed the record, while its own time has not come; `None`: it is
    /// nobody else's. `looks` is how often that was done already.
    pub fn look_after(&self, looks: u32) -> Option<u64> {
        let record = self.record();
        match record.phase {
            // Its record will tell before its lease does.
            Phase::Submitting => Some(LOOK_MS),
            // The same key may be delivered to several, and whoever has the first turn sends.
            Phase::Prepared if record.version > 0 && record.caller_key.is_some() => Some((LOOK_MS << looks.min(4)).min(LOOK_MOST_MS)),
            _ => None,
        }
    }

    /// Whether a submit without a key ends the wait with the task's reply instead of a failure: it was sent before, and stays unresolved.
    pub fn stays_unresolved(&self) -> bool {
        self.record().phase == Phase::Unresolved
    }

    /// Whether a submit that was fenced may still leave. Once its lease is over, others take it for lost, and a person may have settled it.
    pub fn may_begin(&self, now: UnixMillis) -> bool {
        self.record().lease.as_ref().is_some_and(|lease| now < lease.until)
    }

    /// Who may be submitting this task now, where it is not this machine: the holder of a lease that is not over.
    pub fn other_holder(&self) -> Option<&str> {
        let is_own = self.is_waiting_for_submit();
        self.record().lease.as_ref().filter(|_| self.is_submitting() && !is_own).map(|lease| lease.holder.as_str())
    }
}

/// The name of a lease's holder: the client's own, and the process, so that others on the same host can prove that it is gone. `host`
/// names the machine since it was started and the space of its process numbers; `started` is when the process was.
pub fn holder_name(client: &str, host: &str, pid: u64, started: u64) -> String {
    format!("{client}@{host}:{pid}:{started}")
}

/// The process that a holder's name tells of: its host, number and start; `None` where it tells of none.
pub fn holder_process(holder: &str) -> Option<(&str, u64, u64)> {
    let (_, process) = holder.split_once('@')?;
    let mut parts = process.split('#').next()?.rsplitn(3, ':');
    let (started, pid, host) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((host, pid, started))
}

impl Fault {
    /// A question that brought no answer at all.
    pub fn unreached(reason: &str) -> Self {
        Self::new(ErrorCode::NetworkError, Billing::None, format!("the provider could not be reached: {reason}"))
    }

    /// After how many milliseconds a question without a task is asked again, that was asked so many times before; `None`: its answer stands.
    pub fn again_after(&self, tried: u32, now: UnixMillis) -> Option<u64> {
        let may_pass = matches!(self.code, ErrorCode::NetworkError | ErrorCode::UpstreamError | ErrorCode::RateLimited);
        let asked = self.retry_after.unwrap_or(0);
        (may_pass && asked <= PATIENCE_SECONDS).then(|| Backoff::READ.delay(u64::from(tried), now).max(asked.saturating_mul(1_000)))
    }
}

impl Fault {
    /// The account is asked to pause for longer than a question without a task waits, or than it may last; `None` where the pause is
    /// short enough. `end`: when the question's own time is over.
    pub fn paused(until: UnixMillis, end: UnixMillis, now: UnixMillis) -> Option<Self> {
        let seconds = until.saturating_sub(now).div_ceil(1_000);
        (seconds > PATIENCE_SECONDS || (until > now && until >= end)).then(|| {
            let mut fault = Self::new(ErrorCode::RateLimited, Billing::None, "the provider asked this account to pause".to_owned());
            fault.retry_after = Some(seconds);
            fault
        })
    }
}

impl Input {
    /// The end of a wait that begins now and lasts so many milliseconds.
    pub fn deadline(now: UnixMillis, timeout_ms: u64) -> Self {
        Self::Deadline { at: now.saturating_add(timeout_ms) }
    }
}

impl Reply {
    /// The store does not take the save of a record; `why` is its word. `submits`: a submit would have left only after it. What the
    /// caller must know, a task id above all, is in the message.
    pub fn lost_save(record: &TaskRecord, why: &str, submits: bool) -> Self {
        let never_left = submits && !record.maybe_sent;
        let intent_id = &record.intent_id;
        let what = match &record.task_id {
            Some(task_id) => format!("note the task id {task_id} of intent {intent_id}: the provider works on it"),
            None if never_left || !record.may_have_cost() => "nothing was accepted, and nothing is sent".to_owned(),
            None => format!("a submit of intent {intent_id} may have been accepted"),
        };
        let reply = Error::new(ErrorCode::StoreError, format!("{why}; {what}")).reply();
        let mut told = record.clone();
        told.phase = match record.phase {
            // The attempt was counted in this record and nowhere else.
            _ if never_left => Phase::Prepared,
            // That it was given up is told once it is stored.
            Phase::Discarded => Phase::Unresolved,
            phase => phase,
        };
        let reply = reply.about(&told);
        // That nothing was accepted is known here and not in the store, where an attempt still seems to be under way.
        if never_left || record.may_have_cost() { reply } else { reply.still_stored(true) }
    }

    /// The same failure of a keyed order whose key could not be looked up: it may name a task that was paid for.
    #[must_use]
    pub fn of_unread_key(mut self) -> Self {
        let message = self.error_message.unwrap_or_default();
        self.error_message =
            Some(format!("{message}; whether the key has a task already is not known, and nothing was sent: deliver the same key again"));
        self.status = Status::Unknown;
        if let Some(data) = self.data.as_object_mut() {
            data.insert("billing".to_owned(), Billing::Possible.as_str().into());
            let steps = ["check that the task store exists, is writable and has room, then order again under the same key"];
            data.insert("suggestions".to_owned(), steps.into_iter().collect());
        }
        self
    }

    /// The same failure of an order whose key has a task that cannot be gone on with: about that task, and where it is not sent yet, that
    /// it is stored.
    #[must_use]
    pub fn of_redelivery(self, record: &TaskRecord) -> Self {
        let reply = self.about(record);
        if record.may_have_cost() || record.phase.is_settled() { reply } else { reply.still_stored(true) }
    }

    /// The same failure of a submit that is stored and was not sent, where it cannot or must not be withdrawn: a resume will send it.
    /// `surely`: it was stored before; else the answer of the store that tells is what was lost.
    #[must_use]
    pub fn still_stored(mut self, surely: bool) -> Self {
        const WARNING: &str = ": a resume may send it, and a cancel withdraws it";
        let message = self.error_message.unwrap_or_default();
        if message.ends_with(WARNING) {
            self.error_message = Some(message);
            return self;
        }
        let message = message.strip_suffix("nothing was accepted, and nothing is sent").map(str::to_owned).unwrap_or(message + "; ");
        let stored = if surely { "the order is still stored" } else { "the order may be stored" };
        self.error_message = Some(format!("{message}nothing was accepted, but {stored}{WARNING}"));
        self.status = Status::Pending;
        if let Some(data) = self.data.as_object_mut() {
            let steps =
                ["do not submit again: look for the order in the store (`gentask list`), then resume it (`gentask resume`) or cancel it"];
            data.insert("suggestions".to_owned(), steps.into_iter().collect());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::pacer::Pacer;

    const NOW: UnixMillis = 1_790_000_000_000;

    #[test]
    fn a_pause_longer_than_two_minutes_is_told_instead_of_slept_through() {
        for short in [0, NOW, NOW + 120_000] {
            assert!(Fault::paused(short, u64::MAX, NOW).is_none(), "{short}");
        }
        assert!(Fault::paused(NOW + 2_000, NOW + 1_000, NOW).is_some());
        let fault = Fault::paused(NOW + 3_600_001, u64::MAX, NOW).unwrap();
        assert_eq!((fault.code, fault.retry_after), (ErrorCode::RateLimited, Some(3_601)));
    }

    #[test]
    fn a_holder_s_name_tells_its_process() {
        let name = holder_name("5f0c1d2e", "boot-1:pid:[4026531836]", 17, 99);
        assert_eq!(holder_process(&name), Some(("boot-1:pid:[4026531836]", 17, 99)));
        assert_eq!(holder_process(&format!("{name}#3")), Some(("boot-1:pid:[4026531836]", 17, 99)));
        for other in ["", "5f0c1d2e", "a@b", "a@b:1", "a@b:x:2", "a@b:1:-2"] {
            assert_eq!(holder_process(other), None, "{other}");
        }
    }

    #[test]
    fn only_what_may_pass_is_asked_again_and_never_too_early() {
        let fault = |code, retry_after| Fault { retry_after, ..Fault::new(code, Billing::None, String::new()) };
        assert!(fault(ErrorCode::AuthFailed, None).again_after(0, NOW).is_none());
        assert!(fault(ErrorCode::UpstreamError, None).again_after(0, NOW).is_some());
        assert!(fault(ErrorCode::RateLimited, Some(60)).again_after(0, NOW).unwrap() >= 60_000);
        assert!(fault(ErrorCode::RateLimited, Some(121)).again_after(0, NOW).is_none());
    }

    #[test]
    fn a_stored_pause_is_no_longer_than_a_server_may_ask_for() {
        let contract = Contract::built_in("apixo").unwrap();
        let mut pacer = Pacer::new();
        let day = 86_400_000;
        let pauses = [
            // As it was stored, by a clock that has gone back an hour since, and by one that was mad.
            ((NOW + 60_000, 0), NOW + 60_000),
            ((NOW + 3_700_000, NOW + 3_600_000), NOW + 100_000),
            ((NOW + day, NOW), NOW + day),
            ((u64::MAX, 0), NOW + day),
        ];
        for (stored, kept) in pauses {
            pacer.recall(contract.base(), "default", contract.limits(), stored, NOW);
            assert_eq!(pacer.held_until(contract.base(), "default", contract.limits()), kept);
        }
    }
}
