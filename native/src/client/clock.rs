//! The time that machines are told: the wall clock at the start plus what a monotonic clock has counted since, so never backwards.

use gentask_core::UnixMillis;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(super) struct Clock {
    wall: Duration,
    start: Instant,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { wall: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(), start: Instant::now() }
    }

    pub(super) fn now(&self) -> UnixMillis {
        u64::try_from((self.wall + self.start.elapsed()).as_millis()).unwrap_or(u64::MAX)
    }

    /// Sleeps until a time; at once where it has come.
    pub(super) async fn until(&self, at: UnixMillis) {
        // Very far times are slept towards in steps: the timer's own range ends earlier.
        const STEP: Duration = Duration::from_hours(24);
        loop {
            let left = at.saturating_sub(self.now());
            if left == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(left).min(STEP)).await;
        }
    }
}
