//! One stored task of a client. It holds its record as it was read, and no client: everything it does starts from the store, in whatever process.

use crate::arguments::{Text, Whole};
use crate::client::Client;
use crate::options::seconds;
use crate::pending::{Pending, inherited};
use crate::records::{Reply, SavedFile, TaskRecord};
use crate::stream::{FileStream, Source, saving};
use gentask::{Failure, TaskHandle, Updates as Changes, Wait, core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as AsyncMutex;

/// A task that is stored.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Task {
    client: Arc<Py<Client>>,
    intent_id: Arc<str>,
    /// What is told where the store does not answer.
    known: Arc<core::TaskRecord>,
}

impl Task {
    pub(crate) fn new(client: Py<Client>, handle: &TaskHandle) -> Self {
        Self { client: Arc::new(client), intent_id: handle.intent_id().into(), known: Arc::clone(handle.as_made()) }
    }

    fn run<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(TaskHandle) -> F + Send + 'static,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Pending> {
        let (known, named) = (Arc::clone(&self.known), Arc::clone(&self.intent_id));
        self.client.get().run_for(py, Some(named), |client| work(client.task_of(known)), convert)
    }

    /// Starts work that brings a reply.
    fn reply_to<F: Future<Output = Result<gentask::Reply, Failure>> + Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(TaskHandle) -> F + Send + 'static,
    ) -> PyResult<Pending> {
        let (client, intent_id) = (Arc::clone(&self.client), Arc::clone(&self.intent_id));
        self.run(py, work, move |py, reply| Ok(Py::new(py, Reply::of(reply, client, intent_id))?.into_any()))
    }
}

#[pymethods]
impl Task {
    #[getter]
    fn intent_id(&self) -> &str {
        &self.intent_id
    }

    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.known.task_id()
    }

    #[getter]
    fn model(&self) -> &str {
        self.known.model()
    }

    #[getter]
    fn provider(&self) -> String {
        self.client.get().provider().to_owned()
    }

    fn record(&self, py: Python<'_>) -> PyResult<Pending> {
        self.run(py, |handle| async move { handle.record().await }, |py, record| Ok(Py::new(py, TaskRecord::of(record))?.into_any()))
    }

    fn reply(&self, py: Python<'_>) -> PyResult<Pending> {
        self.reply_to(py, |handle| async move { handle.reply().await })
    }

    fn check(&self, py: Python<'_>, force: bool) -> PyResult<Pending> {
        self.reply_to(py, move |handle| async move { handle.check(force).await })
    }

    fn wait(&self, py: Python<'_>, timeout: Option<f64>) -> PyResult<Pending> {
        let timeout = timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?;
        self.reply_to(py, move |handle| async move { handle.wait(Wait { timeout, on_update: None }).await })
    }

    fn updates(&self, py: Python<'_>, timeout: Option<f64>) -> PyResult<Pending> {
        let timeout = timeout.map(|timeout| seconds(timeout, "timeout")).transpose()?;
        let (client, intent_id) = (Arc::clone(&self.client), Arc::clone(&self.intent_id));
        let session = self.client.get().open(py)?.session;
        self.run(
            py,
            move |handle| async move { Ok(session.updates(&handle, timeout)) },
            |py, changes| {
                let changes = Mutex::new(Some(Arc::new(AsyncMutex::new(changes))));
                Ok(Py::new(py, Updates { client, intent_id, changes, process: std::process::id() })?.into_any())
            },
        )
    }

    fn cancel(&self, py: Python<'_>) -> PyResult<Pending> {
        self.reply_to(py, |handle| async move { handle.cancel().await })
    }

    fn adopt(&self, py: Python<'_>, task_id: Text) -> PyResult<Pending> {
        self.reply_to(py, move |handle| async move { handle.adopt(&task_id.0).await })
    }

    fn discard(&self, py: Python<'_>) -> PyResult<Pending> {
        self.reply_to(py, |handle| async move { handle.discard().await })
    }

    fn save_files(&self, py: Python<'_>, directory: PathBuf, receipt: Option<Text>) -> PyResult<Pending> {
        let saving = saving(receipt, false)?;
        self.run(
            py,
            move |handle| async move { handle.save_files_with(&directory, saving).await },
            |py, saved| {
                let saved: Vec<SavedFile> = saved.into_iter().map(|inner| SavedFile { inner }).collect();
                Ok(PyList::new(py, saved)?.into_any().unbind())
            },
        )
    }

    fn save_as(&self, py: Python<'_>, path: PathBuf, index: Whole<usize>, receipt: Option<Text>, overwrite: bool) -> PyResult<Pending> {
        let saving = saving(receipt, overwrite)?;
        let work = move |handle: TaskHandle| async move { handle.save_as(index.0, &path, saving).await };
        self.run(py, work, |py, inner| Ok(Py::new(py, SavedFile { inner })?.into_any()))
    }

    fn read_file(&self, py: Python<'_>, index: Whole<usize>, max_bytes: Option<Whole<u64>>) -> PyResult<Pending> {
        let work = move |handle: TaskHandle| async move { handle.read_file(index.0, max_bytes.map(|most| most.0)).await };
        self.run(py, work, |py, file| Ok(PyBytes::new(py, &file.bytes).into_any().unbind()))
    }

    fn stream_file(&self, py: Python<'_>, index: Whole<usize>) -> PyResult<Pending> {
        let (client, intent_id) = (Arc::clone(&self.client), Arc::clone(&self.intent_id));
        let work = move |handle: TaskHandle| async move { handle.stream_file(index.0).await };
        self.run(py, work, |py, file| Ok(Py::new(py, FileStream::of(Source::Task(client, intent_id, Box::new(file))))?.into_any()))
    }
}

/// Replies as a task goes on.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Updates {
    client: Arc<Py<Client>>,
    intent_id: Arc<str>,
    changes: Mutex<Option<Arc<AsyncMutex<Changes>>>>,
    process: u32,
}

impl Drop for Updates {
    /// In a forked child it is the parent's.
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.changes.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
}

#[pymethods]
impl Updates {
    /// The next change; `None` after the last.
    fn next(&self, py: Python<'_>) -> PyResult<Pending> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (client, intent_id, named) = (Arc::clone(&self.client), Arc::clone(&self.intent_id), Arc::clone(&self.intent_id));
        let work = |_: gentask::Client| async move {
            let Some(changes) = changes else { return Ok(None) };
            let next = changes.lock().await.next().await;
            next.transpose()
        };
        self.client.get().run_for(py, Some(named), work, move |py, reply| match reply {
            Some(reply) => Ok(Py::new(py, Reply::of(reply, client, intent_id))?.into_any()),
            None => Ok(py.None()),
        })
    }

    /// Ends the wait.
    fn close(&self) {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.process != std::process::id() {
            std::mem::forget(changes);
        }
    }
}
