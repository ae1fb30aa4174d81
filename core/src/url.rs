//! URLs as far as the core needs them: what origin one has. Strict: what is unusual is refused, never repaired.

use crate::search;

/// Scheme, host and port: what a credential is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// `https` or `http`.
    pub(crate) scheme: &'static str,
    /// In lower case; an IPv6 address keeps its brackets.
    pub(crate) host: String,
    /// The port, the scheme's own where none is named.
    pub(crate) port: u16,
}

impl Origin {
    /// The origin of an absolute http(s) URL. `None`: not one, or with userinfo, white space, a backslash or control characters.
    pub(crate) fn of(url: &str) -> Option<Self> {
        if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return None;
        }
        let (scheme, rest) = search::split_once(url, "://")?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" => "https",
            "http" => "http",
            _ => return None,
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        let (host, port) = if authority.starts_with('[') {
            let (host, after) = authority.split_at_checked(authority.find(']')? + 1)?;
            (host, if after.is_empty() { None } else { Some(after.strip_prefix(':')?) })
        } else {
            match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            }
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let bracketed = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.' | b'[' | b']');
        let valid = if host.starts_with('[') { host.len() > 2 && host.bytes().all(bracketed) } else { host.bytes().all(plain) };
        if host.is_empty() || !valid || host.starts_with('.') {
            return None;
        }
        let port = match port {
            None => {
                if scheme == "https" {
                    443
                } else {
                    80
                }
            }
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => port.parse().ok().filter(|port| *port > 0)?,
            Some(_) => return None,
        };
        Some(Self { scheme, host: host.to_ascii_lowercase(), port })
    }

    /// Whether the host is this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        let v4 = || {
            let parts: Vec<&str> = self.host.split('.').collect();
            parts.len() == 4 && parts.first() == Some(&"127") && parts.iter().all(|part| part.parse::<u8>().is_ok())
        };
        self.host == "localhost" || self.host == "[::1]" || v4()
    }

    /// Whether requests with a key may go there: https, or http to this machine.
    pub(crate) fn is_safe(&self) -> bool {
        self.scheme == "https" || self.is_loopback()
    }

    /// The origin as text, for a message.
    pub(crate) fn text(&self) -> String {
        let default = if self.scheme == "https" { 443 } else { 80 };
        if self.port == default {
            format!("{}://{}", self.scheme, self.host)
        } else {
            format!("{}://{}:{}", self.scheme, self.host, self.port)
        }
    }
}

/// Percent-encodes one path segment or query value: everything but the unreserved characters of RFC 3986.
pub(crate) fn encode_segment(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_compared_by_scheme_host_and_port() {
        let origin = |url| Origin::of(url).map(|origin| origin.text());
        assert_eq!(origin("HTTPS://API.example.com:443/a?b#c").as_deref(), Some("https://api.example.com"));
        assert_eq!(origin("http://[::1]:8080/").as_deref(), Some("http://[::1]:8080"));
        for bad in [
            "https://a@b.c/",
            "https://a\\@b.c",
            "ftp://a.b",
            "https://",
            "https://a.b:0",
            "https://a.b:99999",
            "https://a b.c",
            "//a.b",
            "https://a.b:+80",
            "https://é.c",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn loopback_is_an_address_not_a_name_that_begins_like_one() {
        let loopback = |url| Origin::of(url).is_some_and(|origin| origin.is_loopback());
        assert!(loopback("http://127.0.0.1:1/") && loopback("http://localhost/") && loopback("http://[::1]/"));
        assert!(!loopback("http://127.0.0.1.evil.com/") && !loopback("http://localhost.evil.com/"));
    }
}
