//! The world's loop: whatever is next happens, one thing at a time, and calls go on beside one another.

use super::Chance;
use super::arrivals::Calls;
use super::callbacks::Hooks;
use super::contract::Kind;
use super::deeds::{self, Deed, Job, Planned, Wish};
use super::judge::Judge;
use super::lives::{Story, Tally};
use super::process::{Ghost, Process, Running, Stage};
use super::provider::Provider;
use super::store::Store;
use super::trouble::Trouble;
use crate::rig::START;
use gentask_core::Operation;

/// The rounds in which everybody resumes once there is peace, and how far they are apart, in milliseconds.
const ROUNDS: u64 = 4;
const ROUND_MS: u64 = 700_000;
/// More than any world needs.
const MOST_EVENTS: u64 = 60_000;

/// Everything there is.
pub(super) struct World {
    pub(super) chance: Chance,
    pub(super) now: u64,
    pub(super) kind: Kind,
    pub(super) provider: Provider,
    pub(super) store: Store,
    pub(super) processes: Vec<Process>,
    pub(super) calls: Vec<Running>,
    pub(super) ghosts: Vec<Ghost>,
    pub(super) plan: Vec<Planned>,
    pub(super) jobs: Vec<Job>,
    pub(super) trouble: Trouble,
    pub(super) judge: Judge,
    pub(super) story: Story,
    pub(super) counts: Tally,
    pub(super) next_call: u32,
    pub(super) submits: u64,
    pub(super) listens: bool,
    pub(super) pid: u64,
    /// How many callbacks were sent: their numbers.
    pub(super) callbacks: u64,
    rounds: u64,
    /// When all processes are replaced by ones with the contract's next revision.
    pub(super) upgrades: Option<u64>,
}

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Event {
    Start(usize),
    Plan(usize),
    Call(u32),
    /// A call's own time is over.
    Overdue(u32),
    Ghost(usize),
    Round,
    Upgrade,
}

impl World {
    pub(super) fn new(seed: u64, story: Story) -> Self {
        let mut chance = Chance::new(seed);
        let (calls, hooks) = Hooks::draw(seed);
        let kind = Kind::draw(calls, &mut chance);
        let trouble = Trouble::draw(START, &mut chance);
        let count = 1 + chance.index(3);
        let mut processes: Vec<Process> = (0..count).map(|_| Process::down(START + chance.below(2))).collect();
        processes[0].starts = START;
        let (mut jobs, mut plan) = deeds::draw(trouble.theme, START, trouble.until, count, &mut chance);
        hooks.plan(&mut jobs, &mut plan, START, trouble.until, count);
        let provider = Provider::new(kind, hooks, &mut chance);
        let upgrades = chance.happens(10).then(|| START + 5_000 + chance.below(60_000));
        let mut world = Self {
            now: START,
            kind,
            provider,
            store: Store::default(),
            processes,
            calls: Vec::new(),
            ghosts: Vec::new(),
            plan,
            jobs,
            trouble,
            judge: Judge::default(),
            story,
            counts: Tally::default(),
            next_call: 0,
            submits: 0,
            listens: chance.happens(50),
            pid: 100,
            callbacks: 0,
            rounds: 0,
            upgrades,
            chance,
        };
        let first = format!("{kind:?} {:?} honest: {}", world.trouble.theme, world.trouble.honest);
        world.story.note(START, || first);
        world
    }

    /// Lets it go on to its end, or to the first fault.
    pub(super) fn live(&mut self) {
        for turn in 0.. {
            if self.judge.fault.is_some() {
                return;
            }
            if turn > MOST_EVENTS {
                let calls: Vec<String> = self.calls.iter().map(|running| format!("{:?}", running.call)).collect();
                return self.judge.fault("ends", format!("the world does not end: {calls:?}"));
            }
            let Some((at, event)) = self.next_event() else { break };
            self.now = self.now.max(at);
            match event {
                Event::Start(process) => self.start(process),
                Event::Plan(index) => {
                    let planned = self.plan.swap_remove(index);
                    self.fulfil(planned);
                }
                Event::Call(id) => self.go_on(id),
                Event::Overdue(id) => self.overdue(id),
                Event::Ghost(index) => {
                    let ghost = self.ghosts.swap_remove(index);
                    self.haunt(ghost);
                }
                Event::Round => self.round(),
                Event::Upgrade => self.upgrade(),
            }
            self.counts.events += 1;
        }
        self.ending();
    }

