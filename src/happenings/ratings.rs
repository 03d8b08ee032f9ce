//! What people thought of how their ticket was handled: one rating a ticket, the last one.

use diesel::prelude::*;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Activity;
use super::happening::{Happening, Verdict};
use super::rating_counts::{self, Given};
use super::tickets::Ticket;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::ids::Snowflake;
use crate::schema::ratings;

const LONGEST_REVIEW: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = ratings, primary_key(guild_id, ticket_id), treat_none_as_null = true)]
struct Rating {
    guild_id: Snowflake<GuildMarker>,
    ticket_id: String,
    stars: i32,
    review: Option<String>,
    staff_id: Option<Snowflake<UserMarker>>,
    rater_id: Option<Snowflake<UserMarker>>,
    rated_at: Millis,
    approved: bool,
    featured: bool,
}

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let (Some(ticket_id), Some(stars)) = (said.key("ticketId"), said.small("stars", 1..=5)) else {
        return Ok(Verdict::Malformed);
    };
    let row = ratings::table.filter(ratings::guild_id.eq(happening.guild).and(ratings::ticket_id.eq(&ticket_id)));
    let before: Option<Rating> = first(row.select(Rating::as_select())).get_result(conn).optional()?;
    let new = Rating {
        guild_id: happening.guild,
        ticket_id: ticket_id.clone(),
        stars,
        review: said.text("review", LONGEST_REVIEW),
        staff_id: said.id("staffId"),
        rater_id: happening.user(),
        rated_at: happening.at,
        // Whoever approved another text has not approved this one.
        approved: false,
        featured: false,
    };
    let ticket = Ticket::load(conn, happening.guild, &ticket_id)?;
    match before {
        Some(before) if before.rated_at > new.rated_at || before.says(&new) => return Ok(Verdict::Taken),
        Some(before) => {
            diesel::update(row).set(&new).execute(conn)?;
            // What was deleted stays deleted, whatever is said of it later.
            if row.filter(ratings::deleted.eq(false)).count().get_result::<i64>(conn)? > 0 {
                rating_counts::remove(conn, before.given())?;
                rating_counts::add(conn, new.given(), 1)?;
            }
        }
        None => {
            diesel::insert_into(ratings::table).values(&new).execute(conn)?;
            rating_counts::add(conn, new.given(), 1)?;
        }
    }
    if let Some(name) = ticket.as_ref().and_then(|ticket| ticket.name_of(new.staff_id)) {
        rating_counts::call(conn, new.given(), name)?;
    }
    let number = ticket.and_then(|ticket| ticket.number);
    happening.happened(conn, &Activity::TicketRated { id: ticket_id, number, stars })?;
    happening.tell(Topic::Tickets);
    Ok(Verdict::Taken)
}

impl Rating {
    fn says(&self, other: &Self) -> bool {
        (self.stars, &self.review, self.staff_id) == (other.stars, &other.review, other.staff_id)
    }

    fn given(&self) -> Given {
        Given { guild: self.guild_id, staff: self.staff_id, stars: self.stars }
    }
}
