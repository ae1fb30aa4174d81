//! What a client is made of, kept so that it can be made again in a process that was forked.

use crate::arguments::Text;
use crate::callable::{Callable, Loops, Purpose, is_async};
use crate::contract::{Contract, load_contract};
use crate::hooks;
use crate::records::{TaskEvent, bytes_of};
use crate::runtime;
use crate::store::Place;
use crate::transport::{self, PythonTransport};
use gentask::core::{self, Polls};
use gentask::http::HttpOptions;
use gentask::key::{KeySource, Secret};
use gentask::{CallbackOptions, EventListener, Failure, ManualClock};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use std::sync::Arc;
use std::time::Duration;

/// Everything that was chosen about a client.
pub(crate) struct Recipe {
    pub(crate) contract: core::Contract,
    pub(crate) events: Loops,
    place: Place,
    key: Option<KeySource>,
    account: Option<String>,
    base_url: Option<String>,
    send: Option<Arc<Callable>>,
    http: HttpOptions,
    on_event: Option<Arc<Py<PyAny>>>,
    on_request: Option<Arc<Callable>>,
    on_response: Option<Arc<Py<PyAny>>>,
    timeout: Option<Duration>,
    poll: Polls,
    request_timeout: Option<Duration>,
    max_read_retries: Option<u32>,
    clock: Option<ManualClock>,
    callbacks: CallbackOptions,
}

/// The arguments of a client, as Python gives them.
pub(crate) struct Arguments<'a, 'py> {
    pub(crate) provider: &'a Bound<'py, PyAny>,
    pub(crate) api_key: Option<&'a Bound<'py, PyAny>>,
    pub(crate) account: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) store: Option<&'a Bound<'py, PyAny>>,
    pub(crate) timeout: Option<f64>,
    pub(crate) poll: Option<PollArguments>,
    pub(crate) request_timeout: Option<f64>,
    pub(crate) max_read_retries: Option<u32>,
    pub(crate) transport: Option<&'a Bound<'py, PyAny>>,
    pub(crate) on_event: Option<&'a Bound<'py, PyAny>>,
    pub(crate) on_request: Option<&'a Bound<'py, PyAny>>,
    pub(crate) on_response: Option<&'a Bound<'py, PyAny>>,
    pub(crate) ca_certs: Option<Vec<Bound<'py, PyAny>>>,
    pub(crate) max_in_flight: Option<usize>,
    pub(crate) proxy: Option<String>,
    pub(crate) clock: Option<ManualClock>,
    pub(crate) callbacks: CallbackOptions,
    /// Whether the client belongs to an event loop, which async callables run on.
    pub(crate) has_loop: bool,
}

impl Recipe {
    pub(crate) fn read(arguments: &Arguments<'_, '_>) -> PyResult<Self> {
        let events = Loops::default();
        let has_loop = arguments.has_loop;
        let contract: Contract = load_contract(arguments.provider)?;
        let mut http = HttpOptions::default();
        for certificate in arguments.ca_certs.iter().flatten() {
            let bytes =
                bytes_of(certificate).map_err(|error| PyTypeError::new_err(format!("ca_certs: {}", error.value(certificate.py()))))?;
            http.extra_roots.push(bytes);
        }
        http.proxy = arguments.proxy.clone().map(Secret::new);
        if let Some(most) = arguments.max_in_flight {
            if most == 0 {
                return Err(PyValueError::new_err("max_in_flight must be at least 1"));
            }
            http.gate = most;
        }
        let send = arguments.transport.map(|object| transport::send_of(object, &events, has_loop)).transpose()?;
        let asks = |hook| Callable::new(hook, &events, has_loop, Purpose::Ask, "on_request");
        let on_request = arguments.on_request.map(asks).transpose()?;
        Ok(Self {
            contract: contract.inner,
            place: Place::of(arguments.provider.py(), arguments.store, &events, has_loop)?,
            key: arguments.api_key.map(|key| key_source(key, &events, has_loop)).transpose()?,
            account: arguments.account.clone(),
            base_url: arguments.base_url.clone(),
            send: send.map(Arc::new),
            http,
            on_event: arguments.on_event.map(|listener| callable(listener, "on_event")).transpose()?,
            on_request: on_request.map(Arc::new),
            on_response: arguments.on_response.map(|listener| callable(listener, "on_response")).transpose()?,
            timeout: arguments.timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?,
            poll: polls(arguments.poll)?,
            request_timeout: arguments.request_timeout.map(|timeout| seconds(timeout, "request_timeout")).transpose()?,
            max_read_retries: arguments.max_read_retries,
            clock: arguments.clock.clone(),
            callbacks: arguments.callbacks.clone(),
            events,
        })
    }

    /// Whether the client's file is its own to close.
    pub(crate) fn has_own_file(&self) -> bool {
        matches!(self.place, Place::Path(_))
    }

