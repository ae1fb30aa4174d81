//! The rows, as they stand in `tests/adversary/`, and the contracts that they run under.

use super::script;
use crate::contracts;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Languages that run the table.
pub const LANGUAGES: [&str; 4] = ["rust", "python", "npm", "swift"];

/// One scenario.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file that it stands in, without its end.
    pub family: String,
    /// What happens, in a sentence.
    pub name: String,
    /// All of it.
    pub value: Value,
}

impl Row {
    /// The steps, in order.
    pub fn steps(&self) -> &[Value] {
        self.value["steps"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it runs in this language; else it says why not.
    pub fn runs_in(&self, language: &str) -> bool {
        self.value["not"].get(language).is_none()
    }

    /// The provider that it is like.
    pub fn provider(&self) -> &str {
        self.value["contract"]["like"].as_str().or(self.value["contract"].as_str()).unwrap_or("lab")
    }

    /// The contract of its clients: the provider's, with the row's patch and a further one over it.
    pub fn contract(&self, further: &Value) -> Value {
        let mut contract = provider(self.provider());
        // Every submit names its intent, so that what the provider saw can be told apart.
        merge(&mut contract, &json!({"submit": {"headers": {"x-intent": "$intentId"}}, "samples": null}));
        merge(&mut contract, &self.value["contract"]["patch"]);
        merge(&mut contract, further);
        contract
    }
}

fn folder() -> PathBuf {
    contracts::root().join("adversary")
}

/// Every row, family by family.
///
/// # Panics
/// Where a file cannot be read: there is nothing to run.
pub fn rows() -> Vec<Row> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    let rows = files.iter().flat_map(|path| {
        let family = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file = read(path);
        let rows = file["rows"].as_array().cloned().unwrap_or_default();
        rows.into_iter().map(move |mut value| {
            inherit(&mut value, &file["like"]);
            expand(&mut value);
            Row { family: family.clone(), name: value["name"].as_str().unwrap_or_default().to_owned(), value }
        })
    });
    rows.collect()
}

/// Fills a row in that says what it is like: the pattern of its file, with the row's own members over it, `first` over the first step and
/// `second` over the second.
fn inherit(value: &mut Value, patterns: &Value) {
    let Some(pattern) = value.get("like").and_then(Value::as_str).and_then(|word| patterns.get(word)) else { return };
    let mut whole = pattern.clone();
    let mut own = value.as_object_mut().map(std::mem::take).unwrap_or_default();
    own.remove("like");
    let steps = ["first", "second"].map(|name| own.remove(name).unwrap_or_default());
    merge(&mut whole, &Value::Object(own));
    for (number, own) in steps.iter().enumerate() {
        if let Some(step) = whole["steps"].get_mut(number) {
            merge(step, own);
        }
    }
    *value = whole;
}

/// Replaces the texts that stand for what is too large to be written: `{deep 63}`, objects in one another, and `{urls 85000}`, files.
fn expand(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(expand),
        Value::Object(members) => members.values_mut().for_each(expand),
        Value::String(text) => {
            let large = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).and_then(|text| text.split_once(' '));
            let large = large.and_then(|(word, count)| Some((word, count.parse::<usize>().ok()?)));
            match large {
                Some(("deep", count)) => *value = (1..count).fold(json!({}), |inner, _| json!({"a": inner})),
                Some(("urls", count)) => *value = (0..count).map(|_| json!({"url": "u"})).collect(),
                _ => {}
            }
        }
        _ => {}
    }
}

fn read(path: &PathBuf) -> Value {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn provider(name: &str) -> Value {
    match name {
        "lab" => read(&folder().join("providers/lab.json")),
        name => contracts::load(name).source().clone(),
    }
}

/// The provider's answers by their words.
pub(super) fn answers(provider: &str) -> Map<String, Value> {
    read(&folder().join("providers/answers.json"))[provider].as_object().cloned().unwrap_or_default()
}

/// RFC 7396: objects are merged, `null` takes away, all else replaces.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        if !patch.is_null() {
            *target = patch.clone();
        }
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Value::Object(members) = target else { return };
    for (name, value) in patch {
        match value {
            Value::Null => drop(members.remove(name)),
            Value::Object(_) => merge(members.entry(name.clone()).or_insert(Value::Null), value),
            value => drop(members.insert(name.clone(), value.clone())),
        }
    }
}

