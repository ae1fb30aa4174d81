//! The judge on callbacks: what they change, what is answered to them, and what is told of tasks that have ended.

use super::arrivals::Calls;
use super::deeds::Deed;
use super::host::World;
use super::process::{Brought, Running};
use gentask_core::client::{Effect, Receipt, Received, Step};
use gentask_core::store::{DeliveryFilter, DeliveryOutcome, StoredDelivery};
use gentask_core::{Failure, HttpRequest, Operation, Phase, TaskRecord};
use serde_json::Value;

impl World {
    /// A callback that proves nothing changes nothing.
    pub(super) fn watch_forged(&mut self, index: usize, effect: &Effect) {
        let running = &self.calls[index];
        let Deed::Receive { sent } = &running.deed else { return };
        let changes = matches!(effect, Effect::Save(_) | Effect::Remember(_) | Effect::SetMeta { .. } | Effect::Send { .. });
        let is_harmless = sent.forged.is_none() || !changes;
        self.judge
            .holds(is_harmless, "proven", || format!("call {} takes callback {}, which is forged: {effect:?}", running.id, sent.number));
    }

    /// What follows from a callback is a status call or a few, and none where somebody in the same client asks already.
    pub(super) fn watch_look(&mut self, index: usize, request: &HttpRequest) {
        if request.operation != Operation::Status {
            return;
        }
        let now = self.now;
        let running = &mut self.calls[index];
        running.seen.asks += 1;
        running.seen.asked.get_or_insert(now);
        let Deed::FollowUp { intent } = &running.deed else { return };
        let (intent, id, asks, process, began) = (intent.clone(), running.id, running.seen.asks, running.process, running.began);
        if self.store.load(&intent).is_none_or(|record| record.phase().is_terminal()) {
            return;
        }
        let asks_already = |other: &&Running| {
            let is_same = matches!(&other.deed, Deed::Wait { intent: of, .. } if *of == intent);
            is_same && other.process == process && other.seen.asked.is_some_and(|asked| asked < began)
        };
        let driver = self.calls.iter().find(asks_already).map(|other| other.id);
        // More than one, and few, only where others came meanwhile or it is due again at once.
        self.judge.holds(asks <= 4 && driver.is_none(), "one look", || {
            format!("call {id} asks how {intent} is for the time {asks} after a callback; call {driver:?} drives it")
        });
    }

    /// A callback was stored by itself.
    pub(super) fn watch_remembered(&mut self, delivery: &StoredDelivery) {
        self.judge.stored.extend(number_of(delivery));
    }

    /// A record was stored: what callbacks have to do with it.
    pub(super) fn watch_taken(&mut self, who: &str, call: Option<u32>, before: Option<&TaskRecord>, step: &Step) {
        let (intent, phase) = (step.record.intent_id(), step.record.phase());
        let is_noticed = self.store.inbox.noticed(intent).is_some() == phase.is_terminal();
        self.judge.holds(is_noticed, "noticed", || format!("{who} makes {intent} {}, and its notice is another", phase.as_str()));
        let stored = step.delivery.as_deref().and_then(number_of);
        self.judge.stored.extend(stored);
        let received = self.calls.iter().find(|running| Some(running.id) == call).and_then(|running| match &running.deed {
            Deed::Receive { sent } => Some((sent.number, sent.is_signed)),
            _ => None,
        });
        if let Some(number) = stored.or(received.map(|(number, _)| number)) {
            let is_first = self.judge.taken.insert(number);
            self.judge
                .holds(is_first || asks_for_a_look(step), "once", || format!("{who} changes {intent} by callback {number} once more"));
        }
        let ends = phase.is_terminal() && before.is_none_or(|before| !before.phase().is_terminal());
        let is_believed = ends && received.is_some_and(|(_, is_signed)| !is_signed);
        self.judge.holds(!is_believed, "proven", || format!("{who} ends {intent} by a callback whose body is not signed"));
    }

    /// A callback, what follows from it, or a look at notices has ended.
    pub(super) fn called(&mut self, running: &Running, end: &Result<Brought, Failure>) {
        match (&running.deed, end) {
            (Deed::Receive { .. }, Ok(Brought::Receipt(receipt))) => self.received(running, receipt),
            (Deed::Receive { .. }, _) => self.judge.fault("taken", format!("call {} brings no answer to a callback", running.id)),
            (Deed::Notices, Ok(Brought::Notices(notices))) => {
                let told: Vec<String> = notices.iter().map(|notice| notice.record.intent_id().to_owned()).collect();
                let open = &running.seen.open;
                self.judge.holds(told == *open, "handed out", || format!("call {} hands out {told:?}, open are {open:?}", running.id));
                for intent in told {
                    if self.chance.happens(60) {
                        self.begin(running.process, Deed::Acknowledge { intent }, false);
                    }
                }
            }
            (Deed::Acknowledge { intent }, Ok(_)) => {
                self.processes[running.process].dealt.insert(intent.clone());
                let is_open = self.store.inbox.noticed(intent) == Some(true);
                self.judge.holds(!is_open, "handed out", || format!("call {} acknowledges {intent}, whose notice is open", running.id));
            }
            (Deed::Handled { intent, done }, end) => {
                let worker = &mut self.processes[running.process];
                worker.telling.remove(intent);
                if *done && end.is_ok() {
                    worker.dealt.insert(intent.clone());
                }
            }
            _ => {}
        }
    }

