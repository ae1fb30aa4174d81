//! Whose fault it is. [`Error`] is the caller's: nothing was sent, and the same call with better input works.
//! What the remote side or the network did wrong is never an `Error`; it is a [`Reply`](crate::Reply) with an [`ErrorCode`].

use crate::search::shorten;
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

/// The most violations that an error tells.
pub(crate) const MOST_TOLD: usize = 100;
/// The most that are noted, so that there is a number to tell; what is wrong after so many is not looked at.
pub(crate) const MOST_NOTED: usize = 1_000;
/// The most characters of a violation's pointer and of what was expected.
const LONGEST: usize = 1_000;
/// The most characters of what was found: an excerpt, since it may be private, and a megabyte.
const LONGEST_ACTUAL: usize = 80;

/// One broken rule. A validation failure carries all of them at once, up to 100.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// RFC 6901 pointer to the offending value; empty for the whole document. One of more than 1,000 characters is cut and ends in `...`.
    pub path: String,
    /// The rule that is broken: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`.
    pub rule: String,
    /// What was expected, in words, at most 1,000 characters.
    pub expected: String,
    /// What was found, at most 80 characters; what was cut ends in `...`.
    pub actual: String,
}

impl Violation {
    /// A violation from its four parts, each cut to its length.
    pub fn new(path: impl Into<String>, rule: impl Into<String>, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self {
            path: cut(path.into(), LONGEST),
            rule: cut(rule.into(), LONGEST_ACTUAL),
            expected: cut(expected.into(), LONGEST),
            actual: cut(actual.into(), LONGEST_ACTUAL),
        }
    }

    /// A value that must be there is missing.
    pub(crate) fn missing(path: &str, expected: &str) -> Self {
        Self::new(path, "required", expected, "nothing")
    }
}

/// Notes what is wrong. One function that copies all four parts, which most places have as texts of the program.
pub(crate) fn note(faults: &mut Vec<Violation>, path: &str, rule: &str, expected: &str, actual: &str) {
    if faults.len() < MOST_NOTED {
        faults.push(Violation::new(path, rule, expected, actual));
    }
}

/// At most so many characters, of which the last are `...` where some were cut.
fn cut(text: String, most: usize) -> String {
    // Hardly any text is longer, and no text has more characters than bytes.
    if text.len() <= most || text.chars().nth(most).is_none() { text } else { shorten(&text, most - 3) }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        write!(f, "{path}: expected {}, found {} ({})", self.expected, self.actual, self.rule)
    }
}

/// The caller's mistake. Nothing was sent and nothing was stored because of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}{}", self.listed())]
pub struct Error {
    /// What kind of mistake it is.
    pub code: ErrorCode,
    /// What happened, in lower case and without a full stop.
    pub message: String,
    /// Everything that is wrong, at once; empty where the message says it all. At most 100: the message says how many there are.
    pub violations: Vec<Violation>,
}

impl Error {
    /// An error with a message of its own.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), violations: Vec::new() }
    }

    /// An error that lists everything that is wrong; of more than 100 faults it tells the first 100, and how many there are.
    pub fn invalid(code: ErrorCode, what: &str, mut violations: Vec<Violation>) -> Self {
        let message = match (violations.as_slice(), violations.len()) {
            ([only], _) => format!("{what}: {only}"),
            (_, all @ ..=MOST_TOLD) => format!("{what}: {all} faults"),
            (_, all @ ..MOST_NOTED) => format!("{what}: {all} faults, of which the first {MOST_TOLD} are told"),
            _ => format!("{what}: {MOST_NOTED} faults or more, of which the first {MOST_TOLD} are told"),
        };
        violations.truncate(MOST_TOLD);
        Self { code, message, violations }
    }

    /// The violations, a line each, where they are several: one alone is in the message.
    fn listed(&self) -> String {
        if self.violations.len() < 2 {
            return String::new();
        }
        self.violations.iter().fold(String::new(), |lines, violation| lines + "\n  " + &violation.to_string())
    }
}

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
    #[test]
    fn no_part_of_a_violation_is_longer_than_promised() {
        let (short, long) = ("é".repeat(80), "é".repeat(1_000_000));
        assert_eq!(Violation::new("/a", "type", "x", short.as_str()).actual, short);
        let violation = Violation::new(long.as_str(), "type", long.as_str(), long.as_str());
        let lengths = [&violation.path, &violation.expected, &violation.actual].map(|part| part.chars().count());
        assert_eq!((lengths, violation.actual.ends_with("é...")), ([1_000, 1_000, 80], true));
        let mut noted = Vec::new();
        note(&mut noted, "/a", "type", "x", &long);
        assert_eq!(noted[0].actual.chars().count(), 80);
    }

    #[test]
    fn a_hundred_faults_are_told_and_how_many_there_are() {
        let mut faults = Vec::new();
        let mut told = |count: usize| {
            while faults.len() < count {
                note(&mut faults, "/a", "type", "x", "y");
            }
            let error = Error::invalid(ErrorCode::InvalidPayload, "the payload", faults.clone());
            (error.violations.len(), error.message)
        };
        assert_eq!(told(100), (100, "the payload: 100 faults".to_owned()));
        assert_eq!(told(101), (100, "the payload: 101 faults, of which the first 100 are told".to_owned()));
        assert_eq!(told(1_000), (100, "the payload: 1000 faults or more, of which the first 100 are told".to_owned()));
        note(&mut faults, "/a", "type", "x", "y");
        assert_eq!(faults.len(), 1_000);
    }
}
