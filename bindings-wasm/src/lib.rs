//! The core behind the npm package `gentask`: private, and as plain as a boundary can be. Scalars, bytes and JSON texts go in, JSON texts come
//! out, and a mistake is thrown as the JSON of its reply. What a program sees is the TypeScript around it.

use gentask_core::{Backoff, Ending, ErrorCode, HttpResponse, Members, PollSchedule, split_mix_64, to_canonical};
use gentask_core::{
    Contract as Core, Error, Generation, Input, OneShot, Operation, Output, Pacer as CorePacer, Phase, Reply, Settings, SubmitOptions,
    TaskMachine, TaskRecord,
};
use serde_json::{Map, Value};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// The built-in contracts without what only people and tests read.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/contracts.rs"));

/// A small allocator: 3 KB less to download, compressed.
#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

type Thrown<T> = Result<T, JsValue>;

/// A mistake as it is thrown: its message, and its reply.
fn thrown(error: &Error) -> JsValue {
    JsValue::from_str(&to_canonical(
        &Members::default().value("message", error.to_string().into()).value("reply", error.reply().to_value()).done(),
    ))
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
    gentask_core::parse_payload(text.as_bytes()).map_err(|error| thrown(&error))
}

fn generation(model: &str, input: &str) -> Thrown<Generation> {
    Ok(Generation { model: model.to_owned(), input: read(input)? })
}

fn submit_options(text: &str) -> Thrown<SubmitOptions> {
    let value = read(text)?;
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let options = value.get("options").and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    Ok(SubmitOptions { key: word("key"), owner: word("owner"), callback_url: word("callbackUrl"), options })
}

fn settings(text: &str) -> Thrown<Arc<Settings>> {
    Settings::from_value(&read(text)?).map(Arc::new).map_err(|error| thrown(&error))
}

