//! Submits: accepted, refused, never sent, lost, found again.

use super::super::scene::Scene;
use crate::contracts::EXAMPLE;
use serde_json::{Value, json};

const RUNWAY: &str = "contracts/runway.json";

pub(in super::super) fn cases() -> Vec<Value> {
    let mut cases = accepted();
    cases.extend(refused());
    cases.extend(lost());
    cases.extend(found());
    cases
}

fn accepted() -> Vec<Value> {
    let elsewhere = json!({"id": "task-1", "url": "https://evil.example/steal"});
    let regional = json!({"id": "task-1", "url": "https://eu.example.com/tasks/9?sig=1"});
    vec![
        Scene::new("accepted", "apixo").timeout().accept("task-1").end(),
        Scene::with(
            "with a callback and a key of the caller's",
            "apixo",
            json!({"holder": "worker-1"}),
            json!({
                "key": "order-42", "owner": "user-42", "callbackUrl": "https://app.example.com/hook",
            }),
        )
        .timeout()
        .accept("task-1")
        .end(),
        Scene::new("a URL of a foreign origin in the answer is not asked", EXAMPLE).timeout().answer(200, &elsewhere).timeout().end(),
        Scene::new("a URL of a trusted origin is asked, with the key", EXAMPLE).timeout().answer(200, &regional).timeout().end(),
        Scene::new("accepted with an error beside the id", "apixo")
            .timeout()
            .answer(200, &json!({"code": 500, "data": {"taskId": "t"}}))
            .end(),
        Scene::new("the answer is saved by a process that overtook", "apixo").timeout().resume().accept("task-1").end(),
    ]
}

fn refused() -> Vec<Value> {
    let slow = |seconds: &str| json!({"retry-after": seconds});
    let limited = |name: &str, settings: Value| Scene::with(name, "apixo", settings, json!({})).timeout();
    let mut five = limited("429 five times", json!({}));
    for _ in 0..4 {
        five = five.answer(429, &Value::Null).timeout();
    }
    vec![
        Scene::new("refused", RUNWAY).timeout().answer(400, &json!({"error": "Validation of body failed"})).end(),
        Scene::new("the end is told again", RUNWAY).timeout().answer(400, &json!({"error": "no such ratio"})).timeout().end(),
        Scene::new("never sent, three times", RUNWAY)
            .timeout()
            .silence("notSent")
            .timeout()
            .silence("notSent")
            .timeout()
            .silence("notSent")
            .end(),
        Scene::new("425, then accepted", RUNWAY).timeout().answer(425, &Value::Null).timeout().accept("task-1").end(),
        Scene::new("a process ends between two attempts", RUNWAY)
            .timeout()
            .silence("notSent")
            .resume()
            .timeout()
            .timeout()
            .accept("task-1")
            .end(),
        limited("a short Retry-After", json!({})).answer_with(429, slow("7"), &Value::Null).timeout().accept("task-1").end(),
        limited("a long Retry-After while somebody waits", json!({})).answer_with(429, slow("300"), &Value::Null).end(),
        limited("a long Retry-After while nobody waits", json!({"foreground": false}))
            .answer_with(429, slow("300"), &Value::Null)
            .timeout()
            .accept("task-1")
            .end(),
        five.answer(429, &Value::Null).end(),
        Scene::new("425 with a Retry-After", RUNWAY).timeout().answer_with(425, slow("30"), &Value::Null).timeout().accept("task-1").end(),
        Scene::new("425 with a long Retry-After while somebody waits", RUNWAY).timeout().answer_with(425, slow("300"), &Value::Null).end(),
        Scene::new("a refusal with a Retry-After keeps it", RUNWAY)
            .timeout()
            .answer_with(403, slow("60"), &json!({"error": "not now"}))
            .end(),
        Scene::new("the account is held for long", EXAMPLE).hold(300_000).timeout().end(),
        Scene::new("the account is held for a moment", EXAMPLE).hold(30_000).timeout().timeout().accept("task-1").end(),
        Scene::new("the deadline comes before the slot", EXAMPLE).hold(60_000).deadline(10_000).timeout().timeout().end(),
    ]
}

