//! The stores that come with gentask, as objects with the methods of `gentask.store.CallbackStore`: for a store of one's own around one of them.
//! A client does not go through these methods.

use super::filter::StoreFilter;
use super::inbox::{DeliveryFilter, NoticeFilter};
use super::{Own, open};
use crate::arguments::{Text, Whole, plain};
use crate::pending::Pending;
use crate::raise;
use crate::records::{Delivery, TaskRecord, bytes};
use gentask::core::Blob;
use gentask::store::{self, Beside, Find, Saved, Store, StoreError};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The names of what is stored beside a record.
const BLOBS: [&str; 2] = ["request", "raw"];

/// What all stores have that come with gentask. Its methods wait: in an event loop they belong on a thread.
#[pyclass(frozen, subclass, module = "gentask._native")]
pub(crate) struct BuiltInStore {
    kept: Kept,
}

enum Kept {
    File(PathBuf, Own<Arc<store::SqliteStore>>),
    Memory(Own<Arc<store::MemoryStore>>),
}

impl BuiltInStore {
    pub(super) fn file(opened: Arc<store::SqliteStore>) -> Self {
        Self { kept: Kept::File(opened.path().to_owned(), Own::new(opened)) }
    }

    pub(super) fn memory() -> Self {
        Self { kept: Kept::Memory(Own::new(Arc::default())) }
    }

    /// The store itself, in this process.
    pub(super) fn open(&self, py: Python<'_>) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match &self.kept {
            Kept::File(path, own) => own.get(|| open(py, path))?,
            Kept::Memory(own) => own.get(|| Ok::<_, StoreError>(Arc::default()))?,
        })
    }

    /// Asks the store, and waits for what it answers.
    fn ask<T: Send + 'static, F: Future<Output = Result<T, StoreError>> + Send + 'static>(
        &self,
        py: Python<'_>,
        ask: impl FnOnce(Arc<dyn Store>) -> F,
        convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> PyResult<Py<PyAny>> {
        let asked = ask(self.open(py).map_err(|error| raise::failure(py, &error.into()))?);
        Pending::start(py, async move { asked.await.map_err(Into::into) }, convert)?.result(py)
    }
}

#[pymethods]
impl BuiltInStore {
    /// Returns the record of an intent.
    #[pyo3(signature = (intent_id, /))]
    fn load(&self, py: Python<'_>, intent_id: Text) -> PyResult<Py<PyAny>> {
        let load = |store: Arc<dyn Store>| async move { store.load(&intent_id.0).await };
        self.ask(py, load, |py, found| found.map(TaskRecord::of).into_py_any(py))
    }

    /// Returns the records with this task id, or with this account, owner and caller's key, oldest first.
    #[pyo3(signature = (provider, account, task_id, key, owner, /))]
    fn find(
        &self,
        py: Python<'_>,
        provider: Text,
        account: Option<Text>,
        task_id: Option<Text>,
        key: Option<Text>,
        owner: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let by = match (task_id, account, key) {
            (Some(task_id), _, _) => Find::TaskId { provider: provider.0, task_id: task_id.0 },
            (None, Some(account), Some(key)) => {
                Find::CallerKey { provider: provider.0, account: account.0, owner: plain(owner), key: key.0 }
            }
            _ => return Err(PyValueError::new_err("find needs a task id, or an account and a key")),
        };
        self.ask(py, |store| async move { store.find(&by).await }, records)
    }

    /// Stores a record and the blobs that change beside it (`None`: delete it), with what belongs to it, all or nothing, where the stored
    /// version is `expected_version`; returns whether it did.
    #[pyo3(signature = (record, blobs, expected_version, fence, /, *, delivery = None, notice = false))]
    fn save(
        &self,
        py: Python<'_>,
        record: &TaskRecord,
        blobs: BTreeMap<String, Option<Vec<u8>>>,
        expected_version: Whole<u64>,
        fence: bool,
        delivery: Option<&Delivery>,
        notice: bool,
    ) -> PyResult<Py<PyAny>> {
        let blob = |(name, bytes): (String, Option<Vec<u8>>)| {
            let known = BLOBS.into_iter().find(|known| *known == name);
            known.map(|name| Blob { name, bytes }).ok_or_else(|| PyValueError::new_err(format!("no blob is called {name:?}")))
        };
        let blobs = blobs.into_iter().map(blob).collect::<PyResult<Vec<_>>>()?;
        let record = Arc::clone(&record.inner);
        let beside = Beside { delivery: delivery.map(|it| Arc::clone(&it.inner)), notice, events: Vec::new() };
        let save = |store: Arc<dyn Store>| async move { store.save_with(&record, &blobs, expected_version.0, fence, &beside).await };
        self.ask(py, save, |py, saved| matches!(saved, Saved::Done).into_py_any(py))
    }

