//! Reading tickets: a page of a list, how many there are, and one. Every query names the server.

use std::collections::HashMap;
use std::sync::LazyLock;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use crate::clock::Millis;
use crate::db::{Conn, counted};
use crate::events::folded;
use crate::ids::{self, GuildId, Snowflake};
use crate::schema::tickets;

use super::cursor::{Cursor, Mark};
use super::filter::{Filter, Shelf};

/// Tickets on a page.
pub(super) const PAGE: usize = 20;

type Backend = <Conn as Connection>::Backend;
type Boxed<'q> = tickets::BoxedQuery<'q, Backend>;

diesel::define_sql_function! {
    /// The small letters of a text: of ASCII on both databases, of others where the database knows them.
    fn lower(text: Nullable<Text>) -> Nullable<Text>;
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = tickets)]
pub(super) struct Row {
    pub id: String,
    pub state: String,
    pub number: Option<i64>,
    pub channel_id: Option<Snowflake<ChannelMarker>>,
    pub opener_id: Option<Snowflake<UserMarker>>,
    pub opener_name: String,
    pub category: Option<String>,
    pub opened_at: Millis,
    pub claimed_by: Option<Snowflake<UserMarker>>,
    pub claimer_name: Option<String>,
    pub closed_at: Option<Millis>,
    pub closed_by: Option<Snowflake<UserMarker>>,
    pub reason: Option<String>,
}

impl Row {
    pub fn is_closed(&self) -> bool {
        matches!(self.state.as_str(), "closed" | "deleted")
    }

    fn mark(&self, shelf: Shelf) -> Mark {
        let at = if shelf == Shelf::Closed { self.closed_at.unwrap_or_default() } else { self.opened_at };
        Mark { at, id: self.id.clone() }
    }
}

fn of<'q>(guild: GuildId) -> Boxed<'q> {
    tickets::table.filter(tickets::guild_id.eq(Snowflake::from(guild))).into_boxed()
}

/// One ticket of this server.
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: &str) -> QueryResult<Option<Row>> {
    of(guild).filter(tickets::id.eq(id.to_owned())).select(Row::as_select()).first(conn).optional()
}

/// Reads the index alone, and no more of it than it counts.
pub(super) static COUNTING: LazyLock<String> =
    LazyLock::new(|| counted::statement("tickets", &["open", "claimed", "closed", "deleted"]));

/// How many there are on each shelf, as far as anybody counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(HashMap<String, i64>);

impl Counts {
    pub fn read(conn: &mut Conn, guild: GuildId) -> QueryResult<Self> {
        counted::count(conn, &COUNTING, guild).map(Self)
    }

    pub fn of(&self, shelf: Shelf) -> i64 {
        let states: &[&str] = match shelf {
            Shelf::Open => &["open"],
            Shelf::Claimed => &["claimed"],
            Shelf::Closed => &["closed", "deleted"],
        };
        states.iter().filter_map(|state| self.0.get(*state)).sum()
    }
}

/// A page of a list: open and claimed ones as long as they wait, closed ones the latest first.
#[derive(Debug)]
pub(super) struct Found {
    pub rows: Vec<Row>,
    /// Where the pages in front of this one and behind it begin.
    pub in_front: Option<Mark>,
    pub behind: Option<Mark>,
}

/// One query; two when it turns out that the first page is asked for.
pub(super) fn page(conn: &mut Conn, guild: GuildId, filter: &Filter, cursor: &Cursor) -> QueryResult<Found> {
    let backwards = matches!(cursor, Cursor::InFrontOf(_));
    let mut rows: Vec<Row> = listed(guild, filter, cursor).select(Row::as_select()).load(conn)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    if backwards && !more {
        return page(conn, guild, filter, &Cursor::First);
    }
    if backwards {
        rows.reverse();
    }
    let mark = |row: Option<&Row>| row.map(|row| row.mark(filter.shelf));
    let in_front = if *cursor == Cursor::First { None } else { mark(rows.first()) };
    let behind = if backwards || more { mark(rows.last()) } else { None };
    Ok(Found { in_front, behind, rows })
}

/// One row more than a page, in the order of the list, or against it towards its beginning.
pub(super) fn listed<'q>(guild: GuildId, filter: &Filter, cursor: &Cursor) -> Boxed<'q> {
    let (mark, backwards) = match cursor {
        Cursor::First => (None, false),
        Cursor::Behind(mark) => (Some(mark.clone()), false),
        Cursor::InFrontOf(mark) => (Some(mark.clone()), true),
    };
    let rows = found(of(guild), &filter.text).limit(PAGE as i64 + 1);
    match filter.shelf {
        Shelf::Closed => closed(rows, mark, backwards),
        shelf => waiting(rows.filter(tickets::state.eq(shelf.as_str())), mark, !backwards),
    }
}

/// By their opening. The bound on the time alone lets the index begin there.
fn waiting(rows: Boxed<'_>, mark: Option<Mark>, upwards: bool) -> Boxed<'_> {
    use tickets::{id, opened_at};
    match (mark, upwards) {
        (None, true) => rows.order((opened_at.asc(), id.asc())),
        (None, false) => rows.order((opened_at.desc(), id.desc())),
        (Some(mark), true) => rows
            .filter(opened_at.ge(mark.at).and(opened_at.gt(mark.at).or(id.gt(mark.id))))
            .order((opened_at.asc(), id.asc())),
        (Some(mark), false) => rows
            .filter(opened_at.le(mark.at).and(opened_at.lt(mark.at).or(id.lt(mark.id))))
            .order((opened_at.desc(), id.desc())),
    }
}

/// By their closing.
fn closed(rows: Boxed<'_>, mark: Option<Mark>, upwards: bool) -> Boxed<'_> {
    use tickets::{closed_at, id, state};
    let rows = rows.filter(closed_at.is_not_null()).filter(state.eq_any(["closed", "deleted"]));
    match (mark, upwards) {
        (None, true) => rows.order((closed_at.asc(), id.asc())),
        (None, false) => rows.order((closed_at.desc(), id.desc())),
        (Some(mark), true) => rows
            .filter(closed_at.ge(mark.at).and(closed_at.gt(mark.at).or(id.gt(mark.id))))
            .order((closed_at.asc(), id.asc())),
        (Some(mark), false) => rows
            .filter(closed_at.le(mark.at).and(closed_at.lt(mark.at).or(id.lt(mark.id))))
            .order((closed_at.desc(), id.desc())),
    }
}

/// Those whose opener or category holds the text, or whose number or opener's id it is. `#42` is a number alone.
fn found<'q>(rows: Boxed<'q>, text: &str) -> Boxed<'q> {
    use tickets::{category, number, opener_folded, opener_id};
    if text.is_empty() {
        return rows;
    }
    if let Some(wanted) = text.strip_prefix('#').and_then(|text| text.parse::<i64>().ok()) {
        return rows.filter(number.eq(wanted));
    }
    if let Some(opener) = ids::parse::<UserMarker>(text) {
        return rows.filter(opener_id.eq(Snowflake::from(opener)));
    }
    let (folded, typed) = (holding(&folded(text)), holding(text));
    let named = opener_folded.like(folded.clone()).escape('\\');
    let sorted = lower(category).like(folded).escape('\\').or(category.like(typed).escape('\\'));
    match text.parse::<i64>() {
        Ok(wanted) => rows.filter(named.or(sorted).or(number.eq(wanted))),
        Err(_) => rows.filter(named.or(sorted)),
    }
}

/// A pattern for texts that hold this one.
fn holding(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
