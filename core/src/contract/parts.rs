//! What a contract says of a provider, piece by piece.

use super::{Overlay, pointer, vars};
use crate::backoff::PollSchedule;
use crate::by_name::ByName;
use crate::schema::Schema;

/// Names of environment variables that a host may read for this provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The API key.
    pub key: Option<String>,
    /// Another base URL.
    pub base_url: Option<String>,
    /// The request timeout, in milliseconds.
    pub request_timeout_ms: Option<String>,
    /// How often a one-shot read is tried again.
    pub max_read_retries: Option<String>,
    /// The secrets or keys that the provider signs callbacks with, separated by spaces or commas.
    pub webhook_secret: Option<String>,
}

/// How a request proves whose it is: a header made of a prefix, the key and a suffix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Auth {
    /// The header's name, in lower case.
    pub header: String,
    /// What stands before the key: `Bearer `.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
}

/// A status that stands in the body of a 2xx.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InBand {
    pub(crate) at: Vec<pointer::Pointer>,
    pub(crate) ok: Vec<String>,
}

/// Where the text and the code of a refused request stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FaultAt {
    pub(crate) message: Vec<pointer::Pointer>,
    pub(crate) code: Vec<pointer::Pointer>,
}

/// Whether the provider honours a key that makes a submit safe to repeat.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Idempotency {
    /// How long a replay is honoured, in milliseconds; `None`: the key is never relied on.
    pub(crate) replay_ms: Option<u64>,
    /// What is laid over a submit to send the key.
    pub(crate) send: Overlay,
}

/// The provider's limits; `None` where unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Reads (status, result, cancel, list, account) per minute.
    pub read_per_min: Option<u64>,
    /// Submits per minute.
    pub submit_per_min: Option<u64>,
    /// Unfinished tasks at once.
    pub concurrent: Option<u64>,
    /// Whether the read limit counts per address instead of per account.
    pub per_address: bool,
    /// The largest answer that is read, in bytes.
    pub status_bytes: u64,
    /// The largest submit body, in bytes.
    pub submit_bytes: u64,
}

/// The most of anything that is counted: requests a minute, tasks, changes of a contract.
pub(super) const MOST: u64 = 1_000_000;
/// The longest time of a contract: ten years, in milliseconds.
pub(super) const MOST_MS: u64 = 10 * 365 * 24 * 60 * 60 * 1_000;
/// The most bytes of a contract: 1 MiB, ten times the longest that was seen.
pub(super) const MOST_CONTRACT_BYTES: usize = 1 << 20;
/// The room that a contract may take for each byte: most of it is held twice, as it is written and as rules. Real ones take 15.
pub(super) const CONTRACT_ROOM_PER_BYTE: usize = 24;

impl Limits {
    /// The largest list of tasks that is read, in bytes: a list holds many tasks, and one that is not read leaves lost submits lost.
    pub(crate) const fn list_bytes(&self) -> u64 {
        self.status_bytes.saturating_mul(8)
    }
}

/// The largest answer that is read where the contract says nothing: 1 MiB, many times what any provider was seen to send.
const DEFAULT_STATUS_BYTES: u64 = 1 << 20;
/// The largest submit body where the contract says nothing: 32 MiB, room for a few images of 10 MB as data URIs.
const DEFAULT_SUBMIT_BYTES: u64 = 32 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            read_per_min: None,
            submit_per_min: None,
            concurrent: None,
            per_address: false,
            status_bytes: DEFAULT_STATUS_BYTES,
            submit_bytes: DEFAULT_SUBMIT_BYTES,
        }
    }
}

/// One model of a contract's list.
#[derive(Clone)]
pub struct Model {
    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub kind: String,
    /// The rules of its payload, where they are known.
    pub input: Option<Schema>,
    pub(crate) vars: ByName<vars::VarRule>,
    pub(crate) poll: Option<Polling>,
}

/// When a kind of task is polled, and where the server says when to ask again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Polling {
    pub(crate) schedule: PollSchedule,
    /// Whether a schedule may be made of what was learned.
    pub(crate) learned: bool,
    pub(crate) hint: Option<Hint>,
}

/// Where the server's wish for the next poll stands, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Hint {
    Header(String),
    At(Vec<pointer::Pointer>),
}

/// How a task is, by a provider's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum State {
    Pending,
    Processing,
    Success,
    Failed,
    Cancelled,
    NotFound,
}

impl State {
    const WORDS: [(Self, &'static str); 6] = [
        (Self::Pending, "pending"),
        (Self::Processing, "processing"),
        (Self::Success, "success"),
        (Self::Failed, "failed"),
        (Self::Cancelled, "cancelled"),
        (Self::NotFound, "not_found"),
    ];

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, name)| *name == word).map(|(state, _)| *state)
    }

    pub(crate) fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }
}
