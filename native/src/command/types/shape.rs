//! What a model's input is made of, as far as a type can say it: what only a check can know (lengths, conditions, "not both") is left to the check.

use serde_json::{Map, Number, Value};
use std::mem;

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
    pub(super) bounds: Bounds,
    pub(super) is_required: bool,
    /// What the contract says about it.
    pub(super) about: Option<String>,
}

/// How large a number, how long a text or a list may be: of members that are one of these and nothing else.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bounds {
    pub(super) least: Option<Number>,
    pub(super) most: Option<Number>,
    pub(super) shortest: Option<Number>,
    pub(super) longest: Option<Number>,
}

impl Bounds {
    fn of(schema: &Value, shape: &Shape) -> Self {
        let is_number = matches!(shape, Shape::Number | Shape::Integer);
        let number = |name: &str| schema.get(name).and_then(Value::as_number).cloned();
        let none = |_: &str| None;
        let number: &dyn Fn(&str) -> Option<Number> = if is_number { &number } else { &none };
        let (least, most) = (number("minimum"), number("maximum"));
        let length = |name: &str| schema.get(name).and_then(Value::as_number).cloned();
        match shape {
            Shape::Text => Self { least, most, shortest: length("minLength"), longest: length("maxLength") },
            Shape::List(_) => Self { least, most, shortest: length("minItems"), longest: length("maxItems") },
            _ => Self { least, most, ..Self::default() },
        }
    }
}

impl Shape {
    /// Reads the schema of an input, which is an object; its references are resolved.
    pub(super) fn of(schema: &Value) -> Self {
        Self::read(schema, true)
    }

    /// `is_object`: whether nothing but an object stands there, whatever the schema says itself.
    fn read(schema: &Value, is_object: bool) -> Self {
        let Some(schema) = schema.as_object() else { return Self::Anything };
        let is_object = is_object || schema.get("type").is_some_and(|kind| kind == "object");
        let mut found = Self::own(schema, is_object);
        for part in list(schema, "allOf") {
            found = found.and(Self::read(part, is_object));
        }
        for name in ["anyOf", "oneOf"] {
            let parts: Vec<Self> = list(schema, name).iter().map(|part| Self::read(part, is_object)).collect();
            // Alternatives of an object are conditions on its members more often than other members. One that may be anything makes all of it so.
            if !parts.is_empty() && !parts.contains(&Self::Anything) && found == Self::Anything {
                found = Self::union(parts);
            }
        }
        found
    }

    fn own(schema: &Map<String, Value>, is_object: bool) -> Self {
        if let Some(value) = schema.get("const") {
            return Self::Literals(vec![value.clone()]);
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Self::Literals(values.clone());
        }
        if schema.get("format").is_some_and(|format| format == "media") && schema.get("type").is_none_or(|kind| kind == "string") {
            return Self::Media;
        }
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            // Rules of members hold only where there are any: what is no object is nothing to them.
            _ if is_object && (schema.contains_key("properties") || schema.contains_key("required")) => vec!["object"],
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
            "array" => Self::List(Box::new(schema.get("items").map_or(Self::Anything, |items| Self::read(items, false)))),
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
                        Some(known) => {
                            known.is_required |= member.is_required;
                            if known.shape == Self::Anything {
                                known.bounds = member.bounds;
                            }
                            known.shape = mem::replace(&mut known.shape, Self::Anything).and(member.shape);
                            known.about = known.about.take().or(member.about);
                        }
                        None => members.push(member),
                    }
                }
                Self::Object(needed_first(members))
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
    let members = properties.map(|(name, schema)| {
        let shape = Shape::read(schema, false);
        Member {
            name: name.clone(),
            bounds: Bounds::of(schema, &shape),
            shape,
            is_required: required.contains(&name.as_str()),
            about: schema.get("description").and_then(Value::as_str).map(|about| about.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    });
    let mut members: Vec<Member> = members.collect();
    for name in required {
        // Another rule says what it is.
        if !members.iter().any(|member| member.name == name) {
            let bounds = Bounds::default();
            members.push(Member { name: name.to_owned(), shape: Shape::Anything, bounds, is_required: true, about: None });
        }
    }
    needed_first(members)
}

/// What must be there stands first.
fn needed_first(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|member| !member.is_required);
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_is_read_as_far_as_a_type_can_say_it() {
        let text = |name: &str, is_required| Member {
            name: name.to_owned(),
            shape: Shape::Text,
            bounds: Bounds::default(),
            is_required,
            about: None,
        };
        for (schema, shape) in [
            (json!({"type": ["string", "null"]}), Shape::Union(vec![Shape::Text, Shape::Null])),
            (json!({"enum": ["a", "b"]}), Shape::Literals(vec![json!("a"), json!("b")])),
            (json!({"const": 8}), Shape::Literals(vec![json!(8)])),
            (json!({"type": "string", "format": "media"}), Shape::Media),
            (json!({"type": "array", "items": {"type": "integer"}}), Shape::List(Box::new(Shape::Integer))),
            (json!({"items": {"type": "integer"}}), Shape::Anything),
            (json!({"type": ["string", "null"], "format": "media"}), Shape::Union(vec![Shape::Text, Shape::Null])),
            (json!({"anyOf": [{"type": "string"}, {"minLength": 1}]}), Shape::Anything),
            (json!({"anyOf": [{"enum": ["x"]}, {"type": "string"}]}), Shape::Union(vec![Shape::Literals(vec![json!("x")]), Shape::Text])),
            (json!({"not": {"required": ["x"]}}), Shape::Anything),
            (json!(true), Shape::Anything),
            (
                json!({"allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"if": {}}], "properties": {"b": {"type": "string"}, "a": {"type": "string"}}}),
                Shape::Object(vec![text("a", true), text("b", false)]),
            ),
            (
                json!({"allOf": [{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}], "required": ["b"]}),
                Shape::Object(vec![text("b", true), text("a", false)]),
            ),
            (
                json!({"properties": {"a": {"maxLength": 5}}, "allOf": [{"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["b"]}]}),
                Shape::Object(vec![text("b", true), text("a", false)]),
            ),
        ] {
            assert_eq!(Shape::of(&schema), shape, "{schema}");
        }
    }
}
