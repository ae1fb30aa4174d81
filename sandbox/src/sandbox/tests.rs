use super::*;
use crate::pointer;
use crate::script::{Fault, Rule};
use serde_json::json;
use std::path::Path;

mod callbacks;
mod contracts;

/// A contract of the product or a fixture of the tests.
fn contract(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = ["core/contracts", "tests/contracts"]
        .iter()
        .find_map(|folder| std::fs::read_to_string(root.join(folder).join(format!("{name}.json"))).ok());
    serde_json::from_str(&text.unwrap_or_else(|| panic!("no contract {name}"))).unwrap()
}

/// How each provider is asked: model, body of the submit, its path, paths of status, result, cancel ({} is the task id).
struct Case {
    name: &'static str,
    submit: &'static str,
    body: fn(&str) -> Value,
    status: &'static str,
    result: Option<&'static str>,
    cancel: Option<(&'static str, &'static str)>,
    extension: &'static str,
}

const CASES: [Case; 7] = [
    Case {
        name: "apidot",
        submit: "/api/generate/submit",
        body: |prompt| json!({"model": "seedance-2", "input": {"prompt": prompt, "duration": 5, "resolution": "720p"}, "callback_url": "http://127.0.0.1:9/c"}),
        status: "/api/generate/status/{}",
        result: None,
        cancel: None,
        extension: "mp4",
    },
    Case {
        name: "apixo",
        submit: "/api/v1/generateTask/nano-banana",
        body: |prompt| json!({"request_type": "callback", "callback_url": "http://127.0.0.1:9/c", "input": {"mode": "text-to-image", "prompt": prompt}}),
        status: "/api/v1/statusTask/nano-banana?taskId={}",
        result: None,
        cancel: None,
        extension: "png",
    },
    Case {
        name: "aivideomaker",
        submit: "/api/v1/generate/t2v",
        body: |prompt| json!({"prompt": prompt, "aspectRatio": "16:9", "duration": "5"}),
        status: "/api/v1/tasks/{}/status",
        result: Some("/api/v1/tasks/{}"),
        cancel: Some(("PUT", "/api/v1/tasks/{}/cancel")),
        extension: "mp4",
    },
    Case {
        name: "replicate",
        submit: "/v1/models/black-forest-labs/flux-schnell/predictions",
        body: |prompt| json!({"input": {"prompt": prompt}, "webhook": "http://127.0.0.1:9/c", "webhook_events_filter": ["completed"]}),
        status: "/v1/predictions/{}",
        result: None,
        cancel: Some(("POST", "/v1/predictions/{}/cancel")),
        extension: "png",
    },
    Case {
        name: "fal",
        submit: "/fal-ai/flux/dev?fal_webhook=http%3A%2F%2F127.0.0.1%3A9%2Fc",
        body: |prompt| json!({"prompt": prompt}),
        status: "/fal-ai/flux/requests/{}/status",
        result: Some("/fal-ai/flux/requests/{}"),
        cancel: Some(("PUT", "/fal-ai/flux/requests/{}/cancel")),
        extension: "png",
    },
    Case {
        name: "kie",
        submit: "/api/v1/jobs/createTask",
        body: |prompt| json!({"model": "google/nano-banana", "input": {"prompt": prompt}, "callBackUrl": "http://127.0.0.1:9/c"}),
        status: "/api/v1/jobs/recordInfo?taskId={}",
        result: None,
        cancel: None,
        extension: "png",
    },
    Case {
        name: "runway",
        submit: "/v1/text_to_image",
        body: |prompt| json!({"model": "gen4_image", "promptText": prompt}),
        status: "/v1/tasks/{}",
        result: None,
        cancel: Some(("DELETE", "/v1/tasks/{}")),
        extension: "png",
    },
];

struct Bench {
    case: &'static Case,
    contract: Value,
    sandbox: Sandbox,
}

impl Bench {
    fn new(case: &'static Case, options: SandboxOptions) -> Self {
        let contract = contract(case.name);
        let options = SandboxOptions { base_url: Some("http://127.0.0.1:4000/p".to_owned()), ..options };
        Self { case, sandbox: Sandbox::new(&contract, options), contract }
    }

