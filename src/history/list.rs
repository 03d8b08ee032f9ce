//! `GET /guilds/{guild_id}/changes`: what was changed, the newest first.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::changes::line::TimeText;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::server_page::ServerPage;
use crate::settings::describe::Describe;
use crate::settings::module::ModuleKey;
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::words::{Message, Words, visible};

use super::cursor::{Cursor, href};
use super::diff::diff;
use super::facts::facts;
use super::filter::{By, Filter, Stage};
use super::pages::{Fact, ListEntry, ListPage, Select};
use super::rows::{self, Did, Found, Row};
use super::scenery;
use super::version::Version;

/// What the database says for a list.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    found: Found,
    people: Vec<(By, String)>,
}

pub async fn list(req: HttpRequest, access: GuildAccess<View>, app: Data<Settings>) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let filter = Filter::read(&pairs);
    let cursor = Cursor::read(&pairs);
    let (guild, modules, asked) = (access.admitted.guild, app.modules, filter.clone());
    let read = app.db.run(move |conn| {
        Ok::<_, DbError>(Read {
            stored: store::load(conn, guild, modules)?,
            found: rows::page(conn, guild, &asked, cursor.unwrap_or(Cursor::Newest))?,
            people: rows::people(conn, guild)?,
        })
    });
    let Read { stored, found, people } = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let address = scenery::list_href(&place);
    let edge = |row: Option<&Row>, name: &str| row.map(|row| href(&address, &filter, Some((name, &row.entry.id))));
    let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let page = ListPage {
        shell: place.shell(&req, Message::new("title-changes"), scenery::PLACE, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        selects: selects(&place.words, &filter, &people, &app),
        from: date(filter.from),
        to: date(filter.to),
        filtered: !filter.is_open(),
        strange: filter.strange || cursor.is_none(),
        newer: found.newer.then(|| edge(found.rows.first(), "after")).flatten(),
        older: found.older.then(|| edge(found.rows.last(), "before")).flatten(),
        entries: found.rows.iter().map(|row| entry(&place, &app, row)).collect(),
        action: address,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn entry(place: &ServerPage, app: &Settings, row: &Row) -> ListEntry {
    let drawing = place.drawing();
    let (facts, more) = Version::of(row, app.modules).map(|version| in_words(place, &version)).unwrap_or_default();
    ListEntry {
        href: scenery::href(&place, &row.entry.id),
        module: place.module_name(&row.entry.subject),
        number: row.entry.number,
        by: drawing.by(&row.entry),
        avatar_url: drawing.avatar_url(&row.entry),
        at: TimeText::new(row.entry.created_at, &place.words),
        did: place.words.t(&format!("history-did-{}", Did::of(row).as_str())),
        facts,
        more,
        delivery: drawing.delivery(&row.entry),
    }
}

fn in_words(place: &ServerPage, version: &Version) -> (Vec<Fact>, usize) {
    let before = version.before();
    let changes = diff(version.module.fields(), &before, &version.after);
    let names = scenery::names(place, version);
    facts(&Describe { table: version.module.table(), names: &names, words: &place.words }, &changes)
}

fn selects(words: &Words, filter: &Filter, people: &[(By, String)], app: &Settings) -> Vec<Select> {
    let select = |name: &'static str, options| Select {
        name,
        label: words.t(&format!("history-filter-{name}")),
        any: words.t(&format!("history-any-{name}")),
        options,
    };
    let modules = app.modules.iter().map(|module| {
        let key = module.key.as_str();
        (key.to_owned(), words.t(&format!("{key}-name")), filter.module == Some(module.key))
    });
    let people = people.iter().map(|(by, name)| {
        let name = match by {
            By::Person(_) => visible(name).into_owned(),
            By::Bot => words.t("actor-bot"),
            By::System => words.t("actor-system"),
        };
        (by.as_text(), name, filter.by == Some(*by))
    });
    let acts = Did::ALL.into_iter().map(|did| {
        let text = did.as_str();
        (text.to_owned(), words.t(&format!("history-did-{text}")), filter.did == Some(did))
    });
    let stages = Stage::ALL.into_iter().map(|stage| {
        let text = stage.as_str();
        (text.to_owned(), words.t(&format!("history-state-{text}")), filter.stage == Some(stage))
    });
    vec![
        select("module", modules.collect()),
        select("by", people.collect()),
        select("did", acts.collect()),
        select("state", stages.collect()),
    ]
}
