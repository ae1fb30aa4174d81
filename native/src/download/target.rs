//! URLs that a file may be fetched from. Strict about the text itself: the parser repairs what attackers write.

use super::address::is_forbidden;
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
        let url = parse(self.0.join(location))?;
        if location.starts_with("//") {
            check_authority(&format!("https:{location}"))?;
        } else if url.origin() != self.0.origin() || location.contains("://") && url.path() != location.split(['?', '#']).next().unwrap_or_default() {
            // Anything that could name a host has to spell it out.
            if !location.starts_with('/') || url.origin() != self.0.origin() {
                check_authority(location)?;
            }
        }
        if self.0.scheme() == "https" && url.scheme() != "https" {
            return Err(DownloadError::refused(format!("{} redirects from https to http", self.origin())));
        }
        Self::checked(url, policy)
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
    let odd = || DownloadError::refused("the host in the file's URL is not written plainly");
    let scheme_end = text.find("://").filter(|at| ["http", "https"].iter().any(|scheme| text.get(..*at).is_some_and(|it| it.eq_ignore_ascii_case(scheme))));
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
    if host.is_empty() || !host.bytes().all(plain) {
        return Err(odd());
    }
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
    if numeric && host.parse::<Ipv4Addr>().is_err() {
        return Err(odd());
    }
    Ok(())
}