    fn keyed(&self, method: &str, path: &str) -> SandboxRequest {
        let value = self.contract["auth"]["value"].as_str().unwrap().replace("{key}", "secret");
        let mut request =
            SandboxRequest::new(method, &format!("/p{path}")).with_header(self.contract["auth"]["header"].as_str().unwrap(), &value);
        for (name, value) in self.contract["headers"].as_object().unwrap() {
            request = request.with_header(name, value.as_str().unwrap());
        }
        request
    }

    fn submit(&mut self, prompt: &str, now: u64) -> Answer {
        let request =
            self.keyed("POST", self.case.submit).with_header("webhookUrl", "http://127.0.0.1:9/c").with_json(&(self.case.body)(prompt));
        self.sandbox.answer(&request, now)
    }

    fn begin(&mut self, prompt: &str, now: u64) -> String {
        let answer = self.submit(prompt, now);
        assert!((200..300).contains(&answer.status), "{}: {} {}", self.case.name, answer.status, answer.to_json());
        let submit = &self.contract["submit"];
        let submit = if submit.is_array() { &submit[0] } else { submit };
        let body = answer.to_json();
        let id =
            pointer::list(&submit["reply"]["taskId"]).into_iter().find_map(|at| pointer::first(&body, at)?.as_str().map(str::to_owned));
        id.unwrap_or_else(|| panic!("{}: no id in {body}", self.case.name))
    }

    fn read(&mut self, path: &str, id: &str, now: u64) -> Answer {
        let request = self.keyed("GET", &path.replace("{}", id));
        self.sandbox.answer(&request, now)
    }

    fn status(&mut self, id: &str, now: u64) -> Answer {
        self.read(self.case.status, id, now)
    }

    /// The state that the contract reads from a status answer.
    fn state(&mut self, id: &str, now: u64) -> String {
        let body = self.status(id, now).to_json();
        let state = &self.contract["status"]["reply"]["state"];
        let word = pointer::list(&state["at"]).into_iter().find_map(|at| pointer::first(&body, at).and_then(pointer::text)).unwrap();
        let means = &state["words"][&word];
        means.as_str().or_else(|| means[0].as_str()).unwrap_or("unknown").to_owned()
    }

