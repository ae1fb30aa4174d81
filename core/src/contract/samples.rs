//! Samples: replies that the provider documents or was seen to send, and what each must mean.
//! They are the contract's own tests, and the sandbox answers in their shapes.

use crate::error::{ErrorCode, MOST_NOTED, Violation, note};
use crate::io::{BodyEnd, HttpResponse, Operation};
use crate::json::{self, Fields, nth};
use serde_json::Value;

/// One reply and its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Which call it answers.
    pub operation: Operation,
    /// The reply.
    pub response: HttpResponse,
    /// What it means: a state, or `accepted`, `rejected`, `limited`, `unresolved`, `not_sent`, `ok`, `refused`.
    pub is: String,
    /// The code that goes with it.
    pub code: Option<ErrorCode>,
    /// The file URLs that it names, where the sample says.
    pub files: Vec<String>,
}

const MEANINGS: [&str; 14] = [
    "accepted",
    "rejected",
    "limited",
    "unresolved",
    "not_sent",
    "ok",
    "refused",
    "failing",
    "pending",
    "processing",
    "success",
    "failed",
    "cancelled",
    "not_found",
];

impl Sample {
    pub(super) fn load_all(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Vec<Self> {
        let mut samples = Vec::new();
        let Some(value) = fields.get("samples") else { return samples };
        let names: Vec<&str> = Operation::ALL.iter().map(|operation| operation.as_str()).collect();
        let groups = Fields::open(value, "/samples", &names, faults);
        for operation in Operation::ALL {
            for (index, item) in groups.array(operation.as_str(), faults).iter().enumerate() {
                if faults.len() == MOST_NOTED {
                    return samples;
                }
                samples.push(Self::load(operation, item, &nth(&groups.at(operation.as_str()), index), faults));
            }
        }
        samples
    }

    fn load(operation: Operation, value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, path, &["status", "headers", "json", "text", "is", "code", "files", "note"], faults);
        fields.need("status", faults);
        let is = fields.need_string("is", faults);
        if !MEANINGS.contains(&is.as_str()) {
            note(faults, &fields.at("is"), "enum", &MEANINGS.join(", "), &is);
        }
        let code_word = fields.string("code", faults);
        let code = code_word.as_deref().and_then(ErrorCode::from_word);
        if let Some(word) = code_word.filter(|_| code.is_none()) {
            note(faults, &fields.at("code"), "enum", "a stable error code", &word);
        }
        let headers = fields.members("headers", faults);
        let headers = headers.filter_map(|(name, value)| Some((name.to_ascii_lowercase(), json::scalar_text(value)?))).collect();
        let body = match fields.get("json") {
            Some(value) => json::to_canonical(value).into_bytes(),
            None => fields.string("text", faults).unwrap_or_default().into_bytes(),
        };
        let status = fields.within("status", 100..=599, faults).and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
        let response = HttpResponse { status, headers, body, end: BodyEnd::Whole };
        Self { operation, response, is, code, files: fields.strings("files", faults) }
    }
}
