//! Worlds by their seeds: one, its story, and many beside one another.

use super::host::World;
use super::judge::Fault;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How much happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records at the end, by their phase.
    pub phases: BTreeMap<&'static str, u64>,
    /// Things that happened one after the other.
    pub events: u64,
    /// Calls that were begun.
    pub calls: u64,
    /// Effects that they asked for.
    pub effects: u64,
    /// Requests that set out.
    pub requests: u64,
    /// Tasks that providers accepted.
    pub accepted: u64,
    /// Effects that went wrong, requests apart.
    pub mishaps: u64,
    /// Processes that ended at once.
    pub crashes: u64,
    /// Saves that came too late.
    pub conflicts: u64,
    /// Calls that were dropped, and calls that were parked.
    pub left: u64,
    /// See above.
    pub parked: u64,
    /// Callbacks that were sent, by what became of them at last; `unheard`: nobody has taken it.
    pub callbacks: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        for (phase, count) in &other.phases {
            *self.phases.entry(phase).or_default() += count;
        }
        for (outcome, count) in &other.callbacks {
            *self.callbacks.entry(outcome).or_default() += count;
        }
        let numbers = |tally: &mut Self, add: [u64; 10]| {
            let Self { events, calls, effects, requests, accepted, mishaps, crashes, conflicts, left, parked, .. } = tally;
            for (own, more) in [events, calls, effects, requests, accepted, mishaps, crashes, conflicts, left, parked].into_iter().zip(add)
            {
                *own += more;
            }
        };
        let Self { events, calls, effects, requests, accepted, mishaps, crashes, conflicts, left, parked, .. } = *other;
        numbers(self, [events, calls, effects, requests, accepted, mishaps, crashes, conflicts, left, parked]);
    }
}

/// One life of a world.
#[derive(Clone, Debug)]
pub struct Lived {
    /// Its seed.
    pub seed: u64,
    /// How much happened.
    pub tally: Tally,
    /// The first rule that was broken.
    pub fault: Option<Fault>,
}

/// What is told of a world while it goes on, where somebody listens.
#[derive(Debug, Default)]
pub(super) struct Story {
    lines: Option<String>,
}

impl Story {
    pub(super) fn note(&mut self, now: u64, line: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            let _ = writeln!(lines, "{:>9} {}", now.saturating_sub(crate::rig::START), line());
        }
    }
}

/// Lives the world of a seed.
pub fn life(seed: u64) -> Lived {
    lived(seed, Story::default()).0
}

/// The whole story of a seed's world, effect by effect, with its fault at the end where it has one.
pub fn story(seed: u64) -> String {
    let (lived, lines) = lived(seed, Story { lines: Some(String::new()) });
    let end = lived.fault.map_or_else(|| "no fault".to_owned(), |fault| format!("{}: {}", fault.rule, fault.what));
    format!("world {seed}\n{lines}{end}\n")
}

fn lived(seed: u64, story: Story) -> (Lived, String) {
    let mut world = World::new(seed, story);
    let ended = catch_unwind(AssertUnwindSafe(|| world.live()));
    if let Err(panic) = ended {
        let text = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        world.judge.fault("panic", text.unwrap_or_else(|| "a panic without words".to_owned()));
    }
    let lines = world.story.lines.take().unwrap_or_default();
    (Lived { seed, tally: std::mem::take(&mut world.counts), fault: world.judge.fault.take() }, lines)
}

/// Lives many worlds on so many threads: how much happened, how many were lived, and the faulty ones by their seeds. `all`: not only until
/// the first fault.
pub fn many(first: u64, count: u64, threads: usize, all: bool) -> (Tally, u64, Vec<Lived>) {
    let next = AtomicU64::new(first);
    let found: Mutex<(Tally, u64, Vec<Lived>)> = Mutex::default();
    let end = first.saturating_add(count);
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let (mut own, mut lives, mut faulty) = (Tally::default(), 0, Vec::new());
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        break;
                    }
                    let one = life(seed);
                    own.add(&one.tally);
                    lives += 1;
                    if one.fault.is_some() {
                        faulty.push(one);
                        if !all {
                            next.store(end, Ordering::Relaxed);
                        }
                    }
                }
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.0.add(&own);
                found.1 += lives;
                found.2.append(&mut faulty);
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.2.sort_by_key(|lived| lived.seed);
    found
}
