//! Giveaways: their lists, the form, what is done to one, and the files.

mod changing;
mod exporting;
mod lists;
mod making;
mod plans;
mod unmade;
mod unseen;

use diesel::prelude::*;
use guildhall::db::{Conn, DbError};
use guildhall::schema::giveaways;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

pub const MINUTE: i64 = 60_000;

pub fn list() -> String {
    format!("/guilds/{HARBOUR}/giveaways")
}

pub fn at(id: &str, tail: &str) -> String {
    format!("{}/{id}{tail}", list())
}

/// A giveaway of the Harbour Club as the bot would have told of it; `but`: columns set otherwise.
pub async fn insert(app: &TestApp, id: &str, state: &str, but: &[(&str, &str)]) {
    insert_many(app, &[(id.to_owned(), state.to_owned())], but).await;
}

pub async fn insert_many(app: &TestApp, all: &[(String, String)], but: &[(&str, &str)]) {
    let now = app.clock.now();
    let text = |name: &str, default: &str| {
        but.iter().find(|(column, _)| *column == name).map_or(default, |(_, value)| *value).to_owned()
    };
    let number = |name: &str, default: i64| text(name, &default.to_string()).parse::<i64>().unwrap();
    let prize = text("prize", "A year of Nitro");
    let rows: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(place, (id, state))| {
            let closed = matches!(state.as_str(), "ended" | "cancelled");
            let closed_at = closed.then(|| number("closed_at", now - MINUTE) - place as i64);
            (
                (
                    giveaways::guild_id.eq(number("guild_id", HARBOUR.cast_signed())),
                    giveaways::id.eq(id.clone()),
                    giveaways::state.eq(state.clone()),
                    giveaways::prize.eq(prize.clone()),
                    giveaways::prize_folded.eq(prize.to_lowercase()),
                    giveaways::winners.eq(number("winners", 1) as i32),
                    giveaways::entries.eq(number("entries", 12)),
                    giveaways::starts_at.eq(number("starts_at", now - 60 * MINUTE)),
                    giveaways::ends_at.eq(number("ends_at", now + 125 * MINUTE + 30_000)),
                    giveaways::closed_at.eq(closed_at),
                ),
                (
                    giveaways::reason.eq(Some(text("reason", "")).filter(|text| !text.is_empty())),
                    giveaways::winner_ids.eq(text("winner_ids", "[]")),
                    giveaways::earlier_winner_ids.eq(text("earlier_winner_ids", "[]")),
                    giveaways::revision.eq(number("revision", 0)),
                    giveaways::entry_ms.eq(0_i64),
                    giveaways::seen_at.eq(now),
                    giveaways::touched_at.eq(now),
                    giveaways::channel_id.eq(text("channel_id", "").parse::<i64>().ok()),
                    giveaways::message_id.eq(text("message_id", "").parse::<i64>().ok()),
                ),
            )
        })
        .collect();
    let write = move |conn: &mut Conn| {
        for some in rows.chunks(500) {
            let some = some.to_vec();
            match conn {
                Conn::Sqlite(c) => diesel::insert_into(giveaways::table).values(some).execute(c)?,
                Conn::Postgres(c) => diesel::insert_into(giveaways::table).values(some).execute(c)?,
            };
        }
        Ok::<_, DbError>(())
    };
    app.parts.db.run(write).await.unwrap();
}

/// State, revision and body of a giveaway.
pub async fn stored(app: &TestApp, id: &str) -> (String, i64, Option<String>) {
    let id = id.to_owned();
    let read = move |conn: &mut Conn| {
        let row = giveaways::table.filter(giveaways::guild_id.eq(HARBOUR.cast_signed()).and(giveaways::id.eq(id)));
        Ok::<_, DbError>(row.select((giveaways::state, giveaways::revision, giveaways::body)).first(conn)?)
    };
    app.parts.db.run(read).await.unwrap()
}

/// The messages of all commands so far, the oldest first.
pub async fn commands(app: &TestApp) -> Vec<Value> {
    use guildhall::schema::commands::dsl;
    let read =
        |conn: &mut Conn| Ok::<Vec<String>, DbError>(dsl::commands.order(dsl::id.asc()).select(dsl::body).load(conn)?);
    app.parts.db.run(read).await.unwrap().iter().map(|body| serde_json::from_str(body).unwrap()).collect()
}

/// Opens a form, changes these fields, sends it.
pub async fn sends(visitor: &mut Visitor, page: &str, action: &str, edits: &[(&str, &str)]) -> Page {
    let opened = visitor.get(page).await;
    assert_eq!(opened.status, 200, "{}", opened.main());
    let form = crate::support::visitor::edited(opened.form(action), edits);
    visitor.post(action, &form).await
}

pub fn prizes(page: &Page) -> Vec<String> {
    page.texts(".log-entry h2")
}
