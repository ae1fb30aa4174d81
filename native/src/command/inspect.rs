//! Verbs that look at a provider or its contract.

use super::flags::{Common, Validate};
use super::{OK, Outcome, USAGE, clients, output};
use gentask_core::contract::Model;
use gentask_core::internal::to_canonical;
use gentask_core::{Contract, Error, ErrorCode, Generation, SubmitOptions};
use serde_json::{Value, json};

/// The account's balance.
pub(super) async fn account(common: &Common) -> Outcome {
    let client = clients::client(common, clients::named(common)?, clients::store(common)?)?;
    let balance = client.account().await?;
    if common.json() {
        output::line(&to_canonical(&json!({"balance": balance.amount, "unit": balance.unit})));
    } else {
        output::line(&format!("balance   {} {}", balance.amount, balance.unit.unwrap_or_default()));
    }
    Ok(OK)
}

/// The models that contracts list: of one provider, or of all built-in ones.
pub(super) fn models(common: &Common) -> Outcome {
    let contracts = match &common.provider {
        Some(provider) => vec![crate::provider::contract(provider)?],
        None => Contract::built_in_names().map(Contract::built_in).collect::<Result<_, _>>()?,
    };
    if common.json() {
        output::line(&to_canonical(&contracts.iter().flat_map(known_models).collect()));
        return Ok(OK);
    }
    let rows = contracts.iter().flat_map(|contract| {
        contract.models().map(|(id, model)| [contract.id().to_owned(), id.to_owned(), model.kind.clone(), required(contract, id)])
    });
    output::table(&["provider", "model", "kind", "required fields"], rows);
    for contract in contracts.iter().filter(|contract| contract.is_open()) {
        output::line(&format!("{} has more models than its contract lists: others are accepted and not checked", contract.title()));
    }
    Ok(OK)
}

/// The models that a contract lists, each with the schema of its input.
pub(super) fn known_models(contract: &Contract) -> Vec<Value> {
    let entry = |(id, model): (&str, &Model)| json!({"provider": contract.id(), "model": id, "kind": model.kind, "input": contract.input_schema(id)});
    contract.models().map(entry).collect()
}

fn required(contract: &Contract, model: &str) -> String {
    let list = contract.source().pointer("/models/list").and_then(|list| list.get(model));
    let required = list.and_then(|model| model.pointer("/input/required")).and_then(Value::as_array);
    required.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// Tells a person what of an order nobody checked: it may be spelt wrong, and would be paid for even so.
pub(super) fn note_unchecked(contract: &Contract, generation: &Generation) {
    for text in contract.unchecked(generation) {
        output::note(&text);
    }
}

/// Checks a payload, or a contract with its samples. Sends nothing and needs no key.
pub(super) fn validate(common: &Common, validate: &Validate) -> Outcome {
    let contract = clients::named(common)?;
    let what = match (&validate.model, &validate.payload) {
        (Some(model), Some(payload)) => {
            let generation = Generation { model: model.clone(), input: clients::payload(payload)? };
            contract.validate(&generation, &SubmitOptions::default())?;
            note_unchecked(&contract, &generation);
            format!("the payload is valid for {model}")
        }
        _ => {
            let faults = contract.check_samples();
            if !faults.is_empty() {
                let failure = Error::invalid(ErrorCode::InvalidContract, "the contract's samples", faults).into();
                output::failure(&failure, common.json());
                return Ok(USAGE);
            }
            let samples = match contract.samples().len() {
                0 => "it has no samples".to_owned(),
                1 => "its sample decodes as declared".to_owned(),
                count => format!("all {count} samples decode as declared"),
            };
            format!("the {} contract is valid; {samples}", contract.title())
        }
    };
    if common.json() {
        output::line(&to_canonical(&json!({"valid": true, "message": what})));
    } else {
        output::line(&what);
    }
    Ok(OK)
}
