//! Media that a provider wants uploaded before they are ordered: real HTTP to simulated providers, and a real store.

mod common;

use common::{KEY, builder, client, memory, sandbox_of, status, submit, with_key};
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
    let large = |bytes: usize| gentask::core::contract::data_uri("image/png", &[b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; bytes]].concat());
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
