//! Ticket panels: made page by page, saved whole, posted by the bot, and kept in Redis for it.

mod foreign;
mod keeping;
mod limits;
mod making;
mod posting;
mod two_admins;

use discord_standin::seed::channels;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

pub type Pairs = Vec<(String, String)>;

pub fn panels() -> String {
    format!("/guilds/{HARBOUR}/panels")
}

pub fn at(id: &str) -> String {
    format!("{}/{id}", panels())
}

/// The form of a panel's own page, or of a category.
pub async fn opens(visitor: &mut Visitor, path: &str) -> Pairs {
    let page = visitor.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    page.form(path)
}

/// Presses a button of the list of categories.
pub async fn presses(visitor: &mut Visitor, path: &str, edits: &[(&str, &str)], button: &str) -> Page {
    let mut form = edited(opens(visitor, path).await, edits);
    form.push(("row".into(), button.into()));
    visitor.post(path, &form).await
}

/// Adds a category to what is being made there.
pub async fn adds(visitor: &mut Visitor, path: &str, edits: &[(&str, &str)]) -> Page {
    let page = presses(visitor, path, &[], "add:categories").await;
    assert_eq!(page.status, 303, "{}", page.body);
    let there = page.location().to_owned();
    let form = edited(opens(visitor, &there).await, edits);
    visitor.post(&there, &form).await
}

/// Makes a panel with one category and saves it; gives its id.
pub async fn makes(visitor: &mut Visitor, name: &str) -> String {
    let new = at("new");
    let kept = adds(visitor, &new, &[("name", "Billing")]).await;
    assert_eq!((kept.status.as_u16(), kept.location()), (303, new.as_str()), "{}", kept.main());
    let form = edited(opens(visitor, &new).await, &[("name", name)]);
    let saved = visitor.post(&new, &form).await;
    assert_eq!(saved.status, 303, "{}", saved.main());
    saved.location().rsplit('/').next().unwrap().to_owned()
}

/// Opens a panel's own page, changes these fields, and saves.
pub async fn saves(visitor: &mut Visitor, id: &str, edits: &[(&str, &str)]) -> Page {
    let form = edited(opens(visitor, &at(id)).await, edits);
    visitor.post(&at(id), &form).await
}

/// What Redis holds of a panel of the Harbour Club.
pub async fn held(app: &TestApp, id: &str) -> Option<Value> {
    let mut connection = app.redis.connection().await.unwrap();
    let mut ask = redis::cmd("HGET");
    ask.arg(format!("{}bot:panels:{HARBOUR}", app.prefix)).arg(id);
    let text: Option<String> = ask.query_async(&mut connection).await.unwrap();
    text.map(|text| serde_json::from_str(&text).unwrap())
}

/// The rows of the change log that are about panels: action and what they hold, oldest first.
pub async fn log(app: &TestApp) -> Vec<(String, Option<Value>, Option<Value>)> {
    use diesel::prelude::*;
    use guildhall::schema::changes;
    let read = app.parts.db.run(|conn| {
        let rows: Vec<(String, Option<String>, Option<String>)> = changes::table
            .filter(changes::kind.eq("content"))
            .order(changes::id.asc())
            .select((changes::action, changes::before_body, changes::after_body))
            .load(conn)?;
        Ok::<_, guildhall::db::DbError>(rows)
    });
    let value = |text: Option<String>| text.map(|text| serde_json::from_str(&text).unwrap());
    let rows = read.await.unwrap();
    rows.into_iter().map(|(action, before, after)| (action, value(before), value(after))).collect()
}

/// The texts of the errors of a page that was refused.
pub fn errors(page: &Page) -> Vec<String> {
    assert_eq!(page.status, 422, "{}", page.main());
    assert!(page.title().starts_with("Error:"), "{}", page.title());
    page.texts("#errors li")
}

pub fn general() -> String {
    channels::GENERAL.to_string()
}
