//! Tasks that asked for a callback and had none. Where that is so of many, the URL does not work, or the provider ignores it: somebody is told,
//! once.

use crate::io::{TaskEvent, UnixMillis};
use crate::json::Members;
use crate::record::TaskRecord;

/// After how many ended tasks without any callback somebody should look at the URL.
const MANY: u32 = 20;

/// What a client has seen of callbacks so far.
#[derive(Debug, Default)]
pub struct Uncalled {
    /// How many tasks have ended that were to be called back and for which nothing came.
    tasks: u32,
    /// Whether a callback came, or somebody was told that none does.
    is_settled: bool,
}

impl Uncalled {
    /// A callback came.
    pub fn seen(&mut self) {
        self.is_settled = true;
    }

    /// Notes a record that was saved with what a request of the client's own has brought. The event that is to be told once there were many, where the
    /// store has no callback of this provider and account: another process may have received some.
    pub fn note(&mut self, record: &TaskRecord, now: UnixMillis) -> Option<TaskEvent> {
        if !record.callback || record.task_id.is_none() || !record.phase.is_terminal() {
            return None;
        }
        self.tasks = self.tasks.saturating_add(1);
        let is_time = self.tasks >= MANY && !std::mem::replace(&mut self.is_settled, true);
        is_time.then(|| TaskEvent { at: now, kind: "callbacksMissing", data: Members::default().int("tasks", MANY.into()).done() })
    }
}
