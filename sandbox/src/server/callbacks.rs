//! Callbacks of tasks that have ended: one unsigned POST each, to this machine only.

use super::Shared;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How often is looked for tasks that have ended.
const EVERY: Duration = Duration::from_millis(50);
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Delivers callbacks for ever.
pub(super) async fn deliver(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let now = shared.now();
        let due: Vec<(String, Vec<u8>)> = shared.sandboxes().values_mut().flat_map(|sandbox| sandbox.callbacks_due(now)).collect();
        for (url, body) in due {
            let shared = Arc::clone(&shared);
            tokio::spawn(async move {
                if matches!(tokio::time::timeout(PATIENCE, post(&url, &body)).await, Ok(Ok(200..=299))) {
                    shared.delivered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    }
}

/// The authority and path of a URL on this machine.
fn loopback(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]").then_some((authority, path))
}

async fn post(url: &str, body: &[u8]) -> io::Result<u16> {
    let (authority, path) = loopback(url).ok_or(io::ErrorKind::Unsupported)?;
    let address = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
    let mut stream = TcpStream::connect(&address).await?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {authority}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).await?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer).await?;
    let line = String::from_utf8_lossy(&answer);
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| io::ErrorKind::InvalidData.into())
}
