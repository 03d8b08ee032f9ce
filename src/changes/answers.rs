//! What the bot answered to a change, written down in its row.
//!
//! An answer to one revision settles every earlier one of the pair. Answers come as events, and again from what the
//! bot keeps in Redis: writing the same down twice changes nothing.

use config_sync::Applied;
use diesel::prelude::*;

use crate::clock::Millis;
use crate::db::{Conn, first, storable};
use crate::ids::{GuildId, Snowflake};
use crate::schema::changes;

/// A bot's reason is kept up to this many characters.
const LONGEST_REASON: usize = 500;
/// So many names of bots' processes are kept.
const LONGEST_NAME: usize = 100;

/// The bot's word on one revision of a pair.
#[derive(Clone, Debug)]
pub struct BotAnswer {
    pub guild: GuildId,
    /// The module's key, as in the change log.
    pub subject: String,
    pub revision: i64,
    /// None: applied. Else why not, in the bot's words.
    pub refused: Option<String>,
    /// The bot's process.
    pub bot: String,
    pub shard: Option<i64>,
    /// When it came, by our clock.
    pub at: Millis,
    /// When it came to Redis, by its clock; none if that is not known.
    pub redis_ms: Option<Millis>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = changes)]
struct Row {
    id: String,
    published_at: Option<Millis>,
    applied_at: Option<Millis>,
    rejected_reason: Option<String>,
    answered_redis_ms: Option<Millis>,
}

/// Writes an answer down, in the transaction of `conn`. Gives the ids of the rows whose state changed: tell of
/// them after the commit.
///
/// # Errors
/// As the database answers.
pub fn settle(conn: &mut Conn, answer: &BotAnswer) -> QueryResult<Vec<String>> {
    let pair = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(answer.guild)))
        .filter(changes::subject.eq(answer.subject.clone()));
    let newest = pair.clone().filter(changes::revision.is_not_null()).order(changes::revision.desc());
    let newest: Option<Option<i64>> = first(newest.select(changes::revision)).get_result(conn).optional()?;
    // A revision beyond all that are known: the database was put back, or somebody makes it up.
    if newest.flatten().is_none_or(|newest| answer.revision > newest) {
        return Ok(Vec::new());
    }
    let mut changed = supersede_earlier(conn, answer)?;
    let row = pair.filter(changes::revision.eq(answer.revision)).select(Row::as_select());
    let row: Option<Row> = first(row).get_result(conn).optional()?;
    if let Some(row) = row
        && note(conn, answer, &row)?
    {
        changed.push(row.id);
    }
    Ok(changed)
}

/// Earlier rows that the bot never answered will not be answered any more.
fn supersede_earlier(conn: &mut Conn, answer: &BotAnswer) -> QueryResult<Vec<String>> {
    let earlier = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(answer.guild)))
        .filter(changes::subject.eq(answer.subject.clone()))
        .filter(changes::revision.lt(answer.revision))
        .filter(changes::applied_at.is_null().and(changes::superseded.eq(false)));
    let ids: Vec<String> = earlier.select(changes::id).load(conn)?;
    if !ids.is_empty() {
        diesel::update(changes::table.filter(changes::id.eq_any(&ids)))
            .set((changes::superseded.eq(true), changes::touched_at.eq(answer.at)))
            .execute(conn)?;
    }
    Ok(ids)
}

/// False: it stood there already.
fn note(conn: &mut Conn, answer: &BotAnswer, row: &Row) -> QueryResult<bool> {
    let refused = answer.refused.as_deref().map(|text| shortened(text, LONGEST_REASON));
    let known = row.applied_at.is_some() && row.rejected_reason == refused;
    if known && (row.answered_redis_ms.is_some() || answer.redis_ms.is_none()) {
        return Ok(false);
    }
    diesel::update(changes::table.filter(changes::id.eq(&row.id)))
        .set((
            // The mark of having been sent may come a moment later.
            changes::published_at.eq(row.published_at.or(Some(answer.at))),
            changes::applied_at.eq(if known { row.applied_at } else { Some(answer.at) }),
            changes::applied_by.eq(shortened(&answer.bot, LONGEST_NAME)),
            changes::applied_shard.eq(answer.shard),
            changes::answered_redis_ms.eq(answer.redis_ms),
            changes::rejected_reason.eq(refused),
            changes::superseded.eq(false),
            changes::touched_at.eq(answer.at),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Settles what the bot keeps in Redis of a pair: the last applied, and the last refused. Of the same revision
/// the refusal is the newer word.
///
/// # Errors
/// As the database answers.
pub fn settle_held(
    conn: &mut Conn,
    guild: GuildId,
    subject: &str,
    held: &Applied,
    now: Millis,
) -> QueryResult<Vec<String>> {
    let answer = |revision: u64, refused: Option<String>| BotAnswer {
        guild,
        subject: subject.to_owned(),
        revision: i64::try_from(revision).unwrap_or(i64::MAX),
        refused,
        bot: held.bot_id.clone(),
        shard: held.shard.and_then(|shard| i64::try_from(shard).ok()),
        at: now,
        redis_ms: None,
    };
    let mut answers = Vec::new();
    if held.revision > 0 && held.rejected != Some(held.revision) {
        answers.push(answer(held.revision, None));
    }
    if let Some(revision) = held.rejected {
        answers.push(answer(revision, Some(held.reason.clone().unwrap_or_default())));
    }
    answers.sort_by_key(|answer| answer.revision);
    let mut changed = Vec::new();
    for answer in &answers {
        changed.extend(settle(conn, answer)?);
    }
    Ok(changed)
}

fn shortened(text: &str, longest: usize) -> String {
    storable(text).chars().take(longest).collect()
}
