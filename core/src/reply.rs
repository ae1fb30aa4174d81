//! What a caller gets: exactly seven fields, the same in every language.
//!
//! Which status and code a reply has is a total function of the phase and of why the wait ended:
//!
//! | why | status | code |
//! |---|---|---|
//! | nothing ended: a snapshot | the phase's | none in a phase that goes on; the record's own in a terminal one |
//! | the task ended | the phase's | `null` for `succeeded`; `CANCELLED` for `cancelled` and `discarded`; else the fault's |
//! | a cancel was asked and done | `cancelled` | `null` |
//! | deadline | the phase's | `WAIT_TIMEOUT` |
//! | unresolved | `unknown` | `SUBMIT_UNKNOWN` |
//! | 401, 403 | the phase's | `AUTH_FAILED` |
//! | 404 | the phase's | `TASK_NOT_FOUND` |
//! | a long Retry-After | the phase's | `RATE_LIMITED` |
//! | an answer above the cap | the phase's | `RESPONSE_TOO_LARGE` |
//! | a cancel that is not possible or was refused | the phase's | `UNSUPPORTED` |
//! | the one read that was asked for failed | the phase's | the fault's |
//! | a one-shot read that failed | `unknown` | the fault's |

use crate::advice::{Asked, advice};
use crate::error::{Error, ErrorCode, Violation};
use crate::io::UnixMillis;
use crate::json::{self, Fields, Members, text, to_canonical};
use crate::learning::Expected;
use crate::phase::Phase;
use crate::record::{Billing, Fault, TaskRecord};
use crate::search::shorten;
use serde_json::Value;

mod about;
mod ending;
mod explain;

pub use ending::Ending;
use explain::explain;

/// How a task is, in one of six words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not begun, or not known to have begun.
    Pending,
    /// Being worked on.
    Processing,
    /// Done: `data.files` holds what was made.
    Success,
    /// Refused or failed.
    Failed,
    /// Cancelled or given up.
    Cancelled,
    /// Not known: the submit may have been accepted, or the read failed.
    Unknown,
}

impl Status {
    /// The status as it stands on the wire: `pending`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    /// The status of a word, or `None` for a word that is none.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Pending, Self::Processing, Self::Success, Self::Failed, Self::Cancelled, Self::Unknown];
        all.into_iter().find(|status| status.as_str() == word)
    }

    /// The status of a phase.
    pub const fn of(phase: Phase, processing: bool) -> Self {
        match phase {
            Phase::Prepared | Phase::Submitting => Self::Pending,
            Phase::Waiting | Phase::Cancelling => {
                if processing {
                    Self::Processing
                } else {
                    Self::Pending
                }
            }
            Phase::Fetching => Self::Processing,
            Phase::Succeeded => Self::Success,
            Phase::Failed | Phase::Rejected => Self::Failed,
            Phase::Cancelled | Phase::Discarded => Self::Cancelled,
            Phase::Unresolved => Self::Unknown,
        }
    }
}

/// One result file, as a caller sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultFile {
    /// Where the provider keeps it. Not for logs: it may be signed.
    pub url: Option<String>,
    /// `image`, `video`, `audio`, `model` or `unknown`.
    pub kind: String,
    /// When the provider deletes it.
    pub expires_at: Option<UnixMillis>,
}

/// The seven fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Whether there is no error code.
    pub ok: bool,
    /// How the task is.
    pub status: Status,
    /// The provider's id of the task, where one is known.
    pub task_id: Option<String>,
    /// On success `files`, `costTimeMs`, `raw`; on failure `intentId`, `suggestions`, `billing`, `providerCode` and, for a faulty
    /// input, `violations`; otherwise `intentId` and what is known.
    pub data: Value,
    /// The stable code of what went wrong.
    pub error_code: Option<ErrorCode>,
    /// What went wrong, for a person.
    pub error_message: Option<String>,
    /// When to come back, in whole seconds, rounded up.
    pub retry_after: Option<u64>,
}

