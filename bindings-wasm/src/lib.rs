//! The core behind the npm package `gentask`: private, and as plain as a boundary can be. Scalars, bytes and JSON texts go in, JSON texts come
//! out, and a mistake is thrown as the JSON of its reply. What a program sees is the TypeScript around it.

#![expect(clippy::needless_pass_by_value, reason = "bytes cross the boundary by value")]

#[cfg(feature = "calls")]
pub mod callbacks;
#[cfg(feature = "calls")]
pub mod client;
#[cfg(feature = "command")]
pub mod command;
#[cfg(feature = "tables")]
pub mod tables;

use gentask_core::client::{Callbacks, holder_name, holder_process};
use gentask_core::internal::{Asked, Calling, FINAL_POLL_GRACE_MS, KeyUse, Media, Members, Uncalled, check_callback, to_canonical};
use gentask_core::record::Fault;
use gentask_core::webhook::{Secret, Secrets};
use gentask_core::{
    Contract as Core, Error, ErrorCode, Generation, HttpResponse, Input, Lane, OneShot, Operation, Output, Pacer as CorePacer, Phase,
    Reply, Settings, SubmitOptions, TaskMachine, TaskRecord, Violation,
};
use serde_json::{Map, Value};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// The built-in contracts without what only people and tests read.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/contracts.rs"));

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

/// A provider.
#[wasm_bindgen]
pub struct Contract(Core);

#[wasm_bindgen]
impl Contract {
    /// A contract that comes with the package.
    #[wasm_bindgen(js_name = builtIn)]
    pub fn built_in(name: &str) -> Thrown<Contract> {
        match BUILT_IN.iter().find(|(id, _)| *id == name) {
            Some((_, text)) => Self::load(text.as_bytes()),
            None => {
                let known: Vec<_> = BUILT_IN.iter().map(|(id, _)| *id).collect();
                let name: String = name.chars().take(60).collect();
                let message = format!("no built-in provider is called \"{name}\": there are {}", known.join(", "));
                Err(thrown(&Error::new(ErrorCode::InvalidContract, message)))
            }
        }
    }

    /// A contract from its JSON. What it says of uploads is read by the module that has the calls which upload.
    pub fn load(bytes: &[u8]) -> Thrown<Contract> {
        let load = if cfg!(feature = "calls") { Core::load } else { Core::load_for_orders };
        load(bytes).map(Self).map_err(|error| thrown(&error))
    }

    /// The JSON that it was loaded from.
    pub fn source(&self) -> String {
        to_canonical(self.0.source())
    }

    /// Decodes every sample: their number, or thrown with what they do not mean.
    #[wasm_bindgen(js_name = checkSamples)]
    pub fn check_samples(&self) -> Thrown<usize> {
        let faults = self.0.check_samples();
        if faults.is_empty() {
            return Ok(self.0.samples().len());
        }
        Err(thrown(&Error::invalid(ErrorCode::InvalidContract, "the contract's samples", faults)))
    }

    /// What a driver needs to know of it.
    pub fn about(&self) -> String {
        let contract = &self.0;
        let (auth, environment) = (contract.auth(), contract.environment());
        let mut models = Map::new();
        for (id, model) in contract.models() {
            models.insert(id.to_owned(), model.kind.as_str().into());
        }
        let auth = Members::default().text("header", &auth.header).text("prefix", &auth.prefix).text("suffix", &auth.suffix).done();
        let environment = Members::default()
            .opt_text("key", environment.key.as_ref())
            .opt_text("baseUrl", environment.base_url.as_ref())
            .opt_text("requestTimeoutMs", environment.request_timeout_ms.as_ref())
            .opt_text("maxReadRetries", environment.max_read_retries.as_ref())
            .opt_text("webhookSecret", environment.webhook_secret.as_ref())
            .done();
        to_canonical(
            &Members::default()
                .text("id", contract.id())
                .value("revision", contract.revision().into())
                .text("title", contract.title())
                .text("base", contract.base())
                .value("auth", auth)
                .value("environment", environment)
                .value("models", Value::Object(models))
                .value("isOpen", contract.is_open().into())
                .value("canCancel", contract.can_cancel().into())
                .done(),
        )
    }

