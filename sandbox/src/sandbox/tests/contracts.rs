//! Contracts of users: what they leave out, what their samples say, and what nothing in them is about.

use super::*;

/// A provider with these samples, whose contract leaves out all that it may.
fn small(samples: &Value) -> Sandbox {
    let contract = json!({
        "id": "small", "base": "https://api.small.example", "auth": {"header": "x-key", "value": "{key}"},
        "error": {"code": ["/error/code"], "message": ["/error/message"]},
        "submit": {"path": "/make", "body": {"input": "$input"}, "reply": {"taskId": ["/job/id"]}},
        "status": {"path": "/jobs/{taskId}", "reply": {
            "state": {"at": ["/job/state"], "words": {"queued": "pending", "working": "processing", "done": "success"}},
            "files": [{"at": "/job/url"}]}},
        "cancel": {"path": "/jobs/{taskId}/cancel", "while": ["pending"]},
        "list": {"path": "/jobs", "reply": {"items": ["/jobs"], "taskId": ["/id"]}},
        "samples": samples,
    });
    Sandbox::new(&contract, SandboxOptions::default())
}

const AT: u64 = 1_790_000_000_000;

fn asked(sandbox: &mut Sandbox, method: &str, path: &str) -> Answer {
    let request = SandboxRequest::new(method, path).with_header("x-key", "k");
    sandbox.answer(&request.with_json(&json!({"input": {"prompt": "a cat"}})), AT)
}

#[test]
fn what_a_contract_leaves_out_is_as_its_schema_says() {
    let mut sandbox = small(&json!({}));
    let accepted = asked(&mut sandbox, "POST", "/make");
    assert_eq!(accepted.status, 200);
    let id = accepted.to_json()["job"]["id"].as_str().unwrap().to_owned();
    assert_eq!(asked(&mut sandbox, "GET", &format!("/jobs/{id}")).to_json()["job"]["state"], "queued");
    assert_eq!(asked(&mut sandbox, "GET", "/make").status, 405);
    assert_eq!(asked(&mut sandbox, "GET", &format!("/jobs/{id}/cancel")).status, 405);
    assert_eq!(asked(&mut sandbox, "POST", &format!("/jobs/{id}/cancel")).status, 200);
}

#[test]
fn what_is_not_known_is_refused_in_the_form_of_the_provider_and_not_in_the_words_of_another_refusal() {
    let broke = json!({"error": {"code": "no_credits", "message": "top up", "hint": "https://pay.example"}, "balance": 0});
    let mut sandbox = small(&json!({"submit": [{"status": 402, "is": "rejected", "code": "INSUFFICIENT_CREDITS", "json": broke}]}));
    let nowhere = asked(&mut sandbox, "GET", "/nowhere");
    assert_eq!((nowhere.status, nowhere.to_json()), (404, json!({"error": {"code": "NOT_FOUND", "message": "no such endpoint"}})));
    let nobody = asked(&mut sandbox, "GET", "/jobs/nobody");
    assert_eq!((nobody.status, nobody.to_json()), (404, json!({"error": {"code": "TASK_NOT_FOUND", "message": "refused"}})));
    let mut plain = small(&json!({}));
    assert_eq!(asked(&mut plain, "GET", "/nowhere").to_json(), json!({"error": {"message": "no such endpoint"}}));
}

#[test]
fn samples_of_a_contract_are_followed_in_status_headers_text_and_form() {
    let mut sandbox = small(&json!({
        "submit": [{"status": 202, "headers": {"x-queue": "1"}, "is": "accepted", "json": {"job": {"id": "job-1"}, "tier": "free"}}],
        "status": [{"status": 404, "is": "not_found", "code": "TASK_NOT_FOUND", "text": "gone"}],
        "cancel": [{"status": 202, "headers": {"x-done": "0"}, "is": "ok", "json": {"job": {"id": "job-1"}}}],
        "list": [{"status": 200, "headers": {"x-total": "0"}, "is": "ok", "json": {"jobs": [], "page": 1}}],
    }));
    let accepted = asked(&mut sandbox, "POST", "/make");
    assert_eq!((accepted.status, accepted.header("x-queue"), &accepted.to_json()["tier"]), (202, Some("1"), &json!("free")));
    let id = accepted.to_json()["job"]["id"].as_str().unwrap().to_owned();
    let gone = asked(&mut sandbox, "GET", "/jobs/nobody");
    assert_eq!((gone.status, gone.body.as_slice(), gone.header("content-type")), (404, b"gone".as_slice(), Some("text/plain")));
    let listed = asked(&mut sandbox, "GET", "/jobs");
    assert_eq!((listed.header("x-total"), listed.to_json()), (Some("0"), json!({"jobs": [{"id": id}], "page": 1})));
    let cancelled = asked(&mut sandbox, "POST", &format!("/jobs/{id}/cancel"));
    assert_eq!((cancelled.status, cancelled.header("x-done"), &cancelled.to_json()["job"]["id"]), (202, Some("0"), &json!(id)));
}
