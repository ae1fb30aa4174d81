//! How slowly a file may come. A byte now and then keeps a connection busy for ever; so in any window of time a certain number of bytes
//! has to arrive.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// The slowest that a file may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// So many bytes, at least,
    pub bytes: u64,
    /// in any span of time that is this long.
    pub window: Duration,
}

/// Bytes that arrive within a hundredth of a window are counted as one.
const GRAINS: u32 = 100;

/// Watches one file.
pub(super) struct Watch {
    pace: Pace,
    began: Instant,
    /// When bytes arrived, and how many: what lies within the last window.
    arrived: VecDeque<(Instant, u64)>,
    /// Their sum.
    sum: u64,
    /// Until when it was waited for; what passes before it is waited for again is not the server's.
    waited: Instant,
}

impl Watch {
    pub(super) fn new(pace: Pace, now: Instant) -> Self {
        Self { pace, began: now, arrived: VecDeque::new(), sum: 0, waited: now }
    }

    /// It is waited for again: whoever takes the bytes had something else to do meanwhile, which is no fault of the server's.
    pub(super) fn resume(&mut self, now: Instant) {
        let away = now.saturating_duration_since(self.waited);
        self.began += away;
        for (time, _) in &mut self.arrived {
            *time += away;
        }
        self.waited = now;
    }

    /// Counts bytes that have just arrived.
    pub(super) fn count(&mut self, bytes: usize, now: Instant) {
        self.waited = now;
        let bytes = bytes as u64;
        self.sum = self.sum.saturating_add(bytes);
        let grain = self.pace.window / GRAINS;
        match self.arrived.back_mut() {
            Some((first, sum)) if now.saturating_duration_since(*first) < grain => *sum = sum.saturating_add(bytes),
            _ => self.arrived.push_back((now, bytes)),
        }
        while let Some((first, bytes)) = self.arrived.front()
            && now.saturating_duration_since(*first) > self.pace.window
        {
            self.sum = self.sum.saturating_sub(*bytes);
            self.arrived.pop_front();
        }
    }

    /// How long from now it may go on without another byte.
    pub(super) fn patience(&self, now: Instant) -> Duration {
        // Too few are left in the window as soon as it has passed beyond one of these; the first window lasts as long as the others.
        let mut left = self.sum;
        let mut last = self.began;
        for (time, bytes) in &self.arrived {
            if left < self.pace.bytes {
                break;
            }
            left = left.saturating_sub(*bytes);
            last = *time;
        }
        self.pace.window.saturating_sub(now.saturating_duration_since(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const PACE: Pace = Pace { bytes: 100, window: Duration::from_secs(10) };

    #[test]
    fn what_comes_quickly_enough_may_go_on_for_ever() {
        let mut now = Instant::now();
        let mut watch = Watch::new(PACE, now);
        for _ in 0..1_000 {
            assert!(watch.patience(now) >= SECOND);
            now += SECOND;
            watch.count(10, now);
        }
        assert!(watch.arrived.len() <= 12, "{} spans are kept", watch.arrived.len());
    }

    #[test]
    fn what_comes_too_slowly_has_one_window() {
        let began = Instant::now();
        let mut now = began;
        let mut watch = Watch::new(PACE, now);
        while !watch.patience(now).is_zero() {
            now += SECOND.min(watch.patience(now));
            watch.count(9, now);
            assert!(now - began <= PACE.window);
        }
        assert_eq!(now - began, PACE.window);
    }

    #[test]
    fn a_quick_start_does_not_pay_for_a_slow_end() {
        let began = Instant::now();
        let mut watch = Watch::new(PACE, began);
        watch.count(1_000_000, began);
        assert_eq!(watch.patience(began), PACE.window);
        let later = began + 10 * SECOND;
        watch.count(1, later);
        assert_eq!(watch.patience(later), Duration::ZERO, "within the window ends the last byte of the start");
    }

    #[test]
    fn whoever_takes_the_bytes_may_take_their_time() {
        let mut now = Instant::now();
        let mut watch = Watch::new(PACE, now);
        for _ in 0..10 {
            now += Duration::from_hours(1);
            watch.resume(now);
            assert!(watch.patience(now) > SECOND);
            now += SECOND;
            watch.count(20, now);
        }
        now += Duration::from_hours(1);
        watch.resume(now);
        assert_eq!(watch.patience(now + PACE.window), Duration::ZERO, "the server's own time counts");
    }

    #[test]
    fn many_pieces_take_little_room() {
        let began = Instant::now();
        let mut watch = Watch::new(PACE, began);
        for step in 0..100_000_u32 {
            watch.count(1, began + step * Duration::from_millis(1));
        }
        assert!(watch.arrived.len() <= 102, "{}", watch.arrived.len());
        assert!(watch.sum > 9_000, "{}", watch.sum);
    }

    #[test]
    fn no_window_is_too_long() {
        let now = Instant::now();
        let mut watch = Watch::new(Pace { bytes: u64::MAX, window: Duration::MAX }, now);
        watch.count(usize::MAX, now);
        watch.count(usize::MAX, now + SECOND);
        assert!(watch.patience(now + SECOND) > SECOND);
    }
}
