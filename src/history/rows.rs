//! Reading the change log's rows: a page of them, one, and those around it. Every query names the server.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use crate::changes::{self as log, BatchOf, Entry, Seen};
use crate::commands;
use crate::db::{Conn, several};
use crate::ids::{GuildId, Snowflake};
use crate::schema::changes;
use crate::settings::module::ModuleKey;

use super::cursor::Cursor;
use super::filter::{By, Filter};

/// Changes on a page.
pub(super) const PAGE: usize = 25;

/// A query whose conditions are not known before it runs.
pub(super) type Boxed<'q> = changes::BoxedQuery<'q, <Conn as Connection>::Backend>;

/// A change with both sides.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub(super) struct Row {
    #[diesel(embed)]
    pub entry: Entry,
    pub kind: String,
    /// None: no change of settings.
    pub revision: Option<i64>,
    pub action: String,
    pub restores_id: Option<String>,
    pub batch_id: Option<String>,
    pub before_body: Option<String>,
    pub after_body: Option<String>,
    pub names: String,
    pub applied_by: Option<String>,
    pub applied_shard: Option<i64>,
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
pub(super) fn page(
    conn: &mut Conn,
    guild: GuildId,
    seen: &Seen,
    filter: &Filter,
    cursor: Cursor,
) -> QueryResult<Found> {
    let mut found = next(conn, guild, seen, filter, cursor, PAGE as i64 + 1)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    match cursor {
        Cursor::After(_) if !more => page(conn, guild, seen, filter, Cursor::Newest),
        Cursor::After(_) => {
            found.reverse();
            Ok(Found { rows: found, newer: true, older: true })
        }
        Cursor::Before(_) => Ok(Found { rows: found, newer: true, older: more }),
        Cursor::Newest => Ok(Found { rows: found, newer: false, older: more }),
    }
}

/// So many of a log, the newest first; those behind a cursor that looks for newer ones come the oldest first.
pub(super) fn listed<'q>(guild: GuildId, filter: &Filter, cursor: Cursor, most: i64) -> Boxed<'q> {
    let rows = filter.narrow(of(guild)).limit(most);
    match cursor {
        Cursor::Newest => rows.order(changes::id.desc()),
        Cursor::Before(id) => rows.filter(changes::id.lt(id.to_string())).order(changes::id.desc()),
        Cursor::After(id) => rows.filter(changes::id.gt(id.to_string())).order(changes::id.asc()),
    }
}

/// The same as far as somebody sees it: a list for each of their modules, so that each is found by an index, however
/// much there is of the others.
pub(super) fn listed_for<'q>(
    guild: GuildId,
    seen: &Seen,
    filter: &Filter,
    cursor: Cursor,
    most: i64,
) -> Vec<Boxed<'q>> {
    let Some(theirs) = seen.only() else { return vec![listed(guild, filter, cursor, most)] };
    let wanted = theirs.iter().filter(|module| filter.module.is_none_or(|one| one == **module));
    let of = |module: &ModuleKey| Filter { module: Some(*module), ..filter.clone() };
    wanted.map(|module| listed(guild, &of(module), cursor, most)).collect()
}

/// The next so many of what somebody sees of a log; it can be read so from one end to the other.
pub(super) fn next(
    conn: &mut Conn,
    guild: GuildId,
    seen: &Seen,
    filter: &Filter,
    cursor: Cursor,
    most: i64,
) -> QueryResult<Vec<Row>> {
    let lists = listed_for(guild, seen, filter, cursor, most);
    let lists: Vec<_> = lists.into_iter().map(|list| list.select(Row::as_select())).collect();
    match several(lists, cursor.order(), most) {
        Some(together) => together.load(conn),
        None => Ok(Vec::new()),
    }
}

/// The commands that some changes are, by the changes' ids. Without any, no query.
pub(super) fn commands(conn: &mut Conn, guild: GuildId, rows: &[Row]) -> QueryResult<HashMap<String, commands::Row>> {
    let ids: Vec<String> = rows.iter().filter(|row| row.kind == "command").map(|row| row.entry.id.clone()).collect();
    if ids.is_empty() { Ok(HashMap::new()) } else { commands::line::of_changes(conn, guild, &ids) }
}

/// What somebody sees of some changes. Only for what is few by its other conditions.
fn within<'q>(rows: Boxed<'q>, seen: &Seen) -> Boxed<'q> {
    match seen.subjects() {
        None => rows,
        Some(theirs) => rows.filter(changes::subject.eq_any(theirs)),
    }
}

/// One change of this server, if it is theirs to see.
pub(super) fn find(conn: &mut Conn, guild: GuildId, seen: &Seen, id: Uuid) -> QueryResult<Option<Row>> {
    within(of(guild), seen).filter(changes::id.eq(id.to_string())).select(Row::as_select()).first(conn).optional()
}

/// A change as another one's page names it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub(super) struct Neighbour {
    pub id: String,
    pub subject: String,
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
    /// The others that were saved in the same step, and what the step was.
    pub batch: Vec<Neighbour>,
    pub batch_of: Option<BatchOf>,
    /// What the bot was told by this.
    pub command: Option<commands::Row>,
}

impl Around {
    /// Of a change that somebody sees. All but the others of its batch are of the same module.
    pub fn of(conn: &mut Conn, guild: GuildId, seen: &Seen, row: &Row) -> QueryResult<Self> {
        let Some(revision) = row.revision else {
            let command = commands(conn, guild, std::slice::from_ref(row))?.into_values().next();
            return Ok(Self { command, ..Self::default() });
        };
        let all = || of(guild).select(Neighbour::as_select());
        let restored_by = all().filter(changes::restores_id.eq(row.entry.id.clone())).order(changes::id.asc());
        let restores = match &row.restores_id {
            Some(id) => all().filter(changes::id.eq(id.clone())).first(conn).optional()?,
            None => None,
        };
        let same = || all().filter(changes::subject.eq(row.entry.subject.clone()));
        let previous = same().filter(changes::revision.lt(revision)).order(changes::revision.desc());
        let next = same().filter(changes::revision.gt(revision)).order(changes::revision.asc());
        let (batch, batch_of) = match &row.batch_id {
            Some(id) => (Self::batch(conn, guild, seen, row, id)?, log::batch_of(conn, guild, id)?),
            None => (Vec::new(), None),
        };
        Ok(Self {
            previous: previous.first(conn).optional()?,
            next: next.first(conn).optional()?,
            restores,
            restored_by: restored_by.limit(PAGE as i64).load(conn)?,
            batch,
            batch_of,
            command: None,
        })
    }

    fn batch(conn: &mut Conn, guild: GuildId, seen: &Seen, row: &Row, batch: &str) -> QueryResult<Vec<Neighbour>> {
        within(of(guild), seen)
            .filter(changes::batch_id.eq(batch.to_owned()).and(changes::id.ne(row.entry.id.clone())))
            .order(changes::id.asc())
            .limit(PAGE as i64)
            .select(Neighbour::as_select())
            .load(conn)
    }
}
