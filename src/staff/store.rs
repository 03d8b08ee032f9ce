//! Grants as they are given and withdrawn: each with its entry in the change log, in the same transaction. Every query
//! names the server.

use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::Person;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError, storable};
use crate::guilds::grants::{self as rows, ALL, Grant, Holder, MOST};
use crate::ids::{GuildId, Snowflake};
use crate::schema::grants;

use super::SUBJECT;

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

/// Gives all of it, or nothing. What somebody has of a module already is changed to this.
pub(super) fn give(
    conn: &mut Conn,
    guild: GuildId,
    gifts: &[Gift],
    by: &Person,
    now: Millis,
) -> Result<Giving, DbError> {
    let all = rows::of_guild(conn, guild)?;
    let is_new = |gift: &&Gift| !all.iter().any(|grant| gift.is(grant));
    if all.len() + gifts.iter().filter(is_new).count() > usize::try_from(MOST).unwrap_or_default() {
        return Ok(Giving::Full);
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
    let change = ContentChange {
        id: Uuid::now_v7(),
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
