//! TLS to Redis: what an address says of whom to trust, and of what to show.
//!
//! The files it names are read when a client is made, and never again. The speaking itself is the
//! redis crate's.

use redis::{ClientTlsConfig, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, TlsCertificates};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use crate::BadRedisUrl;

/// Named as in addresses of PostgreSQL, so that they mean one thing.
const AUTHORITY: &str = "sslrootcert";
const CERTIFICATE: &str = "sslcert";
const KEY: &str = "sslkey";

/// Reads an address, and the files that it names.
pub(crate) fn read(url: &str) -> Result<(ConnectionInfo, Option<TlsCertificates>), BadRedisUrl> {
    let mut address = redis::parse_redis_url(url).ok_or_else(|| wrong("it is no address of a Redis"))?;
    let query = address.query().unwrap_or_default().to_owned();
    let (mut files, mut others) = (Files::default(), Vec::new());
    for pair in query.split('&') {
        // A plus is a plus, as to PostgreSQL, and no space.
        address.set_query(Some(&pair.replace('+', "%2B")));
        match address.query_pairs().next() {
            // Overlooking one that is misspelt would trust somebody else.
            Some((name, file)) if name.to_ascii_lowercase().starts_with("ssl") => files.take(&name, &file)?,
            _ => others.push(pair),
        }
    }
    address.set_query((!others.is_empty()).then(|| others.join("&")).as_deref());
    let info = address.into_connection_info().map_err(|error| wrong(error.to_string()))?;
    let is_tls = matches!(info.addr(), ConnectionAddr::TcpTls { .. });
    if is_tls {
        choose_cryptography();
    }
    let certificates = files.read(is_tls)?;
    Ok((info, certificates))
}

/// The redis crate panics when it speaks TLS and nobody said whose cryptography to use, or when
/// several are compiled in. A choice the program made before stands.
fn choose_cryptography() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Refused only if another thread was quicker: then there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
    }
}

/// What an address names.
#[derive(Default)]
struct Files {
    authority: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
}

impl Files {
    /// The last word counts, and an empty one names nothing, as to PostgreSQL.
    fn take(&mut self, name: &str, file: &str) -> Result<(), BadRedisUrl> {
        let named = match name {
            AUTHORITY => &mut self.authority,
            CERTIFICATE => &mut self.certificate,
            KEY => &mut self.key,
            // The word itself may be half of a password with a question mark in it.
            _ => {
                return Err(wrong(format!("of what begins with ssl it may have {AUTHORITY}, {CERTIFICATE} and {KEY}")));
            }
        };
        *named = Some(file.to_owned()).filter(|file| !file.is_empty());
        Ok(())
    }

    fn read(&self, is_tls: bool) -> Result<Option<TlsCertificates>, BadRedisUrl> {
        let client_tls = match (&self.certificate, &self.key) {
            (None, None) if self.authority.is_none() => return Ok(None),
            _ if !is_tls => return Err(wrong(format!("{AUTHORITY}, {CERTIFICATE} and {KEY} are for rediss:// alone"))),
            (None, None) => None,
            (Some(certificate), Some(key)) => Some(identity(certificate, key)?),
            _ => return Err(wrong(format!("{CERTIFICATE} and {KEY} belong together, and one of them is missing"))),
        };
        let root_cert = self.authority.as_deref().map(authorities).transpose()?;
        Ok(Some(TlsCertificates { client_tls, root_cert }))
    }
}

/// The client's certificate and its key, which have to be a pair.
fn identity(certificate: &str, key: &str) -> Result<ClientTlsConfig, BadRedisUrl> {
    let (client_cert, client_key) = (content(CERTIFICATE, certificate)?, content(KEY, key)?);
    let chain = certificates(CERTIFICATE, certificate, &client_cert)?;
    let secret = PrivateKeyDer::from_pem_slice(&client_key)
        .map_err(|_| wrong(format!("{KEY}: {key} holds no private key in PEM without a passphrase")))?;
    let shown = ClientConfig::builder().with_root_certificates(RootCertStore::empty());
    match shown.with_client_auth_cert(chain, secret) {
        Ok(_) => Ok(ClientTlsConfig { client_cert, client_key }),
        Err(error) => {
            Err(wrong(format!("{CERTIFICATE} and {KEY}: {certificate} and {key} cannot be used together ({error})")))
        }
    }
}

fn authorities(file: &str) -> Result<Vec<u8>, BadRedisUrl> {
    let text = content(AUTHORITY, file)?;
    let mut trusted = RootCertStore::empty();
    for certificate in certificates(AUTHORITY, file, &text)? {
        let added = trusted.add(certificate);
        added.map_err(|error| wrong(format!("{AUTHORITY}: {file} holds a certificate that is none ({error})")))?;
    }
    Ok(text)
}

/// At least one. What exactly cannot be read is not said: it would repeat a line of the file.
fn certificates(name: &str, file: &str, text: &[u8]) -> Result<Vec<CertificateDer<'static>>, BadRedisUrl> {
    let all: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(text).collect();
    let all = all.ok().filter(|all| !all.is_empty());
    all.ok_or_else(|| wrong(format!("{name}: {file} does not hold certificates in PEM")))
}

fn content(name: &str, file: &str) -> Result<Vec<u8>, BadRedisUrl> {
    std::fs::read(file).map_err(|error| wrong(format!("{name}: {file} cannot be read: {error}")))
}

