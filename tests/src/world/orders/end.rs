//! What must be true at the end of each order, and what follows: a look after each callback that asks for one, the next poll, the notice.

use super::super::process::Brought;
use super::case::{Case, SUBMIT, State};

/// A process that polls asks as soon as a poll is due; the least time between two is 1 s.
const SOON_MS: u64 = 2_000;
/// When every claim is over.
const LATER_MS: u64 = 900_000;

impl Case {
    /// Everything has happened.
    pub(super) fn end(&mut self) {
        self.judge.holds(self.submits <= 1, "paid once", || "the submit was sent twice".to_owned());
        let Some(record) = self.record() else { return };
        let orphans = self.orphans();
        let is_told = self.receipts.iter().any(Option::is_some);
        if self.is_signed() {
            let ends = self.told_ends();
            let follows = ends.is_empty() || record.phase().is_terminal();
            self.judge.holds(follows, "taken", || format!("callbacks told {ends:?}, and the task is {}", record.phase().as_str()));
            let other = ends.iter().find(|end| **end != record.phase());
            let is_noted = other.is_none() || record.conflict().is_some();
            self.judge.holds(is_noted, "conflict", || format!("the task is {}, and nobody notes {other:?}", record.phase().as_str()));
        }
        let knows = record.task_id().is_some();
        let is_found = !self.plan.has_token || !is_told || knows;
        self.judge.holds(is_found, "found", || format!("callbacks named the task, and it is {}", record.phase().as_str()));
        let submitted = self.actors[SUBMIT].state == State::Ended && self.plan.answered;
        self.judge.holds(!submitted || knows, "kept", || format!("the submit was answered, and the task is {}", record.phase().as_str()));
        self.look_after(is_told && knows && orphans.is_empty());
        self.notice();
    }

    /// What callbacks ask for is done, and then what is due. `is_told`: somebody was told of the task what it is by then.
    fn look_after(&mut self, is_told: bool) {
        self.now += SOON_MS;
        for receipt in self.receipts.clone().into_iter().flatten().filter(|receipt| receipt.follow_up) {
            let Some(intent) = receipt.intent_id else { continue };
            let before = self.asks;
            let call = self.clients[1].follow_up(intent.as_str().into(), self.now).map(|reply| Brought::Reply(Box::new(reply)));
            let end = self.run(call);
            self.judge.holds(end.is_ok(), "one look", || format!("a look after a callback fails: {end:?}"));
            let asks = self.asks - before;
            self.judge.holds(asks <= 1, "one look", || format!("{asks} status calls follow from one callback"));
        }
        let intent = self.intent.clone();
        let call = self.clients[1].check(intent.as_str().into(), false, self.now).map(|reply| Brought::Reply(Box::new(reply)));
        let end = self.run(call);
        self.story.push(format!("then: {end:?}"));
        let Some(record) = self.record() else { return };
        let is_over = record.phase().is_terminal() || !self.has_ended;
        self.judge
            .holds(is_over || !is_told, "heard of", || format!("callbacks told of the task's end, and it is {}", record.phase().as_str()));
    }

    /// The notice of an end is handed out until it is acknowledged.
    fn notice(&mut self) {
        let Some(record) = self.record() else { return };
        let has_ended = record.phase().is_terminal();
        let before = self.handed_out();
        let intent = self.intent.clone();
        let is_open = has_ended && !self.dealt.contains(&intent);
        self.judge.holds(before == is_open, "handed out", || format!("it is {}, its notice: {before}", record.phase().as_str()));
        if self.plan.workers > 0 && is_open {
            let is_told = self.tells();
            self.judge.holds(is_told, "handed out", || "a worker that looks later does not tell the end".to_owned());
        }
        for first in [true, false] {
            let call = self.clients[0].acknowledge(&intent, self.now).map(Brought::Flag);
            let news = self.run(call).ok();
            let is_right = matches!(news, Some(Brought::Flag(is_news)) if is_news == (first && is_open));
            self.judge.holds(is_right, "handed out", || format!("acknowledged for the first time ({first}): {news:?}"));
            let after = self.handed_out();
            self.judge.holds(!after, "handed out", || "an acknowledged notice is handed out again".to_owned());
        }
    }

    /// Whether a worker of the other process tells the end when it looks once more.
    fn tells(&mut self) -> bool {
        self.now += LATER_MS;
        let call = self.clients[1].work(true, self.now).map(Brought::Work);
        matches!(self.run(call), Ok(Brought::Work(work)) if work.settled.iter().any(|notice| notice.record.intent_id() == self.intent))
    }

    fn handed_out(&mut self) -> bool {
        let call = self.clients[1].notices(None, self.now).map(Brought::Notices);
        matches!(self.run(call), Ok(Brought::Notices(notices)) if notices.iter().any(|notice| notice.record.intent_id() == self.intent))
    }
}
