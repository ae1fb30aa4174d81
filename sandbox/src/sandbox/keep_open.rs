//! Requests that the provider keeps open until the task has ended, where its contract says how to ask for that and the client did.

use crate::request::{Answer, SandboxRequest};
use crate::route;
use crate::script::Fault;
use crate::task::Task;
use serde_json::Value;

/// When the answer to a request about a task is given that arrived now: what it says is true then.
pub(super) fn answered_at(operation: &Value, request: &SandboxRequest, task: &Task, now: u64) -> u64 {
    let most = operation["keepOpen"]["ms"].as_u64().filter(|_| asks(&operation["keepOpen"], request));
    most.map_or(now, |ms| task.end().unwrap_or(u64::MAX).clamp(now, now.saturating_add(ms)))
}

/// An answer that is given so many (simulated) milliseconds later.
pub(super) fn later(answer: Answer, ms: u64) -> Answer {
    if ms == 0 { answer } else { Answer { fault: Some(Fault::DelayMs { ms }), is_kept_open: true, ..answer } }
}

/// Whether a request has all that the contract lays over one that is to be kept open. What a template says there may be anything, or left out.
fn asks(overlay: &Value, request: &SandboxRequest) -> bool {
    let is = |wanted: &Value, found: Option<&str>| {
        let text = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
        text.starts_with('$') || found == Some(text.as_str())
    };
    let members = |name: &str| overlay[name].as_object().into_iter().flatten();
    let query = route::query(&request.target);
    let body: Value = if overlay["body"].is_object() { serde_json::from_slice(&request.body).unwrap_or_default() } else { Value::Null };
    overlay.is_object()
        && members("query").all(|(name, value)| is(value, query.get(name).and_then(Value::as_str)))
        && members("headers").all(|(name, value)| is(value, request.header(name)))
        && members("body").all(|(name, value)| body.get(name) == Some(value) || is(value, body.get(name).and_then(Value::as_str)))
}