    /// Returns the records that match, by creation time and then intent id. One that cannot be read is left out.
    #[pyo3(signature = (filter, /))]
    fn list(&self, py: Python<'_>, filter: &StoreFilter) -> PyResult<Py<PyAny>> {
        let filter = filter.inner.clone();
        self.ask(py, |store| async move { store.list(&filter).await }, |py, listing| records(py, listing.records))
    }

    /// Returns the bytes stored under this name beside a record.
    #[pyo3(signature = (intent_id, name, /))]
    fn blob(&self, py: Python<'_>, intent_id: Text, name: Text) -> PyResult<Py<PyAny>> {
        let read = |store: Arc<dyn Store>| async move { store.blob(&intent_id.0, &name.0).await };
        self.ask(py, read, |py, found| Ok(bytes(py, found.as_deref()).unbind()))
    }

    /// Returns a value that belongs to no single task, after setting it where `value` is given.
    #[pyo3(signature = (name, value = None, only_if_absent = false, /))]
    fn meta(&self, py: Python<'_>, name: Text, value: Option<Text>, only_if_absent: bool) -> PyResult<Py<PyAny>> {
        let ask = |store: Arc<dyn Store>| async move {
            match value {
                Some(value) => store.set_meta(&name.0, &value.0, only_if_absent).await.map(Some),
                None => store.meta(&name.0).await,
            }
        };
        self.ask(py, ask, |py, stands| stands.into_py_any(py))
    }

    /// Moves a number among the values of `meta` upwards, never down, and returns the one that stands afterwards.
    #[pyo3(signature = (name, value, /))]
    fn raise_meta(&self, py: Python<'_>, name: Text, value: Whole<u64>) -> PyResult<Py<PyAny>> {
        let ask = |store: Arc<dyn Store>| async move { store.raise_meta(&name.0, value.0).await };
        self.ask(py, ask, |py, stands| stands.into_py_any(py))
    }

    /// Deletes these records with all that belongs to them, and returns how many there were. One that has not ended stays.
    #[pyo3(signature = (intent_ids, /))]
    fn delete(&self, py: Python<'_>, intent_ids: Vec<Text>) -> PyResult<Py<PyAny>> {
        let intent_ids: Vec<String> = intent_ids.into_iter().map(|Text(intent_id)| intent_id).collect();
        self.ask(py, |store| async move { store.delete(&intent_ids).await }, |py, deleted| deleted.into_py_any(py))
    }

    /// Stores a callback where none of its name is stored, and returns whether that was so.
    #[pyo3(signature = (delivery, /))]
    fn remember(&self, py: Python<'_>, delivery: &Delivery) -> PyResult<Py<PyAny>> {
        let delivery = Arc::clone(&delivery.inner);
        self.ask(py, |store| async move { store.remember(&delivery).await }, |py, is_news| is_news.into_py_any(py))
    }

    /// Returns the callbacks that match, the newest first.
    #[pyo3(signature = (filter, /))]
    fn deliveries(&self, py: Python<'_>, filter: &DeliveryFilter) -> PyResult<Py<PyAny>> {
        let filter = filter.inner.clone();
        let ask = |store: Arc<dyn Store>| async move { store.deliveries(&filter).await };
        self.ask(py, ask, |py, found| found.into_iter().map(Delivery::of).collect::<Vec<_>>().into_py_any(py))
    }

    /// Returns the records whose notice is open and that match, the oldest notice first.
    #[pyo3(signature = (filter, /))]
    fn notices(&self, py: Python<'_>, filter: &NoticeFilter) -> PyResult<Py<PyAny>> {
        let filter = filter.inner.clone();
        self.ask(py, |store| async move { store.notices(&filter).await }, records)
    }

    /// Closes an intent's notice, at a time in Unix milliseconds, and returns whether it was open.
    #[pyo3(signature = (intent_id, at_ms, /))]
    fn acknowledge(&self, py: Python<'_>, intent_id: Text, at_ms: Whole<u64>) -> PyResult<Py<PyAny>> {
        let ask = |store: Arc<dyn Store>| async move { store.acknowledge(&intent_id.0, at_ms.0).await };
        self.ask(py, ask, |py, was_open| was_open.into_py_any(py))
    }
}

fn records(py: Python<'_>, found: Vec<gentask::TaskRecord>) -> PyResult<Py<PyAny>> {
    found.into_iter().map(TaskRecord::of).collect::<Vec<_>>().into_py_any(py)
}
