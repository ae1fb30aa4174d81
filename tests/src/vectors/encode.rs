//! Requests: submit, status, result and cancel of each contract, list and account where there are any.

use super::scene::{ENTROPY, Scene};
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::{Contract, HttpRequest, Input, OneShot, Operation, Output, Pacer, Settings, TaskMachine};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    for name in contracts::ALL {
        let contract = contracts::load(name);
        let model = contracts::generation(name).model;
        cases.push(submit(&format!("{name}: submit"), name, &json!({}), &json!({})));
        cases.push(about_task(name, &model, "task_1", Operation::Status));
        cases.push(about_task(name, &model, "task_1", Operation::Result));
        if contract.can_cancel() {
            cases.push(about_task(name, &model, "task_1", Operation::Cancel));
        }
        for (operation, built) in [("list", contract.list_request(contract.base())), ("account", contract.account_request(contract.base()))]
        {
            let expect = built.map_or_else(|error| json!({"error": wire::error_value(&error)}), |it| json!({"request": it.to_value()}));
            cases.push(json!({"name": format!("{name}: {operation}"), "contract": name, "operation": operation, "expect": expect}));
        }
        if contract.validate(&contracts::generation(name), &wire::submit_options_from(&callback())).is_ok() {
            cases.push(submit(&format!("{name}: submit with a callback"), name, &callback(), &json!({})));
        }
    }
    cases.push(submit("an option in the body", "apixo", &json!({"options": {"provider": "official"}}), &json!({})));
    cases.push(submit("an option in a header", "aivideomaker", &json!({"options": {"maxCredits": 20}}), &json!({})));
    cases.push(submit(
        "options in headers",
        "contracts/fal.json",
        &json!({"options": {"priority": "low", "requestTimeout": 60}}),
        &json!({}),
    ));
    cases.push(submit("another base", "apixo", &json!({}), &json!({"base": "http://127.0.0.1:8080/apixo/"})));
    cases.push(about_task("apixo", "a b/c", "task/1?x#é", Operation::Status));
    cases.push(about_task("contracts/fal.json", "fal-ai/kling-video/v2/master/image-to-video", "id", Operation::Status));
    cases
}

fn callback() -> Value {
    json!({"callbackUrl": "https://app.example.com/hook?token=a%20b"})
}

fn submit(name: &str, contract: &str, options: &Value, settings: &Value) -> Value {
    let scene = Scene::with(name, contract, settings.clone(), options.clone());
    let generation = contracts::generation(contract);
    let request = scene.machine.preview().map_or(Value::Null, |request| request.to_value());
    json!({
        "name": name, "contract": contract, "operation": "submit", "options": options, "settings": settings, "entropy": ENTROPY,
        "generation": {"model": generation.model, "input": generation.input},
        "expect": {"request": request, "sha256": scene.machine.record().request().sha256},
    })
}

/// A question about a task that is not stored, up to the request of its operation: the machine that waits for the answer.
pub(super) fn ask(contract: &Contract, model: &str, task_id: &str, operation: Operation) -> Option<(TaskMachine, Pacer, HttpRequest)> {
    let ask = if operation == Operation::Result { OneShot::Details } else { OneShot::Status };
    let mut machine = TaskMachine::one_shot(contract, model, task_id, ask, &Arc::new(Settings::default()), START).ok()?;
    let mut pacer = Pacer::new();
    if operation == Operation::Cancel {
        machine.step(Input::Cancel, START, &mut pacer).ok()?;
    }
    let mut request = request_of(machine.step(Input::Timeout, START, &mut pacer).ok()?)?;
    if operation == Operation::Cancel && request.operation == Operation::Status {
        // A cancel that erases a finished task looks first.
        let response = crate::rig::ok(r#"{"status":"PENDING","state":"queued"}"#);
        machine.step(Input::Response { request: request.id, response }, START, &mut pacer).ok()?;
        request = request_of(machine.step(Input::Timeout, START, &mut pacer).ok()?)?;
    }
    Some((machine, pacer, request))
}

fn request_of(outputs: Vec<Output>) -> Option<HttpRequest> {
    outputs.into_iter().find_map(|output| match output {
        Output::Transmit { request } => Some(request),
        _ => None,
    })
}

fn about_task(name: &str, model: &str, task_id: &str, operation: Operation) -> Value {
    let request = ask(&contracts::load(name), model, task_id, operation).map(|(_, _, request)| request.to_value());
    let word = operation.as_str();
    json!({
        "name": format!("{name}: {word} of {task_id}"), "contract": name, "operation": word, "model": model, "taskId": task_id,
        "expect": {"request": request},
    })
}
