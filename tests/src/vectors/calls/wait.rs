//! Waits, checks and resumes.

use super::super::keys::in_phase;
use super::stage::{Fault, Stage};
use crate::records::{json_with, with};
use gentask_core::{Phase, TaskRecord};
use serde_json::{Value, json};

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";

fn state(word: &str) -> Value {
    json!({"data": {"taskId": "task-1", "state": word}})
}

pub(super) fn success() -> Value {
    json!({"data": {"taskId": "task-1", "state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example.com/a.png\"]}", "costTime": 12500}})
}

pub(super) fn waiting() -> TaskRecord {
    in_phase(Phase::Waiting)
}

fn of() -> Value {
    json!({"intentId": INTENT})
}

pub(in super::super) fn cases() -> Vec<Value> {
    let apixo = |name: &str| Stage::new(name, "apixo").stores(&waiting());
    let wait = |more: Value| {
        let mut arguments = of();
        for (name, value) in more.as_object().into_iter().flatten() {
            arguments[name] = value.clone();
        }
        arguments
    };
    let told = Stage::with(
        "the pause of an answer reaches the store, and whoever listens hears of it",
        "apixo",
        &json!({"holder": "worker-1", "listens": true}),
    );
    let lease = json!({"holder": "worker-2@host:17:99#1", "until": crate::rig::START + 20_000});
    let submitting = with(&in_phase(Phase::Submitting), json!({"lease": lease}));
    let mut cases = vec![
        apixo("a wait until its success").answers(200, &state("processing")).answers(200, &success()).begin("wait", &of(), None),
        apixo("a wait that tells its changes").answers(200, &state("processing")).answers(200, &success()).begin(
            "wait",
            &wait(json!({"updates": "fromTheFirst"})),
            Some(&waiting()),
        ),
        apixo("a wait whose time is over").answers(200, &state("pending")).answers(200, &state("pending")).begin(
            "wait",
            &wait(json!({"timeoutMs": 4000})),
            None,
        ),
        apixo("a wait whose key is refused").answers(401, &json!({"message": "no key"})).begin("wait", &of(), None),
        told.stores(&waiting()).pauses(429, 30).answers(200, &success()).begin("wait", &of(), None),
        apixo("a long pause in the background is slept through").pauses(429, 600).answers(200, &success()).begin(
            "wait",
            &wait(json!({"background": true, "timeoutMs": 3_600_000})),
            None,
        ),
        apixo("a wait for a record that is gone").fault("load", 1, Fault::Delete).begin("wait", &of(), Some(&waiting())),
        apixo("a wait where the store refuses").fault("load", 1, Fault::Refuse("io")).begin("wait", &of(), Some(&waiting())),
        apixo("a wait whose save was overtaken")
            .answers(200, &success())
            .answers(200, &success())
            .fault("save", 1, Fault::Overtake(json!({"cancelRequested": true})))
            .begin("wait", &of(), None),
        apixo("another call changes the task of a wait").fault("sleep", 1, Fault::Wake).answers(200, &success()).begin("wait", &of(), None),
        Stage::new("a wait for another process's submit", "apixo").stores(&submitting).begin(
            "wait",
            &wait(json!({"timeoutMs": 3000})),
            None,
        ),
        Stage::new("a wait for a task that has ended", "apixo").stores(&in_phase(Phase::Succeeded)).begin("wait", &of(), None),
        Stage::new("a prepared task without its request", "apixo").stores(&in_phase(Phase::Prepared)).begin(
            "waitFrom",
            &of(),
            Some(&in_phase(Phase::Prepared)),
        ),
        apixo("a check").answers(200, &state("processing")).begin("check", &of(), None),
        Stage::new("a check before the task is due", "apixo").stores(&later()).begin("check", &of(), None),
        Stage::new("a forced check before the task is due", "apixo").stores(&later()).answers(200, &state("processing")).begin(
            "check",
            &wait(json!({"force": true})),
            None,
        ),
        apixo("a check that is not answered").silence("maybeSent").begin("check", &of(), None),
        apixo("what is told when a wait's time was over").begin("overdue", &of(), Some(&waiting())),
        apixo("the same where the store does not answer").fault("load", 1, Fault::Late(1000)).begin("overdue", &of(), Some(&waiting())),
        apixo("what is told to who left a submit").begin("left", &of(), None),
        apixo("how a task is").begin("reply", &of(), None),
        apixo("a task").begin("task", &of(), None),
        Stage::new("no such task", "apixo").begin("task", &of(), None),
    ];
    let damaged = json_with(&waiting(), json!({"intentId": "11111111-1111-4111-8111-111111111111", "taskId": "  "}));
    cases.push(apixo("a page of unfinished tasks, one of them damaged").stores_json(&damaged).begin(
        "unfinished",
        &json!({"after": null}),
        None,
    ));
    cases.push(apixo("a page of tasks").begin("page", &json!({"owner": "user-42", "unfinished": true, "limit": 10}), None));
    cases.push(apixo("a page that the store refuses").fault("list", 1, Fault::Refuse("corrupt")).begin("page", &json!({}), None));
    cases.push(apixo("a key is found").begin("find", &json!({"key": "order-42", "owner": "user-42"}), None));
    cases.push(apixo("a key that nobody has").begin("find", &json!({"key": "order-43"}), None));
    cases.extend(super::patient::waits());
    cases
}

fn later() -> TaskRecord {
    with(&waiting(), json!({"due": {"at": crate::rig::START + 9_000, "set": crate::rig::START}}))
}
