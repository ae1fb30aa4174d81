//! What calls bring. All sequences bring one type, so that a host in another language runs them through one door.

use super::notices::Notice;
use super::received::Receipt;
use super::submit::Accepted;
use super::tasks::Unfinished;
use super::work::{Turn, Work};
use crate::account::Balance;
use crate::contract::Generation;
use crate::decode::ListedTask;
use crate::learning::LearnedModel;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::Listing;

/// What a sequence brings.
pub(super) enum Outcome {
    Accepted(Accepted),
    Reply(Reply),
    Record(Box<TaskRecord>),
    Found(Option<Box<TaskRecord>>),
    Balance(Balance),
    Tasks(Vec<ListedTask>),
    Page(Listing),
    Unfinished(Unfinished),
    Count(u64),
    Flag(bool),
    Generation(Generation),
    Receipt(Receipt),
    Notices(Vec<Notice>),
    Work(Work),
    Turn(Turn),
    Learned(Vec<LearnedModel>),
    Nothing,
}

/// What a [`Call`](super::Call) can bring.
pub(super) trait Brought: Sized + 'static {
    fn of(outcome: Outcome) -> Option<Self>;
}

macro_rules! brought {
    ($($type:ty, $variant:ident;)*) => {$(
        impl Brought for $type {
            fn of(outcome: Outcome) -> Option<Self> {
                if let Outcome::$variant(value) = outcome { Some(value) } else { None }
            }
        }
    )*};
}

brought! {
    Accepted, Accepted;
    Reply, Reply;
    Box<TaskRecord>, Record;
    Option<Box<TaskRecord>>, Found;
    Balance, Balance;
    Vec<ListedTask>, Tasks;
    Listing, Page;
    Unfinished, Unfinished;
    u64, Count;
    bool, Flag;
    Generation, Generation;
    Receipt, Receipt;
    Vec<Notice>, Notices;
    Work, Work;
    Turn, Turn;
    Vec<LearnedModel>, Learned;
}
impl Brought for () {
    fn of(outcome: Outcome) -> Option<Self> {
        matches!(outcome, Outcome::Nothing).then_some(())
    }
}
