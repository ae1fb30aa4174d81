//! Base64 by RFC 4648: the standard alphabet, padded, and strict: no white space, no stray bits.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What a byte that is no digit of base64 is worth.
const NONE: u8 = 64;

/// What a byte is worth as a digit.
fn worth(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => NONE,
    }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, index| bits << 8 | group.get(index).map_or(0, |byte| u32::from(*byte)));
        for place in 0..4 {
            let digit = ALPHABET.get(bits as usize >> (18 - 6 * place) & 63).filter(|_| place <= group.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

/// The bytes of a text; `None` where it is not strict base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = digits(text)?;
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let bits = (0..4).fold(0, |bits, index| bits << 6 | group.get(index).map_or(0, |byte| u32::from(worth(*byte))));
        let [_, group_bytes @ ..] = bits.to_be_bytes();
        bytes.extend(group_bytes.iter().take(group.len() - 1));
    }
    Some(bytes)
}

/// Whether a text is strict base64.
pub(crate) fn is_base64(text: &str) -> bool {
    digits(text).is_some()
}

/// The digits of a text without their padding; `None` where it is not strict base64.
fn digits(text: &str) -> Option<&[u8]> {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text).as_bytes();
    // The bits of the last digit that stand for no byte.
    let stray = match digits.len() % 4 {
        2 => 0b1111,
        3 => 0b11,
        _ => 0,
    };
    let ends_well = digits.last().is_none_or(|last| worth(*last) & stray == 0);
    (text.len() % 4 == 0 && ends_well && digits.iter().all(|digit| worth(*digit) < NONE)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_survive_both_ways() {
        let all: Vec<u8> = (0..=255).collect();
        for from in 0..all.len() {
            assert_eq!(decode(&encode(&all[from..])).as_deref(), Some(&all[from..]));
        }
        let known = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{3ff}~", "z79+")];
        for (bytes, text) in known {
            assert_eq!(encode(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn what_is_not_strict_is_refused() {
        for bad in [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "=", "==", "===", "====", "Z===", "Zg==Zg==", "Zm-_", "Zm 8", "Zm8=\n", "é9v",
        ] {
            assert!(!is_base64(bad) && decode(bad).is_none(), "{bad}");
        }
        assert!(is_base64("") && is_base64("++//"));
    }
}
