//! Tickets: lists, one ticket, closing it, its transcript, and ratings.

pub mod closing;
mod counted;
mod hostile;
mod lists;
mod old;
mod ratings;
mod told;
mod transcripts;

use diesel::connection::SimpleConnection as _;
use discord_standin::Id;
use discord_standin::seed::{self, channels};
use guildhall::db::DbError;

use crate::support::TestApp;
use crate::support::app::HARBOUR;

pub fn tickets() -> String {
    format!("/guilds/{HARBOUR}/tickets")
}

/// 2026-11-20T12:00:00Z
pub const THEN: i64 = 1_795_176_000_000;

/// A ticket as the bot has told of it.
#[derive(Clone)]
pub struct Ticket {
    pub guild: u64,
    pub id: String,
    pub state: &'static str,
    pub number: i64,
    pub channel: Id,
    pub opener: String,
    pub category: String,
    pub opened_at: i64,
    pub claimer: Option<String>,
    pub reason: Option<String>,
}

pub fn ticket(number: i64, state: &'static str) -> Ticket {
    Ticket {
        guild: HARBOUR,
        id: format!("t-{number}"),
        state,
        number,
        channel: channels::GENERAL,
        opener: format!("Opener {number}"),
        category: "Billing".into(),
        opened_at: THEN + number * 60_000,
        claimer: (state != "open").then(|| "Jonas".into()),
        reason: matches!(state, "closed" | "deleted").then(|| "solved".into()),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Ticket {
    fn values(&self) -> String {
        let opt = |text: &Option<String>| text.as_deref().map_or("NULL".to_owned(), quoted);
        let closed = matches!(self.state, "closed" | "deleted");
        let person = |is: bool, id: Id| if is { id.to_string() } else { "NULL".to_owned() };
        format!(
            "({}, {}, '{}', {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 0, 0, {})",
            self.guild,
            quoted(&self.id),
            self.state,
            self.number,
            self.channel,
            seed::SAM,
            quoted(&self.opener),
            quoted(&self.opener.to_lowercase()),
            quoted(&self.category),
            self.opened_at,
            person(self.claimer.is_some(), seed::JONAS),
            opt(&self.claimer),
            if closed { (self.opened_at + 3_600_000).to_string() } else { "NULL".to_owned() },
            person(closed, seed::JONAS),
            opt(&self.reason),
            self.opened_at,
        )
    }
}

const COLUMNS: &str = "guild_id, id, state, number, channel_id, opener_id, opener_name, opener_folded, category, \
    opened_at, claimed_by, claimer_name, closed_at, closed_by, reason, entry_ms, seen_at, touched_at";

/// Runs statements as the bot's events would have left rows.
pub async fn has(app: &TestApp, statements: Vec<String>) {
    let done = app.parts.db.write(move |conn| {
        for statement in statements {
            conn.batch_execute(&statement)?;
        }
        Ok::<_, DbError>(())
    });
    done.await.unwrap();
}

pub async fn has_tickets(app: &TestApp, tickets: &[Ticket]) {
    let insert = |some: &[Ticket]| {
        let rows: Vec<String> = some.iter().map(Ticket::values).collect();
        format!("INSERT INTO tickets ({COLUMNS}) VALUES {}", rows.join(","))
    };
    has(app, tickets.chunks(500).map(insert).collect()).await;
}

/// A part of a transcript, whatever it holds.
pub async fn has_part(app: &TestApp, ticket: &str, (part, parts): (i32, i32), body: &str) {
    let statement = format!(
        "INSERT INTO transcripts (guild_id, ticket_id, part, parts, body, messages, taken_at) \
         VALUES ({HARBOUR}, {}, {part}, {parts}, {}, 0, {THEN})",
        quoted(ticket),
        quoted(body)
    );
    has(app, vec![statement]).await;
}

pub async fn has_rating(app: &TestApp, ticket: &str, stars: i32, review: Option<&str>, staff: Id) {
    let review = review.map_or("NULL".to_owned(), quoted);
    let at = THEN + i64::from(stars);
    let statement = format!(
        "INSERT INTO ratings (guild_id, ticket_id, stars, review, staff_id, rater_id, rated_at, approved, featured, \
         deleted) VALUES ({HARBOUR}, {}, {stars}, {review}, {staff}, {}, {at}, FALSE, FALSE, FALSE)",
        quoted(ticket),
        seed::SAM
    );
    let count = format!(
        "INSERT INTO rating_counts (guild_id, staff_id, stars, given) VALUES ({HARBOUR}, {staff}, {stars}, 1) \
         ON CONFLICT (guild_id, staff_id, stars) DO UPDATE SET given = rating_counts.given + 1"
    );
    has(app, vec![statement, count]).await;
}
