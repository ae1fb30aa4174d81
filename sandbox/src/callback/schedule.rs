//! What is posted when: deliveries, their attempts, and when the next one is due. Knows neither tasks nor the network.

use super::Rules;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many deliveries are remembered.
const MOST: usize = 100_000;

/// One callback and its attempts. Without its URL and its body, so that it can be logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Its number, counted from 1. Copies of one callback are deliveries of their own.
    pub number: u64,
    /// The task.
    pub task_id: String,
    /// What it says, in gentask's words: `pending processing success failed cancelled`.
    pub says: &'static str,
    /// How it is.
    pub state: DeliveryState,
    /// When the next attempt is due, in simulated Unix milliseconds. `None`: there is one on its way, or none is due.
    pub due: Option<u64>,
    /// The attempts that have an outcome, in their order.
    pub attempts: Vec<Attempt>,
}

/// One attempt to deliver a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// When it was posted, in simulated Unix milliseconds.
    pub at: u64,
    /// The status that was answered. `None`: no answer came in time.
    pub status: Option<u16>,
}

/// How a delivery is. In JSON `"acknowledged"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// An attempt is due at some time, or after the provider's restart.
    Waiting,
    /// An attempt is on its way.
    Posting,
    /// It was answered as the provider wants it.
    Acknowledged,
    /// It was not, in any attempt.
    Abandoned,
}

/// A delivery to be.
pub(crate) struct Planned {
    pub(crate) task_id: String,
    pub(crate) says: &'static str,
    /// `None`: after the restart.
    pub(crate) at: Option<u64>,
    pub(crate) content: Content,
}

/// What a delivery carries, until it is over.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) url: String,
    pub(crate) body: Vec<u8>,
    /// The id that the signature covers, the same in every attempt.
    pub(crate) message: String,
    /// The task id that the signature covers.
    pub(crate) signed_task: String,
    /// The task's own secret.
    pub(crate) secret: Option<String>,
    pub(crate) wrong_key: bool,
    pub(crate) before_answer: bool,
}

/// A delivery whose attempt begins.
pub(crate) struct Taken {
    pub(crate) number: u64,
    pub(crate) attempt: u32,
    pub(crate) task_id: String,
    pub(crate) content: Content,
}

/// All deliveries of a provider.
#[derive(Default)]
pub(crate) struct Schedule {
    records: BTreeMap<u64, Delivery>,
    /// Of those that are not over.
    contents: BTreeMap<u64, Content>,
    /// Those whose attempt is on its way, and since when.
    posting: BTreeMap<u64, u64>,
    due: BTreeSet<(u64, u64)>,
    /// The number of the last one.
    last: u64,
    acknowledged: u64,
}

impl Schedule {
    /// A schedule whose numbers go on from an earlier one's, so that no late outcome of that one is taken for one of this.
    pub(crate) fn after(earlier: &Self) -> Self {
        Self { last: earlier.last, acknowledged: earlier.acknowledged, ..Self::default() }
    }

    /// Adds a delivery; its number.
    pub(crate) fn add(&mut self, planned: Planned) -> u64 {
        self.last += 1;
        let Planned { task_id, says, at, content } = planned;
        let delivery = Delivery { number: self.last, task_id, says, state: DeliveryState::Waiting, due: at, attempts: Vec::new() };
        self.due.extend(at.map(|at| (at, self.last)));
        self.records.insert(self.last, delivery);
        self.contents.insert(self.last, content);
        if self.records.len() > MOST {
            let first = self.records.keys().find(|number| !self.contents.contains_key(number)).copied();
            first.map(|first| self.records.remove(&first));
        }
        self.last
    }

