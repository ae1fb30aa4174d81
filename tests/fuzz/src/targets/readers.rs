//! What is read from bytes or JSON: payloads, records, replies, and a driver's words.

use super::{check_canonical, check_error, check_record, check_reply};
use crate::{Target, hostile, note};
use gentask_core::client::holder_process;
use gentask_core::contract::parse_payload;
use gentask_core::internal::{read_status, to_canonical};
use gentask_core::{BodyEnd, Contract, HttpResponse, Input, Output, Pacer, Phase, Reply, Settings, SubmitOptions, TaskMachine, TaskRecord};
use gentask_tests::contracts;
use gentask_tests::rig::START;
use serde_json::Value;
use std::sync::Arc;

pub(super) const JSON: Target = Target {
    name: "json",
    about: "bytes as JSON, read strictly and leniently: what is accepted is what any JSON reader reads, and its canonical text reads back",
    run: json,
    seeds: json_texts,
    plain: true,
};

fn json_texts() -> Vec<Vec<u8>> {
    let mut seeds = super::from_vectors("validate.json", &["generation"]);
    seeds.extend(super::from_vectors("replies.json", &["expect"]).into_iter().take(4));
    seeds.extend(hostile::texts());
    seeds
}

fn json(data: &[u8]) {
    let any: Option<Value> = serde_json::from_slice(data).ok();
    match parse_payload(data) {
        Ok(value) => {
            note("strict");
            assert_eq!(any.as_ref(), Some(&value), "the strict reader reads something else");
            check_canonical(&value);
            let text = to_canonical(&value);
            assert_eq!(parse_payload(text.as_bytes()).map(|value| to_canonical(&value)).ok().as_ref(), Some(&text));
        }
        Err(error) => check_error(&error),
    }
    // The lenient reader is behind every answer. A body that nests no deeper than is read keeps its id.
    let contract = contracts::load(contracts::EXAMPLE);
    let response = HttpResponse { status: 200, headers: Vec::new(), body: data.to_vec(), end: BodyEnd::Whole };
    note(if read_status(&contract, &response) { "told" } else { "untold" });
    match contract.read_list(&response, START) {
        Ok(listed) => note(if listed.is_empty() { "none" } else { "listed" }),
        Err(fault) => note(fault.code.as_str()),
    }
}

pub(super) const RECORD: Target = Target {
    name: "record",
    about: "bytes as a stored record: damaged, or written back as it is read, and never sent where it contradicts itself",
    run: record,
    seeds: records,
    plain: true,
};

fn records() -> Vec<Vec<u8>> {
    super::from_vectors("records.json", &["text", "record", "stored"])
}

fn record(data: &[u8]) {
    let record = match TaskRecord::from_json(data) {
        Ok(record) => record,
        Err(error) => return check_error(&error),
    };
    check_record(&record);
    super::check_about(&record, &record.reply(None));
    record.lease().and_then(|lease| holder_process(&lease.holder)).inspect(|_| note("a process"));
    check_reply(&record.reply(Some(data)));
    note(if record.due_at(START).is_some() { "due" } else { "not due" });
    let Some(contract) = contracts::ALL.iter().map(|name| contracts::load(name)).find(|contract| contract.id() == record.provider()) else {
        return;
    };
    let settings = Arc::new(Settings { account: record.account().to_owned(), base: Some(record.base().to_owned()), ..Settings::default() });
    let generation = contracts::ALL.iter().find(|name| contracts::load(name).id() == contract.id()).map(|name| contracts::generation(name));
    let blob = generation
        .and_then(|generation| TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, [7; 32], START).ok())
        .and_then(|machine| machine.request_blob()?.bytes);
    match TaskMachine::resume(&contract, record.clone(), blob.as_deref(), &settings) {
        Ok(machine) => go_on(machine, &record),
        Err(error) => check_error(&error),
    }
}

