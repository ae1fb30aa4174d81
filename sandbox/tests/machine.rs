//! The core's own machine against the sandbox, in virtual time: what the sandbox says is what the core reads.

use gentask_core::{
    BodyEnd, Contract, Delivery, ErrorCode, Generation, HttpRequest, HttpResponse, Input, Output, Pacer, Phase, Reply, Settings, Status,
    SubmitOptions, TaskMachine,
};
use gentask_sandbox::{Answer, Fault, Rule, Sandbox, SandboxOptions, SandboxRequest, Script, Target};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const START: u64 = 1_790_000_000_000;

/// A provider's contract, a model, and a payload with this prompt.
type Case = (&'static str, &'static str, fn(&str) -> Value);

const CASES: [Case; 9] = [
    ("apidot", "gpt-image-2", |prompt| json!({"prompt": prompt})),
    ("apidot", "seedance-2", |prompt| json!({"prompt": prompt, "duration": 5, "resolution": "720p"})),
    ("apixo", "nano-banana", |prompt| json!({"mode": "text-to-image", "prompt": prompt})),
    ("aivideomaker", "t2v", |prompt| json!({"prompt": prompt, "aspectRatio": "16:9", "duration": "5"})),
    ("replicate", "black-forest-labs/flux-schnell", |prompt| json!({"prompt": prompt})),
    (
        "replicate",
        "lucataco/animate-diff:beecf59c4aee8d81bf04f0381033dfa10dc16e845b4ae00d281e2fa377e48a9f",
        |prompt| json!({"prompt": prompt}),
    ),
    ("fal", "fal-ai/flux/dev", |prompt| json!({"prompt": prompt})),
    ("kie", "google/nano-banana", |prompt| json!({"prompt": prompt})),
    ("runway", "text_to_image/gen4_image", |prompt| json!({"promptText": prompt})),
];

fn contract(name: &str) -> Contract {
    Contract::built_in(name).unwrap_or_else(|_| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/contracts").join(format!("{name}.json"));
        Contract::load(&std::fs::read(path).unwrap()).unwrap()
    })
}

/// A task and its provider in virtual time.
struct Run {
    sandbox: Sandbox,
    contract: Contract,
    now: u64,
}

impl Run {
    fn new(name: &str, script: Script) -> Self {
        let contract = contract(name);
        Self { sandbox: Sandbox::new(contract.source(), SandboxOptions::default().with_script(script)), contract, now: START }
    }

    /// Takes a task to its end, or to the end of the wait.
    fn task(&mut self, model: &str, input: Value) -> (Reply, TaskMachine) {
        let generation = Generation { model: model.to_owned(), input };
        let settings = Arc::new(Settings::default());
        let mut pacer = Pacer::new();
        let entropy = [u8::try_from(self.now % 251).unwrap(); 32];
        let mut machine =
            TaskMachine::prepare(&self.contract, &generation, &SubmitOptions::default(), &settings, entropy, self.now).unwrap();
        machine.step(Input::Deadline { at: self.now + 1_200_000 }, self.now, &mut pacer).unwrap();
        loop {
            self.now = self.now.max(machine.poll_timeout());
            let mut input = Some(Input::Timeout);
            while let Some(next) = input.take() {
                for output in machine.step(next, self.now, &mut pacer).unwrap() {
                    match output {
                        Output::Transmit { request } => input = Some(self.send(request)),
                        Output::Yield { reply } | Output::Finished { reply } => return (reply, machine),
                        _ => {}
                    }
                }
            }
        }
    }

    fn send(&mut self, request: HttpRequest) -> Input {
        let auth = self.contract.auth();
        let mut sent = SandboxRequest { method: request.method, target: request.url, headers: request.headers, body: request.body };
        if request.auth {
            sent = sent.with_header(&auth.header, &format!("{}key{}", auth.prefix, auth.suffix));
        }
        let answer = self.sandbox.answer(&sent, self.now);
        let request = request.id;
        match answer.fault {
            Some(Fault::TruncatedBody) => {
                let half = answer.body.len() / 2;
                Input::Response { request, response: response(answer, BodyEnd::Truncated, half) }
            }
            Some(Fault::DelayMs { .. }) | None => {
                let whole = answer.body.len();
                Input::Response { request, response: response(answer, BodyEnd::Whole, whole) }
            }
            Some(_) => Input::Undelivered { request, delivery: Delivery::MaybeSent, reason: "connection lost".to_owned() },
        }
    }
}

fn response(answer: Answer, end: BodyEnd, length: usize) -> HttpResponse {
    HttpResponse { status: answer.status, headers: answer.headers, body: answer.body[..length].to_vec(), end }
}

/// Runs a prompt through every provider.
fn each(prompt: &str, expect: impl Fn(&str, &Reply, &mut Run)) {
    for (name, model, input) in CASES {
        let mut run = Run::new(name, Script::default());
        let (reply, _) = run.task(model, input(prompt));
        expect(name, &reply, &mut run);
    }
}