impl Reply {
    /// The reply to a task as it stands. `raw` is the provider's last body, where it is at hand.
    pub(crate) fn of(record: &TaskRecord, ending: Ending, fault: Option<&Fault>, raw: Option<&[u8]>) -> Self {
        let fault = fault.or(record.error.as_ref());
        let (status, code) = ending.outcome(record.phase, record.processing, fault.map(|fault| fault.code));
        let mut data = Members::default();
        // A question about a task that is not stored here has no intent.
        data.opt_word("intentId", Some(record.intent_id.as_str()).filter(|id| !id.is_empty()));
        data.value("raw", raw.map_or(Value::Null, readable));
        if let Some(outcome) = &record.result {
            let files = outcome.files.iter().map(|file| {
                Members::default().opt_text("url", file.url.as_ref()).text("kind", &file.kind).opt_int("expiresAt", file.expires_at).done()
            });
            data.value("files", Value::Array(files.collect()));
            data.opt_int("costTimeMs", outcome.cost_time_ms);
        }
        let message = code.map(|code| explain(record, code, fault));
        if let Some(code) = code {
            let provider_code = fault.and_then(|fault| fault.provider_code.as_deref());
            let asked = if matches!(ending, Ending::CancelDone | Ending::Unsupported) { Asked::Cancel } else { Asked::Wait };
            fail(&mut data, (asked, Some(record.phase)), code, billing(record, fault), provider_code);
        } else if status != Status::Success {
            data.text("phase", record.phase.as_str());
            data.opt_text("providerState", record.provider_state.as_ref());
            data.opt_int("progressPermille", record.progress_permille);
            let is_polled = matches!(record.phase, Phase::Waiting | Phase::Fetching | Phase::Cancelling);
            let due = record.due.filter(|_| is_polled).map(|due| due.at.max(record.not_before.unwrap_or(0)));
            data.opt_int("nextPollAt", due);
            // Only what drives the task knows more: what is learned of durations stands in no record.
            let is_paused = due.is_some() && record.due.is_some_and(|due| record.not_before.is_some_and(|until| until >= due.at));
            data.value("nextPollBy", if is_paused { "pause".into() } else { Value::Null });
            data.opt_int("expectedAt", None);
            data.opt_int("expectedBy", None);
        }
        Self {
            ok: code.is_none(),
            status,
            task_id: record.task_id.clone(),
            data: data.done(),
            error_code: code,
            error_message: message,
            retry_after: code.and(fault.and_then(|fault| fault.retry_after)),
        }
    }

    /// The same with why the next poll is due then, where one is and the record does not say it, and with when the task is likely to end, where it is on
    /// its way.
    pub(crate) fn expecting(mut self, why: &str, expected: Option<Expected>) -> Self {
        if let Some(data) = self.data.as_object_mut().filter(|data| data.get("nextPollAt").is_some_and(Value::is_u64)) {
            if data.get("nextPollBy").is_some_and(Value::is_null) {
                data.insert("nextPollBy".to_owned(), why.into());
            }
        }
        if let (Some(expected), Some(data)) = (expected, self.data.as_object_mut().filter(|data| data.contains_key("expectedAt"))) {
            data.insert("expectedAt".to_owned(), expected.at.into());
            data.insert("expectedBy".to_owned(), expected.by.into());
        }
        self
    }

    /// Whether it tells the same as another one of the same task, whenever the next poll is due and the end is expected.
    pub(crate) fn tells_the_same(&self, other: &Self) -> bool {
        const TIMES: [&str; 4] = ["nextPollAt", "nextPollBy", "expectedAt", "expectedBy"];
        let told = |reply: &Self| {
            let mut reply = reply.clone();
            if let Some(data) = reply.data.as_object_mut() {
                data.retain(|name, _| !TIMES.contains(&name.as_str()));
            }
            reply
        };
        told(self) == told(other)
    }

    /// The reply to a one-shot read that failed: the task's state is not known. A task that has an id was accepted.
    pub fn unread(task_id: Option<&str>, fault: &Fault) -> Self {
        let mut data = Members::default();
        let billing = if task_id.is_some() { fault.billing.max(Billing::Possible) } else { fault.billing };
        fail(&mut data, (Asked::Question, None), fault.code, billing, fault.provider_code.as_deref());
        data.value("intentId", Value::Null);
        Self {
            ok: false,
            status: Status::Unknown,
            task_id: task_id.map(str::to_owned),
            data: data.done(),
            error_code: Some(fault.code),
            error_message: Some(fault.message.clone()),
            retry_after: fault.retry_after,
        }
    }

