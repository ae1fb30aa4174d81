//! The sections of a contract that are not calls.

use super::super::callback::Callback;
use super::super::calls::{self, Overlay, SubmitCall};
use super::super::{Auth, Environment, FaultAt, Hint, Idempotency, InBand, Limits, MOST, MOST_MS, Polling, pointer};
use super::{Faults, KINDS};
use crate::backoff::PollSchedule;
use crate::by_name::ByName;
use crate::contract::template::Variables;
use crate::error::note;
use crate::json::{self, Fields, under};
use crate::media::MOST_BYTES;
use crate::search;
use crate::search::shorten;
use serde_json::Value;

pub(super) fn environment(fields: &Fields<'_>, faults: &mut Faults) -> Environment {
    let Some(value) = fields.get("env") else { return Environment::default() };
    let env = Fields::open(value, "/env", &["key", "baseUrl", "requestTimeoutMs", "maxReadRetries", "webhookSecret"], faults);
    Environment {
        key: env.string("key", faults),
        base_url: env.string("baseUrl", faults),
        request_timeout_ms: env.string("requestTimeoutMs", faults),
        max_read_retries: env.string("maxReadRetries", faults),
        webhook_secret: env.string("webhookSecret", faults),
    }
}

pub(super) fn auth(fields: &Fields<'_>, faults: &mut Faults) -> Auth {
    let Some(value) = fields.need("auth", faults) else { return Auth::default() };
    let auth = Fields::open(value, "/auth", &["header", "value"], faults);
    let header = auth.need_string("header", faults).to_ascii_lowercase();
    let text = auth.need_string("value", faults);
    if !header.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        note(faults, "/auth/header", "pattern", "a header's name", &header);
    }
    match search::split_once(&text, "{key}") {
        Some((prefix, suffix)) if !search::contains(suffix, "{key}") && text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) => {
            Auth { header, prefix: prefix.to_owned(), suffix: suffix.to_owned() }
        }
        _ => {
            note(faults, "/auth/value", "pattern", "text with `{key}` in it, once", &shorten(&text, 60));
            Auth::default()
        }
    }
}

pub(super) fn in_band(value: &Value, faults: &mut Faults) -> InBand {
    let fields = Fields::open(value, "/inBand", &["at", "ok"], faults);
    let at = pointer::need_at(&fields, "at", faults);
    fields.need("ok", faults);
    InBand { at, ok: fields.array("ok", faults).iter().filter_map(json::scalar_text).collect() }
}

