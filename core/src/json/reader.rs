//! The one reader of JSON, in four manners. What callers wrote is read strictly: it must mean what is sent. What providers wrote is
//! read leniently, because a task id that was paid for may stand beside the oddest byte:
//!
//! - half a surrogate pair, a byte that is not UTF-8 and a broken `\u` escape are U+FFFD; UTF-16 is read; a byte order mark is skipped;
//! - control characters may stand in strings as they are, and an unknown escape is the character itself;
//! - `NaN`, `Infinity` and `-Infinity` are null;
//! - a number that would not be read as it is written is its own text: `1e400`, integers beyond 64 bits, and in an answer `1.50`;
//! - whatever follows an object or an array that is complete does not hide it. What is incomplete is not read.
//!
//! Nothing is read that takes many times its own length in memory: nesting has an end, and so have small objects.

use super::{describe, escape_segment};
use crate::error::{MOST_NOTED, Violation, note};
use serde_json::{Map, Value};
use std::borrow::Cow;

mod scalars;

/// The deepest nesting of what callers write.
pub(crate) const MAX_DEPTH: usize = 64;
/// The deepest nesting of what providers write: an answer with the task's id may also hold the whole input.
const ANSWER_DEPTH: usize = MAX_DEPTH + 16;
/// The deepest nesting of what gentask wrote itself: an answer in a reply, an option in a record.
const OWN_DEPTH: usize = ANSWER_DEPTH + 16;

/// What the first member of an object takes in memory, and each further one: a map has room for several as soon as it has one.
const FIRST_MEMBER: usize = 640;
const NEXT_MEMBER: usize = 128;
/// What an item of an array takes.
const ITEM: usize = 32;
/// How much memory may be taken for each byte that is read, and beyond that for all of them: room for a thousand small objects.
pub(crate) const ROOM_PER_BYTE: usize = 32;
const ROOM: usize = 1 << 20;

/// Why bytes are not JSON that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nested deeper than is read.
    TooDeep,
    /// So many small objects that they would take far more memory than text.
    TooComplicated,
    /// Not JSON: wrong syntax, or cut short.
    NotJson,
}

impl Unreadable {
    /// What the bytes are instead.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::TooDeep => "nested too deep",
            Self::TooComplicated => "made of too many small objects",
            Self::NotJson => "not JSON",
        }
    }
}

/// Reads an answer of a provider, for what stands in it: a scalar's text is the one that was written. Of duplicate keys the last wins.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Unreadable> {
    Reader::new(&decoded(bytes), Manner::Answer, ROOM_PER_BYTE).document()
}

/// Reads an answer of a provider to show it: what is a number stays one, if all of it can be kept.
pub(crate) fn parse_shown(bytes: &[u8]) -> Result<Value, Unreadable> {
    Reader::new(&decoded(bytes), Manner::Shown, ROOM_PER_BYTE).document()
}

/// Reads what gentask wrote itself: records, blobs and replies.
pub(crate) fn parse_own(bytes: &[u8]) -> Result<Value, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotJson)?;
    Reader::new(text.trim_start_matches('\u{feff}'), Manner::Own, ROOM_PER_BYTE).document()
}

/// Reads what a caller wrote: every key that stands twice is a fault, and each is named.
pub(crate) fn parse_strict(bytes: &[u8], room_per_byte: usize) -> Result<Value, Vec<Violation>> {
    let refuse = |rule, expected: &str, actual: String| Err(vec![Violation::new("", rule, expected, actual)]);
    let Ok(text) = std::str::from_utf8(bytes) else { return refuse("json", "JSON text", "bytes that are not UTF-8".to_owned()) };
    let mut reader = Reader::new(text, Manner::Caller, room_per_byte);
    match reader.document() {
        Ok(value) if reader.duplicates.is_empty() => Ok(value),
        Ok(_) => Err(reader.duplicates),
        Err(Unreadable::TooDeep) => refuse("depth", &format!("at most {MAX_DEPTH} levels"), "deeper nesting".to_owned()),
        Err(Unreadable::TooComplicated) => refuse("work", "fewer small objects", "too many of them".to_owned()),
        Err(Unreadable::NotJson) => refuse("json", "JSON text", reader.place()),
    }
}

