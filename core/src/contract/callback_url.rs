//! Where a callback may be sent to. Checked before anything is paid for.

use super::Contract;
use crate::address::is_forbidden;
use crate::error::{Violation, note};
use crate::json::nth;
use crate::search;
use crate::token::{PLACEHOLDER, TOKEN_CHARS, token_in, with_token};
use crate::url::Origin;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest callback URL with its token in it, in characters.
const MOST_CHARS: usize = 2_048;

/// The most characters of a scheme or port that is shown.
const SHOWN: usize = 20;

/// Checks the callback URL of a submit: https to a public host, at most 2,048 characters with the token in it, and one of the allowed
/// hosts (`hooks.example.com`, in any case), where there are any. Names are not resolved: who sends callbacks must check addresses.
/// The error: everything that is wrong with it.
///
/// This machine is allowed only where the provider itself is simulated on it, by its base URL.
pub fn check_url(contract: &Contract, base: &str, url: &str, allowed_hosts: &[String]) -> Result<(), Vec<Violation>> {
    if !contract.parts().submits.iter().any(|submit| submit.with_callback.is_some()) {
        return Err(vec![fault("no callback: this provider takes none", "a URL")]);
    }
    let mut faults = Vec::new();
    let mut refuse = |expected: &str, actual: &str| faults.push(fault(expected, actual));
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !is_plain {
        refuse("ASCII without white space and backslashes: write others as %XX, and a host as xn--", "others");
    }
    let filled = with_token(url, &"x".repeat(TOKEN_CHARS));
    let length = filled.chars().count();
    if length > MOST_CHARS {
        refuse("at most 2048 characters, with its token", &format!("{length} characters"));
    }
    if let Some(place) = misplaced_token(url) {
        refuse("`{token}` at most once: a whole segment of the path, or the value of `gentask`", place);
    }
    match Parts::of(url) {
        None => refuse("https:// and a host", "no scheme"),
        // Its parts cannot be told apart.
        Some(_) if !is_plain => {}
        Some(parts) => parts.check(base, allowed_hosts, &mut refuse),
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn fault(expected: &str, actual: &str) -> Violation {
    Violation::new("/callbackUrl", "callbackUrl", expected, actual)
}

/// Where `{token}` stands in a URL that must not stand there.
fn misplaced_token(url: &str) -> Option<&'static str> {
    let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let authority = search::split_once(path, "://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let token = "x".repeat(TOKEN_CHARS);
    let filled = with_token(url, &token);
    let stands_in = |text: &str| search::contains(text, PLACEHOLDER);
    if search::contains(&filled, PLACEHOLDER) {
        Some("it more than once")
    } else if stands_in(fragment) {
        Some("it in the fragment, which nobody sends")
    } else if stands_in(authority) {
        Some("it in the host")
    } else if token_in(&filled) != Some(&token) {
        Some(if stands_in(query) { "it elsewhere in the query" } else { "it within a segment" })
    } else {
        None
    }
}

/// A URL whose parts are looked at one by one, so that each fault is told by its name.
struct Parts<'a> {
    scheme: String,
    has_user_info: bool,
    /// In lower case; an IPv6 address keeps its brackets.
    host: String,
    port: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = search::split_once(url, "://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (user, address) = authority.rsplit_once('@').map_or((None, authority), |(user, address)| (Some(user), address));
        let end = if address.starts_with('[') { address.find(']').map_or(address.len(), |at| at + 1) } else { 0 };
        let after = address.get(end..).unwrap_or_default();
        let (more, port) = after.split_once(':').map_or((after, None), |(more, port)| (more, Some(port)));
        let host = [address.get(..end).unwrap_or_default(), more].concat().to_ascii_lowercase();
        Some(Self { scheme: scheme.to_ascii_lowercase(), has_user_info: user.is_some(), host, port })
    }

    fn check(&self, base: &str, allowed_hosts: &[String], refuse: &mut impl FnMut(&str, &str)) {
        let Self { scheme, has_user_info, host, port } = self;
        if *has_user_info {
            refuse("no user name or password before the host: the token proves a callback", "one");
        }
        if let Some(port) = port.filter(|port| !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().unwrap_or(0) == 0) {
            refuse("a port from 1 to 65535, or none", &search::shorten(port, SHOWN));
        }
        // Loopback is judged as requests judge it, so that no spelling of it is one here and another there.
        let origin = Origin::of(&[scheme, "://", host].concat());
        let is_local = |origin: &Origin| origin.is_loopback() && Origin::of(base).is_some_and(|base| base.is_loopback());
        let here = origin.as_ref().is_some_and(is_local);
        if scheme != "https" && !here {
            let is_word = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
            refuse("https", if is_word { search::shorten(scheme, SHOWN) } else { "another scheme".to_owned() }.as_str());
        }
        if let Err(found) = check_host(host) {
            refuse("a host name or address", found);
        } else if !here && !is_public(host) {
            refuse("a public host that the provider can reach, its IPv4 address in four decimal parts: for tests use a tunnel", host);
        } else if !allowed_hosts.is_empty() && !allowed_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host)) {
            refuse(&format!("one of the callback hosts of the client: {}", allowed_hosts.join(", ")), host);
        }
    }
}

