//! What a person's own token may read: who they are and which servers they are on.
//!
//! Their list of servers only says what may be asked about; what they may do there is the bot's
//! answer (`guild_data`).

use std::time::Duration;

use secrecy::SecretString;

use super::cache::{Cache, Fetched};
use super::model::{PartialGuild, User};
use super::rest::Token;
use super::{Discord, DiscordError};
use crate::clock::{Clock, Millis};
use crate::ids::UserId;
use crate::sizes::Size;

/// How often a person's list may be read again for a server that is not in it.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

pub(super) struct UserCaches {
    guilds: Cache<UserId, Vec<PartialGuild>>,
}

impl UserCaches {
    pub(super) fn new(clock: &Clock) -> Self {
        Self { guilds: Cache::new(clock, 10_000) }
    }

    pub(super) fn size(&self) -> Size {
        self.guilds.size("discord_guilds_of_people")
    }
}

impl Discord {
    /// How old a person's list of servers may be on an ordinary page.
    pub const GUILDS_OF_MAX_AGE: Duration = Duration::from_secs(60);

    /// Who this token belongs to.
    pub async fn me(&self, access: &SecretString) -> Result<User, DiscordError> {
        let answer = self.0.rest.get("/users/@me", Token::Bearer(access.clone())).await;
        answer.map_err(too_few_scopes)
    }

    /// The servers this person is on.
    pub async fn guilds_of(
        &self,
        user: UserId,
        access: &SecretString,
        max_age: Duration,
    ) -> Result<Fetched<Vec<PartialGuild>>, DiscordError> {
        let (rest, token) = (self.0.rest.clone(), Token::Bearer(access.clone()));
        let ask = || async move { rest.get("/users/@me/guilds", token).await.map_err(too_few_scopes) };
        self.0.users.guilds.get(user, max_age, ask).await
    }

    /// The same read again, because a server is missing from it; at most once in ten seconds.
    pub async fn guilds_of_again(
        &self,
        user: UserId,
        access: &SecretString,
    ) -> Result<Fetched<Vec<PartialGuild>>, DiscordError> {
        self.guilds_of(user, access, AGAIN_AFTER).await
    }

    /// The list as last read, if it is young enough: costs no token and no call.
    pub fn guilds_of_known(&self, user: UserId, max_age: Duration, now: Millis) -> Option<Fetched<Vec<PartialGuild>>> {
        let youngest = now - i64::try_from(max_age.as_millis()).unwrap_or(i64::MAX);
        self.0.users.guilds.peek(&user).filter(|known| known.fetched_at >= youngest)
    }

    /// Forgets what is kept of a person, when they sign out or are to be forgotten.
    pub fn forget_user(&self, user: UserId) {
        self.0.users.guilds.evict(&user);
    }
}

/// A token without the scope is answered with 401 or 403: either way a new sign-in asks for all.
fn too_few_scopes(error: DiscordError) -> DiscordError {
    match error {
        DiscordError::Forbidden => DiscordError::Unauthorized,
        other => other,
    }
}
