//! Playlists: made, changed, filled from a list, taken along and deleted, and who may not.

mod conflicts;
mod editing;
mod files;
mod guarding;
mod hostile;
mod limits;
mod rows;

use discord_standin::Id;
use guildhall::db::DbError;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

pub const NEW: &str = "/playlists/new";

/// A page of the Harbour Club.
pub fn at(tail: &str) -> String {
    format!("/guilds/{HARBOUR}{tail}")
}

pub fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The form of a page of playlists, as the browser would send it.
pub async fn opens(visitor: &mut Visitor, path: &str) -> Vec<(String, String)> {
    let page = visitor.get(path).await;
    assert_eq!(page.status, 200, "{}", page.main());
    page.form(path)
}

/// Opens a form, changes these fields, and sends it.
pub async fn sends(visitor: &mut Visitor, path: &str, edits: &[(&str, &str)]) -> Page {
    let form = edited(opens(visitor, path).await, edits);
    visitor.post(path, &form).await
}

/// Makes a playlist on a server with tracks at these addresses; gives its own address.
pub async fn makes_on(visitor: &mut Visitor, guild: Id, name: &str, urls: &[&str]) -> String {
    let path = format!("/guilds/{guild}{NEW}");
    let mut form = edited(opens(visitor, &path).await, &[("name", name)]);
    for (row, url) in urls.iter().enumerate() {
        let of = |field: &str, value: &str| (format!("tracks.{row}.{field}"), value.to_owned());
        form.extend([of("title", &format!("Song {}", row + 1)), of("url", url), of("seconds", "60")]);
    }
    let page = visitor.post(&path, &form).await;
    assert_eq!(page.status, 303, "{:?}", page.texts("#errors li"));
    page.location().to_owned()
}

/// The same on the Harbour Club.
pub async fn makes(visitor: &mut Visitor, name: &str, urls: &[&str]) -> String {
    makes_on(visitor, discord_standin::seed::HARBOUR_CLUB, name, urls).await
}

/// A playlist as it is stored.
#[derive(Clone, Debug, PartialEq, diesel::Queryable)]
pub struct Kept {
    pub name: String,
    pub shared: bool,
    pub tracks: String,
    pub revision: i64,
    pub sent_revision: i64,
    pub deleted: bool,
}

impl Kept {
    pub fn tracks(&self) -> Value {
        serde_json::from_str(&self.tracks).unwrap()
    }

    pub fn urls(&self) -> Vec<String> {
        self.tracks().as_array().unwrap().iter().map(|track| track["url"].as_str().unwrap().to_owned()).collect()
    }
}

/// Every playlist there is, in the order they were made.
pub async fn kept(app: &TestApp) -> Vec<Kept> {
    use diesel::prelude::*;
    use guildhall::schema::playlists::dsl::*;
    let rows = app.parts.db.run(|conn| {
        let columns = (name, shared, tracks, revision, sent_revision, deleted);
        Ok::<_, DbError>(playlists.order(id.asc()).select(columns).load::<Kept>(conn)?)
    });
    rows.await.unwrap()
}

/// What the change log says of content: action, before, after.
pub async fn deeds(app: &TestApp) -> Vec<(String, Value, Value)> {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let rows = app.parts.db.run(|conn| {
        let of = changes.filter(kind.eq("content").and(subject.eq("music"))).order(id.asc());
        let rows: Vec<(String, Option<String>, Option<String>)> =
            of.select((action, before_body, after_body)).load(conn)?;
        Ok::<_, DbError>(rows)
    });
    let read = |text: Option<String>| text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap());
    rows.await.unwrap().into_iter().map(|(did, before, after)| (did, read(before), read(after))).collect()
}
