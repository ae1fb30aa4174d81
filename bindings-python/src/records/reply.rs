//! Replies: the seven fields.

use super::files::{ResultFile, Source};
use super::{bytes_of, hash_of, quoted};
use crate::client::Client;
use crate::{json, raise};
use gentask::core;
use pyo3::prelude::*;
use std::sync::Arc;

/// How a task is, or how a call ended: the same seven fields in every language.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) inner: Arc<core::Reply>,
    source: Option<Source>,
}

impl PartialEq for Reply {
    fn eq(&self, other: &Self) -> bool {
        // By the text that is written: 1 and 1.0 are the same there.
        self.inner == other.inner || self.inner.to_json() == other.inner.to_json()
    }
}

impl Reply {
    /// A reply whose files are fetched by their URLs alone.
    pub(crate) fn plain(inner: core::Reply) -> Self {
        Self { inner: Arc::new(inner), source: None }
    }

    /// A reply of a stored task.
    pub(crate) fn of(inner: core::Reply, client: Arc<Py<Client>>, intent_id: Arc<str>) -> Self {
        Self { inner: Arc::new(inner), source: Some(Source { client, intent_id }) }
    }
}

#[pymethods]
impl Reply {
    /// Reads what `to_json` wrote, in any language.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        core::Reply::from_json(&bytes_of(text)?).map(Self::plain).map_err(|error| raise::mistake(py, error))
    }

    /// Whether there is no error code.
    #[getter]
    fn ok(&self) -> bool {
        self.inner.ok
    }

    /// `pending`, `processing`, `success`, `failed`, `cancelled` or `unknown`.
    #[getter]
    fn status(&self) -> &'static str {
        self.inner.status.as_str()
    }

    /// The provider's id of the task, where one is known.
    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.inner.task_id.as_deref()
    }

    /// The details, as a dictionary of its own: `files`, `costTimeMs` and `raw` on success; `suggestions`, `billing` and more on failure.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.inner.data)
    }

    /// The stable code of what went wrong, such as `RATE_LIMITED`.
    #[getter]
    fn error_code(&self) -> Option<&'static str> {
        self.inner.error_code.map(core::ErrorCode::as_str)
    }

    /// What went wrong, for a person.
    #[getter]
    fn error_message(&self) -> Option<&str> {
        self.inner.error_message.as_deref()
    }

    /// When to come back, in whole seconds.
    #[getter]
    fn retry_after(&self) -> Option<u64> {
        self.inner.retry_after
    }

    /// The result files; empty where there are none.
    #[getter]
    fn files(&self) -> Vec<ResultFile> {
        let files = self.inner.files().into_iter().enumerate();
        files.map(|(index, inner)| ResultFile { inner, index, intent_id: self.intent(), source: self.source.clone() }).collect()
    }

    /// What a person should know beside how the task is, in plain sentences, such as that it has succeeded without a file; empty where nothing is odd.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.inner.warnings()
    }

    /// The intent's id: the task's name in the store.
    #[getter]
    fn intent_id(&self) -> Option<String> {
        self.inner.data["intentId"].as_str().map(str::to_owned)
    }

    /// How far the task is, from 0 to 1, where the provider tells.
    #[getter]
    #[expect(clippy::cast_precision_loss, reason = "a progress has four digits")]
    fn progress(&self) -> Option<f64> {
        self.inner.data["progressPermille"].as_u64().map(|permille| permille as f64 / 1000.0)
    }

    /// Returns the reply where it is no failure, and raises the exception of its code where it is one.
    fn raise_for_status(slf: Py<Self>, py: Python<'_>) -> PyResult<Py<Self>> {
        if slf.get().inner.ok { Ok(slf) } else { Err(raise::of_reply(py, slf.get().clone())) }
    }

    /// The canonical JSON text: the same bytes in every language.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// The seven fields as a dictionary, under their names on the wire.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.inner.to_value())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut parts = vec![format!("status={}", quoted(py, self.inner.status.as_str())?)];
        if let Some(task_id) = self.task_id() {
            parts.push(format!("task_id={}", quoted(py, task_id)?));
        }
        if let Some(code) = self.error_code() {
            parts.push(format!("error_code={}", quoted(py, code)?));
        }
        if let Some(message) = self.error_message() {
            parts.push(format!("error_message={}", quoted(py, message)?));
        }
        if let Some(seconds) = self.inner.retry_after {
            parts.push(format!("retry_after={seconds}"));
        }
        let files = self.inner.files();
        if !files.is_empty() {
            parts.push(format!("files=<{}>", files.iter().map(|file| file.kind.as_str()).collect::<Vec<_>>().join(", ")));
        }
        Ok(format!("Reply({})", parts.join(", ")))
    }

    fn _repr_html_(slf: Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        slf.py().import("gentask._notebook")?.call_method1("reply", (slf,)).map(Bound::unbind)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.inner.to_json())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.inner.to_json(),)))
    }
}

impl Reply {
    fn intent(&self) -> String {
        self.inner.data["intentId"].as_str().unwrap_or("task").to_owned()
    }
}
