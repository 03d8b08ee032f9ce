//! The configuration, and the only reader of the environment.
//!
//! Everything is parsed once; a start with something missing or malformed names every variable that is
//! wrong at once. Tests build [`Config`] by hand.

mod exposed;
mod reader;

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretString};
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;
use url::Url;

use crate::db::DatabaseUrl;
use crate::discord::DiscordConfig;
use crate::guilds::second_factor::SecondFactor;
use crate::happenings::old_tickets;
use crate::history::retention::KeptDays;
use crate::keys::Keys;
use crate::music::MusicHosts;
use crate::web::certificate::CertificateFiles;
use crate::web::shell::FooterLinks;
use reader::{Reader, variable};

#[derive(Clone, Debug)]
pub struct Config {
    pub public_url: Url,
    pub listen: SocketAddr,
    /// None: it answers in plain http.
    pub certificate: Option<CertificateFiles>,
    pub database_url: DatabaseUrl,
    pub redis_url: SecretString,
    pub redis_prefix: String,
    pub discord: DiscordSettings,
    pub keys: Keys,
    /// Of whom a second factor is asked before they change something.
    pub second_factor: SecondFactor,
    pub trusted_proxies: Vec<IpNet>,
    pub metrics_listen: Option<SocketAddr>,
    /// Between `/readyz` saying that it is down and the end, so that a balancer has time to see it.
    pub stop_delay: Duration,
    /// Hosts that playlist URLs may name.
    pub music_hosts: MusicHosts,
    /// None: changes are kept for ever.
    pub changes_kept: Option<KeptDays>,
    /// None: closed tickets are kept for ever.
    pub tickets_kept: Option<old_tickets::KeptDays>,
    pub links: FooterLinks,
    /// Whether the made-up languages can be chosen.
    pub pseudo_languages: bool,
}

#[derive(Clone, Debug)]
pub struct DiscordSettings {
    pub url: Url,
    pub cdn_url: Url,
    pub client_id: Id<ApplicationMarker>,
    pub client_secret: SecretString,
    pub bot_token: SecretString,
}

/// What to log, and how.
#[derive(Clone, Debug)]
pub struct LogConfig {
    pub filter: String,
    pub json: bool,
}

/// Every variable that is wrong, a line each.
#[derive(Debug, thiserror::Error)]
#[error("The configuration is not usable:\n{}", .0.join("\n"))]
pub struct ConfigTrouble(Vec<String>);

const LISTEN: &str = "127.0.0.1:8080";
const DATABASE_URL: &str = "sqlite://guildhall.db";
/// Sites of music and talks whose addresses name one host, and Bandcamp's, of which every artist has one.
const MUSIC_HOSTS: &str = "youtube.com,www.youtube.com,m.youtube.com,music.youtube.com,youtu.be,soundcloud.com,\
                           on.soundcloud.com,open.spotify.com,*.bandcamp.com,vimeo.com,twitch.tv,www.twitch.tv";

impl LogConfig {
    pub fn from_env() -> Self {
        let json = variable("LOG_FORMAT").is_some_and(|format| format == "json");
        Self { filter: variable("LOG").unwrap_or_else(|| "info".into()), json }
    }
}

/// `DATABASE_URL` alone, for what has to do with nothing else.
///
/// # Errors
/// It is malformed, or would leave this machine without the TLS that is required.
pub fn database_url() -> Result<DatabaseUrl, ConfigTrouble> {
    let mut reader = Reader::default();
    let url: Option<DatabaseUrl> = reader.parsed("DATABASE_URL", Some(DATABASE_URL));
    if reader.switch("REQUIRE_TLS") {
        let refused = url.as_ref().and_then(exposed::of_database).map(|one| one.refused());
        reader.wrong.extend(refused);
    }
    url.filter(|_| reader.wrong.is_empty()).ok_or(ConfigTrouble(reader.wrong))
}

/// Where an instance of this environment answers, and whether it does so in TLS.
///
/// # Errors
/// `LISTEN` is malformed.
pub fn listening() -> Result<(SocketAddr, bool), ConfigTrouble> {
    let mut reader = Reader::default();
    let listen = reader.parsed("LISTEN", Some(LISTEN));
    Ok((listen.ok_or(ConfigTrouble(reader.wrong))?, variable("LISTEN_CERTIFICATE").is_some()))
}

/// Whether `SECRET_KEY` has the look of something that was drawn by lot. A made-up one would be guessed.
pub fn secret_key_is_random() -> bool {
    let text = Reader::default().read("SECRET_KEY").unwrap_or_default().to_ascii_lowercase();
    let different: std::collections::BTreeSet<&[u8]> = text.as_bytes().chunks(2).collect();
    // Of 64 random bytes 57 are different on average, and never as few as this.
    different.len() >= 32
}

impl ConfigTrouble {
    /// What is wrong, a variable each.
    pub fn wrong(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|line| line.trim())
    }
}

