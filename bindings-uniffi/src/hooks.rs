//! The foreign side's functions around each request. What decides is done in native: which headers may be added, and that a request which was refused
//! here has provably not left.

use crate::runtime::Teller;
use crate::transport::{Header, headers, pairs};
use crate::words::Operation;
use gentask::core::Delivery;
use gentask::{RequestHook as CoreBefore, ResponseHook as CoreAfter};
use std::sync::Arc;

/// Sees each request before it is sent, on a thread that may block, and may add headers.
#[uniffi::export(with_foreign)]
pub trait RequestHook: Send + Sync {
    /// The headers to add.
    fn before(&self, request: RequestInfo) -> Result<Vec<Header>, NotAllowed>;
}

/// Hears what came of each request, in order, on the thread that tells listeners.
#[uniffi::export(with_foreign)]
pub trait ResponseHook: Send + Sync {
    /// What came of it.
    fn after(&self, request: RequestInfo, response: ResponseInfo);
}

/// A request that is about to be sent, without its body and the key. Its URL is not for logs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestInfo {
    /// What it is for.
    pub operation: Operation,
    /// The method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// The headers as gentask made them, without the key.
    pub headers: Vec<Header>,
    /// The task that it is about, by its name in the store.
    pub intent_id: Option<String>,
}

/// What came of a request.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ResponseInfo {
    /// The status of the answer; nothing where none came.
    pub status: Option<u16>,
    /// The headers of the answer, their names in lower case.
    pub headers: Vec<Header>,
    /// Where no answer came: whether it is proven that nothing was sent.
    pub not_sent: Option<bool>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// The request must not be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NotAllowed {
    /// The only kind there is.
    #[error("{reason}")]
    Because {
        /// Why, in words that may be shown.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for NotAllowed {
    /// Its words may hold what the request holds.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Because { reason: "failed".to_owned() }
    }
}

impl From<&gentask::RequestInfo> for RequestInfo {
    fn from(info: &gentask::RequestInfo) -> Self {
        let gentask::RequestInfo { operation, method, url, headers: all, intent_id } = info.clone();
        Self { operation, method, url, headers: headers(all), intent_id }
    }
}

impl From<&gentask::ResponseInfo> for ResponseInfo {
    fn from(info: &gentask::ResponseInfo) -> Self {
        let gentask::ResponseInfo { status, headers: all, undelivered, elapsed } = info.clone();
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        Self { status, headers: headers(all), not_sent: undelivered.map(|delivery| delivery == Delivery::NotSent), elapsed_ms }
    }
}

pub(crate) fn before(foreign: Arc<dyn RequestHook>) -> CoreBefore {
    Arc::new(move |info| {
        let foreign = Arc::clone(&foreign);
        Box::pin(async move {
            match tokio::task::spawn_blocking(move || foreign.before(RequestInfo::from(&*info))).await {
                Ok(Ok(added)) => Ok(pairs(added)),
                Ok(Err(NotAllowed::Because { reason })) => Err(reason),
                Err(_) => Err("failed".to_owned()),
            }
        })
    })
}

pub(crate) fn after(foreign: Arc<dyn ResponseHook>, teller: Teller) -> CoreAfter {
    Arc::new(move |request, response| {
        let (foreign, request, response) = (Arc::clone(&foreign), RequestInfo::from(request), ResponseInfo::from(response));
        teller.tell(move || foreign.after(request, response));
    })
}
