//! What callers get: frozen records, each a thin cover of the core's own. None shows a prompt, a key or a whole URL in its `repr`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple, PyType};
use std::hash::{DefaultHasher, Hash, Hasher};

mod account;
mod deliveries;
mod files;
mod reply;
mod stored;

pub(crate) use account::{Balance, ListedTask};
pub(crate) use deliveries::Delivery;
pub(crate) use files::{ResultFile, SavedFile};
pub(crate) use reply::Reply;
pub(crate) use stored::{TaskEvent, TaskPage, TaskRecord};

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
