//! Reading the change log's rows: a page of them, one, and those around it. Every query names the server.

use diesel::prelude::*;
use twilight_model::id::marker::UserMarker;
use uuid::Uuid;

use crate::changes::Entry;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::changes;

use super::cursor::Cursor;
use super::filter::{By, Filter};

/// Changes on a page.
pub(super) const PAGE: usize = 25;
/// Names of people offered to filter by.
const PEOPLE: i64 = 500;

/// A query whose conditions are not known before it runs.
pub(super) type Boxed<'q> = changes::BoxedQuery<'q, <Conn as Connection>::Backend>;

/// A change with both sides.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub(super) struct Row {
    #[diesel(embed)]
    pub entry: Entry,
    pub revision: Option<i64>,
    pub action: String,
    pub restores_id: Option<String>,
    pub before_body: Option<String>,
    pub after_body: Option<String>,
    pub names: String,
    pub applied_by: Option<String>,
    pub applied_shard: Option<i64>,
}

/// What was done, as people tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    Create,
    Update,
    Reset,
    Restored,
    /// The settings of a bot that had them first.
    Adopted,
}

impl Did {
    pub const ALL: [Self; 5] = [Self::Create, Self::Update, Self::Reset, Self::Restored, Self::Adopted];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Reset => "reset",
            Self::Restored => "restored",
            Self::Adopted => "adopted",
        }
    }

    pub fn of(row: &Row) -> Self {
        match (row.action.as_str(), &row.restores_id) {
            (_, Some(_)) => Self::Restored,
            ("create", None) if row.by() == By::Bot => Self::Adopted,
            ("create", None) => Self::Create,
            ("delete", None) => Self::Reset,
            _ => Self::Update,
        }
    }

    /// The same in the statement.
    pub fn narrow(self, rows: Boxed<'_>) -> Boxed<'_> {
        let by_bot = changes::actor_id.is_null().and(changes::actor_name.eq("bot"));
        let first_hand = changes::restores_id.is_null();
        match self {
            Self::Restored => rows.filter(changes::restores_id.is_not_null()),
            Self::Create => rows
                .filter(first_hand.and(changes::action.eq("create")))
                .filter(changes::actor_id.is_not_null().or(changes::actor_name.ne("bot"))),
            Self::Adopted => rows.filter(first_hand.and(changes::action.eq("create"))).filter(by_bot),
            Self::Update => rows.filter(first_hand.and(changes::action.eq("update"))),
            Self::Reset => rows.filter(first_hand.and(changes::action.eq("delete"))),
        }
    }
}

impl Row {
    pub fn by(&self) -> By {
        By::of(self.entry.actor_id.and_then(Snowflake::id), &self.entry.actor_name)
    }
}

fn of<'q>(guild: GuildId) -> Boxed<'q> {
    changes::table.filter(changes::guild_id.eq(Snowflake::from(guild))).into_boxed()
}

/// A page of the log, the newest first.
#[derive(Debug)]
pub(super) struct Found {
    pub rows: Vec<Row>,
    /// Whether there are newer and older ones.
    pub newer: bool,
    pub older: bool,
}

/// One query; two when it turns out that the newest are asked for.
pub(super) fn page(conn: &mut Conn, guild: GuildId, filter: &Filter, cursor: Cursor) -> QueryResult<Found> {
    let rows = filter.narrow(of(guild)).limit(PAGE as i64 + 1).select(Row::as_select());
    if let Cursor::After(id) = cursor {
        let mut found: Vec<Row> = rows.filter(changes::id.gt(id.to_string())).order(changes::id.asc()).load(conn)?;
        let newer = found.len() > PAGE;
        if !newer {
            return page(conn, guild, filter, Cursor::Newest);
        }
        found.truncate(PAGE);
        found.reverse();
        return Ok(Found { rows: found, newer, older: true });
    }
    let (rows, newer) = match cursor {
        Cursor::Before(id) => (rows.filter(changes::id.lt(id.to_string())), true),
        _ => (rows, false),
    };
    let mut found: Vec<Row> = rows.order(changes::id.desc()).load(conn)?;
    let older = found.len() > PAGE;
    found.truncate(PAGE);
    Ok(Found { rows: found, newer, older })
}

/// Everybody who has changed anything here, with the name they had last.
pub(super) fn people(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<(By, String)>> {
    type Named = (Option<Snowflake<UserMarker>>, String, Option<String>);
    let mut named: Vec<Named> = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)))
        .group_by((changes::actor_id, changes::actor_name))
        .select((changes::actor_id, changes::actor_name, diesel::dsl::max(changes::id)))
        .order(diesel::dsl::max(changes::id).desc())
        .limit(PEOPLE)
        .load(conn)?;
    let mut people: Vec<(By, String)> = Vec::new();
    for (id, name, _) in named.drain(..) {
        let by = By::of(id.and_then(Snowflake::id), &name);
        if !people.iter().any(|(known, _)| *known == by) {
            people.push((by, name));
        }
    }
    Ok(people)
}

/// One change of this server.
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: Uuid) -> QueryResult<Option<Row>> {
    of(guild).filter(changes::id.eq(id.to_string())).select(Row::as_select()).first(conn).optional()
}

/// A change as another one's page names it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub(super) struct Neighbour {
    pub id: String,
    pub number: i32,
}

/// What stands around a change.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
    /// The one whose settings came back with this.
    pub restores: Option<Neighbour>,
    /// Those with which these settings came back.
    pub restored_by: Vec<Neighbour>,
}

impl Around {
    pub fn of(conn: &mut Conn, guild: GuildId, row: &Row) -> QueryResult<Self> {
        let restored_by = of(guild)
            .filter(changes::restores_id.eq(row.entry.id.clone()))
            .order(changes::id.asc())
            .limit(PAGE as i64)
            .select(Neighbour::as_select())
            .load(conn)?;
        let restores = match &row.restores_id {
            Some(id) => {
                of(guild).filter(changes::id.eq(id.clone())).select(Neighbour::as_select()).first(conn).optional()?
            }
            None => None,
        };
        let Some(revision) = row.revision else {
            return Ok(Self { restores, restored_by, ..Self::default() });
        };
        let same = || of(guild).filter(changes::subject.eq(row.entry.subject.clone())).select(Neighbour::as_select());
        let previous = same().filter(changes::revision.lt(revision)).order(changes::revision.desc());
        let next = same().filter(changes::revision.gt(revision)).order(changes::revision.asc());
        Ok(Self {
            previous: previous.first(conn).optional()?,
            next: next.first(conn).optional()?,
            restores,
            restored_by,
        })
    }
}