/// Checks the hosts that a client's callbacks may go to: each a whole name or address as it stands in a URL. Everything that is wrong is noted.
pub(crate) fn check_hosts(hosts: &[String], faults: &mut Vec<Violation>) {
    for (index, host) in hosts.iter().enumerate() {
        if let Err(found) = check_host(host) {
            note(faults, &nth("/callbackHosts", index), "host", "a host name in full, such as hooks.example.com", found);
        }
    }
}

/// Whether a text is a host as it stands in a URL; the error: what it is instead.
fn check_host(host: &str) -> Result<(), &'static str> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let address = host.strip_prefix('[').and_then(|address| address.strip_suffix(']'));
    match host {
        "" => Err("an empty text"),
        _ if address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()) => Ok(()),
        _ if host.contains('*') => Err("a wildcard"),
        _ if host.contains('/') => Err("a URL or a path"),
        _ if host.contains('@') => Err("a user name"),
        _ if host.contains(':') => Err("a port, or an IPv6 address that is none or has no brackets"),
        _ if host.bytes().any(|byte| byte.is_ascii_whitespace()) => Err("white space"),
        _ if !host.bytes().all(is_name) => Err("a character that no host has: write one beyond ASCII as xn--"),
        _ if host.starts_with('.') || host.contains("..") => Err("a dot too many"),
        _ => Ok(()),
    }
}