#[test]
fn a_task_ends_with_files_that_open() {
    each("a sunset", |name, reply, run| {
        assert_eq!(reply.status, Status::Success, "{name}: {reply:?}");
        let files = reply.files();
        assert_eq!(files.len(), 1, "{name}: {reply:?}");
        let file = run.sandbox.answer(&SandboxRequest::new("GET", files[0].url.as_deref().unwrap()), run.now);
        let kind = if file.body.starts_with(b"\x89PNG") { "image" } else { "video" };
        assert_eq!((file.status, kind), (200, files[0].kind.as_str()), "{name}");
        let stats = run.sandbox.stats();
        assert_eq!((stats.submits(), stats.tasks, stats.limited, stats.arrived(Target::Other)), (1, 1, 0, 0), "{name}");
    });
}

#[test]
fn fates_are_read_as_they_are_meant() {
    let code = |reply: &Reply| reply.error_code;
    each("[fail]", |name, reply, _| {
        assert_eq!((reply.status, code(reply)), (Status::Failed, Some(ErrorCode::GenerationFailed)), "{name}: {reply:?}");
    });
    each("[content]", |name, reply, _| {
        // Two providers have no code of their own for it.
        let known = if matches!(name, "apidot" | "aivideomaker") { ErrorCode::GenerationFailed } else { ErrorCode::ContentRejected };
        assert_eq!((reply.status, code(reply)), (Status::Failed, Some(known)), "{name}: {reply:?}");
    });
    each("[cancelled]", |name, reply, _| {
        let known = if matches!(name, "apidot" | "apixo" | "kie") { Status::Failed } else { Status::Cancelled };
        assert_eq!(reply.status, known, "{name}: {reply:?}");
    });
    each("[nofile]", |name, reply, _| assert_eq!((reply.status, reply.files().len()), (Status::Success, 0), "{name}: {reply:?}"));
    each("[odd]", |name, reply, _| assert_eq!(reply.status, Status::Success, "{name}: {reply:?}"));
    each("[stuck]", |name, reply, _| {
        assert_eq!((code(reply), reply.task_id.is_some()), (Some(ErrorCode::WaitTimeout), true), "{name}: {reply:?}");
    });
    each("[credits]", |name, reply, run| {
        assert_eq!((reply.status, code(reply)), (Status::Failed, Some(ErrorCode::InsufficientCredits)), "{name}: {reply:?}");
        assert_eq!(run.sandbox.stats().tasks, 0, "{name}");
    });
    each("[refuse]", |name, reply, run| {
        assert_eq!((reply.status, run.sandbox.stats().tasks), (Status::Failed, 0), "{name}: {reply:?}");
        if matches!(name, "apixo" | "aivideomaker") {
            assert_eq!(code(reply), Some(ErrorCode::ContentRejected), "{name}: {reply:?}");
        }
    });
}

fn status(code: u16) -> Fault {
    Fault::Status { code, body: None, headers: BTreeMap::new() }
}

#[test]
fn a_submit_whose_answer_is_lost_is_posted_once_and_made_once() {
    let lost = [
        Fault::ResetAfterBody,
        Fault::CloseWithoutAnswer,
        Fault::TruncatedBody,
        Fault::NotJson,
        Fault::EmptyBody,
        Fault::TooDeepJson,
        Fault::NoTaskId,
        status(500),
        status(504),
    ];
    for (name, model, input) in CASES {
        for fault in &lost {
            let mut run = Run::new(name, Script::of([Rule::every(Target::Submit, fault.clone()).accepted(true)]));
            let (reply, machine) = run.task(model, input("x"));
            let stats = run.sandbox.stats();
            assert_eq!((stats.submits(), stats.tasks), (1, 1), "{name} {fault:?}: {reply:?}");
            if name == "aivideomaker" {
                // Its list echoes our reference, so the task is found again.
                assert_eq!(reply.status, Status::Success, "{fault:?}: {reply:?}");
                continue;
            }
            assert_eq!(machine.record().phase(), Phase::Unresolved, "{name} {fault:?}: {reply:?}");
            assert_eq!(reply.error_code, Some(ErrorCode::SubmitUnknown), "{name} {fault:?}: {reply:?}");
        }
    }
}

#[test]
fn failed_polls_and_limits_end_no_task() {
    let polls = [
        Fault::ResetAfterBody,
        Fault::TruncatedBody,
        Fault::NotJson,
        Fault::EmptyBody,
        Fault::TooDeepJson,
        status(429),
        status(500),
        status(502),
        Fault::Redirect { code: 302, location: "https://other.example/".to_owned() },
    ];
    for (name, model, input) in CASES {
        for fault in &polls {
            let mut rules = vec![Rule::nth(Target::Status, 1, fault.clone())];
            // fal's contract reads a 500 of the result call as a failed task.
            if name != "fal" || *fault != status(500) {
                rules.push(Rule::nth(Target::Result, 1, fault.clone()));
            }
            rules.push(Rule::nth(Target::Submit, 1, status(429)));
            let mut run = Run::new(name, Script::of(rules));
            let (reply, _) = run.task(model, input("x"));
            let stats = run.sandbox.stats();
            assert_eq!((reply.status, stats.tasks, stats.submits()), (Status::Success, 1, 2), "{name} {fault:?}: {reply:?}");
        }
    }
}
