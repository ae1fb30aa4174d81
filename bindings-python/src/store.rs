//! Task stores: a file, memory, or a Python object with six methods.

use crate::callable::{Callable, Loop, type_of};
use crate::records::{TaskRecord, bytes};
use crate::{json, raise};
use gentask::BoxFuture;
use gentask::core::{self, Blob, Phase};
use gentask::store::{self, Cursor, Filter, Find, Listing, Saved, Store, StoreError, StoreErrorKind, default_path};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Every open file, so that a fork can close them for a moment: SQLite must not be carried across one.
static OPEN: Mutex<Vec<Weak<store::SqliteStore>>> = Mutex::new(Vec::new());

/// Opens a file of tasks that a fork will find. The interpreter is held meanwhile, so no fork finds it half open.
fn open(path: &Path) -> Result<Arc<store::SqliteStore>, StoreError> {
    let opened = Arc::new(store::SqliteStore::open(path)?);
    let mut all = lock();
    all.retain(|one| one.strong_count() > 0);
    all.push(Arc::downgrade(&opened));
    Ok(opened)
}

/// Every open file, closed until the returned guards are dropped.
pub(crate) fn park_all() -> Vec<store::Parked> {
    let all: Vec<_> = lock().iter().filter_map(Weak::upgrade).collect();
    all.iter().map(|one| one.park()).collect()
}

pub(crate) fn lock() -> MutexGuard<'static, Vec<Weak<store::SqliteStore>>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a process made, and nobody else may use.
struct Own<T>(Mutex<(u32, T)>);

impl<T: Clone> Own<T> {
    fn new(value: T) -> Self {
        Self(Mutex::new((std::process::id(), value)))
    }

    /// The value; after a fork, one that `again` makes. The parent's is left alone: it is not this process's to close.
    fn get<E>(&self, again: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if own.0 != std::process::id() {
            let inherited = std::mem::replace(&mut *own, (std::process::id(), again()?));
            std::mem::forget(inherited);
        }
        Ok(own.1.clone())
    }
}

/// Tasks in an SQLite file on a local disk. Any number of clients, threads and processes may have the same file open.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct SqliteStore {
    path: PathBuf,
    own: Own<Arc<store::SqliteStore>>,
}

#[pymethods]
impl SqliteStore {
    /// Opens the file, and makes it where there is none, readable by its owner only. Without a path: `GENTASK_STORE`, else
    /// `gentask/tasks.db` in the platform's state directory.
    #[new]
    #[pyo3(signature = (path = None))]
    fn new(py: Python<'_>, path: Option<PathBuf>) -> PyResult<Self> {
        let path = match path {
            Some(path) => path,
            None => default_path().map_err(|error| raise::failure(py, &error.into()))?,
        };
        let opened = open(&path).map_err(|error| raise::failure(py, &error.into()))?;
        Ok(Self { path: opened.path().to_owned(), own: Own::new(opened) })
    }

    /// The file, as an absolute path.
    #[getter]
    fn path(&self) -> PathBuf {
        self.path.clone()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("SqliteStore({})", crate::records::quoted(py, &self.path.to_string_lossy())?))
    }
}

/// Tasks in memory: forgotten with the process, and so only for tests and for tasks that may be lost. After a fork, the child's is empty.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct MemoryStore {
    own: Own<Arc<store::MemoryStore>>,
}

#[pymethods]
impl MemoryStore {
    #[new]
    fn new() -> Self {
        Self { own: Own::new(Arc::default()) }
    }

    #[expect(clippy::unused_self, reason = "the protocol's signature")]
    fn __repr__(&self) -> &'static str {
        "MemoryStore()"
    }
}

/// Where a client keeps its tasks.
#[derive(Clone)]
pub(crate) enum Place {
    Path(PathBuf),
    Sqlite(Arc<Py<SqliteStore>>),
    Memory(Arc<Py<MemoryStore>>),
    Python(Arc<PythonStore>),
}

impl Place {
    /// The `store` argument of a client.
    pub(crate) fn of(argument: Option<&Bound<'_, PyAny>>, events: &Loop, has_loop: bool) -> PyResult<Self> {
        let Some(argument) = argument else {
            return Python::attach(|py| default_path().map(Self::Path).map_err(|error| raise::failure(py, &error.into())));
        };
        if let Ok(store) = argument.cast::<SqliteStore>() {
            return Ok(Self::Sqlite(Arc::new(store.clone().unbind())));
        }
        if let Ok(store) = argument.cast::<MemoryStore>() {
            return Ok(Self::Memory(Arc::new(store.clone().unbind())));
        }
        if let Ok(path) = argument.extract::<PathBuf>() {
            return Ok(Self::Path(path));
        }
        Ok(Self::Python(Arc::new(PythonStore::new(argument, events, has_loop)?)))
    }

