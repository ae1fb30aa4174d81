//! What a caller's key means that has a record already: the table of `keys.rs` in the core, row by row.

use super::scene::ENTROPY;
use crate::records::with;
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::internal::KeyUse;
use gentask_core::{ErrorCode, Generation, Phase, SubmitOptions, TaskMachine, TaskRecord};
use serde_json::{Value, json};
use std::sync::Arc;

/// The entropy of the order that is delivered again.
const AGAIN: &str = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const NOW: u64 = START + 60_000;

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    for phase in Phase::ALL {
        cases.push(case(&format!("a task that is {}", phase.as_str()), &in_phase(phase), &order(), 0));
    }
    for code in ErrorCode::ALL {
        cases.push(case(&format!("refused with {code}"), &refused(code), &order(), 0));
    }
    let limited = |until: u64| with(&refused(ErrorCode::RateLimited), json!({"notBefore": until}));
    cases.push(case("a Retry-After that is not over", &limited(NOW + 4_200), &order(), 0));
    cases.push(case("a Retry-After that is over", &limited(NOW), &order(), 0));
    cases.push(case("the account is paused for longer than the task", &limited(NOW + 4_200), &order(), NOW + 90_000));
    let conflicting = with(&refused(ErrorCode::NetworkError), json!({"taskId": "task-9"}));
    cases.push(case("refused, and a task turned up after all", &conflicting, &order(), 0));
    cases.push(case("withdrawn because there was no key", &withdrawn(ErrorCode::AuthFailed), &order(), 0));
    cases.push(case("withdrawn because the store failed", &withdrawn(ErrorCode::StoreError), &order(), 0));

    let accepted = in_phase(Phase::Waiting);
    let other = |change: &dyn Fn(&mut Generation, &mut SubmitOptions)| {
        let (mut generation, mut options) = order();
        change(&mut generation, &mut options);
        (generation, options)
    };
    let payload = other(&|generation, _| generation.input["prompt"] = json!("another"));
    let model = other(&|generation, _| generation.model.push_str("-2"));
    let option = other(&|_, options| drop(options.options.insert("provider".to_owned(), json!("value"))));
    let callback = other(&|_, options| options.callback_url = Some("https://app.example.com/hook".to_owned()));
    for (name, order) in [("payload", payload.clone()), ("model", model), ("option", option), ("callback", callback)] {
        cases.push(case(&format!("another {name}"), &accepted, &order, 0));
    }
    cases.push(case("another payload after a refusal that cost nothing", &refused(ErrorCode::RateLimited), &payload, 0));
    let elsewhere = with(&accepted, json!({"base": format!("{}/eu", accepted.base())}));
    cases.push(case("another base URL", &elsewhere, &order(), 0));
    cases
}

fn order() -> (Generation, SubmitOptions) {
    let options = SubmitOptions { key: Some("order-42".to_owned()), owner: Some("user-42".to_owned()), ..SubmitOptions::default() };
    (contracts::generation("apixo"), options)
}

fn machine(entropy: &str, (generation, options): &(Generation, SubmitOptions), now: u64) -> TaskMachine {
    let settings = Arc::new(wire::settings_from(&json!({})));
    TaskMachine::prepare(&contracts::load("apixo"), generation, options, &settings, wire::entropy_from(&json!(entropy)), now)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn prepared() -> TaskRecord {
    machine(ENTROPY, &order(), START).first_record()
}

pub(super) fn in_phase(phase: Phase) -> TaskRecord {
    let mut members = match phase {
        Phase::Waiting | Phase::Fetching | Phase::Cancelling | Phase::Succeeded | Phase::Failed => json!({"taskId": "task-1"}),
        Phase::Submitting => json!({"attempts": {"submit": 1}}),
        Phase::Unresolved | Phase::Discarded => json!({"maybeSent": true}),
        Phase::Cancelled => json!({"cancelRequested": true}),
        Phase::Prepared | Phase::Rejected => json!({}),
    };
    members["phase"] = json!(phase.as_str());
    with(&prepared(), members)
}

pub(super) fn refused(code: ErrorCode) -> TaskRecord {
    let error = json!({"code": code.as_str(), "billing": "none", "message": "refused"});
    with(&in_phase(Phase::Rejected), json!({"error": error}))
}

fn withdrawn(code: ErrorCode) -> TaskRecord {
    prepared().withdrawn(code, "it could not be sent", START + 1_000).map_or_else(prepared, |(record, _)| record)
}

fn case(name: &str, stored: &TaskRecord, order: &(Generation, SubmitOptions), held: u64) -> Value {
    let (generation, options) = order;
    let found = machine(AGAIN, order, NOW).key_use(stored, generation, options, held, NOW);
    let expect = match &found {
        KeyUse::Same => json!({"use": found.as_str()}),
        KeyUse::Conflict(error) => json!({"use": found.as_str(), "reply": error.key_conflict_reply(stored).to_value()}),
        KeyUse::Wait(reply) => json!({"use": found.as_str(), "reply": reply.to_value()}),
        KeyUse::Free(released) => json!({"use": found.as_str(), "record": released.to_value()}),
    };
    json!({
        "name": name, "contract": "apixo", "generation": {"model": generation.model, "input": generation.input},
        "options": {"key": options.key, "owner": options.owner, "callbackUrl": options.callback_url, "options": options.options},
        "entropy": AGAIN, "stored": stored.to_json(), "held": held, "now": NOW, "expect": expect,
    })
}
