//! A store that forgets everything with the process.

use super::{
    Beside, Cursor, DeliveryFilter, DeliveryOutcome, Filter, Find, Listing, NoticeFilter, Saved, Store, StoreError, StoredDelivery,
    StoredEvent, as_number, check_version,
};
use crate::BoxFuture;
use gentask_core::store::MOST_ORPHANS;
use gentask_core::{Blob, TaskEvent, TaskRecord, UnixMillis};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tasks in memory, with the rules of the durable store: for tests, and for who would rather lose tasks than write a file.
#[derive(Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

impl fmt::Debug for MemoryStore {
    /// How many tasks there are: what stands beside them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("tasks", &self.state().tasks.len()).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct State {
    tasks: BTreeMap<String, TaskRecord>,
    /// The intent of each caller's key.
    keys: BTreeMap<Key, String>,
    blobs: BTreeMap<(String, String), Vec<u8>>,
    /// By their intent.
    events: BTreeMap<String, Vec<StoredEvent>>,
    meta: BTreeMap<String, String>,
    /// In the order in which they came.
    deliveries: Vec<StoredDelivery>,
    /// Since when each ended task's end is to be told, and when that was acknowledged.
    notices: BTreeMap<String, (UnixMillis, Option<UnixMillis>)>,
}

/// A caller's key and what it is unique within. An empty owner counts as none.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    provider: String,
    account: String,
    owner: String,
    text: String,
}

impl Key {
    fn new(provider: &str, account: &str, owner: Option<&str>, text: &str) -> Self {
        let [provider, account, owner, text] = [provider, account, owner.unwrap_or_default(), text].map(str::to_owned);
        Self { provider, account, owner, text }
    }

