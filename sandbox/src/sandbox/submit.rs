//! A submit: read by the contract's templates, checked as the provider would, paid, and begun.

use super::{Call, Sandbox, keep_open};
use crate::media::MediaKind;
use crate::media::rng::{self, Rng};
use crate::request::{Answer, SandboxRequest};
use crate::route::{Route, Vars, extract};
use crate::script::Fault;
use crate::task::{self, Outcome, Task, Wishes};
use serde_json::{Map, Value, json};

/// Inputs above this are not kept to be echoed: a picture as a data URI, say.
const ECHO: usize = 4096;

/// Reads the variables of a submit from its headers and body.
pub(super) fn read(contract: &Value, operation: &Value, request: &SandboxRequest, vars: &mut Vars) {
    let lower = |template: &Value| {
        let members = template.as_object().into_iter().flatten();
        Value::Object(members.map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect())
    };
    let headers: Map<String, Value> = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), json!(value))).collect();
    let headers = Value::Object(headers);
    for template in [&operation["headers"], &operation["withCallback"]["headers"], &contract["idempotency"]["send"]["headers"]] {
        extract(&lower(template), &headers, vars);
    }
    if let Ok(body) = serde_json::from_slice::<Value>(&request.body) {
        // The callback's overlay first: what it names is no part of a spread input.
        let overlay = &operation["withCallback"]["body"];
        extract(overlay, &body, vars);
        let mut rest = body;
        if let (Some(rest), Some(overlay)) = (rest.as_object_mut(), overlay.as_object()) {
            rest.retain(|key, _| !overlay.contains_key(key) || operation["body"].get(key).is_some());
        }
        extract(&operation["body"], &rest, vars);
    }
}

