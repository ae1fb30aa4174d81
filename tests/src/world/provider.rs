//! An honest provider in the shapes of `vectors/contracts/example.json`. It counts what it accepted, by intent and by job: that is what
//! costs money.

use super::Chance;
use super::callbacks::{Hooks, News};
use super::contract::Kind;
use gentask_core::{BodyEnd, HttpRequest, HttpResponse, Operation};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How long a key is remembered, in milliseconds.
pub(super) const KEY_MS: u64 = 200_000;

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Success,
    Failure,
    /// The submit is refused with this status.
    Refusal(u16),
}

/// A provider and its tasks.
#[derive(Debug)]
pub(super) struct Provider {
    honours_keys: bool,
    /// How many media were uploaded.
    uploads: u64,
    /// The revision of the contract whose key it honours.
    pub(super) revision: u64,
    /// What it does with submits, in hundredths: refused, failing.
    refuses: u64,
    fails: u64,
    pub(super) task_ms: u64,
    pub(super) hooks: Hooks,
    /// What it means to tell callback URLs.
    pub(super) outbox: Vec<News>,
    tasks: BTreeMap<String, Task>,
    keys: BTreeMap<String, (String, u64)>,
}

/// A task that was accepted.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// The intent that its submit named.
    pub(super) intent: String,
    /// The job that its prompt names.
    pub(super) job: usize,
    pub(super) made: u64,
    pub(super) fate: Fate,
    pub(super) cancelled: bool,
    pub(super) erased: bool,
    /// The URL that its submit named for callbacks, or the account's.
    pub(super) calls: Option<String>,
    /// What signed callbacks said of it: as good as its answers, even where they contradict them.
    pub(super) said: Vec<&'static str>,
}

impl Provider {
    pub(super) fn new(kind: Kind, hooks: Hooks, chance: &mut Chance) -> Self {
        let slow_ms = 2_000 + chance.below(chance.clone().pick(&[5_000, 60_000, 120_000]));
        let task_ms = hooks.task_ms.unwrap_or(slow_ms);
        let (refuses, fails) = (chance.pick(&[0, 0, 10, 40]), chance.pick(&[0, 20, 50]));
        Self {
            honours_keys: kind.keyed,
            revision: 1,
            uploads: 0,
            refuses,
            fails,
            task_ms,
            hooks,
            outbox: Vec::new(),
            tasks: BTreeMap::new(),
            keys: BTreeMap::new(),
        }
    }

    /// What signed callbacks say of a task from now on.
    pub(super) fn says(&mut self, id: &str, word: &'static str) {
        if let Some(task) = self.tasks.get_mut(id) {
            task.said.push(word);
        }
    }

