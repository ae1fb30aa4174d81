//! What may be logged: never a key, a prompt, a body, a header's value, a query, or the URL of a result or a callback.

use crate::io::{HttpRequest, HttpResponse};
use crate::json::Members;
use crate::url::Origin;
use serde_json::Value;

/// A request as it may be logged: its id, method, origin and size.
pub fn loggable_request(request: &HttpRequest) -> Value {
    Members::default()
        .text("request", &request.id)
        .text("method", &request.method)
        .text("origin", &loggable_url(&request.url))
        .int("bytes", request.body.len() as u64)
        .done()
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpRequest{}", loggable_request(self))
    }
}

/// An answer as it may be logged: its status and size.
pub fn loggable_response(response: &HttpResponse) -> Value {
    Members::default().int("status", response.status.into()).int("bytes", response.body.len() as u64).done()
}

/// A URL as it may be logged: its origin. Paths may hold tokens, queries signatures.
pub fn loggable_url(url: &str) -> String {
    Origin::of(url).map_or_else(|| "(no http URL)".to_owned(), |origin| origin.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Operation;

    #[test]
    fn nothing_private_is_in_what_may_be_logged() {
        let request = HttpRequest {
            id: "submit:1".to_owned(),
            operation: Operation::Submit,
            method: "POST".to_owned(),
            url: "https://api.example.com/secret-path?token=secret-query".to_owned(),
            headers: vec![("key".to_owned(), "secret-header".to_owned())],
            body: b"secret-prompt".to_vec(),
            auth: true,
            response_cap: 1,
            open_ms: 0,
        };
        let shown = format!("{} {request:?}", loggable_request(&request));
        assert!(!shown.contains("secret") && shown.contains("https://api.example.com"), "{shown}");
        assert_eq!(loggable_url("https://user:pw@x.y/"), "(no http URL)");
    }
}
