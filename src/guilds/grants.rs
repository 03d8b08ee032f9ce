//! What was given to roles and people of a server, as rows, and what of it somebody has. Giving and withdrawing is
//! `crate::staff`.

use diesel::prelude::*;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::discord::{Guild, Member};
use crate::guilds::rights::Staff;
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::{GuildId, RoleId, Snowflake, UserId};
use crate::schema::grants;

/// Stands for all modules.
pub const ALL: &str = "all";
/// Grants of one server at most, of those that still give somebody something.
pub const MOST: i64 = 100;
/// What ends within this time is said to end soon.
pub const SOON: Millis = 7 * 24 * 60 * 60 * 1000;

/// Whom something was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    Role(RoleId),
    Person(UserId),
}

impl Holder {
    pub fn kind(self) -> &'static str {
        match self {
            Self::Role(_) => "role",
            Self::Person(_) => "person",
        }
    }

    pub fn id(self) -> u64 {
        match self {
            Self::Role(id) => id.get(),
            Self::Person(id) => id.get(),
        }
    }

    pub fn column(self) -> Snowflake<UserMarker> {
        match self {
            Self::Role(id) => id.cast::<UserMarker>().into(),
            Self::Person(id) => id.into(),
        }
    }

    /// Whether that is a role that is deleted.
    pub fn is_gone(self, guild: &GuildSnapshot) -> bool {
        match self {
            Self::Role(id) => !guild.is_without_bot() && guild.role(id).is_none(),
            Self::Person(_) => false,
        }
    }

    /// Whether that is this member. A role that is deleted is nobody's, whatever an old answer says of the member.
    fn is(self, guild: &Guild, member: &Member) -> bool {
        match self {
            Self::Person(id) => id == member.user.id,
            // @everyone is never given anything, and has nothing if somebody wrote it into the database.
            Self::Role(id) => {
                let everyone: RoleId = guild.id.cast();
                id != everyone && member.roles.contains(&id) && guild.roles.iter().any(|role| role.id == id)
            }
        }
    }
}

/// One grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: String,
    pub holder: Holder,
    /// As the role or the person was called.
    pub name: String,
    /// None: all of them.
    pub module: Option<String>,
    pub edits: bool,
    pub acts: bool,
    pub ends_at: Option<Millis>,
    pub given_at: Millis,
    pub given_by: UserId,
    /// As they were called; empty: they have deleted their account.
    pub giver: String,
    /// The end that the change log has an entry of.
    pub noted_end: Option<Millis>,
}

impl Grant {
    pub fn has_ended(&self, now: Millis) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// Whether it has ended, and the change log does not say so.
    pub fn has_ended_unsaid(&self, now: Millis) -> bool {
        self.has_ended(now) && self.noted_end != self.ends_at
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = grants)]
struct Stored {
    id: String,
    holder_kind: String,
    holder_id: Snowflake<UserMarker>,
    holder_name: String,
    module: String,
    level: String,
    acts: bool,
    ends_at: Option<Millis>,
    given_at: Millis,
    given_by: Snowflake<UserMarker>,
    given_by_name: String,
    noted_end: Option<Millis>,
}

impl Stored {
    /// None: a row that nothing here has written gives nobody anything.
    fn read(self) -> Option<Grant> {
        let id = self.holder_id.id()?;
        let holder = match self.holder_kind.as_str() {
            "role" => Holder::Role(id.cast()),
            "person" => Holder::Person(id),
            _ => return None,
        };
        Some(Grant {
            id: self.id,
            holder,
            name: self.holder_name,
            module: (self.module != ALL).then_some(self.module),
            edits: self.level == "edit",
            acts: self.acts,
            ends_at: self.ends_at,
            given_at: self.given_at,
            given_by: self.given_by.id()?,
            giver: self.given_by_name,
            noted_end: self.noted_end,
        })
    }
}

/// All grants of a server, those that have ended too, in the order they were given.
///
/// # Errors
/// As the database answers.
pub fn of_guild(conn: &mut Conn, guild: GuildId) -> Result<Vec<Grant>, DbError> {
    let rows = grants::table.filter(grants::guild_id.eq(Snowflake::from(guild))).order(grants::id.asc()).limit(MOST);
    let rows: Vec<Stored> = rows.select(Stored::as_select()).load(conn)?;
    Ok(rows.into_iter().filter_map(Stored::read).collect())
}

/// How many of a server end soon.
///
/// # Errors
/// As the database answers.
pub fn ending_soon(conn: &mut Conn, guild: GuildId, now: Millis) -> QueryResult<i64> {
    let soon = grants::ends_at.gt(now).and(grants::ends_at.le(now + SOON));
    grants::table.filter(grants::guild_id.eq(Snowflake::from(guild))).filter(soon).count().get_result(conn)
}

/// What was given to one person by themselves, wherever.
///
/// # Errors
/// As the database answers.
pub fn of_person(conn: &mut Conn, person: UserId) -> QueryResult<Vec<(GuildId, Grant)>> {
    let theirs = grants::holder_kind.eq("person").and(grants::holder_id.eq(Snowflake::from(person)));
    let rows: Vec<(Snowflake<GuildMarker>, Stored)> = grants::table
        .filter(theirs)
        .order(grants::id.asc())
        .select((grants::guild_id, Stored::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(guild, row)| Some((guild.id()?, row.read()?))).collect())
}

/// Those of all servers that have ended, and of whose end the change log says nothing yet: `most` of them.
///
/// # Errors
/// As the database answers.
pub fn ended_unsaid(conn: &mut Conn, now: Millis, most: i64) -> QueryResult<Vec<(GuildId, Grant)>> {
    let unsaid = grants::noted_end.is_null().or(grants::noted_end.ne(grants::ends_at));
    let rows: Vec<(Snowflake<GuildMarker>, Stored)> = grants::table
        .filter(grants::ends_at.le(now))
        .filter(unsaid)
        .order(grants::id.asc())
        .limit(most)
        .select((grants::guild_id, Stored::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(guild, row)| Some((guild.id()?, row.read()?))).collect())
}

/// What a member has of these grants of the server now.
pub fn of_member(all: &[Grant], guild: &Guild, member: &Member, now: Millis) -> Staff {
    let mut staff = Staff::default();
    for grant in all.iter().filter(|grant| !grant.has_ended(now) && grant.holder.is(guild, member)) {
        staff.add(grant.module.as_deref(), grant.edits, grant.acts, grant.ends_at);
    }
    staff
}

/// Those of these servers where the person was given something, or some role was, which they may have.
///
/// # Errors
/// As the database answers.
pub fn among(conn: &mut Conn, person: UserId, servers: &[GuildId], now: Millis) -> Result<Vec<GuildId>, DbError> {
    let ids: Vec<Snowflake<GuildMarker>> = servers.iter().map(|id| Snowflake::from(*id)).collect();
    let alive = grants::ends_at.is_null().or(grants::ends_at.gt(now));
    let theirs = grants::holder_kind.eq("role").or(grants::holder_id.eq(Snowflake::from(person)));
    let rows: Vec<Snowflake<GuildMarker>> = grants::table
        .filter(grants::guild_id.eq_any(ids))
        .filter(alive)
        .filter(theirs)
        .select(grants::guild_id)
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().filter_map(Snowflake::id).collect())
}
