//! Templates: bodies, headers, queries and paths with variables in them.
//!
//! `"$x"` is the whole value and is never concatenated; an absent variable drops its member, header or query item;
//! `"..."` spreads an object, and named members win; `$$` escapes. In paths `{x}` is one percent-encoded segment, `{x*}` several.

use crate::error::{Violation, note};
use crate::json::{self, nth, under};
use crate::search::shorten;
use crate::url::encode_segment;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What variables stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bindings<'a> {
    /// The model's own fields, which may be as large as the media in them.
    pub(crate) input: Option<&'a Value>,
    pub(crate) others: BTreeMap<String, Value>,
}

impl Bindings<'_> {
    /// What a name stands for.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.input.filter(|_| name == "input").or_else(|| self.others.get(name))
    }

    /// Binds a name to a text, where there is one.
    pub(crate) fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.others.insert(name.to_owned(), json::text(text));
        }
    }
}

/// A body with its variables filled in; `None` where the template is one absent variable.
pub(crate) fn fill(template: &Value, bindings: &Bindings<'_>) -> Option<Value> {
    match template {
        Value::String(text) => match text.strip_prefix('$') {
            Some(rest) if rest.starts_with('$') => Some(json::text(rest)),
            Some(name) => bindings.get(name).cloned(),
            None => Some(template.clone()),
        },
        Value::Array(items) => Some(Value::Array(items.iter().filter_map(|item| fill(item, bindings)).collect())),
        Value::Object(members) => {
            let mut filled = Map::new();
            if let Some(Value::Object(spread)) = members.get("...").and_then(|spread| fill(spread, bindings)) {
                filled = spread;
            }
            for (name, member) in members.iter().filter(|(name, _)| *name != "...") {
                if let Some(value) = fill(member, bindings) {
                    filled.insert(name.clone(), value);
                }
            }
            Some(Value::Object(filled))
        }
        _ => Some(template.clone()),
    }
}

/// A header or query value: the filled template as text.
pub(crate) fn fill_text(template: &Value, bindings: &Bindings<'_>) -> Option<String> {
    fill(template, bindings).as_ref().and_then(json::scalar_text)
}

/// The variables that the templates of a contract may name.
pub(crate) struct Variables<'a> {
    /// What every such template may name.
    of_all: &'static [&'static str],
    /// The names of the contract's options.
    options: Vec<&'a str>,
    /// What the contract derives from others, and what it keeps of the answer to a submit.
    own: Map<String, Value>,
}

impl<'a> Variables<'a> {
    /// What every call about a task may name.
    const OF_TASKS: &'static [&'static str] = &["model", "input", "taskId", "intentId", "callbackUrl", "callbackSecret"];
    /// Names that a fault tells.
    const MOST_TOLD: usize = 24;

    /// With those of one contract; `options` are in their order.
    pub(super) fn new(options: Vec<&'a str>, own: Map<String, Value>) -> Self {
        Self { of_all: Self::OF_TASKS, options, own }
    }

    /// Of calls about no task.
    pub(super) fn of(of_all: &'static [&'static str]) -> Self {
        Self { of_all, options: Vec::new(), own: Map::new() }
    }

    /// With one more.
    pub(super) fn add(&mut self, name: &str) {
        self.own.insert(name.to_owned(), Value::Null);
    }

    /// Whether there is one of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let is_option = || name.strip_prefix("option.").is_some_and(|option| self.options.binary_search(&option).is_ok());
        self.of_all.contains(&name) || self.own.contains_key(name) || is_option()
    }

    /// Which there are.
    pub(super) fn words(&self) -> String {
        let own = self.own.keys().map(String::as_str).map(str::to_owned);
        let options = self.options.iter().map(|name| format!("option.{name}"));
        let all = self.of_all.iter().copied().map(str::to_owned).chain(own).chain(options);
        let told: Vec<String> = all.take(Self::MOST_TOLD).map(|name| shorten(&name, 40)).collect();
        format!("one of the variables {}", told.join(", "))
    }
}

/// Reports every variable of a template that `known` does not know.
pub(crate) fn lint(template: &Value, path: &str, known: &Variables<'_>, faults: &mut Vec<Violation>) {
    match template {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('$').filter(|name| !name.starts_with('$')) {
                if !known.has(name) {
                    note(faults, path, "variable", &format!("{}; `$$` for a literal dollar sign", known.words()), &format!("${name}"));
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                lint(item, &nth(path, index), known, faults);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                lint(member, &under(path, name), known, faults);
            }
        }
        _ => {}
    }
}

/// A path with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathTemplate(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    One(String),
    Several(String),
}

impl PathTemplate {
    /// Reads `/api/{model}/x`; the fault in words where it is malformed.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if !text.starts_with('/') || !text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\')) {
            return Err("a path that begins with `/`, without query, fragment or white space");
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { return Err("a `}` for each `{`") };
            let (name, several) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
            if name.is_empty() {
                return Err("a variable's name between the braces");
            }
            parts.push(Part::Literal(literal.to_owned()));
            parts.push(if several { Part::Several(name.to_owned()) } else { Part::One(name.to_owned()) });
            rest = tail;
        }
        parts.push(Part::Literal(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The names of its variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Literal(_) => None,
            Part::One(name) | Part::Several(name) => Some(name.as_str()),
        })
    }

    /// The path with its variables filled in. `Err`: the variable that is missing or whose value cannot stand in a path.
    pub(crate) fn fill(&self, bindings: &Bindings<'_>) -> Result<String, String> {
        let mut path = String::new();
        for part in &self.0 {
            let (name, several) = match part {
                Part::Literal(literal) => {
                    path.push_str(literal);
                    continue;
                }
                Part::One(name) => (name, false),
                Part::Several(name) => (name, true),
            };
            let text = bindings.get(name).and_then(json::scalar_text).ok_or_else(|| name.clone())?;
            let segments: Vec<&str> = if several { text.split('/').collect() } else { vec![text.as_str()] };
            // An empty, `.` or `..` segment would name another place than the one meant.
            if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
                return Err(name.clone());
            }
            let encoded: Vec<String> = segments.into_iter().map(encode_segment).collect();
            path.push_str(&encoded.join("/"));
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bindings() -> Bindings<'static> {
        let value = json!({"input": {"prompt": "p", "model": "theirs"}, "model": "a/b c", "taskId": "t1", "up": "../x"});
        Bindings { input: None, others: value.as_object().unwrap().clone().into_iter().collect() }
    }

    #[test]
    fn absent_variables_drop_their_member_and_named_members_win_over_a_spread() {
        let template = json!({"...": "$input", "model": "$model", "provider": "$option.provider", "price": "$$5", "list": ["$nothing", 1]});
        assert_eq!(fill(&template, &bindings()), Some(json!({"prompt": "p", "model": "a/b c", "price": "$5", "list": [1]})));
    }

    #[test]
    fn a_path_takes_one_encoded_segment_or_several_and_no_way_up() {
        let path = |text| PathTemplate::parse(text).unwrap().fill(&bindings());
        assert_eq!(path("/g/{model}"), Ok("/g/a%2Fb%20c".to_owned()));
        assert_eq!(path("/g/{model*}/x"), Ok("/g/a/b%20c/x".to_owned()));
        assert_eq!(path("/g/{up*}"), Err("up".to_owned()));
        assert_eq!(path("/g/{none}"), Err("none".to_owned()));
        assert!(PathTemplate::parse("g/{x}").is_err() && PathTemplate::parse("/{x").is_err() && PathTemplate::parse("/{*}").is_err());
    }
}
