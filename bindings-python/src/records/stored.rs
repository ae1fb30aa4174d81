//! Stored tasks: their records, what happens to them, and listings of them.

use super::reply::Reply;
use super::{bytes_of, hash_of, moment, quoted};
use crate::{json, raise};
use gentask::core;
use gentask::store::{Cursor, Listing};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::sync::Arc;

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
        self.inner.version()
    }

    /// The task's name in the store.
    #[getter]
    fn intent_id(&self) -> &str {
        self.inner.intent_id()
    }

    /// The caller's own key.
    #[getter]
    fn key(&self) -> Option<&str> {
        self.inner.caller_key()
    }

    /// Whose task it is, in the application's words.
    #[getter]
    fn owner(&self) -> Option<&str> {
        self.inner.owner()
    }

    /// The contract's id.
    #[getter]
    fn provider(&self) -> &str {
        self.inner.provider()
    }

    /// The account's label.
    #[getter]
    fn account(&self) -> &str {
        self.inner.account()
    }

    /// The base URL that it was made with.
    #[getter]
    fn base_url(&self) -> &str {
        self.inner.base()
    }

    /// The model.
    #[getter]
    fn model(&self) -> &str {
        self.inner.model()
    }

    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    #[getter]
    fn kind(&self) -> &str {
        self.inner.kind()
    }

    /// Where it is, one of the eleven phases: `prepared` to `discarded`.
    #[getter]
    fn phase(&self) -> &'static str {
        self.inner.phase().as_str()
    }

    /// The status that a reply would have.
    #[getter]
    fn status(&self) -> &'static str {
        core::Status::of(self.inner.phase(), self.inner.processing()).as_str()
    }

    /// Whether it has ended.
    #[getter]
    fn is_terminal(&self) -> bool {
        self.inner.phase().is_terminal()
    }

    /// The provider's id of the task.
    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.inner.task_id()
    }

    /// A second id that contradicts `task_id`: another task, perhaps paid for too.
    #[getter]
    fn conflicting_task_id(&self) -> Option<&str> {
        self.inner.conflict()?.task_id.as_deref()
    }

    /// The intent that took over this one's key, after a refusal that cost nothing.
    #[getter]
    fn successor(&self) -> Option<&str> {
        self.inner.successor()
    }

    /// The provider's own word for its state, as last seen.
    #[getter]
    fn provider_state(&self) -> Option<&str> {
        self.inner.provider_state()
    }

    /// Whether some attempt may have been accepted without a task id coming back.
    #[getter]
    fn maybe_sent(&self) -> bool {
        self.inner.maybe_sent()
    }

    /// When its next step is due, in Unix milliseconds: what a store may index.
    #[getter]
    fn due_at_ms(&self) -> Option<u64> {
        self.inner.due().map(|due| due.at)
    }

    /// When it was made, in Unix milliseconds: what listings are ordered by.
    #[getter]
    fn created_at_ms(&self) -> u64 {
        self.inner.at().created
    }

    /// When it was made.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.inner.at().created))
    }

    /// When it was last asked about.
    #[getter]
    fn checked_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.at().checked)
    }

    /// When it ended.
    #[getter]
    fn finished_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.at().finished)
    }

    /// When its record was written last.
    #[getter]
    fn updated_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.inner.at().updated))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let record = &*self.inner;
        let mut parts = vec![
            format!("intent_id={}", quoted(py, record.intent_id())?),
            format!("provider={}", quoted(py, record.provider())?),
            format!("model={}", quoted(py, record.model())?),
            format!("phase={}", quoted(py, record.phase().as_str())?),
        ];
        for (name, value) in [("task_id", record.task_id()), ("key", record.caller_key()), ("owner", record.owner())] {
            if let Some(value) = value {
                parts.push(format!("{name}={}", quoted(py, value)?));
            }
        }
        Ok(format!("TaskRecord({})", parts.join(", ")))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.inner.intent_id(), self.inner.version()))
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
        self.record.intent_id()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (kind, intent) = (quoted(py, self.event.kind)?, quoted(py, self.record.intent_id())?);
        Ok(format!("TaskEvent(kind={kind}, intent_id={intent}, data={})", json::to_python(py, &self.event.data)?.repr()?))
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
    #[new]
    #[pyo3(signature = (records, damaged = Vec::new(), next = None))]
    fn new(records: Vec<PyRef<'_, TaskRecord>>, damaged: Vec<(String, String)>, next: Option<(u64, String)>) -> Self {
        let records = records.into_iter().map(|record| (*record).clone()).collect();
        Self { records, damaged, next: next.map(|(created, intent_id)| Cursor { created, intent_id }) }
    }

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
