//! `gentask run`, and the flags that need no verb.

use super::flags::{Action, Common, Run, Seed};
use super::progress::{Board, Line};
use super::{Outcome, USAGE, clients, output};
use crate::client::{Client, TaskHandle, Wait};
use crate::failure::Failure;
use gentask_core::{Error, ErrorCode, Generation, Reply, SavedFile, SubmitOptions, loggable_request, parse_payload, to_canonical};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Submits a generation, waits and saves its files, as far as the flags ask for it.
pub(super) async fn run(common: &Common, run: Run) -> Outcome {
    let contract = clients::named(common)?;
    let generation = Generation { model: run.model.clone(), input: parse_payload(run.payload.as_bytes())? };
    let options = SubmitOptions {
        key: run.key.clone(),
        owner: run.owner.clone(),
        callback_url: run.callback_url.clone(),
        options: contract_options(&run.options)?,
    };
    if run.dry_run {
        return dry_run(common, contract, &generation, &options);
    }
    let client = clients::client(common, contract, clients::store(common)?)?;
    let line = Board::default().line(&run.model);
    let outcome = follow(&client, &generation, &options, run.no_wait, run.out.as_deref(), &line).await;
    line.clear();
    let (reply, saved) = outcome?;
    Ok(output::reply(&reply, &saved, common.json()))
}

async fn follow(
    client: &Client,
    generation: &Generation,
    options: &SubmitOptions,
    no_wait: bool,
    out: Option<&Path>,
    line: &Line,
) -> Result<(Reply, Vec<SavedFile>), Failure> {
    line.say("submitting");
    let task = client.submit(generation, options).await?;
    if no_wait {
        return Ok((task.reply().await?, Vec::new()));
    }
    finish(&task, out, line).await
}

/// Waits for a task and saves its files. An interrupt ends the wait; the task goes on.
async fn finish(task: &TaskHandle, out: Option<&Path>, line: &Line) -> Result<(Reply, Vec<SavedFile>), Failure> {
    let wait = Wait { timeout: None, on_update: Some(line.listener()) };
    let reply = tokio::select! {
        waited = task.wait(wait) => waited.unwrap_or_else(Failure::into_reply),
        _ = tokio::signal::ctrl_c() => interrupted(task.reply().await?),
    };
    let saved = match out.filter(|_| reply.ok) {
        Some(out) => task.save_files(out).await?,
        None => Vec::new(),
    };
    Ok((reply, saved))
}

/// A wait that a person ended is a wait that timed out: the task goes on.
fn interrupted(reply: Reply) -> Reply {
    if reply.error_code.is_some() || reply.status == gentask_core::Status::Success {
        return reply;
    }
    let id = reply.task_id.clone().unwrap_or_default();
    Reply {
        ok: false,
        error_code: Some(ErrorCode::WaitTimeout),
        error_message: Some(format!("interrupted; task {id} goes on: `gentask resume` waits for it again")),
        ..reply
    }
}

/// Shows what would be sent.
fn dry_run(common: &Common, contract: gentask_core::Contract, generation: &Generation, options: &SubmitOptions) -> Outcome {
    let memory = std::sync::Arc::new(crate::store::MemoryStore::new());
    let request = clients::client(common, contract, memory)?.dry_run(generation, options)?;
    let headers: Map<String, Value> = request.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let shown = json!({"dryRun": true, "method": request.method, "url": request.url, "headers": headers, "body": body});
    if common.json() {
        output::line(&to_canonical(&shown));
    } else {
        output::line(&format!("would send {} (nothing was sent, nothing was stored)", loggable_request(&request)));
        output::line(&serde_json::to_string_pretty(&shown).unwrap_or_default());
    }
    Ok(super::OK)
}

/// `NAME=VALUE` flags as the contract's options: a value is JSON where it is some, else text.
fn contract_options(flags: &[String]) -> Result<Map<String, Value>, Failure> {
    let mut options = Map::new();
    for flag in flags {
        let Some((name, value)) = flag.split_once('=') else {
            return Err(Error::new(ErrorCode::Unsupported, format!("--option {flag}: NAME=VALUE is expected")).into());
        };
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        options.insert(name.to_owned(), value);
    }
    Ok(options)
}

/// The command lines of AIVideoMaker's published scripts, as they stand.
pub(super) async fn seed(common: &Common, seed: Seed) -> Outcome {
    let common = &Common { provider: Some(common.provider.clone().unwrap_or_else(|| "aivideomaker".to_owned())), ..common.clone() };
    let json = common.json();
    let missing = |what: &str| -> Outcome { Err(Error::new(ErrorCode::Unsupported, format!("{what}; see `gentask --help`")).into()) };
    match (seed.action, seed.task_id, seed.model, seed.payload) {
        (None, None, None, None) => {
            let _ = <super::Cli as clap::CommandFactory>::command().print_help();
            Ok(USAGE)
        }
        (None | Some(Action::CreateGeneration), None, Some(model), Some(payload)) => {
            let flags = Run {
                model,
                payload,
                key: None,
                owner: None,
                callback_url: None,
                options: Vec::new(),
                no_wait: false,
                dry_run: false,
                out: None,
            };
            let no_wait = seed.action.is_some();
            run(common, Run { no_wait, ..flags }).await
        }
        (None | Some(Action::CreateGeneration), ..) => missing("--model and --payload are needed together"),
        (Some(_), None, ..) => missing("--action needs --taskId"),
        (Some(action), Some(task_id), model, _) => {
            let client = clients::client(common, clients::named(common)?, clients::store(common)?)?;
            let reply = match action {
                Action::GetTask => client.get_task(&task_id, model.as_deref()).await,
                Action::CancelTask => client.cancel_task(&task_id, model.as_deref()).await,
                Action::GetStatus | Action::CreateGeneration => client.get_status(&task_id, model.as_deref()).await,
            };
            Ok(output::reply(&reply, &[], json))
        }
    }
}
