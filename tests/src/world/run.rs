//! One run: processes that drive one task, and what must be true at its end.

use super::network::{self, Heard};
use super::provider;
use super::{Chance, Fate, Provider, Store};
use crate::contracts;
use crate::rig::START;
use gentask_core::{Contract, Generation, Input, Output, Pacer, Phase, Settings, SubmitOptions, TaskMachine, TaskRecord};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long trouble lasts, and how long the world behaves after it, in milliseconds.
const TROUBLE_MS: u64 = 400_000;
const PEACE_MS: u64 = 1_200_000;

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// The stored record, where one was ever made.
    pub record: Option<TaskRecord>,
    /// The provider, with everything it accepted.
    pub provider: Provider,
    /// The intent's id.
    pub intent: String,
    /// Whether the contract relies on a key.
    pub keyed: bool,
    /// Whether a person gave the intent up.
    pub given_up: bool,
    /// Whether a person asked to cancel.
    pub cancel_asked: bool,
    /// How the provider ends tasks.
    pub fate: Fate,
    /// Requests sent, crashes survived, saves that were too late.
    pub counts: [u64; 3],
}

/// A world in motion.
pub struct Run {
    chance: Chance,
    contract: Contract,
    settings: Arc<Settings>,
    provider: Provider,
    store: Store,
    now: u64,
    processes: Vec<Process>,
    fate: Fate,
    keyed: bool,
    given_up: bool,
    cancel_asked: bool,
    counts: [u64; 3],
    trouble: u64,
}

struct Process {
    machine: Option<TaskMachine>,
    pacer: Pacer,
    /// What will be heard, and when.
    mail: Option<(u64, Input)>,
    /// Nothing happens before this.
    wakes: u64,
    /// Its clock runs so far behind.
    behind: u64,
}

/// The example contract, with or without an honoured key, a list with references, and limits.
fn contract(keyed: bool, listed: bool, limited: bool) -> Contract {
    static LOADED: Mutex<BTreeMap<[bool; 3], Contract>> = Mutex::new(BTreeMap::new());
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    loaded.entry([keyed, listed, limited]).or_insert_with(|| variant(keyed, listed, limited)).clone()
}

fn variant(keyed: bool, listed: bool, limited: bool) -> Contract {
    let mut source: Value = contracts::load(contracts::EXAMPLE).source().clone();
    source["idempotency"] = if keyed {
        json!({"mode": "replay", "header": "Idempotency-Key", "lifetimeMs": provider::KEY_MS})
    } else {
        json!({"mode": "none"})
    };
    if !listed {
        source["list"] = Value::Null;
    }
    if !limited {
        source["limits"] = Value::Null;
    }
    Contract::load(source.to_string().as_bytes()).expect("the example is a contract")
}