    /// What is next; of several at the same moment, any.
    fn next_event(&mut self) -> Option<(u64, Event)> {
        let mut best: Option<(u64, Event)> = None;
        let mut ties = 0;
        let (now, chance) = (self.now, &mut self.chance);
        let mut offer = |at: u64, event: Event| {
            let at = at.max(now);
            match &best {
                Some((soonest, _)) if *soonest < at => {}
                Some((soonest, _)) if *soonest == at => {
                    ties += 1;
                    if chance.below(ties + 1) == 0 {
                        best = Some((at, event));
                    }
                }
                _ => (best, ties) = (Some((at, event)), 0),
            }
        };
        for (index, process) in self.processes.iter().enumerate().filter(|(_, process)| process.client.is_none()) {
            offer(process.starts, Event::Start(index));
        }
        for (index, planned) in self.plan.iter().enumerate() {
            offer(planned.at, Event::Plan(index));
        }
        for (index, ghost) in self.ghosts.iter().enumerate() {
            offer(ghost.at(), Event::Ghost(index));
        }
        for running in &self.calls {
            let process = &self.processes[running.process];
            let at = match running.asked.as_ref().map(|asked| &asked.stage) {
                None => running.began,
                Some(Stage::Queued { until }) => {
                    if process.taken < process.places {
                        now
                    } else {
                        process.when(*until)
                    }
                }
                Some(Stage::Performs { at, .. } | Stage::Travels { at, .. } | Stage::Answers { at, .. }) => *at,
                Some(Stage::Sleeps { until }) => process.when(*until),
            };
            if at < u64::MAX {
                offer(at, Event::Call(running.id));
            }
            if let Some(end) = running.call.ends_at().filter(|_| !running.is_left) {
                offer(process.when(end).saturating_add(1), Event::Overdue(running.id));
            }
        }
        if let Some(at) = self.upgrades {
            offer(at, Event::Upgrade);
        }
        if self.rounds < ROUNDS && (best.is_none_or(|(at, _)| at >= self.round_at()) || self.now >= self.round_at()) {
            return Some((self.round_at(), Event::Round));
        }
        best
    }

    fn round_at(&self) -> u64 {
        self.trouble.until + 1_000 + self.rounds * ROUND_MS
    }

    /// Once there is peace: everybody takes up what is unfinished.
    fn round(&mut self) {
        let is_over = self.rounds > 0 && self.calls.is_empty() && self.store.records().all(|record| !self.is_open(record));
        self.rounds = if is_over { ROUNDS } else { self.rounds + 1 };
        if is_over {
            return;
        }
        self.story.note(self.now, || "peace: everybody resumes".to_owned());
        for process in 0..self.processes.len() {
            if self.processes[process].client.is_none() {
                self.start(process);
            }
            self.plan.push(Planned { at: self.now + 10, process, wish: Wish::Resume });
        }
        if self.kind.calls != Calls::Never {
            self.plan.push(Planned { at: self.now + 20, process: 0, wish: Wish::Do(Deed::Notices) });
        }
    }

    /// What nobody waits for any more happens all the same.
    pub(super) fn haunt(&mut self, ghost: Ghost) {
        match ghost {
            Ghost::Request { request, .. } => {
                self.story.note(self.now, || format!("{} arrives late", request.id));
                self.provider.answer(&request, self.now, &mut self.chance);
                self.collect();
            }
            Ghost::Effect { process, effect, .. } => {
                self.story.note(self.now, || format!("{} is done although its call is gone", effect.as_str()));
                let answer = self.perform(None, process, &effect);
                drop(answer);
            }
        }
    }

    /// Which lanes of the pacer a request may have had a slot of: submits, polls, all others.
    pub(super) const fn lanes(operation: Operation) -> &'static [usize] {
        match operation {
            Operation::Submit => &[0],
            Operation::Status => &[1, 2],
            _ => &[2],
        }
    }
}
