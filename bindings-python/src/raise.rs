//! Failures as exceptions of `gentask.errors`: which class belongs to which code stands there, and nowhere else.

use crate::records::Reply;
use gentask::Failure;
use gentask::core::{Error, ErrorCode};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// The exception of a failure.
pub(crate) fn failure(py: Python<'_>, failure: &Failure) -> PyErr {
    exception(py, Reply::plain(failure.reply().clone()), failure.to_string())
}

/// The exception of a caller's mistake.
pub(crate) fn mistake(py: Python<'_>, error: Error) -> PyErr {
    failure(py, &Failure::from(error))
}

/// The exception that proves that a request never left.
pub(crate) fn not_sent(py: Python<'_>, reason: String) -> PyErr {
    let made = py.import("gentask.transport").and_then(|module| module.getattr("NotSent")?.call1((reason,)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// The exception of a reply that is no success.
pub(crate) fn of_reply(py: Python<'_>, reply: Reply) -> PyErr {
    let code = reply.inner.error_code.unwrap_or(ErrorCode::UnknownError);
    let words = reply.inner.error_message.as_deref().unwrap_or("the task has not succeeded");
    let message = format!("{code}: {words}");
    exception(py, reply, message)
}

fn exception(py: Python<'_>, reply: Reply, message: String) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = MAKE.import(py, "gentask.errors", "error_of").and_then(|make: &Bound<'_, PyAny>| make.call1((reply, message)));
    made.map_or_else(|error| error, PyErr::from_value)
}
