//! Submits: without and with a caller's key, delivered again in each phase of the key's task, and what stores and networks do to them.

use super::super::keys::{in_phase, refused};
use super::stage::{Fault, Stage};
use crate::contracts::UPLOADING;
use gentask_core::contract::data_uri;
use gentask_core::{ErrorCode, Generation, Phase};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const ACCEPTED: &str = r#"{"code":200,"data":{"taskId":"task-1"}}"#;

fn accepted() -> Value {
    serde_json::from_str(ACCEPTED).unwrap_or_default()
}

fn keyed() -> Value {
    json!({"key": "order-42", "owner": "user-42"})
}

pub(in super::super) fn cases() -> Vec<Value> {
    let mut cases = plain();
    cases.extend(redelivered());
    cases.extend(faulty());
    cases.extend(uploading());
    cases.extend(super::patient::submits());
    cases
}

fn plain() -> Vec<Value> {
    let apixo = |name: &str| Stage::new(name, "apixo");
    let none = json!({});
    vec![
        apixo("accepted").answers(200, &accepted()).submit(&none),
        apixo("accepted under a key").answers(200, &accepted()).submit(&keyed()),
        Stage::with("accepted, and somebody listens", "apixo", &json!({"holder": "worker-1", "listens": true}))
            .answers(200, &accepted())
            .submit(&none),
        apixo("refused").answers(400, &json!({"code": 400, "message": "no such ratio"})).submit(&none),
        apixo("without a key nothing is stored").fault("ready", 1, Fault::Keyless).submit(&none),
        apixo("without a key nothing is stored, under a caller's key neither").fault("ready", 1, Fault::Keyless).submit(&keyed()),
        apixo("the key fails before the second attempt").answers(425, &Value::Null).fault("ready", 2, Fault::Keyless).submit(&none),
        apixo("never sent, then accepted").silence("notSent").answers(200, &accepted()).submit(&none),
        apixo("never sent, three times").silence("notSent").silence("notSent").silence("notSent").submit(&keyed()),
        apixo("a pause is waited out and remembered").pauses(429, 20).answers(200, &accepted()).submit(&none),
        apixo("a long pause is told").pauses(429, 600).submit(&none),
        apixo("a pause that another process was asked for")
            .meta("hold https://api.apixo.ai default", "1790000030000")
            .answers(200, &accepted())
            .submit(&none),
        apixo("the answer is lost").silence("maybeSent").submit(&none),
        apixo("the answer is no JSON").answers(200, &json!("<html>")).submit(&keyed()),
    ]
}

/// The same key and body again, in each phase of the key's task.
fn redelivered() -> Vec<Value> {
    let mut cases = Vec::new();
    let status = json!({"data": {"taskId": "task-1", "state": "processing"}});
    for phase in Phase::ALL {
        let record = in_phase(phase);
        let mut stage = Stage::new(&format!("the key's task is {}", phase.as_str()), "apixo").stores(&record);
        if phase == Phase::Prepared {
            stage = stage.blob(record.intent_id(), "request", &request()).answers(200, &accepted());
        }
        cases.push(stage.answers(200, &status).submit(&keyed()));
    }
    for code in [ErrorCode::RateLimited, ErrorCode::InvalidPayload, ErrorCode::AuthFailed] {
        let stage = Stage::new(&format!("the key's task was refused with {code}"), "apixo").stores(&refused(code));
        cases.push(stage.answers(200, &accepted()).submit(&keyed()));
    }
    let limited = crate::records::with(&refused(ErrorCode::RateLimited), json!({"notBefore": crate::rig::START + 90_000}));
    cases.push(Stage::new("the key's task was refused, and its pause is not over", "apixo").stores(&limited).submit(&keyed()));
    let mut other = crate::contracts::generation("apixo");
    other.input["prompt"] = json!("another");
    cases.push(Stage::new("the key has another payload", "apixo").stores(&in_phase(Phase::Waiting)).submit_of(&other, &keyed()));
    let unresolved = in_phase(Phase::Unresolved);
    let kept = |name: &str| Stage::new(name, "apixo").stores(&unresolved).blob(unresolved.intent_id(), "request", &request());
    other.input["aspect_ratio"] = json!("1:1");
    cases.push(kept("the key has another payload, whose request is still stored").submit_of(&other, &keyed()));
    cases.push(Stage::new("the key has another payload, whose request is gone", "apixo").stores(&unresolved).submit_of(&other, &keyed()));
    cases
}

/// The frozen request that a prepared record has beside it.
pub(super) fn request() -> Vec<u8> {
    let stage = Stage::new("", "apixo").submit(&keyed());
    let saved = stage["steps"].as_array().and_then(|steps| steps.iter().find(|step| step["expect"]["effect"] == "save"));
    let text = saved.map(|step| step["expect"]["bytes"][0]["text"].clone());
    text.as_ref().and_then(Value::as_str).unwrap_or_default().as_bytes().to_vec()
}

