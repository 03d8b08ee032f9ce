//! `GET /guilds/{guild_id}/playlists`: all playlists of a server.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::MOST;
use super::editor::{PLACE, absent};
use super::pages::{LengthText, ListLine, ListPage};
use super::playlist::{Length, clock};
use super::store::{self, Summary};
use crate::changes::line::TimeText;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::server_page::ServerPage;
use crate::settings::scene::Settings;
use crate::settings::store::load;
use crate::web::page;
use crate::web::words::Message;

pub async fn list(req: HttpRequest, access: GuildAccess<View>, app: Data<Settings>) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    let read = app.db.run(move |conn| Ok::<_, DbError>((load(conn, guild, modules)?, store::all(conn, guild)?)));
    let (settings, rows) = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let (absent, full) = (absent(&place), rows.len() as i64 >= MOST);
    let page = ListPage {
        shell: place.shell(&req, Message::new("title-playlists"), PLACE, &settings),
        guild_name: place.admitted.guild_name().to_owned(),
        lines: rows.iter().map(|row| line(&place, row)).collect(),
        new_href: (!full && absent.is_none()).then(|| place.href("/playlists/new")),
        full,
        as_of: TimeText::new(place.now, &place.words),
        again: place.href("/playlists"),
        absent,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn line(place: &ServerPage, row: &Summary) -> ListLine {
    ListLine {
        href: place.href(&format!("/playlists/{}", row.id)),
        name: row.name.clone(),
        shared: row.shared,
        owner: row.owner_name.clone(),
        length: length(row.length()),
    }
}

/// A length in words.
pub(super) fn length(of: Length) -> LengthText {
    let time = match (of.seconds, of.untimed) {
        (0, 0) => None,
        (0, _) => Some(Message::new("playlist-time-unknown")),
        (seconds, 0) => Some(Message::new("playlist-time").text("time", clock(seconds))),
        (seconds, untimed) => {
            Some(Message::new("playlist-time-partly").text("time", clock(seconds)).number("count", untimed))
        }
    };
    LengthText { tracks: Message::new("playlist-count").number("count", of.tracks), time }
}
