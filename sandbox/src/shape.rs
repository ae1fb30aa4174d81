//! Answers in the shapes of the contract's samples: the sample that means what is to be said, with this task's values put where
//! the contract points. Where there is no such sample, the smallest answer that the contract's own rules would read so.

mod clock;
mod dress;
mod files;
mod refusal;
mod words;

#[cfg(feature = "server")]
pub(crate) use clock::http_date;

use crate::media::MediaKind;
use crate::pointer;
use crate::request::Answer;
use crate::task::{Outcome, Task};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use words::{fold, make_true, set_failure, set_progress, set_word, unfold};

/// The most ids of samples that are replaced by a task's own.
const IDS: usize = 64;

/// The samples of one contract, and where answers lead.
pub(crate) struct Shapes {
    contract: Value,
    /// The task ids that the samples have.
    ids: Vec<String>,
    /// The kinds of files that samples show.
    shown: BTreeSet<MediaKind>,
    /// The base URL that clients were given, without a slash at its end.
    pub(crate) base: String,
}

impl Shapes {
    pub(crate) fn new(contract: &Value, base: &str) -> Self {
        let mut shapes =
            Self { contract: contract.clone(), ids: Vec::new(), shown: BTreeSet::new(), base: base.trim_end_matches('/').to_owned() };
        shapes.shown = ["status", "result"].into_iter().flat_map(|key| shapes.samples(key)).filter_map(files::shown).collect();
        let mut ids = Vec::new();
        let pointers = shapes.id_pointers();
        for sample in ["submit", "status", "result"].into_iter().flat_map(|key| shapes.samples(key)) {
            ids.extend(pointers.iter().filter_map(|at| pointer::first(&sample["json"], at)?.as_str().map(str::to_owned)));
        }
        // Nothing stands everywhere, and so nowhere.
        ids.retain(|id| !id.is_empty());
        // The longest first, so that no id is cut out of another.
        ids.sort_by_key(|id| (std::cmp::Reverse(id.len()), id.clone()));
        ids.dedup();
        ids.truncate(IDS);
        shapes.ids = ids;
        shapes
    }

    /// Where task ids stand in replies.
    fn id_pointers(&self) -> Vec<String> {
        let submit = &self.contract["submit"];
        let first = if submit.is_array() { &submit[0] } else { submit };
        let mut pointers = pointer::list(&first["reply"]["taskId"]);
        pointers.extend(pointer::list(&self.contract["callback"]["taskId"]));
        pointers.into_iter().map(str::to_owned).collect()
    }

    fn samples(&self, key: &str) -> &[Value] {
        self.contract["samples"][key].as_array().map_or(&[], Vec::as_slice)
    }

    /// What a new task's id looks like: a sample's id, its last part made anew.
    pub(crate) fn id_like(&self, fresh: &str) -> String {
        let sample = self.samples("submit").iter().find(|sample| sample["is"] == "accepted");
        let sample = sample
            .and_then(|sample| self.id_pointers().iter().find_map(|at| pointer::first(&sample["json"], at)?.as_str().map(str::to_owned)));
        let kept = sample.as_deref().and_then(|id| id.rfind(['_', '-', '/']).map(|end| id[..=end].to_owned()));
        kept.unwrap_or_default() + fresh
    }

    fn answer(status: u64, headers: &Value, body: &Value) -> Answer {
        let mut answer = Answer::json(u16::try_from(status).unwrap_or(200), body);
        if status == 204 || body.is_null() {
            answer.body.clear();
        }
        for (name, value) in headers.as_object().into_iter().flatten() {
            answer.set_header(name, value.as_str().unwrap_or_default());
        }
        answer
    }

