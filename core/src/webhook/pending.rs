//! A delivery that hangs on an Ed25519 signature: what there is to verify, and what comes of it.

use super::jwks::PublicKey;
use super::proof::Proof;
use crate::contract::Contract;
use crate::token::Named;
use std::fmt;
use std::sync::Arc;

/// The most verifications of one delivery: 16 signatures by 8 keys.
const MOST_CANDIDATES: usize = 128;

/// A delivery that is proven if one of its Ed25519 signatures verifies. All else about it has been checked.
#[derive(Clone)]
pub struct Pending {
    pub(super) contract: Contract,
    /// The configured public keys, with their places.
    pub(super) own: Vec<(usize, [u8; 32])>,
    pub(super) message: Arc<[u8]>,
    pub(super) signatures: Vec<[u8; 64]>,
    pub(super) body: Vec<u8>,
    pub(super) id: Option<String>,
    pub(super) named: Option<Named>,
}

/// One signature by one key.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The public key.
    pub key: [u8; 32],
    /// What was signed.
    pub message: Arc<[u8]>,
    /// The signature.
    pub signature: [u8; 64],
    /// The place of the key in [`Secrets::signing`](super::Secrets::signing); `None`: it is a published one.
    pub signing_secret: Option<usize>,
}

impl Pending {
    /// Where the provider publishes its keys: the https URL of its contract, never one of the delivery. `None`: only configured keys count.
    pub fn url(&self) -> Option<&str> {
        self.contract.parts().callback.as_ref().and_then(|callback| callback.jwks.as_deref())
    }

    /// What to verify, at most 128 of them: the configured keys first, then these.
    pub fn candidates(&self, keys: &[PublicKey]) -> Vec<Candidate> {
        let own = self.own.iter().map(|(index, key)| (Some(*index), key));
        let all = own.chain(keys.iter().map(|key| (None, &key.bytes)));
        let of_key = |(signing_secret, key): (Option<usize>, &[u8; 32])| {
            let (key, message) = (*key, &self.message);
            let candidate = move |signature: &[u8; 64]| Candidate { key, message: message.clone(), signature: *signature, signing_secret };
            self.signatures.iter().map(candidate).collect::<Vec<_>>()
        };
        all.flat_map(of_key).take(MOST_CANDIDATES).collect()
    }

    /// The proof, for a host that has verified this candidate.
    pub fn proven(self, by: &Candidate) -> Proof {
        let Self { contract, body, id, named, .. } = self;
        let Some(callback) = &contract.parts().callback else { return Proof::by_token(None, &body).of_token(named.as_ref()) };
        Proof { signing_secret: by.signing_secret, ..Proof::by_signature(callback, &body, id.as_deref()).of_token(named.as_ref()) }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pending({} signatures, {} bytes)", self.signatures.len(), self.message.len())
    }
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidate({} bytes)", self.message.len())
    }
}
