//! The nested parts of a record.

use crate::error::Violation;
use crate::io::UnixMillis;
use crate::json::{Fields, Members};
use serde_json::Value;

/// The frozen request body, by its hash; the bytes themselves are in the `request` blob.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestInfo {
    /// SHA-256 of the body, 64 hexadecimal digits.
    pub sha256: String,
    /// Length of the body.
    pub bytes: u64,
    /// Its media type.
    pub content_type: String,
    /// SHA-256 of the body as it would be without a callback, where one was asked for: by it a caller's key knows its job again, whatever
    /// URL and token the callback has.
    pub key_sha256: Option<String>,
}

impl RequestInfo {
    pub(super) fn read(value: Option<&Value>, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value.unwrap_or(&Value::Null), "/request", faults);
        Self {
            sha256: fields.need_string("sha256", faults),
            bytes: fields.uint("bytes", faults).unwrap_or(0),
            content_type: fields.string("contentType", faults).unwrap_or_default(),
            key_sha256: fields.string("keySha256", faults),
        }
    }

    /// The hash by which a caller's key knows its job again.
    pub(crate) fn job(&self) -> &str {
        self.key_sha256.as_deref().unwrap_or(&self.sha256)
    }

    pub(super) fn to_value(&self) -> Value {
        Members::default()
            .text("sha256", &self.sha256)
            .int("bytes", self.bytes)
            .text("contentType", &self.content_type)
            .opt_text("keySha256", self.key_sha256.as_ref())
            .done()
    }
}

/// How often each thing was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Submits that were put on their way.
    pub submit: u64,
    /// Submits that provably never left.
    pub not_sent: u64,
    /// Submits refused with 429.
    pub limited: u64,
    /// Status calls.
    pub polls: u64,
    /// Reads that failed in a row.
    pub read_failures: u64,
    /// Result calls.
    pub fetches: u64,
    /// Cancel calls.
    pub cancels: u64,
}

impl Attempts {
    pub(super) fn read(value: Option<&Value>, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value.unwrap_or(&Value::Null), "/attempts", faults);
        let mut count = |name| fields.uint(name, faults).unwrap_or(0);
        Self {
            submit: count("submit"),
            not_sent: count("notSent"),
            limited: count("limited"),
            polls: count("polls"),
            read_failures: count("readFailures"),
            fetches: count("fetches"),
            cancels: count("cancels"),
        }
    }

    pub(super) fn to_value(self) -> Value {
        Members::default()
            .int("submit", self.submit)
            .int("notSent", self.not_sent)
            .int("limited", self.limited)
            .int("polls", self.polls)
            .int("readFailures", self.read_failures)
            .int("fetches", self.fetches)
            .int("cancels", self.cancels)
            .done()
    }
}

/// When each thing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// The intent was prepared.
    pub created: UnixMillis,
    /// The first submit was put on its way.
    pub first_sent: Option<UnixMillis>,
    /// The latest submit was put on its way.
    pub last_sent: Option<UnixMillis>,
    /// The task id became known.
    pub accepted: Option<UnixMillis>,
    /// The provider last said how the task is.
    pub checked: Option<UnixMillis>,
    /// The task ended.
    pub finished: Option<UnixMillis>,
    /// The record last changed.
    pub updated: UnixMillis,
}

impl Times {
    pub(super) fn read(value: Option<&Value>, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value.unwrap_or(&Value::Null), "/at", faults);
        let mut time = |name| fields.uint(name, faults);
        Self {
            created: time("created").unwrap_or(0),
            first_sent: time("firstSent"),
            last_sent: time("lastSent"),
            accepted: time("accepted"),
            checked: time("checked"),
            finished: time("finished"),
            updated: time("updated").unwrap_or(0),
        }
    }

    pub(super) fn to_value(self) -> Value {
        Members::default()
            .int("created", self.created)
            .opt_int("firstSent", self.first_sent)
            .opt_int("lastSent", self.last_sent)
            .opt_int("accepted", self.accepted)
            .opt_int("checked", self.checked)
            .opt_int("finished", self.finished)
            .int("updated", self.updated)
            .done()
    }
}

/// When the next step is due, and when that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When it is due.
    pub at: UnixMillis,
    /// When that was decided: shows a clock that went back.
    pub set: UnixMillis,
}

impl Due {
    pub(super) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/due", faults);
        Self { at: fields.uint("at", faults).unwrap_or(0), set: fields.uint("set", faults).unwrap_or(0) }
    }

    pub(super) fn to_value(self) -> Value {
        Members::default().int("at", self.at).int("set", self.set).done()
    }
}

/// Who may be submitting now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// A name that the driver gave itself.
    pub holder: String,
    /// Until when an answer may still come.
    pub until: UnixMillis,
}

impl Lease {
    pub(super) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/lease", faults);
        Self { holder: fields.need_string("holder", faults), until: fields.uint("until", faults).unwrap_or(0) }
    }

    pub(super) fn to_value(&self) -> Value {
        Members::default().text("holder", &self.holder).int("until", self.until).done()
    }
}
