//! Callbacks and ended tasks, as a store keeps them.

use crate::io::UnixMillis;
use crate::record::TaskRecord;

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
