//! Grants as they are given and withdrawn: each with its entry in the change log, in the same transaction. Every query
//! names the server.

use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::{NoContext, Timestamp, Uuid};

use crate::accounts::Person;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError, storable};
use crate::guilds::grants::{self as rows, ALL, Grant, Holder, MOST};
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::{GuildId, Snowflake};
use crate::schema::grants;

use super::SUBJECT;

/// As the log calls what has ended by itself.
const ENDED: &str = "grant-end";

/// What is to be given to one.
#[derive(Clone, Debug)]
pub(super) struct Gift {
    pub holder: Holder,
    pub name: String,
    /// None: all modules.
    pub module: Option<String>,
    pub edits: bool,
    pub acts: bool,
    pub ends_at: Option<Millis>,
}

impl Gift {
    fn is(&self, grant: &Grant) -> bool {
        self.holder == grant.holder && self.module == grant.module
    }

    fn changes(&self, grant: &Grant) -> bool {
        (self.edits, self.acts, self.ends_at) != (grant.edits, grant.acts, grant.ends_at)
    }
}

/// What came of giving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Giving {
    Done,
    /// They have all of it already.
    Same,
    /// There would be more than a server may have.
    Full,
}

/// Gives all of it, or nothing. What somebody has of a module already is changed to this. Where there is no room, what
/// has ended makes some, and with the server as it is now what was given to roles that are deleted.
pub(super) fn give(
    conn: &mut Conn,
    guild: GuildId,
    gifts: &[Gift],
    by: &Person,
    now: Millis,
    there: Option<&GuildSnapshot>,
) -> Result<Giving, DbError> {
    let all = rows::of_guild(conn, guild)?;
    let unsaid: Vec<_> = all.iter().filter(|one| one.has_ended_unsaid(now)).map(|one| (guild, one.clone())).collect();
    note_ends(conn, &unsaid)?;
    let is_new = |gift: &&Gift| !all.iter().any(|grant| gift.is(grant));
    let wanted = all.len() + gifts.iter().filter(is_new).count();
    let too_many = wanted.saturating_sub(usize::try_from(MOST).unwrap_or_default());
    let is_left = |grant: &&Grant| !gifts.iter().any(|gift| gift.is(grant));
    let is_gone = |grant: &&Grant| !grant.has_ended(now) && there.is_some_and(|guild| grant.holder.is_gone(guild));
    let (ended, gone) = (all.iter().filter(|grant| grant.has_ended(now)), all.iter().filter(is_gone));
    let idle: Vec<&Grant> = ended.chain(gone).filter(is_left).take(too_many).collect();
    if idle.len() < too_many {
        return Ok(Giving::Full);
    }
    for grant in idle {
        make_room(conn, guild, grant, now)?;
    }
    let mut came = Giving::Same;
    for gift in gifts {
        let before = all.iter().find(|grant| gift.is(grant));
        if before.is_some_and(|grant| !gift.changes(grant)) {
            continue;
        }
        let after = write(conn, guild, gift, before, by, now)?;
        let action = if before.is_some() { "grant-update" } else { "grant-create" };
        record(conn, guild, action, (before, Some(&after)), &Actor::from(by), now)?;
        came = Giving::Done;
    }
    Ok(came)
}

/// Removes a grant that does nothing. Of one that has ended the log says so already.
fn make_room(conn: &mut Conn, guild: GuildId, grant: &Grant, now: Millis) -> QueryResult<()> {
    if grant.has_ended(now) {
        let row = grants::table.filter(grants::guild_id.eq(Snowflake::from(guild)).and(grants::id.eq(&grant.id)));
        diesel::delete(row).execute(conn)?;
    } else {
        remove(conn, guild, grant, &Actor::system(), now)?;
    }
    Ok(())
}

/// Writes into the log that these have ended, at the time they did, once for each end, whoever else does the same.
/// Gives the server of each entry.
pub(super) fn note_ends(conn: &mut Conn, ended: &[(GuildId, Grant)]) -> QueryResult<Vec<GuildId>> {
    let mut noted = Vec::new();
    for (guild, grant) in ended {
        let Some(end) = grant.ends_at else { continue };
        let row = grants::guild_id.eq(Snowflake::from(*guild)).and(grants::id.eq(grant.id.clone()));
        let unsaid = grants::noted_end.is_null().or(grants::noted_end.ne(end));
        let row = grants::table.filter(row).filter(grants::ends_at.eq(end)).filter(unsaid);
        if diesel::update(row).set(grants::noted_end.eq(end)).execute(conn)? == 1 {
            record(conn, *guild, ENDED, (Some(grant), None), &Actor::system(), end)?;
            noted.push(*guild);
        }
    }
    Ok(noted)
}

