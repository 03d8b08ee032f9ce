//! Discord as this dashboard needs it: sign-in, the REST answers by a person's or the bot's token,
//! their caches, and what rights follow from them.
//!
//! Nothing here writes to Discord (the bot does) and nothing decides who may use a page: that is
//! `guilds`. Errors are returned to whoever handles them; only alarms for the operator are logged.

mod answer;
pub mod cache;
pub mod cdn;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod guild_data;
mod json_path;
mod measured;
mod model;
mod oauth;
mod pace;
pub mod permissions;
mod rest;
mod self_check;
mod users;
mod wire;

#[cfg(test)]
mod fake;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;
use url::Url;

pub use cache::Fetched;
pub use guild_data::What;
pub use model::{
    Application, Channel, Emoji, Guild, Member, Overwrite, OverwriteTarget, PartialGuild, Role, RoleTags, User,
    VoiceRegion,
};
pub use oauth::{RefreshTrouble, SignInAttempt, SignInTrouble, Tokens};
pub use self_check::{Finding, Intent};

use crate::clock::Clock;
use crate::sizes::Size;
use cdn::Images;
use guild_data::GuildCaches;
use oauth::OAuth;
use rest::{Rest, Timing};
use users::UserCaches;

/// What the environment says about Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// `DISCORD_URL`, without a path.
    pub base: Url,
    pub cdn: Url,
    pub client_id: Id<ApplicationMarker>,
    pub client_secret: SecretString,
    pub bot_token: SecretString,
    /// The callback below `PUBLIC_URL`, as registered at Discord character for character.
    pub redirect: Url,
}

/// The way to Discord. Clones share connections, caches and limits.
#[derive(Clone)]
pub struct Discord(Arc<Parts>);

struct Parts {
    config: DiscordConfig,
    rest: Rest,
    oauth: OAuth,
    users: UserCaches,
    guilds: GuildCaches,
    images: Images,
}

impl Discord {
    pub fn new(config: DiscordConfig, clock: Clock) -> Result<Self, BuildError> {
        Self::with_timing(config, clock, Timing::default())
    }

    /// What may be asked with the bot's token is shared with other instances: there are so many in all.
    pub fn share_with(&self, instances: usize) {
        self.0.rest.gate().share_with(instances);
    }

    /// So many questions may be asked with the bot's token in a second: one at least.
    pub fn questions_a_second(&self) -> usize {
        self.0.rest.gate().a_second()
    }

    /// Asks as fast as it is asked: for a Discord of one's own, which a benchmark has.
    ///
    /// # Errors
    /// As [`Discord::new`].
    pub fn unpaced(config: DiscordConfig, clock: Clock) -> Result<Self, BuildError> {
        Self::with_timing(config, clock, Timing { paced: false, ..Timing::default() })
    }

    fn with_timing(config: DiscordConfig, clock: Clock, timing: Timing) -> Result<Self, BuildError> {
        for (name, url) in [("DISCORD_URL", &config.base), ("DISCORD_CDN_URL", &config.cdn)] {
            if url.cannot_be_a_base() || url.path() != "/" || url.query().is_some() {
                return Err(BuildError::NotAnOrigin(name));
            }
        }
        let site = config.redirect.origin().ascii_serialization();
        let http = rest::http_client(&timing, &site).map_err(|error| BuildError::Client(error.to_string()))?;
        Ok(Self(Arc::new(Parts {
            rest: Rest::new(http.clone(), &config, clock.clone(), timing.clone()),
            oauth: OAuth::new(http.clone(), &config, timing.exchange)?,
            users: UserCaches::new(&clock),
            guilds: GuildCaches::new(&clock),
            images: Images::new(http, config.cdn.clone(), clock, timing.exchange),
            config,
        })))
    }
}

impl Discord {
    /// Of what is kept, and of who waits.
    pub fn sizes(&self) -> Vec<Size> {
        let caches = self.0.guilds.sizes().into_iter().chain([self.0.users.size()]);
        caches.chain(self.0.rest.sizes()).collect()
    }

    /// Bytes of images that are kept, and how many may be.
    pub async fn image_bytes(&self) -> (u64, u64) {
        self.0.images.bytes().await
    }
}

impl std::fmt::Debug for Discord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Discord").field("base", &self.0.config.base.as_str()).finish_non_exhaustive()
    }
}

/// Why there can be no client at all.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("{0} must be scheme, host and port only")]
    NotAnOrigin(&'static str),
    #[error("no HTTP client: {0}")]
    Client(String),
    #[error("an address at Discord cannot be made: {0}")]
    Address(#[from] url::ParseError),
}

/// What Discord's REST API answered instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiscordError {
    /// The token is dead: refresh a person's once, then sign-in; the bot's is an alarm.
    #[error("Discord does not accept the token")]
    Unauthorized,
    /// The bot is not on that server, or may not see that.
    #[error("Discord refuses this")]
    Forbidden,
    #[error("Discord does not know this (code {code})")]
    NotFound { code: u64 },
    /// Without a time if Discord named none.
    #[error("Discord asks to wait")]
    RateLimited { retry_after: Option<Duration> },
    /// No answer, or none that can be used. The cause is for the log; it holds no token and no body.
    #[error("Discord cannot be reached: {0}")]
    Unavailable(String),
}

impl DiscordError {
    /// Discord's word for "no such server, or the bot is not on it".
    pub const UNKNOWN_GUILD: u64 = 10004;
    pub const UNKNOWN_MEMBER: u64 = 10007;
    pub const UNKNOWN_USER: u64 = 10013;

    /// A considered no, which the same question a moment later would get again.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Forbidden | Self::NotFound { .. })
    }
}
