//! Stored records: what is known survives, and so does what is not.

use super::scene::Scene;
use crate::{contracts, wire};
use gentask_core::TaskRecord;
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    let done =
        json!({"data": {"state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example.com/a.png\"]}", "costTime": 12500}});
    let scenes = vec![
        Scene::new("prepared", "apixo"),
        Scene::with(
            "prepared with everything",
            "apixo",
            json!({"account": "second"}),
            json!({
                "key": "order-42", "owner": "user-42", "callbackUrl": "https://app.example.com/h", "options": {"provider": "auto"},
            }),
        ),
        Scene::new("submitting", "apixo").timeout(),
        Scene::new("submitting with a key", contracts::EXAMPLE).timeout(),
        Scene::accepted("waiting", "apixo"),
        Scene::accepted("waiting and processing", "apixo").timeout().answer(200, &json!({"data": {"state": "processing"}})),
        Scene::accepted("succeeded", "apixo").timeout().answer(200, &done),
        Scene::accepted("failed", "apixo")
            .timeout()
            .answer(200, &json!({"data": {"state": "failed", "failCode": "NSFW", "failMsg": "no"}})),
        Scene::new("rejected", "apixo").timeout().answer(402, &json!({"code": 402, "message": "Payment Required"})),
        Scene::new("unresolved", "apixo").timeout().silence("maybeSent"),
        Scene::new("discarded", "apixo").timeout().silence("maybeSent").person("discard"),
        Scene::new("cancelled", "apixo").person("cancel"),
        Scene::accepted("fetching", "aivideomaker").timeout().answer(200, &json!({"status": "COMPLETED"})),
        Scene::accepted("cancelling", "aivideomaker").person("cancel"),
    ];
    let names = [
        "prepared",
        "prepared with everything",
        "submitting",
        "submitting with a key",
        "waiting",
        "waiting and processing",
        "succeeded",
        "failed",
        "rejected",
        "unresolved",
        "discarded",
        "cancelled",
        "fetching",
        "cancelling",
    ];
    for (name, scene) in names.iter().zip(&scenes) {
        // What was never saved has no version, and is stored nowhere.
        let is_saved = scene.machine.record().version() > 0;
        let record = if is_saved { scene.machine.record().clone() } else { scene.machine.first_record() };
        cases.push(case(name, &record.to_json()));
    }
    let waiting = scenes[4].machine.record().to_value();
    let with = |name: &str, change: fn(&mut Value)| {
        let mut record = waiting.clone();
        change(&mut record);
        case(name, &record.to_string())
    };
    cases.push(with("unknown fields survive, at every depth", |record| {
        record["later"] = json!({"a": [1, null]});
        record["at"]["moved"] = json!(5);
        record["due"]["why"] = json!("x");
        record["result"] = json!({"files": [{"url": null, "kind": "image", "fetch": "key", "expiresAt": null, "saved": null, "width": 10}], "costTimeMs": null, "raw": false, "n": 1});
    }));
    cases.push(with("a version above the known one", |record| record["v"] = json!(2)));
    cases.push(with("no version", |record| record["v"] = Value::Null));
    cases.push(with("another phase word", |record| record["phase"] = json!("sleeping")));
    cases.push(with("a seed of the wrong length", |record| record["seed"] = json!("ff")));
    cases.push(with("every fault at once", |record| {
        record["intentId"] = Value::Null;
        record["attempts"]["polls"] = json!(-1);
        record["maybeSent"] = json!("yes");
    }));
    cases.push(with("a code of a later release", |record| {
        record["error"] = json!({"code": "NEW_CODE", "message": "m", "billing": "certain"});
    }));
    cases.push(with("whole floats are integers", |record| record["at"]["updated"] = json!(1_790_000_000_500.0)));
    cases.extend(contradictions(&scenes[0].machine.first_record().to_value(), &waiting));
    cases.push(case("not JSON", "{\"v\":1"));
    cases.push(case("white space, another order and escapes", &format!("{waiting:#}").replace("apixo", "api\\u0078o")));
    cases
}

/// Damaged records: what cannot be true together is told, and nothing is sent for it.
fn contradictions(prepared: &Value, waiting: &Value) -> Vec<Value> {
    let with = |name: &str, record: &Value, change: fn(&mut Value)| {
        let mut record = record.clone();
        change(&mut record);
        case(name, &record.to_string())
    };
    vec![
        with("never saved", prepared, |record| record["version"] = json!(0)),
        with("prepared, and perhaps sent", prepared, |record| record["maybeSent"] = json!(true)),
        with("prepared, with a task id", prepared, |record| record["taskId"] = json!("task-1")),
        with("submitting, and nothing was counted", prepared, |record| record["phase"] = json!("submitting")),
        with("unresolved, and surely not sent", prepared, |record| record["phase"] = json!("unresolved")),
        with("waiting without a task id", waiting, |record| record["taskId"] = Value::Null),
        with("waiting with a blank task id", waiting, |record| record["taskId"] = json!("  ")),
        with("a count that nobody counted", waiting, |record| record["attempts"]["submit"] = json!(u64::MAX)),
    ]
}

fn case(name: &str, text: &str) -> Value {
    let expect = match TaskRecord::from_json(text.as_bytes()) {
        Ok(record) => json!({"canonical": record.to_json(), "reply": record.reply(None).to_value()}),
        Err(error) => json!({"error": wire::error_value(&error)}),
    };
    json!({"name": name, "stored": text, "expect": expect})
}
