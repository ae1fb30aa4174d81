//! The built-in transport: HTTP/1.1 over reqwest and rustls.
//!
//! A submit gets a client without an idle pool, so that its connection is always fresh; every other request shares pooled
//! connections. Both exist twice: once behind the system's proxy, and once without it for this machine itself.

use super::gate::Gate;
use super::origin::{check_headers, is_loopback, parse};
use super::{LONGEST_REQUEST, Outgoing, Transport, Trust, Undelivered, body};
use crate::BoxFuture;
use crate::key::Secret;
use gentask_core::{Error, ErrorCode, HttpResponse, Operation};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Proxy, redirect, retry};
use std::error::Error as StdError;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// How long an idle connection of the pool is kept: shorter than servers usually do.
const IDLE: Duration = Duration::from_secs(20);

/// What can be set about the built-in transport.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// Certificates to believe beside the platform's, each a PEM file's bytes. Default: none.
    pub extra_roots: Vec<Vec<u8>>,
    /// How long finding the address, connecting and the TLS handshake may take together. Default: 10 s.
    ///
    /// Never more than half of a request's own timeout: a connect timeout proves that nothing was sent, a request's does not.
    pub connect_timeout: Duration,
    /// The proxy for everything but this machine itself: `http://host:port`, with `user:password@` before the host where it asks for that.
    /// Default: the one that the environment names (`HTTPS_PROXY`, `ALL_PROXY`, without those that `NO_PROXY` lists).
    pub proxy: Option<Secret>,
    /// The `user-agent` header. Default: `gentask/<version>`, and nothing else tells about this program.
    pub user_agent: String,
    /// The most requests of a client in flight, whatever transport sends them; further ones wait before they connect. Default: 32.
    ///
    /// The transport itself lets through what it is given; it only keeps as many idle connections as the reads of such a client use.
    pub gate: usize,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            extra_roots: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            proxy: None,
            user_agent: concat!("gentask/", env!("CARGO_PKG_VERSION")).to_owned(),
            gate: 32,
        }
    }
}

/// The built-in transport. One is enough for any number of tasks.
///
/// It needs a tokio runtime with its timer and its network driver. The proxy, the environment's or [`HttpOptions::proxy`], is never used for
/// loopback.
pub struct HttpTransport {
    options: HttpOptions,
    trust: Trust,
    submits: Lane,
    reads: Lane,
}

/// The same client twice.
struct Lane {
    /// For this machine itself.
    direct: Client,
    /// For everything else: through the system's proxy, where there is one.
    proxied: Client,
}

/// What a client is built for.
#[derive(Clone, Copy)]
struct Use {
    pooled: bool,
    proxied: bool,
    connect_timeout: Duration,
}

impl HttpTransport {
    /// A transport with these options. Fails where an extra root is no certificate or the user agent no header's value.
    pub fn new(options: HttpOptions) -> Result<Self, Error> {
        let options = HttpOptions { connect_timeout: options.connect_timeout.min(LONGEST_REQUEST), ..options };
        if options.gate == 0 || options.gate > tokio::sync::Semaphore::MAX_PERMITS {
            return Err(Error::new(ErrorCode::Unsupported, "the gate must let at least one request through"));
        }
        if options.proxy.as_ref().is_some_and(|proxy| !is_proxy(proxy.expose())) {
            // Without the address: it may hold a password.
            return Err(Error::new(ErrorCode::Unsupported, "the proxy is no address of the form http://host:port"));
        }
        let trust = Trust::new(&options.extra_roots)?;
        let lane = |pooled| {
            let client = |proxied| client(&options, &trust, Use { pooled, proxied, connect_timeout: options.connect_timeout });
            Ok(Lane { direct: client(false)?, proxied: client(true)? })
        };
        let build = || Ok((lane(false)?, lane(true)?));
        let (submits, reads) = build()
            .map_err(|error| Error::new(ErrorCode::Unsupported, format!("the HTTP client cannot be built: {}", root_cause(&error))))?;
        Ok(Self { options, trust, submits, reads })
    }

    async fn deliver(&self, outgoing: Outgoing) -> Result<HttpResponse, Undelivered> {
        let url = parse(&outgoing.request.url)?;
        let operation = outgoing.request.operation;
        let timeout = outgoing.timeout.min(LONGEST_REQUEST);
        let client = self.client_for(&url, operation, timeout)?;
        let origin = url.origin().ascii_serialization();
        let cap = outgoing.request.response_cap;
        let request = build(&client, url, outgoing)?;
        let deadline = Instant::now() + timeout;
        match timeout_at(deadline, client.execute(request)).await {
            Ok(Ok(response)) => Ok(body::read(response, cap, deadline).await),
            Ok(Err(error)) => Err(self.undelivered(&error, &origin)),
            Err(_) => Err(Undelivered::maybe_sent(format!("{origin} did not answer within {} ms", timeout.as_millis()))),
        }
    }

