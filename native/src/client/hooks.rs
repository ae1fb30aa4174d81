//! Functions of the program's around each request. The one before may add headers, and nothing else: what it fails with keeps the request from being
//! sent, and proves that. The one after sees what came of it, and changes nothing, whatever it does.

use crate::BoxFuture;
use crate::http::Undelivered;
use gentask_core::internal::{loggable_url, refused_header};
use gentask_core::{Delivery, HttpRequest, HttpResponse, Operation};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Sees a request before it is sent, and gives the headers that are added to it, or says why it must not be sent.
///
/// Which headers may be added: any that is no part of the request yet, none of the HTTP stack's own, none that says how a body is to be read, and
/// none that proves who asks. `user-agent` takes the place of gentask's. It is waited for as part of the request's time. Of an upload to a file store that
/// the provider names it is not asked.
pub type RequestHook = Arc<dyn Fn(Arc<RequestInfo>) -> BoxFuture<'static, Result<Vec<(String, String)>, String>> + Send + Sync>;

/// Sees what came of a request. It is called on the request's own path: it must be quick.
pub type ResponseHook = Arc<dyn Fn(&RequestInfo, &ResponseInfo) + Send + Sync>;

/// A request that is about to be sent, without its body and the key.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestInfo {
    /// What it is for.
    pub operation: Operation,
    /// The method.
    pub method: String,
    /// The absolute URL. Not for logs.
    pub url: String,
    /// Its headers as gentask made them, without the key; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The task that it is about, by its name in the store; nothing where it is about none that is stored.
    pub intent_id: Option<String>,
}

/// What came of a request.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseInfo {
    /// The status of the answer; nothing where none came.
    pub status: Option<u16>,
    /// The headers of the answer, names in lower case. The key, where it is among their values, is hidden.
    pub headers: Vec<(String, String)>,
    /// Where no answer came: whether the request may have arrived.
    pub undelivered: Option<Delivery>,
    /// How long it took, from when it was handed to the transport until the answer was read.
    pub elapsed: Duration,
}

impl std::fmt::Debug for RequestInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (url, intent) = (loggable_url(&self.url), &self.intent_id);
        f.debug_struct("RequestInfo")
            .field("operation", &self.operation)
            .field("url", &url)
            .field("intent_id", intent)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ResponseInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { status, undelivered, elapsed, headers: _ } = self;
        let mut form = f.debug_struct("ResponseInfo");
        form.field("status", status).field("undelivered", undelivered).field("elapsed", elapsed).finish_non_exhaustive()
    }
}

/// The hooks of a client.
#[derive(Clone, Default)]
pub(super) struct Hooks {
    pub(super) before: Option<RequestHook>,
    pub(super) after: Option<ResponseHook>,
}

/// A request on its way whose end is told.
pub(super) struct Watched {
    info: Arc<RequestInfo>,
    after: Option<ResponseHook>,
    began: Instant,
}

impl Hooks {
    /// Asks the hook before, adds its headers, and begins to watch the request; nothing where there are no hooks. `auth`: the header with the key.
    pub(super) async fn begin(
        &self,
        request: &mut HttpRequest,
        intent_id: &str,
        auth: &str,
        deadline: Instant,
    ) -> Result<Option<Watched>, Undelivered> {
        if self.before.is_none() && self.after.is_none() {
            return Ok(None);
        }
        let info = Arc::new(RequestInfo {
            operation: request.operation,
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            intent_id: Some(intent_id.to_owned()).filter(|id| !id.is_empty()),
        });
        // What a program adds is for the provider, and not for a file store that it names.
        let is_elsewhere = request.operation == Operation::Upload && !request.auth;
        if let Some(before) = self.before.as_ref().filter(|_| !is_elsewhere) {
            let added = asked(before, &info, deadline).await.map_err(|why| Undelivered::not_sent(format!("on_request {why}")))?;
            for (name, value) in added {
                let taken = request.headers.iter().map(|(name, _)| name.as_str()).chain([auth]);
                if let Some(why) = refused_header(&name, &value, taken) {
                    // Escaped: whatever is no name may hold anything.
                    let shown: String = name.chars().take(100).collect();
                    return Err(Undelivered::not_sent(format!("on_request: the header {shown:?} cannot be added: {why}")));
                }
                request.headers.push((name.to_ascii_lowercase(), value));
            }
        }
        Ok(Some(Watched { info, after: self.after.clone(), began: Instant::now() }))
    }
}

impl Watched {
    /// Tells what came of the request.
    pub(super) fn end(self, answer: Result<&HttpResponse, Delivery>) {
        let Some(after) = self.after else { return };
        let response = ResponseInfo {
            status: answer.as_ref().ok().map(|response| response.status),
            headers: answer.as_ref().map(|response| response.headers.clone()).unwrap_or_default(),
            undelivered: answer.err(),
            elapsed: self.began.elapsed(),
        };
        // Whatever it does, the answer counts: it may hold the id of a task that is paid for. The panic itself is told by the program's panic hook.
        drop(catch_unwind(AssertUnwindSafe(|| after(&self.info, &response))));
    }
}

/// What the hook before says, as long as there is time. One that panics has said no.
async fn asked(before: &RequestHook, info: &Arc<RequestInfo>, deadline: Instant) -> Result<Vec<(String, String)>, String> {
    let panicked = || "panicked".to_owned();
    let asking = catch_unwind(AssertUnwindSafe(|| before(Arc::clone(info)))).map_err(|_| panicked())?;
    // On a task of its own, so that a panic ends there.
    match timeout_at(deadline, tokio::spawn(asking)).await {
        Ok(Ok(said)) => said.map_err(|why| format!("failed: {why}")),
        Ok(Err(_)) => Err(panicked()),
        Err(_) => Err("took too long".to_owned()),
    }
}
