//! The vocabulary between a machine and its driver. Types only: what they mean stands in the modules that use them.

use crate::record::TaskRecord;
use crate::reply::Reply;
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
}

impl Operation {
    /// Every operation.
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
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpRequest{}", crate::redact::loggable_request(self))
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

/// What happened, as the driver tells the machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// An answer arrived.
    Response {
        /// The request's id.
        request: String,
        /// The answer.
        response: HttpResponse,
    },
    /// No answer arrived.
    Undelivered {
        /// The request's id.
        request: String,
        /// Whether it may have reached the provider.
        delivery: Delivery,
        /// Why, in the host's words, for a message. No URL, no key.
        reason: String,
    },
    /// Somebody wants to know now how the task is: it is asked at once, unless a server or the pacer asked for a pause.
    Poke,
    /// The time of [`TaskMachine::poll_timeout`](crate::TaskMachine::poll_timeout) has come.
    Timeout,
    /// The wait that is driven now ends at `at`. Set once per wait, never stored.
    Deadline {
        /// When the wait ends.
        at: UnixMillis,
    },
    /// A callback proved to be about this task: what it says is a poke, one status call decides.
    Callback {
        /// The task id it names, where a lost submit's answer is found by it.
        task_id: Option<String>,
    },
    /// A person wants the task stopped.
    Cancel,
    /// A person names the task id of a submit whose answer was lost.
    Adopt {
        /// The id, as the provider's dashboard or list shows it.
        task_id: String,
    },
    /// A person gives a submit up whose answer was lost.
    Discard,
}

/// What the driver does next, in order. At most one `Transmit`, always last.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Store the record and its blobs, expecting the stored version to be `record.version - 1` (0: not stored yet).
    Save {
        /// The record to store.
        record: Box<TaskRecord>,
        /// What changes beside it.
        blobs: Vec<Blob>,
        /// Whether it must be durable before anything follows; otherwise it may be batched.
        fence: bool,
    },
    /// Tell whoever listens.
    Event {
        /// What happened.
        event: TaskEvent,
    },
    /// Send this request and feed back what happened.
    Transmit {
        /// The request.
        request: HttpRequest,
    },
    /// The wait ends, the task does not.
    Yield {
        /// Why, and how the task is.
        reply: Reply,
    },
    /// The task has ended.
    Finished {
        /// How.
        reply: Reply,
    },
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
    /// A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held`, `stale`.
    pub kind: &'static str,
    /// An object of details.
    pub data: Value,
}
