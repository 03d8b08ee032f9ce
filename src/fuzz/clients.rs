//! Who asks, and for which host: a header line on each line. The first is also read as a host and as languages.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use actix_web::web::Data;
use url::Url;

use crate::web::client_address::{client_address, network_of};
use crate::web::language::Language;
use crate::web::{WebConfig, host, submitted};

const FORWARDED_FOR: &str = "x-forwarded-for";
const LINES: usize = 8;

pub fn clients(data: &[u8]) {
    let lines: Vec<HeaderValue> =
        data.split(|byte| *byte == b'\n').take(LINES).filter_map(|line| HeaderValue::from_bytes(line).ok()).collect();
    let stranger = "203.0.113.9:4711";
    assert_eq!(address(stranger, &lines), ip(stranger), "a stranger chooses no address");
    // Our proxy appends whom it was called by.
    let mut appended = lines.clone();
    appended.push(HeaderValue::from_static("198.51.100.7"));
    assert_eq!(address("10.0.0.1:80", &appended).to_string(), "198.51.100.7", "nor does anybody behind a proxy");
    let found = address("10.0.0.1:80", &lines);
    assert_eq!(found, found.to_canonical());
    assert_eq!(network_of(network_of(found)), network_of(found));
    if let Some(first) = lines.first().and_then(|line| line.to_str().ok()) {
        assert_host(first);
        let _ = Language::accepted(first);
    }
}

/// What is taken for our host leads to our origin.
fn assert_host(host: &str) {
    let config = config();
    if host::is_ours(host, &config) {
        let there = Url::parse(&format!("https://{host}/")).expect("an address");
        assert_eq!(there.origin(), config.public_url.origin());
        assert!(there.username().is_empty() && there.path() == "/", "{host}");
    }
}

fn address(peer: &str, lines: &[HeaderValue]) -> IpAddr {
    let peer: SocketAddr = peer.parse().expect("an address");
    let mut request = TestRequest::default().peer_addr(peer).app_data(Data::new(config()));
    for line in lines {
        request = request.append_header((FORWARDED_FOR, line.clone()));
    }
    client_address(&request.to_http_request())
}

fn ip(address: &str) -> IpAddr {
    address.parse::<SocketAddr>().expect("an address").ip()
}

fn config() -> WebConfig {
    WebConfig {
        public_url: "https://dashboard.example.com".parse().expect("an address"),
        links: Default::default(),
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a network")],
        body_within: submitted::BODY_WITHIN,
        pseudo_languages: false,
    }
}
