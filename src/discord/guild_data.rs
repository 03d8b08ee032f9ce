//! What the bot's token may read about a server, kept for a while and asked for once.
//!
//! How old an answer may be is the asker's choice: at most a minute for a page, ten seconds for a
//! write. What follows from the answers is in [`super::permissions`] and [`crate::guilds::snapshot`].

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::cache::{Cache, Fetched};
use super::model::{Application, Channel, Guild, Member, PartialGuild, VoiceRegion};
use super::pace::Urgency;
use super::rest::{Rest, Token};
use super::{Discord, DiscordError};
use crate::bounded::Bounded;
use crate::clock::Clock;
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;

/// What to forget of a guild that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Roles,
    Channels,
    Emojis,
    Member(UserId),
    All,
}

const REGIONS_MAX_AGE: Duration = Duration::from_secs(60 * 60);
const APPLICATION_MAX_AGE: Duration = Duration::from_secs(60 * 60);

/// Its answers are asked for anew after a minute.
const SNAPSHOT_KEPT: Duration = Duration::from_secs(90);

pub(super) struct GuildCaches {
    guilds: Arc<Cache<GuildId, Guild>>,
    members: Cache<(GuildId, UserId), Option<Arc<Member>>>,
    channels: Cache<GuildId, Vec<Channel>>,
    presence: Arc<Cache<GuildId, bool>>,
    regions: Cache<(), Vec<VoiceRegion>>,
    application: Cache<(), Application>,
    /// What was made of the answers last, by the server: as good as they are.
    snapshots: Bounded<GuildId, GuildSnapshot>,
}

impl GuildCaches {
    pub(super) fn new(clock: &Clock) -> Self {
        Self {
            guilds: Arc::new(Cache::new(clock, 1_000)),
            members: Cache::new(clock, 20_000),
            channels: Cache::new(clock, 1_000),
            presence: Arc::new(Cache::new(clock, 10_000)),
            regions: Cache::new(clock, 1),
            application: Cache::new(clock, 1),
            snapshots: Bounded::for_a_time(1_000, SNAPSHOT_KEPT),
        }
    }

    pub(super) fn sizes(&self) -> [Size; 7] {
        [
            self.guilds.size("discord_guilds"),
            self.members.size("discord_members"),
            self.channels.size("discord_channels"),
            self.presence.size("discord_bot_presence"),
            self.regions.size("discord_regions"),
            self.application.size("discord_application"),
            self.snapshots.size("discord_snapshots"),
        ]
    }
}

impl Discord {
    /// How old the bot's presence on a server may be on an ordinary page.
    pub const BOT_IN_MAX_AGE: Duration = Duration::from_secs(60);

    /// The server with its roles and emojis. [`DiscordError::NotFound`] only if the bot's own list of
    /// servers agrees: Discord has been seen to deny a server the bot was on.
    pub async fn guild(&self, id: GuildId, max_age: Duration) -> Result<Fetched<Guild>, DiscordError> {
        let (rest, presence) = (self.0.rest.clone(), Arc::clone(&self.0.guilds.presence));
        let ask = || async move {
            let answer = rest.get(&format!("/guilds/{id}"), Token::Bot(Urgency::Permission)).await;
            if !matches!(answer, Err(DiscordError::NotFound { code: DiscordError::UNKNOWN_GUILD })) {
                return answer;
            }
            let probe = rest.clone();
            let present = presence.get(id, Duration::ZERO, || async move { probe_presence(&probe, id).await }).await?;
            if *present {
                Err(DiscordError::Unavailable(format!("guild {id} is denied though listed")))
            } else {
                answer
            }
        };
        self.0.guilds.guilds.get(id, max_age, ask).await
    }

