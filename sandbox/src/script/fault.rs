//! What goes wrong with one request.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How a request goes wrong. In JSON `{"kind": "silence", "ms": 5000}`: the name in camel case, and its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// The connection is reset (RST) once the head was read and before the body is. Nothing takes effect, nothing is counted as arrived.
    ResetBeforeRead,
    /// The connection is reset once the whole request was read.
    ResetAfterBody,
    /// The connection ends in order (FIN) once the whole request was read, without an answer.
    CloseWithoutAnswer,
    /// As `CloseWithoutAnswer`, but only on a connection that has carried an answer before: the race of a keep-alive connection that the
    /// provider closes. On a fresh connection the answer goes out as if nothing were. The request always takes effect.
    CloseWarmConnection,
    /// The whole request is read and nothing is answered for so long (of real time); then the connection ends without an answer.
    Silence {
        /// How long.
        ms: u64,
    },
    /// The answer comes so much later (of real time).
    DelayMs {
        /// How much later.
        ms: u64,
    },
    /// The answer says its whole length and ends after half of it.
    TruncatedBody,
    /// The answer says that it is a byte longer than it is, and the connection ends in order.
    LengthTooLong,
    /// The answer comes in chunks, the last one (of nothing) never does, and the connection ends in order.
    LastChunkMissing,
    /// The answer comes when [`Server::release`](crate::Server::release) is called, or `POST /_sandbox/release`.
    Hold,
    /// The head and half of the body come at once, the rest when released as for `Hold`.
    HoldBody,
    /// The body comes a byte at a time, one in so many milliseconds (of real time).
    Drip {
        /// How long a byte takes.
        ms: u64,
    },
    /// The answer packed by gzip, as it says itself, whether or not that was asked for.
    Gzip,
    /// A page of HTML under the answer's own status.
    NotJson,
    /// No body under the answer's own status.
    EmptyBody,
    /// The answer, made valid JSON of at least so many bytes.
    TooLargeBody {
        /// How many.
        bytes: usize,
    },
    /// The answer beside an array nested 5,000 deep.
    TooDeepJson,
    /// The answer without its task id.
    NoTaskId,
    /// Another status. Without a body, one in the provider's own shape.
    Status {
        /// The status code.
        code: u16,
        /// The body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
        /// Further headers, such as `retry-after`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
    },
    /// Another status with these bytes for a body, whatever they are: what a proxy makes up, or text that is not UTF-8.
    Bytes {
        /// The status code.
        code: u16,
        /// All headers but the length.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
        /// The body.
        #[serde(default)]
        body: Vec<u8>,
    },
    /// A redirect.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        code: u16,
        /// Where to.
        location: String,
    },
    /// A failure inside an answer of status 200.
    InBandError {
        /// The provider's own code, or one of gentask's words, for which a fitting sample of the contract is found.
        code: Value,
    },
    /// Of a callback: it is posted so many times, each copy with retries of its own. At most a thousand.
    Duplicate {
        /// How many times in all.
        times: u32,
    },
    /// Of a callback: it is posted so much later (of simulated time).
    Late {
        /// How much later, in milliseconds.
        ms: u64,
    },
    /// Of a callback: it is not posted.
    Never,
    /// Of a callback: the task ends at once, and its callback is posted while the submit's answer is held back. A [`Server`](crate::Server)
    /// lets the answer go when the callback was answered or given up.
    BeforeAnswer,
    /// Of a callback: it is posted once the provider has restarted ([`Sandbox::restart`](crate::Sandbox::restart)).
    AfterRestart,
    /// Of a callback: it says that the task failed where it succeeded, and that it succeeded where it did not.
    Contradict,
    /// Of a callback: others before it say that the task is processing, spread over the time in which it is. What else happens to the
    /// callback does not happen to these.
    Progress {
        /// How many. At most a thousand.
        times: u32,
    },
    /// Of a callback: another one comes after it and says that the task is processing.
    Reordered {
        /// How much later (of simulated time), in milliseconds.
        ms: u64,
    },
    /// Of a callback: part of it is wrong, as where somebody else had sent it.
    Forged {
        /// What is wrong.
        part: Forgery,
    },
}

/// What is wrong with a forged callback. In JSON `"token"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Forgery {
    /// gentask's token in the URL; one is put there where there is none.
    Token,
    /// The task's id in the body, which is signed as it stands.
    Task,
    /// The key that signs. Nothing is wrong where the contract has no signatures.
    Signature,
}

impl Fault {
    /// Whether it happens to a callback that the provider sends, and not to a request that it answers.
    pub const fn is_of_callback(&self) -> bool {
        matches!(
            self,
            Self::Duplicate { .. }
                | Self::Late { .. }
                | Self::Never
                | Self::BeforeAnswer
                | Self::AfterRestart
                | Self::Contradict
                | Self::Progress { .. }
                | Self::Reordered { .. }
                | Self::Forged { .. }
        )
    }

    /// Whether it happens on the wire, and so cannot be said by an answer alone.
    pub const fn is_delivery(&self) -> bool {
        matches!(
            self,
            Self::ResetBeforeRead
                | Self::ResetAfterBody
                | Self::CloseWithoutAnswer
                | Self::CloseWarmConnection
                | Self::Silence { .. }
                | Self::DelayMs { .. }
                | Self::TruncatedBody
                | Self::LengthTooLong
                | Self::LastChunkMissing
                | Self::Hold
                | Self::HoldBody
                | Self::Drip { .. }
        )
    }

    /// Whether the request takes effect where the rule does not say: an answer that is lost or spoilt belongs to a request that
    /// worked; one that says no belongs to one that did not.
    pub(super) const fn takes_effect(&self) -> bool {
        !matches!(self, Self::ResetBeforeRead | Self::Status { .. } | Self::Bytes { .. } | Self::Redirect { .. } | Self::InBandError { .. })
    }
}
