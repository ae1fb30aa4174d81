//! Functions of the caller's around each request: what they see of it, and the headers that they add.

use crate::callable::{Callable, Raised};
use crate::records::quoted;
use crate::runtime;
use gentask::core::Delivery;
use gentask::core::internal::loggable_url;
use gentask::{RequestHook, ResponseHook};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyMapping;
use std::sync::Arc;

/// A request that is about to be sent, without its body and the key. Its URL is not for logs.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct RequestInfo {
    inner: Arc<gentask::RequestInfo>,
}

#[pymethods]
impl RequestInfo {
    /// `submit`, `status`, `result`, `cancel`, `list`, `account`, `keys` or `upload`.
    #[getter]
    fn operation(&self) -> &'static str {
        self.inner.operation.as_str()
    }

    /// The method.
    #[getter]
    fn method(&self) -> &str {
        &self.inner.method
    }

    /// The absolute URL.
    #[getter]
    fn url(&self) -> &str {
        &self.inner.url
    }

    /// The headers as gentask made them, without the key; their names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.inner.headers.clone()
    }

    /// The task that it is about, by its name in the store; `None` where it is about none that is stored.
    #[getter]
    fn intent_id(&self) -> Option<&str> {
        self.inner.intent_id.as_deref()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let url = quoted(py, &loggable_url(&self.inner.url))?;
        Ok(format!("RequestInfo({} {} {url})", self.inner.operation.as_str(), self.inner.method))
    }
}

/// What came of a request.
#[pyclass(frozen, module = "gentask")]
pub(crate) struct ResponseInfo {
    inner: gentask::ResponseInfo,
}

#[pymethods]
impl ResponseInfo {
    /// The status of the answer; `None` where none came.
    #[getter]
    fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The headers of the answer, their names in lower case. The API key among their values is hidden.
    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.inner.headers.clone()
    }

    /// Where no answer came: `notSent` (proven), or `maybeSent`.
    #[getter]
    fn undelivered(&self) -> Option<&'static str> {
        self.inner.undelivered.map(|delivery| match delivery {
            Delivery::NotSent => "notSent",
            Delivery::MaybeSent => "maybeSent",
        })
    }

    /// How long it took, in seconds, from when it was handed to the transport until the answer was read.
    #[getter]
    fn elapsed(&self) -> f64 {
        self.inner.elapsed.as_secs_f64()
    }

    fn __repr__(&self) -> String {
        let outcome = self.status().map_or_else(|| self.undelivered().unwrap_or_default().to_owned(), |status| format!("status={status}"));
        format!("ResponseInfo({outcome}, elapsed={:.3})", self.elapsed())
    }
}

/// A function that is asked before each request.
pub(crate) fn before(ask: Arc<Callable>) -> RequestHook {
    Arc::new(move |request| {
        let ask = Arc::clone(&ask);
        Box::pin(async move {
            let asked = ask.call(move |py| (RequestInfo { inner: request },).into_pyobject(py), added).await;
            asked.map_err(|Raised { class, returned, .. }| {
                if returned {
                    "it must return None, or a mapping or pairs of names and values".to_owned()
                } else {
                    format!("it raised {class}")
                }
            })
        })
    })
}

/// The headers that it returned.
fn added(returned: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    if returned.is_none() {
        return Ok(Vec::new());
    }
    let pairs = match returned.cast::<PyMapping>() {
        Ok(mapping) => mapping.items()?.into_any(),
        Err(_) => returned.clone(),
    };
    pairs.try_iter()?.map(|pair| pair?.extract().map_err(|_| PyTypeError::new_err("expected pairs of texts"))).collect()
}

/// A function that is told what came of each request, on the thread that tells.
pub(crate) fn after(own: Arc<Py<PyAny>>) -> ResponseHook {
    Arc::new(move |request, response| {
        let (own, request, response) = (Arc::clone(&own), Arc::new(request.clone()), response.clone());
        runtime::tell(Box::new(move |py| {
            if let Err(error) = own.call1(py, (RequestInfo { inner: request }, ResponseInfo { inner: response })) {
                error.write_unraisable(py, Some(own.bind(py)));
            }
        }));
    })
}
