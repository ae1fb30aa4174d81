//! Name lookups that answer with checked addresses only. The connection goes to what is returned here, so a name that changes
//! its mind between the check and the connection gains nothing.

use super::Addresses;
use gentask_core::is_forbidden;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, SocketAddr};

/// A lookup with an answer that must not be connected to.
#[derive(Debug, thiserror::Error)]
#[error("{name} has an address outside the public internet")]
pub(super) struct Refused {
    name: String,
}

/// The system's lookup, refused as a whole when any answer is forbidden.
pub(super) struct Checked {
    allow: Addresses,
}

impl Checked {
    pub(super) fn new(allow: Addresses) -> Self {
        Self { allow }
    }
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let allow = self.allow;
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            check(&name, &found, allow)?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn check(name: &str, found: &[SocketAddr], allow: Addresses) -> Result<(), Refused> {
    // A public name that leads to this machine is refused even then.
    let local = allow == Addresses::PublicAndLoopback && name == "localhost";
    let good = |address: IpAddr| if local { address.is_loopback() } else { !is_forbidden(address) };
    if found.iter().all(|answer| good(answer.ip())) { Ok(()) } else { Err(Refused { name: name.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_forbidden_answer_spoils_all() {
        let answers = |list: &[&str]| list.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect::<Vec<_>>();
        let check = |name, list, allow| check(name, &answers(list), allow).is_ok();
        assert!(check("cdn.example", &["8.8.8.8", "2606:4700::1"], Addresses::Public));
        assert!(!check("cdn.example", &["8.8.8.8", "10.0.0.1"], Addresses::Public));
        assert!(!check("cdn.example", &["8.8.8.8", "::ffff:8.8.8.8"], Addresses::Public));
        assert!(!check("cdn.example", &["127.0.0.1"], Addresses::PublicAndLoopback));
        assert!(!check("localhost", &["127.0.0.1"], Addresses::Public));
        assert!(check("localhost", &["127.0.0.1", "::1"], Addresses::PublicAndLoopback));
        assert!(!check("localhost", &["10.0.0.1"], Addresses::PublicAndLoopback));
    }
}
