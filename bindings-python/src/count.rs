//! Counts what is under way in this process, for those who wait until nothing is.

use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a signal waits at most until Python hears of it while a thread waits here.
pub(crate) const SIGNALS: Duration = Duration::from_millis(50);

/// A count that belongs to one process: a forked child begins at nothing, because it has none of the threads that were counted.
pub(crate) struct Count {
    state: Mutex<State>,
    fewer: Condvar,
}

pub(crate) struct State {
    process: u32,
    count: usize,
    ended: bool,
}

impl State {
    /// The state of this process.
    fn own(&mut self) -> &mut Self {
        if self.process != std::process::id() {
            *self = Self { process: std::process::id(), count: 0, ended: false };
        }
        self
    }
}

impl Count {
    pub(crate) const fn new() -> Self {
        Self { state: Mutex::new(State { process: 0, count: 0, ended: false }), fewer: Condvar::new() }
    }

    /// For threads without the interpreter only.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits without the interpreter: whoever forks holds this lock, and may have to wait for the interpreter.
    pub(crate) fn lock_attached(&self, py: Python<'_>) -> MutexGuard<'_, State> {
        self.state.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
    }

    /// One more, from a thread without the interpreter; `None` after the end.
    pub(crate) fn enter(&'static self) -> Option<One> {
        self.add(self.lock())
    }

    /// The same from a thread that has the interpreter.
    pub(crate) fn enter_attached(&'static self, py: Python<'_>) -> Option<One> {
        self.add(self.lock_attached(py))
    }

    fn add(&'static self, mut state: MutexGuard<'_, State>) -> Option<One> {
        let own = state.own();
        if own.ended {
            return None;
        }
        own.count += 1;
        Some(One(self))
    }

    /// How many there are.
    pub(crate) fn now(&self, py: Python<'_>) -> usize {
        self.lock_attached(py).own().count
    }

    /// From now on nothing more is counted.
    pub(crate) fn end(&self, py: Python<'_>) {
        self.lock_attached(py).own().ended = true;
    }

    /// Waits without the interpreter until there are none, for so long at most; signals are heard meanwhile.
    pub(crate) fn settle(&self, py: Python<'_>, most: Duration) -> PyResult<()> {
        let began = Instant::now();
        while self.now(py) > 0 && began.elapsed() < most {
            py.detach(|| drop(self.fewer.wait_timeout_while(self.lock(), SIGNALS, |state| state.count > 0)));
            py.check_signals()?;
        }
        Ok(())
    }
}

/// One that is counted, until it is dropped.
pub(crate) struct One(&'static Count);

impl Drop for One {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.count = state.count.saturating_sub(1);
        self.0.fewer.notify_all();
    }
}
