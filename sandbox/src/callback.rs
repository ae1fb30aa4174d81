//! Callbacks: what a provider posts to a task's callback URL, and when, in the sandbox's own time. Pure: whoever holds the
//! [`Sandbox`](crate::Sandbox) posts, and tells what was answered.

mod options;
mod plan;
mod schedule;
mod sign;

pub use options::{CallbackOptions, CallbackReply, TEST_SECRET, TEST_SEED};
pub use schedule::{Attempt, Delivery, DeliveryState};

pub(crate) use options::Rules;
pub(crate) use plan::{Sketch, progress, sketch};
pub(crate) use schedule::{Content, Planned, Schedule};
pub(crate) use sign::Signer;

use crate::script::Fault;
use serde::Deserialize;
use std::fmt;

/// One POST that is due: to be sent now, and its outcome to be told to [`Sandbox::posted`](crate::Sandbox::posted).
#[derive(Clone, PartialEq, Eq)]
pub struct Post {
    /// The number of its [`Delivery`].
    pub delivery: u64,
    /// Which attempt it is, counted from 1.
    pub attempt: u32,
    /// The task.
    pub task_id: String,
    /// Where to.
    pub url: String,
    /// Names in lower case, and values: `content-type`, and the signature's. Signed anew for each attempt.
    pub headers: Vec<(String, String)>,
    /// The body's bytes: the same in each attempt.
    pub body: Vec<u8>,
    /// How long the receiver may take, in milliseconds; what comes later is no answer.
    pub patience_ms: u64,
    /// Whether the answer of the task's submit is held back until this has its outcome.
    pub before_answer: bool,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        write!(f, "Post(delivery {}, attempt {}, headers {names:?}, {} bytes)", self.delivery, self.attempt, self.body.len())
    }
}

/// A callback that a test asks for, beside those that tasks have anyway. In JSON every field may be absent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TestCallback {
    /// Where to. `None`: the task's own callback URL.
    pub url: Option<String>,
    /// What it says, in gentask's words: `pending processing success failed cancelled`. `None`: how the task is.
    pub says: Option<String>,
    /// What happens to it: faults of callbacks. Those that change the task's other callbacks or its submit's answer do nothing here.
    pub faults: Vec<Fault>,
}
