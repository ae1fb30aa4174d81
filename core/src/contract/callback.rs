//! How a provider's callbacks are: what proves one, what is signed, and where in a delivery each part stands.

use super::MOST_MS;
use super::calls::SubmitCall;
use super::pointer::{self, Pointer};
use crate::error::{Violation, note};
use crate::json::Fields;
use crate::search::shorten;
use crate::url::Origin;
use serde_json::Value;

/// What proves that a delivery is the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Nothing of the provider's: only the token in the URL.
    None,
    /// The headers of Standard Webhooks: HMAC (`v1,`) or Ed25519 (`v1a,`), as the key is.
    StandardWebhooks,
    /// HMAC-SHA256 over what the template says.
    Hmac,
    /// Ed25519 over what the template says.
    Ed25519,
    /// The secret itself, sent back in a header.
    SharedSecret,
}

/// A part of what is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(String),
    Variable(Variable),
}

/// What a template of signed text may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    /// The bytes of the body.
    Body,
    /// Their SHA-256 in lower-case hexadecimal.
    BodySha256,
    /// The delivery's id, by its header.
    Id,
    /// When it was sent, by its header: seconds, as they are written there.
    Timestamp,
    /// Whose account it is, by its header.
    User,
    /// The task's id, by the body.
    TaskId,
}

impl Variable {
    const WORDS: [(Self, &'static str); 6] = [
        (Self::Body, "body"),
        (Self::BodySha256, "bodySha256"),
        (Self::Id, "id"),
        (Self::Timestamp, "timestamp"),
        (Self::User, "user"),
        (Self::TaskId, "taskId"),
    ];

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, name)| *name == word).map(|(variable, _)| *variable)
    }
}

/// Where in the headers something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// In lower case.
    pub(crate) header: String,
    /// What an item begins with, and is read without.
    pub(crate) prefix: String,
    /// What stands between items; empty: the whole value is one.
    pub(crate) separator: String,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Hex,
    Base64,
}

/// How the text of a signing secret becomes the bytes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretForm {
    /// As it stands.
    Text,
    /// Base64, with or without `whsec_` before it.
    Base64,
    /// Each task has its own, which was sent with its submit.
    Task,
}

/// By whose rules the body is read, where the signature covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// As an answer to the status call.
    Status,
    /// As an answer to the result call.
    Result,
}

/// How a provider's callbacks are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Callback {
    pub(crate) scheme: Scheme,
    pub(crate) signed: Vec<Part>,
    pub(crate) signature: Option<Place>,
    pub(crate) timestamp: Option<Place>,
    pub(crate) id: Option<Place>,
    pub(crate) user: Option<Place>,
    pub(crate) encoding: Encoding,
    pub(crate) secret: SecretForm,
    /// The https URL of the published keys.
    pub(crate) jwks: Option<String>,
    /// The HTTP status that acknowledges a delivery.
    pub(crate) ack: u16,
    pub(crate) task_id: Vec<Pointer>,
    pub(crate) reads: Reads,
    /// How often a task is polled while its callback is awaited; `None`: as seldom as its schedule allows.
    pub(crate) every_ms: Option<u64>,
}

const FIELDS: [&str; 13] =
    ["scheme", "signed", "signature", "timestamp", "id", "user", "encoding", "secret", "jwks", "ack", "taskId", "reads", "everyMs"];
/// The words of `scheme`; two of them are `hmac` with what is most often signed.
const SCHEMES: [(&str, Scheme, &str); 7] = [
    ("none", Scheme::None, ""),
    ("standard_webhooks", Scheme::StandardWebhooks, "{id}.{timestamp}.{body}"),
    ("hmac", Scheme::Hmac, "{body}"),
    ("hmac_body", Scheme::Hmac, "{body}"),
    ("hmac_id_timestamp", Scheme::Hmac, "{id}.{timestamp}.{body}"),
    ("ed25519", Scheme::Ed25519, "{id}\n{user}\n{timestamp}\n{bodySha256}"),
    ("shared_secret", Scheme::SharedSecret, ""),
];
/// The most bytes of a template.
const MOST_TEMPLATE: usize = 200;

impl Callback {
    /// Whether the signature covers the body.
    pub(crate) fn covers_body(&self) -> bool {
        self.names(Variable::Body) || self.names(Variable::BodySha256)
    }

    /// Whether a variable is a part of what is signed.
    pub(crate) fn names(&self, variable: Variable) -> bool {
        self.signed.contains(&Part::Variable(variable))
    }

