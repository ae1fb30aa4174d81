//! What happens to the one task: all plans that are tried.

use super::super::arrivals::Calls;

/// What happens, in any order.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that happens or does not, whatever the others do")]
pub struct Plan {
    pub(super) calls: Calls,
    /// Whether the callback URL has a token. Without one the account has registered it.
    pub(super) has_token: bool,
    /// Whether the submit's answer is heard.
    pub(super) answered: bool,
    /// The callbacks, by their numbers and words. The same number is the same callback once more.
    pub(super) told: &'static [(u64, &'static str)],
    pub(super) polls: bool,
    pub(super) crashes: bool,
    /// How many workers the other process has.
    pub(super) workers: usize,
}

const NONE: &[(u64, &str)] = &[];
const ONE: &[(u64, &str)] = &[(1, "done")];
const TWO: [&[(u64, &str)]; 3] = [&[(1, "working"), (2, "done")], &[(1, "done"), (1, "done")], &[(1, "done"), (2, "failed")]];
const THREE: [&[(u64, &str)]; 2] = [&[(1, "working"), (2, "done"), (2, "done")], &[(1, "working"), (2, "done"), (3, "failed")]];
const KINDS: [(Calls, bool); 5] =
    [(Calls::Unsigned, true), (Calls::Signed, true), (Calls::Signed, false), (Calls::Bare, true), (Calls::Bare, false)];

/// The plans: `all`, or those of them that take no longer than a test may.
pub fn plans(all: bool) -> Vec<Plan> {
    let mut plans = Vec::new();
    for (calls, has_token) in KINDS {
        for told in [ONE].into_iter().chain(TWO).chain(THREE) {
            for (answered, polls, crashes) in choices() {
                plans.push(Plan { calls, has_token, answered, told, polls, crashes, workers: 0 });
            }
        }
    }
    for (calls, has_token) in KINDS {
        for told in [NONE, ONE] {
            plans.push(Plan { calls, has_token, answered: true, told, polls: false, crashes: false, workers: 2 });
        }
    }
    plans.retain(|plan| all || plan.is_short());
    plans
}

fn choices() -> impl Iterator<Item = (bool, bool, bool)> {
    (0..8).map(|choice| (choice & 1 == 0, choice & 2 != 0, choice & 4 != 0))
}

impl Plan {
    /// Each callback, a poll, a crash and a worker multiply the orders: of the largest plans, a test takes those that tell the most.
    fn is_short(&self) -> bool {
        let is_simple = self.has_token && self.calls != Calls::Bare && self.answered;
        let tells_most =
            self.calls == Calls::Signed && self.told.iter().enumerate().all(|(place, told)| !self.told[..place].contains(told));
        match self.told.len() {
            0 => true,
            1 | 2 => self.workers == 0 || (is_simple && tells_most),
            _ => is_simple && (!self.polls || tells_most),
        }
    }
}
