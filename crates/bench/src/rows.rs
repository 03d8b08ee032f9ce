//! Very many rows of a server, as statements: changes, giveaways, tickets, ratings.

#[path = "../../../tests/stories/support/many.rs"]
mod many;

/// Rows in a statement.
const CHUNK: usize = 500;
/// 2026-01-01, and a minute between two of them.
const BEGIN: i64 = 1_767_225_600_000;
const APART: i64 = 60_000;

/// So many of each; of the changes, whose ids are there once in all, the first has this number.
pub fn all(guild: u64, first: i64, count: i64) -> impl Iterator<Item = String> {
    let changes = many::statements(guild, first..first + count);
    let others = statements(guild, count, GIVEAWAYS, giveaway).chain(statements(guild, count, TICKETS, ticket));
    let counted = format!(
        "INSERT INTO rating_counts (guild_id, staff_id, stars, given) \
         SELECT guild_id, staff_id, stars, COUNT(*) FROM ratings WHERE guild_id = {guild} GROUP BY staff_id, stars"
    );
    changes.chain(others).chain(statements(guild, count, RATINGS, rating)).chain([counted])
}

fn statements(
    guild: u64,
    count: i64,
    into: &'static str,
    row: impl Fn(u64, i64) -> String + 'static,
) -> impl Iterator<Item = String> {
    (0..count).step_by(CHUNK).map(move |from| {
        let rows = (from..count.min(from + CHUNK as i64)).map(|number| row(guild, number));
        format!("INSERT INTO {into} VALUES {}", rows.collect::<Vec<_>>().join(","))
    })
}

const GIVEAWAYS: &str = "giveaways (guild_id, id, state, prize, prize_folded, winners, entries, starts_at, ends_at, \
    closed_at, winner_ids, earlier_winner_ids, revision, entry_ms, seen_at, touched_at)";

/// All but fifty have ended.
fn giveaway(guild: u64, number: i64) -> String {
    let at = BEGIN + number * APART;
    let (state, closed) = if number < 50 { ("running", "NULL".to_owned()) } else { ("ended", at.to_string()) };
    format!(
        "({guild}, 'g{number:08}', '{state}', 'Prize {number}', 'prize {number}', 1, 5, {at}, {at}, {closed}, '[]', \
         '[]', 0, {at}, {at}, {at})"
    )
}

const TICKETS: &str = "tickets (guild_id, id, state, number, channel_id, opener_id, opener_name, opener_folded, \
    opened_at, closed_at, entry_ms, seen_at, touched_at)";

/// All but fifty are closed.
fn ticket(guild: u64, number: i64) -> String {
    let at = BEGIN + number * APART;
    let (state, closed) = if number < 50 { ("open", "NULL".to_owned()) } else { ("closed", at.to_string()) };
    format!(
        "({guild}, 't{number:08}', '{state}', {number}, {guild}, {guild}, 'Noor', 'noor', {at}, {closed}, {at}, {at}, \
         {at})"
    )
}

const RATINGS: &str = "ratings (guild_id, ticket_id, stars, review, staff_id, rater_id, rated_at, approved, featured, \
    deleted)";

fn rating(guild: u64, number: i64) -> String {
    let at = BEGIN + number * APART;
    format!("({guild}, 't{number:08}', {}, 'Fine', {guild}, {guild}, {at}, FALSE, FALSE, FALSE)", 1 + number % 5)
}
