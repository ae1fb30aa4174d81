//! How threads that are not Python's come to the interpreter, and how all of them leave it before it ends: a thread that is inside
//! while the interpreter ends takes the process with it.

use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long an ending interpreter waits for the caller's own functions that are running, such as a transport's `send`.
const LAST_CALLS: Duration = Duration::from_secs(10);
/// How often it hears of signals meanwhile.
const SIGNALS: Duration = Duration::from_millis(50);

pub(crate) struct Inside {
    /// A forked child has none of the threads that were inside.
    process: u32,
    count: usize,
    ended: bool,
}

static INSIDE: (Mutex<Inside>, Condvar) = (Mutex::new(Inside { process: 0, count: 0, ended: false }), Condvar::new());

/// For threads without the interpreter only.
fn lock() -> MutexGuard<'static, Inside> {
    INSIDE.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits without the interpreter: whoever forks holds this lock, and may have to wait for the interpreter.
pub(crate) fn lock_attached(py: Python<'_>) -> MutexGuard<'static, Inside> {
    INSIDE.0.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
}

/// One thread that is inside.
struct Visit;

impl Visit {
    fn begin() -> Option<Self> {
        let mut inside = lock();
        if inside.process != std::process::id() {
            *inside = Inside { process: std::process::id(), count: 0, ended: false };
        }
        if inside.ended {
            return None;
        }
        inside.count += 1;
        Some(Self)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut inside = lock();
        inside.count = inside.count.saturating_sub(1);
        INSIDE.1.notify_all();
    }
}

/// Runs something with the interpreter; `None` where it has ended, or is about to.
pub(crate) fn attach<T>(run: impl for<'py> FnOnce(Python<'py>) -> T) -> Option<T> {
    let _visit = Visit::begin()?;
    Python::try_attach(run)
}

/// Lets nobody in any more, and waits until those who are inside have left. For the end of the interpreter.
#[pyfunction]
pub(crate) fn end(py: Python<'_>) -> PyResult<()> {
    lock_attached(py).ended = true;
    let began = Instant::now();
    while began.elapsed() < LAST_CALLS {
        let left = py.detach(|| {
            let waited = INSIDE.1.wait_timeout_while(lock(), SIGNALS, |inside| inside.count > 0);
            waited.map_or_else(|poisoned| poisoned.into_inner().0.count, |(inside, _)| inside.count) == 0
        });
        if left {
            break;
        }
        py.check_signals()?;
    }
    Ok(())
}