impl Sandbox {
    pub(super) fn submit(&mut self, call: &Call, route: &Route, request: &SandboxRequest, owner: String, now: u64) -> Answer {
        let refuse = |sandbox: &Self, code: &str, http: u16, message: &str| sandbox.shapes.refusal("submit", code, http, Some(message));
        if let Some(wait) = self.submits.take(self.limit(self.options.submit_per_min, "submitPerMin"), now) {
            return self.limited("submit", wait);
        }
        let has_body = route.operation["body"].is_object();
        if has_body && !request.header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json")) {
            return refuse(self, "INVALID_PAYLOAD", 415, "Content-Type must be application/json");
        }
        if has_body && !serde_json::from_slice::<Value>(&request.body).is_ok_and(|body| body.is_object()) {
            return refuse(self, "INVALID_PAYLOAD", 400, "the body is not a JSON object");
        }
        let key = self.idempotency_key(request);
        let hash = rng::hash(&request.body);
        if let Some((id, first)) = key.as_ref().and_then(|key| self.keys.get(key)) {
            if *first != hash {
                return refuse(self, "INVALID_PAYLOAD", 409, "this idempotency key was used with another body");
            }
            if let Some(task) = self.tasks.get(id) {
                self.stats.replayed += 1;
                return self.shapes.accepted(task, now);
            }
        }
        let model = call.model.clone().unwrap_or_default();
        let about = &self.contract["models"]["list"][&model];
        let closed = self.contract["models"]["open"] == false;
        if (model.is_empty() && route.operation["body"]["model"] == "$model") || (about.is_null() && closed) {
            return refuse(self, "INVALID_MODEL", 400, &format!("Unsupported model: {model}"));
        }
        let input = call.vars.get("input").cloned().unwrap_or(json!({}));
        if let Some(schema) = self.schemas.get(&model) {
            let mut violations = schema.check(&input, &self.media);
            violations.retain(|fault| !input.pointer(&fault.path).is_some_and(|value| self.is_uploaded(value)));
            if !violations.is_empty() {
                let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
                return refuse(self, "INVALID_PAYLOAD", 400, &all.join("; "));
            }
        }
        let prompt = task::prompt_of(&input);
        let wishes = Wishes::read(&prompt);
        if wishes.refuse {
            return self.shapes.refusal("submit", "CONTENT_REJECTED", 422, None);
        }
        let most = self.limit(self.options.concurrent, "concurrent");
        if most > 0 && self.billing.running() >= most {
            return self.limited("submit", 1000);
        }
        let kind = about["kind"].as_str().and_then(MediaKind::from_word).unwrap_or(if input["duration"].is_null() {
            MediaKind::Image
        } else {
            MediaKind::Video
        });
        let count = task::count_of(&input);
        let price = self.options.price_milli(kind, &self.billing.unit).saturating_mul(u64::try_from(count).unwrap_or(1));
        if wishes.broke || !self.billing.charge(price) {
            return self.shapes.refusal("submit", "INSUFFICIENT_CREDITS", 402, None);
        }
        let text = |name: &str| call.vars.get(name).and_then(Value::as_str).map(str::to_owned);
        let whole = self.options.task_ms(kind);
        let pending = self.options.pending_ms.unwrap_or(whole / 4).min(whole);
        let mut task = Task {
            id: self.fresh_id(),
            model,
            kind,
            count,
            seed: input["seed"].as_u64().unwrap_or(self.options.seed),
            prompt,
            input: if input.to_string().len() <= ECHO { input } else { Value::Null },
            created: now,
            starts: now.saturating_add(pending),
            ends: wishes.times.map(|times| now.saturating_add(whole.saturating_mul(times))),
            outcome: if wishes.outcome == Outcome::Cancelled && !self.shapes.knows_cancelled() { Outcome::Failed } else { wishes.outcome },
            odd: wishes.odd,
            cancelled: None,
            owner,
            intent: text("intentId"),
            callback: text("callbackUrl"),
            callback_secret: text("callbackSecret"),
            price,
        };
        let at = keep_open::answered_at(&route.operation, request, &task, now);
        let answer = keep_open::later(self.shapes.accepted(&task, at), at - now);
        let before_answer = task.callback.is_some() && self.script.of_callback(&task.id, &task.model).contains(&Fault::BeforeAnswer);
        if before_answer {
            (task.starts, task.ends) = (now, Some(now));
        }
        self.callbacks.begin(&task, before_answer);
        if let Some(key) = key {
            self.keys.insert(key, (task.id.clone(), hash));
        }
        if let Some(end) = task.ends {
            self.ending.insert((end, task.id.clone()));
        }
        self.order.push(task.id.clone());
        self.tasks.insert(task.id.clone(), task);
        self.stats.tasks += 1;
        if before_answer {
            self.settle(now);
        }
        answer
    }

    /// A new task's id, as the samples' ids look.
    fn fresh_id(&self) -> String {
        let number = rng::hash(&self.stats.tasks.to_be_bytes());
        let mut rng = Rng::new(self.options.seed ^ number ^ rng::hash(self.provider().as_bytes()));
        let letters: String = (0..12)
            .map(|_| {
                rng.pick(&[
                    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q',
                    'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
                ])
            })
            .collect();
        self.shapes.id_like(&letters)
    }

    /// The idempotency key of a request, where keys are honoured.
    fn idempotency_key(&self, request: &SandboxRequest) -> Option<String> {
        let honoured = self.options.honour_keys.unwrap_or(self.contract["idempotency"]["mode"] == "replay");
        if honoured { self.sent_key(request) } else { None }
    }

    /// The idempotency key of a request, honoured or not.
    pub(super) fn sent_key(&self, request: &SandboxRequest) -> Option<String> {
        let rules = &self.contract["idempotency"];
        let sent = rules["send"]["headers"]
            .as_object()
            .into_iter()
            .flatten()
            .find(|(_, value)| *value == "$intentId")
            .map(|(name, _)| name.as_str());
        let name = rules["header"].as_str().or(sent).unwrap_or("idempotency-key");
        request.header(name).map(str::to_owned)
    }
}
