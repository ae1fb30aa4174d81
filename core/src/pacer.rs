//! Paces requests to one base under one account, for all tasks that share it. Pure: it is told the time and keeps no clock.
//!
//! Polls get half of the allowance in evenly spaced slots; result calls, cancels and one-shot reads get the other half, so that
//! many waiting tasks stretch their polls instead of starving the rest or failing. Submits have an allowance of their own.

use crate::by_name::ByName;
use crate::contract::Limits;
use crate::io::UnixMillis;
use crate::learning::{self, Learning};
use crate::pause;

/// What a request is to the pacer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// A submit.
    Submit,
    /// A status call of a wait.
    Poll,
    /// Any other read, and cancels.
    Other,
}

/// Shared by every machine of a client, and what they learned of durations with it. One per process and client is enough: it keeps each base and account apart.
#[derive(Clone, Debug, Default)]
pub struct Pacer {
    scopes: ByName<Scope>,
    /// How long tasks take.
    pub(crate) learning: Learning,
}

#[derive(Clone, Debug, Default)]
struct Scope {
    hold_until: UnixMillis,
    submit: Slots,
    poll: Slots,
    other: Slots,
    /// Unfinished tasks, and until when they are taken for that without being heard of.
    active: ByName<UnixMillis>,
    /// Tasks whose poll the provider keeps open, and until when at most.
    long_polls: ByName<UnixMillis>,
}

/// Evenly spaced slots, with room for a small burst. Slots that were given back are given out first.
#[derive(Clone, Debug, Default)]
struct Slots {
    next: UnixMillis,
    /// In their order, each once.
    returned: Vec<UnixMillis>,
}

/// How far apart a lane's slots are, and how many may be taken at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pace {
    interval_ms: u64,
    burst: u64,
}

/// How long a submit waits before it asks again whether a place among the concurrent tasks is free.
const CONCURRENT_RETRY_MS: u64 = 2_000;
/// So many polls are kept open at once at most, each of which has a connection of its own: the tasks beyond them are polled by their schedule. As many as
/// a client usually has places for requests in flight.
const LONG_POLLS: usize = 32;
/// How long a task counts that nobody looks at any more: its end would not be noticed, and it must not block submits for ever.
const UNSEEN_MS: u64 = 600_000;

impl Pacer {
    /// A pacer that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for a slot: when the request may go, from now on. The slot is taken; [`Pacer::give_back`] returns one that is not used.
    pub fn reserve(&mut self, base: &str, account: &str, limits: &Limits, lane: Lane, now: UnixMillis) -> UnixMillis {
        self.scopes.change(&key(base, account, limits), |scope| {
            let earliest = now.max(scope.hold_until);
            pace(limits, lane).map_or(earliest, |pace| scope.slots(lane).take(earliest, pace))
        })
    }

    /// Returns a slot that is not used, because its wait ended first.
    pub fn give_back(&mut self, base: &str, account: &str, limits: &Limits, lane: Lane, slot: UnixMillis) {
        let key = key(base, account, limits);
        if pace(limits, lane).is_none() || !self.scopes.contains(&key) {
            return;
        }
        self.scopes.change(&key, |scope| {
            let returned = &mut scope.slots(lane).returned;
            if let Err(place) = returned.binary_search(&slot) {
                returned.insert(place, slot);
            }
        });
    }

    /// Nothing goes to this account before `until`: the server said so.
    pub fn hold(&mut self, base: &str, account: &str, limits: &Limits, until: UnixMillis) {
        self.scopes.change(&key(base, account, limits), |scope| scope.hold_until = scope.hold_until.max(until));
    }

    /// Takes over a pause that was stored by an earlier process, whose clock may have been another. `set`: when it was stored, or 0 where
    /// that is not known.
    pub fn recall(&mut self, base: &str, account: &str, limits: &Limits, (until, set): (UnixMillis, UnixMillis), now: UnixMillis) {
        if let Some(until) = pause::stored(until, set, now) {
            self.hold(base, account, limits, until);
        }
    }

    /// Until when nothing goes to this account; 0 where nothing is held.
    pub fn held_until(&self, base: &str, account: &str, limits: &Limits) -> UnixMillis {
        self.scopes.get(&key(base, account, limits)).map_or(0, |scope| scope.hold_until)
    }