    /// Reads the section, for a contract with these submits.
    pub(super) fn load(value: &Value, submits: &[SubmitCall], faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, "/callback", &FIELDS, faults);
        let (scheme, default) = scheme(&fields, faults);
        let template = fields.string("signed", faults);
        let mut place = |name: &str, header: &str, separator: &str| Place::load(&fields, name, header, separator, faults);
        let callback = match scheme {
            Scheme::StandardWebhooks => [
                place("signature", "webhook-signature", " "),
                place("timestamp", "webhook-timestamp", ""),
                place("id", "webhook-id", ""),
                place("user", "", ""),
            ],
            _ => [place("signature", "", ""), place("timestamp", "", ""), place("id", "", ""), place("user", "", "")],
        };
        let [signature, timestamp, id, user] = callback;
        let callback = Self {
            scheme,
            signed: parts(template.as_deref().unwrap_or(default), faults),
            signature,
            timestamp,
            id,
            user,
            encoding: encoding(&fields, scheme, faults),
            secret: secret(&fields, scheme, faults),
            jwks: jwks(&fields, scheme, faults),
            ack: fields.within("ack", 200..=299, faults).and_then(|ack| u16::try_from(ack).ok()).unwrap_or(200),
            task_id: pointer::load_at(&fields, "taskId", faults),
            reads: reads(&fields, faults),
            every_ms: fields.within("everyMs", 1..=MOST_MS, faults),
        };
        callback.check(&fields, submits, faults);
        callback
    }

    /// Faults that lie between fields.
    fn check(&self, fields: &Fields<'_>, submits: &[SubmitCall], faults: &mut Vec<Violation>) {
        let unused = |name: &str, expected: &str, faults: &mut Vec<Violation>| {
            if fields.get(name).is_some() {
                note(faults, &fields.at(name), "unused", expected, name);
            }
        };
        if matches!(self.scheme, Scheme::None | Scheme::SharedSecret) {
            unused("signed", "no template: nothing is signed under this scheme", faults);
            unused("encoding", "no encoding: nothing is signed under this scheme", faults);
        }
        if self.scheme == Scheme::None {
            unused("signature", "no signature under the scheme `none`", faults);
        } else if self.signature.is_none() {
            note(faults, &fields.at("signature"), "required", "the header of the signature", "nothing");
        }
        if self.scheme == Scheme::StandardWebhooks && self.signature.as_ref().is_some_and(|place| !place.prefix.is_empty()) {
            note(faults, &fields.at("signature"), "prefix", "no prefix: the key decides the version", "a prefix");
        }
        for (name, variable, place) in
            [("timestamp", Variable::Timestamp, &self.timestamp), ("id", Variable::Id, &self.id), ("user", Variable::User, &self.user)]
        {
            if self.names(variable) && place.is_none() {
                note(faults, &fields.at(name), "required", "a header, since the signed text names it", "nothing");
            } else if !self.names(variable) {
                // What is read without being covered by the signature would prove nothing, and look as if it did.
                unused(name, "nothing that the signed text does not name", faults);
            }
        }
        if self.names(Variable::TaskId) && self.task_id.is_empty() {
            note(faults, &fields.at("taskId"), "required", "pointers, since the signed text names the task", "nothing");
        }
        if self.secret == SecretForm::Task && !submits.iter().any(sends_secret) {
            note(faults, &fields.at("secret"), "variable", "a submit with `$callbackSecret` in it", "none");
        }
    }
}

