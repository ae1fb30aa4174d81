//! Requests on the wire. The core says what to send; a [`Transport`] sends it once and says what is known of the delivery.
//!
//! The rules, which a transport of your own has to keep as well:
//!
//! 1. One call, at most one request. Nothing is sent again, whatever happened, and no redirect is followed.
//! 2. [`Delivery::NotSent`] is a proof, not a guess: no byte of the request left. Everything that is unclear is `MaybeSent`.
//! 3. The key is filled in only after the URL's origin has been compared with [`Outgoing::trusted`].
//! 4. A submit travels on a connection of its own: one that was open before may be dead, and then nobody knows what arrived.

mod body;
mod client;
mod gate;
mod origin;
mod tls;

pub use client::{HttpOptions, HttpTransport};

pub(crate) use gate::{Gate, Place};
pub(crate) use origin::is_loopback;
pub(crate) use tls::Trust;

use crate::BoxFuture;
use crate::key::Secret;
use gentask_core::{Delivery, HttpRequest, HttpResponse};
use std::time::Duration;

/// The longest that a request may take: 24 hours. A longer time is a mistake, and one without end cannot be counted with.
pub(crate) const LONGEST_REQUEST: Duration = Duration::from_hours(24);

/// Sends requests. The built-in one is [`HttpTransport`]; pass your own to send through something else.
pub trait Transport: Send + Sync {
    /// Sends one request and reads its answer, at most once and for at most [`Outgoing::timeout`].
    ///
    /// Dropping the future may leave a request half sent: for a submit, that is `MaybeSent`.
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<HttpResponse, Undelivered>>;
}

/// A request with what only the host knows.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What the core asks to be sent.
    pub request: HttpRequest,
    /// The header that carries the key, and its whole value (`Bearer ...`). Used only where `request.auth` asks for it.
    pub credential: Option<(String, Secret)>,
    /// How long connecting, sending and reading the answer to the end of its body may take together; more than a day counts as
    /// a day. Waiting for its turn is not part of it.
    pub timeout: Duration,
    /// The origins that may get the key: the record's base and the contract's own. Whole URLs will do.
    pub trusted: Vec<String>,
}

impl Outgoing {
    /// The headers to send: the request's own, and the credential where the request asks for it. For a transport of your own: it need not,
    /// and must not, add the credential itself. A failure says why the URL may not have it, and proves that nothing was sent.
    pub fn headers(&self) -> Result<Vec<(String, String)>, Undelivered> {
        origin::check_headers(&self.request.headers)?;
        let mut headers = self.request.headers.clone();
        if let Some((name, secret)) = self.credential_for(&origin::parse(&self.request.url)?)? {
            headers.push((name.clone(), secret.expose().to_owned()));
        }
        Ok(headers)
    }

    /// The credential that goes to this URL, the request's own as it was parsed; `None` where the request asks for none.
    fn credential_for(&self, url: &url::Url) -> Result<Option<&(String, Secret)>, Undelivered> {
        if !self.request.auth {
            return Ok(None);
        }
        origin::check_trusted(url, &self.trusted)?;
        self.credential.as_ref().map(Some).ok_or_else(|| Undelivered::not_sent("the request needs the key, and there is none"))
    }
}

/// No answer arrived.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Undelivered {
    /// Whether the request may have reached the provider.
    pub delivery: Delivery,
    /// Why, for a message: names an origin at most, never a whole URL, never the key.
    pub reason: String,
}

impl Undelivered {
    /// Proven: no byte of the request left.
    pub fn not_sent(reason: impl Into<String>) -> Self {
        Self { delivery: Delivery::NotSent, reason: reason.into() }
    }

    /// Not proven, so it may have arrived.
    pub fn maybe_sent(reason: impl Into<String>) -> Self {
        Self { delivery: Delivery::MaybeSent, reason: reason.into() }
    }
}
