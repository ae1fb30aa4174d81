//! `gentask demo` and `gentask sandbox`: the providers, simulated on this machine.

use super::flags::{Demo, SandboxFlags};
use super::progress::{Board, Line};
use super::{FAILED, OK, Outcome, output};
use crate::client::{Client, Wait};
use crate::key::{KeySource, Secret};
use crate::store::{SqliteStore, Store};
use gentask_core::Failure;
use gentask_core::record::SavedFile;
use gentask_core::{Contract, Error, ErrorCode, Generation, Polls, Reply, SubmitOptions, TaskEvent, TaskRecord};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, ServerConfig, Target};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The key that the simulated providers are given. It opens nothing.
const DEMO_KEY: &str = "sk-demo-opens-nothing";

/// Simulated tasks take 2 to 4 seconds, so the demo asks sooner than the contracts' schedules.
pub(super) const POLLS: Polls = Polls { initial_ms: Some(1_500), factor_pct: Some(150), cap_ms: None, by_contract: false };

/// One task of the demo.
struct Job {
    provider: &'static str,
    model: &'static str,
    input: Value,
    /// What goes wrong on purpose.
    script: Script,
    /// Whether the provider is asked to call back, so that one status call is enough.
    callback: bool,
}

fn jobs() -> [Job; 3] {
    [
        Job {
            provider: "apidot",
            model: "gpt-image-2",
            input: json!({"prompt": "a lighthouse under the stars", "size": "1:1"}),
            script: Script::of([
                Rule::nth(
                    Target::Submit,
                    1,
                    Fault::Status { code: 429, body: None, headers: [("retry-after".to_owned(), "1".to_owned())].into() },
                ),
                Rule::nth(Target::Status, 1, Fault::Status { code: 502, body: None, headers: std::collections::BTreeMap::new() }),
            ]),
            callback: false,
        },
        Job {
            provider: "apixo",
            model: "nano-banana",
            input: json!({"mode": "text-to-image", "prompt": "a sunset over the mountains"}),
            script: Script::default(),
            callback: true,
        },
        Job {
            provider: "aivideomaker",
            model: "t2v",
            input: json!({"prompt": "waves at dawn", "aspectRatio": "16:9", "duration": "5"}),
            script: Script::default(),
            callback: false,
        },
    ]
}

/// How one task of the demo went.
struct Story {
    job: Job,
    reply: Reply,
    saved: Vec<SavedFile>,
    events: Vec<String>,
    /// Whether the same order under the same key named the same task.
    same_task: bool,
}

/// Runs one task on each provider from submit to files on disk.
pub(super) async fn demo(flags: &Demo) -> Outcome {
    let mut config = ServerConfig::built_in();
    for job in jobs() {
        config = config.with_options(job.provider, SandboxOptions::default().with_script(job.script));
    }
    let server = Server::start(config).map_err(|error| no_port(&error))?;
    std::fs::create_dir_all(&flags.out)
        .map_err(|error| Error::new(ErrorCode::StoreError, format!("cannot create the directory {}: {error}", flags.out.display())))?;
    let path = flags.out.join("tasks.db");
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path)?);
    output::line("Three providers, simulated on this machine; real HTTP, a real task store, no key, no network.\n");
    let board = Board::default();
    let [first, second, third] = jobs().map(|job| {
        let line = board.line(job.provider);
        tell(job, &server, Arc::clone(&store), &flags.out, line)
    });
    let (first, second, third) = tokio::join!(first, second, third);
    let stories = [first?, second?, third?];
    summary(&stories, &server, &path);
    let proven = stories.iter().all(|story| story.reply.ok && story.same_task && !story.saved.is_empty());
    Ok(if proven { OK } else { FAILED })
}

/// One task, from its order to its files, and the same order once more.
async fn tell(job: Job, server: &Server, store: Arc<dyn Store>, out: &Path, line: Line) -> Result<Story, Failure> {
    let events = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&events);
    let client = Client::builder(Contract::built_in(job.provider)?)
        .base_url(server.base_url(job.provider))
        .key(KeySource::Value(Secret::new(DEMO_KEY)))
        .store(store)
        .timeout(Duration::from_mins(1))
        .poll(if job.callback { Polls::default() } else { POLLS })
        .on_event(Arc::new(move |record, event| {
            if let Some(text) = in_words(record, event) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(text);
            }
        }))
        .build()?;
    let generation = Generation { model: job.model.to_owned(), input: job.input.clone() };
    let callback_url = if job.callback { Some(super::listen::in_background(client.clone()).await?) } else { None };
    let key = Some(format!("demo-{}-{}", job.provider, client.now()));
    let options = SubmitOptions { key, callback_url, ..SubmitOptions::default() };
    line.say("submitting");
    let task = client.submit(&generation, &options).await?;
    let reply = task.wait(Wait { timeout: None, on_update: Some(line.listener()) }).await.unwrap_or_else(Failure::into_reply);
    let saved = if reply.ok { task.save_files(out).await? } else { Vec::new() };
    line.end(&reply);
    let again = client.submit(&generation, &options).await?;
    let same_task = again.intent_id() == task.intent_id();
    let events = events.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Story { job, reply, saved, events, same_task })
}

