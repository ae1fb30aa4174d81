//! Clients and tasks for the benches.

use gentask::core::{Input, Output, Pacer, Polls, Settings, TaskMachine};
use gentask::key::{KeySource, Secret};
use gentask::store::Store;
use gentask::{Client, Contract, EventListener, Generation, SubmitOptions, TaskRecord};
use gentask_core::{BodyEnd, HttpResponse};
use serde_json::json;
use std::sync::{Arc, OnceLock};

pub(crate) const KEY: &str = "k-0123456789abcdef0123456789abcdef";

pub(crate) fn contract() -> Contract {
    static LOADED: OnceLock<Contract> = OnceLock::new();
    LOADED.get_or_init(|| Contract::built_in("apixo").expect("a built-in contract")).clone()
}

pub(crate) fn picture() -> Generation {
    let prompt = "a lighthouse in a storm, oil on canvas, waves that break over the pier, dramatic light, high detail";
    Generation { model: "nano-banana".to_owned(), input: json!({"mode": "text-to-image", "prompt": prompt, "aspect_ratio": "16:9"}) }
}

pub(crate) fn client(base: &str, store: Arc<dyn Store>, poll: Polls, listener: Option<EventListener>) -> Client {
    let builder = Client::builder(contract()).base_url(base).key(KeySource::Value(Secret::new(KEY))).store(store).poll(poll);
    match listener {
        Some(listener) => builder.on_event(listener),
        None => builder,
    }
    .build()
    .expect("a client")
}

/// The record of a task that was accepted at `now`, without a network; `number` tells it from others.
pub(crate) fn accepted(base: &str, poll: Polls, number: u64, now: u64) -> TaskRecord {
    let settings = Arc::new(Settings { base: Some(base.to_owned()), holder: "0a1b2c3d".to_owned(), poll, ..Settings::default() });
    let mut entropy = [7; 32];
    // The last bytes of the intent id, and the jitter's seed.
    entropy[9..16].copy_from_slice(&number.to_be_bytes()[1..]);
    entropy[16..24].copy_from_slice(&number.to_be_bytes());
    let mut pacer = Pacer::new();
    let mut machine =
        TaskMachine::prepare(&contract(), &picture(), &SubmitOptions::default(), &settings, entropy, now).expect("a valid payload");
    let request = match machine.step(Input::Timeout, now, &mut pacer).expect("a legal input").pop() {
        Some(Output::Transmit { request }) => request.id,
        other => panic!("expected a request: {other:?}"),
    };
    let body = format!(r#"{{"code":200,"data":{{"taskId":"task_01jz7k3v5m8n9p0q{number}_0"}}}}"#).into_bytes();
    let response = HttpResponse { status: 200, headers: Vec::new(), body, end: BodyEnd::Whole };
    machine.step(Input::Response { request, response }, now, &mut pacer).expect("a legal input");
    machine.first_record()
}