    /// Reads a reply that was written by [`Reply::to_json`], here or in another language; lists everything that is wrong with it.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let mut value = json::parse_own(bytes).map_err(|_| Error::new(ErrorCode::Unsupported, "the reply is not JSON"))?;
        let data = json::take_object(&mut value, "data");
        let fields = Fields::tolerant(&value, "", &mut faults);
        let mut word = |name: &str, known: &dyn Fn(&str) -> bool| {
            let word = fields.string(name, &mut faults);
            if let Some(word) = word.as_deref().filter(|word| !known(word)) {
                faults.push(Violation::new(fields.at(name), "enum", "a word of a reply", shorten(word, 60)));
            }
            word
        };
        let status = word("status", &|word| Status::from_word(word).is_some());
        let code = word("errorCode", &|word| ErrorCode::from_word(word).is_some());
        fields.need("status", &mut faults);
        fields.need("ok", &mut faults);
        let reply = Self {
            ok: fields.boolean("ok", &mut faults).unwrap_or(false),
            status: status.as_deref().and_then(Status::from_word).unwrap_or(Status::Unknown),
            task_id: fields.string("taskId", &mut faults),
            data: {
                // Its members are taken out already; what is no object is a fault.
                fields.object("data", &mut faults);
                Value::Object(data)
            },
            error_code: code.as_deref().and_then(ErrorCode::from_word),
            error_message: fields.string("errorMessage", &mut faults),
            retry_after: fields.uint("retryAfter", &mut faults),
        };
        if faults.is_empty() { Ok(reply) } else { Err(Error::invalid(ErrorCode::Unsupported, "the reply", faults)) }
    }

    /// The result files; empty where there are none.
    pub fn files(&self) -> Vec<ResultFile> {
        let files = self.data.get("files").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let read = |file: &Value| ResultFile {
            url: file.get("url").and_then(Value::as_str).map(str::to_owned),
            kind: file.get("kind").and_then(Value::as_str).unwrap_or("unknown").to_owned(),
            expires_at: file.get("expiresAt").and_then(Value::as_u64),
        };
        files.iter().map(read).collect()
    }

    /// The reply as a JSON value.
    pub fn to_value(&self) -> Value {
        Members::default()
            .flag("ok", self.ok)
            .text("status", self.status.as_str())
            .opt_text("taskId", self.task_id.as_ref())
            .value("data", self.data.clone())
            .opt_word("errorCode", self.error_code.map(ErrorCode::as_str))
            .opt_text("errorMessage", self.error_message.as_ref())
            .opt_int("retryAfter", self.retry_after)
            .done()
    }

    /// The canonical text of the reply.
    pub fn to_json(&self) -> String {
        to_canonical(&self.to_value())
    }
}

impl TaskRecord {
    /// The reply to a wait whose time was over before anything was heard of the task.
    pub fn timed_out(&self) -> Reply {
        Reply::of(self, Ending::Deadline, None, None)
    }

    /// How the task is, by its record alone. `raw` is its `raw` blob, where it was loaded.
    pub fn reply(&self, raw: Option<&[u8]>) -> Reply {
        Reply::of(self, Ending::Snapshot, None, raw)
    }
}

impl Error {
    /// The caller's mistake as a reply, for the four operations that answer mistakes with replies too.
    pub fn reply(&self) -> Reply {
        let mut data = Members::default();
        fail(&mut data, (Asked::Submit, None), self.code, Billing::None, None);
        data.value("intentId", Value::Null);
        if !self.violations.is_empty() {
            data.value("violations", Value::Array(self.violations.iter().map(Violation::to_value).collect()));
        }
        Reply {
            ok: false,
            status: Status::Failed,
            task_id: None,
            data: data.done(),
            error_code: Some(self.code),
            error_message: Some(self.message.clone()),
            retry_after: None,
        }
    }
}

impl Violation {
    /// The violation as it stands in a reply.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("path", &self.path)
            .text("rule", &self.rule)
            .text("expected", &self.expected)
            .text("actual", &self.actual)
            .done()
    }
}

/// What every failure tells beside its code and message: what to do next, and whether money may have been spent.
fn fail(data: &mut Members, (asked, phase): (Asked, Option<Phase>), code: ErrorCode, billing: Billing, provider_code: Option<&str>) {
    data.value("suggestions", suggestions(asked, phase, code, billing));
    data.text("billing", billing.as_str());
    data.opt_word("providerCode", provider_code);
}

fn suggestions(asked: Asked, phase: Option<Phase>, code: ErrorCode, billing: Billing) -> Value {
    Value::Array(advice(asked, phase, code, billing).iter().map(|step| text(step)).collect())
}

/// The provider's last body: as JSON where it is some, else as text.
fn readable(raw: &[u8]) -> Value {
    json::parse_shown(raw).unwrap_or_else(|_| text(&String::from_utf8_lossy(raw)))
}

/// Whether money may have been spent on this intent.
fn billing(record: &TaskRecord, fault: Option<&Fault>) -> Billing {
    if record.may_have_cost() { fault.map_or(Billing::Possible, |fault| fault.billing).max(Billing::Possible) } else { Billing::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_survives_being_written_and_read() {
        let reply = Error::invalid(ErrorCode::InvalidPayload, "the payload", vec![Violation::new("/a", "type", "a string", "1")]).reply();
        assert_eq!(Reply::from_json(reply.to_json().as_bytes()), Ok(reply));
    }

    #[test]
    fn what_is_no_reply_is_refused_with_all_its_faults() {
        let wrong = br#"{"ok": 1, "status": "done", "errorCode": "OOPS", "retryAfter": -1, "data": 5}"#;
        let paths: Vec<String> = Reply::from_json(wrong).unwrap_err().violations.into_iter().map(|fault| fault.path).collect();
        assert_eq!(paths, ["/status", "/errorCode", "/ok", "/data", "/retryAfter"]);
        assert!(Reply::from_json(b"[]").is_err() && Reply::from_json(b"{").is_err());
    }
}