/// Whether a host is a public address, or a name that is not known to be private.
pub(crate) fn is_public(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').and_then(|address| address.parse::<Ipv6Addr>().ok());
        return address.is_some_and(|address| !is_forbidden(IpAddr::V6(address)));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or_default();
    // Octal, hexadecimal and short forms of IPv4 are read in different ways by different programs.
    if last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") {
        return host.parse::<Ipv4Addr>().is_ok_and(|address| !is_forbidden(IpAddr::V4(address)));
    }
    let private = [".internal", ".local", ".localhost", ".localdomain", ".home.arpa"];
    name.contains('.') && !private.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, allowed: &[&str]) -> bool {
        let allowed: Vec<String> = allowed.iter().map(|host| (*host).to_owned()).collect();
        let contract = Contract::built_in("apixo").unwrap();
        check_url(&contract, contract.base(), url, &allowed).is_ok()
    }

    /// What was found, fault by fault.
    fn found(base: &str, url: &str, allowed: &[&str]) -> Vec<String> {
        let allowed: Vec<String> = allowed.iter().map(|host| (*host).to_owned()).collect();
        let told = check_url(&Contract::built_in("apixo").unwrap(), base, url, &allowed).err().unwrap_or_default();
        told.into_iter().map(|fault| fault.actual).collect()
    }

    #[test]
    fn callbacks_go_to_public_https_hosts() {
        for good in [
            "https://app.example.com/hook?x=1#f",
            "https://APP.example.com:8443",
            "https://8.8.8.8/h",
            "https://[2606:4700::6810:1]/h",
            "https://app.example.com/{token}",
            "https://app.example.com/?gentask={token}",
        ] {
            assert!(check(good, &[]), "{good}");
        }
        for bad in [
            "http://app.example.com/",
            "https://user@app.example.com/",
            "https://user:pw@app.example.com/",
            "https://localhost/",
            "https://localhost./",
            "https://db/",
            "https://db.internal/",
            "https://db.internal./",
            "https://printer.local/",
            "https://127.0.0.1/",
            "https://127.0.0.1./",
            "https://10.0.0.1/",
            "https://169.254.169.254/",
            "https://168.63.129.16/",
            "https://100.100.100.200/",
            "https://192.0.0.192/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://8.8.0x8/",
            "https://127.1/",
            "https://1.2.3.4.5/",
            "https://app.example.com:0/",
            "https://app.example.com:/",
            "https://app..example.com/",
            "https://[::1",
            "https://[2606:4700::1]x/",
            "https:///hook",
            "https://[::1]/",
            "https://[::ffff:8.8.8.8]/",
            "https://[64:ff9b::808:808]/",
            "https://[fd00::1]/",
            "https://[1::2::3]/",
            "https://{token}.example.com/",
            "https://app.example.com/x{token}",
            "https://app.example.com/{token}/{token}",
            "https://app.example.com/?t={token}",
            "https://app.example.com/#{token}",
            "app.example.com/",
            "",
        ] {
            assert!(!check(bad, &[]), "{bad}");
        }
    }

    #[test]
    fn the_token_counts_towards_the_length() {
        let url = |length: usize| format!("https://app.example.com/{}", "x".repeat(length - "https://app.example.com/".len()));
        let room = MOST_CHARS - "?gentask=".len() - TOKEN_CHARS;
        assert!(check(&url(room), &[]) && !check(&url(room + 1), &[]));
    }

    #[test]
    fn an_allow_list_names_hosts() {
        assert!(check("https://hooks.example.com/", &["other.example.com", "Hooks.Example.com"]));
        assert!(
            !check("https://a.hooks.example.com/", &["hooks.example.com"])
                && !check("https://hooks.example.com.evil.com/", &["hooks.example.com"])
        );
    }

    #[test]
    fn each_fault_is_told_by_its_name_and_all_at_once() {
        let public = "https://api.apixo.ai";
        for (url, expected) in [
            ("http://app.example.com/", vec!["http"]),
            ("ftp://app.example.com/", vec!["ftp"]),
            ("app.example.com/hook", vec!["no scheme"]),
            ("https://user:pw@app.example.com/", vec!["one"]),
            ("https://app.example.com:99999/", vec!["99999"]),
            ("https://db.internal/", vec!["db.internal"]),
            ("https://app.example.com/#{token}", vec!["it in the fragment, which nobody sends"]),
            ("https://{token}.example.com/", vec!["it in the host", "a character that no host has: write one beyond ASCII as xn--"]),
            ("https://app.example.com/{token}/{token}", vec!["it more than once"]),
            ("https://app.example.com/?t={token}", vec!["it elsewhere in the query"]),
            ("https://app.example.com/x{token}", vec!["it within a segment"]),
            ("https://app.example.com/a b", vec!["others"]),
            ("http://me@127.0.0.1:0/x{token}", vec!["it within a segment", "one", "0", "http", "127.0.0.1"]),
        ] {
            assert_eq!(found(public, url, &[]), expected, "{url}");
        }
        // Nothing of a URL is shown but its scheme, its host and its port.
        let contract = Contract::built_in("apixo").unwrap();
        let told = check_url(&contract, public, "ftp://user:pw@10.0.0.1:0/private/x{token}?private=1", &[]).unwrap_err();
        assert!(told.len() == 5 && told.iter().all(|fault| !fault.to_string().contains("private=") && !fault.to_string().contains("pw")));
        assert_eq!(found(public, "https://Other.example.com/", &["hooks.example.com"]), ["other.example.com"]);
    }

    #[test]
    fn this_machine_is_allowed_where_the_provider_is_simulated_on_it() {
        let base = "http://127.0.0.1:8787/apixo";
        assert_eq!(found(base, "http://127.0.0.1:8000/hook", &[]), Vec::<String>::new());
        assert_eq!(found(base, "http://localhost:8000/hook", &[]), Vec::<String>::new());
        assert_eq!(found(base, "http://10.0.0.1/hook", &[]), ["http", "10.0.0.1"]);
        assert_eq!(found("https://api.apixo.ai", "http://127.0.0.1:8000/hook", &[]), ["http", "127.0.0.1"]);
    }

    #[test]
    fn hosts_are_names_in_full() {
        let told = |hosts: &[&str]| {
            let mut faults = Vec::new();
            check_hosts(&hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>(), &mut faults);
            faults.into_iter().map(|fault| (fault.path, fault.actual)).collect::<Vec<_>>()
        };
        assert_eq!(told(&["hooks.example.com", "HOOKS.example.com", "127.0.0.1", "localhost", "[::1]", "my_host"]), []);
        let bad =
            ["https://hooks.example.com", "", "*.example.com", "hooks.example.com:443", "a.example b.example", "me@a.example", "é.example"];
        let found = told(&bad);
        assert_eq!(
            found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(),
            (0..bad.len()).map(|at| format!("/callbackHosts/{at}")).collect::<Vec<_>>()
        );
        let actual: Vec<_> = found.iter().map(|(_, actual)| actual.as_str()).collect();
        assert_eq!(actual[..3], ["a URL or a path", "an empty text", "a wildcard"]);
        assert_eq!(actual[4..6], ["white space", "a user name"]);
    }
}
