//! What a provider has seen.

use crate::script::Target;
use serde::Serialize;
use std::collections::BTreeMap;

/// What one simulated provider has seen since it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderStats {
    /// Requests that arrived whole, by what they asked. `requests[Submit]` is how many submits reached the provider.
    pub requests: BTreeMap<Target, u64>,
    /// Requests that were reset before their body was read.
    pub cut: u64,
    /// Tasks made: submits that took effect.
    pub tasks: u64,
    /// Submits that gave an earlier task again, for their idempotency key.
    pub replayed: u64,
    /// Answers without a valid key (401).
    pub unauthorised: u64,
    /// Answers of 429, by the limits or by the script.
    pub limited: u64,
    /// Requests and callbacks that a fault of the script happened to.
    pub faults: u64,
    /// Tasks that are not finished.
    pub running: u64,
    /// The balance, in thousandths of its unit.
    pub balance_milli: u64,
}

/// One request that arrived whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// When, in simulated Unix milliseconds.
    pub at: u64,
    /// What it asked.
    pub on: Target,
    /// `POST`.
    pub method: String,
    /// The path with its query, without the base URL's own.
    pub path: String,
    /// The idempotency key that it carried, in the header that the contract names, else in `Idempotency-Key`.
    pub key: Option<String>,
}

/// One task that a provider has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// The provider's id of it, by which a submit whose answer was lost can be adopted.
    pub task_id: String,
    /// The model.
    pub model: String,
    /// The prompt, as far as one was found in the input; empty where there is none.
    pub prompt: String,
    /// How it is, in gentask's words: `pending processing success failed cancelled`.
    pub state: &'static str,
    /// When it was made, in simulated Unix milliseconds.
    pub created_at: u64,
}

/// What a host has seen of its connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// How many are open now.
    pub open: u64,
    /// The most that were open at once.
    pub most: u64,
    /// All that were ever opened.
    pub total: u64,
}

/// What a server has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// By provider id.
    pub providers: BTreeMap<String, ProviderStats>,
    /// Connections that are open now.
    pub connections_open: u64,
    /// The most that were open at once.
    pub connections_most: u64,
    /// All that were ever opened.
    pub connections_total: u64,
    /// Callbacks that were answered as their provider wants it.
    pub callbacks_delivered: u64,
}

impl Stats {
    /// One provider's part; an empty one where there is no such provider.
    pub fn of(&self, provider: &str) -> ProviderStats {
        self.providers.get(provider).cloned().unwrap_or_default()
    }
}

impl ProviderStats {
    /// Submits that arrived whole.
    pub fn submits(&self) -> u64 {
        self.arrived(Target::Submit)
    }

    /// Requests of this kind that arrived whole.
    pub fn arrived(&self, target: Target) -> u64 {
        self.requests.get(&target).copied().unwrap_or_default()
    }
}
