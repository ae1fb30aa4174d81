//! Records by the page: which, in what order, and where a page goes on.

use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::TaskRecord;
use std::cmp::Ordering;

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
