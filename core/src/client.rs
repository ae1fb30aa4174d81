//! A client without IO: what is done around a task's machine, written once, for every host.
//!
//! A [`Call`] is one operation of a [`Client`]. It asks its host for one [`Effect`] at a time and goes on with the [`Answer`]. It has no clock and no
//! thread, and the same answers bring the same effects: it can be simulated in virtual time, replayed, and driven from any language.
//!
//! # The host
//! A host owns sockets, timers, files, secrets and threads. It holds no rule, no retry, and no message about a task. All of it is one loop:
//!
//! ```
//! use gentask_core::client::{Answer, Call, Client, ClientSettings, Effect, Next, Waiting};
//! use gentask_core::store::{MetaRule, Saved};
//! use gentask_core::{BodyEnd, Contract, Failure, Generation, HttpResponse, Status, SubmitOptions, TaskRecord};
//! use std::collections::BTreeMap;
//!
//! /// A host whose store is a map, whose provider is quick, and whose clock jumps.
//! #[derive(Default)]
//! struct Host { records: BTreeMap<String, TaskRecord>, blobs: BTreeMap<(String, String), Vec<u8>>, values: BTreeMap<String, String>, now: u64, sent: usize }
//!
//! impl Host {
//!     fn run<T>(&mut self, mut call: Call<T>) -> Result<T, Failure> {
//!         let mut answer = None;
//!         loop {
//!             match call.next(answer.take(), self.now)? {
//!                 Next::Done(end) => return end,
//!                 Next::Do(number, effect) => answer = Some((number, self.perform(effect))),
//!             }
//!         }
//!     }
//!
//!     fn perform(&mut self, effect: Effect) -> Answer {
//!         match effect {
//!             Effect::Ready => Answer::Ready, // wait for the key, then for a place among the requests in flight
//!             Effect::Load { intent_id, .. } => Answer::Record(self.records.get(&intent_id).cloned().map(Box::new)),
//!             Effect::Blob { intent_id, name } => Answer::Bytes(self.blobs.get(&(intent_id, name.to_owned())).cloned()),
//!             Effect::Meta { name } => Answer::Value(self.values.get(&name).cloned()),
//!             Effect::SetMeta { name, value, rule } => {
//!                 let stands = self.values.entry(name).or_insert_with(|| value.clone());
//!                 let is_more = value.parse::<u64>().unwrap_or(0) > stands.parse().unwrap_or(0);
//!                 if rule == MetaRule::Replace || (rule == MetaRule::Raise && is_more) { stands.clone_from(&value) }
//!                 Answer::Value(Some(stands.clone()))
//!             }
//!             Effect::Save(step) => {
//!                 let id = step.record.intent_id();
//!                 if self.records.get(id).map_or(0, TaskRecord::version) != step.expected_version() {
//!                     return Answer::Saved(Saved::Conflict);
//!                 }
//!                 self.records.insert(id.to_owned(), (*step.record).clone());
//!                 for blob in &step.blobs {
//!                     let at = (id.to_owned(), blob.name.to_owned());
//!                     match &blob.bytes { Some(bytes) => { self.blobs.insert(at, bytes.clone()); } None => { self.blobs.remove(&at); } }
//!                 }
//!                 Answer::Saved(Saved::Done)
//!             }
//!             Effect::Send { request, .. } => {
//!                 let _ = request; // add the credential where `auth` is set and the origin is trusted; send it once
//!                 let bodies = [
//!                     r#"{"code": 200, "data": {"taskId": "task_1"}}"#,
//!                     r#"{"data": {"state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example/a.png\"]}"}}"#,
//!                 ];
//!                 self.sent += 1;
//!                 Answer::Response(HttpResponse { status: 200, headers: vec![], body: bodies[self.sent - 1].into(), end: BodyEnd::Whole })
//!             }
//!             Effect::Sleep { until, .. } => { self.now = self.now.max(until); Answer::Due }
//!             Effect::Probe { .. } => Answer::Gone(false),
//!             Effect::Tell(_) => Answer::Told,
//!             Effect::Find(_) => Answer::Records(vec![]),
//!             _ => unreachable!("pages, callbacks and notices are not asked for here"),
//!         }
//!     }
//! }
//!
//! let client = Client::new(&Contract::built_in("apixo")?, ClientSettings { holder: "example".into(), ..ClientSettings::default() })?;
//! let generation = Generation { model: "nano-banana".into(), input: serde_json::json!({"mode": "text-to-image", "prompt": "a sunset"}) };
//! let mut host = Host { now: 1_790_000_000_000, ..Host::default() };
//! let submit = client.submit(&generation, &SubmitOptions::default(), [7; 32], host.now)?; // entropy: random
//! let task = host.run(submit)?.record;
//! let reply = host.run(client.wait(task.intent_id().into(), Waiting::default(), host.now))?;
//! assert_eq!((reply.status, reply.task_id.as_deref(), host.sent), (Status::Success, Some("task_1"), 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The effects
//!
//! | effect | what the host does | what it guarantees | answer | after a crash here |
//! |---|---|---|---|---|
//! | `Ready` | asks for the key, then waits for a place among the requests in flight | both are kept until the submit's answer, a sleep that gives back, or the end | `Ready`, `Keyless` | nothing was sent |
//! | `Load`, `Find`, `List`, `Blob`, `Meta`, `Deliveries`, `Notices` | reads the store | sees every save that was answered | what was found, `Refused` | nothing happened |
//! | `SetMeta` | sets a value of the store by its rule | atomic, also between processes | the value that stands, `Refused` | set or not; setting it again does no harm |
//! | `Save` | stores record and blobs where the stored version is the expected one, with the callback that brought the step and, of a task that has ended, a notice; keeps the history afterwards, or drops it | all of it or nothing; a callback that is stored already, as anything but an orphan, is a conflict; one notice for a task; one record for a provider, account, owner and key; durable before the answer where `fence` is set | `Saved`, `Refused` | stored or not: the next call loads what is there |
//! | `Remember` | stores a callback where it is new; of orphans only the newest [`MOST_ORPHANS`](crate::store::MOST_ORPHANS) of a provider and account stay | one for a provider, account and name, also between processes; durable before the answer | `Noted`, `Refused` | stored or not: the provider sends it again, since it was not acknowledged |
//! | `Acknowledge` | notes that a notice was dealt with | durable before the answer | `Noted`, `Refused` | noted or not: the notice may be handed out once more |
//! | `Verify` | verifies Ed25519 signatures, strictly | no small-order key, no second form of a signature | `Verified` | nothing happened |
//! | `Delete` | deletes ended records | never one that has not ended | `Deleted`, `Refused` | some are gone |
//! | `Send` | sends the request, once; without a `Ready` that is held, it gets key and place first | no retry, no redirect; no byte of a submit leaves at or after `until`; the credential only to trusted origins; `NotSent` is a proof; where `open_ms` is above 0, no place is held while the provider keeps it open, and a long poll may be left with `Changed` as a sleep may | `Response`, `Undelivered`, `Keyless`, `Changed` | a submit: until its lease ends it may be under way, then it is unresolved, or sent again under the same key where the provider honours it; a request about a stored task is asked again by the next call |
//! | `Sleep` | waits | `Due` never before the time; `Changed` only after a save of another call for the same intent, or never | `Due`, `Changed` | the next call takes the task up from its record |
//! | `Probe` | looks whether a process is gone | `Gone(true)` is a proof | `Gone` | nothing happened |
//! | `Tell` | calls listeners | in this order | `Told` | listeners have not heard |
//!
//! # Rules of thumb
//! - An answer goes with its effect's number; a host that answers twice, late or with another kind is told so, and the call stays as it was.
//! - While [`Call::may_be_left`] says no, a submit is under way: whoever waited may go, the call runs on.
//! - [`Call::ends_at`] is when nobody waits any more, whatever the effect is that hangs.
//! - Calls of one client share its pacer and its account's pauses. A host that replays calls makes a fresh client for each, or replays all
//!   answers in their order.

mod account;
mod ask;
mod call;
mod callbacks;
mod cancel;
mod claims;
mod deliver;
mod drive;
mod effect;
mod ends;
mod holder;
mod host;
mod known;
mod learned;
mod notices;
mod outcome;
mod park;
mod pauses;
mod receive;
mod received;
mod save;
mod settings;
mod settle;
mod submit;
mod tasks;
mod told;
mod upload;
mod wait;
mod wire;
mod work;

pub use ask::Question;
pub use call::{Call, Named, Next};
pub use callbacks::Callbacks;
pub use effect::{Answer, Effect, Step};
pub use holder::{holder_name, holder_process};
pub use known::Known;
pub use notices::Notice;
pub use park::Parked;
pub use received::{Receipt, Received};
pub use settings::{Client, ClientSettings};
pub use submit::Accepted;
pub use tasks::{RESUMED_AT_ONCE, Unfinished, prune};
pub use wait::{Updates, Waiting};
pub use wire::{TextCall, prune_text};
pub use work::{Turn, Work};