    /// Takes over what a store has of the durations of an account's tasks. What cannot be read counts as nothing.
    pub fn recall_learned(&mut self, base: &str, account: &str, text: &str) {
        self.learning.recall(&learning::scope(base, account), text);
    }

    /// What a store is to keep of them, in place of what it has.
    pub fn learned_to_store(&mut self, base: &str, account: &str, stored: &str, now: UnixMillis) -> String {
        self.learning.to_store(&learning::scope(base, account), stored, now)
    }

    /// Whether one more task fits under the contract's limit of concurrent ones; when to ask again where it does not.
    pub(crate) fn admit(&mut self, base: &str, account: &str, limits: &Limits, intent: &str, now: UnixMillis) -> Result<(), UnixMillis> {
        let Some(most) = limits.concurrent else { return Ok(()) };
        self.scopes.change(&key(base, account, limits), |scope| {
            scope.active.retain(|until| *until > now);
            if scope.active.contains(intent) {
                return Ok(());
            }
            if scope.active.len() as u64 >= most {
                return Err(now.saturating_add(CONCURRENT_RETRY_MS));
            }
            scope.active.insert(intent, now.saturating_add(UNSEEN_MS));
            Ok(())
        })
    }

    /// Whether a task's poll may be kept open until then; it counts among those that are.
    pub(crate) fn begin_long_poll(
        &mut self,
        base: &str,
        account: &str,
        limits: &Limits,
        intent: &str,
        until: UnixMillis,
        now: UnixMillis,
    ) -> bool {
        self.scopes.change(&key(base, account, limits), |scope| {
            scope.long_polls.retain(|until| *until > now);
            let may = scope.long_polls.len() < LONG_POLLS && !scope.long_polls.contains(intent);
            if may {
                scope.long_polls.insert(intent, until);
            }
            may
        })
    }

    /// A task's poll is not kept open any more.
    pub(crate) fn end_long_poll(&mut self, base: &str, account: &str, limits: &Limits, intent: &str) {
        self.scopes.change(&key(base, account, limits), |scope| {
            scope.long_polls.remove(intent);
        });
    }

    /// Notes whether a task counts among the concurrent ones.
    pub(crate) fn note(&mut self, base: &str, account: &str, limits: &Limits, intent: &str, active: bool, now: UnixMillis) {
        if limits.concurrent.is_none() {
            return;
        }
        self.scopes.change(&key(base, account, limits), |scope| {
            if active {
                scope.active.insert(intent, now.saturating_add(UNSEEN_MS));
            } else {
                scope.active.remove(intent);
            }
        });
    }
}

fn key(base: &str, account: &str, limits: &Limits) -> String {
    // A limit that counts per address is shared by every account behind it. A base holds no line break.
    if limits.per_address { base.to_owned() } else { format!("{base}\n{account}") }
}

fn pace(limits: &Limits, lane: Lane) -> Option<Pace> {
    // Server windows are not ours: a twentieth of the allowance is left unused.
    // Limits that no contract may have, such as 0 or 2^64 - 1, are kept to as well as they can be.
    let spaced = |per_min: u64, share: u64| (60_000 * share * 21).div_ceil(per_min.saturating_mul(20).max(1));
    match lane {
        Lane::Submit => limits.submit_per_min.map(|per_min| Pace { interval_ms: spaced(per_min, 2), burst: (per_min / 2).max(1) }),
        // Half of the allowance, one at a time.
        Lane::Poll => limits.read_per_min.map(|per_min| Pace { interval_ms: spaced(per_min, 2), burst: 1 }),
        // A quarter steadily and a quarter at once make the other half of any minute.
        Lane::Other => limits.read_per_min.map(|per_min| Pace { interval_ms: spaced(per_min, 4), burst: (per_min / 4).max(1) }),
    }
}

impl Scope {
    fn slots(&mut self, lane: Lane) -> &mut Slots {
        match lane {
            Lane::Submit => &mut self.submit,
            Lane::Poll => &mut self.poll,
            Lane::Other => &mut self.other,
        }
    }
}

