//! Connections that leave this machine without TLS. They work, and between containers of one machine nobody listens, so
//! they are said and not refused.

use std::net::IpAddr;

use redis::{ConnectionAddr, IntoConnectionInfo as _};
use secrecy::ExposeSecret as _;
use url::Url;

use super::Config;
use crate::db::DatabaseUrl;

/// A connection that others can read and change on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheClear {
    pub variable: &'static str,
    pub host: String,
    pub advice: &'static str,
}

const REDIS: &str = "goes over the network without TLS: whoever is on the way can read the password, settings and \
                     secret prizes, and command the bot. Keep it within one machine or a private network, or write \
                     rediss://.";
const DATABASE: &str = "goes over the network without TLS, which the built-in client has not: whoever is on the way \
                        can read the password and all that is stored. Keep it within one machine, a private network \
                        or a tunnel.";

impl Config {
    pub fn in_the_clear(&self) -> Vec<InTheClear> {
        let redis = redis_host(self.redis_url.expose_secret()).map(|host| ("REDIS_URL", host, REDIS));
        let database = match &self.database_url {
            DatabaseUrl::Postgres { url } => postgres_host(url).map(|host| ("DATABASE_URL", host, DATABASE)),
            DatabaseUrl::Sqlite { .. } => None,
        };
        let all = redis.into_iter().chain(database).filter(|(_, host, _)| !is_here(host));
        all.map(|(variable, host, advice)| InTheClear { variable, host, advice }).collect()
    }
}

/// None: with TLS, or by a socket of this machine.
fn redis_host(url: &str) -> Option<String> {
    match url.into_connection_info().ok()?.addr() {
        ConnectionAddr::Tcp(host, _) => Some(host.clone()),
        _ => None,
    }
}

/// The first host that is not here, if there are several. None: a socket of this machine.
fn postgres_host(url: &Url) -> Option<String> {
    let named = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let hosts = named("hostaddr").or_else(|| named("host")).or_else(|| url.host_str().map(str::to_owned))?;
    let is_socket =
        |host: &str| host.is_empty() || host.starts_with(['/', '@']) || host.to_ascii_lowercase().starts_with("%2f");
    hosts.split(',').find(|host| !is_socket(host) && !is_here(host)).map(str::to_owned)
}

fn is_here(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_this_machine_without_tls_is_known_by_its_address() {
        for (url, host) in [
            ("redis://redis:6379", Some("redis")),
            ("redis://:word@10.0.0.7:6379", Some("10.0.0.7")),
            ("redis://127.0.0.1:6379", None),
            ("redis://localhost", None),
            ("redis://[::1]:6379", None),
            ("rediss://redis.example:6379", None),
            ("unix:///run/redis.sock", None),
        ] {
            assert_eq!(redis_host(url).filter(|host| !is_here(host)).as_deref(), host, "{url}");
        }
        for (url, host) in [
            ("postgres://guildhall:word@db/guildhall", Some("db")),
            ("postgres://db.example/guildhall?sslmode=require", Some("db.example")),
            ("postgres://127.0.0.1/guildhall", None),
            ("postgres://localhost/guildhall?host=db", Some("db")),
            ("postgres://localhost/guildhall?host=localhost,10.0.0.7", Some("10.0.0.7")),
            ("postgres:///guildhall?host=/run/postgresql", None),
            ("postgres://%2Frun%2Fpostgresql/guildhall", None),
            ("postgres:///guildhall", None),
        ] {
            let Ok(DatabaseUrl::Postgres { url }) = url.parse() else { panic!("{url}") };
            assert_eq!(postgres_host(&url).as_deref(), host, "{url}");
        }
    }
}
