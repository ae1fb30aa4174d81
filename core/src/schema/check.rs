//! A value against the rules: every violation at once, each at the pointer of the value that breaks the rule.

use super::equal::{Decimal, equal, first_twins, sorted};
use super::words::{closed_words, count_words};
use super::work::{Work, parts, units};
use super::{Format, Node, Rule, Schema, uri};
use crate::error::{MOST_NOTED, MOST_TOLD, Violation};
use crate::json::{MAX_DEPTH, Path, describe};
use crate::media::{self, MediaRules};
use crate::search::shorten;
use serde_json::{Map, Value};
use std::cell::Cell;

/// How deep schemas may follow each other for one value: far more than 64 levels of a value need.
const MAX_STEPS: usize = 256;

/// What it costs to say what is wrong, in units of work.
const TELLING: u64 = 16;

pub(super) fn check(schema: &Schema, value: &Value, media: &MediaRules) -> Vec<Violation> {
    let Some(parts) = parts(value, MAX_DEPTH) else {
        return vec![Violation::new("", "depth", format!("at most {MAX_DEPTH} levels"), "deeper nesting")];
    };
    let checker = Checker { schema, media, work: Work::of(parts), told: Cell::new(0), twins: Cell::default() };
    let mut out = Found::default();
    checker.node(&schema.root, value, &Path::From(""), 0, &mut out);
    if checker.work.is_spent() {
        // Nothing that was found until then is certain, and nothing is accepted without a whole check.
        return vec![Violation::new("", "work", "a value and rules that take less work to check", found(value))];
    }
    let found = out.list;
    let mut violations: Vec<Violation> = Vec::new();
    for index in sorted(found.len(), &|a, b| found.get(a).cmp(&found.get(b))) {
        violations.extend(found.get(index).filter(|violation| violations.last() != Some(*violation)).cloned());
    }
    violations
}

/// What was found, without the content of media.
fn found(value: &Value) -> String {
    value.as_str().and_then(media::describe).unwrap_or_else(|| describe(value))
}

/// What is wrong with a value.
#[derive(Default)]
struct Found {
    list: Vec<Violation>,
    /// How much there is: of very much, the list holds only the first.
    count: usize,
    /// Only whether anything is wrong is asked, so nothing is listed.
    is_mute: bool,
}

pub(super) struct Checker<'a> {
    pub(super) schema: &'a Schema,
    pub(super) media: &'a MediaRules,
    pub(super) work: Work,
    /// How many violations are listed, in all lists.
    told: Cell<usize>,
    /// The items that were last found to be equal.
    pub(super) twins: Cell<(usize, usize)>,
}

