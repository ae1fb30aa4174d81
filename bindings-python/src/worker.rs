//! A worker under way: its ends are fetched one by one, by the thread or the loop that deals with them.

use crate::arguments::Text;
use crate::client::Client;
use crate::options::callable;
use crate::pending::Pending;
use crate::records::{Reply, TaskRecord};
use crate::runtime;
use crate::task::Task;
use gentask::{Notice, ProblemListener, ReplyListener, Working};
use pyo3::prelude::*;
use std::sync::Arc;

/// What a client's `work` gives.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Worker {
    working: Arc<Working>,
    client: Arc<Py<Client>>,
    own: gentask::Client,
}

impl Worker {
    pub(crate) fn new(working: Working, client: Arc<Py<Client>>, own: gentask::Client) -> Self {
        Self { working: Arc::new(working), client, own }
    }
}

#[pymethods]
impl Worker {
    /// The next end: the record, the reply and the task; `None` once the worker has stopped.
    fn next(&self, py: Python<'_>) -> PyResult<Pending> {
        let (working, client, own) = (Arc::clone(&self.working), Arc::clone(&self.client), self.own.clone());
        let next = async move { working.next().await };
        Pending::start(py, next, move |py, notice| match notice {
            Some(notice) => Ok(told(py, notice, &client, &own)?.into_any().unbind()),
            None => Ok(py.None()),
        })
    }

    /// Says whether an end was dealt with.
    fn handled(&self, py: Python<'_>, intent_id: Text, done: bool) {
        let Text(intent_id) = intent_id;
        py.detach(|| self.working.handled(&intent_id, done));
    }

    fn stop(&self, py: Python<'_>) {
        py.detach(|| self.working.stop());
    }
}

/// An end, as Python is told of it: the record, the reply and the task.
pub(crate) fn told<'py>(
    py: Python<'py>,
    notice: Notice,
    client: &Arc<Py<Client>>,
    own: &gentask::Client,
) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
    let record = TaskRecord::of(*notice.record);
    let task = Task::new(client.clone_ref(py), &own.task_of(record.inner.clone()));
    let reply = Reply::of(notice.reply, Arc::clone(client), record.inner.intent_id().into());
    (record, reply, task).into_pyobject(py)
}

/// Has a Python function hear of each outcome: the intent's id and the reply.
pub(crate) fn on_reply(listener: Option<&Bound<'_, PyAny>>, client: &Arc<Py<Client>>) -> PyResult<Option<ReplyListener>> {
    let Some(listener) = listener else { return Ok(None) };
    let (listener, client) = (callable(listener, "on_reply")?, Arc::clone(client));
    Ok(Some(Arc::new(move |resumed| {
        let (listener, client) = (Arc::clone(&listener), Arc::clone(&client));
        let (intent_id, reply) = (resumed.intent_id.clone(), resumed.to_reply());
        runtime::tell(Box::new(move |py| {
            let reply = Reply::of(reply, client, intent_id.as_str().into());
            if let Err(error) = listener.call1(py, (intent_id, reply)) {
                error.write_unraisable(py, Some(listener.bind(py)));
            }
        }));
    })))
}

/// Has a Python function hear of a store that fails: the message.
pub(crate) fn on_problem(listener: Arc<Py<PyAny>>) -> ProblemListener {
    Arc::new(move |failure| {
        let (listener, message) = (Arc::clone(&listener), failure.to_string());
        runtime::tell(Box::new(move |py| {
            if let Err(error) = listener.call1(py, (message,)) {
                error.write_unraisable(py, Some(listener.bind(py)));
            }
        }));
    })
}
