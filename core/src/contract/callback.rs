//! How a provider's callbacks are: what proves one, what is signed, and where in a delivery each part stands.

use super::pointer::Pointer;

mod load;

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

impl Callback {
    /// Whether the signature covers the body.
    pub(crate) fn covers_body(&self) -> bool {
        self.names(Variable::Body) || self.names(Variable::BodySha256)
    }

    /// Whether a variable is a part of what is signed.
    pub(crate) fn names(&self, variable: Variable) -> bool {
        self.signed.contains(&Part::Variable(variable))
    }
}
