//! The body of an answer, read up to its cap. Whatever happens once the head is there, the answer is kept.
//!
//! Plain bodies are asked for. Some servers, and proxies before them, compress all the same: gzip is undone on the way, and the cap holds for
//! what comes out. A body in any other encoding is one that was not read to its end: what is in it is not known.

use flate2::write::MultiGzDecoder;
use gentask_core::{BodyEnd, HttpResponse};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use std::io::{self, Write};
use tokio::time::{Instant, timeout_at};

/// How a gzip member begins. A body without it is what it seems, whatever its head says.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads until the body ends, breaks, outgrows `cap` bytes or `deadline` passes.
pub(super) async fn read(mut response: Response, cap: u64, deadline: Instant) -> HttpResponse {
    let status = response.status().as_u16();
    let encoding = Encoding::of(response.headers());
    let mut body = Body::new(encoding, Capped::new(cap));
    let end = loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                if let Err(end) = body.take(&chunk) {
                    break end;
                }
            }
            Ok(Ok(None)) => break BodyEnd::Whole,
            Ok(Err(_)) | Err(_) => break BodyEnd::Truncated,
        }
    };
    let decoded = matches!(body, Body::Gzip(_));
    let (bytes, end) = body.end(end);
    // Of a body that was decoded, these speak no more.
    let stale = |name: &str| decoded && (name == CONTENT_ENCODING.as_str() || name == CONTENT_LENGTH.as_str());
    let headers = response
        .headers()
        .iter()
        .filter(|(name, _)| !stale(name.as_str()))
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    HttpResponse { status, headers, body: bytes, end }
}

/// What a head says of the body.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Plain,
    Gzip,
    Unknown,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Self {
        let all = headers.get_all(CONTENT_ENCODING);
        let words = all.iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
        let mut found = Self::Plain;
        for word in words.filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case(b"identity")) {
            let gzip = word.eq_ignore_ascii_case(b"gzip") || word.eq_ignore_ascii_case(b"x-gzip");
            found = if gzip && found == Self::Plain { Self::Gzip } else { Self::Unknown };
        }
        found
    }
}

/// A body as it comes.
enum Body {
    Plain(Capped),
    /// The head speaks of gzip, and there are not enough bytes yet to see whether it is.
    Perhaps(Vec<u8>, Capped),
    Gzip(MultiGzDecoder<Capped>),
    Unknown(Capped),
}

impl Body {
    fn new(encoding: Encoding, room: Capped) -> Self {
        match encoding {
            Encoding::Plain => Self::Plain(room),
            Encoding::Gzip => Self::Perhaps(Vec::new(), room),
            Encoding::Unknown => Self::Unknown(room),
        }
    }

    /// Takes the next bytes, or says why the rest is not read.
    fn take(&mut self, chunk: &[u8]) -> Result<(), BodyEnd> {
        match self {
            Self::Plain(room) | Self::Unknown(room) => room.write_all(chunk).map_err(|_| BodyEnd::TooLarge),
            Self::Gzip(decoder) => {
                decoder.write_all(chunk).map_err(|_| if decoder.get_ref().overflowed { BodyEnd::TooLarge } else { BodyEnd::Truncated })
            }
            Self::Perhaps(start, room) => {
                start.extend_from_slice(chunk);
                if start.len() < GZIP.len() {
                    return Ok(());
                }
                let (start, room) = (std::mem::take(start), std::mem::take(room));
                *self = if start.starts_with(&GZIP) { Self::Gzip(MultiGzDecoder::new(room)) } else { Self::Plain(room) };
                self.take(&start)
            }
        }
    }

    /// All that could be read, and how it ended.
    fn end(self, end: BodyEnd) -> (Vec<u8>, BodyEnd) {
        match self {
            Self::Plain(room) => (room.bytes, end),
            Self::Unknown(room) => (room.bytes, if end == BodyEnd::Whole { BodyEnd::Truncated } else { end }),
            Self::Perhaps(start, mut room) => match room.write_all(&start) {
                Ok(()) => (room.bytes, end),
                Err(_) => (room.bytes, BodyEnd::TooLarge),
            },
            Self::Gzip(mut decoder) => {
                let finished = if end == BodyEnd::TooLarge { Ok(()) } else { decoder.try_finish() };
                let room = std::mem::take(decoder.get_mut());
                let end = match finished {
                    Ok(()) => end,
                    Err(_) if room.overflowed => BodyEnd::TooLarge,
                    Err(_) => BodyEnd::Truncated,
                };
                (room.bytes, end)
            }
        }
    }
}

/// As many bytes as there is room for.
#[derive(Default)]
struct Capped {
    bytes: Vec<u8>,
    cap: usize,
    overflowed: bool,
}

impl Capped {
    fn new(cap: u64) -> Self {
        Self { bytes: Vec::new(), cap: usize::try_from(cap).unwrap_or(usize::MAX), overflowed: false }
    }
}

impl Write for Capped {
    /// Keeps what fits; an error where not all of it does.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.cap - self.bytes.len();
        self.bytes.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if bytes.len() > room {
            self.overflowed = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
