//! `gentask run`, and the flags that need no verb.

use super::flags::{Action, Common, Run, Seed};
use super::interrupt::Interrupts;
use super::progress::{Board, Line};
use super::{Outcome, USAGE, clients, misuse, output};
use crate::client::{Client, TaskHandle, Wait};
use crate::failure::Failure;
use gentask_core::{Error, ErrorCode, Generation, Reply, SavedFile, Status, SubmitOptions, loggable_request, to_canonical};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Submits a generation, waits and saves its files, as far as the flags ask for it.
pub(super) async fn run(common: &Common, run: Run) -> Outcome {
    let contract = clients::named(common)?;
    let generation = Generation { model: run.model.clone(), input: clients::payload(&run.payload)? };
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
    let outcome = Box::pin(follow(&client, &generation, &options, &run, &line)).await;
    line.clear();
    let (reply, saved) = outcome?;
    Ok(output::reply(&reply, &saved, common.json()))
}

type Followed = Result<(Reply, Vec<SavedFile>), Failure>;

async fn follow(client: &Client, generation: &Generation, options: &SubmitOptions, run: &Run, line: &Line) -> Followed {
    let mut interrupts = Interrupts::listen();
    line.say("submitting");
    let mut submit = std::pin::pin!(client.submit(generation, options));
    let task = tokio::select! {
        task = &mut submit => task?,
        () = interrupts.next() => {
            // The answer may hold the id of a task that is paid for.
            line.say("interrupted; waiting for the answer to the submit (interrupt again to leave it)");
            let task = tokio::select! {
                task = &mut submit => task?,
                () = interrupts.next() => return Ok((left(), Vec::new())),
            };
            return Ok((if run.no_wait { task.reply().await? } else { interrupted(task.reply().await?) }, Vec::new()));
        }
    };
    if run.no_wait {
        return Ok((task.reply().await?, Vec::new()));
    }
    finish(&task, run.out.as_deref(), line, &mut interrupts).await
}

/// Waits for a task and saves its files. An interrupt ends the wait; the task goes on.
async fn finish(task: &TaskHandle, out: Option<&Path>, line: &Line, interrupts: &mut Interrupts) -> Followed {
    let wait = Wait { timeout: None, on_update: Some(line.listener()) };
    let reply = tokio::select! {
        waited = task.wait(wait) => waited.unwrap_or_else(Failure::into_reply),
        () = interrupts.next() => return Ok((interrupted(task.reply().await?), Vec::new())),
    };
    let Some(out) = out.filter(|_| reply.ok) else { return Ok((reply, Vec::new())) };
    line.say("saving files");
    tokio::select! {
        saved = task.save_files(out) => Ok((reply, saved?)),
        () = interrupts.next() => {
            let message = format!("interrupted while files were saved: `gentask get {} --out DIR` saves them", task.intent_id());
            Ok((Reply { ok: false, error_code: Some(ErrorCode::WaitTimeout), error_message: Some(message), ..reply }, Vec::new()))
        }
    }
}

/// A wait that a person ended is a wait that timed out: the task goes on.
fn interrupted(reply: Reply) -> Reply {
    if reply.error_code.is_some() || reply.status == Status::Success {
        return reply;
    }
    let id = reply.task_id.clone().unwrap_or_else(|| "of unknown id".to_owned());
    Reply {
        ok: false,
        error_code: Some(ErrorCode::WaitTimeout),
        error_message: Some(format!("interrupted; task {id} goes on: `gentask resume` waits for it again")),
        ..reply
    }
}

/// A submit that was not waited for. Its record is stored; what became of it is not known here.
fn left() -> Reply {
    let message = "interrupted before the answer to the submit; `gentask resume` shows what became of it, and nothing is sent twice";
    let mut reply = Error::new(ErrorCode::WaitTimeout, message).reply();
    reply.status = Status::Pending;
    if let Some(data) = reply.data.as_object_mut() {
        data.insert("billing".to_owned(), "possible".into());
    }
    reply
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
            return Err(misuse(format!("--option {flag}: NAME=VALUE is expected")));
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
    let missing = |what: &str| -> Outcome { Err(misuse(what)) };
    match (seed.action, seed.task_id, seed.model, seed.payload) {
        (None, None, None, None) if json => missing("say what to do: a verb, or --model and --payload"),
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
        (None, Some(_), ..) => missing("--taskId needs --action"),
        (Some(Action::CreateGeneration), Some(_), ..) => missing("--action createGeneration makes a new task: it takes no --taskId"),
        (None | Some(Action::CreateGeneration), ..) => missing("--model and --payload are needed together"),
        (Some(_), None, ..) => missing("--action needs --taskId"),
        (Some(action), Some(task_id), model, _) => {
            let client = clients::client(common, clients::named(common)?, clients::store(common)?)?;
            let reply = match action {
                Action::GetTask => client.get_task(&task_id, model.as_deref()).await,
                Action::CancelTask => {
                    let reply = client.cancel_task(&task_id, model.as_deref()).await;
                    return Ok(super::stored::cancelled(&reply, json));
                }
                Action::GetStatus | Action::CreateGeneration => client.get_status(&task_id, model.as_deref()).await,
            };
            Ok(output::reply(&reply, &[], json))
        }
    }
}
