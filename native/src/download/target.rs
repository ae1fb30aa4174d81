//! URLs that a file may be fetched from. Strict about the text itself: the parser repairs what attackers write.

use gentask_core::is_forbidden;
use super::{Addresses, DownloadError, DownloadPolicy};
use crate::http::is_loopback;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// A URL whose scheme, port and host were checked. What its name leads to is checked when it is looked up.
#[derive(Debug)]
pub(super) struct Target(Url);

impl Target {
    /// The URL of a result.
    pub(super) fn first(text: &str, policy: &DownloadPolicy) -> Result<Self, DownloadError> {
        check_authority(text)?;
        Self::checked(parse(Url::parse(text))?, policy)
    }

    /// Where this one redirects to.
    pub(super) fn next(&self, location: &str, policy: &DownloadPolicy) -> Result<Self, DownloadError> {
        // The parser drops control characters and reads a backslash as a slash.
        if location.bytes().any(|byte| byte.is_ascii_control() || byte == b'\\') || location.starts_with(' ') {
            return Err(DownloadError::refused(format!("{} redirects to a malformed URL", self.origin())));
        }
        if location.starts_with("//") {
            check_authority(&format!("https:{location}"))?;
        } else if location.split(['/', '?', '#']).next().unwrap_or_default().contains(':') {
            check_authority(location)?;
        }
        let url = parse(self.0.join(location))?;
        if self.0.scheme() == "https" && url.scheme() != "https" {
            return Err(DownloadError::refused(format!("{} redirects from https to http", self.origin())));
        }
        // Nothing out there sends anyone to this machine.
        let allow = if is_loopback(&self.0) { policy.allow } else { Addresses::Public };
        Self::checked(url, &DownloadPolicy { allow, ..policy.clone() })
    }

    /// The URL.
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// Its origin, for a message.
    pub(super) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    fn checked(url: Url, policy: &DownloadPolicy) -> Result<Self, DownloadError> {
        let origin = url.origin().ascii_serialization();
        if !url.username().is_empty() || url.password().is_some() {
            return Err(DownloadError::refused("the file's URL holds a user name"));
        }
        if policy.allow == Addresses::PublicAndLoopback && matches!(url.scheme(), "http" | "https") && is_loopback(&url) {
            return Ok(Self(url));
        }
        let port = match url.scheme() {
            "https" => 443,
            "http" if policy.allow_http => 80,
            scheme => return Err(DownloadError::refused(format!("files are not fetched over {scheme}"))),
        };
        if url.port_or_known_default() != Some(port) {
            return Err(DownloadError::refused(format!("{origin} is not on port {port}")));
        }
        let forbidden = match url.host() {
            Some(Host::Domain(name)) => is_local_name(name),
            Some(Host::Ipv4(address)) => is_forbidden(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_forbidden(IpAddr::V6(address)),
            None => true,
        };
        if forbidden {
            return Err(DownloadError::refused(format!("{origin} is outside the public internet")));
        }
        Ok(Self(url))
    }
}

fn parse(url: Result<Url, url::ParseError>) -> Result<Url, DownloadError> {
    url.map_err(|_| DownloadError::refused("the file's URL is malformed"))
}

/// Names that only mean something inside a network.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.is_empty() || ["localhost", "internal", "local"].iter().any(|last| name == *last || name.ends_with(&format!(".{last}")))
}

