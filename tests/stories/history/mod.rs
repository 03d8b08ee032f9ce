//! The change log: what it tells, of whom to whom, and how a version comes back.

mod costs;
pub mod deeds;
mod entry;
pub mod exporting;
mod filters;
mod list;
mod names;
mod restoring;
mod retention;
mod words;

use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

pub fn log() -> String {
    format!("/guilds/{HARBOUR}/changes")
}

/// The addresses of the changes on a list, the newest first.
pub fn listed(page: &Page) -> Vec<String> {
    page.attributes(".log-entry h2 a", "href")
}

/// The page of the newest change, or of one before it.
pub async fn opens(visitor: &mut Visitor, back: usize) -> Page {
    let list = visitor.get(&log()).await;
    let page = visitor.get(&listed(&list)[back]).await;
    assert_eq!(page.status, 200, "{}", page.main());
    page
}

/// Saves, and says so if it was not saved.
pub async fn saves(visitor: &mut Visitor, module: &str, edits: &[(&str, &str)]) {
    let answer = visitor.saves(module, edits).await;
    assert_eq!(answer.status, 303, "{module}: {:?}", answer.texts("#errors li"));
}

/// A row of the comparison: label, what was, what is.
pub fn compared(page: &Page) -> Vec<(String, String, String)> {
    let labels = page.texts(".compare tbody th");
    let (before, after) = (page.texts(".compare td:nth-of-type(1)"), page.texts(".compare td:nth-of-type(2)"));
    labels.into_iter().zip(before).zip(after).map(|((label, before), after)| (label, before, after)).collect()
}

/// Runs statements on the story's database, for what no page does.
pub async fn executes(app: &TestApp, statements: &str) {
    use diesel::connection::SimpleConnection as _;
    let statements = statements.to_owned();
    let run = app.parts.db.run(move |conn| Ok::<_, guildhall::db::DbError>(conn.batch_execute(&statements)?));
    run.await.unwrap();
}

/// What the newest change of the Harbour Club says it restores.
pub async fn newest_restores(app: &TestApp) -> Option<String> {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let newest = app.parts.db.run(|conn| {
        let row = changes.order(id.desc()).select(restores_id).first::<Option<String>>(conn)?;
        Ok::<_, guildhall::db::DbError>(row)
    });
    newest.await.unwrap()
}

/// What is stored, without its revision.
pub async fn body(app: &TestApp, module: &str) -> Value {
    app.stored(module).await.unwrap().0
}
