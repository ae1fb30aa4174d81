//! A provider that keeps requests open until there is news: polls always, a submit where its order asks for it.

use super::stage::{Fault, Stage};
use super::wait::waiting;
use crate::contracts::PATIENT;
use crate::records::with;
use gentask_core::TaskRecord;
use serde_json::{Value, json};

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";

pub(super) fn submits() -> Vec<Value> {
    let stage = |name: &str| Stage::new(name, PATIENT);
    let asks = json!({"options": {"wait": true}});
    let accepted = |state: &str| json!({"id": "task-1", "state": state});
    vec![
        stage("a submit is kept open where its order asks for it").answers(200, &accepted("done")).after(31_000).submit(&asks),
        stage("a submit that was kept open to its end").answers(200, &accepted("working")).after(60_000).submit(&asks),
        stage("a submit that was kept open, and its answer was lost").silence("maybeSent").after(94_000).submit(&asks),
        stage("a submit is kept open for nobody who does not ask").answers(200, &accepted("queued")).submit(&json!({})),
        stage("nor where its order says so").answers(200, &accepted("queued")).submit(&json!({"options": {"wait": false}})),
        Stage::with("nor for who is called", PATIENT, &json!({"holder": "worker-1", "callbacks": {"areKept": true}}))
            .answers(200, &accepted("queued"))
            .submit(&json!({"options": {"wait": true}, "callbackUrl": "https://app.example.com/hook"})),
    ]
}

pub(super) fn waits() -> Vec<Value> {
    let stage = |name: &str| Stage::new(name, PATIENT).stores(&task(&json!({})));
    let (of, slow) = (json!({"intentId": INTENT}), json!({"state": "working", "percent": 10}));
    let further = json!({"state": "working", "percent": 60});
    let done = json!({"state": "done", "urls": ["https://files.patient.example/1.png"]});
    vec![
        stage("polls are kept open until the end")
            .answers(200, &slow)
            .after(20_000)
            .answers(200, &done)
            .after(7_300)
            .begin("wait", &of, None),
        stage("news come at once, and the next poll a second later")
            .answers(200, &slow)
            .answers(200, &further)
            .after(1_700)
            .answers(200, &done)
            .after(3_000)
            .begin("wait", &of, None),
        stage("a provider that keeps no poll open is asked by the schedule")
            .answers(200, &slow)
            .answers(200, &slow)
            .answers(200, &done)
            .begin("wait", &of, None),
        stage("after a poll that was cut off the next is not kept open, and the one after it is")
            .answers(504, &Value::Null)
            .after(15_000)
            .answers(200, &slow)
            .answers(200, &done)
            .after(4_000)
            .begin("wait", &of, None),
        stage("a pause is kept to before a poll is kept open").pauses(429, 30).answers(200, &done).begin("wait", &of, None),
        stage("a poll is not kept open beyond the end of the wait").answers(200, &slow).answers(200, &slow).begin(
            "wait",
            &json!({"intentId": INTENT, "timeoutMs": 9_000}),
            None,
        ),
        stage("a poll that is kept open is left where another call changes the task")
            .fault("send", 1, Fault::Wake)
            .answers(200, &done)
            .after(4_000)
            .begin("wait", &of, None),
        stage("a check keeps nothing open").answers(200, &slow).begin("check", &of, None),
        Stage::with("figures of the caller's own keep nothing open", PATIENT, &json!({"holder": "worker-1", "poll": {"initialMs": 500}}))
            .stores(&task(&json!({})))
            .answers(200, &done)
            .begin("wait", &of, None),
        Stage::new("nor does a task that is called back", PATIENT)
            .stores(&task(&json!({"callback": true})))
            .answers(200, &done)
            .begin("wait", &of, None),
        stage("a status call of a person's keeps nothing open").answers(200, &slow).begin(
            "ask",
            &json!({"taskId": "task-1", "question": "status"}),
            None,
        ),
    ]
}

/// A task of this provider, accepted and due.
fn task(members: &Value) -> TaskRecord {
    let own = json!({"provider": "patient", "base": "https://api.patient.example/v1", "model": "painter", "kind": "image", "contractRevision": 1});
    with(&with(&waiting(), own), members.clone())
}
