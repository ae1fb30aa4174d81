//! What all clients of a process share: one tokio runtime, and one thread that tells Python what happened.
//!
//! Only that thread, and threads made for Python's own callables, wait for the interpreter: the runtime's workers never do, so a busy
//! interpreter slows no request down. It tells things in the order in which they happened, as many as there are at once.
//!
//! A fork leaves the child without any of these threads. So both are made anew where the process is another one, and what the
//! parent had is left alone: it is the parent's.

use crate::attach::attach;
use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use tokio::runtime::{Builder, Handle, Runtime};

/// Something to tell Python.
pub(crate) type Message = Box<dyn FnOnce(Python<'_>) + Send>;

pub(crate) struct Shared {
    process: u32,
    runtime: Runtime,
    messages: mpsc::Sender<Message>,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

thread_local! {
    static TELLS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// The runtime of this process.
pub(crate) fn handle(py: Python<'_>) -> PyResult<Handle> {
    with(lock_attached(py), |shared| shared.runtime.handle().clone())
}

/// Tells Python something, after everything that was told before. Where the interpreter has ended, the message is dropped.
pub(crate) fn tell(message: Message) {
    send(lock(), message);
}

/// The same from a thread that has the interpreter.
pub(crate) fn tell_attached(py: Python<'_>, message: Message) {
    send(lock_attached(py), message);
}

fn send(shared: MutexGuard<'_, Option<Shared>>, message: Message) {
    // Without a runtime nothing happens that could be told.
    if let Ok(messages) = with(shared, |shared| shared.messages.clone()) {
        let _ = messages.send(message);
    }
}

/// Whether this is the thread that tells: what it waits for itself would never come.
pub(crate) fn is_telling() -> bool {
    TELLS.get()
}

fn with<T>(mut shared: MutexGuard<'_, Option<Shared>>, read: impl FnOnce(&Shared) -> T) -> PyResult<T> {
    if shared.as_ref().is_some_and(|shared| shared.process != std::process::id()) {
        // Its threads live in the parent. Dropping it would wait for them.
        std::mem::forget(shared.take());
    }
    let shared = match shared.as_mut() {
        Some(shared) => shared,
        None => shared.insert(Shared::start()?),
    };
    Ok(read(shared))
}

/// For threads without the interpreter only: whoever forks holds this lock, and may have to wait for the interpreter.
fn lock() -> MutexGuard<'static, Option<Shared>> {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits without the interpreter.
pub(crate) fn lock_attached(py: Python<'_>) -> MutexGuard<'static, Option<Shared>> {
    SHARED.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn start() -> PyResult<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(2).thread_name("gentask").enable_all().build()?;
        let (messages, queue) = mpsc::channel();
        std::thread::Builder::new().name("gentask-tell".to_owned()).spawn(move || run(&queue))?;
        Ok(Self { process: std::process::id(), runtime, messages })
    }
}

fn run(queue: &mpsc::Receiver<Message>) {
    TELLS.set(true);
    while let Ok(first) = queue.recv() {
        let told = attach(|py| {
            first(py);
            while let Ok(next) = queue.try_recv() {
                next(py);
            }
        });
        if told.is_none() {
            // The interpreter has ended, and nobody is left to be told.
            return;
        }
    }
}