impl Slots {
    fn take(&mut self, earliest: UnixMillis, pace: Pace) -> UnixMillis {
        // Slots whose time went by unused are gone; the newest of them is still as good as now.
        self.returned.retain(|slot| slot.saturating_add(pace.interval_ms) > earliest);
        if !self.returned.is_empty() {
            return self.returned.remove(0).max(earliest);
        }
        // The burst is credit for the time in which nothing was asked.
        let credit = pace.interval_ms.saturating_mul(pace.burst.saturating_sub(1));
        let slot = self.next.max(earliest.saturating_sub(credit));
        self.next = slot.saturating_add(pace.interval_ms);
        slot.max(earliest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(read: u64) -> Limits {
        Limits { read_per_min: Some(read), per_address: true, ..Limits::default() }
    }

    #[test]
    fn ten_thousand_polls_never_pass_half_of_the_allowance() {
        let (mut pacer, limits) = (Pacer::new(), limits(60));
        let slots: Vec<u64> = (0..10_000).map(|_| pacer.reserve("https://a", "x", &limits, Lane::Poll, 1_000_000)).collect();
        assert_eq!(slots[0], 1_000_000);
        for window in slots.windows(30) {
            assert!(window[29] - window[0] >= 59_000, "30 polls in {} ms", window[29] - window[0]);
        }
    }

    #[test]
    fn other_reads_keep_their_half_with_a_burst() {
        let (mut pacer, limits) = (Pacer::new(), limits(60));
        let slots: Vec<u64> = (0..60).map(|_| pacer.reserve("https://a", "x", &limits, Lane::Other, 1_000_000)).collect();
        assert!(slots.iter().filter(|slot| **slot == 1_000_000).count() >= 15);
        for start in &slots {
            let within = slots.iter().filter(|slot| (*start..start + 60_000).contains(slot)).count();
            assert!(within <= 30, "{within} in a minute");
        }
    }

    #[test]
    fn a_slot_given_back_is_given_out_again() {
        let (mut pacer, limits) = (Pacer::new(), limits(60));
        let first = pacer.reserve("https://a", "x", &limits, Lane::Poll, 1_000_000);
        let second = pacer.reserve("https://a", "x", &limits, Lane::Poll, 1_000_000);
        assert!(second > first);
        pacer.give_back("https://a", "x", &limits, Lane::Poll, second);
        assert_eq!(pacer.reserve("https://a", "y", &limits, Lane::Poll, 1_000_000), second);
    }

    #[test]
    fn a_task_that_nobody_looks_at_blocks_a_place_for_a_while_only() {
        let (mut pacer, limits) = (Pacer::new(), Limits { concurrent: Some(1), ..Limits::default() });
        assert_eq!(pacer.admit("https://a", "x", &limits, "first", 0), Ok(()));
        pacer.note("https://a", "x", &limits, "first", true, 1_000);
        assert_eq!(pacer.admit("https://a", "x", &limits, "second", 600_999), Err(602_999));
        assert_eq!(pacer.admit("https://a", "x", &limits, "second", 601_000), Ok(()));
    }

    #[test]
    fn a_hold_delays_everything_of_the_account_and_nothing_of_another() {
        let (mut pacer, limits) = (Pacer::new(), Limits::default());
        pacer.hold("https://a", "x", &limits, 5_000);
        assert_eq!(pacer.reserve("https://a", "x", &limits, Lane::Submit, 1_000), 5_000);
        assert_eq!(pacer.reserve("https://a", "y", &limits, Lane::Submit, 1_000), 1_000);
    }
    #[test]
    fn no_limits_stop_a_pacer() {
        for count in [0, 1, 1_000_000, u64::MAX / 40, 4_611_686_018_427_387_904, u64::MAX] {
            let limits = Limits { read_per_min: Some(count), submit_per_min: Some(count), concurrent: Some(count), ..Limits::default() };
            let mut pacer = Pacer::new();
            for now in [0, 1_000_000, u64::MAX] {
                for lane in [Lane::Submit, Lane::Poll, Lane::Other] {
                    let slot = pacer.reserve("https://a", "x", &limits, lane, now);
                    pacer.give_back("https://a", "x", &limits, lane, slot);
                    assert!(pacer.reserve("https://a", "x", &limits, lane, now) >= now);
                }
                assert_eq!(pacer.admit("https://a", "x", &limits, "task", now).is_ok(), count > 0);
            }
        }
    }
}
