//! Python's own functions, called from the runtime: key callbacks, transports and stores.
//!
//! A plain function runs on a thread of its own, because it may block. An async function runs on the event loop of the client, which
//! the `AsyncClient` says with each operation; a `Client` has none.

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
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
}

impl Callable {
    /// A function; `has_loop`: its client has an event loop. `what` names it in the error.
    pub(crate) fn new(function: &Bound<'_, PyAny>, events: &Loop, has_loop: bool, what: &str) -> PyResult<Self> {
        if !function.is_callable() {
            return Err(PyTypeError::new_err(format!("{what} must be callable")));
        }
        let inspect = function.py().import("inspect")?;
        let is_async = |it: &Bound<'_, PyAny>| inspect.call_method1("iscoroutinefunction", (it,))?.is_truthy();
        let waits = is_async(function)? || is_async(&function.getattr("__call__")?)?;
        if waits && !has_loop {
            return Err(PyTypeError::new_err(format!("{what} is an async function: it needs an AsyncClient")));
        }
        Ok(Self { function: Arc::new(function.clone().unbind()), runs_on: waits.then(|| events.clone()) })
    }

    /// Calls it, with arguments that `arguments` makes, and reads what it returns.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        arguments: impl for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyTuple>> + Send + 'static,
        read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T> + Send + 'static,
    ) -> PyResult<T> {
        let function = Arc::clone(&self.function);
        let Some(events) = &self.runs_on else {
            let plain = move || Python::try_attach(|py| read(&function.bind(py).call1(arguments(py)?)?)).unwrap_or_else(|| Err(ended()));
            return tokio::task::spawn_blocking(plain).await.unwrap_or_else(|_| Err(ended()));
        };
        let (events, (send, answer)) = (events.clone(), oneshot::channel());
        let start = move || {
            Python::try_attach(|py| {
                let runner = events.get(py).ok_or_else(ended)?;
                let done = Done { send: Mutex::new(Some(Box::new(move |outcome| drop(send.send(outcome.and_then(|it| read(&it))))))) };
                runner.call1(py, (&*function, arguments(py)?, done)).map(drop)
            })
            .unwrap_or_else(|| Err(ended()))
        };
        tokio::task::spawn_blocking(start).await.unwrap_or_else(|_| Err(ended()))?;
        answer.await.unwrap_or_else(|_| Err(PyRuntimeError::new_err("the event loop ended before the function did")))
    }
}

type Send_ = Box<dyn for<'py> FnOnce(PyResult<Bound<'py, PyAny>>) + Send>;

/// Takes what an async function returned or raised.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Done {
    send: Mutex<Option<Send_>>,
}

#[pymethods]
impl Done {
    fn __call__(&self, py: Python<'_>, result: Option<Bound<'_, PyAny>>, error: Option<Bound<'_, PyAny>>) {
        let send = self.send.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(send) = send {
            send(match error {
                Some(error) => Err(PyErr::from_value(error)),
                None => Ok(result.unwrap_or_else(|| py.None().into_bound(py))),
            });
        }
    }
}

fn ended() -> PyErr {
    PyRuntimeError::new_err("the event loop or the interpreter has ended")
}

/// What an exception of the caller's own says, for a message: its type and nothing else, because its text may hold a URL or a key.
pub(crate) fn type_of(error: &PyErr) -> String {
    Python::try_attach(|py| error.get_type(py).qualname().map(|name| name.to_string()).unwrap_or_default()).unwrap_or_default()
}
