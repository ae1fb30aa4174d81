//! What rules expect, in words for a person. Short, however large the rules are.

use super::check::Checker;
use super::{Format, Kind, Node, Rule, nearest};
use crate::json::glimpse;
use crate::search::shorten;
use serde_json::{Map, Value};

/// How many values of an `enum` are named, and how many alternatives are told.
const MAX_NAMED: usize = 20;

impl Checker<'_> {
    /// What a broken rule expects.
    pub(super) fn expected(&self, rule: &Rule) -> String {
        match rule {
            Rule::Type(kinds) => type_words(kinds),
            Rule::Enum(values) => enum_words(values),
            Rule::Const(known) => glimpse(known),
            Rule::Size { keyword, limit } => {
                let unit = if keyword.ends_with("Items") { "item" } else { "character" };
                count_words(if keyword.starts_with("min") { "at least" } else { "at most" }, *limit, unit)
            }
            Rule::Bound { words, .. } | Rule::MultipleOf { words, .. } => words.clone(),
            Rule::Unique => {
                let (one, other) = self.twins.get();
                format!("different items (items {one} and {other} are equal)")
            }
            Rule::Format(Format::Uri) => "an absolute URI".to_owned(),
            _ => "a data URI".to_owned(),
        }
    }

    /// What the schema of a member asks for, in a few words; `beside` are the rules of its object.
    pub(super) fn member(&self, beside: &[Rule], name: &str) -> String {
        let known = beside.iter().find_map(|rule| if let Rule::Properties(known) = rule { known.get(name) } else { None });
        let words = known.map(|node| self.summary(self.meant(node)));
        words.filter(|words| !["any value", "another form"].contains(&words.as_str())).unwrap_or_else(|| "a value".to_owned())
    }

    /// The schema that one without rules of its own refers to.
    fn meant<'a>(&'a self, node: &'a Node) -> &'a Node {
        let mut node = node;
        for _ in 0..MAX_NAMED {
            match node {
                Node::Rules(rules) if rules.len() == 1 => match rules.first() {
                    Some(Rule::Ref(index)) => node = self.schema.targets.get(*index).map_or(&Node::Any, |target| &target.node),
                    _ => return node,
                },
                _ => return node,
            }
        }
        node
    }

    /// Several schemas in a few words each.
    pub(super) fn summaries(&self, nodes: &[Node]) -> String {
        let mut summaries: Vec<String> = Vec::new();
        for summary in nodes.iter().take(MAX_NAMED).map(|node| self.summary(node)) {
            if !summaries.contains(&summary) {
                summaries.push(summary);
            }
        }
        shorten(&summaries.join("; "), 300)
    }

    /// A schema in a few words.
    pub(super) fn summary(&self, node: &Node) -> String {
        let rules = match node {
            Node::Any => return "any value".to_owned(),
            Node::Never => return "no value".to_owned(),
            // What is shared is a schema itself, never a reference to one.
            Node::Shared(index) => {
                return self.schema.targets.get(*index).map_or_else(String::new, |target| self.summary(&target.node));
            }
            Node::Rules(rules) => rules,
        };
        let (mut words, mut names) = (None, "");
        let mut required = String::new();
        for rule in rules {
            match rule {
                Rule::Const(known) => return glimpse(known),
                Rule::Enum(values) => return enum_words(values),
                Rule::Format(Format::Media) => return self.media.wanted(),
                Rule::Type(kinds) => words = Some(type_words(kinds)),
                Rule::Ref(index) => names = self.schema.targets.get(*index).map_or("", |target| target.name.as_str()),
                Rule::Required(names) => required = format!(" with {}", some_of(names)),
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

fn type_words(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| kind.words()).collect::<Vec<_>>().join(" or ")
}

fn enum_words(values: &[Value]) -> String {
    let named: Vec<_> = values.iter().take(MAX_NAMED).map(glimpse).collect();
    match (values.len(), named.as_slice()) {
        (_, [only]) => only.clone(),
        (all, some) if all > some.len() => format!("one of {} and {} more", some.join(", "), all - some.len()),
        (_, some) => format!("one of {}", some.join(", ")),
    }
}

pub(super) fn count_words(words: &str, limit: u64, unit: &str) -> String {
    format!("{words} {limit} {unit}{}", if limit == 1 { "" } else { "s" })
}

/// The first names of a list.
fn some_of(names: &[String]) -> String {
    let first = names.iter().take(2 * MAX_NAMED).map(|name| shorten(name, 60)).collect::<Vec<_>>().join(", ");
    let more = if names.len() > 2 * MAX_NAMED { ", ..." } else { "" };
    shorten(&first, 300) + more
}

/// What a closed object expects in the place of an unknown property: the nearest name that is not given yet, where that is to be looked for.
pub(super) fn closed_words(name: &str, known: &[String], map: &Map<String, Value>, is_told: bool) -> String {
    let candidates = if is_told { known } else { &[] };
    let free = candidates.iter().filter(|known| !map.contains_key(*known)).map(String::as_str);
    match nearest(name, free).first() {
        Some(near) => format!("no such property (perhaps \"{}\")", shorten(near, 60)),
        None if known.is_empty() => "no property".to_owned(),
        None => format!("one of {}", some_of(known)),
    }
}
