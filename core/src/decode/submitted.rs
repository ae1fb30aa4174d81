//! Reads the answer to a submit: the table of submit outcomes.

use super::whole_body;
use crate::contract::condition::Subject;
use crate::contract::{Contract, SubmitCall, SubmitClass, pointer};
use crate::error::ErrorCode;
use crate::io::{HttpResponse, Operation, UnixMillis};
use crate::record::{Billing, Fault};
use crate::retry::{self, Verdict};
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
    /// Provably not begun: 425.
    NotSent(Fault),
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
        if let Some(task_id) = pointer::first_exact(&call.task_id, body) {
            let mut keep = BTreeMap::new();
            for (name, at) in call.keep.iter() {
                if let Some(value) = pointer::first_exact(at, body) {
                    keep.insert(name.to_owned(), value);
                }
            }
            return Submitted::Accepted { task_id, keep, word: pointer::first_text(&call.state_at, body) };
        }
    }
    let verdict = retry::classify(contract, &call.errors, Operation::Submit, &subject);
    let class = verdict.submit.unwrap_or_else(|| class_of(contract, &verdict, &subject));
    match class {
        SubmitClass::Limited => match verdict.code {
            // Money that ran out comes back with no pause.
            ErrorCode::InsufficientCredits => Submitted::Refused(fault(verdict.code, Billing::None, "the provider refused the submit")),
            code => Submitted::Limited(fault(code, Billing::None, "the provider asked to slow down"), wait),
        },
        SubmitClass::Rejected if verdict.status == 425 => {
            Submitted::NotSent(fault(ErrorCode::NetworkError, Billing::None, "the provider did not begin"))
        }
        SubmitClass::Rejected if matches!(response.status, 307 | 308) => {
            let target =
                response.header("location").and_then(Origin::of).map_or_else(|| "another place".to_owned(), |origin| origin.text());
            let what = format!("the provider redirects submits to {target}; redirects are not followed: check the base URL");
            Submitted::Refused(fault(ErrorCode::UnknownError, Billing::None, &what))
        }
        SubmitClass::Rejected => Submitted::Refused(fault(verdict.code, Billing::None, "the provider refused the submit")),
        SubmitClass::Maybe if response.is_success() && retry::in_band_error(contract, &subject).is_none() => {
            lost("the provider accepted, but its answer holds no task id")
        }
        SubmitClass::Maybe => lost("the provider failed while it handled the submit"),
    }
}

/// The table of submit outcomes, for answers that the contract has no own word on.
fn class_of(contract: &Contract, verdict: &Verdict, subject: &Subject<'_>) -> SubmitClass {
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
        408 => SubmitClass::Maybe,
        307 | 308 | 400..=499 => SubmitClass::Rejected,
        _ => SubmitClass::Maybe,
    }
}
