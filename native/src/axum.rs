//! A route for axum that receives callbacks.
//!
//! ```no_run
//! # async fn serve() -> Result<(), Box<dyn std::error::Error>> {
//! let receiver = gentask::Receiver::new([gentask::Client::new("apixo")?])?;
//! let app = axum::Router::new().route("/callbacks", gentask::axum::callbacks(receiver));
//! axum::serve(tokio::net::TcpListener::bind("127.0.0.1:8080").await?, app).await?;
//! # Ok(())
//! # }
//! ```

use crate::Receiver;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, any};
use gentask_core::client::Receipt;
use gentask_core::webhook::{Arrival, MOST_BODY_BYTES};

/// The route. It reads the raw bytes itself: no layer before it may take or change the body.
pub fn callbacks(receiver: Receiver) -> MethodRouter {
    any(move |request: Request| {
        let receiver = receiver.clone();
        async move { answer(&receiver, request).await }
    })
}

async fn answer(receiver: &Receiver, request: Request) -> Response {
    response(&receiver.receive(arrival(request).await).await)
}

/// A request as a callback.
pub(crate) async fn arrival(request: Request) -> Arrival {
    let (head, body) = request.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    // A body that is larger, or does not arrive whole, is passed on as one that is too large.
    let body = to_bytes(body, MOST_BODY_BYTES).await.map_or_else(|_| vec![0; MOST_BODY_BYTES + 1], Vec::from);
    Arrival { method: head.method.to_string(), url: head.uri.to_string(), headers, body }
}

/// The answer that a receipt says.
pub(crate) fn response(receipt: &Receipt) -> Response {
    let status = StatusCode::from_u16(receipt.http_status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from(receipt.body)).into_response()
}
