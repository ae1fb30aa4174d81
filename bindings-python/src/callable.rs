//! Python's own functions, called from the runtime: key callbacks, transports and stores.
//!
//! A plain function runs on a thread of its own, because it may block. An async function runs on the event loop of the client, which
//! the `AsyncClient` says with each operation; a `Client` has none.

use crate::attach::attach;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Where async functions run: a Python function `(function, arguments, done)` that may be called on any thread.
#[derive(Clone, Default)]
pub(crate) struct Loop(Arc<Mutex<Option<Py<PyAny>>>>);

impl Loop {
    pub(crate) fn set(&self, runner: Py<PyAny>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(runner);
    }

    fn get(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|runner| runner.clone_ref(py))
    }
}

/// A function of Python's.
pub(crate) struct Callable {
    function: Arc<Py<PyAny>>,
    runs_on: Option<Loop>,
    purpose: Purpose,
}

/// What a function is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    /// Gives the key: what it raises is shown nowhere.
    Key,
    /// Sends a request: what it raises is for whoever debugs it.
    Send,
    /// Keeps tasks, under this method's name: what it raises is a fault that somebody must mend.
    Keep(&'static str),
}

/// A function of Python's that did not return what it should: its exception, as far as a message may say it.
pub(crate) struct Raised {
    /// The exception's type. Its text may hold a URL or a key.
    pub(crate) class: String,
    /// The words of a `NotSent`, which are meant for messages.
    pub(crate) not_sent: Option<String>,
}

impl Raised {
    /// What may be said of an exception.
    fn of(py: Python<'_>, error: &PyErr, purpose: Purpose) -> Self {
        let class = error.get_type(py).qualname().map(|name| name.to_string()).unwrap_or_default();
        let not_sent = py.import("gentask.transport").and_then(|module| module.getattr("NotSent"));
        let proven = not_sent.is_ok_and(|not_sent| error.matches(py, not_sent).unwrap_or(false));
        let not_sent = proven.then(|| error.value(py).to_string());
        if not_sent.is_none() {
            // Where logging itself fails, nobody can be told.
            let _ = report(py, error, purpose);
        }
        Self { class, not_sent }
    }

    fn ended() -> Self {
        Self { class: "nothing: the event loop or the interpreter has ended".to_owned(), not_sent: None }
    }
}

/// Shows an exception of the caller's own function, with its traceback, to the caller's own logs.
fn report(py: Python<'_>, error: &PyErr, purpose: Purpose) -> PyResult<()> {
    let (name, level, message) = match purpose {
        Purpose::Key => return Ok(()),
        Purpose::Send => ("gentask.transport", "debug", "the transport raised".to_owned()),
        Purpose::Keep(method) => ("gentask.store", "error", format!("the task store's {method} raised")),
    };
    let logger = py.import("logging")?.call_method1("getLogger", (name,))?;
    let details = PyDict::new(py);
    // Taken out as a whole: it brings its traceback along.
    details.set_item("exc_info", error.clone_ref(py).into_value(py))?;
    logger.call_method(level, (message,), Some(&details)).map(drop)
}

impl Callable {
    /// A function; `has_loop`: its client has an event loop. `what` names it in the error.
    pub(crate) fn new(function: &Bound<'_, PyAny>, events: &Loop, has_loop: bool, purpose: Purpose, what: &str) -> PyResult<Self> {
        if !function.is_callable() {
            return Err(PyTypeError::new_err(format!("{what} must be callable")));
        }
        let inspect = function.py().import("inspect")?;
        let is_async = |it: &Bound<'_, PyAny>| inspect.call_method1("iscoroutinefunction", (it,))?.is_truthy();
        let waits = is_async(function)? || is_async(&function.getattr("__call__")?)?;
        if waits && !has_loop {
            return Err(PyTypeError::new_err(format!("{what} is an async function: it needs an AsyncClient")));
        }
        Ok(Self { function: Arc::new(function.clone().unbind()), runs_on: waits.then(|| events.clone()), purpose })
    }

    /// Calls it, with arguments that `arguments` makes, and reads what it returns.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        arguments: impl for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyTuple>> + Send + 'static,
        read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T> + Send + 'static,
    ) -> Result<T, Raised> {
        let (function, purpose) = (Arc::clone(&self.function), self.purpose);
        let Some(events) = self.runs_on.clone() else {
            let run = move || {
                attach(|py| {
                    let returned = arguments(py).and_then(|arguments| function.bind(py).call1(arguments));
                    returned.and_then(|it| read(&it)).map_err(|error| Raised::of(py, &error, purpose))
                })
            };
            return tokio::task::spawn_blocking(run).await.ok().flatten().unwrap_or_else(|| Err(Raised::ended()));
        };
        let (send, answer) = oneshot::channel();
        let start = move || {
            attach(|py| {
                let runner = events.get(py)?;
                let read = move |py: Python<'_>, outcome: PyResult<Bound<'_, PyAny>>| {
                    // Nobody may be waiting any more.
                    let _ = send.send(outcome.and_then(|it| read(&it)).map_err(|error| Raised::of(py, &error, purpose)));
                };
                let done = Done { read: Mutex::new(Some(Box::new(read))) };
                let started = arguments(py).and_then(|arguments| runner.call1(py, (&*function, arguments, done)));
                Some(started.map(drop).map_err(|error| Raised::of(py, &error, purpose)))
            })
        };
        tokio::task::spawn_blocking(start).await.ok().flatten().flatten().unwrap_or_else(|| Err(Raised::ended()))?;
        answer.await.unwrap_or_else(|_| Err(Raised::ended()))
    }
}

type Read = Box<dyn for<'py> FnOnce(Python<'py>, PyResult<Bound<'py, PyAny>>) + Send>;

/// Takes what an async function returned or raised.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Done {
    read: Mutex<Option<Read>>,
}

#[pymethods]
impl Done {
    fn __call__(&self, py: Python<'_>, result: Option<Bound<'_, PyAny>>, error: Option<Bound<'_, PyAny>>) {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(read) = read {
            let returned = || result.unwrap_or_else(|| py.None().into_bound(py));
            read(py, error.map_or_else(|| Ok(returned()), |error| Err(PyErr::from_value(error))));
        }
    }
}
