//! Pauses that a provider asked an account for (Retry-After), kept in the store: another process, and a later one, honours them too.

use super::host::Host;
use super::settings::{Shared, State};
use crate::io::UnixMillis;
use crate::pause::RETRY_AFTER_CAP_MS;
use crate::store::MetaRule;

/// How long what the store says of a pause is believed, in milliseconds: another process may have been asked for one since.
const BELIEVED_MS: u64 = 1_000;
/// How long it is believed by the calls that come while another one looks again: of many that are due at once, one asks.
const BELIEVED_MEANWHILE_MS: u64 = 5_000;
/// How long a stored pause is honoured where the store does not say when it was set, in milliseconds.
const UNSURE_MS: u64 = 60_000;

/// What a client knows of its account's pauses, beside the pacer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pauses {
    /// When the store was asked last, of the times that it answered.
    looked_at: Option<UnixMillis>,
    /// When it was asked last.
    looking: Option<UnixMillis>,
    /// The pause that was last taken over from the store.
    recalled: UnixMillis,
    /// The latest pause that the store knows of from here.
    stored: UnixMillis,
    /// Whether what is stored is by a clock that went back, and could not be put right.
    is_wrong: bool,
}

impl Pauses {
    /// Whether what is known of pauses is new enough to send by it.
    fn are_believed(&self, now: UnixMillis) -> bool {
        let within = |at: Option<UnixMillis>, ms: u64| at.is_some_and(|at| now < at.saturating_add(ms));
        within(self.looked_at, BELIEVED_MS) || (within(self.looking, BELIEVED_MS) && within(self.looked_at, BELIEVED_MEANWHILE_MS))
    }

    /// Whoever comes next asks the store.
    const fn forget(&mut self) {
        (self.looked_at, self.looking) = (None, None);
    }
}

impl Host {
    /// Takes over a pause that an earlier process, or another one, was asked for. Before whatever may send.
    pub(super) async fn recall_pause(&self) {
        let now = self.now();
        if !self.client.with(|state| state.pauses.are_believed(now)) {
            self.look_for_pause().await;
        }
    }

    /// The same, whatever is believed: before a submit.
    pub(super) async fn look_for_pause(&self) {
        let client = &self.client;
        let begun = self.now();
        client.with(|state| state.pauses.looking = Some(begun));
        let Ok(stored) = self.meta(client.pause_name()).await else {
            // A store that does not answer is asked again by the next request, and met again by the first save.
            client.with(|state| state.pauses.forget());
            return;
        };
        let now = self.now();
        let until: Option<UnixMillis> = stored.and_then(|text| text.parse().ok()).filter(|until| *until > now);
        // Each pause is taken over once: where the clock went back, it is counted from when it was seen first.
        let Some(until) = until.filter(|until| client.with(|state| state.pauses.recalled != *until)) else {
            client.with(|state| state.pauses.looked_at = Some(begun));
            return;
        };
        // It counts as known only once it is kept: a call that comes between the two questions asks them too.
        client.with(|state| state.pauses.forget());
        let set = self.meta(client.pause_set_name()).await;
        let now = self.now();
        let longest = now.saturating_add(RETRY_AFTER_CAP_MS);
        let recall = |state: &mut State, pause| state.pacer.recall(&client.base, client.account(), client.contract.limits(), pause, now);
        let Ok(set) = set else {
            // It may be of a clock that was ahead: honoured for a while, and looked for again.
            if until <= longest {
                client.with(|state| recall(state, (until.min(now.saturating_add(UNSURE_MS)), 0)));
            }
            return;
        };
        let set = set.and_then(|text| text.parse().ok()).unwrap_or(0);
        let is_known = client.with(|state| {
            state.pauses.looked_at = Some(begun);
            let is_known = std::mem::replace(&mut state.pauses.recalled, until) == until;
            if !is_known {
                recall(state, (until, set));
                if now >= set && until <= longest {
                    state.pauses.stored = state.pauses.stored.max(until);
                }
            }
            is_known
        });
        if !is_known && now < set {
            self.put_right().await;
        }
    }

    /// The clock went back: what is stored is put right, so that the next process does not begin to count anew.
    async fn put_right(&self) {
        let client = &self.client;
        let (left, now) = (client.paused_until(), self.now());
        if left <= now {
            // Somebody else is about to put it right, and has changed the one and not yet the other.
            return client.with(|state| state.pauses.recalled = 0);
        }
        // The pause first: one that ends before it was set is over, but an old one that was set just now would last as long as the clock was off.
        let is_right = self.set_meta(client.pause_name(), left.to_string(), MetaRule::Replace).await.is_ok();
        client.with(|state| {
            state.pauses.is_wrong = !is_right;
            if is_right {
                state.pauses.recalled = left;
                state.pauses.stored = left;
            }
        });
        if is_right {
            let _ = self.set_meta(client.pause_set_name(), now.to_string(), MetaRule::Replace).await;
        }
    }

    /// Stores a pause that the provider has just asked for: before anything else is told or sent, for this process may end any time.
    pub(super) async fn remember_pause(&self) {
        let client = &self.client;
        let stored = || client.with(|state| state.pauses.stored);
        if client.paused_until() <= stored() {
            return;
        }
        // A longer one may be stored: that one is not to be given the time of this one.
        self.recall_pause().await;
        if client.with(|state| state.pauses.is_wrong) {
            return self.put_right().await;
        }
        let until = client.paused_until();
        if until <= stored() {
            return;
        }
        // A store that refuses it ends nothing, and is told again. When it was set comes first: a clock that goes back is told by it.
        let is_dated = self.set_meta(client.pause_set_name(), self.now().to_string(), MetaRule::Replace).await.is_ok();
        if is_dated && self.set_meta(client.pause_name(), until.to_string(), MetaRule::Raise).await.is_ok() {
            client.with(|state| state.pauses.stored = state.pauses.stored.max(until));
        }
    }
}

impl Shared {
    /// Until when the account is asked to pause, as far as that is known here.
    pub(super) fn paused_until(&self) -> UnixMillis {
        self.with(|state| state.pacer.held_until(&self.base, self.account(), self.contract.limits()))
    }

    fn pause_name(&self) -> String {
        format!("hold {} {}", self.base, self.account())
    }

    fn pause_set_name(&self) -> String {
        format!("{} set", self.pause_name())
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::Contract;
    use crate::pacer::Pacer;

    const NOW: u64 = 1_790_000_000_000;

    #[test]
    fn a_stored_pause_is_no_longer_than_a_server_may_ask_for() {
        let contract = Contract::built_in("apixo").unwrap();
        let mut pacer = Pacer::new();
        let day = 86_400_000;
        let pauses = [
            // As it was stored, by a clock that has gone back an hour since, and by one that was mad.
            ((NOW + 60_000, 0), NOW + 60_000),
            ((NOW + 3_700_000, NOW + 3_600_000), NOW + 100_000),
            ((NOW + day, NOW), NOW + day),
            ((u64::MAX, 0), NOW + day),
        ];
        for (stored, kept) in pauses {
            pacer.recall(contract.base(), "default", contract.limits(), stored, NOW);
            assert_eq!(pacer.held_until(contract.base(), "default", contract.limits()), kept);
        }
    }
}
