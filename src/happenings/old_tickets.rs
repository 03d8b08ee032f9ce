//! Removing closed tickets that are older than the operator wants to keep, with their transcripts and ratings, once an
//! hour, by one of several instances. What is open stays, however old. Without the setting nothing of this runs.

use std::time::Duration;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use twilight_model::id::marker::{GuildMarker, UserMarker};
use uuid::Uuid;

use super::one_at_a_time;
use super::rating_counts::{self, Given};
use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::hourly::{Job, LEASE};
use crate::ids::{GuildId, Snowflake};
use crate::schema::{ratings, tickets, transcripts};
use crate::{kept_days, leases, on_each};

/// Tickets removed in one transaction at first: each may have a long transcript. Half as many are tried when these take
/// longer than a transaction may, and so on to a single one.
const AT_ONCE: usize = 50;
/// Between two transactions, so that others have their turn.
const PAUSE: Duration = Duration::from_millis(50);

type Ratings<'q> = ratings::BoxedQuery<'q, <Conn as Connection>::Backend>;

/// The next server that has old ones; by the index of closed tickets.
const NEXT: &str = "SELECT MIN(guild_id) AS guild_id FROM tickets WHERE guild_id >= $1 AND closed_at < $2";

/// For how many days closed tickets are kept.
pub type KeptDays = kept_days::KeptDays<30>;

/// What pages that speak of it are told. None: for ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept(pub Option<KeptDays>);

impl Kept {
    /// Until when a ticket is kept that was closed then. None: without an end.
    pub fn until(self, closed_at: Option<Millis>) -> Option<Millis> {
        Some(closed_at?.saturating_add(self.0?.span()))
    }
}

/// Removes old tickets.
#[derive(Clone)]
pub struct OldTickets {
    db: Db,
    clock: Clock,
    days: KeptDays,
    holder: String,
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = Nullable<BigInt>)]
    guild_id: Option<i64>,
}

impl OldTickets {
    pub fn new(db: Db, clock: Clock, days: KeptDays) -> Self {
        Self { db, clock, days, holder: Uuid::new_v4().to_string() }
    }

    /// Looks at once, and then once an hour.
    pub fn start(self) -> Job {
        let days = self.days.get();
        let pass = |this: Self| async move { this.pass().await };
        let done = move |removed: usize| {
            tracing::info!(event = "tickets_removed", removed, days, "old tickets were removed");
        };
        Job::counting(self, pass, done, "old tickets could not be removed; the next hour tries again")
    }

    /// Removes all that may go, a few at a time; says how many tickets went, and ratings of tickets that nobody has told
    /// of. None while another instance does it.
    ///
    /// # Errors
    /// As the database answers; what was removed before stays so.
    pub async fn pass(&self) -> Result<usize, DbError> {
        let end = self.clock.now() - self.days.span();
        let (mut removed, mut from, mut most) = (0, 0, AT_ONCE);
        while let Some(id) = self.db.run(move |conn| Ok::<_, DbError>(next(conn, from, end)?)).await? {
            let went = match GuildId::new_checked(id.cast_unsigned()) {
                Some(guild) => self.step(&mut most, move |conn, most| remove_some(conn, guild, end, most)).await?,
                None => Some(0),
            };
            let Some(went) = went else { return Ok(removed) };
            removed += went;
            from = if went < most { id.saturating_add(1) } else { id };
        }
        loop {
            // Looked for outside of the transaction, so that nobody waits for it.
            let found = self.db.run(move |conn| Ok::<_, DbError>(find_alone(conn, end, most)?)).await?;
            if found.is_empty() {
                return Ok(removed);
            }
            let went = self.step(&mut most, move |conn, most| remove_alone(conn, found.iter().take(most))).await?;
            let Some(went) = went else { return Ok(removed) };
            removed += went;
        }
    }

