//! Whether a delivery is proven. The order is fixed: what is cheap and says nothing comes first, then the token, then the signature.

use super::headers::{items, single};
use super::keys::{active, public_bytes, secret_bytes};
use super::message::of_delivery;
use super::pending::Pending;
use super::proof::Proof;
use super::{Arrival, MOST_BODY_BYTES, Refusal, Secrets, TOLERANCE_MS, Verdict};
use crate::contract::Contract;
use crate::contract::callback::{Callback, Encoding, Place, Scheme, SecretForm};
use crate::io::UnixMillis;
use crate::token::{Named, check_token, hmac, task_secret, token_in};
use crate::{base64, hex};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

/// The most signatures of a delivery that are looked at.
pub(super) const MOST_SIGNATURES: usize = 16;
/// The versions of Standard Webhooks, by the kind of key.
pub(super) const HMAC_VERSION: &str = "v1,";
pub(super) const ED25519_VERSION: &str = "v1a,";

/// Judges a delivery for the provider of this contract, at this time in milliseconds since the Unix epoch.
///
/// It takes the same time for every wrong token and signature of one form.
pub fn judge(contract: &Contract, secrets: &Secrets, arrival: &Arrival, now: UnixMillis) -> Verdict {
    prove(contract, secrets, arrival, now).unwrap_or_else(Verdict::Refused)
}

fn prove(contract: &Contract, secrets: &Secrets, arrival: &Arrival, now: UnixMillis) -> Result<Verdict, Refusal> {
    check_form(arrival)?;
    let named = match token_in(&arrival.url) {
        None => None,
        Some(token) => Some(check_token(&secrets.token, token, now).ok_or(Refusal::Unproven)?),
    };
    let callback = contract.parts().callback.as_ref();
    let judge = Judge { contract, secrets, arrival, now, named: named.as_ref() };
    match callback.filter(|callback| judge.has_keys(callback)) {
        Some(callback) => judge.signature(callback).ok_or(Refusal::Unproven),
        None if named.is_some() => Ok(Verdict::Proven(Proof::by_token(callback, &arrival.body).of_token(named.as_ref()))),
        None => Err(Refusal::Unproven),
    }
}

/// What can be seen without any secret.
fn check_form(arrival: &Arrival) -> Result<(), Refusal> {
    if arrival.method != "POST" {
        return Err(Refusal::NotPost);
    }
    if arrival.url.is_empty() || !arrival.url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refusal::Malformed);
    }
    let mut lengths = arrival.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, text)| text);
    let announced = lengths.next();
    let is_length = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if announced.is_some_and(|first| !is_length(first) || lengths.any(|other| other != first)) {
        return Err(Refusal::Malformed);
    }
    let announced = announced.map(|text| text.parse::<u64>().unwrap_or(u64::MAX));
    if arrival.body.len() > MOST_BODY_BYTES || announced.is_some_and(|length| length > MOST_BODY_BYTES as u64) {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}

struct Judge<'a> {
    contract: &'a Contract,
    secrets: &'a Secrets,
    arrival: &'a Arrival,
    now: UnixMillis,
    named: Option<&'a Named>,
}

