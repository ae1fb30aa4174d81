//! Task stores: a file, memory, or a Python object with six methods.

use crate::callable::Loops;
use crate::raise;
use gentask::store::{self, Store, StoreError, default_path};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use pyo3::types::PyString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod built_in;
mod filter;
mod inbox;
mod python;

pub(crate) use built_in::BuiltInStore;
pub(crate) use filter::StoreFilter;
pub(crate) use inbox::{DeliveryFilter, NoticeFilter};
use python::PythonStore;

/// Every file that this process has open. A fork closes them for a moment: SQLite must not be carried across one. So they are opened and
/// closed under this lock only, and a file that nobody uses any more stays here until it is swept.
pub(crate) struct Files {
    process: u32,
    open: Vec<Arc<store::SqliteStore>>,
}

static FILES: Mutex<Files> = Mutex::new(Files { process: 0, open: Vec::new() });

/// Waits without the interpreter: whoever forks holds this lock, and may have to wait for the interpreter.
pub(crate) fn lock_attached(py: Python<'_>) -> MutexGuard<'static, Files> {
    own(FILES.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner))
}

fn own(mut files: MutexGuard<'static, Files>) -> MutexGuard<'static, Files> {
    if files.process != std::process::id() {
        // What a forked child inherits is the parent's: it is not this process's to close.
        std::mem::forget(std::mem::take(&mut files.open));
        files.process = std::process::id();
    }
    files
}

/// Every open file, closed until the returned guards are dropped.
pub(crate) fn park_all(files: &Files) -> Vec<store::Parked> {
    files.open.iter().map(|file| file.park()).collect()
}

/// Opens a file of tasks that a fork will find.
fn open(py: Python<'_>, path: &Path) -> Result<Arc<store::SqliteStore>, StoreError> {
    let mut files = lock_attached(py);
    let opened = Arc::new(store::SqliteStore::open(path)?);
    files.open.push(Arc::clone(&opened));
    Ok(opened)
}

/// Closes the files that nobody uses any more, and waits for that. For threads without the interpreter only.
pub(crate) fn sweep() {
    let mut files = own(FILES.lock().unwrap_or_else(PoisonError::into_inner));
    files.open.retain(|file| Arc::strong_count(file) > 1);
}

/// What a process made, and nobody else may use.
struct Own<T>(Mutex<(u32, T)>);

impl<T: Clone> Own<T> {
    fn new(value: T) -> Self {
        Self(Mutex::new((std::process::id(), value)))
    }

    /// The value; after a fork, one that `again` makes. The parent's is left alone.
    fn get<E>(&self, again: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if let Some(value) = self.here() {
            return Ok(value);
        }
        // Not under the lock: making it may hand the interpreter to another thread that wants it too. Then the first one stays.
        let made = again()?;
        let mut own = self.lock();
        if own.0 != std::process::id() {
            std::mem::forget(std::mem::replace(&mut *own, (std::process::id(), made)));
        }
        Ok(own.1.clone())
    }

    fn here(&self) -> Option<T> {
        let own = self.lock();
        (own.0 == std::process::id()).then(|| own.1.clone())
    }

    fn lock(&self) -> MutexGuard<'_, (u32, T)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tasks in an SQLite file on a local disk. Any number of clients, threads and processes may have the same file open.
#[pyclass(frozen, extends = BuiltInStore, module = "gentask")]
pub(crate) struct SqliteStore {
    path: PathBuf,
}

#[pymethods]
impl SqliteStore {
    /// Opens the file, and makes it where there is none, readable by its owner only. Without a path: `GENTASK_STORE`, else
    /// `gentask/tasks.db` in the platform's state directory.
    #[new]
    #[pyo3(signature = (path = None))]
    fn new(py: Python<'_>, path: Option<PathBuf>) -> PyResult<PyClassInitializer<Self>> {
        let path = match path {
            Some(path) => path,
            None => default_path().map_err(|error| raise::failure(py, &error.into()))?,
        };
        let opened = open(py, &path).map_err(|error| raise::failure(py, &error.into()))?;
        let own = Self { path: opened.path().to_owned() };
        Ok(PyClassInitializer::from(BuiltInStore::file(opened)).add_subclass(own))
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
#[pyclass(frozen, extends = BuiltInStore, module = "gentask")]
pub(crate) struct MemoryStore;

#[pymethods]
impl MemoryStore {
    #[new]
    fn new() -> PyClassInitializer<Self> {
        PyClassInitializer::from(BuiltInStore::memory()).add_subclass(Self)
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
    BuiltIn(Arc<Py<BuiltInStore>>),
    Python(Arc<PythonStore>),
}

impl Place {
    /// The `store` argument of a client.
    pub(crate) fn of(py: Python<'_>, argument: Option<&Bound<'_, PyAny>>, events: &Loops, has_loop: bool) -> PyResult<Self> {
        let Some(argument) = argument else {
            return default_path().map(Self::Path).map_err(|error| raise::failure(py, &error.into()));
        };
        if let Ok(store) = argument.cast::<BuiltInStore>() {
            return Ok(Self::BuiltIn(Arc::new(store.clone().unbind())));
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
    pub(crate) fn open(&self, py: Python<'_>) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::Path(path) => open(py, path)?,
            Self::BuiltIn(store) => store.get().open(py)?,
            Self::Python(store) => Arc::<PythonStore>::clone(store),
        })
    }
}
