//! What an address of Redis may be, and what it makes both sides do.

use config_sync::{ConfigSubscriber, Publisher};
use tokio::io::AsyncReadExt;

use crate::support::DATABASE;

#[tokio::test]
async fn a_rediss_address_is_spoken_to_in_tls_by_both_sides() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("rediss://{}", listener.local_addr().unwrap());
    let first_byte = async || listener.accept().await.unwrap().0.read_u8().await.unwrap();

    let publisher = Publisher::new(&url, "", DATABASE).unwrap();
    let (_, byte) = tokio::join!(publisher.ping(), first_byte());
    assert_eq!(byte, 0x16, "a handshake");

    let _bot = ConfigSubscriber::builder(&url).start().unwrap();
    assert_eq!(first_byte().await, 0x16, "a handshake");
    assert_eq!(first_byte().await, 0x16, "and again, for ever");
}

#[test]
fn an_address_that_is_none_is_refused_without_repeating_its_password() {
    for url in ["", "redis", "http://:geheim@x", "redis://:geheim@x:99999", "redis://:geheim@x/a/b"] {
        let Err(error) = Publisher::new(url, "", DATABASE) else {
            panic!("{url} was taken");
        };
        assert!(!error.to_string().contains("geheim"), "{error}");
    }
}