impl Checker<'_> {
    fn fits(&self, node: &Node, value: &Value, path: &Path<'_>, steps: usize) -> bool {
        let mut out = Found { is_mute: true, ..Found::default() };
        self.node(node, value, path, steps, &mut out);
        out.count == 0
    }

    /// Notes what is wrong. `words`: what was expected, and what was found.
    fn tell(&self, out: &mut Found, path: &Path<'_>, rule: &str, words: &dyn Fn() -> (String, String)) {
        out.count += 1;
        if !out.is_mute && self.told.get() < MOST_NOTED && self.work.spend(TELLING) {
            let (expected, actual) = words();
            self.told.set(self.told.get() + 1);
            out.list.push(Violation::new(path.text(), rule, expected, actual));
        }
    }

    /// Adds what another list holds.
    fn take(out: &mut Found, more: Found) {
        out.count += more.count;
        out.list.extend(more.list);
    }

    /// Forgets lists.
    fn forget(&self, lists: &[Found]) {
        let listed = lists.iter().map(|found| found.list.len()).sum();
        self.told.set(self.told.get().saturating_sub(listed));
    }

    fn node(&self, node: &Node, value: &Value, path: &Path<'_>, steps: usize, out: &mut Found) {
        if !self.work.spend(1) || (out.is_mute && out.count > 0) {
            return;
        }
        match node {
            Node::Any => {}
            Node::Never => self.tell(out, path, "false", &|| ("no value".to_owned(), found(value))),
            _ if steps > MAX_STEPS => self.tell(out, path, "depth", &|| ("a simpler value".to_owned(), found(value))),
            Node::Shared(index) => self.shared(*index, value, path, steps, out),
            Node::Rules(rules) => rules.iter().for_each(|rule| self.rule(rule, rules, value, path, steps + 1, out)),
        }
    }

    fn shared(&self, index: usize, value: &Value, path: &Path<'_>, steps: usize, out: &mut Found) {
        if let Some(target) = self.schema.targets.get(index) {
            self.node(&target.node, value, path, steps, out);
        }
    }

    /// One rule of a schema; `beside`: all of them.
    fn rule(&self, rule: &Rule, beside: &[Rule], value: &Value, path: &Path<'_>, steps: usize, out: &mut Found) {
        if !self.work.spend(1) {
            return;
        }
        match rule {
            Rule::AllOf(nodes) => nodes.iter().for_each(|node| self.node(node, value, path, steps, out)),
            Rule::AnyOf(nodes) => self.any_of(nodes, value, path, steps, out),
            Rule::OneOf(nodes) => self.one_of(nodes, value, path, steps, out),
            Rule::Not(node) => {
                if self.fits(node, value, path, steps) {
                    self.tell(out, path, "not", &|| (format!("anything but {}", self.summary(node)), found(value)));
                }
            }
            Rule::If { condition, then, otherwise } => {
                let branch = if self.fits(condition, value, path, steps) { then } else { otherwise };
                self.node(branch, value, path, steps, out);
            }
            Rule::Ref(index) => self.shared(*index, value, path, steps, out),
            _ => match value {
                Value::Object(map) => self.object(rule, beside, map, path, steps, out),
                Value::Array(items) => self.array(rule, items, path, steps, out),
                _ => {}
            },
        }
        if let Some(keyword) = self.broken(rule, value) {
            self.tell(out, path, keyword, &|| (self.expected(rule), found(value)));
        }
        if let (Rule::Format(Format::Media), Value::String(text)) = (rule, value) {
            // Where only the answer counts, the pointer does not.
            let at = if out.is_mute { String::new() } else { path.text() };
            if let Some(violation) = self.media.check(text, &at) {
                self.tell(out, path, "media", &|| (violation.expected.clone(), violation.actual.clone()));
            }
        }
    }

    fn object(&self, rule: &Rule, beside: &[Rule], map: &Map<String, Value>, path: &Path<'_>, steps: usize, out: &mut Found) {
        let missing = |names: &[String]| {
            self.work.spend(names.len() as u64);
            names.iter().filter(|name| !map.contains_key(*name)).cloned().collect::<Vec<_>>()
        };
        match rule {
            Rule::Required(names) => {
                for name in missing(names) {
                    self.tell(out, &Path::Name(path, &name), "required", &|| (self.member(beside, &name), "nothing".to_owned()));
                }
            }
            Rule::Dependent(dependent) => {
                for (name, needs) in dependent.iter().filter(|(name, _)| map.contains_key(name)) {
                    for need in missing(needs) {
                        let expected = || format!("a value, because \"{}\" is given", shorten(name, 60));
                        self.tell(out, &Path::Name(path, &need), "dependentRequired", &|| (expected(), "nothing".to_owned()));
                    }
                }
            }
            Rule::Properties(known) => {
                self.work.spend(known.len() as u64);
                for (name, node) in known.iter() {
                    if let Some(member) = map.get(name) {
                        self.node(node, member, &Path::Name(path, name), steps, out);
                    }
                }
            }
            Rule::Additional { known, rest } => {
                self.work.spend(map.len() as u64);
                // They are in the order of their map.
                for (name, member) in map.iter().filter(|(name, _)| known.binary_search(name).is_err()) {
                    let at = Path::Name(path, name);
                    if matches!(**rest, Node::Never) {
                        let is_told = self.told.get() < MOST_TOLD;
                        let words = || (closed_words(name, known, map, is_told), format!("\"{}\"", shorten(name, 60)));
                        self.tell(out, &at, "additionalProperties", &words);
                    } else {
                        self.node(rest, member, &at, steps, out);
                    }
                }
            }
            _ => {}
        }
    }

    fn array(&self, rule: &Rule, items: &[Value], path: &Path<'_>, steps: usize, out: &mut Found) {
        match rule {
            Rule::Prefix(nodes) => {
                for (index, (node, item)) in nodes.iter().zip(items).enumerate() {
                    self.node(node, item, &Path::Index(path, index), steps, out);
                }
            }
            Rule::Items { from, each } => {
                if matches!(**each, Node::Never) {
                    if items.len() > *from {
                        let words = || (count_words("at most", *from as u64, "item"), format!("an array of {}", items.len()));
                        self.tell(out, path, "items", &words);
                    }
                } else {
                    for (index, item) in items.iter().enumerate().skip(*from) {
                        self.node(each, item, &Path::Index(path, index), steps, out);
                    }
                }
            }
            _ => {}
        }
    }

    fn any_of(&self, nodes: &[Node], value: &Value, path: &Path<'_>, steps: usize, out: &mut Found) {
        let mut failures = Vec::new();
        for node in nodes {
            let failure = self.failure(node, value, path, steps, out.is_mute);
            if failure.count == 0 {
                self.forget(&failures);
                return;
            }
            failures.push(failure);
        }
        self.tell_closest(failures, path, out, &|| ("anyOf", format!("any of: {}", self.summaries(nodes)), found(value)));
    }

    fn one_of(&self, nodes: &[Node], value: &Value, path: &Path<'_>, steps: usize, out: &mut Found) {
        let failures: Vec<_> = nodes.iter().map(|node| self.failure(node, value, path, steps, out.is_mute)).collect();
        let fitting = failures.iter().filter(|failure| failure.count == 0).count();
        let expected = || format!("exactly one of: {}", self.summaries(nodes));
        match fitting {
            1 => self.forget(&failures),
            0 => self.tell_closest(failures, path, out, &|| ("oneOf", expected(), found(value))),
            several => {
                self.forget(&failures);
                self.tell(out, path, "oneOf", &|| (expected(), format!("{}, which fits {several} of them", found(value))));
            }
        }
    }

    fn failure(&self, node: &Node, value: &Value, path: &Path<'_>, steps: usize, is_mute: bool) -> Found {
        let mut out = Found { is_mute, ..Found::default() };
        self.node(node, value, path, steps, &mut out);
        out
    }

    /// Tells what is wrong with the one alternative that was meant, or else that it was none of them.
    fn tell_closest(&self, failures: Vec<Found>, path: &Path<'_>, out: &mut Found, words: &dyn Fn() -> (&'static str, String, String)) {
        if out.is_mute {
            out.count += 1;
            return;
        }
        let is_whole = failures.iter().all(|failure| failure.list.len() == failure.count);
        let meant = if is_whole { closest(&failures, &path.text()) } else { None };
        let mut told = false;
        for (index, failure) in failures.into_iter().enumerate() {
            if meant == Some(index) {
                Self::take(out, failure);
                told = true;
            } else {
                self.forget(&[failure]);
            }
        }
        if !told {
            let (rule, expected, actual) = words();
            self.tell(out, path, rule, &|| (expected.clone(), actual.clone()));
        }
    }

    /// The keyword of a rule about one value and not its members, if the rule is broken.
    fn broken(&self, rule: &Rule, value: &Value) -> Option<&'static str> {
        let work = &self.work;
        let (keyword, holds) = match (rule, value) {
            (Rule::Type(kinds), _) => ("type", kinds.iter().any(|kind| kind.is_of(value))),
            (Rule::Enum(values), _) => ("enum", values.iter().any(|known| equal(known, value, work))),
            (Rule::Const(known), _) => ("const", equal(known, value, work)),
            (Rule::Size { keyword, limit }, Value::Array(items)) => (*keyword, size_holds(keyword, "Items", *limit, || items.len())),
            (Rule::Size { keyword, limit }, Value::String(text)) => {
                work.spend(units(text.len()));
                (*keyword, size_holds(keyword, "Length", *limit, || text.chars().count()))
            }
            (Rule::Bound { keyword, limit, allowed, .. }, Value::Number(number)) => {
                (*keyword, allowed.contains(&Decimal::of(number).cmp(limit)))
            }
            (Rule::MultipleOf { unit, .. }, Value::Number(number)) => ("multipleOf", Decimal::of(number).is_multiple_of(*unit, work)),
            (Rule::Unique, Value::Array(items)) => {
                let twins = first_twins(items, work);
                self.twins.set(twins.unwrap_or_default());
                ("uniqueItems", twins.is_none())
            }
            (Rule::Format(format), Value::String(text)) => {
                work.spend(units(text.len()));
                match format {
                    Format::Uri => ("format", uri::is_uri(text)),
                    Format::DataUri => ("format", uri::is_data_uri(text)),
                    Format::Media => return None,
                }
            }
            _ => return None,
        };
        (!holds).then_some(keyword)
    }
}

