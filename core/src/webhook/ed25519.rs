//! Ed25519 in software, for hosts whose platform has none.

use super::Candidate;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Whether a candidate verifies. Strictly: a weak key or a signature in a second form does not.
pub fn verify(candidate: &Candidate) -> bool {
    let signature = Signature::from_bytes(&candidate.signature);
    VerifyingKey::from_bytes(&candidate.key).is_ok_and(|key| key.verify_strict(&candidate.message, &signature).is_ok())
}

/// The public key of a seed, which is the private key: for simulated providers and tests.
pub fn public_key(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// The signature of a message.
pub(super) fn signature(seed: &[u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(message).to_bytes()
}
