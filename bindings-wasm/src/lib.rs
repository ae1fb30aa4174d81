//! The core behind the npm package `gentask`: private, and as plain as a boundary can be. Scalars, bytes and JSON texts go in, JSON texts come
//! out, and a mistake is thrown as the JSON of its reply. What a program sees is the TypeScript around it.

#![expect(clippy::needless_pass_by_value, reason = "bytes cross the boundary by value")]

#[cfg(feature = "calls")]
pub mod callbacks;
#[cfg(feature = "calls")]
pub mod client;
#[cfg(feature = "command")]
pub mod command;
mod contract;
mod machine;
mod pacer;
#[cfg(feature = "tables")]
pub mod tables;

use gentask_core::client::{Callbacks, holder_name, holder_process};
use gentask_core::internal::{Asked, FINAL_POLL_GRACE_MS, Members, to_canonical};
use gentask_core::record::Fault;
use gentask_core::webhook::{Secret, Secrets};
use gentask_core::{Error, ErrorCode, Generation, HttpResponse, Output, Phase, Reply, Settings, SubmitOptions, TaskRecord, Violation};
use serde_json::{Map, Value};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

pub use contract::{Contract, built_in_names};
pub use machine::Machine;
pub use pacer::Pacer;

type Thrown<T> = Result<T, JsValue>;

/// A mistake as it is thrown: its message, and its reply.
fn thrown(error: &Error) -> JsValue {
    thrown_as(error, &error.reply())
}

fn thrown_as(error: &Error, reply: &Reply) -> JsValue {
    JsValue::from_str(&to_canonical(&Members::default().text("message", &error.to_string()).value("reply", reply.to_value()).done()))
}

fn millis(time: f64) -> u64 {
    // From a JavaScript number: a time before 1970 or beyond all calendars is cut to what there is.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut on purpose")]
    let millis = time as u64;
    millis
}

#[expect(clippy::cast_precision_loss, reason = "a time is far below 2^53, and the largest one means never")]
fn number(millis: u64) -> f64 {
    millis as f64
}

fn read(text: &str) -> Thrown<Value> {
    gentask_core::contract::parse_payload(text.as_bytes()).map_err(|error| thrown(&error))
}

fn generation(model: &str, input: &str) -> Thrown<Generation> {
    Ok(Generation { model: model.to_owned(), input: read(input)? })
}

fn submit_options(text: &str) -> Thrown<SubmitOptions> {
    options_of(&read(text)?)
}

fn options_of(value: &Value) -> Thrown<SubmitOptions> {
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let options = match value.get("options") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(options)) => options.clone(),
        // An order without the limit that its caller meant may cost more than that.
        Some(_) => {
            let fault = Violation::new("/options", "type", "an object", "something else");
            return Err(thrown(&Error::invalid(ErrorCode::InvalidPayload, "the options", vec![fault])));
        }
    };
    Ok(SubmitOptions { key: word("key"), owner: word("owner"), callback_url: word("callbackUrl"), options })
}

fn stored(record: &str) -> Thrown<TaskRecord> {
    TaskRecord::from_json(record.as_bytes()).map_err(|error| thrown(&error))
}

fn replied(reply: &str) -> Thrown<Reply> {
    Reply::from_json(reply.as_bytes()).map_err(|error| thrown(&error))
}

fn settings(text: &str) -> Thrown<Arc<Settings>> {
    Settings::from_value(&read(text)?).map(Arc::new).map_err(|error| thrown(&error))
}

fn response(head: &str, body: Vec<u8>) -> Thrown<HttpResponse> {
    let response = HttpResponse::from_value(&read(head)?).map_err(|error| thrown(&error))?;
    Ok(HttpResponse { body, ..response })
}

/// Outputs: their JSON, and then, each by itself, the texts of the records and replies in them, in their order. A number in those may be one that
/// JavaScript cannot hold, and no text is written into a text.
fn outputs(outputs: &[Output]) -> Vec<String> {
    let (mut texts, mut values) = (Vec::new(), Vec::new());
    for output in outputs {
        let mut value = output.to_value();
        for name in ["record", "reply"] {
            if let Some(member) = value.get_mut(name) {
                texts.push(to_canonical(&member.take()));
            }
        }
        values.push(value);
    }
    texts.insert(0, to_canonical(&Value::Array(values)));
    texts
}

/// A question without a task that brought nothing: its code, its reply as a text, and after how many milliseconds to ask again, if at all.
fn failed(fault: &Fault, tried: u32, now: u64) -> Value {
    Members::default()
        .text("code", fault.code.as_str())
        .text("reply", &Reply::unread(None, fault).to_json())
        .opt_int("againMs", fault.again_after(tried, now))
        .done()
}

