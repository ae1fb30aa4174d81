//! Finds contracts, opens the store and builds clients from flags and records.
//!
//! A record is somebody's word for where its task is, and the key in the environment belongs to one account: so neither an account nor an
//! address is taken from a record alone. Another account than [`DEFAULT_ACCOUNT`] has to be named, and an address is followed only where it
//! is the contract's, the environment's or the one given.

use super::flags::{Common, PollBy};
use super::{advise, misuse};
use crate::client::Client;
use crate::provider;
use crate::store::{Find, SqliteStore, Store, default_path};
use gentask_core::Failure;
use gentask_core::contract::parse_payload;
use gentask_core::{Contract, Error, ErrorCode, Generation, Polls, TaskRecord};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The contract of `--provider`, which this verb needs.
pub(super) fn named(common: &Common) -> Result<Contract, Failure> {
    match &common.provider {
        Some(provider) => provider::contract(provider),
        None => {
            let known = Contract::built_in_names().collect::<Vec<_>>().join(", ");
            Err(misuse(format!("no provider given: choose one with --provider: {known}, or a contract file")))
        }
    }
}

/// Opens the store of `--store`, or the default one.
pub(super) fn store(common: &Common) -> Result<Arc<dyn Store>, Failure> {
    Ok(Arc::new(SqliteStore::open(&store_path(common)?)?))
}

/// The file of that store.
pub(super) fn store_path(common: &Common) -> Result<PathBuf, Failure> {
    let path = match &common.store {
        Some(path) => path.clone(),
        None => default_path()?,
    };
    Ok(std::path::absolute(&path).unwrap_or(path))
}

/// A client for a contract, with the flags of every verb.
pub(super) fn client(common: &Common, contract: Contract, store: Arc<dyn Store>) -> Result<Client, Failure> {
    let mut builder = Client::builder(contract).store(store).poll(polls(common));
    if let Some(base) = &common.base_url {
        builder = builder.base_url(base);
    }
    if let Some(account) = &common.account {
        builder = builder.account(account);
    }
    if let Some(timeout) = common.timeout {
        builder = builder.timeout(timeout);
    }
    builder.build()
}

/// The account that the keys in the environment belong to where none is named.
pub(super) const DEFAULT_ACCOUNT: &str = "default";

/// A client for a stored task, with its own account and base, where the key may go to them. A failure is one about the task: it is left
/// as it is, and nothing is sent.
pub(super) fn client_of(common: &Common, record: &TaskRecord, store: Arc<dyn Store>) -> Result<Client, Failure> {
    let contract = match &common.provider {
        Some(provider) => provider::contract(provider)?,
        None => Contract::built_in(record.provider()).map_err(|_| {
            let message = format!("the task belongs to provider \"{}\": pass its contract file with --provider", record.provider());
            Failure::from(Error::new(ErrorCode::InvalidContract, message)).about(record)
        })?,
    };
    client_with(common, contract, record, store)
}

/// The same, for a contract that is at hand.
pub(super) fn client_with(common: &Common, contract: Contract, record: &TaskRecord, store: Arc<dyn Store>) -> Result<Client, Failure> {
    if common.account.is_none() && record.account() != DEFAULT_ACCOUNT {
        let message = format!("the task belongs to account \"{}\", and the API key may be another account's", record.account());
        return Err(left_alone(
            record,
            message,
            format!("set that account's API key in the environment and add `--account {}`", record.account()),
        ));
    }
    if contract.id() != record.provider() {
        // It will say that it has no such task.
        return client(common, contract, store);
    }
    if !bases(common, &contract)?.iter().any(|base| base == record.base()) {
        let origin = Url::parse(record.base()).map_or_else(|_| "an invalid URL".to_owned(), |base| base.origin().ascii_serialization());
        let message = format!(
            "the task's record names {origin} as its base URL, but the contract, the environment and --base-url do not, so the API key \
             is not sent there"
        );
        return Err(left_alone(record, message, "if you trust this address, pass the task's base URL with --base-url".to_owned()));
    }
    client(&Common { base_url: Some(record.base().to_owned()), ..common.clone() }, contract, store)
}

/// The contract that is named, or all that are built in.
pub(super) fn contracts(common: &Common) -> Result<Vec<Contract>, Failure> {
    match &common.provider {
        Some(_) => Ok(vec![named(common)?]),
        None => Ok(Contract::built_in_names().map(Contract::built_in).collect::<Result<_, _>>()?),
    }
}

