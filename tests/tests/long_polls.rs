//! Requests that the provider keeps open until there is news: their places, their leases, and when the next poll is due.

use gentask_core::{
    BodyEnd, Contract, Generation, HttpRequest, HttpResponse, Input, Output, Pacer, Phase, Settings, SubmitOptions, TaskMachine,
};
use gentask_tests::contracts;
use gentask_tests::rig::START;
use serde_json::{Value, json};
use std::sync::Arc;

const DONE: &str = "https://files.patient.example/1.png";

fn changed(change: impl FnOnce(&mut Value)) -> Result<Contract, gentask_core::Error> {
    let mut source = contracts::load(contracts::PATIENT).source().clone();
    change(&mut source);
    Contract::load(source.to_string().as_bytes())
}

fn patient(change: impl FnOnce(&mut Value)) -> Contract {
    changed(change).expect("a contract")
}

fn with_options(options: &Value) -> SubmitOptions {
    SubmitOptions { options: options.as_object().cloned().unwrap_or_default(), ..SubmitOptions::default() }
}

fn settings() -> Arc<Settings> {
    Arc::new(Settings { holder: "worker-1".to_owned(), ..Settings::default() })
}

fn prepared(contract: &Contract, options: &SubmitOptions, seed: u8, now: u64) -> TaskMachine {
    let order = Generation { model: "painter".to_owned(), input: json!({"prompt": "x"}) };
    TaskMachine::prepare(contract, &order, options, &settings(), [seed; 32], now).expect("a valid order")
}

fn request(outputs: Vec<Output>) -> Option<HttpRequest> {
    outputs.into_iter().find_map(|output| if let Output::Transmit { request } = output { Some(request) } else { None })
}

fn answer(machine: &mut TaskMachine, pacer: &mut Pacer, id: &str, body: &Value, now: u64) {
    let response = HttpResponse { status: 200, headers: Vec::new(), body: body.to_string().into_bytes(), end: BodyEnd::Whole };
    machine.step(Input::Response { request: id.to_owned(), response }, now, pacer).expect("legal");
}

/// A task that was accepted now.
fn accepted(contract: &Contract, options: &SubmitOptions, pacer: &mut Pacer, seed: u8, now: u64) -> TaskMachine {
    let mut machine = prepared(contract, options, seed, now);
    let submit = request(machine.step(Input::Timeout, now, pacer).expect("legal")).expect("a submit");
    answer(&mut machine, pacer, &submit.id, &json!({"id": format!("task-{seed}"), "state": "queued"}), now);
    machine
}

/// The next poll, and when it goes out.
fn poll(machine: &mut TaskMachine, pacer: &mut Pacer) -> (HttpRequest, u64) {
    let at = machine.poll_timeout();
    (request(machine.step(Input::Timeout, at, pacer).expect("legal")).expect("a poll"), at)
}

/// How many polls there are in two minutes, each answered with this after 50 ms.
fn polls_in_two_minutes(machine: &mut TaskMachine, pacer: &mut Pacer, body: &Value) -> u32 {
    let mut polls = 0;
    let begun = machine.poll_timeout();
    loop {
        let (request, at) = poll(machine, pacer);
        if at > begun + 120_000 {
            return polls;
        }
        polls += 1;
        answer(machine, pacer, &request.id, body, at + 50);
    }
}

#[test]
fn a_callback_that_ends_a_task_gives_the_place_of_its_poll_back() {
    let contract = patient(|source| source["status"]["keepOpen"]["ms"] = json!(240_000));
    let (mut pacer, none) = (Pacer::new(), SubmitOptions::default());
    for seed in 0..32 {
        let mut machine = accepted(&contract, &none, &mut pacer, seed, START);
        let (request, at) = poll(&mut machine, &mut pacer);
        assert!(request.is_long_poll());
        let task_id = format!("task-{seed}");
        let body = json!({"id": task_id, "state": "done", "urls": []}).to_string().into_bytes();
        machine.step(Input::Callback { task_id: Some(task_id), body: Some(body) }, at + 10, &mut pacer).expect("legal");
        assert_eq!(machine.record().phase(), Phase::Succeeded);
    }
    let mut machine = accepted(&contract, &none, &mut pacer, 99, START + 60_000);
    assert!(poll(&mut machine, &mut pacer).0.is_long_poll());
}