fn wrong(why: impl Into<String>) -> BadRedisUrl {
    BadRedisUrl(why.into())
}

#[cfg(test)]
mod tests {
    use redis::ProtocolVersion;

    use super::*;

    fn kept(file: &str) -> String {
        format!("{}/tests/redis/certificates/{file}", env!("CARGO_MANIFEST_DIR"))
    }

    /// What is said of an address that is refused: never its password.
    fn said(address: &str) -> String {
        let said = read(address).unwrap_err().to_string();
        assert!(!said.contains("geheim"), "{said}");
        said
    }

    #[test]
    fn what_an_address_says_of_certificates_stands_beside_all_else_that_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("our+own authority.pem");
        std::fs::copy(kept("authority.pem"), &file).unwrap();
        let named = file.to_str().unwrap().replace(' ', "%20");
        let (client, key) = (kept("client.pem"), kept("client.key"));
        let words = format!("sslrootcert=/other&sslcert={client}&protocol=resp3&sslkey={key}&%73slrootcert={named}");
        let url = format!("rediss://bot:geheim@redis:6380/3?{words}");
        let (info, certificates) = read(&url).unwrap();
        assert_eq!(info.addr().to_string(), "redis:6380");
        let redis = info.redis_settings();
        assert_eq!((redis.username(), redis.password(), redis.db()), (Some("bot"), Some("geheim"), 3));
        assert_eq!(redis.protocol(), ProtocolVersion::RESP3);
        let certificates = certificates.unwrap();
        assert_eq!(certificates.root_cert, Some(std::fs::read(kept("authority.pem")).unwrap()));
        let shown = certificates.client_tls.unwrap();
        assert_eq!(shown.client_cert, std::fs::read(client).unwrap());
        assert_eq!(shown.client_key, std::fs::read(key).unwrap());

        for url in ["redis://:geheim@redis", "rediss://redis/?protocol=resp3", "redis://redis?sslcert=&sslrootcert="] {
            assert!(read(url).unwrap().1.is_none(), "{url}");
        }
    }

    #[test]
    fn certificates_without_tls_or_by_halves_are_refused_and_so_is_what_there_is_not() {
        let (authority, client, key) = (kept("authority.pem"), kept("client.pem"), kept("client.key"));
        for (url, word) in [
            (format!("redis://:geheim@redis?sslrootcert={authority}"), "rediss://"),
            (format!("redis://:geheim@redis?sslcert={client}&sslkey={key}"), "rediss://"),
            (format!("unix:///run/redis.sock?pass=geheim&sslrootcert={authority}"), "rediss://"),
            (format!("rediss://:geheim@redis?sslcert={client}"), "belong together"),
            (format!("rediss://:geheim@redis?sslrootcert={authority}&sslkey={key}"), "belong together"),
            (format!("rediss://:geheim@redis?sslcert={client}&sslkey={key}&sslkey="), "belong together"),
            ("rediss://:geheim@redis?sslmode=disable".to_owned(), "begins with ssl"),
            ("rediss://:geheim@redis?ssl_cert_reqs=none".to_owned(), "begins with ssl"),
            (format!("rediss://:geheim@redis?SSLRootCert={authority}"), "begins with ssl"),
            ("rediss://redis?ssl:geheim@redis".to_owned(), "begins with ssl"),
        ] {
            let said = said(&url);
            assert!(said.contains(word), "{url}: {said}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_is_said_by_its_name_and_never_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let nonsense = folder.path().join("nonsense");
        let file = nonsense.to_str().unwrap();
        let (client, key, other) = (kept("client.pem"), kept("client.key"), kept("key.pem"));
        for (text, words) in [
            ("-----BEGIN geheim", "in PEM"),
            ("-----BEGIN CERTIFICATE-----\ngeheim!\n-----END CERTIFICATE-----\n", "in PEM"),
            ("-----BEGIN CERTIFICATE-----\nZ2VoZWlt\n-----END CERTIFICATE-----\n", "is none"),
            ("geheim", "in PEM"),
            ("", "in PEM"),
        ] {
            std::fs::write(&nonsense, text).unwrap();
            let said = said(&format!("rediss://:geheim@redis?sslrootcert={file}"));
            assert!(said.contains("sslrootcert") && said.contains(file) && said.contains(words), "{text}: {said}");
        }
        let sealed = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nZ2VoZWlt\n-----END ENCRYPTED PRIVATE KEY-----\n";
        std::fs::write(&nonsense, sealed).unwrap();
        for (words, parameter, named) in [
            ("sslrootcert=/no/such/file".to_owned(), "sslrootcert", "/no/such/file"),
            (format!("sslcert=/no/such/file&sslkey={key}"), "sslcert", "/no/such/file"),
            (format!("sslcert={client}&sslkey=/no/such/file"), "sslkey", "/no/such/file"),
            (format!("sslcert={key}&sslkey={key}"), "sslcert", key.as_str()),
            (format!("sslcert={client}&sslkey={client}"), "sslkey", client.as_str()),
            (format!("sslcert={client}&sslkey={file}"), "sslkey", file),
            (format!("sslcert={client}&sslkey={other}"), "sslkey", other.as_str()),
        ] {
            let said = said(&format!("rediss://:geheim@redis?{words}"));
            assert!(said.contains(parameter) && said.contains(named), "{words}: {said}");
        }
    }
}
