//! Changes to bytes: at random places, and where JSON has its values.

use crate::draw::Draw;

/// What JSON, headers and URLs break on, as it stands in a text.
const TOKENS: [&str; 44] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "-1e400",
    "1e-400",
    "NaN",
    "Infinity",
    "4611686018427387904",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.1",
    "1.0",
    "\"\"",
    "\" \"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\u0000\"",
    "\"\\\\\"",
    "[]",
    "{}",
    "[[]]",
    "{\"a\":{}}",
    "[null,null]",
    "\"success\"",
    "\"failed\"",
    "\"task-0\"",
    "\"https://cdn.example.com/a.png\"",
    "\"http://x\"",
    "\"data:image/png;base64,iVBORw0KGgo=\"",
    "\"#/$defs/a\"",
    "\"/a/*/b\"",
    "\"{taskId}\"",
    "\"$input\"",
    "\u{feff}",
    "\u{e9}",
    "\u{1f600}",
    "//",
    "..",
    "%2F",
    "\r\n",
];

/// The longest input that an edit makes.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Changes bytes in one way.
pub fn edit(draw: &mut Draw<'_>, bytes: &mut Vec<u8>) {
    let at = draw.below(bytes.len().min(65_536) + 1);
    let most = if draw.flag() { 8 } else { 512 };
    let end = (at + 1 + draw.below(most)).min(bytes.len());
    let at = at.min(end);
    let token = draw.pick::<&str>(&TOKENS).as_bytes();
    match draw.byte() % 16 {
        0 if at < bytes.len() => bytes[at] ^= 1 << draw.below(8),
        1 if at < bytes.len() => bytes[at] = draw.byte(),
        2 => drop(bytes.drain(at..end)),
        3 => drop(bytes.splice(at..at, draw.bytes(8).iter().copied())),
        4 => drop(bytes.splice(at..at, token.iter().copied())),
        5 => {
            let part = bytes[at..end].repeat(1 + draw.below(4));
            bytes.splice(at..at, part);
        }
        6 => bytes.truncate(end),
        7 => {
            // The same again and again: what is squared or worse shows.
            let part = bytes[at..end].repeat(1 + draw.below(200));
            bytes.splice(at..at, part.into_iter().take(16 * 1024));
        }
        8 => {
            let levels = draw.below(80);
            let (open, close) = *draw.pick(&[("[", "]"), ("{\"a\":", "}")]);
            if let Some((start, end)) = value_after(bytes, at) {
                bytes.splice(end..end, close.repeat(levels).into_bytes());
                bytes.splice(start..start, open.repeat(levels).into_bytes());
            }
        }
        9 => {
            if let (Some((start, end)), Some((from, to))) = (value_after(bytes, at), value_after(bytes, draw.below(bytes.len() + 1))) {
                let part = bytes[from..to].to_vec();
                bytes.splice(start..end, part);
            }
        }
        _ => {
            if let Some((start, end)) = value_after(bytes, at) {
                bytes.splice(start..end, token.iter().copied());
            }
        }
    }
    bytes.truncate(LONGEST);
}

/// Puts a part of another input into this one.
pub fn splice(draw: &mut Draw<'_>, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = draw.below(bytes.len().min(65_536) + 1).min(bytes.len());
    let from = draw.below(other.len().min(65_536) + 1).min(other.len());
    let part = match (draw.flag(), value_after(other, from)) {
        (true, Some((start, end))) => &other[start..end],
        _ => &other[from..(from + draw.below(512)).min(other.len())],
    };
    let target = if draw.flag() { value_after(bytes, at) } else { None };
    let (start, end) = target.unwrap_or((at, at));
    bytes.splice(start..end, part.iter().copied());
    bytes.truncate(LONGEST);
}

/// The first JSON value at or after a place, as far as brackets and quotes tell. Member names count as values.
fn value_after(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let begins = |byte: &u8| matches!(byte, b'"' | b'[' | b'{' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n');
    let start = at + bytes.get(at..)?.iter().position(begins)?;
    let mut depth = 0_usize;
    let mut place = start;
    loop {
        match bytes.get(place)? {
            b'"' => {
                place += 1;
                while *bytes.get(place)? != b'"' {
                    place += if bytes[place] == b'\\' { 2 } else { 1 };
                }
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        place += 1;
        let scalar_goes_on = !matches!(bytes[start], b'"' | b'[' | b'{')
            && bytes.get(place).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
        if depth == 0 && !scalar_goes_on {
            return Some((start, place));
        }
    }
}
