//! Requests in and answers out, by hand: what no HTTP library does on purpose is what clients meet.

use super::gzip::gzip;
use serde_json::{Map, Value, json};
use socket2::SockRef;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// A client that says nothing for so long is gone.
const SILENCE: Duration = Duration::from_secs(20);
/// Nobody sends more.
const LARGEST: usize = 32 << 20;

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    /// With names in lower case.
    pub(super) headers: Map<String, Value>,
    pub(super) body: Vec<u8>,
}

/// Reads one request; `None` where the client left before its end.
pub(super) fn read(stream: &mut TcpStream) -> Option<Asked> {
    stream.set_read_timeout(Some(SILENCE)).ok()?;
    let (mut bytes, mut piece) = (Vec::new(), vec![0; 16 << 10]);
    loop {
        let (Ok(count @ 1..), true) = (stream.read(&mut piece), bytes.len() < LARGEST) else { return None };
        bytes.extend_from_slice(&piece[..count]);
        let Some((mut asked, length, end)) = head(&bytes) else { continue };
        if bytes.len() >= end + length {
            asked.body = bytes[end..end + length].to_vec();
            return Some(asked);
        }
    }
}

/// Looks at the head of a request and leaves it unread.
pub(super) fn peek(stream: &TcpStream) -> Option<Asked> {
    stream.set_read_timeout(Some(SILENCE)).ok()?;
    let mut bytes = vec![0; 64 << 10];
    for _ in 0..2_000 {
        let count = stream.peek(&mut bytes).ok().filter(|count| *count > 0)?;
        if let Some((asked, ..)) = head(&bytes[..count]) {
            return Some(asked);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    None
}

/// The head, the length of the body and where it begins.
fn head(bytes: &[u8]) -> Option<(Asked, usize, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = text.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default().to_owned(), first.next().unwrap_or_default().to_owned());
    let headers: Map<String, Value> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_ascii_lowercase(), json!(value.trim()))).collect();
    let length = headers.get("content-length").and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default();
    Some((Asked { method, target, headers, body: Vec::new() }, length, end + 4))
}

/// What goes back, and how it goes wrong.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// The connection is reset after the request was read.
    Reset,
    /// The connection is reset while the request is unread.
    Unread,
    /// The connection ends after the request was read.
    Silent,
    /// Half of the body, then the connection ends.
    Half,
    /// The whole body, but one byte less is announced.
    Shorter,
    /// The whole body, but one byte more is announced.
    Longer,
    /// In chunks, without the one that ends them.
    LastChunk,
    /// Half of the body, then nothing until it is let go.
    OpenBody,
    /// Compressed, although nobody asked.
    Gzip,
    /// The body is all that is written: it has a head of its own, or none.
    Raw,
}

impl Fault {
    pub(super) const WORDS: [(&str, Self); 9] = [
        ("reset", Self::Reset),
        ("unread", Self::Unread),
        ("silent", Self::Silent),
        ("half", Self::Half),
        ("shorter", Self::Shorter),
        ("longer", Self::Longer),
        ("lastChunk", Self::LastChunk),
        ("openBody", Self::OpenBody),
        ("gzip", Self::Gzip),
    ];
}

/// Ends a connection so that the other side sees a reset.
pub(super) fn reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

/// Writes an answer. `let_go` waits until a body that is held open may end.
pub(super) fn write(stream: &mut TcpStream, answer: &Answer, let_go: impl FnOnce()) -> io::Result<()> {
    let body = if answer.fault == Fault::Gzip { gzip(&answer.body) } else { answer.body.clone() };
    let half = body.len() / 2;
    let lines = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let framing = match answer.fault {
        Fault::Reset | Fault::Unread => {
            reset(stream);
            return Ok(());
        }
        Fault::Silent => return stream.shutdown(Shutdown::Write),
        Fault::Raw => {
            stream.write_all(&body)?;
            return stream.shutdown(Shutdown::Write);
        }
        Fault::LastChunk => "transfer-encoding: chunked".to_owned(),
        Fault::Shorter => format!("content-length: {}", body.len().saturating_sub(1)),
        Fault::Longer => format!("content-length: {}", body.len() + 1),
        Fault::Gzip => format!("content-encoding: gzip\r\ncontent-length: {}", body.len()),
        Fault::None | Fault::Half | Fault::OpenBody => format!("content-length: {}", body.len()),
    };
    let head = format!("HTTP/1.1 {} Said\r\nconnection: close\r\n{}{framing}\r\n\r\n", answer.status, lines.collect::<String>());
    stream.write_all(head.as_bytes())?;
    match answer.fault {
        Fault::LastChunk => {
            stream.write_all(format!("{:x}\r\n", body.len()).as_bytes())?;
            stream.write_all(&body)?;
            stream.write_all(b"\r\n")?;
        }
        Fault::Half => stream.write_all(&body[..half])?,
        Fault::OpenBody => {
            stream.write_all(&body[..half])?;
            stream.flush()?;
            let_go();
            stream.write_all(&body[half..])?;
        }
        _ => stream.write_all(&body)?,
    }
    stream.flush()?;
    stream.shutdown(Shutdown::Write)
}
