//! The sans-IO core itself, for drivers that are written in Python: a workflow engine, an event loop of one's own, a test in virtual
//! time. Inputs and outputs are plain dictionaries in the wire form that all languages share.

use crate::arguments::{Text, Whole};
use crate::contract::{Contract, generation, submit_options};
use crate::records::{Reply, TaskRecord};
use crate::{json, raise};
use gentask::core::internal::{Asked, KeyUse, split_mix_64};
use gentask::core::record::Billing;
use gentask::core::{self, Backoff, Ending, ErrorCode, HttpResponse, Input, OneShot, Operation, Output, Phase, PollSchedule, Settings};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// When requests of one process may go out, per base URL and account; shared by all machines of the process.
#[pyclass(frozen, module = "gentask.sansio")]
pub(crate) struct Pacer {
    inner: Mutex<core::Pacer>,
}

impl Pacer {
    fn lock(&self) -> MutexGuard<'_, core::Pacer> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Pacer {
    #[new]
    fn new() -> Self {
        Self { inner: Mutex::new(core::Pacer::new()) }
    }

    /// The whole account was asked to pause until this time, in Unix milliseconds.
    fn hold(&self, contract: &Contract, base_url: &str, account: &str, until: u64) {
        self.lock().hold(base_url, account, contract.inner.limits(), until);
    }

    /// Until when the whole account is asked to pause, in Unix milliseconds; a time that is over, or 0, where it is not.
    fn held_until(&self, contract: &Contract, base_url: &str, account: &str) -> u64 {
        self.lock().held_until(base_url, account, contract.inner.limits())
    }
}

/// One task as a state machine: it decides, and whoever drives it performs.
#[pyclass(frozen, module = "gentask.sansio")]
pub(crate) struct Machine {
    inner: Mutex<core::TaskMachine>,
}

impl Machine {
    fn of(py: Python<'_>, made: Result<core::TaskMachine, core::Error>) -> PyResult<Self> {
        let inner = Mutex::new(made.map_err(|error| raise::mistake(py, error))?);
        Ok(Self { inner })
    }

    fn lock(&self) -> MutexGuard<'_, core::TaskMachine> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn settings_of(settings: Option<&Bound<'_, PyAny>>) -> PyResult<Arc<Settings>> {
    let Some(settings) = settings else { return Ok(Arc::default()) };
    let value = json::value(settings, ErrorCode::Unsupported, "the settings")?;
    Settings::from_value(&value).map(Arc::new).map_err(|error| raise::mistake(settings.py(), error))
}

#[pymethods]
impl Machine {
    /// Checks a generation and prepares its task. `entropy` is 32 random bytes; `now` is in Unix milliseconds, as everywhere here.
    #[staticmethod]
    #[pyo3(signature = (contract, model, input, *, entropy, now, settings = None, key = None, owner = None, callback_url = None, options = None))]
    fn prepare(
        py: Python<'_>,
        contract: &Contract,
        model: Text,
        input: &Bound<'_, PyAny>,
        entropy: [u8; 32],
        now: Whole<u64>,
        settings: Option<&Bound<'_, PyAny>>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let (generation, options) = (generation(model, input)?, submit_options(key, owner, callback_url, options)?);
        Self::of(py, core::TaskMachine::prepare(&contract.inner, &generation, &options, &settings_of(settings)?, entropy, now.0))
    }

    /// A machine for a stored record and its `request` blob.
    #[staticmethod]
    #[pyo3(signature = (contract, record, request = None, *, settings = None))]
    fn resume(
        py: Python<'_>,
        contract: &Contract,
        record: &TaskRecord,
        request: Option<&[u8]>,
        settings: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::of(py, core::TaskMachine::resume(&contract.inner, (*record.inner).clone(), request, &settings_of(settings)?))
    }

    /// A machine for a question about a task that is not stored: how it is, or with `details` what it made.
    #[staticmethod]
    #[pyo3(signature = (contract, task_id, *, model = "", details = false, now, settings = None))]
    fn ask(
        py: Python<'_>,
        contract: &Contract,
        task_id: &str,
        model: &str,
        details: bool,
        now: Whole<u64>,
        settings: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let what = if details { OneShot::Details } else { OneShot::Status };
        Self::of(py, core::TaskMachine::one_shot(&contract.inner, model, task_id, what, &settings_of(settings)?, now.0))
    }

