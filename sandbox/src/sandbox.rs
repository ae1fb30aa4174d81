//! One provider: `(state, request, now) -> answer`. No clock, no chance but the seed's, no network.

mod arrivals;
mod billing;
mod callbacks;
mod faults;
mod house;
mod keep_open;
mod submit;
mod uploads;

use crate::media::{MediaKind, render};
use crate::options::SandboxOptions;
use crate::request::{Answer, SandboxRequest};
use crate::route::{self, Match, Route, Vars};
use crate::script::{Fault, Script, Target};
use crate::shape::Shapes;
use crate::stats::{Arrival, ProviderStats};
use crate::task::{Outcome, Task};
use billing::{Billing, Window};
use callbacks::Callbacks;
use gentask_core::Schema;
use gentask_core::contract::MediaRules;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many drawn files are kept.
const DRAWN: usize = 64;

/// One simulated provider and everything it knows: tasks, money, limits, faults still to come.
pub struct Sandbox {
    contract: Value,
    options: SandboxOptions,
    script: Script,
    routes: Arc<[Route]>,
    shapes: Shapes,
    schemas: BTreeMap<String, Schema>,
    media: MediaRules,
    tasks: BTreeMap<String, Task>,
    /// Task ids in the order of their making.
    order: Vec<String>,
    /// Unfinished tasks by their end.
    ending: BTreeSet<(u64, String)>,
    /// Idempotency keys: the task, and the hash of the body that made it.
    keys: BTreeMap<String, (String, u64)>,
    callbacks: Callbacks,
    /// How many uploads were begun.
    uploads: u64,
    billing: Billing,
    reads: Window,
    submits: Window,
    drawn: BTreeMap<String, Vec<u8>>,
    stats: ProviderStats,
    arrivals: Vec<Arrival>,
}

/// A request, as far as it could be placed.
struct Call {
    target: Target,
    route: Option<usize>,
    /// The path is known under another method.
    wrong_method: bool,
    path: String,
    vars: Vars,
    task: Option<String>,
    model: Option<String>,
}

