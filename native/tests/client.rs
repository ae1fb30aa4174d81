//! The client against the sandbox over real HTTP.

use gentask::key::{KeySource, Secret};
use gentask::store::{MemoryStore, Store};
use gentask::{Client, Contract, ErrorCode, FileReceipt, Generation, Saving, Status, SubmitOptions, Wait};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, ServerConfig, Target};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Polls quickly: the schedule itself is tested in the core.
fn quick() -> gentask::core::Polls {
    gentask::core::Polls { initial_ms: Some(20), factor_pct: Some(100), cap_ms: Some(20), by_contract: false }
}

fn client(server: &Server, provider: &str, store: Arc<dyn Store>) -> Client {
    Client::builder(Contract::built_in(provider).unwrap())
        .base_url(server.base_url(provider))
        .key(KeySource::Value(Secret::new("k-1")))
        .store(store)
        .poll(quick())
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

fn quick_tasks() -> SandboxOptions {
    SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_provider_from_submit_to_files_on_disk() {
    let mut config = ServerConfig::built_in().with_speed(50);
    for provider in ["apidot", "apixo", "aivideomaker"] {
        config = config.with_options(provider, quick_tasks());
    }
    let server = Server::start(config).unwrap();
    let jobs = [
        ("apidot", "gpt-image-2", json!({"prompt": "a fox"})),
        ("apixo", "nano-banana", json!({"mode": "text-to-image", "prompt": "a sunset"})),
        ("aivideomaker", "t2v", json!({"prompt": "waves", "aspectRatio": "16:9", "duration": "5"})),
    ];
    for (provider, model, input) in jobs {
        let client = client(&server, provider, Arc::new(MemoryStore::new()));
        let generation = Generation { model: model.to_owned(), input };
        let task = client.submit(&generation, &SubmitOptions::default()).await.unwrap();
        let reply = task.wait(Wait::default()).await.unwrap();
        assert_eq!(reply.status, Status::Success);
        let folder = tempfile::tempdir().unwrap();
        let files = task.save_files(folder.path()).await.unwrap();
        assert!(!files.is_empty(), "{provider}");
        assert_eq!(server.stats().of(provider).submits(), 1);
    }
}

/// A task that has succeeded, and the folder of a test.
async fn picture(server: &Server, prompt: &str) -> (gentask::TaskHandle, gentask::Reply) {
    let client = client(server, "apixo", Arc::new(MemoryStore::new()));
    let generation = Generation { model: "nano-banana".to_owned(), input: json!({"mode": "text-to-image", "prompt": prompt}) };
    let options = SubmitOptions { owner: Some("user-7".to_owned()), ..SubmitOptions::default() };
    let task = client.submit(&generation, &options).await.unwrap();
    let reply = task.wait(Wait::default()).await.unwrap();
    (task, reply)
}

fn apixo() -> Server {
    Server::start(ServerConfig::built_in().with_speed(50).with_options("apixo", quick_tasks())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_under_a_given_name_its_bytes_its_stream_and_its_receipt() {
    let server = apixo();
    let (task, reply) = picture(&server, "a sunset nobody knows of").await;
    assert_eq!(reply.warnings(), Vec::<String>::new());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/cat.png");
    let with_receipt = Saving { receipt: Some(FileReceipt::Sidecar), overwrite: false };
    let saved = task.save_as(0, &path, with_receipt).await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let record = task.record().await.unwrap();
    assert_eq!(record.result().unwrap().files[0].saved.as_ref(), Some(&saved), "it is noted");
    let receipt = std::fs::read_to_string(folder.path().join("new/cat.png.receipt.json")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    assert_eq!(
        told,
        json!({
            "v": 1, "intentId": task.intent_id(), "taskId": record.task_id(), "provider": "apixo", "account": "default", "model": "nano-banana",
            "owner": "user-7", "createdAt": record.at().created, "finishedAt": record.at().finished, "sha256": saved.sha256,
            "bytes": bytes.len(), "contentType": "image/png",
        })
    );
    assert!(!receipt.contains("sunset") && !receipt.contains("http") && !receipt.contains("k-1"), "{receipt}");
    // Where it is already, it is not fetched again; another file stays.
    let fetched = || server.stats().of("apixo").arrived(Target::File);
    assert_eq!((task.save_as(0, &path, with_receipt).await.unwrap(), fetched()), (saved, 1));
    let own = folder.path().join("own.png");
    std::fs::write(&own, "my own").unwrap();
    let refused = task.save_as(0, &own, Saving::default()).await.unwrap_err();
    assert!(refused.code() == ErrorCode::StoreError && refused.to_string().contains("holds something else"), "{refused}");
    assert_eq!(std::fs::read(&own).unwrap(), b"my own");
    task.save_as(0, &own, Saving { overwrite: true, ..Saving::default() }).await.unwrap();
    assert_eq!(std::fs::read(&own).unwrap(), bytes);
    // Into memory, and piece by piece.
    assert_eq!(task.read_file(0, None).await.unwrap().bytes, bytes);
    let large = task.read_file(0, Some(100)).await.unwrap_err();
    assert!(large.code() == ErrorCode::ResponseTooLarge && large.to_string().contains("larger than 100 bytes"), "{large}");
    let mut stream = task.stream_file(0).await.unwrap();
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await.unwrap() {
        all.extend(piece);
    }
    assert!(all == bytes && stream.content_type() == "image/png");
    let none = task.read_file(1, None).await.unwrap_err();
    assert!(none.code() == ErrorCode::Unsupported && none.to_string().contains("no file 1"), "{none}");
    // A missing directory that is named like a file.
    let refused = task.save_files(&folder.path().join("picture.png")).await.unwrap_err();
    assert!(refused.code() == ErrorCode::InvalidPayload && refused.to_string().contains("save_as"), "{refused}");
    assert!(!folder.path().join("picture.png").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_without_files_is_visible() {
    let server = apixo();
    let (task, reply) = picture(&server, "nothing [nofile]").await;
    assert!(matches!(reply.warnings().as_slice(), [told] if told.contains("named no file")), "{:?}", reply.warnings());
    assert_eq!(task.reply().await.unwrap().warnings(), reply.warnings());
    let folder = tempfile::tempdir().unwrap();
    assert!(task.save_files(folder.path()).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_in_texts_are_read() {
    let server = apixo();
    let files = json!([
        {"url": "https://a.example/1", "until": "2026-04-19T21:19:42.5+02:00"},
        {"url": "https://a.example/2", "until": "2026-04-19T19:19:42Z"},
        {"url": "https://a.example/3", "until": "1776626382"},
        {"url": "https://a.example/4", "until": "soon"},
    ]);
    let done = Fault::Status { code: 200, body: Some(json!({"data": {"state": "success", "files": files}})), headers: [].into() };
    server.set_script("apixo", Script { rules: vec![Rule::every(Target::Status, done)] });
    let mut dated = Contract::built_in("apixo").unwrap().source().clone();
    dated["retentionMs"] = serde_json::Value::Null;
    dated["status"]["reply"]["files"] = json!([{"at": "/data/files/*", "url": "/url", "expiresAt": "/until"}]);
    dated["samples"] = json!({});
    let client = Client::builder(Contract::load(dated.to_string().as_bytes()).unwrap())
        .base_url(server.base_url("apixo"))
        .key(KeySource::Value(Secret::new("k-1")))
        .store(Arc::new(MemoryStore::new()))
        .poll(quick())
        .build()
        .unwrap();
    let generation = Generation { model: "nano-banana".to_owned(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let reply = client.submit(&generation, &SubmitOptions::default()).await.unwrap().wait(Wait::default()).await.unwrap();
    let ends: Vec<_> = reply.files().into_iter().map(|file| file.expires_at).collect();
    assert_eq!(ends, [Some(1_776_626_382_500), Some(1_776_626_382_000), Some(1_776_626_382_000), None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_tasks_date_is_a_time() {
    let server = Server::start(ServerConfig::built_in().with_speed(50)).unwrap();
    let listed = json!({"tasks": [
        {"id": "a1", "createdAt": "2026-04-19T21:19:42+02:00"},
        {"id": "a2", "createdAt": 1_776_626_382},
        {"id": "a3", "createdAt": "yesterday"},
        {"id": "a4"},
    ]});
    let answer = Fault::Status { code: 200, body: Some(listed), headers: [].into() };
    server.set_script("aivideomaker", Script { rules: vec![Rule::every(Target::List, answer)] });
    let tasks = client(&server, "aivideomaker", Arc::new(MemoryStore::new())).remote_tasks().await.unwrap();
    let created: Vec<_> = tasks.iter().map(gentask::core::ListedTask::created_at).collect();
    assert_eq!(created, [Some(1_776_626_382_000), Some(1_776_626_382_000), None, None]);
    assert_eq!(tasks[2].created.as_deref(), Some("yesterday"));
}
