//! Callbacks without a client: who sent one, and what it proves; and for tests of receivers, what a provider would send.

use crate::callbacks::Arrival;
use crate::client::Client;
use crate::contract::{Contract, read};
use crate::failure::Failure;
use crate::options::{ProofSecret, secrets};
use crate::transport::{Header, headers};
use gentask::core::internal::to_canonical;
use gentask::core::webhook::{self, Secrets, Signing};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Says what a callback is worth, as JSON. `secrets` is `{"token": [{"text", "until"}], "signing": [...], "toleranceMs"}`, `jwks` the text of the keys
/// that the provider publishes.
#[uniffi::export]
pub fn judge(contract: Arc<Contract>, secrets: String, arrival: Arrival, now_ms: u64, jwks: Option<Vec<u8>>) -> Result<String, Failure> {
    let secrets = Secrets::from_value(&read(&secrets)?)?;
    Ok(to_canonical(&gentask::webhook::judged(&contract.inner, &secrets, &arrival.into(), now_ms, jwks.as_deref())))
}

/// What a test says in the provider's name.
#[derive(uniffi::Record)]
pub struct TestDelivery {
    /// The callback URL, without a token.
    pub url: String,
    /// The intent whose token is put into the URL; nothing: the URL stays as it is.
    pub intent_id: Option<String>,
    /// The provider's id of the task.
    pub task_id: String,
    /// The delivery's own id.
    pub delivery_id: String,
    /// The provider's word for the account.
    pub user: String,
    /// The body.
    pub body: Vec<u8>,
    /// Our secrets behind tokens. Default: the client's.
    pub own: Vec<ProofSecret>,
    /// What the provider signs with. Default: the client's.
    pub signing: Vec<ProofSecret>,
    /// The 32 bytes of a private Ed25519 key, where the contract asks for such signatures.
    pub seed: Option<Vec<u8>>,
    /// The time of the signature in Unix milliseconds. Default: now.
    pub now_ms: Option<u64>,
}

/// A delivery as a provider would send it.
#[derive(uniffi::Record)]
pub struct SignedDelivery {
    /// The URL, with the task's token.
    pub url: String,
    /// The headers that sign it.
    pub headers: Vec<Header>,
}

/// Makes a callback as a provider would send it, for a client.
#[uniffi::export]
pub fn sign_callback(client: Arc<Client>, delivery: TestDelivery) -> Result<SignedDelivery, Failure> {
    let open = client.open_now()?;
    let client = open.session.client();
    sign(client.contract(), client.callback_secrets().clone(), client.now(), delivery)
}

/// The same for a contract alone.
#[uniffi::export]
pub fn sign_callback_of(contract: Arc<Contract>, delivery: TestDelivery) -> Result<SignedDelivery, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    sign(&contract.inner, Secrets::default(), now, delivery)
}

fn sign(contract: &gentask::core::Contract, known: Secrets, now: u64, delivery: TestDelivery) -> Result<SignedDelivery, Failure> {
    let TestDelivery { url, intent_id, task_id, delivery_id, user, body, own, signing, seed, now_ms } = delivery;
    let or_known = |given: Vec<ProofSecret>, known| if given.is_empty() { known } else { secrets(given) };
    let secrets = Secrets { token: or_known(own, known.token), signing: or_known(signing, known.signing), ..Secrets::default() };
    let now = now_ms.unwrap_or(now);
    let seed = seed.map(|seed| seed.try_into().map_err(|_| Failure::unsupported("a seed has 32 bytes"))).transpose()?;
    let url = match &intent_id {
        None => url,
        Some(intent_id) => {
            let none = "there is no secret to make the task's token with: give one here, or callback secrets to the client";
            let secret = secrets.token.iter().find(|secret| secret.is_active(now)).ok_or_else(|| Failure::unsupported(none))?;
            webhook::with_token(&url, &webhook::mint(secret, intent_id)?)
        }
    };
    let to = Signing { intent_id: intent_id.unwrap_or_default(), task_id, delivery_id, user, body, seed };
    Ok(SignedDelivery { url, headers: headers(webhook::sign(contract, &secrets, &to, now)?) })
}
