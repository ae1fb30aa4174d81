//! Contracts: providers as data, for validation without a client.

use crate::arguments::{Text, plain};
use crate::records::{bytes_of, hash_of, quoted};
use crate::{json, payload, raise};
use gentask::core::{self, ErrorCode, Generation, SubmitOptions};
use gentask::provider;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMapping};
use serde_json::Map;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A provider, as its contract file describes it.
#[pyclass(frozen, eq, module = "gentask")]
#[derive(Clone)]
pub(crate) struct Contract {
    pub(crate) inner: core::Contract,
}

impl PartialEq for Contract {
    fn eq(&self, other: &Self) -> bool {
        self.inner.source() == other.inner.source()
    }
}

#[pymethods]
impl Contract {
    /// The provider's name in records, such as `apixo`.
    #[getter]
    fn id(&self) -> &str {
        self.inner.id()
    }

    /// Counts the contract's changes.
    #[getter]
    fn revision(&self) -> u64 {
        self.inner.revision()
    }

    /// The provider's name for a person.
    #[getter]
    fn title(&self) -> &str {
        self.inner.title()
    }

    /// Where the provider documents its API.
    #[getter]
    fn docs(&self) -> Option<&str> {
        self.inner.docs()
    }

    /// The provider's own base URL.
    #[getter]
    fn base_url(&self) -> &str {
        self.inner.base()
    }

    /// The environment variable that holds the key, where the contract names one.
    #[getter]
    fn key_variable(&self) -> Option<&str> {
        self.inner.environment().key.as_deref()
    }

    /// The listed models and the kind of each: `image`, `video`, `audio`, `model` (3D) or `unknown`.
    #[getter]
    fn models(&self) -> BTreeMap<String, String> {
        self.inner.models().map(|(id, model)| (id.to_owned(), model.kind.clone())).collect()
    }

    /// The JSON Schema (2020-12) of a model's input, with its references resolved; `None` where the contract has no rules for it. It may say
    /// `"format": "media"`: an https URL or a data URI, as the provider takes them.
    fn input_schema<'py>(&self, py: Python<'py>, model: Text) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Text(model) = model;
        self.inner.input_schema(&model).map(|schema| json::to_python(py, &schema)).transpose()
    }

    /// Whether models beyond the listed ones are passed through unguessed.
    #[getter]
    fn is_open(&self) -> bool {
        self.inner.is_open()
    }

    /// Whether a task of this provider can be cancelled.
    #[getter]
    fn can_cancel(&self) -> bool {
        self.inner.can_cancel()
    }

    /// Checks a generation and its options without a network, a key or a store; raises `InvalidModel` or `InvalidPayload` with
    /// everything that is wrong.
    #[pyo3(signature = (model, input, *, key = None, owner = None, callback_url = None, options = None))]
    fn validate(
        &self,
        py: Python<'_>,
        model: Text,
        input: &Bound<'_, PyAny>,
        key: Option<Text>,
        owner: Option<Text>,
        callback_url: Option<Text>,
        options: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let generation = payload::generation(&self.inner, model, input)?;
        let options = submit_options(key, owner, callback_url, options)?;
        self.inner.validate(&generation, &options).map(drop).map_err(|error| raise::mistake(py, error))
    }

    /// What of a generation nobody checks, in words for a person: a model that the contract does not list, fields that it does not know.
    /// Each may be spelt wrong, and is sent and paid for even so. Nothing where the generation would be refused.
    fn unchecked(&self, model: Text, input: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
        Ok(self.inner.unchecked(&generation(model, input)?))
    }

    /// Decodes every sample of the contract; raises `InvalidContract` where one does not mean what it says.
    fn check_samples(&self, py: Python<'_>) -> PyResult<()> {
        let faults = self.inner.check_samples();
        if faults.is_empty() {
            return Ok(());
        }
        Err(raise::mistake(py, core::Error::invalid(ErrorCode::InvalidContract, "the contract's samples", faults)))
    }

    /// The contract as it was written.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, self.inner.source())
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.inner.id(), self.inner.revision()))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Contract(id={}, revision={})", quoted(py, self.inner.id())?, self.inner.revision()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let text = core::internal::to_canonical(self.inner.source());
        Ok((py.import("gentask")?.getattr("load_contract")?, (PyBytes::new(py, text.as_bytes()),)))
    }
}

/// A contract by the name of a built-in provider, from a contract file (a path, or a text that looks like one), from its JSON as bytes
/// or as a dictionary, or a contract itself. Raises `InvalidContract` with every fault.
#[pyfunction]
pub(crate) fn load_contract(source: &Bound<'_, PyAny>) -> PyResult<Contract> {
    let py = source.py();
    if let Ok(contract) = source.cast::<Contract>() {
        return Ok(contract.get().clone());
    }
    let refused = |error: core::Error| raise::mistake(py, error);
    let inner = if source.cast::<PyMapping>().is_ok() {
        let text = core::internal::to_canonical(&json::value(source, ErrorCode::InvalidContract, "the contract")?);
        core::Contract::load(text.as_bytes()).map_err(refused)?
    } else if source.is_instance_of::<PyBytes>() {
        core::Contract::load(&bytes_of(source)?).map_err(refused)?
    } else if let Ok(name) = source.extract::<String>() {
        provider::contract(&name).map_err(|failure| raise::failure(py, &failure))?
    } else if let Ok(path) = source.extract::<PathBuf>() {
        provider::contract_file(&path).map_err(|failure| raise::failure(py, &failure))?
    } else {
        let found = source.get_type().qualname()?;
        return Err(PyTypeError::new_err(format!("a provider is a name, a contract file's path, a contract or its JSON, not {found}")));
    };
    Ok(Contract { inner })
}

/// The names of the providers that come with the package.
#[pyfunction]
pub(crate) fn built_in_providers() -> Vec<&'static str> {
    core::Contract::built_in_names().collect()
}

/// What a caller wants made, for a client that has no I/O: its payload holds no media.
pub(crate) fn generation(model: Text, input: &Bound<'_, PyAny>) -> PyResult<Generation> {
    let Text(model) = model;
    let input = json::object(input, &format!("the payload of {model}"), "")?;
    Ok(Generation { model, input: input.into() })
}

/// What a caller says about one submit.
pub(crate) fn submit_options(
    key: Option<Text>,
    owner: Option<Text>,
    callback_url: Option<Text>,
    options: Option<&Bound<'_, PyAny>>,
) -> PyResult<SubmitOptions> {
    let options = options.map_or_else(|| Ok(Map::new()), |options| json::object(options, "the options", "/options"))?;
    Ok(SubmitOptions { key: plain(key), owner: plain(owner), callback_url: plain(callback_url), options })
}
