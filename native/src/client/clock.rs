//! The time that tasks go by: the later of the wall clock and of what has passed since, never backwards and never frozen.
//!
//! A monotonic clock alone stands still while a machine sleeps, and a lease or a provider's key that ran out meanwhile would seem to be
//! good; a wall clock alone can be set back, and a wait would never end. So it is what a monotonic clock has counted plus the largest
//! difference between the two that was ever seen.

use gentask_core::UnixMillis;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{Notify, watch};

/// A machine that wakes up is noticed after this time at the latest: the timers below stand still while it sleeps. Of many that sleep, each looks
/// less often than that, and whoever sees it tells the others: so many look in that time.
const STEP: Duration = Duration::from_secs(15);
const LOOKERS: usize = 64;
/// But none less often than so many times that.
const MOST_STEPS: usize = 40;
/// How far the wall clock moves beyond what was counted where a machine has slept, at least, in milliseconds: it is set right by less all the time.
const JUMP_MS: i64 = 1_000;

/// Where a client's time comes from; see [`ClientBuilder::clock`](super::ClientBuilder::clock).
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(ManualClock),
}

impl Clock {
    /// The machine's clocks.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that shows this time, in Unix milliseconds, until somebody changes it: for tests of one's own.
    pub fn manual(at: UnixMillis) -> ManualClock {
        ManualClock { readings: Arc::new(watch::Sender::new(Readings { wall: at, elapsed: 0, jumps: true })), sleepers: Arc::default() }
    }
}

impl From<&ManualClock> for Clock {
    fn from(clock: &ManualClock) -> Self {
        Self(Source::Manual(clock.clone()))
    }
}

/// A clock for tests: it shows what it is set to, and whoever sleeps by it wakes up as soon as it shows the time. Its clones are one clock.
///
/// A sleep takes no time at all: the clock jumps to its end when it begins. With [`ManualClock::stand_still`] it waits until the test
/// moves the clock. What bounds real work, such as the timeout of a request, stays real.
///
/// ```
/// # use gentask::{Client, Clock, Contract, Failure, Generation, SubmitOptions, Wait};
/// # async fn example(generation: Generation) -> Result<(), Failure> {
/// let clock = Clock::manual(1_700_000_000_000);
/// let client = Client::builder(Contract::built_in("apixo")?).clock(&clock).build()?;
/// let task = client.submit(&generation, &SubmitOptions::default()).await?;
/// task.wait(Wait::default()).await?; // as long as it takes, and none of it by the wall
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock {
    readings: Arc<watch::Sender<Readings>>,
    sleepers: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, Debug)]
struct Readings {
    wall: UnixMillis,
    /// What a monotonic clock would have counted.
    elapsed: u64,
    /// Whether a sleep moves the clock itself.
    jumps: bool,
}

impl ManualClock {
    /// What the wall clock shows, in Unix milliseconds.
    pub fn now(&self) -> UnixMillis {
        self.readings.borrow().wall
    }

    /// Lets time pass, on the wall and for the process.
    pub fn advance(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.readings.send_modify(|readings| readings.pass(millis));
    }

    /// Sets the wall clock, forwards or back, as a person or a time server does. A wall that moves forwards while the process has
    /// counted nothing is also what a machine leaves behind that slept.
    pub fn set(&self, at: UnixMillis) {
        self.readings.send_modify(|readings| readings.wall = at);
    }

    /// From now on a sleep waits until the clock is moved.
    pub fn stand_still(&self) {
        self.readings.send_modify(|readings| readings.jumps = false);
    }

    /// From now on a sleep moves the clock to its end, as it is at first.
    pub fn jump(&self) {
        self.readings.send_modify(|readings| readings.jumps = true);
    }

    /// How many sleeps wait for the clock at the moment.
    pub fn sleepers(&self) -> usize {
        self.sleepers.load(Ordering::SeqCst)
    }
}

impl Readings {
    fn pass(&mut self, millis: u64) {
        self.wall = self.wall.saturating_add(millis);
        self.elapsed = self.elapsed.saturating_add(millis);
    }
}

/// A client's own time.
pub(super) struct Time {
    clock: Clock,
    start: Instant,
    /// The largest difference seen between the wall clock and what was counted since the start, in milliseconds.
    ahead: AtomicI64,
    /// How many sleep.
    sleepers: AtomicUsize,
    /// Somebody has seen the clock jump, since the difference was this.
    jumped: Notify,
    told: AtomicI64,
}

impl Time {
    pub(super) fn new(clock: Clock) -> Self {
        let time = Self {
            clock,
            start: Instant::now(),
            ahead: AtomicI64::new(i64::MIN),
            sleepers: AtomicUsize::new(0),
            jumped: Notify::new(),
            told: AtomicI64::new(i64::MIN),
        };
        time.now();
        time
    }

