//! The core's client for hosts written in Python: calls that ask for one effect at a time. An effect crosses as JSON, with the record, the
//! bytes or the filter that belongs to it beside it; `gentask.sansio` makes objects of both.

use crate::arguments::{Text, Whole, plain};
use crate::callbacks::arrival;
use crate::contract::{Contract, generation, submit_options};
use crate::records::{Delivery, TaskRecord, bytes};
use crate::store::{DeliveryFilter, NoticeFilter, StoreFilter};
use crate::transport::HttpResponse;
use crate::{json, raise};
use gentask::core::client::{Answer, Client, ClientSettings, Effect, TextCall};
use gentask::core::{ErrorCode, HttpRequest, Operation};
use gentask::http::Outgoing;
use gentask::key::Secret;
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use serde_json::json;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One provider, account and base, whose calls share a pacer and the account's pauses.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct HostClient {
    inner: Client,
}

#[pymethods]
impl HostClient {
    #[new]
    #[pyo3(signature = (contract, *, account, base_url, holder, request_timeout_ms, poll, timeout_ms, max_read_retries, listens, callbacks))]
    fn new(
        py: Python<'_>,
        contract: &Contract,
        account: Option<Text>,
        base_url: Option<Text>,
        holder: Text,
        request_timeout_ms: Option<Whole<u64>>,
        poll: Option<&Bound<'_, PyAny>>,
        timeout_ms: Option<Whole<u64>>,
        max_read_retries: Option<Whole<u32>>,
        listens: bool,
        callbacks: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut nested = json!({});
        for (name, member) in [("poll", poll), ("callbacks", callbacks)] {
            if let Some(member) = member {
                nested[name] = json::value(member, ErrorCode::Unsupported, "the settings")?;
            }
        }
        let made = ClientSettings::from_value(&nested).and_then(|default| {
            let settings = ClientSettings {
                base: plain(base_url),
                account: plain(account).unwrap_or(default.account),
                holder: holder.0,
                request_timeout_ms: request_timeout_ms.map_or(default.request_timeout_ms, |time| time.0),
                poll: default.poll,
                timeout_ms: timeout_ms.map(|time| time.0),
                max_read_retries: max_read_retries.map_or(default.max_read_retries, |most| most.0),
                listens,
                callbacks: default.callbacks,
            };
            Client::new(&contract.inner, settings)
        });
        made.map(|inner| Self { inner }).map_err(|error| raise::mistake(py, error))
    }

    #[getter]
    fn contract(&self) -> Contract {
        Contract { inner: self.inner.contract().clone() }
    }

    #[getter]
    fn base_url(&self) -> &str {
        self.inner.base()
    }

    #[getter]
    fn account_label(&self) -> &str {
        self.inner.account_label()
    }

    #[pyo3(signature = (model, input, entropy, now, key, owner, callback_url, options))]
    fn submit(
        &self,
        py: Python<'_>,
        model: Text,
        input: &Bound<'_, PyAny>,
        entropy: [u8; 32],
        now: Whole<u64>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<HostCall> {
        let (generation, options) = (generation(model, input)?, submit_options(key, owner, callback_url, options)?);
        let call = self.inner.submit(&generation, &options, entropy, now.0).map_err(|error| raise::mistake(py, error))?;
        Ok(HostCall { inner: Mutex::new(call.into()) })
    }

    /// Begins any other call by its name.
    fn begin(
        &self,
        py: Python<'_>,
        name: &str,
        arguments: &Bound<'_, PyAny>,
        record: Option<&TaskRecord>,
        now: Whole<u64>,
    ) -> PyResult<HostCall> {
        let arguments = json::value(arguments, ErrorCode::Unsupported, "the call's arguments")?;
        let known = record.map(|record| record.inner.to_json());
        let begun = self.inner.begin(name, &arguments, known.as_deref(), now.0).map_err(|error| raise::mistake(py, error))?;
        Ok(HostCall { inner: Mutex::new(begun) })
    }

    /// Begins to receive a callback.
    fn receive(&self, method: Text, url: Text, headers: Vec<(Text, Text)>, body: &[u8], now: Whole<u64>) -> HostCall {
        let call = self.inner.receive(arrival(method, url, headers, body), now.0);
        HostCall { inner: Mutex::new(call.into()) }
    }

    /// The headers of a request as they go out. With a key, the URL's origin is compared with those that may have it.
    fn headers(&self, py: Python<'_>, url: &str, headers: Vec<(String, String)>, key: Option<Text>) -> PyResult<Vec<(String, String)>> {
        let contract = self.inner.contract();
        let auth = contract.auth();
        let credential = key.map(|Text(key)| (auth.header.clone(), Secret::new(format!("{}{key}{}", auth.prefix, auth.suffix))));
        let request = HttpRequest {
            id: String::new(),
            operation: Operation::Status,
            method: String::new(),
            url: url.to_owned(),
            headers,
            body: Vec::new(),
            auth: credential.is_some(),
            response_cap: 0,
            open_ms: 0,
        };
        let trusted = contract.trusted_origins(self.inner.base());
        let outgoing = Outgoing { request, credential, timeout: Duration::ZERO, trusted };
        outgoing.headers().map_err(|refused| raise::not_sent(py, refused.reason))
    }
}

/// One operation under way.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct HostCall {
    inner: Mutex<TextCall>,
}

