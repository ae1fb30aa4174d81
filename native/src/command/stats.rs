//! `gentask stats`: what was learned of durations.

use super::flags::Common;
use super::{OK, Outcome, clients, output};
use gentask_core::internal::to_canonical;
use gentask_core::{Contract, LearnedModel};
use serde_json::Value;

/// How long the tasks of each model took of late, and when the next one will be polled: of one provider, or of all built-in ones.
pub(super) async fn stats(common: &Common) -> Outcome {
    let store = clients::store(common)?;
    let contracts = match &common.provider {
        Some(_) => vec![clients::named(common)?],
        None => Contract::built_in_names().map(Contract::built_in).collect::<Result<_, _>>()?,
    };
    let mut found = Vec::new();
    for contract in contracts {
        let provider = contract.id().to_owned();
        let learned = clients::client(common, contract, store.clone())?.learned().await?;
        found.extend(learned.into_iter().map(|model| (provider.clone(), model)));
    }
    if common.json() {
        output::line(&to_canonical(&found.iter().map(|(provider, model)| entry(provider, model)).collect()));
        return Ok(OK);
    }
    output::table(
        &["provider", "model", "tasks", "half within", "90 % within", "polls"],
        found.iter().map(|(provider, model)| row(provider, model)),
    );
    output::line("polls: when the next task will be polled, from its acceptance on; where nothing stands, by the contract's schedule");
    Ok(OK)
}

fn entry(provider: &str, model: &LearnedModel) -> Value {
    let mut entry = model.to_value();
    if let Some(entry) = entry.as_object_mut() {
        entry.insert("provider".to_owned(), provider.into());
    }
    entry
}

fn row(provider: &str, model: &LearnedModel) -> [String; 6] {
    let seconds = |ms: u64| format!("{}.{} s", ms / 1_000, ms % 1_000 / 100);
    let [_, half, most, _] = model.quantiles_ms;
    // The first ones: where there are many, the gaps go on as they are.
    let mut polls: Vec<String> = model.polls_ms.iter().take(5).map(|ms| seconds(*ms)).collect();
    if model.polls_ms.len() > polls.len() {
        polls.push("...".to_owned());
    }
    [provider.to_owned(), model.model.clone(), model.seen.to_string(), seconds(half), seconds(most), polls.join(", ")]
}