impl Run {
    /// The world of a seed.
    ///
    /// # Panics
    /// Where the example contract refuses its example.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let (keyed, listed, limited) = (chance.happens(30), chance.happens(30), chance.happens(50));
        let fate =
            [Fate::Success, Fate::Success, Fate::Success, Fate::Failure, Fate::Refusal][usize::try_from(chance.below(5)).unwrap_or(0)];
        let contract = contract(keyed, listed, limited);
        let settings = Arc::new(Settings { foreground: chance.happens(50), holder: "sim".to_owned(), ..Settings::default() });
        let generation = Generation { model: "painter".to_owned(), input: json!({"prompt": "x"}) };
        let entropy: [u8; 32] = std::array::from_fn(|_| u8::try_from(chance.below(256)).unwrap_or(0));
        let machine = TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, entropy, START).expect("valid");
        let first = Process { machine: Some(machine), pacer: Pacer::new(), mail: None, wakes: START, behind: 0 };
        let second = Process { machine: None, pacer: Pacer::new(), mail: None, wakes: START + chance.below(60_000), behind: 0 };
        let processes = if chance.happens(30) { vec![first, second] } else { vec![first] };
        let provider = Provider::new(keyed, fate, 2_000 + chance.below(120_000));
        let trouble = [0, 20, 50, 80][usize::try_from(chance.below(4)).unwrap_or(0)];
        Self {
            chance,
            contract,
            settings,
            provider,
            store: Store::default(),
            now: START,
            processes,
            fate,
            keyed,
            given_up: false,
            cancel_asked: false,
            counts: [0; 3],
            trouble,
        }
    }

    /// Lets it run to its end.
    ///
    /// # Panics
    /// Where it does not end, or a machine takes what its driver does for a mistake.
    pub fn finish(mut self) -> Ended {
        let intent = self.processes[0].machine.as_ref().map(|machine| machine.record().intent_id.clone()).unwrap_or_default();
        for turn in 0.. {
            assert!(turn < 20_000, "the run does not end");
            let (at, which) = self.next_event();
            self.now = self.now.max(at);
            if self.now > START + TROUBLE_MS {
                self.trouble = 0;
            }
            if self.now > START + TROUBLE_MS + PEACE_MS || (self.is_over() && self.processes.iter().all(|process| process.mail.is_none())) {
                break;
            }
            self.act(which);
        }
        Ended {
            record: self.store.load(),
            provider: self.provider,
            intent,
            keyed: self.keyed,
            given_up: self.given_up,
            cancel_asked: self.cancel_asked,
            fate: self.fate,
            counts: self.counts,
        }
    }

    fn is_over(&self) -> bool {
        self.store.load().is_some_and(|record| record.phase.is_terminal())
    }

    fn next_event(&self) -> (u64, usize) {
        let due = |process: &Process| match (&process.machine, &process.mail) {
            (None, _) => process.wakes,
            (Some(machine), mail) => {
                let due = machine.poll_timeout().saturating_add(process.behind);
                process.wakes.max(due.min(mail.as_ref().map_or(u64::MAX, |(at, _)| *at)))
            }
        };
        let times = self.processes.iter().enumerate().map(|(index, process)| (due(process), index));
        times.min().unwrap_or((u64::MAX, 0))
    }

    fn act(&mut self, which: usize) {
        if self.processes[which].machine.is_none() {
            self.start(which);
            return;
        }
        if self.chance.happens(self.trouble / 20) {
            return self.crash(which);
        }
        let mail = self.processes[which].mail.take_if(|(at, _)| *at <= self.now);
        let input = match mail {
            Some((_, input)) => input,
            None => self.person_or_time(which),
        };
        self.step(which, &input);
    }

    /// What comes next where nothing was heard: time, a callback, or a person.
    fn person_or_time(&mut self, which: usize) -> Input {
        let Some(machine) = &self.processes[which].machine else { return Input::Timeout };
        let record = machine.record();
        let made: Vec<String> = self.provider.made_for(&record.intent_id).into_iter().map(str::to_owned).collect();
        match self.chance.below(100) {
            0..2 if self.chance.happens(50) => {
                self.cancel_asked = true;
                Input::Cancel
            }
            2..6 => match made.first().filter(|id| self.provider.end_of(id).is_some_and(|end| end <= self.now)) {
                Some(id) => Input::Callback { task_id: Some(id.clone()) },
                None => Input::Timeout,
            },
            6..10 if record.phase == Phase::Unresolved && self.processes[which].mail.is_none() => match made.first() {
                Some(id) if self.chance.happens(80) => Input::Adopt { task_id: id.clone() },
                Some(_) => Input::Adopt { task_id: "job-77".to_owned() },
                None if self.chance.happens(20) => Input::Discard,
                None => Input::Timeout,
            },
            _ => Input::Timeout,
        }
    }

    /// Steps an input and performs what it brings; a crash may come between any two outputs.
    fn step(&mut self, which: usize, input: &Input) {
        for _ in 0..30 {
            let process = &mut self.processes[which];
            let Some(machine) = process.machine.as_mut() else { return };
            let now = self.now - process.behind;
            let outputs = match machine.step(input.clone(), now, &mut process.pacer) {
                Ok(outputs) => outputs,
                Err(error) => {
                    assert!(matches!(input, Input::Adopt { .. } | Input::Discard), "{input:?}: {error}");
                    return;
                }
            };
            if self.perform(which, outputs) {
                self.given_up |= *input == Input::Discard;
                return;
            }
            // Overtaken: load, resume, step the same input again.
            self.counts[2] += 1;
            self.processes[which].machine = None;
            self.start(which);
        }
        panic!("a process is overtaken for ever");
    }

    /// Performs outputs in order; `false`: another process was faster.
    fn perform(&mut self, which: usize, outputs: Vec<Output>) -> bool {
        for output in outputs {
            if self.chance.happens(self.trouble / 10) {
                self.crash(which);
                return true;
            }
            match output {
                Output::Save { record, blobs, fence } => {
                    if !self.store.save(&record, &blobs, fence || self.processes.len() > 1) {
                        return false;
                    }
                }
                Output::Event { .. } => {}
                Output::Transmit { request } => {
                    self.counts[0] += 1;
                    let Heard { after_ms, input } = network::carry(&request, &mut self.provider, &mut self.chance, self.trouble, self.now);
                    self.processes[which].mail = input.map(|input| (self.now + after_ms, input));
                }
                Output::Yield { .. } => {
                    // Somebody waits again later.
                    self.processes[which].wakes = self.now + 1_000 + self.chance.below(30_000);
                    let limited = self.chance.happens(50);
                    let Process { machine, pacer, behind, .. } = &mut self.processes[which];
                    let now = self.now - *behind;
                    if let Some(machine) = machine.as_mut().filter(|_| limited) {
                        let told = machine.step(Input::Deadline { at: now + self.chance.below(90_000) }, now, pacer);
                        assert_eq!(told.map(|outputs| outputs.len()), Ok(0));
                    }
                }
                Output::Finished { .. } => self.processes[which].wakes = self.now + 60_000,
            }
        }
        true
    }

    /// A process ends at once; what it would have heard is lost. Sometimes the power fails with it.
    fn crash(&mut self, which: usize) {
        self.counts[1] += 1;
        if self.processes.len() == 1 && self.chance.happens(50) {
            self.store.lose_power();
        }
        let behind = if self.chance.happens(10) { self.chance.below(5_000) } else { 0 };
        let wakes = self.now + self.chance.below(50_000);
        self.processes[which] = Process { machine: None, pacer: Pacer::new(), mail: None, wakes, behind };
    }

    fn start(&mut self, which: usize) {
        let Some(record) = self.store.load() else {
            // Nothing was ever stored, so nothing was ever sent.
            self.processes[which].wakes = self.now + TROUBLE_MS;
            return;
        };
        let resumed = TaskMachine::resume(&self.contract, record, self.store.request(), &self.settings);
        self.processes[which].machine = Some(resumed.expect("a stored record resumes"));
    }
}
