//! Reads a contract and collects every fault.

use super::calls::{self, CALL, Call, Confirm, OUTLINE, Outline, Overlay};
use super::keep_open::KeepOpen;
use super::pointer;
use super::reading::Reading;
use super::samples::Sample;
use super::template::Variables;
use super::upload::Upload;
use super::{AccountCall, CancelCall, ListCall, MOST, MOST_MS, Model, Parts, ResultCall, State, SubmitCall, vars};
use crate::by_name::ByName;
use crate::error::{MOST_NOTED, Violation, note};
use crate::json::{Fields, nth, under};
use crate::media::MediaRules;
use crate::schema::Schema;
use crate::search::shorten;
use crate::url::Origin;
use serde_json::{Map, Value};

/// The contract format that this release reads.
const FORMAT: u64 = 1;

/// What a model makes.
pub(super) const KINDS: [&str; 5] = ["image", "video", "audio", "model", "unknown"];

const FIELDS: [&str; 30] = [
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
    "upload",
    "models",
];
const NOTES: [&str; 3] = ["$defs", "evidence", "samples"];

mod sections;

type Faults = Vec<Violation>;

/// Reads what a contract says of uploads.
pub(super) type ReadUpload = fn(&Fields<'_>, &Parts, &mut Faults) -> Option<Upload>;

/// Reads a contract; it may be used only where no fault was found, and its source is for the caller to put in.
pub(super) fn contract(source: &Value, read_upload: ReadUpload, faults: &mut Faults) -> Parts {
    let known: Vec<&str> = FIELDS.iter().chain(&NOTES).copied().collect();
    let fields = Fields::open(source, "", &known, faults);
    fields.need("gentask", faults);
    if let Some(format) = fields.uint("gentask", faults).filter(|format| *format != FORMAT) {
        note(faults, "/gentask", "version", &format!("contract format {FORMAT}; a newer gentask may read this one"), &format.to_string());
    }
    let id = fields.need_string("id", faults);
    if !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_') || id.len() > 64 {
        note(faults, "/id", "pattern", "up to 64 lower-case letters, digits, `-` or `_`", &shorten(&id, 60));
    }
    let base = fields.need_string("base", faults);
    let base = check_base(&base).unwrap_or_else(|expected| {
        note(faults, "/base", "url", expected, &shorten(&base, 60));
        String::new()
    });
    let mut origins = Vec::new();
    for (index, text) in fields.strings("origins", faults).iter().enumerate() {
        match Origin::of(text).filter(Origin::is_safe) {
            Some(origin) => origins.push(origin),
            None => note(faults, &nth("/origins", index), "url", "an https origin", &shorten(text, 60)),
        }
    }
    let options = options(&fields, faults);
    let vars = vars::load(&fields, faults);
    let empty = Value::Null;
    let defs = fields.get("$defs").unwrap_or(&empty);
    let models = models(&fields, defs, faults);
    let submit = fields.need("submit", faults);
    let submit_values = match submit {
        Some(Value::Array(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    // A contract of many models has many names, and many places that look for one.
    let mut names = Map::new();
    let kept = submit_values.iter().filter_map(|value| value.get("reply")?.get("keep")?.as_object()).flat_map(Map::keys);
    let derived = models.1.iter().flat_map(|(_, model)| model.vars.iter()).chain(vars.iter());
    for name in kept.map(String::as_str).chain(derived.map(|(name, _)| name)) {
        names.insert(name.to_owned(), Value::Null);
    }
    let known = Variables::new(options.iter().map(|(name, _)| name).collect(), names);
    let mut submits: Vec<SubmitCall> = Vec::new();
    for (index, value) in submit_values.iter().enumerate() {
        // A call that is faulty takes more room than its text, and nobody hears of it.
        if faults.len() == MOST_NOTED {
            break;
        }
        let path = if submit.is_some_and(Value::is_array) { nth("/submit", index) } else { "/submit".to_owned() };
        submits.push(self::submit(value, &path, &known, faults));
    }
    if submits.is_empty() && submit.is_some() {
        note(faults, "/submit", "minItems", "at least one submit", "none");
    }
    let (status, long_poll) = match fields.need("status", faults) {
        Some(value) => {
            let members: Vec<&str> = CALL.iter().copied().chain(["keepOpen"]).collect();
            let call = reading_call(value, "/status", &members, &known, faults);
            let keep = KeepOpen::load(&Fields::tolerant(value, "/status", faults), &call.outline, false, &known, faults);
            (call, keep)
        }
        None => Default::default(),
    };
    let result = fields.get("result").map(|value| result(value, &known, faults));
    let cancel = fields.get("cancel").map(|value| cancel(value, &known, faults));
    let list = fields.get("list").map(|value| list(value, &known, faults));
    let account = fields.get("account").map(|value| account(value, &known, faults));
    let headers = fields.members("headers", faults).map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect::<Vec<_>>();
    for (name, value) in &headers {
        calls::check_header(name, &under("/headers", name), faults);
        super::template::lint(value, &under("/headers", name), &known, faults);
    }
    let callback = sections::callback(&fields, &submits, faults);
    sections::evidence(&fields, faults);
    let parts = Parts {
        title: fields.string("title", faults).unwrap_or_else(|| id.clone()),
        revision: fields.within("revision", 1..=MOST, faults).unwrap_or(1),
        docs: fields.string("docs", faults),
        env: sections::environment(&fields, faults),
        auth: sections::auth(&fields, faults),
        in_band: fields.get("inBand").map(|value| sections::in_band(value, faults)),
        fault_at: sections::fault_at(&fields, faults),
        errors: calls::error_rules(fields.array("errors", faults), "/errors", faults),
        idempotency: sections::idempotency(&fields, &known, faults),
        poll: sections::poll(&fields, faults),
        limits: sections::limits(&fields, faults),
        retention_ms: fields.within("retentionMs", 1..=MOST_MS, faults),
        media: fields.get("media").map(|value| MediaRules::load(value, "/media", faults)).unwrap_or_default(),
        upload: None,
        open: models.0,
        models: models.1,
        samples: Sample::load_all(&fields, faults),
        source: Value::Null,
        id,
        base,
        origins,
        headers,
        options,
        vars,
        submits,
        status,
        long_poll,
        result,
        cancel,
        list,
        account,
        callback,
    };
    let upload = read_upload(&fields, &parts, faults);
    let uploaded = upload.as_ref().and_then(|upload| upload.prefix.clone());
    let media = MediaRules { uploaded, ..parts.media.clone().within(parts.limits.submit_bytes) };
    Parts { media, upload, ..parts }
}

/// A base URL without a slash at its end; what was expected, where it is none.
pub(crate) fn check_base(text: &str) -> Result<String, &'static str> {
    let base = text.trim_end_matches('/');
    // HTTP clients take such a part away, and would ask another place than the one that is recorded.
    let climbs = || {
        base.split('/').skip(3).any(|part| matches!(part.to_ascii_lowercase().as_str(), "." | "%2e" | ".." | ".%2e" | "%2e." | "%2e%2e"))
    };
    match Origin::of(base) {
        Some(origin) if !base.contains(['?', '#', '\\']) && !climbs() => {
            if origin.is_safe() {
                Ok(base.to_owned())
            } else {
                Err("an https URL; http only to this machine (127.0.0.1, [::1], localhost)")
            }
        }
        _ => Err("an absolute https URL without userinfo, query, fragment and `.` or `..` parts"),
    }
}

fn options(fields: &Fields<'_>, faults: &mut Faults) -> ByName<Schema> {
    let mut options = ByName::default();
    for (name, rule) in fields.members("options", faults) {
        let path = under("/options", name);
        if let Some(schema) = Schema::compile(rule, &Value::Null, &path, faults) {
            options.insert(name, schema);
        }
    }
    options
}

fn models(fields: &Fields<'_>, defs: &Value, faults: &mut Faults) -> (bool, ByName<Model>) {
    let mut models = ByName::default();
    let Some(value) = fields.need("models", faults) else { return (false, models) };
    let fields = Fields::open(value, "/models", &["open", "list"], faults);
    fields.need("open", faults);
    let open = fields.boolean("open", faults).unwrap_or(false);
    let (mut inputs, mut listed) = (Vec::new(), Vec::new());
    for (id, value) in fields.members("list", faults) {
        if faults.len() == MOST_NOTED {
            break;
        }
        let path = under("/models/list", id);
        let model = Fields::open(value, &path, &["kind", "title", "docs", "input", "vars", "poll"], faults);
        let kind = model.need_string("kind", faults);
        if !KINDS.contains(&kind.as_str()) {
            note(faults, &model.at("kind"), "enum", &KINDS.join(", "), &kind);
        }
        let poll = model.get("poll").map(|value| sections::polling(value, &model.at("poll"), faults));
        inputs.extend(model.get("input").map(|schema| (schema, model.at("input"))));
        let has_input = model.get("input").is_some();
        listed.push((id, has_input, Model { kind, input: None, vars: vars::load(&model, faults), poll }));
    }
    let schemas: Vec<_> = inputs.iter().map(|(schema, path)| (*schema, path.as_str())).collect();
    let mut compiled = Schema::compile_all(&schemas, defs, faults).unwrap_or_default().into_iter();
    for (id, has_input, model) in listed {
        models.insert(id, Model { input: if has_input { compiled.next() } else { None }, ..model });
    }
    (open, models)
}

fn submit(value: &Value, path: &str, known: &Variables<'_>, faults: &mut Faults) -> SubmitCall {
    let members: Vec<&str> = CALL.iter().copied().chain(["ifVar", "withCallback", "keepOpen"]).collect();
    let fields = Fields::open(value, path, &members, faults);
    let mut call = SubmitCall {
        outline: Outline::load(&fields, "POST", known, faults),
        if_var: fields.string("ifVar", faults),
        with_callback: fields.get("withCallback").map(|value| Overlay::load_at(value, &fields.at("withCallback"), known, faults)),
        ..SubmitCall::default()
    };
    call.keep_open = KeepOpen::load(&fields, &call.outline, true, known, faults);
    if let Some(name) = call.if_var.as_deref().filter(|name| !known.has(name)) {
        note(faults, &fields.at("ifVar"), "variable", &known.words(), name);
    }
    if let Some(value) = fields.need("reply", faults) {
        let reply = Fields::open(value, &fields.at("reply"), &["taskId", "state", "errors", "keep"], faults);
        call.task_id = pointer::need_at(&reply, "taskId", faults);
        call.state_at = pointer::load_at(&reply, "state", faults);
        call.errors = calls::error_rules(reply.array("errors", faults), &reply.at("errors"), faults);
        for (name, pointers) in reply.members("keep", faults) {
            let at = under(&reply.at("keep"), name);
            call.keep.insert(name, pointer::load_list(Some(pointers), &at, faults));
        }
    }
    call
}

fn reading_call(value: &Value, path: &str, members: &[&str], known: &Variables<'_>, faults: &mut Faults) -> Call<Reading> {
    let fields = Fields::open(value, path, members, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let reply = fields.need("reply", faults).map(|value| Reading::load(value, &fields.at("reply"), faults));
    Call { outline, reply: reply.unwrap_or_default() }
}

fn result(value: &Value, known: &Variables<'_>, faults: &mut Faults) -> ResultCall {
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

fn cancel(value: &Value, known: &Variables<'_>, faults: &mut Faults) -> CancelCall {
    let members: Vec<&str> = OUTLINE.iter().copied().chain(["while", "confirm", "repeatable", "destroysResult"]).collect();
    let fields = Fields::open(value, "/cancel", &members, faults);
    let confirm = match fields.string("confirm", faults).as_deref() {
        None | Some("poll") => Confirm::Poll,
        Some("ack") => Confirm::Ack,
        Some(word) => {
            note(faults, "/cancel/confirm", "enum", "ack or poll", word);
            Confirm::Poll
        }
    };
    let allowed = states(&fields, "while", faults);
    if allowed.iter().any(|state| !matches!(state, State::Pending | State::Processing)) {
        note(faults, "/cancel/while", "enum", "pending and processing: a task that has ended cannot be cancelled", "another state");
    }
    CancelCall {
        outline: Outline::load(&fields, "POST", known, faults),
        allowed,
        confirm,
        repeatable: fields.boolean("repeatable", faults).unwrap_or(false),
        destroys_result: fields.boolean("destroysResult", faults).unwrap_or(false),
    }
}

fn list(value: &Value, known: &Variables<'_>, faults: &mut Faults) -> ListCall {
    let fields = Fields::open(value, "/list", &CALL, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let empty = Value::Null;
    let reply = fields.need("reply", faults).unwrap_or(&empty);
    let reply = Fields::open(reply, "/list/reply", &["items", "taskId", "createdAt", "model", "reference"], faults);
    let pointers = |name: &str, faults: &mut Faults| pointer::load_at(&reply, name, faults);
    ListCall {
        outline,
        items: pointers("items", faults),
        task_id: pointers("taskId", faults),
        created: pointers("createdAt", faults),
        model: pointers("model", faults),
        reference: pointers("reference", faults),
    }
}

fn account(value: &Value, known: &Variables<'_>, faults: &mut Faults) -> AccountCall {
    let fields = Fields::open(value, "/account", &CALL, faults);
    let outline = Outline::load(&fields, "GET", known, faults);
    let empty = Value::Null;
    let reply = fields.need("reply", faults).unwrap_or(&empty);
    let reply = Fields::open(reply, "/account/reply", &["balance", "unit"], faults);
    let balance = pointer::need_at(&reply, "balance", faults);
    AccountCall { outline, balance, unit: reply.string("unit", faults) }
}

#[cfg(test)]
mod tests {
    use super::super::Contract;
    use super::*;
    use serde_json::json;

    /// A contract with every number that a contract may have.
    fn numbers() -> Value {
        let poll = json!({"firstMs": 5, "everyMs": 5, "factorPct": 100, "capMs": 315_360_000_000_u64, "waitMs": 5, "minIntervalMs": 5});
        let reply = json!({"state": {"at": "/state", "words": {"done": "success"}}, "progress": {"at": "/progress", "max": 5}});
        json!({
            "gentask": 1, "id": "mini", "revision": 5, "base": "https://api.example", "auth": {"header": "authorization", "value": "{key}"},
            "vars": {"app": {"from": "model", "segments": [0, 5]}},
            "submit": {"path": "/s", "reply": {"taskId": "/id"}}, "status": {"path": "/t", "reply": reply},
            "idempotency": {"mode": "none", "header": "x", "lifetimeMs": 5}, "callback": {"scheme": "none", "ack": 200, "everyMs": 5},
            "poll": {"default": poll},
            "limits": {"readPerMin": 5, "submitPerMin": 5, "concurrent": 5, "statusBytes": 5, "submitBytes": 5},
            "retentionMs": 5, "media": {"accept": ["https"], "maxBytes": 5, "types": []},
            "models": {"open": true, "list": {"m": {"kind": "image", "poll": poll}}},
            "samples": {"status": [{"status": 200, "json": {}, "is": "pending"}]}
        })
    }

    #[test]
    fn every_number_has_bounds_and_the_schema_for_editors_has_the_same() {
        const TIME: u64 = 10 * 365 * 24 * 60 * 60 * 1_000;
        const BYTES: u64 = 256 * 1024 * 1024;
        let schema: Value = serde_json::from_str(include_str!("../../contracts/contract.schema.json")).unwrap();
        let mut faults = Vec::new();
        let schema = Schema::compile(&schema, &Value::Null, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
        let bounds = [
            ("/revision", 1, 1_000_000),
            ("/vars/app/segments/1", 1, 1_000),
            ("/status/reply/progress/max", 1, 1_000_000),
            ("/idempotency/lifetimeMs", 1, TIME),
            ("/callback/ack", 200, 299),
            ("/callback/everyMs", 1, TIME),
            ("/poll/default/firstMs", 0, TIME),
            ("/poll/default/everyMs", 1, TIME),
            ("/poll/default/factorPct", 100, 1_000),
            ("/poll/default/capMs", 5, TIME),
            ("/poll/default/waitMs", 1, TIME),
            ("/poll/default/minIntervalMs", 1, TIME),
            ("/limits/readPerMin", 1, 1_000_000),
            ("/limits/submitPerMin", 1, 1_000_000),
            ("/limits/concurrent", 1, 1_000_000),
            ("/limits/statusBytes", 1, BYTES),
            ("/limits/submitBytes", 1, BYTES),
            ("/retentionMs", 1, TIME),
            ("/media/maxBytes", 1, BYTES),
            ("/models/list/m/poll/waitMs", 1, TIME),
            ("/samples/status/0/status", 100, 599),
        ];
        for (at, least, most) in bounds {
            let mut contract = numbers();
            let mut verdict = |number: Value| {
                *contract.pointer_mut(at).unwrap() = number;
                let fault = Contract::load(contract.to_string().as_bytes()).err().map(|error| error.violations[0].path.clone());
                (fault, schema.check(&contract, &MediaRules::default()).is_empty())
            };
            for good in [least, most] {
                assert_eq!(verdict(json!(good)), (None, true), "{at} {good}");
            }
            for bad in [json!(most + 1), json!(4_611_686_018_427_387_904_u64), json!(u64::MAX), json!(1e300), json!(-1), json!(0.5)] {
                let (fault, by_schema) = verdict(bad.clone());
                assert!(fault.is_some_and(|path| at.starts_with(&path)) && !by_schema, "{at} {bad}");
            }
            if let Some(below) = u64::checked_sub(least, 1) {
                // That `capMs` and an end are above another number is more than a schema can say.
                let (fault, by_schema) = verdict(json!(below));
                assert!(fault.is_some() && (!by_schema || at.ends_with("capMs") || at.ends_with("segments/1")), "{at} {below}");
            }
        }
    }

    #[test]
    fn every_number_that_is_wrong_is_told_at_once() {
        let mut contract = numbers();
        for at in ["/limits/readPerMin", "/limits/submitPerMin", "/poll/default/everyMs", "/retentionMs", "/media/maxBytes"] {
            *contract.pointer_mut(at).unwrap() = json!(u64::MAX);
        }
        let faults = Contract::load(contract.to_string().as_bytes()).unwrap_err().violations;
        let told: Vec<_> = faults.iter().map(|fault| format!("{} {} {}", fault.path, fault.rule, fault.expected)).collect();
        assert_eq!(
            told,
            [
                "/poll/default/everyMs range a whole number from 1 to 315360000000",
                "/limits/readPerMin range a whole number from 1 to 1000000",
                "/limits/submitPerMin range a whole number from 1 to 1000000",
                "/retentionMs range a whole number from 1 to 315360000000",
                "/media/maxBytes range a whole number from 1 to 268435456",
            ]
        );
    }

    #[test]
    fn a_contract_of_more_than_a_megabyte_is_not_read() {
        let mut text = numbers().to_string();
        text.push_str(&" ".repeat((1 << 20) - text.len()));
        assert!(Contract::load(text.as_bytes()).is_ok());
        text.push(' ');
        let fault = Contract::load(text.as_bytes()).unwrap_err().violations.remove(0);
        assert_eq!((fault.rule.as_str(), fault.expected.as_str()), ("size", "at most 1048576 bytes"));
    }
}
