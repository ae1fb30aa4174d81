//! What callers get: frozen records, each a thin cover of the core's own. None shows a prompt, a key or a whole URL in its `repr`.

use crate::client::Client;
use crate::{json, raise};
use gentask::Failure;
use gentask::core::{self, SavedFile as CoreSavedFile, loggable_url};
use gentask::download::{DownloadPolicy, Downloader, Wanted};
use gentask::http::HttpOptions;
use gentask::store::{Cursor, Listing};
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple, PyType};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

/// Text or bytes.
pub(crate) fn bytes_of(text: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(text) = text.cast::<PyString>() {
        return Ok(text.to_cow()?.as_bytes().to_vec());
    }
    if let Ok(bytes) = text.extract::<&[u8]>() {
        return Ok(bytes.to_vec());
    }
    Err(PyTypeError::new_err(format!("expected text or bytes, not {}", text.get_type().qualname()?)))
}

/// Unix milliseconds as a `datetime` in UTC.
fn moment(py: Python<'_>, millis: Option<u64>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let Some(millis) = millis else { return Ok(None) };
    let datetime = py.import("datetime")?;
    let epoch = datetime.getattr("datetime")?.call((1970, 1, 1, 0, 0, 0, 0, datetime.getattr("timezone")?.getattr("utc")?), None)?;
    let details = PyDict::new(py);
    details.set_item("milliseconds", millis)?;
    // A time that no calendar holds is none.
    Ok(datetime.getattr("timedelta")?.call((), Some(&details)).and_then(|since| epoch.add(since)).ok())
}

/// What a reply's files need to be fetched as part of their task.
#[derive(Clone)]
struct Source {
    client: Arc<Py<Client>>,
    intent_id: Arc<str>,
}

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

/// One result file, where the provider keeps it until it expires.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone)]
pub(crate) struct ResultFile {
    inner: core::ResultFile,
    index: usize,
    intent_id: String,
    source: Option<Source>,
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
            None => self.fetch(directory)?,
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
    fn fetch(&self, directory: PathBuf) -> PyResult<crate::pending::Pending> {
        let (index, kind, intent_id) = (self.index, self.inner.kind.clone(), self.intent_id.clone());
        let url = self.inner.url.clone().ok_or_else(|| PyValueError::new_err("the file has no URL"))?;
        let work = async move {
            let downloader = Downloader::new(DownloadPolicy::default(), &HttpOptions::default()).map_err(Failure::from)?;
            let saved = downloader.save(&Wanted { url, kind, index, intent_id, key: None }, &directory).await;
            saved.map_err(|error| Failure::from(core::Error::new(error.code, error.message)))
        };
        crate::pending::Pending::start(work, |py, saved| Ok(Py::new(py, SavedFile { inner: saved })?.into_any()))
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

/// How pickle makes an object again that takes named arguments: `functools.partial(class, **named)(*plain)`.
fn again<'py>(
    py: Python<'py>,
    class: &Bound<'py, PyType>,
    plain: Bound<'py, PyTuple>,
    named: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyTuple>> {
    let partial = py.import("functools")?.getattr("partial")?.call((class,), Some(named))?;
    (partial, plain).into_pyobject(py)
}

/// Everything that is stored of one task, in the format of `TaskRecord` version 1.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone, PartialEq)]
pub(crate) struct TaskRecord {
    pub(crate) inner: Arc<core::TaskRecord>,
}

impl TaskRecord {
    pub(crate) fn of(inner: core::TaskRecord) -> Self {
        Self { inner: Arc::new(inner) }
    }
}

#[pymethods]
impl TaskRecord {
    /// Reads a stored record; a damaged one raises `StoreError` with everything that is wrong with it.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        core::TaskRecord::from_json(&bytes_of(text)?).map(Self::of).map_err(|error| raise::mistake(py, error))
    }

    /// The canonical JSON text: what a store keeps.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// The record as a dictionary, under its names in the store.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.inner.to_value())
    }

    /// How the task is, by its record alone. `raw` is its `raw` blob, where it is at hand.
    #[pyo3(signature = (raw = None))]
    fn reply(&self, raw: Option<&[u8]>) -> Reply {
        Reply::plain(self.inner.reply(raw))
    }

    /// Compare-and-set counter: 1 at the first save, one more at each.
    #[getter]
    fn version(&self) -> u64 {
        self.inner.version
    }