    /// The deliveries whose attempt is due by now, by the time since which it is; they are on their way then.
    pub(crate) fn take_due(&mut self, now: u64) -> Vec<Taken> {
        let mut taken = Vec::new();
        while let Some((_, number)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.pop_first();
            let (Some(record), Some(content)) = (self.records.get_mut(&number), self.contents.get(&number)) else { continue };
            record.state = DeliveryState::Posting;
            record.due = None;
            self.posting.insert(number, now);
            taken.push(Taken { number, attempt: record.next_attempt(), task_id: record.task_id.clone(), content: content.clone() });
        }
        taken
    }

    /// Books the outcome of an attempt; when the next one is due, if there is one. An attempt that is not on its way has no outcome.
    pub(crate) fn settle(&mut self, rules: &Rules, number: u64, attempt: u32, status: Option<u16>, now: u64) -> Option<u64> {
        let record = self.records.get_mut(&number).filter(|record| record.next_attempt() == attempt)?;
        let at = self.posting.remove(&number)?;
        record.attempts.push(Attempt { at, status });
        let acknowledged = status.is_some_and(|status| rules.acknowledges(status));
        self.acknowledged += u64::from(acknowledged);
        let pause = rules.retries_ms.get(record.attempts.len() - 1).filter(|_| !acknowledged);
        record.due = pause.map(|pause| now.saturating_add(*pause));
        match record.due {
            Some(due) => {
                record.state = DeliveryState::Waiting;
                self.due.insert((due, number));
            }
            None => {
                record.state = if acknowledged { DeliveryState::Acknowledged } else { DeliveryState::Abandoned };
                self.contents.remove(&number);
            }
        }
        record.due
    }

    /// The provider restarts: what was on its way is due again with the same number, and what waited for this is due.
    pub(crate) fn restart(&mut self, now: u64) {
        let numbers: Vec<u64> = self.contents.keys().copied().collect();
        for number in numbers {
            let Some(record) = self.records.get_mut(&number).filter(|record| record.due.is_none()) else { continue };
            if let Some(at) = self.posting.remove(&number) {
                record.attempts.push(Attempt { at, status: None });
            }
            record.state = DeliveryState::Waiting;
            record.due = Some(now);
            self.due.insert((now, number));
        }
    }

    /// Forgets what would have been said of a running task for the first time after its end.
    pub(crate) fn drop_after(&mut self, task_id: &str, end: u64) {
        let late = |record: &&Delivery| {
            record.task_id == task_id
                && record.says == "processing"
                && record.attempts.is_empty()
                && record.due.is_some_and(|due| due > end)
        };
        let numbers = self.contents.keys().filter_map(|number| self.records.get(number)).filter(late);
        let numbers: Vec<(u64, u64)> = numbers.filter_map(|record| Some((record.due?, record.number))).collect();
        for (due, number) in numbers {
            self.due.remove(&(due, number));
            self.records.remove(&number);
            self.contents.remove(&number);
        }
    }

    /// The number of the last delivery; 0 before the first.
    pub(crate) const fn last(&self) -> u64 {
        self.last
    }