fn lost() -> Vec<Value> {
    let late = json!({"kind": "response", "request": "submit:1", "response": {
        "status": 200, "headers": {}, "body": {"text": r#"{"code":200,"data":{"taskId":"task-2"}}"#}, "end": "whole",
    }});
    let waits = json!({"data": {"state": "processing"}});
    let adopted =
        |name: &str| Scene::new(name, "apixo").timeout().timeout().input(json!({"kind": "adopt", "taskId": "task-1"})).answer(200, &waits);
    vec![
        adopted("an answer with another id than the adopted one").input(late.clone()).timeout().end(),
        adopted("another id, and the task has ended")
            .timeout()
            .answer(200, &json!({"data": {"state": "success", "resultJson": "{\"resultUrls\":[]}"}}))
            .input(late.clone())
            .input(late)
            .person("discard")
            .person("discard")
            .end(),
        Scene::new("an id in the answer of a failure", "apixo")
            .timeout()
            .answer(503, &json!({"code": 503, "data": {"taskId": "task-1"}}))
            .end(),
        Scene::new("an id in the answer of a refusal: nobody knows", "apixo")
            .timeout()
            .answer(429, &json!({"code": 429, "message": "slow down", "data": {"taskId": "task-1"}}))
            .end(),
        Scene::new("a proxy's page instead of a refusal", "apixo")
            .timeout()
            .respond(json!({"status": 400, "headers": {}, "body": {"text": "<html>Bad Request</html>"}, "end": "whole"}))
            .end(),
        Scene::new("an id beside half a surrogate pair, in an answer that ended early", "apixo")
            .timeout()
            .respond(json!({
                "status": 200, "headers": {}, "end": "truncated",
                "body": {"text": r#"{"code":200,"message":"a cut \ud83d","cost":1e400,"left":NaN,"data":{"taskId":123456789012345678901234567890}}"#},
            }))
            .end(),
        Scene::new("a blank id is none", "apixo").timeout().answer(200, &json!({"code": 200, "data": {"taskId": "  "}})).end(),
        Scene::new("a reset, and nobody can tell", "apixo").timeout().silence("maybeSent").timeout().end(),
        Scene::new("500 is never posted again", RUNWAY).timeout().answer(500, &json!({"error": "x"})).timeout().end(),
        Scene::new("an answer without an id", "apixo").timeout().answer(200, &json!({"code": 200, "data": {}})).end(),
        Scene::new("no answer before the lease ends", "apixo").timeout().timeout().timeout().end(),
        Scene::new("an answer after the lease has ended", "apixo").timeout().timeout().after(60_000).accept("task-1").end(),
        Scene::new("a refusal after the lease has ended settles nothing", RUNWAY)
            .timeout()
            .timeout()
            .after(60_000)
            .answer(400, &json!({"error": "no such ratio"}))
            .end(),
        Scene::new("an answer after the intent was given up", "apixo")
            .timeout()
            .timeout()
            .person("discard")
            .after(60_000)
            .accept("task-1")
            .end(),
        Scene::new("a process ends in flight: pending until the lease ends", "apixo")
            .timeout()
            .resume()
            .after(10_000)
            .person("timeout")
            .timeout()
            .timeout()
            .end(),
        Scene::new("a wait ends before somebody else's lease", "apixo").timeout().resume().deadline(5_000).timeout().end(),
        Scene::new("the clock went back under a lease", "apixo").timeout().resume().back(100_000).timeout().timeout().end(),
    ]
}

fn found() -> Vec<Value> {
    let replayed = |name: &str| Scene::new(name, EXAMPLE).timeout().silence("maybeSent").timeout();
    let listed = |name: &str| Scene::new(name, "aivideomaker").timeout().silence("maybeSent").timeout();
    let ours = json!({"tasks": [{"id": "other", "idempotencyKey": "x"}, {"id": "task-1", "idempotencyKey": "01234567-89ab-4def-8123-456789abcdef"}]});
    vec![
        replayed("the same bytes under the same honoured key").accept("task-1").end(),
        replayed("a repetition that never left is repeated").silence("notSent").timeout().accept("task-1").end(),
        replayed("a refused repetition settles nothing").answer(422, &json!({"message": "no such style"})).timeout().end(),
        replayed("429 to a repetition").answer_with(429, json!({"retry-after": "20"}), &Value::Null).timeout().accept("task-1").end(),
        replayed("an answer to the first attempt, after the second was sent").input(json!({
            "kind": "response", "request": "submit:1", "response": {"status": 200, "headers": {}, "body": {"text": "{\"id\":\"task-1\"}"}, "end": "whole"},
        })).end(),
        Scene::new("a key that is too old", EXAMPLE).timeout().silence("maybeSent").after(541_000).timeout().end(),
        Scene::new("a key whose age nobody knows: the clock went back", EXAMPLE).timeout().silence("maybeSent").resume().back(100_000).timeout().timeout().end(),
        Scene::new("the list is not searched before a Retry-After is over", "aivideomaker")
            .timeout()
            .answer_with(503, json!({"retry-after": "60"}), &Value::Null)
            .timeout()
            .answer_with(503, json!({"retry-after": "50"}), &Value::Null)
            .timeout()
            .answer(200, &ours)
            .end(),
        Scene::new("a repetition is not sent before a Retry-After is over", EXAMPLE)
            .timeout()
            .answer_with(500, json!({"retry-after": "20"}), &json!({"error": "x"}))
            .timeout()
            .accept("task-1")
            .end(),
        listed("found by its reference in the list").answer(200, &ours).end(),
        listed("three lists without it").answer(200, &json!({"tasks": []})).timeout().answer(200, &json!({"tasks": []})).timeout().silence("maybeSent").timeout().end(),
        Scene::new("a callback with our token finds the task", "apixo").timeout().silence("maybeSent").input(json!({"kind": "callback", "taskId": "task-1"})).timeout().end(),
        Scene::new("a callback is faster than the answer", "apixo").timeout().input(json!({"kind": "callback", "taskId": "task-1"})).accept("task-1").timeout().end(),
        Scene::new("a callback after a claim that nothing was sent", RUNWAY).timeout().silence("notSent").input(json!({"kind": "callback", "taskId": "task-1"})).end(),
        Scene::new("a callback after a refusal is kept as a conflict", "apixo").timeout().answer(400, &json!({"code": 400, "message": "bad"})).input(json!({"kind": "callback", "taskId": "task-1"})).end(),
    ]
}
