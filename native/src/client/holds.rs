//! Pauses that a provider asked an account for (Retry-After), kept in the store: a new process, or another one, honours them too.

use super::{Client, Inner};
use std::sync::atomic::Ordering;

/// How long what the store says of a pause is believed, in milliseconds: another process may have been asked for one since.
const BELIEVED_MS: u64 = 1_000;

impl Client {
    /// Takes over a pause that an earlier process, or another one, was asked for. Called before whatever may send.
    pub(super) async fn recall_hold(&self) {
        let looked = self.inner.looked_at.load(Ordering::Relaxed);
        if looked == 0 || self.inner.clock.now() >= looked.saturating_add(BELIEVED_MS) {
            self.look_for_hold().await;
        }
    }

    /// The same, whatever is believed: before a submit.
    pub(super) async fn look_for_hold(&self) {
        let inner = &*self.inner;
        let now = inner.clock.now();
        // A store that does not answer is asked again by the next request, and met again by the first save.
        let Ok(stored) = inner.store.meta(&inner.hold_name()).await else { return };
        inner.looked_at.store(now.max(1), Ordering::Relaxed);
        let Some(until) = stored.and_then(|text| text.parse().ok()).filter(|until| *until > now) else { return };
        // Once for each pause: where the clock went back, it is counted from when it was seen first.
        if inner.recalled.swap(until, Ordering::Relaxed) == until {
            return;
        }
        let set = inner.store.meta(&inner.hold_set_name()).await.ok().flatten();
        let set = set.and_then(|text| text.parse().ok()).unwrap_or(0);
        inner.pacer().recall(&inner.base, &inner.settings.account, inner.contract.limits(), (until, set), now);
        if now < set {
            // The clock went back: what is stored is put right, so that the next process does not begin to count anew.
            let left = inner.held_until();
            let _ = inner.store.set_meta(&inner.hold_set_name(), &now.to_string(), false).await;
            let _ = inner.store.set_meta(&inner.hold_name(), &left.to_string(), false).await;
            inner.recalled.store(left, Ordering::Relaxed);
        }
    }

    /// Stores a pause that the provider has just asked for: before anything else is told or sent, for this process may end any time.
    pub(super) async fn remember_hold(&self) {
        let inner = &*self.inner;
        let until = inner.held_until();
        if until <= inner.held_until.load(Ordering::Relaxed) {
            return;
        }
        // A store that refuses it ends nothing, and is told again. When it was set comes first: a clock that goes back is told by it.
        let _ = inner.store.set_meta(&inner.hold_set_name(), &inner.clock.now().to_string(), false).await;
        if inner.store.raise_meta(&inner.hold_name(), until).await.is_ok() {
            inner.held_until.fetch_max(until, Ordering::Relaxed);
        }
    }
}

impl Inner {
    /// Until when the account is asked to pause.
    pub(super) fn held_until(&self) -> u64 {
        self.pacer().held_until(&self.base, &self.settings.account, self.contract.limits())
    }

    fn hold_name(&self) -> String {
        format!("hold {} {}", self.base, self.settings.account)
    }

    fn hold_set_name(&self) -> String {
        format!("{} set", self.hold_name())
    }
}
