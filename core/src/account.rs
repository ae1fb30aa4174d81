//! Calls that concern no single task: the account's balance and its list of tasks.

use crate::contract::{Contract, pointer};
use crate::decode::{self, ListedTask, Read};
use crate::encode;
use crate::error::{Error, ErrorCode};
use crate::io::{HttpRequest, HttpResponse, Operation, UnixMillis};
use crate::json;
use crate::pacer::Pacer;
use crate::record::{Billing, Fault};
use crate::retry;
use serde_json::Value;

/// What an account holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The amount, as the provider writes it: a decimal number.
    pub amount: String,
    /// Of what: `credits`, `USD`.
    pub unit: Option<String>,
}

impl Contract {
    /// The request for the account's balance. `UNSUPPORTED` where the provider documents none.
    pub fn account_request(&self, base: &str) -> Result<HttpRequest, Error> {
        encode::about_account(self, base, Operation::Account)
    }

    /// Reads the account's balance.
    pub fn read_account(&self, response: &HttpResponse, now: UnixMillis) -> Result<Balance, Fault> {
        let body = self.read_plain(Operation::Account, response, now)?;
        let call = self.parts().account.as_ref();
        let amount = call.and_then(|call| pointer::first(&call.balance, &body)).and_then(json::scalar_text);
        match amount {
            Some(amount) => Ok(Balance { amount, unit: call.and_then(|call| call.unit.clone()) }),
            None => Err(Fault {
                http_status: Some(response.status),
                ..Fault::new(ErrorCode::UnknownError, Billing::None, "the provider's answer names no balance")
            }),
        }
    }

    /// Keeps the pause that the answer to a question without a task asks for: nothing goes to the account before it is over.
    pub fn keep_pause(&self, response: &HttpResponse, base: &str, account: &str, now: UnixMillis, pacer: &mut Pacer) {
        let wait = retry::retry_after_ms(response, now).filter(|_| decode::is_failure(self, response));
        if let Some(wait) = wait {
            pacer.hold(base, account, self.limits(), now.saturating_add(wait));
        }
    }

    /// The request for the account's tasks: candidates for a person's `adopt`. `UNSUPPORTED` where the provider documents none.
    pub fn list_request(&self, base: &str) -> Result<HttpRequest, Error> {
        encode::about_account(self, base, Operation::List)
    }

    /// The body of a success, of a call that has no state.
    pub(crate) fn read_plain(&self, operation: Operation, response: &HttpResponse, now: UnixMillis) -> Result<Value, Fault> {
        decode::plain(self, operation, response, now).map_err(into_fault)
    }

    /// Reads the account's tasks.
    pub fn read_list(&self, response: &HttpResponse, now: UnixMillis) -> Result<Vec<ListedTask>, Fault> {
        let body = self.read_plain(Operation::List, response, now)?;
        Ok(self.parts().list.as_ref().map(|call| decode::list(call, &body)).unwrap_or_default())
    }
}

fn into_fault(read: Read) -> Fault {
    let fault = match read {
        Read::NotFound(fault)
        | Read::AuthFailed(fault)
        | Read::TooLarge(fault)
        | Read::Refused(fault)
        | Read::Limited(fault, _)
        | Read::Failed(fault, _) => fault,
        Read::State(_) => Fault::new(ErrorCode::UnknownError, Billing::None, "the provider's answer is about a task"),
    };
    Fault { billing: Billing::None, ..fault }
}
