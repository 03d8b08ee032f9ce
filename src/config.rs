//! The configuration, and the only reader of the environment.
//!
//! Everything is parsed once; a start with something missing or malformed names every variable that is
//! wrong at once. Tests build [`Config`] by hand.

use std::net::SocketAddr;
use std::str::FromStr;

use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;
use url::Url;

use crate::db::DatabaseUrl;
use crate::history::retention::KeptDays;
use crate::keys::{Keys, SecretKey};
use crate::music::MusicHosts;
use crate::web::shell::FooterLinks;

#[derive(Clone, Debug)]
pub struct Config {
    pub public_url: Url,
    pub listen: SocketAddr,
    pub database_url: DatabaseUrl,
    pub redis_url: SecretString,
    pub redis_prefix: String,
    pub discord: DiscordSettings,
    pub keys: Keys,
    pub trusted_proxies: Vec<IpNet>,
    pub metrics_listen: Option<SocketAddr>,
    /// Hosts that playlist URLs may name.
    pub music_hosts: MusicHosts,
    /// None: changes are kept for ever.
    pub changes_kept: Option<KeptDays>,
    pub links: FooterLinks,
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

/// Sites of music and talks whose addresses name one host, and Bandcamp's, of which every artist has one.
const MUSIC_HOSTS: &str = "youtube.com,www.youtube.com,m.youtube.com,music.youtube.com,youtu.be,soundcloud.com,\
                           on.soundcloud.com,open.spotify.com,*.bandcamp.com,vimeo.com,twitch.tv,www.twitch.tv";

impl LogConfig {
    pub fn from_env() -> Self {
        let json = variable("LOG_FORMAT").is_some_and(|format| format == "json");
        Self { filter: variable("LOG").unwrap_or_else(|| "info".into()), json }
    }
}

impl Config {
    /// Whether cookies are Secure and named `__Host-…`.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// # Errors
    /// Names every variable that is missing or malformed.
    pub fn from_env() -> Result<Self, ConfigTrouble> {
        let mut reader = Reader { wrong: Vec::new() };
        let public_url = reader.url("PUBLIC_URL", Some("http://127.0.0.1:8080"));
        let listen = reader.parsed("LISTEN", Some("127.0.0.1:8080"));
        let database_url = reader.parsed("DATABASE_URL", Some("sqlite://guildhall.db"));
        let redis_url = reader.secret("REDIS_URL", Some("redis://127.0.0.1:6379"));
        let redis_prefix = variable("REDIS_PREFIX").unwrap_or_default();
        let client_id = reader.parsed::<Id<ApplicationMarker>>("DISCORD_CLIENT_ID", None);
        let client_secret = reader.secret("DISCORD_CLIENT_SECRET", None);
        let bot_token = reader.secret("DISCORD_BOT_TOKEN", None);
        let discord_url = reader.url("DISCORD_URL", Some("https://discord.com"));
        let cdn_url = reader.url("DISCORD_CDN_URL", Some("https://cdn.discordapp.com"));
        let key = reader.secret("SECRET_KEY", None).and_then(|text| reader.key("SECRET_KEY", &text));
        let previous = match reader.read("SECRET_KEY_PREVIOUS") {
            Some(text) => reader.key("SECRET_KEY_PREVIOUS", &text.into()),
            None => None,
        };
        let trusted_proxies = reader.list("TRUSTED_PROXIES");
        let metrics_listen = match variable("METRICS_LISTEN") {
            Some(_) => reader.parsed("METRICS_LISTEN", None),
            None => None,
        };
        let changes_kept = match variable("CHANGES_KEPT_DAYS") {
            Some(_) => reader.parsed("CHANGES_KEPT_DAYS", None),
            None => None,
        };
        let music_hosts = reader.parsed("MUSIC_HOSTS", Some(MUSIC_HOSTS));
        let links = FooterLinks {
            support: reader.link("SUPPORT_URL"),
            privacy: reader.link("PRIVACY_URL"),
            terms: reader.link("TERMS_URL"),
        };
        if let Some(redis) = &redis_url
            && let Err(error) = redis::Client::open(redis.expose_secret())
        {
            reader.wrong.push(format!("  REDIS_URL {error}"));
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
            music_hosts,
            reader.wrong.is_empty(),
        )
        else {
            return Err(ConfigTrouble(reader.wrong));
        };
        Ok(Self {
            public_url,
            listen,
            database_url,
            redis_url,
            redis_prefix,
            discord: DiscordSettings { url, cdn_url, client_id, client_secret, bot_token },
            keys: Keys::derive(&key, previous.as_ref()),
            trusted_proxies,
            metrics_listen,
            music_hosts,
            changes_kept,
            links,
        })
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

/// A variable that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "this file is the one reader of the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

struct Reader {
    wrong: Vec<String>,
}

impl Reader {
    /// `NAME`, or the content of the file that `NAME_FILE` names.
    fn read(&mut self, name: &str) -> Option<String> {
        let Some(path) = variable(&format!("{name}_FILE")) else { return variable(name) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(text.trim_end().to_owned()),
            Err(error) => {
                self.wrong.push(format!("  {name}_FILE cannot be read: {error}"));
                None
            }
        }
    }

    fn secret(&mut self, name: &str, default: Option<&str>) -> Option<SecretString> {
        let before = self.wrong.len();
        let text = self.read(name).or_else(|| default.map(str::to_owned));
        if text.is_none() && self.wrong.len() == before {
            self.wrong.push(format!("  {name} is missing"));
        }
        text.map(SecretString::from)
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &str, default: Option<&str>) -> Option<T> {
        let Some(text) = variable(name).or_else(|| default.map(str::to_owned)) else {
            self.wrong.push(format!("  {name} is missing"));
            return None;
        };
        text.parse().map_err(|error| self.wrong.push(format!("  {name} {error}"))).ok()
    }

    fn url(&mut self, name: &str, default: Option<&str>) -> Option<Url> {
        let url: Url = self.parsed(name, default)?;
        if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
            return Some(url);
        }
        self.wrong.push(format!("  {name} must be an http or https address"));
        None
    }

    fn link(&mut self, name: &str) -> Option<String> {
        variable(name)?;
        self.url(name, None).map(|url| url.to_string())
    }

    fn list(&mut self, name: &str) -> Vec<IpNet> {
        let text = variable(name).unwrap_or_default();
        let mut nets = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse().or_else(|_| part.parse::<std::net::IpAddr>().map(IpNet::from)) {
                Ok(net) => nets.push(net),
                Err(_) => self.wrong.push(format!("  {name}: {part:?} is no address or network (10.0.0.0/8)")),
            }
        }
        nets
    }

    fn key(&mut self, name: &str, text: &SecretString) -> Option<SecretKey> {
        let key = SecretKey::parse(text.expose_secret());
        if key.is_none() {
            self.wrong.push(format!("  {name} must be 128 hex digits; `guildhall secret` prints one"));
        }
        key
    }
}