    /// How many deliveries were acknowledged.
    pub(crate) const fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// When the next attempt is due.
    pub(crate) fn next(&self) -> Option<u64> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Whether a submit's answer is held back until an attempt has its outcome.
    pub(crate) fn holds_answer(&self, task_id: &str) -> bool {
        let mut open = self.contents.iter().filter(|(_, content)| content.before_answer).filter_map(|(number, _)| self.records.get(number));
        open.any(|record| record.task_id == task_id && record.attempts.is_empty())
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Delivery> {
        self.records.values()
    }
}

impl Delivery {
    fn next_attempt(&self) -> u32 {
        u32::try_from(self.attempts.len()).unwrap_or(u32::MAX).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::CallbackOptions;
    use serde_json::json;

    fn rules(exact: bool) -> Rules {
        Rules::new(&json!({"callback": {"ack": 200}}), &CallbackOptions { exact: Some(exact), ..CallbackOptions::default() })
    }

    fn planned(at: Option<u64>) -> Planned {
        let content = Content {
            url: "http://127.0.0.1:9/".to_owned(),
            body: Vec::new(),
            message: "m".to_owned(),
            signed_task: "t".to_owned(),
            secret: None,
            wrong_key: false,
            before_answer: false,
        };
        Planned { task_id: "t".to_owned(), says: "success", at, content }
    }

    /// What is taken at this time, as number and attempt.
    fn taken(schedule: &mut Schedule, now: u64) -> Vec<(u64, u32)> {
        schedule.take_due(now).into_iter().map(|taken| (taken.number, taken.attempt)).collect()
    }

    #[test]
    fn an_unanswered_callback_is_tried_three_times_more_and_then_given_up() {
        let (rules, mut schedule) = (rules(true), Schedule::default());
        schedule.add(planned(Some(1_000)));
        assert!(taken(&mut schedule, 999).is_empty());
        let mut now = 1_000;
        for (attempt, status, pause) in [(1, None, 30_000), (2, Some(500), 120_000), (3, Some(204), 600_000)] {
            assert_eq!(taken(&mut schedule, now), [(1, attempt)]);
            assert!(taken(&mut schedule, now + 900_000).is_empty(), "on its way");
            assert_eq!(schedule.settle(&rules, 1, attempt, status, now + 7), Some(now + 7 + pause));
            assert!(taken(&mut schedule, now + 6 + pause).is_empty());
            now += 7 + pause;
            assert_eq!(schedule.next(), Some(now));
        }
        assert_eq!(taken(&mut schedule, now), [(1, 4)]);
        assert_eq!(schedule.settle(&rules, 1, 4, Some(201), now), None);
        let record = schedule.records().next().unwrap();
        assert_eq!((record.state, record.due, record.attempts.len()), (DeliveryState::Abandoned, None, 4));
        assert_eq!(record.attempts[1], Attempt { at: 31_007, status: Some(500) });
        assert!(taken(&mut schedule, u64::MAX).is_empty() && schedule.next().is_none());
    }

    #[test]
    fn only_the_status_that_the_contract_names_acknowledges_where_that_is_the_rule() {
        for (exact, status, state) in [
            (true, 200, DeliveryState::Acknowledged),
            (true, 202, DeliveryState::Waiting),
            (false, 202, DeliveryState::Acknowledged),
            (false, 302, DeliveryState::Waiting),
        ] {
            let mut schedule = Schedule::default();
            schedule.add(planned(Some(0)));
            taken(&mut schedule, 0);
            schedule.settle(&rules(exact), 1, 1, Some(status), 0);
            assert_eq!(schedule.records().next().unwrap().state, state, "{exact} {status}");
        }
    }

    #[test]
    fn an_outcome_of_another_attempt_is_none() {
        let (rules, mut schedule) = (rules(false), Schedule::default());
        schedule.add(planned(Some(0)));
        assert_eq!(schedule.settle(&rules, 1, 1, Some(200), 0), None);
        taken(&mut schedule, 0);
        schedule.settle(&rules, 1, 2, Some(200), 0);
        schedule.settle(&rules, 2, 1, Some(200), 0);
        assert_eq!(schedule.records().next().unwrap().state, DeliveryState::Posting);
        let mut later = Schedule::after(&schedule);
        assert_eq!(later.add(planned(Some(0))), 2);
    }

    #[test]
    fn a_restart_loses_what_is_on_its_way_and_sends_it_again() {
        let (rules, mut schedule) = (rules(false), Schedule::default());
        for at in [Some(0), None, Some(50)] {
            schedule.add(planned(at));
        }
        assert_eq!(taken(&mut schedule, 10), [(1, 1)]);
        schedule.restart(20);
        assert_eq!(schedule.settle(&rules, 1, 1, Some(200), 21), None, "nobody is there to hear it");
        assert_eq!(taken(&mut schedule, 20), [(1, 2), (2, 1)]);
        assert_eq!(taken(&mut schedule, 50), [(3, 1)]);
    }
}