    /// A base URL as it may be used.
    #[wasm_bindgen(js_name = checkBase)]
    pub fn check_base(text: &str) -> Thrown<String> {
        Core::check_base(text).map_err(|error| thrown(&error))
    }

    /// The origins that may get the key, for a client with this base.
    #[wasm_bindgen(js_name = trustedOrigins)]
    pub fn trusted_origins(&self, base: &str) -> Vec<String> {
        self.0.trusted_origins(base)
    }

    /// How long a wait for this model lasts by default, in milliseconds.
    #[wasm_bindgen(js_name = waitMs)]
    pub fn wait_ms(&self, model: &str) -> f64 {
        number(self.0.poll(model).wait_ms)
    }

    /// Checks a generation and its options.
    pub fn validate(&self, model: &str, input: &str, options: &str) -> Thrown<()> {
        let (generation, options) = (generation(model, input)?, submit_options(options)?);
        let checked = self.0.validate(&generation, &options);
        checked.map(drop).map_err(|error| thrown(&error))
    }

    /// The type that a medium of so many bytes has in its data URI, after so many of other media, by its first bytes and the type that it is given; thrown
    /// where it may not be sent.
    #[wasm_bindgen(js_name = mediaType)]
    pub fn media_type(&self, path: &str, before: f64, size: f64, head: &[u8], given: Option<String>) -> Thrown<String> {
        let checked = self.0.media().type_of(path, millis(before), millis(size), head, given.as_deref());
        checked.map(str::to_owned).map_err(|fault| thrown(&Error::invalid(ErrorCode::InvalidPayload, "the payload", vec![fault])))
    }

    /// Whether an input has media that are uploaded before it is ordered.
    #[wasm_bindgen(js_name = awaitsUpload)]
    pub fn awaits_upload(&self, input: &str) -> Thrown<bool> {
        Ok(self.0.awaits_upload(&generation("", input)?.input))
    }

    /// The request of a call that concerns no single task: `list` or `account`.
    #[wasm_bindgen(js_name = accountRequest)]
    pub fn account_request(&self, operation: &str, base: &str) -> Thrown<String> {
        let list = operation == Operation::List.as_str();
        let request = if list { self.0.list_request(base) } else { self.0.account_request(base) };
        request.map(|request| to_canonical(&request.to_value())).map_err(|error| thrown(&error))
    }

    /// Reads the answer to it: `{"tasks"}`, `{"amount", "unit"}`, or its code, reply and when to ask again where it brought nothing.
    #[wasm_bindgen(js_name = readAccount)]
    pub fn read_account(&self, operation: &str, head: &str, body: Vec<u8>, tried: u32, now: f64) -> Thrown<String> {
        let response = response(head, body)?;
        let read = if operation == Operation::List.as_str() {
            self.0.read_list(&response, millis(now)).map(|tasks| {
                let mut values = Vec::new();
                for task in tasks {
                    values.push(
                        Members::default()
                            .text("taskId", &task.task_id)
                            .opt_text("created", task.created.as_ref())
                            .opt_int("createdAt", task.created_at())
                            .opt_text("model", task.model.as_ref())
                            .opt_text("reference", task.reference.as_ref())
                            .done(),
                    );
                }
                Members::default().value("tasks", Value::Array(values)).done()
            })
        } else {
            self.0
                .read_account(&response, millis(now))
                .map(|balance| Members::default().text("amount", &balance.amount).opt_text("unit", balance.unit.as_ref()).done())
        };
        Ok(to_canonical(&read.unwrap_or_else(|fault| failed(&fault, tried, millis(now)))))
    }
}

/// When requests of one client may go out.
#[wasm_bindgen]
#[derive(Default)]
pub struct Pacer(CorePacer, Uncalled);

#[wasm_bindgen]
impl Pacer {
    /// Nothing has gone out yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The account was asked to pause.
    pub fn hold(&mut self, contract: &Contract, base: &str, account: &str, until: f64) {
        self.0.hold(base, account, contract.0.limits(), millis(until));
    }

