//! The headers that prove a callback, as the contract says.

use super::schedule::Content;
use super::{CallbackOptions, TEST_SECRET, TEST_SEED};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gentask_core::Contract;
use gentask_core::webhook::{PublicKey, Secret, Secrets, Signing, public_key, sign, write_jwks};
use serde_json::{Value, json};

/// Whose account it is, where that is signed.
const USER: &str = "sandbox-user";
/// What signs where the wrong key does.
const WRONG_SECRET: &str = "whsec_bm90IHRoZSBzYW5kYm94J3MgY2FsbGJhY2sgc2VjcmV0";
const WRONG_SEED: [u8; 32] = *b"gentask-sandbox-the-wrong-seed-!";

/// What signs the callbacks of one provider.
pub(crate) struct Signer {
    /// `None`: nothing does.
    contract: Option<Contract>,
    /// Whether each task has a secret of its own.
    per_task: bool,
    secret: String,
    seed: [u8; 32],
    by_seed: bool,
}

impl Signer {
    pub(crate) fn new(contract: &Value, options: &CallbackOptions) -> Self {
        let scheme = contract["callback"]["scheme"].as_str().unwrap_or("none");
        let per_task = contract["callback"]["secret"] == "task";
        let signed = (scheme != "none").then(|| {
            let mut contract = contract.clone();
            if per_task {
                // A provider knows the secret's text as the submit had it, and not what that was derived from.
                contract["callback"]["secret"] = json!("text");
            }
            Contract::load(contract.to_string().as_bytes()).ok()
        });
        Self {
            contract: signed.flatten(),
            per_task,
            secret: options.secret.clone().unwrap_or_else(|| TEST_SECRET.to_owned()),
            seed: options.seed.unwrap_or(TEST_SEED),
            by_seed: scheme == "ed25519" || (scheme == "standard_webhooks" && options.ed25519 == Some(true)),
        }
    }

    /// The headers of an attempt at this time; none where the contract signs nothing or there is no key.
    pub(crate) fn headers(&self, content: &Content, now: u64) -> Vec<(String, String)> {
        let Some(contract) = &self.contract else { return Vec::new() };
        let secret = match (content.wrong_key, self.per_task) {
            (true, _) => Some(WRONG_SECRET),
            (false, true) => content.secret.as_deref(),
            (false, false) => Some(self.secret.as_str()),
        };
        let secrets = Secrets { signing: secret.into_iter().map(|text| Secret::new(text, None)).collect(), ..Secrets::default() };
        let seed = if content.wrong_key { WRONG_SEED } else { self.seed };
        let signing = Signing {
            task_id: content.signed_task.clone(),
            delivery_id: content.message.clone(),
            user: USER.to_owned(),
            body: content.body.clone(),
            seed: self.by_seed.then_some(seed),
            ..Signing::default()
        };
        sign(contract, &secrets, &signing, now).unwrap_or_default()
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// The public key as text.
    pub(crate) fn public_key(&self) -> String {
        format!("whpk_{}", STANDARD.encode(public_key(&self.seed)))
    }

    /// The public key as a set.
    pub(crate) fn jwks(&self) -> Vec<u8> {
        write_jwks(&[PublicKey { id: Some("sandbox".to_owned()), bytes: public_key(&self.seed) }])
    }
}
