//! The calls of a contract: what is sent, and how the answer is read.

use super::State;
use super::condition::Condition;
use super::keep_open::KeepOpen;
use super::pointer::Pointer;
use super::reading::Reading;
use super::template::{self, PathTemplate, Variables};
use crate::by_name::ByName;
use crate::error::{ErrorCode, MOST_NOTED, Violation, note};
use crate::json::{self, Fields, nth, under};
use serde_json::{Map, Value};

/// What is sent: method, path, query, headers and body, with variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outline {
    pub(crate) method: String,
    pub(crate) path: Option<PathTemplate>,
    /// A variable that holds the whole URL; it must be on the base or on one of the contract's origins.
    pub(crate) url_from: Option<String>,
    pub(crate) parts: Overlay,
}

/// Parts of a request that can be laid over another's.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Overlay {
    pub(crate) query: Map<String, Value>,
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: Option<Value>,
}

impl Overlay {
    /// This with another one laid over it: its members win.
    pub(crate) fn under(&self, over: &Self) -> Self {
        let merge = |below: &Map<String, Value>, above: &Map<String, Value>| {
            let mut merged = below.clone();
            for (name, value) in above {
                merged.insert(name.clone(), value.clone());
            }
            merged
        };
        let body = match (&self.body, &over.body) {
            (Some(below), Some(above)) => Some(json::overlay(below, above.clone())),
            (below, above) => above.clone().or_else(|| below.clone()),
        };
        Self { query: merge(&self.query, &over.query), headers: merge(&self.headers, &over.headers), body }
    }

    pub(super) fn load(fields: &Fields<'_>, known: &Variables<'_>, faults: &mut Vec<Violation>) -> Self {
        let query = fields.object("query", faults);
        let headers = lower_case(fields.object("headers", faults));
        for (part, members) in [("query", &query), ("headers", &headers)] {
            for (name, value) in members {
                let at = under(&fields.at(part), name);
                if part == "headers" {
                    check_header(name, &at, faults);
                }
                template::lint(value, &at, known, faults);
                if json::scalar_text(value).is_none() {
                    note(faults, &at, "type", "a string, number or boolean", &json::describe(value));
                }
            }
        }
        let body = fields.get("body").cloned();
        if let Some(body) = &body {
            template::lint(body, &fields.at("body"), known, faults);
        }
        Self { query, headers, body }
    }

    /// Reads an overlay that stands on its own.
    pub(super) fn load_at(value: &Value, path: &str, known: &Variables<'_>, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, path, &["query", "headers", "body"], faults);
        Self::load(&fields, known, faults)
    }
}

fn lower_case(headers: Map<String, Value>) -> Map<String, Value> {
    let mut lower = Map::new();
    for (name, value) in headers {
        lower.insert(name.to_ascii_lowercase(), value);
    }
    lower
}

/// Members that every call may have.
pub(super) const OUTLINE: [&str; 7] = ["method", "path", "query", "headers", "body", "urlFrom", "encoding"];
/// `OUTLINE` and the reply.
pub(super) const CALL: [&str; 9] = ["method", "path", "query", "headers", "body", "urlFrom", "encoding", "save", "reply"];

impl Outline {
    pub(super) fn load(fields: &Fields<'_>, default_method: &str, known: &Variables<'_>, faults: &mut Vec<Violation>) -> Self {
        not_built(fields, "encoding", &["json"], faults);
        not_built(fields, "save", &[], faults);
        Self::load_any(fields, default_method, known, faults)
    }

    /// The same, whatever its body is.
    pub(super) fn load_any(fields: &Fields<'_>, default_method: &str, known: &Variables<'_>, faults: &mut Vec<Violation>) -> Self {
        let method = fields.string("method", faults).unwrap_or_else(|| default_method.to_owned());
        if !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()) {
            note(faults, &fields.at("method"), "enum", "GET, POST, PUT, PATCH or DELETE", &method);
        }
        let url_from = fields.get("urlFrom").and_then(|value| {
            let inner = Fields::open(value, &fields.at("urlFrom"), &["var"], faults);
            inner.need("var", faults);
            inner.string("var", faults)
        });
        let path = fields.string("path", faults).and_then(|text| match PathTemplate::parse(&text) {
            Ok(path) => Some(path),
            Err(expected) => {
                note(faults, &fields.at("path"), "path", expected, &text);
                None
            }
        });
        if fields.get("path").is_none() && url_from.is_none() {
            note(faults, &fields.at("path"), "required", "a path, or `urlFrom`", "nothing");
        }
        for name in path.iter().flat_map(PathTemplate::variables).chain(url_from.as_deref()) {
            if !known.has(name) {
                note(faults, &fields.at("path"), "variable", &known.words(), &format!("{{{name}}}"));
            }
        }
        Self { method, path, url_from, parts: Overlay::load(fields, known, faults) }
    }
}

