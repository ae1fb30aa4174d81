//! What became of a callback, in words, and which of several clients' answers to one counts.

use super::receive::Received;

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
            Self::Applied | Self::Poke | Self::Duplicate | Self::Orphan | Self::Conflict => Self::TAKEN,
            Self::Unavailable => 2,
            Self::Unknown => 1,
            Self::Refused => 0,
        }
    }

    /// The weight of a callback that was taken.
    pub const TAKEN: u8 = 3;
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
        let heavy = [Received::Poke, Received::Unavailable, Received::Unknown, Received::Refused];
        assert!(heavy.windows(2).all(|pair| pair[0].weight() > pair[1].weight()));
    }
}
