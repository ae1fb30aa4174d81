//! Verbs about tasks, most of them stored ones.

use super::flags::{Adopt, Common, Delete, Discard, Format, Get, List, One, Prune, Since};
use super::resume::tasks;
use super::{OK, Outcome, advise, clients, misuse, output};
use crate::client::{Client, TaskHandle};
use crate::store::{Damaged, Filter};
use gentask_core::Failure;
use gentask_core::internal::to_canonical;
use gentask_core::{Error, ErrorCode, Phase, Reply, Status, UnixMillis};
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
            Ok(Target::Stored(Box::new(client.task(record.intent_id()).await?)))
        }
        None if common.provider.is_none() => {
            let message = format!("no task \"{id}\" in the store; to look for it at a provider, add --provider");
            Err(Error::new(ErrorCode::TaskNotFound, message).into())
        }
        None => Ok(Target::Remote(Box::new(clients::client(common, clients::named(common)?, store)?))),
    }
}

/// One status call.
pub(super) async fn status(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => look(common, &task).await?,
        Target::Remote(client) => client.get_status(&one.id, one.model.as_deref()).await,
    };
    Ok(output::reply(&reply, &[], common.json()))
}

/// How a stored task is, by one call where its phase has one that only reads. A submit that was never sent is `resume`'s to send; what is
/// asked about one whose answer was lost is waited for whatever the time, and any other call no longer than --timeout.
async fn look(common: &Common, task: &TaskHandle) -> Result<Reply, Failure> {
    let phase = task.record().await?.phase();
    if phase == Phase::Prepared || phase.is_terminal() {
        return task.reply().await;
    }
    let Some(time) = common.timeout.filter(|_| phase.is_settled()) else { return task.check(true).await };
    match tokio::time::timeout(time, task.check(true)).await {
        Ok(checked) => checked,
        Err(_) => Ok(task.record().await?.timed_out()),
    }
}

/// A task's details and files. Where files are asked for and there are none yet, the task is still running.
pub(super) async fn get(common: &Common, get: &Get) -> Outcome {
    let json = common.json();
    let task = match (target(common, &get.one.id).await?, &get.out) {
        (Target::Stored(task), _) => task,
        (Target::Remote(_), Some(_)) => {
            return Err(misuse(format!("--out works for stored tasks only, and there is no task \"{}\" in the store", get.one.id)));
        }
        (Target::Remote(client), None) => {
            let reply = client.get_task(&get.one.id, get.one.model.as_deref()).await;
            return Ok(output::reply(&reply, &[], json));
        }
    };
    let mut reply = look(common, &task).await?;
    // A status that says done leaves the details to a second call.
    if task.record().await?.phase() == Phase::Fetching {
        reply = look(common, &task).await?;
    }
    let Some((out, saving)) = super::out(get.out.as_ref(), get.receipt).filter(|_| reply.ok) else {
        return Ok(output::reply(&reply, &[], json));
    };
    if reply.status != Status::Success {
        output::reply(&reply, &[], json);
        return Ok(super::RUNNING);
    }
    Ok(output::reply(&reply, &task.save_files_with(&out, saving).await?, json))
}

/// Asks the provider to stop a task. One that is cancelled already is what was asked, so it is no failure.
pub(super) async fn cancel(common: &Common, one: &One) -> Outcome {
    let reply = match target(common, &one.id).await? {
        Target::Stored(task) => task.cancel().await.unwrap_or_else(Failure::into_reply),
        Target::Remote(client) => client.cancel_task(&one.id, one.model.as_deref()).await,
    };
    Ok(cancelled(&reply, common.json()))
}

/// Prints what became of a wish to stop.
pub(super) fn cancelled(reply: &Reply, json: bool) -> u8 {
    let code = output::reply(reply, &[], json);
    if reply.status == Status::Cancelled { OK } else { code }
}

/// The tasks in the store.
pub(super) async fn list(common: &Common, list: &List) -> Outcome {
    let mut phases = Vec::new();
    for word in &list.phase {
        match Phase::from_word(word) {
            Some(phase) => phases.push(phase),
            None => {
                let known: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
                return Err(misuse(format!("unknown phase \"{word}\": use {}", known.join(", "))));
            }
        }
    }
    let filter = Filter {
        owner: list.owner.clone(),
        phases: (!phases.is_empty()).then_some(phases),
        unfinished: list.unfinished,
        created_from: list.since.map(|since| match since {
            Since::Ago(age) => now().saturating_sub(ms(age)),
            Since::At(time) => time,
        }),
        newest_first: list.newest,
        limit: Some(list.limit),
        ..of(common)?
    };
    let is_asked_for_some = filter != Filter { limit: filter.limit, newest_first: filter.newest_first, ..Filter::default() };
    let format = list.format.unwrap_or(if common.json() { Format::Json } else { Format::Table });
    show(common, &filter, if is_asked_for_some { "no matching tasks" } else { "no tasks" }, format).await
}

