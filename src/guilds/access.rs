//! Who may do what on which server: the guard, and the only way from a URL to a guild id.
//!
//! Discord decides, by the bot's token: a manager is the owner, or has ADMINISTRATOR or MANAGE_GUILD and is not
//! timed out, as answered at most 60 s ago for a page and 10 s ago for a write. Who is no manager has what was given to
//! them or to a role of theirs, which is read anew each time, and joined with an answer at most 10 s old, for a page that
//! stays open 5 s. Before the bot asks anything, the server must be in the person's own list and in the bot's: else
//! anybody could drive the bot into refusals.

mod admitted;
mod own_list;

use std::sync::Arc;
use std::time::Duration;

use governor::Quota;
use governor::clock::DefaultClock;

use crate::accounts::{Accounts, Person};
use crate::bounded::Bounded;
use crate::clock::{Clock, Millis};
use crate::db::Db;
use crate::discord::permissions::Standing;
use crate::discord::{Discord, DiscordError, Guild, Member, PartialGuild, What};
use crate::error::{AppError, Trouble};
use crate::guilds::grants;
use crate::guilds::rights::{Level, Rights, Scope};
use crate::guilds::second_factor::SecondFactor;
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::keyed_limit::KeyedLimit;
use admitted::beyond;

pub use admitted::{Admitted, Place};

/// How old an answer of Discord about rights may be.
const FOR_A_PAGE: Duration = Duration::from_secs(60);
const FOR_A_WRITE: Duration = Duration::from_secs(10);
/// The same of who is let in by a role, or by name as long as they are a member: for a page, too.
const FOR_STAFF: Duration = FOR_A_WRITE;
/// The same for a page of theirs that stays open, which relies on the answer for a while.
pub const FOR_STAFF_WHO_STAY: Duration = Duration::from_secs(5);
/// How old the lists may be that only show that a question makes sense.
const FOR_THE_LISTS: Duration = Duration::from_secs(600);
const REFUSALS_LAST: Duration = Duration::from_secs(60);
/// How old the bot's absence may be: somebody may just have invited it.
const ABSENCE_STANDS: Duration = Duration::from_secs(3);

/// How fresh the answer about rights must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    Page,
    /// A page that stays open.
    OpenPage,
    Write,
}

impl Freshness {
    fn max_age(self) -> Duration {
        match self {
            Self::Page | Self::OpenPage => FOR_A_PAGE,
            Self::Write => FOR_A_WRITE,
        }
    }

    /// Of whoever is no manager: how old the answers about the server and about the member may be. A role that is
    /// deleted is none of the member's any more, so a page that stays open asks for the member alone.
    fn of_staff(self) -> (Duration, Duration) {
        match self {
            Self::Page | Self::Write => (FOR_STAFF, FOR_STAFF),
            Self::OpenPage => (FOR_A_PAGE, FOR_STAFF_WHO_STAY),
        }
    }
}

/// What somebody wants on a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub level: Level,
    pub scope: Scope<'static>,
    pub fresh: Freshness,
}

impl Wish {
    /// To keep a page of the server open, whichever.
    pub const TO_LOOK: Self = Self { level: Level::View, scope: Scope::Any, fresh: Freshness::OpenPage };
}

/// Decides. Clones share what is remembered.
#[derive(Clone)]
pub struct Access {
    discord: Discord,
    accounts: Accounts,
    db: Db,
    clock: Clock,
    second_factor: SecondFactor,
    /// When each was refused; by the server first.
    refused: Bounded<(GuildId, UserId), Millis>,
    refusals: Arc<KeyedLimit<UserId>>,
    /// Who has collected too many refusals, and when.
    slowed: Bounded<UserId, Millis>,
}

impl Access {
    pub fn new(discord: Discord, accounts: Accounts, db: Db, clock: Clock, second_factor: SecondFactor) -> Self {
        let twenty_a_minute = Quota::per_minute(std::num::NonZeroU32::MIN.saturating_add(19));
        Self {
            discord,
            accounts,
            db,
            clock,
            second_factor,
            refused: Bounded::by_use(50_000),
            refusals: Arc::new(KeyedLimit::new(twenty_a_minute, DefaultClock::default(), 10_000)),
            slowed: Bounded::by_use(10_000),
        }
    }

    pub fn sizes(&self) -> [Size; 3] {
        [self.refused.size("access_refused"), self.slowed.size("access_slowed"), self.refusals.size("limit_refusals")]
    }

    /// Forgets that somebody was refused: the server has changed, or what was given there.
    pub fn reconsider(&self, guild: GuildId) {
        self.refused.forget_all_of(guild);
    }

    /// Whether `person` may do that with this server.
    ///
    /// # Errors
    /// [`Trouble::NoAccess`] alike for an unknown server, one without the bot and one that is nothing to them;
    /// [`Trouble::NotGiven`] to staff who may do something else there; [`Trouble::SecondFactor`] to who may do it once
    /// they have turned one on; [`Trouble::Discord`] when Discord cannot be asked: never a guess.
    pub async fn admit(&self, person: Person, guild: GuildId, wanted: Wish) -> Result<Admitted, AppError> {
        let key = (guild, person.id);
        if self.refused.get(&key).is_some_and(|at| self.still_lasts(*at)) {
            return Err(self.shut_out(person.id, guild, "refused a moment ago"));
        }
        match self.place(&person, guild, wanted.fresh).await {
            Ok((place, rights, confirmed_at)) => match rights.lack(wanted.level, wanted.scope) {
                None => Ok(Admitted { person, guild, place, rights, confirmed_at }),
                Some(lack) => {
                    let refused = self.refusal(person.id, "more than they may");
                    let slowed = refused.trouble != Trouble::NoAccess;
                    Err(if slowed { refused } else { beyond(person.id, guild, wanted.level, lack) })
                }
            },
            Err(error) if error.trouble == Trouble::NoAccess => {
                self.refused.keep(&key, Arc::new(self.clock.now()));
                Err(self.shut_out(person.id, guild, &error.cause))
            }
            Err(error) => Err(error),
        }
    }

