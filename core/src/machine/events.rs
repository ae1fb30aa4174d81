//! What a machine tells whoever listens. No prompt, URL, key or token is in any of it.

use super::{Step, TaskMachine};
use crate::io::{TaskEvent, UnixMillis};
use crate::json::{object, opt_int, opt_text, text};
use crate::record::Fault;
use crate::state::Phase;
use serde_json::Value;

impl TaskMachine {
    pub(super) fn tell_phase(&self, before: Phase, now: UnixMillis, step: &mut Step) {
        let data = object([
            ("from", text(before.as_str())),
            ("to", text(self.record.phase.as_str())),
            ("taskId", opt_text(self.record.task_id.as_deref())),
        ]);
        step.events.push(TaskEvent { at: now, kind: "phase", data });
    }

    /// The provider's state, each time it says something new.
    pub(super) fn tell_seen(&self, now: UnixMillis, step: &mut Step) {
        let record = &self.record;
        let data = object([
            ("processing", Value::Bool(record.processing)),
            ("providerState", opt_text(record.provider_state.as_deref())),
            ("progressPermille", opt_int(record.progress_permille)),
        ]);
        step.events.push(TaskEvent { at: now, kind: "seen", data });
    }

    /// Something did not work and is tried again.
    pub(super) fn tell_retry(&self, operation: &str, fault: &Fault, now: UnixMillis, step: &mut Step) {
        let data = object([
            ("operation", text(operation)),
            ("code", text(fault.code.as_str())),
            ("httpStatus", opt_int(fault.http_status.map(u64::from))),
            ("due", opt_int(self.record.due.map(|due| due.at))),
        ]);
        step.events.push(TaskEvent { at: now, kind: "retry", data });
    }

    /// The pacer or the server asks to wait.
    pub(super) fn tell_held(until: UnixMillis, now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "held", data: object([("until", Value::from(until))]) });
    }

    /// A state word that the contract does not know: told once.
    pub(super) fn tell_unknown_state(&mut self, word: Option<&str>, now: UnixMillis, step: &mut Step) {
        if !std::mem::replace(&mut self.told_unknown, true) {
            step.events.push(TaskEvent { at: now, kind: "unknownState", data: object([("providerState", opt_text(word))]) });
        }
    }

    /// A success without a file.
    pub(super) fn tell_no_files(now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "noFiles", data: object([]) });
    }

    /// A terminal state that contradicts the recorded one.
    pub(super) fn tell_conflict(claim: &str, source: &str, now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "conflict", data: object([("phase", text(claim)), ("source", text(source))]) });
    }

    /// An answer that nothing waits for.
    pub(super) fn tell_stale(request: &str, now: UnixMillis, step: &mut Step) {
        let data = object([("request", text(&crate::json::shorten(request, 40)))]);
        step.events.push(TaskEvent { at: now, kind: "stale", data });
    }
}
