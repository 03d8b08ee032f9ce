//! Ratings that are not counted, because an instance of an older version took them while another one was updated: counted
//! again once an hour, by one of several instances. Pages read the counts alone.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};
use uuid::Uuid;

use super::one_at_a_time;
use super::rating_counts::{self, Given};
use crate::clock::Clock;
use crate::db::{Conn, Db, DbError};
use crate::hourly::{Job, LEASE};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::{leases, on_each};

/// Servers looked at with one connection.
const AT_ONCE: usize = 20;
/// Between two looks, so that others have their turn.
const PAUSE: Duration = Duration::from_millis(50);

/// What is counted of a server and what there is, in one statement, so that both are of the same moment: only what
/// differs, with by how much. It reads the index `ratings_by_staff`.
const WRONG: &str = "\
    SELECT staff_id, stars, CAST(SUM(given) AS BIGINT) AS missing FROM (\
        SELECT COALESCE(staff_id, 0) AS staff_id, stars, COUNT(*) AS given FROM ratings \
        WHERE guild_id = $1 AND deleted = FALSE GROUP BY COALESCE(staff_id, 0), stars \
        UNION ALL SELECT staff_id, stars, -given FROM rating_counts WHERE guild_id = $1\
    ) AS both_of_them GROUP BY staff_id, stars HAVING SUM(given) <> 0 ORDER BY staff_id, stars";

/// The next server that has ratings, or counts of them.
const NEXT: &str = "\
    SELECT MIN(guild_id) AS guild_id FROM (\
        SELECT MIN(guild_id) AS guild_id FROM ratings WHERE guild_id > $1 \
        UNION ALL SELECT MIN(guild_id) AS guild_id FROM rating_counts WHERE guild_id > $1\
    ) AS both_of_them";

/// What somebody is called, where no event of theirs was counted yet.
const NAMED: &str = "\
    UPDATE rating_counts SET staff_name = (\
        SELECT MAX(tickets.claimer_name) FROM ratings \
        JOIN tickets ON tickets.guild_id = ratings.guild_id AND tickets.id = ratings.ticket_id \
        WHERE ratings.guild_id = $1 AND ratings.staff_id = $2 AND tickets.claimed_by = $2\
    ) WHERE guild_id = $1 AND staff_id = $2 AND staff_name IS NULL";

#[derive(QueryableByName)]
struct Wrong {
    #[diesel(sql_type = BigInt)]
    staff_id: i64,
    #[diesel(sql_type = Integer)]
    stars: i32,
    #[diesel(sql_type = BigInt)]
    missing: i64,
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = Nullable<BigInt>)]
    guild_id: Option<i64>,
}

#[derive(Clone)]
pub struct Recounting {
    db: Db,
    clock: Clock,
    holder: String,
}

impl Recounting {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, holder: Uuid::new_v4().to_string() }
    }

    /// Looks at once, and then once an hour.
    pub fn start(self) -> Job {
        let pass = |this: Self| async move { this.pass().await };
        let done = |mended: usize| tracing::info!(mended, "ratings that were not counted are");
        Job::counting(self, pass, done, "ratings cannot be counted; the next hour goes on")
    }

    /// Compares all servers, and mends what differs; says how many counts that were: 0 while another instance does it.
    ///
    /// # Errors
    /// As the database answers; what was mended before stays so.
    pub async fn pass(&self) -> Result<usize, DbError> {
        let (now, holder) = (self.clock.now(), self.holder.clone());
        let ours = self.db.write(move |conn| Ok::<_, DbError>(leases::hold(conn, "recounting", &holder, now, LEASE)?));
        if !ours.await? {
            return Ok(0);
        }
        let (mut mended, mut behind) = (0, Some(0));
        while let Some(from) = behind {
            let look = self.db.run(move |conn| Ok::<_, DbError>(differing(conn, from)?));
            let (guilds, last) = look.await?;
            for guild in guilds {
                mended += self.db.write(move |conn| Ok::<_, DbError>(mend(conn, guild)?)).await?;
            }
            behind = last;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(mended)
    }
}

/// Of the next servers those where something differs, and behind which one to go on; none: these were all.
fn differing(conn: &mut Conn, from: i64) -> QueryResult<(Vec<GuildId>, Option<i64>)> {
    let (mut guilds, mut last) = (Vec::new(), from);
    for _ in 0..AT_ONCE {
        let query = || diesel::sql_query(NEXT).bind::<BigInt, _>(last);
        let next: Next = on_each!(conn, c => query().get_result(c))?;
        let Some(id) = next.guild_id else { return Ok((guilds, None)) };
        last = id;
        if let Some(guild) = GuildId::new_checked(id.cast_unsigned())
            && !wrong(conn, guild)?.is_empty()
        {
            guilds.push(guild);
        }
    }
    Ok((guilds, Some(last)))
}

fn wrong(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<Wrong>> {
    let query = || diesel::sql_query(WRONG).bind::<BigInt, _>(guild.get().cast_signed());
    on_each!(conn, c => query().load(c))
}

/// Adds what is missing, in the transaction of the caller. Who counts meanwhile adds to the same rows, which comes to the
/// same in any order; who mends meanwhile waits, and then finds nothing.
fn mend(conn: &mut Conn, guild: GuildId) -> QueryResult<usize> {
    one_at_a_time(conn, std::iter::once(guild))?;
    let wrong = wrong(conn, guild)?;
    for row in &wrong {
        let staff = UserId::new_checked(row.staff_id.cast_unsigned()).map(Snowflake::from);
        rating_counts::add(conn, Given { guild: guild.into(), staff, stars: row.stars }, row.missing)?;
        if staff.is_some() {
            let (guild, staff) = (guild.get().cast_signed(), row.staff_id);
            let query = || diesel::sql_query(NAMED).bind::<BigInt, _>(guild).bind::<BigInt, _>(staff);
            on_each!(conn, c => query().execute(c))?;
        }
    }
    Ok(wrong.len())
}