impl Judge<'_> {
    /// Whether there is anything that a signature can be checked with. Secrets that are over count: when the last one ends, deliveries end,
    /// not their checks.
    fn has_keys(&self, callback: &Callback) -> bool {
        match (callback.scheme, callback.secret) {
            (Scheme::None, _) => false,
            (Scheme::Hmac | Scheme::SharedSecret | Scheme::StandardWebhooks, SecretForm::Task) => self.named.is_some(),
            _ => !self.secrets.signing.is_empty() || callback.jwks.is_some(),
        }
    }

    /// What the signature makes of the delivery; `None`: it is not proven.
    fn signature(&self, callback: &Callback) -> Option<Verdict> {
        let place = callback.signature.as_ref()?;
        if callback.scheme == Scheme::SharedSecret {
            return self.shared_secret(callback, place).map(Verdict::Proven);
        }
        let (headers, body) = (&self.arrival.headers, &self.arrival.body);
        let tolerance_ms = self.secrets.tolerance_ms.clamp(TOLERANCE_MS.0, TOLERANCE_MS.1);
        let (message, id) = of_delivery(callback, headers, body, self.now, tolerance_ms)?;
        let proof = || Proof::by_signature(callback, body, id).of_token(self.named);
        let (by_hmac, by_ed25519) = match callback.scheme {
            Scheme::StandardWebhooks => (Some(versioned(place, HMAC_VERSION)), Some(versioned(place, ED25519_VERSION))),
            Scheme::Ed25519 => (None, Some(place.clone())),
            _ => (Some(place.clone()), None),
        };
        if let Some(signer) = by_hmac.and_then(|place| self.hmac(callback, &place, &message)) {
            return Some(Verdict::Proven(Proof { signing_secret: signer.place(), ..proof() }));
        }
        let signatures: Vec<[u8; 64]> = self.decoded(callback, &by_ed25519?);
        let needs_prefix = callback.scheme == Scheme::StandardWebhooks;
        let own = active(&self.secrets.signing, self.now);
        let own: Vec<(usize, [u8; 32])> = own.filter_map(|(index, secret)| Some((index, public_bytes(secret, needs_prefix)?))).collect();
        if signatures.is_empty() || own.is_empty() && callback.jwks.is_none() {
            return None;
        }
        Some(Verdict::Keys(Pending {
            contract: self.contract.clone(),
            own,
            message: message.into(),
            signatures,
            body: body.clone(),
            id: id.map(str::to_owned),
            named: self.named.cloned(),
        }))
    }

    /// The signatures at a place that are of the right length.
    fn decoded<const N: usize>(&self, callback: &Callback, place: &Place) -> Vec<[u8; N]> {
        let decode = match callback.encoding {
            Encoding::Hex => hex::decode,
            Encoding::Base64 => base64::decode,
        };
        let longest = N * 2;
        let items = items(&self.arrival.headers, place).take(MOST_SIGNATURES).filter(|item| item.len() <= longest);
        items.filter_map(|item| decode(item)?.try_into().ok()).collect()
    }

    /// The secret that signed a message; all are tried with all signatures.
    fn hmac(&self, callback: &Callback, place: &Place, message: &[u8]) -> Option<Signer> {
        let signatures: Vec<[u8; 32]> = self.decoded(callback, place);
        let keys: Vec<(Signer, Vec<u8>)> = match callback.secret {
            SecretForm::Task => vec![(Signer::Task, self.own_secret()?.into_bytes())],
            form => {
                let active = active(&self.secrets.signing, self.now);
                active.filter_map(|(index, secret)| Some((Signer::Place(index), secret_bytes(secret, form)?))).collect()
            }
        };
        first_equal(keys.iter().filter_map(|(index, key)| {
            let own = hmac(key, &[message])?;
            Some((*index, signatures.iter().fold(Choice::from(0), |found, signature| found | own.ct_eq(signature))))
        }))
    }

    fn shared_secret(&self, callback: &Callback, place: &Place) -> Option<Proof> {
        // Hashes are of one length: how long the secret is shows in no time either.
        let hash = |text: &str| -> [u8; 32] { Sha256::digest(text.as_bytes()).into() };
        let given = hash(single(&self.arrival.headers, Some(place))?);
        let keys: Vec<(Signer, String)> = match callback.secret {
            SecretForm::Task => vec![(Signer::Task, self.own_secret()?)],
            _ => active(&self.secrets.signing, self.now).map(|(index, secret)| (Signer::Place(index), secret.text().to_owned())).collect(),
        };
        let known = keys.iter().filter(|(_, text)| !text.is_empty());
        let signer = first_equal(known.map(|(index, text)| (*index, hash(text).ct_eq(&given))))?;
        Some(Proof { signing_secret: signer.place(), ..Proof::by_signature(callback, &self.arrival.body, None).of_token(self.named) })
    }

    /// The secret that was sent with the task's submit: made with the same secret as its token.
    fn own_secret(&self) -> Option<String> {
        let named = self.named?;
        task_secret(self.secrets.token.get(named.secret)?, &named.intent_id).ok()
    }
}

/// Whose a secret is.
#[derive(Clone, Copy)]
enum Signer {
    /// The task's own.
    Task,
    /// The one at this place of the signing secrets.
    Place(usize),
}

impl Signer {
    fn place(self) -> Option<usize> {
        match self {
            Self::Task => None,
            Self::Place(place) => Some(place),
        }
    }
}

/// The place with a version of Standard Webhooks as its prefix.
pub(super) fn versioned(place: &Place, version: &str) -> Place {
    Place { prefix: version.to_owned(), ..place.clone() }
}

/// The first key whose comparison holds; all are made before any is looked at.
fn first_equal(compared: impl Iterator<Item = (Signer, Choice)>) -> Option<Signer> {
    let (mut found, mut place, mut keys) = (Choice::from(0), 0_u64, Vec::new());
    for (at, (key, is_equal)) in (0_u64..).zip(compared) {
        keys.push(key);
        place.conditional_assign(&at, is_equal & !found);
        found |= is_equal;
    }
    let place = usize::try_from(place).ok().filter(|_| bool::from(found))?;
    keys.get(place).copied()
}
