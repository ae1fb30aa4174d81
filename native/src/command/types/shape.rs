//! What a model's input is made of, as far as a type can say it: what only a check can know (lengths, conditions, "not both") is left to the check.

use serde_json::{Map, Value};

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Text,
    /// A text that is an https URL or a data URI.
    Media,
    Number,
    Integer,
    Flag,
    Null,
    /// These values alone.
    Literals(Vec<Value>),
    List(Box<Shape>),
    /// Any of several.
    Union(Vec<Shape>),
    Object(Vec<Member>),
    Anything,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) is_required: bool,
    /// What the contract says about it.
    pub(super) about: Option<String>,
}

impl Shape {
    /// Reads a schema whose references are resolved.
    pub(super) fn of(schema: &Value) -> Self {
        let Some(schema) = schema.as_object() else { return Self::Anything };
        let mut found = Self::own(schema);
        for part in list(schema, "allOf") {
            found = found.and(Self::of(part));
        }
        for name in ["anyOf", "oneOf"] {
            let parts: Vec<Self> = list(schema, name).iter().map(Self::of).filter(|part| *part != Self::Anything).collect();
            // Alternatives of an object are conditions on its members more often than other members.
            if !parts.is_empty() && found == Self::Anything {
                found = Self::union(parts);
            }
        }
        found
    }

    fn own(schema: &Map<String, Value>) -> Self {
        if let Some(value) = schema.get("const") {
            return Self::Literals(vec![value.clone()]);
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Self::Literals(values.clone());
        }
        if schema.get("format").is_some_and(|format| format == "media") {
            return Self::Media;
        }
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ if schema.contains_key("properties") => vec!["object"],
            _ if schema.contains_key("items") => vec!["array"],
            _ => Vec::new(),
        };
        Self::union(kinds.into_iter().map(|kind| Self::of_kind(kind, schema)).collect())
    }

    fn of_kind(kind: &str, schema: &Map<String, Value>) -> Self {
        match kind {
            "string" => Self::Text,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Flag,
            "null" => Self::Null,
            "array" => Self::List(Box::new(schema.get("items").map_or(Self::Anything, Self::of))),
            "object" => Self::Object(members(schema)),
            _ => Self::Anything,
        }
    }

    /// One of several; of none, anything.
    fn union(parts: Vec<Self>) -> Self {
        let mut several: Vec<Self> = Vec::new();
        for part in parts {
            if !several.contains(&part) {
                several.push(part);
            }
        }
        match several.len() {
            0 => Self::Anything,
            1 => several.remove(0),
            _ => Self::Union(several),
        }
    }

    /// Both at once: of two objects, the members of both.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Anything, other) => other,
            (Self::Object(mut members), Self::Object(more)) => {
                for member in more {
                    match members.iter_mut().find(|known| known.name == member.name) {
                        Some(known) => known.is_required |= member.is_required,
                        None => members.push(member),
                    }
                }
                Self::Object(members)
            }
            (own, _) => own,
        }
    }

    /// Its texts, where it is nothing but some of them.
    pub(super) fn texts(&self) -> Option<Vec<&str>> {
        match self {
            Self::Literals(values) => values.iter().map(Value::as_str).collect(),
            _ => None,
        }
    }
}

fn list<'a>(schema: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    schema.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn members(schema: &Map<String, Value>) -> Vec<Member> {
    let required: Vec<&str> = list(schema, "required").iter().filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let known = properties.map(|(name, schema)| Member {
        name: name.clone(),
        shape: Shape::of(schema),
        is_required: required.contains(&name.as_str()),
        about: schema.get("description").and_then(Value::as_str).map(|about| about.split_whitespace().collect::<Vec<_>>().join(" ")),
    });
    // What must be there stands first.
    let (mut first, then): (Vec<_>, Vec<_>) = known.partition(|member| member.is_required);
    first.extend(then);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_is_read_as_far_as_a_type_can_say_it() {
        let text = |name: &str, is_required| Member { name: name.to_owned(), shape: Shape::Text, is_required, about: None };
        for (schema, shape) in [
            (json!({"type": ["string", "null"]}), Shape::Union(vec![Shape::Text, Shape::Null])),
            (json!({"enum": ["a", "b"]}), Shape::Literals(vec![json!("a"), json!("b")])),
            (json!({"const": 8}), Shape::Literals(vec![json!(8)])),
            (json!({"type": "string", "format": "media"}), Shape::Media),
            (json!({"items": {"type": "integer"}}), Shape::List(Box::new(Shape::Integer))),
            (json!({"anyOf": [{"enum": ["x"]}, {"type": "string"}]}), Shape::Union(vec![Shape::Literals(vec![json!("x")]), Shape::Text])),
            (json!({"not": {"required": ["x"]}}), Shape::Anything),
            (json!(true), Shape::Anything),
            (
                json!({"allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"if": {}}], "properties": {"b": {"type": "string"}, "a": {"type": "string"}}}),
                Shape::Object(vec![text("a", true), text("b", false)]),
            ),
        ] {
            assert_eq!(Shape::of(&schema), shape, "{schema}");
        }
    }
}
