//! Reads a contract and collects every fault.

use super::calls::{self, CALL, Call, Confirm, OUTLINE, Outline, Overlay, Reading};
use super::pointer;
use super::samples::Sample;
use super::{
    AccountCall, Auth, CancelCall, Environment, FaultAt, Hint, Idempotency, InBand, Limits, ListCall, Model, Parts, Polling, ResultCall,
    State, SubmitCall, vars,
};
use crate::backoff::PollSchedule;
use crate::error::Violation;
use crate::json::{self, Fields};
use crate::media::MediaRules;
use crate::schema::Schema;
use crate::url::Origin;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The contract format that this release reads.
const FORMAT: u64 = 1;

/// What a model makes.
pub(super) const KINDS: [&str; 5] = ["image", "video", "audio", "model", "unknown"];

const FIELDS: [&str; 29] = [
    "$schema",
    "gentask",
    "id",
    "revision",
    "title",
    "docs",
    "base",
    "origins",
    "env",
    "auth",
    "headers",
    "inBand",
    "error",
    "options",
    "vars",
    "submit",
    "status",
    "result",
    "cancel",
    "list",
    "account",
    "errors",
    "idempotency",
    "callback",
    "poll",
    "limits",
    "retentionMs",
    "media",
    "models",
];
const NOTES: [&str; 3] = ["$defs", "evidence", "samples"];

type Faults = Vec<Violation>;

/// Reads a contract; it may be used only where no fault was found.
pub(super) fn contract(source: &Value, faults: &mut Faults) -> Parts {
    let known: Vec<&str> = FIELDS.iter().chain(&NOTES).copied().collect();
    let fields = Fields::open(source, "", &known, faults);
    fields.need("gentask", faults);
    if let Some(format) = fields.uint("gentask", faults).filter(|format| *format != FORMAT) {
        faults.push(Violation::new(
            "/gentask",
            "version",
            format!("contract format {FORMAT}; a newer gentask may read this one"),
            format.to_string(),
        ));
    }
    let id = fields.need_string("id", faults);
    if !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_') || id.len() > 64 {
        faults.push(Violation::new("/id", "pattern", "up to 64 lower-case letters, digits, `-` or `_`", json::shorten(&id, 60)));
    }
    let base = fields.need_string("base", faults);
    let base = check_base(&base).unwrap_or_else(|expected| {
        faults.push(Violation::new("/base", "url", expected, json::shorten(&base, 60)));
        String::new()
    });
    let mut origins = Vec::new();
    for (index, text) in fields.strings("origins", faults).iter().enumerate() {
        match Origin::of(text).filter(Origin::is_safe) {
            Some(origin) => origins.push(origin),
            None => faults.push(Violation::new(format!("/origins/{index}"), "url", "an https origin", json::shorten(text, 60))),
        }
    }
    let options = options(&fields, faults);
    let vars = vars::load(&fields, faults);
    let empty = Value::Null;
    let defs = fields.get("$defs").unwrap_or(&empty);
    let models = models(&fields, defs, faults);
    let submit_values: Vec<(String, &Value)> = match fields.need("submit", faults) {
        Some(Value::Array(items)) => items.iter().enumerate().map(|(index, item)| (format!("/submit/{index}"), item)).collect(),
        Some(single) => vec![("/submit".to_owned(), single)],
        None => Vec::new(),
    };
    let kept: BTreeSet<String> = submit_values.iter().flat_map(|(_, value)| kept_names(value)).collect();
    let model_vars: BTreeSet<String> = models.1.values().flat_map(|model| model.vars.keys().cloned()).collect();
    let known = |name: &str| match name {
        "model" | "input" | "taskId" | "callbackUrl" | "callbackSecret" | "intentId" => true,
        name => {
            name.strip_prefix("option.").is_some_and(|option| options.contains_key(option))
                || vars.contains_key(name)
                || kept.contains(name)
                || model_vars.contains(name)
        }
    };
    let submits: Vec<SubmitCall> = submit_values.iter().map(|(path, value)| submit(value, path, &known, faults)).collect();
    if submits.is_empty() && fields.get("submit").is_some() {
        faults.push(Violation::new("/submit", "minItems", "at least one submit", "none"));
    }
    let status = match fields.need("status", faults) {
        Some(value) => reading_call(value, "/status", CALL.as_slice(), &known, faults),
        None => Call::default(),
    };
    let result = fields.get("result").map(|value| result(value, &known, faults));
    let cancel = fields.get("cancel").map(|value| cancel(value, &known, faults));
    let list = fields.get("list").map(|value| list(value, &known, faults));
    let account = fields.get("account").map(|value| account(value, &known, faults));
    let headers = fields.members("headers", faults).map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect::<Vec<_>>();
    for (name, value) in &headers {
        super::template::lint(value, &format!("/headers/{}", json::escape_segment(name)), &known, faults);
    }
    callback(&fields, faults);
    evidence(&fields, faults);
    Parts {
        title: fields.string("title", faults).unwrap_or_else(|| id.clone()),
        revision: fields.uint("revision", faults).unwrap_or(1),
        docs: fields.string("docs", faults),
        env: environment(&fields, faults),
        auth: auth(&fields, faults),
        in_band: fields.get("inBand").map(|value| in_band(value, faults)),
        fault_at: fault_at(&fields, faults),
        errors: calls::error_rules(fields.array("errors", faults), "/errors", faults),
        idempotency: idempotency(&fields, &known, faults),
        poll: poll(&fields, faults),
        limits: limits(&fields, faults),
        retention_ms: fields.uint("retentionMs", faults),
        media: fields.get("media").map(|value| MediaRules::load(value, "/media", faults)).unwrap_or_default(),
        open: models.0,
        models: models.1,
        samples: Sample::load_all(&fields, faults),
        source: source.clone(),
        id,
        base,
        origins,
        headers,
        options,
        vars,
        submits,
        status,
        result,
        cancel,
        list,
        account,
    }
}

