//! Waits: polls, details, pauses, deadlines, restarts.

use super::super::scene::Scene;
use crate::contracts::EXAMPLE;
use serde_json::{Value, json};

pub(in super::super) fn cases() -> Vec<Value> {
    let mut cases = ends();
    cases.extend(troubles());
    cases.extend(deadlines());
    cases.extend(restarts());
    cases
}

fn processing() -> Value {
    json!({"code": 200, "data": {"state": "processing"}})
}

fn done() -> Value {
    json!({"code": 200, "data": {"state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example.com/a.png\"]}", "costTime": 12500}})
}

fn ends() -> Vec<Value> {
    let completed = || json!({"status": "COMPLETED"});
    let files = json!({"status": "COMPLETED", "output": {"url": "https://cdn.example.com/v.mp4"}});
    let vague = json!({"status": "FAILED", "message": "it did not work"});
    vec![
        Scene::accepted("success", "apixo").timeout().answer(200, &processing()).timeout().answer(200, &done()).end(),
        Scene::accepted("failure", "apixo")
            .timeout()
            .answer(200, &json!({"data": {"state": "failed", "failCode": "NSFW", "failMsg": "no"}}))
            .end(),
        Scene::accepted("success without a file", "apixo").timeout().answer(200, &json!({"data": {"state": "success"}})).end(),
        Scene::accepted("cancelled by the provider", EXAMPLE).timeout().answer(410, &Value::Null).end(),
        Scene::accepted("success, then details", "aivideomaker").timeout().answer(200, &completed()).timeout().answer(200, &files).end(),
        Scene::accepted("details that fail at first", "aivideomaker")
            .timeout()
            .answer(200, &completed())
            .timeout()
            .answer(502, &Value::Null)
            .timeout()
            .answer(200, &files)
            .end(),
        Scene::accepted("failure, then details", "aivideomaker")
            .timeout()
            .answer(200, &vague)
            .timeout()
            .answer(200, &json!({"status": "FAILED", "errorCode": "INVALID_PAYLOAD", "output": {"error": "no face in the image"}}))
            .end(),
        Scene::accepted("failure whose details are refused", "aivideomaker")
            .timeout()
            .answer(200, &vague)
            .timeout()
            .answer(404, &Value::Null)
            .end(),
        Scene::accepted("details whose status is the failure", "contracts/fal.json")
            .timeout()
            .answer(200, &completed())
            .timeout()
            .answer(422, &json!({"detail": [{"msg": "refused", "type": "content_policy_violation"}]}))
            .end(),
        Scene::accepted("details that are not ready", "contracts/fal.json")
            .timeout()
            .answer(200, &completed())
            .timeout()
            .answer(400, &json!({"detail": "Request is still in progress"}))
            .timeout()
            .answer(200, &json!({"images": [{"url": "https://cdn.example.com/a.png"}]}))
            .end(),
        Scene::accepted("the schedule grows to its cap", "apixo")
            .timeout()
            .answer(200, &processing())
            .timeout()
            .answer(200, &processing())
            .timeout()
            .answer(200, &processing())
            .timeout()
            .answer(200, &processing())
            .end(),
        Scene::with("the caller's own schedule", "apixo", json!({"poll": {"initialMs": 500, "factorPct": 200, "capMs": 2000}}), json!({}))
            .timeout()
            .accept("task-1")
            .timeout()
            .answer(200, &processing())
            .timeout()
            .answer(200, &processing())
            .timeout()
            .answer(200, &processing())
            .end(),
    ]
}

fn troubles() -> Vec<Value> {
    let slow = |seconds: &str| json!({"retry-after": seconds});
    let html = json!({"status": 200, "headers": {}, "body": {"text": "<html>"}, "end": "whole"});
    let large = json!({"status": 200, "headers": {}, "body": {"text": "{"}, "end": "tooLarge"});
    let back = |name: &str, settings: Value| Scene::with(name, "apixo", settings, json!({})).timeout().accept("task-1").timeout();
    vec![
        back("polls that fail end nothing", json!({}))
            .answer(500, &Value::Null)
            .timeout()
            .silence("maybeSent")
            .timeout()
            .respond(html)
            .timeout()
            .answer(200, &done())
            .end(),
        back("no answer at all", json!({})).timeout().timeout().answer(200, &done()).end(),
        back("a late answer to a poll that was given up", json!({})).timeout().answer(200, &done()).end(),
        back("an unknown word is told once", json!({}))
            .answer(200, &json!({"data": {"state": "polishing"}}))
            .timeout()
            .answer(200, &json!({"data": {"state": "drying"}}))
            .end(),
        back("429 with a short pause", json!({})).answer_with(429, slow("40"), &Value::Null).timeout().answer(200, &done()).end(),
        back("429 with a long pause while somebody waits", json!({}))
            .answer_with(429, slow("300"), &Value::Null)
            .timeout()
            .answer(200, &done())
            .end(),
        back("429 with a long pause while nobody waits", json!({"foreground": false}))
            .answer_with(429, slow("300"), &Value::Null)
            .timeout()
            .answer(200, &done())
            .end(),
        back("503 with a long pause while somebody waits", json!({})).answer_with(503, slow("300"), &Value::Null).end(),
        back("404 that is young", json!({})).answer(404, &Value::Null).timeout().answer(200, &processing()).end(),
        back("404 that is old", json!({})).after(60_000).answer(404, &Value::Null).timeout().answer(200, &done()).end(),
        back("401", json!({})).answer(401, &Value::Null).timeout().answer(200, &done()).end(),
        back("an answer above the cap", json!({})).respond(large).timeout().answer(200, &done()).end(),
        Scene::accepted("the server says when to ask again", EXAMPLE)
            .timeout()
            .answer_with(200, json!({"x-poll-after": "45"}), &json!({"state": "queued"}))
            .timeout()
            .end(),
        Scene::accepted("the account is held while a task waits", EXAMPLE)
            .hold(50_000)
            .timeout()
            .timeout()
            .answer(200, &json!({"state": "working", "progress": 0.25}))
            .end(),
        Scene::accepted("a callback is a poke", "apixo")
            .after(1_000)
            .input(json!({"kind": "callback", "taskId": null}))
            .timeout()
            .answer(200, &done())
            .end(),
        Scene::accepted(
            "a callback says that it failed, and a poll that was on its way that it is done: the first end stands",
            "aivideomaker",
        )
        .timeout()
        .input(json!({"kind": "callback", "taskId": "task-1", "body": {"text": "{\"status\":\"FAILED\"}"}}))
        .answer(200, &json!({"status": "COMPLETED"}))
        .timeout()
        .answer(404, &json!({"message": "gone"}))
        .end(),
        Scene::accepted("a callback while a poll is on its way", "apixo")
            .timeout()
            .input(json!({"kind": "callback", "taskId": null}))
            .answer(200, &processing())
            .timeout()
            .answer(200, &done())
            .end(),
        Scene::accepted("a callback within a pause waits for its end", "apixo")
            .timeout()
            .answer_with(429, slow("40"), &Value::Null)
            .input(json!({"kind": "callback", "taskId": null}))
            .timeout()
            .end(),
    ]
}

