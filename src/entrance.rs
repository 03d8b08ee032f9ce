//! Where people come in: the address, its door, and the certificate that the service shows there, which is looked at
//! again and again. What is behind the door is put together in `app`.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use rustls::ServerConfig;

use crate::app::StartTrouble;
use crate::config::Config;
use crate::hourly::Job;
use crate::web::certificate::Certificate;
use crate::web::door::Door;

/// How long a renewed certificate may lie there unseen.
const MINUTE: Duration = Duration::from_secs(60);

pub struct Entrance {
    pub address: SocketAddr,
    pub door: Door,
    /// None: plain http.
    certificate: Option<Certificate>,
}

impl Entrance {
    /// Binds; nobody is let in yet.
    ///
    /// # Errors
    /// The certificate cannot be used, or the address is not to be had.
    pub fn of(config: &Config) -> Result<Self, StartTrouble> {
        let certificate = config.certificate.clone().map(Certificate::open).transpose()?;
        let listener = TcpListener::bind(config.listen).map_err(|error| StartTrouble::Listen(config.listen, error))?;
        let address = listener.local_addr().map_err(|error| StartTrouble::Listen(config.listen, error))?;
        Ok(Self { address, door: Door::of(listener), certificate })
    }

    /// How TLS is spoken here, if it is.
    ///
    /// # Errors
    /// As [`Certificate::tls`].
    pub fn tls(&self) -> std::io::Result<Option<ServerConfig>> {
        self.certificate.as_ref().map(Certificate::tls).transpose().map_err(std::io::Error::other)
    }

    /// Looks at the files of the certificate, if there is one, once a minute or as often as is said.
    pub fn renewal(&self, pause: Option<Duration>) -> Option<Job> {
        let certificate = self.certificate.clone()?;
        let work = move || {
            let certificate = certificate.clone();
            async move {
                // It fails by a panic alone, which has told itself.
                let _ = tokio::task::spawn_blocking(move || certificate.look_again()).await;
            }
        };
        Some(Job::every(pause.unwrap_or(MINUTE), work))
    }
}
