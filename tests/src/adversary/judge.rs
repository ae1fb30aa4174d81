//! What a row must bring: its own expectations, and what must hold after each row, whatever happened in it.
//!
//! Told by a runner: the outcome of each step, as `{"reply": the seven fields}`, `{"handle": {"intentId", "taskId"}}`,
//! `{"replies": [{"intentId", "reply"}]}` or `{"value": anything}`, with `"raised"`, the name of the exception, and `"text"`, its words, where
//! the step failed. When the row is over it tells an outcome of no step, and does what follows every row: whatever is under way ends, and an
//! hour later a fresh client resumes. Then it gives the trace: `{"records": those of the row's end, "after": those of the end, "texts": everything
//! that was stored or told}`.

use super::provider::{Entry, Provider, Seen};
use gentask_core::internal::FINAL_POLL_GRACE_MS;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A wait may end a moment after its time: its last question travels.
const GRACE_MS: u64 = FINAL_POLL_GRACE_MS + 1_000;
/// A provider's wish is kept for a day at most.
const LONGEST_PAUSE_MS: u64 = 86_400_000;
/// Steps about one stored task.
const ABOUT_A_TASK: [&str; 6] = ["wait", "check", "cancel", "adopt", "discard", "look"];

/// Everything that is wrong with a row, in words.
pub fn judge(provider: &Provider, trace: &Value) -> Vec<String> {
    let (log, seen) = (provider.log(), provider.seen());
    let seen = seen.as_slice();
    let mut faults = Faults::default();
    expectations(provider, seen, &mut faults);
    let list = |name: &str| trace[name].as_array().cloned().unwrap_or_default();
    let (records, after) = (list("records"), list("after"));
    let end = seen.iter().find(|one| one.step.is_none()).map_or(log.len(), |one| one.log);
    let then = filled(&provider.row().value["then"], provider);
    afterwards("then", &then, &log[..end], &records, &mut faults);
    afterwards("then, after it was resumed", &then["after"], &log, &after, &mut faults);

    one_payment_an_intent(&log, &mut faults);
    repeated_as_it_was(&log, &mut faults);
    comes_to_an_end(seen, &mut faults);
    every_payment_is_known(provider, seen, &log, &after, &mut faults);
    told_truly(provider, seen, &log, &mut faults);
    final_is_final(seen, &log, &mut faults);
    pauses_are_kept(&log, &mut faults);
    the_key_stays_at_home(provider, seen, &log, trace, &mut faults);
    waits_end(provider, seen, &mut faults);
    faults.0
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn note(&mut self, fault: String) {
        self.0.push(fault);
    }
}

/// An outcome as rows expect it: the seven fields and what stands in `data`, side by side.
fn flat(outcome: &Value) -> Value {
    let reply = &outcome["reply"];
    let mut flat = json!({
        "ok": reply.get("ok").cloned().unwrap_or(json!(outcome["raised"].is_null())),
        "status": reply["status"],
        "taskId": reply.get("taskId").cloned().unwrap_or(outcome["handle"]["taskId"].clone()),
        "code": reply["errorCode"],
        "message": reply["errorMessage"],
        "retryAfter": reply["retryAfter"],
        "billing": reply["data"]["billing"],
        "intentId": reply["data"].get("intentId").cloned().unwrap_or(outcome["handle"]["intentId"].clone()),
        "violations": reply["data"].get("violations").cloned().unwrap_or(json!([])),
        "suggestions": reply["data"].get("suggestions").cloned().unwrap_or(json!([])),
        "files": reply["data"]["files"].as_array().map_or(0, Vec::len),
        "data": reply["data"],
    });
    for name in ["raised", "value", "hung", "skipped"] {
        flat[name] = outcome[name].clone();
    }
    let replies = outcome["replies"].as_array().into_iter().flatten();
    flat["replies"] = replies.map(flat_one).collect();
    flat
}

fn flat_one(resumed: &Value) -> Value {
    let mut one = flat(&json!({"reply": resumed["reply"]}));
    if one["intentId"].is_null() {
        one["intentId"] = resumed["intentId"].clone();
    }
    one
}

/// Every reply that an outcome holds.
fn replies(outcome: &Value) -> Vec<Value> {
    let flat = flat(outcome);
    let mut all: Vec<Value> = flat["replies"].as_array().cloned().unwrap_or_default();
    all.push(flat);
    all
}