/// Members of a row.
const ROW: [&str; 9] = ["name", "why", "not", "contract", "client", "honours", "provider", "steps", "then"];
/// Members of the objects of a row, by where they stand.
const PARTS: [(&str, &[&str]); 5] = [
    ("/contract", &["like", "patch"]),
    ("/client", &["requestTimeout", "poll", "maxReadRetries", "gate"]),
    ("/honours", &["header", "seconds"]),
    ("/then", &["posts", "billed", "foreign", "requests", "records", "after"]),
    ("/then/after", &["posts", "billed", "foreign", "requests", "records"]),
];
/// Members of a store's fault.
const FAULT: [&str; 6] = ["on", "phase", "nth", "times", "fault", "words"];
/// What a step may expect.
const EXPECT: [&str; 18] = [
    "ok",
    "status",
    "taskId",
    "code",
    "message",
    "retryAfter",
    "billing",
    "intentId",
    "violations",
    "files",
    "value",
    "data",
    "replies",
    "raises",
    "says",
    "saysNot",
    "suggests",
    "suggestsNot",
];
/// Steps and what each takes beside `do`, `why` and `expect`.
const STEPS: [(&str, &[&str]); 32] = [
    ("submit", &["as", "client", "key", "owner", "model", "input", "options", "timeout", "background"]),
    ("createGeneration", &["as", "client", "key", "owner", "model", "input", "options", "background"]),
    ("wait", &["as", "client", "task", "timeout", "background"]),
    ("updates", &["as", "client", "task", "timeout", "background"]),
    ("check", &["as", "client", "task", "force", "background"]),
    ("cancel", &["as", "client", "task", "background"]),
    ("adopt", &["as", "client", "task", "taskId", "background"]),
    ("discard", &["client", "task"]),
    ("look", &["client", "task"]),
    ("resume", &["as", "client", "timeout", "background"]),
    ("getStatus", &["client", "taskId", "model"]),
    ("getTask", &["client", "taskId", "model"]),
    ("cancelTask", &["client", "taskId", "model"]),
    ("account", &["client"]),
    ("remoteTasks", &["client"]),
    ("unresolved", &["client"]),
    ("tasks", &["client", "owner"]),
    ("find", &["client", "key", "owner"]),
    ("prune", &["client", "olderThan"]),
    ("download", &["client", "task"]),
    ("kill", &["client", "contract", "base"]),
    ("client", &["as", "contract", "base", "account", "apiKey"]),
    ("close", &["client"]),
    ("await", &["as"]),
    ("until", &["kind", "count"]),
    ("asleep", &["count"]),
    ("asked", &["count"]),
    ("pause", &[]),
    ("release", &[]),
    ("clock", &["advance", "back", "sleep", "still", "jump"]),
    ("store", &["faults", "edit", "task"]),
    ("key", &["fails", "holds", "letGo", "words"]),
];
/// Steps of the provider's own.
const PROVIDER: (&str, &[&str]) = ("provider", &["extend", "listen"]);

/// What is wrong with how the rows are written.
pub fn faults(rows: &[Row]) -> Vec<String> {
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    for row in rows {
        let mut note = |what: String| faults.push(format!("{}: \"{}\": {what}", row.family, row.name));
        if row.name.is_empty() || !names.insert(&row.name) {
            note("its name is empty, or another row has it".to_owned());
        }
        unknown(&row.value, &ROW, &mut note);
        for (place, members) in PARTS {
            unknown(row.value.pointer(place).unwrap_or(&Value::Null), members, &mut note);
        }
        for (kind, entries) in row.value["provider"].as_object().into_iter().flatten() {
            if !script::KINDS.contains(&kind.as_str()) {
                note(format!("there is no request of the kind {kind}"));
            }
            for entry in entries.as_array().into_iter().flatten() {
                unknown(entry, &script::MEMBERS, &mut note);
                let word = entry["say"].as_str();
                if word.is_some_and(|word| !answers(row.provider()).contains_key(word)) {
                    note(format!("{} does not say {}", row.provider(), entry["say"]));
                }
            }
        }
        for (language, why) in row.value["not"].as_object().into_iter().flatten() {
            if !LANGUAGES.contains(&language.as_str()) || !why.is_string() {
                note(format!("{language}: no language of the table, or without a reason"));
            }
        }
        for step in row.steps() {
            let word = step["do"].as_str().unwrap_or_default();
            match STEPS.iter().chain([&PROVIDER]).find(|(name, _)| *name == word) {
                Some((_, members)) => unknown(step, &[members, &["do", "why", "expect"][..]].concat(), &mut note),
                None => note(format!("there is no step \"{word}\"")),
            }
            unknown(&step["expect"], &EXPECT, &mut note);
            for fault in step["faults"].as_array().into_iter().flatten() {
                unknown(fault, &FAULT, &mut note);
            }
        }
    }
    faults
}

fn unknown(value: &Value, known: &[&str], note: &mut impl FnMut(String)) {
    for name in value.as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| !known.contains(&name.as_str())) {
        note(format!("nothing reads \"{name}\""));
    }
}
