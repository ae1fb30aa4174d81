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

/// What follows where there is no key for a submit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyless {
    /// The submit was sent before and stays unresolved: the wait ends with the task's reply.
    Unresolved,
    /// The submit fails to its caller, so it is withdrawn from the store: nothing sends it later behind the caller's back.
    Withdraw,
    /// The task stays as it is, and the caller is told of the missing key.
    Keep,
}

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

    /// What follows where there is no key for a submit. `own`: whoever drives it is who submitted it, and is told.
    pub fn without_key(&self, own: bool) -> Keyless {
        let record = self.record();
        if record.phase == Phase::Unresolved {
            Keyless::Unresolved
        } else if own && record.version > 0 {
            Keyless::Withdraw
        } else {
            Keyless::Keep
        }
    }
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
    /// The account is asked to pause for longer than a question without a task waits; `None` where the pause is short enough.
    pub fn paused(until: UnixMillis, now: UnixMillis) -> Option<Self> {
        let seconds = until.saturating_sub(now).div_ceil(1_000);
        (seconds > PATIENCE_SECONDS).then(|| {
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
        if !never_left {
            return reply.about(record);
        }
        // The attempt was counted in this record and nowhere else.
        let mut unsent = record.clone();
        unsent.phase = Phase::Prepared;
        reply.about(&unsent)
    }

    /// The same failure of a submit that is stored, and could not be withdrawn: a resume will send it.
    #[must_use]
    pub fn still_stored(mut self) -> Self {
        let message = self.error_message.unwrap_or_default();
        let message = message.strip_suffix("nothing was accepted, and nothing is sent").map(str::to_owned).unwrap_or(message + "; ");
        self.error_message = Some(format!(
            "{message}nothing was sent yet, but the order is stored and could not be withdrawn: `gentask resume` will send it, `gentask cancel` withdraws it"
        ));
        self.status = Status::Pending;
        if let Some(data) = self.data.as_object_mut() {
            let steps = ["do not submit again: resume the stored order (`gentask resume`), or cancel it, once the store works"];
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
            assert!(Fault::paused(short, NOW).is_none(), "{short}");
        }
        let fault = Fault::paused(NOW + 3_600_001, NOW).unwrap();
        assert_eq!((fault.code, fault.retry_after), (ErrorCode::RateLimited, Some(3_601)));
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
        for (stored, kept) in [(NOW + 60_000, NOW + 60_000), (u64::MAX, NOW + 86_400_000)] {
            pacer.recall(contract.base(), "default", contract.limits(), stored, NOW);
            assert_eq!(pacer.held_until(contract.base(), "default", contract.limits()), kept);
        }
    }
}
