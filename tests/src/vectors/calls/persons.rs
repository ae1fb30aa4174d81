//! What persons do: cancel, adopt, discard, ask, prune; and files that are noted.

use super::super::keys::in_phase;
use super::stage::{Fault, Stage};
use super::wait::waiting;
use crate::contracts::EXAMPLE;
use crate::records::with;
use gentask_core::{Phase, TaskRecord};
use serde_json::{Value, json};

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
const OTHER: &str = "11111111-1111-4111-8111-111111111111";

fn of() -> Value {
    json!({"intentId": INTENT})
}

fn unresolved() -> TaskRecord {
    in_phase(Phase::Unresolved)
}

fn other(phase: Phase) -> TaskRecord {
    with(&in_phase(phase), json!({"intentId": OTHER, "callerKey": null}))
}

pub(in super::super) fn cases() -> Vec<Value> {
    let apixo = |name: &str, record: &TaskRecord| Stage::new(name, "apixo").stores(record);
    let adopt = json!({"intentId": INTENT, "taskId": "task-1"});
    let processing = json!({"data": {"taskId": "task-1", "state": "processing"}});
    let ask = |question: &str| json!({"question": question, "taskId": "task-1", "model": "nano-banana"});
    let file = json!({"intentId": INTENT, "index": 0, "file": {"path": "/out/a.png", "sha256": "0".repeat(64), "bytes": 7, "contentType": "image/png"}});
    let entry = json!({"url": "https://cdn.example.com/a.png", "kind": "image", "fetch": "public"});
    let made = json!({"result": {"files": [entry]}, "at": {"updated": crate::rig::START + 5_000}});
    let made = with(&in_phase(Phase::Succeeded), made);
    vec![
        apixo("a cancel of what was not sent", &in_phase(Phase::Prepared)).blob(INTENT, "request", &super::submit::request()).begin(
            "cancel",
            &of(),
            None,
        ),
        apixo("a cancel where the provider has none", &waiting()).begin("cancel", &of(), None),
        apixo("a cancel of an unresolved submit", &unresolved()).begin("cancel", &of(), None),
        apixo("an id is adopted", &unresolved()).answers(200, &processing).begin("adopt", &adopt, None),
        apixo("an id that the provider does not know", &unresolved())
            .answers(404, &json!({"message": "no such task"}))
            .begin("adopt", &adopt, None),
        apixo("an id that another intent has", &unresolved()).stores(&other(Phase::Waiting)).begin("adopt", &adopt, None),
        apixo("an id that another intent is adopting", &unresolved())
            .stores(&other(Phase::Unresolved))
            .meta("adopt apixo default task-1 0", OTHER)
            .begin("adopt", &adopt, None),
        apixo("an id whose claim was given back", &unresolved())
            .meta("adopt apixo default task-1 0", "")
            .answers(200, &processing)
            .begin("adopt", &adopt, None),
        apixo("an adoption of what is not unresolved", &waiting()).begin("adopt", &adopt, None),
        apixo("given up", &unresolved()).begin("discard", &of(), None),
        apixo("given up where it is not unresolved", &waiting()).begin("discard", &of(), None),
        apixo("how a task is, by its id", &waiting()).answers(200, &processing).begin("ask", &ask("status"), None),
        apixo("how a task is, asked again after a fault", &waiting()).answers(503, &Value::Null).answers(200, &processing).begin(
            "ask",
            &ask("status"),
            None,
        ),
        apixo("how a task is, and the account is paused", &waiting()).pauses(429, 30).answers(200, &processing).begin(
            "ask",
            &ask("details"),
            None,
        ),
        apixo("a question without a key", &waiting()).fault("send", 1, Fault::Keyless).begin("ask", &ask("status"), None),
        apixo("a question where the store refuses", &waiting()).fault("find", 1, Fault::Refuse("io")).begin(
            "ask",
            &json!({"question": "status", "taskId": "task-1"}),
            None,
        ),
        apixo("a cancel by the task's id", &waiting()).begin("ask", &ask("cancel"), None),
        Stage::new("a cancel by an id that is not stored", "apixo").begin("ask", &ask("cancel"), None),
        Stage::new("the account's balance", "aivideomaker").answers(200, &json!({"currentBalance": 12})).begin("account", &json!({}), None),
        Stage::new("the account's balance after a pause", "aivideomaker")
            .pauses(429, 7)
            .answers(200, &json!({"currentBalance": 12}))
            .begin("account", &json!({}), None),
        Stage::new("the account is asked for too long a pause", "aivideomaker").pauses(429, 600).begin("account", &json!({}), None),
        Stage::new("the provider's tasks", EXAMPLE)
            .answers(200, &json!({"code": 200, "tasks": [{"id": "task-1", "reference": INTENT}]}))
            .begin("remoteTasks", &json!({}), None),
        apixo("old records are deleted", &with(&in_phase(Phase::Rejected), json!({"at": {"finished": 5}}))).begin(
            "prune",
            &json!({"endedBefore": 10}),
            None,
        ),
        apixo("a file is noted", &made).begin("noteFile", &file, None),
    ]
}