    pub(super) fn now(&self) -> UnixMillis {
        match &self.clock.0 {
            Source::System => {
                self.later(millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()), millis(self.start.elapsed()))
            }
            Source::Manual(manual) => {
                let readings = *manual.readings.borrow();
                self.later(readings.wall, readings.elapsed)
            }
        }
    }

    fn later(&self, wall: u64, elapsed: u64) -> UnixMillis {
        let ahead = signed(wall).saturating_sub(signed(elapsed));
        let most = self.ahead.fetch_max(ahead, Ordering::SeqCst).max(ahead);
        if ahead.saturating_sub(self.told.load(Ordering::SeqCst)) >= JUMP_MS {
            self.told.store(ahead, Ordering::SeqCst);
            self.jumped.notify_waiters();
        }
        u64::try_from(signed(elapsed).saturating_add(most)).unwrap_or_default()
    }

    /// Sleeps until a time; at once where it has come.
    pub(super) async fn until(&self, at: UnixMillis) {
        match &self.clock.0 {
            Source::System => {
                let _sleeper = Sleeper::new(&self.sleepers);
                loop {
                    let jumped = self.jumped.notified();
                    let left = at.saturating_sub(self.now());
                    if left == 0 {
                        return;
                    }
                    let lookers = self.sleepers.load(Ordering::SeqCst).div_ceil(LOOKERS).min(MOST_STEPS);
                    let step = STEP.saturating_mul(u32::try_from(lookers).unwrap_or(u32::MAX));
                    tokio::select! {
                        () = tokio::time::sleep(Duration::from_millis(left).min(step)) => {}
                        () = jumped => {}
                    }
                }
            }
            Source::Manual(manual) => self.until_shown(manual, at).await,
        }
    }

    /// Waits for a time that somebody else brings: where the clock is a test's own, this does not move it.
    pub(super) async fn reached(&self, at: UnixMillis) {
        match &self.clock.0 {
            Source::System => self.until(at).await,
            Source::Manual(manual) => {
                let mut seen = manual.readings.subscribe();
                while self.now() < at && seen.changed().await.is_ok() {}
            }
        }
    }

    async fn until_shown(&self, manual: &ManualClock, at: UnixMillis) {
        let _sleeper = Sleeper::new(&manual.sleepers);
        let mut seen = manual.readings.subscribe();
        loop {
            let mut has_come = false;
            manual.readings.send_if_modified(|readings| {
                let left = at.saturating_sub(self.later(readings.wall, readings.elapsed));
                has_come = left == 0 || readings.jumps;
                if has_come {
                    readings.pass(left);
                }
                has_come && left > 0
            });
            if has_come {
                // A loop of short sleeps lets others have their turn.
                return tokio::task::yield_now().await;
            }
            if seen.changed().await.is_err() {
                return;
            }
        }
    }
}

/// Counted as long as it sleeps, also where its future is dropped.
struct Sleeper<'a>(&'a AtomicUsize);

impl<'a> Sleeper<'a> {
    fn new(sleepers: &'a AtomicUsize) -> Self {
        sleepers.fetch_add(1, Ordering::SeqCst);
        Self(sleepers)
    }
}

impl Drop for Sleeper<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn signed(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: UnixMillis = 1_700_000_000_000;

    fn on(manual: &ManualClock) -> Time {
        Time::new(Clock::from(manual))
    }

    #[test]
    fn a_machine_that_slept_has_not_stopped_the_time() {
        let manual = Clock::manual(START);
        let time = on(&manual);
        manual.advance(Duration::from_secs(1));
        assert_eq!(time.now(), START + 1_000);
        // Two days asleep: the wall moved, nothing was counted.
        manual.set(START + 172_800_000);
        assert_eq!(time.now(), START + 172_800_000);
        manual.advance(Duration::from_secs(1));
        assert_eq!(time.now(), START + 172_801_000);
    }

    #[test]
    fn a_wall_clock_that_is_set_back_neither_turns_nor_stops_the_time() {
        let manual = Clock::manual(START);
        let time = on(&manual);
        manual.set(START - 3_600_000);
        assert_eq!(time.now(), START);
        manual.advance(Duration::from_secs(2));
        assert_eq!(time.now(), START + 2_000);
        // A client that is made afterwards knows no better.
        assert_eq!(on(&manual).now(), START - 3_598_000);
    }

    #[test]
    fn the_machine_s_own_clocks_agree_and_go_on() {
        let time = Time::new(Clock::system());
        let first = time.now();
        let wall = millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap());
        assert!(first <= wall && time.now() >= first);
    }

    #[tokio::test]
    async fn a_sleep_takes_no_time_or_waits_for_the_test() {
        let manual = Clock::manual(START);
        let time = Arc::new(on(&manual));
        time.until(START + 86_400_000).await;
        assert_eq!((manual.now(), time.now()), (START + 86_400_000, START + 86_400_000));
        time.until(START).await;
        time.until(u64::MAX).await;

        let manual = Clock::manual(START);
        manual.stand_still();
        let time = Arc::new(on(&manual));
        let asleep = tokio::spawn({
            let time = Arc::clone(&time);
            async move { time.until(START + 500).await }
        });
        while manual.sleepers() == 0 {
            tokio::task::yield_now().await;
        }
        manual.advance(Duration::from_millis(499));
        assert_eq!(manual.sleepers(), 1);
        manual.set(START + 500);
        asleep.await.unwrap();
        assert_eq!((manual.sleepers(), time.now()), (0, START + 500));
    }
}
