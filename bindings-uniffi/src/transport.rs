//! Requests through the foreign side. What decides is done here: the credential is among the headers only where the URL's origin may have it,
//! and only `NotSent` proves that nothing left.

use crate::words::{BodyEnd, Operation};
use gentask::BoxFuture;
use gentask::core::{self, HttpResponse as CoreResponse};
use gentask::http::{Outgoing, Transport as CoreTransport, Undelivered};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How much longer than its time a request is waited for: whoever sends it has the better word for what happened.
const GRACE: Duration = Duration::from_secs(2);
/// Why a request was not given to the foreign side.
const NO_THREAD: &str = "no thread was free for the transport in time: other calls of this program's own functions hang";

/// Sends requests, once each, on a thread that may block.
#[uniffi::export(with_foreign)]
pub trait Transport: Send + Sync {
    /// Sends one request and reads its answer. It follows no redirect, and sends nothing again.
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer>;
}

/// A header.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A request to be sent once. Its headers hold the key: it is not for logs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpRequest {
    /// What it is for. A submit goes out on a fresh connection.
    pub operation: Operation,
    /// The method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// The headers, the key among them.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
    /// How long connecting, sending and reading may take together, in milliseconds.
    pub timeout_ms: u64,
    /// The most bytes of the answer's body that are read.
    pub response_cap: u64,
}

/// An answer, as far as it was read.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body, as far as it was read.
    pub body: Vec<u8>,
    /// How the body ended.
    pub end: BodyEnd,
}

/// No answer arrived.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NoAnswer {
    /// Proven: no byte of the request left.
    #[error("{reason}")]
    NotSent {
        /// Why, in words that may be shown.
        reason: String,
    },
    /// Anything else: the request may have arrived.
    #[error("{reason}")]
    MaybeSent {
        /// Why, in words that may be shown.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for NoAnswer {
    /// Its words may hold a URL or a key.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::MaybeSent { reason: "the transport failed".to_owned() }
    }
}

/// Headers as they cross.
pub(crate) fn headers(pairs: Vec<(String, String)>) -> Vec<Header> {
    pairs.into_iter().map(|(name, value)| Header { name, value }).collect()
}

/// Headers as core has them.
pub(crate) fn pairs(headers: Vec<Header>) -> Vec<(String, String)> {
    headers.into_iter().map(|Header { name, value }| (name, value)).collect()
}

impl HttpResponse {
    pub(crate) fn into_core(self) -> CoreResponse {
        let headers = self.headers.into_iter().map(|Header { name, value }| (name.to_ascii_lowercase(), value)).collect();
        CoreResponse { status: self.status, headers, body: self.body, end: self.end }
    }
}

/// What has become of one request: given to the foreign side, or given up before that. Whichever is noted first stands, so a request that was
/// called unsent is never sent.
#[derive(Clone, Default)]
struct Fate(Arc<AtomicBool>);

impl Fate {
    /// Whether this call decides.
    fn decide(&self) -> bool {
        !self.0.swap(true, Ordering::SeqCst)
    }
}

/// The foreign side as a transport.
pub(crate) struct Foreign(pub(crate) Arc<dyn Transport>);

impl Foreign {
    async fn deliver(&self, outgoing: Outgoing) -> Result<CoreResponse, Undelivered> {
        let (headers, limit) = (headers(outgoing.headers()?), outgoing.timeout.saturating_add(GRACE));
        let timeout_ms = u64::try_from(outgoing.timeout.as_millis()).unwrap_or(u64::MAX);
        let core::HttpRequest { id: _, operation, method, url, headers: _, body, auth: _, response_cap, open_ms: _ } = outgoing.request;
        let request = HttpRequest { operation, method, url, headers, body, timeout_ms, response_cap };
        let (foreign, fate) = (Arc::clone(&self.0), Fate::default());
        let given = fate.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let unsent = || NoAnswer::NotSent { reason: NO_THREAD.to_owned() };
            if given.decide() { foreign.send(request) } else { Err(unsent()) }
        });
        let response = match tokio::time::timeout(limit, answer).await {
            Ok(Ok(Ok(response))) => response.into_core(),
            Ok(Ok(Err(NoAnswer::NotSent { reason }))) => {
                return Err(Undelivered::not_sent(format!("the transport says that nothing was sent: {reason}")));
            }
            Ok(Ok(Err(NoAnswer::MaybeSent { reason }))) => return Err(Undelivered::maybe_sent(reason)),
            Ok(Err(_)) => return Err(Undelivered::maybe_sent("the transport failed")),
            // No thread was free for it all the time, and now none takes it any more.
            Err(_) if fate.decide() => return Err(Undelivered::not_sent(NO_THREAD)),
            Err(_) => return Err(Undelivered::maybe_sent("the transport gave no answer in time")),
        };
        Ok(response.capped(response_cap))
    }
}

impl CoreTransport for Foreign {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<CoreResponse, Undelivered>> {
        Box::pin(self.deliver(outgoing))
    }
}