impl Config {
    /// Whether cookies are Secure and named `__Host-…`.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// What the client of Discord has to know.
    ///
    /// # Errors
    /// There is no callback below `PUBLIC_URL`.
    pub fn for_discord(&self) -> Result<DiscordConfig, url::ParseError> {
        Ok(DiscordConfig {
            base: self.discord.url.clone(),
            cdn: self.discord.cdn_url.clone(),
            client_id: self.discord.client_id,
            client_secret: self.discord.client_secret.clone(),
            bot_token: self.discord.bot_token.clone(),
            redirect: self.public_url.join("/auth/callback")?,
        })
    }

    /// # Errors
    /// Names every variable that is missing or malformed.
    pub fn from_env() -> Result<Self, ConfigTrouble> {
        let mut reader = Reader::default();
        let public_url = reader.url("PUBLIC_URL", "http://127.0.0.1:8080");
        let listen = reader.parsed("LISTEN", Some(LISTEN));
        let certificate = reader.both("LISTEN_CERTIFICATE", "LISTEN_KEY");
        let database_url = reader.parsed("DATABASE_URL", Some(DATABASE_URL));
        let redis_url = reader.secret("REDIS_URL", Some("redis://127.0.0.1:6379"));
        let redis_prefix = reader.read("REDIS_PREFIX").unwrap_or_default();
        let client_id = reader.parsed::<Id<ApplicationMarker>>("DISCORD_CLIENT_ID", None);
        let client_secret = reader.secret("DISCORD_CLIENT_SECRET", None);
        let bot_token = reader.secret("DISCORD_BOT_TOKEN", None);
        let discord_url = reader.url("DISCORD_URL", "https://discord.com");
        let cdn_url = reader.url("DISCORD_CDN_URL", "https://cdn.discordapp.com");
        let key = reader.secret("SECRET_KEY", None).and_then(|text| reader.key("SECRET_KEY", &text));
        let previous = match reader.read("SECRET_KEY_PREVIOUS") {
            Some(text) => reader.key("SECRET_KEY_PREVIOUS", &text.into()),
            None => None,
        };
        let second_factor = reader.parsed("SECOND_FACTOR", Some("servers"));
        let trusted_proxies = reader.list("TRUSTED_PROXIES");
        let metrics_listen = reader.optional("METRICS_LISTEN");
        let stop_delay = reader.seconds("STOP_DELAY_SECONDS", 60);
        let changes_kept = reader.optional("CHANGES_KEPT_DAYS");
        let tickets_kept = reader.optional("TICKETS_KEPT_DAYS");
        let music_hosts = reader.parsed("MUSIC_HOSTS", Some(MUSIC_HOSTS));
        let pseudo_languages = reader.switch("PSEUDO_LANGUAGES");
        let requires_tls = reader.switch("REQUIRE_TLS");
        let links = FooterLinks {
            support: reader.link("SUPPORT_URL"),
            privacy: reader.link("PRIVACY_URL"),
            terms: reader.link("TERMS_URL"),
        };
        // Used before all this. LOG_FILE is nothing of ours: by that name programs are told where their log goes.
        reader.read("LOG_FORMAT");
        if let Some(redis) = &redis_url
            && let Err(error) = config_sync::redis_client(redis.expose_secret())
        {
            reader.wrong.push(format!("  REDIS_URL: {error}"));
        }
        for (name, url) in [("PUBLIC_URL", &public_url), ("DISCORD_URL", &discord_url), ("DISCORD_CDN_URL", &cdn_url)] {
            if url.as_ref().is_some_and(|url| url.scheme() != "https" && !is_loopback(url)) {
                reader
                    .wrong
                    .push(format!("  {name} must begin with https:// (http only on this machine's own addresses)"));
            }
        }
        if discord_url.as_ref().is_some_and(|url| url.path() != "/") {
            reader.wrong.push("  DISCORD_URL must have no path".into());
        }
        let (
            Some(public_url),
            Some(listen),
            Some(database_url),
            Some(redis_url),
            Some(client_id),
            Some(client_secret),
            Some(bot_token),
            Some(url),
            Some(cdn_url),
            Some(key),
            Some(second_factor),
            Some(music_hosts),
            true,
        ) = (
            public_url,
            listen,
            database_url,
            redis_url,
            client_id,
            client_secret,
            bot_token,
            discord_url,
            cdn_url,
            key,
            second_factor,
            music_hosts,
            reader.wrong.is_empty(),
        )
        else {
            return Err(ConfigTrouble(reader.wrong));
        };
        let config = Self {
            public_url,
            listen,
            certificate: certificate.map(|(chain, key)| CertificateFiles { chain, key }),
            database_url,
            redis_url,
            redis_prefix,
            discord: DiscordSettings { url, cdn_url, client_id, client_secret, bot_token },
            keys: Keys::derive(&key, previous.as_ref()),
            second_factor,
            trusted_proxies,
            metrics_listen,
            stop_delay,
            music_hosts,
            changes_kept,
            tickets_kept,
            links,
            pseudo_languages,
        };
        if requires_tls { config.without_exposed() } else { Ok(config) }
    }
}

/// Whether a URL names this machine itself.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