fn deadlines() -> Vec<Value> {
    let wait = |name: &str, ms: u64| Scene::accepted(name, "apixo").deadline(ms);
    vec![
        wait("the last poll lands on the deadline", 7_000).timeout().answer(200, &processing()).timeout().answer(200, &processing()).end(),
        wait("success at the deadline", 2_000).timeout().answer(200, &done()).end(),
        wait("no answer at the deadline", 2_000).timeout().timeout().end(),
        wait("a pause is longer than the wait", 20_000)
            .timeout()
            .answer_with(429, json!({"retry-after": "60"}), &Value::Null)
            .timeout()
            .end(),
        wait("another wait goes on", 2_000).timeout().answer(200, &processing()).deadline(60_000).timeout().answer(200, &done()).end(),
        Scene::accepted("details after the deadline", "aivideomaker")
            .deadline(2_000)
            .timeout()
            .answer(200, &json!({"status": "COMPLETED"}))
            .timeout()
            .answer(200, &json!({"status": "COMPLETED", "output": "https://cdn.example.com/v.mp4"}))
            .end(),
        Scene::accepted("the provider's own interval is longer than what is left", "contracts/runway.json")
            .deadline(9_000)
            .timeout()
            .answer(200, &json!({"status": "PENDING"}))
            .timeout()
            .end(),
    ]
}

fn restarts() -> Vec<Value> {
    let poke = json!({"kind": "callback", "taskId": null});
    vec![
        Scene::accepted("a callback to a task that is not driven, after a poll that failed", "apixo")
            .timeout()
            .answer(500, &Value::Null)
            .after(60_000)
            .timeout()
            .answer_with(429, json!({"retry-after": "2"}), &Value::Null)
            .resume()
            .after(2_000)
            .input(poke)
            .timeout()
            .answer(200, &done())
            .end(),
        Scene::accepted("a pause after a failure is kept by the next process", "apixo")
            .timeout()
            .answer_with(503, json!({"retry-after": "50"}), &Value::Null)
            .resume()
            .after(1_000)
            .input(json!({"kind": "callback", "taskId": null}))
            .timeout()
            .timeout()
            .answer(200, &done())
            .end(),
        Scene::accepted("a pause that a success asks for is the task's own", "apixo")
            .timeout()
            .answer_with(200, json!({"retry-after": "45"}), &processing())
            .resume()
            .timeout()
            .timeout()
            .answer(200, &done())
            .end(),
        Scene::accepted("the clock went back an hour after the end", "apixo")
            .timeout()
            .answer(200, &done())
            .back(3_600_000)
            .resume()
            .timeout()
            .end(),
        Scene::accepted("resumed before the poll is due", "apixo").resume().timeout().timeout().answer(200, &done()).end(),
        Scene::accepted("resumed within a pause", "apixo")
            .timeout()
            .answer_with(429, json!({"retry-after": "40"}), &Value::Null)
            .resume()
            .deadline(5_000)
            .timeout()
            .timeout()
            .end(),
        Scene::accepted("resumed while details are fetched", "aivideomaker")
            .timeout()
            .answer(200, &json!({"status": "COMPLETED"}))
            .resume()
            .timeout()
            .answer(200, &json!({"status": "COMPLETED", "output": "https://cdn.example.com/v.mp4"}))
            .end(),
        Scene::accepted("resumed after the end", "apixo").timeout().answer(200, &done()).resume().timeout().end(),
        Scene::accepted("the clock went back while nobody looked", "apixo")
            .resume()
            .back(86_400_000)
            .timeout()
            .timeout()
            .answer(200, &done())
            .end(),
    ]
}
