//! The arguments of a tool, with everything that is wrong with them told at once.

use gentask_core::{Error, ErrorCode, Violation};
use rmcp::model::JsonObject;
use serde_json::Value;
use std::time::Duration;

/// The arguments of one call.
pub(super) struct Arguments {
    given: JsonObject,
    known: Vec<&'static str>,
    faults: Vec<Violation>,
}

impl Arguments {
    pub(super) fn new(given: Option<JsonObject>) -> Self {
        Self { given: given.unwrap_or_default(), known: Vec::new(), faults: Vec::new() }
    }

    fn take(&mut self, name: &'static str, is_needed: bool, expected: &str) -> Option<Value> {
        self.known.push(name);
        let value = self.given.get(name).filter(|value| !value.is_null()).cloned();
        if value.is_none() && is_needed {
            self.faults.push(Violation::new(format!("/{name}"), "required", expected, "nothing"));
        }
        value
    }

    fn fault(&mut self, name: &str, expected: &str, value: &Value) {
        let found = match value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.faults.push(Violation::new(format!("/{name}"), "type", expected, found));
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, name: &'static str) -> String {
        self.read_text(name, true).unwrap_or_default()
    }

    /// A text that may be there.
    pub(super) fn some_text(&mut self, name: &'static str) -> Option<String> {
        self.read_text(name, false)
    }

    fn read_text(&mut self, name: &'static str, is_needed: bool) -> Option<String> {
        match self.take(name, is_needed, "a text") {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(Value::String(_)) => {
                self.faults.push(Violation::new(format!("/{name}"), "minLength", "a text that is not empty", "an empty one"));
                None
            }
            Some(other) => {
                self.fault(name, "a text", &other);
                None
            }
            None => None,
        }
    }

    /// An object that must be there.
    pub(super) fn object(&mut self, name: &'static str) -> Value {
        match self.take(name, true, "an object") {
            Some(value) if value.is_object() => value,
            Some(other) => {
                self.fault(name, "an object", &other);
                Value::Null
            }
            None => Value::Null,
        }
    }

    /// A number of seconds, or so many where none is given.
    pub(super) fn seconds(&mut self, name: &'static str, otherwise: u64) -> Duration {
        let expected = "a number of seconds, 0 or more";
        let value = self.take(name, false, expected);
        let span = value.as_ref().and_then(Value::as_f64).and_then(|number| Duration::try_from_secs_f64(number).ok());
        if let (Some(other), None) = (&value, span) {
            self.fault(name, expected, other);
        }
        span.unwrap_or(Duration::from_secs(otherwise)).min(LONGEST)
    }

    /// Whether all was well. What nobody asked for is a fault, too: it may be a name that is spelt otherwise.
    pub(super) fn end(mut self) -> Result<(), Error> {
        let known = self.known.join(", ");
        for name in self.given.keys().filter(|name| !self.known.contains(&name.as_str())) {
            let expected = if known.is_empty() { "no arguments".to_owned() } else { format!("one of {known}") };
            self.faults.push(Violation::new(format!("/{name}"), "additionalProperties", expected, "an argument that the tool has not"));
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Error::invalid(ErrorCode::InvalidPayload, "the arguments", self.faults)) }
    }
}

/// The longest wait of one call.
const LONGEST: Duration = Duration::from_hours(24);
