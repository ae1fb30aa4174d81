//! Callbacks as a store keeps them.

use super::{bytes_of, hash_of, moment, quoted};
use crate::{json, raise};
use gentask::core::internal::to_canonical;
use gentask::store::StoredDelivery;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyType};
use std::sync::Arc;

/// A callback as it is stored: so that it is taken once, and so that one which beats its submit's own answer is not lost.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) inner: Arc<StoredDelivery>,
}

impl Delivery {
    pub(crate) fn of(inner: StoredDelivery) -> Self {
        Self { inner: Arc::new(inner) }
    }
}

#[pymethods]
impl Delivery {
    /// Reads what `to_json` wrote, in any language.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        StoredDelivery::from_json(&bytes_of(text)?).map(Self::of).map_err(|error| raise::mistake(py, error))
    }

    /// The canonical JSON text, with the body in it: for a store, and for no log.
    fn to_json(&self) -> String {
        to_canonical(&self.inner.to_value())
    }

    /// The same as a dictionary, under its names on the wire.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.inner.to_value())
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

    /// What tells it from every other one of this provider and account: the three together are unique in a store.
    #[getter]
    fn dedupe(&self) -> &str {
        &self.inner.dedupe
    }

    /// When it came.
    #[getter]
    fn received_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, Some(self.inner.received_at))
    }

    /// The same in Unix milliseconds.
    #[getter]
    fn received_at_ms(&self) -> u64 {
        self.inner.received_at
    }

    /// Until when it is kept, in Unix milliseconds; then a store may delete it.
    #[getter]
    fn expires_at_ms(&self) -> u64 {
        self.inner.expires_at
    }

    /// Whether a signature covers its body.
    #[getter]
    fn verified(&self) -> bool {
        self.inner.verified
    }

    /// `applied` (its signed body said how the task is), `poke` (it proved that there is news), `orphan` (no task is known by it yet) or
    /// `conflict` (it contradicts what is recorded).
    #[getter]
    fn outcome(&self) -> &'static str {
        self.inner.outcome.as_str()
    }

    /// The intent that it is about, where that is known.
    #[getter]
    fn intent_id(&self) -> Option<&str> {
        self.inner.intent_id.as_deref()
    }

    /// The provider's id of the task, where its body names one.
    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.inner.task_id.as_deref()
    }

    /// Its body, as it came. It may hold a prompt: it is for a replay, and for no log.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.body)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let of = self.inner.intent_id.as_deref().map_or_else(|| Ok("None".to_owned()), |intent_id| quoted(py, intent_id))?;
        Ok(format!("Delivery(provider={}, outcome={}, intent_id={of})", quoted(py, &self.inner.provider)?, quoted(py, self.outcome())?))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(&self.inner.provider, &self.inner.account, &self.inner.dedupe))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let class: Bound<'py, PyType> = py.get_type::<Self>();
        Ok((class.getattr("from_json")?, (self.to_json(),)))
    }
}