    fn files(&self, key: &str, answer: &Answer) -> Vec<String> {
        let reply = &self.contract[key]["reply"];
        let mut body = answer.to_json();
        for at in pointer::list(&reply["parse"]) {
            pointer::change(&mut body, at, &mut |found| *found = serde_json::from_str(found.as_str().unwrap()).unwrap());
        }
        let entries = reply["files"].as_array().unwrap();
        let at = |entry: &Value| format!("{}{}", entry["at"].as_str().unwrap(), entry["url"].as_str().unwrap_or_default());
        entries
            .iter()
            .flat_map(|entry| pointer::all(&body, &at(entry)).into_iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }
}

fn each(options: &SandboxOptions, test: impl Fn(&mut Bench)) {
    for case in &CASES {
        test(&mut Bench::new(case, options.clone()));
    }
}

#[test]
fn every_provider_takes_a_task_from_submit_to_a_file_that_opens() {
    each(&SandboxOptions::default(), |bench| {
        let id = bench.begin("a sunset", 1_000);
        assert_eq!(bench.state(&id, 1_000), "pending", "{}", bench.case.name);
        assert_eq!(bench.state(&id, 2_500), "processing", "{}", bench.case.name);
        assert_eq!(bench.state(&id, 6_000), "success", "{}", bench.case.name);
        let (key, path) = bench.case.result.map_or(("status", bench.case.status), |path| ("result", path));
        let answer = bench.read(path, &id, 6_000);
        let files = bench.files(key, &answer);
        assert_eq!(
            files,
            [format!("http://127.0.0.1:4000/p/files/{id}.{}", bench.case.extension)],
            "{}: {}",
            bench.case.name,
            answer.to_json()
        );
        let file = bench.sandbox.answer(&SandboxRequest::new("GET", &files[0]), 6_000);
        assert_eq!((file.status, file.body.len() > 10_000), (200, true));
        assert!(!answer.to_json().to_string().contains("https://"), "{}", answer.to_json());
        let stats = bench.sandbox.stats();
        assert_eq!((stats.submits(), stats.tasks, stats.running), (1, 1, 0));
    });
}

#[test]
fn fates_of_a_prompt_are_read_by_the_contract() {
    each(&SandboxOptions::default(), |bench| {
        let name = bench.case.name;
        let id = bench.begin("[fail]", 0);
        let body = bench.status(&id, 9_000).to_json().to_string();
        if name != "fal" {
            assert_eq!(bench.state(&id, 9_000), "failed", "{name}: {body}");
        }
        let id = bench.begin("[stuck]", 9_000);
        assert_eq!(bench.state(&id, 900_000_000), "processing", "{name}");
        let id = bench.begin("[odd]", 900_000_000);
        assert_eq!(bench.state(&id, 900_001_200), "unknown", "{name}");
        let id = bench.begin("[nofile]", 900_010_000);
        let (key, path) = bench.case.result.map_or(("status", bench.case.status), |path| ("result", path));
        let answer = bench.read(path, &id, 900_020_000);
        if name != "kie" {
            assert!(bench.files(key, &answer).is_empty(), "{name}: {}", answer.to_json());
        }
        assert!(bench.submit("[refuse]", 900_020_000).to_json() != Value::Null);
        assert_eq!(bench.sandbox.stats().tasks, 4, "{name}");
    });
}

#[test]
fn keys_are_checked_and_tasks_belong_to_the_key_that_made_them() {
    each(&SandboxOptions::default(), |bench| {
        let id = bench.begin("x", 0);
        let path = format!("/p{}", bench.case.status.replace("{}", &id));
        let none = bench.sandbox.answer(&SandboxRequest::new("GET", &path), 0);
        let mut other = bench.keyed("GET", &bench.case.status.replace("{}", &id));
        for (_, value) in &mut other.headers {
            *value = value.replace("secret", "another");
        }
        let other = bench.sandbox.answer(&other, 0);
        // kie.ai says both under status 200, and its samples say so.
        let in_band =
            |answer: &Answer| answer.to_json()["code"].as_u64().filter(|_| bench.case.name == "kie").unwrap_or(answer.status.into());
        assert_eq!((in_band(&none), in_band(&other)), (401, 404), "{}: {}", bench.case.name, other.to_json());
        assert_eq!(bench.sandbox.stats().unauthorised, 1);
    });
    let mut bench = Bench::new(&CASES[1], SandboxOptions { api_key: Some("right".to_owned()), ..SandboxOptions::default() });
    assert_eq!(bench.submit("x", 0).status, 401);
}

#[test]
fn money_falls_at_submit_and_comes_back_with_a_failure() {
    let options = SandboxOptions { balance_milli: Some(45_500), price_milli: Some(20_000), ..SandboxOptions::default() };
    let mut bench = Bench::new(&CASES[2], options);
    let balance = |bench: &mut Bench, now: u64| bench.read("/api/v1/account", "", now).to_json()["currentBalance"].clone();
    bench.begin("x", 0);
    bench.begin("[fail]", 0);
    let refused = bench.submit("x", 0);
    assert_eq!((refused.status, refused.to_json()["errorCode"].as_str()), (402, Some("INSUFFICIENT_CREDITS")));
    assert_eq!(balance(&mut bench, 0), json!(5.5));
    assert_eq!(balance(&mut bench, 9_000), json!(25.5));
}

#[test]
fn limits_answer_429_until_the_minute_is_over() {
    let mut bench = Bench::new(&CASES[2], SandboxOptions { submit_per_min: Some(2), concurrent: Some(1), ..SandboxOptions::default() });
    let id = bench.begin("x", 0);
    assert_eq!(bench.submit("x", 0).status, 429, "one at a time");
    for _ in 0..60 {
        assert_eq!(bench.status(&id, 10_500).status, 200);
    }
    let limited = bench.status(&id, 40_000);
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("31")));
    assert_eq!(limited.to_json()["errorCode"], "RATE_LIMITED");
    assert_eq!(bench.status(&id, 70_500).status, 200);
    assert_eq!(bench.submit("x", 50_000).status, 429, "two a minute");
    assert_eq!(bench.submit("x", 70_000).status, 200);
    assert_eq!(bench.sandbox.stats().limited, 3);
}

