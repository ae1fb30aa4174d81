//! Deliveries and verdicts as plain JSON: how they cross to another language, and how they stand in the vectors.
//!
//! ```json
//! {"method": "POST", "url": "/hook?gentask=...", "headers": [["webhook-id", "msg_1"]], "bodyBase64": "e30="}
//! {"token": [{"text": "...", "until": null}], "signing": [], "toleranceMs": 300000}
//! {"verdict": "refused", "refusal": "unproven", "http": 401}
//! ```

use super::{Arrival, Candidate, Proof, Secret, Secrets, Verdict};
use crate::error::{Error, ErrorCode, Violation, note};
use crate::json::{Fields, Members, nth};
use crate::{base64, hex};
use serde_json::Value;

impl Arrival {
    /// Reads a delivery.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let fields = Fields::open(value, "", &["method", "url", "headers", "bodyBase64"], &mut faults);
        let mut headers = Vec::new();
        for (index, pair) in fields.array("headers", &mut faults).iter().enumerate() {
            let part = |at: usize| pair.get(at).and_then(Value::as_str).map(str::to_owned);
            match (part(0), part(1)) {
                (Some(name), Some(value)) => headers.push((name, value)),
                _ => note(&mut faults, &nth("/headers", index), "type", "[name, value]", "something else"),
            }
        }
        let body = base64::decode(&fields.string("bodyBase64", &mut faults).unwrap_or_default());
        if body.is_none() {
            note(&mut faults, "/bodyBase64", "base64", "base64", "other text");
        }
        let arrival = Self {
            method: fields.need_string("method", &mut faults),
            url: fields.need_string("url", &mut faults),
            headers,
            body: body.unwrap_or_default(),
        };
        if faults.is_empty() { Ok(arrival) } else { Err(Error::invalid(ErrorCode::Unsupported, "the delivery", faults)) }
    }
}

impl Secrets {
    /// Reads secrets; each is `{"text", "until"}`.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let fields = Fields::open(value, "", &["token", "signing", "toleranceMs"], &mut faults);
        let mut list = |name: &str| secrets(&fields, name, &mut faults);
        let (token, signing) = (list("token"), list("signing"));
        let tolerance_ms = fields.uint("toleranceMs", &mut faults).unwrap_or(Self::default().tolerance_ms);
        if faults.is_empty() {
            Ok(Self { token, signing, tolerance_ms })
        } else {
            Err(Error::invalid(ErrorCode::Unsupported, "the secrets", faults))
        }
    }
}

fn secrets(fields: &Fields<'_>, name: &str, faults: &mut Vec<Violation>) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for (index, item) in fields.array(name, faults).iter().enumerate() {
        let secret = Fields::open(item, &nth(&fields.at(name), index), &["text", "until"], faults);
        // What was written wrong is private even so.
        match secret.get("text").and_then(Value::as_str) {
            Some(text) => secrets.push(Secret::new(text, secret.uint("until", faults))),
            None => note(faults, &secret.at("text"), "type", "a string", "something else"),
        }
    }
    secrets
}

impl Proof {
    /// The proof as JSON.
    pub fn to_value(&self) -> Value {
        let place = |place: Option<usize>| place.map(|place| place as u64);
        Members::default()
            .opt_text("intentId", self.intent_id.as_ref())
            .opt_text("taskId", self.task_id.as_ref())
            .flag("coversBody", self.covers_body)
            .flag("isSigned", self.is_signed)
            .text("dedupe", &self.dedupe)
            .opt_int("tokenSecret", place(self.token_secret))
            .opt_int("signingSecret", place(self.signing_secret))
            .done()
    }
}

impl Candidate {
    /// The candidate as JSON: `{"key": hex, "signature": hex, "messageBase64", "signingSecret"}`.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("key", &hex::encode(&self.key))
            .text("signature", &hex::encode(&self.signature))
            .text("messageBase64", &base64::encode(&self.message))
            .opt_int("signingSecret", self.signing_secret.map(|place| place as u64))
            .done()
    }
}

impl Verdict {
    /// The verdict as JSON: `{"verdict": "proven", "proof"}`, `{"verdict": "keys", "url"}` or `{"verdict": "refused", "refusal", "http"}`.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Proven(proof) => Members::default().text("verdict", "proven").value("proof", proof.to_value()).done(),
            Self::Keys(pending) => Members::default().text("verdict", "keys").opt_word("url", pending.url()).done(),
            Self::Refused(refusal) => Members::default()
                .text("verdict", "refused")
                .text("refusal", refusal.as_str())
                .int("http", refusal.http_status().into())
                .done(),
        }
    }
}
