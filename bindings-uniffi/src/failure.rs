//! The one error that crosses. Which exception of the language belongs to which code is said on the other side, once.

use crate::reply::Reply;
use gentask::core::{self, Error, ErrorCode};

/// What did not bring what was asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error, uniffi::Error)]
pub enum Failure {
    /// The only kind there is: its reply has the code.
    #[error("{words}")]
    Failed {
        /// What happened, whether money may have been spent, what to do next: what the exception's message is.
        words: String,
        /// The reply.
        reply: Reply,
        /// Whether the caller's key names another job already.
        key_conflict: bool,
        /// Whether the call was only left: whoever waited was cancelled.
        left: bool,
    },
}

impl Failure {
    /// The failure of whoever left a call that may be left: the task goes on.
    pub(crate) fn left(failure: &core::Failure) -> Self {
        let Self::Failed { words, reply, key_conflict, .. } = Self::from(failure);
        Self::Failed { words, reply, key_conflict, left: true }
    }

    /// A mistake in the use of the package itself.
    pub(crate) fn unsupported(message: &str) -> Self {
        Error::new(ErrorCode::Unsupported, message).into()
    }
}

/// Refuses a call whose arguments make no sense, in these words: for what the foreign side's types allow and no core would.
#[uniffi::export]
pub fn refuse_call(message: String) -> Result<(), Failure> {
    Err(Failure::unsupported(&message))
}

impl From<&core::Failure> for Failure {
    fn from(failure: &core::Failure) -> Self {
        let reply = failure.reply().clone().into();
        Self::Failed { words: failure.to_string(), reply, key_conflict: failure.is_key_conflict(), left: false }
    }
}

impl From<core::Failure> for Failure {
    fn from(failure: core::Failure) -> Self {
        Self::from(&failure)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        core::Failure::from(error).into()
    }
}
