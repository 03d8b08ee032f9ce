//! What the service proves itself with where it answers in TLS: `LISTEN_CERTIFICATE` and its `LISTEN_KEY`, which may be
//! renewed while it runs. How often they are looked at stands elsewhere.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

const CHAIN: &str = "LISTEN_CERTIFICATE";
const KEY: &str = "LISTEN_KEY";
/// What stays wrong is told again after so long: once the certificate has run out nobody comes in.
const TOLD_AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// Where a certificate with its chain stands, and its private key; both in PEM.
#[derive(Clone, Debug)]
pub struct CertificateFiles {
    pub chain: PathBuf,
    pub key: PathBuf,
}

/// Why the files cannot be used. The text says which one it is, and nothing of what stands in it.
#[derive(Debug, thiserror::Error)]
pub enum CertificateTrouble {
    #[error("{variable}: {} cannot be read: {cause}", .path.display())]
    Unreadable { variable: &'static str, path: PathBuf, cause: std::io::Error },
    #[error("LISTEN_CERTIFICATE: {} holds no certificate in PEM", .0.display())]
    NoCertificate(PathBuf),
    #[error("LISTEN_CERTIFICATE: the first certificate in {} cannot be used: {cause}", .path.display())]
    BadCertificate { path: PathBuf, cause: rustls::Error },
    #[error(
        "LISTEN_KEY: {} holds no private key in PEM that can be used: RSA, ECDSA (P-256 or P-384) or Ed25519, without a \
         password",
        .0.display()
    )]
    NoKey(PathBuf),
    #[error("LISTEN_KEY: {} does not belong to the certificate in {}", .key.display(), .chain.display())]
    OtherKey { key: PathBuf, chain: PathBuf },
}

/// Clones share it.
#[derive(Clone, Debug)]
pub struct Certificate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    files: CertificateFiles,
    shown: ArcSwap<CertifiedKey>,
    /// What was wrong with the files when they were last looked at, and when that was told.
    wrong: Mutex<Option<(String, Instant)>>,
}

impl CertificateFiles {
    /// # Errors
    /// They are not both there and readable, or do not belong together.
    pub fn read(&self) -> Result<CertifiedKey, CertificateTrouble> {
        let text = contents(CHAIN, &self.chain)?;
        let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>().unwrap_or_default();
        if chain.is_empty() {
            return Err(CertificateTrouble::NoCertificate(self.chain.clone()));
        }
        let no_key = || CertificateTrouble::NoKey(self.key.clone());
        let key = PrivateKeyDer::from_pem_slice(&contents(KEY, &self.key)?).map_err(|_| no_key())?;
        CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => {
                CertificateTrouble::OtherKey { key: self.key.clone(), chain: self.chain.clone() }
            }
            // So it is said of a key that is none of the known kinds.
            rustls::Error::General(_) => no_key(),
            cause => CertificateTrouble::BadCertificate { path: self.chain.clone(), cause },
        })
    }
}

fn contents(variable: &'static str, path: &Path) -> Result<Vec<u8>, CertificateTrouble> {
    let unreadable = |cause| CertificateTrouble::Unreadable { variable, path: path.to_owned(), cause };
    std::fs::read(path).map_err(unreadable)
}

impl Certificate {
    /// # Errors
    /// As [`CertificateFiles::read`].
    pub fn open(files: CertificateFiles) -> Result<Self, CertificateTrouble> {
        let shown = ArcSwap::from_pointee(files.read()?);
        Ok(Self(Arc::new(Inner { files, shown, wrong: Mutex::new(None) })))
    }

    /// Looks at the files again. Whoever comes after it is shown the new certificate, if it is a good one with its key;
    /// else the old one.
    pub fn look_again(&self) {
        let mut wrong = self.0.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        match self.0.files.read() {
            Ok(pair) => {
                *wrong = None;
                if pair.cert != self.0.shown.load().cert {
                    self.0.shown.store(Arc::new(pair));
                    tracing::info!(file = %self.0.files.chain.display(), "the certificate was renewed");
                }
            }
            Err(trouble) => {
                let text = trouble.to_string();
                if wrong.as_ref().is_none_or(|(told, at)| *told != text || at.elapsed() >= TOLD_AGAIN) {
                    tracing::warn!(cause = %text, "the certificate cannot be renewed: the one before is kept");
                    *wrong = Some((text, Instant::now()));
                }
            }
        }
        metrics::gauge!("guildhall_certificate_unusable").set(u32::from(wrong.is_some()));
    }

    /// For the server: TLS 1.2 and 1.3. Which protocol is spoken in it is the server's to say.
    ///
    /// # Errors
    /// No version of TLS fits the ciphers.
    pub fn tls(&self) -> Result<ServerConfig, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(config.with_no_client_auth().with_cert_resolver(self.0.clone()))
    }
}

impl ResolvesServerCert for Inner {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.shown.load_full())
    }
}
