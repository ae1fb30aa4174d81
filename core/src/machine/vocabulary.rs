//! What a machine takes and what it brings. Types only.

use crate::io::{Blob, Delivery, HttpRequest, HttpResponse, TaskEvent, UnixMillis};
use crate::record::TaskRecord;
use crate::reply::Reply;
use std::sync::Arc;

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
    /// A callback proved to be about this task.
    Callback {
        /// The task id it names, where a lost submit's answer is found by it.
        task_id: Option<String>,
        /// Its body, where a signature covers it: it says how the task is. Without it the callback is a poke, and one status call decides.
        body: Option<Vec<u8>>,
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
    /// Store the record and its blobs, expecting the stored version to be `record.version() - 1` (0: not stored yet).
    Save {
        /// The record to store.
        record: Arc<TaskRecord>,
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
