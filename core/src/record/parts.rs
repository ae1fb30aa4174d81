//! The nested parts of a record.

use crate::error::Violation;
use crate::io::UnixMillis;
use crate::json::{Fields, object, opt_int, text};
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
}

impl RequestInfo {
    pub(super) fn read(value: Option<&Value>, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value.unwrap_or(&Value::Null), "/request", faults);
        Self {
            sha256: fields.need_string("sha256", faults),
            bytes: fields.uint("bytes", faults).unwrap_or(0),
            content_type: fields.string("contentType", faults).unwrap_or_default(),
        }
    }

    pub(super) fn to_value(&self) -> Value {
        object([("sha256", text(&self.sha256)), ("bytes", Value::from(self.bytes)), ("contentType", text(&self.content_type))])
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
        object([
            ("submit", Value::from(self.submit)),
            ("notSent", Value::from(self.not_sent)),
            ("limited", Value::from(self.limited)),
            ("polls", Value::from(self.polls)),
            ("readFailures", Value::from(self.read_failures)),
            ("fetches", Value::from(self.fetches)),
            ("cancels", Value::from(self.cancels)),
        ])
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
        object([
            ("created", Value::from(self.created)),
            ("firstSent", opt_int(self.first_sent)),
            ("lastSent", opt_int(self.last_sent)),
            ("accepted", opt_int(self.accepted)),
            ("checked", opt_int(self.checked)),
            ("finished", opt_int(self.finished)),
            ("updated", Value::from(self.updated)),
        ])
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
        object([("at", Value::from(self.at)), ("set", Value::from(self.set))])
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
        object([("holder", text(&self.holder)), ("until", Value::from(self.until))])
    }
}
