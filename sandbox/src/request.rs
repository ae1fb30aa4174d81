//! What goes in and what comes out: one HTTP request, one answer.

use crate::script::Fault;
use serde_json::Value;

/// A request as a provider sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxRequest {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// An absolute URL, or a path with its query. A base URL's path prefix in front is cut off.
    pub target: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl SandboxRequest {
    /// A request without headers or body.
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_ascii_uppercase(), target: target.to_owned(), ..Self::default() }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request with a JSON body and its `Content-Type`.
    #[must_use]
    pub fn with_json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.with_header("content-type", "application/json")
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What the provider answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case, and values. Without `content-length`, which the server adds.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// What happens on the way to the client instead of a plain delivery: one of the faults for which
    /// [`Fault::is_delivery`] is true. Every other fault is in the answer already.
    pub fault: Option<Fault>,
    /// Whether its `retry-after` is in simulated seconds, because the sandbox's own limits said so.
    pub(crate) waits: bool,
    /// Whether its delay is in simulated milliseconds, because the provider keeps the request open.
    pub(crate) is_kept_open: bool,
}

impl Answer {
    /// An answer with a JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { headers, ..Self::plain(status, body.to_string().into_bytes()) }
    }

    /// An answer without headers.
    pub(crate) const fn plain(status: u16, body: Vec<u8>) -> Self {
        Self { status, headers: Vec::new(), body, fault: None, waits: false, is_kept_open: false }
    }

    /// The same with the text of a sample whose body is no JSON.
    pub(crate) fn or_text(mut self, sample: &Value) -> Self {
        if let Some(text) = sample["text"].as_str() {
            self.body = text.as_bytes().to_vec();
            if sample["headers"]["content-type"].is_null() {
                self.set_header("content-type", "text/plain");
            }
        }
        self
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null where it is none.
    pub fn to_json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Sets a header, in place of one of the same name.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
}
