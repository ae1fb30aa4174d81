//! A client of one provider and one account, for `gentask.Client` and `gentask.AsyncClient` alike, as it is open in a process: everything that
//! waits gives a [`Pending`], and only those two know how to wait for it. What they call is in `client/methods.rs`.

mod methods;

use crate::arguments::Text;
use crate::contract::submit_options;
use crate::options::Recipe;
use crate::pending::Pending;
use crate::{flights, payload, raise, store};
use gentask::core;
use gentask::{Failure, Held, Session, Submission};
use pyo3::prelude::*;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a client has in this process.
#[derive(Clone)]
pub(crate) struct Open {
    process: u32,
    pub(crate) session: Session,
    /// Keeps the client on the list of those whose submits a process waits for at its end.
    _listed: Arc<()>,
}

impl Open {
    pub(crate) fn client(&self) -> &gentask::Client {
        self.session.client()
    }

    /// Has whoever closes the client from now on wait until what is returned is dropped.
    pub(crate) fn hold(&self, py: Python<'_>) -> PyResult<Held> {
        self.session.hold().map_err(|failure| raise::failure(py, &failure))
    }
}

/// One provider and one account.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Client {
    recipe: Recipe,
    open: Mutex<Option<Open>>,
}

impl Client {
    fn state(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(py: Python<'_>, recipe: &Recipe) -> Result<Open, Failure> {
        let client = recipe.client(py)?;
        let listed = flights::list(py, &client);
        Ok(Open { process: std::process::id(), session: Session::new(client), _listed: listed })
    }

    /// The client in this process: in a forked child, a new one.
    pub(crate) fn open(&self, py: Python<'_>) -> PyResult<Open> {
        let here = self.state().as_ref().map(|open| (open.process == std::process::id()).then(|| open.clone()));
        match here {
            Some(Some(open)) => return Ok(open),
            Some(None) => {}
            None => return Err(closed(py)),
        }
        // Not under the lock: making it may hand the interpreter to another thread that wants it too. Then the first one stays.
        let made = Self::start(py, &self.recipe).map_err(|failure| raise::failure(py, &failure))?;
        let mut state = self.state();
        match state.as_mut() {
            Some(open) if open.process == std::process::id() => return Ok(open.clone()),
            // Its connections, threads and locks are the parent's.
            Some(open) => std::mem::forget(std::mem::replace(open, made.clone())),
            None => {}
        }
        Ok(made)
    }

    /// Starts work that ends when nobody waits for it any more, or when the client is closed.
    pub(crate) fn run<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(gentask::Client) -> F,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Pending> {
        self.run_for(py, None, work, convert)
    }

    /// The same for a call about the task of this intent.
    pub(crate) fn run_for<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        intent_id: Option<Arc<str>>,
        work: impl FnOnce(gentask::Client) -> F,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Pending> {
        let open = self.open(py)?;
        let session = open.session;
        let work = Box::pin(work(session.client().clone()));
        let work = async move { session.run(intent_id.as_deref(), work).await };
        Pending::start(py, work, convert)
    }

    /// Starts a submit, which neither a closed client nor a caller who leaves can end.
    fn submit_with<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        request: Request<'_, '_>,
        work: impl FnOnce(Submission) -> F,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Pending> {
        let open = self.open(py)?;
        let (generation, options) = self.read(request)?;
        let submission = open.client().begin(&generation, &options).map_err(|failure| raise::failure(py, &failure))?;
        let intent = submission.intent();
        let work = Box::pin(work(submission));
        let under_way = open.hold(py)?;
        let counted = async move {
            let _under_way = under_way;
            work.await
        };
        Pending::start_submit(py, intent, counted, convert)
    }

    /// Reads what a caller wants made, and says about it.
    pub(crate) fn read(&self, request: Request<'_, '_>) -> PyResult<(core::Generation, core::SubmitOptions)> {
        request.read(&self.recipe.contract)
    }

    /// The contract's id.
    pub(crate) fn provider(&self) -> &str {
        self.recipe.contract.id()
    }

    /// Starts work on one stored task, of a file of its reply.
    pub(crate) fn run_file<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        intent_id: &Arc<str>,
        work: impl FnOnce(gentask::TaskHandle) -> F + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Pending> {
        let (intent_id, named) = (Arc::clone(intent_id), Arc::clone(intent_id));
        self.run_for(py, Some(named), |client| async move { work(client.task(&intent_id).await?).await }, convert)
    }
}

impl Drop for Client {
    /// A client that was never closed gives its store back too.
    fn drop(&mut self) {
        let open = self.state().take();
        match open {
            Some(open) if open.process == std::process::id() => {
                drop(open);
                Python::try_attach(|py| py.detach(store::sweep));
            }
            inherited => std::mem::forget(inherited),
        }
    }
}

/// A generation and what is said about it, as Python gives them.
pub(crate) struct Request<'a, 'py> {
    pub(crate) model: Text,
    pub(crate) input: &'a Bound<'py, PyAny>,
    pub(crate) key: Option<Text>,
    pub(crate) owner: Option<Text>,
    pub(crate) callback_url: Option<Text>,
    pub(crate) options: Option<&'a Bound<'py, PyAny>>,
}

impl Request<'_, '_> {
    fn read(self, contract: &core::Contract) -> PyResult<(core::Generation, core::SubmitOptions)> {
        let options = submit_options(self.key, self.owner, self.callback_url, self.options)?;
        Ok((payload::generation(contract, self.model, self.input)?, options))
    }
}

pub(crate) fn closed(py: Python<'_>) -> PyErr {
    raise::failure(py, &Session::closed())
}
