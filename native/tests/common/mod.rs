//! What the tests of the client share: simulated providers and clients that poll quickly.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use gentask::core::{HttpResponse, Operation, Polls};
use gentask::http::{HttpOptions, HttpTransport, Outgoing, Transport, Undelivered};
use gentask::key::{KeySource, Secret};
use gentask::store::{MemoryStore, Store};
use gentask::{BoxFuture, Client, ClientBuilder, Contract, Failure, Generation, Reply, SubmitOptions, TaskHandle};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, ServerConfig, Target};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The key of every client; nothing but the wire may ever hold it.
pub(crate) const KEY: &str = "sk-3f9a-not-for-anyone";
/// A word of every prompt; nothing that may be logged holds it.
pub(crate) const PROMPT: &str = "mauve walrus";

/// Polls quickly: the schedule itself is tested in the core.
pub(crate) fn quick() -> Polls {
    Polls { initial_ms: Some(20), factor_pct: Some(100), cap_ms: Some(20), by_contract: false }
}

pub(crate) fn memory() -> Arc<dyn Store> {
    Arc::new(MemoryStore::new())
}

/// A client of a base URL that polls quickly.
pub(crate) fn builder(contract: Contract, base: impl Into<String>, store: &Arc<dyn Store>) -> ClientBuilder {
    Client::builder(contract)
        .base_url(base)
        .key(KeySource::Value(Secret::new(KEY)))
        .store(Arc::clone(store))
        .poll(quick())
        .timeout(Duration::from_secs(20))
        .http(HttpOptions { connect_timeout: Duration::from_secs(2), ..HttpOptions::default() })
}

/// A client of a built-in provider of a sandbox.
pub(crate) fn client(server: &Server, provider: &str, store: &Arc<dyn Store>) -> Client {
    builder(Contract::built_in(provider).unwrap(), server.base_url(provider), store).build().unwrap()
}

/// A sandbox with these faults, whose tasks take a tenth of a second and whose reads are not limited.
pub(crate) fn sandbox(provider: &str, rules: impl IntoIterator<Item = Rule>) -> Server {
    let options = SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() };
    sandbox_with(provider, options.with_task_ms(100).with_script(Script::of(rules)))
}

pub(crate) fn sandbox_with(provider: &str, options: SandboxOptions) -> Server {
    Server::start(ServerConfig::built_in().with_options(provider, options)).unwrap()
}

/// A sandbox of a contract that is not built in.
pub(crate) fn sandbox_of(contract: &Contract, options: SandboxOptions) -> Server {
    Server::start(ServerConfig::new([contract.source().clone()]).with_options(contract.id(), options)).unwrap()
}

/// What each provider is asked for. A further word in the prompt changes the task's fate in the sandbox.
pub(crate) fn job_with(provider: &str, word: &str) -> Generation {
    let prompt = format!("{PROMPT} {word}");
    let (model, input) = match provider {
        "apidot" => ("gpt-image-2", json!({"prompt": prompt})),
        "apixo" => ("nano-banana", json!({"mode": "text-to-image", "prompt": prompt})),
        _ => ("t2v", json!({"prompt": prompt, "aspectRatio": "16:9", "duration": "5"})),
    };
    Generation { model: model.to_owned(), input }
}

pub(crate) fn job(provider: &str) -> Generation {
    job_with(provider, "")
}

pub(crate) fn with_key(key: &str) -> SubmitOptions {
    SubmitOptions { key: Some(key.to_owned()), ..SubmitOptions::default() }
}

pub(crate) async fn submit(client: &Client, word: &str) -> Result<TaskHandle, Failure> {
    client.submit(&job_with(client.contract().id(), word), &SubmitOptions::default()).await
}

/// An answer of this status, in the provider's own shape.
pub(crate) fn status(code: u16) -> Fault {
    Fault::Status { code, body: None, headers: BTreeMap::new() }
}

pub(crate) fn status_of(code: u16, body: Value) -> Fault {
    Fault::Status { code, body: Some(body), headers: BTreeMap::new() }
}

pub(crate) fn limited(retry_after: &str) -> Fault {
    Fault::Status { code: 429, body: None, headers: [("retry-after".to_owned(), retry_after.to_owned())].into() }
}

pub(crate) fn first_submit(fault: Fault) -> Rule {
    Rule::nth(Target::Submit, 1, fault)
}

pub(crate) fn billing(reply: &Reply) -> &str {
    reply.data["billing"].as_str().unwrap_or("(absent)")
}

/// A contract like APIXO's, changed.
pub(crate) fn like_apixo(change: impl FnOnce(&mut Value)) -> Contract {
    let mut source = Contract::built_in("apixo").unwrap().source().clone();
    change(&mut source);
    Contract::load(source.to_string().as_bytes()).unwrap()
}

/// Real HTTP, but the answers to submits are kept back until they are let go.
pub(crate) struct SlowAnswers {
    http: HttpTransport,
    places: Semaphore,
}

impl SlowAnswers {
    pub(crate) fn new() -> Self {
        Self { http: HttpTransport::new(HttpOptions::default()).unwrap(), places: Semaphore::new(0) }
    }

    pub(crate) fn let_go(&self) {
        self.places.add_permits(1_000);
    }
}

impl Transport for SlowAnswers {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<HttpResponse, Undelivered>> {
        Box::pin(async {
            let submits = outgoing.request.operation == Operation::Submit;
            let answer = self.http.send(outgoing).await;
            if submits {
                drop(self.places.acquire().await.unwrap());
            }
            answer
        })
    }
}
