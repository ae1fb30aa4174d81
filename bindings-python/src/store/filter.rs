//! What a Python store's `list` is asked for.

use crate::records::TaskRecord;
use gentask::core::Phase;
use gentask::store::{Cursor, Filter};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::pyclass::boolean_struct::True;

/// Which records a listing contains; what is `None` does not restrict it.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct StoreFilter {
    pub(crate) inner: Filter,
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

    /// Where phases are given: also tasks of any other phase whose `conflict` names a second task id.
    #[getter]
    fn or_conflicting(&self) -> bool {
        self.inner.takes_conflicting()
    }

    /// Only tasks whose next step is due before this time, in Unix milliseconds.
    #[getter]
    fn due_before_ms(&self) -> Option<u64> {
        self.inner.due_before
    }

    /// Only tasks created at this time or later, in Unix milliseconds.
    #[getter]
    fn created_from_ms(&self) -> Option<u64> {
        self.inner.created_from
    }

    /// Only tasks created before this time, in Unix milliseconds.
    #[getter]
    fn created_before_ms(&self) -> Option<u64> {
        self.inner.created_before
    }

    /// Whether the newest come first. `after` is a place in this order then.
    #[getter]
    fn newest_first(&self) -> bool {
        self.inner.newest_first
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
        self.inner.matches(record) && self.inner.is_after(&Cursor::of(record))
    }

    /// The records that match, in the order of a listing, and no more than asked for: all that a small store's `list` has to do.
    fn apply(&self, records: &Bound<'_, PyAny>) -> PyResult<Vec<TaskRecord>> {
        Ok(self.inner.select(matching(records, |record| self.matches(record))?, |record: &TaskRecord| &record.inner))
    }
}

/// Those of a Python iterable's objects of one class that match.
pub(super) fn matching<T>(values: &Bound<'_, PyAny>, matches: impl Fn(&T) -> bool) -> PyResult<Vec<T>>
where
    T: PyClass<Frozen = True> + Sync + Clone,
{
    let mut found = Vec::new();
    for value in values.try_iter()? {
        let value = value?;
        let value = value.cast::<T>()?.get();
        if matches(value) {
            found.push(value.clone());
        }
    }
    Ok(found)
}