/// Orders whose media are uploaded before them.
fn uploading() -> Vec<Value> {
    const GIF: &[u8] = b"GIF89a and so on";
    let image = data_uri("image/gif", GIF);
    let order = Generation { model: "painter".to_owned(), input: json!({"prompt": "a cat", "image": image, "masks": [image]}) };
    let new = |name: &str| Stage::new(name, UPLOADING);
    let place = |url: &str| json!({"id": 7, "url": url, "form": "{\"key\":\"a/b.gif\",\"policy\":\"p\"}"});
    let begun = |name: &str| new(name).answers(200, &place("https://store.example/put?signature=s"));
    let uploaded = |name: &str| begun(name).answers(204, &Value::Null).answers(200, &json!({"uri": "upload://7"}));
    let sha256 = Sha256::digest(GIF).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let known = |age: u64| json!([{"at": crate::rig::START - age, "sha256": sha256, "value": "upload://5"}]).to_string();
    let name = "uploads https://api.uploading.example/v1 default";
    let accepted = json!({"id": "task-1"});
    let none = json!({});
    vec![
        uploaded("a medium is uploaded, once, and then ordered").answers(200, &accepted).submit_of(&order, &none),
        uploaded("a medium is uploaded once the key is known to be free").answers(200, &accepted).submit_of(&order, &keyed()),
        new("a medium that was uploaded is ordered as it is")
            .meta(name, &known(3_000_000))
            .answers(200, &accepted)
            .submit_of(&order, &none),
        uploaded("a medium that was uploaded long ago is uploaded again")
            .meta(name, &known(3_300_000))
            .answers(200, &accepted)
            .submit_of(&order, &none),
        new("a step is tried again")
            .silence("maybeSent")
            .answers(200, &place("https://store.example/put"))
            .answers(503, &Value::Null)
            .answers(204, &Value::Null)
            .answers(200, &json!({"uri": "upload://7"}))
            .answers(200, &accepted)
            .submit_of(&order, &none),
        new("a step is refused").answers(413, &json!({"message": "too large"})).submit_of(&order, &keyed()),
        new("the answer to a step lacks something").answers(200, &json!({"id": 7})).submit_of(&order, &none),
        new("a private place to upload to is refused").answers(200, &place("https://10.0.0.1/put")).submit_of(&order, &none),
        new("a place without TLS is refused").answers(200, &place("http://store.example/put")).submit_of(&order, &none),
        new("without a key nothing is uploaded").fault("send", 1, Fault::Keyless).submit_of(&order, &none),
        uploaded("what was uploaded is not remembered by a store that fails")
            .fault("meta", 3, Fault::Refuse("io"))
            .fault("setMeta", 1, Fault::Refuse("io"))
            .answers(200, &accepted)
            .submit_of(&order, &none),
    ]
}

fn faulty() -> Vec<Value> {
    let apixo = |name: &str| Stage::new(name, "apixo").answers(200, &accepted());
    let all = |stage: Stage, from: usize, kind: &'static str| {
        (from..from + 4).fold(stage, |stage, nth| stage.fault("save", nth, Fault::Refuse(kind)))
    };
    let attempts = in_phase(Phase::Submitting).to_value()["attempts"].clone();
    let elsewhere = json!({"phase": "waiting", "taskId": "task-9", "lease": null, "attempts": attempts});
    vec![
        apixo("the key cannot be looked up").fault("find", 1, Fault::Refuse("io")).submit(&keyed()),
        apixo("the first save is refused once").fault("save", 1, Fault::Refuse("locked")).submit(&json!({})),
        all(apixo("the first save is refused for good"), 1, "locked").submit(&json!({})),
        apixo("the first save is refused as nonsense").fault("save", 1, Fault::Refuse("misuse")).submit(&json!({})),
        apixo("the first save's answer is lost").fault("save", 1, Fault::LoseAnswer).submit(&json!({})),
        all(apixo("the claim of a key is refused for good"), 1, "io").submit(&keyed()),
        apixo("the claim's answer is lost").fault("save", 1, Fault::LoseAnswer).submit(&keyed()),
        all(apixo("the save before the submit is refused for good"), 2, "full").submit(&keyed()),
        all(apixo("the save of the task id is refused for good"), 2, "io").submit(&json!({})),
        apixo("the save of the task id has its answer lost").fault("save", 2, Fault::LoseAnswer).submit(&json!({})),
        apixo("another process has the task before the submit").fault("save", 2, Fault::Overtake(elsewhere)).submit(&keyed()),
        apixo("the record is gone before the submit").fault("save", 2, Fault::Delete).submit(&keyed()),
    ]
}
