//! How a task ended, as its record says it.

use crate::error::{ErrorCode, Violation};
use crate::io::UnixMillis;
use crate::json::{Fields, Members};
use serde_json::Value;

/// Whether money may have been spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Billing {
    /// Provably nothing was accepted.
    #[default]
    None,
    /// The provider accepted, or may have accepted; whether it charges is its own rule.
    Possible,
    /// The provider says that it charged.
    Certain,
}

impl Billing {
    /// `none`, `possible` or `certain`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }

    /// The word's meaning, or `None` for a word that is none.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::None, Self::Possible, Self::Certain].into_iter().find(|billing| billing.as_str() == word)
    }
}

/// What went wrong, at the provider or on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The stable code.
    pub code: ErrorCode,
    /// What happened, for a person.
    pub message: String,
    /// The provider's own code, as it stands in its answer.
    pub provider_code: Option<String>,
    /// The HTTP status of that answer.
    pub http_status: Option<u16>,
    /// Whether money may have been spent.
    pub billing: Billing,
    /// When to come back, in whole seconds, rounded up.
    pub retry_after: Option<u64>,
}

impl Fault {
    /// A fault without a provider's answer behind it.
    pub fn new(code: ErrorCode, billing: Billing, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), provider_code: None, http_status: None, billing, retry_after: None }
    }

    pub(super) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/error", faults);
        let code = fields.need_string("code", faults);
        let billing = fields.string("billing", faults);
        Self {
            // A code of a later release reads as the catch-all.
            code: ErrorCode::from_word(&code).unwrap_or(ErrorCode::UnknownError),
            message: fields.string("message", faults).unwrap_or_default(),
            provider_code: fields.string("providerCode", faults),
            http_status: fields.uint("httpStatus", faults).and_then(|status| u16::try_from(status).ok()),
            billing: billing.as_deref().and_then(Billing::from_word).unwrap_or(Billing::Possible),
            retry_after: fields.uint("retryAfter", faults),
        }
    }

    pub(super) fn to_value(&self) -> Value {
        Members::default()
            .text("code", self.code.as_str())
            .text("message", &self.message)
            .opt_text("providerCode", self.provider_code.as_ref())
            .opt_int("httpStatus", self.http_status.map(u64::from))
            .text("billing", self.billing.as_str())
            .opt_int("retryAfter", self.retry_after)
            .done()
    }
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The files, in the provider's order.
    pub files: Vec<FileEntry>,
    /// How long the provider worked, in milliseconds.
    pub cost_time_ms: Option<u64>,
    /// Whether the `raw` blob holds the provider's last body.
    pub raw: bool,
}

impl Outcome {
    pub(super) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/result", faults);
        let mut files = Vec::new();
        for item in fields.array("files", faults) {
            files.push(FileEntry::read(item, faults));
        }
        Self { files, cost_time_ms: fields.uint("costTimeMs", faults), raw: fields.boolean("raw", faults).unwrap_or(false) }
    }

    pub(super) fn to_value(&self) -> Value {
        Members::default()
            .value("files", Value::Array(self.files.iter().map(FileEntry::to_value).collect()))
            .opt_int("costTimeMs", self.cost_time_ms)
            .flag("raw", self.raw)
            .done()
    }
}

/// One result file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where the provider keeps it; a secret in itself where it is signed, so it is not logged.
    pub url: Option<String>,
    /// `image`, `video`, `audio`, `model` or `unknown`.
    pub kind: String,
    /// Whether its download needs the key (same origin only).
    pub keyed: bool,
    /// When the provider deletes it.
    pub expires_at: Option<UnixMillis>,
    /// Where it was saved, once it was.
    pub saved: Option<SavedFile>,
}

impl FileEntry {
    fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/result/files", faults);
        Self {
            url: fields.string("url", faults),
            kind: fields.string("kind", faults).unwrap_or_else(|| "unknown".to_owned()),
            keyed: fields.string("fetch", faults).as_deref() == Some("key"),
            expires_at: fields.uint("expiresAt", faults),
            saved: fields.get("saved").map(|value| SavedFile::read(value, faults)),
        }
    }

    fn to_value(&self) -> Value {
        Members::default()
            .opt_text("url", self.url.as_ref())
            .text("kind", &self.kind)
            .text("fetch", if self.keyed { "key" } else { "public" })
            .opt_int("expiresAt", self.expires_at)
            .value("saved", self.saved.as_ref().map_or(Value::Null, SavedFile::to_value))
            .done()
    }
}

/// A result file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// Its media type, by its own first bytes.
    pub content_type: String,
}

impl SavedFile {
    pub(crate) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/result/files/saved", faults);
        Self {
            path: fields.need_string("path", faults),
            sha256: fields.need_string("sha256", faults),
            bytes: fields.uint("bytes", faults).unwrap_or(0),
            content_type: fields.string("contentType", faults).unwrap_or_default(),
        }
    }

    fn to_value(&self) -> Value {
        Members::default()
            .text("path", &self.path)
            .text("sha256", &self.sha256)
            .int("bytes", self.bytes)
            .text("contentType", &self.content_type)
            .done()
    }
}

/// What contradicts the record, which stays: another terminal state, or a second task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The phase that was claimed.
    pub phase: String,
    /// Who claimed it: `callback`, `status` or `submit`.
    pub source: String,
    /// When.
    pub at: UnixMillis,
    /// The provider's id of a task of this intent that the record did not know of: it may have been paid for, too.
    pub task_id: Option<String>,
}

impl Conflict {
    pub(super) fn read(value: &Value, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::tolerant(value, "/conflict", faults);
        Self {
            phase: fields.need_string("phase", faults),
            source: fields.string("source", faults).unwrap_or_default(),
            at: fields.uint("at", faults).unwrap_or(0),
            task_id: fields.string("taskId", faults),
        }
    }

    pub(super) fn to_value(&self) -> Value {
        Members::default()
            .text("phase", &self.phase)
            .text("source", &self.source)
            .int("at", self.at)
            .opt_text("taskId", self.task_id.as_ref())
            .done()
    }
}
