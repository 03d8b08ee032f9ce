//! Who may do what on which server: the guard, and the only way from a URL to a guild id.
//!
//! Discord decides, by the bot's token: a manager is the owner, or has ADMINISTRATOR or MANAGE_GUILD and is not
//! timed out, as answered at most 60 s ago for a page and 10 s ago for a write. Before the bot asks anything,
//! the server must be in the person's own list and in the bot's: else anybody could drive the bot into refusals.

use std::sync::Arc;
use std::time::Duration;

use governor::Quota;
use governor::clock::DefaultClock;
use moka::sync::Cache;

use crate::accounts::{Accounts, Person, TokenTrouble};
use crate::clock::Clock;
use crate::discord::{Discord, DiscordError, Member, PartialGuild, What};
use crate::error::{AppError, Trouble};
use crate::guilds::snapshot::{GuildSnapshot, Viewer};
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::keyed_limit::KeyedLimit;

/// How old an answer of Discord about rights may be.
const FOR_A_PAGE: Duration = Duration::from_secs(60);
const FOR_A_WRITE: Duration = Duration::from_secs(10);
/// How old the lists may be that only show that a question makes sense.
const FOR_THE_LISTS: Duration = Duration::from_secs(600);
const REFUSALS_LAST: Duration = Duration::from_secs(60);
/// How old the bot's absence may be: somebody may just have invited it.
const ABSENCE_STANDS: Duration = Duration::from_secs(3);

/// What somebody wants to do with a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    View,
    Edit,
}

impl Level {
    fn max_age(self) -> Duration {
        match self {
            Self::View => FOR_A_PAGE,
            Self::Edit => FOR_A_WRITE,
        }
    }
}

/// A server somebody was admitted to.
#[derive(Clone, Debug)]
pub struct Admitted {
    pub person: Person,
    pub guild: GuildId,
    pub place: Place,
}

/// The server as it is for the person who came.
#[derive(Clone, Debug)]
pub enum Place {
    /// The bot is there, and the person manages the server.
    Here { snapshot: Arc<GuildSnapshot>, member: Arc<Member> },
    /// The person manages the server by their own list, but the bot is not on it: read-only.
    Without(Box<PartialGuild>),
}

impl Admitted {
    pub fn guild_name(&self) -> &str {
        match &self.place {
            Place::Here { snapshot, .. } => &snapshot.guild.name,
            Place::Without(guild) => &guild.name,
        }
    }

    pub fn icon(&self) -> Option<&str> {
        match &self.place {
            Place::Here { snapshot, .. } => snapshot.guild.icon.as_deref(),
            Place::Without(guild) => guild.icon.as_deref(),
        }
    }
}

impl Place {
    /// The person as rules see them; None where the bot is not.
    pub fn viewer(&self, clock: &Clock) -> Option<(Arc<GuildSnapshot>, Viewer<'_>)> {
        match self {
            Self::Here { snapshot, member } => Some((snapshot.clone(), snapshot.person(member, clock.now()))),
            Self::Without(_) => None,
        }
    }
}

/// Decides. Clones share what is remembered.
#[derive(Clone)]
pub struct Access {
    discord: Discord,
    accounts: Accounts,
    clock: Clock,
    refused: Cache<(UserId, GuildId), crate::clock::Millis>,
    refusals: Arc<KeyedLimit<UserId>>,
    /// Who has collected too many refusals, and when.
    slowed: Cache<UserId, crate::clock::Millis>,
}

impl Access {
    pub fn new(discord: Discord, accounts: Accounts, clock: Clock) -> Self {
        let twenty_a_minute = Quota::per_minute(std::num::NonZeroU32::MIN.saturating_add(19));
        Self {
            discord,
            accounts,
            clock,
            refused: Cache::builder().max_capacity(50_000).build(),
            refusals: Arc::new(KeyedLimit::new(twenty_a_minute, DefaultClock::default(), 10_000)),
            slowed: Cache::builder().max_capacity(10_000).build(),
        }
    }

    pub fn sizes(&self) -> [Size; 3] {
        [
            Size::moka("access_refused", &self.refused),
            Size::moka("access_slowed", &self.slowed),
            self.refusals.size("limit_refusals"),
        ]
    }

    /// Forgets that somebody was refused: the server has changed.
    pub fn reconsider(&self, guild: GuildId) {
        let keys: Vec<_> = self.refused.iter().map(|(key, _)| *key).filter(|(_, refused)| *refused == guild).collect();
        keys.iter().for_each(|key| self.refused.invalidate(key));
    }

    /// Whether `person` may do that with this server.
    ///
    /// # Errors
    /// [`Trouble::NoAccess`] alike for an unknown server, one without the bot and one that may not be managed;
    /// [`Trouble::Discord`] when Discord cannot be asked: never a guess.
    pub async fn admit(&self, person: Person, guild: GuildId, level: Level) -> Result<Admitted, AppError> {
        let key = (person.id, guild);
        if self.refused.get(&key).is_some_and(|at| self.still_lasts(at)) {
            return Err(self.refusal(person.id, "refused a moment ago"));
        }
        match self.place(&person, guild, level).await {
            Ok(place) => Ok(Admitted { person, guild, place }),
            Err(error) if error.trouble == Trouble::NoAccess => {
                self.refused.insert(key, self.clock.now());
                tracing::warn!(event = "access_refused", user.id = %person.id, guild.id = %guild, cause = error.cause, "access refused");
                Err(self.refusal(person.id, error.cause))
            }
            Err(error) => Err(error),
        }
    }

