//! `gentask run`, and the flags that need no subcommand.

use super::flags::{Action, Common, Run, Seed};
use super::interrupt::Interrupts;
use super::progress::{Board, Line};
use super::{Out, Outcome, USAGE, clients, misuse, output};
use crate::client::{Client, Intent, TaskHandle, Wait};
use gentask_core::Failure;
use gentask_core::internal::{loggable_request, to_canonical};
use gentask_core::record::SavedFile;
use gentask_core::{ErrorCode, Generation, Phase, Reply, Status, SubmitOptions};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// Submits a generation, waits and saves its files, as far as the flags ask for it.
pub(super) async fn run(common: &Common, run: Run) -> Outcome {
    let contract = clients::named(common)?;
    let generation = clients::generation(&contract, &run.model, run.payload.as_deref(), run.prompt.as_deref())?;
    let mut options = SubmitOptions {
        key: run.key.clone(),
        owner: run.owner.clone(),
        callback_url: run.callback_url.clone(),
        options: contract_options(&run.options)?,
    };
    if run.dry_run {
        return dry_run(common, contract, &generation, &options);
    }
    let client = clients::client(common, contract, clients::store(common)?)?;
    client.contract().validate(&generation, &options)?;
    super::inspect::note_unchecked(client.contract(), &generation);
    if run.callback {
        if !url::Url::parse(client.base_url()).is_ok_and(|base| crate::http::is_loopback(&base)) {
            let message = "--callback receives on this machine, which only a provider simulated on it can reach; use --callback-url with a \
                           public https URL, and `gentask listen` behind it";
            return Err(misuse(message));
        }
        options.callback_url = Some(super::listen::in_background(client.clone()).await?);
    }
    let line = Board::default().line(&run.model);
    let outcome = Box::pin(follow(&client, &generation, &options, &run, common.timeout, &line)).await;
    line.clear();
    let (reply, saved) = outcome?;
    Ok(output::reply(&reply, &saved, common.json()))
}

type Followed = Result<(Reply, Vec<SavedFile>), Failure>;

async fn follow(
    client: &Client,
    generation: &Generation,
    options: &SubmitOptions,
    run: &Run,
    time: Option<Duration>,
    line: &Line,
) -> Followed {
    let mut interrupts = Interrupts::listen();
    let submission = client.begin(generation, options)?;
    if let Some(out) = &run.out {
        super::check_out(out).await?;
    }
    line.say("submitting");
    let intent = submission.intent();
    if run.no_wait {
        let reply = answer(client, &intent, Box::pin(submission.reply()), time, line, &mut interrupts).await;
        return Ok((reply.map_or_else(|left| left, |(reply, _)| reply), Vec::new()));
    }
    match answer(client, &intent, Box::pin(submission.send()), None, line, &mut interrupts).await {
        Ok((task, false)) => finish(&task?, super::out(run.out.as_ref(), run.receipt), line, &mut interrupts).await,
        Ok((task, true)) => Ok((interrupted(task?.reply().await?), Vec::new())),
        Err(left) => Ok((left, Vec::new())),
    }
}

