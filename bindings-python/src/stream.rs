//! A result file whose bytes are taken as they come; and what is said of one that is saved.

use crate::arguments::Text;
use crate::client::Client;
use crate::pending::{Pending, inherited};
use gentask::core::Error;
use gentask::download::{Arriving, DownloadError};
use gentask::{Failure, FileReceipt, FileStream as OfTask, Saving};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as AsyncMutex;

/// How a file is saved.
pub(crate) fn saving(receipt: Option<Text>, overwrite: bool) -> PyResult<Saving> {
    let unknown = || PyValueError::new_err("receipt must be \"sidecar\" or None");
    let receipt = receipt.map(|Text(word)| FileReceipt::from_word(&word).ok_or_else(unknown)).transpose()?;
    Ok(Saving { receipt, overwrite })
}

/// What a download without a task fails with.
pub(crate) fn failed(error: DownloadError) -> Failure {
    Failure::from(Error::new(error.code, error.message))
}

/// Where the bytes come from.
pub(crate) enum Source {
    /// A file of a stored task.
    Task(Arc<Py<Client>>, Arc<str>, Box<OfTask>),
    /// A URL alone.
    Url(Box<Arriving>),
}

enum Bytes {
    Task(Box<OfTask>),
    Url(Box<Arriving>),
}

impl Bytes {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Task(file) => file.next().await,
            Self::Url(file) => file.next().await.map_err(failed),
        }
    }
}

/// The bytes of a result file, as they come.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct FileStream {
    client: Option<(Arc<Py<Client>>, Arc<str>)>,
    bytes: Mutex<Option<Arc<AsyncMutex<Bytes>>>>,
    process: u32,
}

impl FileStream {
    pub(crate) fn of(source: Source) -> Self {
        let (client, bytes) = match source {
            Source::Task(client, intent_id, file) => (Some((client, intent_id)), Bytes::Task(file)),
            Source::Url(file) => (None, Bytes::Url(file)),
        };
        Self { client, bytes: Mutex::new(Some(Arc::new(AsyncMutex::new(bytes)))), process: std::process::id() }
    }
}

impl Drop for FileStream {
    /// In a forked child it is the parent's.
    fn drop(&mut self) {
        self.close();
    }
}

#[pymethods]
impl FileStream {
    /// The next bytes; `None` after the last.
    fn next(&self, py: Python<'_>) -> PyResult<Pending> {
        if self.process != std::process::id() {
            return Err(inherited());
        }
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let work = async move {
            match bytes {
                Some(bytes) => bytes.lock().await.next().await,
                None => Ok(None),
            }
        };
        let convert = |py: Python<'_>, piece: Option<Vec<u8>>| {
            Ok(piece.map_or_else(|| py.None(), |piece| PyBytes::new(py, &piece).into_any().unbind()))
        };
        match &self.client {
            Some((client, intent_id)) => client.get().run_for(py, Some(Arc::clone(intent_id)), |_| work, convert),
            None => Pending::start(py, work, convert),
        }
    }

    /// Leaves the file.
    fn close(&self) {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.process != std::process::id() {
            std::mem::forget(bytes);
        }
    }
}
