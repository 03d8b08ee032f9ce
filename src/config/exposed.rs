//! Connections that leave this machine without TLS, or without a look at whom they reach; and those that come from the
//! proxy and from Prometheus. They work, and between containers of one machine nobody listens, so they are said, and
//! refused only where `REQUIRE_TLS` says so.

use std::net::SocketAddr;

use redis::{ConnectionAddr, IntoConnectionInfo as _};
use secrecy::ExposeSecret as _;

use super::{Config, ConfigTrouble};
use crate::db::{DatabaseUrl, Tls, is_here};

/// A connection that others can read or change on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    pub variable: &'static str,
    pub host: String,
    pub advice: &'static str,
}

const LISTEN: &str = "answers others than this machine without TLS: whoever is on the way from the proxy can read and \
                      take over sessions. Between containers of one machine nobody listens; else name \
                      LISTEN_CERTIFICATE and LISTEN_KEY. Let only your proxy reach it.";
const METRICS: &str = "answers others than this machine, and has no TLS: whoever is on the way can read the figures. Keep \
                       it on this machine, in a private network or in a tunnel.";
const REDIS: &str = "goes over the network without TLS: whoever is on the way can read the password, settings and \
                     secret prizes, and command the bot. Keep it within one machine or a private network, or write \
                     rediss://.";
const DATABASE: &str = "goes over the network without TLS, or may, as its sslmode allows: whoever is on the way can \
                        read the password and all that is stored. Keep it within one machine, a private network or a \
                        tunnel, or write sslmode=verify-full.";
const UNPROVEN: &str = "is spoken to in TLS, but its certificate is not looked at (sslmode=require, and no \
                        sslrootcert): whoever is on the way can answer in its place, and read and change all that is \
                        stored. Write sslmode=verify-full, and sslrootcert=FILE where no public authority has signed \
                        it.";

impl Config {
    pub fn exposed(&self) -> Vec<Exposed> {
        let is_plain = self.certificate.is_none() && answers_others(self.listen);
        let host = self.listen.ip().to_string();
        let listen = is_plain.then_some(Exposed { variable: "LISTEN", host, advice: LISTEN });
        let metrics = self.metrics_listen.filter(|address| answers_others(*address));
        let metrics = metrics.map(|address| Exposed {
            variable: "METRICS_LISTEN",
            host: address.ip().to_string(),
            advice: METRICS,
        });
        let redis = redis_host(self.redis_url.expose_secret()).filter(|host| !is_here(host));
        let redis = redis.map(|host| Exposed { variable: "REDIS_URL", host, advice: REDIS });
        listen.into_iter().chain(metrics).chain(redis).chain(of_database(&self.database_url)).collect()
    }

    /// # Errors
    /// Names every variable whose connections are [exposed](Config::exposed).
    pub(super) fn without_exposed(self) -> Result<Self, ConfigTrouble> {
        let wrong: Vec<String> = self.exposed().iter().map(Exposed::refused).collect();
        if wrong.is_empty() { Ok(self) } else { Err(ConfigTrouble(wrong)) }
    }
}

impl Exposed {
    /// What is said where it is not allowed.
    pub(super) fn refused(&self) -> String {
        format!("  {}: REQUIRE_TLS refuses {}, which {}", self.variable, self.host, self.advice)
    }
}

/// None: it stays on this machine, or is proven in TLS.
pub(super) fn of_database(url: &DatabaseUrl) -> Option<Exposed> {
    let (host, tls) = url.elsewhere()?;
    let advice = match tls {
        Tls::Without => DATABASE,
        Tls::Unproven => UNPROVEN,
        Tls::Proven => return None,
    };
    Some(Exposed { variable: "DATABASE_URL", host, advice })
}

fn answers_others(listen: SocketAddr) -> bool {
    !listen.ip().to_canonical().is_loopback()
}

/// None: with TLS, or by a socket of this machine.
fn redis_host(url: &str) -> Option<String> {
    match url.into_connection_info().ok()?.addr() {
        ConnectionAddr::Tcp(host, _) => Some(host.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_this_machine_alone_answers_nobody_else() {
        for listen in ["127.0.0.1:8080", "127.8.9.1:80", "[::1]:8080", "[::ffff:127.0.0.1]:8080"] {
            assert!(!answers_others(listen.parse().unwrap()), "{listen}");
        }
        for listen in ["0.0.0.0:8080", "[::]:8080", "10.0.0.7:80", "[fd00::7]:8080"] {
            assert!(answers_others(listen.parse().unwrap()), "{listen}");
        }
    }

    #[test]
    fn a_redis_that_leaves_this_machine_without_tls_is_known_by_its_address() {
        for (url, host) in [
            ("redis://redis:6379", Some("redis")),
            ("redis://:word@10.0.0.7:6379", Some("10.0.0.7")),
            ("redis://127.0.0.1:6379", None),
            ("redis://localhost", None),
            ("redis://[::1]:6379", None),
            ("rediss://redis.example:6379", None),
            ("rediss://redis.example:6379/?sslrootcert=/no/such/file&sslcert=/client.pem&sslkey=/client.key", None),
            ("unix:///run/redis.sock", None),
        ] {
            assert_eq!(redis_host(url).filter(|host| !is_here(host)).as_deref(), host, "{url}");
        }
    }
}
