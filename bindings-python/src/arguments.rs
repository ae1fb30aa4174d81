//! Arguments whose faults are said in words of ours, and are `TypeError` or `ValueError` whatever is wrong.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

/// Text of whole characters.
pub(crate) struct Text(pub(crate) String);

impl FromPyObject<'_, '_> for Text {
    type Error = PyErr;

    fn extract(argument: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let Ok(text) = argument.cast::<PyString>() else {
            return Err(wrong(&argument, "text"));
        };
        // The interpreter's own exception would hold the text, which may be a key.
        text.to_cow().map(|text| Self(text.into_owned())).map_err(|_| PyValueError::new_err("expected text without lone surrogates"))
    }
}

/// Its message begins with the argument's name once that is known.
fn wrong(argument: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let raised = argument.py().import("gentask._arguments").and_then(|module| module.call_method1("wrong", (argument, expected)));
    raised.map_or_else(|error| error, PyErr::from_value)
}

/// The texts that may be left out, as strings.
pub(crate) fn plain(text: Option<Text>) -> Option<String> {
    text.map(|text| text.0)
}

/// A whole number that fits.
#[derive(Clone, Copy)]
pub(crate) struct Whole<T>(pub(crate) T);

impl<T: TryFrom<u64>> FromPyObject<'_, '_> for Whole<T> {
    type Error = PyErr;

    fn extract(argument: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let Ok(number) = argument.cast::<PyInt>() else {
            return Err(wrong(&argument, "a whole number"));
        };
        let fits = number.extract::<u64>().ok().and_then(|number| T::try_from(number).ok());
        fits.map(Self).ok_or_else(|| PyValueError::new_err(format!("expected a whole number from 0 to 2^{}-1", 8 * size_of::<T>())))
    }
}
