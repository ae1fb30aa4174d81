//! A machine that waits for its next poll and is dropped meanwhile: what it knows beyond its stored record, and one that goes on from there.

use super::{TaskMachine, cancelling};
use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::Fault;
use crate::state::notes::{self, Unsaved};
use std::sync::Arc;

/// What a waiting machine knows beyond its stored record: some hundred bytes in place of both.
#[derive(Debug)]
pub(crate) struct Rest {
    /// The version that is stored.
    version: u64,
    unsaved: Unsaved,
    floor: UnixMillis,
    last_saved: UnixMillis,
    last_fault: Option<Box<Fault>>,
    told_unknown: bool,
    /// The whole record: what is put together again must be just that.
    #[cfg(debug_assertions)]
    whole: Arc<crate::record::TaskRecord>,
}

impl Rest {
    /// The version of the record that is stored.
    pub(crate) const fn version(&self) -> u64 {
        self.version
    }
}

impl TaskMachine {
    /// What is to be kept where the machine is dropped before its next poll; `None` where it holds or knows more than that.
    pub(crate) fn rest(&self) -> Option<Rest> {
        let holds = self.outstanding.is_some() || self.slot.is_some() || self.leaving.is_some();
        let does_more = self.adopting.is_some() || self.one_shot.is_some() || self.cancelling != cancelling::Progress::default();
        let knows = self.poked || self.moved || self.resumed || self.raw.is_some() || self.ended.is_some();
        (self.record.phase == Phase::Waiting && !holds && !does_more && !knows).then(|| Rest {
            version: self.record.version,
            unsaved: Unsaved::of(&self.record),
            floor: self.floor,
            last_saved: self.last_saved,
            last_fault: self.last_fault.clone().map(Box::new),
            told_unknown: self.told_unknown,
            #[cfg(debug_assertions)]
            whole: Arc::clone(&self.record),
        })
    }

    /// Goes on where another machine rested. Where the record was changed meanwhile, what is stored now is the truth.
    pub(crate) fn go_on(&mut self, rest: Rest) {
        self.told_unknown = rest.told_unknown;
        if self.record.version != rest.version {
            return;
        }
        notes::put_back(Arc::make_mut(&mut self.record), rest.unsaved);
        #[cfg(debug_assertions)]
        assert_eq!(self.record.to_json(), rest.whole.to_json(), "a task that rested is not as it was");
        (self.floor, self.last_saved) = (rest.floor, rest.last_saved);
        self.last_fault = rest.last_fault.map(|fault| *fault);
    }
}
