//! A machine under arbitrary moves, watched: whatever comes in, some things never happen.

mod answers;

pub use answers::ok;

use crate::contracts;
use answers::accepting;
use gentask_core::{Contract, Delivery, Input, Operation, Output, Pacer, Phase, Settings, SubmitOptions, TaskMachine, TaskRecord};
use std::sync::Arc;

/// When every run begins.
pub const START: u64 = 1_790_000_000_000;

/// One arbitrary move: what happens, and two numbers that choose its details.
#[derive(Clone, Debug)]
pub struct Move {
    /// Which kind of thing happens.
    pub kind: u8,
    /// Chooses a detail.
    pub a: u64,
    /// Chooses another.
    pub b: u64,
    /// A body, where one is needed that nobody expects.
    pub bytes: Vec<u8>,
}

/// What the answers to submits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// They say in the rig's own words whether a task was made.
    Plain,
    /// They may say anything: the core's reading of them counts.
    Any,
}

/// How many kinds of moves there are.
pub const KINDS: u8 = 20;

/// A machine, its clock, and what the network still owes it.
#[derive(Clone)]
pub struct Rig {
    /// The machine.
    pub machine: TaskMachine,
    /// The pacer.
    pub pacer: Pacer,
    /// The time.
    pub now: u64,
    /// The contract.
    pub contract: Contract,
    settings: Arc<Settings>,
    /// What is stored: the last saved record and the `request` blob.
    pub stored: Option<TaskRecord>,
    blob: Option<Vec<u8>>,
    in_flight: Option<(String, Operation)>,
    history: Vec<String>,
    adopting: bool,
    /// Whether the latest submit may have been accepted.
    maybe_delivered: bool,
    /// Until when the provider asked, in an answer to this task, for nothing more of it.
    asked_to_wait: u64,
    /// Whether time never goes back.
    pub monotonic: bool,
    /// What the answers to submits are.
    pub answers: Answers,
}

impl std::fmt::Debug for Rig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rig({} at {})", self.contract.id(), self.now)
    }
}

impl Rig {
    /// A prepared task of a contract.
    ///
    /// # Panics
    /// Where the contract refuses the generation that tests use.
    pub fn new(name: &str, seed: u8, foreground: bool) -> Self {
        let contract = contracts::load(name);
        let settings = Arc::new(Settings { foreground, holder: "rig".to_owned(), ..Settings::default() });
        let machine =
            TaskMachine::prepare(&contract, &contracts::generation(name), &SubmitOptions::default(), &settings, [seed; 32], START)
                .expect("the generation is valid");
        Self::around(machine, contract)
    }

    /// A machine of this contract, about which nothing is known yet.
    pub fn around(machine: TaskMachine, contract: Contract) -> Self {
        let settings = Arc::clone(machine.settings());
        Self {
            machine,
            pacer: Pacer::new(),
            now: START,
            contract,
            settings,
            stored: None,
            blob: None,
            in_flight: None,
            history: Vec::new(),
            adopting: false,
            maybe_delivered: false,
            asked_to_wait: 0,
            monotonic: true,
            answers: Answers::Plain,
        }
    }

    /// The request that is on its way.
    pub fn in_flight(&self) -> Option<(&str, Operation)> {
        self.in_flight.as_ref().map(|(id, operation)| (id.as_str(), *operation))
    }

