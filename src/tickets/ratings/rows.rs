//! Reading ratings. Every query names the server. What was deleted is nowhere but in its row.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::UserMarker;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::{rating_counts, ratings, tickets};
use crate::tickets::cursor::{Cursor, Mark};
use crate::tickets::rows::Row;

use super::filter::Filter;

/// Ratings on a page.
const PAGE: usize = 20;

pub type Boxed<'q> = ratings::BoxedQuery<'q, <Conn as Connection>::Backend>;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = ratings)]
pub struct Rating {
    pub ticket_id: String,
    pub stars: i32,
    pub review: Option<String>,
    pub staff_id: Option<Snowflake<UserMarker>>,
    pub rater_id: Option<Snowflake<UserMarker>>,
    pub rated_at: Millis,
    pub approved: bool,
    pub featured: bool,
}

impl Rating {
    /// What it says, if anything.
    pub fn text(&self) -> Option<&str> {
        self.review.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// As the change log keeps it.
    pub fn as_content(&self) -> Value {
        json!({ "stars": self.stars, "review": self.review, "approved": self.approved, "featured": self.featured })
    }

    fn mark(&self) -> Mark {
        Mark { at: self.rated_at, id: self.ticket_id.clone() }
    }
}

fn of<'q>(guild: GuildId) -> Boxed<'q> {
    let there = ratings::guild_id.eq(Snowflake::from(guild)).and(ratings::deleted.eq(false));
    ratings::table.filter(there).into_boxed()
}

/// The rating of one ticket.
///
/// # Errors
/// As the database answers.
pub fn of_ticket(conn: &mut Conn, guild: GuildId, ticket: &str) -> QueryResult<Option<Rating>> {
    of(guild).filter(ratings::ticket_id.eq(ticket.to_owned())).select(Rating::as_select()).first(conn).optional()
}

/// Whether a ticket was ever rated, though the rating may be deleted.
///
/// # Errors
/// As the database answers.
pub fn was_there(conn: &mut Conn, guild: GuildId, ticket: &str) -> QueryResult<bool> {
    let one = ratings::guild_id.eq(Snowflake::from(guild)).and(ratings::ticket_id.eq(ticket.to_owned()));
    Ok(ratings::table.filter(one).select(ratings::stars).first::<i32>(conn).optional()?.is_some())
}

/// A page of the list, the newest first.
#[derive(Debug)]
pub struct Found {
    pub rows: Vec<Rating>,
    pub in_front: Option<Mark>,
    pub behind: Option<Mark>,
}

/// One query; two when it turns out that the first page is asked for.
///
/// # Errors
/// As the database answers.
pub fn page(conn: &mut Conn, guild: GuildId, filter: &Filter, cursor: &Cursor) -> QueryResult<Found> {
    use ratings::{rated_at, ticket_id};
    let rows = filter.narrow(of(guild)).limit(PAGE as i64 + 1).select(Rating::as_select());
    let downwards = (rated_at.desc(), ticket_id.desc());
    let backwards = matches!(cursor, Cursor::InFrontOf(_));
    // The bound on the time alone lets the index begin there.
    let mut rows: Vec<Rating> = match cursor.clone() {
        Cursor::First => rows.order(downwards).load(conn)?,
        Cursor::Behind(mark) => rows
            .filter(rated_at.le(mark.at).and(rated_at.lt(mark.at).or(ticket_id.lt(mark.id))))
            .order(downwards)
            .load(conn)?,
        Cursor::InFrontOf(mark) => rows
            .filter(rated_at.ge(mark.at).and(rated_at.gt(mark.at).or(ticket_id.gt(mark.id))))
            .order((rated_at.asc(), ticket_id.asc()))
            .load(conn)?,
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    if backwards && !more {
        return page(conn, guild, filter, &Cursor::First);
    }
    if backwards {
        rows.reverse();
    }
    let in_front = if *cursor == Cursor::First { None } else { rows.first().map(Rating::mark) };
    let behind = if backwards || more { rows.last().map(Rating::mark) } else { None };
    Ok(Found { in_front, behind, rows })
}

/// How often somebody on the staff got so many stars, and what they are called.
pub type Given = (Option<Snowflake<UserMarker>>, i32, i64, Option<String>);

/// # Errors
/// As the database answers.
pub fn given(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<Given>> {
    rating_counts::table
        .filter(rating_counts::guild_id.eq(Snowflake::from(guild)).and(rating_counts::given.gt(0)))
        .select((
            rating_counts::staff_id.nullable(),
            rating_counts::stars,
            rating_counts::given,
            rating_counts::staff_name,
        ))
        .load(conn)
}

/// The tickets of these ratings.
///
/// # Errors
/// As the database answers.
pub fn their_tickets(conn: &mut Conn, guild: GuildId, rows: &[Rating]) -> QueryResult<HashMap<String, Row>> {
    let ids: Vec<&str> = rows.iter().map(|row| row.ticket_id.as_str()).collect();
    let rows: Vec<Row> = tickets::table
        .filter(tickets::guild_id.eq(Snowflake::from(guild)).and(tickets::id.eq_any(ids)))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}
