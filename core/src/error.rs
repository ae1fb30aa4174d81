//! Whose fault it is. [`Error`] is the caller's: nothing was sent, and the same call with better input works.
//! What the remote side or the network did wrong is never an `Error`; it is a [`Reply`](crate::Reply) with an [`ErrorCode`].

use crate::json::Members;
use serde_json::Value;
use std::fmt;

/// The stable codes of every failure, the same words in every language and on every wire.
///
/// The first eight are the ones that clients of these APIs have always used; the rest are documented additions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The model is not on a closed list, or the provider does not know it.
    InvalidModel,
    /// The payload breaks the contract's rules, or the provider refused it as malformed.
    InvalidPayload,
    /// The key is missing, malformed, refused (401) or may not do this (403).
    AuthFailed,
    /// Too many requests (429): `retryAfter` says when to come back.
    RateLimited,
    /// The account cannot pay for the task (402, or the provider's own word for it).
    InsufficientCredits,
    /// No such task, under this account.
    TaskNotFound,
    /// The provider could not be reached; for a submit it is proven that nothing was accepted.
    NetworkError,
    /// An answer that fits no rule.
    UnknownError,
    /// The provider accepted the task and then failed to generate.
    GenerationFailed,
    /// The provider's content rules refused the input or the output.
    ContentRejected,
    /// The provider had a fault of its own (5xx).
    UpstreamError,
    /// The wait reached its deadline; the task goes on and can be resumed.
    WaitTimeout,
    /// A submit may or may not have been accepted, and its task id is not known.
    SubmitUnknown,
    /// The task was cancelled or given up.
    Cancelled,
    /// The provider, or this host, cannot do what was asked.
    Unsupported,
    /// A contract is malformed, or a record does not belong to it.
    InvalidContract,
    /// The task store refused to read or write.
    StoreError,
    /// An answer was larger than the contract's cap and was not read to its end.
    ResponseTooLarge,
}

impl ErrorCode {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 18] = [
        Self::InvalidModel,
        Self::InvalidPayload,
        Self::AuthFailed,
        Self::RateLimited,
        Self::InsufficientCredits,
        Self::TaskNotFound,
        Self::NetworkError,
        Self::UnknownError,
        Self::GenerationFailed,
        Self::ContentRejected,
        Self::UpstreamError,
        Self::WaitTimeout,
        Self::SubmitUnknown,
        Self::Cancelled,
        Self::Unsupported,
        Self::InvalidContract,
        Self::StoreError,
        Self::ResponseTooLarge,
    ];

    /// The code as it stands on every wire: `INVALID_MODEL`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidModel => "INVALID_MODEL",
            Self::InvalidPayload => "INVALID_PAYLOAD",
            Self::AuthFailed => "AUTH_FAILED",
            Self::RateLimited => "RATE_LIMITED",
            Self::InsufficientCredits => "INSUFFICIENT_CREDITS",
            Self::TaskNotFound => "TASK_NOT_FOUND",
            Self::NetworkError => "NETWORK_ERROR",
            Self::UnknownError => "UNKNOWN_ERROR",
            Self::GenerationFailed => "GENERATION_FAILED",
            Self::ContentRejected => "CONTENT_REJECTED",
            Self::UpstreamError => "UPSTREAM_ERROR",
            Self::WaitTimeout => "WAIT_TIMEOUT",
            Self::SubmitUnknown => "SUBMIT_UNKNOWN",
            Self::Cancelled => "CANCELLED",
            Self::Unsupported => "UNSUPPORTED",
            Self::InvalidContract => "INVALID_CONTRACT",
            Self::StoreError => "STORE_ERROR",
            Self::ResponseTooLarge => "RESPONSE_TOO_LARGE",
        }
    }

    /// The code of a word, or `None` for a word that is no code.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One broken rule. A validation failure carries all of them at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// RFC 6901 pointer to the offending value; empty for the whole document.
    pub path: String,
    /// The rule that is broken: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`.
    pub rule: String,
    /// What was expected, in words.
    pub expected: String,
    /// What was found, shortened to 80 characters.
    pub actual: String,
}

impl Violation {
    /// A violation from its four parts.
    pub fn new(path: impl Into<String>, rule: impl Into<String>, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self { path: path.into(), rule: rule.into(), expected: expected.into(), actual: actual.into() }
    }

    /// A value that must be there is missing.
    pub(crate) fn missing(path: &str, expected: &str) -> Self {
        Self::new(path, "required", expected, "nothing")
    }

    /// The violation as it stands in a reply.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("path", &self.path)
            .text("rule", &self.rule)
            .text("expected", &self.expected)
            .text("actual", &self.actual)
            .done()
    }
}

/// Notes what is wrong. One function that copies all four parts, which most places have as texts of the program.
pub(crate) fn note(faults: &mut Vec<Violation>, path: &str, rule: &str, expected: &str, actual: &str) {
    faults.push(Violation::new(path, rule, expected, actual));
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        write!(f, "{path}: expected {}, found {} ({})", self.expected, self.actual, self.rule)
    }
}

/// The caller's mistake. Nothing was sent and nothing was stored because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of mistake it is.
    pub code: ErrorCode,
    /// What happened, in lower case and without a full stop.
    pub message: String,
    /// Everything that is wrong, at once; empty where the message says it all.
    pub violations: Vec<Violation>,
}

impl Error {
    /// An error with a message of its own.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), violations: Vec::new() }
    }

    /// An error that lists everything that is wrong.
    pub fn invalid(code: ErrorCode, what: &str, violations: Vec<Violation>) -> Self {
        let message = match violations.as_slice() {
            [only] => format!("{what}: {only}"),
            many => format!("{what}: {} faults", many.len()),
        };
        Self { code, message, violations }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        if self.violations.len() > 1 {
            for violation in &self.violations {
                write!(f, "\n  {violation}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_word() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_word(code.as_str()), Some(code));
        }
        assert_eq!(ErrorCode::from_word("invalid_model"), None);
    }

    #[test]
    fn several_violations_are_all_shown() {
        let faults = vec![Violation::new("/a", "type", "a string", "1"), Violation::new("", "required", "b", "nothing")];
        let shown = Error::invalid(ErrorCode::InvalidPayload, "the payload", faults).to_string();
        assert!(shown.contains("/a: expected a string") && shown.contains("/: expected b"), "{shown}");
    }
}
