//! Slots of the pacer: asked for before a submit is fenced and before every read.

use super::TaskMachine;
use crate::io::UnixMillis;
use crate::pacer::{Lane, Pacer};

impl TaskMachine {
    /// When the next request of a lane may go: the slot that is held already, or a new one. It stays held until it is used or released.
    pub(super) fn slot(&mut self, lane: Lane, now: UnixMillis, pacer: &mut Pacer) -> UnixMillis {
        let limits = *self.contract.limits();
        let held = pacer.held_until(&self.record.base, &self.record.account, &limits);
        // A slot that a pause of the whole account has swallowed is changed for one after it: the pause must not end in a burst.
        if let Some((_, slot)) = self.slot.filter(|(kept, slot)| *kept == lane && *slot >= held) {
            return slot;
        }
        self.release(pacer);
        let slot = pacer.reserve(&self.record.base, &self.record.account, &limits, lane, now);
        self.slot = Some((lane, slot));
        slot
    }
}
