//! The rows of commands as an outbox: claimed by lease, tried again with backoff, expired in time, and asked after
//! when nobody answers.
//!
//! Whether a command is still in time stands in the very statement that claims it.

use diesel::dsl::min;
use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;
use uuid::Uuid;

use super::state::SILENCE;
use crate::clock::Millis;
use crate::db::{Conn, Db, DbError};
use crate::giveaways;
use crate::ids::{GuildId, Snowflake};
use crate::schema::{changes, commands};

/// How long a claimed row is this process's to send.
const LEASE: Millis = 5_000;
/// Rows that are due, taken in one go.
const BATCH: i64 = 50;
/// The longest pause between two tries.
const CEILING: Millis = 10_000;
const MINUTE: Millis = 60_000;
/// When what the bot keeps of an unanswered command is looked for, counted from when it was sent. The first is when
/// pages stop waiting.
const LOOKS: [Millis; 6] = [SILENCE, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE];
const NEVER: Millis = Millis::MAX;

/// A command that is this process's to send.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub row: Key,
    pub body: String,
    pub expires_at: Millis,
    attempts: i32,
}

/// Which command, and its row in the change log.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = commands)]
pub(super) struct Key {
    pub id: String,
    pub change_id: String,
    guild_id: Snowflake<GuildMarker>,
}

impl Key {
    pub fn guild(&self) -> Option<GuildId> {
        self.guild_id.id()
    }
}

/// What was due.
#[derive(Debug, Default)]
pub(super) struct Due {
    pub unsent: Vec<Claimed>,
    /// Not answered: look what the bot keeps of them.
    pub silent: Vec<Key>,
    /// Settled without being sent, and the giveaway that will not begin for it.
    pub over: Vec<(Key, Option<String>)>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = commands)]
struct Open {
    #[diesel(embed)]
    key: Key,
    body: String,
    expires_at: Millis,
    attempts: i32,
    sent_at: Option<Millis>,
    maybe_sent: bool,
}

#[diesel::dsl::auto_type]
fn open() -> _ {
    commands::answered_at.is_null().and(commands::expired.eq(false))
}

/// When something is due next.
pub(super) async fn next_due(db: &Db) -> Result<Option<Millis>, DbError> {
    db.run(|conn| Ok(commands::table.filter(open()).select(min(commands::next_attempt_at)).first(conn)?)).await
}

/// One command that was just handed over. None: it is somebody else's to send, or no longer to be sent.
pub(super) async fn claim(db: &Db, guild: GuildId, id: Uuid, now: Millis) -> Result<Option<Claimed>, DbError> {
    db.write(move |conn| {
        let of_guild = commands::guild_id.eq(Snowflake::from(guild));
        let row = commands::table.filter(of_guild.and(commands::id.eq(id.to_string()))).select(Open::as_select());
        match row.first(conn).optional()? {
            Some(row) => claim_row(conn, row, now),
            None => Ok(None),
        }
    })
    .await
}

/// Everything that is due; `connected`: whether there is any sense in sending and asking.
pub(super) async fn due(db: &Db, connected: bool, now: Millis) -> Result<Due, DbError> {
    let due = move |conn: &mut Conn| {
        let rows = commands::table.filter(open()).filter(commands::next_attempt_at.le(now));
        let rows = rows.filter(commands::leased_until.lt(now)).order(commands::next_attempt_at).limit(BATCH);
        Ok::<Vec<Open>, DbError>(rows.select(Open::as_select()).load(conn)?)
    };
    let rows = db.run(due).await?;
    if rows.is_empty() {
        return Ok(Due::default());
    }
    db.write(move |conn| {
        let mut due = Due::default();
        for row in rows {
            match row.sent_at {
                Some(sent_at) => due.silent.extend(look(conn, row, sent_at, now)?),
                None if row.expires_at <= now => due.over.extend(give_up(conn, row, now)?),
                None if connected => due.unsent.extend(claim_row(conn, row, now)?),
                None => put_off(conn, &row.key.id, row.attempts, row.expires_at, now)?,
            }
        }
        Ok(due)
    })
    .await
}

fn claim_row(conn: &mut Conn, row: Open, now: Millis) -> Result<Option<Claimed>, DbError> {
    let mine = commands::table
        .filter(commands::id.eq(&row.key.id).and(open()).and(commands::sent_at.is_null()))
        .filter(commands::expires_at.gt(now).and(commands::leased_until.lt(now)));
    let attempts = row.attempts.saturating_add(1);
    let claimed = (commands::leased_until.eq(now + LEASE), commands::attempts.eq(attempts));
    let taken = diesel::update(mine).set(claimed).execute(conn)? == 1;
    Ok(taken.then_some(Claimed { row: row.key, body: row.body, expires_at: row.expires_at, attempts }))
}

/// The next look is noted at once: this one is made or not.
fn look(conn: &mut Conn, row: Open, sent_at: Millis, now: Millis) -> QueryResult<Option<Key>> {
    let looked = row.attempts;
    let after = LOOKS.iter().skip(usize::try_from(looked).unwrap_or(LOOKS.len()) + 1);
    let next = after.map(|pause| sent_at + pause).find(|at| *at > now).unwrap_or(NEVER);
    let mine = commands::table
        .filter(commands::id.eq(&row.key.id).and(open()).and(commands::sent_at.is_not_null()))
        .filter(commands::attempts.eq(looked).and(commands::next_attempt_at.le(now)));
    let noted = (commands::attempts.eq(looked.saturating_add(1)), commands::next_attempt_at.eq(next));
    Ok((diesel::update(mine).set(noted).execute(conn)? == 1).then_some(row.key))
}

