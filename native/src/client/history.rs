//! What happened to a task, kept beside its record for people.

use crate::BoxFuture;
use crate::store::{Store, StoreError};
use gentask_core::{Output, TaskEvent, TaskRecord};

/// What one step adds to a task's history. A store that refuses it ends nothing, and no request waits for it.
pub(super) struct History<'a> {
    events: Vec<TaskEvent>,
    noted: Option<BoxFuture<'a, Result<(), StoreError>>>,
}

impl<'a> History<'a> {
    pub(super) fn of(outputs: &[Output]) -> Self {
        Self { events: outputs.iter().filter_map(as_history).cloned().collect(), noted: None }
    }

    /// Hands the events to the store, once the record is in it.
    pub(super) fn note(&mut self, store: &'a dyn Store, record: &TaskRecord) {
        if !self.events.is_empty() {
            self.noted = Some(store.append_events(&record.intent_id, &self.events));
        }
    }

    /// Waits until they are kept.
    pub(super) async fn settle(&mut self) {
        if let Some(noted) = self.noted.take() {
            let _ = noted.await;
        }
    }
}

fn as_history(output: &Output) -> Option<&TaskEvent> {
    match output {
        Output::Event { event } if matches!(event.kind, "phase" | "conflict") => Some(event),
        _ => None,
    }
}
