//! What a proven delivery says. The body is read here and nowhere else, after its proof.

use crate::contract::callback::{Callback, Variable};
use crate::contract::pointer;
use crate::token::Named;
use crate::{hex, json};
use sha2::{Digest as _, Sha256};

/// A delivery that is the provider's, or comes from somebody who was given the callback URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The task's intent id, by its token; `None`: the URL has no token, and the task is found by its id.
    pub intent_id: Option<String>,
    /// The provider's task id, as the body says. Only as true as [`covers_body`](Self::covers_body) makes it, unless the signature covers
    /// the id itself.
    pub task_id: Option<String>,
    /// Whether the provider signed the body, and it is JSON: then what it says may be taken for an answer.
    pub covers_body: bool,
    /// Whether the provider proved itself with a signature or a shared secret. `false`: the token alone did.
    pub is_signed: bool,
    /// The same for a delivery that is sent again: `id:` and the signed id, or `body:` and the SHA-256 of the body.
    pub dedupe: String,
    /// The place of the token's secret in [`Secrets::token`](super::Secrets::token).
    pub token_secret: Option<usize>,
    /// The place of the secret or key in [`Secrets::signing`](super::Secrets::signing); `None`: a task's own secret, a published key, or none.
    pub signing_secret: Option<usize>,
}

/// A body, read strictly.
pub(super) struct Read {
    pub(super) is_json: bool,
    pub(super) task_id: Option<String>,
}

/// Reads a body: JSON without a key that stands twice, at most 64 levels deep.
pub(super) fn read_body(callback: &Callback, body: &[u8]) -> Read {
    match json::parse_strict(body, json::ROOM_PER_BYTE) {
        Ok(value) => Read { is_json: true, task_id: pointer::first_exact(&callback.task_id, &value) },
        Err(_) => Read { is_json: false, task_id: None },
    }
}

impl Proof {
    /// The proof by a token alone.
    pub(super) fn by_token(callback: Option<&Callback>, body: &[u8]) -> Self {
        Self {
            intent_id: None,
            task_id: callback.and_then(|callback| read_body(callback, body).task_id),
            covers_body: false,
            is_signed: false,
            dedupe: by_body(body),
            token_secret: None,
            signing_secret: None,
        }
    }

    /// The proof by a signature or a shared secret; `id` is the delivery's.
    pub(super) fn by_signature(callback: &Callback, body: &[u8], id: Option<&str>) -> Self {
        let read = read_body(callback, body);
        let id = id.filter(|_| callback.names(Variable::Id));
        Self {
            intent_id: None,
            task_id: read.task_id,
            covers_body: read.is_json && callback.covers_body(),
            is_signed: true,
            dedupe: id.map_or_else(|| by_body(body), |id| format!("id:{id}")),
            token_secret: None,
            signing_secret: None,
        }
    }

    /// This, with what the token says.
    pub(super) fn of_token(self, named: Option<&Named>) -> Self {
        Self { intent_id: named.map(|named| named.intent_id.clone()), token_secret: named.map(|named| named.secret), ..self }
    }
}

fn by_body(body: &[u8]) -> String {
    format!("body:{}", hex::encode(&Sha256::digest(body)))
}