    /// Takes what happened and says what to do next, in order. An exception leaves the machine as it was.
    fn step<'py>(&self, py: Python<'py>, input: &Bound<'_, PyAny>, now: Whole<u64>, pacer: &Pacer) -> PyResult<Bound<'py, PyList>> {
        let input =
            Input::from_value(&json::value(input, ErrorCode::Unsupported, "the input")?).map_err(|error| raise::mistake(py, error))?;
        let outputs = self.lock().step(input, now.0, &mut pacer.lock()).map_err(|error| raise::mistake(py, error))?;
        let list = PyList::empty(py);
        for output in outputs {
            list.append(json::to_python(py, &Output::to_value(&output))?)?;
        }
        Ok(list)
    }

    /// When to step `{"kind": "timeout"}`.
    fn poll_timeout(&self) -> u64 {
        self.lock().poll_timeout()
    }

    /// The record as it is now.
    fn record(&self) -> TaskRecord {
        TaskRecord::of(self.lock().record().clone())
    }

    /// How the task is.
    fn reply(&self) -> Reply {
        Reply::plain(self.lock().reply())
    }

    /// The answer to a question: how the task is, or why that could not be read.
    fn answer(&self) -> Reply {
        Reply::plain(self.lock().answer())
    }

    /// The code of why the last read brought nothing; `None` once one did.
    fn last_fault(&self) -> Option<&'static str> {
        self.lock().last_fault().map(|fault| fault.code.as_str())
    }

    /// The submit as it would go out, without the credential; `None` once it is no longer needed.
    fn preview<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let preview = self.lock().preview().map_or(Value::Null, |request| request.to_value());
        json::to_python(py, &preview)
    }

    /// What the record of the caller's key means for this prepared submit, given as it was prepared. `held`: until when the account is asked
    /// to pause. `{"use": "same"}`: that task is the caller's; `conflict`: another job has the key, as the `reply` says; `wait`: a pause
    /// is not over, as the `reply` says; `free`: save this `record`, then begin.
    #[pyo3(signature = (record, model, input, *, held, now, key = None, owner = None, callback_url = None, options = None))]
    fn key_use<'py>(
        &self,
        py: Python<'py>,
        record: &TaskRecord,
        model: Text,
        input: &Bound<'_, PyAny>,
        held: Whole<u64>,
        now: Whole<u64>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (generation, options) = (generation(model, input)?, submit_options(key, owner, callback_url, options)?);
        let meant = self.lock().key_use(&record.inner, &generation, &options, held.0, now.0);
        let word = meant.as_str();
        let answer = match meant {
            KeyUse::Same => serde_json::json!({"use": word}),
            KeyUse::Conflict(error) => serde_json::json!({"use": word, "reply": error.key_conflict_reply(&record.inner).to_value()}),
            KeyUse::Wait(reply) => serde_json::json!({"use": word, "reply": reply.to_value()}),
            KeyUse::Free(released) => serde_json::json!({"use": word, "record": released.to_value()}),
        };
        json::to_python(py, &answer)
    }

    /// Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended.
    fn release(&self, pacer: &Pacer) {
        self.lock().release(&mut pacer.lock());
    }
}

/// The request that lists the account's tasks (`list`) or asks for its balance (`account`).
#[pyfunction]
#[pyo3(signature = (contract, operation, *, base_url = None))]
pub(crate) fn account_request<'py>(
    py: Python<'py>,
    contract: &Contract,
    operation: &str,
    base_url: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let base = base_url.unwrap_or_else(|| contract.inner.base());
    let request = match account_operation(operation)? {
        Operation::List => contract.inner.list_request(base),
        _ => contract.inner.account_request(base),
    };
    json::to_python(py, &request.map_err(|error| raise::mistake(py, error))?.to_value())
}