fn response(head: &str, body: Vec<u8>) -> Thrown<HttpResponse> {
    let response = HttpResponse::from_value(&read(head)?).map_err(|error| thrown(&error))?;
    Ok(HttpResponse { body, ..response })
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
                let message = format!("no built-in provider has this name: there are {}", known.join(", "));
                Err(thrown(&Error::new(ErrorCode::InvalidContract, message)))
            }
        }
    }

    /// A contract from its JSON.
    pub fn load(bytes: &[u8]) -> Thrown<Contract> {
        Core::load(bytes).map(Self).map_err(|error| thrown(&error))
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
        let checked = self.0.validate(&generation(model, input)?, &submit_options(options)?);
        checked.map(drop).map_err(|error| thrown(&error))
    }

    /// The request of a call that concerns no single task: `list` or `account`.
    #[wasm_bindgen(js_name = accountRequest)]
    pub fn account_request(&self, operation: &str, base: &str) -> Thrown<String> {
        let list = operation == Operation::List.as_str();
        let request = if list { self.0.list_request(base) } else { self.0.account_request(base) };
        request.map(|request| to_canonical(&request.to_value())).map_err(|error| thrown(&error))
    }

    /// Reads the answer to it: `{"tasks"}`, `{"amount", "unit"}`, or `{"reply"}` where it brought nothing.
    #[wasm_bindgen(js_name = readAccount)]
    pub fn read_account(&self, operation: &str, head: &str, body: Vec<u8>, now: f64) -> Thrown<String> {
        let response = response(head, body)?;
        let read = if operation == Operation::List.as_str() {
            self.0.read_list(&response, millis(now)).map(|tasks| {
                let mut values = Vec::new();
                for task in tasks {
                    values.push(
                        Members::default()
                            .text("taskId", &task.task_id)
                            .opt_text("created", task.created.as_ref())
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
        Ok(to_canonical(&read.unwrap_or_else(|fault| Members::default().value("reply", Reply::unread(None, &fault).to_value()).done())))
    }
}

/// When requests of one client may go out.
#[wasm_bindgen]
#[derive(Default)]
pub struct Pacer(CorePacer);

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

    /// Until when the account is asked to pause.
    #[wasm_bindgen(js_name = heldUntil)]
    pub fn held_until(&self, contract: &Contract, base: &str, account: &str) -> f64 {
        number(self.0.held_until(base, account, contract.0.limits()))
    }

    /// When a read that belongs to no task may go out.
    pub fn reserve(&mut self, contract: &Contract, base: &str, account: &str, now: f64) -> f64 {
        number(self.0.reserve(base, account, contract.0.limits(), gentask_core::Lane::Other, millis(now)))
    }
}

/// One task.
#[wasm_bindgen]
pub struct Machine(TaskMachine);

#[wasm_bindgen]
impl Machine {
    /// Checks a generation and prepares its task.
    #[expect(clippy::too_many_arguments, reason = "scalars and texts only")]
    pub fn prepare(contract: &Contract, model: &str, input: &str, options: &str, own: &str, entropy: &[u8], now: f64) -> Thrown<Machine> {
        let Ok(entropy) = entropy.try_into() else { return Err(thrown(&Error::new(ErrorCode::Unsupported, "entropy is 32 bytes"))) };
        let made =
            TaskMachine::prepare(&contract.0, &generation(model, input)?, &submit_options(options)?, &settings(own)?, entropy, millis(now));
        made.map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a stored record and its `request` blob.
    pub fn resume(contract: &Contract, record: &str, request: Option<Vec<u8>>, own: &str) -> Thrown<Machine> {
        let record = TaskRecord::from_json(record.as_bytes()).map_err(|error| thrown(&error))?;
        TaskMachine::resume(&contract.0, record, request.as_deref(), &settings(own)?).map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a question about a task that is not stored.
    pub fn ask(contract: &Contract, model: &str, task_id: &str, details: bool, own: &str, now: f64) -> Thrown<Machine> {
        let what = if details { OneShot::Details } else { OneShot::Status };
        TaskMachine::one_shot(&contract.0, model, task_id, what, &settings(own)?, millis(now)).map(Self).map_err(|error| thrown(&error))
    }

    /// Takes what happened; the outputs as a JSON array. A body comes beside the input that it belongs to.
    pub fn step(&mut self, input: &str, body: Option<Vec<u8>>, now: f64, pacer: &mut Pacer) -> Thrown<String> {
        let mut input = Input::from_value(&read(input)?).map_err(|error| thrown(&error))?;
        if let (Input::Response { response, .. }, Some(body)) = (&mut input, body) {
            response.body = body;
        }
        let outputs = self.0.step(input, millis(now), &mut pacer.0).map_err(|error| thrown(&error))?;
        Ok(to_canonical(&outputs.iter().map(Output::to_value).collect()))
    }

    /// When to step a time-out.
    #[wasm_bindgen(js_name = pollTimeout)]
    pub fn poll_timeout(&self) -> f64 {
        number(self.0.poll_timeout())
    }

    /// The record as it is now.
    pub fn record(&self) -> String {
        self.0.record().to_json()
    }

    /// The phase.
    pub fn phase(&self) -> String {
        self.0.record().phase.as_str().to_owned()
    }

    /// How the task is.
    pub fn reply(&self) -> String {
        self.0.reply().to_json()
    }

    /// The answer to a question.
    pub fn answer(&self) -> String {
        self.0.answer().to_json()
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

    /// Whether a stored record is of the same model, options and payload.
    #[wasm_bindgen(js_name = isSameIntent)]
    pub fn is_same_intent(&self, record: &str, model: &str, input: &str, options: &str) -> Thrown<bool> {
        let record = TaskRecord::from_json(record.as_bytes()).map_err(|error| thrown(&error))?;
        Ok(self.0.is_same_intent(&record, &generation(model, input)?, &submit_options(options)?))
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

/// A stored record as it is written back, or thrown with everything that is wrong with it.
#[wasm_bindgen(js_name = canonicalRecord)]
pub fn canonical_record(record: &str) -> Thrown<String> {
    TaskRecord::from_json(record.as_bytes()).map(|record| record.to_json()).map_err(|error| thrown(&error))
}

/// The reply that a stored record makes.
#[wasm_bindgen(js_name = replyOf)]
pub fn reply_of(record: &str, raw: Option<Vec<u8>>) -> Thrown<String> {
    let record = TaskRecord::from_json(record.as_bytes()).map_err(|error| thrown(&error))?;
    Ok(record.reply(raw.as_deref()).to_json())
}

/// A mistake's reply: `{"message", "reply"}`.
#[wasm_bindgen(js_name = mistake)]
pub fn mistake(code: &str, message: &str) -> JsValue {
    thrown(&Error::new(ErrorCode::from_word(code).unwrap_or(ErrorCode::UnknownError), message))
}

/// The total table of replies: `[status, code]`.
#[wasm_bindgen]
pub fn outcome(ending: &str, phase: &str, processing: bool, fault: Option<String>) -> Option<String> {
    let fault = fault.as_deref().and_then(ErrorCode::from_word);
    let (status, code) = Ending::from_word(ending)?.outcome(Phase::from_word(phase)?, processing, fault);
    Some(to_canonical(&Value::Array(vec![status.as_str().into(), code.map_or(Value::Null, |code| code.as_str().into())])))
}

/// SplitMix64.
#[wasm_bindgen(js_name = splitMix64)]
pub fn random(seed: u64, counter: u64) -> u64 {
    split_mix_64(seed, counter)
}

/// Full jitter, in milliseconds.
#[wasm_bindgen]
pub fn backoff(base_ms: u64, cap_ms: u64, attempt: u64, seed: u64) -> u64 {
    Backoff { base_ms, cap_ms }.delay(attempt, seed)
}

/// The next poll, in milliseconds.
#[wasm_bindgen(js_name = nextPoll)]
pub fn next_poll(elapsed_ms: u64, seed: u64, first_ms: u64, every_ms: u64, factor_pct: u64, cap_ms: u64, min_interval_ms: u64) -> u64 {
    PollSchedule { first_ms, every_ms, factor_pct, cap_ms, min_interval_ms, wait_ms: 0 }.next(elapsed_ms, seed)
}
