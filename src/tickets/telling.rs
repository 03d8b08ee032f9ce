//! What is said of a ticket on every page: its name, and the people in it.

use crate::changes::line::TimeText;
use crate::ids::{Snowflake, UserId};
use crate::web::words::{Message, Words};

use super::pages::Closed;
use super::rows::Row;

/// "Ticket 42"; without a number whose it is.
pub(super) fn name(row: &Row) -> Message {
    match row.number {
        Some(number) => Message::new("ticket-name").number("number", number),
        None => Message::new("ticket-name-of").name("opener", &row.opener_name),
    }
}

/// The same for where it becomes part of another message, which isolates it.
pub(super) fn label(words: &Words, row: &Row) -> String {
    match row.number {
        Some(_) => words.say(&name(row)),
        None => words.say(&Message::new("ticket-name-of").text("opener", &row.opener_name)),
    }
}

pub(super) fn opener(words: &Words, row: &Row) -> String {
    let id = row.opener_id.and_then(Snowflake::id);
    known(&row.opener_name).or_else(|| id.map(|id| member(words, id))).unwrap_or_else(|| words.t("ticket-nobody"))
}

pub(super) fn claimer(words: &Words, row: &Row) -> Option<String> {
    let id = row.claimed_by.and_then(Snowflake::id);
    row.claimer_name.as_deref().and_then(known).or_else(|| id.map(|id| member(words, id)))
}

/// How it ended, if it has.
pub(super) fn closed(words: &Words, row: &Row) -> Option<Closed> {
    row.is_closed().then(|| Closed {
        at: row.closed_at.map(|at| TimeText::new(at, words)),
        by: row.closed_by.and_then(Snowflake::id).map(|id| person(words, row, id)),
        reason: row.reason.clone().filter(|text| !text.trim().is_empty()),
    })
}

/// Of those who have to do with the ticket the name is known, of others the id.
pub(super) fn person(words: &Words, row: &Row, id: UserId) -> String {
    let is = |other: Option<Snowflake<_>>| other.and_then(Snowflake::id) == Some(id);
    if is(row.claimed_by) {
        return claimer(words, row).unwrap_or_default();
    }
    if is(row.opener_id) { opener(words, row) } else { member(words, id) }
}

pub(super) fn member(words: &Words, id: UserId) -> String {
    words.say(&Message::new("ticket-member").text("id", id.to_string()))
}

fn known(name: &str) -> Option<String> {
    Some(name.to_owned()).filter(|name| !name.trim().is_empty())
}
