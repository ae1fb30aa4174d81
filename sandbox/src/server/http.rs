//! HTTP/1.1 as far as a server of small answers needs it, with the socket in its own hands.

use crate::request::{Answer, SandboxRequest};
use crate::shape::http_date;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The largest head that is read.
const HEAD: usize = 64 * 1024;
/// The largest body that is read.
const BODY: usize = 256 * 1024 * 1024;

/// What was wrong with a request.
pub(super) enum Broken {
    /// The connection ended or failed.
    Gone,
    /// It is no HTTP/1.1 request; the status to answer.
    Malformed(u16),
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// A head, and how its body comes.
pub(super) struct Head {
    pub(super) request: SandboxRequest,
    pub(super) keep_alive: bool,
    expects_continue: bool,
    chunked: bool,
    length: usize,
}

/// A connection and what was read of it beyond the last request.
pub(super) struct Wire {
    pub(super) stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// Reads more; false at the end of the stream.
    async fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(16 * 1024);
        Ok(self.stream.read_buf(&mut self.buffer).await? > 0)
    }

    /// The next request's head; `None` where the client has closed.
    pub(super) async fn head(&mut self) -> Result<Option<Head>, Broken> {
        loop {
            if let Some((size, head)) = parse(&self.buffer)? {
                self.buffer.drain(..size);
                return Ok(Some(head));
            }
            if self.buffer.len() > HEAD {
                return Err(Broken::Malformed(431));
            }
            if !self.fill().await? {
                return if self.buffer.is_empty() { Ok(None) } else { Err(Broken::Gone) };
            }
        }
    }

    /// The whole body of a request.
    pub(super) async fn body(&mut self, head: &Head) -> Result<Vec<u8>, Broken> {
        if head.length > BODY {
            return Err(Broken::Malformed(413));
        }
        if head.expects_continue && self.buffer.is_empty() {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        if !head.chunked {
            return self.take(head.length).await;
        }
        let mut body = Vec::new();
        loop {
            let line = self.line().await?;
            let size = line.split(|byte| *byte == b';').next().and_then(|size| std::str::from_utf8(size).ok());
            let size = size.and_then(|size| usize::from_str_radix(size.trim(), 16).ok()).ok_or(Broken::Malformed(400))?;
            if size > BODY - body.len() {
                return Err(Broken::Malformed(413));
            }
            if size == 0 {
                while !self.line().await?.is_empty() {}
                return Ok(body);
            }
            body.extend(self.take(size).await?);
            self.line().await?;
        }
    }

    async fn take(&mut self, size: usize) -> Result<Vec<u8>, Broken> {
        while self.buffer.len() < size {
            if !self.fill().await? {
                return Err(Broken::Gone);
            }
        }
        let rest = self.buffer.split_off(size);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    /// A line without its end.
    async fn line(&mut self) -> Result<Vec<u8>, Broken> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.buffer[..end].to_vec();
                self.buffer.drain(..end + 2);
                return Ok(line);
            }
            if self.buffer.len() > HEAD {
                return Err(Broken::Malformed(400));
            }
            if !self.fill().await? {
                return Err(Broken::Gone);
            }
        }
    }

    /// Writes bytes, at once.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }
}

/// How a body comes.
#[derive(Clone, Copy)]
pub(super) enum Framing {
    /// With its length said before.
    Length(usize),
    /// In chunks.
    Chunked,
}

/// The bytes of an answer's head.
pub(super) fn head_of(answer: &Answer, now: u64, keep_alive: bool, framing: Framing) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut head = format!("HTTP/1.1 {} {}\r\ndate: {}\r\n", answer.status, reason(answer.status), http_date(now));
    for (name, value) in &answer.headers {
        // Writing to a String does not fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    match framing {
        Framing::Length(_) if answer.status == 204 => {}
        Framing::Length(length) => drop(write!(head, "content-length: {length}\r\n")),
        Framing::Chunked => head.push_str("transfer-encoding: chunked\r\n"),
    }
    let _ = write!(head, "connection: {}\r\n\r\n", if keep_alive { "keep-alive" } else { "close" });
    head.into_bytes()
}

fn parse(buffer: &[u8]) -> Result<Option<(usize, Head)>, Broken> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    let size = match parsed.parse(buffer) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(Broken::Malformed(400)),
    };
    let mut request = SandboxRequest::new(parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    for header in parsed.headers.iter() {
        let value = std::str::from_utf8(header.value).map_err(|_| Broken::Malformed(400))?;
        request.headers.push((header.name.to_ascii_lowercase(), value.to_owned()));
    }
    let says = |name: &str, word: &str| request.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(word));
    let length = request.header("content-length").map_or(Ok(0), str::parse).map_err(|_| Broken::Malformed(400))?;
    let head = Head {
        keep_alive: if parsed.version == Some(1) { !says("connection", "close") } else { says("connection", "keep-alive") },
        expects_continue: says("expect", "100-continue"),
        chunked: says("transfer-encoding", "chunked"),
        length,
        request,
    };
    Ok(Some((size, head)))
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        300..400 => "Redirect",
        _ => "Status",
    }
}
