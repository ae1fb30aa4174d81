//! The clock that a program's own tests move.

use gentask::Clock;
use std::sync::Arc;
use std::time::Duration;

/// A clock for the `clock` of a client: hours of waiting take no time. A sleep of the client jumps to its end when it begins; after
/// `stand_still` it waits until the clock is moved. What bounds real work, such as the time of a request, stays real.
#[derive(uniffi::Object)]
pub struct ManualClock {
    pub(crate) inner: gentask::ManualClock,
}

#[uniffi::export]
impl ManualClock {
    /// A clock that shows this time, in Unix milliseconds.
    #[uniffi::constructor]
    #[must_use]
    pub fn at(at_ms: u64) -> Arc<Self> {
        Arc::new(Self { inner: Clock::manual(at_ms) })
    }

    /// What it shows, in Unix milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.inner.now()
    }

    /// How many sleeps wait for it at the moment.
    pub fn sleepers(&self) -> u64 {
        u64::try_from(self.inner.sleepers()).unwrap_or(u64::MAX)
    }

    /// Lets time pass, on the wall and for the process.
    pub fn advance(&self, time_ms: u64) {
        self.inner.advance(Duration::from_millis(time_ms));
    }

    /// Sets the wall clock, forwards or back, as a person or a time server does.
    pub fn set(&self, at_ms: u64) {
        self.inner.set(at_ms);
    }

    /// From now on a sleep waits until the clock is moved.
    pub fn stand_still(&self) {
        self.inner.stand_still();
    }

    /// From now on a sleep moves the clock to its end, as it is at first.
    pub fn jump(&self) {
        self.inner.jump();
    }
}