/// What a stored record is good for: what was sent, or says so, is not sent again.
fn go_on(mut machine: TaskMachine, stored: &TaskRecord) {
    assert_eq!(machine.record(), stored, "a record changes when it is resumed");
    let mut pacer = Pacer::new();
    for _ in 0..4 {
        let now = machine.poll_timeout().max(START);
        let outputs = machine.step(Input::Timeout, now, &mut pacer).expect("a time-out is legal");
        for output in &outputs {
            match output {
                Output::Save { record, .. } => {
                    check_record(record);
                    assert!(record.version() > stored.version(), "a version that does not grow: {}", stored.version());
                }
                Output::Transmit { request } if request.id.starts_with("submit") => {
                    let fresh = stored.phase() == Phase::Prepared && !stored.maybe_sent() && stored.task_id().is_none();
                    let replays = stored.idempotency_key().is_some() || stored.phase() == Phase::Submitting;
                    assert!(fresh || replays, "{} is sent again: {}", request.id, stored.to_json());
                    assert!(stored.task_id().is_none(), "a task that has an id is submitted: {}", stored.to_json());
                    note("sent");
                }
                Output::Yield { reply } | Output::Finished { reply } => check_reply(reply),
                _ => {}
            }
        }
    }
}

pub(super) const REPLY: Target = Target {
    name: "reply",
    about: "bytes as a reply: refused with faults, or written back as it is read",
    run: reply,
    seeds: replies,
    plain: true,
};

fn replies() -> Vec<Vec<u8>> {
    let mut seeds = super::from_vectors("replies.json", &["expect"]);
    seeds.truncate(16);
    seeds.extend(hostile::texts());
    seeds
}

fn reply(data: &[u8]) {
    match Reply::from_json(data) {
        Ok(reply) => {
            note(if reply.files().is_empty() { "no files" } else { "files" });
            let text = reply.to_json();
            let again = Reply::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("a reply cannot be read back: {error}"));
            assert_eq!(again.to_json(), text, "a reply changes when it is read and written");
        }
        Err(error) => check_error(&error),
    }
}

pub(super) const WIRE: Target = Target {
    name: "wire",
    about: "JSON as a driver's input, an answer and settings: refused with faults, or what any machine takes without harm",
    run: wire,
    seeds: wire_texts,
    plain: false,
};

fn wire_texts() -> Vec<Vec<u8>> {
    let mut seeds = super::from_vectors("decode.json", &["response"]);
    seeds.truncate(8);
    for text in [
        r#"{"kind":"timeout"}"#,
        r#"{"kind":"deadline","at":18446744073709551615}"#,
        r#"{"kind":"cancel"}"#,
        r#"{"kind":"adopt","taskId":"task-0"}"#,
        r#"{"kind":"undelivered","request":"submit:1","delivery":"notSent","reason":"refused"}"#,
        r#"{"kind":"response","request":"submit:1","response":{"status":200,"headers":{},"body":{"text":"{\"id\":\"t\"}"}}}"#,
        r#"{"base":"http://127.0.0.1:1","account":"a","holder":"h","requestTimeoutMs":18446744073709551615,"foreground":false,"poll":{"initialMs":0,"factorPct":18446744073709551615,"capMs":0}}"#,
    ] {
        seeds.push(text.as_bytes().to_vec());
    }
    seeds
}

fn wire(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    match HttpResponse::from_value(&value) {
        Ok(response) => {
            note("answer");
            let again = HttpResponse::from_value(&response.to_value()).expect("an answer reads back");
            assert_eq!(again.body, response.body);
        }
        Err(error) => check_error(&error),
    }
    match Input::from_value(&value) {
        Ok(input) => step(Settings::default(), Some(input)),
        Err(error) => check_error(&error),
    }
    match Settings::from_value(&value) {
        Ok(settings) => step(settings, None),
        Err(error) => check_error(&error),
    }
}

/// A task under these settings, with this input when its submit is on its way.
fn step(settings: Settings, input: Option<Input>) {
    let contract: Contract = contracts::load(contracts::EXAMPLE);
    let (settings, mut pacer) = (Arc::new(settings), Pacer::new());
    let generation = contracts::generation(contracts::EXAMPLE);
    let mut machine = match TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, [7; 32], START) {
        Ok(machine) => machine,
        Err(error) => return check_error(&error),
    };
    let mut now = START;
    for input in [Some(Input::Timeout), input, Some(Input::Timeout), Some(Input::Timeout)].into_iter().flatten() {
        note(machine.record().phase().as_str());
        match machine.step(input, now, &mut pacer) {
            Ok(_) => check_record(machine.record()),
            Err(error) => check_error(&error),
        }
        now = now.max(machine.poll_timeout());
    }
    check_reply(&machine.reply());
}
