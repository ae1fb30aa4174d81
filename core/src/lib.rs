//! The sans-IO core of gentask: asynchronous AI-generation tasks (submit, wait, result) as pure functions, one state machine, and a client of
//! calls that ask their host for one effect at a time.
//!
//! # In scope
//! Contracts (a provider as data), payload rules, request building, reading answers, what an outcome means, backoff, pacing, the
//! durable record, replies. The same inputs give the same bytes in every language.
//!
//! # Out of scope
//! Clocks, randomness, environment, files, network and threads: the host passes `now` and `entropy` and performs what it is asked for.
//! Credentials: a request says `auth: true`, and the host adds the key after it has compared the URL's origin once more.
//!
//! # The client
//! [`client`] has everything that is done around a task: keys, saves, lost races, waits, resuming. A host runs its calls in one loop, which stands
//! there as a program. What follows is the layer below: one task's machine alone.
//!
//! # The machine's run loop
//! 1. [`TaskMachine::prepare`] a generation, or [`TaskMachine::resume`] a stored record.
//! 2. Sleep until [`TaskMachine::poll_timeout`], then [`TaskMachine::step`] with [`Input::Timeout`].
//! 3. Perform the outputs in order: `[Save] [Event ...] [Transmit | Yield | Finished]`, at most one `Transmit`, always last.
//!    - `Save`: store the record and its blobs, expecting version `record.version() - 1`; where `fence` is set, durably, before
//!      anything else. On a conflict: load, resume, and step the *same* input again.
//!    - `Transmit`: send the request, then step [`Input::Response`] or [`Input::Undelivered`] with the request's id.
//!    - `Yield`: this wait has ended, the task goes on. `Finished`: the task has ended.
//! 4. Go on at 2.
//!
//! If an output cannot be performed, drop the rest and the machine; the record has everything.
//!
//! ```
//! use gentask_core::{BodyEnd, Contract, Generation, HttpResponse, Input, Output, Pacer, Settings, Status, SubmitOptions, TaskMachine};
//! use std::sync::Arc;
//!
//! // A driver's parts: here a store that forgets and a provider that is quick.
//! let answers = [
//!     r#"{"code": 200, "data": {"taskId": "task_1"}}"#,
//!     r#"{"data": {"taskId": "task_1", "state": "processing"}}"#,
//!     r#"{"data": {"state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example/a.png\"]}", "costTime": 12500}}"#,
//! ];
//! let mut answers = answers.iter();
//!
//! let contract = Contract::built_in("apixo")?;
//! let generation = Generation { model: "nano-banana".into(), input: serde_json::json!({"mode": "text-to-image", "prompt": "a sunset"}) };
//! let settings = Arc::new(Settings::default());
//! let mut pacer = Pacer::new();
//! let mut now = 1_790_000_000_000;
//! let mut machine = TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, [7; 32], now)?; // entropy: random
//! let reply = 'task: loop {
//!     now = now.max(machine.poll_timeout()); // a driver sleeps here
//!     let mut input = Some(Input::Timeout);
//!     while let Some(next) = input.take() {
//!         for output in machine.step(next, now, &mut pacer)? {
//!             match output {
//!                 Output::Save { .. } => {}  // store.save(record, blobs, record.version() - 1)
//!                 Output::Event { .. } => {} // tell whoever listens
//!                 Output::Transmit { request } => {
//!                     let body = answers.next().unwrap().as_bytes().to_vec();
//!                     let response = HttpResponse { status: 200, headers: vec![], body, end: BodyEnd::Whole };
//!                     input = Some(Input::Response { request: request.id, response });
//!                 }
//!                 Output::Yield { reply } | Output::Finished { reply } => break 'task reply,
//!             }
//!         }
//!     }
//! };
//! assert_eq!((reply.status, reply.task_id.as_deref()), (Status::Success, Some("task_1")));
//! assert_eq!(reply.files()[0].url.as_deref(), Some("https://cdn.example/a.png"));
//! # Ok::<(), gentask_core::Error>(())
//! ```
//!
//! # Panics
//! None. An error comes from input and says whose mistake it is; a machine that was given an illegal input is as it was before.
//!
//! # Determinism
//! Same inputs, same outputs, to the byte, on every target: integers in all scheduling, sorted maps, canonical JSON, seeded jitter.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod account;
mod added;
mod address;
mod advice;
mod backoff;
mod base64;
mod by_name;
pub mod client;
mod conceal;
pub mod contract;
mod decode;
mod encode;
mod error;
mod failure;
mod hex;
mod httpdate;
#[doc(hidden)]
pub mod internal;
mod io;
mod json;
mod keys;
mod learning;
mod listing;
mod machine;
mod media;
mod pacer;
mod pause;
mod phase;
pub mod record;
mod redact;
mod reply;
mod retry;
mod saving;
mod schema;
mod search;
mod state;
pub mod store;
mod token;
mod uncalled;
mod upload;
mod url;
mod warning;
pub mod webhook;
mod wire;

pub use account::Balance;
pub use backoff::{Backoff, PollSchedule};
pub use contract::{Contract, Generation, SubmitOptions};
pub use decode::ListedTask;
pub use error::{Error, ErrorCode, Violation};
pub use failure::Failure;
pub use io::{Blob, BodyEnd, Delivery, HttpRequest, HttpResponse, Operation, TaskEvent, UnixMillis};
pub use keys::batch_key;
pub use learning::LearnedModel;
pub use machine::{Input, OneShot, Output, Polls, Settings, TaskMachine};
pub use pacer::{Lane, Pacer};
pub use phase::Phase;
pub use record::TaskRecord;
pub use reply::{Ending, Reply, ResultFile, Status};
pub use schema::Schema;