    pub(super) fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.get(id)
    }

    pub(super) fn tasks(&self) -> impl Iterator<Item = (&String, &Task)> {
        self.tasks.iter()
    }

    /// When a task ends by itself.
    pub(super) fn end_of(&self, task: &Task) -> u64 {
        task.made + self.task_ms
    }

    /// The ids of the tasks that were made for an intent.
    pub(super) fn made_for(&self, intent: &str) -> Vec<String> {
        self.tasks.iter().filter(|(_, task)| task.intent == intent).map(|(id, _)| id.clone()).collect()
    }

    /// What it does with a request that arrived whole.
    pub(super) fn answer(&mut self, request: &HttpRequest, now: u64, chance: &mut Chance) -> HttpResponse {
        match request.operation {
            Operation::Submit => self.submit(request, now, chance),
            Operation::List => {
                let tasks: Vec<Value> = self.tasks.iter().map(|(id, task)| json!({"id": id, "reference": task.intent})).collect();
                answer(200, &json!({"code": 200, "tasks": tasks}))
            }
            Operation::Account => answer(200, &json!({"code": 0, "balance": 12.5})),
            Operation::Upload => {
                self.uploads += 1;
                answer(200, &json!({"code": 0, "uri": format!("upload://{}", self.uploads)}))
            }
            Operation::Cancel => self.cancel(id_in(&request.url), now, chance),
            _ => self.status(id_in(&request.url), now),
        }
    }

    fn submit(&mut self, request: &HttpRequest, now: u64, chance: &mut Chance) -> HttpResponse {
        let header = Kind::key_header(self.revision);
        let key = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(header)).map(|(_, value)| value.clone());
        if let Some(known) = key.as_ref().filter(|_| self.honours_keys).and_then(|key| self.keys.get(key))
            && now < known.1 + KEY_MS
        {
            return answer(200, &json!({"id": known.0, "state": "queued"}));
        }
        let fate = self.fate(chance);
        if let Fate::Refusal(status) = fate {
            return answer(status, &json!({"message": "not like that", "code": status}));
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        if let Some(image) = body["input"]["image"].as_str() {
            let number = image.strip_prefix("upload://").and_then(|number| number.parse::<u64>().ok());
            assert!(number.is_some_and(|number| (1..=self.uploads).contains(&number)), "{image} was ordered, and was not uploaded");
        }
        let id = format!("task-{}", self.tasks.len() + 1);
        let intent = body["reference"].as_str().unwrap_or_default().to_owned();
        let prompt = body["input"]["prompt"].as_str().unwrap_or_default();
        let job = prompt.split('/').next().and_then(|job| job.strip_prefix("job ")).and_then(|job| job.parse().ok()).unwrap_or(usize::MAX);
        let calls = body["callback"].as_str().map(str::to_owned).or_else(|| self.hooks.account_url());
        let task = Task { intent, job, made: now, fate, cancelled: false, erased: false, calls, said: Vec::new() };
        self.announce(&id, &task, chance);
        self.tasks.insert(id.clone(), task);
        if let Some(key) = key {
            self.keys.insert(key, (id.clone(), now));
        }
        answer(200, &json!({"code": 0, "id": id, "state": "queued"}))
    }

    fn fate(&self, chance: &mut Chance) -> Fate {
        if chance.happens(self.refuses) {
            return Fate::Refusal(chance.pick(&[422, 402, 402, 401, 400]));
        }
        if chance.happens(self.fails) { Fate::Failure } else { Fate::Success }
    }

    fn status(&self, id: &str, now: u64) -> HttpResponse {
        let Some(task) = self.tasks.get(id).filter(|task| !task.erased) else { return answer(404, &json!({"message": "no such task"})) };
        let age = now.saturating_sub(task.made);
        let body = match task.fate {
            _ if task.cancelled => json!({"state": "cancelled"}),
            _ if age < self.task_ms / 3 => json!({"state": "queued"}),
            _ if age < self.task_ms => json!({"state": "working", "progress": 0.5}),
            Fate::Failure if task.made.is_multiple_of(2) => json!({"state": "failed", "reason": {"code": "nsfw", "text": "not that"}}),
            Fate::Failure => json!({"state": "failed", "reason": {"code": "broken", "text": "no luck"}}),
            _ => json!({"state": "done", "files": [{"url": "https://cdn.example.com/a.png", "kind": "image"}]}),
        };
        answer(200, &body)
    }

    /// Deletes a task that has ended, cancels one that has not.
    fn cancel(&mut self, id: &str, now: u64, chance: &mut Chance) -> HttpResponse {
        let Some(task) = self.tasks.get_mut(id).filter(|task| !task.erased) else {
            return answer(404, &json!({"message": "no such task"}));
        };
        if now.saturating_sub(task.made) >= self.task_ms || task.cancelled {
            task.erased = true;
        } else {
            task.cancelled = true;
            let task = task.clone();
            self.announce_end(id, &task, now, chance);
        }
        answer(200, &json!({"code": 200}))
    }
}

/// A whole answer with a JSON body.
pub(super) fn answer(status: u16, body: &Value) -> HttpResponse {
    HttpResponse { status, headers: Vec::new(), body: body.to_string().into_bytes(), end: BodyEnd::Whole }
}

fn id_in(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}
