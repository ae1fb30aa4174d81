//! Callbacks as a provider writes them: the proof, and what the body says.

use gentask_core::Contract;
use gentask_core::webhook::{Secret, Secrets, Signing, sign};
use serde_json::{Value, json};

/// What submits ask to have called, and what the account has registered.
pub(super) const URL: &str = "https://app.example.com/hook";
/// Where a result is by a signed body, and by one that nobody should believe.
pub(super) const SIGNED_FILE: &str = "https://cdn.example.com/signed.png";
pub(super) const FALSE_FILE: &str = "https://elsewhere.example.com/false.png";
/// The provider's secret, and one that somebody else tries.
pub(super) const SIGNING: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(super) const GUESSED: &str = "whsec_AAKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// The clients' own secret, behind their tokens.
pub(super) const OWN: &str = "a-secret-that-all-processes-are-given";

/// How a provider's callbacks prove themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Calls {
    /// There are none.
    Never,
    /// By the token in their URL alone.
    Unsigned,
    /// By a signature that covers the body.
    Signed,
    /// By one that covers the task's id, and nothing else of the body.
    Bare,
}

impl Calls {
    pub(super) fn contract(self) -> Value {
        match self {
            Self::Never | Self::Unsigned => json!({"scheme": "none", "ack": 200, "taskId": ["/id"]}),
            Self::Signed => json!({
                "scheme": "standard_webhooks", "ack": 200, "taskId": ["/id"],
                "id": "webhook-id", "timestamp": "webhook-timestamp", "signature": "webhook-signature",
            }),
            Self::Bare => json!({
                "scheme": "hmac", "signed": "{taskId}.{timestamp}", "ack": 200, "taskId": ["/id"],
                "timestamp": "x-timestamp", "signature": "x-signature", "encoding": "base64",
            }),
        }
    }

    pub(super) const fn signs(self) -> bool {
        matches!(self, Self::Signed | Self::Bare)
    }
}

/// What a client checks callbacks with.
pub(super) fn secrets(calls: Calls, own: Option<&str>, signing: &str) -> Secrets {
    let secret = |text: &str| Secret::new(text, None);
    let signing = calls.signs().then(|| secret(signing));
    Secrets { token: own.map(secret).into_iter().collect(), signing: signing.into_iter().collect(), ..Secrets::default() }
}

/// A body. What is not signed names a result where there is none.
pub(super) fn body(number: u64, word: &str, task_id: Option<&str>, is_signed: bool) -> Vec<u8> {
    let mut body = json!({"event": number, "state": word});
    if let Some(task_id) = task_id {
        body["id"] = json!(task_id);
    }
    match word {
        "done" => body["files"] = json!([{"url": if is_signed { SIGNED_FILE } else { FALSE_FILE }, "kind": "image"}]),
        "failed" => body["reason"] = json!({"code": "broken", "text": "no luck"}),
        _ => {}
    }
    body.to_string().into_bytes()
}

/// The headers that make a body the provider's.
pub(super) fn headers(contract: &Contract, secrets: &Secrets, task_id: &str, number: u64, body: &[u8], now: u64) -> Vec<(String, String)> {
    let (task_id, delivery_id) = (task_id.to_owned(), format!("evt-{number}"));
    let signing = Signing { task_id, delivery_id, body: body.to_vec(), ..Signing::default() };
    sign(contract, secrets, &signing, now).expect("there is a secret to sign with")
}