/// Bytes as text, whatever they are.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        // JSON begins with a bracket or a quote: with a NUL beside it, this is UTF-16 without its mark.
        [b'{' | b'[' | b'"', 0, ..] => Cow::Owned(utf16(bytes, u16::from_le_bytes)),
        [0, b'{' | b'[' | b'"', ..] => Cow::Owned(utf16(bytes, u16::from_be_bytes)),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    // Hardly any answer is anything else, and to know it takes a fraction of the time that repairing does.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
    char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whose text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Caller,
    Own,
    Answer,
    Shown,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    manner: Manner,
    depth: usize,
    /// How much memory may still be taken.
    room: usize,
    /// The way to the value that is read, where duplicates are named by it.
    way: Vec<Step<'a>>,
    duplicates: Vec<Violation>,
}

/// A step of a pointer. A name is as it is written, with its escapes: a way is seldom asked for.
enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, manner: Manner, room_per_byte: usize) -> Self {
        let room = text.len().saturating_mul(room_per_byte).saturating_add(ROOM);
        Self { text, at: 0, manner, depth: 0, room, way: Vec::new(), duplicates: Vec::new() }
    }

    fn is_lenient(&self) -> bool {
        matches!(self.manner, Manner::Answer | Manner::Shown)
    }

    fn document(&mut self) -> Result<Value, Unreadable> {
        let value = self.value()?;
        self.skip_space();
        let rest = self.rest();
        // A scalar counts alone: `502 Bad Gateway` is not the number 502.
        let is_hidden_by_nothing = self.is_lenient()
            && (value.is_object() || value.is_array() || rest.bytes().all(|byte| byte == 0 || byte.is_ascii_whitespace()));
        if rest.is_empty() || is_hidden_by_nothing { Ok(value) } else { Err(Unreadable::NotJson) }
    }

    fn value(&mut self) -> Result<Value, Unreadable> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => {
                self.at += 1;
                self.string().map(Value::String)
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'N') if self.is_lenient() => self.word("NaN", Value::Null),
            Some(b'I') if self.is_lenient() => self.word("Infinity", Value::Null),
            _ => self.word("null", Value::Null),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Unreadable>) -> Result<Value, Unreadable> {
        let deepest = match self.manner {
            Manner::Caller => MAX_DEPTH,
            Manner::Answer | Manner::Shown => ANSWER_DEPTH,
            Manner::Own => OWN_DEPTH,
        };
        if self.depth == deepest {
            return Err(Unreadable::TooDeep);
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Unreadable> {
        let mut map = Map::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Value::Object(map));
        }
        loop {
            self.take_room(if map.is_empty() { FIRST_MEMBER } else { NEXT_MEMBER })?;
            self.skip_space();
            self.need(b'"')?;
            let start = self.at;
            let key = self.string()?;
            let name = self.text.get(start..self.at - 1).unwrap_or_default();
            self.skip_space();
            self.need(b':')?;
            let value = self.step(Step::Name(name))?;
            let first = map.insert(key, value);
            if let Some(first) = first.filter(|_| self.manner == Manner::Caller && self.duplicates.len() < MOST_NOTED) {
                let path = self.pointer(name);
                note(&mut self.duplicates, &path, "duplicateKey", "each key once", &format!("it again, first {}", describe(&first)));
            }
            self.skip_space();
            if !self.eat(b',') {
                self.need(b'}')?;
                return Ok(Value::Object(map));
            }
        }
    }

    fn array(&mut self) -> Result<Value, Unreadable> {
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            self.take_room(ITEM)?;
            items.push(self.step(Step::Index(items.len()))?);
            self.skip_space();
            if !self.eat(b',') {
                self.need(b']')?;
                items.shrink_to_fit();
                return Ok(Value::Array(items));
            }
        }
    }

    fn step(&mut self, step: Step<'a>) -> Result<Value, Unreadable> {
        if self.manner != Manner::Caller {
            return self.value();
        }
        self.way.push(step);
        let value = self.value();
        self.way.pop();
        value
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Unreadable> {
        if !self.rest().starts_with(word) {
            return Err(Unreadable::NotJson);
        }
        self.at += word.len();
        Ok(value)
    }

    fn take_room(&mut self, bytes: usize) -> Result<(), Unreadable> {
        self.room = self.room.checked_sub(bytes).ok_or(Unreadable::TooComplicated)?;
        Ok(())
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn need(&mut self, byte: u8) -> Result<(), Unreadable> {
        if self.eat(byte) { Ok(()) } else { Err(Unreadable::NotJson) }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The pointer of a member of the object that is read.
    fn pointer(&self, name: &'a str) -> String {
        let mut pointer = String::new();
        for step in self.way.iter().chain(&[Step::Name(name)]) {
            pointer.push('/');
            match step {
                Step::Index(index) => pointer.push_str(&index.to_string()),
                Step::Name(name) => {
                    let mut reader = Reader::new(name, self.manner, 0);
                    let mut plain = String::new();
                    while let Some(char) = reader.rest().chars().next() {
                        reader.at += char.len_utf8();
                        plain.push(if char == '\\' { reader.escaped().unwrap_or(char) } else { char });
                    }
                    pointer.push_str(&escape_segment(&plain));
                }
            }
        }
        pointer
    }

    /// Where the reading stopped, for a person.
    fn place(&self) -> String {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let what = if self.rest().is_empty() { "its end" } else { "other text" };
        format!("{what} at line {}, column {}", before.bytes().filter(|byte| *byte == b'\n').count() + 1, line.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff::split_mix_64;
    use crate::json::to_canonical;
    use serde_json::json;

    fn strict(bytes: &[u8]) -> Result<Value, Vec<Violation>> {
        parse_strict(bytes, ROOM_PER_BYTE)
    }

    #[test]
    fn an_answer_is_read_whatever_stands_beside_what_was_looked_for() {
        let id = json!({"id": "task_1"});
        let with = |prompt: &str| json!({"id": "task_1", "prompt": prompt});
        let cases: [(&[u8], Value); 20] = [
            (br#"{"id":"task_1","prompt":"cut \ud83d"}"#, with("cut \u{fffd}")),
            (br#"{"id":"task_1","prompt":"\ude00 cut"}"#, with("\u{fffd} cut")),
            (br#"{"id":"task_1","prompt":"\ud83d and \ude00"}"#, with("\u{fffd} and \u{fffd}")),
            (br#"{"id":"task_1","prompt":"\ud83d\ud83d\ude00\ud83d\n"}"#, with("\u{fffd}\u{1f600}\u{fffd}\n")),
            (br#"{"id":"task_1","prompt":"\u0000\u00e9\u12"}"#, with("\0é\u{fffd}12")),
            (br#"{"id":"task_1","prompt":"\x41\'"}"#, with("x41'")),
            (b"{\"id\":\"task_1\",\"prompt\":\"a\nb\tc\x01\"}", with("a\nb\tc\u{1}")),
            (b"{\"id\":\"task_1\",\"prompt\":\"caf\xe9\"}", with("caf\u{fffd}")),
            (b"{\"id\":\"task_1\",\"prompt\":\"\xc0\x80\"}", with("\u{fffd}\u{fffd}")),
            (b"{\"id\":\"task_1\",\"prompt\":\"\xed\xa0\xbd\"}", with("\u{fffd}\u{fffd}\u{fffd}")),
            (br#"{"id":"task_1","prompt":NaN}"#, json!({"id": "task_1", "prompt": null})),
            (br#"{"id":"task_1","prompt":[Infinity,-Infinity]}"#, json!({"id": "task_1", "prompt": [null, null]})),
            (br#"{"id":"task_1","prompt":1e400}"#, with("1e400")),
            (br#"{"id":"task_1","prompt":-123456789012345678901234567890}"#, with("-123456789012345678901234567890")),
            (b"\xef\xbb\xbf{\"id\":\"task_1\"}", id.clone()),
            (b"{\"id\":\"task_1\"}\0\0\0", id.clone()),
            (b"{\"id\":\"task_1\"}{\"id\":\"task_1\"}", id.clone()),
            (b"{\"id\":\"task_1\"}\r\n0\r\n", id.clone()),
            (br#"{"id":"task_2","id":"task_1"}"#, id.clone()),
            (b"\"task_1\"\0\n", json!("task_1")),
        ];
        for (bytes, value) in cases {
            assert_eq!(parse(bytes), Ok(value), "{}", String::from_utf8_lossy(bytes));
            let is_strict = !bytes.starts_with(b"\xef") && serde_json::from_slice::<Value>(bytes).is_ok();
            assert_eq!(parse_own(bytes).is_ok(), is_strict || bytes.starts_with(b"\xef"), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_answer_in_utf_16_is_read() {
        let text = "{\"id\":\"täsk_1\u{1f600}\"}";
        let bytes = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        for bytes in [
            bytes(u16::to_le_bytes),
            bytes(u16::to_be_bytes),
            [b"\xff\xfe".to_vec(), bytes(u16::to_le_bytes)].concat(),
            [b"\xfe\xff".to_vec(), bytes(u16::to_be_bytes)].concat(),
        ] {
            assert_eq!(parse(&bytes), Ok(json!({"id": "täsk_1\u{1f600}"})));
        }
        assert_eq!(parse(&[b'{', 0, b'"', 0, 0, 0xd8, b'"', 0, b':', 0, b'1', 0, b'}', 0]), Ok(json!({"\u{fffd}": 1})));
    }

    #[test]
    fn a_number_of_an_answer_is_read_as_it_is_written() {
        for own in ["1.50", "10000000000000000000000", "18446744073709551616", "-9223372036854775809", "1e400", "-1e400", "007", "0.10"] {
            assert_eq!(parse(own.as_bytes()), Ok(json!(own)));
        }
        for same in ["0", "200", "18446744073709551615", "-9223372036854775808", "1.5", "0.1", "33.333333333333336"] {
            assert_eq!(parse(same.as_bytes()).map(|value| (value.is_number(), to_canonical(&value))), Ok((true, same.to_owned())));
        }
        // A whole number is its digits, however it is written: contracts compare codes as texts.
        for (whole, text) in [("200.0", "200"), ("2e2", "200"), ("-0", "0"), ("1.25e3", "1250")] {
            assert_eq!(parse(whole.as_bytes()).map(|value| to_canonical(&value)), Ok(text.to_owned()));
        }
        assert_eq!(parse_shown(b"[1.50,0.00001,1e400,18446744073709551616]"), Ok(json!([1.5, 0.00001, "1e400", "18446744073709551616"])));
    }

    #[test]
    fn what_is_incomplete_or_no_json_is_not_read() {
        for text in [
            "",
            " ",
            "{",
            "[1",
            "[1,",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "\"a",
            "\"\\",
            "\"\\u12",
            "tru",
            "-",
            "1.",
            "1e",
            "502 Bad Gateway",
            "null pointer",
            "\"a\" b",
            "<html>",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "[1 2]",
            "+1",
            ".5",
            "'a'",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(Unreadable::NotJson), "{text}");
        }
    }

    #[test]
    fn what_callers_and_gentask_write_is_read_as_by_serde_json() {
        // Texts of the pieces that decide, put together at random: most are no JSON.
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"\\u00e9\\n\"",
            "\\ud83d",
            "\\ude00",
            "\\",
            "0",
            "-",
            "12",
            "1.5",
            "e3",
            "E-2",
            ".",
            "true",
            "null",
            "false",
            " ",
            "\n",
            "\t",
            "é",
            "\u{1}",
            "18446744073709551616",
            "1e999",
            "NaN",
            "\0",
        ];
        let mut read = 0;
        for seed in 0..60_000 {
            let length = split_mix_64(seed, 0) % 8 + 1;
            let pick = |index| pieces[usize::try_from(split_mix_64(seed, index) % pieces.len() as u64).unwrap()];
            let inner: String = (1..=length).map(pick).collect();
            let text = if seed % 2 == 0 { inner } else { format!("[\"{inner}\",{inner}]") };
            let expected = serde_json::from_str::<Value>(&text).ok();
            read += usize::from(expected.is_some());
            assert_eq!(strict(text.as_bytes()).ok(), expected, "{text}");
            assert_eq!(parse_own(text.as_bytes()).ok(), expected, "{text}");
            if let Some(expected) = expected {
                assert!(parse(text.as_bytes()).is_ok(), "{text}");
                let is_kept = !text.contains("18446744073709551616");
                assert!(!is_kept || parse_shown(text.as_bytes()) == Ok(expected), "{text}");
            }
        }
        assert!(read > 1_000, "{read}");
    }

    #[test]
    fn every_duplicate_is_named_with_its_pointer() {
        let faults = strict(br#"{"a":1,"a":2,"b":[{"c":1,"c":2},{"\u00e9/\n~":{"d":0,"d":{}}}]}"#).unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.path.as_str(), fault.actual.as_str())).collect();
        assert_eq!(found, [("/a", "it again, first 1"), ("/b/0/c", "it again, first 1"), ("/b/1/é~1\n~0/d", "it again, first 0")]);
        assert_eq!(strict(br#"{"a":[1,-1,1.5,"x",null,true]}"#), Ok(json!({"a": [1, -1, 1.5, "x", null, true]})));
    }

    #[test]
    fn a_callers_mistake_is_told_with_its_place() {
        let told =
            |bytes: &[u8]| strict(bytes).unwrap_err().iter().map(|fault| format!("{} {}", fault.rule, fault.actual)).collect::<Vec<_>>();
        assert_eq!(told(b"{} {}"), ["json other text at line 1, column 4"]);
        assert_eq!(told("{\n  \"é\": 1,\n  \"b\": nul\n}".as_bytes()), ["json other text at line 3, column 8"]);
        assert_eq!(told(b"{\"a\":"), ["json its end at line 1, column 6"]);
        assert_eq!(told("[\n\"\\é\"]".as_bytes()), ["json other text at line 2, column 3"]);
        assert_eq!(told(b"\"\xe9\""), ["json bytes that are not UTF-8"]);
        assert_eq!(told(&[b'['].repeat(65)), ["depth deeper nesting"]);
    }

    #[test]
    fn nesting_and_small_objects_have_an_end() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(parse(&[b'['].repeat(1_000_000)), Err(Unreadable::TooDeep));
        for depth in [63, 64, 65, 80, 81, 96, 97] {
            let text = nested(depth);
            let read = [strict(text.as_bytes()).is_ok(), parse(text.as_bytes()).is_ok(), parse_own(text.as_bytes()).is_ok()];
            assert_eq!(read, [depth <= 64, depth <= 80, depth <= 96], "{depth}");
        }
        let many = |count: usize| format!("[{}0]", "{\"\":0},".repeat(count));
        assert!(parse(many(1_000).as_bytes()).is_ok());
        assert_eq!(parse(many(100_000).as_bytes()), Err(Unreadable::TooComplicated));
        // Objects of a usual size are never too many.
        let usual = format!("[{}0]", r#"{"url":"https://cdn.example/a.png"},"#.repeat(100_000));
        assert!(parse(usual.as_bytes()).is_ok());
    }
}
