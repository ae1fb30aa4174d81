//! What a task store is asked, and what it answers. Types only: the stores themselves are the host's.

use crate::error::{Error, ErrorCode};
use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::TaskRecord;
use std::cmp::Ordering;

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

/// Which records a listing contains. What is `None` does not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// The owner, in the application's words.
    pub owner: Option<String>,
    /// Any of these phases.
    pub phases: Option<Vec<Phase>>,
    /// Where phases are named: also tasks of any other phase that a second task id contradicts. Such a task may have been paid twice.
    pub or_conflicting: bool,
    /// Only tasks that have not ended.
    pub unfinished: bool,
    /// Only tasks whose next step was set for a time before this one.
    pub due_before: Option<UnixMillis>,
    /// Only tasks created at this time or later.
    pub created_from: Option<UnixMillis>,
    /// Only tasks created before this time.
    pub created_before: Option<UnixMillis>,
    /// In the order of their creation turned round. [`Filter::after`] is a place in this order then.
    pub newest_first: bool,
    /// At most this many, counting those that cannot be read.
    pub limit: Option<usize>,
    /// Only what comes after this place: [`Listing::next`] of the page before.
    pub after: Option<Cursor>,
}

impl Filter {
    /// Whether a record matches, by everything but its place in the listing.
    pub fn matches(&self, record: &TaskRecord) -> bool {
        self.is_of(record)
            && (self.takes(record.phase) || (self.takes_conflicting() && record.has_open_conflict()))
            && self.due_before.is_none_or(|time| record.due.is_some_and(|due| due.at < time))
            && self.created_from.is_none_or(|time| record.at.created >= time)
            && self.created_before.is_none_or(|time| record.at.created < time)
    }

    /// Those that match and come after [`Filter::after`], in order and no more than [`Filter::limit`]: all that a small store's `list` has to
    /// do. `record` is how to come from one of them to its record.
    pub fn select<T>(&self, all: impl IntoIterator<Item = T>, record: impl Fn(&T) -> &TaskRecord) -> Vec<T> {
        let is_asked_for = |place: &Cursor, one: &T| self.is_after(place) && self.matches(record(one));
        let placed = all.into_iter().map(|one| (Cursor::of(record(&one)), one));
        let mut found: Vec<_> = placed.filter(|(place, one)| is_asked_for(place, one)).collect();
        found.sort_by(|(one, _), (other, _)| self.compare(one, other));
        found.into_iter().take(self.limit.unwrap_or(usize::MAX)).map(|(_, one)| one).collect()
    }

    /// Whether a place comes after [`Filter::after`].
    pub fn is_after(&self, place: &Cursor) -> bool {
        self.after.as_ref().is_none_or(|after| self.compare(after, place).is_lt())
    }

    /// Which of two places comes first in the listing.
    fn compare(&self, one: &Cursor, other: &Cursor) -> Ordering {
        if self.newest_first { other.cmp(one) } else { one.cmp(other) }
    }

    /// Whether records stand in the order that is asked for.
    pub(crate) fn is_order_of(&self, records: &[TaskRecord]) -> bool {
        records.is_sorted_by(|one, other| self.compare(&Cursor::of(one), &Cursor::of(other)).is_le())
    }

    /// Whether a record is of the provider, the account and the owner that are asked for: what is not is nobody's to see.
    pub(crate) fn is_of(&self, record: &TaskRecord) -> bool {
        let is = |wanted: &Option<String>, value: Option<&String>| wanted.is_none() || wanted.as_ref() == value;
        is(&self.provider, Some(&record.provider)) && is(&self.account, Some(&record.account)) && is(&self.owner, record.owner.as_ref())
    }

    /// The same for one record more than asked for: it tells whether there is another page. [`Listing::cut`] makes the page of what is found.
    #[must_use]
    pub fn and_one_more(&self) -> Self {
        Self { limit: self.limit.map(|limit| limit.saturating_add(1)), ..self.clone() }
    }

    /// Whether records in this phase match.
    pub fn takes(&self, phase: Phase) -> bool {
        self.phases.as_ref().is_none_or(|phases| phases.contains(&phase)) && !(self.unfinished && phase.is_terminal())
    }

    /// Whether records match that a second task id contradicts, whatever their phase.
    pub fn takes_conflicting(&self) -> bool {
        self.or_conflicting && self.phases.is_some()
    }
}

/// A place in a listing, which stays valid whatever is stored or deleted meanwhile.
///
/// It has no order of its own: it lies between two records, and what comes after it is what comes later in the order that is asked for. So one from a
/// listing in the other order may be given: nothing is then told twice, and turning round on the way gives the pages before it again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The creation time of the last record before this place.
    pub created: UnixMillis,
    /// Its intent id.
    pub intent_id: String,
}

impl Cursor {
    /// The place of a record: listings are in this order, or the newest first.
    pub fn of(record: &TaskRecord) -> Self {
        Self { created: record.at.created, intent_id: record.intent_id.clone() }
    }
}

