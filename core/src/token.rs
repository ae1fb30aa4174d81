//! The token in a callback URL, and the secrets behind it. It needs no look-up to verify, names its task even where the submit's answer was
//! lost, and works for every provider.
//!
//! ```text
//! token = base64url(intent id: 16 bytes || HMAC-SHA256(secret, "gentask callback token v1" 00 || intent id))      64 characters
//! ```

use crate::error::{Error, ErrorCode, Violation, note};
use crate::io::UnixMillis;
use crate::json::nth;
use crate::{base64, hex, search};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq as _;

/// What is signed before the intent id, so that no token is a secret of a task and the other way round.
const TOKEN_LABEL: &[u8] = b"gentask callback token v1\0";
const TASK_LABEL: &[u8] = b"gentask task secret v1\0";
const FRESH_LABEL: &[u8] = b"gentask callback secret v1\0";
/// The query parameter that carries the token.
const PARAMETER: &str = "gentask=";
pub(crate) const PARAMETER_NAME: &str = "gentask";
/// How many characters of a token its intent decides: the 16 bytes of the id are 21 and a third.
const STEM_CHARS: usize = 21;
/// What stands in a callback URL for the token.
pub(crate) const PLACEHOLDER: &str = "{token}";
/// The characters of a token.
pub(crate) const TOKEN_CHARS: usize = 64;
/// The most secrets that are tried at once: further ones are ignored.
pub(crate) const MOST_SECRETS: usize = 8;

/// The shortest secret of tokens that a person may choose, in bytes: a shorter one can be guessed from a single token.
const LEAST_SECRET_BYTES: usize = 32;

/// A secret, and until when it counts. While secrets are rotated the old one and the new one are both active.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    text: String,
    until: Option<UnixMillis>,
}

impl Secret {
    /// A secret as the provider or the operator wrote it; `until` is its end in milliseconds since the Unix epoch, `None`: it has none.
    /// An empty text proves nothing, ever.
    pub fn new(text: impl Into<String>, until: Option<UnixMillis>) -> Self {
        Self { text: text.into(), until }
    }

    /// Whether it still counts. At its very end it does not.
    pub fn is_active(&self, now: UnixMillis) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Checks the secrets of tokens that a person has chosen. None is ever shown.
pub(crate) fn check_secrets(secrets: &[Secret], faults: &mut Vec<Violation>) {
    for (index, Secret { text: secret, .. }) in secrets.iter().enumerate() {
        let at = nth("/callbackSecrets", index);
        if secret.contains(char::is_whitespace) {
            note(faults, &at, "secret", "a secret without white space: give several as a list, the new one first", "white space");
        } else if secret.len() < LEAST_SECRET_BYTES {
            let expected = "at least 32 random characters, as `openssl rand -hex 32` makes them (GENTASK_CALLBACK_SECRET, or the option)";
            note(faults, &at, "secret", expected, &format!("{} bytes", secret.len()));
        }
    }
}

/// A secret out of 32 random bytes that were used for something else too: what was made of them in the open says nothing about it.
pub(crate) fn fresh_secret(entropy: &[u8; 32]) -> String {
    hex::encode(&hmac(entropy, &[FRESH_LABEL]).unwrap_or_default())
}

/// Whose a verified token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The task's intent id.
    pub intent_id: String,
    /// The place of the secret that made the token, among those that were passed.
    pub secret: usize,
}

