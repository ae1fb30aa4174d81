//! When to try again: integers only, saturating, with seeded jitter, so that the same task waits the same everywhere.
//!
//! Jitter is SplitMix64 of the task's seed and a counter; its values are published in the test vectors.

/// The `counter`-th number of the SplitMix64 sequence that starts at `seed`.
pub fn split_mix_64(seed: u64, counter: u64) -> u64 {
    let mut z = seed.wrapping_add(counter.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number from 0 up to, but not including, `below`; 0 where `below` is 0.
pub(crate) fn draw(seed: u64, counter: u64, below: u64) -> u64 {
    let scaled = (u128::from(split_mix_64(seed, counter)) * u128::from(below)) >> 64;
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

/// Exponential backoff with full jitter: anything from nothing up to the doubled ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The ceiling of the first delay, in milliseconds.
    pub base_ms: u64,
    /// The highest ceiling, in milliseconds.
    pub cap_ms: u64,
}

impl Backoff {
    /// Between submits that were provably not accepted: 0.5 s doubling up to 8 s.
    pub const SUBMIT: Self = Self { base_ms: 500, cap_ms: 8_000 };
    /// Between reads that failed: 0.8 s doubling up to 8 s, the figures of AIVideoMaker's reference client.
    pub const READ: Self = Self { base_ms: 800, cap_ms: 8_000 };

    /// The delay before try number `attempt` (0: the first retry), in milliseconds.
    pub fn delay(self, attempt: u64, seed: u64) -> u64 {
        let doubled = u32::try_from(attempt).ok().and_then(|shift| 1_u64.checked_shl(shift)).unwrap_or(u64::MAX);
        let ceiling = self.base_ms.saturating_mul(doubled).min(self.cap_ms);
        draw(seed, attempt, ceiling.saturating_add(1))
    }
}

/// When a waiting task is polled: a pure function of the time since it was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollSchedule {
    /// The first poll, in milliseconds after acceptance.
    pub first_ms: u64,
    /// The first interval between polls, in milliseconds.
    pub every_ms: u64,
    /// Growth of each interval over the one before, in percent: 150 is one and a half times.
    pub factor_pct: u64,
    /// The longest interval, in milliseconds.
    pub cap_ms: u64,
    /// The provider's own floor between two polls of one task, in milliseconds.
    pub min_interval_ms: u64,
    /// How long a wait lasts that names no timeout, in milliseconds.
    pub wait_ms: u64,
}

impl PollSchedule {
    /// First after 3 s, then growing by half up to 30 s, for 5 minutes: the figures that APIXO documents.
    pub const DEFAULT: Self =
        Self { first_ms: 3_000, every_ms: 3_000, factor_pct: 150, cap_ms: 30_000, min_interval_ms: 0, wait_ms: 300_000 };

    /// How long after a poll (or after acceptance) the next one is due, in milliseconds: the interval in force at `elapsed_ms`
    /// since acceptance, stretched by up to a tenth so that tasks submitted together drift apart.
    pub fn next(&self, elapsed_ms: u64, seed: u64) -> u64 {
        let interval = self.pause(elapsed_ms);
        interval.saturating_add(draw(seed, elapsed_ms, interval / 10 + 1))
    }

    /// How long after `elapsed_ms` since acceptance the next poll is due, on average.
    pub(crate) fn usual(&self, elapsed_ms: u64) -> u64 {
        let interval = self.pause(elapsed_ms);
        interval.saturating_add(interval / 20)
    }

    /// The least that the next poll waits.
    fn pause(&self, elapsed_ms: u64) -> u64 {
        let interval = if elapsed_ms < self.first_ms { self.first_ms - elapsed_ms } else { self.interval(elapsed_ms - self.first_ms) };
        interval.max(self.min_interval_ms).max(1)
    }

    /// The interval in force `after_first` milliseconds after the first poll was due.
    fn interval(&self, after_first: u64) -> u64 {
        let cap = self.cap_ms.max(1);
        let (mut interval, mut end) = (self.every_ms.clamp(1, cap), 0_u64);
        loop {
            end = end.saturating_add(interval);
            let grown = interval.saturating_mul(self.factor_pct.max(100)) / 100;
            if end > after_first || grown == interval || interval == cap {
                return interval;
            }
            interval = grown.min(cap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_64_is_the_published_generator() {
        // The first outputs for seed 1234567, from the generator's reference implementation.
        let drawn: Vec<u64> = (0..3).map(|counter| split_mix_64(1_234_567, counter)).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn backoff_stays_under_its_ceiling_for_any_attempt() {
        for attempt in [0, 1, 4, 63, 64, u64::MAX] {
            for seed in 0..50 {
                assert!(Backoff::SUBMIT.delay(attempt, seed) <= 8_000);
            }
        }
        assert!((0..50).any(|seed| Backoff::SUBMIT.delay(9, seed) > 6_000));
    }

    #[test]
    fn the_seed_figures_give_the_seed_schedule() {
        let schedule = PollSchedule::DEFAULT;
        let mut at = 0;
        let mut polls = Vec::new();
        while polls.len() < 12 {
            // Without the jitter: the nominal instants.
            let step = if at < schedule.first_ms { schedule.first_ms - at } else { schedule.interval(at - schedule.first_ms) };
            at += step;
            polls.push(step);
        }
        assert_eq!(polls, [3_000, 3_000, 4_500, 6_750, 10_125, 15_187, 22_780, 30_000, 30_000, 30_000, 30_000, 30_000]);
        for seed in 0..100 {
            assert!((3_000..=3_300).contains(&schedule.next(0, seed)));
        }
    }
    #[test]
    fn no_figures_stop_a_schedule() {
        let figures = [0, 1, 99, 101, 1 << 33, u64::MAX - 1, u64::MAX];
        for every_ms in figures {
            for factor_pct in figures {
                for cap_ms in figures {
                    let schedule =
                        PollSchedule { first_ms: cap_ms, every_ms, factor_pct, cap_ms, min_interval_ms: every_ms, wait_ms: cap_ms };
                    assert!(figures.iter().all(|elapsed| schedule.next(*elapsed, factor_pct) >= 1));
                }
            }
            assert!(figures.iter().all(|cap_ms| Backoff { base_ms: every_ms, cap_ms: *cap_ms }.delay(every_ms, 7) <= *cap_ms));
        }
    }
}
