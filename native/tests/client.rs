//! The client against the sandbox over real HTTP.

use gentask::key::{KeySource, Secret};
use gentask::store::{MemoryStore, Store};
use gentask::{Client, Contract, Generation, Status, SubmitOptions, Wait};
use gentask_sandbox::{SandboxOptions, Server, ServerConfig};
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
