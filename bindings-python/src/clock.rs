//! The clock that a program's own tests move.

use crate::options::seconds;
use gentask::Clock;
use gentask::core::UnixMillis;
use pyo3::prelude::*;

/// Shown to users as `gentask.testing.ManualClock`.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct ManualClock {
    pub(crate) inner: gentask::ManualClock,
}

#[pymethods]
impl ManualClock {
    #[new]
    fn new(at_ms: UnixMillis) -> Self {
        Self { inner: Clock::manual(at_ms) }
    }

    #[getter]
    fn now_ms(&self) -> UnixMillis {
        self.inner.now()
    }

    #[getter]
    fn sleepers(&self) -> usize {
        self.inner.sleepers()
    }

    fn advance(&self, time: f64) -> PyResult<()> {
        self.inner.advance(seconds(time, "time")?);
        Ok(())
    }

    fn set(&self, at_ms: UnixMillis) {
        self.inner.set(at_ms);
    }

    fn stand_still(&self) {
        self.inner.stand_still();
    }

    fn jump(&self) {
        self.inner.jump();
    }
}
