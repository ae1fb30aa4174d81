//! Answers: every sample of every contract, and odd ones.

use super::encode;
use super::scene::{ENTROPY, Scene};
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::{Contract, HttpResponse, Input, Operation, Output, TaskMachine};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    for name in contracts::ALL {
        let contract = contracts::load(name);
        for (index, sample) in contract.samples().iter().enumerate() {
            let about = format!("{name}: sample {index}, {}", sample.is);
            cases.push(case(&about, name, sample.operation, &sample.response.to_value()));
        }
    }
    cases.extend(odd());
    cases.extend(repaired());
    cases
}

fn odd() -> Vec<Value> {
    let whole = |text: &str| json!({"status": 200, "body": {"text": text}});
    let deep = format!("{}1{}", "[".repeat(81), "]".repeat(81));
    let list: [(&str, &str, Operation, Value); 27] = [
        ("a task id counts whatever else is said", "apixo", Operation::Submit, whole(r#"{"code":500,"data":{"taskId":"t"}}"#)),
        ("a task id that is a number", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":12345678901234567}}"#)),
        ("a task id that is a whole float", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":7.0}}"#)),
        ("an empty task id", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":""}}"#)),
        ("a task id that is an object", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":{}}}"#)),
        ("the last of two task ids", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":"a","taskId":"b"}}"#)),
        ("a byte order mark", "apixo", Operation::Submit, whole("\u{feff}{\"data\":{\"taskId\":\"t\"}}")),
        (
            "a task id of a task that failed at once",
            "apidot",
            Operation::Submit,
            whole(r#"{"code":200,"data":{"task_id":"t","status":"failed"}}"#),
        ),
        ("nothing", "apixo", Operation::Submit, whole("")),
        ("nested too deep", "apixo", Operation::Submit, whole(&deep)),
        ("a lone surrogate", "apixo", Operation::Submit, whole(r#"{"data":{"taskId":"\ud800"}}"#)),
        ("not UTF-8", "apixo", Operation::Submit, json!({"status": 200, "body": {"base64": "//79"}})),
        ("an in-band code that is no status", "apixo", Operation::Submit, whole(r#"{"code":"E1","message":"no"}"#)),
        ("a success in another code", "apidot", Operation::Submit, whole(r#"{"code":0,"data":{"task_id":"t"}}"#)),
        ("an unknown word is pending", "apixo", Operation::Status, whole(r#"{"data":{"state":"warming up"}}"#)),
        ("no word at all", "apixo", Operation::Status, whole("{}")),
        ("an array", "apixo", Operation::Status, whole("[]")),
        ("nothing to a status", "apixo", Operation::Status, whole("  \n")),
        ("cut short", "apixo", Operation::Status, json!({"status": 200, "body": {"text": "{\"data\""}, "end": "truncated"})),
        ("too large", "apixo", Operation::Status, json!({"status": 200, "body": {"text": "{\"data\""}, "end": "tooLarge"})),
        ("nested too deep, a status", "apixo", Operation::Status, whole(&deep)),
        ("a result text that is no JSON", "apixo", Operation::Status, whole(r#"{"data":{"state":"success","resultJson":"{"}}"#)),
        (
            "files of every place and kind, empty ones left out",
            "apidot",
            Operation::Status,
            whole(
                r#"{"code":200,"data":{"status":"finished","files":[{"file_url":""},{"file_url":"https://a.example/1","file_type":"video"},{"file_url":"https://a.example/2","file_type":"gif"}]}}"#,
            ),
        ),
        ("progress in per cent", "apidot", Operation::Status, whole(r#"{"code":200,"data":{"status":"running","progress":33.3}}"#)),
        (
            "a file with an end of its own, in seconds",
            contracts::EXAMPLE,
            Operation::Status,
            whole(r#"{"state":"done","took":1200,"files":[{"url":"https://cdn.example.com/a","kind":"audio","until":1790000900}]}"#),
        ),
        (
            "an output that is a bare text",
            "aivideomaker",
            Operation::Result,
            whole(r#"{"status":"COMPLETED","output":"https://a.example/v.mp4"}"#),
        ),
        ("a redirect of a status", "apixo", Operation::Status, json!({"status": 302, "headers": {"location": "https://other.example/"}})),
    ];
    list.iter().map(|(name, contract, operation, response)| case(name, contract, *operation, response)).collect()
}

/// Answers that no strict reader takes, with a task's id or its end in them.
fn repaired() -> Vec<Value> {
    let submits = [
        ("an id beside half a surrogate pair", json!({"text": r#"{"data":{"taskId":"t","prompt":"cut \ud83d"}}"#})),
        ("an id beside NaN and Infinity", json!({"text": r#"{"data":{"taskId":"t","cost":[NaN,-Infinity]}}"#})),
        ("an id beside a number that does not fit", json!({"text": r#"{"data":{"taskId":"t","cost":1e400}}"#})),
        ("an id beside a byte of Latin-1", json!({"base64": "eyJkYXRhIjp7InRhc2tJZCI6InQiLCJwcm9tcHQiOiJjYWbpIn19"})),
        ("an id beside a line break in a text", json!({"text": "{\"data\":{\"taskId\":\"t\",\"prompt\":\"a\nb\"}}"})),
        ("an id before bytes after the end", json!({"text": "{\"data\":{\"taskId\":\"t\"}}\u{0}\u{0}0\r\n"})),
        ("an id in UTF-16", json!({"base64": "ewAiAGQAYQB0AGEAIgA6AHsAIgB0AGEAcwBrAEkAZAAiADoAIgB0ACIAfQB9AA=="})),
        ("an id beyond 64 bits", json!({"text": r#"{"data":{"taskId":123456789012345678901234567890}}"#})),
        ("an id that ends in a zero", json!({"text": r#"{"data":{"taskId":1.50}}"#})),
        ("a blank id", json!({"text": r#"{"data":{"taskId":" \t"}}"#})),
        ("an id that is cut inside", json!({"text": r#"{"data":{"taskId":"t\ud83d"}}"#})),
    ];
    let ends = [
        (
            "an end beside half a surrogate pair",
            r#"{"data":{"state":"success","prompt":"\ude00","resultJson":"{\"resultUrls\":[\"https://a.example/1\"]}"}}"#,
        ),
        (
            "an end with half a surrogate pair in its JSON text",
            r#"{"data":{"state":"success","resultJson":"{\"resultUrls\":[\"https://a.example/1\"],\"p\":\"\\ud83d\"}"}}"#,
        ),
    ];
    let submits = submits.iter().map(|(name, body)| case(name, "apixo", Operation::Submit, &json!({"status": 200, "body": body})));
    let ends = ends.iter().map(|(name, text)| case(name, "apixo", Operation::Status, &json!({"status": 200, "body": {"text": text}})));
    submits.chain(ends).collect()
}

fn case(name: &str, contract: &str, operation: Operation, response: &Value) -> Value {
    let loaded = contracts::load(contract);
    let read = wire::response_from(response);
    let mut case = json!({"name": name, "contract": contract, "operation": operation.as_str(), "response": response, "now": START});
    case["expect"] = match operation {
        Operation::Submit => {
            case["entropy"] = json!(ENTROPY);
            let scene = Scene::new(name, contract).timeout().respond(response.clone());
            json!({"record": outline(&scene.machine), "reply": scene.machine.reply().to_value()})
        }
        Operation::List => loaded.read_list(&read, START).map_or_else(
            |fault| json!({"code": fault.code.as_str()}),
            |tasks| json!({"tasks": tasks.iter().map(|task| json!({"taskId": task.task_id, "created": task.created, "model": task.model, "reference": task.reference})).collect::<Vec<_>>()}),
        ),
        Operation::Account => loaded.read_account(&read, START).map_or_else(
            |fault| json!({"code": fault.code.as_str()}),
            |balance| json!({"amount": balance.amount, "unit": balance.unit}),
        ),
        _ => about_task(&loaded, contract, operation, read),
    };
    case
}

/// What a task that is asked about looks like after the answer: its record in outline, and the reply that its asker gets.
fn about_task(contract: &Contract, name: &str, operation: Operation, response: HttpResponse) -> Value {
    let model = contracts::generation(name).model;
    let Some((mut machine, mut pacer, request)) = encode::ask(contract, &model, "task_1", operation) else { return Value::Null };
    let outputs = machine.step(Input::Response { request: request.id, response }, START, &mut pacer).expect("an answer is legal");
    let told = outputs.iter().find_map(|output| match output {
        Output::Yield { reply } if machine.last_fault().is_none() => Some(reply.to_value()),
        Output::Finished { reply } => Some(reply.to_value()),
        _ => None,
    });
    json!({"record": outline(&machine), "reply": told.unwrap_or_else(|| machine.answer().to_value())})
}

fn outline(machine: &TaskMachine) -> Value {
    let record = machine.record().to_value();
    json!({
        "phase": record["phase"], "state": record["state"], "taskId": record["taskId"], "providerState": record["providerState"],
        "progressPermille": record["progressPermille"], "result": record["result"], "error": record["error"],
        "lastFault": machine.last_fault().map(|fault| fault.code.as_str()),
    })
}
