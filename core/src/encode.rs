//! Builds requests. A submit is frozen once, before its record exists; every other request is built when it is due.

use crate::contract::template::{Bindings, fill, fill_text};
use crate::contract::{CancelCall, Contract, KeepOpen, Outline, Payload, SubmitCall};
use crate::error::{Error, ErrorCode, Violation};
use crate::io::{HttpRequest, Operation};
use crate::json::{self, to_canonical};
use crate::record::TaskRecord;
use crate::search::shorten;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

mod frozen;

pub(crate) use frozen::Frozen;

/// The most bytes that are read of an answer from elsewhere than the provider: a store of files says next to nothing.
const ELSEWHERE_BYTES: u64 = 64 << 10;

/// Builds the submit of a valid payload.
pub(crate) fn submit(contract: &Contract, payload: &Payload<'_>, base: &str, intent_id: &str) -> Result<Frozen, Error> {
    let frozen = job(contract, payload, base, intent_id)?;
    let (cap, bytes) = (contract.limits().submit_bytes, frozen.body.len());
    if bytes as u64 > cap {
        let fault = Violation::new("", "submitBytes", format!("a request body of at most {cap} bytes"), format!("{bytes} bytes"));
        return Err(Error::invalid(ErrorCode::InvalidPayload, &format!("the payload of {}", payload.model), vec![fault]));
    }
    Ok(frozen)
}

/// The same of an order as it was given, which may hold media that are uploaded before anything of it is sent: by its hash a caller's key knows
/// its job again.
pub(crate) fn job(contract: &Contract, payload: &Payload<'_>, base: &str, intent_id: &str) -> Result<Frozen, Error> {
    let parts = contract.parts();
    let mut bindings = Bindings { input: Some(payload.input), ..Bindings::default() };
    bindings.text("model", Some(&payload.model));
    bindings.text("intentId", Some(intent_id));
    bindings.text("callbackUrl", payload.callback_url.as_deref());
    bindings.text("callbackSecret", payload.callback_secret.as_deref());
    bind_options(&mut bindings, &payload.options);
    for (name, value) in &payload.vars {
        bindings.text(name, Some(value));
    }
    let Some(call) = choose(&parts.submits, &bindings) else {
        return Err(Error::new(
            ErrorCode::InvalidModel,
            format!("the contract has no submit for the model \"{}\"", shorten(&payload.model, 60)),
        ));
    };
    let mut overlay = call.outline.parts.clone();
    if let Some(with) = call.with_callback.as_ref().filter(|_| payload.callback_url.is_some()) {
        overlay = overlay.under(with);
    }
    // Whom the provider calls need not wait.
    let keep_open = call.keep_open.as_ref().filter(|asked| payload.callback_url.is_none() && asked.is_asked(&payload.options));
    if let Some(keep_open) = keep_open {
        overlay = keep_open.laid_over(&overlay);
    }
    overlay = overlay.under(&parts.idempotency.send);
    let path = match &call.outline.path {
        Some(path) => path.fill(&bindings).map_err(|name| bad_segment(&name, &bindings))?,
        None => String::new(),
    };
    let body = filled(overlay.body.as_ref(), &bindings);
    Ok(Frozen {
        method: call.outline.method.clone(),
        url: format!("{base}{path}{}", query(&overlay.query, &bindings)),
        headers: headers(&parts.headers, &overlay.headers, &bindings, !body.is_empty())?,
        body,
        open_ms: keep_open.map_or(0, |keep_open| keep_open.ms),
    })
}

fn choose<'a>(submits: &'a [SubmitCall], bindings: &Bindings<'_>) -> Option<&'a SubmitCall> {
    submits.iter().find(|call| call.if_var.as_ref().is_none_or(|name| bindings.get(name).is_some()))
}

/// Which submit of the contract a record was made with: its reply rules read the answer.
pub(crate) fn submit_call<'a>(contract: &'a Contract, record: &TaskRecord) -> Option<&'a SubmitCall> {
    choose(&contract.parts().submits, &bindings_of(record))
}

