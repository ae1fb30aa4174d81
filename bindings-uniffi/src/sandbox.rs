//! The simulated providers, for tests without a key and without a network.

use crate::contract::Contract;
use crate::failure::Failure;
use gentask_sandbox::{Server, ServerConfig};
use std::sync::{Arc, Mutex, PoisonError};

/// A server on 127.0.0.1 that simulates providers over real HTTP.
#[derive(uniffi::Object)]
pub struct SandboxServer {
    server: Mutex<Option<Server>>,
    url: String,
}

#[uniffi::export]
impl SandboxServer {
    /// Starts one for these contracts. Port 0 takes a free one; `speed`: how many times as fast as real time its tasks go on.
    #[uniffi::constructor]
    pub fn start(contracts: Vec<Arc<Contract>>, port: u16, speed: u32) -> Result<Arc<Self>, Failure> {
        let sources = contracts.iter().map(|contract| contract.inner.source().clone());
        let config = ServerConfig::new(sources).with_port(port).with_speed(speed);
        let server = Server::start(config).map_err(|error| Failure::unsupported(&format!("the sandbox cannot be started: {error}")))?;
        let url = format!("http://{}", server.address());
        Ok(Arc::new(Self { server: Mutex::new(Some(server)), url }))
    }

    /// Where the server is reached, such as `http://127.0.0.1:4000`; a provider's base URL is this and its id.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Ends it.
    pub fn close(&self) {
        drop(self.server.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
