//! What is known of a model's input: its schema as one document of its own, for forms, editors and programs that ask what a model takes, and what of an
//! order nobody checks.

use super::{Contract, Generation};
use crate::schema::nearest;
use crate::search::shorten;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How deep a schema is followed, and how many parts are made of it: more than any payload needs. What is left is as it stands.
const MAX_DEPTH: usize = 128;
const MAX_PARTS: usize = 20_000;
/// Fields that are told.
const MOST_TOLD: usize = 20;

impl Contract {
    /// The JSON Schema (2020-12) of a listed model's input, with its `$ref`s resolved; `None` where the contract lists no such model. A definition
    /// that holds itself stays a `$ref`, with the contract's `$defs` beside it. `"format": "media"` is what [`Contract::media`] accepts.
    pub fn input_schema(&self, model: &str) -> Option<Value> {
        let source = self.source();
        let input = source.pointer("/models/list")?.get(model)?.get("input")?;
        let defs = source.get("$defs").unwrap_or(&Value::Null);
        let mut resolver = Resolver { defs, open: Vec::new(), is_circular: false, parts: 0 };
        let mut schema = resolver.resolve(input, 0);
        if let (true, Some(schema)) = (resolver.is_circular, schema.as_object_mut()) {
            schema.insert("$defs".to_owned(), defs.clone());
        }
        Some(schema)
    }
}

impl Contract {
    /// What of an order nobody checked, in words for a person: a model that the contract does not list, fields that it does not know. Each may be spelt
    /// wrong, and is sent and paid for even so. Nothing where the order would be refused.
    pub fn unchecked(&self, generation: &Generation) -> Vec<String> {
        let (model, title) = (generation.model.as_str(), self.title());
        let maybe = |word: &str, known: &mut dyn Iterator<Item = &str>| match nearest(word, known).first() {
            Some(near) => format!(" (perhaps \"{}\")", shorten(near, 60)),
            None => String::new(),
        };
        let Some(schema) = self.input_schema(model) else {
            let perhaps = maybe(model, &mut self.models().map(|(id, _)| id));
            return vec![format!(
                "{title}'s contract does not list the model \"{}\"{perhaps}: its input was not checked",
                shorten(model, 60)
            )];
        };
        let mut known = BTreeSet::new();
        fields(&schema, &mut known);
        let given = generation.input.as_object().into_iter().flat_map(Map::keys);
        let strange = given.filter(|name| !known.is_empty() && !known.contains(name.as_str()));
        strange
            .take(MOST_TOLD)
            .map(|name| {
                let perhaps = maybe(name, &mut known.iter().copied());
                format!("{title}'s contract does not know the field \"{}\" of {model}{perhaps}: it was not checked", shorten(name, 60))
            })
            .collect()
    }
}

/// The fields that a schema of an object names, wherever its parts stand.
fn fields<'a>(schema: &'a Value, known: &mut BTreeSet<&'a str>) {
    known.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str));
    for part in ["allOf", "anyOf", "oneOf"] {
        schema.get(part).and_then(Value::as_array).into_iter().flatten().for_each(|part| fields(part, known));
    }
    for part in ["then", "else"] {
        schema.get(part).into_iter().for_each(|part| fields(part, known));
    }
}

struct Resolver<'a> {
    defs: &'a Value,
    /// The definitions that are being resolved.
    open: Vec<&'a str>,
    /// Whether a reference was left: one of a definition that holds itself, or one too many.
    is_circular: bool,
    parts: usize,
}

impl<'a> Resolver<'a> {
    fn resolve(&mut self, schema: &'a Value, depth: usize) -> Value {
        self.parts += 1;
        if depth >= MAX_DEPTH || self.parts > MAX_PARTS {
            self.is_circular = true;
            return schema.clone();
        }
        match schema {
            Value::Object(members) => self.object(members, depth + 1),
            Value::Array(items) => items.iter().map(|item| self.resolve(item, depth + 1)).collect(),
            other => other.clone(),
        }
    }

    fn members(&mut self, members: &'a Map<String, Value>, depth: usize) -> Map<String, Value> {
        let beside = members.iter().filter(|(name, _)| *name != "$ref");
        beside.map(|(name, value)| (name.clone(), self.resolve(value, depth))).collect()
    }