    /// Makes the client.
    pub(crate) fn client(&self, py: Python<'_>) -> Result<gentask::Client, Failure> {
        let mut builder = gentask::Client::builder(self.contract.clone())
            .store(self.place.open(py)?)
            .http(self.http.clone())
            .poll(self.poll)
            .callbacks(self.callbacks.clone())
            .on_event(listener(self.on_event.clone()));
        if let Some(key) = &self.key {
            builder = builder.key(key.clone());
        }
        if let Some(account) = &self.account {
            builder = builder.account(account);
        }
        if let Some(base) = &self.base_url {
            builder = builder.base_url(base);
        }
        if let Some(send) = &self.send {
            builder = builder.transport(Arc::new(PythonTransport::new(Arc::clone(send))));
        }
        if let Some(ask) = &self.on_request {
            builder = builder.on_request(hooks::before(Arc::clone(ask)));
        }
        if let Some(own) = &self.on_response {
            builder = builder.on_response(hooks::after(Arc::clone(own)));
        }
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(timeout) = self.request_timeout {
            builder = builder.request_timeout(timeout);
        }
        if let Some(retries) = self.max_read_retries {
            builder = builder.max_read_retries(retries);
        }
        if let Some(clock) = &self.clock {
            builder = builder.clock(clock);
        }
        builder.build()
    }
}

/// A function that will be called later.
pub(crate) fn callable(function: &Bound<'_, PyAny>, what: &str) -> PyResult<Arc<Py<PyAny>>> {
    if function.is_callable() {
        if is_async(function)? {
            return Err(PyTypeError::new_err(format!("{what} is an async function: nobody awaits it, so give a plain one")));
        }
        return Ok(Arc::new(function.clone().unbind()));
    }
    Err(PyTypeError::new_err(format!("{what} must be callable, not {}", function.get_type().qualname()?)))
}

/// Tells Python's logging, and the caller's own listener where there is one.
fn listener(own: Option<Arc<Py<PyAny>>>) -> EventListener {
    Arc::new(move |record, event| {
        let told = TaskEvent { event: event.clone(), record: Arc::new(record.clone()) };
        let own = own.clone();
        runtime::tell(Box::new(move |py| {
            if let Err(error) = tell(py, told, own.as_deref()) {
                error.write_unraisable(py, own.as_ref().map(|own| own.bind(py)));
            }
        }));
    })
}

fn tell(py: Python<'_>, event: TaskEvent, own: Option<&Py<PyAny>>) -> PyResult<()> {
    // Where nobody has imported logging, nobody has asked for logs.
    let logs = py.import("sys")?.getattr("modules")?.contains("logging")?;
    if !logs && own.is_none() {
        return Ok(());
    }
    let event = Py::new(py, event)?;
    if logs {
        py.import("gentask._logging")?.call_method1("log", (&event,))?;
    }
    own.map_or(Ok(()), |own| own.call1(py, (event,)).map(drop))
}

fn key_source(key: &Bound<'_, PyAny>, events: &Loops, has_loop: bool) -> PyResult<KeySource> {
    if key.is_instance_of::<PyString>() {
        let Ok(Text(key)) = key.extract() else {
            return Err(PyValueError::new_err("api_key: expected text without lone surrogates"));
        };
        return Ok(KeySource::Value(Secret::new(key)));
    }
    if !key.is_callable() {
        return Err(PyTypeError::new_err(format!(
            "api_key must be text or a function that returns it, not {}",
            key.get_type().qualname()?
        )));
    }
    let ask = Arc::new(Callable::new(key, events, has_loop, Purpose::Key, "api_key")?);
    Ok(KeySource::Callback(Arc::new(move || {
        let ask = Arc::clone(&ask);
        Box::pin(async move {
            let asked = ask.call(|py| Ok(PyTuple::empty(py)), |key| key.extract::<String>());
            asked.await.map(Secret::new).map_err(|raised| format!("it raised {}", raised.class))
        })
    })))
}

/// A time in seconds. A very long one is as good as none.
pub(crate) fn seconds(time: f64, what: &str) -> PyResult<Duration> {
    if time.is_nan() || time < 0.0 {
        return Err(PyValueError::new_err(format!("{what} must be a number of seconds that is not negative")));
    }
    Ok(Duration::try_from_secs_f64(time).unwrap_or(Duration::MAX))
}

/// `initial`, `factor` and `cap` of a schedule (times in seconds), and whether the contract's schedule is kept to.
pub(crate) type PollArguments = (Option<f64>, Option<f64>, Option<f64>, bool);

fn polls(poll: Option<PollArguments>) -> PyResult<Polls> {
    let Some((initial, factor, cap, by_contract)) = poll else { return Ok(Polls::default()) };
    let millis = |time: Option<f64>, what: &str| -> PyResult<Option<u64>> {
        let time = time.map(|time| seconds(time, what)).transpose()?;
        Ok(time.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)))
    };
    let growth = |factor| Polls::growth(factor).ok_or_else(|| PyValueError::new_err("poll's factor must be from 1 to 100"));
    let factor_pct = factor.map(growth).transpose()?;
    Ok(Polls { initial_ms: millis(initial, "poll's initial")?, factor_pct, cap_ms: millis(cap, "poll's cap")?, by_contract })
}
