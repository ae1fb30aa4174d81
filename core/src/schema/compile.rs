//! From a schema as JSON to rules: every fault is noted with its pointer, and the work goes on after it.

use super::equal::{Decimal, first_twins};
use super::places::{DEFS, Places, Scope, circles};
use super::work::Work;
use super::{Format, Kind, Node, Rule, Schema, Target, nearest};
use crate::by_name::ByName;
use crate::error::{MOST_NOTED, MOST_TOLD, Violation};
use crate::json::{MAX_DEPTH, Path, as_uint, describe, glimpse, to_canonical};
use crate::search::shorten;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// Every keyword that may stand in a schema.
const KEYWORDS: &[&str] = &[
    "$comment",
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "dependentRequired",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "prefixItems",
    "properties",
    "required",
    "then",
    "title",
    "type",
    "uniqueItems",
];

/// How deep references are looked for: a schema has a few levels for each of its own.
const LEVELS: usize = 4 * MAX_DEPTH;

/// Reads the schemas of one document, each with its pointer. None is given out if anything is wrong with any of them.
pub(super) fn compile(roots: &[(&Value, &str)], defs: &Value, faults: &mut Vec<Violation>) -> Option<Vec<Schema>> {
    let shared = Scope { own: None, path: "", shared: defs.as_object() };
    let scopes: Vec<Scope<'_>> =
        roots.iter().map(|(schema, path)| Scope { own: schema.get("$defs").and_then(Value::as_object), path, ..shared }).collect();
    let mut places = Places::default();
    for ((schema, _), scope) in roots.iter().zip(&scopes) {
        places.note(schema, *scope, LEVELS);
    }
    places.note(defs, shared, LEVELS);
    places.settle();
    let nodes = places.list.iter().map(|_| None).collect();
    let mut compiler = Compiler { scope: shared, places: &places, nodes, failed: false, faults };
    let mut heads = Vec::new();
    for ((schema, path), scope) in roots.iter().zip(&scopes) {
        compiler.scope = *scope;
        heads.push(compiler.node(schema, &Path::From(path), 0));
    }
    compiler.scope = shared;
    if !defs.is_null() {
        compiler.by_name(defs, &Path::From("/$defs"), 0);
    }
    for scope in &scopes {
        compiler.refuse_shadows(scope);
    }
    // What is referred to and stands where no schema does.
    for place in &places.list {
        compiler.scope = place.scope;
        compiler.node(place.target, &Path::From(&place.at()), 0);
    }
    let nodes: Vec<Node> = std::mem::take(&mut compiler.nodes).into_iter().map(|node| node.unwrap_or(Node::Any)).collect();
    for (place, _) in places.list.iter().zip(circles(&nodes)).filter(|(_, is_circle)| *is_circle) {
        let found = format!("\"{}\", which leads back to itself", shorten(place.reference, 40));
        compiler.fault(&Path::From(&place.at()), "$ref", "references that come to an end", &found);
    }
    if compiler.failed {
        return None;
    }
    let targets: Arc<[Target]> =
        places.list.iter().zip(nodes).map(|(place, node)| Target { name: place.name().to_owned(), node }).collect();
    Some(heads.into_iter().map(|root| Schema { root, targets: targets.clone() }).collect())
}

struct Compiler<'a, 'f> {
    /// Where the references of the schema that is read are looked up.
    scope: Scope<'a>,
    places: &'f Places<'a>,
    /// The nodes of the places, once they are read.
    nodes: Vec<Option<Node>>,
    failed: bool,
    faults: &'f mut Vec<Violation>,
}