/// It was not sent in time. What may have been sent all the same stays unknown, and is asked after.
fn give_up(conn: &mut Conn, row: Open, now: Millis) -> QueryResult<Option<(Key, Option<String>)>> {
    let late = commands::table
        .filter(commands::id.eq(&row.key.id).and(open()).and(commands::sent_at.is_null()))
        .filter(commands::expires_at.le(now).and(commands::leased_until.lt(now)));
    let changed = if row.maybe_sent {
        let values = (
            commands::sent_at.eq(row.expires_at),
            commands::attempts.eq(0),
            commands::next_attempt_at.eq(now),
            commands::touched_at.eq(now),
        );
        diesel::update(late).set(values).execute(conn)?
    } else {
        diesel::update(late).set((commands::expired.eq(true), commands::touched_at.eq(now))).execute(conn)?
    };
    if changed == 0 {
        return Ok(None);
    }
    let change = changes::table.filter(changes::id.eq(&row.key.change_id).and(changes::applied_at.is_null()));
    if row.maybe_sent {
        let values = (changes::published_at.eq(row.expires_at), changes::touched_at.eq(now));
        diesel::update(change).set(values).execute(conn)?;
    } else {
        let values = (changes::applied_at.eq(now), changes::rejected_reason.eq("expired"), changes::touched_at.eq(now));
        diesel::update(change).set(values).execute(conn)?;
    }
    let giveaway = match (row.key.guild(), Uuid::parse_str(&row.key.id)) {
        (Some(guild), Ok(id)) => giveaways::answered(conn, guild, id, now)?,
        _ => None,
    };
    Ok(Some((row.key, giveaway)))
}

/// It stands in Redis.
pub(super) async fn mark_sent(db: &Db, claimed: &Claimed, now: Millis) -> Result<(), DbError> {
    let key = claimed.row.clone();
    db.write(move |conn| {
        let row = commands::table.filter(commands::id.eq(&key.id).and(commands::sent_at.is_null()));
        let values = (
            commands::sent_at.eq(now),
            commands::attempts.eq(0),
            commands::next_attempt_at.eq(now + LOOKS[0]),
            commands::leased_until.eq(0),
            commands::touched_at.eq(now),
        );
        diesel::update(row).set(values).execute(conn)?;
        let change = changes::table.filter(changes::id.eq(&key.change_id).and(changes::published_at.is_null()));
        diesel::update(change).set((changes::published_at.eq(now), changes::touched_at.eq(now))).execute(conn)?;
        Ok(())
    })
    .await
}

/// The try failed. `perhaps`: it may have been sent all the same.
pub(super) async fn mark_failed(db: &Db, claimed: &Claimed, perhaps: bool, now: Millis) -> Result<(), DbError> {
    let claimed = claimed.clone();
    db.write(move |conn| {
        if perhaps {
            let row = commands::table.filter(commands::id.eq(&claimed.row.id));
            diesel::update(row).set(commands::maybe_sent.eq(true)).execute(conn)?;
        }
        Ok(put_off(conn, &claimed.row.id, claimed.attempts, claimed.expires_at, now)?)
    })
    .await
}

fn put_off(conn: &mut Conn, id: &str, attempts: i32, expires_at: Millis, now: Millis) -> QueryResult<()> {
    let pause = (500 << attempts.clamp(1, 6)).min(CEILING);
    let row = commands::table.filter(commands::id.eq(id).and(commands::sent_at.is_null()));
    let values = (commands::next_attempt_at.eq((now + pause).min(expires_at)), commands::leased_until.eq(0));
    diesel::update(row).set(values).execute(conn)?;
    Ok(())
}

/// Everything unsent is due: the connection is back.
pub(super) async fn make_due(db: &Db, now: Millis) -> Result<(), DbError> {
    db.write(move |conn| {
        let waiting = commands::table.filter(open()).filter(commands::sent_at.is_null());
        let waiting = waiting.filter(commands::attempts.gt(0).and(commands::next_attempt_at.gt(now)));
        diesel::update(waiting).set(commands::next_attempt_at.eq(now)).execute(conn)?;
        Ok(())
    })
    .await
}

/// The very same command once more. False: it was answered meanwhile, or is no longer in time.
pub(super) async fn send_again(db: &Db, guild: GuildId, id: Uuid, now: Millis) -> Result<bool, DbError> {
    db.write(move |conn| {
        let row = commands::table
            .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::id.eq(id.to_string())))
            .filter(open().and(commands::sent_at.is_not_null()).and(commands::expires_at.gt(now)));
        let values = (
            commands::sent_at.eq(None::<Millis>),
            // Whatever comes of this try, the first one may have been done.
            commands::maybe_sent.eq(true),
            commands::attempts.eq(0),
            commands::next_attempt_at.eq(now + 2_000),
            commands::leased_until.eq(0),
            commands::touched_at.eq(now),
        );
        Ok(diesel::update(row).set(values).execute(conn)? == 1)
    })
    .await
}