    /// Somebody on that server; nothing if they are not a member.
    pub async fn member(
        &self,
        guild: GuildId,
        user: UserId,
        max_age: Duration,
    ) -> Result<Fetched<Option<Arc<Member>>>, DiscordError> {
        let rest = self.0.rest.clone();
        let ask = || async move {
            let path = format!("/guilds/{guild}/members/{user}");
            match rest.get(&path, Token::Bot(Urgency::Permission)).await {
                Ok(member) => Ok(Some(Arc::new(member))),
                Err(DiscordError::NotFound { code: DiscordError::UNKNOWN_MEMBER | DiscordError::UNKNOWN_USER }) => {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        };
        self.0.guilds.members.get((guild, user), max_age, ask).await
    }

    /// The channels the bot can see, without threads. One that is missing is deleted or hidden.
    pub async fn channels(&self, guild: GuildId, max_age: Duration) -> Result<Fetched<Vec<Channel>>, DiscordError> {
        let rest = self.0.rest.clone();
        let ask = || async move { rest.get(&format!("/guilds/{guild}/channels"), Token::Bot(Urgency::Other)).await };
        self.0.guilds.channels.get(guild, max_age, ask).await
    }

    /// The voice regions. They hardly ever change: while Discord is away those known before will do.
    pub async fn regions(&self) -> Result<Fetched<Vec<VoiceRegion>>, DiscordError> {
        let rest = self.0.rest.clone();
        let ask = || async move { rest.get("/voice/regions", Token::Bot(Urgency::Other)).await };
        let regions = &self.0.guilds.regions;
        regions.get((), REGIONS_MAX_AGE, ask).await.or_else(|error| regions.peek(&()).ok_or(error))
    }

    /// The application behind the bot token; as known before while Discord is away.
    pub async fn application(&self) -> Result<Fetched<Application>, DiscordError> {
        let answer = self.application_within(APPLICATION_MAX_AGE).await;
        answer.or_else(|error| self.0.guilds.application.peek(&()).ok_or(error))
    }

    pub(super) async fn application_within(&self, max_age: Duration) -> Result<Fetched<Application>, DiscordError> {
        let rest = self.0.rest.clone();
        let ask = || async move { rest.get("/applications/@me", Token::Bot(Urgency::Other)).await };
        self.0.guilds.application.get((), max_age, ask).await
    }

    /// The bot itself on that server.
    pub async fn bot_member(&self, guild: GuildId, max_age: Duration) -> Result<Fetched<Member>, DiscordError> {
        let bot = self.bot_user().await?;
        let member = self.member(guild, bot, max_age).await?;
        match &*member.value {
            Some(found) => Ok(Fetched { value: Arc::clone(found), fetched_at: member.fetched_at }),
            None => Err(DiscordError::NotFound { code: DiscordError::UNKNOWN_MEMBER }),
        }
    }

    /// The bot's own user id. Applications older than 2017 have another one than their bot.
    pub async fn bot_user(&self) -> Result<UserId, DiscordError> {
        let application = self.application().await?;
        Ok(application.bot.as_ref().map_or(application.id.cast(), |bot| bot.id))
    }

    /// Whether the bot is on that server, by its own list of servers.
    pub async fn bot_in(&self, guild: GuildId, max_age: Duration) -> Result<bool, DiscordError> {
        let rest = self.0.rest.clone();
        let ask = || async move { probe_presence(&rest, guild).await };
        Ok(*self.0.guilds.presence.get(guild, max_age, ask).await?)
    }

    /// Whether the bot is on that server as last asked, and when that was: costs no call.
    pub fn bot_in_known(&self, guild: GuildId) -> Option<Fetched<bool>> {
        self.0.guilds.presence.peek(&guild)
    }

    /// Which of these servers the bot is on: its own list is read in pages of 200, from one of them to the next.
    pub async fn bot_in_which(&self, guilds: &[GuildId]) -> Result<HashSet<GuildId>, DiscordError> {
        let mut left: Vec<GuildId> = guilds.to_vec();
        left.sort_unstable();
        let mut found = HashSet::new();
        while let Some(next) = left.first() {
            let path = format!("/users/@me/guilds?after={}&limit=200", next.get() - 1);
            let page: Vec<PartialGuild> = self.0.rest.get(&path, Token::Bot(Urgency::Permission)).await?;
            let Some(last) = page.iter().map(|guild| guild.id).max() else { break };
            found.extend(page.iter().map(|guild| guild.id).filter(|id| left.binary_search(id).is_ok()));
            left.retain(|id| *id > last);
        }
        Ok(found)
    }

    /// Everything pages and rules need to know of a server, asked for together.
    pub async fn snapshot(&self, id: GuildId, max_age: Duration) -> Result<Arc<GuildSnapshot>, DiscordError> {
        // Not `try_join`: whether the server is gone is the first answer's to say, not the fastest's.
        let (guild, channels, bot, regions) = tokio::join!(
            self.guild(id, max_age),
            self.channels(id, max_age),
            self.bot_member(id, max_age),
            self.regions(),
        );
        let (guild, channels, bot, regions) = (guild?, channels?, bot?, regions?);
        let fetched_at = guild.fetched_at.min(channels.fetched_at).min(bot.fetched_at);
        // Known since somebody asked which user the bot is.
        let flags = self.0.guilds.application.peek(&()).map(|application| application.all_flags());
        let made = &self.0.guilds.snapshots;
        let is_of_these = |made: &Arc<GuildSnapshot>| {
            made.is_of(&guild.value, &channels.value, &bot.value, &regions.value, (fetched_at, flags))
        };
        if let Some(made) = made.get(&id).filter(is_of_these) {
            return Ok(made);
        }
        let snapshot = GuildSnapshot::new(guild.value, channels.value, bot.value, regions.value, fetched_at);
        let snapshot = Arc::new(snapshot.of_application(flags));
        made.keep(&id, Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// Forgets what is kept, so that the next asker gets what is true now.
    pub fn evict(&self, guild: GuildId, what: What) {
        let caches = &self.0.guilds;
        match what {
            What::Roles | What::Emojis => caches.guilds.evict(&guild),
            What::Channels => caches.channels.evict(&guild),
            What::Member(user) => caches.members.evict(&(guild, user)),
            What::All => {
                caches.guilds.evict(&guild);
                caches.channels.evict(&guild);
                caches.presence.evict(&guild);
                caches.members.evict_all_of(guild);
                caches.snapshots.forget(&guild);
            }
        }
    }
}

/// The first server in the bot's list after the id before this one is this one, or the bot is not on it.
async fn probe_presence(rest: &Rest, guild: GuildId) -> Result<bool, DiscordError> {
    let path = format!("/users/@me/guilds?after={}&limit=1", guild.get() - 1);
    let first: Vec<PartialGuild> = rest.get(&path, Token::Bot(Urgency::Permission)).await?;
    Ok(first.first().is_some_and(|found| found.id == guild))
}

#[cfg(test)]
mod tests;
