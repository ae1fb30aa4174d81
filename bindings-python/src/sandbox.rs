//! The simulated providers, for tests without a key and without a network.

use crate::contract::load_contract;
use gentask::core::Contract;
use gentask_sandbox::{Server, ServerConfig};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Of a provider its id, and the environment variables of its base URL and its key, where it has them.
type Variables = (String, Option<String>, Option<String>);

/// A server on 127.0.0.1 that simulates providers over real HTTP.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct SandboxServer {
    server: Mutex<Option<Server>>,
    providers: Vec<String>,
    variables: Vec<Variables>,
    process: u32,
}

impl Drop for SandboxServer {
    /// In a forked child it is the parent's, and so is its thread.
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.server.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
}

#[pymethods]
impl SandboxServer {
    #[new]
    #[pyo3(signature = (providers, port, speed))]
    fn new(providers: Option<Vec<Bound<'_, PyAny>>>, port: u16, speed: u32) -> PyResult<Self> {
        let contracts: Vec<Contract> = match providers {
            Some(sources) => sources.iter().map(|source| Ok(load_contract(source)?.inner)).collect::<PyResult<_>>()?,
            None => Contract::built_in_names().filter_map(|name| Contract::built_in(name).ok()).collect(),
        };
        let variables = contracts.iter().map(|contract| {
            let variables = contract.environment();
            (contract.id().to_owned(), variables.base_url.clone(), variables.key.clone())
        });
        let variables = variables.collect();
        let names = contracts.iter().map(|contract| contract.id().to_owned()).collect();
        let config = ServerConfig::new(contracts.iter().map(|contract| contract.source().clone())).with_port(port).with_speed(speed);
        let server = Server::start(config)?;
        Ok(Self { server: Mutex::new(Some(server)), providers: names, variables, process: std::process::id() })
    }

    /// The providers' ids.
    #[getter]
    fn providers(&self) -> Vec<String> {
        self.providers.clone()
    }

    /// Of each provider its id, and the environment variables of its base URL and its key, where it has them.
    #[getter]
    fn variables(&self) -> Vec<Variables> {
        self.variables.clone()
    }

    /// Where the server is reached, such as `http://127.0.0.1:4000`.
    #[getter]
    fn url(&self) -> PyResult<String> {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let server = server.as_ref().ok_or_else(|| PyRuntimeError::new_err("the sandbox is closed"))?;
        Ok(format!("http://{}", server.address()))
    }

    /// Ends it.
    fn close(&self, py: Python<'_>) {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.process == std::process::id() {
            py.detach(|| drop(server));
        } else {
            std::mem::forget(server);
        }
    }
}