    /// A refusal counts: who collects them is slowed down.
    fn refusal(&self, person: UserId, cause: impl Into<String>) -> AppError {
        match self.refusals.check(&person) {
            Ok(()) => AppError::new(Trouble::NoAccess, cause),
            Err(_) => {
                self.slowed.insert(person, self.clock.now());
                tracing::warn!(event = "limit_hit", user.id = %person, limit = "refusals", "too many refusals");
                slow_down()
            }
        }
    }

    fn still_lasts(&self, refused_at: i64) -> bool {
        self.clock.now() - refused_at < i64::try_from(REFUSALS_LAST.as_millis()).unwrap_or(i64::MAX)
    }

    async fn place(&self, person: &Person, guild: GuildId, level: Level) -> Result<Place, AppError> {
        let listed = self.in_own_list(person, guild).await?;
        // Their own list says no already, and they have had their share of the bot's questions.
        if !listed.manageable() && self.slowed.get(&person.id).is_some_and(|at| self.still_lasts(at)) {
            return Err(slow_down());
        }
        if !self.bot_is_there(guild).await? {
            return self.without_bot(person, listed, level).await;
        }
        let max_age = level.max_age();
        let rights =
            tokio::try_join!(self.discord.guild(guild, max_age), self.discord.member(guild, person.id, max_age));
        let (found, member) = match rights {
            Ok(answers) => answers,
            Err(DiscordError::NotFound { .. } | DiscordError::Forbidden) => {
                if self.discord.bot_in(guild, ABSENCE_STANDS).await? {
                    // Refused though the bot is there by its own list: that is no absence, and no guess either.
                    // What was refused stays remembered, so that nobody can have it asked again and again.
                    let cause = "Discord refuses what it lists";
                    return Err(AppError::new(Trouble::Discord { wait: None }, cause));
                }
                self.discord.evict(guild, What::All);
                return self.without_bot(person, listed, level).await;
            }
            Err(error) => return Err(error.into()),
        };
        let Some(member) = member.value.as_ref().clone().map(Arc::new) else {
            self.discord.forget_user(person.id);
            return Err(no_access("no member"));
        };
        let standing = crate::discord::permissions::Standing::of(&found.value, &member, self.clock.now());
        if !standing.is_manager() {
            return Err(no_access("no manager"));
        }
        let snapshot = self.discord.snapshot(guild, FOR_A_PAGE).await?;
        Ok(Place::Here { snapshot, member })
    }

    /// A channel or role may have been made since the snapshot: asks Discord for it anew, at most every 5 s.
    ///
    /// # Errors
    /// As Discord answers.
    pub async fn fresh_snapshot(&self, guild: GuildId) -> Result<Arc<GuildSnapshot>, AppError> {
        Ok(self.discord.snapshot(guild, Duration::from_secs(5)).await?)
    }

    async fn without_bot(&self, person: &Person, listed: PartialGuild, level: Level) -> Result<Place, AppError> {
        let current = self.own_list(person, FOR_A_PAGE).await?;
        let listed =
            current.into_iter().find(|guild| guild.id == listed.id).ok_or_else(|| no_access("not in own list"))?;
        match (listed.manageable(), level) {
            (false, _) => Err(no_access("bot absent, no manager")),
            (true, Level::View) => Ok(Place::Without(Box::new(listed))),
            (true, Level::Edit) => Err(Trouble::BotAbsent.into()),
        }
    }

    async fn bot_is_there(&self, guild: GuildId) -> Result<bool, AppError> {
        // An absence is asked again soon: somebody may just have invited the bot.
        let there = self.discord.bot_in(guild, FOR_THE_LISTS).await?;
        Ok(there || self.discord.bot_in(guild, ABSENCE_STANDS).await?)
    }

    async fn in_own_list(&self, person: &Person, guild: GuildId) -> Result<PartialGuild, AppError> {
        let known = self.discord.guilds_of_known(person.id, FOR_THE_LISTS, self.clock.now());
        if let Some(found) = known.and_then(|list| list.value.iter().find(|one| one.id == guild).cloned()) {
            return Ok(found);
        }
        let list = self.own_list(person, Duration::from_secs(10)).await?;
        list.into_iter().find(|one| one.id == guild).ok_or_else(|| no_access("not in own list"))
    }

    /// The person's own servers, by their own token.
    ///
    /// # Errors
    /// A token that Discord no longer takes ends the session, politely.
    pub async fn own_list(&self, person: &Person, max_age: Duration) -> Result<Vec<PartialGuild>, AppError> {
        if let Some(known) = self.discord.guilds_of_known(person.id, max_age, self.clock.now()) {
            return Ok(known.value.to_vec());
        }
        let token = self.accounts.access_token(person.id).await?;
        match self.discord.guilds_of(person.id, &token, max_age).await {
            Ok(list) => Ok(list.value.to_vec()),
            Err(DiscordError::Unauthorized) => {
                let token = self.accounts.refresh_after_401(person.id, &token).await?;
                match self.discord.guilds_of(person.id, &token, max_age).await {
                    Err(DiscordError::Unauthorized) => Err(TokenTrouble::SignedOut.into()),
                    answer => Ok(answer?.value.to_vec()),
                }
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn slow_down() -> AppError {
    AppError::new(Trouble::TooMany { wait: 60 }, "too many refusals")
}

fn no_access(cause: &str) -> AppError {
    AppError::new(Trouble::NoAccess, cause)
}
