//! The reader of JSON by RFC 8259: no comments, no lone surrogate, no number beyond a float's range.
//!
//! One reader for both ways to read: what is lenient ignores the keys that stand twice, of which the last wins. It is our own because
//! a browser downloads it: that of `serde_json` is made for any type and is five times the code. Both stop at the same place with the same
//! words, which a test compares.

use super::float::float;
use super::{describe, escape_segment};
use crate::error::Violation;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Reads a text that is nested no deeper than a caller has checked; where it is `strict`, with every key that stands twice in its object.
pub(super) fn read(bytes: &[u8], strict: bool) -> Result<(Value, Vec<Violation>), String> {
    let mut reader = Reader { bytes, next: 0, strict, path: String::new(), duplicates: Vec::new() };
    match reader.document() {
        Ok(value) => Ok((value, reader.duplicates)),
        Err(stop) => Err(stop.words(bytes)),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// The index of the byte that is read next.
    next: usize,
    /// Whether keys that stand twice are noted; else the pointer is not kept either.
    strict: bool,
    /// The pointer of what is read.
    path: String,
    duplicates: Vec<Violation>,
}

/// Why a text is no JSON, and how much of it shows that.
struct Stop {
    why: &'static str,
    read: usize,
}

type Read<T> = Result<T, Stop>;

const CUT_SHORT: &str = "EOF while parsing a value";
const CUT_STRING: &str = "EOF while parsing a string";
const CUT_ARRAY: &str = "EOF while parsing a list";
const CUT_OBJECT: &str = "EOF while parsing an object";
const NO_NUMBER: &str = "invalid number";
const LONE_SURROGATE: &str = "lone leading surrogate in hex escape";

impl Stop {
    fn words(&self, bytes: &[u8]) -> String {
        let read = bytes.get(..self.read).unwrap_or(bytes);
        let lines = || read.rsplit(|byte| *byte == b'\n');
        let (line, column) = (lines().count(), lines().next().map_or(0, <[u8]>::len));
        format!("{} at line {line} column {column}", self.why)
    }
}

impl Reader<'_> {
    fn document(&mut self) -> Read<Value> {
        let value = self.value()?;
        match self.token() {
            None => Ok(value),
            Some(_) => self.refuse("trailing characters"),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.next).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.next += usize::from(byte.is_some());
        byte
    }

    /// The first byte that is no white space; it is not taken.
    fn token(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.next += 1;
        }
        self.peek()
    }

    /// Stops after the byte that was taken last.
    fn stop<T>(&self, why: &'static str) -> Read<T> {
        Err(Stop { why, read: self.next })
    }

    /// Stops after the byte that would be taken next.
    fn refuse<T>(&self, why: &'static str) -> Read<T> {
        Err(Stop { why, read: self.bytes.len().min(self.next + 1) })
    }

    fn value(&mut self) -> Read<Value> {
        match self.token() {
            None => self.refuse(CUT_SHORT),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'"') => self.string().map(Value::String),
            Some(b'[') => self.array(),
            Some(b'{') => self.object(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.refuse("expected value"),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Read<Value> {
        for expected in word.bytes() {
            match self.take() {
                None => return self.stop(CUT_SHORT),
                Some(byte) if byte != expected => return self.stop("expected ident"),
                Some(_) => {}
            }
        }
        Ok(value)
    }

    fn array(&mut self) -> Read<Value> {
        self.next += 1;
        let mut items = Vec::new();
        let path = self.path.len();
        while self.has_next(b']', items.is_empty(), CUT_ARRAY, "expected `,` or `]`")? {
            if self.strict {
                let _ = write!(self.path, "/{}", items.len());
            }
            items.push(self.value()?);
            self.path.truncate(path);
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self) -> Read<Value> {
        self.next += 1;
        let mut members = Map::new();
        let mut first = true;
        let path = self.path.len();
        while self.has_next(b'}', first, CUT_OBJECT, "expected `,` or `}`")? {
            first = false;
            if self.peek() != Some(b'"') {
                return self.refuse("key must be a string");
            }
            let key = self.string()?;
            match self.token() {
                Some(b':') => self.next += 1,
                Some(_) => return self.refuse("expected `:`"),
                None => return self.refuse(CUT_OBJECT),
            }
            if self.strict {
                self.path.push('/');
                self.path.push_str(&escape_segment(&key));
            }
            let value = self.value()?;
            if let Some(known) = members.insert(key, value).filter(|_| self.strict) {
                let again = format!("it again, first {}", describe(&known));
                self.duplicates.push(Violation::new(self.path.as_str(), "duplicateKey", "each key once", again));
            }
            self.path.truncate(path);
        }
        Ok(Value::Object(members))
    }

    /// Goes to the next item or member, if there is one; else past the end.
    fn has_next(&mut self, end: u8, first: bool, cut: &'static str, neither: &'static str) -> Read<bool> {
        match self.token() {
            None => self.refuse(cut),
            Some(byte) if byte == end => {
                self.next += 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.next += 1;
                match self.token() {
                    None => self.refuse(CUT_SHORT),
                    Some(byte) if byte == end => self.refuse("trailing comma"),
                    Some(_) => Ok(true),
                }
            }
            Some(_) => self.refuse(neither),
        }
    }

    fn string(&mut self) -> Read<String> {
        self.next += 1;
        let mut text = Vec::new();
        loop {
            let rest = self.bytes.get(self.next..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
            text.extend_from_slice(rest.get(..plain).unwrap_or_default());
            self.next += plain;
            match self.take() {
                None => return self.stop(CUT_STRING),
                Some(b'"') => break,
                Some(b'\\') => {
                    let char = self.escape()?;
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
                Some(_) => return self.stop("control character (\\u0000-\\u001F) found while parsing a string"),
            }
        }
        String::from_utf8(text).map_err(|error| {
            let wrong = error.as_bytes().len() - error.utf8_error().valid_up_to();
            Stop { why: "invalid unicode code point", read: self.next - wrong }
        })
    }

    fn escape(&mut self) -> Read<char> {
        Ok(match self.take() {
            None => return self.stop(CUT_STRING),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self.utf16_unit()?;
                // The first half of a pair; a second half alone is no char either.
                if let 0xD800..0xDC00 = unit {
                    for expected in [b'\\', b'u'] {
                        match self.take() {
                            None => return self.stop(CUT_STRING),
                            Some(byte) if byte != expected => return self.stop("unexpected end of hex escape"),
                            Some(_) => {}
                        }
                    }
                    let pair = [unit, self.utf16_unit()?];
                    return char::decode_utf16(pair).next().and_then(Result::ok).map_or_else(|| self.stop(LONE_SURROGATE), Ok);
                }
                return char::from_u32(unit.into()).map_or_else(|| self.stop(LONE_SURROGATE), Ok);
            }
            Some(_) => return self.stop("invalid escape"),
        })
    }

    fn utf16_unit(&mut self) -> Read<u16> {
        let Some(digits) = self.bytes.get(self.next..self.next + 4) else {
            self.next = self.bytes.len();
            return self.stop(CUT_STRING);
        };
        self.next += 4;
        let mut unit = 0;
        for digit in digits {
            match char::from(*digit).to_digit(16) {
                Some(digit) => unit = unit << 4 | digit,
                None => return self.stop("invalid escape"),
            }
        }
        Ok(u16::try_from(unit).unwrap_or_default())
    }

    fn number(&mut self) -> Read<Value> {
        let negative = self.peek() == Some(b'-');
        self.next += usize::from(negative);
        let whole = self.next;
        match self.take() {
            None => return self.stop(CUT_SHORT),
            Some(b'0') if self.peek().is_some_and(|byte| byte.is_ascii_digit()) => return self.refuse(NO_NUMBER),
            Some(b'0') => {}
            Some(b'1'..=b'9') => self.digits(),
            Some(_) => return self.stop(NO_NUMBER),
        }
        let whole = self.bytes.get(whole..self.next).unwrap_or_default();
        let mut fraction: &[u8] = &[];
        if self.peek() == Some(b'.') {
            self.next += 1;
            let from = self.next;
            self.digits();
            fraction = self.bytes.get(from..self.next).unwrap_or_default();
            if fraction.is_empty() {
                return self.refuse(if self.peek().is_none() { CUT_SHORT } else { NO_NUMBER });
            }
        }
        let exponent = match self.peek() {
            Some(b'e' | b'E') => self.exponent(whole, fraction)?,
            _ if fraction.is_empty() => match integer(whole, negative) {
                Some(integer) => return Ok(integer),
                None => 0,
            },
            _ => 0,
        };
        match float(whole, fraction, exponent) {
            Some(float) => Ok(Value::from(if negative { -float } else { float })),
            None => self.stop("number out of range"),
        }
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.next += 1;
        }
    }

    /// The exponent, cut to what makes any number that can be written 0 or too large.
    fn exponent(&mut self, whole: &[u8], fraction: &[u8]) -> Read<i64> {
        self.next += 1;
        let negative = self.peek() == Some(b'-');
        self.next += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
        let mut exponent = 0_i64;
        match self.take() {
            None => return self.stop(CUT_SHORT),
            Some(digit @ b'0'..=b'9') => exponent += i64::from(digit - b'0'),
            Some(_) => return self.stop(NO_NUMBER),
        }
        let is_zero = whole.iter().chain(fraction).all(|digit| *digit == b'0');
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.next += 1;
            exponent = exponent * 10 + i64::from(digit - b'0');
            if exponent > i64::from(i32::MAX) {
                if !negative && !is_zero {
                    return self.stop("number out of range");
                }
                self.digits();
                // So far below zero that all the digits of a text do not make up for it.
                exponent = i64::from(u32::MAX) * 4;
            }
        }
        Ok(if negative { -exponent } else { exponent })
    }
}

/// An integer that keeps every digit; `None` for the negative zero and for what has too many digits.
fn integer(digits: &[u8], negative: bool) -> Option<Value> {
    let mut integer = 0_u64;
    for digit in digits {
        integer = integer.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    if negative { 0_i64.checked_sub_unsigned(integer).filter(|integer| *integer < 0).map(Value::from) } else { Some(Value::from(integer)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff::split_mix_64;

    fn is_as_serde_reads_it(bytes: &[u8]) {
        let shown = String::from_utf8_lossy(bytes);
        match (read(bytes, true), serde_json::from_slice::<Value>(bytes)) {
            // Not `==` alone: the negative zero must stay one.
            (Ok((ours, _)), Ok(theirs)) => assert_eq!((ours.to_string(), ours), (theirs.to_string(), theirs), "{shown}"),
            (ours, theirs) => assert_eq!(ours.map(drop), theirs.map(drop).map_err(|error| error.to_string()), "{shown}"),
        }
    }

    /// Every way to be wrong, and every kind of value.
    const TEXTS: &[&str] = &[
        r#" {"a" : [1, -2, 0.5e-3, true, false, null, "\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00"], "b":{}, "c":[]} "#,
        "\"a\u{7f}\u{e9}\u{1f600}\"",
        "[-0, 0, -0.0, 18446744073709551615, 18446744073709551616, -9223372036854775808, -9223372036854775809, 1e22, 1e23]",
        "[0.1, 123456789012345678901234567890.5e-10, 4.9e-324, 2.4e-324, 1.7976931348623157e308, 1E+2, 1e-400, 0e999999999999]",
        "[1e309]",
        "[-1e309 ]",
        "[1e99999999999999]",
        "[1.5e-99999999999999, 2]",
        "[00]",
        "[-]",
        "[-a]",
        "[1.]",
        "[1.a]",
        "[1e]",
        "[1ea]",
        "[1e+",
        "-",
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800A""#,
        r#""\ud800\n""#,
        r#""\ud800x""#,
        r#""\u12"#,
        r#""\u12x4""#,
        r#""\x""#,
        r#""\"#,
        r#""\ud800"#,
        r#""\ud800\"#,
        "\"a\nb\"",
        "\"a",
        "nul",
        "nulL",
        "tru3",
        "f",
        "",
        " \n ",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "[,1]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1 2}",
        "{\"a\" 1}",
        "{1:2}",
        "{,",
        "{\"a\":1,2}",
        "{]",
        "[}",
        "1 2",
        "\n\n x",
        "\u{feff}1",
        "{\"a\":1,\"a\":[2]}",
        "[\n\"\\ud83d\\ude00\", \"\u{e9}\n",
    ];

    #[test]
    fn texts_are_read_as_by_serde_json() {
        for text in TEXTS {
            is_as_serde_reads_it(text.as_bytes());
        }
        for bytes in [&b"\"\xff\""[..], b"[\"abc\xe9\\n def\"]", b"\"\xe2\x82", b"\xff", b"{\"\xc0\":1}", b"[\n \"\\u00e9\xf0\x9f\x98\"]"] {
            is_as_serde_reads_it(bytes);
        }
    }

    const DAMAGE: &[u8] = b"{}[]\",:\\u0159eE+-.dDa \n\xc3\xa9\x01";

    #[test]
    fn damaged_texts_are_read_as_by_serde_json() {
        let mut seed = 0;
        let mut random = |below: usize| {
            seed += 1;
            usize::try_from(split_mix_64(7, seed) % below as u64).unwrap()
        };
        for _ in 0..10_000 {
            let mut bytes = TEXTS[random(TEXTS.len())].as_bytes().to_vec();
            for _ in 0..=random(3) {
                let at = random(bytes.len() + 1);
                match random(3) {
                    0 => bytes.truncate(at),
                    1 if at < bytes.len() => drop(bytes.remove(at)),
                    _ => bytes.insert(at, DAMAGE[random(DAMAGE.len())]),
                }
            }
            is_as_serde_reads_it(&bytes);
        }
    }
}
