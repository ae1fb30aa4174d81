//! Variables that are derived from others when a task is prepared.

use crate::by_name::ByName;
use crate::error::{Violation, note};
use crate::json::{self, Fields, under};
use crate::search::split_once;
use serde_json::Value;
use std::collections::BTreeMap;

/// Where a variable's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VarRule {
    /// Always this text.
    Constant(String),
    /// A part of another text.
    Cut { from: String, cut: Cut },
}

/// Which part of a text is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The path segments from the first index up to, not including, the second.
    Segments(usize, usize),
    /// What stands before the first of these; nothing where it does not occur.
    Before(String),
    /// What stands after the first of these; nothing where it does not occur.
    After(String),
    /// All of it.
    Whole,
}

/// The highest index of a segment.
const MOST_SEGMENTS: usize = 1_000;

impl VarRule {
    fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        if let Some(text) = json::scalar_text(value) {
            return Self::Constant(text);
        }
        let fields = Fields::open(value, path, &["from", "segments", "before", "after"], faults);
        let from = fields.need_string("from", faults);
        let index = |value| json::as_uint(value).and_then(|index| usize::try_from(index).ok()).unwrap_or(usize::MAX);
        let bounds: Vec<usize> = fields.array("segments", faults).iter().map(index).collect();
        let (before, after) = (fields.string("before", faults), fields.string("after", faults));
        let cut = match (fields.get("segments").is_some(), bounds.as_slice(), before, after) {
            (true, [start, end], None, None) if start < end && *end <= MOST_SEGMENTS => Cut::Segments(*start, *end),
            (false, _, Some(mark), None) if !mark.is_empty() => Cut::Before(mark),
            (false, _, None, Some(mark)) if !mark.is_empty() => Cut::After(mark),
            (false, _, None, None) => Cut::Whole,
            _ => {
                note(
                    faults,
                    path,
                    "vars",
                    "one of `segments` [start, end] with an end of at most 1000, `before` or `after`",
                    &json::describe(value),
                );
                Cut::Whole
            }
        };
        Self::Cut { from, cut }
    }

    fn value(&self, known: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        match self {
            Self::Constant(text) => Some(text.clone()),
            Self::Cut { from, cut } => {
                let text = known(from)?;
                let part = match cut {
                    Cut::Segments(start, end) => text.split('/').skip(*start).take(end - start).collect::<Vec<_>>().join("/"),
                    Cut::Before(mark) => split_once(&text, mark)?.0.to_owned(),
                    Cut::After(mark) => split_once(&text, mark)?.1.to_owned(),
                    Cut::Whole => text,
                };
                (!part.is_empty()).then_some(part)
            }
        }
    }
}

/// Reads the variables of a contract or of a model.
pub(super) fn load(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> ByName<VarRule> {
    let path = fields.at("vars");
    let mut rules = ByName::default();
    for (name, value) in fields.members("vars", faults) {
        rules.insert(name, VarRule::load(value, &under(&path, name), faults));
    }
    rules
}

/// The values of the contract's variables, the model's own rules first. A rule may use a variable that stands before it.
pub(crate) fn derive(rules: &ByName<VarRule>, own: &ByName<VarRule>, model: &str) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut all = rules.clone();
    for (name, rule) in own.iter() {
        all.insert(name, rule.clone());
    }
    for (name, rule) in all.iter() {
        let known = |from: &str| if from == "model" { Some(model.to_owned()) } else { values.get(from).cloned() };
        if let Some(value) = rule.value(&known) {
            values.insert(name.to_owned(), value);
        }
    }
    values
}
