//! An honest provider in the shapes of `vectors/contracts/example.json`. It counts what it accepted: that is what costs money.

use gentask_core::{BodyEnd, HttpRequest, HttpResponse, Operation};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// With a file.
    Success,
    /// With a reason.
    Failure,
    /// The submit is refused.
    Refusal,
}

/// A provider and its tasks.
#[derive(Clone, Debug)]
pub struct Provider {
    honours_keys: bool,
    fate: Fate,
    task_ms: u64,
    tasks: BTreeMap<String, Job>,
    keys: BTreeMap<String, (String, u64)>,
}

/// How long a key is remembered, in milliseconds.
pub(super) const KEY_MS: u64 = 60_000;

#[derive(Clone, Debug)]
struct Job {
    reference: String,
    made: u64,
    cancelled: bool,
    erased: bool,
}

impl Provider {
    /// A provider without tasks.
    pub fn new(honours_keys: bool, fate: Fate, task_ms: u64) -> Self {
        Self { honours_keys, fate, task_ms, tasks: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// The ids of the tasks that were made for an intent.
    pub fn made_for(&self, intent: &str) -> Vec<&str> {
        self.tasks.iter().filter(|(_, job)| job.reference == intent).map(|(id, _)| id.as_str()).collect()
    }

    /// Whether a task was cancelled or erased.
    pub fn is_cancelled(&self, id: &str) -> bool {
        self.tasks.get(id).is_some_and(|job| job.cancelled || job.erased)
    }

    /// When a task ends by itself.
    pub fn end_of(&self, id: &str) -> Option<u64> {
        self.tasks.get(id).map(|job| job.made + self.task_ms)
    }

    /// What it does with a request that arrived whole.
    pub fn answer(&mut self, request: &HttpRequest, now: u64) -> HttpResponse {
        match request.operation {
            Operation::Submit => self.submit(request, now),
            Operation::List => {
                let tasks: Vec<Value> = self.tasks.iter().map(|(id, job)| json!({"id": id, "reference": job.reference})).collect();
                answer(200, &json!({"code": 200, "tasks": tasks}))
            }
            Operation::Cancel => self.cancel(id_in(&request.url), now),
            _ => self.status(id_in(&request.url), now),
        }
    }

    fn submit(&mut self, request: &HttpRequest, now: u64) -> HttpResponse {
        if self.fate == Fate::Refusal {
            return answer(422, &json!({"message": "no such style"}));
        }
        let key = request.headers.iter().find(|(name, _)| name == "idempotency-key").map(|(_, value)| value.clone());
        if let Some(known) = key.as_ref().filter(|_| self.honours_keys).and_then(|key| self.keys.get(key))
            && now < known.1 + KEY_MS
        {
            return answer(200, &json!({"id": known.0, "state": "queued"}));
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let id = format!("job-{}", self.tasks.len() + 1);
        let reference = body["reference"].as_str().unwrap_or_default().to_owned();
        self.tasks.insert(id.clone(), Job { reference, made: now, cancelled: false, erased: false });
        if let Some(key) = key {
            self.keys.insert(key, (id.clone(), now));
        }
        answer(200, &json!({"code": 0, "id": id, "state": "queued"}))
    }

    fn status(&self, id: &str, now: u64) -> HttpResponse {
        let Some(job) = self.tasks.get(id).filter(|job| !job.erased) else { return answer(404, &json!({"message": "no such task"})) };
        let age = now.saturating_sub(job.made);
        let body = match self.fate {
            _ if job.cancelled => json!({"state": "cancelled"}),
            _ if age < self.task_ms / 3 => json!({"state": "queued"}),
            _ if age < self.task_ms => json!({"state": "working", "progress": 0.5}),
            Fate::Failure => json!({"state": "failed", "reason": {"code": "nsfw", "text": "not that"}}),
            _ => json!({"state": "done", "files": [{"url": "https://cdn.example.com/a.png", "kind": "image"}]}),
        };
        answer(200, &body)
    }

    /// Deletes a task that has ended, cancels one that has not.
    fn cancel(&mut self, id: &str, now: u64) -> HttpResponse {
        let Some(job) = self.tasks.get_mut(id).filter(|job| !job.erased) else { return answer(404, &json!({"message": "no such task"})) };
        if now.saturating_sub(job.made) >= self.task_ms || job.cancelled {
            job.erased = true;
        } else {
            job.cancelled = true;
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
