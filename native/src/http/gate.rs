//! How many requests of a client are in flight at once. A thousand tasks that poll share few connections instead of opening a thousand.
//!
//! A place is taken when a request is due, never while it waits for its time; a submit takes its place before its attempt is counted, so
//! that no lease runs out behind others.

use gentask_core::Operation;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most requests in flight; further ones wait before they are handed to the transport.
#[derive(Debug)]
pub(crate) struct Gate {
    all: Arc<Semaphore>,
    /// Reads pass this first: they leave a quarter of the places to submits and cancels, which many polls would starve.
    reads: Arc<Semaphore>,
}

/// A place in a [`Gate`], free again when it is dropped.
#[must_use = "the place is free again once this is dropped"]
#[derive(Debug)]
pub(crate) struct Place {
    _share: Option<OwnedSemaphorePermit>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Gate {
    /// A gate with so many places, at least one.
    pub(crate) fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self { all: Arc::new(Semaphore::new(places)), reads: Arc::new(Semaphore::new(Self::of_reads(places))) }
    }

    /// How many of so many places reads may take together.
    pub(super) fn of_reads(places: usize) -> usize {
        (places - places / 4).max(1)
    }

    /// Waits for a place for a request of this operation. Whoever has one must not wait for a second one.
    pub(crate) async fn enter(&self, operation: Operation) -> Place {
        let may_crowd = matches!(operation, Operation::Status | Operation::Result);
        // Neither is ever closed, so neither ever refuses.
        let share = if may_crowd { Arc::clone(&self.reads).acquire_owned().await.ok() } else { None };
        Place { _share: share, _place: Arc::clone(&self.all).acquire_owned().await.ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Waker};

    /// The place, where there is one at once.
    fn at_once(gate: &Gate, operation: Operation) -> Option<Place> {
        let mut entering = std::pin::pin!(gate.enter(operation));
        match entering.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            std::task::Poll::Ready(place) => Some(place),
            std::task::Poll::Pending => None,
        }
    }

    #[test]
    fn no_more_are_in_flight_than_there_are_places() {
        let gate = Gate::new(3);
        let mut places: Vec<_> = (0..3).map(|_| at_once(&gate, Operation::Submit).unwrap()).collect();
        for operation in [Operation::Submit, Operation::Cancel, Operation::Status, Operation::Account] {
            assert!(at_once(&gate, operation).is_none());
        }
        places.pop();
        let fourth = at_once(&gate, Operation::Submit);
        assert!(fourth.is_some() && at_once(&gate, Operation::Submit).is_none());
    }

    #[test]
    fn reads_leave_a_quarter_to_the_others() {
        let gate = Gate::new(8);
        let reads: Vec<_> = std::iter::from_fn(|| at_once(&gate, Operation::Status)).collect();
        assert_eq!(reads.len(), 6);
        assert!(at_once(&gate, Operation::Result).is_none());
        let others: Vec<_> = std::iter::from_fn(|| at_once(&gate, Operation::Submit)).collect();
        assert_eq!(others.len(), 2);
        drop(reads);
        assert!(at_once(&gate, Operation::Result).is_some());
    }

    #[test]
    fn there_is_always_a_place_for_each() {
        for operation in [Operation::Submit, Operation::Status] {
            let narrow = Gate::new(0);
            let place = at_once(&narrow, operation);
            assert!(place.is_some() && at_once(&narrow, operation).is_none());
        }
    }
}
