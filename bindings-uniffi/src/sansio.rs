//! Core itself, for drivers of one's own: a workflow engine, a test in virtual time. Texts of JSON cross, in the wire form that all languages share,
//! and bytes beside them.

use crate::callbacks::Arrival;
use crate::contract::{Contract, Order, read};
use crate::failure::Failure;
use crate::record::{TaskRecord, stored};
use crate::reply::Reply;
use crate::words::{ErrorCode, Operation};
use gentask::core::client::{Answer, Client as CoreClient, ClientSettings, Effect, TextCall};
use gentask::core::internal::{KeyUse, Members, to_canonical};
use gentask::core::{self, Error, HttpResponse, Input, OneShot, Output, Settings};
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// When requests of one process may go out, per base URL and account; shared by all machines of the process.
#[derive(uniffi::Object)]
pub struct Pacer {
    inner: Mutex<core::Pacer>,
}

#[uniffi::export]
impl Pacer {
    /// Nothing has gone out yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self { inner: Mutex::new(core::Pacer::new()) })
    }

    /// The whole account was asked to pause until this time, in Unix milliseconds.
    pub fn hold(&self, contract: Arc<Contract>, base_url: String, account: String, until_ms: u64) {
        lock(&self.inner).hold(&base_url, &account, contract.inner.limits(), until_ms);
    }

    /// Until when the whole account is asked to pause, in Unix milliseconds; a time that is over, or 0, where it is not.
    pub fn held_until(&self, contract: Arc<Contract>, base_url: String, account: String) -> u64 {
        lock(&self.inner).held_until(&base_url, &account, contract.inner.limits())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn settings(text: Option<&str>) -> Result<Arc<Settings>, Failure> {
    let Some(text) = text else { return Ok(Arc::default()) };
    Ok(Settings::from_value(&read(text)?).map(Arc::new)?)
}

fn entropy(bytes: Vec<u8>) -> Result<[u8; 32], Failure> {
    bytes.try_into().map_err(|_| Failure::unsupported("entropy is 32 bytes"))
}

/// One task as a state machine: it decides, and whoever drives it performs.
#[derive(uniffi::Object)]
pub struct TaskMachine {
    inner: Mutex<core::TaskMachine>,
}

#[uniffi::export]
impl TaskMachine {
    /// Checks an order and prepares its task. `entropy` is 32 random bytes; `now_ms` is in Unix milliseconds, as everywhere here.
    #[uniffi::constructor]
    pub fn prepare(
        contract: Arc<Contract>,
        order: Order,
        settings_json: Option<String>,
        entropy_bytes: Vec<u8>,
        now_ms: u64,
    ) -> Result<Arc<Self>, Failure> {
        let ((generation, options), own) = (order.read()?, settings(settings_json.as_deref())?);
        let random = entropy(entropy_bytes)?;
        Self::of(core::TaskMachine::prepare(&contract.inner, &generation, &options, &own, random, now_ms))
    }

    /// A machine for a stored record and its `request` blob.
    #[uniffi::constructor]
    pub fn resume(
        contract: Arc<Contract>,
        record: String,
        request: Option<Vec<u8>>,
        settings_json: Option<String>,
    ) -> Result<Arc<Self>, Failure> {
        let own = settings(settings_json.as_deref())?;
        Self::of(core::TaskMachine::resume(&contract.inner, stored(&record)?, request.as_deref(), &own))
    }

    /// A machine for a question about a task that is not stored: how it is, or with `details` what it made.
    #[uniffi::constructor]
    pub fn ask(
        contract: Arc<Contract>,
        task_id: String,
        model: String,
        details: bool,
        settings_json: Option<String>,
        now_ms: u64,
    ) -> Result<Arc<Self>, Failure> {
        let what = if details { OneShot::Details } else { OneShot::Status };
        Self::of(core::TaskMachine::one_shot(&contract.inner, &model, &task_id, what, &settings(settings_json.as_deref())?, now_ms))
    }

    /// Takes what happened, and says what to do next, in order: a JSON array. An error leaves the machine as it was.
    pub fn step(&self, input: String, now_ms: u64, pacer: Arc<Pacer>) -> Result<String, Failure> {
        let input = Input::from_value(&read(&input)?)?;
        let outputs = lock(&self.inner).step(input, now_ms, &mut lock(&pacer.inner))?;
        Ok(to_canonical(&outputs.iter().map(Output::to_value).collect()))
    }

    /// When to step `{"kind": "timeout"}`.
    pub fn poll_timeout(&self) -> u64 {
        lock(&self.inner).poll_timeout()
    }

    /// The record as it is now.
    pub fn record(&self) -> TaskRecord {
        TaskRecord::from(lock(&self.inner).record())
    }

    /// How the task is.
    pub fn reply(&self) -> Reply {
        lock(&self.inner).reply().into()
    }

    /// The answer to a question: how the task is, or why that could not be read.
    pub fn answer(&self) -> Reply {
        lock(&self.inner).answer().into()
    }

    /// The code of why the last read brought nothing; nothing once one did.
    pub fn last_fault(&self) -> Option<ErrorCode> {
        lock(&self.inner).last_fault().map(|fault| fault.code)
    }

    /// The submit as it would go out, without the credential, as JSON; nothing once it is no longer needed.
    pub fn preview(&self) -> Option<String> {
        lock(&self.inner).preview().map(|request| to_canonical(&request.to_value()))
    }

    /// What the record of the caller's key means for this prepared submit, given as it was prepared, as JSON. `held_ms`: until when the account is
    /// asked to pause. `{"use": "same"}`: that task is the caller's; `conflict`: another job has the key, as the `reply` says; `wait`: a pause is
    /// not over, as the `reply` says; `free`: save this `record`, then begin.
    pub fn key_use(&self, record: String, order: Order, held_ms: u64, now_ms: u64) -> Result<String, Failure> {
        let (generation, options) = order.read()?;
        let record = stored(&record)?;
        let meant = lock(&self.inner).key_use(&record, &generation, &options, held_ms, now_ms);
        let word = meant.as_str();
        let answer = match meant {
            KeyUse::Same => json!({"use": word}),
            KeyUse::Conflict(error) => json!({"use": word, "reply": error.key_conflict_reply(&record).to_value()}),
            KeyUse::Wait(reply) => json!({"use": word, "reply": reply.to_value()}),
            KeyUse::Free(released) => json!({"use": word, "record": released.to_value()}),
        };
        Ok(to_canonical(&answer))
    }

    /// Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended.
    pub fn release(&self, pacer: Arc<Pacer>) {
        lock(&self.inner).release(&mut lock(&pacer.inner));
    }
}

impl TaskMachine {
    fn of(made: Result<core::TaskMachine, Error>) -> Result<Arc<Self>, Failure> {
        Ok(Arc::new(Self { inner: Mutex::new(made?) }))
    }
}

/// The request that lists the account's tasks or asks for its balance, as JSON.
#[uniffi::export]
pub fn account_request(contract: Arc<Contract>, operation: Operation, base_url: Option<String>) -> Result<String, Failure> {
    let base = base_url.unwrap_or_else(|| contract.inner.base().to_owned());
    let request = match account_operation(operation)? {
        Operation::List => contract.inner.list_request(&base)?,
        _ => contract.inner.account_request(&base)?,
    };
    Ok(to_canonical(&request.to_value()))
}

/// Reads the answer to such a request: a list of tasks, or a balance; `{"code": ...}` where it brought nothing.
#[uniffi::export]
pub fn read_account(contract: Arc<Contract>, operation: Operation, response: String, now_ms: u64) -> Result<String, Failure> {
    let response = HttpResponse::from_value(&read(&response)?)?;
    let read = match account_operation(operation)? {
        Operation::List => contract.inner.read_list(&response, now_ms).map(|tasks| {
            let tasks = tasks
                .into_iter()
                .map(|task| json!({"taskId": task.task_id, "created": task.created, "model": task.model, "reference": task.reference}));
            json!({"tasks": tasks.collect::<Vec<_>>()})
        }),
        _ => contract.inner.read_account(&response, now_ms).map(|balance| json!({"amount": balance.amount, "unit": balance.unit})),
    };
    Ok(to_canonical(&read.unwrap_or_else(|fault| json!({"code": fault.code.as_str()}))))
}

fn account_operation(operation: Operation) -> Result<Operation, Failure> {
    match operation {
        Operation::List | Operation::Account => Ok(operation),
        _ => Err(Failure::unsupported("the operation is list or account")),
    }
}

/// One provider, account and base, whose calls share a pacer and the account's pauses: core's client, for hosts of one's own.
#[derive(uniffi::Object)]
pub struct HostClient {
    inner: CoreClient,
}

#[uniffi::export]
impl HostClient {
    /// A client with the settings of a JSON object.
    #[uniffi::constructor]
    pub fn new(contract: Arc<Contract>, settings: String) -> Result<Arc<Self>, Failure> {
        let settings = ClientSettings::from_value(&read(&settings)?)?;
        Ok(Arc::new(Self { inner: CoreClient::new(&contract.inner, settings)? }))
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> String {
        self.inner.base().to_owned()
    }

    /// The account's label.
    pub fn account_label(&self) -> String {
        self.inner.account_label().to_owned()
    }

    /// Begins a submit. `entropy` is 32 random bytes.
    pub fn submit(&self, order: Order, entropy_bytes: Vec<u8>, now_ms: u64) -> Result<Arc<HostCall>, Failure> {
        let (generation, options) = order.read()?;
        Ok(HostCall::of(self.inner.submit(&generation, &options, entropy(entropy_bytes)?, now_ms)?))
    }

    /// Begins any other call by its name, with its arguments as a JSON object. `known` is the text of the record of `intentId`, where the host
    /// has one.
    pub fn begin(&self, name: String, arguments: String, known: Option<String>, now_ms: u64) -> Result<Arc<HostCall>, Failure> {
        Ok(HostCall::of(self.inner.begin(&name, &read(&arguments)?, known.as_deref(), now_ms)?))
    }

    /// Begins to receive a callback.
    pub fn receive(&self, arrival: Arrival, now_ms: u64) -> Arc<HostCall> {
        HostCall::of(self.inner.receive(arrival.into(), now_ms))
    }
}

/// What a call asks for next.
#[derive(uniffi::Record)]
pub struct NextStep {
    /// The effect, or the end, as JSON.
    pub json: String,
    /// The bytes that go beside the effect, in their order: a request's or a delivery's body, or the blobs of a save and then its delivery's body.
    pub bytes: Vec<Option<Vec<u8>>>,
}

/// One operation under way.
#[derive(uniffi::Object)]
pub struct HostCall {
    inner: Mutex<TextCall>,
}

#[uniffi::export]
impl HostCall {
    /// Hands in the answer to the effect with this number (nothing at first), as JSON with a text and bytes beside it, and takes what is next.
    pub fn next(
        &self,
        number: Option<u32>,
        answer: Option<String>,
        text: Option<String>,
        bytes: Option<Vec<u8>>,
        now_ms: u64,
    ) -> Result<NextStep, Failure> {
        let answer = match (number, answer) {
            (Some(number), Some(head)) => Some((number, Answer::from_parts(&read(&head)?, text.as_deref(), bytes)?)),
            _ => None,
        };
        let (json, effect) = lock(&self.inner).next_text(answer, now_ms)?;
        Ok(NextStep { json, bytes: effect.as_ref().map_or_else(Vec::new, beside) })
    }

    /// Whether the call may be dropped now.
    pub fn may_be_left(&self) -> bool {
        lock(&self.inner).may_be_left()
    }

    /// The intent that the call is about, once it is about one.
    pub fn intent_id(&self) -> Option<String> {
        Some(lock(&self.inner).intent_id()).filter(|intent_id| !intent_id.is_empty())
    }

    /// When the call's time is over, in Unix milliseconds.
    pub fn ends_at(&self) -> Option<u64> {
        lock(&self.inner).ends_at()
    }

    /// What the call waits for: why, and until when, as JSON; nothing where it does not wait.
    pub fn waits_for(&self) -> Option<String> {
        lock(&self.inner).waits_for().map(|(why, until)| to_canonical(&Members::default().text("why", why).int("until", until).done()))
    }
}

impl HostCall {
    fn of(call: impl Into<TextCall>) -> Arc<Self> {
        Arc::new(Self { inner: Mutex::new(call.into()) })
    }
}

fn beside(effect: &Effect) -> Vec<Option<Vec<u8>>> {
    let owned = |index| effect.bytes(index).map(<[u8]>::to_vec);
    match effect {
        Effect::Save(step) => (0..step.blobs.len() + usize::from(step.delivery.is_some())).map(owned).collect(),
        Effect::Send { .. } | Effect::Remember(_) => vec![owned(0)],
        _ => Vec::new(),
    }
}
