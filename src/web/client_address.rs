//! Whose request this is, by network address: what a forwarded header says counts from our own proxies only.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use actix_web::web::Data;
use ipnet::IpNet;

use crate::web::WebConfig;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the browser, or of the last proxy that is not ours.
pub fn client_address(req: &HttpRequest) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
    match req.app_data::<Data<WebConfig>>() {
        Some(config) => behind(&config.trusted_proxies, peer, req.headers()),
        None => peer,
    }
}

/// What limits count by: an IPv6 network of 64 bits is one customer.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

/// Walks the chain from our side: each proxy appends whom it was called by, so the first address that is
/// not one of our proxies is the last one that can be believed.
fn behind(trusted: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let is_ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).map(|line| line.to_str().unwrap_or("?")).collect();
    let mut address = peer;
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_ours(&address) {
            break;
        }
        let Some(named) = parse(hop.trim()) else { break };
        address = named;
    }
    address
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn parse(text: &str) -> Option<IpAddr> {
    let address = text
        .parse::<IpAddr>()
        .or_else(|_| text.parse::<std::net::SocketAddr>().map(|address| address.ip()))
        .or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse());
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn address(peer: &str, forwarded: &[&str]) -> String {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"].map(|net| net.parse().expect("a network")).into();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_str(line).expect("a header"));
        }
        behind(&trusted, peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_their_address() {
        assert_eq!(address("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(address("10.0.0.1", &["1.1.1.1, 203.0.113.9"]), "203.0.113.9", "they wrote the first one");
        assert_eq!(address("10.0.0.1", &["1.1.1.1", "203.0.113.9"]), "203.0.113.9", "or a header of their own");
    }

    #[test]
    fn our_own_proxies_are_passed_over() {
        assert_eq!(address("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &["203.0.113.9, 10.0.0.7"]), "203.0.113.9");
        assert_eq!(address("fd00::1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(address("10.0.0.1", &["::ffff:203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn what_cannot_be_read_ends_the_chain() {
        assert_eq!(address("10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &["nonsense, 10.0.0.7"]), "10.0.0.7");
    }

    #[test]
    fn one_customer_counts_once() {
        let network = |text: &str| network_of(text.parse().expect("an address")).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("203.0.113.9"), "203.0.113.9");
        assert_eq!(network("::ffff:203.0.113.9"), "203.0.113.9");
    }
}
