//! The targets, and what several of them ask of every error, reply and record that they meet.

mod answers;
mod callbacks;
mod contract;
mod machine;
mod payload;
mod readers;
mod requests;

use crate::{Target, note};
use gentask_core::internal::to_canonical;
use gentask_core::{Error, Reply, TaskRecord};
use serde_json::Value;

pub(crate) const ALL: [Target; 23] = [
    contract::CONTRACT,
    contract::PIECES,
    payload::PAYLOAD,
    payload::CHECK,
    payload::MEDIA,
    readers::JSON,
    readers::RECORD,
    readers::REPLY,
    readers::WIRE,
    answers::SUBMIT,
    answers::STATUS,
    answers::ECHO,
    answers::ACCOUNT,
    answers::RETRY_AFTER,
    callbacks::CALLBACK,
    callbacks::KEYS,
    machine::MACHINE,
    machine::RESUMED,
    machine::KEYS,
    machine::PACER,
    machine::SCHEDULE,
    requests::REQUEST,
    requests::URL,
];

/// The most faults that are told of one thing, and the one that says how many more there are.
const FAULTS: usize = 101;
/// The longest text that a fault shows of what was found.
const SHOWN: usize = 80;

/// A mistake is told in a size that nobody outside chooses.
fn check_error(error: &Error) {
    note(error.code.as_str());
    let rules: Vec<&str> = error.violations.iter().take(3).map(|fault| fault.rule.as_str()).collect();
    note(&rules.join(" "));
    for fault in &error.violations {
        assert!(fault.actual.chars().count() <= SHOWN, "a fault shows {} characters: {:.100}", fault.actual.len(), fault.actual);
    }
    assert!(error.violations.len() <= FAULTS, "{} faults are told", error.violations.len());
    check_reply(&error.reply());
}

/// A reply is read back as it was written.
fn check_reply(reply: &Reply) {
    note(reply.status.as_str());
    note(reply.error_code.map_or("", |code| code.as_str()));
    assert_eq!(reply.ok, reply.error_code.is_none());
    let text = reply.to_json();
    let again = Reply::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("a reply cannot be read back: {error}: {text:.300}"));
    assert_eq!(again.to_json(), text, "a reply changes when it is read and written");
}

/// A reply about a task names it, and says of none that may have cost something that it cost nothing.
fn check_about(record: &TaskRecord, reply: &Reply) {
    check_reply(reply);
    assert_eq!(reply.task_id.as_deref(), record.task_id(), "the task's id is left out");
    if record.version() > 0 && !record.intent_id().is_empty() {
        assert_eq!(reply.data["intentId"], record.intent_id(), "the intent's id is left out");
    }
    let none = reply.data["billing"] == "none";
    assert!(
        !none || (record.task_id().is_none() && !record.maybe_sent()),
        "billing none in {}: {}",
        record.phase().as_str(),
        reply.to_json()
    );
}

/// So is a record.
fn check_record(record: &TaskRecord) {
    note(record.phase().as_str());
    let text = record.to_json();
    let again = TaskRecord::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("a record cannot be read back: {error}: {text:.300}"));
    assert_eq!(again.to_json(), text, "a record changes when it is read and written");
}

/// Canonical text is JSON that reads back as the same value.
fn check_canonical(value: &Value) {
    let text = to_canonical(value);
    let again: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("canonical text is not JSON: {error}: {text:.300}"));
    assert_eq!(to_canonical(&again), text, "canonical text changes when it is read and written");
}

/// JSON texts out of the cases of a vector file, by the names of their members.
fn from_vectors(file: &str, members: &[&str]) -> Vec<Vec<u8>> {
    let path = gentask_tests::contracts::root().join("vectors").join(file);
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let cases: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut seeds = Vec::new();
    for case in cases["cases"].as_array().into_iter().flatten() {
        for value in members.iter().map(|name| &case[*name]).filter(|value| !value.is_null()) {
            seeds.push(value.as_str().map_or_else(|| to_canonical(value), str::to_owned).into_bytes());
        }
    }
    seeds
}

/// No seeds beside the folder's.
fn none() -> Vec<Vec<u8>> {
    Vec::new()
}
