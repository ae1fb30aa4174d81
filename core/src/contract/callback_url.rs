//! Where a callback may be sent to. Checked before anything is paid for.

use super::Contract;
use crate::address::is_forbidden;
use crate::error::Violation;
use crate::search;
use crate::token::{TOKEN_CHARS, token_in, with_token};
use crate::url::Origin;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest callback URL with its token in it, in characters.
const MOST_CHARS: usize = 2_048;

/// Checks the callback URL of a submit: https to a public host, at most 2,048 characters with the token in it, and one of the allowed
/// hosts (`hooks.example.com`, in any case), where there are any. Names are not resolved: who sends callbacks must check addresses.
///
/// This machine is allowed only where the provider itself is simulated on it.
pub fn check_url(contract: &Contract, url: &str, allowed_hosts: &[String]) -> Result<(), Violation> {
    let refuse = |expected: &str| Err(Violation::new("/callbackUrl", "callbackUrl", expected, "another URL"));
    if !contract.parts().submits.iter().any(|submit| submit.with_callback.is_some()) {
        return refuse("no callback: this provider takes none");
    }
    let token = "x".repeat(TOKEN_CHARS);
    let filled = with_token(url, &token);
    let Some(origin) = Origin::of(&filled) else { return refuse(EXPECTED) };
    if filled.chars().count() > MOST_CHARS {
        return refuse("at most 2048 characters, with its token");
    }
    if token_in(&filled) != Some(&token) || search::contains(&filled, "{token}") {
        return refuse("`{token}` at most once, as a whole segment of the path");
    }
    let here = origin.is_loopback() && Origin::of(contract.base()).is_some_and(|base| base.is_loopback());
    if !here && (origin.scheme != "https" || !is_public(&origin.host)) {
        return refuse(EXPECTED);
    }
    if !allowed_hosts.is_empty() && !allowed_hosts.iter().any(|host| host.eq_ignore_ascii_case(&origin.host)) {
        return refuse("one of the hosts that callbacks are allowed to");
    }
    Ok(())
}

const EXPECTED: &str = "an https URL of a public host, without userinfo";

/// Whether a host is a public address, or a name that is not known to be private.
fn is_public(host: &str) -> bool {
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
        check_url(&Contract::built_in("apixo").unwrap(), url, &allowed).is_ok()
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
}
