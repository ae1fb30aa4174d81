//! What a call fails with: always a reply, so that every failure has the same seven fields.

use crate::store::StoreError;
use gentask_core::{Asked, Billing, Error, ErrorCode, Reply, TaskRecord};
use std::fmt;

/// A call that did not bring what was asked. The reply says what happened, whether money may have been spent and what to do next.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    reply: Box<Reply>,
    error: Option<Box<Error>>,
}

impl Failure {
    /// A failure that a task or the provider is the cause of.
    pub(crate) fn of(reply: Reply) -> Self {
        Self { reply: Box::new(reply), error: None }
    }

    /// The same failure as one of a stored task: with its ids, how it is, and that money may have been spent on it.
    #[must_use]
    pub fn about(mut self, record: &TaskRecord) -> Self {
        self.reply = Box::new(self.reply.about(record));
        self
    }

    /// The same failure as one of a submit that may have been accepted.
    pub(crate) fn in_doubt(mut self, intent_id: &str) -> Self {
        self.reply = Box::new(self.reply.in_doubt(intent_id));
        self
    }

    /// The same failure as one of a call that says nothing about how the task is.
    pub(crate) fn unanswered(mut self) -> Self {
        self.reply = Box::new(self.reply.unanswered());
        self
    }

    /// The same failure as one of a question.
    pub(crate) fn asked(mut self, asked: Asked) -> Self {
        self.reply = Box::new(self.reply.asked(asked));
        self
    }

    /// The same failure of a submit that is stored, `surely` or perhaps, and will be sent by a resume.
    pub(crate) fn still_stored(mut self, surely: bool) -> Self {
        self.reply = Box::new(self.reply.still_stored(surely));
        self
    }

    /// The same failure of an order whose key has a task that cannot be gone on with.
    pub(crate) fn of_redelivery(mut self, record: &TaskRecord) -> Self {
        self.reply = Box::new(self.reply.of_redelivery(record));
        self
    }

    /// The same failure of a keyed order whose key could not be looked up.
    pub(crate) fn of_unread_key(mut self) -> Self {
        self.reply = Box::new(self.reply.of_unread_key());
        self
    }

    /// A caller's key that names another job already.
    pub(crate) fn key_conflict(error: Error, stored: &TaskRecord) -> Self {
        Self { reply: Box::new(error.key_conflict_reply(stored)), error: Some(Box::new(error)) }
    }

    /// Whether the caller's key names another job already: [`Failure::intent_id`] has it.
    pub fn is_key_conflict(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.is_key_conflict())
    }

    /// Whether nothing may have been accepted, as far as this failure knows.
    pub(crate) fn is_unsent(&self) -> bool {
        self.reply.data.get("billing").and_then(serde_json::Value::as_str) == Some(Billing::None.as_str())
    }

    /// The reply.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The reply, taken out.
    pub fn into_reply(self) -> Reply {
        *self.reply
    }

    /// The caller's mistake with everything that is wrong, where it is one.
    pub fn mistake(&self) -> Option<&Error> {
        self.error.as_deref()
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        self.reply.error_code.unwrap_or(ErrorCode::UnknownError)
    }

    /// The intent's id, where a record exists: what `resume`, `adopt` and `discard` take.
    pub fn intent_id(&self) -> Option<&str> {
        self.reply.data.get("intentId").and_then(serde_json::Value::as_str)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => error.fmt(f),
            None => write!(f, "{}: {}", self.code(), self.reply.error_message.as_deref().unwrap_or("no message")),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { reply: Box::new(error.reply()), error: Some(Box::new(error)) }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}
