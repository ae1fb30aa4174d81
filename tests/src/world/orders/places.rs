//! What tells one state of a case from another: what all share, and what each call was told.

use super::super::inbox;
use super::case::Case;
use gentask_core::client::{Answer, Effect};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

impl Case {
    /// What tells what all share from every other state of it, as far as anything can follow from it.
    pub(super) fn shared(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.store.digest(&mut hasher);
        for actor in &self.actors {
            (actor.process, actor.state).hash(&mut hasher);
            // What a worker has in hand is known to every other one of its client.
            if self.plan.workers > 0 {
                actor.heard.hash(&mut hasher);
            }
        }
        for receipt in &self.receipts {
            receipt.as_ref().map(|receipt| (receipt.outcome, receipt.follow_up)).hash(&mut hasher);
        }
        (&self.judge.stored, &self.judge.taken, self.asks > 0).hash(&mut hasher);
        (&self.telling, &self.dealt).hash(&mut hasher);
        (self.now, self.has_crashed, self.submits, self.has_ended).hash(&mut hasher);
        hasher.finish()
    }

    /// What each call was answered: what it does next follows from that and from what all share.
    pub(super) fn heard(&self) -> Box<[u64]> {
        self.actors.iter().map(|actor| actor.heard).collect()
    }

    /// Adds an answer to what a call was told.
    pub(super) fn hear(&mut self, place: usize, effect: &Effect, answer: &Answer) {
        let mut hasher = DefaultHasher::new();
        (self.actors[place].heard, self.now, effect.as_str(), answer.as_str()).hash(&mut hasher);
        match answer {
            // The records that it was told are the ones that are there.
            Answer::Record(Some(_)) => self.store.digests().for_each(|digest| digest.hash(&mut hasher)),
            Answer::Records(found) if !found.is_empty() => self.store.digests().for_each(|digest| digest.hash(&mut hasher)),
            Answer::Listing(page) if !page.records.is_empty() => self.store.digests().for_each(|digest| digest.hash(&mut hasher)),
            Answer::Deliveries(found) => found.iter().for_each(|delivery| inbox::digest(delivery, &mut hasher)),
            Answer::Value(value) => value.hash(&mut hasher),
            Answer::Bytes(bytes) => bytes.hash(&mut hasher),
            Answer::Response(response) => (response.status, &response.headers, &response.body).hash(&mut hasher),
            other => format!("{other:?}").hash(&mut hasher),
        }
        self.actors[place].heard = hasher.finish();
    }

    /// Adds what a call asks for to what it was told: that may also follow from what its client knew before, and from the time.
    pub(super) fn ask(&mut self, place: usize, effect: &Effect) {
        let mut hasher = DefaultHasher::new();
        (self.actors[place].heard, self.now, format!("{effect:?}")).hash(&mut hasher);
        match effect {
            Effect::Save(step) => {
                step.record.to_json().hash(&mut hasher);
                step.delivery.iter().for_each(|delivery| inbox::digest(delivery, &mut hasher));
                step.blobs.iter().for_each(|blob| (blob.name, &blob.bytes).hash(&mut hasher));
            }
            Effect::Remember(delivery) => inbox::digest(delivery, &mut hasher),
            _ => {}
        }
        self.actors[place].heard = hasher.finish();
    }
}