    /// Takes over a pause that an earlier process stored.
    pub fn recall(&mut self, contract: &Contract, base: &str, account: &str, until: f64, set: f64, now: f64) {
        self.0.recall(base, account, contract.0.limits(), (millis(until), millis(set)), millis(now));
    }

    /// Takes over what a store has of durations.
    #[wasm_bindgen(js_name = recallLearned)]
    pub fn recall_learned(&mut self, base: &str, account: &str, text: &str) {
        self.0.recall_learned(base, account, text);
    }

    /// What is to be stored in place of what the store has.
    #[wasm_bindgen(js_name = learnedToStore)]
    pub fn learned_to_store(&mut self, base: &str, account: &str, stored: &str, now: f64) -> String {
        self.0.learned_to_store(base, account, stored, millis(now))
    }

    /// Until when the account is asked to pause.
    #[wasm_bindgen(js_name = heldUntil)]
    pub fn held_until(&self, contract: &Contract, base: &str, account: &str) -> f64 {
        number(self.0.held_until(base, account, contract.0.limits()))
    }

    /// Keeps the pause that the answer to a question without a task asks for.
    #[wasm_bindgen(js_name = keepPause)]
    pub fn keep_pause(&mut self, contract: &Contract, base: &str, account: &str, head: &str, body: Vec<u8>, now: f64) -> Thrown<()> {
        contract.0.keep_pause(&response(head, body)?, base, account, millis(now), &mut self.0);
        Ok(())
    }

    /// Gives a slot of [`Pacer::reserve`] back.
    #[wasm_bindgen(js_name = giveBack)]
    pub fn give_back(&mut self, contract: &Contract, base: &str, account: &str, slot: f64) {
        self.0.give_back(base, account, contract.0.limits(), Lane::Other, millis(slot));
    }

    /// When a read that belongs to no task may go out.
    pub fn reserve(&mut self, contract: &Contract, base: &str, account: &str, now: f64) -> f64 {
        number(self.0.reserve(base, account, contract.0.limits(), Lane::Other, millis(now)))
    }
}

/// One task.
#[wasm_bindgen]
pub struct Machine(TaskMachine);

