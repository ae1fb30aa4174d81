//! Published keys: a JSON Web Key Set (RFC 7517) with Ed25519 keys (RFC 8037).
//!
//! ```json
//! {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "key-1", "use": "sig", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
//! ```

use crate::base64;
use crate::error::{Error, ErrorCode, Violation, note};
use crate::json::{self, Fields, Members, nth};
use serde_json::Value;

/// The most bytes of a key set: 64 KiB.
pub const MOST_JWKS_BYTES: usize = 64 << 10;
/// The most keys of one.
const MOST_KEYS: usize = 16;

/// A published Ed25519 key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its name. A hint which of the keys to try first, and no more.
    pub id: Option<String>,
    /// Its 32 bytes.
    pub bytes: [u8; 32],
}

/// Reads a key set: its Ed25519 keys for signatures. Keys of other kinds are left out.
///
/// The error is the provider's: more than 64 KiB or 16 keys, no JSON, a key that is no key, or none at all.
pub fn read_jwks(bytes: &[u8]) -> Result<Vec<PublicKey>, Error> {
    let refuse = |faults| Error::invalid(ErrorCode::UpstreamError, "the published keys", faults);
    if bytes.len() > MOST_JWKS_BYTES {
        let expected = format!("at most {MOST_JWKS_BYTES} bytes");
        return Err(refuse(vec![Violation::new("", "size", expected, format!("{} bytes", bytes.len()))]));
    }
    let set = json::parse_strict(bytes, json::ROOM_PER_BYTE).map_err(refuse)?;
    let mut faults = Vec::new();
    let fields = Fields::tolerant(&set, "", &mut faults);
    fields.need("keys", &mut faults);
    let listed = fields.array("keys", &mut faults);
    if listed.len() > MOST_KEYS {
        note(&mut faults, "/keys", "maxItems", &format!("at most {MOST_KEYS} keys"), &listed.len().to_string());
    }
    let mut keys = Vec::new();
    for (index, value) in listed.iter().take(MOST_KEYS).enumerate() {
        keys.extend(read_key(value, &nth("/keys", index), &mut faults));
    }
    if keys.is_empty() && faults.is_empty() {
        note(&mut faults, "/keys", "minItems", "an Ed25519 key", "none");
    }
    if faults.is_empty() { Ok(keys) } else { Err(refuse(faults)) }
}

fn read_key(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<PublicKey> {
    let fields = Fields::tolerant(value, path, faults);
    let is = |name: &str, word: &str| fields.get(name).and_then(Value::as_str) == Some(word);
    let is_for_signatures = fields.get("use").is_none() || is("use", "sig");
    if !(is("kty", "OKP") && is("crv", "Ed25519") && is_for_signatures) {
        return None;
    }
    let text = fields.need_string("x", faults);
    let bytes = base64::decode_url(&text).and_then(|bytes| bytes.try_into().ok());
    if bytes.is_none() {
        note(faults, &fields.at("x"), "key", "32 bytes in base64url without padding", &format!("{} characters", text.len()));
    }
    Some(PublicKey { id: fields.string("kid", faults), bytes: bytes? })
}

/// Writes a key set, as a provider publishes it: for simulated providers and tests.
pub fn write_jwks(keys: &[PublicKey]) -> Vec<u8> {
    let key = |key: &PublicKey| {
        let mut members = Members::default();
        members.text("kty", "OKP").text("crv", "Ed25519").text("use", "sig").text("x", &base64::encode_url(&key.bytes));
        if let Some(id) = &key.id {
            members.text("kid", id);
        }
        members.done()
    };
    let keys = Value::Array(keys.iter().map(key).collect());
    json::to_canonical(&Members::default().value("keys", keys).done()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_set_survives_both_ways_and_other_keys_are_left_out() {
        let keys = vec![PublicKey { id: Some("a".to_owned()), bytes: [7; 32] }, PublicKey { id: None, bytes: [8; 32] }];
        let text = String::from_utf8(write_jwks(&keys)).unwrap();
        assert_eq!(read_jwks(text.as_bytes()).unwrap(), keys);
        let mixed =
            text.replace("{\"keys\":[", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"x\"},{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"x\"},");
        assert_eq!(read_jwks(mixed.as_bytes()).unwrap(), keys);
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        let key = |x: &str| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
        let good = base64::encode_url(&[7; 32]);
        let set = |keys: &[String]| format!(r#"{{"keys":[{}]}}"#, keys.join(","));
        assert!(read_jwks(set(&vec![key(&good); 16]).as_bytes()).is_ok());
        for bad in [
            set(&vec![key(&good); 17]),
            set(&[]),
            set(&[key("")]),
            set(&[key(&good[1..])]),
            set(&[key(&format!("{good}="))]),
            set(&[key(&base64::encode(&[0xFB; 32]))]),
            set(&["1".to_owned()]),
            "{}".to_owned(),
            "[]".to_owned(),
            String::new(),
            r#"{"keys":[],"keys":[]}"#.to_owned(),
            format!("{}{}", set(&[key(&good)]), " ".repeat(MOST_JWKS_BYTES)),
        ] {
            assert!(read_jwks(bad.as_bytes()).is_err(), "{}", crate::search::shorten(&bad, 200));
        }
    }
}
