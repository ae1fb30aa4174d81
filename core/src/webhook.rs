//! Deliveries to callback URLs: who sent one, and what it proves. Pure: the host reads the bytes, says what time it is, and fetches published
//! keys; nothing of a body is believed before its proof.
//!
//! # A delivery
//! 1. Read the request into an [`Arrival`], at most [`MOST_BODY_BYTES`] of its body.
//! 2. [`judge`] it. [`Verdict::Refused`] has the status of the answer, whose body says nothing.
//! 3. [`Verdict::Keys`]: verify [`Pending::candidates`] one by one with Ed25519 (`verify`, of the feature `ed25519`, or what the platform has;
//!    strictly: no weak keys and no second form of a signature), first with no keys but those that are configured, then with those of
//!    [`Pending::url`]. The first that holds makes the [`Proof`]; if none does, refuse with [`Refusal::Unproven`].
//! 4. A [`Proof`] names the task. Store it by [`Proof::dedupe`] before the acknowledgement ([`Contract::acknowledges_with`]).
//!
//! # What proves a delivery
//! The token in the URL must verify wherever there is one. A signature must verify too wherever the contract has a scheme and there is a key
//! for it: nobody gets by with less by leaving it out. Without a scheme or a key, the token alone is a proof: that somebody who knows the
//! URL sent something about its task, not that the body is true.
//!
//! ```
//! use gentask_core::Contract;
//! use gentask_core::webhook::{Arrival, Secret, Secrets, Verdict, judge, mint, with_token};
//!
//! let contract = Contract::built_in("apixo")?;
//! let secrets = Secrets { token: vec![Secret::new("a long random text", None)], ..Secrets::default() };
//! let token = mint(&secrets.token[0], "01234567-89ab-4def-8123-456789abcdef")?;
//! let url = with_token("https://app.example.com/hook", &token); // what is submitted as the callback URL
//!
//! let body = br#"{"data": {"taskId": "task_1"}}"#.to_vec();
//! let arrival = Arrival { method: "POST".into(), url, headers: vec![], body };
//! let Verdict::Proven(proof) = judge(&contract, &secrets, &arrival, 1_790_000_000_000) else { panic!("refused") };
//! assert_eq!(proof.intent_id.as_deref(), Some("01234567-89ab-4def-8123-456789abcdef"));
//! assert_eq!((proof.task_id.as_deref(), proof.covers_body), (Some("task_1"), false));
//! # Ok::<(), gentask_core::Error>(())
//! ```

use crate::contract::Contract;
use crate::redact::loggable_url;
use std::fmt;

#[cfg(feature = "ed25519")]
mod ed25519;
mod headers;
mod judge;
mod jwks;
mod keys;
mod message;
mod pending;
mod proof;
mod sign;
mod wire;

pub use crate::contract::check_url;
pub use crate::token::{Named, Secret, check_token, mint, owner_of, task_secret, token_in, with_token};
#[cfg(feature = "ed25519")]
pub use ed25519::{public_key, verify};
pub use judge::judge;
pub use jwks::{MOST_JWKS_BYTES, PublicKey, read_jwks, write_jwks};
pub use pending::{Candidate, Pending};
pub use proof::Proof;
pub use sign::{Signer, Signing, sign, sign_with};

/// The most bytes of a body that are read: 1 MiB.
pub const MOST_BODY_BYTES: usize = 1 << 20;
/// The least, most and usual difference between a delivery's timestamp and the clock, in milliseconds.
pub(crate) const TOLERANCE_MS: (u64, u64, u64) = (60_000, 600_000, 300_000);

/// One delivery, as HTTP brought it.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The method, in capitals.
    pub method: String,
    /// The URL that was asked: absolute, or its path with its query.
    pub url: String,
    /// Names in any case; a header that came twice stands here twice.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came, neither decoded nor read. Whoever stopped reading after [`MOST_BODY_BYTES`] passes one byte more.
    pub body: Vec<u8>,
}

impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        write!(f, "Arrival({} {}, headers {names:?}, {} bytes)", self.method, loggable_url(&self.url), self.body.len())
    }
}

/// What deliveries are checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// The host's own secrets behind the tokens of its callback URLs. The first active one makes new tokens.
    pub token: Vec<Secret>,
    /// The provider's signing secrets, or its public Ed25519 keys (`whpk_`, base64 or hexadecimal). At most 8 active ones are tried.
    pub signing: Vec<Secret>,
    /// How far a timestamp may be from the clock on either side, in milliseconds: 60,000 to 600,000, and what is beyond is cut.
    pub tolerance_ms: u64,
}

impl Default for Secrets {
    fn default() -> Self {
        Self { token: Vec::new(), signing: Vec::new(), tolerance_ms: TOLERANCE_MS.2 }
    }
}

/// What a delivery is worth.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It is about the task that the proof names.
    Proven(Proof),
    /// It is, if one of the Ed25519 signatures verifies.
    Keys(Pending),
    /// It is not.
    Refused(Refusal),
}

/// Why a delivery is refused. There is no telling which proof failed: that would help only whoever forges one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Not a POST.
    NotPost,
    /// A body of more than 1 MiB, or one that is announced.
    TooLarge,
    /// No proof: a token or signature is missing, wrong, too old or from the future.
    Unproven,
    /// No delivery at all: the URL or the length is none.
    Malformed,
}

impl Refusal {
    /// Each, with its word and the status of the answer.
    const TABLE: [(Self, &'static str, u16); 4] = [
        (Self::NotPost, "notPost", 405),
        (Self::TooLarge, "tooLarge", 413),
        (Self::Unproven, "unproven", 401),
        (Self::Malformed, "malformed", 400),
    ];

    fn row(self) -> (&'static str, u16) {
        Self::TABLE.iter().find(|(refusal, ..)| *refusal == self).map_or(("", 400), |(_, word, status)| (*word, *status))
    }

    /// The refusal as a word: `unproven`.
    pub fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status of the answer: 405, 413, 401 or 400.
    pub fn http_status(self) -> u16 {
        self.row().1
    }
}

impl Contract {
    /// The HTTP status that acknowledges a callback of this provider: 200 where the contract says nothing.
    pub fn acknowledges_with(&self) -> u16 {
        self.parts().callback.as_ref().map_or(200, |callback| callback.ack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_private_is_in_what_may_be_logged() {
        let arrival = Arrival {
            method: "POST".to_owned(),
            url: "https://app.example.com/private-path?gentask=private-token".to_owned(),
            headers: vec![("webhook-signature".to_owned(), "private-signature".to_owned())],
            body: b"private-body".to_vec(),
        };
        let secrets = Secrets { token: vec![Secret::new("private", None)], ..Secrets::default() };
        let signing = Signing { body: b"private".to_vec(), seed: Some([0; 32]), ..Signing::default() };
        let shown = format!("{arrival:?} {secrets:?} {signing:?}");
        assert!(!shown.contains("private") && shown.contains("https://app.example.com") && shown.contains("webhook-signature"), "{shown}");
    }

    #[test]
    fn every_refusal_has_a_status() {
        let shown = Refusal::TABLE.map(|(refusal, ..)| (refusal.as_str(), refusal.http_status()));
        assert_eq!(shown, [("notPost", 405), ("tooLarge", 413), ("unproven", 401), ("malformed", 400)]);
    }
}
