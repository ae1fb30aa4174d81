//! Reads the members of an object by name and type.

use super::{as_uint, describe, nth, under};
use crate::error::{Violation, note};
use crate::search::shorten;
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// A reader of one JSON object that collects every fault with its pointer instead of stopping at the first.
pub(crate) struct Fields<'a> {
    map: Option<&'a Map<String, Value>>,
    path: String,
}

impl<'a> Fields<'a> {
    /// Reads `value` as an object whose members are all among `known`.
    pub(crate) fn open(value: &'a Value, path: &str, known: &[&str], faults: &mut Vec<Violation>) -> Self {
        let map = value.as_object();
        match map {
            None => note(faults, path, "type", "an object", &describe(value)),
            Some(map) => {
                for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
                    let at = under(path, key);
                    note(faults, &at, "unknownField", &format!("one of {}", known.join(", ")), &format!("\"{}\"", shorten(key, 60)));
                }
            }
        }
        Self { map, path: path.to_owned() }
    }

    /// Reads `value` as an object; members that are not known are left alone.
    pub(crate) fn tolerant(value: &'a Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let map = value.as_object();
        if map.is_none() {
            note(faults, path, "type", "an object", &describe(value));
        }
        Self { map, path: path.to_owned() }
    }

    /// The pointer of a member.
    pub(crate) fn at(&self, name: &str) -> String {
        under(&self.path, name)
    }

    /// A member that is present and not null.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.and_then(|map| map.get(name)).filter(|value| !value.is_null())
    }

    /// A member that must be there.
    pub(crate) fn need(&self, name: &str, faults: &mut Vec<Violation>) -> Option<&'a Value> {
        let found = self.get(name);
        if found.is_none() && self.map.is_some() {
            note(faults, &self.at(name), "required", "a value", "nothing");
        }
        found
    }

    fn typed<T>(&self, name: &str, what: &str, faults: &mut Vec<Violation>, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        let value = self.get(name)?;
        let read = read(value);
        if read.is_none() {
            note(faults, &self.at(name), "type", what, &describe(value));
        }
        read
    }

    /// A string member.
    pub(crate) fn string(&self, name: &str, faults: &mut Vec<Violation>) -> Option<String> {
        self.typed(name, "a string", faults, |value| value.as_str().map(str::to_owned))
    }

    /// A string member that must be there; empty where it is not (a fault was noted).
    pub(crate) fn need_string(&self, name: &str, faults: &mut Vec<Violation>) -> String {
        self.need(name, faults);
        self.string(name, faults).unwrap_or_default()
    }

    /// A whole number that must be there; 0 where it is not (a fault was noted).
    pub(crate) fn need_uint(&self, name: &str, faults: &mut Vec<Violation>) -> u64 {
        self.need(name, faults);
        self.uint(name, faults).unwrap_or_default()
    }

    /// A whole number that is not negative.
    pub(crate) fn uint(&self, name: &str, faults: &mut Vec<Violation>) -> Option<u64> {
        self.typed(name, "a whole number that is not negative", faults, as_uint)
    }

    /// A whole number within bounds. No number comes from outside without them: what is computed with it stays sane.
    pub(crate) fn within(&self, name: &str, bounds: RangeInclusive<u64>, faults: &mut Vec<Violation>) -> Option<u64> {
        let number = self.uint(name, faults)?;
        if bounds.contains(&number) {
            return Some(number);
        }
        let expected = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        note(faults, &self.at(name), "range", &expected, &number.to_string());
        None
    }

    /// A boolean.
    pub(crate) fn boolean(&self, name: &str, faults: &mut Vec<Violation>) -> Option<bool> {
        self.typed(name, "true or false", faults, Value::as_bool)
    }

    /// An array; empty where there is none.
    pub(crate) fn array(&self, name: &str, faults: &mut Vec<Violation>) -> &'a [Value] {
        self.typed(name, "an array", faults, |value| value.as_array().map(Vec::as_slice)).unwrap_or_default()
    }

    /// An object's members in order; empty where there is none.
    pub(crate) fn members(&self, name: &str, faults: &mut Vec<Violation>) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.typed(name, "an object", faults, Value::as_object).into_iter().flatten()
    }

    /// An object as it is; empty where there is none.
    pub(crate) fn object(&self, name: &str, faults: &mut Vec<Violation>) -> Map<String, Value> {
        self.typed(name, "an object", faults, Value::as_object).cloned().unwrap_or_default()
    }

    /// A list of strings; empty where there is none.
    pub(crate) fn strings(&self, name: &str, faults: &mut Vec<Violation>) -> Vec<String> {
        let mut strings = Vec::new();
        for (index, item) in self.array(name, faults).iter().enumerate() {
            match item.as_str() {
                Some(string) => strings.push(string.to_owned()),
                None => note(faults, &nth(&self.at(name), index), "type", "a string", &describe(item)),
            }
        }
        strings
    }
}
