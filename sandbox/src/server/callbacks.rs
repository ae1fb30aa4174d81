//! Posts the callbacks that are due, to this machine only, and tells the providers what was answered.

use super::Shared;
use crate::callback::Post;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How often is looked for callbacks that are due.
pub(super) const EVERY: Duration = Duration::from_millis(20);
/// How long a receiver may go on sending after it has answered.
const LINGER: Duration = Duration::from_secs(1);
/// The most of an answer that is read.
const MOST: usize = 64 * 1024;

/// Delivers callbacks for ever.
pub(super) async fn deliver(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let (now, real_now) = (shared.now(), shared.real_now());
        let due = shared.providers().posts_due(now, real_now);
        for (provider, post) in due {
            tokio::spawn(attempt(Arc::clone(&shared), provider, post));
        }
    }
}

/// Posts one callback and books what comes of it.
async fn attempt(shared: Arc<Shared>, provider: String, post: Post) {
    let answered = tokio::time::timeout(Duration::from_millis(post.patience_ms), send(&post)).await.ok().and_then(Result::ok);
    let (status, stream) = answered.unzip();
    let now = shared.now();
    if let Some(sandbox) = shared.providers().get_mut(&provider) {
        sandbox.posted(&post, status, now);
    }
    if let Some(stream) = stream {
        // To close before a receiver has sent all would be a reset to it.
        let mut rest = Vec::new();
        let _ = tokio::time::timeout(LINGER, stream.take(MOST as u64).read_to_end(&mut rest)).await;
    }
}

/// The authority and path of a URL on this machine.
fn loopback(url: &str) -> Option<(&str, &str)> {
    // Nothing else may stand in the first line of a request.
    let rest = url.strip_prefix("http://").filter(|rest| rest.bytes().all(|byte| byte.is_ascii_graphic()))?;
    let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]").then_some((authority, path))
}

/// Posts, and gives the status as soon as it is there.
async fn send(post: &Post) -> io::Result<(u16, TcpStream)> {
    let (authority, path) = loopback(&post.url).ok_or(io::ErrorKind::Unsupported)?;
    let address = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
    let mut stream = TcpStream::connect(&address).await?;
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: {authority}\r\ncontent-length: {}\r\nconnection: close\r\n", post.body.len());
    for (name, value) in post.headers.iter().filter(|(_, value)| !value.bytes().any(|byte| byte.is_ascii_control())) {
        head.extend([name, ": ", value, "\r\n"]);
    }
    stream.write_all(&[head.as_bytes(), b"\r\n", &post.body].concat()).await?;
    let mut answer = Vec::new();
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 100];
        let mut parsed = httparse::Response::new(&mut headers);
        let whole = parsed.parse(&answer).map_err(|_| io::ErrorKind::InvalidData)?.is_complete();
        if let Some(status) = parsed.code.filter(|_| whole) {
            return Ok((status, stream));
        }
        if answer.len() > MOST || stream.read_buf(&mut answer).await? == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}