fn write(
    conn: &mut Conn,
    guild: GuildId,
    gift: &Gift,
    before: Option<&Grant>,
    by: &Person,
    now: Millis,
) -> QueryResult<Grant> {
    let id = before.map_or_else(|| Uuid::now_v7().to_string(), |grant| grant.id.clone());
    let what = (
        grants::holder_name.eq(storable(&gift.name)),
        grants::level.eq(level(gift.edits)),
        grants::acts.eq(gift.acts),
        grants::ends_at.eq(gift.ends_at),
        grants::given_at.eq(now),
        grants::given_by.eq(Snowflake::from(by.id)),
        grants::given_by_name.eq(storable(&by.name)),
    );
    if before.is_some() {
        let row = grants::table.filter(grants::guild_id.eq(Snowflake::from(guild)).and(grants::id.eq(id.clone())));
        diesel::update(row).set(what).execute(conn)?;
    } else {
        let whose = (
            grants::id.eq(id.clone()),
            grants::guild_id.eq(Snowflake::from(guild)),
            grants::holder_kind.eq(gift.holder.kind()),
            grants::holder_id.eq(gift.holder.column()),
            grants::module.eq(gift.module.as_deref().unwrap_or(ALL).to_owned()),
        );
        diesel::insert_into(grants::table).values((whose, what)).execute(conn)?;
    }
    Ok(Grant {
        id,
        holder: gift.holder,
        name: gift.name.clone(),
        module: gift.module.clone(),
        edits: gift.edits,
        acts: gift.acts,
        ends_at: gift.ends_at,
        given_at: now,
        given_by: by.id,
        giver: by.name.clone(),
        noted_end: before.and_then(|grant| grant.noted_end),
    })
}

/// One grant of this server.
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: &str) -> Result<Option<Grant>, DbError> {
    Ok(rows::of_guild(conn, guild)?.into_iter().find(|grant| grant.id == id))
}

/// Takes it back. False: it is gone already.
pub(super) fn withdraw(
    conn: &mut Conn,
    guild: GuildId,
    grant: &Grant,
    by: &Person,
    now: Millis,
) -> Result<bool, DbError> {
    Ok(remove(conn, guild, grant, &Actor::from(by), now)?)
}

/// The same, whoever does it. The log says of it what `grant` says.
pub(super) fn remove(conn: &mut Conn, guild: GuildId, grant: &Grant, by: &Actor, now: Millis) -> QueryResult<bool> {
    if grant.has_ended_unsaid(now) {
        note_ends(conn, &[(guild, grant.clone())])?;
    }
    let row = grants::table.filter(grants::guild_id.eq(Snowflake::from(guild)).and(grants::id.eq(grant.id.clone())));
    if diesel::delete(row).execute(conn)? == 0 {
        return Ok(false);
    }
    record(conn, guild, "grant-delete", (Some(grant), None), by, now)?;
    Ok(true)
}

fn record(
    conn: &mut Conn,
    guild: GuildId,
    action: &'static str,
    (before, after): (Option<&Grant>, Option<&Grant>),
    by: &Actor,
    now: Millis,
) -> QueryResult<()> {
    let Some(grant) = after.or(before) else { return Ok(()) };
    // The log is in the order of its ids: what is noted later than it happened stands where it happened.
    let id = if action == ENDED { id_of(now) } else { Uuid::now_v7() };
    let change = ContentChange {
        id,
        guild,
        subject: SUBJECT,
        action,
        label: grant.name.clone(),
        about: grant.id.clone(),
        before: before.map(told),
        after: after.map(told),
        at: now,
    };
    changes::record_content(conn, &change, by)
}

fn id_of(at: Millis) -> Uuid {
    let at = at.max(0).unsigned_abs();
    let nanos = u32::try_from(at % 1_000 * 1_000_000).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, at / 1_000, nanos))
}

/// A grant as the change log keeps it.
fn told(grant: &Grant) -> Value {
    let end = grant.ends_at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    json!({
        "holder": { "id": grant.holder.id().to_string() },
        "holderKind": grant.holder.kind(),
        "module": grant.module.as_deref().unwrap_or(ALL),
        "level": level(grant.edits),
        "acts": grant.acts,
        "endsAt": end.map(|at| at.to_string()),
    })
}

fn level(edits: bool) -> &'static str {
    if edits { "edit" } else { "view" }
}
