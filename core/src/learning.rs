//! What is learned from tasks that ended: how long those of each model take, and from that when to ask for the next one.
//!
//! Everything is in whole numbers, so that the same tasks give the same polls everywhere. A store keeps what a client has learned as a short text,
//! which every process with that store adds to. It holds durations and the models' names, and nothing else.

mod durations;
mod plan;
mod stored;
mod under_way;

use durations::Durations;
pub use durations::Seen;
use plan::Plan;
use under_way::UnderWay;
pub use under_way::Which;

use crate::backoff::PollSchedule;
use crate::by_name::ByName;
use crate::io::UnixMillis;
use crate::json::Members;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// The longest duration that is told from longer ones, in milliseconds: about 70 minutes.
const LONGEST_MS: u64 = 128 << 15;
/// The least time between two planned polls of one task where the contract names none, in milliseconds.
const LEAST_GAP_MS: u64 = 1_000;
/// A plan is made anew after this many more tasks: their part in the window is a tenth.
const REPLANNED_AFTER: u64 = 5;
/// What was learned goes to the store at most this often, in milliseconds.
const STORED_EVERY_MS: u64 = 5_000;
/// The most tasks whose durations wait for the store; what is older has been planned with and is not stored.
const MOST_UNSTORED: usize = 200;

/// What is learned of one account at one base is kept apart from all else: a sandbox's tasks say nothing of a real provider's.
pub(crate) fn scope(base: &str, account: &str) -> String {
    // A base holds no line break.
    [base, "\n", account].concat()
}

/// What a client has learned, for each base, account and model.
#[derive(Clone, Debug, Default)]
pub struct Learning {
    /// By base and account: a line each.
    scopes: ByName<Scope>,
}

#[derive(Clone, Debug, Default)]
struct Scope {
    models: ByName<Model>,
    /// When it was stored last.
    stored_at: UnixMillis,
}

#[derive(Clone, Debug, Default)]
struct Model {
    durations: Durations,
    under_way: UnderWay,
    /// Not in the store yet, with the schedule that they were seen by.
    unstored: Vec<(Seen, PollSchedule)>,
    forecast: Option<Arc<Forecast>>,
    /// How many tasks had been seen when it was made.
    made_at: u64,
}

/// What is expected of a task that is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    durations: Durations,
    /// Made when the first poll asks for it, for the schedule that it names: whoever polls by figures of their own needs none.
    plan: OnceLock<Option<Plan>>,
}

/// When a task is likely to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Half of its kind have ended by then.
    pub at: UnixMillis,
    /// Nine of ten have.
    pub by: UnixMillis,
}

impl Forecast {
    /// How long after `elapsed_ms` since acceptance the next poll is due, in milliseconds; `None` where the contract's schedule does as well.
    pub fn next_poll(&self, elapsed_ms: u64, seed: u64, schedule: &PollSchedule) -> Option<u64> {
        let plan = self.plan.get_or_init(|| Plan::of(&self.durations, schedule));
        plan.as_ref().map(|plan| plan.next(elapsed_ms, seed, schedule))
    }

    /// When a task that was accepted then, and runs now, is likely to end; `None` where it runs longer than any.
    pub fn expected(&self, accepted: UnixMillis, now: UnixMillis) -> Option<Expected> {
        let elapsed = now.saturating_sub(accepted);
        let [at, by] = [500, 900].map(|permille| self.durations.quantile_beyond(elapsed, permille));
        Some(Expected { at: accepted.saturating_add(at?), by: accepted.saturating_add(by?) })
    }
}

impl Learning {
    /// A task was accepted.
    pub fn begin(&mut self, scope: &str, model: &str, which: Which) {
        self.scopes.change(scope, |scope| scope.models.change(model, |model| model.under_way.begin(which)));
    }

    /// A task has ended, and took so long where it ended well. It is taken in once those have ended that were accepted before it: of tasks that were
    /// submitted together the short ones end first, and would be taken for all there are.
    pub fn end(&mut self, scope: &str, model: &str, which: Which, took: Option<Seen>, schedule: &PollSchedule, now: UnixMillis) {
        let took = took.filter(|seen| !says_too_little(*seen, schedule));
        let ended = self.scopes.change(scope, |scope| scope.models.change(model, |model| model.under_way.end(which, took, now)));
        for seen in ended {
            self.add(scope, model, seen, schedule);
        }
    }