    fn object(&mut self, members: &'a Map<String, Value>, depth: usize) -> Value {
        let name = members.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/$defs/"));
        let found = name.and_then(|name| Some((name, self.defs.get(name)?)));
        let Some((name, definition)) = found else { return Value::Object(self.members(members, depth)) };
        if self.open.contains(&name) {
            self.is_circular = true;
            return Value::Object(members.clone());
        }
        self.open.push(name);
        let resolved = self.resolve(definition, depth);
        self.open.pop();
        let mut both = self.members(members, depth);
        if both.is_empty() {
            return resolved;
        }
        // Both hold: what stands beside a reference adds to it.
        match both.get_mut("allOf").and_then(Value::as_array_mut) {
            Some(all) => all.push(resolved),
            None => drop(both.insert("allOf".to_owned(), Value::Array(vec![resolved]))),
        }
        Value::Object(both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_are_resolved_and_circles_stay() {
        let defs = json!({
            "text": {"type": "string"},
            "both": {"properties": {"a": {"$ref": "#/$defs/text"}}},
            "tree": {"type": "object", "properties": {"left": {"$ref": "#/$defs/tree"}}},
        });
        let resolved = |schema: &Value| {
            let mut resolver = Resolver { defs: &defs, open: Vec::new(), is_circular: false, parts: 0 };
            let schema = resolver.resolve(schema, 0);
            (schema, resolver.is_circular)
        };
        let string = json!({"type": "string"});
        assert_eq!(resolved(&json!({"items": {"$ref": "#/$defs/both"}})), (json!({"items": {"properties": {"a": string}}}), false));
        let beside = json!({"$ref": "#/$defs/text", "maxLength": 5});
        assert_eq!(resolved(&beside), (json!({"maxLength": 5, "allOf": [string]}), false));
        let (tree, is_circular) = resolved(&json!({"$ref": "#/$defs/tree"}));
        assert_eq!((tree.pointer("/properties/left/$ref"), is_circular), (Some(&json!("#/$defs/tree")), true));
    }

    #[test]
    fn definitions_that_double_and_ones_that_are_deep_end() {
        let mut defs = Map::new();
        for level in 0..64 {
            let next = json!({"$ref": format!("#/$defs/d{}", level + 1)});
            defs.insert(format!("d{level}"), json!({"properties": {"a": next, "b": next}}));
        }
        defs.insert("d64".to_owned(), json!({"type": "string"}));
        let (defs, first) = (Value::Object(defs), json!({"$ref": "#/$defs/d0"}));
        let mut resolver = Resolver { defs: &defs, open: Vec::new(), is_circular: false, parts: 0 };
        let schema = resolver.resolve(&first, 0);
        assert!(resolver.is_circular && schema.to_string().len() < 5_000_000);
    }

    #[test]
    fn what_nobody_checked_is_told_with_what_was_meant() {
        let contract = Contract::built_in("apixo").unwrap();
        let unchecked = |model: &str, input: Value| contract.unchecked(&Generation { model: model.to_owned(), input });
        let known = json!({"mode": "text-to-image", "prompt": "x", "aspect_ratio": "1:1"});
        assert_eq!(unchecked("nano-banana", known), [""; 0]);
        assert_eq!(
            unchecked("nano-banana", json!({"prompt": "x", "aspct_ratio": "1:1", "seed": 5})),
            [
                "APIXO's contract does not know the field \"aspct_ratio\" of nano-banana (perhaps \"aspect_ratio\"): it was not checked",
                "APIXO's contract does not know the field \"seed\" of nano-banana: it was not checked",
            ]
        );
        let model = "APIXO's contract does not list the model \"nanobanana\" (perhaps \"nano-banana\"): its input was not checked";
        assert_eq!(unchecked("nanobanana", json!({"prompt": "x"})), [model]);
    }

    #[test]
    fn every_listed_model_has_a_schema_without_references() {
        for name in Contract::built_in_names() {
            let contract = Contract::built_in(name).unwrap();
            for (model, _) in contract.models() {
                let schema = contract.input_schema(model).unwrap();
                assert!(!schema.to_string().contains("$ref"), "{name} {model}");
            }
            assert_eq!(contract.input_schema("no such model"), None);
        }
    }
}