/// A header's name is a token (RFC 9110): a client refuses any other.
pub(super) fn check_header(name: &str, at: &str, faults: &mut Vec<Violation>) {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)) {
        note(faults, at, "pattern", "a header's name: letters, digits and !#$%&'*+-.^_`|~", &json::describe(&json::text(name)));
    }
}

/// Parts of the format that this release does not build yet are refused by name.
fn not_built(fields: &Fields<'_>, name: &str, built: &[&str], faults: &mut Vec<Violation>) {
    if let Some(value) = fields.get(name).filter(|value| !value.as_str().is_some_and(|word| built.contains(&word))) {
        note(faults, &fields.at(name), "notBuilt", "a part of the format that this release builds", &json::describe(value));
    }
}

/// A request and how its answer is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Call<R> {
    pub(crate) outline: Outline,
    pub(crate) reply: R,
}

/// A submit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SubmitCall {
    pub(crate) outline: Outline,
    /// The variable that must be set for this submit to be chosen.
    pub(crate) if_var: Option<String>,
    pub(crate) with_callback: Option<Overlay>,
    /// How its provider is asked to keep it open.
    pub(crate) keep_open: Option<KeepOpen>,
    pub(crate) task_id: Vec<Pointer>,
    pub(crate) state_at: Vec<Pointer>,
    pub(crate) errors: Vec<ErrorRule>,
    /// Variables kept from the reply.
    pub(crate) keep: ByName<Vec<Pointer>>,
}

/// What a matched error rule says of a submit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubmitClass {
    Rejected,
    Maybe,
    Limited,
}

/// A rule that names the code of an error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorRule {
    pub(crate) when: Condition,
    pub(crate) code: ErrorCode,
    pub(crate) submit: Option<SubmitClass>,
}

/// The second call that fetches details.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResultCall {
    pub(crate) call: Call<Reading>,
    pub(crate) when: Vec<State>,
}

/// How a cancel is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirm {
    /// Its own 2xx is enough.
    Ack,
    /// A status call decides.
    Poll,
}

/// A cancel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CancelCall {
    pub(crate) outline: Outline,
    pub(crate) allowed: Vec<State>,
    pub(crate) confirm: Confirm,
    pub(crate) repeatable: bool,
    /// It erases a finished task: ask for its status first, and a 404 afterwards means cancelled.
    pub(crate) destroys_result: bool,
}

/// The account's tasks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListCall {
    pub(crate) outline: Outline,
    pub(crate) items: Vec<Pointer>,
    pub(crate) task_id: Vec<Pointer>,
    pub(crate) created: Vec<Pointer>,
    pub(crate) model: Vec<Pointer>,
    /// Where the provider echoes our intent id.
    pub(crate) reference: Vec<Pointer>,
}

/// The account's balance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AccountCall {
    pub(crate) outline: Outline,
    pub(crate) balance: Vec<Pointer>,
    pub(crate) unit: Option<String>,
}

/// Reads a list of error rules.
pub(super) fn error_rules(items: &[Value], path: &str, faults: &mut Vec<Violation>) -> Vec<ErrorRule> {
    let mut rules = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if faults.len() == MOST_NOTED {
            break;
        }
        let fields = Fields::open(item, &nth(path, index), &["if", "code", "submit"], faults);
        let when = Condition::load(fields.get("if"), &fields.at("if"), faults);
        fields.need("code", faults);
        let code = code(&fields, "code", faults);
        let submit = fields.string("submit", faults).and_then(|word| {
            let class = match word.as_str() {
                "rejected" => Some(SubmitClass::Rejected),
                "maybe" => Some(SubmitClass::Maybe),
                "limited" => Some(SubmitClass::Limited),
                _ => None,
            };
            if class.is_none() {
                note(faults, &fields.at("submit"), "enum", "rejected, maybe or limited", &word);
            }
            class
        });
        rules.push(ErrorRule { when, code: code.unwrap_or(ErrorCode::UnknownError), submit });
    }
    rules
}

/// Reads one of the stable codes.
pub(super) fn code(fields: &Fields<'_>, name: &str, faults: &mut Vec<Violation>) -> Option<ErrorCode> {
    let word = fields.string(name, faults)?;
    let code = ErrorCode::from_word(&word);
    if code.is_none() {
        note(faults, &fields.at(name), "enum", "a stable error code", &word);
    }
    code
}

/// Reads one of the six states.
pub(super) fn state(word: &str, path: &str, faults: &mut Vec<Violation>) -> Option<State> {
    let state = State::from_word(word);
    if state.is_none() {
        note(faults, path, "enum", "pending, processing, success, failed, cancelled or not_found", word);
    }
    state
}
