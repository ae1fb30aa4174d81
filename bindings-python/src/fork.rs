//! What happens around a fork, which `os.fork` and everything above it (multiprocessing, gunicorn, Celery) does.
//!
//! Before it, every SQLite file is closed for the moment: a child that inherits one believes to hold locks that it has not. The locks of
//! this module are held, so that the child does not inherit one of them taken by a thread that it has not. After it, the parent goes on,
//! and the child makes whatever it uses anew.
//!
//! Other hooks run between ours, and may hand the interpreter to other threads: so whoever has it waits for these locks without it.

use crate::{attach, flights, runtime, store};
use pyo3::prelude::*;
use std::any::Any;
use std::cell::RefCell;

thread_local! {
    /// What the forking thread holds meanwhile, in the parent and in the child.
    static HELD: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Called by the interpreter before a fork.
#[pyfunction]
pub(crate) fn before_fork(py: Python<'_>) {
    // No store is opened or closed from here on.
    let stores = store::lock_attached(py);
    let parked = store::park_all(&stores);
    let held: Vec<Box<dyn Any>> = vec![
        Box::new(parked),
        Box::new(stores),
        Box::new(attach::INSIDE.lock_attached(py)),
        Box::new(flights::FLIGHTS.lock_attached(py)),
        Box::new(flights::lock_attached(py)),
        Box::new(runtime::lock_attached(py)),
    ];
    HELD.with_borrow_mut(|place| place.extend(held));
}

/// Called by the interpreter after a fork, in the parent and in the child.
#[pyfunction]
pub(crate) fn after_fork() {
    let held = HELD.with_borrow_mut(std::mem::take);
    // The locks first: whoever goes on needs them.
    held.into_iter().rev().for_each(drop);
}
