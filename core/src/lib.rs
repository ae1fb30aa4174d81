//! The sans-IO core of gentask.
#![forbid(unsafe_code)]

mod backoff;
mod contract;
mod decode;
mod encode;
mod error;
mod httpdate;
mod io;
mod json;
mod machine;
mod media;
mod pacer;
mod record;
mod reply;
mod retry;
mod schema;
mod state;
mod url;

pub use backoff::{Backoff, PollSchedule, split_mix_64};
pub use contract::{Auth, Contract, Environment, Generation, Limits, Model, Payload, Sample, SubmitOptions};
pub use decode::ListedTask;
pub use error::{Error, ErrorCode, Violation};
pub use io::{Blob, BodyEnd, Delivery, HttpRequest, HttpResponse, Input, Operation, Output, TaskEvent, UnixMillis};
pub use json::to_canonical;
pub use machine::{OneShot, Polls, Settings, TaskMachine};
pub use media::MediaRules;
pub use pacer::{Lane, Pacer};
pub use record::{Attempts, Billing, Conflict, Due, Fault, FileEntry, Lease, Outcome, RequestInfo, SavedFile, TaskRecord, Times};
pub use reply::{Ending, Reply, ResultFile, Status};
pub use schema::Schema;
pub use state::{Phase, diagram};
