//! JSON: the only accessors of [`Value`], the reader, and the canonical writer.
//!
//! Canonical: UTF-8, keys sorted by their bytes, no white space, integral floats within ±(2^53-1) printed as integers.
//! So the same value has the same bytes in every language.

use crate::search::shorten;
use serde_json::{Map, Number, Value};
use std::fmt::Write as _;

mod fields;
mod members;
mod path;
mod reader;
pub(crate) use fields::Fields;
pub use members::Members;
pub(crate) use path::Path;
pub(crate) use reader::{MAX_DEPTH, ROOM_PER_BYTE, Unreadable, parse, parse_own, parse_shown, parse_strict};

/// Largest integer that every JSON reader keeps exactly: 2^53 - 1.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// Whether a value nests deeper than `most` levels. Looks no deeper itself.
pub(crate) fn is_deeper(value: &Value, most: usize) -> bool {
    match value {
        Value::Array(items) => most == 0 || items.iter().any(|item| is_deeper(item, most - 1)),
        Value::Object(members) => most == 0 || members.values().any(|member| is_deeper(member, most - 1)),
        _ => false,
    }
}

/// The canonical text of a value.
pub fn to_canonical(value: &Value) -> String {
    let mut out = String::new();
    write_canonical(value, usize::MAX, &mut out);
    out
}

/// Whether a value is the same once it was stored and read again. What is paid for must be: asked before it is sent.
pub(crate) fn survives(value: &Value) -> bool {
    let text = to_canonical(value);
    parse_own(text.as_bytes()).is_ok_and(|read| to_canonical(&read) == text)
}

/// Writes a value, or so much of it that there are more than `most` bytes.
fn write_canonical(value: &Value, most: usize, out: &mut String) {
    match value {
        Value::Object(map) => {
            out.push('{');
            // serde_json's map is a BTreeMap here: already in the order of the keys' bytes.
            for (index, (key, member)) in map.iter().enumerate() {
                if out.len() > most {
                    return;
                }
                if index > 0 {
                    out.push(',');
                }
                write_string(key, most, out);
                out.push(':');
                write_canonical(member, most, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if out.len() > most {
                    return;
                }
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, most, out);
            }
            out.push(']');
        }
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::String(string) => write_string(string, most, out),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Null => out.push_str("null"),
    }
}

fn write_string(string: &str, most: usize, out: &mut String) {
    out.push('"');
    let first = || string.char_indices().nth(most).and_then(|(end, _)| string.get(..end)).unwrap_or(string);
    let mut rest = if string.len() > most { first() } else { string };
    // Between what must be escaped, whole runs are copied.
    while let Some((plain, escaped, after)) = split_at_escape(rest) {
        out.push_str(plain);
        match escaped {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '"' | '\\' => out.extend(['\\', escaped]),
            control => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out.push('"');
}

/// What stands before the first character that must be escaped, that character, and what stands after it.
fn split_at_escape(text: &str) -> Option<(&str, char, &str)> {
    let at = text.bytes().position(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\'))?;
    let (plain, rest) = text.split_at_checked(at)?;
    let mut rest = rest.chars();
    Some((plain, rest.next()?, rest.as_str()))
}

/// A number as canonical JSON prints it.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= MAX_SAFE => {
            #[expect(clippy::cast_possible_truncation, reason = "an integral float within ±(2^53-1) is exact")]
            let integer = float as i64;
            integer.to_string()
        }
        _ => number.to_string(),
    }
}

/// An object of texts.
pub(crate) fn texts<'a>(members: &mut dyn Iterator<Item = (&'a String, &'a String)>) -> Value {
    let mut map = Map::new();
    for (name, value) in members {
        map.insert(name.clone(), text(value));
    }
    Value::Object(map)
}

/// A string value.
pub(crate) fn text(string: &str) -> Value {
    Value::String(string.to_owned())
}

/// A scalar as its text: strings as they are, numbers and booleans as JSON prints them; `None` for the rest.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()),
        Value::Number(number) => Some(number_text(number)),
        Value::Bool(boolean) => Some(boolean.to_string()),
        _ => None,
    }
}

/// A whole number that is not negative, also where it is written `3.0`.
pub(crate) fn as_uint(value: &Value) -> Option<u64> {
    let number = value.as_number()?;
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be integral, positive and exact")]
        (float.fract() == 0.0 && (0.0..=MAX_SAFE).contains(&float)).then_some(float as u64)
    })
}

/// What a value is, in words and shortened, for a message: `the string "abc"`, `an array of 3`.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => scalar_text(value).unwrap_or_default(),
        Value::String(string) => format!("\"{}\"", shorten(string, 60)),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(map) => format!("an object of {}", map.len()),
    }
}

/// The beginning of the canonical text of a value, at most 60 characters. A large value is not written for it.
pub(crate) fn glimpse(value: &Value) -> String {
    const MOST: usize = 60;
    let mut out = String::new();
    // No character has more than 4 bytes.
    write_canonical(value, 4 * MOST, &mut out);
    shorten(&out, MOST)
}