    /// Whether no request is on its way.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_none()
    }

    /// Makes a move; the outputs, or `None` where it was illegal. Asserts everything that must hold for any move.
    ///
    /// # Panics
    /// Where something happens that must not.
    pub fn play(&mut self, a_move: &Move) -> Option<Vec<Output>> {
        self.pass_time(a_move);
        if a_move.kind == 19 {
            self.crash();
            return None;
        }
        if a_move.kind == 18 && a_move.a.is_multiple_of(2) {
            // Another task of the account was asked to pause.
            let until = self.now.saturating_add(a_move.b % 400_000);
            self.pacer.hold(self.contract.base(), "default", self.contract.limits(), until);
        }
        let input = self.input(a_move);
        self.feed(&input)
    }

    /// Steps at each time-out, before a provider that never answers (`lost`: and whose requests are given up), until the wait ends.
    ///
    /// # Panics
    /// Where that makes a driver spin, or something happens that must not.
    pub fn wait_out(&mut self, most: usize, lost: bool) {
        let mut idle = 0;
        for _ in 0..most {
            let due = self.machine.poll_timeout();
            let waits = due > self.now;
            self.now = self.now.max(due);
            let outputs = self.feed(&Input::Timeout).expect("a time-out is legal");
            idle = if waits { 0 } else { idle + 1 };
            match outputs.last() {
                Some(Output::Transmit { request }) => {
                    idle = 0;
                    if lost {
                        let (request, reason) = (request.id.clone(), String::new());
                        self.feed(&Input::Undelivered { request, delivery: Delivery::MaybeSent, reason });
                    }
                }
                Some(Output::Yield { .. } | Output::Finished { .. }) => return,
                _ => assert!(idle <= 3, "spins at {} with {outputs:?}", self.now),
            }
        }
    }

    /// Steps an input, and asserts what must hold.
    ///
    /// # Panics
    /// Where something happens that must not.
    pub fn feed(&mut self, input: &Input) -> Option<Vec<Output>> {
        let before = self.machine.clone();
        let gives_up = *input == Input::Timeout && self.now >= before.poll_timeout();
        let answers = match input {
            Input::Response { request, .. } | Input::Undelivered { request, .. } => Some(request.clone()),
            _ => None,
        };
        let Ok(outputs) = self.machine.step(input.clone(), self.now, &mut self.pacer) else {
            assert_eq!(self.machine.record(), before.record(), "an illegal input changed the record");
            assert_eq!(self.machine.poll_timeout(), before.poll_timeout(), "an illegal input changed the time-out");
            assert!(matches!(input, Input::Adopt { .. } | Input::Discard), "{input:?} is no mistake in {:?}", before.record().phase());
            return None;
        };
        if let Some(answered) = &answers
            && self.in_flight.take_if(|(id, _)| id == answered).is_some()
        {
            self.watch_pause(input);
        }
        if gives_up || (self.adopting && self.machine.record().task_id().is_some()) {
            self.in_flight = None;
            self.adopting = false;
        }
        self.watch_submits(input);
        self.watch_ids(&before, input, &outputs);
        self.check(&before, &outputs);
        Some(outputs)
    }

    /// A pause that the provider asks for, in the plainest form that it has.
    fn watch_pause(&mut self, input: &Input) {
        let Input::Response { response, .. } = input else { return };
        let seconds = response.header("retry-after").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(seconds) = seconds.and_then(|text| text.parse::<u64>().ok()).filter(|seconds| *seconds <= 3_600) {
            self.asked_to_wait = self.asked_to_wait.max(self.now.saturating_add(seconds * 1_000));
        }
    }

    /// What an answer to a submit says of its delivery, in the test's own words.
    fn watch_submits(&mut self, input: &Input) {
        let latest = format!("submit:{}", self.machine.record().attempts().submit);
        let harmless = match input {
            Input::Undelivered { request, delivery: Delivery::NotSent, .. } => *request == latest,
            Input::Response { request, response } => {
                let body = String::from_utf8_lossy(&response.body);
                let slow_down =
                    ["\"code\":429", "\"code\":425", "RATE_LIMITED", "rate_limited", "\"full\""].iter().any(|word| body.contains(word));
                *request == latest && (matches!(response.status, 425 | 429) || slow_down)
            }
            _ => false,
        };
        if harmless {
            self.maybe_delivered = false;
        }
    }

    /// A task id in hand is kept, durably; and an attempt that may have been accepted is not forgotten without one.
    fn watch_ids(&self, before: &TaskMachine, input: &Input, outputs: &[Output]) {
        let (was, is) = (before.record(), self.machine.record());
        if let Input::Response { request, response } = input
            && was.task_id().is_none()
            && self.history.contains(request)
            && request.starts_with("submit")
            && (0..2).any(|choice| *response == accepting(choice))
        {
            assert!(is.task_id().is_some(), "the answer to {request} is dropped in {:?}", was.phase());
        }
        if was.task_id().is_none() && is.task_id().is_some() {
            assert!(matches!(outputs.first(), Some(Output::Save { fence: true, .. })), "a task id is not durable at once");
        }
        if was.maybe_sent() && is.task_id().is_none() {
            let open = matches!(is.phase(), Phase::Unresolved | Phase::Submitting | Phase::Discarded);
            assert!(is.maybe_sent() && open, "a submit that may have been accepted is forgotten in {:?}", is.phase());
        }
    }

    fn check(&mut self, before: &TaskMachine, outputs: &[Output]) {
        let order = |output: &Output| match output {
            Output::Save { .. } => 0,
            Output::Event { .. } => 1,
            Output::Transmit { .. } | Output::Yield { .. } | Output::Finished { .. } => 2,
        };
        let ranks: Vec<u8> = outputs.iter().map(order).collect();
        assert!(ranks.is_sorted(), "outputs out of order: {outputs:?}");
        assert!(ranks.get(1) != Some(&0), "two saves: {outputs:?}");
        assert!(ranks.iter().rev().nth(1) != Some(&2), "two ends: {outputs:?}");
        let (was, is) = (before.record().clone(), self.machine.record().clone());
        assert!(!was.phase().is_terminal() || was.phase() == is.phase(), "{:?} was left for {:?}", was.phase(), is.phase());
        for output in outputs {
            match output {
                Output::Save { record, blobs, fence } => {
                    assert_eq!(record.version(), was.version() + 1, "a save skips a version");
                    assert_eq!(**record, is, "a save is not the machine's record");
                    assert!(*fence || !is.phase().is_terminal(), "an end is not durable");
                    let text = record.to_json();
                    let again = TaskRecord::from_json(text.as_bytes()).expect("a saved record can be read");
                    assert_eq!(again.to_json(), text, "a record changes when it is read and written");
                    for blob in blobs.iter().filter(|blob| blob.name == "request") {
                        self.blob.clone_from(&blob.bytes);
                    }
                    self.stored = Some((**record).clone());
                }
                Output::Event { .. } => {}
                Output::Transmit { request } => {
                    let waited = !self.monotonic || self.now >= self.asked_to_wait;
                    assert!(waited, "{} is sent at {}, inside a pause until {}", request.id, self.now, self.asked_to_wait);
                    assert_eq!(self.in_flight, None, "{} is sent while another request is on its way", request.id);
                    self.check_submit(&request.id, request.operation, &outputs[0]);
                    self.adopting = request.operation == Operation::Status && is.phase() == Phase::Unresolved;
                    self.in_flight = Some((request.id.clone(), request.operation));
                    self.history.push(request.id.clone());
                }
                Output::Yield { reply } => {
                    assert!(!is.phase().is_terminal(), "a wait yields although the task has ended");
                    assert_eq!(reply.to_value().as_object().map(serde_json::Map::len), Some(7), "a reply has seven fields");
                }
                Output::Finished { reply } => {
                    assert!(is.phase().is_terminal(), "finished in {:?}", is.phase());
                    assert_eq!(reply.ok, reply.error_code.is_none());
                    assert_eq!(reply.to_value().as_object().map(serde_json::Map::len), Some(7), "a reply has seven fields");
                }
            }
        }
        assert!(
            !is.phase().is_terminal() || was.phase().is_terminal() || matches!(outputs.last(), Some(Output::Finished { .. })),
            "an end untold"
        );
    }

    /// A submit goes out after its fenced save only, and never while an earlier one may have been accepted, but with an honoured key.
    fn check_submit(&mut self, id: &str, operation: Operation, first: &Output) {
        if operation != Operation::Submit {
            return;
        }
        let Output::Save { record, fence: true, .. } = first else { panic!("{id} is sent before it is durable") };
        assert_eq!(record.phase(), Phase::Submitting);
        let doubtful = if self.answers == Answers::Plain { self.maybe_delivered } else { record.maybe_sent() };
        assert!(!doubtful || self.honours_keys(), "{id} is sent although an earlier one may have been accepted");
        self.maybe_delivered = true;
    }

    fn honours_keys(&self) -> bool {
        self.contract.source()["idempotency"]["mode"] == "replay"
    }

    /// The process ends; another one goes on with what is stored.
    fn crash(&mut self) {
        let Some(record) = self.stored.clone() else { return };
        self.machine = TaskMachine::resume(&self.contract, record, self.blob.as_deref(), &self.settings).expect("a stored record resumes");
        (self.in_flight, self.adopting) = (None, false);
    }

    fn pass_time(&mut self, a_move: &Move) {
        self.now = match a_move.kind {
            0..=3 => self.now.max(self.machine.poll_timeout()),
            4 if !self.monotonic => self.now.saturating_sub(a_move.b % 200_000_000),
            5 => self.now.saturating_add(a_move.b % 100_000_000),
            6 if !self.monotonic => a_move.b,
            _ => self.now.saturating_add(a_move.b % 3_000),
        };
    }

    fn input(&self, a_move: &Move) -> Input {
        let pick = |count: usize| usize::try_from(a_move.a % count.max(1) as u64).unwrap_or(0);
        let current = || self.in_flight.as_ref().map_or_else(|| "status:1".to_owned(), |(id, _)| id.clone());
        match a_move.kind {
            0..=6 => Input::Timeout,
            7..=10 => Input::Response { request: current(), response: self.response(a_move) },
            11 => {
                let delivery = if a_move.a.is_multiple_of(2) { Delivery::NotSent } else { Delivery::MaybeSent };
                Input::Undelivered { request: current(), delivery, reason: "reset".to_owned() }
            }
            12 => {
                let request = self.history.get(pick(self.history.len())).cloned().unwrap_or_else(|| "nonsense".to_owned());
                // An answer that comes twice would be the driver's mistake where it says two different things of one submit.
                let response = if request.starts_with("submit") { accepting(a_move.a) } else { self.response(a_move) };
                Input::Response { request, response }
            }
            13 => Input::Callback {
                task_id: (!a_move.a.is_multiple_of(3)).then(|| format!("task-{}", a_move.a % 2)),
                body: a_move.a.is_multiple_of(2).then(|| self.response(a_move).body),
            },
            14 => Input::Cancel,
            15 => Input::Adopt { task_id: format!("task-{}", a_move.a % 3) },
            16 => Input::Discard,
            17 => Input::Deadline { at: self.now.saturating_add(a_move.b % 100_000) },
            _ => Input::Undelivered {
                request: String::from_utf8_lossy(&a_move.bytes).into_owned(),
                delivery: Delivery::NotSent,
                reason: String::new(),
            },
        }
    }
}
