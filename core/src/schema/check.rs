//! A value against the rules: every violation at once, each at the pointer of the value that breaks the rule.

use super::equal::{Decimal, equal, first_twins, sorted};
use super::{Format, Kind, Node, Rule, Schema, nearest, uri};
use crate::error::{Violation, note};
use crate::json::{MAX_DEPTH, describe, nth, shorten, to_canonical, under};
use crate::media::{self, MediaRules};
use serde_json::{Map, Value};

/// How deep schemas may follow each other for one value: far more than 64 levels of a value need.
const MAX_STEPS: usize = 256;

/// How many values of an `enum` are named.
const MAX_NAMED: usize = 20;

pub(super) fn check(schema: &Schema, value: &Value, media: &MediaRules) -> Vec<Violation> {
    if is_deeper(value, MAX_DEPTH) {
        return vec![Violation::new("", "depth", format!("at most {MAX_DEPTH} levels"), "deeper nesting")];
    }
    let found = Checker { schema, media }.violations(&schema.root, value, "", 0);
    let mut violations: Vec<Violation> = Vec::new();
    for index in sorted(found.len(), &|a, b| found.get(a).cmp(&found.get(b))) {
        violations.extend(found.get(index).filter(|violation| violations.last() != Some(*violation)).cloned());
    }
    violations
}

/// Whether a value is nested deeper than `most`; without recursion, so that no value is too deep to ask.
fn is_deeper(value: &Value, most: usize) -> bool {
    let mut todo = vec![(value, 0_usize)];
    while let Some((value, above)) = todo.pop() {
        match value {
            Value::Array(_) | Value::Object(_) if above >= most => return true,
            Value::Array(items) => todo.extend(items.iter().map(|item| (item, above + 1))),
            Value::Object(map) => todo.extend(map.values().map(|member| (member, above + 1))),
            _ => {}
        }
    }
    false
}

/// What was found, without the content of media.
fn found(value: &Value) -> String {
    value.as_str().and_then(media::describe).unwrap_or_else(|| describe(value))
}

#[derive(Clone, Copy)]
struct Checker<'a> {
    schema: &'a Schema,
    media: &'a MediaRules,
}