    /// The answer to an accepted submit.
    pub(crate) fn accepted(&self, task: &Task, now: u64) -> Answer {
        let sample = self.samples("submit").iter().find(|sample| sample["is"] == "accepted");
        let mut body = sample.map_or(json!({}), |sample| sample["json"].clone());
        if sample.is_none() {
            self.mark_ok(&mut body);
        }
        let pointers = self.id_pointers();
        let known = pointers.iter().find(|at| pointer::first(&body, at).is_some()).or_else(|| pointers.first());
        if let Some(at) = known {
            pointer::set(&mut body, at, Value::String(task.id.clone()));
        }
        // A submit that was kept open tells how far it has come.
        if now > task.created {
            let at = &self.contract["submit"]["reply"]["state"];
            let words = json!({"state": {"at": at, "words": self.contract["status"]["reply"]["state"]["words"]}});
            set_word(&words, task.state(now), None, false, &mut body);
        }
        self.dress(&mut body, task, now);
        let status = sample.and_then(|sample| sample["status"].as_u64()).unwrap_or(200);
        Self::answer(status, sample.map_or(&Value::Null, |sample| &sample["headers"]), &body)
    }

    /// How a task is, as `key` (`status` or `result`) tells it; `reply` is that operation's reply rules.
    pub(crate) fn state(&self, key: &str, reply: &Value, task: &Task, now: u64) -> Answer {
        let state = task.state(now);
        let failure = (state == "failed").then(|| task.failure());
        let fitting = |strict: bool| {
            self.samples(key).iter().find(|sample| {
                sample["is"] == state
                    && self.fits_files(sample, state, task)
                    && (!strict || failure.is_none_or(|code| sample["code"] == code))
            })
        };
        let exact = fitting(true);
        let running = |sample: &&Value| matches!(sample["is"].as_str(), Some("pending" | "processing"));
        // Where no word tells pending from processing, one sample stands for both.
        let early = || {
            if reply["state"].is_null() && matches!(state, "pending" | "processing") {
                self.samples(key).iter().find(running)
            } else {
                None
            }
        };
        let sample = exact.or_else(|| fitting(false)).or_else(early);
        let mut status = 200;
        let mut headers = Value::Null;
        let mut body = json!({});
        if let Some(sample) = sample {
            status = sample["status"].as_u64().unwrap_or(200);
            headers = sample["headers"].clone();
            body = sample["json"].clone();
        } else {
            // A reply that a rule reads so, else a running task's reply with another word.
            if let Some(running) = self.samples(key).iter().filter(running).find(|sample| sample["status"] == 200) {
                body = running["json"].clone();
            }
            self.mark_ok(&mut body);
            let rules = reply["rules"].as_array();
            let rule = rules
                .into_iter()
                .flatten()
                .find(|rule| rule["is"] == state && failure.is_none_or(|code| rule["code"].is_null() || rule["code"] == code));
            if let Some(rule) = rule {
                make_true(&rule["if"], &mut status, &mut headers, &mut body);
            }
        }
        let odd = task.odd && state == "processing";
        if odd || sample.is_none() {
            set_word(reply, state, failure, odd, &mut body);
        }
        let strings = unfold(reply, &mut body);
        if state == "success" && task.outcome == Outcome::Success {
            self.put_files(reply, task, &mut body);
        }
        if let Some(code) = failure {
            set_failure(reply, code, exact.is_some(), &mut body);
        }
        if let (Some(at), Some(end), false) =
            (pointer::list(&reply["costTimeMs"]).first(), task.end(), matches!(state, "pending" | "processing"))
        {
            pointer::set(&mut body, at, json!(end.saturating_sub(task.created)));
        }
        set_progress(&reply["progress"], task, now, &mut body);
        self.dress(&mut body, task, now);
        fold(&strings, &mut body);
        Self::answer(status, &headers, &body)
    }

    /// What a callback carries: a part of the reply of this operation, with the task's id and, where there is such a thing, a code that
    /// says that all went well, whatever became of the task.
    pub(crate) fn callback(&self, task: &Task, now: u64, key: &str, part: &str) -> String {
        let mut body = self.state(key, &self.contract[key]["reply"], task, now).to_json();
        self.mark_ok(&mut body);
        let pointers = self.id_pointers();
        let lacks_id = body.is_object() && !pointers.iter().any(|at| pointer::first(&body, at).is_some());
        if let Some(at) = pointers.first().filter(|_| lacks_id) {
            pointer::set(&mut body, at, Value::String(task.id.clone()));
        }
        pointer::first(&body, part).unwrap_or(&Value::Null).to_string()
    }