pub(super) fn fault_at(fields: &Fields<'_>, faults: &mut Faults) -> FaultAt {
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

pub(super) fn idempotency(fields: &Fields<'_>, known: &Variables<'_>, faults: &mut Faults) -> Idempotency {
    let Some(value) = fields.get("idempotency") else { return Idempotency::default() };
    let rule = Fields::open(value, "/idempotency", &["mode", "header", "lifetimeMs", "send"], faults);
    let mut send = rule.get("send").map(|value| Overlay::load_at(value, "/idempotency/send", known, faults)).unwrap_or_default();
    if let Some(header) = rule.string("header", faults) {
        calls::check_header(&header, "/idempotency/header", faults);
        send.headers.insert(header.to_ascii_lowercase(), json::text("$intentId"));
    }
    let lifetime = rule.within("lifetimeMs", 1..=MOST_MS, faults);
    rule.need("mode", faults);
    let replay = match rule.string("mode", faults).as_deref() {
        Some("replay") => true,
        None | Some("none") => false,
        Some(word) => {
            note(faults, "/idempotency/mode", "enum", "none or replay", word);
            false
        }
    };
    if replay {
        // A second POST under this mode is trusted with a person's money, so hearsay is not enough.
        let evidence = fields.get("evidence").and_then(|evidence| evidence.get("/idempotency")).and_then(Value::as_array);
        let word = |index: usize| evidence.and_then(|pair| pair.get(index)).and_then(Value::as_str).unwrap_or_default();
        if word(0) != "docs" || search::contains(&search::without(word(1), "undisputed"), "disputed") {
            let expected = "evidence \"/idempotency\" of kind `docs`, undisputed, before a submit may be repeated";
            note(faults, "/idempotency/mode", "evidence", expected, &shorten(word(1), 60));
        }
        if lifetime.is_none() || send == Overlay::default() {
            note(faults, "/idempotency", "required", "`lifetimeMs`, and `header` or `send`", "less");
        }
    }
    Idempotency { replay_ms: lifetime.filter(|_| replay), send }
}

/// How callbacks are proved and read; `None`: the provider sends none.
pub(super) fn callback(fields: &Fields<'_>, submits: &[SubmitCall], faults: &mut Faults) -> Option<Callback> {
    fields.get("callback").map(|value| Callback::load(value, submits, faults))
}

/// Where each fact comes from: a kind of source, and the source itself.
pub(super) fn evidence(fields: &Fields<'_>, faults: &mut Faults) {
    for (pointer, pair) in fields.members("evidence", faults) {
        let words: Vec<&str> = pair.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !matches!(words.as_slice(), ["docs" | "reported" | "assumed", source] if !source.is_empty()) {
            let at = under("/evidence", pointer);
            note(faults, &at, "evidence", "[\"docs\", \"reported\" or \"assumed\", the source]", &json::describe(pair));
        }
    }
}

pub(super) fn poll(fields: &Fields<'_>, faults: &mut Faults) -> ByName<Polling> {
    let mut kinds = ByName::default();
    for (kind, value) in fields.members("poll", faults) {
        let path = under("/poll", kind);
        if kind != "default" && !KINDS.contains(&kind.as_str()) {
            note(faults, &path, "unknownField", &format!("default, {}", KINDS.join(", ")), kind);
        }
        kinds.insert(kind, polling(value, &path, faults));
    }
    kinds
}

pub(super) fn polling(value: &Value, path: &str, faults: &mut Faults) -> Polling {
    let fields =
        Fields::open(value, path, &["firstMs", "everyMs", "factorPct", "capMs", "waitMs", "minIntervalMs", "learned", "hint"], faults);
    let default = PollSchedule::DEFAULT;
    let mut time = |name: &str, least: u64, default: u64| fields.within(name, least..=MOST_MS, faults).unwrap_or(default);
    let schedule = PollSchedule {
        first_ms: time("firstMs", 0, default.first_ms),
        every_ms: time("everyMs", 1, default.every_ms),
        cap_ms: time("capMs", 1, default.cap_ms),
        min_interval_ms: time("minIntervalMs", 1, default.min_interval_ms),
        wait_ms: time("waitMs", 1, default.wait_ms),
        factor_pct: fields.within("factorPct", 100..=1_000, faults).unwrap_or(default.factor_pct),
    };
    if schedule.cap_ms < schedule.every_ms {
        note(faults, path, "poll", "a `capMs` of at least `everyMs`", &json::describe(value));
    }
    let hint = fields.get("hint").map(|value| {
        let hint = Fields::open(value, &fields.at("hint"), &["header", "at"], faults);
        match hint.string("header", faults) {
            Some(name) => Hint::Header(name),
            None => Hint::At(pointer::need_at(&hint, "at", faults)),
        }
    });
    Polling { schedule, learned: fields.boolean("learned", faults).unwrap_or(true), hint }
}

pub(super) fn limits(fields: &Fields<'_>, faults: &mut Faults) -> Limits {
    let default = Limits::default();
    let Some(value) = fields.get("limits") else { return default };
    let limits =
        Fields::open(value, "/limits", &["readPerMin", "submitPerMin", "concurrent", "readScope", "statusBytes", "submitBytes"], faults);
    let scope = limits.string("readScope", faults);
    if let Some(word) = scope.as_ref().filter(|word| !["ip", "account"].contains(&word.as_str())) {
        note(faults, "/limits/readScope", "enum", "ip or account", word);
    }
    let mut number = |name: &str, most: u64| limits.within(name, 1..=most, faults);
    Limits {
        read_per_min: number("readPerMin", MOST),
        submit_per_min: number("submitPerMin", MOST),
        concurrent: number("concurrent", MOST),
        per_address: scope.as_deref() == Some("ip"),
        status_bytes: number("statusBytes", MOST_BYTES).unwrap_or(default.status_bytes),
        submit_bytes: number("submitBytes", MOST_BYTES).unwrap_or(default.submit_bytes),
    }
}
