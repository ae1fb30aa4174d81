//! Calls that sleep, and what may end their sleep: their time, or a save of another call for the same task.

use super::Client;
use gentask_core::UnixMillis;
use gentask_core::client::Answer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Who sleeps, by the intent that their call is about.
#[derive(Default)]
pub(super) struct Sleepers(Mutex<HashMap<String, Arc<Notify>>>);

impl Sleepers {
    /// A change of this intent was stored.
    pub(super) fn wake(&self, intent_id: &str) {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(notify) = all.get(intent_id) {
            notify.notify_waiters();
        }
    }

    /// What is done about an intent, unless another call changes it meanwhile.
    pub(super) async fn unless_changed(&self, intent_id: &str, doing: impl Future<Output = Answer>) -> Answer {
        let bed = self.enter(intent_id);
        let Some(notify) = &bed.notify else { return doing.await };
        tokio::select! {
            biased;
            () = notify.notified() => Answer::Changed,
            done = doing => done,
        }
    }

    /// How many intents somebody sleeps for.
    pub(super) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn enter(&self, intent_id: &str) -> Bed<'_> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let notify = Arc::clone(all.entry(intent_id.to_owned()).or_default());
        Bed { sleepers: self, intent_id: intent_id.to_owned(), notify: Some(notify) }
    }
}

/// A place to sleep, gone once nobody sleeps there.
struct Bed<'a> {
    sleepers: &'a Sleepers,
    intent_id: String,
    notify: Option<Arc<Notify>>,
}

impl Drop for Bed<'_> {
    fn drop(&mut self) {
        let mut all = self.sleepers.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.notify = None;
        if all.get(&self.intent_id).is_some_and(|notify| Arc::strong_count(notify) == 1) {
            all.remove(&self.intent_id);
        }
    }
}

impl Client {
    /// Sleeps until a time, or until another call has changed the intent.
    pub(super) async fn sleep(&self, until: UnixMillis, intent_id: Option<&str>) -> Answer {
        let inner = &self.inner;
        let due = async {
            inner.clock.until(until).await;
            Answer::Due
        };
        match intent_id {
            Some(intent_id) => inner.sleepers.unless_changed(intent_id, due).await,
            None => due.await,
        }
    }
}