/// Reads the answer to such a request: a list of tasks, or a balance; `{"code": ...}` where it brought nothing.
#[pyfunction]
pub(crate) fn read_account<'py>(
    py: Python<'py>,
    contract: &Contract,
    operation: &str,
    response: &Bound<'_, PyAny>,
    now: Whole<u64>,
) -> PyResult<Bound<'py, PyAny>> {
    let response = HttpResponse::from_value(&json::value(response, ErrorCode::Unsupported, "the answer")?)
        .map_err(|error| raise::mistake(py, error))?;
    let read = match account_operation(operation)? {
        Operation::List => contract.inner.read_list(&response, now.0).map(|tasks| {
            let tasks = tasks.into_iter().map(|task| {
                serde_json::json!({"taskId": task.task_id, "created": task.created, "model": task.model, "reference": task.reference})
            });
            serde_json::json!({"tasks": tasks.collect::<Vec<_>>()})
        }),
        _ => {
            contract.inner.read_account(&response, now.0).map(|balance| serde_json::json!({"amount": balance.amount, "unit": balance.unit}))
        }
    };
    json::to_python(py, &read.unwrap_or_else(|fault| serde_json::json!({"code": fault.code.as_str()})))
}

fn account_operation(word: &str) -> PyResult<Operation> {
    let known = [Operation::List, Operation::Account];
    let found = known.into_iter().find(|operation| operation.as_str() == word);
    found.ok_or_else(|| PyValueError::new_err("the operation is \"list\" or \"account\""))
}

/// The total table: why a reply is given, the phase and the fault make its status and its code.
#[pyfunction]
#[pyo3(signature = (ending, phase, processing = false, fault = None))]
pub(crate) fn outcome(ending: &str, phase: &str, processing: bool, fault: Option<&str>) -> PyResult<(&'static str, Option<&'static str>)> {
    let ending = known("reason", ending, Ending::from_word)?;
    let phase = known("phase", phase, Phase::from_word)?;
    let fault = fault.map(|word| known("code", word, ErrorCode::from_word)).transpose()?;
    let (status, code) = ending.outcome(phase, processing, fault);
    Ok((status.as_str(), code.map(ErrorCode::as_str)))
}

/// The total table of what a person can do next, the step to try first in front: what was asked when something went wrong (`submit`, `wait`,
/// `cancel`, `settle`, `question`, `file`), the phase (`None`: no task), the code, and whether money may have been spent.
#[pyfunction]
pub(crate) fn advice(asked: &str, phase: Option<&str>, code: &str, billing: &str) -> PyResult<Vec<&'static str>> {
    let asked = known("question", asked, Asked::from_word)?;
    let phase = phase.map(|word| known("phase", word, Phase::from_word)).transpose()?;
    let code = known("code", code, ErrorCode::from_word)?;
    let billing = known("billing", billing, Billing::from_word)?;
    Ok(core::internal::advice(asked, phase, code, billing).to_vec())
}

/// What a word stands for; `what` names its kind where it is none of them.
fn known<T>(what: &str, word: &str, find: impl Fn(&str) -> Option<T>) -> PyResult<T> {
    find(word).ok_or_else(|| PyValueError::new_err(format!("no {what} is called {word:?}")))
}

/// The numbers behind all jitter: SplitMix64 of a seed and a counter.
#[pyfunction]
#[pyo3(name = "split_mix_64")]
pub(crate) fn random(seed: u64, counter: u64) -> u64 {
    split_mix_64(seed, counter)
}

/// Full jitter, in milliseconds: from nothing to `base_ms` doubled `attempt` times, at most `cap_ms`.
#[pyfunction]
pub(crate) fn backoff(base_ms: u64, cap_ms: u64, attempt: u64, seed: u64) -> u64 {
    Backoff { base_ms, cap_ms }.delay(attempt, seed)
}

/// How long after the last poll the next one is due, in milliseconds, for a task that has waited `elapsed_ms`.
#[pyfunction]
#[pyo3(signature = (elapsed_ms, seed, *, first_ms, every_ms, factor_pct, cap_ms, min_interval_ms = 0))]
pub(crate) fn next_poll(
    elapsed_ms: u64,
    seed: u64,
    first_ms: u64,
    every_ms: u64,
    factor_pct: u64,
    cap_ms: u64,
    min_interval_ms: u64,
) -> u64 {
    PollSchedule { first_ms, every_ms, factor_pct, cap_ms, min_interval_ms, wait_ms: 0 }.next(elapsed_ms, seed)
}
