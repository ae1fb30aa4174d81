//! The vocabulary as plain JSON: how inputs and outputs cross to another language, and how they stand in the vectors.
//!
//! Names are in camel case. Bytes are `{"text": "..."}` where they are UTF-8, else `{"base64": "..."}`. What is read may leave out
//! whatever has a default; a member of another type or of an unknown name is a fault, and all faults are listed at once.

use crate::base64;
use crate::error::{Error, ErrorCode, Violation, note};
use crate::io::{Blob, BodyEnd, Delivery, HttpRequest, HttpResponse, TaskEvent};
use crate::json::{Fields, Members, describe, texts};
use crate::machine::{Input, Output};
use crate::machine::{Polls, Settings};
use serde_json::Value;

/// The kinds of input, as their word says them, and the members of each.
const INPUTS: [(&str, &[&str]); 9] = [
    ("response", &["kind", "request", "response"]),
    ("undelivered", &["kind", "request", "delivery", "reason"]),
    ("timeout", &["kind"]),
    ("poke", &["kind"]),
    ("deadline", &["kind", "at"]),
    ("callback", &["kind", "taskId", "body"]),
    ("cancel", &["kind"]),
    ("adopt", &["kind", "taskId"]),
    ("discard", &["kind"]),
];

impl Input {
    /// Reads an input: `{"kind": "response", "request": "status:1", "response": {...}}`, `{"kind": "timeout"}` and so on.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let input = Self::read(value, &mut faults);
        input.filter(|_| faults.is_empty()).ok_or_else(|| Error::invalid(ErrorCode::Unsupported, "the input", faults))
    }

    fn read(value: &Value, faults: &mut Vec<Violation>) -> Option<Self> {
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default();
        let Some((_, members)) = INPUTS.into_iter().find(|(word, _)| *word == kind) else {
            let words = INPUTS.map(|(word, _)| word).join(", ");
            note(faults, "/kind", "enum", &format!("one of {words}"), &describe(value.get("kind").unwrap_or(&Value::Null)));
            return None;
        };
        let fields = Fields::open(value, "", members, faults);
        Some(match kind {
            "response" => {
                let response = fields.need("response", faults)?;
                Self::Response {
                    request: fields.need_string("request", faults),
                    response: HttpResponse::read(response, "/response", faults)?,
                }
            }
            "undelivered" => Self::Undelivered {
                request: fields.need_string("request", faults),
                // A missing or unknown word proves nothing.
                delivery: if fields.string("delivery", faults).as_deref() == Some("notSent") {
                    Delivery::NotSent
                } else {
                    Delivery::MaybeSent
                },
                reason: fields.string("reason", faults).unwrap_or_default(),
            },
            "deadline" => {
                fields.need("at", faults);
                Self::Deadline { at: fields.uint("at", faults)? }
            }
            "callback" => Self::Callback {
                task_id: fields.string("taskId", faults),
                body: fields.get("body").and_then(|body| bytes_from(body, "/body", faults)),
            },
            "poke" => Self::Poke,
            "cancel" => Self::Cancel,
            "adopt" => Self::Adopt { task_id: fields.need_string("taskId", faults) },
            "discard" => Self::Discard,
            _ => Self::Timeout,
        })
    }
}

impl Output {
    /// The output as JSON: `{"kind": "transmit", "request": {...}}` and so on.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Save { record, blobs, fence } => Members::default()
                .text("kind", "save")
                .value("record", record.to_value())
                .value("blobs", blobs.iter().map(Blob::to_value).collect())
                .flag("fence", *fence)
                .done(),
            Self::Event { event } => Members::default().text("kind", "event").value("event", event.to_value()).done(),
            Self::Transmit { request } => Members::default().text("kind", "transmit").value("request", request.to_value()).done(),
            Self::Yield { reply } => Members::default().text("kind", "yield").value("reply", reply.to_value()).done(),
            Self::Finished { reply } => Members::default().text("kind", "finished").value("reply", reply.to_value()).done(),
        }
    }
}

impl HttpRequest {
    /// The request as JSON, body and all: not for logs.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("id", &self.id)
            .text("operation", self.operation.as_str())
            .text("method", &self.method)
            .text("url", &self.url)
            .value("headers", headers_value(&self.headers))
            .value("body", bytes_value(&self.body))
            .flag("auth", self.auth)
            .int("responseCap", self.response_cap)
            .some_int("openMs", self.open_ms)
            .done()
    }
}

impl HttpResponse {
    /// Reads an answer: `{"status", "headers", "body", "end"}`. `end` is `whole` (the default), `truncated` or `tooLarge`.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let response = Self::read(value, "", &mut faults);
        response.filter(|_| faults.is_empty()).ok_or_else(|| Error::invalid(ErrorCode::Unsupported, "the answer", faults))
    }

    /// The answer as JSON.
    pub fn to_value(&self) -> Value {
        let end = match self.end {
            BodyEnd::Whole => "whole",
            BodyEnd::Truncated => "truncated",
            BodyEnd::TooLarge => "tooLarge",
        };
        Members::default()
            .int("status", self.status.into())
            .value("headers", headers_value(&self.headers))
            .value("body", bytes_value(&self.body))
            .text("end", end)
            .done()
    }

    fn read(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        let fields = Fields::open(value, path, &["status", "headers", "body", "end"], faults);
        fields.need("status", faults);
        let status = fields.uint("status", faults).and_then(|status| u16::try_from(status).ok());
        let mut headers = Vec::new();
        for (name, value) in fields.members("headers", faults) {
            match value.as_str() {
                Some(value) => headers.push((name.clone(), value.to_owned())),
                None => note(faults, &format!("{path}/headers/{name}"), "type", "a string", &describe(value)),
            }
        }
        let body = fields.get("body").map_or(Some(Vec::new()), |body| bytes_from(body, &fields.at("body"), faults));
        let end = body_end(fields.string("end", faults).as_deref());
        Some(Self { status: status?, headers, body: body?, end })
    }
}

