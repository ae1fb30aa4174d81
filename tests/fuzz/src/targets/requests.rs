//! What goes out: nothing that a caller writes leads a request elsewhere, or puts anything into it that has no place there.

use super::check_error;
use crate::{Draw, Target, note};
use gentask_core::internal::{loggable_request, loggable_url};
use gentask_core::{Contract, Generation, HttpRequest, Input, OneShot, Output, Pacer, Settings, SubmitOptions, TaskMachine};
use gentask_tests::contracts;
use gentask_tests::rig::START;
use serde_json::Value;
use std::sync::Arc;

pub(super) const REQUEST: Target = Target {
    name: "request",
    about: "any model, payload, options, callback and task id: refused, or a request to the base whose parts are whole",
    run: request,
    seeds: super::none,
    plain: false,
};

fn request(data: &[u8]) {
    let mut draw = Draw::new(data);
    let name = *draw.pick(&contracts::ALL);
    let contract = contracts::load(name);
    let mut generation = contracts::generation(name);
    if draw.flag() {
        generation.model = odd_text(&mut draw);
    }
    if let Some(members) = generation.input.as_object_mut() {
        for _ in 0..draw.below(4) {
            let name = if draw.flag() { draw.name() } else { "prompt".to_owned() };
            let value = if draw.flag() { draw.json(6) } else { Value::String(draw.text()) };
            members.insert(name, value);
        }
    }
    let options = SubmitOptions {
        key: draw.maybe(odd_text),
        owner: draw.maybe(odd_text),
        callback_url: draw.maybe(odd_text),
        options: (0..draw.below(3)).map(|_| ((*draw.pick(&["tier", "maxCredits", "a"])).to_owned(), draw.json(3))).collect(),
    };
    let settings = Arc::new(Settings { base: draw.maybe(odd_text), ..Settings::default() });
    prepare(&contract, &generation, &options, &settings);
    ask(&contract, &generation.model, &odd_text(&mut draw), &settings);
}

fn odd_text(draw: &mut Draw<'_>) -> String {
    draw.text()
}

fn prepare(contract: &Contract, generation: &Generation, options: &SubmitOptions, settings: &Arc<Settings>) {
    let machine = match TaskMachine::prepare(contract, generation, options, settings, [7; 32], START) {
        Ok(machine) => machine,
        Err(error) => return check_error(&error),
    };
    super::check_record(&machine.first_record());
    let request = machine.preview().expect("a prepared task has its request");
    check_request(contract, &request);
    if !request.body.is_empty() {
        let body: Value = serde_json::from_slice(&request.body).expect("a body is JSON");
        super::check_canonical(&body);
    }
    assert!(request.body.len() as u64 <= contract.limits().submit_bytes);
    let blob = machine.request_blob().and_then(|blob| blob.bytes).expect("a prepared task has its blob");
    let again = TaskMachine::resume(contract, machine.record().clone(), Some(&blob), settings).expect("what was prepared is resumed");
    assert_eq!(again.preview(), Some(request), "a request changes when it is stored and read");
    note("prepared");
}

/// A question about a task that is not stored.
fn ask(contract: &Contract, model: &str, task_id: &str, settings: &Arc<Settings>) {
    for question in [OneShot::Status, OneShot::Details] {
        let mut machine = match TaskMachine::one_shot(contract, model, task_id, question, settings, START) {
            Ok(machine) => machine,
            Err(error) => {
                check_error(&error);
                continue;
            }
        };
        match machine.step(Input::Timeout, START, &mut Pacer::new()) {
            Ok(outputs) => {
                for output in outputs {
                    match output {
                        Output::Transmit { request } => check_request(contract, &request),
                        Output::Yield { reply } | Output::Finished { reply } => super::check_reply(&reply),
                        _ => {}
                    }
                }
            }
            Err(error) => check_error(&error),
        }
    }
}

/// A request is one: a URL in printable ASCII on an origin that may have the key, headers of one line, no credential.
pub(super) fn check_request(contract: &Contract, request: &HttpRequest) {
    note(&request.method);
    assert!(matches!(request.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE"), "{}", request.method);
    assert!(request.url.bytes().all(|byte| byte.is_ascii_graphic()), "the URL {:?}", request.url);
    assert!(!request.url.contains('#'), "the URL {:?} has a fragment", request.url);
    let path = request.url.split('?').next().unwrap_or_default();
    assert!(!path.split('/').any(|part| matches!(part, "." | "..")), "the URL {:?} climbs", request.url);
    let origin = loggable_url(&request.url);
    assert!(origin.starts_with("https://") || origin.starts_with("http://"), "the URL {:?} has no origin", request.url);
    for (name, value) in &request.headers {
        assert!(
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && byte != b':'),
            "{name:?}"
        );
        assert!(!value.contains(['\r', '\n', '\0']), "the header {name} has more than one line");
        assert_ne!(*name, contract.auth().header, "a credential is in the request");
    }
    let shown = format!("{} {request:?}", loggable_request(request));
    assert!(!shown.contains("sunset"), "a prompt may be logged: {shown}");
}

pub(super) const URL: Target = Target {
    name: "url",
    about: "any text as a base URL and as a URL to be logged: refused, or an origin and nothing private",
    run: url,
    seeds: urls,
    plain: false,
};

fn urls() -> Vec<Vec<u8>> {
    let texts =
        ["https://api.example.com", "https://api.example.com/base/", "http://127.0.0.1:4000/apixo", "http://[::1]:1", "https://a:b@c.d/"];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn url(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let shown = loggable_url(&text);
    if let Some((scheme, rest)) = shown.split_once("://") {
        assert!(matches!(scheme, "http" | "https") && !rest.contains(['/', '@', '?', '#']), "{shown:?} may be logged");
        note("an origin");
    } else {
        assert_eq!(shown, "(no http URL)");
    }
    match Contract::check_base(&text) {
        Ok(base) => {
            note("a base");
            let authority = base.split('/').nth(2).unwrap_or_default();
            assert!(!base.ends_with('/') && !base.contains(['?', '#', ' ']) && !authority.contains('@'), "{base:?} is a base");
            assert_eq!(Contract::check_base(&base).ok().as_ref(), Some(&base), "a base changes when it is checked again");
            let contract = contracts::load(contracts::EXAMPLE);
            assert!(!contract.trusted_origins(&base).is_empty());
            if let Ok(request) = contract.account_request(&base) {
                assert!(request.url.starts_with(&base));
                check_request(&contract, &request);
            }
        }
        Err(error) => check_error(&error),
    }
}