fn bad_segment(name: &str, bindings: &Bindings<'_>) -> Error {
    if name == "model" && bindings.get(name).is_none_or(|model| model == "") {
        let fault = Violation::missing("/model", "the task's model: this provider's calls name it");
        return Error::invalid(ErrorCode::InvalidModel, "the question", vec![fault]);
    }
    let found = bindings.get(name).map_or_else(|| "nothing".to_owned(), json::describe);
    let (code, at) = if name == "model" { (ErrorCode::InvalidModel, "/model") } else { (ErrorCode::InvalidPayload, "") };
    let fault = Violation::new(at, "path", format!("{{{name}}} without empty, `.` or `..` parts: it stands in the URL's path"), found);
    Error::invalid(code, "the model", vec![fault])
}

/// Builds the status call of a task, or of a candidate id where `task_id` names one.
pub(crate) fn status(contract: &Contract, record: &TaskRecord, task_id: Option<&str>, id: String) -> Result<HttpRequest, Error> {
    read(contract, record, &contract.parts().status.outline, Operation::Status, task_id, id)
}

/// Builds the status call of a task that the provider is to keep open until there is news.
pub(crate) fn long_poll(contract: &Contract, record: &TaskRecord, keep_open: &KeepOpen, id: String) -> Result<HttpRequest, Error> {
    let outline = &contract.parts().status.outline;
    let outline = Outline { parts: keep_open.laid_over(&outline.parts), ..outline.clone() };
    let request = read(contract, record, &outline, Operation::Status, None, id)?;
    Ok(HttpRequest { open_ms: keep_open.ms, ..request })
}

/// Builds the call for a finished task's details.
pub(crate) fn result(contract: &Contract, record: &TaskRecord, id: String) -> Result<HttpRequest, Error> {
    let Some(result) = &contract.parts().result else { return Err(unsupported(contract, "result")) };
    read(contract, record, &result.call.outline, Operation::Result, None, id)
}

/// Builds a cancel.
pub(crate) fn cancel(contract: &Contract, cancel: &CancelCall, record: &TaskRecord, id: String) -> Result<HttpRequest, Error> {
    read(contract, record, &cancel.outline, Operation::Cancel, None, id)
}

/// Builds a call that concerns no task: `list` or `account`.
pub(crate) fn about_account(contract: &Contract, base: &str, operation: Operation) -> Result<HttpRequest, Error> {
    let parts = contract.parts();
    let outline = match operation {
        Operation::List => parts.list.as_ref().map(|list| &list.outline),
        Operation::Account => parts.account.as_ref().map(|account| &account.outline),
        _ => None,
    };
    let Some(outline) = outline else { return Err(unsupported(contract, operation.as_str())) };
    build(contract, outline, operation, base, &Bindings::default(), format!("{}:1", operation.as_str()))
}

/// Builds a request of an upload, but for the medium in it.
pub(crate) fn upload(
    contract: &Contract,
    outline: &Outline,
    base: &str,
    bindings: &Bindings<'_>,
    id: String,
) -> Result<HttpRequest, Error> {
    build(contract, outline, Operation::Upload, base, bindings, id)
}

/// The same to a place that the provider named: without the key, and with the headers of this request alone.
pub(crate) fn upload_elsewhere(outline: &Outline, url: &str, bindings: &Bindings<'_>, id: String) -> Result<HttpRequest, Error> {
    let body = filled(outline.parts.body.as_ref(), bindings);
    Ok(HttpRequest {
        id,
        operation: Operation::Upload,
        method: outline.method.clone(),
        auth: false,
        url: url.to_owned(),
        headers: headers(&[], &outline.parts.headers, bindings, !body.is_empty())?,
        body,
        response_cap: ELSEWHERE_BYTES,
        open_ms: 0,
    })
}

/// The body of a request, where it has one.
fn filled(body: Option<&Value>, bindings: &Bindings<'_>) -> Vec<u8> {
    let body = body.and_then(|body| fill(body, bindings));
    body.map(|body| to_canonical(&body).into_bytes()).unwrap_or_default()
}

