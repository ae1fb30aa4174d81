//! The strict reader, for contracts and callbacks: a key that stands twice is a fault, and every such key is named.

use super::{MAX_DEPTH, describe, escape_segment, is_too_deep};
use crate::error::Violation;
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;

/// Reads bytes as JSON without duplicate keys; lists every duplicate.
pub(crate) fn parse_strict(bytes: &[u8]) -> Result<Value, Vec<Violation>> {
    if is_too_deep(bytes) {
        return Err(vec![Violation::new("", "depth", format!("at most {MAX_DEPTH} levels"), "deeper nesting")]);
    }
    let duplicates = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let seed = Strict { path: String::new(), duplicates: &duplicates };
    let value = serde::de::DeserializeSeed::deserialize(seed, &mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| vec![Violation::new("", "json", "JSON text", error.to_string())])?;
    let duplicates = duplicates.into_inner();
    if duplicates.is_empty() { Ok(value) } else { Err(duplicates) }
}

struct Strict<'a> {
    path: String,
    duplicates: &'a RefCell<Vec<Violation>>,
}

impl<'de> serde::de::DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> serde::de::Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) =
            items.next_element_seed(Strict { path: format!("{}/{}", self.path, array.len()), duplicates: self.duplicates })?
        {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = format!("{}/{}", self.path, escape_segment(&key));
            let value = members.next_value_seed(Strict { path: path.clone(), duplicates: self.duplicates })?;
            if let Some(first) = map.insert(key, value) {
                self.duplicates.borrow_mut().push(Violation::new(
                    path,
                    "duplicateKey",
                    "each key once",
                    format!("it again, first {}", describe(&first)),
                ));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duplicate_is_named_with_its_pointer() {
        let faults = parse_strict(br#"{"a":1,"a":2,"b":[{"c":1,"c":2}]}"#).unwrap_err();
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["/a", "/b/0/c"]);
        assert_eq!(
            parse_strict(br#"{"a":[1,-1,1.5,"x",null,true]}"#).map(|value| value.to_string()),
            Ok(r#"{"a":[1,-1,1.5,"x",null,true]}"#.to_owned())
        );
        assert_eq!(parse_strict(b"{} {}").unwrap_err()[0].rule, "json");
    }
}
