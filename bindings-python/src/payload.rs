//! A payload on its way from Python's objects to a submit. Where it holds media, they are read after the rest: that may take a while.

use crate::arguments::Text;
use crate::json::{self, Read};
use crate::{media, raise};
use gentask::core::{Contract, Error, ErrorCode, Generation};
use gentask::provider::near_miss;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde_json::{Map, Value};
use std::sync::{Mutex, PoisonError};

/// A payload that was read but for its media, so that an event loop can have these read on a thread. It is given to one call.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Payload {
    has_media: bool,
    contract: Contract,
    model: String,
    read: Mutex<Option<Read>>,
}

impl Payload {
    pub(crate) fn of(contract: &Contract, Text(model): Text, input: &Bound<'_, PyAny>) -> PyResult<Self> {
        let read = json::payload(input)?;
        let (has_media, read) = (!read.media.is_empty(), Mutex::new(Some(read)));
        Ok(Self { has_media, contract: contract.clone(), model, read })
    }

    fn take(&self) -> PyResult<Read> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).take();
        read.ok_or_else(|| PyRuntimeError::new_err("this payload was given to a call before"))
    }
}

#[pymethods]
impl Payload {
    /// Whether it holds media, which take a while to read.
    #[getter]
    fn has_media(&self) -> bool {
        self.has_media
    }

    /// Reads its media; raises everything that is wrong with the payload, at once.
    fn load(&self, py: Python<'_>) -> PyResult<()> {
        let map = whole(py, &self.contract, &self.model, self.take()?)?;
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(Read { map, media: Vec::new(), faults: Vec::new() });
        Ok(())
    }
}

/// What a caller wants made; the payload as they gave it, or one that was read before.
pub(crate) fn generation(contract: &Contract, model: Text, input: &Bound<'_, PyAny>) -> PyResult<Generation> {
    let Text(model) = model;
    let read = match input.cast::<Payload>() {
        Ok(payload) => payload.get().take()?,
        Err(_) => json::payload(input)?,
    };
    let py = input.py();
    let input = whole(py, contract, &model, read)?;
    warn_of(py, contract, &model)?;
    Ok(Generation { model, input: input.into() })
}

/// Warns, once in a process, of a model that nobody checks because it is spelt almost like one that the contract lists.
fn warn_of(py: Python<'_>, contract: &Contract, model: &str) -> PyResult<()> {
    let Some(warning) = near_miss(contract, model) else { return Ok(()) };
    let logger = py.import("logging")?.call_method1("getLogger", ("gentask",))?;
    logger.call_method1("warning", ("%s", warning)).map(drop)
}

fn whole(py: Python<'_>, contract: &Contract, model: &str, read: Read) -> PyResult<Map<String, Value>> {
    let Read { map, media, mut faults } = read;
    let texts = media::read(py, &media, contract.media(), &mut faults)?;
    if !faults.is_empty() {
        return Err(raise::mistake(py, Error::invalid(ErrorCode::InvalidPayload, &format!("the payload of {model}"), faults)));
    }
    if texts.is_empty() {
        return Ok(map);
    }
    let mut value = Value::Object(map);
    for (at, text) in texts {
        if let Some(place) = value.pointer_mut(&at) {
            *place = text.into();
        }
    }
    Ok(if let Value::Object(map) = value { map } else { Map::new() })
}
