//! The table of submit outcomes, row by row.

use super::scene::{ENTROPY, Scene};
use serde_json::{Value, json};

const PLAIN: &str = "contracts/runway.json";

pub(super) fn cases() -> Vec<Value> {
    let mut cases = vec![
        undelivered("nothing left this host", PLAIN, "notSent"),
        undelivered("a reset after something may have left", PLAIN, "maybeSent"),
        undelivered("the same, where a key is honoured", crate::contracts::EXAMPLE, "maybeSent"),
    ];
    for status in [100, 101, 199] {
        cases.push(answered(&format!("an interim status {status}"), PLAIN, &json!({"status": status})));
    }
    for status in [200, 201, 202] {
        let body = json!({"text": "{\"id\":\"task-1\"}"});
        cases.push(answered(&format!("accepted with {status}"), PLAIN, &json!({"status": status, "body": body})));
    }
    for status in [300, 301, 302, 303, 304] {
        cases.push(answered(&format!("a redirect {status} that may change the method"), PLAIN, &json!({"status": status})));
    }
    for status in [307, 308] {
        let headers = json!({"location": "https://other.example/secret-path?token=1"});
        cases.push(answered(&format!("a redirect {status} is not followed"), PLAIN, &json!({"status": status, "headers": headers})));
    }
    for status in [400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451, 499] {
        cases.push(answered(&format!("refused with {status}"), PLAIN, &json!({"status": status})));
    }
    for status in [408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 599, 600, 0] {
        cases.push(answered(&format!("status {status}"), PLAIN, &json!({"status": status})));
    }
    for (name, response) in [
        ("a success cut short", json!({"status": 200, "body": {"text": "{\"id\":\"ta"}, "end": "truncated"})),
        ("a success cut short after its id", json!({"status": 200, "body": {"text": "{\"id\":\"task-1\"}"}, "end": "truncated"})),
        ("a success that is too large", json!({"status": 200, "body": {"text": "{\"id\":\"task-1\"}"}, "end": "tooLarge"})),
        ("a success that is HTML", json!({"status": 200, "body": {"text": "<html></html>"}})),
        ("a success without a body", json!({"status": 204})),
        ("a success without a task id", json!({"status": 200, "body": {"text": "{}"}})),
        ("a refusal cut short", json!({"status": 400, "body": {"text": "{\"err"}, "end": "truncated"})),
        ("a refusal that is too large", json!({"status": 400, "body": {"text": "{\"err"}, "end": "tooLarge"})),
        ("429 with a pause", json!({"status": 429, "headers": {"retry-after": "7"}})),
        ("429 with a pause that nobody waits for", json!({"status": 429, "headers": {"retry-after": "121"}})),
        ("429 because of money", json!({"status": 429, "body": {"text": "{\"error\":\"You do not have enough credits\"}"}})),
    ] {
        cases.push(answered(name, PLAIN, &response));
    }
    for code in [200, 0, 307, 400, 401, 402, 403, 404, 408, 422, 425, 429, 500, 503] {
        let body = json!({"text": format!("{{\"code\":{code},\"message\":\"said in the body\"}}")});
        cases.push(answered(&format!("a success with code {code} inside"), "apixo", &json!({"status": 200, "body": body})));
    }
    let inside = |text: &str| json!({"status": 200, "body": {"text": text}});
    cases.push(answered("a rule says rejected", "contracts/kie.json", &inside(r#"{"code":455,"msg":"maintenance"}"#)));
    cases.push(answered(
        "a rule says limited",
        crate::contracts::EXAMPLE,
        &json!({"status": 423, "body": {"text": r#"{"error":"full"}"#}}),
    ));
    cases.push(answered("a rule says maybe", crate::contracts::EXAMPLE, &json!({"status": 409})));
    cases.push(answered("a rule on a 2xx", "aivideomaker", &inside(r#"{"status":"FAILED","message":"insufficient credits"}"#)));
    cases
}

fn answered(name: &str, contract: &str, response: &Value) -> Value {
    let scene = Scene::new(name, contract).timeout().respond(response.clone());
    case(name, contract, &json!({"response": response}), &scene)
}

fn undelivered(name: &str, contract: &str, delivery: &str) -> Value {
    let scene = Scene::new(name, contract).timeout().silence(delivery);
    case(name, contract, &json!({"delivery": delivery}), &scene)
}

fn case(name: &str, contract: &str, outcome: &Value, scene: &Scene) -> Value {
    let record = scene.machine.record();
    let generation = crate::contracts::generation(contract);
    let phase = record.phase().as_str();
    let again = record.due().filter(|_| phase == "prepared" || phase == "unresolved").map(|due| due.at - due.set);
    json!({
        "name": name, "contract": contract, "generation": {"model": generation.model, "input": generation.input}, "entropy": ENTROPY,
        "outcome": outcome,
        "expect": {
            "phase": phase, "maybeSent": record.maybe_sent(), "taskId": record.task_id(), "tryAgainAfterMs": again,
            "reply": scene.machine.reply().to_value(),
        },
    })
}
