//! Records in a case: each as what of it differs from the one that was named before it, member by member; the first one whole.

use gentask_core::Output;
use serde_json::{Map, Value};

/// The record that was named last.
#[derive(Default)]
pub(super) struct Changes(Value);

impl Changes {
    /// What of a record differs from the one before.
    pub(super) fn of(&mut self, record: Value) -> Value {
        let differs = |(name, value): &(&String, &Value)| self.0.get(name.as_str()) != Some(*value);
        let changes: Map<_, _> =
            record.as_object().into_iter().flatten().filter(differs).map(|(name, value)| (name.clone(), value.clone())).collect();
        self.0 = record;
        Value::Object(changes)
    }

    /// An output whose record, where it has one, stands as its changes.
    pub(super) fn in_output(&mut self, output: &Output) -> Value {
        let mut value = output.to_value();
        if let Output::Save { record, .. } = output {
            value["record"] = self.of(record.to_value());
        }
        value
    }
}
