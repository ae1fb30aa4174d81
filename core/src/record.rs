//! The durable form of a task. It is written before the first byte of a submit leaves, and a machine is resumed from it.
//!
//! Version 1. Adding an optional field keeps the version; fields that this release does not know survive a rewrite.

use crate::error::{Error, ErrorCode, Violation, note};
use crate::io::UnixMillis;
use crate::json::{self, Fields, Members, overlay, texts, to_canonical, unknown};
use crate::pause;
use crate::phase::Phase;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

mod fields;
mod outcome;
mod parts;
mod sense;
pub use outcome::{Billing, Conflict, Fault, FileEntry, Outcome, SavedFile};
pub use parts::{Attempts, Due, Lease, RequestInfo, Times};

/// The newest record version that this release reads, and the one it writes.
const RECORD_VERSION: u64 = 1;

/// Everything that is known of one task. All times are Unix milliseconds.
///
/// It is read here and changed in `state` only: a record comes from a machine, a store or [`TaskRecord::from_json`].
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "the fields of the stored format")]
pub struct TaskRecord {
    pub(crate) version: u64,
    pub(crate) intent_id: String,
    pub(crate) caller_key: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) provider: String,
    pub(crate) contract_revision: u64,
    pub(crate) account: String,
    pub(crate) base: String,
    pub(crate) model: String,
    pub(crate) kind: String,
    pub(crate) vars: BTreeMap<String, String>,
    pub(crate) options: Map<String, Value>,
    pub(crate) request: RequestInfo,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) callback: bool,
    pub(crate) seed: u64,
    pub(crate) phase: Phase,
    pub(crate) processing: bool,
    pub(crate) provider_state: Option<String>,
    pub(crate) progress_permille: Option<u64>,
    pub(crate) task_id: Option<String>,
    pub(crate) maybe_sent: bool,
    pub(crate) cancel_requested: bool,
    pub(crate) attempts: Attempts,
    pub(crate) at: Times,
    pub(crate) due: Option<Due>,
    pub(crate) lease: Option<Lease>,
    pub(crate) error: Option<Fault>,
    pub(crate) result: Option<Outcome>,
    pub(crate) conflict: Option<Conflict>,
    pub(crate) successor: Option<String>,
    pub(crate) not_before: Option<UnixMillis>,
    /// What this release does not know of the value that it was read from; it is written back with the rest.
    unknown: Option<Arc<Value>>,
}

/// What a new record begins with.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    pub(crate) intent_id: String,
    pub(crate) seed: u64,
    pub(crate) provider: String,
    pub(crate) contract_revision: u64,
    pub(crate) base: String,
    pub(crate) model: String,
    pub(crate) kind: String,
    pub(crate) created: UnixMillis,
}

impl TaskRecord {
    pub(crate) fn new(origins: Origins) -> Self {
        Self {
            version: 0,
            intent_id: origins.intent_id,
            caller_key: None,
            owner: None,
            provider: origins.provider,
            contract_revision: origins.contract_revision,
            account: "default".to_owned(),
            base: origins.base,
            model: origins.model,
            kind: origins.kind,
            vars: BTreeMap::new(),
            options: Map::new(),
            request: RequestInfo::default(),
            idempotency_key: None,
            callback: false,
            seed: origins.seed,
            phase: Phase::Prepared,
            processing: false,
            provider_state: None,
            progress_permille: None,
            task_id: None,
            maybe_sent: false,
            cancel_requested: false,
            attempts: Attempts::default(),
            at: Times { created: origins.created, updated: origins.created, ..Times::default() },
            due: None,
            lease: None,
            error: None,
            result: None,
            conflict: None,
            successor: None,
            not_before: None,
            unknown: None,
        }
    }

