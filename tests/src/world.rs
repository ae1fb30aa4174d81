//! A whole world in virtual time for one task: a provider, a store, a network and processes, each of which fails at any point.
//!
//! Everything follows from a seed. Trouble lasts for a while; then the world behaves, and what was promised must come true.

mod network;
mod provider;
mod run;
mod store;

pub use provider::{Fate, Provider};
pub use run::{Ended, Run};
pub use store::Store;

use gentask_core::split_mix_64;

/// Chance, from a seed.
#[derive(Clone, Debug)]
pub struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// The chance of a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// A number below `most`; 0 where that is 0.
    pub fn below(&mut self, most: u64) -> u64 {
        self.drawn += 1;
        split_mix_64(self.seed, self.drawn).checked_rem(most).unwrap_or(0)
    }

    /// Whether something happens that does so `percent` times in a hundred.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
