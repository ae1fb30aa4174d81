//! The effects of the store, done.

use super::host::World;
use super::process::Stage;
use gentask_core::TaskRecord;
use gentask_core::client::{Answer, Effect, Step};
use gentask_core::store::Saved;

impl World {
    /// Does an effect of the store. `call`: whose it is, where that call still runs.
    pub(super) fn perform(&mut self, call: Option<u32>, process: usize, effect: &Effect) -> Answer {
        let answer = match effect {
            Effect::Load { intent_id, .. } => Answer::Record(self.store.load(intent_id).map(|record| Box::new(TaskRecord::clone(&record)))),
            Effect::Find(by) => Answer::Records(self.store.find(by)),
            Effect::List(filter) => Answer::Listing(Box::new(self.store.list(filter))),
            Effect::Blob { intent_id, name } => Answer::Bytes(self.store.blob(intent_id, name)),
            Effect::Meta { name } => Answer::Value(self.store.value(name).cloned()),
            Effect::SetMeta { name, value, rule } => {
                let before = self.store.value(name).cloned();
                let stands = self.store.set_value(name, value, *rule);
                self.watch_value(name, before.as_deref(), &stands);
                Answer::Value(Some(stands))
            }
            Effect::Save(step) => Answer::Saved(self.save(call, process, step)),
            Effect::Remember(delivery) => {
                let is_news = self.store.remember(delivery);
                self.watch_remembered(delivery);
                Answer::Noted(is_news)
            }
            Effect::Deliveries(filter) => Answer::Deliveries(self.store.inbox.deliveries(filter)),
            Effect::Notices(filter) => {
                let open = self.store.notices(filter);
                self.watch_notices(call, &open);
                Answer::Records(open)
            }
            Effect::Acknowledge { intent_id, at } => Answer::Noted(self.store.acknowledge(intent_id, *at)),
            Effect::Delete { intent_ids } => {
                let gone = self.store.delete(intent_ids);
                for record in &gone {
                    self.watch_deleted(record);
                }
                Answer::Deleted(gone.len() as u64)
            }
            _ => Answer::Told,
        };
        if let Some(call) = call {
            self.story.note(self.now, || format!("call {call}: {} is done: {}", effect.as_str(), short(&answer)));
        }
        answer
    }

    fn save(&mut self, call: Option<u32>, process: usize, step: &Step) -> Saved {
        let before = self.store.load(step.record.intent_id());
        let saved = self.store.save(step);
        if saved == Saved::Conflict {
            self.counts.conflicts += 1;
            return saved;
        }
        self.watch_save(call, process, before.as_deref(), step);
        // Others of the same client that sleep may hear of it.
        for running in self.calls.iter_mut().filter(|running| running.process == process && Some(running.id) != call) {
            let Some(asked) = &mut running.asked else { continue };
            let Effect::Sleep { intent_id: Some(about), .. } = &asked.effect else { continue };
            if *about == step.record.intent_id() && matches!(asked.stage, Stage::Sleeps { .. }) && self.chance.happens(70) {
                let at = self.now + self.chance.below(3);
                asked.stage = Stage::Answers { at, answer: Box::new(Answer::Changed), crash: false };
            }
        }
        saved
    }
}

fn short(answer: &Answer) -> String {
    match answer {
        Answer::Record(Some(record)) => format!("version {}, {}", record.version(), record.phase().as_str()),
        Answer::Records(records) => format!("{} records", records.len()),
        Answer::Listing(page) => format!("{} records", page.records.len()),
        Answer::Deliveries(found) => format!("{:?}", found.iter().map(|known| (&known.dedupe, known.outcome)).collect::<Vec<_>>()),
        Answer::Bytes(bytes) => format!("{:?} bytes", bytes.as_ref().map(Vec::len)),
        other => format!("{other:?}"),
    }
}