    fn of(record: &TaskRecord) -> Option<Self> {
        record.caller_key().map(|text| Self::new(record.provider(), record.account(), record.owner(), text))
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing below panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn save(&mut self, record: TaskRecord, blobs: &[Blob], expected: u64, beside: &Beside) -> Saved {
        let known = self.tasks.get(record.intent_id());
        let (stored, had) = (known.map_or(0, TaskRecord::version), known.and_then(Key::of));
        let wanted = Key::of(&record);
        let taken = wanted.as_ref().and_then(|key| self.keys.get(key)).is_some_and(|other| other != record.intent_id());
        let is_known = beside.delivery.as_ref().is_some_and(|delivery| self.has_taken(delivery));
        if stored != expected || taken || is_known {
            return Saved::Conflict;
        }
        if let Some(delivery) = &beside.delivery {
            self.keep((**delivery).clone());
        }
        if beside.notice {
            self.notices.entry(record.intent_id().to_owned()).or_insert((record.at().updated, None));
        }
        for blob in blobs {
            let name = (record.intent_id().to_owned(), blob.name.to_owned());
            match &blob.bytes {
                Some(bytes) => self.blobs.insert(name, bytes.clone()),
                None => self.blobs.remove(&name),
            };
        }
        if had != wanted {
            had.map(|key| self.keys.remove(&key));
            wanted.map(|key| self.keys.insert(key, record.intent_id().to_owned()));
        }
        self.note(record.intent_id(), &beside.events);
        self.tasks.insert(record.intent_id().to_owned(), record);
        Saved::Done
    }

    fn note(&mut self, intent_id: &str, events: &[TaskEvent]) {
        if !events.is_empty() {
            let stored = |event: &TaskEvent| StoredEvent { at: event.at, kind: event.kind.to_owned(), data: event.data.clone() };
            self.events.entry(intent_id.to_owned()).or_default().extend(events.iter().map(stored));
        }
    }

    /// Whether a delivery is stored already, as anything but an orphan.
    fn has_taken(&self, delivery: &StoredDelivery) -> bool {
        let now = delivery.received_at;
        self.same(delivery).is_some_and(|known| known.expires_at > now && known.outcome != DeliveryOutcome::Orphan)
    }

    fn same(&self, delivery: &StoredDelivery) -> Option<&StoredDelivery> {
        let key = |one: &StoredDelivery| (one.provider.clone(), one.account.clone(), one.dedupe.clone());
        self.deliveries.iter().find(|known| key(known) == key(delivery))
    }

    /// Stores a delivery in the place of the same one.
    fn keep(&mut self, delivery: StoredDelivery) {
        let key = |one: &StoredDelivery| (one.provider.clone(), one.account.clone(), one.dedupe.clone());
        self.deliveries.retain(|known| known.expires_at > delivery.received_at && key(known) != key(&delivery));
        self.deliveries.push(delivery);
    }

    /// Forgets the oldest orphans of an account beyond so many.
    fn make_room(&mut self, provider: &str, account: &str, most: usize) {
        let is_one = |one: &StoredDelivery| one.outcome == DeliveryOutcome::Orphan && one.provider == provider && one.account == account;
        let mut times: Vec<UnixMillis> = self.deliveries.iter().filter(|one| is_one(one)).map(|one| one.received_at).collect();
        for _ in most..times.len() {
            times.sort_unstable();
            let oldest = times.remove(0);
            let place = self.deliveries.iter().position(|one| is_one(one) && one.received_at == oldest);
            place.map(|place| self.deliveries.remove(place));
        }
    }

    fn notices(&self, filter: &NoticeFilter) -> Vec<TaskRecord> {
        let mut open: Vec<_> = self.notices.iter().filter(|(_, (_, done))| done.is_none()).collect();
        open.sort_by_key(|(intent_id, (since, _))| (*since, (*intent_id).clone()));
        let records =
            open.into_iter().filter_map(|(intent_id, _)| self.tasks.get(intent_id)).filter(|record| filter.matches(record)).cloned();
        records.take(filter.limit.unwrap_or(usize::MAX)).collect()
    }

    fn list(&self, filter: &Filter) -> Listing {
        Listing::cut(filter.and_one_more().select(self.tasks.values(), |record| record).into_iter().cloned().collect(), filter)
    }

    fn find(&self, by: &Find) -> Vec<TaskRecord> {
        if let Find::CallerKey { provider, account, owner, key } = by {
            let intent_id = self.keys.get(&Key::new(provider, account, owner.as_deref(), key));
            return intent_id.and_then(|intent_id| self.tasks.get(intent_id)).cloned().into_iter().collect();
        }
        let mut found: Vec<_> = self.tasks.values().filter(|record| by.matches(record)).cloned().collect();
        found.sort_by_key(Cursor::of);
        found
    }

    fn delete(&mut self, intent_ids: &[String]) -> u64 {
        let mut deleted = 0;
        for intent_id in intent_ids {
            if self.tasks.get(intent_id).is_some_and(|record| record.phase().is_terminal() && !record.has_open_conflict()) {
                self.tasks.remove(intent_id).as_ref().and_then(Key::of).map(|key| self.keys.remove(&key));
                self.blobs.retain(|(owner, _), _| owner != intent_id);
                self.events.remove(intent_id);
                self.notices.remove(intent_id);
                deleted += 1;
            }
        }
        deleted
    }
}

/// Nothing here waits: the answer is there before the future is.
fn ready<T: Send + 'static>(answer: Result<T, StoreError>) -> BoxFuture<'static, Result<T, StoreError>> {
    Box::pin(std::future::ready(answer))
}

impl Store for MemoryStore {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<TaskRecord>, StoreError>> {
        ready(Ok(self.state().tasks.get(intent_id).cloned()))
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        ready(Ok(self.state().find(by)))
    }

    fn save(&self, record: &TaskRecord, blobs: &[Blob], expected_version: u64, fence: bool) -> BoxFuture<'_, Result<Saved, StoreError>> {
        self.save_with(record, blobs, expected_version, fence, &Beside::default())
    }

    fn save_with(
        &self,
        record: &TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        _fence: bool,
        beside: &Beside,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        // A record is read from its text as it was written, so its clone is what a file would give back.
        ready(check_version(record, expected_version).map(|()| self.state().save(record.clone(), blobs, expected_version, beside)))
    }

    fn saves_history(&self) -> bool {
        true
    }

    fn keeps_callbacks(&self) -> bool {
        true
    }