    fn shut_out(&self, person: UserId, guild: GuildId, cause: &str) -> AppError {
        tracing::warn!(event = "access_refused", user.id = %person, guild.id = %guild, cause, "access refused");
        self.refusal(person, cause)
    }

    /// A refusal counts: who collects them is slowed down.
    fn refusal(&self, person: UserId, cause: impl Into<String>) -> AppError {
        match self.refusals.check(&person) {
            Ok(()) => AppError::new(Trouble::NoAccess, cause),
            Err(_) => {
                self.slowed.keep(&person, Arc::new(self.clock.now()));
                tracing::warn!(event = "limit_hit", user.id = %person, limit = "refusals", "too many refusals");
                slow_down()
            }
        }
    }

    fn still_lasts(&self, refused_at: i64) -> bool {
        self.clock.now() - refused_at < i64::try_from(REFUSALS_LAST.as_millis()).unwrap_or(i64::MAX)
    }

    /// The server as it is for them, what they may do there, and when Discord was asked who they are.
    async fn place(
        &self,
        person: &Person,
        guild: GuildId,
        fresh: Freshness,
    ) -> Result<(Place, Rights, Millis), AppError> {
        let listed = self.in_own_list(person, guild).await?;
        // Their own list says no already, and they have had their share of the bot's questions.
        if !listed.manageable() && self.slowed.get(&person.id).is_some_and(|at| self.still_lasts(*at)) {
            return Err(slow_down());
        }
        if !self.bot_is_there(guild).await? {
            return self.without_bot(person, listed, fresh).await;
        }
        let of_staff = fresh.of_staff();
        let mut ages = (fresh.max_age(), fresh.max_age());
        loop {
            let rights =
                tokio::try_join!(self.discord.guild(guild, ages.0), self.discord.member(guild, person.id, ages.1));
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
                    return self.without_bot(person, listed, fresh).await;
                }
                Err(error) => return Err(error.into()),
            };
            let confirmed_at = member.fetched_at;
            let Some(member) = member.value.as_ref().clone() else {
                self.discord.forget_user(person.id);
                return Err(no_access("no member"));
            };
            let held = self.rights(guild, &found.value, &member).await?;
            let rights = match self.second_factor.asker(&found.value) {
                Some(asker) if !person.second_factor => held.without_factor(asker),
                _ => held,
            };
            if rights.is_manager() || ages.1 <= of_staff.1 {
                let snapshot = self.discord.snapshot(guild, FOR_A_PAGE).await?;
                return Ok((Place::Here { snapshot, member }, rights, confirmed_at));
            }
            // They are let in by what they were, so it is asked what they are.
            ages = of_staff;
        }
    }

    /// A manager has all, whatever was given or withdrawn; who is timed out has nothing. Of a second factor nothing is
    /// said here.
    async fn rights(&self, id: GuildId, guild: &Guild, member: &Member) -> Result<Rights, AppError> {
        let now = self.clock.now();
        let standing = Standing::of(guild, member, now);
        if standing.is_manager() {
            return Ok(Rights::of_manager());
        }
        let given = self.db.run(move |conn| grants::of_guild(conn, id)).await?;
        let staff = grants::of_member(&given, guild, member, now);
        if staff.is_nothing() || standing.is_timed_out() {
            return Err(no_access("no manager, and nothing was given"));
        }
        Ok(Rights::of_staff(staff))
    }

    /// A channel or role may have been made since the snapshot: asks Discord for it anew, at most every 5 s.
    ///
    /// # Errors
    /// As Discord answers.
    pub async fn fresh_snapshot(&self, guild: GuildId) -> Result<Arc<GuildSnapshot>, AppError> {
        Ok(self.discord.snapshot(guild, Duration::from_secs(5)).await?)
    }

    async fn without_bot(
        &self,
        person: &Person,
        listed: PartialGuild,
        fresh: Freshness,
    ) -> Result<(Place, Rights, Millis), AppError> {
        let current = self.own_list(person, FOR_A_PAGE).await?;
        let listed =
            current.into_iter().find(|guild| guild.id == listed.id).ok_or_else(|| no_access("not in own list"))?;
        match (listed.manageable(), fresh) {
            (false, _) => Err(no_access("bot absent, no manager")),
            (true, Freshness::Page | Freshness::OpenPage) => {
                Ok((Place::Without(Box::new(listed)), Rights::of_manager(), self.clock.now()))
            }
            (true, Freshness::Write) => Err(Trouble::BotAbsent.into()),
        }
    }

    async fn bot_is_there(&self, guild: GuildId) -> Result<bool, AppError> {
        // An absence is asked again soon: somebody may just have invited the bot.
        let there = self.discord.bot_in(guild, FOR_THE_LISTS).await?;
        Ok(there || self.discord.bot_in(guild, ABSENCE_STANDS).await?)
    }
}

fn slow_down() -> AppError {
    AppError::new(Trouble::TooMany { wait: 60 }, "too many refusals")
}

fn no_access(cause: &str) -> AppError {
    AppError::new(Trouble::NoAccess, cause)
}
