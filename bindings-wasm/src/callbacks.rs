//! Callbacks without a client: judged, and for tests of receivers signed.

use crate::{Contract, Thrown, millis, read, thrown};
use gentask_core::client::{Receipt, Received};
use gentask_core::internal::to_canonical;
use gentask_core::webhook::{
    Arrival, MOST_BODY_BYTES, Pending, PublicKey, Secret, Secrets, Signing, Verdict, judge as core_judge, mint, read_jwks, sign_with,
    with_token,
};
use gentask_core::{Error, ErrorCode};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// The verdict about a delivery, as JSON; where it hangs on signatures with public keys, with their message, the candidates and the proof that
/// each makes, and with what is wrong with the published keys.
#[wasm_bindgen]
pub fn judge(contract: &Contract, secrets: &str, head: &str, body: Vec<u8>, keys: Option<Vec<u8>>, now: f64) -> Thrown<String> {
    let secrets = secrets_of(secrets)?;
    let arrival = Arrival { body, ..Arrival::from_value(&read(head)?).map_err(|error| thrown(&error))? };
    let verdict = core_judge(&contract.0, &secrets, &arrival, millis(now));
    let mut value = verdict.to_value();
    if let Verdict::Keys(pending) = verdict {
        let published = keys.map(|keys| read_jwks(&keys)).transpose().unwrap_or_else(|error| {
            value["faults"] = error.violations.iter().map(|fault| Value::from(vec![&*fault.path, &*fault.rule])).collect();
            None
        });
        put_candidates(&mut value, &pending, &published.unwrap_or_default());
    }
    Ok(to_canonical(&value))
}

fn put_candidates(verdict: &mut Value, pending: &Pending, published: &[PublicKey]) {
    let mut candidates = Vec::new();
    for candidate in pending.candidates(published) {
        let mut value = candidate.to_value();
        // It is the same for all.
        if let Some(message) = value.as_object_mut().and_then(|members| members.remove("messageBase64")) {
            verdict["messageBase64"] = message;
        }
        value["proof"] = pending.clone().proven(&candidate).to_value();
        candidates.push(value);
    }
    verdict["candidates"] = Value::Array(candidates);
}

/// How much an answer counts among those of several clients; `takenWeight` is that of a callback that was taken.
#[wasm_bindgen(js_name = receiptWeight)]
pub fn receipt_weight(outcome: &str) -> u8 {
    Received::from_word(outcome).map_or(0, Received::weight)
}

/// The weight of a callback that was taken: no other client is asked.
#[wasm_bindgen(js_name = takenWeight)]
pub fn taken_weight() -> u8 {
    Received::TAKEN
}

/// The receipt of a callback that cannot be taken now.
#[wasm_bindgen(js_name = unavailableReceipt)]
pub fn unavailable_receipt(reason: &str) -> String {
    to_canonical(&Receipt::unavailable(reason.to_owned()).to_value())
}

/// The most bytes of a body that are read.
#[wasm_bindgen(js_name = mostBodyBytes)]
pub fn most_body_bytes() -> u32 {
    u32::try_from(MOST_BODY_BYTES).unwrap_or(u32::MAX)
}

/// The callback URL of a task, as a submit of it names it to the provider.
#[wasm_bindgen(js_name = callbackUrl)]
pub fn callback_url(url: &str, secret: &str, intent_id: &str) -> Thrown<String> {
    let token = mint(&Secret::new(secret, None), intent_id).map_err(|error| thrown(&error))?;
    Ok(with_token(url, &token))
}

/// What a private Ed25519 key signs of a delivery; nothing where its contract asks for another signature, or for none.
#[wasm_bindgen(js_name = messageToSign)]
pub fn message_to_sign(contract: &Contract, to: &str, body: Vec<u8>, now: f64) -> Thrown<Option<Vec<u8>>> {
    let mut asked = None;
    let mut keep = |message: &[u8]| {
        asked = Some(message.to_vec());
        Ok([0; 64])
    };
    // That there is no secret is told by the signing itself.
    let _ = sign_with(&contract.0, &Secrets::default(), &signing(to, body)?, millis(now), Some(&mut keep));
    Ok(asked)
}

/// The headers that make a delivery the provider's, as a JSON array of pairs. `signature`: the one by a private key.
#[wasm_bindgen(js_name = signDelivery)]
pub fn sign_delivery(contract: &Contract, secrets: &str, to: &str, body: Vec<u8>, signature: Option<Vec<u8>>, now: f64) -> Thrown<String> {
    let (secrets, signing) = (secrets_of(secrets)?, signing(to, body)?);
    let is_by_key = signature.is_some();
    let mut give = |_: &[u8]| {
        let bytes = signature.as_deref().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Error::new(ErrorCode::Unsupported, "a signature has 64 bytes"))
    };
    let headers = sign_with(&contract.0, &secrets, &signing, millis(now), if is_by_key { Some(&mut give) } else { None });
    let headers = headers.map_err(|error| thrown(&error))?;
    Ok(to_canonical(&headers.into_iter().map(|(name, value)| Value::from(vec![name, value])).collect()))
}

fn secrets_of(text: &str) -> Thrown<Secrets> {
    Secrets::from_value(&read(text)?).map_err(|error| thrown(&error))
}

/// What a provider says in a delivery, from `{"intentId", "taskId", "deliveryId", "user"}`.
fn signing(text: &str, body: Vec<u8>) -> Thrown<Signing> {
    let to = read(text)?;
    let word = |name: &str| to.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (intent_id, task_id, delivery_id, user) = (word("intentId"), word("taskId"), word("deliveryId"), word("user"));
    Ok(Signing { intent_id, task_id, delivery_id, user, body, seed: None })
}
