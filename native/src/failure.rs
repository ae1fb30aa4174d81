//! What a call fails with: always a reply, so that every failure has the same seven fields.

use crate::store::StoreError;
use gentask_core::{Error, ErrorCode, Reply, TaskRecord};
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
    pub(crate) fn about(mut self, record: &TaskRecord) -> Self {
        self.reply = Box::new(self.reply.about(record));
        self
    }

    /// The same failure as one of a submit that may have been accepted.
    pub(crate) fn in_doubt(mut self, intent_id: &str) -> Self {
        self.reply = Box::new(self.reply.in_doubt(intent_id));
        self
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
            None => write!(f, "{}: {}", self.code(), self.reply.error_message.as_deref().unwrap_or("no further word")),
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
