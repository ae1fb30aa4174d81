//! The schema of a model's input as one document of its own, for forms, editors and programs that ask what a model takes.

use super::Contract;
use serde_json::{Map, Value};

/// How deep definitions are followed: deeper than any payload may nest.
const MAX_DEPTH: usize = 64;

impl Contract {
    /// The JSON Schema (2020-12) of a listed model's input, with its `$ref`s resolved; `None` where the contract lists no such model. A definition
    /// that holds itself stays a `$ref`, with the contract's `$defs` beside it. `"format": "media"` is what [`Contract::media`] accepts.
    pub fn input_schema(&self, model: &str) -> Option<Value> {
        let source = self.source();
        let input = source.pointer("/models/list")?.get(model)?.get("input")?;
        let defs = source.get("$defs").unwrap_or(&Value::Null);
        let mut resolver = Resolver { defs, open: Vec::new(), is_circular: false };
        let mut schema = resolver.resolve(input);
        if let (true, Some(schema)) = (resolver.is_circular, schema.as_object_mut()) {
            schema.insert("$defs".to_owned(), defs.clone());
        }
        Some(schema)
    }
}

struct Resolver<'a> {
    defs: &'a Value,
    /// The definitions that are being resolved.
    open: Vec<&'a str>,
    is_circular: bool,
}

impl<'a> Resolver<'a> {
    fn resolve(&mut self, schema: &'a Value) -> Value {
        match schema {
            Value::Object(members) => self.object(members),
            Value::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            other => other.clone(),
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>) -> Value {
        let name = members.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/$defs/"));
        let found = name.and_then(|name| Some((name, self.defs.get(name)?)));
        let Some((name, definition)) = found else {
            return Value::Object(members.iter().map(|(name, value)| (name.clone(), self.resolve(value))).collect());
        };
        if self.open.contains(&name) || self.open.len() >= MAX_DEPTH {
            self.is_circular = true;
            return Value::Object(members.clone());
        }
        self.open.push(name);
        let resolved = self.resolve(definition);
        self.open.pop();
        let beside: Map<String, Value> =
            members.iter().filter(|(name, _)| *name != "$ref").map(|(name, value)| (name.clone(), self.resolve(value))).collect();
        if beside.is_empty() {
            return resolved;
        }
        // Both hold: what stands beside a reference adds to it.
        let mut both = beside;
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
            let mut resolver = Resolver { defs: &defs, open: Vec::new(), is_circular: false };
            let schema = resolver.resolve(schema);
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
