//! The API key: where it comes from, and how it is kept out of everything else.
//!
//! A source is asked each time a key is needed, so that a rotated key is used at once. A key that could not stand in a
//! header is refused here, before anything is sent, and no message ever holds one.

use crate::BoxFuture;
use gentask_core::{Error, ErrorCode};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest key that is accepted, in bytes.
pub const MAX_KEY_BYTES: usize = 4096;

/// The longest text of a callback's failure that is shown, in characters.
const MAX_REASON_CHARS: usize = 200;

/// Text that is shown nowhere and wiped from memory when it is dropped.
///
/// There is no `Display`, and `Debug` prints `Secret(***)`. What the HTTP stack copies into its own buffers is out of its reach.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over. A `String` is moved, not copied, so no second copy stays behind.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the one place that puts it into a request.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Asks a secret manager. The error says why there is no key, in words that may be shown.
pub type KeyCallback = Arc<dyn Fn() -> BoxFuture<'static, Result<Secret, String>> + Send + Sync>;

/// Where the key comes from. It is asked anew for every request that needs one, and nothing is kept.
#[derive(Clone)]
pub enum KeySource {
    /// The environment variable of this name.
    Env(String),
    /// This key, for as long as the client lives.
    Value(Secret),
    /// Whatever this function answers: a secret manager, a platform's keychain, a short-lived token.
    Callback(KeyCallback),
}

impl KeySource {
    /// A source that asks a function which answers at once. Use [`KeySource::Callback`] for one that waits.
    pub fn from_fn(ask: impl Fn() -> Result<Secret, String> + Send + Sync + 'static) -> Self {
        Self::Callback(Arc::new(move || Box::pin(std::future::ready(ask()))))
    }

    /// The key as it is now, fit for a header. Every failure has the code `AUTH_FAILED` and names the source, never the value.
    pub async fn secret(&self) -> Result<Secret, Error> {
        let (secret, source) = match self {
            Self::Env(name) => (from_env(name)?, format!("the environment variable {name}")),
            Self::Value(secret) => (secret.clone(), "the API key".to_owned()),
            Self::Callback(ask) => match ask().await {
                Ok(secret) => (secret, "the API key from the callback".to_owned()),
                Err(reason) => return Err(refused(format!("the callback gave no API key: {}", printable(&reason)))),
            },
        };
        match fault(secret.expose()) {
            None => Ok(secret),
            Some(fault) => Err(refused(format!("{source} {fault}"))),
        }
    }
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => f.debug_tuple("Env").field(name).finish(),
            Self::Value(secret) => f.debug_tuple("Value").field(secret).finish(),
            Self::Callback(_) => f.write_str("Callback(..)"),
        }
    }
}

fn from_env(name: &str) -> Result<Secret, Error> {
    // `std::env::var` panics for a name that no variable can have.
    if name.is_empty() || name.contains(['=', '\0']) {
        return Err(refused("the name of the key's environment variable is not one a variable can have".to_owned()));
    }
    match std::env::var(name) {
        Ok(value) => Ok(Secret::new(value)),
        Err(std::env::VarError::NotPresent) => Err(refused(format!("the environment variable {name} is not set"))),
        Err(std::env::VarError::NotUnicode(_)) => Err(refused(format!("the environment variable {name} is not text"))),
    }
}

/// What keeps a key out of a header, as the end of a sentence.
fn fault(key: &str) -> Option<String> {
    if key.is_empty() {
        return Some("is empty".to_owned());
    }
    if key.len() > MAX_KEY_BYTES {
        return Some(format!("is longer than {MAX_KEY_BYTES} bytes"));
    }
    if key.ends_with(['\r', '\n']) {
        return Some("ends with a line break, as text read from a file often does: remove it".to_owned());
    }
    if key.starts_with(' ') || key.ends_with(' ') {
        return Some("begins or ends with a space: remove it".to_owned());
    }
    if key.chars().any(char::is_control) {
        return Some("holds a line break or another control character".to_owned());
    }
    if !key.is_ascii() {
        return Some("holds a character outside ASCII".to_owned());
    }
    None
}

fn refused(message: String) -> Error {
    Error::new(ErrorCode::AuthFailed, message)
}

fn printable(reason: &str) -> String {
    reason.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_REASON_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn ask(source: &KeySource) -> Result<Secret, Error> {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(source.secret())
    }

    #[test]
    fn nothing_prints_a_key() {
        let secret = Secret::new("sk-very-secret");
        assert_eq!(format!("{secret:?} {:#?}", KeySource::Value(secret.clone())).matches("***").count(), 2);
        assert!(!format!("{secret:?}{:?}", KeySource::Value(secret.clone())).contains("very"));
    }

    #[test]
    fn a_key_that_no_header_can_hold_is_refused_without_being_shown() {
        let long = "k".repeat(MAX_KEY_BYTES + 1);
        let table = [
            ("", "empty"),
            ("sk-1\n", "ends with a line break"),
            ("sk-1\r\n", "ends with a line break"),
            (" sk-1", "space"),
            ("sk-1 ", "space"),
            ("sk\r\nhost: x", "control"),
            ("sk\u{7f}1", "control"),
            ("sk\t1", "control"),
            ("sk-\u{e9}", "ASCII"),
            (long.as_str(), "longer than 4096"),
        ];
        for (key, words) in table {
            let error = ask(&KeySource::Value(Secret::new(key))).unwrap_err();
            assert_eq!(error.code, ErrorCode::AuthFailed);
            assert!(error.message.contains(words), "{}", error.message);
            assert!(key.is_empty() || !error.message.contains(key));
        }
        assert_eq!(ask(&KeySource::Value(Secret::new("Bearer a b~"))).unwrap().expose(), "Bearer a b~");
    }

    #[test]
    fn a_missing_variable_is_named() {
        let error = ask(&KeySource::Env("GENTASK_TEST_NO_SUCH_KEY".to_owned())).unwrap_err();
        assert_eq!(error.code, ErrorCode::AuthFailed);
        assert!(error.message.contains("GENTASK_TEST_NO_SUCH_KEY"), "{}", error.message);
        assert_eq!(ask(&KeySource::Env("A=B".to_owned())).unwrap_err().code, ErrorCode::AuthFailed);
    }

    #[test]
    fn a_callback_is_asked_each_time() {
        let asked = AtomicU32::new(0);
        let source = KeySource::from_fn(move || match asked.fetch_add(1, Ordering::Relaxed) {
            2 => Err("vault:\nsealed".to_owned()),
            n => Ok(Secret::new(format!("key-{n}"))),
        });
        assert_eq!(ask(&source).unwrap().expose(), "key-0");
        assert_eq!(ask(&source).unwrap().expose(), "key-1");
        assert!(ask(&source).unwrap_err().message.ends_with("vault: sealed"));
    }
}
