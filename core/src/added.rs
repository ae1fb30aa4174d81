//! Headers that a program adds to requests: which ones it may. Whatever sends a request asks here before it sends one with such a header.

/// The longest name and the longest value, in bytes: servers refuse a request whose head is larger than they like.
const LONGEST: (usize, usize) = (100, 4_096);

/// Headers that are the HTTP stack's own, that say how a body is to be read, or that prove who asks.
const OWN: [&str; 16] = [
    "host",
    "content-length",
    "content-type",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
    "expect",
    "accept-encoding",
    "authorization",
    "proxy-authorization",
    "proxy-connection",
    "cookie",
];

/// Why a header may not be added to a request that has the headers `taken`, the one with the key among them; nothing where it may. The
/// words show neither its name nor its value, which may be a secret.
pub fn refused_header<'a>(name: &str, value: &str, mut taken: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let is_it = |one: &str| one.eq_ignore_ascii_case(name);
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || name.len() > LONGEST.0 || !name.bytes().all(is_token) {
        Some("its name is not valid: expected at most 100 letters, digits and dashes")
    } else if OWN.into_iter().any(is_it) {
        Some("it belongs to the client")
    } else if taken.any(is_it) {
        Some("it is there already")
    } else if value.len() > LONGEST.1 || value.trim_ascii() != value || !value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        Some("its value is not valid: expected at most 4096 visible ASCII characters, without white space around them")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, value: &str) -> Option<&'static str> {
        refused_header(name, value, ["x-api-key", "idempotency-key"].into_iter())
    }

    #[test]
    fn headers_of_the_programs_own_may_be_added() {
        for name in ["traceparent", "X-Correlation-Id", "user-agent", "tracestate", "baggage"] {
            assert_eq!(refused(name, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), None, "{name}");
        }
        assert_eq!(refused("x-empty", ""), None);
        assert_eq!(refused("x-tab", "a\tb"), None);
    }

    #[test]
    fn what_the_client_sends_is_not_changed() {
        for name in ["Host", "content-length", "Content-Type", "expect", "AUTHORIZATION", "cookie", "accept-encoding", "te"] {
            assert!(refused(name, "x").is_some_and(|why| why == "it belongs to the client"), "{name}");
        }
        for name in ["X-API-Key", "idempotency-key"] {
            assert!(refused(name, "x").is_some_and(|why| why == "it is there already"), "{name}");
        }
    }

    #[test]
    fn a_name_or_a_value_that_is_none_is_refused() {
        for name in ["", "a b", "a:b", "é", "a\r\nb", &"a".repeat(101)] {
            assert!(refused(name, "secret").is_some_and(|why| why.starts_with("its name is not valid")), "{name:?}");
        }
        for value in ["secret\r\nhost: evil", " secret", "secret ", "sécret", "secret\0", "secret\u{7f}"] {
            assert!(refused("x-own", value).is_some_and(|why| why.starts_with("its value is not valid")), "{value:?}");
        }
        assert!(refused("x-own", &"a".repeat(4_097)).is_some_and(|why| why.starts_with("its value is not valid")));
    }
}
