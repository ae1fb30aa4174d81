//! Media that a provider wants uploaded before they are ordered: real HTTP to simulated providers, and a real store.

mod common;

use common::{KEY, builder, client, limited, memory, sandbox_of, status, status_of, submit, with_key};
use gentask::store::{SqliteStore, Store};
use gentask::{Client, Contract, ErrorCode, Generation, SubmitOptions, Wait};
use gentask_sandbox::{Rule, SandboxOptions, Script, Server, Target};
use serde_json::{Value, json};
use std::sync::Arc;

const GIF: &str = "data:image/gif;base64,R0lGODlhIGFuZCBzbyBvbg==";

fn contract(path: &str) -> Contract {
    let text = std::fs::read(format!("{}/../tests/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    Contract::load(&text).unwrap()
}

fn uploading() -> Contract {
    contract("vectors/contracts/uploading.json")
}

fn start(contract: &Contract, rules: impl IntoIterator<Item = Rule>) -> Server {
    let options = SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() };
    sandbox_of(contract, options.with_task_ms(50).with_script(Script::of(rules)))
}

fn client_of(contract: &Contract, server: &Server, store: &Arc<dyn Store>) -> Client {
    builder(contract.clone(), server.base_url(contract.id()), store).build().unwrap()
}

fn order(model: &str, input: Value) -> Generation {
    Generation { model: model.to_owned(), input }
}

fn painter() -> Generation {
    order("painter", json!({"prompt": "a cat", "image": GIF, "masks": [GIF]}))
}

/// How many steps of uploads arrived, and how many submits.
fn arrived(server: &Server, contract: &Contract) -> (u64, u64) {
    let stats = server.stats();
    let seen = stats.of(contract.id());
    (seen.arrived(Target::Upload), seen.arrived(Target::Submit))
}

#[tokio::test]
async fn a_medium_is_uploaded_once_for_all_orders_of_all_processes() {
    let contract = uploading();
    let server = start(&contract, []);
    let folder = tempfile::tempdir().unwrap();
    let open = || -> Arc<dyn Store> { Arc::new(SqliteStore::open(folder.path().join("tasks.db")).unwrap()) };
    for tasks in 1..=3 {
        let store = open();
        let client = client_of(&contract, &server, &store);
        let task = client.submit(&painter(), &SubmitOptions::default()).await.unwrap();
        assert!(task.wait(Wait::default()).await.unwrap().ok);
        assert_eq!(arrived(&server, &contract), (3, tasks));
        let record = store.load(task.intent_id()).await.unwrap().unwrap().to_json();
        assert!(!record.contains("R0lGOD") && !record.contains(KEY), "{record}");
    }
}

#[tokio::test]
async fn a_key_knows_its_order_again_whatever_its_media_are_called_now() {
    let mut source = uploading().source().clone();
    // Nothing that was uploaded is used again.
    source["upload"].as_object_mut().unwrap().remove("validMs");
    let contract = Contract::load(source.to_string().as_bytes()).unwrap();
    let server = start(&contract, []);
    let client = client_of(&contract, &server, &memory());
    let first = client.submit(&painter(), &with_key("order-42")).await.unwrap();
    let again = client.submit(&painter(), &with_key("order-42")).await.unwrap();
    assert_eq!((first.intent_id(), arrived(&server, &contract)), (again.intent_id(), (3, 1)));
    let mut other = painter();
    other.input["image"] = json!("data:image/gif;base64,R0lGODlhIGFuZCBzbyBvbi4=");
    assert!(client.submit(&other, &with_key("order-42")).await.err().unwrap().is_key_conflict());
    assert_eq!(arrived(&server, &contract), (3, 1));
}

#[tokio::test]
async fn an_upload_that_fails_is_tried_again_and_costs_nothing() {
    let contract = uploading();
    let server = start(&contract, [Rule::nth(Target::Upload, 1, status(503)), Rule::nth(Target::Upload, 3, status(500))]);
    let client = client_of(&contract, &server, &memory());
    client.submit(&painter(), &SubmitOptions::default()).await.unwrap();
    assert_eq!(arrived(&server, &contract), (5, 1));

    let server = start(&contract, [Rule::nth(Target::Upload, 1, status(401))]);
    let store = memory();
    let client = client_of(&contract, &server, &store);
    let failure = client.submit(&painter(), &with_key("order-42")).await.err().unwrap();
    assert_eq!((failure.code(), common::billing(failure.reply())), (ErrorCode::AuthFailed, "none"));
    assert!(failure.message().starts_with("the upload of /image failed, and nothing was ordered: "), "{}", failure.message());
    assert!(client.find("order-42", None).await.unwrap().is_none());
    // The key is as free as before.
    client.submit(&painter(), &with_key("order-42")).await.unwrap();
    assert_eq!(arrived(&server, &contract), (4, 1));
}

#[tokio::test]
async fn real_contracts_upload_what_is_too_large_for_a_request() {
    for (path, model, field, bytes, steps) in [
        ("contracts/runway.json", "image_to_video/gen4_turbo", "promptImage", 3_300_000, 2),
        (
            "contracts/replicate.json",
            "lucataco/animate-diff:beecf59c4aee8d81bf04f0381033dfa10dc16e845b4ae00d281e2fa377e48a9f",
            "image",
            262_144,
            1,
        ),
    ] {
        let contract = contract(path);
        let server = start(&contract, []);
        let client = client_of(&contract, &server, &memory());
        for (size, steps) in [(bytes - 8, 0), (bytes, steps)] {
            let order = order(model, json!({"prompt": "a cat", field: large(size)}));
            let task = client.submit(&order, &SubmitOptions::default()).await.unwrap_or_else(|failure| panic!("{path}: {failure}"));
            assert!(task.wait(Wait::default()).await.unwrap().ok);
            assert_eq!(arrived(&server, &contract).0, steps, "{path}");
        }
    }
}

#[tokio::test]
async fn a_provider_without_uploads_is_asked_for_none() {
    let server = common::sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    submit(&client, "").await.unwrap();
    assert_eq!(server.stats().of("apixo").arrived(Target::Upload), 0);
}

#[tokio::test]
async fn many_orders_at_once_upload_a_medium_once() {
    let contract = uploading();
    let server = start(&contract, []);
    let client = client_of(&contract, &server, &memory());
    let orders = (0..10).map(|number| {
        let client = client.clone();
        let order = order("painter", json!({"prompt": format!("cat {number}"), "image": GIF}));
        async move { client.submit(&order, &SubmitOptions::default()).await.map(|task| task.intent_id().to_owned()) }
    });
    for done in futures_of(orders).await {
        done.unwrap();
    }
    assert_eq!(arrived(&server, &contract), (3, 10));
}

async fn futures_of<T: Send + 'static>(all: impl Iterator<Item = impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let tasks: Vec<_> = all.map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}

#[tokio::test]
async fn what_the_provider_has_no_more_is_uploaded_anew_for_the_next_order() {
    let contract = uploading();
    let gone = status_of(422, json!({"message": "no such upload"}));
    let server = start(&contract, [Rule::nth(Target::Submit, 2, gone), Rule::nth(Target::Submit, 4, limited("0"))]);
    let client = client_of(&contract, &server, &memory());
    for (key, uploads) in [("a", 3), ("b", 3), ("c", 6), ("d", 6)] {
        let submitted = client.submit(&painter(), &with_key(key)).await;
        assert_eq!(submitted.err().map(|failure| failure.code()), (key == "b").then_some(ErrorCode::InvalidPayload), "{key}");
        assert_eq!(arrived(&server, &contract).0, uploads, "{key}");
    }
}

#[tokio::test]
async fn an_order_without_media_is_as_large_as_the_contract_allows_and_no_larger() {
    let mut source = uploading().source().clone();
    source["limits"] = json!({"submitBytes": 100});
    let contract = Contract::load(source.to_string().as_bytes()).unwrap();
    let server = start(&contract, []);
    let client = client_of(&contract, &server, &memory());
    let long = order("painter", json!({"prompt": "a".repeat(200)}));
    for failure in [client.validate(&long, &SubmitOptions::default()).err(), client.submit(&long, &SubmitOptions::default()).await.err()] {
        assert_eq!(failure.map(|failure| failure.code()), Some(ErrorCode::InvalidPayload));
    }
    // Of an order with a medium that counts what is sent, and that is only its name.
    client.submit(&order("painter", json!({"prompt": "a", "image": large(1_000)})), &SubmitOptions::default()).await.unwrap();
    assert_eq!(arrived(&server, &contract), (3, 1));
}

fn large(bytes: usize) -> String {
    gentask::core::contract::data_uri("image/png", &[b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; bytes]].concat())
}
