//! What Python programs call on a client.

use super::{Client, Request};
use crate::arguments::{Text, Whole, plain};
use crate::callbacks::{self, GivenCallbacks};
use crate::clock::ManualClock;
use crate::contract::Contract;
use crate::options::{Arguments, PollArguments, Recipe, callable, seconds};
use crate::orders::Orders;
use crate::payload::Payload;
use crate::pending::Pending;
use crate::records::{Balance, Delivery, ListedTask, Reply, TaskPage};
use crate::task::Task;
use crate::{json, raise, runtime, store, worker};
use gentask::core::internal::to_canonical;
use gentask::core::{self, Phase};
use gentask::store::{Cursor, DeliveryFilter, DeliveryOutcome};
use gentask::{Many, Resumed, Submission, TaskFilter};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often, and how long after one another, a closing client looks whether its file is closed: a second in all.
const LOOKS: u32 = 100;
const LOOK: Duration = Duration::from_millis(10);

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (provider, *, api_key, account, base_url, store, timeout, poll, request_timeout, max_read_retries, transport, on_event, on_request, on_response, ca_certs, max_in_flight, proxy, clock, callbacks, has_loop))]
    fn new(
        py: Python<'_>,
        provider: &Bound<'_, PyAny>,
        api_key: Option<&Bound<'_, PyAny>>,
        account: Option<Text>,
        base_url: Option<Text>,
        store: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
        poll: Option<PollArguments>,
        request_timeout: Option<f64>,
        max_read_retries: Option<Whole<u32>>,
        transport: Option<&Bound<'_, PyAny>>,
        on_event: Option<&Bound<'_, PyAny>>,
        on_request: Option<&Bound<'_, PyAny>>,
        on_response: Option<&Bound<'_, PyAny>>,
        ca_certs: Option<Vec<Bound<'_, PyAny>>>,
        max_in_flight: Option<Whole<usize>>,
        proxy: Option<Text>,
        clock: Option<PyRef<'_, ManualClock>>,
        callbacks: GivenCallbacks,
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
            on_request,
            on_response,
            ca_certs,
            max_in_flight: max_in_flight.map(|most| most.0),
            proxy: plain(proxy),
            clock: clock.map(|clock| clock.inner.clone()),
            callbacks: callbacks::options(callbacks)?,
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
        Ok(self.open(py)?.client().base_url().to_owned())
    }

    #[getter]
    fn account_label(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.open(py)?.client().account_label().to_owned())
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
            open.session.close().await;
            let file = Arc::downgrade(open.client().store());
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
        let (generation, options) = self.read(Request { model, input, key, owner, callback_url, options })?;
        let request = self.open(py)?.client().dry_run(&generation, &options).map_err(|failure| raise::failure(py, &failure))?;
        let headers = json::to_python(py, &request.to_value()["headers"])?;
        Ok((request.method, request.url, headers, PyBytes::new(py, &request.body)))
    }

    /// Reads a payload but for its media, which its `load` reads.
    fn payload(&self, model: Text, input: &Bound<'_, PyAny>) -> PyResult<Payload> {
        Payload::of(&self.recipe.contract, model, input)
    }

    /// Orders to be given one by one. `key`: what the keys of those begin with that have none of their own.
    fn orders(slf: &Bound<'_, Self>, key: Option<Text>, concurrency: Whole<usize>, waits: bool, timeout: Option<f64>) -> PyResult<Orders> {
        if concurrency.0 == 0 {
            return Err(PyValueError::new_err("concurrency must be at least 1"));
        }
        let timeout = timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?;
        let session = slf.get().open(slf.py())?.session;
        Orders::new(slf.py(), slf.clone().unbind(), session, Many { batch: plain(key), at_once: concurrency.0, waits, timeout })
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
        created: (Option<u64>, Option<u64>),
        newest_first: bool,
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
        let (created_from, created_before) = created;
        let limit = limit.map(|most| most.0);
        let filter = TaskFilter { owner: plain(owner), phases, unfinished, created_from, created_before, newest_first, limit, after };
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
        let on_reply = worker::on_reply(on_reply, &client)?;
        let hear = move |resumed: &Resumed| {
            if let Some(on_reply) = &on_reply {
                on_reply(resumed);
            }
        };
        let work = |own: gentask::Client| async move { own.resume(concurrency.0, timeout, hear).await };
        slf.get().run(slf.py(), work, move |py, ended| {
            let pairs = ended.iter().map(|resumed| {
                (resumed.intent_id.clone(), Reply::of(resumed.to_reply(), Arc::clone(&client), resumed.intent_id.as_str().into()))
            });
            Ok(PyList::new(py, pairs.collect::<Vec<_>>())?.into_any().unbind())
        })
    }

    /// Starts a worker. `settles`: the ends of tasks are to be dealt with.
    fn work(
        slf: &Bound<'_, Self>,
        settles: bool,
        on_reply: Option<&Bound<'_, PyAny>>,
        on_problem: &Bound<'_, PyAny>,
    ) -> PyResult<worker::Worker> {
        let py = slf.py();
        let client = Arc::new(slf.clone().unbind());
        let on_reply = worker::on_reply(on_reply, &client)?;
        let on_problem = Some(worker::on_problem(callable(on_problem, "on_problem")?));
        let session = slf.get().open(py)?.session;
        let _runtime = runtime::handle(py)?.enter();
        let heard = gentask::Worker { on_reply, on_problem, ..gentask::Worker::default() };
        let working = session.work(settles, heard).map_err(|failure| raise::failure(py, &failure))?;
        Ok(worker::Worker::new(working, client, session.client().clone()))
    }

    fn delete(&self, py: Python<'_>, intent_id: Text) -> PyResult<Pending> {
        let work = |client: gentask::Client| async move { client.delete(&intent_id.0).await };
        self.run(py, work, |py, deleted| deleted.into_py_any(py))
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

    fn learned(&self, py: Python<'_>) -> PyResult<Pending> {
        let work = |client: gentask::Client| async move { client.learned().await };
        self.run(py, work, |py, models| {
            let models = models.iter().map(core::LearnedModel::to_value).collect();
            Ok(PyString::new(py, &to_canonical(&models)).into_any().unbind())
        })
    }

    fn receive(slf: &Bound<'_, Self>, method: Text, url: Text, headers: Vec<(Text, Text)>, body: &[u8]) -> PyResult<Pending> {
        callbacks::receive(slf.py(), vec![slf.clone().unbind()], callbacks::arrival(method, url, headers, body))
    }

    /// The open notices: of each the record, the reply and the task.
    fn notices(slf: &Bound<'_, Self>, limit: Option<Whole<usize>>) -> PyResult<Pending> {
        let client = Arc::new(slf.clone().unbind());
        let work = |own: gentask::Client| async move {
            let notices = own.notices(limit.map(|limit| limit.0)).await?;
            Ok((own, notices))
        };
        slf.get().run(slf.py(), work, move |py, (own, notices)| {
            let list = PyList::empty(py);
            for notice in notices {
                list.append(worker::told(py, notice, &client, &own)?)?;
            }
            Ok(list.into_any().unbind())
        })
    }

    fn acknowledge(&self, py: Python<'_>, intent_id: Text) -> PyResult<Pending> {
        let work = |client: gentask::Client| async move { client.acknowledge(&intent_id.0).await };
        self.run(py, work, |py, was_open| was_open.into_py_any(py))
    }

    fn deliveries(
        &self,
        py: Python<'_>,
        intent_id: Option<Text>,
        task_id: Option<Text>,
        outcome: Option<Text>,
        limit: Option<Whole<usize>>,
    ) -> PyResult<Pending> {
        let outcome = outcome.map(|Text(word)| {
            DeliveryOutcome::from_word(&word)
                .ok_or_else(|| PyValueError::new_err(format!("no outcome is called {word:?}: there are applied, poke, orphan, conflict")))
        });
        let filter = DeliveryFilter {
            intent_id: plain(intent_id),
            task_id: plain(task_id),
            outcome: outcome.transpose()?,
            limit: limit.map(|most| most.0),
            ..DeliveryFilter::default()
        };
        self.run(
            py,
            |client| async move { client.deliveries(filter).await },
            |py, found| {
                let found: Vec<Delivery> = found.into_iter().map(Delivery::of).collect();
                Ok(PyList::new(py, found)?.into_any().unbind())
            },
        )
    }
}

/// A reply of one of the four operations.
fn answered(py: Python<'_>, reply: core::Reply) -> PyResult<Py<PyAny>> {
    Ok(Py::new(py, Reply::plain(reply))?.into_any())
}
