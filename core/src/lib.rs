//! The sans-IO core of gentask.
#![forbid(unsafe_code)]

mod error;
mod io;
mod json;
mod record;
mod reply;
mod state;
mod url;

pub use error::{Error, ErrorCode, Violation};
pub use io::{Blob, BodyEnd, Delivery, HttpRequest, HttpResponse, Input, Operation, Output, TaskEvent, UnixMillis};
pub use json::to_canonical;
pub use record::{Attempts, Billing, Conflict, Due, Fault, FileEntry, Lease, Outcome, RequestInfo, SavedFile, TaskRecord, Times};
pub use reply::{Ending, Reply, ResultFile, Status};
pub use state::{Phase, diagram};
