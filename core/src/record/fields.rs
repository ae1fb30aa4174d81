//! What a record says, for everybody who reads it.

use super::{Attempts, Conflict, Due, Fault, Lease, Outcome, RequestInfo, TaskRecord, Times};
use crate::io::UnixMillis;
use crate::phase::Phase;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl TaskRecord {
    /// Compare-and-set counter: 1 at the first save, one more at each.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// UUID of the caller's intent; minted when the task is prepared.
    pub fn intent_id(&self) -> &str {
        &self.intent_id
    }

    /// The caller's own key, unique per provider and account.
    pub fn caller_key(&self) -> Option<&str> {
        self.caller_key.as_deref()
    }

    /// Whose task it is, in the application's words.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// The contract's id.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The contract's revision at the time of the submit.
    pub const fn contract_revision(&self) -> u64 {
        self.contract_revision
    }

    /// A label that keeps tasks under different keys apart; never derived from a key.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The base URL, pinned: resuming under another one is an error.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The model.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Variables for the contract's templates, derived at prepare or kept from the submit's reply.
    pub const fn vars(&self) -> &BTreeMap<String, String> {
        &self.vars
    }

    /// The contract's per-request options.
    pub const fn options(&self) -> &Map<String, Value> {
        &self.options
    }

    /// The frozen request body, by its hash.
    pub const fn request(&self) -> &RequestInfo {
        &self.request
    }

    /// The idempotency key that was sent, if one was.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// Whether the provider was asked to call back.
    pub const fn callback(&self) -> bool {
        self.callback
    }

    /// Seed of the jitter.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Where the task is.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether the provider is known to work on it already.
    pub const fn processing(&self) -> bool {
        self.processing
    }

    /// The provider's own state word, as last seen.
    pub fn provider_state(&self) -> Option<&str> {
        self.provider_state.as_deref()
    }

    /// Progress in thousandths.
    pub const fn progress_permille(&self) -> Option<u64> {
        self.progress_permille
    }

    /// The provider's id of the task.
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_deref()
    }

    /// Whether some attempt may have been accepted without an id coming back. Never goes back to false by itself.
    pub const fn maybe_sent(&self) -> bool {
        self.maybe_sent
    }

    /// Whether a person asked to cancel.
    pub const fn cancel_requested(&self) -> bool {
        self.cancel_requested
    }

    /// How often each thing was tried.
    pub const fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// When each thing happened.
    pub const fn at(&self) -> &Times {
        &self.at
    }

    /// When the next step is due.
    pub const fn due(&self) -> Option<Due> {
        self.due
    }

    /// Who may be submitting now, and until when that is believed.
    pub const fn lease(&self) -> Option<&Lease> {
        self.lease.as_ref()
    }

    /// What went wrong last, or for good.
    pub const fn error(&self) -> Option<&Fault> {
        self.error.as_ref()
    }

    /// What was made.
    pub const fn result(&self) -> Option<&Outcome> {
        self.result.as_ref()
    }

    /// A terminal state that contradicts the recorded one, or a second task that one intent made.
    pub const fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }

    /// The intent that took the caller's key over, after a refusal that cost nothing.
    pub fn successor(&self) -> Option<&str> {
        self.successor.as_deref()
    }

    /// Before when the server does not want to be asked about this task again: kept across calls and processes.
    pub const fn not_before(&self) -> Option<UnixMillis> {
        self.not_before
    }
}