/// A base URL without a slash at its end; what was expected, where it is none.
pub(crate) fn check_base(text: &str) -> Result<String, &'static str> {
    let base = text.trim_end_matches('/');
    match Origin::of(base) {
        Some(origin) if !base.contains(['?', '#']) => {
            if origin.is_safe() {
                Ok(base.to_owned())
            } else {
                Err("an https URL; http only to this machine (127.0.0.1, [::1], localhost)")
            }
        }
        _ => Err("an absolute https URL without userinfo, query and fragment"),
    }
}

fn options(fields: &Fields<'_>, faults: &mut Faults) -> BTreeMap<String, Schema> {
    let mut options = BTreeMap::new();
    for (name, rule) in fields.members("options", faults) {
        let path = format!("/options/{}", json::escape_segment(name));
        if let Some(schema) = Schema::compile(rule, &Value::Null, &path, faults) {
            options.insert(name.clone(), schema);
        }
    }
    options
}

fn models(fields: &Fields<'_>, defs: &Value, faults: &mut Faults) -> (bool, BTreeMap<String, Model>) {
    let mut models = BTreeMap::new();
    let Some(value) = fields.need("models", faults) else { return (false, models) };
    let fields = Fields::open(value, "/models", &["open", "list"], faults);
    fields.need("open", faults);
    let open = fields.boolean("open", faults).unwrap_or(false);
    for (id, value) in fields.members("list", faults) {
        let path = format!("/models/list/{}", json::escape_segment(id));
        let model = Fields::open(value, &path, &["kind", "title", "docs", "input", "vars", "poll"], faults);
        let kind = model.need_string("kind", faults);
        if !KINDS.contains(&kind.as_str()) {
            faults.push(Violation::new(model.at("kind"), "enum", KINDS.join(", "), kind.clone()));
        }
        let input = model.get("input").and_then(|schema| Schema::compile(schema, defs, &model.at("input"), faults));
        let poll = model.get("poll").map(|value| polling(value, &model.at("poll"), faults));
        models.insert(id.clone(), Model { kind, input, vars: vars::load(&model, faults), poll });
    }
    (open, models)
}

fn kept_names(submit: &Value) -> Vec<String> {
    let keep = submit.get("reply").and_then(|reply| reply.get("keep")).and_then(Value::as_object);
    keep.into_iter().flat_map(|keep| keep.keys().cloned()).collect()
}

