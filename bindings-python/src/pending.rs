//! Something that is under way: waited for by a thread (`Client`), or by an event loop (`AsyncClient`).

use crate::count::SIGNALS;
use crate::flights::FLIGHTS;
use crate::raise;
use crate::runtime::{self, Message};
use gentask::core::{Error, ErrorCode};
use gentask::{Failure, Intent};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;

/// What came of it, turned into Python's terms by whoever takes it.
type Outcome = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

enum State {
    Waiting(Option<Py<PyAny>>),
    Done(Outcome),
    Taken,
}

struct Shared {
    state: Mutex<State>,
    done: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An operation that is under way. Exactly one of `result` and `on_done` with `take` is used.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Pending {
    shared: Arc<Shared>,
    process: u32,
    /// `None`: it goes on whatever becomes of whoever waits.
    abort: Option<AbortHandle>,
    intent: Option<Intent>,
}

impl Pending {
    /// Starts something that ends when nobody waits for it any more.
    pub(crate) fn start<T: Send + 'static>(
        py: Python<'_>,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Self> {
        let (mut pending, abort) = Self::start_lasting(py, None, work, convert)?;
        pending.abort = Some(abort);
        Ok(pending)
    }

    /// Starts a submit: it goes on whatever becomes of whoever waits, who is told its intent.
    pub(crate) fn start_submit<T: Send + 'static>(
        py: Python<'_>,
        intent: Intent,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Self> {
        let flight = FLIGHTS.enter_attached(py);
        let work = Box::pin(work);
        let work = async move {
            let _flight = flight;
            work.await
        };
        Ok(Self::start_lasting(py, Some(intent), work, convert)?.0)
    }

    /// Starts something that goes on whatever becomes of whoever waits.
    pub(crate) fn start_to_its_end<T: Send + 'static>(
        py: Python<'_>,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Self> {
        Ok(Self::start_lasting(py, None, work, convert)?.0)
    }

    fn start_lasting<T: Send + 'static>(
        py: Python<'_>,
        intent: Option<Intent>,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<(Self, AbortHandle)> {
        if runtime::is_telling() {
            // Before anything is begun: a submit would be sent, and the listener could not even be told its name.
            return Err(telling());
        }
        let shared = Arc::new(Shared { state: Mutex::new(State::Waiting(None)), done: Condvar::new() });
        let ending = Ending(Some(Arc::clone(&shared)));
        let work = Box::pin(work);
        let task = runtime::handle(py)?.spawn(async move {
            let mut ending = ending;
            let outcome = work.await;
            ending.with(Box::new(move |py| match outcome {
                Ok(value) => convert(py, value),
                Err(failure) => Err(raise::failure(py, &failure)),
            }));
        });
        Ok((Self { shared, process: std::process::id(), abort: None, intent }, task.abort_handle()))
    }

    fn is_done(&self) -> bool {
        matches!(*self.shared.state(), State::Done(_))
    }

    /// Waits without the interpreter; `false`: not done yet.
    fn wait(&self, py: Python<'_>, most: Option<Duration>) -> bool {
        py.detach(|| {
            let state = self.shared.state();
            let waits = |state: &mut State| matches!(state, State::Waiting(_));
            let state = match most {
                Some(most) => self.shared.done.wait_timeout_while(state, most, waits).map_or_else(|e| e.into_inner().0, |it| it.0),
                None => self.shared.done.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner),
            };
            !matches!(*state, State::Waiting(_))
        })
    }
}

impl Drop for Pending {
    /// Whoever forgets it does not wait any more. In a forked child it is the parent's, and so is the runtime that it belongs to.
    fn drop(&mut self) {
        self.abandon();
        if self.process != std::process::id() {
            std::mem::forget(self.abort.take());
        }
    }
}

#[pymethods]
impl Pending {
    /// Waits for the outcome without holding the interpreter. A signal handler that raises ends the wait, not a submit.
    pub(crate) fn result(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        if !self.is_done() {
            if runtime::is_telling() {
                self.abandon();
                return Err(telling());
            }
            let main = is_main_thread(py)?;
            while !self.wait(py, main.then_some(SIGNALS)) {
                if let Err(error) = py.check_signals() {
                    self.abandon();
                    self.note(error.value(py).as_any());
                    return Err(error);
                }
            }
        }
        self.take(py)
    }

