//! What became of a callback, what is answered to it, and which of several clients' answers counts.

use crate::record::TaskRecord;
use crate::webhook::Refusal;
use std::sync::Arc;

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// Its signed body said how the task is, and that is stored.
    Applied,
    /// It proved that there is news; a status call says which.
    Poke,
    /// It was taken before.
    Duplicate,
    /// It is proven, and no task is known by it yet; it is kept for a day.
    Orphan,
    /// It contradicts what is stored; a status call says which is true.
    Conflict,
    /// It is proven, and its task is not stored here, or not any more.
    Unknown,
    /// It proves nothing, or is none.
    Refused,
    /// It could not be stored, or the keys to verify it could not be fetched: the provider is to send it again.
    Unavailable,
}

/// What is answered to a callback, and what it brought. Status and body say nothing about any task.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The HTTP status: what the contract calls an acknowledgement, 400, 401, 405, 413 or 503.
    pub http_status: u16,
    /// The body, plain text.
    pub body: &'static str,
    /// What became of it.
    pub outcome: Received,
    /// The intent that it is about, where it is one of this client's.
    pub intent_id: Option<String>,
    /// The record of that intent, as it is once the callback is stored.
    pub record: Option<Arc<TaskRecord>>,
    /// Whether [`Client::follow_up`](crate::client::Client::follow_up) has something to do, once the answer has gone out.
    pub follow_up: bool,
    /// Which of the secrets for tokens proved it, counted from 0: once the old one proves nothing any more, it can go.
    pub token_secret: Option<usize>,
    /// Which of the signing secrets or keys did.
    pub signing_secret: Option<usize>,
    /// Why it could not be taken, for a log: what a store or a key server said.
    pub reason: Option<String>,
}

impl Receipt {
    /// Whether the callback is this client's: where several clients stand behind one URL, the first that says so has it.
    pub const fn is_ours(&self) -> bool {
        self.outcome.weight() == Received::TAKEN
    }

    /// Whether this is the answer where several clients were asked and none has taken the callback: one that could not be taken now is to come
    /// again, and one whose task is not stored any more is not.
    pub const fn outweighs(&self, other: &Self) -> bool {
        self.outcome.weight() > other.outcome.weight()
    }

    pub(super) const fn new(http_status: u16, body: &'static str, outcome: Received) -> Self {
        Self {
            http_status,
            body,
            outcome,
            intent_id: None,
            record: None,
            follow_up: false,
            token_secret: None,
            signing_secret: None,
            reason: None,
        }
    }

    pub(super) fn refused(refusal: Refusal) -> Self {
        let body = match refusal {
            Refusal::NotPost => "method not allowed",
            Refusal::TooLarge => "too large",
            Refusal::Unproven => "unauthorized",
            Refusal::Malformed => "bad request",
        };
        Self::new(refusal.http_status(), body, Received::Refused)
    }

    /// A callback that could not be taken: the provider is to send it again.
    pub fn unavailable(reason: String) -> Self {
        Self { reason: Some(reason), ..Self::new(503, "try again later", Received::Unavailable) }
    }
}

impl Received {
    const WORDS: [(Self, &'static str); 8] = [
        (Self::Applied, "applied"),
        (Self::Poke, "poke"),
        (Self::Duplicate, "duplicate"),
        (Self::Orphan, "orphan"),
        (Self::Conflict, "conflict"),
        (Self::Unknown, "unknown"),
        (Self::Refused, "refused"),
        (Self::Unavailable, "unavailable"),
    ];

    /// The outcome's word: `applied`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, word)| word)
    }

    /// Reads an outcome's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(_, known)| *known == word).map(|(outcome, _)| outcome)
    }

    /// How much the answer counts where several clients stand behind one URL: the first with [`Received::TAKEN`] has the callback, and
    /// where none has it, the heaviest is given.
    pub const fn weight(self) -> u8 {
        match self {
            Self::Applied | Self::Poke | Self::Duplicate | Self::Conflict => Self::TAKEN,
            Self::Unavailable => 3,
            // Another client may know its task.
            Self::Orphan => 2,
            Self::Unknown => 1,
            Self::Refused => 0,
        }
    }

    /// The weight of a callback that was taken.
    pub const TAKEN: u8 = 4;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_what_was_taken_outweighs_the_rest() {
        for (outcome, word) in Received::WORDS {
            assert_eq!((outcome.as_str(), Received::from_word(word)), (word, Some(outcome)));
        }
        assert_eq!(Received::from_word("other"), None);
        let heavy = [Received::Poke, Received::Unavailable, Received::Orphan, Received::Unknown, Received::Refused];
        assert!(heavy.windows(2).all(|pair| pair[0].weight() > pair[1].weight()));
    }
}
