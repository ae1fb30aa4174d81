//! What was learned of durations, kept in the store: every process with that store polls by it, and adds to it.

use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::io::UnixMillis;
use crate::learning::{LearnedModel, learned_models};
use crate::machine::TaskMachine;
use crate::store::MetaRule;

/// How long what the store says of durations is taken for all there is, in milliseconds.
const BELIEVED_MS: u64 = 60_000;

impl Client {
    /// What was learned of this account's models, by their ids: how long their tasks take, and when the next one will be polled.
    pub fn learned(&self, now: UnixMillis) -> Call<Vec<LearnedModel>> {
        self.call(String::new(), now, |host| async move {
            let client = &host.client;
            let text = host.meta(client.learned_name()).await?.unwrap_or_default();
            Ok(Outcome::Learned(learned_models(&text, |model| client.contract.poll(model))))
        })
    }
}

impl Host {
    /// Takes over what was learned here before, and by other processes. Before whatever may be polled.
    pub(super) async fn recall_learned(&self) {
        let client = &self.client;
        if !client.learns() {
            return;
        }
        let now = self.now();
        let is_known = client.with(|state| {
            let is_known = state.learned_at.is_some_and(|at| now < at.saturating_add(BELIEVED_MS));
            if !is_known {
                state.learned_at = Some(now);
            }
            is_known
        });
        if is_known {
            return;
        }
        // A store that fails is told by what matters more: the contract's schedule serves meanwhile.
        if let Ok(Some(text)) = self.meta(client.learned_name()).await {
            client.with(|state| state.pacer.recall_learned(&client.base, client.account(), &text));
        }
    }

    /// Takes in how long a task took whose end has just been stored.
    pub(super) async fn learn_from(&self, machine: &mut TaskMachine) {
        let now = self.now();
        if machine.record().phase.is_terminal() && self.client.with(|state| machine.learn(&mut state.pacer, now)) {
            Box::pin(self.remember_learned()).await;
        }
    }

    /// Stores what was learned. Two processes that do so at the same moment may lose a few of each other's durations: they cost no more than a
    /// poll that could have been better placed, and no lock is worth that.
    async fn remember_learned(&self) {
        let client = &self.client;
        let Ok(stored) = self.meta(client.learned_name()).await else { return };
        let now = self.now();
        let text = client.with(|state| state.pacer.learned_to_store(&client.base, client.account(), &stored.unwrap_or_default(), now));
        let _ = self.set_meta(client.learned_name(), text, MetaRule::Replace).await;
    }
}

impl Shared {
    /// Whether any of its tasks may be polled by what was learned.
    fn learns(&self) -> bool {
        self.foreground.poll == crate::machine::Polls::default()
    }

    fn learned_name(&self) -> String {
        format!("learned {} {}", self.base, self.account())
    }
}