    /// Waits as `result` does, but for so many seconds only, and says whether the outcome is there.
    fn is_done_within(&self, py: Python<'_>, seconds: f64) -> PyResult<bool> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        if runtime::is_telling() {
            return Err(telling());
        }
        let until = Instant::now() + Duration::try_from_secs_f64(seconds).unwrap_or(SIGNALS);
        let main = is_main_thread(py)?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if self.wait(py, Some(if main { left.min(SIGNALS) } else { left })) {
                return Ok(true);
            }
            py.check_signals()?;
            if left.is_zero() {
                return Ok(false);
            }
        }
    }

    /// Calls `callback` without arguments, on a thread of gentask's own, when the outcome is there.
    fn on_done(&self, py: Python<'_>, callback: Py<PyAny>) {
        let mut state = self.shared.state();
        match &mut *state {
            State::Waiting(waiter) => *waiter = Some(callback),
            State::Done(_) | State::Taken => {
                drop(state);
                runtime::tell_attached(py, call(callback));
            }
        }
    }

    /// The outcome, once it is there: returns it or raises it.
    fn take(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let state = std::mem::replace(&mut *self.shared.state(), State::Taken);
        match state {
            State::Done(outcome) => outcome(py),
            State::Waiting(_) | State::Taken => Err(PyRuntimeError::new_err("there is no outcome, or it was taken before")),
        }
    }

    /// Nobody waits any more: ends it, unless it is a submit.
    fn abandon(&self) {
        if let Some(abort) = self.abort.as_ref().filter(|_| self.process == std::process::id()) {
            abort.abort();
        }
    }

    /// Notes in an exception that ends somebody's wait which intent goes on without them.
    fn note(&self, error: &Bound<'_, PyAny>) {
        let Some(intent) = &self.intent else { return };
        let intent_id = intent.id();
        let note = format!("the submit of intent {intent_id} goes on and is saved: find it with client.task(\"{intent_id}\")");
        // An exception that takes neither attributes nor notes is raised as it is.
        let _ = error.setattr("intent_id", intent_id);
        if error.hasattr("add_note").unwrap_or(false) {
            let _ = error.call_method1("add_note", (note,));
        }
    }
}

fn call(callback: Py<PyAny>) -> Message {
    Box::new(move |py| {
        // A loop that has ended cannot be woken, and nobody in it waits.
        let _ = callback.call0(py);
    })
}

/// Sees to it that whoever waits is told, even where the work is aborted or panics.
struct Ending(Option<Arc<Shared>>);

impl Ending {
    fn with(&mut self, outcome: Outcome) {
        let Some(shared) = self.0.take() else { return };
        let mut news = News(Some((shared, outcome)));
        // After the events that came before it.
        runtime::tell(Box::new(move |py| {
            if let Some(callback) = news.deliver() {
                call(callback)(py);
            }
        }));
    }
}

/// An outcome on its way. Where it cannot be told any more, whoever waits on a thread has it even so.
struct News(Option<(Arc<Shared>, Outcome)>);

impl News {
    /// Puts the outcome where it is waited for, and returns whom else to call.
    fn deliver(&mut self) -> Option<Py<PyAny>> {
        let (shared, outcome) = self.0.take()?;
        let before = std::mem::replace(&mut *shared.state(), State::Done(outcome));
        shared.done.notify_all();
        if let State::Waiting(callback) = before { callback } else { None }
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.deliver();
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.with(Box::new(|py| {
            let message = "the wait was interrupted: the client was closed, or an internal error occurred; the task is still running";
            Err(raise::mistake(py, Error::new(ErrorCode::Unsupported, message)))
        }));
    }
}

/// What a forked child is told that waits for something of its parent's.
pub(crate) fn inherited() -> PyErr {
    PyRuntimeError::new_err("this was started before a fork: only the parent process can wait for it")
}

pub(crate) fn telling() -> PyErr {
    PyRuntimeError::new_err("a listener must not call gentask, which waits for the listener: hand the work to another thread")
}

fn is_main_thread(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import("threading")?;
    let here = threading.call_method0("get_ident")?;
    threading.call_method0("main_thread")?.getattr("ident")?.eq(here)
}
