//! What a call fails with: always a reply, so that every failure has the same seven fields.

use crate::advice::Asked;
use crate::error::{Error, ErrorCode};
use crate::record::{Billing, TaskRecord};
use crate::reply::Reply;
use crate::store::StoreError;
use serde_json::Value;

/// A call that did not bring what was asked. The reply says what happened, whether money may have been spent and what to do next.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.words())]
pub struct Failure {
    reply: Box<Reply>,
    mistake: Option<Box<Error>>,
}

impl Failure {
    /// A failure that a task or the provider is the cause of.
    pub fn of(reply: Reply) -> Self {
        Self { reply: Box::new(reply), mistake: None }
    }

    /// A caller's key that names another job already.
    pub(crate) fn key_conflict(error: Error, stored: &TaskRecord) -> Self {
        Self { reply: Box::new(error.key_conflict_reply(stored)), mistake: Some(Box::new(error)) }
    }

    /// The same failure with another reply.
    #[must_use]
    pub(crate) fn map(mut self, change: impl FnOnce(Reply) -> Reply) -> Self {
        self.reply = Box::new(change(*self.reply));
        self
    }

    /// The same failure as one of a stored task: with its ids, how it is, and whether money may have been spent on it.
    #[must_use]
    pub fn about(self, record: &TaskRecord) -> Self {
        self.map(|reply| reply.about(record))
    }

    /// The same failure as one of a question, or of a file of a task that is done.
    #[must_use]
    pub fn asked(self, asked: Asked) -> Self {
        self.map(|reply| reply.asked(asked))
    }

    /// The same failure as one of a submit that may have been accepted.
    #[must_use]
    pub fn in_doubt(self, intent_id: &str) -> Self {
        self.map(|reply| reply.in_doubt(intent_id))
    }

    /// Whether the caller's key names another job already: [`Failure::intent_id`] has it.
    pub fn is_key_conflict(&self) -> bool {
        self.mistake.as_ref().is_some_and(|error| error.is_key_conflict())
    }

    /// Whether nothing may have been accepted, as far as this failure knows.
    pub(crate) fn is_unsent(&self) -> bool {
        self.reply.data.get("billing").and_then(Value::as_str) == Some(Billing::None.as_str())
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
        self.mistake.as_deref()
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        self.reply.error_code.unwrap_or(ErrorCode::UnknownError)
    }

    /// What happened, without the code.
    pub fn message(&self) -> &str {
        self.reply.error_message.as_deref().unwrap_or_default()
    }

    /// The intent's id, where a record exists: what `resume`, `adopt` and `discard` take.
    pub fn intent_id(&self) -> Option<&str> {
        self.reply.data.get("intentId").and_then(Value::as_str)
    }

    fn words(&self) -> String {
        match &self.mistake {
            Some(error) => error.to_string(),
            None => format!("{}: {}", self.code(), self.reply.error_message.as_deref().unwrap_or("no message")),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { reply: Box::new(error.reply()), mistake: Some(Box::new(error)) }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}