#[test]
fn thirty_two_polls_are_kept_open_and_a_machine_that_lets_go_gives_its_place_back() {
    let (contract, mut pacer, none) = (patient(|_| ()), Pacer::new(), SubmitOptions::default());
    let mut machines: Vec<_> = (0..33).map(|seed| accepted(&contract, &none, &mut pacer, seed, START)).collect();
    let open: Vec<bool> = machines.iter_mut().map(|machine| poll(machine, &mut pacer).0.is_long_poll()).collect();
    assert_eq!(open, [vec![true; 32], vec![false]].concat());
    machines[7].release(&mut pacer);
    let mut further = accepted(&contract, &none, &mut pacer, 34, START);
    assert!(poll(&mut further, &mut pacer).0.is_long_poll());
}

#[test]
fn of_one_task_one_poll_is_kept_open() {
    let (contract, mut pacer) = (patient(|_| ()), Pacer::new());
    let record = accepted(&contract, &SubmitOptions::default(), &mut pacer, 1, START).record().clone();
    let open = (0..100).filter(|_| {
        let mut machine = TaskMachine::resume(&contract, record.clone(), None, &settings()).expect("a record");
        request(machine.step(Input::Timeout, START + 5_000, &mut pacer).expect("legal")).is_some_and(|request| request.is_long_poll())
    });
    assert_eq!(open.count(), 1);
}

#[test]
fn a_frozen_submit_that_asks_to_be_kept_open_has_the_time_for_it_whatever_its_contract_says_now() {
    let mut machine = prepared(&patient(|_| ()), &with_options(&json!({"wait": true})), 1, START);
    let (record, blob) = (machine.first_record(), machine.request_blob().expect("a request").bytes.expect("bytes"));
    let newer = patient(|source| {
        source["revision"] = json!(2);
        source["submit"].as_object_mut().expect("a call").remove("keepOpen");
    });
    machine = TaskMachine::resume(&newer, record, Some(&blob), &settings()).expect("a record");
    let submit = request(machine.step(Input::Timeout, START + 1, &mut Pacer::new()).expect("legal")).expect("a submit");
    assert!(submit.headers.contains(&("prefer".to_owned(), "wait=60".to_owned())));
    assert_eq!((submit.open_ms, machine.poll_timeout()), (60_000, START + 1 + 95_000));
    // One that would leave so late that its answer could not come in time does not leave.
    assert!(machine.may_begin(START + 30_000) && !machine.may_begin(START + 40_000));
}

#[test]
fn a_submit_that_was_kept_open_says_nothing_of_how_long_its_task_took() {
    let (contract, mut pacer, asks) = (patient(|_| ()), Pacer::new(), with_options(&json!({"wait": true})));
    let mut now = START;
    for seed in 0..40 {
        let mut machine = prepared(&contract, &asks, seed, now);
        let submit = request(machine.step(Input::Timeout, now, &mut pacer).expect("legal")).expect("a submit");
        now += 31_000;
        answer(&mut machine, &mut pacer, &submit.id, &json!({"id": format!("task-{seed}"), "state": "done"}), now);
        let (request, at) = poll(&mut machine, &mut pacer);
        // It is over: it is asked for at once.
        assert_eq!(at, now);
        now += 200;
        answer(&mut machine, &mut pacer, &request.id, &json!({"state": "done", "urls": [DONE]}), now);
        machine.learn(&mut pacer, now);
    }
    let plain = accepted(&contract, &SubmitOptions::default(), &mut pacer, 99, now);
    assert_eq!(plain.reply().data["expectedAt"], Value::Null);
}

#[test]
fn a_task_that_ended_unseen_teaches_nothing() {
    let (contract, mut pacer, none) = (patient(|_| ()), Pacer::new(), SubmitOptions::default());
    let mut now = START;
    for seed in 0..20 {
        let record = accepted(&contract, &none, &mut pacer, seed, now).record().clone();
        // The program stops, and looks again an hour later.
        now += 3_600_000;
        let mut machine = TaskMachine::resume(&contract, record, None, &settings()).expect("a record");
        machine.step(Input::Deadline { at: u64::MAX }, now, &mut pacer).expect("legal");
        let asked = request(machine.step(Input::Timeout, now, &mut pacer).expect("legal")).expect("a poll");
        now += 1_200;
        answer(&mut machine, &mut pacer, &asked.id, &json!({"state": "done", "urls": [DONE]}), now);
        machine.learn(&mut pacer, now);
    }
    let next = accepted(&contract, &none, &mut pacer, 99, now);
    assert_eq!(next.reply().data["expectedAt"], Value::Null);
}

