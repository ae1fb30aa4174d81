//! Faults that an answer alone can show.

use super::Sandbox;
use crate::request::Answer;
use crate::script::{Fault, Target};
use serde_json::{Value, json};

/// How deep [`Fault::TooDeepJson`] is.
const DEEP: usize = 5000;

/// The most that [`Fault::TooLargeBody`] adds.
const LARGE: usize = 1024 * 1024 * 1024;

impl Sandbox {
    /// Spoils an answer. What only the wire can show is left to the one who sends it.
    pub(super) fn spoil(&self, fault: Fault, target: Target, mut answer: Answer) -> Answer {
        let key = target.as_str();
        match fault {
            Fault::NotJson => {
                answer.set_header("content-type", "text/html");
                answer.body = b"<!DOCTYPE html><html><body><h1>Just a moment...</h1></body></html>".to_vec();
            }
            Fault::EmptyBody => answer.body.clear(),
            Fault::TooLargeBody { bytes } => {
                let filler = "x".repeat(bytes.min(LARGE));
                answer.body = beside(&answer.body, "padding", &format!("\"{filler}\""));
            }
            Fault::TooDeepJson => answer.body = beside(&answer.body, "deep", &format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP))),
            Fault::NoTaskId => {
                let mut body = answer.to_json();
                self.shapes.without_id(&mut body);
                answer.body = body.to_string().into_bytes();
            }
            Fault::Status { code, body, headers } => {
                answer = match body {
                    Some(Value::String(text)) => Answer::plain(code, text.into_bytes()),
                    Some(body) => Answer::json(code, &body),
                    None => self.shapes.refusal(key, word_for(code), code, None),
                };
                answer.status = code;
                for (name, value) in headers {
                    answer.set_header(&name, &value);
                }
            }
            Fault::Bytes { code, headers, body } => {
                answer = Answer::plain(code, body);
                for (name, value) in headers {
                    answer.set_header(&name, &value);
                }
            }
            Fault::Gzip => {
                answer.set_header("content-encoding", "gzip");
                answer.body = gzip(&answer.body);
            }
            Fault::Redirect { code, location } => {
                answer = Answer { headers: vec![("location".to_owned(), location)], ..Answer::plain(code, Vec::new()) };
            }
            Fault::InBandError { code } => answer = self.shapes.in_band(key, &code),
            delivery if delivery.is_delivery() => (answer.fault, answer.is_kept_open) = (Some(delivery), false),
            _of_a_callback => {}
        }
        answer
    }
}

/// A JSON object with one more member, written without parsing the member.
fn beside(body: &[u8], name: &str, member: &str) -> Vec<u8> {
    let object = serde_json::from_slice::<Value>(body).ok().filter(Value::is_object).unwrap_or(json!({})).to_string();
    let comma = if object == "{}" { "" } else { "," };
    format!("{{\"{name}\":{member}{comma}{}", &object[1..]).into_bytes()
}

/// The bytes as gzip (RFC 1952), in blocks that are stored as they are.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    // An empty text has one block too.
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    loop {
        let block = blocks.next().unwrap_or_default();
        let length = u16::try_from(block.len()).unwrap_or_default();
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
        if blocks.peek().is_none() {
            break;
        }
    }
    let checksum = !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    });
    out.extend(checksum.to_le_bytes());
    out.extend(u32::try_from(bytes.len()).unwrap_or_default().to_le_bytes());
    out
}

/// What a status means where nothing else is said.
const fn word_for(status: u16) -> &'static str {
    match status {
        401 | 403 => "AUTH_FAILED",
        402 => "INSUFFICIENT_CREDITS",
        404 => "TASK_NOT_FOUND",
        429 => "RATE_LIMITED",
        500.. => "UPSTREAM_ERROR",
        _ => "INVALID_PAYLOAD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_what_any_reader_of_it_reads() {
        // `printf 'a cat' | gzip`, but for the way it is packed: the same checksum and length.
        let packed = gzip(b"a cat");
        assert_eq!(packed[10..15], [1, 5, 0, 250, 255]);
        assert_eq!(packed[20..], [0x64, 0x9c, 0x5d, 0xa3, 5, 0, 0, 0]);
        assert_eq!(gzip(&vec![7; 70_000]).len(), 10 + 5 + 65_535 + 5 + 4_465 + 8);
    }
}
