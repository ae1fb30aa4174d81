//! Requests that the provider keeps open until there is news: real HTTP to a simulated one.

mod common;

use common::{builder, memory, sandbox_of};
use gentask::core::Polls;
use gentask::http::HttpOptions;
use gentask::{Client, Contract, Generation, SubmitOptions, Wait};
use gentask_sandbox::{SandboxOptions, Server, Target};
use serde_json::json;
use std::time::Duration;

/// A provider that keeps polls open for 20 s, and submits for a minute where an order asks for it. Nothing waits before the first poll.
fn patient() -> Contract {
    let text = std::fs::read(format!("{}/../tests/vectors/contracts/patient.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut source: serde_json::Value = serde_json::from_slice(&text).unwrap();
    source["poll"]["default"]["firstMs"] = json!(1);
    Contract::load(source.to_string().as_bytes()).unwrap()
}

fn provider(contract: &Contract, task_ms: u64) -> Server {
    sandbox_of(contract, SandboxOptions { pending_ms: Some(0), ..SandboxOptions::default().with_task_ms(task_ms) })
}

fn client(contract: &Contract, server: &Server, places: usize) -> Client {
    let store = memory();
    let http = HttpOptions { gate: places, ..HttpOptions::default() };
    let timeout = Duration::from_mins(2);
    builder(contract.clone(), server.base_url("patient"), &store).poll(Polls::default()).timeout(timeout).http(http).build().unwrap()
}

fn painter(prompt: &str) -> Generation {
    Generation { model: "painter".to_owned(), input: json!({"prompt": prompt}) }
}

fn arrived(server: &Server, target: Target) -> u64 {
    server.stats().of("patient").arrived(target)
}

#[tokio::test]
async fn a_task_is_polled_once_and_its_end_is_the_answer() {
    let contract = patient();
    let server = provider(&contract, 600);
    let client = client(&contract, &server, 32);
    let task = client.submit(&painter("a cat"), &SubmitOptions::default()).await.unwrap();
    let reply = task.wait(Wait::default()).await.unwrap();
    assert!(reply.ok);
    assert_eq!(arrived(&server, Target::Status), 1);
}

#[tokio::test]
async fn an_order_that_asks_for_it_is_answered_with_its_end_and_polled_at_once() {
    let mut source = patient().source().clone();
    // A schedule that would come too late.
    source["poll"]["default"] = json!({"firstMs": 3_600_000, "everyMs": 3_600_000, "factorPct": 100, "capMs": 3_600_000, "waitMs": 60_000});
    let contract = Contract::load(source.to_string().as_bytes()).unwrap();
    let server = provider(&contract, 600);
    let client = client(&contract, &server, 32);
    let options = SubmitOptions { options: json!({"wait": true}).as_object().cloned().unwrap(), ..SubmitOptions::default() };
    let task = client.submit(&painter("a cat"), &options).await.unwrap();
    let reply = task.wait(Wait::default()).await.unwrap();
    assert!(reply.ok);
    assert_eq!((arrived(&server, Target::Submit), arrived(&server, Target::Status)), (1, 1));
}

#[tokio::test]
async fn what_is_kept_open_takes_no_place_of_other_requests() {
    let contract = patient();
    let server = provider(&contract, 50);
    let client = client(&contract, &server, 1);
    let mut waits = Vec::new();
    for _ in 0..2 {
        let task = client.submit(&painter("[stuck]"), &SubmitOptions::default()).await.unwrap();
        waits.push(tokio::spawn(async move { task.wait(Wait::default()).await }));
    }
    // Both are there, and each is kept open for 20 s.
    let both = async {
        while arrived(&server, Target::Status) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(15), both).await.expect("one poll waits for the other's place");
    let task = client.submit(&painter("a cat"), &SubmitOptions::default()).await.unwrap();
    assert!(task.wait(Wait::default()).await.unwrap().ok);
    assert_eq!((arrived(&server, Target::Submit), arrived(&server, Target::Status)), (3, 3));
    for wait in waits {
        wait.abort();
    }
}

#[tokio::test]
async fn a_cancel_does_not_wait_for_a_poll_that_is_kept_open_and_ends_its_wait() {
    let contract = patient();
    let server = provider(&contract, 50);
    let client = client(&contract, &server, 32);
    let task = client.submit(&painter("[stuck]"), &SubmitOptions::default()).await.unwrap();
    let wait = tokio::spawn({
        let task = client.task(task.intent_id()).await.unwrap();
        async move { task.wait(Wait::default()).await }
    });
    while arrived(&server, Target::Status) < 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let both = async { (task.cancel().await, wait.await.unwrap()) };
    let (cancelled, waited) = tokio::time::timeout(Duration::from_secs(15), both).await.expect("one waits for the poll's end");
    assert_eq!(cancelled.unwrap().status.as_str(), "cancelled");
    assert_eq!(waited.unwrap_err().reply().status.as_str(), "cancelled");
}
