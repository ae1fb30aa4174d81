//! The store's callbacks and notices, by the rules of the stores that programs have: a callback is taken once, one that was kept for a task
//! that was not known yet may be taken then, and each ended task has one notice, which is acknowledged once.

use gentask_core::TaskRecord;
use gentask_core::store::{DeliveryFilter, DeliveryOutcome, StoredDelivery};
use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher};
use std::sync::Arc;

/// What stands beside the records.
#[derive(Clone, Debug, Default)]
pub(super) struct Inbox {
    /// In the order in which they came.
    deliveries: Vec<Arc<StoredDelivery>>,
    /// Since when each ended task's end is to be told, and when that was acknowledged.
    notices: BTreeMap<String, (u64, Option<u64>)>,
}

impl Inbox {
    /// Whether a callback is stored already, as anything but one whose task is not known.
    pub(super) fn has_taken(&self, delivery: &StoredDelivery) -> bool {
        let now = delivery.received_at;
        self.same(delivery).is_some_and(|known| known.expires_at > now && known.outcome != DeliveryOutcome::Orphan)
    }

    fn same(&self, delivery: &StoredDelivery) -> Option<&StoredDelivery> {
        self.deliveries.iter().map(|known| &**known).find(|known| is_same(known, delivery))
    }

    /// Stores a callback in the place of the same one.
    pub(super) fn keep(&mut self, delivery: &Arc<StoredDelivery>) {
        self.expire(delivery.received_at);
        self.deliveries.retain(|known| !is_same(known, delivery));
        self.deliveries.push(Arc::clone(delivery));
    }

    /// Stores a callback where it is new.
    pub(super) fn remember(&mut self, delivery: &StoredDelivery) -> bool {
        self.expire(delivery.received_at);
        let is_new = self.same(delivery).is_none();
        if is_new {
            self.deliveries.push(Arc::new(delivery.clone()));
        }
        is_new
    }

    fn expire(&mut self, now: u64) {
        self.deliveries.retain(|known| known.expires_at > now);
    }

    /// The callbacks that match, the newest first.
    pub(super) fn deliveries(&self, filter: &DeliveryFilter) -> Vec<StoredDelivery> {
        let found = self.deliveries.iter().rev().filter(|delivery| filter.matches(delivery)).map(|delivery| (**delivery).clone());
        found.take(filter.limit.unwrap_or(usize::MAX)).collect()
    }

    /// Notes that a task has ended, once.
    pub(super) fn notice(&mut self, record: &TaskRecord) {
        self.notices.entry(record.intent_id().to_owned()).or_insert((record.at().updated, None));
    }

    /// Whether a task has a notice: `Some(true)`, an open one.
    pub(super) fn noticed(&self, intent: &str) -> Option<bool> {
        self.notices.get(intent).map(|(_, done)| done.is_none())
    }

    /// The tasks whose end nobody has acknowledged, the oldest end first.
    pub(super) fn open(&self) -> Vec<&str> {
        let mut open: Vec<_> = self.notices.iter().filter(|(_, (_, done))| done.is_none()).map(|(intent, (at, _))| (*at, intent)).collect();
        open.sort_unstable();
        open.into_iter().map(|(_, intent)| intent.as_str()).collect()
    }

    pub(super) fn acknowledge(&mut self, intent: &str, at: u64) -> bool {
        let open = self.notices.get_mut(intent).filter(|(_, done)| done.is_none());
        open.is_some_and(|(_, done)| done.replace(at).is_none())
    }

    /// What tells this from another.
    pub(super) fn digest(&self, hasher: &mut impl Hasher) {
        self.deliveries.iter().for_each(|known| digest(known, hasher));
        self.notices.hash(hasher);
    }

    /// A record was deleted.
    pub(super) fn forget(&mut self, intent: &str) {
        self.notices.remove(intent);
    }
}

/// What tells a callback from another.
pub(super) fn digest(delivery: &StoredDelivery, hasher: &mut impl Hasher) {
    (&delivery.dedupe, delivery.outcome, &delivery.intent_id, &delivery.task_id, &delivery.body).hash(hasher);
    (delivery.received_at, delivery.expires_at).hash(hasher);
}

fn is_same(one: &StoredDelivery, other: &StoredDelivery) -> bool {
    (&one.provider, &one.account, &one.dedupe) == (&other.provider, &other.account, &other.dedupe)
}
