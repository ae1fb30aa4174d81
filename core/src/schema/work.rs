//! How much work a check may still be: rules and values can be made so that a short text asks for years of it.

use serde_json::Value;
use std::cell::Cell;

/// What any check may take: a tenth of a second or so.
const LEAST: u64 = 1 << 20;
/// What it may take beyond that for each part of the value.
const FOR_EACH_PART: u64 = 32;

/// Units of work that are left: about one for each rule that a part of a value is held against.
pub(super) struct Work(Cell<u64>);

impl Work {
    /// The work that a value may be.
    pub(super) fn of(parts: u64) -> Self {
        Self(Cell::new(parts.saturating_mul(FOR_EACH_PART).saturating_add(LEAST)))
    }

    /// For what is quick whatever is asked.
    pub(super) fn unbounded() -> Self {
        Self(Cell::new(u64::MAX))
    }

    /// Takes units; whether there were so many. Nothing is left after the first time that there were not.
    pub(super) fn spend(&self, units: u64) -> bool {
        let left = self.0.get().checked_sub(units);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// The units for something that looks at every byte.
pub(super) fn units(bytes: usize) -> u64 {
    bytes as u64 / 64 + 1
}

/// The parts of a value; `None` if it is nested deeper than `levels`. Looks no deeper itself.
pub(super) fn parts(value: &Value, levels: usize) -> Option<u64> {
    let mut parts = value.as_str().map_or(1, |text| units(text.len()));
    match value {
        Value::Array(items) => {
            for item in items {
                parts = parts.saturating_add(self::parts(item, levels.checked_sub(1)?)?);
            }
        }
        Value::Object(map) => {
            for (name, member) in map {
                parts = parts.saturating_add(units(name.len())).saturating_add(self::parts(member, levels.checked_sub(1)?)?);
            }
        }
        _ => {}
    }
    // An empty one is a level, too.
    (levels > 0 || !(value.is_array() || value.is_object())).then_some(parts)
}