/// What is worth telling of an event.
fn in_words(record: &TaskRecord, event: &TaskEvent) -> Option<String> {
    let field = |name: &str| event.data.get(name).and_then(Value::as_str);
    let status = event.data.get("httpStatus").and_then(Value::as_u64);
    match event.kind {
        "retry" => Some(match (field("operation"), status) {
            (Some("submit"), Some(429)) => "submit answered 429: nothing was accepted; sent again after the pause".to_owned(),
            (Some("submit"), _) => "submit was never sent: sent again".to_owned(),
            (Some(operation), Some(status)) => format!("{operation} call failed ({status}): asked again; the task is not affected"),
            (operation, None) => format!("{} call got no answer: asked again", operation.unwrap_or("one")),
            (None, Some(status)) => format!("a call failed ({status})"),
        }),
        "callback" => Some("the provider called back: one status call fetches the result".to_owned()),
        "phase" => match (field("to")?, record.task_id()) {
            ("waiting", Some(id)) => Some(format!("accepted as {id}; the id was stored before the first poll")),
            ("fetching", _) => Some("done; a second call fetched the details".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn summary(stories: &[Story], server: &Server, store: &Path) {
    let stats = server.stats();
    for story in stories {
        output::line(&format!("\n{} / {}", story.job.provider, story.job.model));
        for event in &story.events {
            output::line(&format!("  - {event}"));
        }
        for file in &story.saved {
            output::line(&format!("  - saved {} ({}, {})", file.path, file.content_type, output::size(file.bytes)));
        }
    }
    output::line("");
    let rows = stories.iter().map(|story| {
        let seen = stats.of(story.job.provider);
        [
            story.job.provider.to_owned(),
            story.reply.status.as_str().to_owned(),
            seen.submits().to_string(),
            seen.tasks.to_string(),
            seen.arrived(Target::Status).to_string(),
            story.saved.len().to_string(),
            if story.same_task { "same task" } else { "ANOTHER TASK" }.to_owned(),
        ]
    });
    output::table(&["provider", "status", "POSTs", "paid tasks", "polls", "files", "order sent twice"], rows);
    let (posts, tasks) = stories.iter().fold((0, 0), |(posts, tasks), story| {
        let seen = stats.of(story.job.provider);
        (posts + seen.submits(), tasks + seen.tasks)
    });
    output::line(&format!(
        "\nThe providers counted: {} orders, each sent twice, became {tasks} paid tasks with {posts} POSTs.",
        stories.len()
    ));
    output::line("A POST was repeated only after the provider had refused it (429). A failed poll ended no task.");
    output::line(&format!(
        "Every task id was in {} before the first poll: see `gentask list --store {}`",
        store.display(),
        store.display()
    ));
}

/// Serves simulated providers until interrupted.
pub(super) async fn sandbox(flags: &SandboxFlags) -> Outcome {
    let speed = flags.speed.max(1);
    let mut config = ServerConfig::built_in().with_port(flags.port).with_speed(speed);
    let mut contracts = Contract::built_in_names().map(Contract::built_in).collect::<Result<Vec<_>, _>>()?;
    for path in &flags.contract {
        let contract = crate::provider::contract_file(path)?;
        config.contracts.push(contract.source().clone());
        contracts.push(contract);
    }
    let server = Server::start(config).map_err(|error| match (error.kind(), flags.port) {
        (std::io::ErrorKind::AddrInUse, port) => {
            let message =
                format!("cannot listen on port {port} of this machine: it is taken, by another sandbox perhaps; choose one with --port, or --port 0 for any");
            Error::new(ErrorCode::Unsupported, message)
        }
        _ => no_port(&error),
    })?;
    for contract in &contracts {
        output::line(&format!("{:14} {}", contract.id(), server.base_url(contract.id())));
    }
    output::line("\nAny API key works. To point a program's own client at it, set these variables:");
    for contract in &contracts {
        let environment = contract.environment();
        let base = environment.base_url.as_ref().map(|name| format!(" {name}={}", server.base_url(contract.id())));
        let key = environment.key.as_ref().map(|name| format!(" {name}=any"));
        if let Some(base) = base {
            output::line(&format!("export{base}{}", key.unwrap_or_default()));
        }
    }
    output::line(&format!("export GENTASK_POLL_MS={}", 1_000_u32.div_ceil(speed)));
    output::line("\nTry:");
    output::line(&format!(
        "APIXO_API_KEY=any gentask run --provider apixo --base-url {} --model nano-banana --payload '{{\"mode\":\"text-to-image\",\"prompt\":\"a fox\"}}' --out .",
        server.base_url("apixo")
    ));
    output::line("\nPress Ctrl-C to stop.");
    let _ = tokio::signal::ctrl_c().await;
    server.shutdown();
    Ok(OK)
}

pub(super) fn no_port(error: &std::io::Error) -> Error {
    Error::new(ErrorCode::Unsupported, format!("the simulated providers cannot listen on this machine: {error}"))
}