/// Submits whose outcome is not known, and tasks that a second task id contradicts.
pub(super) async fn unresolved(common: &Common) -> Outcome {
    let filter = Filter { phases: Some(vec![Phase::Unresolved]), or_conflicting: true, ..of(common)? };
    show(common, &filter, "nothing unresolved", if common.json() { Format::Json } else { Format::Table }).await
}

async fn show(common: &Common, filter: &Filter, none: &str, format: Format) -> Outcome {
    let listing = clients::store(common)?.list(filter).await?;
    // Where nothing is found, another store may have been meant.
    let none = format!("{none} in {}", clients::store_path(common)?.display());
    output::records(&listing.records, now(), &none, format);
    if listing.next.is_some() {
        let end = if filter.newest_first { "newest" } else { "oldest" };
        output::note(&format!("showing only the {end} {}: use --limit to see more", listing.records.len()));
    }
    Ok(damaged(&listing.damaged))
}

/// Names the records that cannot be read: nothing that may have been paid for is passed over in silence.
pub(super) fn damaged(damaged: &[Damaged]) -> u8 {
    for record in damaged {
        output::note(&format!("the record of intent {} cannot be read: {}", record.intent_id, record.reason));
    }
    if damaged.is_empty() { OK } else { super::STORE }
}

pub(super) fn of(common: &Common) -> Result<Filter, Failure> {
    let provider = common.provider.as_deref().map(crate::provider::contract).transpose()?.map(|contract| contract.id().to_owned());
    Ok(Filter { provider, account: common.account.clone(), ..Filter::default() })
}

/// What to do about an id that the provider does not know: there is nothing to adopt.
const NOT_ADOPTED: &str = "the submit stays unresolved: compare the task id and the account with the provider's dashboard; if the task is not \
     there, give the submit up with `gentask discard`";

/// Gives an unresolved submit its task id.
pub(super) async fn adopt(common: &Common, adopt: &Adopt) -> Outcome {
    let task = stored(common, &adopt.intent).await?;
    let mut reply = task.adopt(&adopt.task).await.unwrap_or_else(Failure::into_reply);
    if reply.error_code == Some(ErrorCode::TaskNotFound) {
        advise(&mut reply, NOT_ADOPTED.to_owned());
    }
    Ok(output::reply(&reply, &[], common.json()))
}

/// Gives an unresolved submit up. That is what was asked, so it is no failure.
pub(super) async fn discard(common: &Common, discard: &Discard) -> Outcome {
    let task = stored(common, &discard.intent).await?;
    let reply = task.discard().await?;
    Ok(cancelled(&reply, common.json()))
}

async fn stored(common: &Common, intent: &str) -> Result<TaskHandle, Failure> {
    let store = clients::store(common)?;
    let Some(record) = clients::find(common, &store, intent).await? else {
        return Err(Error::new(ErrorCode::TaskNotFound, format!("no intent \"{intent}\" in the store")).into());
    };
    clients::client_of(common, &record, store)?.task(record.intent_id()).await
}

/// Deletes the record of one task that has ended.
pub(super) async fn delete(common: &Common, delete: &Delete) -> Outcome {
    let task = stored(common, &delete.intent).await?;
    let record = task.record().await?;
    // Between the look and this it may have gone: that is what was asked.
    task.client().delete(record.intent_id()).await?;
    let deleted = record.intent_id();
    output::line(&if common.json() { to_canonical(&json!({ "deleted": 1 })) } else { format!("deleted the record of intent {deleted}") });
    Ok(OK)
}

/// Deletes the records of tasks that ended long ago.
pub(super) async fn prune(common: &Common, prune: &Prune) -> Outcome {
    let ended_before = now().saturating_sub(ms(prune.older_than));
    let deleted = crate::client::prune(&*clients::store(common)?, of(common)?, ended_before).await?;
    if common.json() {
        output::line(&to_canonical(&json!({ "deleted": deleted })));
    } else {
        output::line(&format!("deleted the records of {}", tasks(usize::try_from(deleted).unwrap_or(usize::MAX), "")));
    }
    Ok(OK)
}

fn ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