/// What is odd about a reply.
#[wasm_bindgen]
pub fn warnings(reply: &str) -> Thrown<Vec<String>> {
    Ok(replied(reply)?.warnings())
}

/// Checks what a client says about its callbacks: `{"hosts": [text], "secrets": [text]}`.
#[wasm_bindgen(js_name = checkCallbacks)]
pub fn check_callbacks(options: &str) -> Thrown<()> {
    let options = read(options)?;
    let texts = |name: &str| -> Vec<String> {
        let list = options.get(name).and_then(Value::as_array).into_iter().flatten();
        list.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    };
    let token = texts("secrets").into_iter().map(|text| Secret::new(text, None)).collect();
    let callbacks = Callbacks { secrets: Secrets { token, ..Secrets::default() }, hosts: texts("hosts"), are_kept: false };
    callbacks.check().map_err(|error| thrown(&error))
}

/// A medium as it stands in a payload.
#[wasm_bindgen(js_name = dataUri)]
pub fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    gentask_core::contract::data_uri(media_type, bytes)
}

/// The key of one of a batch's jobs that has none of its own; `nth` counts those that are alike, from 1.
#[wasm_bindgen(js_name = batchKey)]
pub fn batch_key(batch: &str, model: &str, input: &str, options: &str, nth: usize) -> Thrown<String> {
    Ok(gentask_core::batch_key(batch, &generation(model, input)?, &submit_options(options)?, nth))
}

/// Why a program may not add this header to a request that has the headers `taken`, one a line; empty where it may.
#[wasm_bindgen(js_name = refusedHeader)]
pub fn refused_header(name: &str, value: &str, taken: &str) -> String {
    gentask_core::internal::refused_header(name, value, taken.split('\n')).unwrap_or_default().to_owned()
}

/// A JSON text as this project writes it.
#[wasm_bindgen]
pub fn canonical(text: &str) -> Thrown<String> {
    Ok(to_canonical(&read(text)?))
}

/// A stored record as it is written back, or thrown with everything that is wrong with it.
#[wasm_bindgen(js_name = canonicalRecord)]
pub fn canonical_record(record: &str) -> Thrown<String> {
    Ok(stored(record)?.to_json())
}

/// The reply that a stored record makes.
#[wasm_bindgen(js_name = replyOf)]
pub fn reply_of(record: &str, raw: Option<Vec<u8>>) -> Thrown<String> {
    Ok(stored(record)?.reply(raw.as_deref()).to_json())
}

/// A reply as it is written, or thrown with everything that is wrong with it.
#[wasm_bindgen(js_name = canonicalReply)]
pub fn canonical_reply(reply: &str) -> Thrown<String> {
    Ok(replied(reply)?.to_json())
}

/// A question without a task that brought no answer at all: as [`Contract::read_account`] says of one that brought nothing.
#[wasm_bindgen]
pub fn unreached(reason: &str, tried: u32, now: f64) -> String {
    to_canonical(&failed(&Fault::unreached(reason), tried, millis(now)))
}

/// The reply to a question without a task where the account is asked to pause for longer than it waits.
#[wasm_bindgen]
pub fn paused(until: f64, end: f64, now: f64) -> Option<String> {
    Fault::paused(millis(until), millis(end), millis(now)).map(|fault| Reply::unread(None, &fault).to_json())
}

/// A failure as one of a call that says nothing about how a task is.
#[wasm_bindgen]
pub fn unanswered(reply: &str) -> Thrown<String> {
    Ok(replied(reply)?.unanswered().to_json())
}

/// A failure as one of a question about a task.
#[wasm_bindgen(js_name = ofTask)]
pub fn of_task(reply: &str, task_id: &str) -> Thrown<String> {
    Ok(replied(reply)?.of_task(task_id).to_json())
}

/// A failure as one of a file of a task that is done.
#[wasm_bindgen(js_name = ofFile)]
pub fn of_file(reply: &str) -> Thrown<String> {
    Ok(replied(reply)?.asked(Asked::File).to_json())
}

/// Whether a submit in this phase needs nothing more of a driver.
#[wasm_bindgen(js_name = isSettled)]
pub fn is_settled(phase: &str) -> bool {
    Phase::from_word(phase).is_none_or(Phase::is_settled)
}

/// Whether nothing of a record is needed any more: its task ended before this time, and nobody has to look after it.
#[wasm_bindgen(js_name = mayBePruned)]
pub fn may_be_pruned(record: &str, ended_before: f64) -> Thrown<bool> {
    Ok(stored(record)?.may_be_pruned(millis(ended_before)))
}

/// Why a record may not be deleted; nothing where it may.
#[wasm_bindgen(js_name = whyKept)]
pub fn why_kept(record: &str) -> Thrown<Option<String>> {
    Ok(stored(record)?.why_kept().map(str::to_owned))
}

