//! The body of an answer, read up to its cap. Whatever happens once the head is there, the answer is kept.

use gentask_core::{BodyEnd, HttpResponse};
use reqwest::Response;
use tokio::time::{Instant, timeout_at};

/// Reads until the body ends, breaks, outgrows `cap` bytes or `deadline` passes.
pub(super) async fn read(mut response: Response, cap: u64, deadline: Instant) -> HttpResponse {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    let mut body = Vec::new();
    let end = loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = cap - body.len();
                if chunk.len() > room {
                    body.extend_from_slice(chunk.get(..room).unwrap_or_default());
                    break BodyEnd::TooLarge;
                }
                body.extend_from_slice(&chunk);
            }
            Ok(Ok(None)) => break BodyEnd::Whole,
            Ok(Err(_)) | Err(_) => break BodyEnd::Truncated,
        }
    };
    HttpResponse { status, headers, body, end }
}