    /// The store itself, in this process.
    pub(crate) fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::Path(path) => open(path)?,
            Self::Sqlite(store) => store.get().own.get(|| open(&store.get().path))?,
            Self::Memory(store) => store.get().own.get(|| Ok::<_, StoreError>(Arc::default()))?,
            Self::Python(store) => Arc::<PythonStore>::clone(store),
        })
    }
}

/// Which records a listing contains; what is `None` does not restrict it.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct StoreFilter {
    inner: Filter,
}

#[pymethods]
impl StoreFilter {
    /// The contract's id.
    #[getter]
    fn provider(&self) -> Option<&str> {
        self.inner.provider.as_deref()
    }

    /// The account's label.
    #[getter]
    fn account(&self) -> Option<&str> {
        self.inner.account.as_deref()
    }

    /// The owner, in the application's words.
    #[getter]
    fn owner(&self) -> Option<&str> {
        self.inner.owner.as_deref()
    }

    /// Any of these phases.
    #[getter]
    fn phases(&self) -> Option<Vec<&'static str>> {
        let wanted = self.inner.phases.is_some() || self.inner.unfinished;
        wanted.then(|| Phase::ALL.into_iter().filter(|phase| self.inner.takes(*phase)).map(Phase::as_str).collect())
    }

    /// Only tasks whose next step is due before this time, in Unix milliseconds.
    #[getter]
    fn due_before_ms(&self) -> Option<u64> {
        self.inner.due_before
    }

    /// Only tasks created before this time, in Unix milliseconds.
    #[getter]
    fn created_before_ms(&self) -> Option<u64> {
        self.inner.created_before
    }

    /// At most this many.
    #[getter]
    fn limit(&self) -> Option<usize> {
        self.inner.limit
    }

    /// Only what comes after this place: the creation time in Unix milliseconds and the intent id of the last record before it.
    #[getter]
    fn after(&self) -> Option<(u64, String)> {
        self.inner.after.as_ref().map(|cursor| (cursor.created, cursor.intent_id.clone()))
    }

    /// Whether a record matches, by everything but `limit`.
    fn matches(&self, record: &TaskRecord) -> bool {
        let record = &*record.inner;
        self.inner.matches(record) && self.inner.after.as_ref().is_none_or(|after| Cursor::of(record) > *after)
    }

    /// The records that match, in the order of a listing, and no more than asked for: all that a small store's `list` has to do.
    fn apply(&self, records: &Bound<'_, PyAny>) -> PyResult<Vec<TaskRecord>> {
        let mut found = Vec::new();
        for record in records.try_iter()? {
            let record = record?.cast::<TaskRecord>()?.get().clone();
            if self.matches(&record) {
                found.push(record);
            }
        }
        found.sort_by_key(|record| Cursor::of(&record.inner));
        found.truncate(self.inner.limit.unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// A Python object with `load`, `find`, `save`, `list`, `blob` and `meta`, and perhaps `delete` and `append_events`.
pub(crate) struct PythonStore {
    load: Callable,
    find: Callable,
    save: Callable,
    list: Callable,
    blob: Callable,
    meta: Callable,
    delete: Option<Callable>,
    append_events: Option<Callable>,
}

impl PythonStore {
    fn new(object: &Bound<'_, PyAny>, events: &Loop, has_loop: bool) -> PyResult<Self> {
        let needed = ["load", "find", "save", "list", "blob", "meta"];
        let missing: Vec<&str> = needed.into_iter().filter(|name| !object.hasattr(*name).unwrap_or(false)).collect();
        if !missing.is_empty() {
            let type_name = object.get_type().qualname()?;
            let message = format!(
                "a store is a path, an SqliteStore, a MemoryStore, or an object with six methods: {type_name} has no {}",
                missing.join(", ")
            );
            return Err(PyTypeError::new_err(message));
        }
        let method = |name: &str| Callable::new(&object.getattr(name)?, events, has_loop, &format!("the store's {name}"));
        let optional = |name: &str| if object.hasattr(name)? { method(name).map(Some) } else { Ok(None) };
        Ok(Self {
            load: method("load")?,
            find: method("find")?,
            save: method("save")?,
            list: method("list")?,
            blob: method("blob")?,
            meta: method("meta")?,
            delete: optional("delete")?,
            append_events: optional("append_events")?,
        })
    }
}

fn refused(method: &str) -> impl Fn(PyErr) -> StoreError + '_ {
    move |error| {
        let class = type_of(&error);
        // The words are for whoever debugs the store; the message goes into replies and logs.
        if let Some(Err(unshown)) = Python::try_attach(|py| report(py, method, &error)) {
            drop(unshown);
        }
        StoreError::new(StoreErrorKind::Io, format!("the task store's {method} raised {class}"))
    }
}

/// Shows an exception of the caller's own object, with its traceback, under the logger `gentask.store`.
fn report(py: Python<'_>, method: &str, error: &PyErr) -> PyResult<()> {
    let logger = py.import("logging")?.call_method1("getLogger", ("gentask.store",))?;
    let details = PyDict::new(py);
    details.set_item("exc_info", error.value(py))?;
    logger.call_method("error", ("the task store's %s raised", method), Some(&details)).map(drop)
}

fn record_of(item: &Bound<'_, PyAny>) -> PyResult<core::TaskRecord> {
    Ok((*item.cast::<TaskRecord>()?.get().inner).clone())
}

fn records_of(items: &Bound<'_, PyAny>) -> PyResult<Vec<core::TaskRecord>> {
    items.try_iter()?.map(|item| record_of(&item?)).collect()
}

fn optional<T>(item: &Bound<'_, PyAny>, read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T>) -> PyResult<Option<T>> {
    if item.is_none() { Ok(None) } else { read(item).map(Some) }
}

impl Store for PythonStore {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<core::TaskRecord>, StoreError>> {
        let intent_id = intent_id.to_owned();
        let call = self.load.call(move |py| (intent_id,).into_pyobject(py), |found| optional(found, record_of));
        Box::pin(async move { call.await.map_err(refused("load")) })
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<core::TaskRecord>, StoreError>> {
        let (provider, account, task_id, key) = match by.clone() {
            Find::TaskId { provider, task_id } => (provider, None, Some(task_id), None),
            Find::CallerKey { provider, account, key } => (provider, Some(account), None, Some(key)),
        };
        let call = self.find.call(move |py| (provider, account, task_id, key).into_pyobject(py), records_of);
        Box::pin(async move { call.await.map_err(refused("find")) })
    }

    fn save(
        &self,
        record: &core::TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        let (record, blobs) = (TaskRecord::of(record.clone()), blobs.to_vec());
        let call = self.save.call(
            move |py| {
                let changed = PyDict::new(py);
                for blob in &blobs {
                    changed.set_item(blob.name, bytes(py, blob.bytes.as_deref()))?;
                }
                (record, changed, expected_version, fence).into_pyobject(py)
            },
            |saved| saved.extract::<bool>(),
        );
        Box::pin(async move { Ok(if call.await.map_err(refused("save"))? { Saved::Done } else { Saved::Conflict }) })
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        let (limit, before) = (filter.limit, filter.after.clone());
        // One more than asked for tells whether there is another page.
        let filter = StoreFilter { inner: Filter { limit: limit.map(|limit| limit.saturating_add(1)), ..filter.clone() } };
        let call = self.list.call(move |py| (filter,).into_pyobject(py), records_of);
        Box::pin(async move {
            let mut records = call.await.map_err(refused("list"))?;
            let mut next = None;
            if let Some(limit) = limit.filter(|limit| records.len() > *limit) {
                records.truncate(limit);
                next = records.last().map(Cursor::of).or(before);
            }
            Ok(Listing { records, damaged: Vec::new(), next })
        })
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        let (intent_id, name) = (intent_id.to_owned(), name.to_owned());
        let call = self
            .blob
            .call(move |py| (intent_id, name).into_pyobject(py), |found| optional(found, |it| Ok(it.extract::<&[u8]>()?.to_vec())));
        Box::pin(async move { call.await.map_err(refused("blob")) })
    }

    fn append_events(&self, intent_id: &str, events: &[core::TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let Some(append) = &self.append_events else { return Box::pin(std::future::ready(Ok(()))) };
        let (intent_id, events) = (intent_id.to_owned(), events.to_vec());
        let call = append.call(
            move |py| {
                let list = PyList::empty(py);
                for event in &events {
                    list.append(json::to_python(py, &event.to_value())?)?;
                }
                (intent_id, list).into_pyobject(py)
            },
            |_| Ok(()),
        );
        Box::pin(async move { call.await.map_err(refused("append_events")) })
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        let Some(delete) = &self.delete else {
            let message = "this task store has no `delete`: prune it by its own means";
            return Box::pin(std::future::ready(Err(StoreError::new(StoreErrorKind::Misuse, message))));
        };
        let intent_ids = intent_ids.to_vec();
        let call = delete.call(move |py| (intent_ids,).into_pyobject(py), |deleted| deleted.extract::<u64>());
        Box::pin(async move { call.await.map_err(refused("delete")) })
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        let call = self.meta.call(move |py| (name,).into_pyobject(py), |found| optional(found, |it| it.extract::<String>()));
        Box::pin(async move { call.await.map_err(refused("meta")) })
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        let stands = value.clone();
        let call =
            self.meta.call(move |py| (name, value, only_if_absent).into_pyobject(py), |found| optional(found, |it| it.extract::<String>()));
        Box::pin(async move { Ok(call.await.map_err(refused("meta"))?.unwrap_or(stands)) })
    }
}
