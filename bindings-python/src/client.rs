//! A client of one provider and one account, for `gentask.Client` and `gentask.AsyncClient` alike: everything that waits gives a
//! [`Pending`], and only those two know how to wait for it.

use crate::arguments::{Text, Whole, plain};
use crate::clock::ManualClock;
use crate::contract::{Contract, generation, submit_options};
use crate::options::{Arguments, Recipe, callable, seconds};
use crate::pending::Pending;
use crate::records::{Balance, ListedTask, Reply, SavedFile, TaskPage};
use crate::task::Task;
use crate::{flights, json, raise, runtime, store};
use gentask::core::{self, Error, ErrorCode, Phase};
use gentask::store::{Cursor, Store};
use gentask::{Failure, Resumed, Submission, TaskFilter};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{RwLock, watch};

/// How often, and how long after one another, a closing client looks whether its file is closed: a second in all.
const LOOKS: u32 = 100;
const LOOK: Duration = Duration::from_millis(10);

/// What a client has in this process.
#[derive(Clone)]
struct Open {
    process: u32,
    client: gentask::Client,
    closed: watch::Sender<bool>,
    /// Read by every submit that is under way, written by whoever waits for their end.
    submits: Arc<RwLock<()>>,
    /// Keeps the client on the list of those whose submits a process waits for at its end.
    _listed: Arc<()>,
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
        Ok(Open { process: std::process::id(), client, closed: watch::channel(false).0, submits: Arc::default(), _listed: listed })
    }

    /// The client in this process: in a forked child, a new one.
    fn open(&self, py: Python<'_>) -> PyResult<Open> {
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
        let mut closed = open.closed.subscribe();
        let store = Arc::clone(open.client.store());
        // In a box of its own: a future that is moved into another one takes its room twice.
        let work = Box::pin(work(open.client));
        let work = async move {
            let until_closed = async move { drop(closed.wait_for(|closed| *closed).await) };
            tokio::select! {
                outcome = work => outcome,
                () = until_closed => Err(left(&*store, intent_id.as_deref()).await),
            }
        };
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
        let (generation, options) = request.read()?;
        let submission = open.client.begin(&generation, &options).map_err(|failure| raise::failure(py, &failure))?;
        let intent = submission.intent();
        let (work, submits) = (Box::pin(work(submission)), open.submits);
        // At once, so that whoever closes the client from now on waits for it.
        let under_way = submits.try_read_owned().map_err(|_| closed(py))?;
        let counted = async move {
            let _under_way = under_way;
            work.await
        };
        Pending::start_submit(py, intent, counted, convert)
    }

    /// The contract's id.
    pub(crate) fn provider(&self) -> &str {
        self.recipe.contract.id()
    }

    /// Starts fetching one file of a task.
    pub(crate) fn save_file(&self, py: Python<'_>, intent_id: &Arc<str>, index: usize, directory: PathBuf) -> PyResult<Pending> {
        let (intent_id, named) = (Arc::clone(intent_id), Arc::clone(intent_id));
        let work = |client: gentask::Client| async move {
            let saved = client.task(&intent_id).await?.save_file(index, &directory).await?;
            saved.ok_or_else(|| Error::new(ErrorCode::Unsupported, "the task has no such file any more").into())
        };
        self.run_for(py, Some(named), work, |py, inner| Ok(Py::new(py, SavedFile { inner })?.into_any()))
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
struct Request<'a, 'py> {
    model: Text,
    input: &'a Bound<'py, PyAny>,
    key: Option<Text>,
    owner: Option<Text>,
    callback_url: Option<Text>,
    options: Option<&'a Bound<'py, PyAny>>,
}

impl Request<'_, '_> {
    fn read(self) -> PyResult<(core::Generation, core::SubmitOptions)> {
        let options = submit_options(self.key, self.owner, self.callback_url, self.options)?;
        Ok((generation(self.model, self.input)?, options))
    }
}

/// What a call is told whose client was closed meanwhile: a task goes on, and may have been paid for.
async fn left(store: &dyn Store, intent_id: Option<&str>) -> Failure {
    let message = "the client was closed during this call; a task goes on, and another client can resume it";
    let failure = Failure::from(Error::new(ErrorCode::Unsupported, message));
    let Some(intent_id) = intent_id else { return failure };
    match store.load(intent_id).await {
        Ok(Some(record)) => failure.about(&record),
        _ => failure,
    }
}

fn closed(py: Python<'_>) -> PyErr {
    raise::unsupported(py, "the client is closed: make a new one; its tasks are in the store")
}

/// A reply of one of the four operations.
fn answered(py: Python<'_>, reply: core::Reply) -> PyResult<Py<PyAny>> {
    Ok(Py::new(py, Reply::plain(reply))?.into_any())
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (provider, *, api_key, account, base_url, store, timeout, poll, request_timeout, max_read_retries, transport, on_event, ca_certs, max_in_flight, clock, has_loop))]
    fn new(
        py: Python<'_>,
        provider: &Bound<'_, PyAny>,
        api_key: Option<&Bound<'_, PyAny>>,
        account: Option<Text>,
        base_url: Option<Text>,
        store: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
        poll: Option<(Option<f64>, Option<f64>, Option<f64>)>,
        request_timeout: Option<f64>,
        max_read_retries: Option<Whole<u32>>,
        transport: Option<&Bound<'_, PyAny>>,
        on_event: Option<&Bound<'_, PyAny>>,
        ca_certs: Option<Vec<Bound<'_, PyAny>>>,
        max_in_flight: Option<Whole<usize>>,
        clock: Option<PyRef<'_, ManualClock>>,
        has_loop: bool,
    ) -> PyResult<Self> {
        let recipe = Recipe::read(&Arguments {
            provider,
            api_key,
            account: plain(account),
            base_url: plain(base_url),
            store,
            timeout,
            poll,
            request_timeout,
            max_read_retries: max_read_retries.map(|retries| retries.0),
            transport,
            on_event,
            ca_certs,
            max_in_flight: max_in_flight.map(|most| most.0),
            clock: clock.map(|clock| clock.inner.clone()),
            has_loop,
        })?;
        // With the interpreter held, as everything that a fork must not find half done.
        let open = Self::start(py, &recipe).map_err(|failure| raise::failure(py, &failure))?;
        Ok(Self { recipe, open: Mutex::new(Some(open)) })
    }

    /// Says where async functions of the caller's run from now on.
    fn use_loop(&self, which: usize, runner: Py<PyAny>) {
        self.recipe.events.used(which, runner);
    }

    #[getter]
    fn contract(&self) -> Contract {
        Contract { inner: self.recipe.contract.clone() }
    }

    #[getter]
    fn base_url(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.open(py)?.client.base_url().to_owned())
    }

    #[getter]
    fn account_label(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.open(py)?.client.account_label().to_owned())
    }

    #[getter]
    fn closed(&self) -> bool {
        self.state().is_none()
    }

    /// Ends every wait, lets submits that are under way be saved, and gives the store back.
    fn close(&self, py: Python<'_>) -> PyResult<Pending> {
        let (open, own_file) = (self.state().take(), self.recipe.has_own_file());
        let work = async move {
            let Some(open) = open else { return Ok(()) };
            if open.process != std::process::id() {
                std::mem::forget(open);
                return Ok(());
            }
            open.closed.send_replace(true);
            let _all_saved = open.submits.clone().write_owned().await;
            // Also those that waits sent, which have just been ended.
            open.client.settled().await;
            let file = Arc::downgrade(open.client.store());
            drop(open);
            // Work that was just ended may hold the file for a moment; somebody else's file stays open anyway.
            let mut looks = if own_file { LOOKS } else { 1 };
            while looks > 0 && file.strong_count() > 0 {
                // A store's end waits for its threads.
                let _ = tokio::task::spawn_blocking(store::sweep).await;
                looks -= 1;
                if file.strong_count() > 0 {
                    tokio::time::sleep(LOOK).await;
                }
            }
            Ok(())
        };
        Pending::start(py, work, |py, ()| Ok(py.None()))
    }

    #[pyo3(signature = (model, input, key, owner, callback_url, options, timeout))]
    fn submit(
        slf: &Bound<'_, Self>,
        model: Text,
        input: &Bound<'_, PyAny>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
    ) -> PyResult<Pending> {
        let client = slf.clone().unbind();
        let timeout = timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?;
        let request = Request { model, input, key, owner, callback_url, options };
        let send = move |submission: Submission| async move {
            match timeout {
                Some(time) => submission.send_within(time).await,
                None => submission.send().await,
            }
        };
        slf.get().submit_with(slf.py(), request, send, |py, handle| Ok(Py::new(py, Task::new(client, &handle))?.into_any()))
    }

    #[pyo3(signature = (model, input, key, owner, callback_url, options))]
    fn create_generation(
        &self,
        py: Python<'_>,
        model: Text,
        input: &Bound<'_, PyAny>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Pending> {
        let request = Request { model, input, key, owner, callback_url, options };
        self.submit_with(py, request, |submission| async move { Ok(submission.reply().await) }, answered)
    }

    /// The request that a submit would send: method, URL, headers without the key, body.
    #[pyo3(signature = (model, input, key, owner, callback_url, options))]
    fn dry_run<'py>(
        &self,
        py: Python<'py>,
        model: Text,
        input: &Bound<'_, PyAny>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(String, String, Bound<'py, PyAny>, Bound<'py, PyBytes>)> {
        let (generation, options) = Request { model, input, key, owner, callback_url, options }.read()?;
        let request = self.open(py)?.client.dry_run(&generation, &options).map_err(|failure| raise::failure(py, &failure))?;
        let headers = json::to_python(py, &request.to_value()["headers"])?;
        Ok((request.method, request.url, headers, PyBytes::new(py, &request.body)))
    }

    fn get_status(&self, py: Python<'_>, task_id: Text, model: Option<Text>) -> PyResult<Pending> {
        self.run(py, |client| async move { Ok(client.get_status(&task_id.0, plain(model).as_deref()).await) }, answered)
    }

    fn get_task(&self, py: Python<'_>, task_id: Text, model: Option<Text>) -> PyResult<Pending> {
        self.run(py, |client| async move { Ok(client.get_task(&task_id.0, plain(model).as_deref()).await) }, answered)
    }

    fn cancel_task(&self, py: Python<'_>, task_id: Text, model: Option<Text>) -> PyResult<Pending> {
        self.run(py, |client| async move { Ok(client.cancel_task(&task_id.0, plain(model).as_deref()).await) }, answered)
    }

    fn task(slf: &Bound<'_, Self>, intent_id: Text) -> PyResult<Pending> {
        let client = slf.clone().unbind();
        let work = |own: gentask::Client| async move { own.task(&intent_id.0).await };
        slf.get().run(slf.py(), work, |py, handle| Ok(Py::new(py, Task::new(client, &handle))?.into_any()))
    }

    fn find(slf: &Bound<'_, Self>, key: Text, owner: Option<Text>) -> PyResult<Pending> {
        let client = slf.clone().unbind();
        let work = |own: gentask::Client| async move { own.find(&key.0, plain(owner).as_deref()).await };
        slf.get().run(slf.py(), work, |py, found| match found {
            Some(handle) => Ok(Py::new(py, Task::new(client, &handle))?.into_any()),
            None => Ok(py.None()),
        })
    }

    fn tasks(
        &self,
        py: Python<'_>,
        owner: Option<Text>,
        phases: Option<Vec<Text>>,
        unfinished: bool,
        limit: Option<Whole<usize>>,
        after: Option<(Whole<u64>, Text)>,
    ) -> PyResult<Pending> {
        let phase = |Text(word): &Text| {
            Phase::from_word(word).ok_or_else(|| {
                let known = Phase::ALL.map(Phase::as_str).join(", ");
                PyValueError::new_err(format!("no phase is called {word:?}: there are {known}"))
            })
        };
        let phases = phases.map(|words| words.iter().map(phase).collect::<PyResult<Vec<_>>>()).transpose()?;
        if limit.is_some_and(|most| most.0 == 0) {
            return Err(PyValueError::new_err("limit must be at least 1"));
        }
        let after = after.map(|(Whole(created), Text(intent_id))| Cursor { created, intent_id });
        let filter = TaskFilter { owner: plain(owner), phases, unfinished, limit: limit.map(|most| most.0), after };
        self.run(py, |client| async move { client.tasks(&filter).await }, |py, page| Ok(Py::new(py, TaskPage::from(page))?.into_any()))
    }

    fn unresolved(&self, py: Python<'_>) -> PyResult<Pending> {
        self.run(py, |client| async move { client.unresolved().await }, |py, page| Ok(Py::new(py, TaskPage::from(page))?.into_any()))
    }

    fn resume(
        slf: &Bound<'_, Self>,
        concurrency: Whole<usize>,
        timeout: Option<f64>,
        on_reply: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Pending> {
        if concurrency.0 == 0 {
            return Err(PyValueError::new_err("concurrency must be at least 1"));
        }
        let timeout = timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?;
        let client = Arc::new(slf.clone().unbind());
        let told = Arc::clone(&client);
        let on_reply = on_reply.map(|listener| callable(listener, "on_reply")).transpose()?;
        let hear = move |resumed: &Resumed| {
            let Some(listener) = on_reply.clone() else { return };
            let (intent_id, reply, client) = (resumed.intent_id.clone(), reply_of(resumed), Arc::clone(&told));
            runtime::tell(Box::new(move |py| {
                let reply = Reply::of(reply, client, intent_id.as_str().into());
                if let Err(error) = listener.call1(py, (intent_id, reply)) {
                    error.write_unraisable(py, Some(listener.bind(py)));
                }
            }));
        };
        let work = |own: gentask::Client| async move { own.resume(concurrency.0, timeout, hear).await };
        slf.get().run(slf.py(), work, move |py, ended| {
            let pairs = ended.iter().map(|resumed| {
                (resumed.intent_id.clone(), Reply::of(reply_of(resumed), Arc::clone(&client), resumed.intent_id.as_str().into()))
            });
            Ok(PyList::new(py, pairs.collect::<Vec<_>>())?.into_any().unbind())
        })
    }

    fn prune(&self, py: Python<'_>, older_than: f64) -> PyResult<Pending> {
        let age = u64::try_from(seconds(older_than, "older_than")?.as_millis()).unwrap_or(u64::MAX);
        let work = |client: gentask::Client| async move { client.prune(client.now().saturating_sub(age)).await };
        self.run(py, work, |py, deleted| Ok(deleted.into_pyobject(py)?.into_any().unbind()))
    }

    fn account(&self, py: Python<'_>) -> PyResult<Pending> {
        self.run(py, |client| async move { client.account().await }, |py, balance| Ok(Py::new(py, Balance::from(balance))?.into_any()))
    }

    fn remote_tasks(&self, py: Python<'_>) -> PyResult<Pending> {
        let work = |client: gentask::Client| async move { client.remote_tasks().await };
        self.run(py, work, |py, tasks| {
            let tasks: Vec<ListedTask> = tasks.into_iter().map(|inner| ListedTask { inner }).collect();
            Ok(PyList::new(py, tasks)?.into_any().unbind())
        })
    }
}

fn reply_of(resumed: &Resumed) -> core::Reply {
    match &resumed.reply {
        Ok(reply) => reply.clone(),
        Err(failure) => failure.reply().clone(),
    }
}
