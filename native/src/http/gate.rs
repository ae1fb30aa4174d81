//! How many requests are in flight at once. A thousand tasks that poll share few connections instead of opening a thousand.

use gentask_core::Operation;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The most requests in flight; further ones wait before they connect.
#[derive(Debug)]
pub struct Gate {
    all: Semaphore,
    /// Reads pass this first: they leave a quarter of the places to submits and cancels, which many polls would starve.
    reads: Semaphore,
}

/// A place in a [`Gate`], free again when it is dropped.
#[must_use = "the place is free again once this is dropped"]
#[derive(Debug)]
pub struct Place<'a> {
    _share: Option<SemaphorePermit<'a>>,
    _place: Option<SemaphorePermit<'a>>,
}

impl Gate {
    /// A gate with so many places, at least one.
    pub fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self { all: Semaphore::new(places), reads: Semaphore::new(Self::of_reads(places)) }
    }

    /// How many of so many places reads may take together.
    pub(super) fn of_reads(places: usize) -> usize {
        (places - places / 4).max(1)
    }

    /// Waits for a place for a request of this operation.
    pub async fn enter(&self, operation: Operation) -> Place<'_> {
        let may_crowd = matches!(operation, Operation::Status | Operation::Result);
        // Neither is ever closed, so neither ever refuses.
        let share = if may_crowd { self.reads.acquire().await.ok() } else { None };
        Place { _share: share, _place: self.all.acquire().await.ok() }
    }
}
