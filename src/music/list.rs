//! `GET /guilds/{guild_id}/playlists`: what is played now, and all playlists of a server.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::MOST;
use super::editor::{PLACE, absent};
use super::pages::{LengthText, ListLine, ListPage, Playlists};
use super::player::{self, Player};
use super::playlist::{Length, clock};
use super::store::{self, Summary};
use crate::changes::line::TimeText;
use crate::commands;
use crate::control_panel::{self, ControlPanel as _};
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::modules::Music;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::load;
use crate::web::page;
use crate::web::title::Title;
use crate::web::words::Message;

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, In<Music>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    let about = control_panel::Player::ABOUT.to_owned();
    let read = app.db.run(move |conn| {
        let panel = commands::line::of(conn, guild, ModuleKey::Music, std::slice::from_ref(&about))?.remove(&about);
        let played = player::read(conn, guild)?;
        Ok::<_, DbError>((load(conn, guild, modules)?, store::all(conn, guild)?, played, panel))
    });
    let (settings, rows, played, panel) = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let page = ListPage {
        shell: place.shell(&req, Title::of_the_place(), PLACE, &settings),
        guild_name: place.admitted.guild_name().to_owned(),
        player: Player::new(&played, &place.words, place.now),
        panel: panel.map(|row| place.drawing().command(&row)),
        panel_href: place.href(control_panel::Player::ADDRESS),
        settings_href: place.href("/settings/music"),
        playlists: Playlists::new(&place, &rows),
        as_of: TimeText::new(place.now, &place.words),
        again: place.href("/playlists"),
        absent: absent(&place),
    };
    page::render(&req, StatusCode::OK, &page)
}

impl Playlists {
    fn new(place: &ServerPage, rows: &[Summary]) -> Self {
        let (is_absent, full) = (absent(place).is_some(), rows.len() as i64 >= MOST);
        Self {
            lines: rows.iter().map(|row| line(place, row)).collect(),
            new_href: (!full && !is_absent).then(|| place.href("/playlists/new")),
            full,
        }
    }
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
