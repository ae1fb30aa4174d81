//! Pauses that a provider asked an account for (Retry-After), kept in the store: a new process, or another one, honours them too.

use super::{Client, Inner};
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Client {
    /// Takes over, once per client, a pause that an earlier process was asked for.
    pub(super) async fn recall_hold(&self) {
        let inner = &*self.inner;
        let recall = async {
            // A store that does not answer is met again by the first save; a pause is a courtesy.
            let stored = inner.store.meta(&inner.hold_name()).await.ok().flatten();
            if let Some(until) = stored.and_then(|text| text.parse().ok()) {
                inner.pacer().recall(&inner.base, &inner.settings.account, inner.contract.limits(), until, inner.clock.now());
                inner.held_until.store(until, Ordering::Relaxed);
            }
        };
        inner.recalled.get_or_init(|| recall).await;
    }

    /// Stores a pause that the provider has just asked for. Nothing waits for it.
    pub(super) fn remember_hold(&self) {
        let inner = &*self.inner;
        let until = inner.pacer().held_until(&inner.base, &inner.settings.account, inner.contract.limits());
        if until > inner.held_until.fetch_max(until, Ordering::Relaxed) {
            let (store, name) = (Arc::clone(&inner.store), inner.hold_name());
            tokio::spawn(async move { store.set_meta(&name, &until.to_string(), false).await });
        }
    }
}

impl Inner {
    fn hold_name(&self) -> String {
        format!("hold {} {}", self.base, self.settings.account)
    }
}
