//! Answers out of JSON, and the text or the bytes that go beside it. What a store gave is read here, and what cannot be read is damage.

use super::cursor_from;
use crate::base64;
use crate::client::effect::Answer;
use crate::error::{Error, ErrorCode, Violation, note};
use crate::io::{Delivery, HttpResponse};
use crate::json::{self, Fields};
use crate::record::TaskRecord;
use crate::search::shorten;
use crate::store::{Cursor, Damaged, DeliveryOutcome, Listing, Saved, StoreError, StoreErrorKind, StoredDelivery};
use crate::wire;
use serde_json::Value;

impl Answer {
    /// Reads an answer: its JSON, and the text or the bytes that go beside it.
    ///
    /// | answer | beside it |
    /// |---|---|
    /// | `{"answer": "ready"}`, `due`, `changed`, `told` | |
    /// | `{"answer": "keyless", "code", "message"}` | |
    /// | `{"answer": "record"}` | the record's text; without it, there is none |
    /// | `{"answer": "records"}` | a JSON array of the records' texts |
    /// | `{"answer": "listing", "next"}` | a JSON array of `{"intentId", "json"}` |
    /// | `{"answer": "bytes"}` | the bytes; without them, there are none |
    /// | `{"answer": "value", "value"}` | |
    /// | `{"answer": "saved", "isConflict"}` | |
    /// | `{"answer": "noted", "isNews"}`, `{"answer": "verified", "index"}` | |
    /// | `{"answer": "deliveries"}` | a JSON array of deliveries, each with its body as `bodyBase64` |
    /// | `{"answer": "deleted", "count"}`, `{"answer": "gone", "isGone"}` | |
    /// | `{"answer": "refused", "kind", "message"}` | |
    /// | `{"answer": "response", "status", "headers", "end"}` | the body's bytes |
    /// | `{"answer": "undelivered", "delivery", "reason"}` | |
    pub fn from_parts(head: &Value, text: Option<&str>, bytes: Option<Vec<u8>>) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let fields = Fields::tolerant(head, "", &mut faults);
        let word = fields.need_string("answer", &mut faults);
        let answer = match word.as_str() {
            "ready" => Self::Ready,
            "due" => Self::Due,
            "changed" => Self::Changed,
            "told" => Self::Told,
            "keyless" => {
                let code = fields.string("code", &mut faults).as_deref().and_then(ErrorCode::from_word).unwrap_or(ErrorCode::AuthFailed);
                Self::Keyless(Box::new(Error::new(code, fields.need_string("message", &mut faults))))
            }
            "record" => match text.map(|text| stored(text.as_bytes())).transpose() {
                Ok(record) => Self::Record(record.map(Box::new)),
                Err(error) => Self::Refused(error),
            },
            "records" => records(&values(text, &mut faults)).map_or_else(Self::Refused, Self::Records),
            "listing" => {
                let next = cursor_from(fields.get("next"), &mut faults);
                Self::Listing(Box::new(page(&values(text, &mut faults), next)))
            }
            "bytes" => Self::Bytes(bytes),
            "value" => Self::Value(fields.string("value", &mut faults)),
            "saved" => {
                fields.need("isConflict", &mut faults);
                Self::Saved(if fields.boolean("isConflict", &mut faults) == Some(false) { Saved::Done } else { Saved::Conflict })
            }
            "noted" => {
                fields.need("isNews", &mut faults);
                Self::Noted(fields.boolean("isNews", &mut faults).unwrap_or(false))
            }
            "verified" => Self::Verified(fields.uint("index", &mut faults).and_then(|index| usize::try_from(index).ok())),
            "deliveries" => {
                let found = values(text, &mut faults);
                Self::Deliveries(found.iter().filter_map(|value| delivery(value, &mut faults)).collect())
            }
            "deleted" => Self::Deleted(fields.uint("count", &mut faults).unwrap_or(0)),
            "gone" => Self::Gone(fields.boolean("isGone", &mut faults).unwrap_or(false)),
            "refused" => {
                let kind = fields.string("kind", &mut faults).map_or(StoreErrorKind::Io, |word| StoreErrorKind::from_word(&word));
                Self::Refused(StoreError::new(kind, fields.need_string("message", &mut faults)))
            }
            "response" => {
                let status = fields.need("status", &mut faults).and(fields.uint("status", &mut faults));
                let headers = fields.members("headers", &mut faults);
                let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
                let end = wire::body_end(fields.string("end", &mut faults).as_deref());
                let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
                Self::Response(HttpResponse { status, headers, body: bytes.unwrap_or_default(), end })
            }
            "undelivered" => Self::Undelivered {
                // A missing or unknown word proves nothing.
                delivery: if fields.string("delivery", &mut faults).as_deref() == Some("notSent") {
                    Delivery::NotSent
                } else {
                    Delivery::MaybeSent
                },
                reason: fields.string("reason", &mut faults).unwrap_or_default(),
            },
            _ => {
                note(&mut faults, "/answer", "enum", "the word of an answer", &shorten(&word, 40));
                Self::Told
            }
        };
        if faults.is_empty() { Ok(answer) } else { Err(Error::invalid(ErrorCode::Unsupported, "the answer", faults)) }
    }
}

