//! From a schema as JSON to rules: every fault is noted with its pointer, and the work goes on after it.

use super::equal::{Decimal, first_twins};
use super::{Format, Kind, Node, Rule, Schema, nearest};
use crate::by_name::ByName;
use crate::error::Violation;
use crate::json::{MAX_DEPTH, as_uint, describe, escape_segment, nth, shorten, to_canonical, under, unescape_segment};
use serde_json::{Map, Value};
use std::cmp::Ordering;

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

/// Where every reference begins.
const DEFS: &str = "#/$defs/";

pub(super) fn compile(schema: &Value, defs: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Schema> {
    let own = schema.get("$defs").and_then(Value::as_object);
    let mut compiler = Compiler { own, shared: defs.as_object(), path, todo: Vec::new(), failed: false, faults };
    let root = compiler.node(schema, path, 0);
    if !defs.is_null() {
        compiler.by_name(defs, "/$defs", 0);
    }
    compiler.refuse_shadows();
    let mut targets = ByName::default();
    let mut places = ByName::default();
    while let Some((reference, target, at)) = compiler.todo.pop() {
        if !targets.contains(&reference) {
            let node = compiler.node(target, &at, 0);
            targets.insert(&reference, node);
            places.insert(&reference, at);
        }
    }
    for (reference, at) in places.iter() {
        if returns_to_itself(reference, &targets) {
            compiler.fault(at.clone(), "$ref", "references that come to an end", format!("\"{reference}\", which leads back to itself"));
        }
    }
    (!compiler.failed).then_some(Schema { root, targets })
}

struct Compiler<'a, 'f> {
    own: Option<&'a Map<String, Value>>,
    shared: Option<&'a Map<String, Value>>,
    path: &'a str,
    /// The references that were met, with what they point to and where that is.
    todo: Vec<(String, &'a Value, String)>,
    failed: bool,
    faults: &'f mut Vec<Violation>,
}

impl<'a> Compiler<'a, '_> {
    fn fault(&mut self, at: impl Into<String>, rule: &str, expected: impl Into<String>, actual: impl Into<String>) {
        self.failed = true;
        let fault = Violation::new(at, rule, expected, actual);
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn node(&mut self, schema: &'a Value, at: &str, depth: usize) -> Node {
        if depth > MAX_DEPTH {
            self.fault(at, "depth", format!("at most {MAX_DEPTH} levels"), "deeper nesting");
            return Node::Any;
        }
        match schema {
            Value::Bool(true) => Node::Any,
            Value::Bool(false) => Node::Never,
            Value::Object(map) => Node::Rules(map.keys().filter_map(|key| self.rule(map, key, at, depth)).collect()),
            other => {
                self.fault(at, "type", "a schema: an object, true or false", describe(other));
                Node::Any
            }
        }
    }

    /// The rule of one keyword; `None` for an annotation, for what another keyword's rule holds, and after a fault.
    fn rule(&mut self, map: &'a Map<String, Value>, key: &str, at: &str, depth: usize) -> Option<Rule> {
        let value = map.get(key)?;
        let node_at = at;
        let at = &format!("{node_at}/{}", escape_segment(key));
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
                    Some(schema) => self.boxed(schema, &format!("{node_at}/{branch}"), depth),
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
                let near = nearest(unknown, KEYWORDS.iter().copied());
                let expected = match near.first() {
                    Some(word) => format!("a supported keyword (perhaps \"{word}\")"),
                    None => "a supported keyword".to_owned(),
                };
                self.fault(at, "unsupportedKeyword", expected, format!("\"{}\"", shorten(unknown, 60)));
                None
            }
        }
    }

    fn malformed<T>(&mut self, value: &Value, at: &str, expected: &str) -> Option<T> {
        self.fault(at, "malformedKeyword", expected, describe(value));
        None
    }

    fn boxed(&mut self, schema: &'a Value, at: &str, depth: usize) -> Box<Node> {
        Box::new(self.node(schema, at, depth + 1))
    }

    fn by_name(&mut self, value: &'a Value, at: &str, depth: usize) -> ByName<Node> {
        let Some(map) = value.as_object() else {
            self.fault(at, "malformedKeyword", "an object of schemas", describe(value));
            return ByName::default();
        };
        let mut nodes = ByName::default();
        for (name, schema) in map {
            nodes.insert(name, self.node(schema, &under(at, name), depth + 1));
        }
        nodes
    }

    fn array(&mut self, value: &'a Value, at: &str) -> Option<&'a [Value]> {
        match value.as_array() {
            Some(items) if !items.is_empty() => Some(items),
            _ => self.malformed(value, at, "an array that is not empty"),
        }
    }

    fn list(&mut self, value: &'a Value, at: &str, depth: usize) -> Option<Vec<Node>> {
        let items = self.array(value, at)?;
        Some(items.iter().enumerate().map(|(index, schema)| self.node(schema, &nth(at, index), depth + 1)).collect())
    }

    fn kinds(&mut self, value: &'a Value, at: &str) -> Option<Vec<Kind>> {
        let names = if value.is_string() { std::slice::from_ref(value) } else { self.array(value, at)? };
        let kinds: Option<Vec<Kind>> = names.iter().map(|name| name.as_str().and_then(Kind::from_name)).collect();
        let kinds = kinds.filter(|_| first_twins(names).is_none());
        kinds.or_else(|| {
            let found = shorten(&to_canonical(value), 60);
            self.fault(at, "malformedKeyword", "null, boolean, integer, number, string, array, object, each once", found);
            None
        })
    }

    fn names(&mut self, value: &Value, at: &str) -> Option<Vec<String>> {
        let items = value.as_array().filter(|items| first_twins(items).is_none());
        let names = items.and_then(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        if names.is_none() { self.malformed(value, at, "an array of strings, each once") } else { names }
    }

    fn dependent(&mut self, value: &Value, at: &str) -> Option<Rule> {
        let Some(map) = value.as_object() else { return self.malformed(value, at, "an object of arrays of strings") };
        let mut dependent = Vec::new();
        for (name, needs) in map {
            let needs = self.names(needs, &under(at, name));
            dependent.extend(needs.map(|needs| (name.clone(), needs)));
        }
        Some(Rule::Dependent(dependent))
    }

    fn size(&mut self, keyword: &'static str, value: &Value, at: &str) -> Option<Rule> {
        match as_uint(value) {
            Some(limit) => Some(Rule::Size { keyword, limit }),
            None => self.malformed(value, at, "a whole number that is not negative"),
        }
    }

    fn bound(&mut self, keyword: &'static str, words: &str, allowed: &'static [Ordering], value: &Value, at: &str) -> Option<Rule> {
        match value.as_number() {
            Some(limit) => {
                let words = format!("{words} {}", to_canonical(value));
                Some(Rule::Bound { keyword, limit: Decimal::of(limit), words, allowed })
            }
            None => self.malformed(value, at, "a number"),
        }
    }

    fn reference(&mut self, value: &Value, at: &str) -> Option<Rule> {
        let Some(reference) = value.as_str().filter(|reference| reference.starts_with(DEFS)) else {
            return self.malformed(value, at, "a reference that begins with #/$defs/");
        };
        let Some((target, place)) = self.find(reference) else {
            self.fault(at, "$ref", "a reference to a schema that is there", describe(value));
            return None;
        };
        self.todo.push((reference.to_owned(), target, place));
        Some(Rule::Ref(reference.to_owned()))
    }

    /// What a reference points to, and the pointer of that.
    fn find(&self, reference: &str) -> Option<(&'a Value, String)> {
        let pointer = unescape_percent(reference.strip_prefix(DEFS)?)?;
        let mut segments = pointer.split('/').map(unescape_segment);
        let name = segments.next()?;
        let own = self.own.and_then(|own| own.get(&name)).map(|target| (target, self.path));
        let (target, before) = own.or_else(|| Some((self.shared?.get(&name)?, "")))?;
        let target = segments.try_fold(target, |value, segment| match value {
            Value::Object(map) => map.get(&segment),
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        })?;
        Some((target, format!("{before}/$defs/{pointer}")))
    }

    /// A name with two meanings would make a shared schema depend on who uses it.
    fn refuse_shadows(&mut self) {
        let (Some(own), Some(shared)) = (self.own, self.shared) else { return };
        for name in own.keys().filter(|name| shared.contains_key(*name)) {
            let at = format!("{}/$defs/{}", self.path, escape_segment(name));
            self.fault(at, "$defs", "a name that the shared $defs do not have", format!("\"{}\"", shorten(name, 60)));
        }
    }
}

/// Whether following a reference without going into the value comes back to it: the check would never end.
fn returns_to_itself(reference: &str, targets: &ByName<Node>) -> bool {
    let mut reached = ByName::default();
    let mut next = vec![reference];
    while let Some(now) = next.pop() {
        let mut found = Vec::new();
        if let Some(node) = targets.get(now) {
            refs_in_place(node, &mut found);
        }
        if found.contains(&reference) {
            return true;
        }
        for found in found {
            if !reached.contains(found) {
                reached.insert(found, ());
                next.push(found);
            }
        }
    }
    false
}

/// The references that are followed for the same value as the node.
fn refs_in_place<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    let Node::Rules(rules) = node else { return };
    for rule in rules {
        match rule {
            Rule::Ref(reference) => found.push(reference),
            Rule::AllOf(nodes) | Rule::AnyOf(nodes) | Rule::OneOf(nodes) => nodes.iter().for_each(|node| refs_in_place(node, found)),
            Rule::Not(node) => refs_in_place(node, found),
            Rule::If { condition, then, otherwise } => [condition, then, otherwise].iter().for_each(|node| refs_in_place(node, found)),
            _ => {}
        }
    }
}

/// A URI fragment without its percent escapes; `None` if one is cut or the result is not UTF-8.
fn unescape_percent(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part.bytes().skip(2));
    }
    String::from_utf8(bytes).ok()
}