    /// Takes in how long a task took. A time that says too little is left out.
    pub fn add(&mut self, scope: &str, model: &str, seen: Seen, schedule: &PollSchedule) {
        if says_too_little(seen, schedule) {
            return;
        }
        self.scopes.change(scope, |scope| {
            scope.models.change(model, |model| {
                model.durations.add(seen, schedule);
                if model.unstored.len() < MOST_UNSTORED {
                    model.unstored.push((seen, *schedule));
                }
            });
        });
    }

    /// What is expected of a model's tasks; `None` where too few have ended of late.
    pub fn forecast(&mut self, scope: &str, model: &str) -> Option<Arc<Forecast>> {
        let known = self.scopes.get(scope)?.models.get(model)?;
        if !known.durations.suffice() {
            return None;
        }
        if let Some(forecast) = known.forecast.as_ref().filter(|_| known.durations.seen() < known.made_at + REPLANNED_AFTER) {
            return Some(Arc::clone(forecast));
        }
        let forecast = Arc::new(Forecast { durations: known.durations.clone(), plan: OnceLock::new() });
        self.scopes.change(scope, |scope| {
            scope.models.change(model, |model| {
                model.made_at = model.durations.seen();
                model.forecast = Some(Arc::clone(&forecast));
            });
        });
        Some(forecast)
    }

    /// Whether there is something for the store, and it is time for it.
    pub fn is_news(&self, scope: &str, now: UnixMillis) -> bool {
        let is_due = |scope: &Scope| now >= scope.stored_at.saturating_add(STORED_EVERY_MS) || now < scope.stored_at;
        self.scopes.get(scope).is_some_and(|scope| is_due(scope) && scope.models.iter().any(|(_, model)| !model.unstored.is_empty()))
    }

    /// Takes over what the store has, with what it has not yet on top. A text that cannot be read counts as none.
    pub fn recall(&mut self, scope: &str, text: &str) {
        let stored = stored::read(text);
        self.scopes.change(scope, |scope| {
            for (name, durations) in stored {
                scope.models.change(&name, |model| {
                    if durations.seen() <= model.durations.seen() && model.unstored.is_empty() {
                        return;
                    }
                    model.durations = durations;
                    for (seen, schedule) in &model.unstored {
                        model.durations.add(*seen, schedule);
                    }
                    model.forecast = None;
                });
            }
        });
    }

    /// What is to be stored in place of what the store has.
    pub fn to_store(&mut self, scope: &str, stored: &str, now: UnixMillis) -> String {
        self.recall(scope, stored);
        self.scopes.change(scope, |scope| {
            scope.stored_at = now;
            let names: Vec<String> = scope.models.iter().map(|(name, _)| name.to_owned()).collect();
            for name in names {
                scope.models.change(&name, |model| model.unstored.clear());
            }
            stored::write(scope.models.iter().map(|(name, model)| (name, &model.durations)))
        })
    }
}

/// Whether nobody looked for so long that it says little how long a task took.
fn says_too_little(seen: Seen, schedule: &PollSchedule) -> bool {
    seen.by_ms.saturating_sub(seen.after_ms) > schedule.first_ms.max(schedule.cap_ms).saturating_mul(2)
}

/// What was learned of one model's tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnedModel {
    /// The model's id.
    pub model: String,
    /// How many of its tasks were seen to succeed, ever.
    pub seen: u64,
    /// How long they took of late, in milliseconds: a tenth of them less than the first, then half, nine of ten, and 99 of 100.
    pub quantiles_ms: [u64; 4],
    /// When the next task will be polled, in milliseconds after its acceptance; empty where the contract's schedule is kept to.
    pub polls_ms: Vec<u64>,
}

impl LearnedModel {
    /// `{"model", "seen", "quantilesMs", "pollsMs"}`.
    pub fn to_value(&self) -> Value {
        let numbers = |numbers: &[u64]| Value::from(numbers.to_vec());
        Members::default()
            .text("model", &self.model)
            .int("seen", self.seen)
            .value("quantilesMs", numbers(&self.quantiles_ms))
            .value("pollsMs", numbers(&self.polls_ms))
            .done()
    }
}