impl Place {
    fn load(fields: &Fields<'_>, name: &str, header: &str, separator: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        let place = |header: &str| Self { header: header.to_ascii_lowercase(), prefix: String::new(), separator: separator.to_owned() };
        let (place, at) = match fields.get(name) {
            None => return (!header.is_empty()).then(|| place(header)),
            Some(Value::String(text)) => (place(text), fields.at(name)),
            Some(value) => {
                let inner = Fields::open(value, &fields.at(name), &["header", "prefix", "separator"], faults);
                let mut place = place(&inner.string("header", faults).unwrap_or_else(|| header.to_owned()));
                place.prefix = inner.string("prefix", faults).unwrap_or_default();
                place.separator = inner.string("separator", faults).unwrap_or(place.separator);
                if !matches!(place.separator.as_str(), "" | " " | ",") {
                    note(faults, &inner.at("separator"), "enum", "a space or a comma", &shorten(&place.separator, 60));
                }
                (place, inner.at("header"))
            }
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if place.header.is_empty() || !place.header.bytes().all(plain) {
            note(faults, &at, "pattern", "a header's name", &shorten(&place.header, 60));
        }
        Some(place)
    }
}

fn scheme(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> (Scheme, &'static str) {
    fields.need("scheme", faults);
    let Some(word) = fields.string("scheme", faults) else { return (Scheme::None, "") };
    match SCHEMES.iter().find(|(name, ..)| *name == word) {
        Some((_, scheme, signed)) => (*scheme, signed),
        None => {
            note(faults, &fields.at("scheme"), "enum", &SCHEMES.map(|(name, ..)| name).join(", "), &shorten(&word, 60));
            (Scheme::None, "")
        }
    }
}

/// The parts of a template; a brace begins or ends a variable, and nothing else.
fn parts(template: &str, faults: &mut Vec<Violation>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    let mut fault = |expected: &str, actual: &str| note(faults, "/callback/signed", "template", expected, &shorten(actual, 60));
    if template.len() > MOST_TEMPLATE {
        fault("at most 200 bytes", "more");
        return parts;
    }
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        match Variable::from_word(name) {
            Some(variable) => {
                if !literal.is_empty() {
                    parts.push(Part::Literal(literal.to_owned()));
                }
                parts.push(Part::Variable(variable));
            }
            None => fault(&Variable::WORDS.map(|(_, name)| name).join(", "), name),
        }
        rest = tail;
    }
    if rest.contains(['{', '}']) || parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains('}'))) {
        fault("a `}` for each `{`", template);
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    if !template.is_empty() && !parts.iter().any(|part| matches!(part, Part::Variable(_))) {
        fault("at least one variable", template);
    }
    parts
}

/// The value of one of a few words; the first where there is none or another.
fn word<T: Copy>(fields: &Fields<'_>, name: &str, words: &[(&str, T)], default: T, faults: &mut Vec<Violation>) -> T {
    let Some(text) = fields.string(name, faults) else { return default };
    match words.iter().find(|(word, _)| *word == text) {
        Some((_, value)) => *value,
        None => {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            note(faults, &fields.at(name), "enum", &known.join(", "), &shorten(&text, 60));
            default
        }
    }
}

fn encoding(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> Encoding {
    let default = if scheme == Scheme::StandardWebhooks { Encoding::Base64 } else { Encoding::Hex };
    word(fields, "encoding", &[("hex", Encoding::Hex), ("base64", Encoding::Base64)], default, faults)
}

fn secret(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> SecretForm {
    let words = [("text", SecretForm::Text), ("base64", SecretForm::Base64), ("task", SecretForm::Task)];
    let default = if scheme == Scheme::StandardWebhooks { SecretForm::Base64 } else { SecretForm::Text };
    let form = word(fields, "secret", &words, default, faults);
    let fits = match scheme {
        Scheme::None | Scheme::Ed25519 => false,
        Scheme::SharedSecret => form != SecretForm::Base64,
        Scheme::StandardWebhooks | Scheme::Hmac => true,
    };
    if fields.get("secret").is_some() && !fits {
        note(faults, &fields.at("secret"), "unused", "a form of secret that the scheme has a use for", "another");
        return default;
    }
    form
}

fn jwks(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> Option<String> {
    let url = fields.string("jwks", faults)?;
    if !Origin::of(&url).is_some_and(|origin| origin.scheme == "https") {
        note(faults, &fields.at("jwks"), "url", "an https URL", &shorten(&url, 60));
    }
    if !matches!(scheme, Scheme::Ed25519 | Scheme::StandardWebhooks) {
        note(faults, &fields.at("jwks"), "unused", "published keys only under ed25519 and standard_webhooks", "another scheme");
    }
    Some(url)
}

fn reads(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Reads {
    word(fields, "reads", &[("status", Reads::Status), ("result", Reads::Result)], Reads::Status, faults)
}

/// Whether a submit with a callback sends a secret of its task.
fn sends_secret(submit: &SubmitCall) -> bool {
    submit.with_callback.iter().chain([&submit.outline.parts]).any(|overlay| {
        let mut members = overlay.query.values().chain(overlay.headers.values()).chain(overlay.body.as_ref());
        members.any(holds_secret)
    })
}

fn holds_secret(value: &Value) -> bool {
    match value {
        Value::String(text) => text == "$callbackSecret",
        Value::Array(items) => items.iter().any(holds_secret),
        Value::Object(members) => members.values().any(holds_secret),
        _ => false,
    }
}
