//! Writing into a reply what the contract would read there: state words, failures, progress, conditions, JSON inside strings.

use crate::pointer;
use crate::task::Task;
use serde_json::{Value, json};

/// Writes the provider's word for a state, unless the body has one already.
pub(super) fn set_word(reply: &Value, state: &str, failure: Option<&str>, odd: bool, body: &mut Value) {
    let words = reply["state"]["words"].as_object();
    let meaning = |word: &Value| word.as_str().or_else(|| word.get(0).and_then(Value::as_str)).map(str::to_owned);
    let pointers = pointer::list(&reply["state"]["at"]);
    let Some(at) = pointers.iter().find(|at| pointer::first(body, at).is_some()).or(pointers.first()) else { return };
    if odd {
        return pointer::set(body, at, json!("warming_up_gpu_7"));
    }
    let now = pointer::first(body, at).and_then(pointer::text);
    if now.is_some_and(|now| words.and_then(|words| words.get(&now)).and_then(meaning).as_deref() == Some(state)) {
        return;
    }
    let fitting = |strict: bool| {
        let mut found = words.into_iter().flatten().filter(|(_, means)| meaning(means).as_deref() == Some(state));
        found
            .find(|(_, means)| !strict || failure.is_none() || means.get(1).and_then(Value::as_str) == failure)
            .map(|(word, _)| word.clone())
    };
    if let Some(word) = fitting(true).or_else(|| fitting(false)) {
        let old = pointer::first(body, at).cloned();
        // Words compare as their text: a flag that was a number or a boolean stays one.
        let plain = old.filter(|old| !old.is_string()).and_then(|_| serde_json::from_str(&word).ok());
        pointer::set(body, at, plain.unwrap_or(Value::String(word)));
    }
}

/// Writes why a task failed: the provider's own code for it, where the contract maps one.
pub(super) fn set_failure(reply: &Value, code: &str, exact: bool, body: &mut Value) {
    let error = &reply["error"];
    let codes = error["codes"].as_object();
    let present = pointer::list(&error["code"]).into_iter().find(|at| pointer::first(body, at).is_some());
    let place = if present.is_none() { pointer::list(&error["code"]).first().copied() } else { None };
    let known = codes.into_iter().flatten().find(|(_, means)| *means == code);
    if let (Some(at), Some((word, _))) = (place, known) {
        pointer::set(body, at, json!(word));
    }
    let messages = pointer::list(&error["message"]);
    let said = messages.iter().find(|at| pointer::first(body, at).is_some());
    let place = said.or(messages.first()).filter(|_| !exact || said.is_none());
    if let Some(at) = place {
        let why = if code == "CONTENT_REJECTED" { "the content policy refused the prompt" } else { "the model failed" };
        pointer::set(body, at, json!(why));
    }
}

pub(super) fn set_progress(progress: &Value, task: &Task, now: u64, body: &mut Value) {
    let max = progress["max"].as_u64().unwrap_or(100);
    let permille = task.permille(now);
    let value = if max == 1 {
        json!(f64::from(u32::try_from(permille).unwrap_or_default()) / 1000.0)
    } else {
        json!(permille.saturating_mul(max) / 1000)
    };
    for at in pointer::list(&progress["at"]) {
        pointer::change(body, at, &mut |found| *found = value.clone());
    }
}

/// Turns strings that hold JSON into what they hold; which ones were strings. (Those that are absent will be.)
pub(super) fn unfold(reply: &Value, body: &mut Value) -> Vec<String> {
    let mut strings = Vec::new();
    for at in pointer::list(&reply["parse"]) {
        let mut was_json = pointer::first(body, at).is_none();
        pointer::change(body, at, &mut |found| {
            if let Some(parsed) = found.as_str().and_then(|text| serde_json::from_str(text).ok()) {
                *found = parsed;
                was_json = true;
            }
        });
        if was_json {
            strings.push(at.to_owned());
        }
    }
    strings
}

pub(super) fn fold(strings: &[String], body: &mut Value) {
    for at in strings {
        pointer::change(body, at, &mut |found| {
            if !found.is_string() {
                *found = Value::String(found.to_string());
            }
        });
    }
}

/// Makes a condition of the contract hold.
pub(super) fn make_true(condition: &Value, status: &mut u64, headers: &mut Value, body: &mut Value) {
    let several = condition.as_array().map_or(std::slice::from_ref(condition), Vec::as_slice);
    for test in several {
        let wanted = test["http"].as_array().map_or(&[][..], Vec::as_slice);
        let class = |wanted: &Value| wanted.as_str().and_then(|class| class.get(..1)?.parse::<u64>().ok());
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted.as_u64() == Some(*status) || class(wanted) == Some(*status / 100)) {
            *status = wanted[0].as_u64().or_else(|| class(&wanted[0]).map(|class| class * 100)).unwrap_or(*status);
        }
        let value = test["is"].get(0).or_else(|| test["has"].get(0)).cloned();
        if let (Some(name), Some(value)) = (test["header"].as_str(), &value) {
            if !headers.is_object() {
                *headers = json!({});
            }
            headers[name] = value.clone();
        }
        let Some(at) = pointer::list(&test["at"]).first().copied() else { continue };
        match (value, test["present"].as_bool()) {
            (Some(value), _) => pointer::set(body, at, value),
            (None, Some(true)) if pointer::first(body, at).is_none() => pointer::set(body, at, json!("yes")),
            (None, Some(false)) => pointer::set(body, at, Value::Null),
            _ => {}
        }
    }
}