/// Reads what a store keeps of what was learned. `schedule`: the contract's, for each model.
pub(crate) fn learned_models(text: &str, schedule: impl Fn(&str) -> PollSchedule) -> Vec<LearnedModel> {
    let models = stored::read(text).into_iter().map(|(model, durations)| {
        let plan = durations.suffice().then(|| Plan::of(&durations, &schedule(&model))).flatten();
        LearnedModel {
            seen: durations.seen(),
            quantiles_ms: [100, 500, 900, 990].map(|permille| durations.quantile(permille)),
            polls_ms: plan.map_or_else(Vec::new, |plan| plan.offsets().to_vec()),
            model,
        }
    });
    models.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPE: &str = "https://a.example\ndefault";

    fn seen(by_ms: u64) -> Seen {
        Seen { after_ms: by_ms - 2_000, by_ms }
    }

    #[test]
    fn two_processes_of_one_store_learn_together() {
        let schedule = PollSchedule::DEFAULT;
        let (mut first, mut second) = (Learning::default(), Learning::default());
        for task in 0..10 {
            first.add(SCOPE, "m", seen(20_000 + task * 100), &schedule);
            second.add(SCOPE, "m", seen(20_050 + task * 100), &schedule);
        }
        assert!(first.forecast(SCOPE, "m").is_none());
        assert!(first.is_news(SCOPE, 5_000) && !first.is_news("other", 5_000));
        let text = first.to_store(SCOPE, "", 5_000);
        assert!(!first.is_news(SCOPE, 50_000));
        let text = second.to_store(SCOPE, &text, 6_000);
        let mut third = Learning::default();
        third.recall(SCOPE, &text);
        first.recall(SCOPE, &text);
        for learning in [&mut first, &mut second, &mut third] {
            let forecast = learning.forecast(SCOPE, "m").unwrap();
            assert_eq!(forecast.durations.seen(), 20);
            assert!((15_000..21_000).contains(&forecast.next_poll(0, 1, &schedule).unwrap()));
        }
        assert_eq!(
            first.scopes.get(SCOPE).unwrap().models.get("m").unwrap().durations,
            third.scopes.get(SCOPE).unwrap().models.get("m").unwrap().durations
        );
    }

    #[test]
    fn what_says_too_little_is_left_out() {
        let mut learning = Learning::default();
        learning.add(SCOPE, "m", Seen { after_ms: 3_000, by_ms: 90_000 }, &PollSchedule::DEFAULT);
        assert!(!learning.is_news(SCOPE, 50_000));
    }

    #[test]
    fn durations_that_change_are_followed_by_the_contracts_schedule_until_they_are_known() {
        let schedule = PollSchedule::DEFAULT;
        let mut learning = Learning::default();
        for _ in 0..60 {
            learning.add(SCOPE, "m", seen(40_000), &schedule);
        }
        assert!(learning.forecast(SCOPE, "m").is_some());
        for _ in 0..3 {
            learning.add(SCOPE, "m", seen(8_000), &schedule);
        }
        assert!(learning.forecast(SCOPE, "m").is_none());
        for _ in 0..20 {
            learning.add(SCOPE, "m", seen(8_000), &schedule);
        }
        let forecast = learning.forecast(SCOPE, "m").unwrap();
        assert!(forecast.next_poll(0, 1, &schedule).unwrap() <= 8_000);
    }

    #[test]
    fn an_end_is_expected_later_the_longer_a_task_runs() {
        let mut learning = Learning::default();
        for task in 0..60 {
            learning.add(SCOPE, "m", seen(10_000 + task * 37 % 60 * 500), &PollSchedule::DEFAULT);
        }
        let forecast = learning.forecast(SCOPE, "m").unwrap();
        let (at_first, later) = (forecast.expected(1_000, 1_000).unwrap(), forecast.expected(1_000, 31_000).unwrap());
        assert!(at_first.at < at_first.by && at_first.at < later.at && later.at > 31_000);
        assert_eq!(forecast.expected(1_000, 10_000_000), None);
    }
}