#[test]
fn a_task_is_cancelled_while_the_contract_allows() {
    for case in CASES.iter().filter(|case| case.cancel.is_some()) {
        let mut bench = Bench::new(case, SandboxOptions::default());
        let (method, path) = case.cancel.unwrap();
        let before = bench.sandbox.stats().balance_milli;
        let id = bench.begin("x", 0);
        let cancel = bench.keyed(method, &path.replace("{}", &id));
        let answer = bench.sandbox.answer(&cancel, 100);
        assert!((200..300).contains(&answer.status), "{}", case.name);
        let stats = bench.sandbox.stats();
        assert_eq!((stats.balance_milli, stats.running), (before, 0));
        if case.name == "runway" {
            assert_eq!(bench.status(&id, 200).status, 404, "its DELETE erases");
        } else {
            assert!(bench.status(&id, 200).to_json().to_string().to_lowercase().contains("cancel"), "{}", case.name);
            let id = bench.begin("x", 1_000);
            let cancel = bench.keyed(method, &path.replace("{}", &id));
            assert!(bench.sandbox.answer(&cancel, 9_000).status >= 400, "{}", case.name);
        }
    }
}

#[test]
fn tasks_are_listed_newest_first_with_their_reference() {
    let mut bench = Bench::new(&CASES[2], SandboxOptions::default());
    let first = bench.begin("x", 1_790_000_000_000);
    let body = (bench.case.body)("y");
    let request = bench.keyed("POST", bench.case.submit).with_header("Idempotency-Key", "intent-1").with_json(&body);
    bench.sandbox.answer(&request, 1_790_000_001_000);
    let list = bench.read("/api/v1/tasks", "", 1_790_000_001_000).to_json();
    let items = list["tasks"].as_array().unwrap();
    assert_eq!((items.len(), &items[1]["id"], &items[0]["idempotencyKey"]), (2, &json!(first), &json!("intent-1")));
    assert_eq!(
        (&items[1]["createdAt"], &items[1]["status"], &items[0]["status"]),
        (&json!("2026-09-21T14:13:20.000Z"), &json!("PROGRESS"), &json!("SUBMITTED"))
    );
}

#[test]
fn an_honoured_key_gives_the_first_task_again() {
    let mut bench = Bench::new(&CASES[2], SandboxOptions { honour_keys: Some(true), ..SandboxOptions::default() });
    let send = |bench: &mut Bench, prompt: &str| {
        let request = bench.keyed("POST", bench.case.submit).with_header("idempotency-key", "k1").with_json(&(bench.case.body)(prompt));
        bench.sandbox.answer(&request, 0)
    };
    let first = send(&mut bench, "x");
    assert_eq!(send(&mut bench, "x"), first);
    assert_eq!(send(&mut bench, "y").status, 409);
    let stats = bench.sandbox.stats();
    assert_eq!((stats.tasks, stats.replayed, stats.submits()), (1, 1, 3));
}

#[test]
fn payloads_are_checked_as_the_contract_says() {
    let mut bench = Bench::new(&CASES[2], SandboxOptions::default());
    let mut send = |path: &str, body: &Value| {
        let request = bench.keyed("POST", path).with_json(body);
        let answer = bench.sandbox.answer(&request, 0);
        (answer.status, answer.to_json()["errorCode"].as_str().unwrap_or_default().to_owned())
    };
    let bad = json!({"prompt": "x", "aspectRatio": "1:2", "duration": 5});
    assert_eq!(send("/api/v1/generate/t2v", &bad), (400, "INVALID_PAYLOAD".to_owned()));
    assert_eq!(send("/api/v1/generate/t9v", &bad).1, "INVALID_MODEL");
    let bare = bench.keyed("POST", "/api/v1/generate/t2v");
    assert_eq!(bench.sandbox.answer(&bare, 0).status, 415);
    let wrong = bench.keyed("GET", "/api/v1/generate/t2v");
    assert_eq!(bench.sandbox.answer(&wrong, 0).status, 405);
    let mut runway = Bench::new(&CASES[6], SandboxOptions::default());
    let mut request = runway.keyed("POST", "/v1/text_to_image").with_json(&json!({"model": "gen4_image", "promptText": "x"}));
    request.headers.retain(|(name, _)| name != "X-Runway-Version");
    assert_eq!(runway.sandbox.answer(&request, 0).status, 400);
}

