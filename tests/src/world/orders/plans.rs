//! What happens to the one task: all plans that are tried.

use super::super::arrivals::Calls;

/// What happens, in any order.
#[derive(Clone, Debug)]
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
}

const WORDS: [&[(u64, &str)]; 5] = [
    &[(1, "working"), (2, "done")],
    &[(1, "done"), (1, "done")],
    &[(1, "done"), (2, "failed")],
    &[(1, "working"), (2, "done"), (2, "done")],
    &[(1, "working"), (2, "done"), (3, "failed")],
];

/// All plans.
pub fn plans() -> Vec<Plan> {
    let kinds = [(Calls::Unsigned, true), (Calls::Signed, true), (Calls::Signed, false), (Calls::Bare, true), (Calls::Bare, false)];
    let mut plans = Vec::new();
    for (calls, has_token) in kinds {
        for told in WORDS {
            for more in 0..8 {
                let (answered, polls, crashes) = (more & 1 == 0, more & 2 != 0, more & 4 != 0);
                plans.push(Plan { calls, has_token, answered, told, polls, crashes });
            }
        }
    }
    // Three callbacks, a poll and a crash at once are many orders, and of what a signature covers they show nothing that fewer do not.
    plans.retain(|plan| plan.told.len() < 3 || !(plan.polls && plan.crashes) || (plan.calls == Calls::Signed && plan.answered));
    plans
}
