//! Signs deliveries as providers do, with code of its own: nothing of the core's is used here.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter_map(|byte| u8::try_from(char::from(byte).to_digit(16)?).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(super) fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn unbase64(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap_or_default()
}

pub(super) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// HMAC-SHA256 by RFC 2104, written out.
pub(super) fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { sha256(key) } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |with: u8| -> Vec<u8> { block.iter().map(|byte| byte ^ with).collect() };
    let inner = sha256(&[pad(0x36), message.to_vec()].concat());
    sha256(&[pad(0x5C), inner].concat())
}

pub(super) fn ed25519(seed: [u8; 32], message: &[u8]) -> Vec<u8> {
    SigningKey::from_bytes(&seed).sign(message).to_bytes().to_vec()
}

pub(super) fn ed25519_public(seed: [u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(&seed).verifying_key().to_bytes()
}

/// A token, as its format is documented.
pub(super) fn token(secret: &str, intent_id: &str) -> String {
    let id = unhex(&intent_id.replace('-', ""));
    let tag = hmac(secret.as_bytes(), &[b"gentask callback token v1\0".as_slice(), &id].concat());
    base64_url(&[id, tag].concat())
}

/// A task's own secret.
pub(super) fn task_secret(secret: &str, intent_id: &str) -> String {
    let id = unhex(&intent_id.replace('-', ""));
    hex(&hmac(secret.as_bytes(), &[b"gentask task secret v1\0".as_slice(), &id].concat()))
}

/// A key set with these public keys.
pub(super) fn jwks(keys: &[[u8; 32]]) -> String {
    let key = |key: &[u8; 32]| format!(r#"{{"kty":"OKP","crv":"Ed25519","use":"sig","x":"{}"}}"#, base64_url(key));
    format!(r#"{{"keys":[{}]}}"#, keys.iter().map(key).collect::<Vec<_>>().join(","))
}