impl HostCall {
    fn lock(&self) -> MutexGuard<'_, TextCall> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl HostCall {
    /// Hands an answer in, and takes what is next: its text, and what belongs to it.
    #[pyo3(signature = (now, number, answer, text, bytes))]
    fn next<'py>(
        &self,
        py: Python<'py>,
        now: Whole<u64>,
        number: Option<Whole<u32>>,
        answer: Option<&Bound<'py, PyAny>>,
        text: Option<Text>,
        bytes: Option<PyBackedBytes>,
    ) -> PyResult<(String, Bound<'py, PyAny>)> {
        let answer = match (number, answer) {
            (Some(number), Some(answer)) => Some((number.0, answer_of(answer, plain(text).as_deref(), bytes)?)),
            _ => None,
        };
        let (text, effect) = self.lock().next_text(answer, now.0).map_err(|error| raise::mistake(py, error))?;
        Ok((text, effect.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |effect| beside(py, effect))?))
    }

    #[getter]
    fn may_be_left(&self) -> bool {
        self.lock().may_be_left()
    }

    #[getter]
    fn intent_id(&self) -> Option<String> {
        Some(self.lock().intent_id()).filter(|intent_id| !intent_id.is_empty())
    }

    #[getter]
    fn ends_at(&self) -> Option<u64> {
        self.lock().ends_at()
    }

    #[getter]
    fn waits_for(&self) -> Option<(&'static str, u64)> {
        self.lock().waits_for()
    }
}

fn answer_of(answer: &Bound<'_, PyAny>, text: Option<&str>, bytes: Option<PyBackedBytes>) -> PyResult<Answer> {
    if let Ok(response) = answer.cast::<HttpResponse>() {
        return Ok(Answer::Response(response.get().inner.clone()));
    }
    let head = json::value(answer, ErrorCode::Unsupported, "the answer")?;
    let bytes = bytes.map(|bytes| bytes.to_vec());
    Answer::from_parts(&head, text, bytes).map_err(|error| raise::mistake(answer.py(), error))
}

/// What belongs to an effect beside its text.
fn beside<'py>(py: Python<'py>, effect: &Effect) -> PyResult<Bound<'py, PyAny>> {
    match effect {
        Effect::Save(step) => {
            let blobs: Vec<_> = (0..step.blobs.len()).map(|index| bytes(py, effect.bytes(index))).collect();
            let delivery = step.delivery.as_ref().map(|inner| Delivery { inner: inner.clone() });
            (TaskRecord { inner: step.record.clone() }, blobs, delivery).into_bound_py_any(py)
        }
        Effect::Tell(step) => TaskRecord { inner: step.record.clone() }.into_bound_py_any(py),
        Effect::Send { request, .. } => Ok(PyBytes::new(py, &request.body).into_any()),
        Effect::Remember(inner) => Delivery { inner: inner.clone() }.into_bound_py_any(py),
        Effect::Deliveries(filter) => DeliveryFilter { inner: filter.clone() }.into_bound_py_any(py),
        Effect::Notices(filter) => NoticeFilter { inner: filter.clone() }.into_bound_py_any(py),
        Effect::List(filter) => StoreFilter { inner: filter.clone() }.into_bound_py_any(py),
        _ => Ok(py.None().into_bound(py)),
    }
}
