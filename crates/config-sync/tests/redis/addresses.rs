//! What an address of Redis may be, and what it makes both sides do.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use config_sync::{ConfigSubscriber, Publisher};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};
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

/// Signed by their own key, and good for a hundred years: for this address, and for another one.
const KEY: &[u8] = include_bytes!("certificates/key.der");
const OWN_NAME: &[u8] = include_bytes!("certificates/own-name.der");
const OTHER_NAME: &[u8] = include_bytes!("certificates/other-name.der");

/// A server that nobody vouches for.
struct Stranger {
    url: String,
    /// How many have said no to its certificate, and how many went on.
    refused: Arc<AtomicUsize>,
    trusted: Arc<AtomicUsize>,
}

impl Stranger {
    fn listens(certificate: &'static [u8]) -> Self {
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate)], PrivatePkcs8KeyDer::from(KEY).into());
        let config = Arc::new(config.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("rediss://{}", listener.local_addr().unwrap());
        let (refused, trusted): (Arc<AtomicUsize>, Arc<AtomicUsize>) = Default::default();
        let counted = (Arc::clone(&refused), Arc::clone(&trusted));
        std::thread::spawn(move || {
            for line in listener.incoming() {
                let mut line = line.unwrap();
                line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
                match tls.complete_io(&mut line) {
                    Ok(_) => counted.1.fetch_add(1, Ordering::SeqCst),
                    Err(error) if said_no(&error) => counted.0.fetch_add(1, Ordering::SeqCst),
                    Err(_) => 0,
                };
            }
        });
        Self { url, refused, trusted }
    }

    fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    async fn is_refused_again(&self, before: usize) {
        for _ in 0..1_200 {
            if self.refused() > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("nobody has refused it for half a minute");
    }
}

fn said_no(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::AlertReceived(_)))
}

#[tokio::test]
async fn a_certificate_that_no_authority_has_signed_is_refused_by_both_sides() {
    for certificate in [OWN_NAME, OTHER_NAME] {
        let stranger = Stranger::listens(certificate);
        let publisher = Publisher::new(&stranger.url, "", DATABASE).unwrap();
        assert!(publisher.ping().await.is_err());
        stranger.is_refused_again(0).await;

        let before = stranger.refused();
        let _bot = ConfigSubscriber::builder(&stranger.url).start().unwrap();
        stranger.is_refused_again(before).await;

        // An address cannot ask to be trusted.
        if let Ok(careless) = Publisher::new(&format!("{}/#insecure", stranger.url), "", DATABASE) {
            assert!(careless.ping().await.is_err());
        }
        assert_eq!(stranger.trusted.load(Ordering::SeqCst), 0, "nobody says a word behind it");
    }
}
