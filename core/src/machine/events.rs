//! What a machine tells whoever listens. No prompt, URL, key or token is in any of it.

use super::{Step, TaskMachine};
use crate::io::{TaskEvent, UnixMillis};
use crate::json::Members;
use crate::phase::Phase;
use crate::record::Fault;
use crate::search::shorten;

impl TaskMachine {
    pub(super) fn tell_phase(&self, before: Phase, now: UnixMillis, step: &mut Step) {
        let data = Members::default()
            .text("from", before.as_str())
            .text("to", self.record.phase.as_str())
            .opt_text("taskId", self.record.task_id.as_ref())
            .done();
        step.events.push(TaskEvent { at: now, kind: "phase", data });
    }

    /// The provider's state, each time it says something new.
    pub(super) fn tell_seen(&self, now: UnixMillis, step: &mut Step) {
        let record = &self.record;
        let data = Members::default()
            .flag("processing", record.processing)
            .opt_text("providerState", record.provider_state.as_ref())
            .opt_int("progressPermille", record.progress_permille)
            .done();
        step.events.push(TaskEvent { at: now, kind: "seen", data });
    }

    /// Something did not work and is tried again.
    pub(super) fn tell_retry(&self, operation: &str, fault: &Fault, now: UnixMillis, step: &mut Step) {
        let data = Members::default()
            .text("operation", operation)
            .text("code", fault.code.as_str())
            .opt_int("httpStatus", fault.http_status.map(u64::from))
            .opt_int("due", self.record.due.map(|due| due.at))
            .done();
        step.events.push(TaskEvent { at: now, kind: "retry", data });
    }

    /// The pacer or the server asks to wait.
    pub(super) fn tell_held(until: UnixMillis, now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "held", data: Members::default().int("until", until).done() });
    }

    /// A state word that the contract does not know: told once.
    pub(super) fn tell_unknown_state(&mut self, word: Option<&str>, now: UnixMillis, step: &mut Step) {
        if !std::mem::replace(&mut self.told_unknown, true) {
            step.events.push(TaskEvent { at: now, kind: "unknownState", data: Members::default().opt_word("providerState", word).done() });
        }
    }

    /// A success without a file.
    pub(super) fn tell_no_files(now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "noFiles", data: Members::default().done() });
    }

    /// A terminal state, or a task, that contradicts the recorded one.
    pub(super) fn tell_conflict(claim: &str, source: &str, task_id: Option<&str>, now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent {
            at: now,
            kind: "conflict",
            data: Members::default().text("phase", claim).text("source", source).opt_word("taskId", task_id).done(),
        });
    }

    /// A callback came. `applied`: its signed body said how the task is; otherwise a status call will.
    pub(super) fn tell_callback(applied: bool, now: UnixMillis, step: &mut Step) {
        step.events.push(TaskEvent { at: now, kind: "callback", data: Members::default().flag("applied", applied).done() });
    }

    /// An answer that nothing waits for.
    pub(super) fn tell_stale(request: &str, now: UnixMillis, step: &mut Step) {
        let data = Members::default().text("request", &shorten(request, 40)).done();
        step.events.push(TaskEvent { at: now, kind: "stale", data });
    }
}
