//! URIs by RFC 3986 and data URIs by RFC 2397, judged by their syntax alone.

use crate::base64::is_base64;
use crate::search::split_once;

/// Whether a text is a URI with a scheme, RFC 3986 section 3.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (part, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = match part.strip_prefix("//") {
        None => part,
        Some(rest) => {
            let (authority, path) = split_before(rest, '/');
            if !is_authority(authority) {
                return false;
            }
            path
        }
    };
    is_scheme(scheme) && made_of(path, ":@/") && made_of(query, ":@/?") && made_of(fragment, ":@/?")
}

/// What stands before the first of a mark, and the mark with all that follows it.
fn split_before(text: &str, mark: char) -> (&str, &str) {
    text.find(mark).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

fn is_authority(authority: &str) -> bool {
    let (user, host) = authority.split_once('@').unwrap_or(("", authority));
    let (is_host, port) = if let Some((address, port)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        (is_address(address), port)
    } else {
        let (name, port) = split_before(host, ':');
        (made_of(name, ""), port)
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    made_of(user, ":") && is_host && is_port
}

fn is_address(address: &str) -> bool {
    let future = || {
        let (version, rest) = address.strip_prefix(['v', 'V'])?.split_once('.')?;
        let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(is_version && !rest.is_empty() && !rest.contains('%') && made_of(rest, ":"))
    };
    is_ipv6(address) || future() == Some(true)
}

/// Eight groups of 16 bits, the last two of which may be written as an IPv4 address; `::` stands for one group of zeros or more.
fn is_ipv6(address: &str) -> bool {
    match split_once(address, "::") {
        None => groups(address, true) == Some(8),
        Some((head, tail)) => groups(head, false).zip(groups(tail, true)).is_some_and(|(head, tail)| head + tail < 8),
    }
}

fn groups(text: &str, may_end_in_ipv4: bool) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut parts = text.split(':').peekable();
    let mut count = 0;
    while let Some(part) = parts.next() {
        if part.contains('.') && parts.peek().is_none() && may_end_in_ipv4 {
            let is_number = |number: &str| number.parse::<u8>().is_ok_and(|value| value.to_string() == number);
            if part.split('.').count() != 4 || !part.split('.').all(is_number) {
                return None;
            }
            count += 2;
        } else if matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            count += 1;
        } else {
            return None;
        }
    }
    Some(count)
}

/// Whether a part has only unreserved characters, sub-delimiters, whole percent escapes and what is `also` allowed in it.
fn made_of(part: &str, also: &str) -> bool {
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'%' => [bytes.next(), bytes.next()].iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || also.as_bytes().contains(&byte),
        };
        if !allowed {
            return false;
        }
    }
    true
}

/// Whether a text is a data URI: `data:[type/subtype][;name=value]...[;base64],data`. Base64 data is strict and not percent-escaped.
pub(super) fn is_data_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let Some((header, data)) = rest.split_once(',') else { return false };
    let (header, is_data) = match header.strip_suffix(";base64") {
        Some(header) => (header, is_base64(data)),
        None => (header, made_of(data, ":@/?")),
    };
    let mut parts = header.split(';');
    let media_type = parts.next().unwrap_or_default();
    let is_type = media_type.is_empty() || media_type.split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
    let are_parameters = parts.all(|part| part.split_once('=').is_some_and(|(name, value)| is_token(name) && made_of(value, "")));
    scheme.eq_ignore_ascii_case("data") && is_type && are_parameters && is_data
}

/// Whether a text is a name in a media type, RFC 2045.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff::split_mix_64;

    #[test]
    fn uris_are_judged_by_rfc_3986() {
        for good in ["a:", "file:///x", "http://[::1]:8080/", "http://[v1.a:b]/", "http://h:/?a=b/c?d#e?f", "x:a//b", "http://a%20b/"] {
            assert!(is_uri(good), "{good}");
        }
        for bad in ["", ":", "1a:b", "http://[::1/", "http://[::g]/", "http://h:8a/", "a:%2", "a:%zz", "a:#b#c", "a:é", "a:[b]", "a:\\b"] {
            assert!(!is_uri(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_are_judged_as_by_the_standard_library() {
        let mut addresses: Vec<String> =
            ["::", ":", "", ":::", "1::2::3", "1:2:3:4:5:6:7:8", "::1.2.3.4", "1.2.3.4", "1.2.3.4::", "::ffff:1.2.3.4"]
                .iter()
                .chain(&[
                    "1:2:3:4:5:6:1.2.3.4",
                    "1:2:3:4:5:6:7:1.2.3.4",
                    "::01.2.3.4",
                    "::1.2.3",
                    "::1.2.3.256",
                    "::+1.2.3.4",
                    "::1.2.3.4:5",
                    "::%1",
                ])
                .chain(&[
                    "12345::",
                    "::g",
                    "1:",
                    ":1",
                    "1:2:3:4:5:6:7::",
                    "1:2:3:4:5:6:7:8::",
                    "::2:3:4:5:6:7:8",
                    "::1:2:3:4:5:6:7:8",
                    "a:B::C:d",
                    "::1.2.3.4.",
                ])
                .map(ToString::to_string)
                .collect();
        for seed in 0..20_000 {
            let drawn = split_mix_64(3, seed).to_le_bytes();
            addresses.push(drawn.map(|byte| ["1", ":", "::", "a0", ".", "1.2", ":f"][usize::from(byte % 7)]).concat());
        }
        for address in addresses {
            assert_eq!(is_ipv6(&address), address.parse::<std::net::Ipv6Addr>().is_ok(), "{address}");
        }
    }

    #[test]
    fn data_uris_are_judged_by_rfc_2397() {
        for good in ["data:,", "data:,a%20b", "data:text/plain;charset=utf-8,x", "data:;base64,AA==", "DATA:image/svg+xml,%3Csvg/%3E"] {
            assert!(is_data_uri(good), "{good}");
        }
        for bad in ["", "data:", "data:text/plain", "data:text,x", "data:/x,y", "data:;a,b", "data:;base64,A", "data:,a b", "http:a,b"] {
            assert!(!is_data_uri(bad), "{bad}");
        }
    }
}
