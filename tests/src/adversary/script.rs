//! What a provider answers: the entries of a row's script, in order and by the kind of request, then what a good provider would say.

use super::http::{Answer, Asked, Fault};
use super::table;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Kinds of requests, as they stand in scripts.
pub(super) const KINDS: [&str; 7] = ["submit", "status", "result", "cancel", "list", "account", "file"];

/// Members of an entry.
pub(super) const MEMBERS: [&str; 14] =
    ["say", "id", "status", "headers", "body", "base64", "raw", "retryAfter", "fault", "hold", "billed", "times", "pad", "pause"];

/// What a request asks for, by its method and path: the same for every provider of the table.
pub(super) fn kind(asked: &Asked) -> &'static str {
    let path = asked.target.split('?').next().unwrap_or_default();
    let ends = |end: &str| path.ends_with(end);
    match asked.method.as_str() {
        _ if path.contains("/files/") => "file",
        "POST" | "PUT" | "DELETE" if ends("/cancel") => "cancel",
        "POST" => "submit",
        _ if ends("/account") || ends("/current-balance") => "account",
        _ if ends("/v1/jobs") || ends("/v1/tasks") => "list",
        // AIVideoMaker's details, which are asked for after the state.
        _ if path.contains("/v1/tasks/") && !ends("/status") => "result",
        _ => "status",
    }
}

/// The task that a request is about.
fn task_of(asked: &Asked) -> &str {
    let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
    let named = query.split('&').find_map(|item| item.strip_prefix("taskId="));
    let path = path.strip_suffix("/status").or(path.strip_suffix("/cancel")).unwrap_or(path);
    named.or_else(|| path.rsplit('/').next()).unwrap_or_default()
}

/// What is still to be answered.
pub(super) struct Script {
    answers: Map<String, Value>,
    entries: BTreeMap<String, Vec<Value>>,
    accepted: usize,
    /// The intent of the last submit.
    intent: String,
}

/// An answer, and what it means to a person who is billed.
pub(super) struct Said {
    pub(super) answer: Answer,
    pub(super) billed: bool,
    pub(super) task_id: Option<String>,
    pub(super) retry_after_ms: Option<u64>,
    /// It is kept back until it is let go.
    pub(super) hold: bool,
}

impl Script {
    pub(super) fn new(provider: &str) -> Self {
        Self { answers: table::answers(provider), entries: BTreeMap::new(), accepted: 0, intent: String::new() }
    }

    /// Adds entries behind those that are there.
    pub(super) fn extend(&mut self, script: &Value) {
        for (kind, entries) in script.as_object().into_iter().flatten() {
            let list = self.entries.entry(kind.clone()).or_default();
            for entry in entries.as_array().into_iter().flatten() {
                let times = entry["times"].as_u64().unwrap_or(1);
                list.extend((0..times).map(|_| entry.clone()));
            }
        }
    }

    /// The next answer to a request of this kind. `places` are the texts that stand for addresses and the key.
    pub(super) fn next(&mut self, kind: &str, asked: &Asked, places: &[(&str, &str)]) -> Said {
        let list = self.entries.entry(kind.to_owned()).or_default();
        let entry = if list.is_empty() { Value::Object(Map::new()) } else { list.remove(0) };
        let usual = match kind {
            "submit" => "accepted",
            "status" | "result" => "success",
            "cancel" => "cancelled",
            "list" => "listed",
            "account" => "balance",
            _ => "file",
        };
        // An entry that says something of its own starts from nothing.
        let own = ["status", "body", "base64", "raw"].iter().any(|name| entry.get(name).is_some());
        let word = entry["say"].as_str().or((!own).then_some(usual));
        let mut said = word.and_then(|word| self.answers.get(word)).and_then(Value::as_object).cloned().unwrap_or_default();
        said.extend(entry.as_object().cloned().unwrap_or_default());

        let status = said.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
        let billed = said.get("billed").and_then(Value::as_bool).unwrap_or(kind == "submit" && !(300..500).contains(&status));
        let id = match (said.get("id").and_then(Value::as_str), kind) {
            (Some(id), _) => id.to_owned(),
            (None, "submit") if billed => {
                self.accepted += 1;
                format!("t-{}", self.accepted)
            }
            (None, _) => task_of(asked).to_owned(),
        };
        if kind == "submit" {
            asked.headers.get("x-intent").and_then(Value::as_str).unwrap_or_default().clone_into(&mut self.intent);
        }
        let fill = |text: &str| {
            let text = text.replace("{id}", &id).replace("{intent}", &self.intent);
            places.iter().fold(text, |text, (name, value)| text.replace(name, value))
        };
        let raw = said.get("raw");
        let mut body = match (said.get("base64"), raw.or(said.get("body"))) {
            (Some(Value::String(text)), _) => BASE64_STANDARD.decode(text).unwrap_or_default(),
            (_, Some(Value::String(text))) => fill(text).into_bytes(),
            (_, Some(value)) => fill(&value.to_string()).into_bytes(),
            (_, None) => Vec::new(),
        };
        body.resize(
            body.len() + said.get("pad").and_then(Value::as_u64).and_then(|pad| usize::try_from(pad).ok()).unwrap_or_default(),
            b' ',
        );
        let mut headers: Vec<(String, String)> = said
            .get("headers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), fill(value.as_str().unwrap_or_default())))
            .collect();
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let wait = said.get("retryAfter").and_then(Value::as_u64);
        if let Some(seconds) = wait {
            headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        let word = said.get("fault").and_then(Value::as_str).unwrap_or_default();
        let fault = Fault::WORDS.into_iter().find(|(name, _)| *name == word).map_or(Fault::None, |(_, fault)| fault);
        let fault = if raw.is_some() { Fault::Raw } else { fault };
        Said {
            answer: Answer { status, headers, body, fault },
            billed: billed && fault != Fault::Unread,
            task_id: (kind == "submit" && billed).then_some(id),
            retry_after_ms: said.get("pause").and_then(Value::as_u64).or(wait).map(|seconds| seconds.saturating_mul(1_000)),
            hold: said.get("hold").and_then(Value::as_bool).unwrap_or_default(),
        }
    }
}
