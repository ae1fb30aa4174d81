//! What a Python store's `deliveries` and `notices` are asked for.

use super::filter::matching;
use crate::records::{Delivery, TaskRecord};
use gentask::store;
use pyo3::prelude::*;

/// Which stored callbacks are looked for; what is `None` does not restrict it.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct DeliveryFilter {
    pub(crate) inner: store::DeliveryFilter,
}

#[pymethods]
impl DeliveryFilter {
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

    /// One delivery.
    #[getter]
    fn dedupe(&self) -> Option<&str> {
        self.inner.dedupe.as_deref()
    }

    /// Those about this intent.
    #[getter]
    fn intent_id(&self) -> Option<&str> {
        self.inner.intent_id.as_deref()
    }

    /// Those that name this task of the provider's.
    #[getter]
    fn task_id(&self) -> Option<&str> {
        self.inner.task_id.as_deref()
    }

    /// Those that ended so.
    #[getter]
    fn outcome(&self) -> Option<&'static str> {
        self.inner.outcome.map(store::DeliveryOutcome::as_str)
    }

    /// Only what is kept beyond this time, in Unix milliseconds.
    #[getter]
    fn kept_at_ms(&self) -> Option<u64> {
        self.inner.kept_at
    }

    /// At most this many, the newest first.
    #[getter]
    fn limit(&self) -> Option<usize> {
        self.inner.limit
    }

    /// Whether a callback matches, by everything but `limit`.
    fn matches(&self, delivery: &Delivery) -> bool {
        self.inner.matches(&delivery.inner)
    }

    /// The callbacks that match, the newest first, and no more than asked for: all that a small store's `deliveries` has to do.
    fn apply(&self, deliveries: &Bound<'_, PyAny>) -> PyResult<Vec<Delivery>> {
        let mut found = matching(deliveries, |delivery| self.matches(delivery))?;
        found.sort_by(|one, other| (other.inner.received_at, &one.inner.dedupe).cmp(&(one.inner.received_at, &other.inner.dedupe)));
        found.truncate(self.inner.limit.unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// Which notices are looked for: of tasks that have ended, and whose end nobody has acknowledged. What is `None` does not restrict it.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct NoticeFilter {
    pub(crate) inner: store::NoticeFilter,
}

#[pymethods]
impl NoticeFilter {
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

    /// At most this many, the oldest first.
    #[getter]
    fn limit(&self) -> Option<usize> {
        self.inner.limit
    }

    /// Whether the open notice of this task matches.
    fn matches(&self, record: &TaskRecord) -> bool {
        self.inner.matches(&record.inner)
    }
}