    /// The task's name in the store.
    #[getter]
    fn intent_id(&self) -> &str {
        &self.inner.intent_id
    }

    /// The caller's own key.
    #[getter]
    fn key(&self) -> Option<&str> {
        self.inner.caller_key.as_deref()
    }

    /// Whose task it is, in the application's words.
    #[getter]
    fn owner(&self) -> Option<&str> {
        self.inner.owner.as_deref()
    }

    /// The contract's id.
    #[getter]
    fn provider(&self) -> &str {
        &self.inner.provider
    }

    /// The account's label.
    #[getter]
    fn account(&self) -> &str {
        &self.inner.account
    }

    /// The base URL that it was made with.
    #[getter]
    fn base_url(&self) -> &str {
        &self.inner.base
    }

    /// The model.
    #[getter]
    fn model(&self) -> &str {
        &self.inner.model
    }

    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    #[getter]
    fn kind(&self) -> &str {
        &self.inner.kind
    }

    /// Where it is, one of the eleven phases: `prepared` to `discarded`.
    #[getter]
    fn phase(&self) -> &'static str {
        self.inner.phase.as_str()
    }

    /// The status that a reply would have.
    #[getter]
    fn status(&self) -> &'static str {
        core::Status::of(self.inner.phase, self.inner.processing).as_str()
    }

    /// Whether it has ended.
    #[getter]
    fn is_terminal(&self) -> bool {
        self.inner.phase.is_terminal()
    }

    /// The provider's id of the task.
    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.inner.task_id.as_deref()
    }

    /// The provider's own word for its state, as last seen.
    #[getter]
    fn provider_state(&self) -> Option<&str> {
        self.inner.provider_state.as_deref()
    }

    /// Whether some attempt may have been accepted without a task id coming back.
    #[getter]
    fn maybe_sent(&self) -> bool {
        self.inner.maybe_sent
    }

    /// When its next step is due, in Unix milliseconds: what a store may index.
    #[getter]
    fn due_at_ms(&self) -> Option<u64> {
        self.inner.due.map(|due| due.at)
    }

    /// When it was made, in Unix milliseconds: what listings are ordered by.
    #[getter]
    fn created_at_ms(&self) -> u64 {
        self.inner.at.created
    }

    /// When it was made.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.inner.at.created))
    }

    /// When it was last asked about.
    #[getter]
    fn checked_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.at.checked)
    }

    /// When it ended.
    #[getter]
    fn finished_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.at.finished)
    }

    /// When its record was written last.
    #[getter]
    fn updated_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.inner.at.updated))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let record = &*self.inner;
        let mut parts = vec![
            format!("intent_id={}", quoted(py, &record.intent_id)?),
            format!("provider={}", quoted(py, &record.provider)?),
            format!("model={}", quoted(py, &record.model)?),
            format!("phase={}", quoted(py, record.phase.as_str())?),
        ];
        for (name, value) in [("task_id", &record.task_id), ("key", &record.caller_key), ("owner", &record.owner)] {
            if let Some(value) = value {
                parts.push(format!("{name}={}", quoted(py, value)?));
            }
        }
        Ok(format!("TaskRecord({})", parts.join(", ")))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(&self.inner.intent_id, self.inner.version))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.inner.to_json(),)))
    }
}

/// Something that happened to a task. It may be logged: it holds no prompt, no key and no URL.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct TaskEvent {
    pub(crate) event: core::TaskEvent,
    pub(crate) record: Arc<core::TaskRecord>,
}

#[pymethods]
impl TaskEvent {
    /// A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held` or `stale`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.event.kind
    }

    /// When.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.event.at))
    }

    /// When, in Unix milliseconds.
    #[getter]
    fn at_ms(&self) -> u64 {
        self.event.at
    }

    /// The details.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.event.data)
    }

    /// The task's record as it was then.
    #[getter]
    fn record(&self) -> TaskRecord {
        TaskRecord { inner: Arc::clone(&self.record) }
    }

    /// The task's name in the store.
    #[getter]
    fn intent_id(&self) -> &str {
        &self.record.intent_id
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (kind, intent) = (quoted(py, self.event.kind)?, quoted(py, &self.record.intent_id)?);
        Ok(format!("TaskEvent(kind={kind}, intent_id={intent}, data={})", json::to_python(py, &self.event.data)?.repr()?))
    }
}

