//! Python's own functions, called from the runtime: key callbacks, transports and stores.
//!
//! A plain function runs on a thread of its own, because it may block. An async function runs in an event loop that uses the client, which
//! the `AsyncClient` says with each operation; a `Client` has none.

use crate::attach::attach;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Where async functions run: the event loops that use the client, the one that used it last at the end. Each is a Python function
/// `(function, arguments, done)` that may be called on any thread, and raises once its loop has ended.
#[derive(Clone, Default)]
pub(crate) struct Loops(Arc<Mutex<Vec<Runner>>>);

/// A number for an event loop, and what runs functions in it.
type Runner = (usize, Py<PyAny>);

/// Loops that are remembered: those that have ended are forgotten when they are asked.
const MOST_LOOPS: usize = 16;

impl Loops {
    pub(crate) fn used(&self, which: usize, runner: Py<PyAny>) {
        let mut loops = self.lock();
        loops.retain(|(known, _)| *known != which);
        if loops.len() >= MOST_LOOPS {
            loops.remove(0);
        }
        loops.push((which, runner));
    }

    /// Starts a function in the loop that used the client last and goes on; nothing where all have ended.
    fn start(&self, py: Python<'_>, call: &Bound<'_, PyTuple>) -> PyResult<()> {
        loop {
            let last = self.lock().last().map(|(which, runner)| (*which, runner.clone_ref(py)));
            let Some((which, runner)) = last else { return Err(PyRuntimeError::new_err("every event loop of the client has ended")) };
            match runner.call1(py, call) {
                Ok(_) => return Ok(()),
                Err(_) => self.lock().retain(|(known, ended)| *known != which || !ended.is(&runner)),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Runner>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A function of Python's.
pub(crate) struct Callable {
    function: Arc<Py<PyAny>>,
    runs_on: Option<Loops>,
    purpose: Purpose,
}

/// What a function is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    /// Gives the key: what it raises is shown nowhere.
    Key,
    /// Sends a request: what it raises is for whoever debugs it.
    Send,
    /// Is asked before a request: what it raises is a fault of the program's.
    Ask,
    /// Keeps tasks, under this method's name: what it raises is a fault that somebody must mend.
    Keep(&'static str),
}

/// A function of Python's that did not return what it should: its exception, as far as a message may say it.
pub(crate) struct Raised {
    /// The exception's type. Its text may hold a URL or a key.
    pub(crate) class: String,
    /// The words of a `NotSent`, which are meant for messages.
    pub(crate) not_sent: Option<String>,
    /// Whether it did return, but something else than it should.
    pub(crate) returned: bool,
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
        Self { class, not_sent, returned: false }
    }

    /// What the function returned cannot be read.
    fn misread(py: Python<'_>, error: &PyErr, purpose: Purpose) -> Self {
        Self { returned: true, ..Self::of(py, error, purpose) }
    }

    fn ended() -> Self {
        Self { class: "nothing: the event loop or the interpreter has ended".to_owned(), not_sent: None, returned: false }
    }
}

/// Shows an exception of the caller's own function, with its traceback, to the caller's own logs.
fn report(py: Python<'_>, error: &PyErr, purpose: Purpose) -> PyResult<()> {
    let (name, level, message) = match purpose {
        Purpose::Key => return Ok(()),
        Purpose::Send => ("gentask.transport", "debug", "the transport raised".to_owned()),
        Purpose::Ask => ("gentask.hooks", "error", "on_request raised; the request was not sent".to_owned()),
        Purpose::Keep(method) => ("gentask.store", "error", format!("the task store's {method} raised")),
    };
    let logger = py.import("logging")?.call_method1("getLogger", (name,))?;
    let details = PyDict::new(py);
    // Taken out as a whole: it brings its traceback along.
    details.set_item("exc_info", error.clone_ref(py).into_value(py))?;
    logger.call_method(level, (message,), Some(&details)).map(drop)
}

/// Whether calling it gives something to await.
pub(crate) fn is_async(function: &Bound<'_, PyAny>) -> PyResult<bool> {
    let inspect = function.py().import("inspect")?;
    let is = |it: &Bound<'_, PyAny>| inspect.call_method1("iscoroutinefunction", (it,))?.is_truthy();
    Ok(is(function)? || is(&function.getattr("__call__")?)?)
}

impl Callable {
    /// A function; `has_loop`: its client has an event loop. `what` names it in the error.
    pub(crate) fn new(function: &Bound<'_, PyAny>, events: &Loops, has_loop: bool, purpose: Purpose, what: &str) -> PyResult<Self> {
        if !function.is_callable() {
            return Err(PyTypeError::new_err(format!("{what} must be callable")));
        }
        let waits = is_async(function)?;
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
        self.call_named(arguments, |_| Ok(None), read).await
    }

    /// The same with named arguments, which `named` makes.
    pub(crate) async fn call_named<T: Send + 'static>(
        &self,
        arguments: impl for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyTuple>> + Send + 'static,
        named: impl for<'py> FnOnce(Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> + Send + 'static,
        read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T> + Send + 'static,
    ) -> Result<T, Raised> {
        let (function, purpose) = (Arc::clone(&self.function), self.purpose);
        let Some(events) = self.runs_on.clone() else {
            let run = move || {
                attach(|py| {
                    let returned = arguments(py).and_then(|arguments| with_named(py, &function, named(py)?.as_ref())?.call1(arguments));
                    let returned = returned.map_err(|error| Raised::of(py, &error, purpose))?;
                    read(&returned).map_err(|error| Raised::misread(py, &error, purpose))
                })
            };
            return tokio::task::spawn_blocking(run).await.ok().flatten().unwrap_or_else(|| Err(Raised::ended()));
        };
        let (send, answer) = oneshot::channel();
        let start = move || {
            attach(|py| {
                let read = move |py: Python<'_>, outcome: PyResult<Bound<'_, PyAny>>| {
                    let returned = outcome.map_err(|error| Raised::of(py, &error, purpose));
                    let read = returned.and_then(|it| read(&it).map_err(|error| Raised::misread(py, &error, purpose)));
                    // Nobody may be waiting any more.
                    let _ = send.send(read);
                };
                let done = Done { read: Mutex::new(Some(Box::new(read))) };
                let call = arguments(py)
                    .and_then(|arguments| (with_named(py, &function, named(py)?.as_ref())?, arguments, done).into_pyobject(py));
                call.and_then(|call| events.start(py, &call)).map_err(|error| Raised::of(py, &error, purpose))
            })
        };
        tokio::task::spawn_blocking(start).await.ok().flatten().unwrap_or_else(|| Err(Raised::ended()))?;
        answer.await.unwrap_or_else(|_| Err(Raised::ended()))
    }
}

/// A function that has its named arguments already.
fn with_named<'py>(py: Python<'py>, function: &Py<PyAny>, named: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
    match named {
        None => Ok(function.bind(py).clone()),
        Some(named) => py.import("functools")?.getattr("partial")?.call((function,), Some(named)),
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
