//! The simulated providers behind `gentask/testing`: private, and as plain as a boundary can be. Scalars, bytes and JSON texts go in, JSON texts
//! and bytes come out, a mistake is thrown as its message. No clock and no chance: the host says what time it is.

#![expect(clippy::needless_pass_by_value, reason = "bytes cross the boundary by value")]

use gentask_core::Contract;
use gentask_sandbox::{Answer, Answered, Connections, Post, Providers, SandboxOptions, SandboxRequest};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

type Thrown<T> = Result<T, JsValue>;

fn thrown(error: impl ToString) -> JsValue {
    JsValue::from_str(&error.to_string())
}

fn millis(time: f64) -> u64 {
    // From a JavaScript number: a time before 1970 or beyond all calendars is cut to what there is.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut on purpose")]
    let millis = time as u64;
    millis
}

/// The JSON of a contract that comes with the package, samples and all.
#[wasm_bindgen(js_name = builtIn)]
pub fn built_in(name: &str) -> Thrown<String> {
    Contract::built_in(name).map(|contract| contract.source().to_string()).map_err(thrown)
}

/// Several providers at one origin.
#[wasm_bindgen]
pub struct House {
    providers: Providers,
    /// Callbacks that are on their way, by a number of their own.
    under_way: BTreeMap<u32, (String, Post)>,
    last: u32,
}

#[wasm_bindgen]
impl House {
    /// None yet. `origin` is what their base URLs begin with; `speed` how much faster than the real one the time is that they are told.
    #[wasm_bindgen(constructor)]
    pub fn new(origin: &str, speed: u32) -> Self {
        Self { providers: Providers::new(origin, speed), under_way: BTreeMap::new(), last: 0 }
    }

    /// Adds the provider of a contract (its JSON), with options (as JSON).
    pub fn add(&mut self, contract: &str, options: &str) -> Thrown<()> {
        let contract = Contract::load(contract.as_bytes()).map_err(thrown)?;
        let options: SandboxOptions = serde_json::from_str(options).map_err(thrown)?;
        self.providers.add(contract.source(), options);
        Ok(())
    }

    /// From now on they are reached at this origin.
    #[wasm_bindgen(js_name = moveTo)]
    pub fn move_to(&mut self, origin: &str) {
        self.providers.move_to(origin);
    }

    /// Whether a request is reset before its body is read. `headers`: `[[name, value]]` as JSON.
    #[wasm_bindgen(js_name = resetsUnread)]
    pub fn resets_unread(&mut self, method: &str, target: &str, headers: &str) -> Thrown<bool> {
        Ok(self.providers.resets_unread(&request(method, target, headers, Vec::new())?))
    }

    /// What is answered to a request. `connections`: how many are open, were open at most, and were opened in all.
    pub fn answer(&mut self, method: &str, target: &str, headers: &str, body: Vec<u8>, now: f64, connections: &[u32]) -> Thrown<Exchange> {
        let request = request(method, target, headers, body)?;
        let count = |index: usize| connections.get(index).copied().unwrap_or_default().into();
        let connections = Connections { open: count(0), most: count(1), total: count(2) };
        let Answered { answer, after, releases } = self.providers.answer(&request, millis(now), connections);
        let Answer { status, headers, fault, body, .. } = answer;
        let (provider, task) = after.unzip();
        let head = json!({
            "status": status, "headers": headers, "fault": fault, "provider": provider, "task": task, "releases": releases,
        });
        Ok(Exchange { head: head.to_string(), body })
    }

    /// Whether the answer of a submit is still held back, for a callback that comes before it.
    #[wasm_bindgen(js_name = holdsAnswer)]
    pub fn holds_answer(&self, provider: &str, task: &str) -> bool {
        self.providers.get(provider).is_some_and(|sandbox| sandbox.holds_answer(task))
    }

    /// The callbacks that are due, signed for receivers to whom it is `signed_at`: `[{number, url, headers, body, patienceMs}]`.
    #[wasm_bindgen(js_name = postsDue)]
    pub fn posts_due(&mut self, now: f64, signed_at: f64) -> String {
        let due = self.providers.posts_due(millis(now), millis(signed_at));
        let told = due.into_iter().map(|(provider, post)| {
            self.last = self.last.wrapping_add(1);
            let told = json!({
                "number": self.last, "url": post.url, "headers": post.headers, "body": String::from_utf8_lossy(&post.body),
                "patienceMs": post.patience_ms,
            });
            self.under_way.insert(self.last, (provider, post));
            told
        });
        Value::Array(told.collect()).to_string()
    }

    /// Tells what was answered to a callback: the HTTP status, or nothing.
    pub fn posted(&mut self, number: u32, status: Option<u16>, now: f64) {
        let Some((provider, post)) = self.under_way.remove(&number) else { return };
        if let Some(sandbox) = self.providers.get_mut(&provider) {
            sandbox.posted(&post, status, millis(now));
        }
    }

    /// When a callback may be due next, if any may; in the providers' own time.
    #[wasm_bindgen(js_name = nextPostAt)]
    pub fn next_post_at(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a time is far below 2^53, and the largest one means never")]
        self.providers.next_post_at().map(|at| at as f64)
    }
}

/// An answer: its head as JSON, and its body.
#[wasm_bindgen]
pub struct Exchange {
    head: String,
    body: Vec<u8>,
}

#[wasm_bindgen]
impl Exchange {
    /// `{status, headers, fault, provider, task, releases}`.
    #[wasm_bindgen(getter)]
    pub fn head(&self) -> String {
        self.head.clone()
    }

    /// The body's bytes, which leave it.
    #[wasm_bindgen(js_name = takeBody)]
    pub fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }
}

fn request(method: &str, target: &str, headers: &str, body: Vec<u8>) -> Thrown<SandboxRequest> {
    let headers: Vec<(String, String)> = serde_json::from_str(headers).map_err(thrown)?;
    Ok(SandboxRequest { headers, body, ..SandboxRequest::new(method, target) })
}