#[test]
fn what_an_answer_leaves_out_is_no_news() {
    let (contract, mut pacer) = (patient(|_| ()), Pacer::new());
    let mut machine = accepted(&contract, &SubmitOptions::default(), &mut pacer, 1, START);
    let (request, at) = poll(&mut machine, &mut pacer);
    answer(&mut machine, &mut pacer, &request.id, &json!({"state": "working", "percent": 10}), at + 50);
    let polls = polls_in_two_minutes(&mut machine, &mut pacer, &json!({"state": "working"}));
    assert!(polls < 20, "{polls} polls in two minutes");
}

#[test]
fn a_clock_that_goes_back_meanwhile_does_not_stop_the_polls() {
    let (contract, mut pacer) = (patient(|_| ()), Pacer::new());
    let mut machine = accepted(&contract, &SubmitOptions::default(), &mut pacer, 1, START);
    let (request, at) = poll(&mut machine, &mut pacer);
    let back = at - 3_600_000;
    answer(&mut machine, &mut pacer, &request.id, &json!({"state": "working", "percent": 10}), back);
    assert!(machine.poll_timeout() < back + 60_000);
}

#[test]
fn a_cancel_does_not_wait_for_the_poll_that_its_machine_has_open() {
    let (contract, mut pacer) = (patient(|_| ()), Pacer::new());
    let mut machine = accepted(&contract, &SubmitOptions::default(), &mut pacer, 1, START);
    let (_, at) = poll(&mut machine, &mut pacer);
    machine.step(Input::Cancel, at + 100, &mut pacer).expect("legal");
    let cancel = request(machine.step(Input::Timeout, at + 100, &mut pacer).expect("legal")).expect("a cancel");
    assert!(cancel.url.ends_with("/cancel"));
}

#[test]
fn an_option_that_a_long_poll_cannot_say_makes_it_a_plain_one() {
    let contract = patient(|source| {
        source["options"]["label"] = json!({"type": "string"});
        source["status"]["keepOpen"]["headers"] = json!({"x-label": "$option.label"});
    });
    let mut pacer = Pacer::new();
    let mut machine = accepted(&contract, &with_options(&json!({"label": "é"})), &mut pacer, 1, START);
    assert!(!poll(&mut machine, &mut pacer).0.is_long_poll());
}

#[test]
fn a_contract_that_cannot_keep_open_what_it_says_is_refused() {
    let get = |keep: Value| changed(|source| source["status"]["keepOpen"] = keep);
    let submit = |keep: Value| changed(|source| source["submit"]["keepOpen"] = keep);
    let refused = [
        (get(json!({"ms": 20_000})), "/status/keepOpen"),
        (get(json!({"query": {"wait": 20}})), "/status/keepOpen/ms"),
        (get(json!({"query": {"wait": 20}, "ms": 4_999})), "/status/keepOpen/ms"),
        (get(json!({"query": {"wait": 20}, "ms": 240_001})), "/status/keepOpen/ms"),
        (get(json!({"body": {"wait": 20}, "ms": 20_000})), "/status/keepOpen/body"),
        (get(json!({"headers": {"a b": "c"}, "ms": 20_000})), "/status/keepOpen/headers/a b"),
        (get(json!({"query": {"wait": "$nothing"}, "ms": 20_000})), "/status/keepOpen/query/wait"),
        (get(json!({"query": {"wait": 20}, "ms": 20_000, "ifOption": "nothing"})), "/status/keepOpen/ifOption"),
        (submit(json!({"headers": {"prefer": "wait"}, "ms": 20_000})), "/submit/keepOpen/ifOption"),
        (submit(json!({"body": [1], "ms": 20_000, "ifOption": "wait"})), "/submit/keepOpen/body"),
        (
            changed(|source| {
                source["submit"]["reply"]["keep"] = json!({"statusUrl": "/status_url"});
                source["status"]["urlFrom"] = json!({"var": "statusUrl"});
            }),
            "/status/keepOpen/query",
        ),
    ];
    for (loaded, at) in refused {
        let faults = loaded.expect_err(at).violations;
        assert!(faults.iter().any(|fault| fault.path == at), "{at}: {faults:?}");
    }
}