/// A record that a store gave. What cannot be read is damage, and what a newer release wrote is told as that.
fn stored(text: &[u8]) -> Result<TaskRecord, StoreError> {
    TaskRecord::from_json(text).map_err(|error| {
        let is_newer = error.violations.iter().any(|rule| rule.path == "/v" && rule.actual.parse::<u64>().is_ok_and(|v| v > 0));
        let kind = if is_newer { StoreErrorKind::Newer } else { StoreErrorKind::Corrupt };
        StoreError::new(kind, error.message)
    })
}

/// The JSON array beside an answer.
fn values(text: Option<&str>, faults: &mut Vec<Violation>) -> Vec<Value> {
    match json::parse_own(text.unwrap_or("[]").as_bytes()) {
        Ok(Value::Array(values)) => values,
        _ => {
            note(faults, "", "type", "a JSON array beside the answer", "something else");
            Vec::new()
        }
    }
}

impl StoredDelivery {
    /// Reads what [`StoredDelivery::to_value`] wrote, as text.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let value = json::parse_own(bytes).map_err(|_| Error::new(ErrorCode::Unsupported, "the callback is not JSON"))?;
        let mut faults = Vec::new();
        match delivery(&value, &mut faults) {
            Some(delivery) if faults.is_empty() => Ok(delivery),
            _ => Err(Error::invalid(ErrorCode::Unsupported, "the callback", faults)),
        }
    }
}

/// A stored callback, as a store gave it.
fn delivery(value: &Value, faults: &mut Vec<Violation>) -> Option<StoredDelivery> {
    let fields = Fields::tolerant(value, "", faults);
    let word = fields.need_string("outcome", faults);
    let outcome = DeliveryOutcome::from_word(&word);
    if outcome.is_none() {
        note(faults, "/outcome", "enum", "the word of an outcome", &shorten(&word, 40));
    }
    let body = base64::decode(&fields.need_string("bodyBase64", faults));
    if body.is_none() {
        note(faults, "/bodyBase64", "base64", "base64", "something else");
    }
    Some(StoredDelivery {
        provider: fields.need_string("provider", faults),
        account: fields.need_string("account", faults),
        dedupe: fields.need_string("dedupe", faults),
        received_at: fields.need_uint("receivedAt", faults),
        expires_at: fields.need_uint("expiresAt", faults),
        verified: fields.boolean("verified", faults).unwrap_or(false),
        outcome: outcome?,
        intent_id: fields.string("intentId", faults),
        task_id: fields.string("taskId", faults),
        body: body?,
    })
}

fn records(values: &[Value]) -> Result<Vec<TaskRecord>, StoreError> {
    values.iter().map(|value| stored(value.as_str().unwrap_or_default().as_bytes())).collect()
}

fn page(values: &[Value], next: Option<Cursor>) -> Listing {
    let mut listing = Listing { next, ..Listing::default() };
    for value in values {
        let member = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let intent_id = member("intentId");
        let reason = match TaskRecord::from_json(member("json").as_bytes()) {
            Ok(record) if record.intent_id == intent_id => {
                listing.records.push(record);
                continue;
            }
            Ok(record) => format!("it names another intent, {}", record.intent_id),
            Err(error) if error.violations.is_empty() => error.message,
            Err(error) => error.violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        };
        listing.damaged.push(Damaged { intent_id: intent_id.to_owned(), reason });
    }
    listing
}