fn expectations(provider: &Provider, seen: &[Seen], faults: &mut Faults) {
    for (number, step) in provider.row().steps().iter().enumerate() {
        let word = step["do"].as_str().unwrap_or_default();
        let Some(one) = seen.iter().find(|seen| seen.step == Some(number)) else {
            faults.note(format!("step {number} ({word}) was not done"));
            continue;
        };
        let flat = flat(&one.outcome);
        if flat["hung"] == true {
            faults.note(format!("step {number} ({word}) hung"));
        } else if flat["skipped"] != true {
            let expected = filled(&step["expect"], provider);
            expect(&format!("step {number} ({word})"), &expected, &flat, faults);
        }
    }
}

/// Whoever comes back later does not hang either.
fn comes_to_an_end(seen: &[Seen], faults: &mut Faults) {
    if seen.iter().any(|one| one.step.is_none() && one.outcome["hung"] == true) {
        faults.note("always: what came after the row hung".to_owned());
    }
}

fn filled(value: &Value, provider: &Provider) -> Value {
    serde_json::from_str(&provider.fill(&value.to_string())).unwrap_or_default()
}

fn expect(what: &str, expected: &Value, flat: &Value, faults: &mut Faults) {
    for (name, wanted) in expected.as_object().into_iter().flatten() {
        let words = |texts: &Value| -> Vec<String> {
            let texts = texts.as_array().unwrap_or_else(|| panic!("{what}: {name} is a list of words, not {texts}"));
            texts.iter().map(|text| text.as_str().unwrap_or_default().to_lowercase()).collect()
        };
        let (text, wanted_not) = match name.trim_end_matches("Not") {
            // What is not to be said stands nowhere.
            "says" if name.ends_with("Not") => (flat, true),
            "says" => (&flat["message"], false),
            "suggests" => (&flat["suggestions"], name.ends_with("Not")),
            "replies" => {
                for one in wanted.as_array().into_iter().flatten() {
                    if !flat["replies"].as_array().into_iter().flatten().any(|reply| fits_reply(one, reply)) {
                        faults.note(format!("{what}: no reply is like {one}, of {}", flat["replies"]));
                    }
                }
                continue;
            }
            // The same class in the languages that have it.
            "raises" if flat["raised"].is_null() && flat["ok"] == false => continue,
            "raises" => {
                if flat["raised"] != *wanted {
                    faults.note(format!("{what}: it raised {}, not {wanted}", flat["raised"]));
                }
                continue;
            }
            _ => {
                if !fits(wanted, &flat[name]) {
                    faults.note(format!("{what}: {name} is {}, not {wanted}; {}", flat[name], short(flat)));
                }
                continue;
            }
        };
        let text = text.to_string().to_lowercase();
        for word in words(wanted) {
            if text.contains(&word) == wanted_not {
                faults.note(format!("{what}: {name} {word:?}: {text}"));
            }
        }
    }
}

fn fits_reply(wanted: &Value, reply: &Value) -> bool {
    let mut faults = Faults::default();
    expect("", wanted, reply, &mut faults);
    faults.0.is_empty()
}

/// Whether a value is what a row wants: `{"any": [...]}` one of these, `{"some": true}` anything or nothing but null, an object at least
/// these members.
fn fits(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Object(members) if members.len() == 1 && members.contains_key("any") => {
            members["any"].as_array().into_iter().flatten().any(|one| fits(one, value))
        }
        Value::Object(members) if members.len() == 1 && members.contains_key("some") => value.is_null() != (members["some"] == true),
        Value::Object(members) => members.iter().all(|(name, wanted)| fits(wanted, &value[name])),
        Value::Array(items) => {
            let values = value.as_array().map(Vec::as_slice).unwrap_or_default();
            items.len() == values.len() && items.iter().zip(values).all(|(wanted, value)| fits(wanted, value))
        }
        wanted => wanted == value,
    }
}

fn short(flat: &Value) -> String {
    let one = |name: &str| format!("{name}: {}", flat[name]);
    ["status", "code", "billing", "taskId", "intentId", "message", "raised"].map(one).join(", ")
}

