use super::*;
use crate::script::Fault;
use serde_json::json;

/// A contract that leaves out all that it may.
fn contract(id: &str) -> Value {
    json!({
        "id": id, "base": format!("https://api.{id}.example"), "auth": {"header": "x-key", "value": "{key}"},
        "submit": {"path": "/make", "body": {"input": "$input"}, "reply": {"taskId": ["/id"]}},
        "status": {"path": "/tasks/{taskId}", "reply": {
            "state": {"at": ["/state"], "words": {"queued": "pending", "working": "processing", "done": "success"}},
            "files": [{"at": "/url"}]}},
        "cancel": {"path": "/tasks/{taskId}/cancel", "while": ["pending"]},
    })
}

fn house() -> Providers {
    let mut providers = Providers::new("http://127.0.0.1:4000", 20);
    for id in ["one", "two"] {
        providers.add(&contract(id), SandboxOptions::default());
    }
    providers
}

fn ask(providers: &mut Providers, method: &str, target: &str, body: &Value) -> Answer {
    let request = SandboxRequest::new(method, target).with_header("x-key", "k").with_json(body);
    providers.answer(&request, 0, Connections::default()).answer
}

fn submit(providers: &mut Providers, provider: &str) -> Answer {
    ask(providers, "POST", &format!("/{provider}/make"), &json!({"input": {"prompt": "a cat"}}))
}

#[test]
fn each_provider_has_its_path_and_none_sees_the_others_tasks() {
    let mut providers = house();
    let id = submit(&mut providers, "one").to_json()["id"].as_str().unwrap().to_owned();
    assert_eq!(ask(&mut providers, "GET", &format!("/one/tasks/{id}"), &Value::Null).to_json()["state"], "queued");
    assert_eq!(ask(&mut providers, "GET", &format!("/two/tasks/{id}"), &Value::Null).status, 404);
    assert_eq!(ask(&mut providers, "GET", "/three/tasks/x", &Value::Null).to_json()["ok"], false);
    let bases = ask(&mut providers, "GET", "/_sandbox", &Value::Null).to_json();
    assert_eq!(bases["providers"], json!({"one": "http://127.0.0.1:4000/one", "two": "http://127.0.0.1:4000/two"}));
}

#[test]
fn a_task_whose_submit_nobody_was_answered_is_listed_by_its_provider() {
    let mut providers = house();
    let rules = json!({"provider": "one", "rules": [{"on": "submit", "nth": 1, "fault": {"kind": "resetAfterBody"}}]});
    assert_eq!(ask(&mut providers, "POST", "/_sandbox/script", &rules).status, 200);
    assert_eq!(submit(&mut providers, "one").fault, Some(Fault::ResetAfterBody));
    let tasks = ask(&mut providers, "GET", "/_sandbox/tasks", &Value::Null).to_json()["providers"].take();
    let id = &tasks["one"][0]["taskId"];
    assert_eq!(tasks, json!({"one": [{"taskId": id, "model": "", "prompt": "a cat", "state": "pending", "createdAt": 0}], "two": []}));
    assert_eq!(ask(&mut providers, "GET", &format!("/one/tasks/{}", id.as_str().unwrap()), &Value::Null).to_json()["state"], "queued");
}

#[test]
fn who_moves_keeps_its_tasks_and_names_files_at_the_new_place() {
    let mut providers = house();
    let id = submit(&mut providers, "one").to_json()["id"].as_str().unwrap().to_owned();
    providers.move_to("http://127.0.0.1:5000");
    assert_eq!(providers.base_url("one"), "http://127.0.0.1:5000/one");
    let status = SandboxRequest::new("GET", &format!("/one/tasks/{id}")).with_header("x-key", "k");
    let done = providers.answer(&status, 2_000, Connections::default()).answer.to_json();
    assert_eq!(done["url"], format!("http://127.0.0.1:5000/one/files/{id}.png"));
    assert_eq!(ask(&mut providers, "POST", "/_sandbox/reset", &json!({})).status, 200);
    assert_eq!(providers.get("one").unwrap().tasks(0), []);
    assert_eq!(providers.base_url("one"), "http://127.0.0.1:5000/one");
}

#[test]
fn only_a_task_with_a_callback_has_one_to_come() {
    let mut contract = contract("one");
    contract["submit"]["withCallback"] = json!({"body": {"hook": "$callbackUrl"}});
    let mut providers = Providers::new("http://127.0.0.1:4000", 1);
    providers.add(&contract, SandboxOptions::default());
    submit(&mut providers, "one");
    assert_eq!(providers.next_post_at(), None);
    let body = json!({"input": {"prompt": "a cat"}, "hook": "http://127.0.0.1:9/c"});
    ask(&mut providers, "POST", "/one/make", &body);
    assert_eq!(providers.next_post_at(), Some(500));
    assert_eq!(providers.posts_due(1_999, 0), []);
    assert_eq!(providers.next_post_at(), Some(2_000));
    let due = providers.posts_due(2_000, 0);
    assert_eq!(
        due.iter().map(|(provider, post)| (provider.as_str(), post.url.as_str())).collect::<Vec<_>>(),
        [("one", "http://127.0.0.1:9/c")]
    );
}

#[test]
fn a_wait_of_the_limits_is_told_in_real_seconds() {
    let mut providers = Providers::new("http://127.0.0.1:4000", 20);
    providers.add(&contract("one"), SandboxOptions { submit_per_min: Some(1), ..SandboxOptions::default() });
    submit(&mut providers, "one");
    let limited = submit(&mut providers, "one");
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("3")));
}

#[test]
fn only_a_release_releases() {
    let mut providers = house();
    let mut releases = |method: &str, target: &str| {
        providers.answer(&SandboxRequest::new(method, target), 0, Connections { open: 1, most: 2, total: 3 }).releases
    };
    assert!(releases("POST", "/_sandbox/release"));
    assert!(!releases("GET", "/_sandbox/release") && !releases("POST", "/_sandbox/restart") && !releases("POST", "/one/release"));
    let stats = ask(&mut providers, "GET", "/_sandbox/stats", &Value::Null).to_json();
    assert_eq!((&stats["connectionsOpen"], &stats["callbacksDelivered"]), (&json!(0), &json!(0)));
}
