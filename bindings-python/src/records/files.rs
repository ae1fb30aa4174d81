//! Result files: where the provider keeps them, and where they are on disk.

use super::{again, hash_of, moment, quoted};
use crate::arguments::{Text, Whole};
use crate::client::Client;
use crate::pending::Pending;
use crate::stream::{FileStream, Source as StreamOf, failed, saving};
use gentask::core;
use gentask::core::internal::{READ_BYTES, loggable_url};
use gentask::core::record::SavedFile as CoreSavedFile;
use gentask::download::{DownloadError, DownloadPolicy, Downloader, FileBytes, Wanted};
use gentask::http::HttpOptions;
use gentask::{Failure, Saving, TaskHandle};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
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

    /// Fetches the file into a directory, under a name of its own, and waits for it: without credentials, from checked public addresses only, capped
    /// in size, and only if it is what its kind says. A directory that is missing is made, unless its name is that of a file (`picture.png`), which is
    /// what `save_as` takes. With `receipt="sidecar"`, `NAME.receipt.json` beside it says which task it came from. In an event loop, use `await
    /// task.save_files(...)` instead.
    #[pyo3(signature = (directory, *, receipt = None))]
    fn save(&self, py: Python<'_>, directory: PathBuf, receipt: Option<Text>) -> PyResult<Py<PyAny>> {
        let (index, saving) = (self.index, self.saving(receipt, false)?);
        let pending = match &self.source {
            Some(source) => {
                let work = move |task: TaskHandle| async move {
                    let saved = task.save_file_with(index, &directory, saving).await?;
                    saved.ok_or_else(|| core::Error::new(core::ErrorCode::Unsupported, "the task has no such file any more").into())
                };
                source.client.get().run_file(py, &source.intent_id, work, saved)?
            }
            None => {
                let work = |downloader: Downloader, wanted: Wanted| async move { downloader.save(&wanted, &directory).await };
                Pending::start(py, self.fetched(work, None)?, saved)?
            }
        };
        pending.result(py)
    }

    /// The same to exactly this path, whatever its ending; directories above it are made. Another file that is there stays, and is a `StoreError`,
    /// unless `overwrite`. In an event loop, use `await task.save_as(...)` instead.
    #[pyo3(signature = (path, *, overwrite = false, receipt = None))]
    fn save_as(&self, py: Python<'_>, path: PathBuf, overwrite: bool, receipt: Option<Text>) -> PyResult<Py<PyAny>> {
        let (index, saving) = (self.index, self.saving(receipt, overwrite)?);
        let pending = match &self.source {
            Some(source) => {
                let work = move |task: TaskHandle| async move { task.save_as(index, &path, saving).await };
                source.client.get().run_file(py, &source.intent_id, work, saved)?
            }
            None => {
                let work = move |downloader: Downloader, wanted: Wanted| async move { downloader.save_as(&wanted, &path, overwrite).await };
                Pending::start(py, self.fetched(work, None)?, saved)?
            }
        };
        pending.result(py)
    }

    /// Returns the file's bytes, fetched by the rules by which files are saved. One of more than `max_bytes` (default: 64 MiB) raises
    /// `ResponseTooLarge`. In an event loop, use `await task.read_file(...)` instead.
    #[pyo3(signature = (max_bytes = None))]
    fn read(&self, py: Python<'_>, max_bytes: Option<Whole<u64>>) -> PyResult<Py<PyAny>> {
        let (index, most) = (self.index, max_bytes.map(|most| most.0));
        let convert = |py: Python<'_>, file: FileBytes| Ok(PyBytes::new(py, &file.bytes).into_any().unbind());
        let pending = match &self.source {
            Some(source) => {
                let work = move |task: TaskHandle| async move { task.read_file(index, most).await };
                source.client.get().run_file(py, &source.intent_id, work, convert)?
            }
            None => {
                let work = |downloader: Downloader, wanted: Wanted| async move { downloader.read(&wanted).await };
                Pending::start(py, self.fetched(work, Some(most.unwrap_or(READ_BYTES)))?, convert)?
            }
        };
        pending.result(py)
    }

    /// Returns an iterator of the file's bytes, piece by piece as they come, by the rules by which files are saved. Whatever fails, an early end too,
    /// is raised in its place: only with its end is the file whole. In an event loop, use `task.stream_file(...)` instead.
    fn stream(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let index = self.index;
        let pending = match &self.source {
            Some(source) => {
                let (client, intent_id) = (Arc::clone(&source.client), Arc::clone(&source.intent_id));
                let convert =
                    |py: Python<'_>, file| Ok(Py::new(py, FileStream::of(StreamOf::Task(client, intent_id, Box::new(file))))?.into_any());
                let work = move |task: TaskHandle| async move { task.stream_file(index).await };
                source.client.get().run_file(py, &source.intent_id, work, convert)?
            }
            None => {
                let work = |downloader: Downloader, wanted: Wanted| async move { downloader.open(&wanted).await };
                let convert = |py: Python<'_>, file| Ok(Py::new(py, FileStream::of(StreamOf::Url(Box::new(file))))?.into_any());
                Pending::start(py, self.fetched(work, None)?, convert)?
            }
        };
        py.import("gentask.task")?.call_method1("pieces", (pending,)).map(Bound::unbind)
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
    /// How it is saved: only a task says what a receipt says.
    fn saving(&self, receipt: Option<Text>, overwrite: bool) -> PyResult<Saving> {
        let saving = saving(receipt, overwrite)?;
        if saving.receipt.is_some() && self.source.is_none() {
            return Err(PyValueError::new_err("a receipt names the file's task, and this file has none: save it from its task's reply"));
        }
        Ok(saving)
    }

    /// The file, fetched by its URL alone. `most`: how many bytes it may have.
    fn fetched<T, F: Future<Output = Result<T, DownloadError>>, W: FnOnce(Downloader, Wanted) -> F>(
        &self,
        work: W,
        most: Option<u64>,
    ) -> PyResult<impl Future<Output = Result<T, Failure>> + use<T, F, W>> {
        let url = self.inner.url.clone().ok_or_else(|| PyValueError::new_err("the file has no URL"))?;
        let wanted = Wanted { url, kind: self.inner.kind.clone(), index: self.index, intent_id: self.intent_id.clone(), key: None };
        let usual = DownloadPolicy::default();
        let policy = DownloadPolicy { max_bytes: most.map_or(usual.max_bytes, |most| most.min(usual.max_bytes)), ..usual };
        Ok(async move {
            let downloader = Downloader::new(policy, &HttpOptions::default()).map_err(Failure::from)?;
            work(downloader, wanted).await.map_err(failed)
        })
    }
}

fn saved(py: Python<'_>, inner: CoreSavedFile) -> PyResult<Py<PyAny>> {
    Ok(Py::new(py, SavedFile { inner })?.into_any())
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
