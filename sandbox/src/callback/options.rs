//! How callbacks are sent. What a test says comes first, then what is known of the provider (`known.json`), then a default.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The secret that signs callbacks where the options name no other. Anybody can read it here: good for tests, and for nothing else.
pub const TEST_SECRET: &str = "whsec_Z2VudGFzay1zYW5kYm94LWNhbGxiYWNrLXNlY3JldCE=";
/// The private Ed25519 key that signs callbacks where the options name no other. As public as [`TEST_SECRET`].
pub const TEST_SEED: [u8; 32] = *b"gentask-sandbox-callback-seed-32";

/// The default pauses before retries.
const RETRIES_MS: [u64; 3] = [30_000, 120_000, 600_000];
/// The default time to answer.
const PATIENCE_MS: u64 = 30_000;

/// How a provider sends its callbacks. In JSON the names are in camel case. What is absent is as the provider is known to do it, or
/// else the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CallbackOptions {
    /// The pauses before further attempts, in milliseconds from the failure of the last one. Default: 30 seconds, 2 minutes, 10 minutes.
    pub retries_ms: Option<Vec<u64>>,
    /// How long a receiver may take to answer, in milliseconds; real ones where a [`Server`](crate::Server) posts. Default: 30,000.
    pub patience_ms: Option<u64>,
    /// Whether only the status that the contract names acknowledges. Default: any 2xx does.
    pub exact: Option<bool>,
    /// Whose reply the body is like. Default: that which the contract's `callback.reads` names, else the status's, as in the contract format.
    pub from: Option<CallbackReply>,
    /// The part of that reply that is sent, as a JSON pointer: with `/data` APIDot's body is flat, its `task_id` at the top. Default: the whole.
    pub part: Option<String>,
    /// The secret that signs. Default: [`TEST_SECRET`]. A task that was submitted with a secret of its own is signed with that, where the
    /// contract says so.
    pub secret: Option<String>,
    /// Whether a contract of Standard Webhooks signs with the seed (`v1a`) and not with the secret (`v1`). Default: no.
    pub ed25519: Option<bool>,
    /// The private key of Ed25519 signatures. Default: [`TEST_SEED`].
    pub seed: Option<[u8; 32]>,
}

/// Whose reply the body of a callback is like. In JSON `"status"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallbackReply {
    /// That of the status call.
    Status,
    /// That of the result call.
    Result,
}

impl CallbackReply {
    /// The operation's name in a contract.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Result => "result",
        }
    }
}

/// How callbacks are sent, with nothing left open.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) retries_ms: Vec<u64>,
    pub(crate) patience_ms: u64,
    /// The one status that acknowledges; `None`: any 2xx.
    pub(crate) ack: Option<u16>,
    pub(crate) from: CallbackReply,
    pub(crate) part: String,
}

impl Rules {
    pub(crate) fn new(contract: &Value, options: &CallbackOptions) -> Self {
        let known = known(contract["id"].as_str().unwrap_or_default());
        let exact = options.exact.or(known.exact).unwrap_or(false);
        let ack = contract["callback"]["ack"].as_u64().and_then(|ack| u16::try_from(ack).ok()).unwrap_or(200);
        let reads = match contract["callback"]["reads"].as_str() {
            Some("status") => Some(CallbackReply::Status),
            Some("result") => Some(CallbackReply::Result),
            _ => None,
        };
        Self {
            retries_ms: options.retries_ms.clone().or(known.retries_ms).unwrap_or(RETRIES_MS.to_vec()),
            patience_ms: options.patience_ms.or(known.patience_ms).unwrap_or(PATIENCE_MS),
            ack: exact.then_some(ack),
            from: options.from.or(known.from).or(reads).unwrap_or(CallbackReply::Status),
            part: options.part.clone().or(known.part).unwrap_or_default(),
        }
    }

    /// Whether this status acknowledges a callback.
    pub(crate) fn acknowledges(&self, status: u16) -> bool {
        self.ack.map_or((200..300).contains(&status), |ack| status == ack)
    }
}

/// What is known of a provider.
fn known(id: &str) -> CallbackOptions {
    let all: Result<BTreeMap<String, CallbackOptions>, _> = serde_json::from_str(include_str!("known.json"));
    all.unwrap_or_default().remove(id).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_test_says_more_than_what_is_known_and_that_more_than_the_default() {
        let rules = |id: &str, options: &CallbackOptions| {
            Rules::new(&json!({"id": id, "callback": {"ack": 200}, "result": {"reply": {}}}), options)
        };
        let own = CallbackOptions { exact: Some(false), ..CallbackOptions::default() };
        let (apixo, loose, other) = (rules("apixo", &CallbackOptions::default()), rules("apixo", &own), rules("x", &own));
        assert_eq!((apixo.acknowledges(200), apixo.acknowledges(202), loose.acknowledges(202)), (true, false, true));
        assert_eq!((loose.acknowledges(299), loose.acknowledges(300), loose.acknowledges(199)), (true, false, false));
        assert_eq!((apixo.retries_ms, other.retries_ms, other.from), (RETRIES_MS.to_vec(), RETRIES_MS.to_vec(), CallbackReply::Status));
        assert_eq!(rules("aivideomaker", &CallbackOptions::default()).from, CallbackReply::Status);
    }
}