    /// Removes so many at most, or fewer if that takes too long. None: another instance does it.
    async fn step(
        &self,
        most: &mut usize,
        work: impl Fn(&mut Conn, usize) -> QueryResult<usize> + Clone + Send + 'static,
    ) -> Result<Option<usize>, DbError> {
        loop {
            let (now, holder, work, at_once) = (self.clock.now(), self.holder.clone(), work.clone(), *most);
            let done = self.db.write(move |conn| {
                if !leases::hold(conn, "old-tickets", &holder, now, LEASE)? {
                    return Ok(None);
                }
                Ok::<_, DbError>(Some(work(conn, at_once)?))
            });
            let done = done.await;
            tokio::time::sleep(PAUSE).await;
            match done {
                Err(DbError::Unavailable(_)) if at_once > 1 => *most = at_once / 2,
                done => return done,
            }
        }
    }
}

fn next(conn: &mut Conn, from: i64, end: Millis) -> QueryResult<Option<i64>> {
    let query = || diesel::sql_query(NEXT).bind::<BigInt, _>(from).bind::<BigInt, _>(end);
    let next: Next = on_each!(conn, c => query().get_result(c))?;
    Ok(next.guild_id)
}

/// How many tickets of a server went. Its events wait for it, so that they count the same ratings.
fn remove_some(conn: &mut Conn, guild: GuildId, end: Millis, most: usize) -> QueryResult<usize> {
    one_at_a_time(conn, std::iter::once(guild))?;
    let guild = Snowflake::from(guild);
    let ids: Vec<String> = tickets::table
        .filter(tickets::guild_id.eq(guild))
        .filter(tickets::closed_at.lt(end))
        .order((tickets::closed_at.asc(), tickets::id.asc()))
        .limit(most as i64)
        .select(tickets::id)
        .load(conn)?;
    remove_ratings(conn, guild, &ids)?;
    let parts = transcripts::table.filter(transcripts::guild_id.eq(guild));
    diesel::delete(parts.filter(transcripts::ticket_id.eq_any(&ids))).execute(conn)?;
    let old = tickets::table.filter(tickets::guild_id.eq(guild));
    diesel::delete(old.filter(tickets::id.eq_any(&ids))).execute(conn)?;
    Ok(ids.len())
}

/// Old ratings of which there is no ticket: it was not told of, or is gone already.
fn alone<'q>(end: Millis, most: usize) -> Ratings<'q> {
    let ticket =
        tickets::table.filter(tickets::guild_id.eq(ratings::guild_id)).filter(tickets::id.eq(ratings::ticket_id));
    let old: Ratings<'q> = ratings::table.filter(ratings::rated_at.lt(end)).into_boxed();
    old.filter(not(exists(ticket))).limit(most as i64)
}

/// A rating, by its server and its ticket.
type Alone = (Snowflake<GuildMarker>, String);

fn find_alone(conn: &mut Conn, end: Millis, most: usize) -> QueryResult<Vec<Alone>> {
    alone(end, most).select((ratings::guild_id, ratings::ticket_id)).load(conn)
}

/// How many of these went. One of which the ticket has been told of since then goes with that.
fn remove_alone<'a>(conn: &mut Conn, found: impl Iterator<Item = &'a Alone> + Clone) -> QueryResult<usize> {
    one_at_a_time(conn, found.clone().filter_map(|(guild, _)| guild.id()))?;
    let mut went = 0;
    for (guild, id) in found {
        let ticket = tickets::table.filter(tickets::guild_id.eq(*guild)).filter(tickets::id.eq(id.as_str()));
        let told: Option<String> = ticket.select(tickets::id).first(conn).optional()?;
        if told.is_none() {
            remove_ratings(conn, *guild, std::slice::from_ref(id))?;
            went += 1;
        }
    }
    Ok(went)
}

fn remove_ratings(conn: &mut Conn, guild: Snowflake<GuildMarker>, ids: &[String]) -> QueryResult<()> {
    let theirs = || ratings::table.filter(ratings::guild_id.eq(guild)).filter(ratings::ticket_id.eq_any(ids));
    let given: Vec<(Option<Snowflake<UserMarker>>, i32)> =
        theirs().filter(ratings::deleted.eq(false)).select((ratings::staff_id, ratings::stars)).load(conn)?;
    diesel::delete(theirs()).execute(conn)?;
    for (staff, stars) in given {
        rating_counts::remove(conn, Given { guild, staff, stars })?;
    }
    rating_counts::drop_empty(conn, guild)
}

#[cfg(test)]
mod tests;