/// One page of records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Those that can be read, in order.
    pub records: Vec<TaskRecord>,
    /// Those that cannot: a person has to look at them.
    pub damaged: Vec<Damaged>,
    /// Where the following page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl Listing {
    /// The page that a filter asks for, out of the readable records that [`Filter::and_one_more`] finds.
    pub fn cut(mut records: Vec<TaskRecord>, asked: &Filter) -> Self {
        let mut next = None;
        if let Some(limit) = asked.limit.filter(|limit| records.len() > *limit) {
            records.truncate(limit);
            next = records.last().map(Cursor::of).or_else(|| asked.after.clone());
        }
        Self { records, damaged: Vec::new(), next }
    }
}

/// A record that is stored but cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// The intent id under which it is stored.
    pub intent_id: String,
    /// Why it cannot be read: lower case, without a full stop.
    pub reason: String,
}

/// The most orphans that a store keeps of one provider and account: callbacks whose task is not known yet. Beyond that the oldest go when
/// another one comes, so that a flood of them fills no disk.
pub const MOST_ORPHANS: usize = 10_000;

/// A callback as it is stored: so that it is taken once, and so that one which beats its submit's own answer is not lost.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDelivery {
    /// The contract's id.
    pub provider: String,
    /// The account's label.
    pub account: String,
    /// What tells it from every other one of this provider and account.
    pub dedupe: String,
    /// When it came.
    pub received_at: UnixMillis,
    /// Until when it is kept; then a store may delete it.
    pub expires_at: UnixMillis,
    /// Whether a signature covers its body.
    pub verified: bool,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// The intent that it is about, where that is known.
    pub intent_id: Option<String>,
    /// The provider's id of the task, where its body names one.
    pub task_id: Option<String>,
    /// Its body, as it came. It may hold a prompt: it is for a replay, and for no log.
    pub body: Vec<u8>,
}

impl StoredDelivery {
    /// A short name for a person: 12 hexadecimal digits.
    pub fn id(&self) -> String {
        use sha2::Digest as _;
        let digest = sha2::Sha256::digest(self.dedupe.as_bytes());
        crate::hex::encode(digest.get(..6).unwrap_or_default())
    }
}

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryOutcome {
    /// Its signed body said how the task is.
    Applied,
    /// It proved that there is news, and a status call says which.
    Poke,
    /// No task is known by it yet. A store keeps at most [`MOST_ORPHANS`] of them.
    Orphan,
    /// It contradicts what is recorded.
    Conflict,
}

impl DeliveryOutcome {
    const WORDS: [(Self, &'static str); 4] =
        [(Self::Applied, "applied"), (Self::Poke, "poke"), (Self::Orphan, "orphan"), (Self::Conflict, "conflict")];

    /// `applied`, `poke`, `orphan` or `conflict`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.into_iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, word)| word)
    }

    /// The outcome of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(_, known)| *known == word).map(|(outcome, _)| outcome)
    }
}

impl std::fmt::Debug for StoredDelivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredDelivery")
            .field("provider", &self.provider)
            .field("outcome", &self.outcome.as_str())
            .field("intent_id", &self.intent_id)
            .field("task_id", &self.task_id)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Which stored callbacks are looked for. What is `None` does not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// One delivery.
    pub dedupe: Option<String>,
    /// Those about this intent.
    pub intent_id: Option<String>,
    /// Those that name this task of the provider's.
    pub task_id: Option<String>,
    /// Those that ended so.
    pub outcome: Option<DeliveryOutcome>,
    /// Only what is kept beyond this time.
    pub kept_at: Option<UnixMillis>,
    /// At most this many, the newest first.
    pub limit: Option<usize>,
}

impl DeliveryFilter {
    /// Everything of a provider and account that is still kept at a time.
    pub fn kept(provider: &str, account: &str, at: UnixMillis) -> Self {
        Self { provider: Some(provider.to_owned()), account: Some(account.to_owned()), kept_at: Some(at), ..Self::default() }
    }

    /// Whether a delivery matches.
    pub fn matches(&self, delivery: &StoredDelivery) -> bool {
        let is = |wanted: &Option<String>, value: Option<&String>| wanted.is_none() || wanted.as_ref() == value;
        is(&self.provider, Some(&delivery.provider))
            && is(&self.account, Some(&delivery.account))
            && is(&self.dedupe, Some(&delivery.dedupe))
            && is(&self.intent_id, delivery.intent_id.as_ref())
            && is(&self.task_id, delivery.task_id.as_ref())
            && self.outcome.is_none_or(|outcome| outcome == delivery.outcome)
            && self.kept_at.is_none_or(|time| delivery.expires_at > time)
    }
}

/// Which notices are looked for: of tasks that have ended and whose end nobody has acknowledged yet. What is `None` does not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeFilter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// At most this many, the oldest first.
    pub limit: Option<usize>,
}

impl NoticeFilter {
    /// Whether the notice of this task matches, where it is open.
    pub fn matches(&self, record: &TaskRecord) -> bool {
        let is = |wanted: &Option<String>, value: &String| wanted.as_ref().is_none_or(|wanted| wanted == value);
        is(&self.provider, &record.provider) && is(&self.account, &record.account)
    }
}