/// What the account holds.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Balance {
    amount: String,
    unit: Option<String>,
}

#[pymethods]
impl Balance {
    #[new]
    #[pyo3(signature = (amount, unit = None))]
    fn new(amount: String, unit: Option<String>) -> Self {
        Self { amount, unit }
    }

    /// The amount, as the provider writes it: a decimal number in a text, so that none of its digits is lost.
    #[getter]
    fn amount(&self) -> &str {
        &self.amount
    }

    /// Of what: `credits`, `USD`.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let unit = self.unit.as_deref().map_or_else(|| Ok("None".to_owned()), |unit| quoted(py, unit))?;
        Ok(format!("Balance(amount={}, unit={unit})", quoted(py, &self.amount)?))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(&self.amount, &self.unit))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (&str, Option<&str>)) {
        (py.get_type::<Self>(), (&self.amount, self.unit.as_deref()))
    }
}

impl From<core::Balance> for Balance {
    fn from(balance: core::Balance) -> Self {
        Self { amount: balance.amount, unit: balance.unit }
    }
}

/// A task as the provider lists it: a candidate for `adopt`.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct ListedTask {
    pub(crate) inner: core::ListedTask,
}

#[pymethods]
impl ListedTask {
    /// The provider's id of the task.
    #[getter]
    fn task_id(&self) -> &str {
        &self.inner.task_id
    }

    /// When it was made, as the provider writes it.
    #[getter]
    fn created(&self) -> Option<&str> {
        self.inner.created.as_deref()
    }

    /// The model, where the list says it.
    #[getter]
    fn model(&self) -> Option<&str> {
        self.inner.model.as_deref()
    }

    /// Our own reference, where the provider echoes one.
    #[getter]
    fn reference(&self) -> Option<&str> {
        self.inner.reference.as_deref()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("ListedTask(task_id={})", quoted(py, &self.inner.task_id)?))
    }
}

/// One page of stored tasks, oldest first.
#[pyclass(frozen, sequence, module = "gentask")]
pub(crate) struct TaskPage {
    records: Vec<TaskRecord>,
    damaged: Vec<(String, String)>,
    next: Option<Cursor>,
}

#[pymethods]
impl TaskPage {
    /// The records.
    #[getter]
    fn records(&self) -> Vec<TaskRecord> {
        self.records.clone()
    }

    /// Records that cannot be read: pairs of the intent's id and why.
    #[getter]
    fn damaged(&self) -> Vec<(String, String)> {
        self.damaged.clone()
    }

    /// Where the next page begins, for `tasks(after=...)`; `None`: this is the last.
    #[getter]
    fn next(&self) -> Option<(u64, String)> {
        self.next.as_ref().map(|cursor| (cursor.created, cursor.intent_id.clone()))
    }

    fn __len__(&self) -> usize {
        self.records.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<TaskRecord> {
        let index = if index < 0 { index.checked_add_unsigned(self.records.len()) } else { Some(index) };
        let record = index.and_then(|index| usize::try_from(index).ok()).and_then(|index| self.records.get(index));
        record.cloned().ok_or_else(|| PyIndexError::new_err("the page has fewer tasks"))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.records.clone())?.try_iter()?.into_any())
    }

    fn __repr__(&self) -> String {
        let more = if self.next.is_some() { ", more to come" } else { "" };
        format!("TaskPage({} tasks{more})", self.records.len())
    }
}

impl From<Listing> for TaskPage {
    fn from(listing: Listing) -> Self {
        Self {
            records: listing.records.into_iter().map(TaskRecord::of).collect(),
            damaged: listing.damaged.into_iter().map(|damaged| (damaged.intent_id, damaged.reason)).collect(),
            next: listing.next,
        }
    }
}

/// A text as Python would write it in a program.
pub(crate) fn quoted(py: Python<'_>, text: &str) -> PyResult<String> {
    Ok(PyString::new(py, text).repr()?.to_string())
}

pub(crate) fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The bytes of a blob.
pub(crate) fn bytes<'py>(py: Python<'py>, bytes: Option<&[u8]>) -> Bound<'py, PyAny> {
    bytes.map_or_else(|| py.None().into_bound(py), |bytes| PyBytes::new(py, bytes).into_any())
}
