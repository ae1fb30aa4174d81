//! Pointers of the contract format: RFC 6901 plus `*` for each element of an array. Here they are also written through.

use serde_json::{Map, Value};

/// The most pointers of a list that are looked at.
const LISTED: usize = 32;
/// The deepest place that is written.
const DEEP: usize = 64;
/// The highest index of an array that is made.
const INDEX: usize = 255;

/// The segments of a pointer, unescaped.
fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// The values that a pointer reaches and that are not null.
pub(crate) fn all<'a>(value: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let mut found = vec![value];
    for segment in segments(pointer) {
        let below = found.into_iter().flat_map(|value| match value {
            Value::Array(items) if segment == "*" => items.iter().collect(),
            Value::Array(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)).into_iter().collect(),
            Value::Object(map) => map.get(&segment).into_iter().collect(),
            _ => Vec::new(),
        });
        found = below.collect();
        if found.is_empty() {
            break;
        }
    }
    found.into_iter().filter(|value| !value.is_null()).collect()
}

/// The first value that a pointer reaches.
pub(crate) fn first<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    all(value, pointer).into_iter().next()
}

/// Calls `change` on every value that a pointer reaches and that is not null; how many there were.
pub(crate) fn change(value: &mut Value, pointer: &str, change: &mut dyn FnMut(&mut Value)) -> usize {
    let path: Vec<String> = segments(pointer).collect();
    walk(value, &path, change)
}

fn walk(value: &mut Value, path: &[String], change: &mut dyn FnMut(&mut Value)) -> usize {
    let Some((segment, rest)) = path.split_first() else {
        if value.is_null() {
            return 0;
        }
        change(value);
        return 1;
    };
    match value {
        Value::Array(items) if segment == "*" => items.iter_mut().map(|item| walk(item, rest, change)).sum(),
        Value::Array(items) => match segment.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
            Some(item) => walk(item, rest, change),
            None => 0,
        },
        Value::Object(map) => map.get_mut(segment).map_or(0, |member| walk(member, rest, change)),
        _ => 0,
    }
}

/// Puts a value where a pointer points, making the objects and arrays on the way; `*` is the first element. A place that no answer
/// has, too deep or too far into an array, stays empty.
pub(crate) fn set(value: &mut Value, pointer: &str, new: Value) {
    if segments(pointer).nth(DEEP).is_some() {
        return;
    }
    let mut place = value;
    for segment in segments(pointer) {
        let index = if segment == "*" { Some(0) } else { segment.parse::<usize>().ok() };
        if let (Some(index), false) = (index, place.is_object()) {
            if index > INDEX {
                return;
            }
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            let Value::Array(items) = place else { return };
            if items.len() <= index {
                items.resize(index + 1, Value::Null);
            }
            place = &mut items[index];
        } else {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(map) = place else { return };
            place = map.entry(segment).or_insert(Value::Null);
        }
    }
    *place = new;
}

/// A list of pointers in a contract: one string, several, or none.
pub(crate) fn list(value: &Value) -> Vec<&str> {
    match value {
        Value::String(pointer) => vec![pointer],
        Value::Array(items) => items.iter().take(LISTED).filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A scalar as its text, as conditions and words compare it.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pointers_read_change_and_make() {
        let mut value = json!({"a": [{"b/c": 1}, {"b/c": null}, {"b/c": 3}]});
        assert_eq!(all(&value, "/a/*/b~1c"), [&json!(1), &json!(3)]);
        assert_eq!(change(&mut value, "/a/*/b~1c", &mut |found| *found = json!(0)), 2);
        assert_eq!(value, json!({"a": [{"b/c": 0}, {"b/c": null}, {"b/c": 0}]}));
        let mut value = Value::Null;
        set(&mut value, "/x/*/url", json!("u"));
        assert_eq!(value, json!({"x": [{"url": "u"}]}));
        set(&mut value, "", json!("whole"));
        assert_eq!(value, json!("whole"));
    }

    #[test]
    fn no_pointer_makes_more_than_an_answer_has() {
        for far in ["/x/256".to_owned(), "/x/4611686018427387904".to_owned(), format!("/x/{}", usize::MAX), "/a".repeat(100_000)] {
            let mut value = json!({"kept": 1});
            set(&mut value, &far, json!("u"));
            assert!(value["kept"] == 1 && value.to_string().len() < 100, "{far:.40}");
        }
        let mut value = json!({"300": 1});
        set(&mut value, "/300", json!(2));
        assert_eq!(value, json!({"300": 2}));
        assert_eq!(list(&json!(vec!["/a"; 1000])).len(), LISTED);
    }
}
