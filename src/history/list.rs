//! `GET /guilds/{guild_id}/changes`: what was changed, the newest first.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::changes::Seen;
use crate::changes::line::{TimeText, gone};
use crate::commands;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::title::Title;
use crate::web::words::{Message, visible};

use super::cursor::{Cursor, href};
use super::did::Did;
use super::export::{self, Format};
use super::facts::few;
use super::filter::{By, Filter, Stage};
use super::pages::{ListEntry, ListPage, Select};
use super::people::people;
use super::retention::{Kept, KeptDays};
use super::rows::{self, Found, Row};
use super::scenery;

/// What the database says for a list.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    found: Found,
    people: Vec<(By, String)>,
    /// By the changes they are.
    commands: HashMap<String, commands::Row>,
}

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
    kept: Data<Kept>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let seen = Seen::by(&access.admitted.rights);
    let filter = Filter::read(&pairs).within(&seen);
    let cursor = Cursor::read(&pairs);
    let (guild, modules, asked, theirs) = (access.admitted.guild, app.modules, filter.clone(), seen.clone());
    let read = app.db.run(move |conn| {
        let found = rows::page(conn, guild, &theirs, &asked, cursor.unwrap_or(Cursor::Newest))?;
        Ok::<_, DbError>(Read {
            stored: store::load(conn, guild, modules)?,
            people: people(conn, guild, &theirs)?,
            commands: rows::commands(conn, guild, &found.rows)?,
            found,
        })
    });
    let Read { stored, found, people, commands } = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let address = scenery::list_href(&place);
    let edge = |row: Option<&Row>, name: &str| row.map(|row| href(&address, &filter, Some((name, &row.entry.id))));
    let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let page = ListPage {
        shell: place.shell(&req, Title::of_the_place(), scenery::PLACE, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        only: only(&place, &seen),
        selects: selects(&place, &filter, &people, &seen, &app),
        from: date(filter.from),
        to: date(filter.to),
        filtered: !filter.is_open(),
        strange: filter.strange || cursor.is_none(),
        newer: found.newer.then(|| edge(found.rows.first(), "after")).flatten(),
        older: found.older.then(|| edge(found.rows.last(), "before")).flatten(),
        entries: found.rows.iter().map(|row| entry(&place, &app, row, commands.get(&row.entry.id))).collect(),
        exports: Format::ALL.map(|format| export::link(&place, &filter, format)).to_vec(),
        kept_days: kept.0.map(KeptDays::get),
        action: address,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn entry(place: &ServerPage, app: &Settings, row: &Row, command: Option<&commands::Row>) -> ListEntry {
    let drawing = place.drawing();
    let is_settings = row.revision.is_some();
    let (facts, more) = few(scenery::told(place, app.modules, row));
    ListEntry {
        href: scenery::href(place, &row.entry.id),
        title: scenery::title(place, row),
        by: drawing.by(&row.entry),
        avatar_url: drawing.avatar_url(&row.entry),
        at: TimeText::new(row.entry.created_at, &place.words),
        did: place.words.t(&format!("history-did-{}", Did::of(row).as_str())),
        is_same: is_settings && facts.is_empty(),
        facts,
        more,
        delivery: is_settings.then(|| drawing.delivery(&row.entry)),
        command: command.map(|row| drawing.command(row)),
    }
}

/// What is told to who sees some modules alone.
fn only(place: &ServerPage, seen: &Seen) -> Option<Message> {
    let names: Vec<String> = seen.only()?.iter().map(|module| place.module_name(module.as_str())).collect();
    Some(Message::new("history-only").text("modules", place.words.list(&names)))
}

fn selects(place: &ServerPage, filter: &Filter, people: &[(By, String)], seen: &Seen, app: &Settings) -> Vec<Select> {
    let words = &place.words;
    let select = |name: &'static str, options| Select {
        name,
        label: words.t(&format!("history-filter-{name}")),
        any: words.t(&format!("history-any-{name}")),
        options,
    };
    let theirs = app.modules.iter().filter(|module| seen.has(module.key));
    let modules = theirs.map(|module| {
        let key = module.key.as_str();
        (key.to_owned(), words.t(&format!("{key}-name")), filter.module == Some(module.key))
    });
    let people = people.iter().map(|(by, name)| {
        let name = match by {
            By::Person(id) if name.is_empty() => gone(*id, words),
            By::Person(_) => visible(name).into_owned(),
            By::Bot => words.t("actor-bot"),
            By::System => words.t("actor-system"),
        };
        (by.as_text(), name, filter.by == Some(*by))
    });
    let acts = Did::ALL.into_iter().filter(|did| did.is_for(seen)).map(|did| {
        let text = did.as_str();
        (text.to_owned(), words.t(&format!("history-did-{text}")), filter.did == Some(did))
    });
    let stages = Stage::ALL.into_iter().map(|stage| {
        let text = stage.as_str();
        (text.to_owned(), words.t(&format!("history-state-{text}")), filter.stage == Some(stage))
    });
    let mut all = vec![
        select("module", modules.collect()),
        select("by", people.collect()),
        select("did", acts.collect()),
        select("state", stages.collect()),
    ];
    // Of one there is nothing to choose.
    all.retain(|one| one.name != "module" || one.options.len() > 1);
    all
}
