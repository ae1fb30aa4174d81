//! What concerns no single task of ours: the account's balance and its tasks at the provider.

use super::{hash_of, moment, quoted};
use gentask::core;
use pyo3::prelude::*;
use pyo3::types::PyType;

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
    #[new]
    #[pyo3(signature = (task_id, created = None, model = None, reference = None))]
    fn new(task_id: String, created: Option<String>, model: Option<String>, reference: Option<String>) -> Self {
        Self { inner: core::ListedTask { task_id, created, model, reference } }
    }

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

    /// The same as a time; `None` where it is none of the forms in which times are written.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        moment(py, self.inner.created_at())
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
