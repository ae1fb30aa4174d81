//! Requests through a Python object: `send(request)` returns an answer, or raises `NotSent` or anything else.
//!
//! What decides is done here: the credential is among the headers only where the URL's origin may have it, and only `NotSent` proves that
//! nothing left.

use crate::callable::{Callable, Loops, Purpose, Raised};
use crate::records::quoted;
use gentask::BoxFuture;
use gentask::core::internal::loggable_url;
use gentask::core::{BodyEnd, HttpResponse as CoreResponse};
use gentask::http::{Outgoing, Transport, Undelivered};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyType};
use std::sync::Arc;
use std::time::Duration;

/// How much longer than its time a request is waited for: whoever sends it has the better word for what happened.
const GRACE: Duration = Duration::from_secs(2);

/// A request to be sent, once, by a transport. Its headers hold the key: it is not for logs.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct HttpRequest {
    outgoing: Outgoing,
    headers: Vec<(String, String)>,
}

#[pymethods]
impl HttpRequest {
    /// `submit`, `status`, `result`, `cancel`, `list` or `account`. A submit goes out on a fresh connection.
    #[getter]
    fn operation(&self) -> &'static str {
        self.outgoing.request.operation.as_str()
    }

    /// The method.
    #[getter]
    fn method(&self) -> &str {
        &self.outgoing.request.method
    }

    /// The absolute URL. No redirect is followed.
    #[getter]
    fn url(&self) -> &str {
        &self.outgoing.request.url
    }

    /// The headers, the key among them.
    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.headers.clone()
    }

    /// The body.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.outgoing.request.body)
    }

    /// How long connecting, sending and reading may take together, in seconds.
    #[getter]
    fn timeout(&self) -> f64 {
        self.outgoing.timeout.as_secs_f64()
    }

    /// The most bytes of the answer's body that are read.
    #[getter]
    fn response_cap(&self) -> u64 {
        self.outgoing.request.response_cap
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let request = &self.outgoing.request;
        Ok(format!("HttpRequest({} {})", request.method, quoted(py, &loggable_url(&request.url))?))
    }
}

/// What makes an answer again.
type Parts<'py> = (u16, Vec<(String, String)>, Bound<'py, PyBytes>, String);

/// An answer, as far as it was read.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct HttpResponse {
    pub(crate) inner: CoreResponse,
}

#[pymethods]
impl HttpResponse {
    /// An answer. `end` is `whole`, `truncated` (the connection ended before the body did) or `tooLarge` (it was longer than the request's
    /// `response_cap`, and was not read to its end).
    #[new]
    #[pyo3(signature = (status, headers, body, end = "whole"))]
    fn new(status: u16, headers: Vec<(String, String)>, body: &[u8], end: &str) -> PyResult<Self> {
        let end = match end {
            "whole" => BodyEnd::Whole,
            "truncated" => BodyEnd::Truncated,
            "tooLarge" => BodyEnd::TooLarge,
            _ => return Err(PyValueError::new_err("end is \"whole\", \"truncated\" or \"tooLarge\"")),
        };
        let headers = headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        Ok(Self { inner: CoreResponse { status, headers, body: body.to_vec(), end } })
    }

    /// The status code.
    #[getter]
    fn status(&self) -> u16 {
        self.inner.status
    }

    /// The headers, their names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.inner.headers.clone()
    }

    /// How the body ended: `whole`, `truncated` or `tooLarge`.
    #[getter]
    fn end(&self) -> String {
        self.inner.to_value()["end"].as_str().unwrap_or_default().to_owned()
    }

    /// The body, as far as it was read.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.body)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, Parts<'py>) {
        (py.get_type::<Self>(), (self.inner.status, self.headers(), self.body(py), self.end()))
    }

    fn __repr__(&self) -> String {
        format!("HttpResponse(status={}, body=<{} bytes>)", self.inner.status, self.inner.body.len())
    }
}

/// The `send` of a transport that was passed to a client.
pub(crate) fn send_of(object: &Bound<'_, PyAny>, events: &Loops, has_loop: bool) -> PyResult<Callable> {
    let Ok(send) = object.getattr("send") else {
        let found = object.get_type().qualname()?;
        return Err(PyTypeError::new_err(format!("a transport is an object with send(request): {found} has none")));
    };
    Callable::new(&send, events, has_loop, Purpose::Send, "the transport's send")
}

/// A Python object that sends.
pub(crate) struct PythonTransport {
    send: Arc<Callable>,
}

impl PythonTransport {
    pub(crate) fn new(send: Arc<Callable>) -> Self {
        Self { send }
    }

    async fn deliver(&self, outgoing: Outgoing) -> Result<CoreResponse, Undelivered> {
        let (headers, cap, limit) = (outgoing.headers()?, outgoing.request.response_cap, outgoing.timeout.saturating_add(GRACE));
        let request = HttpRequest { outgoing, headers };
        let answer =
            self.send.call(move |py| (request,).into_pyobject(py), |response| Ok(response.cast::<HttpResponse>()?.get().inner.clone()));
        let response = match tokio::time::timeout(limit, answer).await {
            Ok(Ok(response)) => response,
            Ok(Err(raised)) => return Err(undelivered(raised)),
            Err(_) => return Err(Undelivered::maybe_sent("the transport gave no answer in time")),
        };
        Ok(response.capped(cap))
    }
}

impl Transport for PythonTransport {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<CoreResponse, Undelivered>> {
        Box::pin(self.deliver(outgoing))
    }
}

/// Only `NotSent` is a proof.
fn undelivered(raised: Raised) -> Undelivered {
    match raised.not_sent {
        Some(reason) => Undelivered::not_sent(format!("the transport says that nothing was sent: {reason}")),
        None if raised.returned => Undelivered::maybe_sent(format!("the transport returned no HttpResponse ({})", raised.class)),
        None => Undelivered::maybe_sent(format!("the transport raised {}", raised.class)),
    }
}
