//! How the text of a secret or of a public key becomes bytes. Strict: a text of another kind is no key.

use crate::contract::callback::SecretForm;
use crate::io::UnixMillis;
use crate::token::{MOST_SECRETS, Secret};
use crate::{base64, hex};

/// What a public key of Standard Webhooks begins with.
const PUBLIC_PREFIX: &str = "whpk_";
/// What a secret of Standard Webhooks begins with.
const SECRET_PREFIX: &str = "whsec_";

/// The secrets that count now, at most 8, with their places.
pub(super) fn active(secrets: &[Secret], now: UnixMillis) -> impl Iterator<Item = (usize, &Secret)> {
    secrets.iter().enumerate().filter(move |(_, secret)| secret.is_active(now)).take(MOST_SECRETS)
}

/// The bytes of a signing secret. `None`: it is not of this form, or a public key, which must not become a secret that everybody knows.
pub(super) fn secret_bytes(secret: &Secret, form: SecretForm) -> Option<Vec<u8>> {
    let text = Some(secret.text()).filter(|text| !text.starts_with(PUBLIC_PREFIX))?;
    match form {
        SecretForm::Text | SecretForm::Task => Some(text.as_bytes().to_vec()),
        SecretForm::Base64 => base64::decode(text.strip_prefix(SECRET_PREFIX).unwrap_or(text)),
    }
}

/// The bytes of a public key: base64 after `whpk_`; without that prefix, where it need not be there, also plain base64 or hexadecimal.
pub(super) fn public_bytes(secret: &Secret, needs_prefix: bool) -> Option<[u8; 32]> {
    let text = secret.text();
    let bytes = match text.strip_prefix(PUBLIC_PREFIX) {
        Some(encoded) => base64::decode(encoded),
        None if needs_prefix => None,
        None => {
            if text.len() == 64 {
                hex::decode(text)
            } else {
                base64::decode(text)
            }
        }
    };
    bytes?.try_into().ok()
}
