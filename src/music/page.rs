//! The page of the player, and of the playlists.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::player::{self, Player};
use crate::commands;
use crate::commands::line::CommandLine;
use crate::control_panel::{self, ControlPanel};
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::access::Place;
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::pages::BotAbsent;
use crate::server_page::ServerPage;
use crate::settings::scene::Settings;
use crate::settings::store;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

#[derive(Template)]
#[template(path = "music/playlists.html")]
pub struct PlaylistsPage {
    pub shell: Shell,
    pub absent: Option<BotAbsent>,
    pub player: Player,
    /// How far the player has come that was sent last.
    pub panel: Option<CommandLine>,
    pub panel_href: String,
    pub settings_href: String,
    pub as_of: String,
    pub again: String,
}

pub async fn playlists(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    let about = control_panel::Player::ABOUT.to_owned();
    let read = app.db.run(move |conn| {
        let player = player::read(conn, guild)?;
        let given = commands::line::of(conn, guild, std::slice::from_ref(&about))?.remove(&about);
        Ok::<_, DbError>((player, given, store::load(conn, guild, modules)?))
    });
    let (tracks, given, stored) = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let here = matches!(place.admitted.place, Place::Here { .. });
    let page = PlaylistsPage {
        shell: place.shell(&req, Message::new("title-playlists"), "playlists", &stored),
        absent: (!here).then(|| BotAbsent { kept_until: None, invite_href: place.href("/invite") }),
        player: Player::new(&tracks, &place.words, place.now),
        panel: given.map(|row| place.drawing().command(&row)),
        panel_href: place.href(control_panel::Player::ADDRESS),
        settings_href: place.href("/settings/music"),
        as_of: place.words.time(place.now),
        again: place.href("/playlists"),
    };
    page::render(&req, StatusCode::OK, &page)
}