/// What the row says about its end.
fn afterwards(when: &str, then: &Value, log: &[Entry], records: &[Value], faults: &mut Faults) {
    let count = |keeps: &dyn Fn(&Entry) -> bool| log.iter().filter(|entry| keeps(entry)).count();
    let mut compare = |what: &str, wanted: &Value, found: usize| {
        if !wanted.is_null() && *wanted != json!(found) {
            faults.note(format!("{when}: {what}: {found}, not {wanted}"));
        }
    };
    compare("submits that arrived", &then["posts"], count(&|entry| entry.kind == "submit" && entry.arrived && !entry.foreign));
    compare("submits that are paid for", &then["billed"], count(&|entry| entry.billed));
    compare("requests to the foreign server", &then["foreign"], count(&|entry| entry.foreign));
    for (kind, wanted) in then["requests"].as_object().into_iter().flatten() {
        compare(kind, wanted, count(&|entry| entry.kind == kind && !entry.foreign));
    }
    if let Some(wanted) = then["records"].as_array() {
        compare("records", &json!(wanted.len()), records.len());
        for one in wanted {
            if !records.iter().any(|record| fits(one, record)) {
                faults.note(format!("{when}: no record is like {one}, of {}", json!(records)));
            }
        }
    }
}

fn submits(log: &[Entry]) -> impl Iterator<Item = (usize, &Entry)> {
    log.iter().enumerate().filter(|(_, entry)| entry.kind == "submit" && !entry.foreign)
}

fn one_payment_an_intent(log: &[Entry], faults: &mut Faults) {
    let mut paid: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, entry) in submits(log).filter(|(_, entry)| entry.billed) {
        *paid.entry(entry.intent().unwrap_or("of no intent")).or_default() += 1;
    }
    for (intent, count) in paid.into_iter().filter(|(_, count)| *count > 1) {
        faults.note(format!("always: intent {intent} was paid {count} times"));
    }
}

/// What is sent again for an intent is what was sent first.
fn repeated_as_it_was(log: &[Entry], faults: &mut Faults) {
    let mut first: BTreeMap<&str, &Entry> = BTreeMap::new();
    for (number, entry) in submits(log).filter(|(_, entry)| entry.arrived) {
        let before = *first.entry(entry.intent().unwrap_or_default()).or_insert(entry);
        if ["target", "body"].iter().any(|part| entry.request[part] != before.request[part]) {
            faults.note(format!("always: request {number} repeats a submit and is another: {}, not {}", entry.request, before.request));
        }
    }
}

fn every_payment_is_known(provider: &Provider, seen: &[Seen], log: &[Entry], records: &[Value], faults: &mut Faults) {
    for (_, entry) in submits(log).filter(|(_, entry)| entry.billed) {
        let intent = entry.intent().unwrap_or_default();
        let Some(record) = records.iter().find(|record| record["intentId"] == intent) else {
            faults.note(format!("always: intent {intent} was paid for and has no record"));
            continue;
        };
        let names = |value: &Value| entry.task_id.as_deref().is_some_and(|id| value == id);
        let open = ["unresolved", "submitting", "prepared"].iter().any(|phase| record["phase"] == *phase);
        // A person has decided without an answer.
        let settled = provider.row().steps().iter().enumerate().any(|(number, step)| {
            let told = seen.iter().find(|seen| seen.step == Some(number)).map(|seen| flat(&seen.outcome));
            let word = step["do"].as_str().unwrap_or_default();
            told.is_some_and(|told| (word == "adopt" && told["ok"] == true) || (word == "discard" && told["status"] == "cancelled"))
        });
        let damaged = record["damaged"] == true;
        if !(names(&record["taskId"]) || names(&record["conflict"]["taskId"]) || open || settled || damaged) {
            let task = entry.task_id.as_deref().unwrap_or_default();
            faults.note(format!("always: task {task} was paid for, and the record of {intent} does not name it: {record}"));
        }
    }
}

/// No reply says that nothing was spent on what had arrived, or advises to submit it again, unless a person has just given it up.
fn told_truly(provider: &Provider, seen: &[Seen], log: &[Entry], faults: &mut Faults) {
    for one in seen {
        for flat in replies(&one.outcome) {
            let Some(intent) = flat["intentId"].as_str() else { continue };
            let billed = submits(&log[..one.log.min(log.len())]).any(|(_, entry)| entry.billed && entry.intent() == Some(intent));
            let what = step(one);
            if billed && flat["billing"] == "none" {
                faults.note(format!("always: {what} says `billing: none` about {intent}, which was paid for; {}", short(&flat)));
            }
            if flat["ok"] == false && flat["suggestions"] == json!([]) {
                faults.note(format!("always: {what} fails and suggests nothing; {}", short(&flat)));
            }
            let decided = one.step.is_some_and(|number| provider.row().steps()[number]["do"] == "discard");
            let advice = flat["suggestions"].to_string().to_lowercase().replace("do not submit again", "");
            if billed && !decided && advice.contains("submit again") {
                faults.note(format!("always: {what} suggests to submit again what was paid for; {}", flat["suggestions"]));
            }
        }
    }
}

