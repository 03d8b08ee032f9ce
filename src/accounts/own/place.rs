//! From where somebody signed in, as far as that can be said honestly: the network, shortened. No table of places on
//! earth is asked, because it would be wrong too often, and old.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::web::words::Message;

/// What is kept of an address: 24 bits of IPv4, 48 of IPv6. That says which network it is, and not whose device.
pub fn network(address: IpAddr) -> String {
    let address = address.to_canonical();
    let length = if address.is_ipv4() { 24 } else { 48 };
    IpNet::new(address, length).map(|net| net.trunc().to_string()).unwrap_or_default()
}

/// In words.
pub(super) fn place(network: &str) -> Message {
    let Ok(net) = network.parse::<IpNet>() else { return Message::new("session-place-unknown") };
    let (here, local, shown) = match net.addr() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            (address.is_loopback(), address.is_private() || address.is_link_local(), format!("{a}.{b}.{c}.*"))
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            let local = address.is_unique_local() || address.is_unicast_link_local();
            // The first 48 bits of the loopback are all zero.
            (address.is_unspecified(), local, format!("{a:x}:{b:x}:{c:x}:*"))
        }
    };
    match (here, local) {
        (true, _) => Message::new("session-place-here"),
        (_, true) => Message::new("session-place-local").name("network", shown),
        _ => Message::new("session-place").name("network", shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Words;

    #[test]
    fn of_an_address_the_network_is_kept_and_said_and_no_more() {
        let all = [
            ("203.0.113.77", "203.0.113.0/24", "network 203.0.113.*"),
            ("::ffff:203.0.113.77", "203.0.113.0/24", "network 203.0.113.*"),
            ("2001:db8:12:34:5:6:7:8", "2001:db8:12::/48", "network 2001:db8:12:*"),
            ("192.168.1.20", "192.168.1.0/24", "local network 192.168.1.*"),
            ("fd00:1:2:3::4", "fd00:1:2::/48", "local network fd00:1:2:*"),
            ("127.0.0.1", "127.0.0.0/24", "the machine this dashboard runs on"),
            ("::1", "::/48", "the machine this dashboard runs on"),
        ];
        for (address, kept, said) in all {
            let network = network(address.parse().expect("an address"));
            assert_eq!(network, kept, "{address}");
            let words = Words::default().say(&place(&network)).replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(words, said, "{address}");
        }
        assert_eq!(Words::default().say(&place("")), "unknown network", "it began before this was kept");
    }
}
