//! Base64 by RFC 4648: the standard alphabet, padded, and strict: no white space, no stray bits.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Bytes in the standard alphabet, padded.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text; `None` where it is not strict base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Bytes in the alphabet of URLs, without padding.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a text in the alphabet of URLs; `None` where it is padded, or not strict.
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Whether a text is strict base64: the standard alphabet, padded, no stray bits, nothing else. Decodes piece by piece.
pub(crate) fn is_base64(text: &str) -> bool {
    let pieces = text.as_bytes().chunks(4096);
    let last = pieces.len().saturating_sub(1);
    let mut buffer = [0; 3072];
    pieces.enumerate().all(|(index, piece)| match STANDARD.decode_slice(piece, &mut buffer) {
        Ok(size) => index == last || size == buffer.len(),
        Err(_) => false,
    })
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