    fn received(&mut self, running: &Running, receipt: &Receipt) {
        let Deed::Receive { sent } = &running.deed else { return };
        let word = receipt.outcome.as_str();
        *self.counts.callbacks.entry(word).or_default() += 1;
        self.story.note(self.now, || format!("callback {} is answered with {}: {word}", sent.number, receipt.http_status));
        let (id, number) = (running.id, sent.number);
        if sent.forged.is_some() {
            let is_refused = matches!(receipt.http_status, 401 | 503);
            return self.judge.holds(is_refused, "proven", || format!("call {id} answers callback {number}, which is forged, with {word}"));
        }
        let may_refuse = !self.trouble.honest || receipt.outcome != Received::Refused;
        self.judge.holds(may_refuse, "taken", || format!("call {id} refuses callback {number}, which is proven"));
        let is_acknowledged = receipt.http_status == 200;
        if is_acknowledged {
            self.acknowledged(running, receipt);
        }
        let is_lost = running.is_left || self.now < self.trouble.until && self.chance.happens(10);
        if is_lost || !is_acknowledged {
            self.again(sent);
        }
        if let Some(intent) = receipt.intent_id.clone().filter(|_| receipt.follow_up && self.chance.happens(80)) {
            self.begin(running.process, Deed::FollowUp { intent }, false);
        }
    }

    fn acknowledged(&mut self, running: &Running, receipt: &Receipt) {
        let Deed::Receive { sent } = &running.deed else { return };
        let (id, number, intent) = (running.id, sent.number, &sent.intent);
        let record = self.store.load(intent);
        if receipt.outcome == Received::Unknown {
            let is_unknown = record.is_none();
            return self.judge.holds(is_unknown, "taken", || format!("call {id} does not know {intent}, and takes callback {number}"));
        }
        let is_stored = self.judge.stored.contains(&number);
        self.judge.holds(is_stored, "taken", || format!("call {id} acknowledges callback {number}, and it was not stored"));
        self.judge.acknowledged.insert(number, intent.clone());
        let in_doubt = |record: &TaskRecord| matches!(record.phase(), Phase::Prepared | Phase::Submitting | Phase::Unresolved);
        // A person may have taken the task for another intent's: then that one has its id, whoever says so.
        let is_taken = self.store.records().any(|other| other.task_id() == Some(sent.task_id.as_str()) && other.intent_id() != intent);
        let is_lost = sent.has_token && sent.names && !is_taken && record.as_deref().is_some_and(in_doubt);
        self.judge
            .holds(!is_lost, "found", || format!("call {id} takes callback {number}, and {intent} does not know its task: {record:?}"));
    }

    /// A submit has ended: what came for its task before that was taken.
    pub(super) fn matched(&mut self, running: &Running, record: &TaskRecord) {
        let intent = record.intent_id();
        let Some(stored) = self.store.load(intent).filter(|stored| !stored.phase().is_terminal()) else { return };
        let orphans = DeliveryFilter {
            task_id: stored.task_id().map(str::to_owned),
            outcome: Some(DeliveryOutcome::Orphan),
            ..DeliveryFilter::default()
        };
        let left =
            self.store.inbox.deliveries(&orphans).iter().filter_map(number_of).find(|number| self.judge.acknowledged.contains_key(number));
        let is_excused = running.seen.refused || stored.task_id().is_none() || !self.trouble.honest;
        self.judge.holds(is_excused || left.is_none(), "matched", || {
            format!("call {} has the task of {intent}, and callback {left:?} waits for that", running.id)
        });
    }

    /// Which notices were open when a call looked.
    pub(super) fn watch_notices(&mut self, call: Option<u32>, open: &[TaskRecord]) {
        if let Some(running) = self.calls.iter_mut().find(|running| Some(running.id) == call) {
            running.seen.open = open.iter().map(|record| record.intent_id().to_owned()).collect();
        }
    }

    /// At the end every task that has ended has a notice, and no other one.
    pub(super) fn noticed(&mut self, records: &[TaskRecord]) {
        for record in records {
            let is_noticed = self.store.inbox.noticed(record.intent_id()).is_some() == record.phase().is_terminal();
            self.judge.holds(is_noticed, "noticed", || format!("{} has ended, and has no notice: {record:?}", record.intent_id()));
        }
    }

    /// At the end every callback that was acknowledged is there.
    pub(super) fn kept_callbacks(&mut self) {
        if self.kind.calls == Calls::Never {
            return;
        }
        let there: Vec<u64> = self.store.inbox.deliveries(&DeliveryFilter::default()).iter().filter_map(number_of).collect();
        let lost = self.judge.acknowledged.keys().find(|number| !there.contains(number)).copied();
        self.judge.holds(lost.is_none(), "taken", || format!("callback {lost:?} was acknowledged, and is not stored any more"));
    }
}

/// Whether a callback that was taken before asks for a look: one whose body nobody signed says nothing, and the same body may stand for other news.
pub(super) fn asks_for_a_look(step: &Step) -> bool {
    step.delivery.is_none() && step.events.iter().any(|event| event.kind == "callback" && event.data["applied"] == false)
}

/// The number of a stored callback, as its body says.
pub(super) fn number_of(delivery: &StoredDelivery) -> Option<u64> {
    serde_json::from_slice::<Value>(&delivery.body).ok()?["event"].as_u64()
}
