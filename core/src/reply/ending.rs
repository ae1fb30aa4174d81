//! Why a reply is given, and what that means for its status and code.

use super::Status;
use crate::error::ErrorCode;
use crate::phase::Phase;

/// Why a reply is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Nothing ended: this is how the task is.
    Snapshot,
    /// A cancel was asked, and the task is cancelled.
    CancelDone,
    /// The caller's deadline came.
    Deadline,
    /// The submit's outcome is not known.
    Unresolved,
    /// The key was refused.
    AuthFailed,
    /// The provider does not know the task.
    NotFound,
    /// The provider asks for a longer pause than a caller waits for.
    Limited,
    /// An answer was larger than the contract's cap.
    TooLarge,
    /// The provider, or the task's phase, does not allow what was asked.
    Unsupported,
    /// The one read that was asked for brought nothing.
    Unread,
}

impl Ending {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Snapshot,
        Self::CancelDone,
        Self::Deadline,
        Self::Unresolved,
        Self::AuthFailed,
        Self::NotFound,
        Self::Limited,
        Self::TooLarge,
        Self::Unsupported,
        Self::Unread,
    ];

    /// The reason as it stands in the vectors: `cancelDone`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::CancelDone => "cancelDone",
            Self::Deadline => "deadline",
            Self::Unresolved => "unresolved",
            Self::AuthFailed => "authFailed",
            Self::NotFound => "notFound",
            Self::Limited => "limited",
            Self::TooLarge => "tooLarge",
            Self::Unsupported => "unsupported",
            Self::Unread => "unread",
        }
    }

    /// The reason of a word, or `None` for a word that is none.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.as_str() == word)
    }

    /// The total table: the status and code of a reply.
    pub fn outcome(self, phase: Phase, processing: bool, fault: Option<ErrorCode>) -> (Status, Option<ErrorCode>) {
        let status = Status::of(phase, processing);
        let of_phase = || match phase {
            Phase::Cancelled | Phase::Discarded => Some(ErrorCode::Cancelled),
            Phase::Failed | Phase::Rejected => Some(fault.unwrap_or(ErrorCode::UnknownError)),
            Phase::Unresolved => Some(ErrorCode::SubmitUnknown),
            Phase::Prepared | Phase::Submitting | Phase::Waiting | Phase::Fetching | Phase::Cancelling | Phase::Succeeded => None,
        };
        // What a terminal phase says stands, whatever the wait met afterwards.
        let code = match self {
            Self::CancelDone if phase == Phase::Cancelled => None,
            Self::Snapshot | Self::CancelDone => of_phase(),
            _ if phase.is_terminal() => of_phase(),
            Self::Deadline => Some(ErrorCode::WaitTimeout),
            Self::Unresolved => Some(ErrorCode::SubmitUnknown),
            Self::AuthFailed => Some(ErrorCode::AuthFailed),
            Self::NotFound => Some(ErrorCode::TaskNotFound),
            Self::Limited => Some(ErrorCode::RateLimited),
            Self::TooLarge => Some(ErrorCode::ResponseTooLarge),
            Self::Unsupported => Some(ErrorCode::Unsupported),
            Self::Unread => Some(fault.unwrap_or(ErrorCode::UnknownError)),
        };
        let status = if self == Self::Unresolved && !phase.is_terminal() { Status::Unknown } else { status };
        (status, code)
    }
}
