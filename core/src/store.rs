//! What a task store is asked, and what it answers. Types only: the stores themselves are the host's.

use crate::error::{Error, ErrorCode};
use crate::record::TaskRecord;

mod callbacks;
mod listing;

pub use callbacks::{DeliveryFilter, DeliveryOutcome, MOST_ORPHANS, NoticeFilter, StoredDelivery};
pub use listing::{Cursor, Damaged, Filter, Listing};

/// A store that refused to read or write. Nothing of the call took effect, as far as the store knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// What kind of refusal it is.
    pub kind: StoreErrorKind,
    /// What happened and what to do, with the store's path: lower case, without a full stop.
    pub message: String,
}

/// What kind of refusal a [`StoreError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreErrorKind {
    /// Another program held the store for longer than the time to wait for it.
    Locked,
    /// The file, its folder or its file system cannot be written.
    ReadOnly,
    /// The file or a record in it is damaged.
    Corrupt,
    /// A newer gentask wrote it.
    Newer,
    /// The disk, or the store's own limit, is full.
    Full,
    /// The file belongs to another application.
    Foreign,
    /// Anything else of the system: not found, no such folder, a failed read, a store that has stopped.
    Io,
    /// The program broke a rule of the interface.
    Misuse,
}

impl StoreErrorKind {
    /// Every kind, with its word on the wire.
    const WORDS: [(Self, &'static str); 8] = [
        (Self::Locked, "locked"),
        (Self::ReadOnly, "readOnly"),
        (Self::Corrupt, "corrupt"),
        (Self::Newer, "newer"),
        (Self::Full, "full"),
        (Self::Foreign, "foreign"),
        (Self::Io, "io"),
        (Self::Misuse, "misuse"),
    ];

    /// The kind of a word; one that is not known is of the system.
    pub fn from_word(word: &str) -> Self {
        Self::WORDS.into_iter().find(|(_, known)| *known == word).map_or(Self::Io, |(kind, _)| kind)
    }

    /// Whether the same call may work a moment later.
    pub(crate) const fn may_pass(self) -> bool {
        matches!(self, Self::Locked | Self::Full | Self::Io)
    }
}

impl StoreError {
    /// An error with a message of its own.
    pub fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A store that answers with something else than what it was asked for, such as the record of another owner's key: nothing of it is used.
    pub(crate) fn not_asked_for(what: &str) -> Self {
        Self::new(StoreErrorKind::Corrupt, format!("the task store gave {what} that it was not asked for; nothing of it is used"))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::new(ErrorCode::StoreError, error.message)
    }
}

/// Which records are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find {
    /// Tasks with this id at the provider. Usually one; several where a provider answered two submits with the same task.
    TaskId {
        /// The contract's id.
        provider: String,
        /// The provider's id of the task.
        task_id: String,
    },
    /// The task with this key of the caller's: one at most. A key is its owner's: another owner's same key is another key.
    CallerKey {
        /// The contract's id.
        provider: String,
        /// The account's label.
        account: String,
        /// The owner, in the application's words; `None` matches only tasks without one. An empty one counts as none.
        owner: Option<String>,
        /// The caller's key.
        key: String,
    },
}

impl Find {
    /// Whether this is a record that is looked for.
    pub fn matches(&self, record: &TaskRecord) -> bool {
        self.is_of(record)
            && match self {
                Self::TaskId { task_id, .. } => record.task_id.as_ref() == Some(task_id),
                Self::CallerKey { key, .. } => record.caller_key.as_ref() == Some(key),
            }
    }

    /// Whether it is of the provider, and of the account and the owner, that are asked for: what is not is nobody's to see.
    pub(crate) fn is_of(&self, record: &TaskRecord) -> bool {
        match self {
            Self::TaskId { provider, .. } => record.provider == *provider,
            Self::CallerKey { provider, account, owner, .. } => {
                let is_owners = record.owner.as_deref().unwrap_or_default() == owner.as_deref().unwrap_or_default();
                record.provider == *provider && record.account == *account && is_owners
            }
        }
    }
}

/// Whether a save took effect.
#[must_use = "a conflict means that nothing was stored"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is stored.
    Done,
    /// Nothing was stored: the stored version is another, or the intent id or the caller's key is taken. Load, and decide anew.
    Conflict,
}

/// How a value that belongs to no single task is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaRule {
    /// Whatever stood there before.
    Replace,
    /// Only where nothing stands there yet: of several at the same moment, one wins, and all are told whose value stands.
    IfAbsent,
    /// A number, moved upwards and never down. What is not there, or is no number, counts as 0.
    Raise,
}

impl MetaRule {
    /// `replace`, `ifAbsent` or `raise`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::IfAbsent => "ifAbsent",
            Self::Raise => "raise",
        }
    }
}
