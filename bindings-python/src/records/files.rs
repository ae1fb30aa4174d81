//! Result files: where the provider keeps them, and where they are on disk.

use super::{again, hash_of, moment, quoted};
use crate::client::Client;
use crate::pending::Pending;
use gentask::Failure;
use gentask::core;
use gentask::core::internal::loggable_url;
use gentask::core::record::SavedFile as CoreSavedFile;
use gentask::download::{DownloadPolicy, Downloader, Wanted};
use gentask::http::HttpOptions;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::path::PathBuf;
use std::sync::Arc;

/// What a file needs to be fetched as part of its task.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) client: Arc<Py<Client>>,
    pub(super) intent_id: Arc<str>,
}

/// One result file, where the provider keeps it until it expires.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone)]
pub(crate) struct ResultFile {
    pub(super) inner: core::ResultFile,
    pub(super) index: usize,
    pub(super) intent_id: String,
    pub(super) source: Option<Source>,
}

impl PartialEq for ResultFile {
    fn eq(&self, other: &Self) -> bool {
        (&self.inner, self.index, &self.intent_id) == (&other.inner, other.index, &other.intent_id)
    }
}

#[pymethods]
impl ResultFile {
    #[new]
    #[pyo3(signature = (url, kind = "unknown", *, expires_at_ms = None, index = 0, intent_id = "task"))]
    fn new(url: Option<String>, kind: &str, expires_at_ms: Option<u64>, index: usize, intent_id: &str) -> Self {
        let inner = core::ResultFile { url, kind: kind.to_owned(), expires_at: expires_at_ms };
        Self { inner, index, intent_id: intent_id.to_owned(), source: None }
    }

    /// Where it is. Not for logs: it may be signed.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.inner.url.as_deref()
    }

    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    #[getter]
    fn kind(&self) -> &str {
        &self.inner.kind
    }

    /// When the provider deletes it.
    #[getter]
    fn expires_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.expires_at)
    }

    /// The same in Unix milliseconds.
    #[getter]
    fn expires_at_ms(&self) -> Option<u64> {
        self.inner.expires_at
    }

    /// Its place among the task's files, from 0.
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    /// Fetches the file into a directory and waits for it: without credentials, from checked public addresses only, capped in size, and
    /// only if it is what its kind says. In an event loop, use `await task.save_files(...)` instead.
    fn save(&self, py: Python<'_>, directory: PathBuf) -> PyResult<Py<PyAny>> {
        let pending = match &self.source {
            Some(source) => source.client.get().save_file(py, &source.intent_id, self.index, directory)?,
            None => self.fetch(py, directory)?,
        };
        pending.result(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let place = self.inner.url.as_deref().map_or_else(|| Ok("None".to_owned()), |url| quoted(py, &loggable_url(url)))?;
        Ok(format!("ResultFile(kind={}, url={place})", quoted(py, &self.inner.kind)?))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(&self.inner.url, self.index, &self.intent_id))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("expires_at_ms", self.inner.expires_at)?;
        named.set_item("index", self.index)?;
        named.set_item("intent_id", &self.intent_id)?;
        again(py, &py.get_type::<Self>(), (&self.inner.url, &self.inner.kind).into_pyobject(py)?, &named)
    }
}

impl ResultFile {
    fn fetch(&self, py: Python<'_>, directory: PathBuf) -> PyResult<Pending> {
        let (index, kind, intent_id) = (self.index, self.inner.kind.clone(), self.intent_id.clone());
        let url = self.inner.url.clone().ok_or_else(|| PyValueError::new_err("the file has no URL"))?;
        let work = async move {
            let downloader = Downloader::new(DownloadPolicy::default(), &HttpOptions::default()).map_err(Failure::from)?;
            let saved = downloader.save(&Wanted { url, kind, index, intent_id, key: None }, &directory).await;
            saved.map_err(|error| Failure::from(core::Error::new(error.code, error.message)))
        };
        Pending::start(py, work, |py, saved| Ok(Py::new(py, SavedFile { inner: saved })?.into_any()))
    }
}

/// A result file on disk.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone, PartialEq)]
pub(crate) struct SavedFile {
    pub(crate) inner: CoreSavedFile,
}

#[pymethods]
impl SavedFile {
    #[new]
    #[pyo3(signature = (path, *, sha256, bytes, content_type))]
    fn new(path: String, sha256: String, bytes: u64, content_type: String) -> Self {
        Self { inner: CoreSavedFile { path, sha256, bytes, content_type } }
    }

    /// Where it is.
    #[getter]
    fn path<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("pathlib")?.call_method1("Path", (&self.inner.path,))
    }

    /// The hash of its bytes, in hexadecimal.
    #[getter]
    fn sha256(&self) -> &str {
        &self.inner.sha256
    }

    /// Its size.
    #[getter]
    fn bytes(&self) -> u64 {
        self.inner.bytes
    }

    /// What its own first bytes say that it is, such as `image/png`.
    #[getter]
    fn content_type(&self) -> &str {
        &self.inner.content_type
    }

    fn __fspath__(&self) -> &str {
        &self.inner.path
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (path, kind) = (quoted(py, &self.inner.path)?, quoted(py, &self.inner.content_type)?);
        Ok(format!("SavedFile(path={path}, bytes={}, content_type={kind})", self.inner.bytes))
    }

    fn _repr_html_(slf: Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        slf.py().import("gentask._notebook")?.call_method1("saved_file", (slf,)).map(Bound::unbind)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(&self.inner.path, &self.inner.sha256))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let details = PyDict::new(py);
        details.set_item("sha256", &self.inner.sha256)?;
        details.set_item("bytes", self.inner.bytes)?;
        details.set_item("content_type", &self.inner.content_type)?;
        again(py, &py.get_type::<Self>(), (&self.inner.path,).into_pyobject(py)?, &details)
    }
}