    fn remember(&self, delivery: &StoredDelivery) -> BoxFuture<'_, Result<bool, StoreError>> {
        let mut state = self.state();
        let is_new = state.same(delivery).is_none_or(|known| known.expires_at <= delivery.received_at);
        if is_new {
            state.keep(delivery.clone());
            if delivery.outcome == DeliveryOutcome::Orphan {
                state.make_room(&delivery.provider, &delivery.account, MOST_ORPHANS);
            }
        }
        ready(Ok(is_new))
    }

    fn deliveries(&self, filter: &DeliveryFilter) -> BoxFuture<'_, Result<Vec<StoredDelivery>, StoreError>> {
        let state = self.state();
        let found = state.deliveries.iter().rev().filter(|delivery| filter.matches(delivery)).cloned();
        ready(Ok(found.take(filter.limit.unwrap_or(usize::MAX)).collect()))
    }

    fn notices(&self, filter: &NoticeFilter) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        ready(Ok(self.state().notices(filter)))
    }

    fn acknowledge(&self, intent_id: &str, at: UnixMillis) -> BoxFuture<'_, Result<bool, StoreError>> {
        let mut state = self.state();
        let open = state.notices.get_mut(intent_id).filter(|(_, done)| done.is_none());
        let is_news = open.is_some();
        if let Some((_, done)) = open {
            *done = Some(at);
        }
        ready(Ok(is_news))
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        ready(Ok(self.state().list(filter)))
    }

    fn count(&self, filter: &Filter) -> BoxFuture<'_, Result<u64, StoreError>> {
        let found = self.state().tasks.values().filter(|record| filter.matches(record)).count();
        ready(Ok(u64::try_from(found).unwrap_or(u64::MAX)))
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        ready(Ok(self.state().blobs.get(&(intent_id.to_owned(), name.to_owned())).cloned()))
    }

    fn append_events(&self, intent_id: &str, events: &[TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let mut state = self.state();
        if state.tasks.contains_key(intent_id) {
            state.note(intent_id, events);
        }
        ready(Ok(()))
    }

    fn events(&self, intent_id: &str) -> BoxFuture<'_, Result<Vec<StoredEvent>, StoreError>> {
        let found = self.state().events.get(intent_id).cloned().unwrap_or_default();
        ready(Ok(found))
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        ready(Ok(self.state().delete(intent_ids)))
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        ready(Ok(self.state().meta.get(name).cloned()))
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let mut state = self.state();
        let stands = state.meta.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        if !only_if_absent {
            value.clone_into(stands);
        }
        ready(Ok(stands.clone()))
    }

    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        let mut state = self.state();
        let stands = as_number(state.meta.get(name).cloned()).max(value);
        state.meta.insert(name.to_owned(), stands.to_string());
        ready(Ok(stands))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_orphans_of_an_account_go_first() {
        let one = |account: &str, at: UnixMillis, outcome: DeliveryOutcome| StoredDelivery {
            provider: "apixo".to_owned(),
            account: account.to_owned(),
            dedupe: format!("id:{account}-{at}"),
            received_at: at,
            expires_at: 1_000,
            verified: true,
            outcome,
            intent_id: None,
            task_id: Some("task-1".to_owned()),
            body: Vec::new(),
        };
        let mut state = State::default();
        for (account, at, outcome) in [
            ("a", 3, DeliveryOutcome::Orphan),
            ("a", 1, DeliveryOutcome::Orphan),
            ("a", 0, DeliveryOutcome::Poke),
            ("b", 1, DeliveryOutcome::Orphan),
            ("a", 4, DeliveryOutcome::Orphan),
            ("a", 2, DeliveryOutcome::Orphan),
        ] {
            state.keep(one(account, at, outcome));
        }
        state.make_room("apixo", "a", 2);
        let left: Vec<_> = state.deliveries.iter().map(|one| one.dedupe.as_str()).collect();
        assert_eq!(left, ["id:a-3", "id:a-0", "id:b-1", "id:a-4"]);
        state.make_room("apixo", "a", 2);
        assert_eq!(state.deliveries.len(), 4);
    }
}
