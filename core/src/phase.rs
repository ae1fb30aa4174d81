//! The phases of a task.

/// Where a task is.
///
#[doc = include_str!("../phases.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Valid; provably nothing was accepted; sent when due.
    Prepared,
    /// One attempt may be in flight until the lease ends.
    Submitting,
    /// The task id is known and durable; polled or called back.
    Waiting,
    /// The provider says that it is done; the details need a second call.
    Fetching,
    /// Cancel was asked; a success that races it wins.
    Cancelling,
    /// The result is there.
    Succeeded,
    /// The provider accepted the task and it failed.
    Failed,
    /// The task was cancelled.
    Cancelled,
    /// Nothing was made: the provider definitely refused, or no attempt left this host.
    Rejected,
    /// The submit may have been accepted, and no id is known.
    Unresolved,
    /// A person gave an unresolved one up.
    Discarded,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Self; 11] = [
        Self::Prepared,
        Self::Submitting,
        Self::Waiting,
        Self::Fetching,
        Self::Cancelling,
        Self::Succeeded,
        Self::Failed,
        Self::Cancelled,
        Self::Rejected,
        Self::Unresolved,
        Self::Discarded,
    ];

    /// The phase as it stands in records: `prepared`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Submitting => "submitting",
            Self::Waiting => "waiting",
            Self::Fetching => "fetching",
            Self::Cancelling => "cancelling",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
            Self::Unresolved => "unresolved",
            Self::Discarded => "discarded",
        }
    }

    /// The phase of a word, or `None` for a word that is no phase.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// Whether nothing more will happen to the task.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled | Self::Rejected | Self::Discarded)
    }

    /// Whether a submit needs nothing more of a driver.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Prepared | Self::Submitting | Self::Unresolved)
    }

    /// Whether the provider is asked about a task in this phase.
    pub(crate) const fn is_polled(self) -> bool {
        matches!(self, Self::Waiting | Self::Fetching | Self::Cancelling)
    }

    /// Whether a submit that ended in this phase is a failure to its caller.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Rejected | Self::Unresolved | Self::Discarded)
    }
}