impl Blob {
    fn to_value(&self) -> Value {
        Members::default().text("name", self.name).value("bytes", self.bytes.as_deref().map_or(Value::Null, bytes_value)).done()
    }
}

impl TaskEvent {
    /// The event as JSON: `{"at", "kind", "data"}`.
    pub fn to_value(&self) -> Value {
        Members::default().int("at", self.at).text("kind", self.kind).value("data", self.data.clone()).done()
    }
}

impl Settings {
    /// Reads `{"base", "account", "holder", "requestTimeoutMs", "foreground", "oneRequest", "poll": {"initialMs", "factorPct", "capMs",
    /// "byContract"}}`, each of which may be absent.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let known = ["base", "account", "holder", "requestTimeoutMs", "foreground", "oneRequest", "poll"];
        let fields = Fields::open(value, "", &known, &mut faults);
        let common = settings(&fields, &mut faults);
        let settings = Self {
            foreground: fields.boolean("foreground", &mut faults).unwrap_or(common.foreground),
            one_request: fields.boolean("oneRequest", &mut faults).unwrap_or(common.one_request),
            ..common
        };
        if faults.is_empty() { Ok(settings) } else { Err(Error::invalid(ErrorCode::Unsupported, "the settings", faults)) }
    }
}

/// What the settings of a machine and of a client both say; the rest has its default.
pub(crate) fn settings(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Settings {
    let default = Settings::default();
    Settings {
        base: fields.string("base", faults),
        account: fields.string("account", faults).unwrap_or(default.account),
        holder: fields.string("holder", faults).unwrap_or(default.holder),
        request_timeout_ms: fields.uint("requestTimeoutMs", faults).unwrap_or(default.request_timeout_ms),
        poll: polls(fields, faults),
        ..default
    }
}

/// The caller's own poll figures, as `poll` of some settings.
fn polls(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Polls {
    let Some(poll) = fields.get("poll") else { return Polls::default() };
    let fields = Fields::open(poll, "/poll", &["initialMs", "factorPct", "capMs", "byContract"], faults);
    Polls {
        initial_ms: fields.uint("initialMs", faults),
        factor_pct: fields.uint("factorPct", faults),
        cap_ms: fields.uint("capMs", faults),
        by_contract: fields.boolean("byContract", faults).unwrap_or(false),
    }
}

/// How a body ended. A word that says something else than whole is no promise that it is.
pub(crate) fn body_end(word: Option<&str>) -> BodyEnd {
    match word {
        None | Some("whole") => BodyEnd::Whole,
        Some("tooLarge") => BodyEnd::TooLarge,
        Some(_) => BodyEnd::Truncated,
    }
}

fn headers_value(headers: &[(String, String)]) -> Value {
    texts(&mut headers.iter().map(|(name, value)| (name, value)))
}

fn bytes_value(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(known) => Members::default().text("text", known).done(),
        Err(_) => Members::default().value("base64", Value::String(base64::encode(bytes))).done(),
    }
}

fn bytes_from(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Vec<u8>> {
    let fields = Fields::open(value, path, &["text", "base64"], faults);
    if let Some(text) = fields.string("text", faults) {
        return Some(text.into_bytes());
    }
    let bytes = fields.string("base64", faults).and_then(|text| base64::decode(&text));
    if bytes.is_none() {
        note(faults, path, "bytes", "{\"text\": ...} or {\"base64\": ...}", &describe(value));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(value: &Value) -> Vec<String> {
        Input::from_value(value).unwrap_err().violations.into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn every_fault_of_an_input_is_listed() {
        assert_eq!(faults(&json!({"kind": "sleep"})), ["/kind"]);
        assert_eq!(faults(&json!([])), ["/kind"]);
        assert_eq!(faults(&json!({"kind": "timeout", "at": 1})), ["/at"]);
        assert_eq!(faults(&json!({"kind": "deadline"})), ["/at"]);
        let response = json!({"status": "200", "headers": {"a": 1}, "body": {"base64": "?"}});
        let wrong = json!({"kind": "response", "response": response});
        assert_eq!(faults(&wrong), ["/request", "/response/status", "/response/headers/a", "/response/body"]);
    }

    #[test]
    fn a_delivery_that_is_not_named_is_no_proof() {
        for word in [json!(null), json!("maybe"), json!("notSent")] {
            let input = Input::from_value(&json!({"kind": "undelivered", "request": "submit:1", "delivery": word})).unwrap();
            let proven = matches!(input, Input::Undelivered { delivery: Delivery::NotSent, .. });
            assert_eq!(proven, word == "notSent");
        }
    }

    #[test]
    fn bytes_survive_both_ways() {
        for bytes in [&b"plain"[..], b"", b"\xff\x00"] {
            assert_eq!(bytes_from(&bytes_value(bytes), "", &mut Vec::new()).unwrap(), bytes);
        }
    }
}
