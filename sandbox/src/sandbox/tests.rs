use super::*;
use crate::pointer;
use crate::script::{Fault, Rule};
use serde_json::json;
use std::path::Path;

/// A contract of the product or a fixture of the tests.
fn contract(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = ["core/contracts", "tests/contracts"].iter().find_map(|folder| std::fs::read_to_string(root.join(folder).join(format!("{name}.json"))).ok());
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
        let mut request = SandboxRequest::new(method, &format!("/p{path}")).with_header(self.contract["auth"]["header"].as_str().unwrap(), &value);
        for (name, value) in self.contract["headers"].as_object().unwrap() {
            request = request.with_header(name, value.as_str().unwrap());
        }
        request
    }

    fn submit(&mut self, prompt: &str, now: u64) -> Answer {
        let request = self.keyed("POST", self.case.submit).with_header("webhookUrl", "http://127.0.0.1:9/c").with_json(&(self.case.body)(prompt));
        self.sandbox.answer(&request, now)
    }

    fn begin(&mut self, prompt: &str, now: u64) -> String {
        let answer = self.submit(prompt, now);
        assert!((200..300).contains(&answer.status), "{}: {} {}", self.case.name, answer.status, answer.to_json());
        let submit = &self.contract["submit"];
        let submit = if submit.is_array() { &submit[0] } else { submit };
        let body = answer.to_json();
        let id = pointer::list(&submit["reply"]["taskId"]).into_iter().find_map(|at| pointer::first(&body, at)?.as_str().map(str::to_owned));
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
        entries.iter().flat_map(|entry| pointer::all(&body, &at(entry)).into_iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()).collect()
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
        assert_eq!(files, [format!("http://127.0.0.1:4000/p/files/{id}.{}", bench.case.extension)], "{}: {}", bench.case.name, answer.to_json());
        let file = bench.sandbox.answer(&SandboxRequest::new("GET", &files[0]), 6_000);
        assert_eq!((file.status, file.body.len() > 10_000), (200, true));
        assert!(!answer.to_json().to_string().contains("https://"), "{}", answer.to_json());
        let stats = bench.sandbox.stats();
        assert_eq!((stats.submits(), stats.tasks, stats.running), (1, 1, 0));
    });
}

#[test]
#[ignore = "prints every answer to look at"]
fn show() {
    each(&SandboxOptions::default(), |bench| {
        println!("\n=== {}", bench.case.name);
        println!("submit {}", bench.submit("a sunset", 1_000).to_json());
        let id = bench.sandbox.task_ids()[0].clone();
        for (now, prompt) in [(1_000, ""), (2_500, ""), (9_000, ""), (9_000, "[fail]"), (9_000, "[content]"), (9_000, "[cancelled]"), (9_000, "[nofile]"), (3_000, "[odd]")] {
            let id = if prompt.is_empty() { id.clone() } else { bench.begin(prompt, 1_000) };
            let answer = bench.status(&id, now);
            println!("{prompt}@{now}: {} {}", answer.status, answer.to_json());
            if let Some(path) = bench.case.result {
                let answer = bench.read(path, &id, now);
                println!("  result: {} {}", answer.status, answer.to_json());
            }
        }
        for (what, answer) in [
            ("refuse", bench.submit("[refuse]", 0)),
            ("credits", bench.submit("[credits]", 0)),
            ("404", bench.status("nothing", 0)),
            ("401", bench.sandbox.answer(&SandboxRequest::new("GET", &bench.case.status.replace("{}", &id)), 0)),
        ] {
            println!("{what}: {} {}", answer.status, answer.to_json());
        }
        let bad = bench.keyed("POST", bench.case.submit).with_json(&json!({"input": {}}));
        println!("bad: {:?}", { let a = bench.sandbox.answer(&bad, 0); (a.status, a.to_json().to_string()) });
        for path in ["/api/v1/tasks", "/api/v1/account", "/api/v1/apikeys/current-balance"] {
            let answer = bench.read(path, "", 1_000);
            println!("{path}: {} {}", answer.status, answer.to_json());
        }
        for (url, body) in bench.sandbox.callbacks_due(9_000).iter().take(2) {
            println!("callback {url} {}", String::from_utf8_lossy(body));
        }
        if let Some((method, path)) = bench.case.cancel {
            let id = bench.begin("x", 20_000);
            let request = bench.keyed(method, &path.replace("{}", &id));
            let answer = bench.sandbox.answer(&request, 20_001);
            println!("cancel: {} {} then {}", answer.status, answer.to_json(), bench.status(&id, 20_002).to_json());
            let request = bench.keyed(method, &path.replace("{}", bench.sandbox.task_ids()[0].as_str()));
            let answer = bench.sandbox.answer(&request, 30_001);
            println!("late cancel: {} {}", answer.status, answer.to_json());
        }
    });
}
