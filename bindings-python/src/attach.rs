//! How threads that are not Python's come to the interpreter, and how all of them leave it before it ends: a thread that is inside
//! while the interpreter ends takes the process with it.

use crate::count::Count;
use pyo3::prelude::*;
use std::time::Duration;

/// How long an ending interpreter waits for the caller's own functions that are running, such as a transport's `send`.
const LAST_CALLS: Duration = Duration::from_secs(10);

/// The threads that are inside.
pub(crate) static INSIDE: Count = Count::new();

/// Runs something with the interpreter; `None` where it has ended, or is about to.
pub(crate) fn attach<T>(run: impl for<'py> FnOnce(Python<'py>) -> T) -> Option<T> {
    let _inside = INSIDE.enter()?;
    Python::try_attach(run)
}

/// Lets nobody in any more, and waits until those who are inside have left. For the end of the interpreter.
#[pyfunction]
pub(crate) fn end(py: Python<'_>) -> PyResult<()> {
    INSIDE.end(py);
    INSIDE.settle(py, LAST_CALLS)
}