/// HMAC-SHA256 of several parts, one after the other. `None` for an empty key, which everybody knows.
pub(crate) fn hmac(key: &[u8], parts: &[&[u8]]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok().filter(|_| !key.is_empty())?;
    for part in parts {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

/// The token of a task for its callback URL: 64 characters of base64url.
///
/// The secret is the host's own, never a provider's. The error: the secret is empty, or the id is no UUID.
pub fn mint(secret: &Secret, intent_id: &str) -> Result<String, Error> {
    let (id, tag) = tag(secret, TOKEN_LABEL, intent_id)?;
    Ok(base64::encode_url(&[id.as_slice(), &tag].concat()))
}

/// The secret of one task that is sent with its submit, where the provider signs each task's callbacks with a secret of ours: 64
/// hexadecimal digits. Derived, so that it is stored nowhere.
///
/// The error: the secret is empty, or the id is no UUID.
pub fn task_secret(secret: &Secret, intent_id: &str) -> Result<String, Error> {
    Ok(hex::encode(&tag(secret, TASK_LABEL, intent_id)?.1))
}

fn tag(secret: &Secret, label: &[u8], intent_id: &str) -> Result<([u8; 16], [u8; 32]), Error> {
    let refuse = |what| Error::new(ErrorCode::Unsupported, what);
    let id = uuid_bytes(intent_id).ok_or_else(|| refuse("the intent id is no UUID in lower case, so no callback can name it"))?;
    let tag = hmac(secret.text.as_bytes(), &[label, &id]).ok_or_else(|| refuse("the callback secret is empty"))?;
    Ok((id, tag))
}

/// The callback URL with its token: in place of `{token}` where that stands in it, else as the query parameter `gentask`.
pub fn with_token(url: &str, token: &str) -> String {
    if let Some((before, after)) = search::split_once(url, PLACEHOLDER) {
        return [before, token, after].concat();
    }
    let (address, fragment) = url.find('#').and_then(|at| url.split_at_checked(at)).unwrap_or((url, ""));
    let mark = match address.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    [address, mark, PARAMETER, token, fragment].concat()
}

/// The token in the URL of a delivery: the last query parameter `gentask`, else the last path segment of exactly 64 base64url characters.
/// The URL may be absolute or begin with its path. Nothing is verified.
pub fn token_in(url: &str) -> Option<&str> {
    let address = url.split('#').next()?;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = match search::split_once(path, "://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest.split_once('/').map_or("", |(_, path)| path),
        _ => path,
    };
    let in_query = query.split('&').rev().find_map(|item| item.strip_prefix(PARAMETER));
    in_query.or_else(|| path.split('/').rev().find(|segment| is_token(segment)))
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN_CHARS && text.bytes().all(is_token_char)
}

pub(crate) fn is_token_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// How each token of an intent begins, whatever secret made it. `None`: no token names such an id.
pub(crate) fn stem(intent_id: &str) -> Option<String> {
    let mut text = base64::encode_url(&uuid_bytes(intent_id)?);
    text.truncate(STEM_CHARS);
    Some(text)
}

/// The intent id that a token names. Anybody can write one: good for finding the way to a task's store, never as a proof.
pub fn owner_of(token: &str) -> Option<String> {
    read(token).map(|(id, _)| uuid_text(id))
}

/// Whose a token is, if one of the active secrets made it. Takes the same time whichever it was, or none; at most 8 are tried.
pub fn check_token(secrets: &[Secret], token: &str, now: UnixMillis) -> Option<Named> {
    let (id, tag) = read(token)?;
    let mut found = None;
    let active = secrets.iter().enumerate().filter(|(_, secret)| secret.is_active(now));
    for (index, secret) in active.take(MOST_SECRETS) {
        let own = hmac(secret.text.as_bytes(), &[TOKEN_LABEL, &id]);
        let is_equal = own.is_some_and(|own| bool::from(own.ct_eq(&tag)));
        found = found.or(is_equal.then_some(index));
    }
    found.map(|secret| Named { intent_id: uuid_text(id), secret })
}

fn read(token: &str) -> Option<([u8; 16], [u8; 32])> {
    let bytes = Some(token).filter(|token| is_token(token)).and_then(base64::decode_url)?;
    let (id, tag) = bytes.split_first_chunk::<16>()?;
    Some((*id, tag.try_into().ok()?))
}

/// The bytes of `01234567-89ab-4def-8123-456789abcdef`, in lower case only: one id has one text.
fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let bytes: [u8; 16] = hex::decode(&text.replace('-', ""))?.try_into().ok()?;
    (uuid_text(bytes) == text).then_some(bytes)
}

fn uuid_text(bytes: [u8; 16]) -> String {
    let digits = hex::encode(&bytes);
    let group = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [group(0, 8), group(8, 12), group(12, 16), group(16, 20), group(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01234567-89ab-4def-8123-456789abcdef";

    #[test]
    fn a_token_names_its_task_and_only_its_secret_verifies_it() {
        let (old, new) = (Secret::new("old", Some(1_000)), Secret::new("new", None));
        let token = mint(&old, ID).unwrap();
        assert_eq!((token.len(), owner_of(&token).as_deref()), (TOKEN_CHARS, Some(ID)));
        let secrets = [new, old];
        assert_eq!(check_token(&secrets, &token, 999), Some(Named { intent_id: ID.to_owned(), secret: 1 }));
        assert_eq!(check_token(&secrets, &token, 1_000), None);
        for at in 0..TOKEN_CHARS {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(check_token(&secrets, &String::from_utf8(bytes).unwrap(), 0), None, "{at}");
        }
    }

    #[test]
    fn a_secret_of_a_task_is_no_part_of_its_token() {
        let secret = Secret::new("s", None);
        let (token, own) = (mint(&secret, ID).unwrap(), task_secret(&secret, ID).unwrap());
        assert_ne!(hex::encode(&read(&token).unwrap().1), own);
        for id in
            ["", "x", "01234567-89AB-4def-8123-456789abcdef", "0123456789ab4def8123456789abcdef", "0-1234567-89ab-4def-8123-456789abcdef"]
        {
            assert!(mint(&secret, id).is_err() && task_secret(&secret, id).is_err(), "{id}");
        }
        assert!(mint(&Secret::new("", None), ID).is_err());
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn an_empty_secret_verifies_nothing() {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"").unwrap();
        let id = uuid_bytes(ID).unwrap();
        mac.update(TOKEN_LABEL);
        mac.update(&id);
        let forged = base64::encode_url(&[id.as_slice(), &mac.finalize().into_bytes()].concat());
        assert_eq!(check_token(&[Secret::new("", None)], &forged, 0), None);
    }

    #[test]
    fn a_token_goes_where_the_url_says_or_into_the_query() {
        let token = mint(&Secret::new("s", None), ID).unwrap();
        for (url, expected) in [
            ("https://a.example/h", "https://a.example/h?gentask=T"),
            ("https://a.example", "https://a.example?gentask=T"),
            ("https://a.example/h?", "https://a.example/h?gentask=T"),
            ("https://a.example/h?x=1#f?g", "https://a.example/h?x=1&gentask=T#f?g"),
            ("https://a.example/h/{token}/x?y=1", "https://a.example/h/T/x?y=1"),
            ("https://a.example/h?gentask={token}&x=1", "https://a.example/h?gentask=T&x=1"),
        ] {
            let filled = with_token(url, &token);
            assert_eq!(filled, expected.replace('T', &token));
            assert_eq!(token_in(&filled), Some(token.as_str()), "{url}");
            let path = &filled["https://a.example".len()..];
            assert_eq!(token_in(path), Some(token.as_str()), "{path}");
        }
        let other = "x".repeat(TOKEN_CHARS);
        assert_eq!(token_in(&format!("/{other}/{token}/y")), Some(token.as_str()));
        assert_eq!(token_in(&format!("/{token}?gentask=")), Some(""));
        assert_eq!(token_in("/x?gentask=a&gentask=b#gentask=c"), Some("b"));
        assert_eq!((token_in("/x?y=1"), token_in(""), token_in(&format!("/x{token}"))), (None, None, None));
    }

    #[test]
    fn a_secret_that_can_be_guessed_or_is_a_list_is_refused_and_not_shown() {
        let told = |secrets: &[&str]| {
            let mut faults = Vec::new();
            check_secrets(&secrets.iter().map(|text| Secret::new(*text, None)).collect::<Vec<_>>(), &mut faults);
            faults.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let long = "0123456789abcdef0123456789abcdef";
        assert_eq!(told(&[long, &"é".repeat(16)]), Vec::<String>::new());
        let both = [long, long].join(" ");
        let told = told(&[&long[1..], long, &both, ""]);
        assert_eq!(told.len(), 3);
        assert!(told[0].starts_with("/callbackSecrets/0: expected at least 32") && told[0].contains("31 bytes"), "{}", told[0]);
        assert!(told[1].starts_with("/callbackSecrets/2: ") && told[1].contains("as a list"), "{}", told[1]);
        assert!(told[2].starts_with("/callbackSecrets/3: ") && told.iter().all(|told| !told.contains("89abc")));
    }
}
