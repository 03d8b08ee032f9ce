//! What is kept for nothing any more: ended sessions, tokens of who is signed in nowhere, people who have not come back
//! for a year, servers that the bot has left, old entries of Redis's streams.
//!
//! Looked at once an hour, by one of several instances; a little at a time, so that nobody waits.

use std::time::Duration;

use config_sync::Unreachable;
use diesel::prelude::*;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::person;
use super::server::{self, NotForgotten};
use crate::accounts::{self, Accounts, TakenBack};
use crate::clock::{Clock, Millis};
use crate::db::{Db, DbError};
use crate::discord::{Discord, DiscordError};
use crate::hourly::{Job, LEASE};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::relay::{self, Relay};
use crate::schema::{discord_tokens, guilds, sessions, users};
use crate::{leases, live};

/// Somebody who has not signed in for so long is forgotten. Sessions end much sooner.
const PEOPLE: Millis = 365 * 24 * 60 * 60 * 1000;
/// Rows looked at in one transaction.
const AT_ONCE: i64 = 50;
/// Between two steps, so that others have their turn, and Discord is not asked too often.
const PAUSE: Duration = Duration::from_millis(100);
/// How old Discord's word may be that the bot is on no such server.
const PRESENCE: Duration = Duration::from_secs(60);

/// Why not all could be looked at. The next hour goes on.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Discord(#[from] DiscordError),
    #[error(transparent)]
    Server(#[from] NotForgotten),
    #[error(transparent)]
    Redis(#[from] Unreachable),
    // An account of before the streams were cut by age.
    #[error("Redis: {} To remove old entries it needs +xtrim and +xinfo|stream on its three streams.", relay::lacks_rights(.0))]
    Rights(String),
    #[error("Discord does not confirm that access is gone")]
    Unconfirmed,
}

#[derive(Clone)]
pub struct Erasure {
    db: Db,
    clock: Clock,
    discord: Discord,
    accounts: Accounts,
    relay: Relay,
    holder: String,
}

impl Erasure {
    pub fn new(db: Db, clock: Clock, discord: Discord, accounts: Accounts, relay: Relay) -> Self {
        Self { db, clock, discord, accounts, relay, holder: uuid::Uuid::new_v4().to_string() }
    }

    pub fn start(self) -> Job {
        Job::start(move || {
            let this = self.clone();
            async move { this.pass().await }
        })
    }

    /// Each by itself: trouble with one keeps none of the others.
    pub async fn pass(&self) {
        let done = [
            ("sessions", self.sessions().await),
            ("tokens", self.tokens().await),
            ("people", self.people().await),
            ("servers", self.servers().await),
            ("entries", self.entries().await),
        ];
        for (what, outcome) in done {
            match outcome {
                Ok(0) => {}
                Ok(removed) => tracing::info!(event = "erased", what, removed, "what is kept for nothing was removed"),
                Err(error) => {
                    tracing::warn!(what, cause = %error, "not all could be removed; the next hour goes on");
                }
            }
        }
    }

    /// Whether this is the instance that does it.
    async fn is_ours(&self) -> Result<bool, DbError> {
        let (now, holder) = (self.clock.now(), self.holder.clone());
        self.db.write(move |conn| Ok(leases::hold(conn, "erasure", &holder, now, LEASE)?)).await
    }

    async fn sessions(&self) -> Result<usize, Trouble> {
        if !self.is_ours().await? {
            return Ok(0);
        }
        let now = self.clock.now();
        Ok(self.db.write(move |conn| Ok::<_, DbError>(accounts::remove_ended_sessions(conn, now)?)).await?)
    }

    async fn tokens(&self) -> Result<usize, Trouble> {
        let (mut behind, mut removed) = (i64::MIN, 0);
        while self.is_ours().await? {
            let some: Vec<Snowflake<UserMarker>> = self
                .db
                .run(move |conn| {
                    let open = sessions::table.filter(sessions::user_id.eq(discord_tokens::user_id.nullable()));
                    let unneeded = discord_tokens::table
                        .filter(diesel::dsl::not(diesel::dsl::exists(open)))
                        .filter(discord_tokens::user_id.gt(behind))
                        .order(discord_tokens::user_id.asc())
                        .limit(AT_ONCE);
                    Ok::<_, DbError>(unneeded.select(discord_tokens::user_id).load(conn)?)
                })
                .await?;
            let users: Vec<UserId> = some.into_iter().filter_map(Snowflake::id).collect();
            let Some(last) = users.last() else { break };
            behind = last.get().cast_signed();
            for user in users {
                match self.accounts.take_back_unneeded(user).await? {
                    None => {}
                    Some(TakenBack::Confirmed) => removed += 1,
                    // The others wait until Discord is there: it cannot be asked twice.
                    Some(TakenBack::Unconfirmed) => return Err(Trouble::Unconfirmed),
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(removed)
    }

    async fn people(&self) -> Result<usize, Trouble> {
        let mut removed = 0;
        while self.is_ours().await? {
            let before = self.clock.now() - PEOPLE;
            let forget = move |conn: &mut crate::db::Conn| {
                let signed_in = sessions::table.filter(sessions::user_id.eq(users::id.nullable()));
                let connected = discord_tokens::table.filter(discord_tokens::user_id.eq(users::id));
                let gone: Vec<Snowflake<UserMarker>> = users::table
                    .filter(users::updated_at.lt(before))
                    .filter(diesel::dsl::not(diesel::dsl::exists(signed_in)))
                    .filter(diesel::dsl::not(diesel::dsl::exists(connected)))
                    .limit(AT_ONCE)
                    .select(users::id)
                    .load(conn)?;
                for user in gone.iter().filter_map(|id| id.id()) {
                    person::forget_account(conn, user)?;
                }
                Ok::<_, DbError>(gone.len())
            };
            match self.db.write(forget).await? {
                0 => break,
                some => removed += some,
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(removed)
    }

    async fn servers(&self) -> Result<usize, Trouble> {
        let (mut behind, mut removed) = (i64::MIN, 0);
        while self.is_ours().await? {
            let before = self.clock.now() - server::KEPT;
            let some: Vec<Snowflake<GuildMarker>> = self
                .db
                .run(move |conn| {
                    let left = guilds::table
                        .filter(guilds::left_at.lt(before))
                        .filter(guilds::id.gt(behind))
                        .order(guilds::id.asc())
                        .limit(AT_ONCE);
                    Ok::<_, DbError>(left.select(guilds::id).load(conn)?)
                })
                .await?;
            let left: Vec<GuildId> = some.into_iter().filter_map(Snowflake::id).collect();
            let Some(last) = left.last() else { break };
            behind = last.get().cast_signed();
            for guild in left {
                // The bot's coming back may not have been heard of.
                if self.discord.bot_in(guild, PRESENCE).await? {
                    self.is_back(guild).await?;
                } else {
                    server::forget(&self.db, self.relay.publisher(), guild).await?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    /// Entries of the streams, the bot's words among them.
    async fn entries(&self) -> Result<usize, Trouble> {
        if !self.is_ours().await? {
            return Ok(0);
        }
        match self.relay.publisher().cut_old(live::GROUP).await {
            Err(Unreachable::Forbidden(which)) => Err(Trouble::Rights(which)),
            answer => Ok(answer?),
        }
    }

    async fn is_back(&self, guild: GuildId) -> Result<(), DbError> {
        tracing::info!(guild.id = %guild, "the bot is on a server that it was thought to have left");
        let back = self.db.run(move |conn| {
            let row = guilds::table.find(Snowflake::from(guild));
            Ok(diesel::update(row).set(guilds::left_at.eq(None::<Millis>)).execute(conn)?)
        });
        back.await.map(|_: usize| ())
    }
}