impl Sandbox {
    /// A provider as its contract (the JSON of a contract file, samples and all) describes it. The contract should have been loaded by
    /// `gentask_core::Contract` before: what is malformed in it is passed over here.
    pub fn new(contract: &Value, options: SandboxOptions) -> Self {
        let base = options.base_url.clone().unwrap_or_else(|| contract["base"].as_str().unwrap_or_default().to_owned());
        let unit = contract["account"]["reply"]["unit"].as_str().unwrap_or("credits").to_owned();
        let accept = |word: &str| contract["media"]["accept"].as_array().is_none_or(|accept| accept.iter().any(|entry| entry == word));
        let types = contract["media"]["types"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let media = MediaRules {
            accept_https: accept("https"),
            accept_data: accept("data"),
            max_bytes: contract["media"]["maxBytes"].as_u64(),
            types,
            ..MediaRules::default()
        };
        let mut schemas = BTreeMap::new();
        for (model, about) in contract["models"]["list"].as_object().into_iter().flatten() {
            let input = Some(&about["input"]).filter(|input| !input.is_null());
            if let Some(schema) = input.and_then(|input| Schema::compile(input, &contract["$defs"], "", &mut Vec::new())) {
                schemas.insert(model.clone(), schema);
            }
        }
        Self {
            contract: contract.clone(),
            script: options.script.clone(),
            routes: route::routes(contract).into(),
            shapes: Shapes::new(contract, &base),
            schemas,
            media,
            tasks: BTreeMap::new(),
            order: Vec::new(),
            ending: BTreeSet::new(),
            keys: BTreeMap::new(),
            callbacks: Callbacks::new(contract, &options),
            uploads: 0,
            billing: Billing::new(options.balance_milli(&unit), unit),
            reads: Window::default(),
            submits: Window::default(),
            drawn: BTreeMap::new(),
            stats: ProviderStats::default(),
            arrivals: Vec::new(),
            options,
        }
    }

    /// What the provider does with a request that arrived whole at `now` (Unix milliseconds, never backwards).
    pub fn answer(&mut self, request: &SandboxRequest, now: u64) -> Answer {
        self.settle(now);
        let call = self.place(request);
        let fired = self.script.fire(call.target, call.task.as_deref(), call.model.as_deref());
        if fired.as_ref().is_some_and(|fired| fired.fault == Fault::ResetBeforeRead) {
            self.stats.cut += 1;
        } else {
            *self.stats.requests.entry(call.target).or_default() += 1;
            self.remember(&call, request, now);
        }
        let effect = fired.as_ref().is_none_or(|fired| fired.effect);
        let answer =
            if effect { self.process(&call, request, now) } else { self.shapes.refusal(call.target.as_str(), "UPSTREAM_ERROR", 503, None) };
        let answer = match fired {
            None => answer,
            Some(fired) => {
                self.stats.faults += 1;
                self.spoil(fired.fault, call.target, answer)
            }
        };
        self.stats.limited += u64::from(answer.status == 429);
        answer
    }

    /// Whether the script resets this request before its body is read; the request is then over and counted as cut. To be asked with
    /// the head alone (so a model that stands in the body is not known yet).
    pub fn resets_unread(&mut self, head: &SandboxRequest) -> bool {
        let call = self.place(head);
        let resets = self.script.next_is_reset(call.target, call.task.as_deref(), call.model.as_deref());
        if resets {
            self.script.fire(call.target, call.task.as_deref(), call.model.as_deref());
            self.stats.faults += 1;
            self.stats.cut += 1;
        }
        resets
    }

    /// Replaces the faults still to come; counting begins anew.
    pub fn set_script(&mut self, script: Script) {
        self.script = script;
    }

    /// What the provider has seen.
    pub fn stats(&self) -> ProviderStats {
        ProviderStats { running: self.billing.running(), balance_milli: self.billing.balance(), ..self.stats.clone() }
    }

    /// The contract's id: `apixo`.
    pub fn provider(&self) -> &str {
        self.contract["id"].as_str().unwrap_or_default()
    }

    /// The ids of all tasks, in the order of their making.
    pub fn task_ids(&self) -> &[String] {
        &self.order
    }

    /// Finds out what a request asks for.
    fn place(&self, request: &SandboxRequest) -> Call {
        let target = self.local(&request.target);
        let path = target.split('?').next().unwrap_or_default().to_owned();
        let mut call = Call { target: Target::Other, route: None, wrong_method: false, path, vars: Vars::new(), task: None, model: None };
        if let Some(name) = call.path.strip_prefix("/files/") {
            call.target = Target::File;
            call.task = file_name(name).map(|(id, ..)| id);
        } else if uploads::place(&call.path).is_some() {
            call.target = Target::Upload;
        } else {
            match route::find(&self.routes, &request.method, target) {
                Match::Route(index, vars) => {
                    call.target = self.routes[index].target;
                    call.task = vars.get("taskId").and_then(Value::as_str).map(str::to_owned);
                    (call.route, call.vars) = (Some(index), vars);
                }
                Match::Method => call.wrong_method = true,
                Match::Nothing => {}
            }
        }
        let submit = call.route.map(|index| &self.routes[index]).filter(|route| route.target == Target::Submit);
        if let Some(route) = submit {
            submit::read(&self.contract, &route.operation, request, &mut call.vars);
            call.model = route::model_of(&self.contract, &call.vars);
        } else {
            call.model = call.task.as_ref().and_then(|id| self.tasks.get(id)).map(|task| task.model.clone());
        }
        call
    }

    /// The part of a target after the base URL.
    fn local<'a>(&self, target: &'a str) -> &'a str {
        let cut = |from: &'a str, prefix: &str| from.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let base = self.shapes.base.as_str();
        if let Some(rest) = cut(target, base) {
            return rest;
        }
        let prefix = base.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or_default();
        if prefix.is_empty() { target } else { cut(target, prefix).unwrap_or(target) }
    }

    fn process(&mut self, call: &Call, request: &SandboxRequest, now: u64) -> Answer {
        let key = call.target.as_str();
        let refuse = |code: &str, http: u16, message: &str| self.shapes.refusal(key, code, http, Some(message));
        if call.target == Target::File {
            return self.file(call, request, now);
        }
        if let Some(number) = uploads::place(&call.path) {
            return self.take_medium(number, request);
        }
        let Some(owner) = self.credential(request) else {
            self.stats.unauthorised += 1;
            return self.shapes.refusal(key, "AUTH_FAILED", 401, None);
        };
        let routes = Arc::clone(&self.routes);
        let Some(route) = call.route.and_then(|index| routes.get(index)) else {
            let (http, message) = if call.wrong_method { (405, "this endpoint takes another method") } else { (404, "no such endpoint") };
            return self.shapes.unknown(http, message);
        };
        for (name, value) in self.contract["headers"].as_object().into_iter().flatten() {
            if value.as_str().is_some_and(|value| !value.starts_with('$') && request.header(name) != Some(value)) {
                return refuse("INVALID_PAYLOAD", 400, &format!("the header {name} is missing or wrong"));
            }
        }
        if call.target == Target::Submit {
            return self.submit(call, route, request, owner, now);
        }
        if call.target == Target::Upload {
            return self.upload(&route.operation);
        }
        if call.target != Target::Cancel {
            let limit = self.limit(self.options.read_per_min, "readPerMin");
            if let Some(wait) = self.reads.take(limit, now) {
                return self.limited(key, wait);
            }
        }
        let reply = &route.operation["reply"];
        match call.target {
            Target::Account => {
                let balance = self.billing.shown();
                return self.shapes.fine(key, None, Some(&balance));
            }
            Target::List => {
                let own = self.order.iter().rev().filter_map(|id| self.tasks.get(id)).filter(|task| task.owner == owner);
                return self.shapes.list(reply, own, now);
            }
            _ => {}
        }
        let Some(task) = call.task.as_ref().and_then(|id| self.tasks.get(id)).filter(|task| task.owner == owner) else {
            return self.shapes.refusal(key, "TASK_NOT_FOUND", 404, None);
        };
        if call.target == Target::Cancel {
            return self.cancel(&task.id.clone(), route, now);
        }
        // A result that is asked for too early, where nothing in its reply could say so, is a refusal.
        let state = task.state(now);
        let early = matches!(state, "pending" | "processing");
        let tells = |sample: &Value| sample["is"] == state || (early && matches!(sample["is"].as_str(), Some("pending" | "processing")));
        let told = !early || !reply["state"].is_null() || self.contract["samples"][key].as_array().into_iter().flatten().any(tells);
        if !told {
            return refuse("INVALID_PAYLOAD", 400, "the task has not ended");
        }
        let at = keep_open::answered_at(&route.operation, request, task, now);
        keep_open::later(self.shapes.state(key, reply, task, at), at - now)
    }

    /// The credential of a request, where it is one.
    fn credential(&self, request: &SandboxRequest) -> Option<String> {
        let auth = &self.contract["auth"];
        let (before, after) = auth["value"].as_str().unwrap_or("{key}").split_once("{key}")?;
        let value = request.header(auth["header"].as_str().unwrap_or("authorization"))?;
        let key = value.strip_prefix(before)?.strip_suffix(after)?.trim();
        let fits = !key.is_empty() && self.options.api_key.as_deref().is_none_or(|wanted| wanted == key);
        fits.then(|| key.to_owned())
    }

    fn cancel(&mut self, id: &str, route: &Route, now: u64) -> Answer {
        let Some(task) = self.tasks.get_mut(id) else { return self.shapes.refusal("cancel", "TASK_NOT_FOUND", 404, None) };
        let state = task.state(now);
        let allowed = route.operation["while"].as_array().into_iter().flatten().any(|word| word == state);
        let destroys = route.operation["destroysResult"] == true;
        if !allowed && !destroys && state != "cancelled" {
            return self.shapes.too_late();
        }
        let ended = matches!(state, "success" | "failed" | "cancelled");
        if !ended {
            let was = task.end();
            task.cancelled = Some(now);
            self.ending.remove(&(was.unwrap_or(u64::MAX), id.to_owned()));
            self.finish(id, now);
        }
        let answer = self.tasks.get(id).map(|task| self.shapes.fine("cancel", Some((task, now)), None));
        if destroys {
            self.tasks.remove(id);
        }
        answer.unwrap_or_else(|| self.shapes.refusal("cancel", "TASK_NOT_FOUND", 404, None))
    }

    /// A result file: no key needed, as with real providers, unless the contract fetches it with the key.
    fn file(&mut self, call: &Call, request: &SandboxRequest, now: u64) -> Answer {
        let plain = |status: u16, text: &str| {
            let mut answer = Answer::plain(status, text.as_bytes().to_vec());
            answer.set_header("content-type", "text/plain");
            answer
        };
        let keyed = ["status", "result"]
            .iter()
            .flat_map(|key| self.contract[*key]["reply"]["files"].as_array().into_iter().flatten())
            .any(|entry| entry["fetch"] == "key");
        if keyed && self.credential(request).is_none() {
            return plain(401, "a key is needed");
        }
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return plain(405, "only GET");
        }
        let found = call.path.strip_prefix("/files/").and_then(file_name);
        let Some((id, index, kind)) = found else { return plain(404, "no such file") };
        let Some(task) = self.tasks.get(&id).filter(|task| task.state(now) == "success" && task.outcome == Outcome::Success) else {
            return plain(404, "no such file");
        };
        let kept = self.contract["retentionMs"].as_u64().unwrap_or(u64::MAX);
        if task.end().is_some_and(|end| now.saturating_sub(end) > kept) {
            return plain(404, "the file has expired");
        }
        if self.drawn.len() >= DRAWN {
            self.drawn.clear();
        }
        let body = self.drawn.entry(call.path.clone()).or_insert_with(|| render(kind, &task.prompt, task.seed ^ index)).clone();
        let mut answer = Answer::plain(200, body);
        answer.set_header("content-type", kind.content_type());
        answer
    }
}

/// A file's task id, number (from 0) and kind: `ID.png`, `ID.2.png`.
fn file_name(name: &str) -> Option<(String, u64, MediaKind)> {
    let name = route::decode(name)?;
    let (stem, extension) = name.rsplit_once('.')?;
    let kind =
        [MediaKind::Image, MediaKind::Video, MediaKind::Audio, MediaKind::Model].into_iter().find(|kind| kind.extension() == extension)?;
    let numbered =
        stem.rsplit_once('.').and_then(|(id, number)| Some((id, number.parse::<u64>().ok().filter(|number| (2..=16).contains(number))?)));
    Some(numbered.map_or((stem.to_owned(), 0, kind), |(id, number)| (id.to_owned(), number - 1, kind)))
}

#[cfg(test)]
mod tests;
