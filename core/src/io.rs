//! Requests, answers, and what goes beside a record: the vocabulary of everything that performs. Types only.

use serde_json::Value;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type UnixMillis = u64;

/// What a request asks of the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Pays for a task and starts it. Never sent twice unless the first one provably never left.
    Submit,
    /// Asks how a task is.
    Status,
    /// Fetches the details of a finished task, where the status does not carry them.
    Result,
    /// Asks the provider to stop a task.
    Cancel,
    /// Lists the account's tasks.
    List,
    /// Asks for the balance.
    Account,
    /// Fetches the public keys that a provider signs its callbacks with. Needs no credential.
    Keys,
    /// Uploads a medium that an order needs. Costs nothing.
    Upload,
}

impl Operation {
    /// Every operation about a task or an account that contracts describe.
    pub const ALL: [Self; 6] = [Self::Submit, Self::Status, Self::Result, Self::Cancel, Self::List, Self::Account];

    /// The operation's name, as it stands in contracts and request ids: `submit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Status => "status",
            Self::Result => "result",
            Self::Cancel => "cancel",
            Self::List => "list",
            Self::Account => "account",
            Self::Keys => "keys",
            Self::Upload => "upload",
        }
    }
}

/// One HTTP request, ready to send but for the credential. Its `Debug` form may be logged.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `operation:attempt`, derived from the record; the answer repeats it.
    pub id: String,
    /// What the request asks. A submit goes out on a fresh HTTP/1.1 connection; reads may share one.
    pub operation: Operation,
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: String,
    /// The absolute URL, on the record's base or one of the contract's origins.
    pub url: String,
    /// Header names in lower case, and their values. Never the credential.
    pub headers: Vec<(String, String)>,
    /// The body's bytes, frozen when the task was prepared; empty where there is none.
    pub body: Vec<u8>,
    /// Whether the driver adds the credential, after it has compared the URL's origin once more.
    pub auth: bool,
    /// The most body bytes that the driver reads of the answer.
    pub response_cap: u64,
    /// How long the provider was asked to keep the request open before it answers, in milliseconds; 0 where it was not. Such a request may take
    /// so much longer, and takes no place among the requests in flight.
    pub open_ms: u64,
}

impl HttpRequest {
    /// Whether the provider was asked to answer once there is news of a task: such a request may be left as soon as somebody knows more.
    pub fn is_long_poll(&self) -> bool {
        self.operation == Operation::Status && self.open_ms > 0
    }
}

/// How the body of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEnd {
    /// All of it arrived.
    Whole,
    /// The connection ended before the body did.
    Truncated,
    /// It was larger than the request's `response_cap`; what was read is kept.
    TooLarge,
}

/// An answer whose head arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, and their values.
    pub headers: Vec<(String, String)>,
    /// The decoded body's bytes, as far as they were read.
    pub body: Vec<u8>,
    /// How the body ended.
    pub end: BodyEnd,
}

impl HttpResponse {
    /// The answer as far as a request with this cap reads it: what a transport brought beyond it is cut off.
    #[must_use]
    pub fn capped(mut self, cap: u64) -> Self {
        let cap = usize::try_from(cap).unwrap_or(usize::MAX);
        if self.body.len() > cap {
            self.body.truncate(cap);
            self.end = BodyEnd::TooLarge;
        }
        self
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether the status is one of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Whether a request without an answer may have reached the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Proven: no byte of it left (connection refused, name not found, connect timeout, TLS failed first, never built).
    NotSent,
    /// Anything later, anything unclear.
    MaybeSent,
}

/// Bytes stored beside a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// `request` (the frozen request without its credential) or `raw` (the provider's last body).
    pub name: &'static str,
    /// The bytes, or `None` to delete them. Stores keep them in parts of 1 MiB.
    pub bytes: Option<Vec<u8>>,
}

/// Something worth telling, without secrets: it may be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskEvent {
    /// When.
    pub at: UnixMillis,
    /// A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held`, `stale`, `callback`,
    /// `callbacksMissing`.
    pub kind: &'static str,
    /// An object of details.
    pub data: Value,
}