/// Waits for the answer to a submit, which may hold the id of a task that is paid for, and tells whether somebody wanted to leave
/// meanwhile. Without it, a reply about a submit that was left: after a second interrupt, or once its time is over and it is not in flight.
async fn answer<T>(
    client: &Client,
    intent: &Intent,
    submit: impl Future<Output = T>,
    time: Option<Duration>,
    line: &Line,
    interrupts: &mut Interrupts,
) -> Result<(T, bool), Reply> {
    let mut submit = std::pin::pin!(submit);
    let mut late = std::pin::pin!(async {
        match time {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
        while !is_waiting(client, intent).await {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    });
    let mut is_interrupted = false;
    loop {
        tokio::select! {
            biased;
            answer = &mut submit => return Ok((answer, is_interrupted)),
            () = &mut late => return Err(left(client, intent, "timed out").await),
            () = interrupts.next() => {
                if is_interrupted {
                    return Err(left(client, intent, "interrupted").await);
                }
                is_interrupted = true;
                line.say("interrupted; waiting for the answer to the submit (press Ctrl-C again to stop waiting)");
            }
        }
    }
}

/// How long to wait before a submit whose time is over is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Whether a submit waits for something else than the answer to a request of this process: for its time, or for another process.
async fn is_waiting(client: &Client, intent: &Intent) -> bool {
    match client.store().load(&intent.id()).await {
        Ok(Some(record)) if record.phase() == Phase::Prepared => record.due().is_some_and(|due| due.at > client.now()),
        Ok(Some(record)) if record.phase() == Phase::Submitting => !client.is_sending(&record),
        _ => false,
    }
}

/// Waits for a task and saves its files. An interrupt ends the wait; the task goes on.
async fn finish(task: &TaskHandle, out: Option<Out>, line: &Line, interrupts: &mut Interrupts) -> Followed {
    let wait = Wait { timeout: None, on_update: Some(line.listener()) };
    let reply = tokio::select! {
        waited = task.wait(wait) => waited.unwrap_or_else(Failure::into_reply),
        () = interrupts.next() => return Ok((interrupted(task.reply().await?), Vec::new())),
    };
    let Some((out, saving)) = out.filter(|_| reply.ok) else { return Ok((reply, Vec::new())) };
    line.say("saving files");
    tokio::select! {
        saved = task.save_files_with(&out, saving) => Ok((reply, saved?)),
        () = interrupts.next() => {
            let message = format!("interrupted while saving files: `gentask get {} --out DIR` saves the rest", task.intent_id());
            Ok((Reply { ok: false, error_code: Some(ErrorCode::WaitTimeout), error_message: Some(message), ..reply }, Vec::new()))
        }
    }
}

/// A wait that a person ended is a wait that timed out: the task goes on.
fn interrupted(reply: Reply) -> Reply {
    if reply.error_code.is_some() || reply.status == Status::Success {
        return reply;
    }
    let task = reply.task_id.as_ref().map_or_else(|| "the task".to_owned(), |id| format!("task {id}"));
    Reply {
        ok: false,
        error_code: Some(ErrorCode::WaitTimeout),
        error_message: Some(format!("interrupted; {task} is still running: `gentask resume` waits for it again")),
        ..reply
    }
}

/// A submit that was not waited for: its record is stored, and nothing of this process goes on.
async fn left(client: &Client, intent: &Intent, why: &str) -> Reply {
    let record = client.store().load(&intent.id()).await.ok().flatten();
    let mut reply = Reply::left(&intent.id(), record.as_ref());
    reply.error_message = Some(match record.map(|record| record.phase()) {
        Some(Phase::Prepared) => format!("{why} before the submit was sent; the task is stored, and `gentask resume` sends it"),
        _ => format!("{why} before the answer to the submit came; `gentask resume` finds out what became of it and sends nothing twice"),
    });
    reply
}

/// Shows what would be sent.
fn dry_run(common: &Common, contract: gentask_core::Contract, generation: &Generation, options: &SubmitOptions) -> Outcome {
    let memory = std::sync::Arc::new(crate::store::MemoryStore::new());
    let client = clients::client(common, contract, memory)?;
    let request = client.dry_run(generation, options)?;
    super::inspect::note_unchecked(client.contract(), generation);
    let headers: Map<String, Value> = request.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let shown = json!({"dryRun": true, "method": request.method, "url": request.url, "headers": headers, "body": body});
    if common.json() {
        output::line(&to_canonical(&shown));
    } else {
        output::line(&format!("dry run: would send {} (nothing was sent or stored)", loggable_request(&request)));
        output::line(&serde_json::to_string_pretty(&shown).unwrap_or_default());
    }
    Ok(super::OK)
}

/// `NAME=VALUE` flags as the contract's options: a value is JSON where it is some, else text.
fn contract_options(flags: &[String]) -> Result<Map<String, Value>, Failure> {
    let mut options = Map::new();
    for flag in flags {
        let Some((name, value)) = flag.split_once('=') else {
            return Err(misuse(format!("--option {flag}: expected NAME=VALUE")));
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
        (None, None, None, None) if json => missing("nothing to do: give a subcommand, or --model and --payload"),
        (None, None, None, None) => {
            let _ = super::help::command().print_help();
            Ok(USAGE)
        }
        (None | Some(Action::CreateGeneration), None, Some(model), Some(payload)) => {
            let flags = Run {
                model,
                payload: Some(payload),
                prompt: None,
                key: None,
                owner: None,
                callback_url: None,
                callback: false,
                options: Vec::new(),
                no_wait: false,
                dry_run: false,
                out: None,
                receipt: false,
            };
            let no_wait = seed.action.is_some();
            run(common, Run { no_wait, ..flags }).await
        }
        (None, Some(_), ..) => missing("--taskId needs --action"),
        (Some(Action::CreateGeneration), Some(_), ..) => missing("--action createGeneration starts a new task and takes no --taskId"),
        (None | Some(Action::CreateGeneration), ..) => missing("--model and --payload are both required"),
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
