//! What a failure is told about: a stored task, one by its id, one that cannot be read, or a submit that somebody has left.

use super::{Reply, Status, billing, suggestions};
use crate::advice::Asked;
use crate::error::{Error, ErrorCode};
use crate::json::text;
use crate::phase::Phase;
use crate::record::{Billing, TaskRecord};
use serde_json::Value;

impl Reply {
    /// The same failure as one of a stored task: with its ids, how it is, and whether money may have been spent on it. The one place that
    /// makes a failure one about a record, so that none about a task that was sent says `none` or leaves its ids out.
    #[must_use]
    pub fn about(mut self, record: &TaskRecord) -> Self {
        self.task_id.clone_from(&record.task_id);
        self.status = Status::of(record.phase, record.processing);
        self.name(&record.intent_id, (Asked::Wait, Some(record.phase)), billing(record, None));
        self
    }

    /// The same failure as one of a submit that may have been accepted.
    #[must_use]
    pub fn in_doubt(mut self, intent_id: &str) -> Self {
        self.status = Status::Unknown;
        self.name(intent_id, (Asked::Submit, Some(Phase::Unresolved)), Billing::Possible);
        self
    }

    /// The same failure as one of a question about a task: it says nothing about how the task is, and one that has an id was accepted.
    #[must_use]
    pub fn of_task(mut self, task_id: &str) -> Self {
        self.status = Status::Unknown;
        if !task_id.trim().is_empty() {
            self.task_id = Some(task_id.to_owned());
            if let Some(data) = self.data.as_object_mut() {
                data.insert("billing".to_owned(), text(Billing::Possible.as_str()));
            }
        }
        self.asked(Asked::Question)
    }

    /// A record that is stored and cannot be read: nobody knows what became of its submit, so it may have been paid for.
    pub fn damaged(intent_id: &str, why: &str) -> Self {
        let message = format!("the record of intent {intent_id} cannot be read, and its task may have been paid for: {why}");
        Error::new(ErrorCode::StoreError, message).reply().in_doubt(intent_id)
    }

    /// The same failure as one of a call that says nothing about how the task is.
    #[must_use]
    pub fn unanswered(mut self) -> Self {
        self.status = Status::Unknown;
        self
    }

    /// The same failure as one of a question, or of a file of a task that is done.
    #[must_use]
    pub fn asked(mut self, asked: Asked) -> Self {
        let (code, billing) = (self.error_code, self.billing());
        if let (Some(code), Some(data)) = (code, self.data.as_object_mut()) {
            data.insert("suggestions".to_owned(), suggestions(asked, None, code, billing));
        }
        self
    }

    /// A submit whose caller left, or whose time to wait for it was over: it goes on, and its answer is saved. `record` is how it was last
    /// known, where it is stored.
    pub fn left(intent_id: &str, record: Option<&TaskRecord>) -> Self {
        let message = match record.and_then(|record| record.task_id.as_ref()) {
            Some(task_id) => format!("stopped waiting for the submit of intent {intent_id}; it continues as task {task_id}"),
            None => {
                format!("stopped waiting for the submit of intent {intent_id}; it continues, and once it is ordered its outcome is saved")
            }
        };
        let mut reply = Error::new(ErrorCode::WaitTimeout, message).reply();
        reply.status = Status::Pending;
        reply.name(intent_id, (Asked::Submit, Some(Phase::Submitting)), Billing::Possible);
        match record.filter(|record| !matches!(record.phase, Phase::Prepared | Phase::Submitting)) {
            Some(record) => reply.about(record),
            None => reply,
        }
    }

    /// Whether money may have been spent, as the reply says it.
    fn billing(&self) -> Billing {
        self.data.get("billing").and_then(Value::as_str).and_then(Billing::from_word).unwrap_or_default()
    }

    fn name(&mut self, intent_id: &str, (asked, phase): (Asked, Option<Phase>), billing: Billing) {
        let code = self.error_code;
        if let Some(data) = self.data.as_object_mut() {
            data.insert("intentId".to_owned(), text(intent_id));
            data.insert("billing".to_owned(), text(billing.as_str()));
            if let Some(code) = code {
                data.insert("suggestions".to_owned(), suggestions(asked, phase, code, billing));
            }
        }
    }
}
