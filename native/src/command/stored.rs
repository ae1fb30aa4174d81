//! Verbs about tasks, most of them stored ones.

use super::flags::{Adopt, Common, Discard, Get, List, One, Prune, Resume};
use super::progress::Board;
use super::{OK, Outcome, clients, output};
use crate::client::{Client, TaskHandle};
use crate::failure::Failure;
use crate::store::Filter;
use gentask_core::{Error, ErrorCode, Phase, TaskRecord, UnixMillis, to_canonical};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A stored task with the client it belongs to, or a client for an id that is not stored.
enum Target {
    Stored(Box<TaskHandle>),
    Remote(Box<Client>),
}

async fn target(common: &Common, id: &str) -> Result<Target, Failure> {
    let store = clients::store(common)?;
    match clients::find(common, &store, id).await? {
        Some(record) => {
            let client = clients::client_of(common, &record, store)?;
            Ok(Target::Stored(Box::new(client.task(&record.intent_id).await?)))
        }
        None if common.provider.is_none() => {
            let message = format!("the store has no task \"{id}\"; to ask a provider for it, name the provider with --provider");
            Err(Error::new(ErrorCode::TaskNotFound, message).into())
        }
        None => Ok(Target::Remote(Box::new(clients::client(common, clients::named(common)?, store)?))),
    }
}

/// One status call.
pub(super) async fn status(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => task.check(true).await?,
        Target::Remote(client) => client.get_status(&one.id, one.model.as_deref()).await,
    };
    Ok(output::reply(&reply, &[], common.json()))
}

/// A task's details and files.
pub(super) async fn get(common: &Common, get: &Get) -> Outcome {
    let (reply, saved) = match target(common, &get.one.id).await? {
        Target::Stored(task) => {
            let record = task.record().await?;
            let mut reply = task.reply().await?;
            // A status that says done leaves the details to a second call.
            for _ in 0..2 {
                if !record.phase.is_terminal() && reply.error_code.is_none() && reply.status != gentask_core::Status::Success {
                    reply = task.check(true).await?;
                }
            }
            let saved = match get.out.as_deref().filter(|_| reply.ok && reply.status == gentask_core::Status::Success) {
                Some(out) => task.save_files(out).await?,
                None => Vec::new(),
            };
            (reply, saved)
        }
        Target::Remote(client) => (client.get_task(&get.one.id, get.one.model.as_deref()).await, Vec::new()),
    };
    Ok(output::reply(&reply, &saved, common.json()))
}

/// Asks the provider to stop a task.
pub(super) async fn cancel(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => task.cancel().await.unwrap_or_else(Failure::into_reply),
        Target::Remote(client) => client.cancel_task(&one.id, one.model.as_deref()).await,
    };
    Ok(output::reply(&reply, &[], common.json()))
}

/// The tasks in the store.
pub(super) async fn list(common: &Common, list: &List) -> Outcome {
    let mut phases = Vec::new();
    for word in &list.phase {
        match Phase::from_word(word) {
            Some(phase) => phases.push(phase),
            None => {
                let known: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
                return Err(
                    Error::new(ErrorCode::Unsupported, format!("no phase is called \"{word}\": there are {}", known.join(", "))).into()
                );
            }
        }
    }
    let filter = Filter {
        owner: list.owner.clone(),
        phases: (!phases.is_empty()).then_some(phases),
        unfinished: list.unfinished,
        limit: Some(list.limit),
        ..of(common)?
    };
    show(common, &filter).await
}

/// Submits whose outcome is not known.
pub(super) async fn unresolved(common: &Common) -> Outcome {
    show(common, &Filter { phases: Some(vec![Phase::Unresolved]), ..of(common)? }).await
}

async fn show(common: &Common, filter: &Filter) -> Outcome {
    let listing = clients::store(common)?.list(filter).await?;
    output::records(&listing.records, now(), common.json());
    for damaged in &listing.damaged {
        eprintln!("gentask: the record of intent {} cannot be read: {}", damaged.intent_id, damaged.reason);
    }
    Ok(if listing.damaged.is_empty() { OK } else { super::STORE })
}

fn of(common: &Common) -> Result<Filter, Failure> {
    let provider = common.provider.as_deref().map(clients::contract).transpose()?.map(|contract| contract.id().to_owned());
    Ok(Filter { provider, account: common.account.clone(), ..Filter::default() })
}

/// Drives every unfinished task to its end, grouped by what needs a client of its own.
pub(super) async fn resume(common: &Common, resume: &Resume) -> Outcome {
    let store = clients::store(common)?;
    let json = common.json();
    let mut groups: BTreeMap<(String, String, String), TaskRecord> = BTreeMap::new();
    let mut filter = Filter { unfinished: true, limit: Some(500), ..of(common)? };
    loop {
        let page = store.list(&filter).await?;
        for record in page.records {
            groups.entry((record.provider.clone(), record.account.clone(), record.base.clone())).or_insert(record);
        }
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    if groups.is_empty() && !json {
        output::line("nothing to resume");
    }
    let line = Board::default().line("resuming");
    let mut worst = OK;
    for sample in groups.values() {
        let client = clients::client_of(common, sample, Arc::clone(&store))?;
        line.say(format!("{} ({})", client.contract().title(), client.account_label()));
        let driving = client.resume(resume.concurrency, common.timeout, |_| {});
        let ended = tokio::select! {
            ended = driving => ended?,
            _ = tokio::signal::ctrl_c() => {
                line.clear();
                eprintln!("gentask: interrupted; the tasks go on: `gentask resume` waits for them again");
                return Ok(super::RUNNING);
            }
        };
        for task in ended {
            let reply = task.reply.unwrap_or_else(Failure::into_reply);
            let saved = match resume.out.as_deref().filter(|_| reply.ok) {
                Some(out) => client.task(&task.intent_id).await?.save_files(out).await?,
                None => Vec::new(),
            };
            worst = worst.max(output::reply(&reply, &saved, json));
        }
    }
    line.clear();
    Ok(worst)
}

/// Gives an unresolved submit its task id.
pub(super) async fn adopt(common: &Common, adopt: &Adopt) -> Outcome {
    let task = stored(common, &adopt.intent).await?;
    let reply = task.adopt(&adopt.task).await.unwrap_or_else(Failure::into_reply);
    Ok(output::reply(&reply, &[], common.json()))
}

/// Gives an unresolved submit up. That is what was asked, so it is no failure.
pub(super) async fn discard(common: &Common, discard: &Discard) -> Outcome {
    let task = stored(common, &discard.intent).await?;
    let reply = task.discard().await?;
    let code = output::reply(&reply, &[], common.json());
    Ok(if reply.status == gentask_core::Status::Cancelled { OK } else { code })
}

async fn stored(common: &Common, intent: &str) -> Result<TaskHandle, Failure> {
    match target(common, intent).await? {
        Target::Stored(task) => Ok(*task),
        Target::Remote(_) => Err(Error::new(ErrorCode::TaskNotFound, format!("the store has no intent \"{intent}\"")).into()),
    }
}

/// Deletes the records of tasks that ended long ago.
pub(super) async fn prune(common: &Common, prune: &Prune) -> Outcome {
    let age = u64::try_from(prune.older_than.as_millis()).unwrap_or(u64::MAX);
    let deleted = crate::client::prune(&clients::store(common)?, of(common)?, now().saturating_sub(age)).await?;
    if common.json() {
        output::line(&to_canonical(&json!({ "deleted": deleted })));
    } else {
        output::line(&format!("{deleted} deleted"));
    }
    Ok(OK)
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
