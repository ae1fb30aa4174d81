//! Published keys: what is a key set, and what is none.

use super::case::{Case, Want};
use super::providers::{SEED, provider};
use super::signer::{base64, ed25519_public, hex, jwks};
use serde_json::Value;

pub(super) fn cases() -> Vec<Value> {
    let fal = provider("fal");
    let public = ed25519_public(SEED);
    let good = jwks(&[public]);
    let key = good.trim_start_matches(r#"{"keys":["#).trim_end_matches("]}").to_owned();
    let x = super::signer::base64_url(&public);
    let set = |keys: &[String]| format!(r#"{{"keys":[{}]}}"#, keys.join(","));
    let with = |from: &str, to: &str| set(&[key.replace(from, to)]);
    [
        (
            "a key set with other kinds of keys",
            set(&[r#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#.to_owned(), r#"{"kty":"oct","k":"AQAB"}"#.to_owned(), key.clone()]),
            Want::Proof,
        ),
        ("a key with a name", with(r#""kty""#, r#""kid":"any","kty""#), Want::Proof),
        ("a key without a use", with(r#""use":"sig","#, ""), Want::Proof),
        ("a key for encryption", with(r#""sig""#, r#""enc""#), Want::Unproven),
        ("a key of another curve", with("Ed25519", "X25519"), Want::Unproven),
        ("a key of curve Ed448", with("Ed25519", "Ed448"), Want::Unproven),
        ("an EC key", with("OKP", "EC"), Want::Unproven),
        ("a padded key", with(&x, &format!("{x}=")), Want::Unproven),
        ("a key in base64", with(&x, &base64(&public)), Want::Unproven),
        ("a key in hexadecimal", with(&x, &hex(&public)), Want::Unproven),
        ("a key of 31 bytes", with(&x, &super::signer::base64_url(&public[..31])), Want::Unproven),
        ("a key that is a number", with(&format!("\"{x}\""), "1"), Want::Unproven),
        ("a key without bytes", with(&format!(",\"x\":\"{x}\""), ""), Want::Unproven),
        ("16 keys", set(&vec![key.clone(); 16]), Want::Proof),
        ("17 keys", set(&vec![key.clone(); 17]), Want::Unproven),
        ("no keys", set(&[]), Want::Unproven),
        ("a key alone", key.clone(), Want::Unproven),
        ("a list of keys", format!("[{key}]"), Want::Unproven),
        ("keys that stand twice", format!(r#"{{"keys":[],"keys":[{key}]}}"#), Want::Unproven),
        ("a key set that is cut short", good[..good.len() - 1].to_owned(), Want::Unproven),
        ("a page instead of a key set", "<html></html>".to_owned(), Want::Unproven),
        ("an empty key set", String::new(), Want::Unproven),
    ]
    .into_iter()
    .map(|(name, keys, want)| Case { jwks: Some(keys), ..fal.signed(name, &fal.draft()) }.done(want))
    .collect()
}
