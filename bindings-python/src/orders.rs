//! Many orders under way. Whoever orders gives them one by one and fetches their outcomes, on a thread or in a loop of Python's.

use crate::arguments::Text;
use crate::client::{Client, Request};
use crate::pending::{Pending, inherited, telling};
use crate::records::Reply;
use crate::runtime;
use crate::task::Task;
use gentask::{Failure, Many, Order, Ordered, Session};
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// What a client's `orders` gives.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Orders {
    client: Arc<Py<Client>>,
    shared: Arc<Shared>,
    /// Ends what would leave the orders when the client is closed.
    leaving: AbortHandle,
    process: u32,
}

struct Shared {
    /// `None`: left, by whoever ordered or because the client was closed.
    orders: Mutex<Option<gentask::Orders>>,
    nudged: Notify,
}

impl Shared {
    /// Held for moments only, and never while waiting for the interpreter.
    fn orders(&self) -> MutexGuard<'_, Option<gentask::Orders>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Result<Option<Ordered>, Failure>> {
        match self.orders().as_mut() {
            Some(orders) => pin!(orders.next()).poll(context).map(Ok),
            None => Poll::Ready(Err(Session::closed())),
        }
    }
}

impl Orders {
    pub(crate) fn new(py: Python<'_>, client: Py<Client>, session: Session, how: Many) -> PyResult<Self> {
        let shared = Arc::new(Shared { orders: Mutex::new(Some(session.client().orders(how))), nudged: Notify::new() });
        let left = Arc::clone(&shared);
        let leaving = runtime::handle(py)?.spawn(async move {
            let _closed: Result<(), Failure> = session.run(None, std::future::pending()).await;
            let orders = left.orders().take();
            drop(orders);
        });
        Ok(Self { client: Arc::new(client), shared, leaving: leaving.abort_handle(), process: std::process::id() })
    }
}

impl Drop for Orders {
    /// In a forked child they are the parent's.
    fn drop(&mut self) {
        self.close();
        if self.process != std::process::id() {
            std::mem::forget(Arc::clone(&self.shared));
        }
    }
}

#[pymethods]
impl Orders {
    /// Whether another order may be given now.
    fn has_place(&self) -> bool {
        self.process == std::process::id() && self.shared.orders().as_ref().is_some_and(gentask::Orders::has_place)
    }

    /// Begins an order, and returns which one it is, counted from 0, and its key.
    #[pyo3(signature = (model, input, key, owner, callback_url, options))]
    fn give(
        &self,
        py: Python<'_>,
        model: Text,
        input: &Bound<'_, PyAny>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(usize, Option<String>)> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        if runtime::is_telling() {
            return Err(telling());
        }
        let request = Request { model, input, key, owner, callback_url, options };
        let (generation, options) = self.client.get().read(request)?;
        let runtime = runtime::handle(py)?;
        // A key is made of all that is ordered, media too: that may take a moment.
        let given = py.detach(|| {
            let _runtime = runtime.enter();
            self.shared.orders().as_mut().map(|orders| orders.give(Order { generation, options }))
        });
        given.ok_or_else(|| crate::client::closed(py))
    }

    /// The next outcome: which order it is of, its key, the task where one is stored, and the reply. `None` where nothing is under way, or with
    /// `until_nudged` once somebody has nudged.
    fn next(&self, py: Python<'_>, until_nudged: bool) -> PyResult<Pending> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        let (shared, client) = (Arc::clone(&self.shared), Arc::clone(&self.client));
        let work = move |_: gentask::Client| async move {
            let outcome = async {
                match std::future::poll_fn(|context| shared.poll(context)).await {
                    Ok(None) if until_nudged => std::future::pending().await,
                    found => found,
                }
            };
            tokio::select! {
                biased;
                found = outcome => found,
                () = shared.nudged.notified(), if until_nudged => Ok(None),
            }
        };
        self.client.get().run(py, work, move |py, found| {
            let Some(Ordered { index, key, task, reply }) = found else { return Ok(py.None()) };
            let reply = reply.unwrap_or_else(|failure| failure.reply().clone());
            let reply = match &task {
                Some(task) => Reply::of(reply, Arc::clone(&client), task.intent_id().into()),
                None => Reply::plain(reply),
            };
            let task = task.map(|task| Task::new(client.clone_ref(py), &task));
            (index, key, task, reply).into_py_any(py)
        })
    }

    /// Ends a wait for the next outcome that may be ended so, or the next one to be.
    fn nudge(&self) {
        self.shared.nudged.notify_one();
    }

    /// Leaves all tasks as they are: a submit that was sent is saved even so.
    fn close(&self) {
        if self.process == std::process::id() {
            self.leaving.abort();
            let orders = self.shared.orders().take();
            drop(orders);
        }
    }
}