fn unsupported(contract: &Contract, what: &str) -> Error {
    Error::new(ErrorCode::Unsupported, format!("{} has no {what} call", contract.title()))
}

fn read(
    contract: &Contract,
    record: &TaskRecord,
    outline: &Outline,
    operation: Operation,
    task_id: Option<&str>,
    id: String,
) -> Result<HttpRequest, Error> {
    let mut bindings = bindings_of(record);
    bindings.text("taskId", task_id);
    build(contract, outline, operation, &record.base, &bindings, id)
}

fn build(
    contract: &Contract,
    outline: &Outline,
    operation: Operation,
    base: &str,
    bindings: &Bindings<'_>,
    id: String,
) -> Result<HttpRequest, Error> {
    let parts = contract.parts();
    let whole = outline.url_from.as_ref().and_then(|name| bindings.get(name)).and_then(Value::as_str);
    let url = match (whole.filter(|url| contract.trusts(url, base)), &outline.path) {
        (Some(url), _) => url.to_owned(),
        (None, Some(path)) => {
            let path = path.fill(bindings).map_err(|name| bad_segment(&name, bindings))?;
            format!("{base}{path}{}", query(&outline.parts.query, bindings))
        }
        (None, None) => return Err(Error::new(ErrorCode::Unsupported, "the provider's reply named no URL on its own origins to ask")),
    };
    let body = filled(outline.parts.body.as_ref(), bindings);
    Ok(HttpRequest {
        id,
        operation,
        method: outline.method.clone(),
        auth: contract.trusts(&url, base),
        url,
        headers: headers(&parts.headers, &outline.parts.headers, bindings, !body.is_empty())?,
        body,
        response_cap: if operation == Operation::List { parts.limits.list_bytes() } else { parts.limits.status_bytes },
        open_ms: 0,
    })
}

fn bindings_of(record: &TaskRecord) -> Bindings<'static> {
    let mut bindings = Bindings::default();
    bindings.text("model", Some(&record.model));
    bindings.text("taskId", record.task_id.as_deref());
    bindings.text("intentId", Some(&record.intent_id));
    bind_options(&mut bindings, &record.options);
    for (name, value) in &record.vars {
        bindings.text(name, Some(value));
    }
    bindings
}

fn bind_options(bindings: &mut Bindings<'_>, options: &Map<String, Value>) {
    for (name, value) in options.iter().filter(|(_, value)| !value.is_null()) {
        bindings.others.insert(format!("option.{name}"), value.clone());
    }
}

fn headers(
    common: &[(String, Value)],
    own: &Map<String, Value>,
    bindings: &Bindings<'_>,
    has_body: bool,
) -> Result<Vec<(String, String)>, Error> {
    let mut headers = BTreeMap::from([("accept".to_owned(), "application/json".to_owned())]);
    if has_body {
        headers.insert("content-type".to_owned(), "application/json".to_owned());
    }
    for (name, template) in common.iter().map(|(name, template)| (name, template)).chain(own) {
        let Some(value) = fill_text(template, bindings) else { continue };
        // Left out in silence, it would be another request that is paid for.
        if !is_header_value(&value) {
            let at = template
                .as_str()
                .and_then(|text| text.strip_prefix("$option."))
                .map_or_else(String::new, |name| json::under("/options", name));
            let fault = Violation::new(
                at,
                "header",
                format!("printable ASCII: it is sent as the header `{name}`"),
                json::describe(&Value::String(value)),
            );
            return Err(Error::invalid(ErrorCode::InvalidPayload, "the options", vec![fault]));
        }
        headers.insert(name.clone(), value);
    }
    Ok(headers.into_iter().collect())
}

/// What may stand in a header: printable ASCII. No line break can be smuggled in by an option.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| (0x20..0x7F).contains(&byte))
}

fn query(items: &Map<String, Value>, bindings: &Bindings<'_>) -> String {
    let mut out = String::new();
    for (name, template) in items {
        if let Some(value) = fill_text(template, bindings) {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(&crate::url::encode_segment(name));
            out.push('=');
            out.push_str(&crate::url::encode_segment(&value));
        }
    }
    out
}
