//! How long the core takes: one step of a task, one answer read, one payload checked, one record written and read.
#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a bench reads the clock; the core does not")]

#[path = "support/pairs.rs"]
mod pairs;

use criterion::{BatchSize, Criterion, Throughput};
use gentask_core::internal::read_status;
use gentask_core::{BodyEnd, Contract, Generation, HttpResponse, Input, Output, Pacer, Settings, SubmitOptions, TaskMachine, TaskRecord};
use serde_json::{Value, json};
use std::hint::black_box;
use std::sync::Arc;

const NOW: u64 = 1_790_000_000_000;

/// Status replies of 400 bytes, in the shapes that the providers send.
const REPLIES: [(&str, &str, &str); 5] = [
    (
        "apidot",
        "running",
        r#"{"code":200,"message":"success","data":{"task_id":"task-unified-1757165031-a1b2c3d4","model":"nano-banana-pro","status":"running","progress":40,"created_time":"2026-04-19T21:19:42","started_time":"2026-04-19T21:19:44","error_message":null,"request_id":"0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f","input":{"prompt":"a lighthouse in a storm, oil on canvas","aspect_ratio":"16:9","output_format":"png","seed":42}}}"#,
    ),
    (
        "apidot",
        "finished",
        r#"{"code":200,"message":"success","data":{"task_id":"task-unified-1757165031-a1b2c3d4","model":"nano-banana-pro","status":"finished","progress":100,"created_time":"2026-04-19T21:19:42","finished_time":"2026-04-19T21:19:56","error_message":null,"output":{"files":[{"file_url":"https://cdn.apidot.ai/results/2026/04/19/0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f/image-0.png","file_type":"image"}]}}}"#,
    ),
    (
        "apixo",
        "processing",
        r#"{"code":200,"message":"success","data":{"taskId":"task_01jz7k3v5m8n9p0q1r2s3t4u5v","model":"nano-banana","state":"processing","resultJson":null,"failCode":null,"failMsg":null,"costTime":0,"createTime":1790000000000,"completeTime":null,"requestId":"0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f","input":{"mode":"text-to-image","prompt":"a lighthouse in a storm, oil on canvas","aspect_ratio":"16:9"}}}"#,
    ),
    (
        "apixo",
        "success",
        r#"{"code":200,"message":"success","data":{"taskId":"task_01jz7k3v5m8n9p0q1r2s3t4u5v","model":"nano-banana","state":"success","resultJson":"{\"resultUrls\":[\"https://cdn.apixo.ai/results/2026/04/19/0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f/image-0.png\"]}","failCode":null,"failMsg":null,"costTime":12500,"createTime":1790000000000,"completeTime":1790000012500,"requestId":"0196f9e2-5b1c-7c5e"}}"#,
    ),
    (
        "aivideomaker",
        "PROGRESS",
        r#"{"id":"0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f","status":"PROGRESS","model":"t2v","createdAt":"2026-04-19T21:19:42Z","updatedAt":"2026-04-19T21:19:56Z","credits":20,"input":{"prompt":"a lighthouse in a storm, oil on canvas, waves that break over the pier","aspectRatio":"16:9","duration":"5","filterMode":true},"output":null,"error":null,"webhook":"https://hooks.example.com/generation/a1b2c3d4"}"#,
    ),
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    steps(&mut criterion);
    decoding(&mut criterion);
    validation(&mut criterion);
    contracts(&mut criterion);
    records(&mut criterion);
    criterion.final_summary();
    // Without `--bench` (`cargo test --benches`) everything runs once, to see that it does.
    decode_ratios(if std::env::args().any(|arg| arg == "--bench") { 201 } else { 1 });
}

fn answer(body: &str) -> HttpResponse {
    let headers = [("content-type", "application/json"), ("date", "Sun, 19 Apr 2026 21:19:56 GMT"), ("server", "cloudflare")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    HttpResponse { status: 200, headers, body: body.as_bytes().to_vec(), end: BodyEnd::Whole }
}

fn reply(provider: &str, state: &str) -> &'static str {
    REPLIES.iter().find(|(id, word, _)| (*id, *word) == (provider, state)).expect("a reply of the list").2
}

fn picture() -> Generation {
    Generation {
        model: "nano-banana".to_owned(),
        input: json!({
            "mode": "text-to-image",
            "prompt": "a lighthouse in a storm, oil on canvas, waves that break over the pier, dramatic light, high detail",
            "aspect_ratio": "16:9",
            "output_format": "png"
        }),
    }
}

/// A task of APIXO and the pacer that it shares.
struct Task {
    machine: TaskMachine,
    pacer: Pacer,
    now: u64,
}

impl Task {
    fn prepared() -> Self {
        let contract = Contract::built_in("apixo").expect("a built-in contract");
        let options = SubmitOptions {
            // Long ones, so that the record has the size that the goal names.
            key: Some("tenant-7/customer-0196f9e2/order-4711/picture-3;".repeat(5)),
            owner: Some("tenant-7/customer-0196f9e2".repeat(10)),
            ..SubmitOptions::default()
        };
        let settings = Arc::new(Settings { holder: "0a1b2c3d".to_owned(), ..Settings::default() });
        let machine = TaskMachine::prepare(&contract, &picture(), &options, &settings, [7; 32], NOW).expect("a valid payload");
        Self { machine, pacer: Pacer::new(), now: NOW }
    }

