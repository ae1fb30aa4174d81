//! Records that say what a test needs. Nobody writes into a record: its JSON is changed, and read as a stored one is.

use gentask_core::TaskRecord;
use serde_json::Value;

/// The record, saying this too: members of objects are replaced one by one, everything else as a whole.
pub fn with(record: &TaskRecord, members: Value) -> TaskRecord {
    let text = json_with(record, members).to_string();
    TaskRecord::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The same as JSON, which may be what no reader accepts.
pub fn json_with(record: &TaskRecord, members: Value) -> Value {
    let mut value = record.to_value();
    merge(&mut value, members);
    value
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}
