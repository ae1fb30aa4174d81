//! Contracts, samples and requests that make work: the sandbox answers all of them, in a time and a size that they cannot choose.

use gentask_sandbox::{Answer, Sandbox, SandboxOptions, SandboxRequest};
use serde_json::{Value, json};
use std::sync::mpsc;
use std::time::Duration;

/// A small provider.
fn contract() -> Value {
    json!({
        "id": "mini", "base": "https://api.mini.example", "auth": {"header": "authorization", "value": "Bearer {key}"},
        "submit": {"method": "POST", "path": "/make", "body": {"model": "$model", "input": "$input"}, "reply": {"taskId": ["/id"]}},
        "status": {"method": "GET", "path": "/tasks/{taskId}", "reply": {
            "state": {"at": ["/state"], "words": {"queued": "pending", "working": "processing", "done": "success", "failed": "failed"}},
            "files": [{"at": "/url"}]}},
        "models": {"open": true, "list": {}},
    })
}

fn keyed(method: &str, path: &str) -> SandboxRequest {
    SandboxRequest::new(method, path).with_header("authorization", "Bearer k")
}

fn submit(input: &Value) -> SandboxRequest {
    keyed("POST", "/make").with_json(&json!({"model": "m", "input": input}))
}

/// What comes of it; a failure where nothing has after a time in which all of these tests have ended many times over.
fn bounded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (told, tell) = mpsc::channel();
    std::thread::spawn(move || told.send(work()));
    tell.recv_timeout(Duration::from_secs(60)).expect("it ends")
}

/// The answer to a status question about a task that has just ended.
fn ended(contract: Value, options: SandboxOptions, input: Value) -> Answer {
    bounded(move || {
        let mut sandbox = Sandbox::new(&contract, options);
        let answer = sandbox.answer(&submit(&input), 0);
        assert_eq!(answer.status, 200, "{}", answer.to_json());
        let id = sandbox.task_ids()[0].clone();
        sandbox.answer(&keyed("GET", &format!("/tasks/{id}")), 100_000)
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut contract = contract();
    contract[name] = value;
    contract
}

#[test]
fn an_empty_task_id_of_a_sample_is_none() {
    let samples = json!({
        "submit": [{"is": "accepted", "status": 200, "json": {"id": ""}}],
        "status": [{"is": "success", "status": 200, "json": {"id": "", "state": "done", "url": "https://x.example/a.png", "note": "all is well"}}],
    });
    let body = ended(with("samples", samples), SandboxOptions::default(), json!({"prompt": "x"})).to_json();
    assert_eq!((&body["state"], &body["note"]), (&json!("done"), &json!("all is well")));
}

#[test]
fn a_path_of_many_variables_is_matched_at_once() {
    let path = "/{x*}".repeat(8) + "/end";
    let contract = with("submit", json!({"method": "POST", "path": path, "body": {"input": "$input"}, "reply": {"taskId": ["/id"]}}));
    let status = |path: String| {
        let mut sandbox = Sandbox::new(&contract, SandboxOptions::default());
        bounded(move || sandbox.answer(&keyed("POST", &path).with_json(&json!({"input": {}})), 0).status)
    };
    assert_eq!(status("/a".repeat(8000)), 404);
    assert_eq!(status("/a".repeat(250)), 404);
    assert_eq!(status("/a".repeat(250) + "/end"), 200);
}

#[test]
fn files_in_arrays_in_arrays_do_not_multiply() {
    let (mut place, mut sample, mut entries) = (String::new(), Value::Null, Vec::new());
    for _ in 0..40 {
        place += "/a/*";
        entries.push(json!({"at": place.clone(), "url": "/u"}));
        sample = json!({"u": "https://x.example/a.png", "a": [sample]});
    }
    let mut contract = contract();
    contract["status"]["reply"]["files"] = json!(entries);
    contract["samples"] = json!({"status": [{"is": "success", "status": 200, "json": sample, "files": ["https://x.example/a.png"]}]});
    let answer = ended(contract, SandboxOptions::default(), json!({"prompt": "x", "num_images": 4}));
    assert!(answer.status == 200 && answer.body.len() < 2_000_000, "{} bytes", answer.body.len());
}

#[test]
fn a_pointer_into_nowhere_makes_nothing() {
    for far in ["/data/99999999999".to_owned(), format!("/data/{}", usize::MAX), "/a".repeat(200_000)] {
        let contract = with("submit", json!({"method": "POST", "path": "/make", "body": {"input": "$input"}, "reply": {"taskId": [far]}}));
        let answer = ended(contract, SandboxOptions::default(), json!({"prompt": "x"}));
        assert!(answer.body.len() < 1000);
    }
}

#[test]
fn a_sample_repeats_no_request_without_end() {
    let many: Vec<Value> = vec![json!({"model": "", "input": {}}); 20_000];
    let samples = json!({"submit": [{"is": "accepted", "status": 200, "json": {"id": "t", "all": many}}]});
    let contract = with("samples", samples);
    let length = bounded(move || {
        let mut sandbox = Sandbox::new(&contract, SandboxOptions::default());
        let body = json!({"model": "m".repeat(100_000), "input": {"prompt": "x".repeat(4_000)}});
        sandbox.answer(&keyed("POST", "/make").with_json(&body), 0).body.len()
    });
    assert!(length < 3_000_000, "{length} bytes");
}

#[test]
fn samples_without_number_are_looked_through_once() {
    let odd = json!({"is": "success", "files": ["a"]});
    let mut samples = vec![odd; 30_000];
    samples.push(json!({"is": "success", "status": 200, "files": ["https://x.example/a.png"], "json": {"state": "done", "url": "https://x.example/a.png"}}));
    let samples = json!({"status": samples});
    let answer = ended(with("samples", samples), SandboxOptions::default(), json!({"prompt": "x"}));
    assert_eq!(answer.to_json()["state"], "done");
    let text = "t ".repeat(50_000);
    let samples = json!({
        "submit": [{"is": "accepted", "status": 200, "json": {"id": "t"}}],
        "status": [{"is": "success", "status": 200, "json": {"state": "done", "text": text}}],
    });
    let body = ended(with("samples", samples), SandboxOptions::default(), json!({"prompt": "x"})).to_json();
    assert!(!body["text"].as_str().unwrap().contains("t t"));
}

#[test]
fn numbers_without_end_are_as_good_as_any() {
    let mut contract = contract();
    contract["status"]["reply"]["progress"] = json!({"at": ["/progress"], "max": u64::MAX});
    contract["samples"] =
        json!({"status": [{"is": "processing", "status": 200, "headers": [1], "json": {"state": "working", "progress": 1}}]});
    let options: SandboxOptions = serde_json::from_value(json!({
        "taskMs": {"image": u64::MAX}, "pendingMs": 0, "balanceMilli": u64::MAX, "priceMilli": u64::MAX / 2, "readPerMin": 3,
    }))
    .unwrap();
    let mut sandbox = Sandbox::new(&contract, options);
    assert_eq!(sandbox.answer(&submit(&json!({"prompt": "[slow]", "num_images": 4})), 5).status, 200);
    let path = format!("/tasks/{}", sandbox.task_ids()[0]);
    for now in [6, u64::MAX / 2, u64::MAX - 1] {
        assert_eq!(sandbox.answer(&keyed("GET", &path), now).status, 200, "{now}");
    }
    for _ in 0..4 {
        sandbox.answer(&keyed("GET", &path), u64::MAX);
    }
}