    /// Reads a record; lists everything that is wrong with it.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let mut value = json::parse_own(bytes).map_err(|_| Error::new(ErrorCode::StoreError, "the stored record is not JSON"))?;
        let options = json::take_object(&mut value, "options");
        let mut faults = Vec::new();
        let found = Self::read(&value, &mut faults);
        // What is not read as what it is cannot contradict anything.
        if let Some(record) = found.as_ref().filter(|_| faults.is_empty()) {
            sense::check(record, &mut faults);
        }
        match found {
            Some(mut record) if faults.is_empty() => {
                record.unknown = unknown(value, &record.to_value()).map(Arc::new);
                record.options = options;
                Ok(record)
            }
            _ => Err(Error::invalid(ErrorCode::StoreError, "the stored record is damaged", faults)),
        }
    }

    fn read(value: &Value, faults: &mut Vec<Violation>) -> Option<Self> {
        // Unknown fields are kept, so none is a fault here.
        let fields = Fields::tolerant(value, "", faults);
        let v = fields.uint("v", faults).unwrap_or(0);
        if v == 0 || v > RECORD_VERSION {
            let expected = format!("a record version from 1 to {RECORD_VERSION}; a newer gentask wrote this one, or it is damaged");
            note(faults, "/v", "version", &expected, &v.to_string());
            return None;
        }
        let phase_word = fields.need_string("phase", faults);
        let phase = Phase::from_word(&phase_word);
        if phase.is_none() {
            note(faults, "/phase", "enum", "a phase", &phase_word);
        }
        let seed_text = fields.need_string("seed", faults);
        let seed = u64::from_str_radix(&seed_text, 16).ok().filter(|_| seed_text.len() == 16);
        if seed.is_none() {
            note(faults, "/seed", "pattern", "16 hexadecimal digits", &seed_text);
        }
        let mut vars = BTreeMap::new();
        for (name, value) in fields.members("vars", faults) {
            vars.insert(name.clone(), json::scalar_text(value).unwrap_or_default());
        }
        let version = fields.need("version", faults).and(fields.uint("version", faults)).unwrap_or(0);
        Some(Self {
            version,
            intent_id: fields.need_string("intentId", faults),
            caller_key: fields.string("callerKey", faults),
            owner: fields.string("owner", faults),
            provider: fields.need_string("provider", faults),
            contract_revision: fields.uint("contractRevision", faults).unwrap_or(0),
            account: fields.need_string("account", faults),
            base: fields.need_string("base", faults),
            model: fields.need_string("model", faults),
            kind: fields.need_string("kind", faults),
            vars,
            options: fields.object("options", faults),
            request: RequestInfo::read(fields.get("request"), faults),
            idempotency_key: fields.string("idempotencyKey", faults),
            callback: fields.boolean("callback", faults).unwrap_or(false),
            seed: seed.unwrap_or(0),
            phase: phase.unwrap_or(Phase::Unresolved),
            processing: fields.string("state", faults).as_deref() == Some("processing"),
            provider_state: fields.string("providerState", faults),
            progress_permille: fields.uint("progressPermille", faults),
            task_id: fields.string("taskId", faults),
            maybe_sent: fields.boolean("maybeSent", faults).unwrap_or(false),
            cancel_requested: fields.boolean("cancelRequested", faults).unwrap_or(false),
            attempts: Attempts::read(fields.get("attempts"), faults),
            at: Times::read(fields.get("at"), faults),
            due: fields.get("due").map(|value| Due::read(value, faults)),
            lease: fields.get("lease").map(|value| Lease::read(value, faults)),
            error: fields.get("error").map(|value| Fault::read(value, faults)),
            result: fields.get("result").map(|value| Outcome::read(value, faults)),
            conflict: fields.get("conflict").map(|value| Conflict::read(value, faults)),
            successor: fields.string("successor", faults),
            not_before: fields.uint("notBefore", faults),
            unknown: None,
        })
    }

    /// The record as a JSON value, with every field present and what this release does not know kept.
    pub fn to_value(&self) -> Value {
        let known = Members::default()
            .int("v", RECORD_VERSION)
            .int("version", self.version)
            .text("intentId", &self.intent_id)
            .opt_text("callerKey", self.caller_key.as_ref())
            .opt_text("owner", self.owner.as_ref())
            .text("provider", &self.provider)
            .int("contractRevision", self.contract_revision)
            .text("account", &self.account)
            .text("base", &self.base)
            .text("model", &self.model)
            .text("kind", &self.kind)
            .value("vars", texts(&mut self.vars.iter()))
            .value("options", Value::Object(self.options.clone()))
            .value("request", self.request.to_value())
            .opt_text("idempotencyKey", self.idempotency_key.as_ref())
            .flag("callback", self.callback)
            .text("seed", &format!("{:016x}", self.seed))
            .text("phase", self.phase.as_str())
            .text("state", if self.processing { "processing" } else { "pending" })
            .opt_text("providerState", self.provider_state.as_ref())
            .opt_int("progressPermille", self.progress_permille)
            .opt_text("taskId", self.task_id.as_ref())
            .flag("maybeSent", self.maybe_sent)
            .flag("cancelRequested", self.cancel_requested)
            .value("attempts", self.attempts.to_value())
            .value("at", self.at.to_value())
            .value("due", self.due.map_or(Value::Null, Due::to_value))
            .value("lease", self.lease.as_ref().map_or(Value::Null, Lease::to_value))
            .value("error", self.error.as_ref().map_or(Value::Null, Fault::to_value))
            .value("result", self.result.as_ref().map_or(Value::Null, Outcome::to_value))
            .value("conflict", self.conflict.as_ref().map_or(Value::Null, Conflict::to_value))
            .opt_text("successor", self.successor.as_ref())
            .opt_int("notBefore", self.not_before)
            .done();
        match &self.unknown {
            Some(unknown) => overlay(unknown, known),
            None => known,
        }
    }

    /// Whether both have the same options, as they are stored: `5.0` and `5` are one number.
    pub(crate) fn has_options_of(&self, other: &Self) -> bool {
        let text = |record: &Self| to_canonical(&Value::Object(record.options.clone()));
        self.options == other.options || text(self) == text(other)
    }

    /// Whether a second task of this intent turned up that nobody has looked after yet: it may have been paid for, too.
    pub fn has_open_conflict(&self) -> bool {
        self.conflict.as_ref().is_some_and(|conflict| conflict.task_id.is_some())
    }

    /// Whether a callback has claimed another end than this one, and nobody has asked the provider which is true.
    pub(crate) fn has_claim_of_a_callback(&self) -> bool {
        let is_end = |phase: &str| Phase::from_word(phase).is_some_and(Phase::is_terminal);
        let is_claim = |conflict: &Conflict| conflict.source == "callback" && conflict.task_id.is_none() && is_end(&conflict.phase);
        self.conflict.as_ref().is_some_and(is_claim)
    }

    /// Whether the task's next step is due.
    pub(crate) fn is_due(&self, now: UnixMillis) -> bool {
        self.due_at(now).is_some_and(|due| due.max(self.not_before.unwrap_or(0)) <= now)
    }

    /// Why this one record may not be deleted where somebody asks for it: lower case, without a full stop. `None` where it may.
    pub fn why_kept(&self) -> Option<&'static str> {
        if !self.phase.is_terminal() {
            Some("the task has not ended: wait for it, cancel it, or, where it is unresolved, adopt or discard it; then it can be deleted")
        } else if self.has_open_conflict() {
            Some("a second task of this submit is known at the provider: look after it and discard it first")
        } else {
            None
        }
    }

    /// Whether nothing of the record is needed any more: its task ended before this time, and nobody has to look after it.
    pub fn may_be_pruned(&self, ended_before: UnixMillis) -> bool {
        self.why_kept().is_none() && self.at.finished.unwrap_or(self.at.updated) < ended_before
    }

    /// Before when the server does not want to be asked about this task, where that is still to come: by the time since it said so where
    /// the clock went back, and never longer than a server may ask for.
    pub(crate) fn pause(&self, now: UnixMillis) -> Option<UnixMillis> {
        self.not_before.and_then(|until| pause::stored(until, self.at.updated, now))
    }

    /// Whether some submit of this intent may have been accepted, or surely was: only then may money have been spent on it.
    pub fn may_have_cost(&self) -> bool {
        let accepted = self.task_id.is_some() || self.conflict.is_some();
        accepted || self.maybe_sent || matches!(self.phase, Phase::Submitting | Phase::Unresolved | Phase::Discarded)
    }

    /// The canonical text that stores keep.
    pub fn to_json(&self) -> String {
        to_canonical(&self.to_value())
    }

    /// When the next step is due, corrected where the clock went back between two processes.
    pub fn due_at(&self, now: UnixMillis) -> Option<UnixMillis> {
        self.due.map(|due| if now < due.set { now.saturating_add(due.at.saturating_sub(due.set)) } else { due.at })
    }
}