/// Whether the host in the URL's text is a plain name or a plain address: no user, no backslash, no percent sign, and no number
/// that the parser would read as an address (`0x7f.1`, `017700000001`, `127.1`).
fn check_authority(text: &str) -> Result<(), DownloadError> {
    let odd = || DownloadError::refused("the host in the file's URL is ambiguous");
    let scheme_end = text
        .find("://")
        .filter(|at| ["http", "https"].iter().any(|scheme| text.get(..*at).is_some_and(|it| it.eq_ignore_ascii_case(scheme))));
    let Some(scheme_end) = scheme_end else {
        return Err(DownloadError::refused("the file's URL is neither https nor http"));
    };
    let rest = text.get(scheme_end + 3..).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(DownloadError::refused("the file's URL holds a user name"));
    }
    if let Some(inner) = authority.strip_prefix('[') {
        let (address, _port) = inner.split_once(']').ok_or_else(odd)?;
        return address.parse::<Ipv6Addr>().map(drop).map_err(|_| odd());
    }
    let host = authority.split(':').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if host.is_empty() || host.starts_with('.') || host.contains("..") || !host.bytes().all(plain) {
        return Err(odd());
    }
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
    if numeric && host.parse::<Ipv4Addr>().is_err() {
        return Err(odd());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: std::time::Duration = std::time::Duration::from_secs(1);
    const PUBLIC: DownloadPolicy = DownloadPolicy {
        allow: Addresses::Public,
        max_bytes: 1,
        allow_http: false,
        idle_timeout: SECOND,
        slowest: super::super::Pace { bytes: 1, window: SECOND },
    };

    fn fits(url: &str, policy: &DownloadPolicy) -> bool {
        Target::first(url, policy).is_ok()
    }

    #[test]
    fn plain_public_urls_pass() {
        for url in [
            "https://cdn.example.com/a/b.png?x=1#y",
            "HTTPS://CDN.example.com:443/",
            "https://8.8.8.8/",
            "https://[2606:4700::1]/",
            "https://1a.example/",
            "https://xn--bcher-kva.example/",
            "https://a_b.example./",
            "https://user.example/?u=a@b",
            "https://internal.example/",
            "https://0x7f.example/",
        ] {
            assert!(fits(url, &PUBLIC), "{url}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for url in [
            "",
            "cdn.example/x",
            "ftp://cdn.example/",
            "file:///etc/passwd",
            "data:image/png;base64,AA==",
            "https:cdn.example/",
            "https:/cdn.example/",
            "https:///cdn.example/",
            " https://cdn.example/",
            "http://cdn.example/",
            "https://cdn.example:8443/",
            "https://cdn.example:80/",
            "https://user@cdn.example/",
            "https://user:pw@cdn.example/",
            "https://@cdn.example/",
            "https://cdn.example\\@evil.example/",
            "https://cdn.exa\tmple/",
            "https://cdn%2eexample/",
            "https://b\u{fc}cher.example/",
            "https://\u{ff11}27.0.0.1/",
            "https://127\u{3002}0.0.1/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://127.0.0.1./",
            "https://8.8.2056/",
            "https://134744072/",
            "https://010.8.8.8/",
            "https://8.8.8.8./",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:8.8.8.8]/",
            "https://[fd00:ec2::254]/",
            "https://[::1%25eth0]/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://metadata.google.internal/",
            "https://printer.local/",
            "https://local/",
            "https://./",
            "https://a../",
            "https://cdn.example:/@",
            "https://?x",
        ] {
            // An empty port is the default one.
            assert!(url == "https://cdn.example:/@" || !fits(url, &PUBLIC), "{url}");
        }
    }

    #[test]
    fn loopback_and_http_only_where_the_policy_says_so() {
        let loopback = DownloadPolicy { allow: Addresses::PublicAndLoopback, ..PUBLIC };
        for url in ["http://127.0.0.1:8080/a", "http://localhost:1/", "http://[::1]:9/", "https://cdn.example/"] {
            assert!(fits(url, &loopback), "{url}");
        }
        for url in [
            "http://10.0.0.1/",
            "http://cdn.example/",
            "http://127.1:8080/",
            "http://0.0.0.0:8080/",
            "ftp://127.0.0.1/",
            "http://a@127.0.0.1/",
        ] {
            assert!(!fits(url, &loopback), "{url}");
        }
        let http = DownloadPolicy { allow_http: true, ..PUBLIC };
        assert!(fits("http://cdn.example/", &http) && fits("http://cdn.example:80/", &http) && fits("https://cdn.example/", &http));
        assert!(!fits("http://cdn.example:8080/", &http) && !fits("http://cdn.example:443/", &http) && !fits("http://127.0.0.1/", &http));
    }

    #[test]
    fn redirects_are_checked_as_strictly() {
        let http = DownloadPolicy { allow_http: true, allow: Addresses::PublicAndLoopback, ..PUBLIC };
        let from = Target::first("https://cdn.example/a/b", &PUBLIC).unwrap();
        let next = |location: &str| from.next(location, &http).map(|target| target.url().to_string()).ok();
        assert_eq!(next("c?x=https://y").as_deref(), Some("https://cdn.example/a/c?x=https://y"));
        assert_eq!(next("/c").as_deref(), Some("https://cdn.example/c"));
        assert_eq!(next("//other.example/c").as_deref(), Some("https://other.example/c"));
        assert_eq!(next("https://other.example/c").as_deref(), Some("https://other.example/c"));
        for bad in [
            "http://cdn.example/",
            "http://127.0.0.1/",
            "//127.1/",
            "https://0x7f.1/",
            "https:other.example",
            "///evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "https:/\t/evil.example",
            "//user@cdn.example/",
            "javascript:alert(1)",
            "https://169.254.169.254/",
            "https://[::1]:444/",
            " //evil.example",
        ] {
            assert_eq!(next(bad), None, "{bad}");
        }
        assert_eq!(next("https://127.0.0.1:444/"), None);
        let local = Target::first("http://127.0.0.1:1/", &http).unwrap();
        assert!(local.next("http://127.0.0.1:2/", &http).is_ok() && local.next("https://cdn.example/", &http).is_ok());
        let plain = Target::first("http://cdn.example/", &http).unwrap();
        assert!(plain.next("https://cdn.example/", &http).is_ok() && plain.next("http://other.example/", &http).is_ok());
    }
}
