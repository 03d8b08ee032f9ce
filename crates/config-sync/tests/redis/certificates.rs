//! Whose certificate is trusted, and whom a Redis lets in by one.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use config_sync::{Command, ConfigSubscriber, Dispatched, Done, Publisher, Unreachable, now_ms};
use redis::io::tcp::socket2::Socket;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};
use uuid::Uuid;

use crate::commands::{answered, end};
use crate::support::{DATABASE, Heard, PREFIX, Redis, change, eventually, following_at, held_port};

/// The key of every server here, and certificates that it signed itself, good for a hundred years: for this address,
/// and for another one.
const KEY: &[u8] = include_bytes!("certificates/key.der");
const OWN_NAME: &[u8] = include_bytes!("certificates/own-name.der");
const OTHER_NAME: &[u8] = include_bytes!("certificates/other-name.der");
/// The same, signed by the private authority of `authority.pem`. That of `other-authority.pem` has its name, and
/// another key.
const SERVER: &[u8] = include_bytes!("certificates/server.pem");
const ELSEWHERE: &[u8] = include_bytes!("certificates/elsewhere.pem");

const AUTHORITY: &str = "sslrootcert=authority.pem";
const OTHER_AUTHORITY: &str = "sslrootcert=other-authority.pem";
const CLIENT: &str = "sslcert=client.pem&sslkey=client.key";

fn kept(file: &str) -> String {
    format!("{}/tests/redis/certificates/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// The address, with words that name files in our folder.
fn naming(url: &str, words: &[&str]) -> String {
    format!("{url}/?{}", words.join("&").replace('=', &format!("={}", kept(""))))
}

/// A server that shows a certificate, and listens to who trusts it.
struct Stranger {
    url: String,
    /// How many have said no to its certificate, and how many went on.
    refused: Arc<AtomicUsize>,
    trusted: Arc<AtomicUsize>,
}

impl Stranger {
    fn listens(certificate: CertificateDer<'static>) -> Self {
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(KEY).into());
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

    fn trusted(&self) -> usize {
        self.trusted.load(Ordering::SeqCst)
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

    /// Whoever comes by this address says no to the certificate.
    async fn is_refused_by_both_sides(&self, url: &str) {
        let before = self.refused();
        let publisher = Publisher::new(url, "", DATABASE).unwrap();
        assert!(publisher.ping().await.is_err());
        self.is_refused_again(before).await;

        let before = self.refused();
        let _bot = ConfigSubscriber::builder(url).start().unwrap();
        self.is_refused_again(before).await;
        assert_eq!(self.trusted(), 0, "nobody says a word behind it");
    }
}

fn said_no(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::AlertReceived(_)))
}

#[tokio::test]
async fn a_certificate_that_no_authority_has_signed_is_refused_by_both_sides() {
    for certificate in [OWN_NAME, OTHER_NAME] {
        let stranger = Stranger::listens(CertificateDer::from(certificate));
        stranger.is_refused_by_both_sides(&stranger.url).await;

        // An address cannot ask to be trusted.
        if let Ok(careless) = Publisher::new(&format!("{}/#insecure", stranger.url), "", DATABASE) {
            assert!(careless.ping().await.is_err());
        }
        assert_eq!(stranger.trusted(), 0, "nobody says a word behind it");
    }
}

#[tokio::test]
async fn a_certificate_of_another_authority_or_for_another_name_is_refused_by_both_sides() {
    for (certificate, words) in [(SERVER, None), (SERVER, Some(OTHER_AUTHORITY)), (ELSEWHERE, Some(AUTHORITY))] {
        let stranger = Stranger::listens(CertificateDer::from_pem_slice(certificate).unwrap());
        let url = words.map_or_else(|| stranger.url.clone(), |words| naming(&stranger.url, &[words]));
        stranger.is_refused_by_both_sides(&url).await;
    }
}

/// A Redis that speaks TLS at an address of its own, with the certificate of the private authority; the test itself
/// asks it without.
struct Certified {
    redis: Redis,
    url: String,
    _held: Socket,
}

/// `clients`: whether they have to show a certificate of the same authority.
async fn certified(clients: &str) -> Certified {
    let held = held_port();
    let port = held.local_addr().unwrap().as_socket().unwrap().port().to_string();
    let (server, key, authority) = (kept("server.pem"), kept("key.pem"), kept("authority.pem"));
    let more = [
        ["--tls-port", &port],
        ["--tls-cert-file", &server],
        ["--tls-key-file", &key],
        ["--tls-ca-cert-file", &authority],
        ["--tls-auth-clients", clients],
    ];
    let redis = Redis::start_with(|_| more.iter().flatten().map(|word| (*word).to_owned()).collect()).await;
    Certified { redis, url: format!("rediss://127.0.0.1:{port}"), _held: held }
}

impl Certified {
    /// A change and a command get to a bot, and its answers back, with nothing but this address on either side.
    async fn serves_both_sides(&self, url: &str) {
        let publisher = Publisher::new(url, PREFIX, DATABASE).unwrap();
        eventually(async || publisher.ping().await.ok()).await;
        publisher.begin_rebuild(0).await.unwrap();
        publisher.complete_rebuild(0).await.unwrap();

        let heard = Heard::default();
        let obey = |_: Command| std::future::ready(Ok::<Done, String>(Done::posted(7, 8)));
        let _bot = following_at(url, &heard).obey(obey).start().unwrap();
        publisher.publish(&change(1), 0).await.unwrap();
        heard.until(&[1]).await;
        assert_eq!(eventually(async || self.redis.applied().await).await.revision, 1);

        let id = Uuid::now_v7();
        let command = serde_json::to_vec(&end(id, "g")).unwrap();
        assert_eq!(publisher.dispatch(&command, now_ms() + 120_000).await, Ok(Dispatched::Sent));
        assert_eq!(answered(&self.redis, id, 1).await["messageId"], "8");
    }
}

#[tokio::test]
async fn a_certificate_of_a_private_authority_is_trusted_where_the_address_names_it() {
    let certified = certified("no").await;
    certified.serves_both_sides(&naming(&certified.url, &[AUTHORITY])).await;

    let strict = Publisher::new(&naming(&certified.url, &[OTHER_AUTHORITY]), PREFIX, DATABASE).unwrap();
    assert!(refusal(&strict).await.contains("invalid peer certificate"));
}

#[tokio::test]
async fn a_redis_that_asks_for_a_certificate_serves_both_sides_that_show_one_and_nobody_else() {
    let certified = certified("yes").await;
    certified.serves_both_sides(&naming(&certified.url, &[AUTHORITY, CLIENT])).await;

    let nobody = Publisher::new(&naming(&certified.url, &[AUTHORITY]), PREFIX, DATABASE).unwrap();
    refusal(&nobody).await;
}

/// Why there is no connection, when that is certain: not for want of time.
async fn refusal(publisher: &Publisher) -> String {
    eventually(async || match publisher.ping().await {
        Err(Unreachable::Broken(why)) => Some(why),
        Err(_) => None,
        Ok(()) => panic!("it is served"),
    })
    .await
}