#[test]
fn several_pictures_have_their_own_files_and_files_expire() {
    let mut bench = Bench::new(&CASES[1], SandboxOptions::default());
    let body = json!({"request_type": "async", "input": {"mode": "gpt-image-1", "prompt": "x", "num_images": 2}});
    let request = bench.keyed("POST", "/api/v1/generateTask/gpt-image-1").with_json(&body);
    assert_eq!(bench.sandbox.answer(&request, 0).status, 200);
    let id = bench.sandbox.task_ids()[0].clone();
    let answer = bench.status(&id, 5_000);
    let files = bench.files("status", &answer);
    assert_eq!((files.len(), files[1].ends_with(&format!("{id}.2.png"))), (2, true), "{files:?}");
    let mut bytes = files.iter().map(|url| bench.sandbox.answer(&SandboxRequest::new("GET", url), 5_000).body).collect::<Vec<_>>();
    bytes.dedup();
    assert_eq!(bytes.len(), 2);
    assert_eq!(bench.sandbox.answer(&SandboxRequest::new("GET", &files[0]), 86_500_000).status, 404);
}

#[test]
fn callbacks_come_once_and_name_their_task() {
    each(&SandboxOptions::default(), |bench| {
        if bench.case.name == "runway" {
            return;
        }
        let id = bench.begin("x", 0);
        assert!(bench.sandbox.posts_due(10).is_empty());
        let due = bench.sandbox.posts_due(9_000);
        assert_eq!((due.len(), due[0].url.as_str()), (1, "http://127.0.0.1:9/c"), "{}", bench.case.name);
        assert!(String::from_utf8_lossy(&due[0].body).contains(&id));
        assert!(bench.sandbox.posts_due(9_000).is_empty());
    });
}

#[test]
fn the_same_requests_at_the_same_times_have_the_same_answers() {
    let run = |seed: u64| {
        let mut bench = Bench::new(&CASES[0], SandboxOptions { seed, ..SandboxOptions::default() });
        let id = bench.begin("x", 0);
        (id.clone(), bench.status(&id, 9_000))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1).0, run(2).0);
}

#[test]
fn a_scripted_fault_is_in_the_answer() {
    let script = Script::of([Rule::nth(Target::Status, 2, Fault::NotJson), Rule::nth(Target::Submit, 2, Fault::ResetBeforeRead)]);
    let mut bench = Bench::new(&CASES[1], SandboxOptions::default().with_script(script));
    let id = bench.begin("x", 0);
    assert_eq!(bench.status(&id, 0).header("content-type"), Some("application/json"));
    assert_eq!(bench.status(&id, 0).header("content-type"), Some("text/html"));
    assert_eq!(bench.submit("x", 0).fault, Some(Fault::ResetBeforeRead));
    let stats = bench.sandbox.stats();
    assert_eq!((stats.submits(), stats.cut, stats.faults, stats.tasks), (1, 1, 2, 1));
}

#[test]
fn absolute_urls_and_foreign_ones() {
    let mut sandbox = Sandbox::new(&contract("apixo"), SandboxOptions::default());
    let mut ask = |url: &str| sandbox.answer(&SandboxRequest::new("GET", url).with_header("authorization", "Bearer k"), 0).status;
    assert_eq!(ask("https://api.apixo.ai/api/v1/apikeys/current-balance"), 200);
    assert_eq!(ask("/api/v1/apikeys/current-balance"), 200);
    assert_eq!(ask("https://api.apixo.ai.evil.example/api/v1/apikeys/current-balance"), 404);
}
