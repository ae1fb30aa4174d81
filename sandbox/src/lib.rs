//! The providers of gentask, simulated: for users without a key, for the demo, for every test.
//!
//! [`Sandbox`] is one provider as a pure function of (state, request, now), driven by the provider's contract: it matches requests
//! against the contract's paths and templates, validates payloads by the contract's schemas and answers in the shapes of the contract's
//! samples. It has no code for any provider, so it simulates whatever a contract describes. [`Providers`] are several of them behind one
//! address, as pure as one. [`Server`] puts them behind a loopback port over real HTTP/1.1, with faults that only a socket can show; it needs
//! the feature `server`, which is on by default and which an environment without sockets leaves out.
//!
//! **What a task does.** It is pending, then processing, then done: pictures after two seconds, films after four (see
//! [`SandboxOptions`]). Its files are drawn from the prompt and open in any viewer. A word in square brackets in the prompt changes its fate:
//!
//! | word | effect |
//! |---|---|
//! | `[fail]` | the generation fails |
//! | `[content]` | the content rules refuse it while it runs |
//! | `[refuse]` | the content rules refuse the submit |
//! | `[credits]` | the submit is refused as if the account were empty |
//! | `[nofile]` | it succeeds without a file |
//! | `[cancelled]` | the provider cancels it |
//! | `[slow]`, `[stuck]` | it takes ten times as long, or for ever |
//! | `[odd]` | while it runs its state is a word that no contract knows |
//!
//! **What goes wrong on purpose** is a [`Script`] of [`Rule`]s: this [`Fault`] on the second submit, that one on every status call.
//!
//! **Callbacks.** A task that was submitted with a callback URL tells its end there: [`Sandbox::posts_due`] says what is to be posted now,
//! and [`Sandbox::posted`] takes the answer and says when the next attempt is due. The body has the form of the provider's own
//! replies, and is signed as the contract says: with [`TEST_SECRET`], with [`TEST_SEED`], or with the secret that came with the submit
//! ([`CallbackOptions`]). A [`Server`] posts them itself, to this machine only. Rules on [`Target::Callback`] make them come twice, late, out of order,
//! before the submit's answer, after a restart or never, and make them wrong; [`Sandbox::send_callback`] posts one now.
//!
//! **Out of scope:** TLS, uploads, and any claim that a real provider behaves so where its contract says `assumed`.
//!
//! ```
//! use gentask_sandbox::{Sandbox, SandboxOptions, SandboxRequest};
//! use serde_json::json;
//!
//! let contract = json!({
//!     "id": "mini", "base": "https://api.mini.example", "auth": {"header": "authorization", "value": "Bearer {key}"},
//!     "submit": {"method": "POST", "path": "/make", "body": {"input": "$input"}, "reply": {"taskId": ["/id"]}},
//!     "status": {"method": "GET", "path": "/tasks/{taskId}", "reply": {
//!         "state": {"at": ["/state"], "words": {"queued": "pending", "working": "processing", "done": "success", "failed": "failed"}},
//!         "files": [{"at": "/url"}]}},
//! });
//! let mut sandbox = Sandbox::new(&contract, SandboxOptions::default());
//! let submit = SandboxRequest::new("POST", "/make").with_header("authorization", "Bearer k").with_json(&json!({"input": {"prompt": "a cat"}}));
//! let id = sandbox.answer(&submit, 0).to_json()["id"].as_str().unwrap().to_owned();
//! let status = SandboxRequest::new("GET", &format!("/tasks/{id}")).with_header("authorization", "Bearer k");
//! assert_eq!(sandbox.answer(&status, 0).to_json()["state"], "queued");
//! assert_eq!(sandbox.answer(&status, 2000).to_json()["url"], format!("https://api.mini.example/files/{id}.png"));
//! ```
#![forbid(unsafe_code)]

mod callback;
mod media;
mod options;
mod pointer;
mod providers;
mod request;
mod route;
mod sandbox;
mod script;
#[cfg(feature = "server")]
mod server;
mod shape;
mod stats;
mod task;

pub use callback::{Attempt, CallbackOptions, CallbackReply, Delivery, DeliveryState, Post, TEST_SECRET, TEST_SEED, TestCallback};
pub use media::{MediaKind, render};
pub use options::SandboxOptions;
pub use providers::{Answered, Providers};
pub use request::{Answer, SandboxRequest};
pub use sandbox::Sandbox;
pub use script::{Fault, Forgery, Rule, Script, Target};
#[cfg(feature = "server")]
pub use server::{Server, ServerConfig};
pub use stats::{Arrival, Connections, Made, ProviderStats, Stats};