/// One RFC 6901 pointer segment, escaped.
pub(crate) fn escape_segment(segment: &str) -> String {
    let mut escaped = String::with_capacity(segment.len());
    for char in segment.chars() {
        match char {
            '~' => escaped.push_str("~0"),
            '/' => escaped.push_str("~1"),
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// One RFC 6901 pointer segment as it was before it was escaped.
pub(crate) fn unescape_segment(segment: &str) -> String {
    let mut parts = segment.split('~');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (char, rest) = match part.strip_prefix('1') {
            Some(rest) => ('/', rest),
            None => ('~', part.strip_prefix('0').unwrap_or(part)),
        };
        plain.push(char);
        plain.push_str(rest);
    }
    plain
}

/// The pointer of a member.
pub(crate) fn under(path: &str, name: &str) -> String {
    format!("{path}/{}", escape_segment(name))
}

/// The pointer of an item.
pub(crate) fn nth(path: &str, index: usize) -> String {
    format!("{path}/{index}")
}

/// Lays `new` over `old`: members of `old` that `new` does not know survive, everything else is `new`'s.
pub(crate) fn overlay(old: &Value, new: Value) -> Value {
    match (old, new) {
        (Value::Object(old), Value::Object(mut new)) => {
            for (key, before) in old {
                match new.get_mut(key) {
                    Some(value) => *value = overlay(before, value.take()),
                    None => {
                        new.insert(key.clone(), before.clone());
                    }
                }
            }
            Value::Object(new)
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            Value::Array(old.iter().zip(new).map(|(before, value)| overlay(before, value)).collect())
        }
        (_, new) => new,
    }
}

/// The part of `old` that `new` does not know: laid under a later `new`, it keeps what all of `old` would. `None`: there is none.
pub(crate) fn unknown(old: Value, new: &Value) -> Option<Value> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let mut found = Map::new();
            for (key, before) in old {
                let unknown = match new.get(&key) {
                    Some(value) => unknown(before, value),
                    None => Some(before),
                };
                if let Some(unknown) = unknown {
                    found.insert(key, unknown);
                }
            }
            (!found.is_empty()).then_some(Value::Object(found))
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let unknown: Vec<_> = old.into_iter().zip(new).map(|(before, value)| unknown(before, value)).collect();
            let found = unknown.iter().any(Option::is_some);
            found.then(|| unknown.into_iter().map(Option::unwrap_or_default).collect())
        }
        _ => None,
    }
}

/// Takes a member out of an object, so that what may be large need not be copied; an empty one stays in its place.
pub(crate) fn take_object(value: &mut Value, name: &str) -> Map<String, Value> {
    value.get_mut(name).and_then(Value::as_object_mut).map(std::mem::take).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn canonical_text_is_sorted_and_has_integers_where_floats_are_whole() {
        let value: Value = serde_json::from_str(r#"{"b":1.0,"a":[1e3,0.1,-0.0,9007199254740993.0],"é":"\u0001"}"#).unwrap();
        assert_eq!(to_canonical(&value), "{\"a\":[1000,0.1,0,9007199254740992.0],\"b\":1,\"é\":\"\\u0001\"}");
    }

    #[test]
    fn segments_survive_both_ways() {
        for segment in ["", "a", "a/b", "~", "~0", "~1/~01", "/~/~"] {
            assert_eq!(escape_segment(segment), segment.replace('~', "~0").replace('/', "~1"));
            assert_eq!(unescape_segment(&escape_segment(segment)), segment);
        }
        for odd in ["~", "~~1", "~2", "a~~0b~", "~01", "~10"] {
            assert_eq!(unescape_segment(odd), odd.replace("~1", "/").replace("~0", "~"));
        }
    }

    #[test]
    fn strings_are_escaped_as_by_serde_json() {
        for string in ["", "plain é", "\"\\/\u{8}\u{c}\n\r\t", "\u{0}a\u{1f}\u{7f}\u{2028}é\\", "\n"] {
            assert_eq!(to_canonical(&text(string)), text(string).to_string());
        }
    }

    #[test]
    fn what_is_read_again_as_it_was_survives() {
        let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        let small: Value = (0..100_000).map(|_| json!({"": 0})).collect();
        for (value, expected) in [
            (json!({"a": [1.0, -0.5, 1e300, u64::MAX, i64::MIN, "\u{0}\u{1f600}", null, true, {}]}), true),
            (nested(96), true),
            (nested(97), false),
            (small, false),
        ] {
            assert_eq!(survives(&value), expected);
        }
    }

    #[test]
    fn a_glimpse_is_the_beginning_of_the_canonical_text() {
        let long = json!({"a": ["é".repeat(1_000_000), {"b": vec![1; 100_000]}], "b": "x".repeat(1_000)});
        for value in [json!(1), json!(["a", {"b": 2.0}]), json!("é".repeat(70)), long] {
            assert_eq!(glimpse(&value), shorten(&to_canonical(&value), 60));
        }
    }

    #[test]
    fn overlay_keeps_what_it_does_not_know() {
        let old = json!({"a": {"x": 1, "new": true}, "later": 5, "l": [{"k": 1, "e": 2}]});
        let new = json!({"a": {"x": 2}, "l": [{"k": 3}]});
        let laid = json!({"a": {"x": 2, "new": true}, "later": 5, "l": [{"k": 3, "e": 2}]});
        assert_eq!(overlay(&old, new.clone()), laid);
        let unknown = unknown(old.clone(), &new).unwrap();
        assert_eq!(unknown, json!({"a": {"new": true}, "later": 5, "l": [{"e": 2}]}));
        assert_eq!((overlay(&unknown, new.clone()), super::unknown(new.clone(), &new)), (laid, None));
    }
}