    fn client_for(&self, url: &Url, operation: Operation, timeout: Duration) -> Result<Client, Undelivered> {
        let submit = operation == Operation::Submit;
        let proxied = !is_loopback(url);
        let connect_timeout = self.options.connect_timeout.min(timeout / 2);
        if submit && connect_timeout < self.options.connect_timeout {
            // The certificates are shared, so this is cheap; a read that ends either way is not worth it.
            let what = Use { pooled: false, proxied, connect_timeout };
            return client(&self.options, &self.trust, what).map_err(|error| Undelivered::not_sent(root_cause(&error)));
        }
        let lane = if submit { &self.submits } else { &self.reads };
        Ok(if proxied { lane.proxied.clone() } else { lane.direct.clone() })
    }

    /// A connect error covers the address, the connection, a proxy's tunnel and the TLS handshake, each of which ends before the
    /// HTTP stack is given the connection to write to. Nothing else proves anything, not even "connection closed before sending".
    fn undelivered(&self, error: &reqwest::Error, origin: &str) -> Undelivered {
        let cause = if error.is_timeout() { "it took too long".to_owned() } else { root_cause(error) };
        if error.is_connect() {
            return Undelivered::not_sent(match self.trust.problem.filter(|_| origin.starts_with("https:")) {
                Some(problem) => format!("connecting to {origin} failed: {cause}; {problem}"),
                None => format!("connecting to {origin} failed: {cause}"),
            });
        }
        if error.is_builder() {
            return Undelivered::not_sent(format!("the request to {origin} cannot be built: {cause}"));
        }
        Undelivered::maybe_sent(format!("{origin} gave no answer: {cause}"))
    }
}

impl Transport for HttpTransport {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<HttpResponse, Undelivered>> {
        Box::pin(self.deliver(outgoing))
    }
}

fn client(options: &HttpOptions, trust: &Trust, what: Use) -> Result<Client, reqwest::Error> {
    let builder = Client::builder()
        .tls_backend_preconfigured(trust.config.clone())
        .http1_only()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .user_agent(&options.user_agent)
        .connect_timeout(what.connect_timeout)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(if what.pooled { Gate::of_reads(options.gate) } else { 0 });
    match &options.proxy {
        Some(proxy) if what.proxied => builder.proxy(Proxy::all(proxy.expose())?).build(),
        None if what.proxied => builder.build(),
        _ => builder.no_proxy().build(),
    }
}

/// Whether this names a proxy that can be spoken with.
fn is_proxy(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && Proxy::all(address).is_ok())
}

/// The request as reqwest wants it, with the key if it asks for one and its URL may have it.
fn build(client: &Client, url: Url, outgoing: Outgoing) -> Result<reqwest::Request, Undelivered> {
    check_headers(&outgoing.request.headers)?;
    let mut headers = HeaderMap::new();
    for (name, value) in &outgoing.request.headers {
        let value = HeaderValue::from_str(value).map_err(|_| Undelivered::not_sent(format!("the header `{name}` has no valid value")))?;
        headers.append(header_name(name)?, value);
    }
    // What needs no decoding cannot be decoded wrongly. A server that compresses all the same is understood, too.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some((name, secret)) = outgoing.credential_for(&url)? {
        let mut value = HeaderValue::from_str(secret.expose())
            .map_err(|_| Undelivered::not_sent("the API key has characters that a header cannot carry"))?;
        value.set_sensitive(true);
        headers.insert(header_name(name)?, value);
    }
    let request = outgoing.request;
    let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| Undelivered::not_sent("the request has no valid method"))?;
    let mut builder = client.request(method, url).headers(headers);
    if !request.body.is_empty() {
        builder = builder.body(request.body);
    }
    builder.build().map_err(|error| Undelivered::not_sent(format!("the request cannot be built: {}", root_cause(&error))))
}

fn header_name(name: &str) -> Result<HeaderName, Undelivered> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Undelivered::not_sent("a header of the request has no valid name"))
}

/// The innermost error. The outer ones repeat the URL.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn StdError = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    match cause.downcast_ref::<reqwest::Error>() {
        Some(_) => "the HTTP client failed".to_owned(),
        // rustls ends some of its messages with a link to its manual.
        None => cause.to_string().split(": https://").next().unwrap_or_default().to_owned(),
    }
}