    /// A plain yes to a cancel or an account call; for an account with the balance at its place.
    pub(crate) fn fine(&self, key: &str, task: Option<(&Task, u64)>, balance: Option<&Value>) -> Answer {
        let sample =
            self.samples(key).iter().find(|sample| matches!(sample["is"].as_str(), Some("ok" | "accepted" | "cancelled" | "success")));
        let mut body = sample.map_or(json!({}), |sample| sample["json"].clone());
        if sample.is_none() {
            self.mark_ok(&mut body);
        }
        if let (Some(balance), Some(at)) = (balance, pointer::list(&self.contract[key]["reply"]["balance"]).first()) {
            pointer::set(&mut body, at, balance.clone());
        }
        if let Some((task, now)) = task {
            self.dress(&mut body, task, now);
        }
        let headers = sample.map_or(&Value::Null, |sample| &sample["headers"]);
        Self::answer(sample.and_then(|sample| sample["status"].as_u64()).unwrap_or(200), headers, &body)
    }

    /// The account's tasks, newest first.
    pub(crate) fn list<'a>(&self, reply: &Value, tasks: impl Iterator<Item = &'a Task>, now: u64) -> Answer {
        let items_at = pointer::list(&reply["items"]).first().copied().unwrap_or_default();
        let with_items =
            |sample: &&Value| pointer::first(&sample["json"], items_at).and_then(Value::as_array).is_some_and(|items| !items.is_empty());
        let fine = |sample: &&Value| sample["is"] == "ok";
        let sample = self.samples("list").iter().find(with_items).or_else(|| self.samples("list").iter().find(fine));
        let mut body = sample.map_or(json!({}), |sample| sample["json"].clone());
        let pattern = pointer::first(&body, items_at).and_then(|items| items.get(0)).cloned().unwrap_or(json!({}));
        let states = [&self.contract["result"]["reply"], &self.contract["status"]["reply"]];
        let items = tasks.map(|task| {
            let mut item = pattern.clone();
            let mut put = |name: &str, value: Value| {
                let pointers = pointer::list(&reply[name]);
                let at = pointers.iter().find(|at| pointer::first(&pattern, at).is_some()).or(pointers.first());
                if let Some(at) = at.filter(|at| !at.is_empty() || name == "taskId") {
                    pointer::set(&mut item, at, value);
                }
            };
            put("taskId", json!(task.id));
            put("model", json!(task.model));
            let created =
                pointer::list(&reply["createdAt"]).iter().find_map(|at| pointer::first(&pattern, at)).cloned().unwrap_or(json!(""));
            put("createdAt", clock::like(&created, task.created));
            put("reference", task.intent.as_ref().map_or(Value::Null, |intent| json!(intent)));
            if let Some(reply) =
                states.iter().find(|reply| pointer::list(&reply["state"]["at"]).iter().any(|at| pointer::first(&pattern, at).is_some()))
            {
                set_word(reply, task.state(now), None, false, &mut item);
            }
            item
        });
        let items = Value::Array(items.collect());
        pointer::set(&mut body, items_at, items);
        self.mark_ok(&mut body);
        Self::answer(200, sample.map_or(&Value::Null, |sample| &sample["headers"]), &body)
    }

    /// Whether a task can end as cancelled at all.
    pub(crate) fn knows_cancelled(&self) -> bool {
        let words = self.contract["status"]["reply"]["state"]["words"].as_object();
        words.into_iter().flatten().any(|(_, means)| means == "cancelled" || means[0] == "cancelled")
            || self.samples("status").iter().any(|sample| sample["is"] == "cancelled")
    }

    /// Takes the task id out of a body.
    pub(crate) fn without_id(&self, body: &mut Value) {
        for at in self.id_pointers() {
            pointer::change(body, &at, &mut |found| *found = Value::Null);
        }
    }

    /// The in-band code of success, where there is such a thing and the body has none.
    pub(crate) fn mark_ok(&self, body: &mut Value) {
        let ok = self.contract["inBand"]["ok"].as_array().and_then(|ok| ok.iter().find(|code| **code == 200).or(ok.first()));
        let pointers = pointer::list(&self.contract["inBand"]["at"]);
        let place = pointers.first().filter(|at| pointer::first(body, at).is_none());
        if let (Some(ok), Some(at)) = (ok, place) {
            pointer::set(body, at, ok.clone());
        }
    }
}