impl Checker<'_> {
    fn violations(self, node: &Node, value: &Value, path: &str, steps: usize) -> Vec<Violation> {
        let mut out = Vec::new();
        self.node(node, value, path, steps, &mut out);
        out
    }

    fn fits(self, node: &Node, value: &Value, path: &str, steps: usize) -> bool {
        self.violations(node, value, path, steps).is_empty()
    }

    fn node(self, node: &Node, value: &Value, path: &str, steps: usize, out: &mut Vec<Violation>) {
        match node {
            Node::Any => {}
            Node::Never => note(out, path, "false", "no value", &found(value)),
            Node::Rules(_) if steps > MAX_STEPS => note(out, path, "depth", "a simpler value", &found(value)),
            Node::Rules(rules) => rules.iter().for_each(|rule| self.rule(rule, value, path, steps + 1, out)),
        }
    }

    fn rule(self, rule: &Rule, value: &Value, path: &str, steps: usize, out: &mut Vec<Violation>) {
        match rule {
            Rule::AllOf(nodes) => nodes.iter().for_each(|node| self.node(node, value, path, steps, out)),
            Rule::AnyOf(nodes) => self.any_of(nodes, value, path, steps, out),
            Rule::OneOf(nodes) => self.one_of(nodes, value, path, steps, out),
            Rule::Not(node) => {
                if self.fits(node, value, path, steps) {
                    note(out, path, "not", &format!("anything but {}", self.summary(node)), &found(value));
                }
            }
            Rule::If { condition, then, otherwise } => {
                let branch = if self.fits(condition, value, path, steps) { then } else { otherwise };
                self.node(branch, value, path, steps, out);
            }
            Rule::Ref(reference) => {
                if let Some(node) = self.schema.targets.get(reference) {
                    self.node(node, value, path, steps, out);
                }
            }
            _ => match value {
                Value::Object(map) => self.object(rule, map, path, steps, out),
                Value::Array(items) => self.array(rule, items, path, steps, out),
                _ => {}
            },
        }
        if let Some((keyword, expected)) = broken(rule, value) {
            note(out, path, keyword, &expected, &found(value));
        }
        if let (Rule::Format(Format::Media), Value::String(text)) = (rule, value) {
            out.extend(self.media.check(text, path));
        }
    }

    fn object(self, rule: &Rule, map: &Map<String, Value>, path: &str, steps: usize, out: &mut Vec<Violation>) {
        let at = |name: &str| under(path, name);
        match rule {
            Rule::Required(names) => {
                let missing = names.iter().filter(|name| !map.contains_key(*name));
                out.extend(missing.map(|name| Violation::new(at(name), "required", "a value", "nothing")));
            }
            Rule::Dependent(dependent) => {
                for (name, needs) in dependent.iter().filter(|(name, _)| map.contains_key(name)) {
                    let missing = needs.iter().filter(|need| !map.contains_key(*need));
                    let expected = format!("a value, because \"{name}\" is given");
                    out.extend(missing.map(|need| Violation::new(at(need), "dependentRequired", expected.clone(), "nothing")));
                }
            }
            Rule::Properties(known) => {
                for (name, node) in known.iter() {
                    if let Some(member) = map.get(name) {
                        self.node(node, member, &at(name), steps, out);
                    }
                }
            }
            Rule::Additional { known, rest } => {
                for (name, member) in map.iter().filter(|(name, _)| !known.contains(name)) {
                    if matches!(**rest, Node::Never) {
                        let found = format!("\"{}\"", shorten(name, 60));
                        note(out, &at(name), "additionalProperties", &closed_words(name, known, map), &found);
                    } else {
                        self.node(rest, member, &at(name), steps, out);
                    }
                }
            }
            _ => {}
        }
    }

    fn array(self, rule: &Rule, items: &[Value], path: &str, steps: usize, out: &mut Vec<Violation>) {
        match rule {
            Rule::Prefix(nodes) => {
                for (index, (node, item)) in nodes.iter().zip(items).enumerate() {
                    self.node(node, item, &nth(path, index), steps, out);
                }
            }
            Rule::Items { from, each } => {
                if matches!(**each, Node::Never) {
                    if items.len() > *from {
                        note(out, path, "items", &count_words("at most", *from as u64, "item"), &format!("an array of {}", items.len()));
                    }
                } else {
                    for (index, item) in items.iter().enumerate().skip(*from) {
                        self.node(each, item, &nth(path, index), steps, out);
                    }
                }
            }
            _ => {}
        }
    }

    fn any_of(self, nodes: &[Node], value: &Value, path: &str, steps: usize, out: &mut Vec<Violation>) {
        let mut failures = Vec::new();
        for node in nodes {
            let failure = self.violations(node, value, path, steps);
            if failure.is_empty() {
                return;
            }
            failures.push(failure);
        }
        match closest(&failures, path) {
            Some(violations) => out.extend(violations),
            None => note(out, path, "anyOf", &format!("any of: {}", self.summaries(nodes)), &found(value)),
        }
    }

    fn one_of(self, nodes: &[Node], value: &Value, path: &str, steps: usize, out: &mut Vec<Violation>) {
        let failures: Vec<_> = nodes.iter().map(|node| self.violations(node, value, path, steps)).collect();
        let fitting = failures.iter().filter(|failure| failure.is_empty()).count();
        let expected = || format!("exactly one of: {}", self.summaries(nodes));
        match fitting {
            1 => {}
            0 => match closest(&failures, path) {
                Some(violations) => out.extend(violations),
                None => note(out, path, "oneOf", &expected(), &found(value)),
            },
            several => note(out, path, "oneOf", &expected(), &format!("{}, which fits {several} of them", found(value))),
        }
    }

    fn summaries(self, nodes: &[Node]) -> String {
        let mut summaries: Vec<String> = Vec::new();
        for summary in nodes.iter().map(|node| self.summary(node)) {
            if !summaries.contains(&summary) {
                summaries.push(summary);
            }
        }
        shorten(&summaries.join("; "), 300)
    }

    /// A schema in a few words.
    fn summary(self, node: &Node) -> String {
        let rules = match node {
            Node::Any => return "any value".to_owned(),
            Node::Never => return "no value".to_owned(),
            Node::Rules(rules) => rules,
        };
        let (mut words, mut names) = (None, "");
        let mut required = String::new();
        for rule in rules {
            match rule {
                Rule::Const(known) => return constant(known),
                Rule::Enum(values) => return enum_words(values),
                Rule::Format(Format::Media) => return self.media.wanted(),
                Rule::Type(kinds) => words = Some(type_words(kinds)),
                Rule::Ref(reference) => names = reference.rsplit('/').next().unwrap_or_default(),
                Rule::Required(names) => required = format!(" with {}", names.join(", ")),
                Rule::Bound { words: bound, .. } | Rule::MultipleOf { words: bound, .. } => words = words.or_else(|| Some(bound.clone())),
                _ => {}
            }
        }
        match words {
            Some(words) => words + &required,
            None if !required.is_empty() => format!("an object{required}"),
            None if !names.is_empty() => names.to_owned(),
            None => "another form".to_owned(),
        }
    }
}

