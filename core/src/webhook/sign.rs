//! Deliveries as a provider would send them: for simulated providers and for tests of receivers.

use super::Secrets;
use super::judge::{ED25519_VERSION, HMAC_VERSION, versioned};
use super::keys::{active, secret_bytes};
use super::message::{Parts, message};
use crate::contract::Contract;
use crate::contract::callback::{Callback, Encoding, Place, Scheme, SecretForm};
use crate::error::{Error, ErrorCode};
use crate::io::UnixMillis;
use crate::token::{hmac, task_secret};
use crate::{base64, hex};
use std::fmt;

/// What a provider sends, and what it knows.
#[derive(Clone, Default)]
pub struct Signing {
    /// The task's intent id, where each task has a secret of its own.
    pub intent_id: String,
    /// The provider's task id, where that is signed.
    pub task_id: String,
    /// The id of the delivery, where the scheme has one.
    pub delivery_id: String,
    /// The account's id, where the scheme has one.
    pub user: String,
    /// The bytes of the body.
    pub body: Vec<u8>,
    /// The private Ed25519 key, where one signs.
    pub seed: Option<[u8; 32]>,
}

impl fmt::Debug for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signing({} bytes)", self.body.len())
    }
}

/// The headers that make a delivery the provider's, at this time in milliseconds since the Unix epoch; none where it signs nothing.
///
/// The first active secret signs, or the seed. The error: there is no such key, or this build has no Ed25519.
pub fn sign(contract: &Contract, secrets: &Secrets, to: &Signing, now: UnixMillis) -> Result<Vec<(String, String)>, Error> {
    match &to.seed {
        Some(seed) => sign_with(contract, secrets, to, now, Some(&mut |message| by_seed(seed, message))),
        None => sign_with(contract, secrets, to, now, None),
    }
}

/// What signs a message with a private Ed25519 key.
pub type Signer<'a> = &'a mut dyn FnMut(&[u8]) -> Result<[u8; 64], Error>;

/// The same where the platform has the private Ed25519 key, and signs with it.
pub fn sign_with(
    contract: &Contract,
    secrets: &Secrets,
    to: &Signing,
    now: UnixMillis,
    ed25519: Option<Signer<'_>>,
) -> Result<Vec<(String, String)>, Error> {
    let Some(callback) = contract.parts().callback.as_ref().filter(|callback| callback.scheme != Scheme::None) else {
        return Ok(Vec::new());
    };
    let refuse = |what| Error::new(ErrorCode::Unsupported, what);
    let place = callback.signature.as_ref().ok_or_else(|| refuse("the contract has no place for a signature"))?;
    let timestamp = (now / 1_000).to_string();
    let parts =
        Parts { id: Some(&to.delivery_id), timestamp: Some(&timestamp), user: Some(&to.user), task_id: Some(&to.task_id), body: &to.body };
    let message = message(&callback.signed, &parts).ok_or_else(|| refuse("an id of this delivery cannot be signed"))?;
    let no_key = || refuse("there is no active secret to sign with");
    let signature = match (callback.scheme, ed25519) {
        (Scheme::SharedSecret, _) => {
            (place.clone(), key(callback, secrets, to, now).and_then(|key| String::from_utf8(key).ok()).ok_or_else(no_key)?)
        }
        (Scheme::Ed25519, Some(sign)) => (place.clone(), encoded(callback, &sign(&message)?)),
        (Scheme::StandardWebhooks, Some(sign)) => (versioned(place, ED25519_VERSION), encoded(callback, &sign(&message)?)),
        (Scheme::Ed25519, None) => return Err(refuse("there is no seed to sign with")),
        (scheme, _) => {
            let by_key = key(callback, secrets, to, now).and_then(|key| hmac(&key, &[&message])).ok_or_else(no_key)?;
            let place = if scheme == Scheme::StandardWebhooks { versioned(place, HMAC_VERSION) } else { place.clone() };
            (place, encoded(callback, &by_key))
        }
    };
    let mut headers = Vec::new();
    for (place, value) in [(&callback.id, &to.delivery_id), (&callback.timestamp, &timestamp), (&callback.user, &to.user)] {
        if let Some(place) = place {
            put(&mut headers, place, value);
        }
    }
    put(&mut headers, &signature.0, &signature.1);
    Ok(headers)
}

/// Puts an item at its place: into a header of its own, or behind what the header says already.
fn put(headers: &mut Vec<(String, String)>, place: &Place, value: &str) {
    let item = [place.prefix.as_str(), value].concat();
    match headers.iter_mut().find(|(name, _)| *name == place.header) {
        Some((_, known)) => {
            known.push_str(&place.separator);
            known.push_str(&item);
        }
        None => headers.push((place.header.clone(), item)),
    }
}

fn encoded(callback: &Callback, bytes: &[u8]) -> String {
    match callback.encoding {
        Encoding::Hex => hex::encode(bytes),
        Encoding::Base64 => base64::encode(bytes),
    }
}

fn key(callback: &Callback, secrets: &Secrets, to: &Signing, now: UnixMillis) -> Option<Vec<u8>> {
    match callback.secret {
        SecretForm::Task => {
            let (_, secret) = active(&secrets.token, now).next()?;
            task_secret(secret, &to.intent_id).ok().map(String::into_bytes)
        }
        form => active(&secrets.signing, now).find_map(|(_, secret)| secret_bytes(secret, form)),
    }
}

#[cfg(feature = "ed25519")]
#[expect(clippy::unnecessary_wraps, reason = "fails in a build without Ed25519")]
fn by_seed(seed: &[u8; 32], message: &[u8]) -> Result<[u8; 64], Error> {
    Ok(super::ed25519::signature(seed, message))
}

#[cfg(not(feature = "ed25519"))]
fn by_seed(_: &[u8; 32], _: &[u8]) -> Result<[u8; 64], Error> {
    Err(Error::new(ErrorCode::Unsupported, "this build has no Ed25519"))
}