/// The index of the one alternative that was meant, if only one can have been: the only one of this type,
/// or else the only one whose fixed values (of this value or of its direct members) are there.
fn closest(failures: &[Found], path: &str) -> Option<usize> {
    let only = |unfit: &dyn Fn(&Violation) -> bool| {
        let mut fitting = failures.iter().enumerate().filter(|(_, failure)| !failure.list.iter().any(unfit));
        fitting.next().filter(|_| fitting.next().is_none()).map(|(index, _)| index)
    };
    let wrong_type = |violation: &Violation| violation.path == path && matches!(violation.rule.as_str(), "type" | "false");
    let is_near = |violation: &Violation| violation.path.strip_prefix(path).is_some_and(|rest| rest.matches('/').count() <= 1);
    let wrong_value =
        |violation: &Violation| wrong_type(violation) || (is_near(violation) && matches!(violation.rule.as_str(), "const" | "enum"));
    only(&wrong_type).or_else(|| only(&wrong_value))
}

/// Whether a size holds; it does for a keyword about something other than `of`.
fn size_holds(keyword: &str, of: &str, limit: u64, size: impl Fn() -> usize) -> bool {
    let size = || u64::try_from(size()).unwrap_or(u64::MAX);
    !keyword.ends_with(of) || if keyword.starts_with("min") { size() >= limit } else { size() <= limit }
}
