//! Pointers: RFC 6901 plus `*` for each element of an array.

use crate::error::{Violation, note};
use crate::json::{self, Fields, nth};
use serde_json::Value;

/// One pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pointer(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(String),
    Each,
}

impl Pointer {
    /// Reads a pointer; the empty one is the whole document.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(Vec::new()));
        }
        let mut segments = Vec::new();
        for part in text.strip_prefix('/')?.split('/') {
            if part == "*" {
                segments.push(Segment::Each);
            } else {
                let escapes_are_whole = part.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
                if !escapes_are_whole {
                    return None;
                }
                segments.push(Segment::Key(json::unescape_segment(part)));
            }
        }
        Some(Self(segments))
    }

    /// Everything the pointer points to that is not null, in order.
    pub(crate) fn all<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut found = Vec::new();
        self.find(value, |value| {
            found.push(value);
            None::<()>
        });
        found
    }

    /// The first thing the pointer points to that is not null.
    pub(crate) fn first<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.find(value, Some)
    }

    /// What `pick` makes of the first thing that it takes, of those that are not null.
    fn find<'a, T>(&self, value: &'a Value, mut pick: impl FnMut(&'a Value) -> Option<T>) -> Option<T> {
        find(&self.0, value, &mut pick)
    }

    /// Replaces a string at this place by the JSON that stands in it.
    pub(crate) fn parse_in_place(&self, value: &mut Value) {
        let mut at = value;
        for segment in &self.0 {
            let Segment::Key(key) = segment else { return };
            let next = match at {
                Value::Object(map) => map.get_mut(key),
                Value::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => return,
            }
        }
        let inner = at.as_str().and_then(|text| json::parse(text.as_bytes()).ok());
        if let Some(inner) = inner {
            *at = inner;
        }
    }
}

/// As deep as the value is nested, at most.
fn find<'a, T>(segments: &[Segment], value: &'a Value, pick: &mut impl FnMut(&'a Value) -> Option<T>) -> Option<T> {
    match segments.split_first() {
        None if value.is_null() => None,
        None => pick(value),
        Some((Segment::Key(key), rest)) => find(rest, member(value, key)?, pick),
        Some((Segment::Each, rest)) => value.as_array()?.iter().find_map(|item| find(rest, item, pick)),
    }
}

fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key),
        Value::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
        _ => None,
    }
}

/// The first non-null value of a list of pointers.
pub(crate) fn first<'a>(pointers: &[Pointer], value: &'a Value) -> Option<&'a Value> {
    pointers.iter().find_map(|pointer| pointer.first(value))
}

/// The text of the first scalar of a list of pointers that is not blank.
pub(crate) fn first_text(pointers: &[Pointer], value: &Value) -> Option<String> {
    first_of(pointers, value, |_, _| true)
}

/// The first such text that may be sent back, such as a task's id. One that had to be repaired to be read would name something else.
pub(crate) fn first_exact(pointers: &[Pointer], value: &Value) -> Option<String> {
    first_of(pointers, value, |value, text| !value.is_boolean() && !text.contains(char::REPLACEMENT_CHARACTER))
}

fn first_of(pointers: &[Pointer], value: &Value, allow: fn(&Value, &str) -> bool) -> Option<String> {
    let text = |value: &Value| json::scalar_text(value).filter(|text| !text.trim().is_empty() && allow(value, text));
    pointers.iter().find_map(|pointer| pointer.find(value, text))
}

/// Reads the list of pointers that is a member.
pub(crate) fn load_at(fields: &Fields<'_>, name: &str, faults: &mut Vec<Violation>) -> Vec<Pointer> {
    load_list(fields.get(name), &fields.at(name), faults)
}

/// Reads the list of pointers that is a member and must be there.
pub(crate) fn need_at(fields: &Fields<'_>, name: &str, faults: &mut Vec<Violation>) -> Vec<Pointer> {
    fields.need(name, faults);
    load_at(fields, name, faults)
}

/// Reads a list of pointers (a single string is a list of one).
pub(crate) fn load_list(value: Option<&Value>, path: &str, faults: &mut Vec<Violation>) -> Vec<Pointer> {
    let items = match value {
        None => return Vec::new(),
        Some(Value::Array(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
    };
    let mut pointers = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match item.as_str().and_then(Pointer::parse) {
            Some(pointer) => pointers.push(pointer),
            None => note(faults, &nth(path, index), "pointer", "an RFC 6901 pointer, with `*` for each element", &json::describe(item)),
        }
    }
    pointers
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_star_stands_for_each_element() {
        let value = json!({"files": [{"url": "a"}, {"url": null}, {"url": "b"}], "a/b": {"~": 1}});
        let all = |text| Pointer::parse(text).unwrap().all(&value).into_iter().cloned().collect::<Vec<_>>();
        assert_eq!(all("/files/*/url"), [json!("a"), json!("b")]);
        assert_eq!(all("/files/2/url"), [json!("b")]);
        assert_eq!(all("/a~1b/~0"), [json!(1)]);
        assert_eq!(all("/missing/*"), Vec::<Value>::new());
        assert_eq!(Pointer::parse("no/slash"), None);
        assert_eq!(Pointer::parse("/bad~2"), None);
    }

    #[test]
    fn a_blank_text_is_no_text() {
        let at = ["/id", "/task", "/key"].map(|text| Pointer::parse(text).unwrap());
        let text = |value: Value| first_text(&at, &value);
        assert_eq!(text(json!({"id": " \t\u{a0}\n", "task": "", "key": "k"})), Some("k".to_owned()));
        assert_eq!(text(json!({"id": " ", "task": null})), None);
        assert_eq!(text(json!({"id": " 7 "})), Some(" 7 ".to_owned()));
        let repaired = json!({"id": "task_\u{fffd}", "task": "task_1"});
        assert_eq!((text(repaired.clone()), first_exact(&at, &repaired)), (Some("task_\u{fffd}".to_owned()), Some("task_1".to_owned())));
    }

    #[test]
    fn json_in_a_string_is_read_in_place_and_other_strings_stay() {
        let mut value = json!({"data": {"resultJson": "{\"resultUrls\":[\"u\"]}", "other": "{"}});
        Pointer::parse("/data/resultJson").unwrap().parse_in_place(&mut value);
        Pointer::parse("/data/other").unwrap().parse_in_place(&mut value);
        assert_eq!(value, json!({"data": {"resultJson": {"resultUrls": ["u"]}, "other": "{"}}));
    }
}
