//! Which addresses are not the public internet: nothing is fetched from them, and no callback is sent to them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 networks that nothing is fetched from.
const FORBIDDEN_V4: [([u8; 4], u32); 17] = [
    ([0, 0, 0, 0], 8),          // this network
    ([10, 0, 0, 0], 8),         // private
    ([100, 64, 0, 0], 10),      // carrier-grade NAT; holds Alibaba's metadata address 100.100.100.200
    ([127, 0, 0, 0], 8),        // loopback
    ([168, 63, 129, 16], 32),   // Azure's metadata and wire server
    ([169, 254, 0, 0], 16),     // link-local; holds the usual metadata address
    ([172, 16, 0, 0], 12),      // private
    ([192, 0, 0, 0], 24),       // protocol assignments; holds Oracle's metadata address 192.0.0.192
    ([192, 0, 2, 0], 24),       // documentation
    ([192, 88, 99, 0], 24),     // relays of 6to4
    ([192, 168, 0, 0], 16),     // private
    ([198, 18, 0, 0], 15),      // benchmarks
    ([198, 51, 100, 0], 24),    // documentation
    ([203, 0, 113, 0], 24),     // documentation
    ([224, 0, 0, 0], 4),        // multicast
    ([240, 0, 0, 0], 4),        // reserved
    ([255, 255, 255, 255], 32), // broadcast
];

/// The only IPv6 network that holds public unicast addresses. Outside of it are `::/96`, IPv4-mapped addresses, `64:ff9b::/96` and
/// `64:ff9b:1::/48` (NAT64), `fc00::/7` (unique local), `fe80::/10` (link-local), `fec0::/10` (site-local) and multicast.
const PUBLIC_V6: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// IPv6 networks inside [`PUBLIC_V6`] that nothing is fetched from.
const FORBIDDEN_V6: [([u16; 8], u32); 7] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 32),     // Teredo: holds an IPv4 address
    ([0x2001, 2, 0, 0, 0, 0, 0, 0], 48),     // benchmarks
    ([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28),  // ORCHID
    ([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28),  // ORCHID, version 2
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),     // 6to4: holds an IPv4 address
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),     // documentation
];

/// Whether an address must not be asked on behalf of somebody else: anything that is not public unicast, whatever else it may embed, and
/// the public addresses at which clouds serve their machines' credentials.
pub fn is_forbidden(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => FORBIDDEN_V4.iter().any(|network| in_v4(address, *network)),
        IpAddr::V6(address) => !in_v6(address, PUBLIC_V6) || FORBIDDEN_V6.iter().any(|network| in_v6(address, *network)),
    }
}

fn in_v4(address: Ipv4Addr, (network, bits): ([u8; 4], u32)) -> bool {
    let mask = u32::MAX << (32 - bits);
    address.to_bits() & mask == Ipv4Addr::from(network).to_bits()
}

fn in_v6(address: Ipv6Addr, (network, bits): ([u16; 8], u32)) -> bool {
    let mask = u128::MAX << (128 - bits);
    address.to_bits() & mask == Ipv6Addr::from(network).to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forbidden(text: &str) -> bool {
        is_forbidden(text.parse().unwrap_or_else(|_| panic!("{text} is no address")))
    }

    #[test]
    fn every_network_is_refused_from_its_first_address_to_its_last_and_no_further() {
        // First and last address of the network, and its neighbours where these are public.
        let table = [
            ("0.0.0.0", "0.255.255.255", Some("1.0.0.0"), None),
            ("10.0.0.0", "10.255.255.255", Some("9.255.255.255"), Some("11.0.0.0")),
            ("100.64.0.0", "100.127.255.255", Some("100.63.255.255"), Some("100.128.0.0")),
            ("127.0.0.0", "127.255.255.255", Some("126.255.255.255"), Some("128.0.0.0")),
            ("168.63.129.16", "168.63.129.16", Some("168.63.129.15"), Some("168.63.129.17")),
            ("169.254.0.0", "169.254.255.255", Some("169.253.255.255"), Some("169.255.0.0")),
            ("172.16.0.0", "172.31.255.255", Some("172.15.255.255"), Some("172.32.0.0")),
            ("192.0.0.0", "192.0.0.255", Some("191.255.255.255"), Some("192.0.1.0")),
            ("192.0.2.0", "192.0.2.255", Some("192.0.1.255"), Some("192.0.3.0")),
            ("192.88.99.0", "192.88.99.255", Some("192.88.98.255"), Some("192.88.100.0")),
            ("192.168.0.0", "192.168.255.255", Some("192.167.255.255"), Some("192.169.0.0")),
            ("198.18.0.0", "198.19.255.255", Some("198.17.255.255"), Some("198.20.0.0")),
            ("198.51.100.0", "198.51.100.255", Some("198.51.99.255"), Some("198.51.101.0")),
            ("203.0.113.0", "203.0.113.255", Some("203.0.112.255"), Some("203.0.114.0")),
            ("224.0.0.0", "255.255.255.255", Some("223.255.255.255"), None),
            ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("2000::"), None),
            ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", None, Some("2001:1::1")),
            ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", None, Some("2001:2:1::")),
            ("2001:10::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", Some("2001:f::1"), Some("2001:30::1")),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Some("2001:db7::1"), Some("2001:db9::1")),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("2001:ffff::1"), Some("2003::1")),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", Some("3ffe::1"), Some("3fff:1000::1")),
            ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", None, None),
        ];
        for (first, last, before, after) in table {
            assert!(forbidden(first), "{first}");
            assert!(forbidden(last), "{last}");
            for public in [before, after].into_iter().flatten() {
                assert!(!forbidden(public), "{public}");
            }
        }
    }

    #[test]
    fn named_hiding_places_are_refused() {
        for address in [
            "127.0.0.1",
            "169.254.169.254",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "255.255.255.255",
            "239.255.255.250",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::10.0.0.1",
            "100::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2002:7f00:1::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "feff::1",
            "ff02::1",
            "5f00::1",
        ] {
            assert!(forbidden(address), "{address}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for address in ["8.8.8.8", "1.1.1.1", "104.16.0.1", "2606:4700::6810:1", "2a00:1450:4001::200e", "2001:4860:4860::8888"] {
            assert!(!forbidden(address), "{address}");
        }
    }
}