fn submit(value: &Value, path: &str, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> SubmitCall {
    let members: Vec<&str> = CALL.iter().copied().chain(["ifVar", "withCallback"]).collect();
    let fields = Fields::open(value, path, &members, faults);
    let mut call = SubmitCall {
        outline: Outline::load(&fields, "POST", known, faults),
        if_var: fields.string("ifVar", faults),
        with_callback: fields.get("withCallback").map(|value| Overlay::load_at(value, &fields.at("withCallback"), known, faults)),
        ..SubmitCall::default()
    };
    if let Some(name) = call.if_var.as_deref().filter(|name| !known(name)) {
        faults.push(Violation::new(fields.at("ifVar"), "variable", "a known variable", name));
    }
    if let Some(value) = fields.need("reply", faults) {
        let reply = Fields::open(value, &fields.at("reply"), &["taskId", "state", "errors", "keep"], faults);
        call.task_id = pointer::load_list(reply.need("taskId", faults), &reply.at("taskId"), faults);
        call.state_at = pointer::load_list(reply.get("state"), &reply.at("state"), faults);
        call.errors = calls::error_rules(reply.array("errors", faults), &reply.at("errors"), faults);
        for (name, pointers) in reply.members("keep", faults) {
            let at = format!("{}/{}", reply.at("keep"), json::escape_segment(name));
            call.keep.insert(name.clone(), pointer::load_list(Some(pointers), &at, faults));
        }
    }
    call
}

fn reading_call(value: &Value, path: &str, members: &[&str], known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> Call<Reading> {
    let fields = Fields::open(value, path, members, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let reply = fields.need("reply", faults).map(|value| Reading::load(value, &fields.at("reply"), faults));
    Call { outline, reply: reply.unwrap_or_default() }
}

fn result(value: &Value, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> ResultCall {
    let members: Vec<&str> = CALL.iter().copied().chain(["when"]).collect();
    let call = reading_call(value, "/result", &members, known, faults);
    let fields = Fields::tolerant(value, "/result", faults);
    let when = states(&fields, "when", faults);
    ResultCall { call, when: if when.is_empty() { vec![State::Success] } else { when } }
}

fn states(fields: &Fields<'_>, name: &str, faults: &mut Faults) -> Vec<State> {
    let words = fields.strings(name, faults);
    words.iter().filter_map(|word| calls::state(word, &fields.at(name), faults)).collect()
}

fn cancel(value: &Value, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> CancelCall {
    let members: Vec<&str> = OUTLINE.iter().copied().chain(["while", "confirm", "repeatable", "destroysResult"]).collect();
    let fields = Fields::open(value, "/cancel", &members, faults);
    let confirm = match fields.string("confirm", faults).as_deref() {
        None | Some("poll") => Confirm::Poll,
        Some("ack") => Confirm::Ack,
        Some(word) => {
            faults.push(Violation::new("/cancel/confirm", "enum", "ack or poll", word));
            Confirm::Poll
        }
    };
    let allowed = states(&fields, "while", faults);
    if allowed.iter().any(|state| !matches!(state, State::Pending | State::Processing)) {
        faults.push(Violation::new(
            "/cancel/while",
            "enum",
            "pending and processing: a task that has ended cannot be cancelled",
            "another state",
        ));
    }
    CancelCall {
        outline: Outline::load(&fields, "POST", known, faults),
        allowed,
        confirm,
        repeatable: fields.boolean("repeatable", faults).unwrap_or(false),
        destroys_result: fields.boolean("destroysResult", faults).unwrap_or(false),
    }
}

fn list(value: &Value, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> ListCall {
    let fields = Fields::open(value, "/list", &CALL, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let empty = Value::Null;
    let reply = fields.need("reply", faults).unwrap_or(&empty);
    let reply = Fields::open(reply, "/list/reply", &["items", "taskId", "createdAt", "model", "reference"], faults);
    let pointers = |name: &str, faults: &mut Faults| pointer::load_list(reply.get(name), &reply.at(name), faults);
    ListCall {
        outline,
        items: pointers("items", faults),
        task_id: pointers("taskId", faults),
        created: pointers("createdAt", faults),
        model: pointers("model", faults),
        reference: pointers("reference", faults),
    }
}

fn account(value: &Value, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> AccountCall {
    let fields = Fields::open(value, "/account", &CALL, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let empty = Value::Null;
    let reply = fields.need("reply", faults).unwrap_or(&empty);
    let reply = Fields::open(reply, "/account/reply", &["balance", "unit"], faults);
    let balance = pointer::load_list(reply.need("balance", faults), &reply.at("balance"), faults);
    AccountCall { outline, balance, unit: reply.string("unit", faults) }
}

fn environment(fields: &Fields<'_>, faults: &mut Faults) -> Environment {
    let Some(value) = fields.get("env") else { return Environment::default() };
    let env = Fields::open(value, "/env", &["key", "baseUrl", "requestTimeoutMs", "maxReadRetries"], faults);
    Environment {
        key: env.string("key", faults),
        base_url: env.string("baseUrl", faults),
        request_timeout_ms: env.string("requestTimeoutMs", faults),
        max_read_retries: env.string("maxReadRetries", faults),
    }
}

fn auth(fields: &Fields<'_>, faults: &mut Faults) -> Auth {
    let Some(value) = fields.need("auth", faults) else { return Auth::default() };
    let auth = Fields::open(value, "/auth", &["header", "value"], faults);
    let header = auth.need_string("header", faults).to_ascii_lowercase();
    let text = auth.need_string("value", faults);
    if !header.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        faults.push(Violation::new("/auth/header", "pattern", "a header's name", header.clone()));
    }
    match text.split_once("{key}") {
        Some((prefix, suffix)) if !suffix.contains("{key}") && text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) => {
            Auth { header, prefix: prefix.to_owned(), suffix: suffix.to_owned() }
        }
        _ => {
            faults.push(Violation::new("/auth/value", "pattern", "text with `{key}` in it, once", json::shorten(&text, 60)));
            Auth::default()
        }
    }
}

fn in_band(value: &Value, faults: &mut Faults) -> InBand {
    let fields = Fields::open(value, "/inBand", &["at", "ok"], faults);
    let at = pointer::load_list(fields.need("at", faults), "/inBand/at", faults);
    fields.need("ok", faults);
    InBand { at, ok: fields.array("ok", faults).iter().filter_map(json::scalar_text).collect() }
}

fn fault_at(fields: &Fields<'_>, faults: &mut Faults) -> FaultAt {
    let given = fields.get("error");
    let error = given.map(|value| Fields::open(value, "/error", &["message", "code"], faults));
    let mut list = |name: &str, default: &[&str]| match error.as_ref().and_then(|error| error.get(name)) {
        Some(value) => pointer::load_list(Some(value), &format!("/error/{name}"), faults),
        None => default.iter().filter_map(|text| pointer::Pointer::parse(text)).collect(),
    };
    FaultAt {
        message: list("message", &["/message", "/error/message", "/detail", "/error", "/msg", "/title"]),
        code: list("code", &["/errorCode", "/error/code", "/error/type", "/error_code", "/code"]),
    }
}

fn idempotency(fields: &Fields<'_>, known: &dyn Fn(&str) -> bool, faults: &mut Faults) -> Idempotency {
    let Some(value) = fields.get("idempotency") else { return Idempotency::default() };
    let rule = Fields::open(value, "/idempotency", &["mode", "header", "lifetimeMs", "send"], faults);
    let mut send = rule.get("send").map(|value| Overlay::load_at(value, "/idempotency/send", known, faults)).unwrap_or_default();
    if let Some(header) = rule.string("header", faults) {
        send.headers.insert(header.to_ascii_lowercase(), json::text("$intentId"));
    }
    let lifetime = rule.uint("lifetimeMs", faults);
    rule.need("mode", faults);
    let replay = match rule.string("mode", faults).as_deref() {
        Some("replay") => true,
        None | Some("none") => false,
        Some(word) => {
            faults.push(Violation::new("/idempotency/mode", "enum", "none or replay", word));
            false
        }
    };
    if replay {
        // A second POST under this mode is trusted with a person's money, so hearsay is not enough.
        let evidence = fields.get("evidence").and_then(|evidence| evidence.get("/idempotency")).and_then(Value::as_array);
        let word = |index: usize| evidence.and_then(|pair| pair.get(index)).and_then(Value::as_str).unwrap_or_default();
        if word(0) != "docs" || word(1).replace("undisputed", "").contains("disputed") {
            let expected = "evidence \"/idempotency\" of kind `docs`, undisputed, before a submit may be repeated";
            faults.push(Violation::new("/idempotency/mode", "evidence", expected, json::shorten(word(1), 60)));
        }
        if lifetime.is_none() || send == Overlay::default() {
            faults.push(Violation::new("/idempotency", "required", "`lifetimeMs`, and `header` or `send`", "less"));
        }
    }
    Idempotency { replay_ms: lifetime.filter(|_| replay), send }
}

/// Callbacks are read by the hosts' receivers; here only their form is checked.
fn callback(fields: &Fields<'_>, faults: &mut Faults) {
    const SCHEMES: [&str; 6] = ["none", "standard_webhooks", "hmac_body", "hmac_id_timestamp", "ed25519", "shared_secret"];
    let Some(value) = fields.get("callback") else { return };
    let known = ["scheme", "ack", "taskId", "signature", "timestamp", "id", "user", "jwks", "encoding"];
    let callback = Fields::open(value, "/callback", &known, faults);
    callback.need("scheme", faults);
    if let Some(word) = callback.string("scheme", faults).filter(|word| !SCHEMES.contains(&word.as_str())) {
        faults.push(Violation::new("/callback/scheme", "enum", SCHEMES.join(", "), word));
    }
    if let Some(ack) = callback.uint("ack", faults).filter(|ack| !(200..300).contains(ack)) {
        faults.push(Violation::new("/callback/ack", "range", "a status of success", ack.to_string()));
    }
    pointer::load_list(callback.get("taskId"), "/callback/taskId", faults);
}

/// Where each fact comes from: a kind of source, and the source itself.
fn evidence(fields: &Fields<'_>, faults: &mut Faults) {
    for (pointer, pair) in fields.members("evidence", faults) {
        let words: Vec<&str> = pair.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !matches!(words.as_slice(), ["docs" | "reported" | "assumed", source] if !source.is_empty()) {
            let at = format!("/evidence/{}", json::escape_segment(pointer));
            faults.push(Violation::new(at, "evidence", "[\"docs\", \"reported\" or \"assumed\", the source]", json::describe(pair)));
        }
    }
}

fn poll(fields: &Fields<'_>, faults: &mut Faults) -> BTreeMap<String, Polling> {
    let mut kinds = BTreeMap::new();
    for (kind, value) in fields.members("poll", faults) {
        let path = format!("/poll/{}", json::escape_segment(kind));
        if kind != "default" && !KINDS.contains(&kind.as_str()) {
            faults.push(Violation::new(&path, "unknownField", format!("default, {}", KINDS.join(", ")), kind.as_str()));
        }
        kinds.insert(kind.clone(), polling(value, &path, faults));
    }
    kinds
}

fn polling(value: &Value, path: &str, faults: &mut Faults) -> Polling {
    let fields = Fields::open(value, path, &["firstMs", "everyMs", "factorPct", "capMs", "waitMs", "minIntervalMs", "hint"], faults);
    let default = PollSchedule::DEFAULT;
    let mut number = |name: &str, default: u64| fields.uint(name, faults).unwrap_or(default);
    let schedule = PollSchedule {
        first_ms: number("firstMs", default.first_ms),
        every_ms: number("everyMs", default.every_ms),
        factor_pct: number("factorPct", default.factor_pct),
        cap_ms: number("capMs", default.cap_ms),
        min_interval_ms: number("minIntervalMs", default.min_interval_ms),
        wait_ms: number("waitMs", default.wait_ms),
    };
    if schedule.every_ms == 0 || schedule.cap_ms < schedule.every_ms || !(100..=1_000).contains(&schedule.factor_pct) {
        faults.push(Violation::new(
            path,
            "poll",
            "`everyMs` from 1, `capMs` at least that, `factorPct` from 100 to 1000",
            json::describe(value),
        ));
    }
    let hint = fields.get("hint").map(|value| {
        let hint = Fields::open(value, &fields.at("hint"), &["header", "at"], faults);
        match hint.string("header", faults) {
            Some(name) => Hint::Header(name),
            None => Hint::At(pointer::load_list(hint.need("at", faults), &hint.at("at"), faults)),
        }
    });
    Polling { schedule, hint }
}

fn limits(fields: &Fields<'_>, faults: &mut Faults) -> Limits {
    let default = Limits::default();
    let Some(value) = fields.get("limits") else { return default };
    let limits =
        Fields::open(value, "/limits", &["readPerMin", "submitPerMin", "concurrent", "readScope", "statusBytes", "submitBytes"], faults);
    let scope = limits.string("readScope", faults);
    if let Some(word) = scope.as_ref().filter(|word| !["ip", "account"].contains(&word.as_str())) {
        faults.push(Violation::new("/limits/readScope", "enum", "ip or account", word.as_str()));
    }
    let mut number = |name: &str| limits.uint(name, faults);
    let read = Limits {
        read_per_min: number("readPerMin"),
        submit_per_min: number("submitPerMin"),
        concurrent: number("concurrent"),
        per_address: scope.as_deref() == Some("ip"),
        status_bytes: number("statusBytes").unwrap_or(default.status_bytes),
        submit_bytes: number("submitBytes").unwrap_or(default.submit_bytes),
    };
    if [read.read_per_min, read.submit_per_min, read.concurrent].contains(&Some(0)) {
        faults.push(Violation::new("/limits", "minimum", "limits of at least 1, or null where unknown", "0"));
    }
    read
}
