//! The submits that are under way in this process: what it must not leave without a word, because their answers name paid tasks.
//!
//! Those that a program asked for are counted from the call on, by [`FLIGHTS`]. Those that a wait, a check or a resume sends are counted by
//! the client that sends them, and all clients of the process are listed here.

use crate::count::{Count, SIGNALS};
use gentask::UnderWay;
use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// The submits that were called for.
pub(crate) static FLIGHTS: Count = Count::new();

/// The clients of one process, each for as long as somebody has it or its submits are under way.
pub(crate) struct Clients {
    process: u32,
    listed: Vec<(Weak<()>, UnderWay)>,
}

static CLIENTS: Mutex<Clients> = Mutex::new(Clients { process: 0, listed: Vec::new() });

impl Clients {
    fn own(&mut self) -> &mut Vec<(Weak<()>, UnderWay)> {
        if self.process != std::process::id() {
            // What a forked child inherits is the parent's.
            std::mem::forget(std::mem::take(&mut self.listed));
            self.process = std::process::id();
        }
        &mut self.listed
    }
}

/// Waits without the interpreter: whoever forks holds this lock, and may have to wait for the interpreter.
pub(crate) fn lock_attached(py: Python<'_>) -> MutexGuard<'static, Clients> {
    CLIENTS.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
}

/// Lists a client, for as long as what is returned is kept.
pub(crate) fn list(py: Python<'_>, client: &gentask::Client) -> Arc<()> {
    let kept = Arc::new(());
    let mut clients = lock_attached(py);
    let listed = clients.own();
    listed.retain(|(kept, submits)| kept.strong_count() > 0 || submits.count() > 0);
    listed.push((Arc::downgrade(&kept), client.under_way()));
    kept
}

fn sent_by_clients(py: Python<'_>) -> usize {
    lock_attached(py).own().iter().map(|(_, submits)| submits.count()).sum()
}

/// How many submits of this process are under way.
#[pyfunction]
pub(crate) fn submits_in_flight(py: Python<'_>) -> usize {
    // A submit that was called for is in both counts once it is stored.
    FLIGHTS.now(py).max(sent_by_clients(py))
}

/// Waits until the submits that are under way are saved; signals are heard meanwhile.
#[pyfunction]
pub(crate) fn settle_submits(py: Python<'_>) -> PyResult<()> {
    FLIGHTS.settle(py, Duration::MAX)?;
    while sent_by_clients(py) > 0 {
        py.detach(|| std::thread::sleep(SIGNALS));
        py.check_signals()?;
    }
    Ok(())
}