impl<'a> Compiler<'a, '_> {
    fn fault(&mut self, at: &Path<'_>, rule: &str, expected: &str, actual: &str) {
        self.failed = true;
        if self.faults.len() < MOST_NOTED {
            let fault = Violation::new(at.text(), rule, expected, actual);
            if !self.faults.contains(&fault) {
                self.faults.push(fault);
            }
        }
    }

    fn node(&mut self, schema: &'a Value, at: &Path<'_>, depth: usize) -> Node {
        let Some(index) = self.places.index(schema) else { return self.fresh(schema, at, depth) };
        if matches!(self.nodes.get(index), Some(None)) {
            let node = self.fresh(schema, at, depth);
            if let Some(place) = self.nodes.get_mut(index) {
                *place = Some(node);
            }
        }
        Node::Shared(index)
    }

    fn fresh(&mut self, schema: &'a Value, at: &Path<'_>, depth: usize) -> Node {
        if depth > MAX_DEPTH {
            self.fault(at, "depth", &format!("at most {MAX_DEPTH} levels"), "deeper nesting");
            return Node::Any;
        }
        match schema {
            Value::Bool(true) => Node::Any,
            Value::Bool(false) => Node::Never,
            Value::Object(map) => Node::Rules(map.keys().filter_map(|key| self.rule(map, key, at, depth)).collect()),
            other => {
                self.fault(at, "type", "a schema: an object, true or false", &describe(other));
                Node::Any
            }
        }
    }

    /// The rule of one keyword; `None` for an annotation, for what another keyword's rule holds, and after a fault.
    fn rule(&mut self, map: &'a Map<String, Value>, key: &str, at: &Path<'_>, depth: usize) -> Option<Rule> {
        let value = map.get(key)?;
        let node_at = at;
        let at = &Path::Name(node_at, key);
        match key {
            "$schema" | "$comment" | "title" | "description" | "default" | "examples" | "deprecated" => None,
            "$defs" => {
                self.by_name(value, at, depth);
                None
            }
            "$ref" => self.reference(value, at),
            "type" => self.kinds(value, at).map(Rule::Type),
            "enum" => self.array(value, at).map(|values| Rule::Enum(values.to_vec())),
            "const" => Some(Rule::Const(value.clone())),
            "required" => self.names(value, at).map(Rule::Required),
            "dependentRequired" => self.dependent(value, at),
            "properties" => Some(Rule::Properties(self.by_name(value, at, depth))),
            "additionalProperties" => {
                let known = map.get("properties").and_then(Value::as_object);
                let known = known.map(|known| known.keys().cloned().collect()).unwrap_or_default();
                Some(Rule::Additional { known, rest: self.boxed(value, at, depth) })
            }
            "prefixItems" => self.list(value, at, depth).map(Rule::Prefix),
            "items" => {
                let from = map.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                Some(Rule::Items { from, each: self.boxed(value, at, depth) })
            }
            "minItems" => self.size("minItems", value, at),
            "maxItems" => self.size("maxItems", value, at),
            "minLength" => self.size("minLength", value, at),
            "maxLength" => self.size("maxLength", value, at),
            "uniqueItems" => match value.as_bool() {
                Some(unique) => unique.then_some(Rule::Unique),
                None => self.malformed(value, at, "true or false"),
            },
            "minimum" => self.bound("minimum", "at least", &[Ordering::Greater, Ordering::Equal], value, at),
            "maximum" => self.bound("maximum", "at most", &[Ordering::Less, Ordering::Equal], value, at),
            "exclusiveMinimum" => self.bound("exclusiveMinimum", "more than", &[Ordering::Greater], value, at),
            "exclusiveMaximum" => self.bound("exclusiveMaximum", "less than", &[Ordering::Less], value, at),
            "multipleOf" => match value.as_number().map(Decimal::of).filter(|unit| unit.is_positive()) {
                Some(unit) => Some(Rule::MultipleOf { unit, words: format!("a multiple of {}", to_canonical(value)) }),
                None => self.malformed(value, at, "a number above 0"),
            },
            "allOf" => self.list(value, at, depth).map(Rule::AllOf),
            "anyOf" => self.list(value, at, depth).map(Rule::AnyOf),
            "oneOf" => self.list(value, at, depth).map(Rule::OneOf),
            "not" => Some(Rule::Not(self.boxed(value, at, depth))),
            "if" => {
                let condition = self.boxed(value, at, depth);
                let [then, otherwise] = ["then", "else"].map(|branch| match map.get(branch) {
                    Some(schema) => self.boxed(schema, &Path::Name(node_at, branch), depth),
                    None => Box::new(Node::Any),
                });
                Some(Rule::If { condition, then, otherwise })
            }
            "then" | "else" => {
                if !map.contains_key("if") {
                    self.node(value, at, depth + 1);
                }
                None
            }
            "format" => match value.as_str().and_then(Format::from_name) {
                Some(format) => Some(Rule::Format(format)),
                None => self.malformed(value, at, Format::NAMES),
            },
            unknown => {
                let is_told = self.faults.len() < MOST_TOLD;
                let near = if is_told { nearest(unknown, KEYWORDS.iter().copied()) } else { Vec::new() };
                let expected = match near.first() {
                    Some(word) => format!("a supported keyword (perhaps \"{word}\")"),
                    None => "a supported keyword".to_owned(),
                };
                self.fault(at, "unsupportedKeyword", &expected, &format!("\"{}\"", shorten(unknown, 60)));
                None
            }
        }
    }

    fn malformed<T>(&mut self, value: &Value, at: &Path<'_>, expected: &str) -> Option<T> {
        self.fault(at, "malformedKeyword", expected, &describe(value));
        None
    }

    fn boxed(&mut self, schema: &'a Value, at: &Path<'_>, depth: usize) -> Box<Node> {
        Box::new(self.node(schema, at, depth + 1))
    }

    fn by_name(&mut self, value: &'a Value, at: &Path<'_>, depth: usize) -> ByName<Node> {
        let Some(map) = value.as_object() else {
            self.fault(at, "malformedKeyword", "an object of schemas", &describe(value));
            return ByName::default();
        };
        let mut nodes = ByName::default();
        for (name, schema) in map {
            nodes.insert(name, self.node(schema, &Path::Name(at, name), depth + 1));
        }
        nodes
    }

    fn array(&mut self, value: &'a Value, at: &Path<'_>) -> Option<&'a [Value]> {
        match value.as_array() {
            Some(items) if !items.is_empty() => Some(items),
            _ => self.malformed(value, at, "an array that is not empty"),
        }
    }

    fn list(&mut self, value: &'a Value, at: &Path<'_>, depth: usize) -> Option<Vec<Node>> {
        let items = self.array(value, at)?;
        Some(items.iter().enumerate().map(|(index, schema)| self.node(schema, &Path::Index(at, index), depth + 1)).collect())
    }

    fn kinds(&mut self, value: &'a Value, at: &Path<'_>) -> Option<Vec<Kind>> {
        let names = if value.is_string() { std::slice::from_ref(value) } else { self.array(value, at)? };
        let kinds: Option<Vec<Kind>> = names.iter().map(|name| name.as_str().and_then(Kind::from_name)).collect();
        let kinds = kinds.filter(|_| first_twins(names, &Work::unbounded()).is_none());
        kinds.or_else(|| {
            let found = glimpse(value);
            self.fault(at, "malformedKeyword", "null, boolean, integer, number, string, array, object, each once", &found);
            None
        })
    }

    fn names(&mut self, value: &Value, at: &Path<'_>) -> Option<Vec<String>> {
        let items = value.as_array().filter(|items| items.iter().all(Value::is_string) && first_twins(items, &Work::unbounded()).is_none());
        let names = items.and_then(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        if names.is_none() { self.malformed(value, at, "an array of strings, each once") } else { names }
    }

    fn dependent(&mut self, value: &Value, at: &Path<'_>) -> Option<Rule> {
        let Some(map) = value.as_object() else { return self.malformed(value, at, "an object of arrays of strings") };
        let mut dependent = Vec::new();
        for (name, needs) in map {
            let needs = self.names(needs, &Path::Name(at, name));
            dependent.extend(needs.map(|needs| (name.clone(), needs)));
        }
        Some(Rule::Dependent(dependent))
    }

    fn size(&mut self, keyword: &'static str, value: &Value, at: &Path<'_>) -> Option<Rule> {
        match as_uint(value) {
            Some(limit) => Some(Rule::Size { keyword, limit }),
            None => self.malformed(value, at, "a whole number that is not negative"),
        }
    }

    fn bound(&mut self, keyword: &'static str, words: &str, allowed: &'static [Ordering], value: &Value, at: &Path<'_>) -> Option<Rule> {
        match value.as_number() {
            Some(limit) => {
                let words = format!("{words} {}", to_canonical(value));
                Some(Rule::Bound { keyword, limit: Decimal::of(limit), words, allowed })
            }
            None => self.malformed(value, at, "a number"),
        }
    }

    fn reference(&mut self, value: &'a Value, at: &Path<'_>) -> Option<Rule> {
        let Some(reference) = value.as_str().filter(|reference| reference.starts_with(DEFS)) else {
            return self.malformed(value, at, "a reference that begins with #/$defs/");
        };
        let index = self.scope.find(reference).and_then(|place| self.places.index(place.target));
        if index.is_none() {
            self.fault(at, "$ref", "a reference to a schema that is there", &describe(value));
        }
        index.map(Rule::Ref)
    }

    /// A name with two meanings would make a shared schema depend on who uses it.
    fn refuse_shadows(&mut self, scope: &Scope<'a>) {
        let (Some(own), Some(shared)) = (scope.own, scope.shared) else { return };
        for name in own.keys().filter(|name| shared.contains_key(*name)) {
            let above = Path::From(scope.path);
            let at = Path::Name(&Path::Name(&above, "$defs"), name);
            self.fault(&at, "$defs", "a name that the shared $defs do not have", &format!("\"{}\"", shorten(name, 60)));
        }
    }
}
