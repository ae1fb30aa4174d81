//! How a record comes to be, before anything has happened to its task.

use crate::phase::Phase;
use crate::record::{RequestInfo, TaskRecord};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What was ordered, by whom, and as which request.
pub(crate) struct Order<'a> {
    pub(crate) caller_key: Option<&'a String>,
    pub(crate) owner: Option<&'a String>,
    pub(crate) account: &'a str,
    pub(crate) callback: bool,
    pub(crate) vars: BTreeMap<String, String>,
    pub(crate) options: Map<String, Value>,
    pub(crate) request: RequestInfo,
}

/// A new record becomes that of a prepared order.
pub(crate) fn prepare(record: &mut TaskRecord, order: Order<'_>) {
    record.caller_key = order.caller_key.cloned();
    record.owner = order.owner.cloned();
    order.account.clone_into(&mut record.account);
    record.callback = order.callback;
    record.vars = order.vars;
    record.options = order.options;
    record.request = order.request;
}

/// A new record becomes that of a question about a task that is not stored here: the provider has it, and its details are fetched or
/// its state is asked for.
pub(crate) fn ask_about(record: &mut TaskRecord, account: &str, vars: BTreeMap<String, String>, task_id: &str, details: bool) {
    account.clone_into(&mut record.account);
    record.vars = vars;
    record.task_id = Some(task_id.to_owned());
    record.phase = if details { Phase::Fetching } else { Phase::Waiting };
    record.version = 1;
}
