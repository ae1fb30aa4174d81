//! Many tasks of one account share a pacer: the provider's limits hold, and nobody starves.

use gentask_core::{
    BodyEnd, Contract, Delivery, Generation, HttpResponse, Input, Operation, Output, Pacer, Phase, Settings, SubmitOptions, TaskMachine,
};
use gentask_tests::contracts;
use gentask_tests::rig::START;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The example contract with these limits.
fn contract(limits: Value) -> Contract {
    let mut source = contracts::load(contracts::EXAMPLE).source().clone();
    source["limits"] = limits;
    source["idempotency"] = json!({"mode": "none"});
    Contract::load(source.to_string().as_bytes()).expect("the example is a contract")
}

struct Crowd {
    machines: Vec<TaskMachine>,
    pacer: Pacer,
    now: u64,
    /// When each request went out.
    sent: BTreeMap<Operation, Vec<u64>>,
    made: BTreeMap<String, u64>,
    most_at_once: usize,
    lose_submits: bool,
    task_ms: u64,
}

impl Crowd {
    fn new(contract: &Contract, tasks: u8, task_ms: u64) -> Self {
        let generation = Generation { model: "painter".to_owned(), input: json!({"prompt": "x"}) };
        let settings = Arc::new(Settings::default());
        let machine = |entropy| TaskMachine::prepare(contract, &generation, &SubmitOptions::default(), &settings, [entropy; 32], START);
        Self {
            machines: (0..tasks).map(|index| machine(index).expect("valid")).collect(),
            pacer: Pacer::new(),
            now: START,
            sent: BTreeMap::new(),
            made: BTreeMap::new(),
            most_at_once: 0,
            lose_submits: false,
            task_ms,
        }
    }

    fn run(&mut self) {
        for _ in 0..200_000 {
            let open = self.machines.iter().enumerate().filter(|(_, machine)| !machine.record().phase().is_terminal());
            let Some((due, index)) = open.map(|(index, machine)| (machine.poll_timeout(), index)).min() else { return };
            self.now = self.now.max(due);
            self.turn(index);
        }
        let left: Vec<_> = self.machines.iter().map(TaskMachine::record).filter(|record| !record.phase().is_terminal()).collect();
        panic!("{} tasks starve: {:?}", left.len(), left.first());
    }

    fn turn(&mut self, index: usize) {
        let mut input = Some(Input::Timeout);
        while let Some(next) = input.take() {
            for output in self.machines[index].step(next, self.now, &mut self.pacer).expect("legal") {
                if let Output::Transmit { request } = output {
                    self.sent.entry(request.operation).or_default().push(self.now);
                    let intent = self.machines[index].record().intent_id().to_owned();
                    let answer = self.answer(request.operation, &intent);
                    let request = request.id;
                    input = Some(match answer {
                        Some(body) => {
                            let body = body.to_string().into_bytes();
                            Input::Response {
                                request,
                                response: HttpResponse { status: 200, headers: Vec::new(), body, end: BodyEnd::Whole },
                            }
                        }
                        None => Input::Undelivered { request, delivery: Delivery::MaybeSent, reason: "reset".to_owned() },
                    });
                }
            }
        }
    }

    fn answer(&mut self, operation: Operation, intent: &str) -> Option<Value> {
        let running = |made: &u64| self.now < made + self.task_ms;
        match operation {
            Operation::Submit => {
                self.made.insert(intent.to_owned(), self.now);
                let (now, task_ms) = (self.now, self.task_ms);
                self.most_at_once = self.most_at_once.max(self.made.values().filter(|made| now < **made + task_ms).count());
                (!self.lose_submits).then(|| json!({"id": intent}))
            }
            Operation::List => {
                let tasks: Vec<Value> = self.made.keys().map(|intent| json!({"id": intent, "reference": intent})).collect();
                Some(json!({"tasks": tasks}))
            }
            _ if self.made.get(intent).is_some_and(running) => Some(json!({"state": "working"})),
            _ => Some(json!({"state": "done", "files": []})),
        }
    }

    /// The most requests of these kinds in any minute.
    fn most_in_a_minute(&self, operations: &[Operation]) -> usize {
        let mut times: Vec<u64> = operations.iter().filter_map(|operation| self.sent.get(operation)).flatten().copied().collect();
        times.sort_unstable();
        let within = |start: u64| times.iter().filter(|time| (start..start + 60_000).contains(*time)).count();
        times.iter().map(|start| within(*start)).max().unwrap_or(0)
    }
}

#[test]
fn polls_stretch_to_half_of_the_allowance_and_submits_keep_to_theirs() {
    let mut crowd = Crowd::new(&contract(json!({"readPerMin": 60, "submitPerMin": 30, "readScope": "account"})), 60, 300_000);
    crowd.run();
    assert!(crowd.machines.iter().all(|machine| machine.record().phase() == Phase::Succeeded));
    let (submits, polls) = (crowd.most_in_a_minute(&[Operation::Submit]), crowd.most_in_a_minute(&[Operation::Status]));
    assert!((25..=30).contains(&submits) && (25..=30).contains(&polls), "{submits} submits and {polls} polls in a minute");
}

#[test]
fn no_more_tasks_run_at_once_than_the_contract_allows() {
    let mut crowd = Crowd::new(&contract(json!({"concurrent": 4})), 20, 30_000);
    crowd.run();
    assert!(crowd.machines.iter().all(|machine| machine.record().phase() == Phase::Succeeded));
    assert_eq!(crowd.most_at_once, 4);
}

#[test]
fn lost_submits_are_all_found_in_the_list_although_the_lane_is_narrow() {
    let mut crowd = Crowd::new(&contract(json!({"readPerMin": 12, "readScope": "ip"})), 30, 1_000);
    crowd.lose_submits = true;
    crowd.run();
    assert!(crowd.machines.iter().all(|machine| machine.record().phase() == Phase::Succeeded));
    assert_eq!(crowd.sent.get(&Operation::List).map(Vec::len), Some(30), "a slot is used by the one it was given to");
    let reads = crowd.most_in_a_minute(&[Operation::List, Operation::Status]);
    assert!(reads <= 12, "{reads} reads in a minute");
}

#[test]
fn a_pause_of_the_account_does_not_end_in_a_burst() {
    let contract = contract(json!({"readPerMin": 60, "readScope": "account"}));
    let mut crowd = Crowd::new(&contract, 40, 600_000);
    while crowd.sent.get(&Operation::Status).map_or(0, Vec::len) < 60 {
        let (due, index) = crowd.machines.iter().map(TaskMachine::poll_timeout).zip(0..).min().expect("tasks");
        crowd.now = crowd.now.max(due);
        crowd.turn(index);
    }
    let until = crowd.now + 60_000;
    crowd.pacer.hold(contract.base(), "default", contract.limits(), until);
    crowd.run();
    let after = crowd.sent[&Operation::Status].iter().filter(|time| (until..until + 10_000).contains(*time)).count();
    let during = crowd.sent[&Operation::Status].iter().filter(|time| (until - 59_999..until).contains(*time)).count();
    assert!(during == 0 && (1..=7).contains(&after), "{during} polls within the pause, {after} in the ten seconds after it");
}
