//! What a caller is told where it is the client that fails, and not the provider: with every id in hand, and whether money may have been spent.

use crate::error::{Error, ErrorCode};
use crate::phase::Phase;
use crate::record::{Billing, TaskRecord};
use crate::reply::{Reply, Status};
use crate::state::versions::told_as;
use serde_json::Value;

impl Reply {
    /// The store does not take the save of a record; `why` is its word. `submits`: a submit would have left only after it. What the
    /// caller must know, a task id above all, is in the message.
    pub fn lost_save(record: &TaskRecord, why: &str, submits: bool) -> Self {
        let never_left = submits && !record.maybe_sent;
        let intent_id = &record.intent_id;
        let what = match &record.task_id {
            Some(task_id) => format!("write down task id {task_id} of intent {intent_id}: the provider has accepted it"),
            None if never_left || !record.may_have_cost() => "nothing was accepted, and nothing is sent".to_owned(),
            None => format!("a submit of intent {intent_id} may have been accepted"),
        };
        let reply = Error::new(ErrorCode::StoreError, format!("{why}; {what}")).reply();
        let phase = match record.phase {
            // The attempt was counted in this record and nowhere else.
            _ if never_left => Phase::Prepared,
            // That it was given up is told once it is stored.
            Phase::Discarded => Phase::Unresolved,
            phase => phase,
        };
        let reply = reply.about(&told_as(record, phase));
        // That nothing was accepted is known here and not in the store, where an attempt still seems to be under way.
        if never_left || record.may_have_cost() { reply } else { reply.still_stored(true) }
    }

    /// The same failure of a keyed order whose key could not be looked up: it may name a task that was paid for.
    #[must_use]
    pub fn of_unread_key(mut self) -> Self {
        let message = self.error_message.unwrap_or_default();
        self.error_message = Some(format!(
            "{message}; it is not known whether the key already has a task, and nothing was sent: repeat the call with the same key"
        ));
        self.status = Status::Unknown;
        if let Some(data) = self.data.as_object_mut() {
            data.insert("billing".to_owned(), Billing::Possible.as_str().into());
            let steps = ["check that the task store exists, is writable and has room, then order again under the same key"];
            data.insert("suggestions".to_owned(), steps.into_iter().collect());
        }
        self
    }

    /// The same failure about a stored task that cannot be gone on with: about that task, and where it is not sent yet, that it is stored.
    #[must_use]
    pub fn of_redelivery(self, record: &TaskRecord) -> Self {
        if self.data.get("intentId").is_some_and(Value::is_string) {
            // It knows more of the task than a record that was read before.
            return self;
        }
        let reply = self.about(record);
        if record.may_have_cost() || record.phase.is_settled() { reply } else { reply.still_stored(true) }
    }

    /// The same failure of a submit that is stored and was not sent, where it cannot or must not be withdrawn: a resume will send it.
    /// `surely`: it was stored before; else the answer of the store that tells is what was lost.
    #[must_use]
    pub fn still_stored(mut self, surely: bool) -> Self {
        const WARNING: &str = ": a resume may send it, and a cancel withdraws it";
        let message = self.error_message.unwrap_or_default();
        if message.ends_with(WARNING) {
            self.error_message = Some(message);
            return self;
        }
        let message = message.strip_suffix("nothing was accepted, and nothing is sent").map(str::to_owned).unwrap_or(message + "; ");
        let stored = if surely { "the order is still stored" } else { "the order may be stored" };
        self.error_message = Some(format!("{message}nothing was accepted, but {stored}{WARNING}"));
        self.status = Status::Pending;
        if let Some(data) = self.data.as_object_mut() {
            let steps =
                ["do not submit again: look for the order in the store (`gentask list`), then resume it (`gentask resume`) or cancel it"];
            data.insert("suggestions".to_owned(), steps.into_iter().collect());
        }
        self
    }
}
