//! How one simulated provider behaves.

use crate::callback::CallbackOptions;
use crate::media::MediaKind;
use crate::script::Script;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How one simulated provider behaves. In JSON the names are in camel case and every field may be absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SandboxOptions {
    /// The base URL that clients are given, with its path prefix. `None`: the contract's own, and in a [`Server`](crate::Server) always its own.
    pub base_url: Option<String>,
    /// The key that is accepted. `None`: any that is not empty.
    pub api_key: Option<String>,
    /// Where task ids and files begin to vary.
    pub seed: u64,
    /// What the account has, in thousandths of the contract's unit. `None`: a million credits, or ten thousand of a currency.
    pub balance_milli: Option<u64>,
    /// What a task costs, in thousandths of the contract's unit. `None`: 4 credits a picture, 20 a film, 5 a melody, 10 a model; a
    /// hundredth of that in a currency.
    pub price_milli: Option<u64>,
    /// How long a task takes from submit to end, by kind, in milliseconds. Absent: 2,000 for a picture, 4,000 for a film, 3,000 for the rest.
    pub task_ms: BTreeMap<MediaKind, u64>,
    /// How long it is pending, in milliseconds. `None`: a quarter of the whole.
    pub pending_ms: Option<u64>,
    /// Reads a minute (status, result, list, account) before 429. `None`: the contract's; 0: no limit.
    pub read_per_min: Option<u64>,
    /// Submits a minute before 429. `None`: the contract's; 0: no limit.
    pub submit_per_min: Option<u64>,
    /// Unfinished tasks before 429. `None`: the contract's; 0: no limit.
    pub concurrent: Option<u64>,
    /// Whether a repeated idempotency key gives the first task again. `None`: as the contract says.
    pub honour_keys: Option<bool>,
    /// How callbacks are sent.
    pub callback: CallbackOptions,
    /// What goes wrong on purpose.
    pub script: Script,
}

impl SandboxOptions {
    /// How long a task of this kind takes.
    pub(crate) fn task_ms(&self, kind: MediaKind) -> u64 {
        self.task_ms.get(&kind).copied().unwrap_or(match kind {
            MediaKind::Image => 2000,
            MediaKind::Video => 4000,
            MediaKind::Audio | MediaKind::Model => 3000,
        })
    }

    /// What a task of this kind costs.
    pub(crate) fn price_milli(&self, kind: MediaKind, unit: &str) -> u64 {
        let credits = match kind {
            MediaKind::Image => 4000,
            MediaKind::Video => 20_000,
            MediaKind::Audio => 5000,
            MediaKind::Model => 10_000,
        };
        self.price_milli.unwrap_or(if unit == "credits" { credits } else { credits / 100 })
    }

    /// What the account has at first.
    pub(crate) fn balance_milli(&self, unit: &str) -> u64 {
        self.balance_milli.unwrap_or(if unit == "credits" { 1_000_000_000 } else { 10_000_000 })
    }

    /// The same with tasks of every kind taking so long.
    #[must_use]
    pub fn with_task_ms(mut self, ms: u64) -> Self {
        self.task_ms =
            [MediaKind::Image, MediaKind::Video, MediaKind::Audio, MediaKind::Model].into_iter().map(|kind| (kind, ms)).collect();
        self
    }

    /// The same with callbacks sent so.
    #[must_use]
    pub fn with_callback(mut self, callback: CallbackOptions) -> Self {
        self.callback = callback;
        self
    }

    /// The same with these faults.
    #[must_use]
    pub fn with_script(mut self, script: Script) -> Self {
        self.script = script;
        self
    }
}
