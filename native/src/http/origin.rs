//! What a request may be: whom its key is bound to, compared here once more with the parser that the request itself goes through, and
//! which headers are its own.

use super::Undelivered;
use url::{Host, Url};

/// The URL that is sent to, as the HTTP stack reads it.
pub(super) fn parse(url: &str) -> Result<Url, Undelivered> {
    let url = Url::parse(url).map_err(|_| Undelivered::not_sent("the request's URL is malformed"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Undelivered::not_sent("the request's URL is neither https nor http"));
    }
    // The HTTP stack would turn it into a credential of its own.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Undelivered::not_sent("the request's URL holds a user name"));
    }
    Ok(url)
}

/// Whether the key may go to this URL.
pub(super) fn check_trusted(url: &Url, trusted: &[String]) -> Result<(), Undelivered> {
    let origin = url.origin();
    let text = origin.ascii_serialization();
    // Usually it stands there letter for letter; only otherwise is anything parsed.
    let is_same = |one: &String| *one == text || Url::parse(one).is_ok_and(|one| one.origin() == origin);
    if !trusted.iter().any(is_same) {
        return Err(Undelivered::not_sent(format!("{text} is not an origin of this provider, so it does not get the key")));
    }
    if url.scheme() != "https" && !is_loopback(url) {
        return Err(Undelivered::not_sent(format!("{text} is not https, so it does not get the key")));
    }
    Ok(())
}

/// Headers that belong to the HTTP stack: a contract that sets one could make a request lie about its own length.
const RESERVED: [&str; 5] = ["host", "content-length", "transfer-encoding", "connection", "upgrade"];

/// Whether these headers are a request's own to set.
pub(super) fn check_headers(headers: &[(String, String)]) -> Result<(), Undelivered> {
    let reserved = |name: &str| RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
    match headers.iter().find(|(name, _)| reserved(name)) {
        Some((name, _)) => Err(Undelivered::not_sent(format!("the header `{name}` belongs to the HTTP client"))),
        None => Ok(()),
    }
}

/// Whether the URL names this machine: `localhost`, 127.0.0.0/8 or `[::1]`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gentask_core::Delivery;

    #[test]
    fn only_a_trusted_origin_gets_the_key() {
        let trusted = ["https://api.example.com/v1".to_owned(), "http://127.0.0.1:8080".to_owned(), "http://plain.example.com".to_owned()];
        let check = |url: &str| parse(url).and_then(|url| check_trusted(&url, &trusted));
        for good in ["https://api.example.com/x", "https://API.example.com:443/x", "http://127.0.0.1:8080/x", "http://127.1:8080/"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "http://api.example.com/x",
            "https://api.example.com:8443/x",
            "https://api.example.com.evil.com/x",
            "https://api.example.com@evil.com/x",
            "https://evil.com\\@api.example.com/x",
            "https://evil.com#@api.example.com/",
            "http://127.0.0.1:8081/x",
            "http://plain.example.com/",
            "ftp://api.example.com/",
            "data:,x",
            "",
        ] {
            assert_eq!(check(bad).map_err(|refused| refused.delivery), Err(Delivery::NotSent), "{bad}");
        }
    }

    #[test]
    fn a_refusal_shows_the_origin_and_nothing_else() {
        let url = parse("https://evil.example/secret?token=1").unwrap();
        let reason = check_trusted(&url, &[]).unwrap_err().reason;
        assert!(reason.contains("https://evil.example ") && !reason.contains("token"), "{reason}");
    }

    #[test]
    fn this_machine_is_an_address_not_a_name_that_begins_like_one() {
        let loopback = |url: &str| is_loopback(&Url::parse(url).unwrap());
        assert!(loopback("http://localhost:1") && loopback("http://127.9.9.9") && loopback("http://[::1]:1"));
        assert!(!loopback("http://127.0.0.1.evil.com") && !loopback("http://localhost.evil.com") && !loopback("http://[::ffff:127.0.0.1]"));
    }
}