    /// Accepted, and polled a few times, as most tasks of a service are at most times.
    fn waiting() -> Self {
        let mut task = Self::prepared();
        task.exchange(r#"{"code":200,"message":"success","data":{"taskId":"task_01jz7k3v5m8n9p0q1r2s3t4u5v"}}"#);
        for _ in 0..3 {
            task.exchange(reply("apixo", "processing"));
        }
        task
    }

    fn step(&mut self, input: Input) -> Vec<Output> {
        self.machine.step(input, self.now, &mut self.pacer).expect("a legal input")
    }

    /// Sends what is due; its id.
    fn send(&mut self) -> String {
        self.now = self.now.max(self.machine.poll_timeout());
        match self.step(Input::Timeout).pop() {
            Some(Output::Transmit { request }) => request.id,
            other => panic!("expected a request: {other:?}"),
        }
    }

    fn exchange(&mut self, body: &str) {
        let request = self.send();
        self.step(Input::Response { request, response: answer(body) });
    }
}

/// The goal for each is less than 20 us.
fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("step");
    let mut bench = |name: &str, task: &Task, input: &Input| {
        let now = task.now.max(task.machine.poll_timeout());
        let pacer = &task.pacer;
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || (task.machine.clone(), pacer.clone(), input.clone()),
                |(mut machine, mut pacer, input)| {
                    let outputs = machine.step(input, now, &mut pacer);
                    (machine, pacer, outputs)
                },
                BatchSize::SmallInput,
            );
        });
    };

    bench("submit leaves", &Task::prepared(), &Input::Timeout);
    let mut submitting = Task::prepared();
    let request = submitting.send();
    let accepted = answer(r#"{"code":200,"message":"success","data":{"taskId":"task_01jz7k3v5m8n9p0q1r2s3t4u5v"}}"#);
    bench("submit accepted", &submitting, &Input::Response { request, response: accepted });

    let waiting = Task::waiting();
    bench("poll leaves", &waiting, &Input::Timeout);
    let mut polling = Task::waiting();
    let request = polling.send();
    println!("the record has {} bytes of JSON", polling.machine.record().to_json().len());
    let processing = answer(reply("apixo", "processing"));
    bench("poll answered: still processing", &polling, &Input::Response { request: request.clone(), response: processing });
    bench("poll answered: success", &polling, &Input::Response { request, response: answer(reply("apixo", "success")) });
}

fn decoding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode");
    for (provider, state, body) in REPLIES {
        let contract = Contract::built_in(provider).expect("a built-in contract");
        let response = answer(body);
        assert!(read_status(&contract, &response), "{provider} {state} is read as a state");
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(format!("{provider} {state}"), |bencher| bencher.iter(|| read_status(&contract, black_box(&response))));
        group.bench_function(format!("{provider} {state}: serde_json alone"), |bencher| bencher.iter(|| plainly(black_box(&response))));
    }
}

fn plainly(response: &HttpResponse) -> Value {
    serde_json::from_slice(&response.body).expect("JSON")
}

/// What reading an answer costs beside what parsing it costs anyway.
fn decode_ratios(rounds: u32) {
    let pairs = REPLIES.map(|(provider, state, body)| {
        let contract = Contract::built_in(provider).expect("a built-in contract");
        let response = answer(body);
        let name = format!("{provider} {state}, {} bytes", body.len());
        let ours = || {
            black_box(read_status(&contract, black_box(&response)));
        };
        let plain = || {
            black_box(plainly(black_box(&response)));
        };
        pairs::measure(&name, 2.0, rounds, 2_000, ours, plain)
    });
    pairs::print("A status reply decoded, beside serde_json parsing of the same bytes", &pairs);
}

fn validation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("validate");
    let options = SubmitOptions::default();
    let apixo = Contract::built_in("apixo").expect("a built-in contract");
    let picture = picture();
    group.bench_function("nano-banana", |bencher| bencher.iter(|| apixo.validate(black_box(&picture), &options)));

    // A PNG by its first bytes, a megabyte as text.
    let mut image = String::from("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA");
    image.push_str(&"QUJD".repeat((1 << 18) - image.len() / 4));
    let film =
        Generation { model: "i2v".to_owned(), input: json!({"image": image, "prompt": "waves that break over the pier", "duration": "5"}) };
    let aivideomaker = Contract::built_in("aivideomaker").expect("a built-in contract");
    assert_eq!(aivideomaker.validate(&film, &options).err(), None);
    group.throughput(Throughput::Bytes(image.len() as u64));
    group.bench_function("a data URI of 1 MB", |bencher| bencher.iter(|| aivideomaker.validate(black_box(&film), &options)));
    let settings = Arc::new(Settings::default());
    group.bench_function("a data URI of 1 MB, and its request frozen", |bencher| {
        bencher.iter(|| TaskMachine::prepare(&aivideomaker, black_box(&film), &options, &settings, [7; 32], NOW));
    });
}

fn contracts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("contract");
    for name in Contract::built_in_names() {
        group.bench_function(format!("load {name}"), |bencher| bencher.iter(|| Contract::built_in(black_box(name))));
    }
}

fn records(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("record");
    let record = Task::waiting().machine.record().clone();
    let text = record.to_json();
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("to_json", |bencher| bencher.iter(|| black_box(&record).to_json()));
    group.bench_function("from_json", |bencher| bencher.iter(|| TaskRecord::from_json(black_box(text.as_bytes()))));
    let stored = TaskRecord::from_json(text.as_bytes()).expect("a record");
    group.bench_function("to_json of one that was read", |bencher| bencher.iter(|| black_box(&stored).to_json()));
}
