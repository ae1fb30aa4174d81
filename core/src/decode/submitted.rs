//! Reads the answer to a submit: the table of submit outcomes.

use super::whole_body;
use crate::contract::condition::Subject;
use crate::contract::{Contract, SubmitCall, SubmitClass, pointer};
use crate::error::ErrorCode;
use crate::io::{HttpResponse, Operation, UnixMillis};
use crate::record::{Billing, Fault};
use crate::retry::{self, Verdict};
use crate::search::shorten;
use crate::url::Origin;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the answer to a submit means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Submitted {
    Accepted {
        task_id: String,
        keep: BTreeMap<String, String>,
        word: Option<String>,
    },
    /// Provably not begun, 425: how long the server asks to wait.
    NotSent(Fault, Option<u64>),
    /// 429: how long the server asks to wait.
    Limited(Fault, Option<u64>),
    Refused(Fault),
    /// Accepted or not: nobody knows; or accepted, and the id is lost.
    Lost(Fault),
}

/// Reads the answer to a submit.
pub(crate) fn submit(contract: &Contract, call: &SubmitCall, response: &HttpResponse, now: UnixMillis) -> Submitted {
    let read = whole_body(response);
    let body = read.as_ref().unwrap_or(&Value::Null);
    let subject = Subject { response, body };
    let wait = retry::retry_after_ms(response, now);
    let fault = |code, billing, what: &str| {
        let mut fault = retry::fault(contract, code, billing, &subject, what);
        fault.retry_after = wait.map(retry::whole_seconds);
        fault
    };
    let lost = |what: &str| Submitted::Lost(fault(ErrorCode::SubmitUnknown, Billing::Possible, what));
    if response.is_success() {
        if let Err(why) = &read {
            return lost(&format!("the provider accepted, but its answer is {why}"));
        }
        // A task id counts whatever else the answer says.
        if let Some(accepted) = accepted(call, body) {
            return accepted;
        }
    }
    let verdict = retry::classify(contract, &call.errors, Operation::Submit, &subject);
    let word = verdict.submit.filter(|class| *class == SubmitClass::Maybe || leaves_it_open(response.status));
    let class = word.unwrap_or_else(|| class_of(contract, call, &verdict, &subject));
    // A refusal that names a task is none to be sure of: the task may exist, and be paid for.
    if let Some(Submitted::Accepted { task_id, .. }) = accepted(call, body).filter(|_| class != SubmitClass::Maybe) {
        return lost(&format!(
            "the provider's answer is no acceptance, but names the task {}: adopt it if it is there",
            shorten(&task_id, 100)
        ));
    }
    match class {
        // An id in hand settles what would else stay open: the provider names a task that it may charge for.
        SubmitClass::Maybe => accepted(call, body).unwrap_or_else(|| {
            lost(if word.is_some() {
                "the provider's answer leaves open whether it accepted"
            } else if response.is_success() && retry::in_band_error(contract, &subject).is_none() {
                "the provider accepted, but its answer holds no task id"
            } else if (400..500).contains(&response.status) && response.status != 408 {
                "the answer is not in the provider's own form: a proxy may have made it up after the submit arrived"
            } else {
                "the provider failed while it handled the submit"
            })
        }),
        SubmitClass::Limited => match verdict.code {
            // Money that ran out comes back with no pause.
            ErrorCode::InsufficientCredits => Submitted::Refused(fault(verdict.code, Billing::None, "the provider refused the submit")),
            code => Submitted::Limited(fault(code, Billing::None, "the provider asked to slow down"), wait),
        },
        SubmitClass::Rejected if verdict.status == 425 => {
            Submitted::NotSent(fault(ErrorCode::NetworkError, Billing::None, "the provider did not begin"), wait)
        }
        SubmitClass::Rejected if matches!(response.status, 307 | 308) => {
            let target =
                response.header("location").and_then(Origin::of).map_or_else(|| "another place".to_owned(), |origin| origin.text());
            let what = format!("the provider redirects submits to {target}; redirects are not followed: check the base URL");
            Submitted::Refused(fault(ErrorCode::UnknownError, Billing::None, &what))
        }
        SubmitClass::Rejected => Submitted::Refused(fault(verdict.code, Billing::None, "the provider refused the submit")),
    }
}

/// The acceptance that an answer holds, by the task id in it.
fn accepted(call: &SubmitCall, body: &Value) -> Option<Submitted> {
    let task_id = pointer::first_exact(&call.task_id, body)?;
    let mut keep = BTreeMap::new();
    for (name, at) in call.keep.iter() {
        if let Some(value) = pointer::first_exact(at, body) {
            keep.insert(name.to_owned(), value);
        }
    }
    Some(Submitted::Accepted { task_id, keep, word: pointer::first_text(&call.state_at, body) })
}

/// Whether a status leaves it to the contract to say that nothing was accepted: a 5xx, a 408 or a redirect says by itself that it may have
/// been.
fn leaves_it_open(status: u16) -> bool {
    (200..300).contains(&status) || (400..500).contains(&status) && status != 408
}

/// Whether a 4xx says by its number alone that nothing was made, whoever wrote the answer: the key, the way, the size or the rate was wrong.
fn speaks_for_itself(status: u16) -> bool {
    matches!(status, 401..=405 | 407 | 411 | 413..=415 | 417 | 421 | 425 | 426 | 429 | 431 | 451)
}

/// Whether the body is in the provider's own form, as far as the contract knows one. A proxy's page is not.
fn is_own_form(contract: &Contract, call: &SubmitCall, subject: &Subject<'_>) -> bool {
    let parts = contract.parts();
    let in_band = parts.in_band.as_ref().map(|rule| rule.at.as_slice()).unwrap_or_default();
    let places = [parts.fault_at.message.as_slice(), parts.fault_at.code.as_slice(), in_band];
    let named = places.iter().any(|at| pointer::first_text(at, subject.body).is_some());
    let by_rule = || call.errors.iter().chain(&parts.errors).any(|rule| rule.when.looks_at_body() && rule.when.holds(subject));
    let knows_none = places.iter().all(|at| at.is_empty());
    named || by_rule() || (knows_none && subject.body.is_object())
}

/// The table of submit outcomes, for answers that the contract has no own word on.
fn class_of(contract: &Contract, call: &SubmitCall, verdict: &Verdict, subject: &Subject<'_>) -> SubmitClass {
    let status = if subject.response.is_success() {
        match retry::in_band_error(contract, subject) {
            Some(Ok(status)) => status,
            // A 2xx without a task id and without an error that can be read as a refusal: the id is lost.
            _ => return SubmitClass::Maybe,
        }
    } else {
        verdict.status
    };
    match status {
        429 => SubmitClass::Limited,
        408 | 499 => SubmitClass::Maybe,
        307 | 308 => SubmitClass::Rejected,
        400..=499 if speaks_for_itself(status) || is_own_form(contract, call, subject) => SubmitClass::Rejected,
        _ => SubmitClass::Maybe,
    }
}
