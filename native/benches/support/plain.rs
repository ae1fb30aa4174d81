//! What the client is compared with: reqwest by itself, set as the client sets it, with no store, no record and no rules.

use reqwest::{Client, redirect, retry};

/// A client for requests to this machine; with a pool for reads, without one for submits.
pub(crate) fn http(pooled: usize) -> Client {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .pool_max_idle_per_host(pooled)
        .build()
        .expect("a client")
}
