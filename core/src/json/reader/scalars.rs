//! Strings and numbers.

use super::{Manner, Reader, Unreadable};
use crate::json::MAX_SAFE;
use serde_json::{Number, Value};

impl Reader<'_> {
    /// What stands in a string, up to and with its closing quote.
    pub(super) fn string(&mut self) -> Result<String, Unreadable> {
        let mut string = String::new();
        loop {
            let plain = plain_run(self.rest().as_bytes());
            string.push_str(self.rest().get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escaped()?);
                }
                Some(control) if self.is_lenient() => {
                    self.at += 1;
                    string.push(char::from(control));
                }
                _ => return Err(Unreadable::NotJson),
            }
        }
    }

    /// The character that an escape stands for, after its backslash.
    pub(super) fn escaped(&mut self) -> Result<char, Unreadable> {
        let byte = self.peek().ok_or(Unreadable::NotJson)?;
        self.at += 1;
        match byte {
            b'"' | b'\\' | b'/' => Ok(char::from(byte)),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => match self.code_point().and_then(char::from_u32) {
                Some(char) => Ok(char),
                None if self.is_lenient() => Ok(char::REPLACEMENT_CHARACTER),
                None => Err(Unreadable::NotJson),
            },
            _ => {
                self.at -= 1;
                let char = self.rest().chars().next().filter(|_| self.is_lenient()).ok_or(Unreadable::NotJson)?;
                self.at += char.len_utf8();
                Ok(char)
            }
        }
    }

    /// What `\u` stands for, with the second half of a pair; half a pair is no code point.
    fn code_point(&mut self) -> Option<u32> {
        let unit = self.hex()?;
        let after = self.at;
        if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
            self.at += 2;
            if let Some(low) = self.hex().filter(|low| (0xDC00..0xE000).contains(low)) {
                return Some(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            }
            self.at = after;
        }
        Some(unit)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    pub(super) fn number(&mut self) -> Result<Value, Unreadable> {
        let start = self.at;
        let is_negative = self.eat(b'-');
        if is_negative && self.is_lenient() && self.peek() == Some(b'I') {
            return self.word("Infinity", Value::Null);
        }
        let leads_with_zero = self.peek() == Some(b'0');
        let digits = self.digits()?;
        let is_padded = leads_with_zero && digits > 1;
        let mut is_integer = true;
        if self.eat(b'.') {
            is_integer = false;
            self.digits()?;
        }
        let has_exponent = self.eat(b'e') || self.eat(b'E');
        if has_exponent {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let own_text = || if self.is_lenient() { Ok(Value::String(text.to_owned())) } else { Err(Unreadable::NotJson) };
        if is_padded {
            return own_text();
        }
        if is_integer && !has_exponent && text != "-0" {
            let integer =
                if is_negative { text.parse().ok().map(|int: i64| int.into()) } else { text.parse().ok().map(|int: u64| int.into()) };
            match integer {
                Some(integer) => return Ok(Value::Number(integer)),
                None if self.is_lenient() => return own_text(),
                None => {}
            }
        }
        let float: f64 = text.parse().unwrap_or(f64::INFINITY);
        let Some(number) = Number::from_f64(float) else { return own_text() };
        let is_whole = float.fract() == 0.0 && float.abs() <= MAX_SAFE;
        if self.manner == Manner::Answer && !has_exponent && !is_whole && number.to_string() != text {
            return own_text();
        }
        Ok(Value::Number(number))
    }

    /// Skips digits, one at least; how many there are.
    fn digits(&mut self) -> Result<usize, Unreadable> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        if digits == 0 { Err(Unreadable::NotJson) } else { Ok(digits) }
    }
}

/// How many bytes stand before the next quote, backslash or control character. Whole blocks first, which compilers do at once.
fn plain_run(bytes: &[u8]) -> usize {
    let is_special = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
    let is_plain = |block: &&[u8]| !block.iter().fold(false, |any, byte| any | is_special(byte));
    let blocks = bytes.chunks_exact(16).take_while(is_plain).count() * 16;
    let rest = bytes.get(blocks..).unwrap_or_default();
    blocks + rest.iter().position(is_special).unwrap_or(rest.len())
}