/// Rules about one value and not its members: the keyword and what was expected, if the rule is broken.
fn broken(rule: &Rule, value: &Value) -> Option<(&'static str, String)> {
    match (rule, value) {
        (Rule::Type(kinds), _) => (!kinds.iter().any(|kind| kind.is_of(value))).then(|| ("type", type_words(kinds))),
        (Rule::Enum(values), _) => (!values.iter().any(|known| equal(known, value))).then(|| ("enum", enum_words(values))),
        (Rule::Const(known), _) => (!equal(known, value)).then(|| ("const", constant(known))),
        (Rule::Size { keyword, limit }, Value::Array(items)) => size_fault(keyword, "Items", *limit, || items.len()),
        (Rule::Size { keyword, limit }, Value::String(text)) => size_fault(keyword, "Length", *limit, || text.chars().count()),
        (Rule::Bound { keyword, limit, words, allowed }, Value::Number(number)) => {
            (!allowed.contains(&Decimal::of(number).cmp(limit))).then(|| (*keyword, words.clone()))
        }
        (Rule::MultipleOf { unit, words }, Value::Number(number)) => {
            (!Decimal::of(number).is_multiple_of(*unit)).then(|| ("multipleOf", words.clone()))
        }
        (Rule::Unique, Value::Array(items)) => {
            first_twins(items).map(|(one, other)| ("uniqueItems", format!("different items (items {one} and {other} are equal)")))
        }
        (Rule::Format(Format::Uri), Value::String(text)) => (!uri::is_uri(text)).then(|| ("format", "an absolute URI".to_owned())),
        (Rule::Format(Format::DataUri), Value::String(text)) => (!uri::is_data_uri(text)).then(|| ("format", "a data URI".to_owned())),
        _ => None,
    }
}

/// The violations of the one alternative that was meant, if only one can have been: the only one of this type,
/// or else the only one whose fixed values (of this value or of its direct members) are there.
fn closest(failures: &[Vec<Violation>], path: &str) -> Option<Vec<Violation>> {
    let only = |unfit: &dyn Fn(&Violation) -> bool| {
        let mut fitting = failures.iter().filter(|failure| !failure.iter().any(unfit));
        fitting.next().filter(|_| fitting.next().is_none()).cloned()
    };
    let wrong_type = |violation: &Violation| violation.path == path && matches!(violation.rule.as_str(), "type" | "false");
    let is_near = |violation: &Violation| violation.path.strip_prefix(path).is_some_and(|rest| rest.matches('/').count() <= 1);
    let wrong_value =
        |violation: &Violation| wrong_type(violation) || (is_near(violation) && matches!(violation.rule.as_str(), "const" | "enum"));
    only(&wrong_type).or_else(|| only(&wrong_value))
}

fn type_words(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| kind.words()).collect::<Vec<_>>().join(" or ")
}

fn constant(value: &Value) -> String {
    shorten(&to_canonical(value), 60)
}

fn enum_words(values: &[Value]) -> String {
    let named: Vec<_> = values.iter().take(MAX_NAMED).map(constant).collect();
    match (values.len(), named.as_slice()) {
        (_, [only]) => only.clone(),
        (all, some) if all > some.len() => format!("one of {} and {} more", some.join(", "), all - some.len()),
        (_, some) => format!("one of {}", some.join(", ")),
    }
}

/// The keyword and what it expects, if a size breaks it; nothing for a keyword about something other than `of`.
fn size_fault(keyword: &'static str, of: &str, limit: u64, size: impl Fn() -> usize) -> Option<(&'static str, String)> {
    if !keyword.ends_with(of) {
        return None;
    }
    let size = u64::try_from(size()).unwrap_or(u64::MAX);
    let unit = if keyword.ends_with("Items") { "item" } else { "character" };
    let (broken, words) = if keyword.starts_with("min") { (size < limit, "at least") } else { (size > limit, "at most") };
    broken.then(|| (keyword, count_words(words, limit, unit)))
}

fn count_words(words: &str, limit: u64, unit: &str) -> String {
    format!("{words} {limit} {unit}{}", if limit == 1 { "" } else { "s" })
}

/// What a closed object expects in the place of an unknown property: the nearest name that is not given yet.
fn closed_words(name: &str, known: &[String], map: &Map<String, Value>) -> String {
    let free = known.iter().filter(|known| !map.contains_key(*known)).map(String::as_str);
    match nearest(name, free).first() {
        Some(near) => format!("no such property (perhaps \"{near}\")"),
        None if known.is_empty() => "no property".to_owned(),
        None => format!("one of {}", shorten(&known.join(", "), 300)),
    }
}