#[wasm_bindgen]
impl Machine {
    /// Checks a generation and prepares its task. `options` may have `callbacks` beside those of a submit: whether they `areKept` by the store, the
    /// only `hosts` to which they may go, with spaces between them, and the `secret` of the token in the URL; and, where media are uploaded first, `media`: the text of the input
    /// with what stands for them, or `null` where that is not known yet.
    pub fn prepare(contract: &Contract, model: &str, input: &str, options: &str, own: &str, entropy: &[u8], now: f64) -> Thrown<Machine> {
        let Ok(entropy) = entropy.try_into() else { return Err(thrown(&Error::new(ErrorCode::Unsupported, "entropy is 32 bytes"))) };
        let (generation, value, own, now) = (generation(model, input)?, read(options)?, settings(own)?, millis(now));
        let (options, callbacks) = (options_of(&value)?, value.get("callbacks").unwrap_or(&Value::Null));
        if let Some(are_kept) = callbacks.get("areKept").and_then(Value::as_bool) {
            check_callback(&options, are_kept).map_err(|error| thrown(&error))?;
        }
        let word = |name: &str| callbacks.get(name).and_then(Value::as_str);
        let secret = word("secret").map(|text| Secret::new(text, None));
        let hosts: Vec<String> = word("hosts").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect();
        // As text, for a number in it may be one that JavaScript does not hold.
        let uploaded = value.get("media").and_then(Value::as_str).map(read).transpose()?;
        let media = match (&uploaded, value.get("media")) {
            (Some(input), _) => Media::Uploaded(input),
            (None, Some(_)) => Media::ToBeUploaded,
            (None, None) => Media::AsTheyAre,
        };
        let calling = Calling { hosts: &hosts, secret: secret.as_ref(), media };
        let made = TaskMachine::prepare_called(&contract.0, &generation, &options, &own, entropy, now, calling);
        made.map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a stored record and its `request` blob.
    pub fn resume(contract: &Contract, record: &str, request: Option<Vec<u8>>, own: &str) -> Thrown<Machine> {
        let record = stored(record)?;
        TaskMachine::resume(&contract.0, record, request.as_deref(), &settings(own)?).map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a question about a task that is not stored.
    pub fn ask(contract: &Contract, model: &str, task_id: &str, details: bool, own: &str, now: f64) -> Thrown<Machine> {
        let what = if details { OneShot::Details } else { OneShot::Status };
        TaskMachine::one_shot(&contract.0, model, task_id, what, &settings(own)?, millis(now)).map(Self).map_err(|error| thrown(&error))
    }

    /// Takes what happened, and says what follows. A body comes beside the input that it belongs to, as bytes.
    pub fn step(&mut self, input: &str, body: Option<Vec<u8>>, now: f64, pacer: &mut Pacer) -> Thrown<Vec<String>> {
        let mut input = Input::from_value(&read(input)?).map_err(|error| thrown(&error))?;
        if let (Input::Response { response, .. }, Some(body)) = (&mut input, body) {
            response.body = body;
        }
        self.0.step(input, millis(now), &mut pacer.0).map(|out| outputs(&out)).map_err(|error| thrown(&error))
    }

    /// Notes that its record was saved: the event to tell where the store has none of the callbacks that many tasks asked for which have ended.
    #[wasm_bindgen(js_name = noteUncalled)]
    pub fn note_uncalled(&self, pacer: &mut Pacer, now: f64) -> Option<String> {
        pacer.1.note(self.0.record(), millis(now)).map(|event| to_canonical(&event.to_value()))
    }

    /// Takes in how long the task took, once its end is stored; says whether that is something for the store.
    pub fn learn(&mut self, pacer: &mut Pacer, now: f64) -> bool {
        self.0.learn(&mut pacer.0, millis(now))
    }

    /// When to step a time-out.
    #[wasm_bindgen(js_name = pollTimeout)]
    pub fn poll_timeout(&self) -> f64 {
        number(self.0.poll_timeout())
    }

    /// Whose machine it is.
    #[wasm_bindgen(js_name = intentId)]
    pub fn intent_id(&self) -> String {
        self.0.record().intent_id().to_owned()
    }

    /// The record as it is now.
    pub fn record(&self) -> String {
        self.0.record().to_json()
    }

    /// What is stored to claim a caller's key, before anything is stepped.
    #[wasm_bindgen(js_name = firstRecord)]
    pub fn first_record(&self) -> String {
        self.0.first_record().to_json()
    }

    /// The phase.
    pub fn phase(&self) -> String {
        self.0.record().phase().as_str().to_owned()
    }

    /// Whether nothing more will happen to the task.
    #[wasm_bindgen(js_name = isTerminal)]
    pub fn is_terminal(&self) -> bool {
        self.0.record().phase().is_terminal()
    }

    /// Whether a submit needs nothing more of a driver.
    #[wasm_bindgen(js_name = isSettled)]
    pub fn is_settled(&self) -> bool {
        self.0.record().phase().is_settled()
    }

    /// Whether a submit that ended like this is a failure to its caller.
    #[wasm_bindgen(js_name = isRefusal)]
    pub fn is_refusal(&self) -> bool {
        self.0.record().phase().is_refusal()
    }

    /// Whether an attempt of a submit may be in flight.
    #[wasm_bindgen(js_name = isSubmitting)]
    pub fn is_submitting(&self) -> bool {
        self.0.is_submitting()
    }

    /// Whether the next time-out may send a submit.
    #[wasm_bindgen(js_name = maySubmit)]
    pub fn may_submit(&self) -> bool {
        self.0.may_submit()
    }

    /// After how many milliseconds to look whether somebody else has changed the record.
    #[wasm_bindgen(js_name = lookAfter)]
    pub fn look_after(&self, looks: u32) -> Option<f64> {
        self.0.look_after(looks).map(number)
    }

    /// Whether a submit without a key ends the wait with the task's reply instead of a failure.
    #[wasm_bindgen(js_name = staysUnresolved)]
    pub fn stays_unresolved(&self) -> bool {
        self.0.stays_unresolved()
    }

    /// Whether a submit that was fenced may still leave.
    #[wasm_bindgen(js_name = mayBegin)]
    pub fn may_begin(&self, now: f64) -> bool {
        self.0.may_begin(millis(now))
    }

    /// Who may be submitting this task now, where it is not this machine.
    #[wasm_bindgen(js_name = otherHolder)]
    pub fn other_holder(&self) -> Option<String> {
        self.0.other_holder().map(str::to_owned)
    }

    /// The holder of a lease is gone.
    #[wasm_bindgen(js_name = forgetHolder)]
    pub fn forget_holder(&mut self, now: f64) {
        self.0.forget_holder(millis(now));
    }

    /// Numbers the drive that the machine is in.
    #[wasm_bindgen(js_name = numberDrive)]
    pub fn number_drive(&mut self, drive: u32) {
        self.0.number_drive(drive.into());
    }

    /// Takes over what a stored record says of pauses, for a question about its task.
    pub fn mind(&mut self, record: &str, now: f64) -> Thrown<()> {
        self.0.mind(&stored(record)?, millis(now));
        Ok(())
    }

    /// How the task is.
    pub fn reply(&self) -> String {
        self.0.reply().to_json()
    }

    /// The answer to a question.
    pub fn answer(&self) -> String {
        self.0.answer().to_json()
    }

    /// How the task is after the one read that was asked for.
    pub fn checked(&self) -> String {
        self.0.checked().to_json()
    }

    /// The code of why the last read brought nothing.
    #[wasm_bindgen(js_name = lastFault)]
    pub fn last_fault(&self) -> Option<String> {
        self.0.last_fault().map(|fault| fault.code.as_str().to_owned())
    }

    /// The submit as it would go out.
    pub fn preview(&self) -> Option<String> {
        self.0.preview().map(|request| to_canonical(&request.to_value()))
    }

    /// The `request` blob.
    #[wasm_bindgen(js_name = requestBlob)]
    pub fn request_blob(&self) -> Option<Vec<u8>> {
        self.0.request_blob().and_then(|blob| blob.bytes)
    }

    /// What the record of the caller's key means for this prepared submit: `{"use": "same"}`, `{"use": "wait", "reply"}` or
    /// `{"use": "free", "record"}`; a conflict is thrown.
    #[wasm_bindgen(js_name = keyUse)]
    pub fn key_use(&self, record: &str, model: &str, input: &str, options: &str, held: f64, now: f64) -> Thrown<String> {
        let record = stored(record)?;
        let meant = self.0.key_use(&record, &generation(model, input)?, &submit_options(options)?, millis(held), millis(now));
        let mut answer = Members::default();
        answer.text("use", meant.as_str());
        match meant {
            KeyUse::Conflict(error) => return Err(thrown_as(&error, &error.key_conflict_reply(&record))),
            KeyUse::Same => {}
            KeyUse::Wait(reply) => drop(answer.text("reply", &reply.to_json())),
            KeyUse::Free(record) => drop(answer.text("record", &record.to_json())),
        }
        Ok(to_canonical(&answer.done()))
    }

    /// Takes a wait over from a machine that was overtaken.
    #[wasm_bindgen(js_name = inheritWait)]
    pub fn inherit_wait(&mut self, before: &Machine) {
        self.0.inherit_wait(&before.0);
    }

    /// Whether a cancel is under way.
    #[wasm_bindgen(js_name = isCancelling)]
    pub fn is_cancelling(&self) -> bool {
        self.0.is_cancelling()
    }

    /// Gives back what it holds of the pacer.
    pub fn release(&mut self, pacer: &mut Pacer) {
        self.0.release(&mut pacer.0);
    }
}

/// The contracts that come with the package, as a JSON array.
#[wasm_bindgen(js_name = builtInNames)]
pub fn built_in_names() -> String {
    to_canonical(&BUILT_IN.iter().map(|(name, _)| *name).collect())
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
