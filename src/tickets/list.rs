//! `GET /guilds/{guild_id}/tickets`: those that wait, those somebody has taken, those that are closed.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::changes::line::TimeText;
use crate::clock::Millis;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::live::Asking;
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::tab::{self, Tab};
use crate::web::title::Title;
use crate::web::words::{Message, Words};

use super::age::age;
use super::cursor::{Cursor, Mark, href};
use super::filter::{Filter, Shelf};
use super::id::segment;
use super::pages::{Line, ListPage};
use super::rows::{self, Counts, Found, Row};
use super::{PLACE, telling};

/// What the database says for a list.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    counts: Counts,
    found: Found,
}

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, In<Tickets>>,
    app: Data<Settings>,
    asking: Data<Asking>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let filter = Filter::read(&pairs);
    let cursor = Cursor::read(&pairs);
    let (guild, modules, asked) = (access.admitted.guild, app.modules, filter.clone());
    asking.is_looked_at(guild);
    let start = cursor.clone().unwrap_or(Cursor::First);
    let read = app.db.run(move |conn| {
        Ok::<_, DbError>(Read {
            stored: store::load(conn, guild, modules)?,
            counts: Counts::read(conn, guild)?,
            found: rows::page(conn, guild, &asked, &start)?,
        })
    });
    let Read { stored, counts, found } = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let address = place.href("/tickets");
    let to = |name: &str, mark: Option<&Mark>| mark.map(|mark| href(&address, &filter.pairs(), Some((name, mark))));
    let all = Filter { text: String::new(), ..filter.clone() };
    let page = ListPage {
        shell: place.shell(&req, Title::of_the_place(), PLACE, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        ratings_href: place.href("/tickets/ratings"),
        settings_href: place.href("/settings/tickets"),
        panels_href: place.href("/panels"),
        tabs: Shelf::ALL.into_iter().map(|shelf| tab_of(&place.words, &address, &filter, shelf, &counts)).collect(),
        state: filter.shelf.as_str(),
        empty: Message::new(format!("ticket-empty-{}", filter.shelf.as_str())),
        empty_why: Message::new(format!("ticket-empty-{}-why", filter.shelf.as_str())),
        all_href: href(&address, &all.pairs(), None),
        strange: filter.strange || cursor.is_none(),
        in_front: to("before", found.in_front.as_ref()),
        behind: to("after", found.behind.as_ref()),
        lines: found.rows.iter().map(|row| line(&place, row)).collect(),
        as_of: place.words.time(place.now),
        again_href: req.uri().to_string(),
        text: filter.text,
        action: address,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn tab_of(words: &Words, address: &str, filter: &Filter, shelf: Shelf, counts: &Counts) -> Tab {
    let name = shelf.as_str();
    Tab {
        name,
        label: words.t(&format!("ticket-state-{name}")),
        count: tab::count(words, counts.of(shelf)),
        href: href(address, &filter.on(shelf).pairs(), None),
        current: filter.shelf == shelf,
    }
}

fn line(place: &ServerPage, row: &Row) -> Line {
    let (words, now): (_, Millis) = (&place.words, place.now);
    Line {
        href: place.href(&format!("/tickets/{}", segment(&row.id))),
        name: telling::name(row),
        category: row.category.clone().filter(|text| !text.trim().is_empty()),
        deleted: row.state == "deleted",
        opener: telling::opener(words, row),
        opened_at: TimeText::new(row.opened_at, words),
        age: (!row.is_closed()).then(|| age(row.opened_at, now)),
        claimed_by: telling::claimer(words, row),
        closed: telling::closed(words, row),
    }
}
