//! Deliveries to callback URLs: good ones of every scheme, and all that must not pass for one.
//!
//! A case names a `contract`, or the `callback` scheme of `callbacks/schemes.json` that goes into `callbacks/contract.json`. The delivery is
//! in `arrival`; where it has no `bodyBase64` but `bodyRepeat`, the body is that text so many times. `secrets` and `arrival` are read, and
//! verdict, proof and candidates written, as the core's JSON.

use serde_json::Value;

mod case;
mod key_sets;
mod limits;
mod providers;
mod schemes;
mod signatures;
mod signer;
mod tokens;

pub(super) const ABOUT: &str = "a delivery to a callback URL, judged at `now`: the verdict; where that is `keys`, the candidates with the keys of `jwks` (`expect.jwks`: why these are none), which of them hold by Ed25519, and the proof that the first of those makes";

pub(super) fn cases() -> Vec<Value> {
    [schemes::known(), schemes::cases(), signatures::cases(), key_sets::cases(), tokens::cases(), limits::cases()].concat()
}

#[cfg(test)]
mod tests {
    use super::case::{Body, NOW};
    use super::providers::{By, HOST, INTENT, PROVIDERS, SECRET};
    use crate::contracts;
    use gentask_core::webhook::{Secret, Secrets, Signing, sign};

    #[test]
    fn what_the_core_signs_is_what_the_provider_sends() {
        for provider in PROVIDERS {
            let draft = provider.draft();
            let good = provider.signed("good", &draft);
            let contract =
                if contracts::ALL.contains(&good.uses) { contracts::load(good.uses) } else { contracts::with_callback(good.uses) };
            let secrets = Secrets { token: vec![Secret::new(HOST, None)], signing: vec![Secret::new(SECRET, None)], ..Secrets::default() };
            let Body::Bytes(body) = good.body else { panic!("a body that is short") };
            let signing = Signing {
                intent_id: INTENT.to_owned(),
                task_id: "task-1".to_owned(),
                delivery_id: draft.id,
                user: draft.user,
                body,
                seed: (provider.by == By::Key).then_some(draft.seed),
            };
            let mut signed = sign(&contract, &secrets, &signing, NOW).expect("there is a key");
            let mut sent: Vec<(String, String)> = good.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
            if provider.user.is_none() {
                sent.retain(|(_, value)| *value != signing.user);
            }
            signed.sort();
            sent.sort();
            assert_eq!(signed, sent, "{}", provider.name);
        }
    }
}
