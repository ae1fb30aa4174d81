//! What is known of a model's input: its schema as one document of its own, for forms, editors and programs that ask what a model takes, and what of an
//! order nobody checks.

use super::{Contract, Generation};
use crate::error::{Error, ErrorCode, Violation};
use crate::json::describe;
use crate::schema::nearest;
use crate::search::shorten;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How deep a schema is followed, and how many parts are made of it: more than any payload needs. What is left is as it stands.
const MAX_DEPTH: usize = 128;
const MAX_PARTS: usize = 20_000;
/// Fields that are told.
const MOST_TOLD: usize = 20;
/// Where a prompt stands.
const PROMPT: &str = "/prompt";

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

impl Contract {
    /// The listed model that was meant perhaps, where a contract that takes others too does not list this one: a word of warning, because its input is
    /// sent unchecked and paid for.
    pub fn near_miss(&self, model: &str) -> Option<String> {
        let is_strange = self.is_open() && self.models().all(|(id, _)| id != model);
        let near = nearest(model, self.models().map(|(id, _)| id)).first().map(|near| shorten(near, 60)).filter(|_| is_strange)?;
        let (title, model) = (self.title(), shorten(model, 60));
        Some(format!("{title}'s contract does not list the model \"{model}\", but \"{near}\": its input is not checked before it is sent"))
    }

    /// The input with this prompt. Refused where there is one already, or where the model is listed and takes none.
    pub fn with_prompt(&self, generation: Generation, prompt: &str) -> Result<Generation, Error> {
        let Generation { model, mut input } = generation;
        let refused = |expected: &str, found: String| {
            let fault = Violation::new(PROMPT, "prompt", expected, found);
            Error::invalid(ErrorCode::InvalidPayload, &format!("the payload of {}", shorten(&model, 60)), vec![fault])
        };
        if let Some(schema) = self.input_schema(&model) {
            let mut known = BTreeSet::new();
            fields(&schema, &mut known);
            if !known.is_empty() && !known.contains("prompt") {
                return Err(refused("a field of this model", "a prompt, which is none".to_owned()));
            }
        }
        let Some(members) = input.as_object_mut() else { return Err(refused("an object to put it in", describe(&input))) };
        if members.contains_key("prompt") {
            return Err(refused("one prompt", "another one in the payload".to_owned()));
        }
        members.insert("prompt".to_owned(), prompt.into());
        Ok(Generation { model, input })
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
    fn a_near_miss_is_told_where_other_models_are_taken() {
        let contract = Contract::built_in("apixo").unwrap();
        let told =
            "APIXO's contract does not list the model \"nanobanana\", but \"nano-banana\": its input is not checked before it is sent";
        assert_eq!(contract.near_miss("nanobanana").as_deref(), Some(told));
        assert_eq!(contract.near_miss("nano-banana"), None, "it is listed");
        assert_eq!(contract.near_miss("a model of next year"), None, "it is like none");
        let mut closed = contract.source().clone();
        closed["models"]["open"] = json!(false);
        assert_eq!(Contract::load(closed.to_string().as_bytes()).unwrap().near_miss("nanobanana"), None, "it is refused");
    }

    #[test]
    fn a_prompt_is_put_where_there_is_none_and_the_model_takes_one() {
        let contract = Contract::built_in("apixo").unwrap();
        let with = |model: &str, input: Value| {
            let made = contract.with_prompt(Generation { model: model.to_owned(), input }, "a fox");
            made.map(|made| made.input).map_err(|error| error.violations[0].expected.clone())
        };
        assert_eq!(with("nano-banana", json!({"mode": "x"})), Ok(json!({"mode": "x", "prompt": "a fox"})));
        assert_eq!(with("a model of next year", json!({})), Ok(json!({"prompt": "a fox"})), "its fields are not known");
        assert_eq!(with("nano-banana", json!({"prompt": "b"})), Err("one prompt".to_owned()));
        assert_eq!(with("nano-banana", json!([])), Err("an object to put it in".to_owned()));
        let mut mute = contract.source().clone();
        mute["models"]["list"]["nano-banana"]["input"] = json!({"type": "object", "properties": {"image": {"type": "string"}}});
        let mute = Contract::load(mute.to_string().as_bytes()).unwrap();
        let refused = mute.with_prompt(Generation { model: "nano-banana".to_owned(), input: json!({}) }, "a fox").unwrap_err();
        assert_eq!((refused.violations[0].path.as_str(), refused.violations[0].expected.as_str()), ("/prompt", "a field of this model"));
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
