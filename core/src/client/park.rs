//! A wait that is dropped while it sleeps. A host of very many waits keeps what is here in place of a call, its machine and its record, and makes
//! the call anew when the task is due: nothing is polled twice for it, told twice, or asked for earlier.

use super::call::{Call, Line};
use super::known::Known;
use super::settings::Seat;
use crate::io::UnixMillis;
use crate::machine::Rest;
use crate::reply::Reply;
use std::sync::Arc;

/// What is left of a wait at a sleep with `may_park`. It keeps the task's seat: no other call of the client drives the task meanwhile.
#[must_use = "dropping it ends the wait"]
pub struct Parked {
    pub(super) known: Known,
    pub(super) seat: Arc<Seat>,
    /// When the wait ends.
    pub(super) end: UnixMillis,
    pub(super) background: bool,
    pub(super) hears: bool,
    pub(super) told: Option<Box<Reply>>,
    pub(super) rest: Option<Rest>,
}

impl Parked {
    /// The task.
    pub fn known(&self) -> &Known {
        &self.known
    }
}

impl std::fmt::Debug for Parked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parked").field("intent", &self.known.intent_id()).field("end", &self.end).finish_non_exhaustive()
    }
}

impl<T> Call<T> {
    /// Drops the call at a sleep with `may_park`, and gives what is to be kept of it: [`Client::unpark`](super::Client::unpark) goes on when the
    /// sleep is over, for whatever reason. `Err`, the call as it is: here more would be lost than a sleep.
    pub fn park(self) -> Result<Parked, Self> {
        match self.line().take_parked() {
            Some(parked) => Ok(parked),
            None => Err(self),
        }
    }
}

impl Line {
    fn take_parked(&self) -> Option<Parked> {
        let mut desk = self.desk();
        desk.parking.as_ref().and_then(|parking| parking.rest.as_ref())?;
        let (hears, told) = (desk.hears, desk.told.take().map(Box::new));
        let mut parked = *desk.parking.take()?;
        (parked.hears, parked.told) = (hears, told);
        parked.known.forget_own_record();
        Some(parked)
    }
}

/// From when it is made until it is dropped, the call may be parked at its long sleeps.
pub(super) struct Parking(Arc<Line>);

impl Parking {
    pub(super) fn new(line: &Arc<Line>, parked: Parked) -> Self {
        line.desk().parking = Some(Box::new(parked));
        Self(Arc::clone(line))
    }
}

impl Drop for Parking {
    fn drop(&mut self) {
        let parking = self.0.desk().parking.take();
        // Its seat looks at the client's state: after the desk is free again.
        drop(parking);
    }
}