/// The base URLs that the key may go to.
pub(super) fn bases(common: &Common, contract: &Contract) -> Result<Vec<String>, Failure> {
    let environment = contract.environment().base_url.as_deref().and_then(|name| std::env::var(name).ok());
    let given = [environment.filter(|base| !base.is_empty()), common.base_url.clone()];
    let mut bases = vec![contract.base().to_owned()];
    for base in given.into_iter().flatten() {
        bases.push(Contract::check_base(&base)?);
    }
    Ok(bases)
}

/// A stored task that nothing is done about, and what a person has to say first.
fn left_alone(record: &TaskRecord, message: String, next: String) -> Failure {
    let mut reply = Failure::from(Error::new(ErrorCode::Unsupported, message)).about(record).into_reply();
    advise(&mut reply, next);
    Failure::of(reply)
}

/// The stored task of an intent's id or a provider's task id; `None` where the store has none.
pub(super) async fn find(common: &Common, store: &Arc<dyn Store>, id: &str) -> Result<Option<TaskRecord>, Failure> {
    if let Some(record) = store.load(id).await? {
        return Ok(Some(record));
    }
    let mut found = Vec::new();
    for provider in providers(common)? {
        found.extend(store.find(&Find::TaskId { provider, task_id: id.to_owned() }).await?);
    }
    if let Some(account) = &common.account {
        found.retain(|record| record.account() == *account);
    }
    match found.as_slice() {
        [] | [_] => Ok(found.pop()),
        several => {
            let intents: Vec<&str> = several.iter().map(TaskRecord::intent_id).collect();
            Err(misuse(format!("several stored tasks have this task id: use an intent id instead: {}", intents.join(", "))))
        }
    }
}

/// The providers that an id may belong to.
fn providers(common: &Common) -> Result<Vec<String>, Failure> {
    match &common.provider {
        Some(provider) => Ok(vec![provider::contract(provider)?.id().to_owned()]),
        None => Ok(Contract::built_in_names().map(str::to_owned).collect()),
    }
}

fn polls(common: &Common) -> Polls {
    let ms = |span: Option<Duration>| span.map(|span| u64::try_from(span.as_millis()).unwrap_or(u64::MAX).max(1));
    let by_contract = common.poll == Some(PollBy::Contract);
    Polls { initial_ms: ms(common.poll_initial), factor_pct: None, cap_ms: ms(common.poll_cap), by_contract }
}

/// The largest payload that is read: more than any contract lets a submit be.
const PAYLOAD_BYTES: u64 = 128 << 20;

/// What is ordered by the flags `--model`, `--payload` and `--prompt`.
pub(super) fn generation(contract: &Contract, model: &str, payload: Option<&str>, prompt: Option<&str>) -> Result<Generation, Failure> {
    let input = payload.map_or_else(|| Ok(Value::Object(Map::new())), self::payload)?;
    let generation = Generation { model: model.to_owned(), input };
    Ok(match prompt {
        Some(prompt) => contract.with_prompt(generation, prompt)?,
        None => generation,
    })
}

/// The payload of a `--payload` flag. `@FILE` stands for a file, `-` and `@-` for standard input, where an image as a data URI has room.
pub(super) fn payload(flag: &str) -> Result<Value, Failure> {
    let bytes = match flag.strip_prefix('@').unwrap_or(flag) {
        "-" => limited(std::io::stdin().lock(), "standard input")?,
        file if file.len() < flag.len() => {
            let place = format!("the file {file}");
            let opened = std::fs::File::open(file).map_err(|error| misuse(format!("cannot read the payload from {place}: {error}")))?;
            limited(opened, &place)?
        }
        text => return Ok(parse_payload(text.as_bytes())?),
    };
    Ok(parse_payload(&bytes)?)
}

fn limited(from: impl std::io::Read, place: &str) -> Result<Vec<u8>, Failure> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = from.take(PAYLOAD_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| misuse(format!("cannot read the payload from {place}: {error}")))?;
    if bytes.len() as u64 > PAYLOAD_BYTES {
        return Err(Error::new(ErrorCode::InvalidPayload, format!("the payload is larger than {PAYLOAD_BYTES} bytes")).into());
    }
    Ok(bytes)
}
