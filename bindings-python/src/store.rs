//! Task stores: a file, memory, or a Python object with six methods.

use crate::callable::Loop;
use crate::raise;
use gentask::store::{self, Store, StoreError, default_path};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

mod filter;
mod python;

pub(crate) use filter::StoreFilter;
use python::PythonStore;

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
    pub(crate) fn of(py: Python<'_>, argument: Option<&Bound<'_, PyAny>>, events: &Loop, has_loop: bool) -> PyResult<Self> {
        let Some(argument) = argument else {
            return default_path().map(Self::Path).map_err(|error| raise::failure(py, &error.into()));
        };
        if let Ok(store) = argument.cast::<SqliteStore>() {
            return Ok(Self::Sqlite(Arc::new(store.clone().unbind())));
        }
        if let Ok(store) = argument.cast::<MemoryStore>() {
            return Ok(Self::Memory(Arc::new(store.clone().unbind())));
        }
        match argument.extract::<PathBuf>() {
            Ok(path) => return Ok(Self::Path(path)),
            Err(_) if argument.is_instance_of::<PyString>() => {
                return Err(PyValueError::new_err("store: expected a path without lone surrogates"));
            }
            Err(_) => {}
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
