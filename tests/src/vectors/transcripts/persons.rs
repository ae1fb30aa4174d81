//! What persons do: cancel, adopt, discard.

use super::super::scene::Scene;
use crate::contracts::EXAMPLE;
use serde_json::{Value, json};

const REPLICATE: &str = "contracts/replicate.json";
const RUNWAY: &str = "contracts/runway.json";

pub(in super::super) fn cases() -> Vec<Value> {
    let mut cases = cancelled();
    cases.extend(not_cancelled());
    cases.extend(settled());
    cases
}

fn cancelled() -> Vec<Value> {
    let gone = || json!({"error": "no such task"});
    vec![
        Scene::new("cancel before anything was sent", "apixo").person("cancel").end(),
        Scene::new("cancel between two attempts", "apixo").timeout().silence("notSent").person("cancel").end(),
        Scene::new("cancel in flight, then 429", "apixo").timeout().person("cancel").answer(429, &Value::Null).end(),
        Scene::new("cancel in flight, then accepted", REPLICATE)
            .timeout()
            .person("cancel")
            .accept("task-1")
            .timeout()
            .answer(200, &json!({"id": "task-1", "status": "canceled"}))
            .end(),
        Scene::accepted("the acknowledgement is enough", REPLICATE)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"status": "canceled"}))
            .end(),
        Scene::accepted("the status confirms", "aivideomaker")
            .person("cancel")
            .timeout()
            .answer(200, &json!({"success": true}))
            .timeout()
            .answer(200, &json!({"status": "CANCEL"}))
            .end(),
        Scene::accepted("a cancel that erases looks first", RUNWAY)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"status": "RUNNING"}))
            .timeout()
            .answer(204, &Value::Null)
            .end(),
        Scene::accepted("404 after a cancel that erases", EXAMPLE)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"state": "queued"}))
            .timeout()
            .silence("maybeSent")
            .timeout()
            .answer(404, &gone())
            .end(),
        Scene::accepted("resumed while cancelling: not repeatable, so it looks", EXAMPLE)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"state": "queued"}))
            .timeout()
            .resume()
            .timeout()
            .answer(404, &gone())
            .end(),
        Scene::accepted("429 to a cancel", REPLICATE)
            .person("cancel")
            .timeout()
            .answer_with(429, json!({"retry-after": "9"}), &Value::Null)
            .timeout()
            .answer(200, &json!({"status": "canceled"}))
            .end(),
        Scene::accepted("no answer to a cancel that may be repeated", REPLICATE)
            .person("cancel")
            .timeout()
            .silence("maybeSent")
            .timeout()
            .end(),
    ]
}

fn not_cancelled() -> Vec<Value> {
    vec![
        Scene::accepted("a provider without cancel", "apixo").person("cancel").end(),
        Scene::accepted("a state that does not allow it", "aivideomaker")
            .timeout()
            .answer(200, &json!({"status": "PROGRESS"}))
            .person("cancel")
            .end(),
        Scene::accepted("refused", "aivideomaker")
            .person("cancel")
            .timeout()
            .answer(409, &json!({"message": "already running"}))
            .timeout()
            .answer(200, &json!({"status": "PROGRESS"}))
            .end(),
        Scene::accepted("a success that races it wins", RUNWAY)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"status": "SUCCEEDED", "output": ["https://cdn.example.com/a.png"]}))
            .end(),
        Scene::accepted("a success after the acknowledgement wins", "aivideomaker")
            .person("cancel")
            .timeout()
            .answer(200, &json!({}))
            .timeout()
            .answer(200, &json!({"status": "COMPLETED"}))
            .timeout()
            .answer(200, &json!({"status": "COMPLETED", "output": "https://cdn.example.com/v.mp4"}))
            .end(),
        Scene::accepted("a key that may not cancel", REPLICATE).person("cancel").timeout().answer(401, &Value::Null).end(),
        Scene::accepted("asked twice while the first is on its way", EXAMPLE)
            .person("cancel")
            .timeout()
            .answer(200, &json!({"state": "queued"}))
            .timeout()
            .person("cancel")
            .answer(200, &json!({"code": 200}))
            .timeout()
            .answer(200, &json!({"state": "cancelled"}))
            .end(),
        Scene::accepted("after the end", "apixo").timeout().answer(200, &json!({"data": {"state": "failed"}})).person("cancel").end(),
        Scene::new("the wish of an unresolved task is kept", REPLICATE)
            .timeout()
            .silence("maybeSent")
            .person("cancel")
            .input(json!({"kind": "callback", "taskId": "task-1"}))
            .timeout()
            .end(),
    ]
}

fn settled() -> Vec<Value> {
    let lost = |name: &str| Scene::new(name, "apixo").timeout().silence("maybeSent");
    let adopt = || json!({"kind": "adopt", "taskId": "task-1"});
    vec![
        lost("adopt an id that the provider knows").input(adopt()).answer(200, &json!({"data": {"state": "processing"}})).end(),
        lost("adopt an id whose task is done").input(adopt()).answer(200, &json!({"data": {"state": "success", "resultJson": "{}"}})).end(),
        lost("adopt an id that the provider does not know").input(adopt()).answer(404, &Value::Null).end(),
        lost("adopt while the provider is down").input(adopt()).answer(503, &Value::Null).end(),
        lost("adopt with an answer that names no state: a gateway's, perhaps").input(adopt()).answer(200, &json!("ok")).end(),
        lost("adopt, and the provider asks for a pause: the next one keeps to it")
            .input(adopt())
            .answer_with(503, json!({"retry-after": "30"}), &Value::Null)
            .after(1_000)
            .input(adopt())
            .after(30_000)
            .input(adopt())
            .answer(200, &json!({"data": {"state": "processing"}}))
            .end(),
        lost("adopt without an answer").input(adopt()).timeout().end(),
        lost("an answer to the submit overtakes an adoption").input(adopt()).input(json!({
            "kind": "response", "request": "submit:1", "response": {"status": 200, "headers": {}, "body": {"text": "{\"data\":{\"taskId\":\"task-9\"}}"}, "end": "whole"},
        })).answer(200, &json!({"data": {"state": "processing"}})).end(),
        lost("adopt twice at once").input(adopt()).input(adopt()).end(),
        lost("discard").person("discard").end(),
        Scene::accepted("adopt what is not unresolved", "apixo").input(adopt()).end(),
        Scene::accepted("discard what is not unresolved", "apixo").person("discard").end(),
    ]
}
