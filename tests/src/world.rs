//! A whole world in virtual time: one provider, one store, processes with clients and clocks of their own, and people who want things of
//! them. Each effect of each call may fail in every way that a host can meet.
//!
//! Everything follows from a seed, to the byte. Trouble lasts for a while; then the world behaves, everybody resumes, and what was promised
//! must come true. [`life`] lives one; where the `judge.rs` finds a fault, [`story`] tells the whole of it, effect by effect.

mod arrivals;
mod callbacks;
mod called;
mod contract;
mod deeds;
mod ending;
mod fates;
mod going;
mod host;
mod inbox;
mod judge;
mod lifetimes;
mod lives;
mod network;
mod orders;
mod perform;
mod process;
mod provider;
mod store;
mod told;
mod trouble;
mod watch;

pub use judge::Fault;
pub use lives::{Lived, Tally, life, many, story};
pub use orders::{Broken, Orders, Plan, plans, tried};

use gentask_core::internal::split_mix_64;

/// Chance, from a seed.
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// The chance of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// A number below `most`; 0 where that is 0.
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.drawn += 1;
        split_mix_64(self.seed, self.drawn).checked_rem(most).unwrap_or(0)
    }

    /// A place in something of that length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// One of these.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.index(of.len())]
    }

    /// Whether something happens that does so `percent` times in a hundred.
    pub(crate) fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Whether something happens that does so `permille` times in a thousand.
    pub(crate) fn rarely(&mut self, permille: u64) -> bool {
        self.below(1_000) < permille
    }
}