/// The same failure of a keyed order whose key could not be looked up.
#[wasm_bindgen(js_name = ofUnreadKey)]
pub fn of_unread_key(reply: &str) -> Thrown<String> {
    Ok(replied(reply)?.of_unread_key().to_json())
}

/// Whether the attempt that a stored record tells of is a machine's own.
#[wasm_bindgen(js_name = isHeldBy)]
pub fn is_held_by(record: &str, machine: &Machine) -> Thrown<bool> {
    Ok(machine.0.holds(&stored(record)?))
}

/// The same failure of an order whose key has a task that cannot be gone on with.
#[wasm_bindgen(js_name = ofRedelivery)]
pub fn of_redelivery(reply: &str, record: &str) -> Thrown<String> {
    Ok(replied(reply)?.of_redelivery(&stored(record)?).to_json())
}

/// The reply to a record that is stored and cannot be read.
#[wasm_bindgen]
pub fn damaged(intent_id: &str, why: &str) -> String {
    Reply::damaged(intent_id, why).to_json()
}

/// A failure as one of a stored task.
#[wasm_bindgen]
pub fn about(reply: &str, record: &str) -> Thrown<String> {
    Ok(replied(reply)?.about(&stored(record)?).to_json())
}

/// A failure as one of a submit that may have been accepted.
#[wasm_bindgen(js_name = inDoubt)]
pub fn in_doubt(reply: &str, intent_id: &str) -> Thrown<String> {
    Ok(replied(reply)?.in_doubt(intent_id).to_json())
}

/// The reply to who left a submit that goes on; `record` is how it was last known.
#[wasm_bindgen]
pub fn left(intent_id: &str, record: Option<String>) -> Thrown<String> {
    let record = record.map(|record| stored(&record)).transpose()?;
    Ok(Reply::left(intent_id, record.as_ref()).to_json())
}

/// How long a poll that was sent at a deadline may take before the wait ends without it, in milliseconds.
#[wasm_bindgen(js_name = finalPollGraceMs)]
pub fn final_poll_grace_ms() -> f64 {
    number(FINAL_POLL_GRACE_MS)
}

/// The reply to a wait whose time was over before anything was heard of the task.
#[wasm_bindgen(js_name = timedOut)]
pub fn timed_out(record: &str) -> Thrown<String> {
    Ok(stored(record)?.timed_out().to_json())
}

/// The save that withdraws a prepared submit, as outputs; none where it is not prepared any more.
#[wasm_bindgen]
pub fn withdrawn(record: &str, code: &str, why: &str, now: f64) -> Thrown<Vec<String>> {
    let code = ErrorCode::from_word(code).unwrap_or(ErrorCode::UnknownError);
    let withdrawn = stored(record)?.withdrawn(code, why, millis(now));
    Ok(outputs(withdrawn.map(|(record, blobs)| Output::Save { record: Arc::new(record), blobs, fence: true }).as_slice()))
}

/// The failure of a submit that is stored, and could not be withdrawn.
#[wasm_bindgen(js_name = stillStored)]
pub fn still_stored(reply: &str, surely: bool) -> Thrown<String> {
    Ok(replied(reply)?.still_stored(surely).to_json())
}

/// The name of a lease's holder.
#[wasm_bindgen(js_name = holderName)]
pub fn holder(client: &str, host: &str, pid: f64, started: f64) -> String {
    holder_name(client, host, millis(pid), millis(started))
}

/// The process that a holder's name tells of: `[host, pid, started]`.
#[wasm_bindgen(js_name = holderProcess)]
pub fn process(holder: &str) -> Option<String> {
    holder_process(holder).map(|(host, pid, started)| to_canonical(&Value::Array(vec![host.into(), pid.into(), started.into()])))
}

/// The reply where the store does not take the save of a record.
#[wasm_bindgen(js_name = lostSave)]
pub fn lost_save(record: &str, why: &str, submits: bool) -> Thrown<String> {
    Ok(Reply::lost_save(&stored(record)?, why, submits).to_json())
}

/// A caller's mistake: `{"message", "reply"}`. `violations` is a JSON array of `[path, rule, expected, actual]`; with some of them,
/// `what` is what they are found in, else it is the message.
#[wasm_bindgen]
pub fn mistake(code: &str, what: &str, violations: &str) -> Thrown<JsValue> {
    let code = ErrorCode::from_word(code).unwrap_or(ErrorCode::UnknownError);
    let listed = read(violations)?;
    let mut faults = Vec::new();
    for entry in listed.as_array().into_iter().flatten() {
        let word = |index: usize| entry.get(index).and_then(Value::as_str).unwrap_or_default();
        faults.push(Violation::new(word(0), word(1), word(2), word(3)));
    }
    Ok(thrown(&if faults.is_empty() { Error::new(code, what) } else { Error::invalid(code, what, faults) }))
}
