//! How a reply about a task is read.

use super::State;
use super::calls::{code, state};
use super::condition::Condition;
use super::pointer::{self, Pointer};
use crate::by_name::ByName;
use crate::error::{ErrorCode, Violation, note};
use crate::json::{self, Fields, nth, under};
use serde_json::Value;

/// A rule that names a state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StateRule {
    pub(crate) when: Condition,
    pub(crate) is: State,
    pub(crate) code: Option<ErrorCode>,
}

/// How a reply about a task is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) parse: Vec<Pointer>,
    pub(crate) rules: Vec<StateRule>,
    pub(crate) state_at: Vec<Pointer>,
    pub(crate) words: ByName<(State, Option<ErrorCode>)>,
    pub(crate) files: Vec<FileRule>,
    pub(crate) progress: Option<Progress>,
    pub(crate) cost_time: Vec<Pointer>,
    pub(crate) error_code: Vec<Pointer>,
    pub(crate) error_message: Vec<Pointer>,
    pub(crate) error_codes: ByName<ErrorCode>,
}

/// Where result files stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileRule {
    pub(crate) at: Pointer,
    pub(crate) url: Option<Pointer>,
    pub(crate) kind: Option<String>,
    pub(crate) kind_at: Option<Pointer>,
    pub(crate) keyed: bool,
    /// Where the file's end stands, in Unix milliseconds, seconds or as an HTTP date.
    pub(crate) expires_at: Option<Pointer>,
}

/// Where progress stands, and what is all of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Progress {
    pub(crate) at: Vec<Pointer>,
    pub(crate) max: u64,
}

impl Reading {
    pub(super) fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let known = ["parse", "rules", "state", "files", "progress", "costTimeMs", "error"];
        let fields = Fields::open(value, path, &known, faults);
        let list = |name: &str, faults: &mut Vec<Violation>| pointer::load_at(&fields, name, faults);
        let mut reading = Self {
            parse: list("parse", faults),
            cost_time: list("costTimeMs", faults),
            progress: fields.get("progress").map(|value| Progress::load(value, &fields.at("progress"), faults)),
            ..Self::default()
        };
        for (index, item) in fields.array("rules", faults).iter().enumerate() {
            let rule = Fields::open(item, &nth(&fields.at("rules"), index), &["if", "is", "code"], faults);
            let when = Condition::load(rule.get("if"), &rule.at("if"), faults);
            let word = rule.need_string("is", faults);
            let is = state(&word, &rule.at("is"), faults).unwrap_or(State::Pending);
            reading.rules.push(StateRule { when, is, code: code(&rule, "code", faults) });
        }
        if let Some(value) = fields.get("state") {
            reading.load_words(value, &fields.at("state"), faults);
        }
        for (index, item) in fields.array("files", faults).iter().enumerate() {
            reading.files.extend(FileRule::load(item, &nth(&fields.at("files"), index), faults));
        }
        if let Some(value) = fields.get("error") {
            let error = Fields::open(value, &fields.at("error"), &["code", "message", "codes"], faults);
            reading.error_code = pointer::load_at(&error, "code", faults);
            reading.error_message = pointer::load_at(&error, "message", faults);
            if let Some(codes) = error.get("codes") {
                let inner = Fields::tolerant(codes, &error.at("codes"), faults);
                for (word, _) in error.members("codes", faults) {
                    if let Some(code) = code(&inner, word, faults) {
                        reading.error_codes.insert(word, code);
                    }
                }
            }
        }
        reading
    }

    fn load_words(&mut self, value: &Value, path: &str, faults: &mut Vec<Violation>) {
        let fields = Fields::open(value, path, &["at", "words"], faults);
        self.state_at = pointer::need_at(&fields, "at", faults);
        fields.need("words", faults);
        for (word, meaning) in fields.members("words", faults) {
            let at = under(&fields.at("words"), word);
            let (name, code_word) = match meaning {
                Value::String(name) => (Some(name.as_str()), None),
                Value::Array(pair) => (pair.first().and_then(Value::as_str), Some(pair.get(1).and_then(Value::as_str))),
                _ => (None, None),
            };
            let code = code_word.map(|word| word.and_then(ErrorCode::from_word));
            match (name.and_then(|name| state(name, &at, faults)), code) {
                (_, Some(None)) | (None, _) => {
                    note(faults, &at, "words", "a state, or [state, code]", &json::describe(meaning));
                }
                (Some(state), code) => {
                    self.words.insert(word, (state, code.flatten()));
                }
            }
        }
    }
}

impl Progress {
    fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, path, &["at", "max"], faults);
        let at = pointer::need_at(&fields, "at", faults);
        Self { at, max: fields.within("max", 1..=super::MOST, faults).unwrap_or(100) }
    }
}

impl FileRule {
    fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        let fields = Fields::open(value, path, &["at", "url", "kind", "kindAt", "fetch", "expiresAt"], faults);
        let one = |name: &str, faults: &mut Vec<Violation>| pointer::load_at(&fields, name, faults).into_iter().next();
        fields.need("at", faults);
        let at = one("at", faults)?;
        let kind = fields.string("kind", faults);
        if let Some(word) = kind.as_ref().filter(|word| !super::load::KINDS.contains(&word.as_str())) {
            note(faults, &fields.at("kind"), "enum", &super::load::KINDS.join(", "), word);
        }
        let keyed = match fields.string("fetch", faults).as_deref() {
            None | Some("public") => false,
            Some("key") => true,
            Some(word) => {
                note(faults, &fields.at("fetch"), "enum", "public or key", word);
                false
            }
        };
        Some(Self { at, url: one("url", faults), kind, kind_at: one("kindAt", faults), keyed, expires_at: one("expiresAt", faults) })
    }
}