fn step(seen: &Seen) -> String {
    seen.step.map_or_else(|| "what came after the row".to_owned(), |number| format!("step {number}"))
}

/// What a caller was told to be over is never sent afterwards.
fn final_is_final(seen: &[Seen], log: &[Entry], faults: &mut Faults) {
    for one in seen {
        for flat in replies(&one.outcome) {
            let Some(intent) = flat["intentId"].as_str() else { continue };
            let invites = flat["suggestions"].to_string().to_lowercase().replace("do not submit again", "").contains("submit again");
            let is_end = flat["status"] == "failed" || flat["status"] == "cancelled";
            let over = flat["ok"] == false && flat["billing"] == "none" && (is_end || invites);
            // It may say that it is not over.
            let warns = [&flat["message"], &flat["suggestions"]].iter().any(|text| text.to_string().contains("resume"));
            if let Some((number, _)) = submits(log).find(|(number, entry)| *number >= one.log && entry.intent() == Some(intent))
                && over
                && !warns
            {
                faults.note(format!("always: {} called {intent} over, and request {number} sent it; {}", step(one), short(&flat)));
            }
        }
    }
}

/// No request inside a pause that was asked for: of the account after a failed answer, of the task after another.
fn pauses_are_kept(log: &[Entry], faults: &mut Faults) {
    for (number, asked) in log.iter().enumerate() {
        let (Some(pause), Some((first, at))) = (asked.retry_after_ms, asked.answered) else { continue };
        let until = at + pause.min(LONGEST_PAUSE_MS);
        for (later, entry) in log.iter().enumerate().skip(first).filter(|(_, entry)| entry.kind != "file" && !entry.foreign) {
            let same_account =
                entry.header("authorization").or(entry.header("key")) == asked.header("authorization").or(asked.header("key"));
            let same_task = entry.request["target"] == asked.request["target"] && entry.kind == asked.kind && asked.kind != "submit";
            let bound = if asked.status >= 400 { same_account } else { same_task };
            // By a clock that went back in between nobody can tell how long the pause was.
            if bound && entry.at.is_some_and(|now| now >= at && now < until) {
                let early = until - entry.at.unwrap_or_default();
                let (first, second) = (asked.kind, entry.kind);
                faults.note(format!(
                    "always: request {later} ({second}) came {early} ms inside the pause that request {number} ({first}) was given"
                ));
            }
        }
    }
}

fn the_key_stays_at_home(provider: &Provider, seen: &[Seen], log: &[Entry], trace: &Value, faults: &mut Faults) {
    let key = provider.key();
    for (number, entry) in log.iter().enumerate().filter(|(_, entry)| entry.foreign) {
        if entry.request.to_string().contains(key) {
            faults.note(format!("always: request {number} took the key to another server: {}", entry.request));
        }
    }
    for one in seen.iter().filter(|one| one.outcome.to_string().contains(key)) {
        faults.note(format!("always: {} tells the key: {}", step(one), one.outcome));
    }
    for part in trace.as_object().into_iter().flatten().filter(|(_, part)| part.to_string().contains(key)) {
        faults.note(format!("always: the key stands in the {}: {}", part.0, part.1));
    }
}

fn waits_end(provider: &Provider, seen: &[Seen], faults: &mut Faults) {
    for one in seen {
        let Some(step) = one.step.and_then(|number| provider.row().steps().get(number)) else { continue };
        let (Some(timeout), Some(took)) = (step["timeout"].as_f64(), one.outcome["tookMs"].as_f64()) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a few seconds")]
        if took > timeout * 1_000.0 + GRACE_MS as f64 {
            faults.note(format!("always: {} took {took} ms, and had {timeout} s", self::step(one)));
        }
        let task = ABOUT_A_TASK.iter().any(|word| step["do"] == *word);
        let flat = flat(&one.outcome);
        if task && flat["ok"] == false && flat["intentId"].is_null() {
            faults.note(format!("always: {} is about a stored task and does not name it; {}", self::step(one), short(&flat)));
        }
    }
}
