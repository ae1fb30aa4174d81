//! Why there is no file. Messages name an origin at most: a result's URL is often as good as a key.

use super::resolve::Refused;
use gentask_core::{Error, ErrorCode};
use std::error::Error as StdError;

/// A file was not saved, and nothing of it is left on disk. The task is not affected: it has ended well and is paid for, and its record
/// still holds the URL. What helps is to save the file again, never to submit the task again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct DownloadError {
    /// What kind of failure it is:
    /// `UNSUPPORTED` (a URL, address or redirect that is refused), `NETWORK_ERROR` (trying again may help),
    /// `RESPONSE_TOO_LARGE`, `UNKNOWN_ERROR` (another type than expected, or the link has expired), `UPSTREAM_ERROR`, `RATE_LIMITED`,
    /// `AUTH_FAILED`, `STORE_ERROR` (this machine's disk, or another file in the place of this one) and `INVALID_PAYLOAD` (a path that cannot be meant).
    pub code: ErrorCode,
    /// What happened, in lower case and without a full stop.
    pub message: String,
}

impl DownloadError {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A URL, address or redirect that must not be followed.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Unsupported, message)
    }

    /// The disk said no.
    pub(super) fn disk(what: &str, error: &std::io::Error) -> Self {
        Self::new(ErrorCode::StoreError, format!("{what}: {error}"))
    }

    /// A server that says nothing.
    pub(super) fn silent(origin: &str, patience: std::time::Duration) -> Self {
        Self::new(ErrorCode::NetworkError, format!("{origin} was silent for {} ms", patience.as_millis()))
    }

    /// An answer that is neither the file nor a redirect.
    pub(super) fn status(status: u16, origin: &str) -> Self {
        let (code, hint) = match status {
            401 => (ErrorCode::AuthFailed, ""),
            429 => (ErrorCode::RateLimited, ""),
            500..=599 => (ErrorCode::UpstreamError, ""),
            403 | 404 | 410 => (ErrorCode::UnknownError, ": the link may have expired"),
            _ => (ErrorCode::UnknownError, ""),
        };
        Self::new(code, format!("{origin} answered {status}{hint}"))
    }
}

/// What a request's failure means: the resolver's refusal comes back inside it.
pub(super) fn connect_failure(error: &reqwest::Error, origin: &str) -> DownloadError {
    let mut cause: &dyn StdError = error;
    while let Some(next) = cause.source() {
        if let Some(refused) = next.downcast_ref::<Refused>() {
            return DownloadError::refused(refused.to_string());
        }
        cause = next;
    }
    let what = if error.is_connect() { "connecting to" } else { "fetching from" };
    DownloadError::new(ErrorCode::NetworkError, format!("{what} {origin} failed: {cause}"))
}

impl From<Error> for DownloadError {
    fn from(error: Error) -> Self {
        Self { code: error.code, message: error.message }
    }
}
