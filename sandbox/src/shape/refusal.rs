//! No, in the provider's shape: the contract's sample of that refusal, or another refusal's shape with its words made fit.

use super::Shapes;
use super::words::make_true;
use crate::pointer;
use crate::request::Answer;
use serde_json::{Value, json};

impl Shapes {
    /// A refusal that gentask would read as `code`, in the provider's shape. `http` is the status where no sample says another.
    pub(crate) fn refusal(&self, key: &str, code: &str, http: u16, message: Option<&str>) -> Answer {
        let says_no = |sample: &&Value| matches!(sample["is"].as_str(), Some("rejected" | "refused" | "limited" | "not_found"));
        let own = || self.samples(key).iter().filter(says_no);
        let all =
            || ["submit", "status", "result", "cancel", "account", "list"].into_iter().flat_map(|key| self.samples(key)).filter(says_no);
        let status = |sample: &Value| sample["status"].as_u64().unwrap_or_default();
        if http >= 500 {
            // A fault of the server itself: never a sample that tells how a task is, nor one that is a clear no.
            let broken = |sample: &&Value| matches!(sample["is"].as_str(), Some("unresolved" | "failing"));
            let said = |sample: &Value| {
                pointer::list(&self.contract["inBand"]["at"]).iter().find_map(|at| pointer::first(&sample["json"], at)?.as_u64())
            };
            let candidates = || self.samples(key).iter().chain(self.samples("submit")).filter(broken);
            let by_status = candidates().find(|sample| status(sample) >= 500);
            if let Some(sample) = by_status.or_else(|| candidates().find(|sample| said(sample).is_some_and(|code| code >= 500))) {
                return Self::answer(u64::from(http), &sample["headers"], &sample["json"]).or_text(sample);
            }
        }
        let fits = |sample: &&Value| sample["code"] == code || (code == "TASK_NOT_FOUND" && sample["is"] == "not_found");
        // These statuses mean one thing only, whatever code goes with them.
        let telling = matches!(http, 405 | 409 | 415);
        let same = |sample: &&Value| status(sample) == u64::from(http);
        let told = if telling { self.samples(key).iter().find(same) } else { None };
        let exact = told.or_else(|| own().chain(all()).filter(fits).find(same));
        let sample = exact
            .or_else(|| own().filter(fits).max_by_key(|sample| status(sample)))
            .or_else(|| all().filter(fits).max_by_key(|sample| status(sample)));
        if let Some(sample) = sample {
            let mut body = sample["json"].clone();
            if let Some(message) = message.filter(|_| !sample["text"].is_string()) {
                self.set_message(&mut body, message);
            }
            let status = if telling && status(sample) >= 400 { u64::from(http) } else { status(sample) };
            return Self::answer(status, &sample["headers"], &body).or_text(sample);
        }
        // No sample says this: the words stand where another refusal has its own. One that says no under 200 says so here too.
        let like = all()
            .find(|sample| status(sample) == u64::from(http))
            .or_else(|| all().find(|sample| status(sample) >= 400))
            .or_else(|| all().next());
        let http_out = if like.is_some_and(|sample| status(sample) == 200) { 200 } else { u64::from(http) };
        let mut body = self.plain_no(like, code, http, message.unwrap_or("refused"));
        let (mut status, mut headers) = (http_out, Value::Null);
        let rules = self.contract["errors"].as_array().into_iter().flatten();
        if let Some(rule) = rules.into_iter().find(|rule| rule["code"] == code) {
            make_true(&rule["if"], &mut status, &mut headers, &mut body);
        }
        Self::answer(http_out, &headers, &body)
    }

    /// No to a request that nothing in the contract is about. It means no more than its status, whatever samples have that too.
    pub(crate) fn unknown(&self, http: u16, message: &str) -> Answer {
        let keys = ["submit", "status", "result", "cancel", "account", "list"];
        let like =
            keys.into_iter().flat_map(|key| self.samples(key)).find(|sample| sample["status"].as_u64().is_some_and(|status| status >= 400));
        let code = if http == 405 { "METHOD_NOT_ALLOWED" } else { "NOT_FOUND" };
        Self::answer(u64::from(http), &Value::Null, &self.plain_no(like, code, http, message))
    }

    /// A body that holds the code and the text of a refusal and nothing else, where a refusal of this provider has them.
    fn plain_no(&self, like: Option<&Value>, code: &str, http: u16, message: &str) -> Value {
        let like = like.map_or(&Value::Null, |sample| &sample["json"]);
        let mut body = json!({});
        for at in pointer::list(&self.contract["error"]["code"]) {
            match pointer::first(like, at) {
                Some(Value::String(_)) => pointer::set(&mut body, at, json!(code)),
                Some(Value::Number(_)) => pointer::set(&mut body, at, json!(http)),
                _ => {}
            }
        }
        let in_band = pointer::list(&self.contract["inBand"]["at"]);
        let used = in_band.iter().find(|at| pointer::first(like, at).is_some_and(Value::is_number));
        if let Some(at) = used.or(in_band.first().filter(|_| !like.is_object())) {
            pointer::set(&mut body, at, json!(http));
        }
        let pointers = pointer::list(&self.contract["error"]["message"]);
        let mut used: Vec<&str> = pointers.iter().copied().filter(|at| pointer::first(like, at).is_some_and(Value::is_string)).collect();
        if used.is_empty() {
            used.push(pointers.last().copied().unwrap_or("/message"));
        }
        for at in used {
            pointer::set(&mut body, at, json!(message));
        }
        body
    }

    /// A failure under status 200: a sample of it, or the provider's code where its in-band codes stand.
    pub(crate) fn in_band(&self, key: &str, code: &Value) -> Answer {
        let sample = self.samples(key).iter().find(|sample| &sample["code"] == code && sample["status"] == 200 && sample["is"] != "failed");
        if let Some(sample) = sample {
            return Self::answer(200, &sample["headers"], &sample["json"]).or_text(sample);
        }
        let mut body = json!({});
        let pointers = [&self.contract["inBand"]["at"], &self.contract["error"]["code"]];
        if let Some(at) = pointers.into_iter().flat_map(pointer::list).next() {
            pointer::set(&mut body, at, code.clone());
        }
        self.set_message(&mut body, "the sandbox was told to fail");
        Self::answer(200, &Value::Null, &body)
    }

    /// No to a cancel that comes too late.
    pub(crate) fn too_late(&self) -> Answer {
        match self.samples("cancel").iter().find(|sample| sample["is"] == "refused" && sample["code"].is_null()) {
            Some(sample) => Self::answer(sample["status"].as_u64().unwrap_or(400), &sample["headers"], &sample["json"]),
            None => self.refusal("cancel", "INVALID_PAYLOAD", 400, Some("the task can no longer be cancelled")),
        }
    }

    /// Writes a message where the contract looks for one: over one that is there, else at the last place named.
    fn set_message(&self, body: &mut Value, message: &str) {
        let pointers = pointer::list(&self.contract["error"]["message"]);
        let there = pointers.iter().find(|at| pointer::first(body, at).is_some_and(Value::is_string));
        let at = there.or(pointers.last()).copied().unwrap_or("/message");
        pointer::set(body, at, Value::String(message.to_owned()));
    }
}
