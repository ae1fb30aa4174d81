//! Contracts: whoever writes one is not trusted.

use super::{check_canonical, check_error};
use crate::{Draw, Target, edit, hostile, note};
use gentask_core::internal::to_canonical;
use gentask_core::{BodyEnd, Contract, ErrorCode, Generation, Input, Operation, Phase, SubmitOptions, TaskMachine};
use gentask_core::{HttpResponse, Settings};
use gentask_tests::contracts;
use gentask_tests::rig::{Answers, Rig, START};
use serde_json::Value;
use std::sync::Arc;

pub(super) const CONTRACT: Target = Target {
    name: "contract",
    about: "bytes as a contract: refused with faults, or loaded and then good for all that a client does with one",
    run: contract,
    seeds: built_in,
    plain: true,
};

/// The built-in contracts, those of the tests, and some that ask too much.
fn built_in() -> Vec<Vec<u8>> {
    let known = contracts::ALL.iter().map(|name| to_canonical(contracts::load(name).source()).into_bytes());
    known.chain(hostile::contracts()).collect()
}

fn contract(data: &[u8]) {
    match Contract::load(data) {
        Ok(contract) => use_it(&contract),
        Err(error) => check_error(&error),
    }
}

pub(super) const PIECES: Target = Target {
    name: "contract_pieces",
    about: "one of the known contracts with values changed: most of them still load",
    run: pieces,
    seeds: super::none,
    plain: false,
};

fn pieces(data: &[u8]) {
    let mut draw = Draw::new(data);
    let mut source = contracts::load(draw.pick::<&str>(&contracts::ALL)).source().clone();
    for _ in 0..=draw.below(3) {
        change(&mut draw, &mut source);
    }
    let mut text = to_canonical(&source).into_bytes();
    if draw.byte() == 255 {
        edit(&mut draw, &mut text);
    }
    contract(&text);
}

/// Changes one value somewhere below.
fn change(draw: &mut Draw<'_>, value: &mut Value) {
    let goes_on = draw.byte() > 40;
    match value {
        Value::Object(members) if goes_on && !members.is_empty() => {
            let at = draw.below(members.len());
            if let Some((_, member)) = members.iter_mut().nth(at) {
                change(draw, member);
            }
        }
        Value::Array(items) if goes_on && !items.is_empty() => {
            let at = draw.below(items.len());
            change(draw, &mut items[at]);
        }
        Value::Object(members) if draw.flag() => {
            let name = draw.name();
            let inner = draw.json(3);
            members.insert(name, inner);
        }
        Value::Number(_) => *value = Value::from(draw.number()),
        Value::String(text) if draw.flag() => {
            let mut bytes = std::mem::take(text).into_bytes();
            edit(draw, &mut bytes);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        other => *other = draw.json(3),
    }
}

/// All that a client does with a contract.
fn use_it(contract: &Contract) {
    check_canonical(contract.source());
    let again = Contract::load(to_canonical(contract.source()).as_bytes()).expect("what was loaded loads again");
    assert_eq!((again.id(), again.revision(), again.limits()), (contract.id(), contract.revision(), contract.limits()));
    for fault in contract.check_samples() {
        note(&fault.rule);
    }
    let base = Contract::check_base(contract.base()).expect("a contract's own base is one");
    assert!(contract.trusted_origins(&base).iter().all(|origin| origin.starts_with("http")));
    for request in [contract.account_request(&base), contract.list_request(&base)].into_iter().flatten() {
        super::requests::check_request(contract, &request);
    }
    for sample in contract.samples().iter().take(8) {
        let told = [contract.read_account(&sample.response, START).err(), contract.read_list(&sample.response, START).err()];
        told.into_iter().flatten().for_each(|fault| note(fault.code.as_str()));
    }
    let own = contract.models().take(3).map(|(id, _)| id.to_owned());
    for model in own.chain(["a/b:c".to_owned()]) {
        let schedule = contract.poll(&model);
        note(if schedule.next(START, 7) < 1_000 { "quick" } else { "slow" });
        let input = contracts::ALL.iter().map(|name| contracts::generation(name)).find(|known| known.model == model);
        let input = input.map_or_else(|| serde_json::json!({"prompt": "a sunset"}), |known| known.input);
        go_on(contract, &Generation { model, input });
    }
}

/// A few steps of a task.
fn go_on(contract: &Contract, generation: &Generation) {
    let settings = Arc::new(Settings { foreground: false, ..Settings::default() });
    let machine = match TaskMachine::prepare(contract, generation, &SubmitOptions::default(), &settings, [7; 32], START) {
        Ok(machine) => machine,
        Err(error) => return check_error(&error),
    };
    let mut rig = Rig::around(machine, contract.clone());
    rig.answers = Answers::Any;
    rig.feed(&Input::Timeout);
    fail(contract, &mut rig.clone());
    for turn in 0..12 {
        if let Some((id, operation)) = rig.in_flight() {
            let request = id.to_owned();
            let own: Vec<HttpResponse> =
                contract.samples().iter().filter(|sample| sample.operation == operation).map(|sample| sample.response.clone()).collect();
            let response = own.get(turn % own.len().max(1)).cloned().unwrap_or_else(|| gentask_tests::rig::ok(r#"{"id":"task-0"}"#));
            rig.feed(&Input::Response { request, response });
        } else {
            rig.now = rig.now.max(rig.machine.poll_timeout());
            rig.feed(&Input::Timeout);
        }
        note(rig.machine.record().phase().as_str());
    }
    super::check_reply(&rig.machine.reply());
}

/// Whatever a contract says, a fault of the server is no proof that nothing was made; that it wants to be asked later may be.
fn fail(contract: &Contract, rig: &mut Rig) {
    let Some((id, Operation::Submit)) = rig.in_flight() else { return };
    let (request, body) = (id.to_owned(), b"{\"error\":\"full\"}".to_vec());
    rig.feed(&Input::Response { request, response: HttpResponse { status: 500, headers: Vec::new(), body, end: BodyEnd::Whole } });
    let record = rig.machine.record();
    let settled = record.phase() == Phase::Rejected && record.error().is_none_or(|fault| fault.code != ErrorCode::RateLimited);
    assert!(!settled, "HTTP 500 settles a submit of {}", contract.id());
}
