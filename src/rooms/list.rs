//! `GET /guilds/{guild_id}/rooms`: the rooms that are open now.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::rows::{self, Row};
use crate::accounts::{self, Names};
use crate::changes::line::TimeText;
use crate::commands;
use crate::commands::line::CommandLine;
use crate::control_panel::{ControlPanel, Voice};
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::Level;
use crate::ids::Snowflake;
use crate::live::Asking;
use crate::modules::TempVoice;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::title::Title;
use crate::web::words::{Message, filters};

#[derive(Template)]
#[template(path = "rooms/list.html")]
pub struct RoomsPage {
    pub shell: Shell,
    pub absent: Option<ReadOnly>,
    pub rooms: Vec<Room>,
    /// How far the control panel has come that was sent last.
    pub panel: Option<CommandLine>,
    pub panel_href: String,
    pub settings_href: String,
    pub as_of: String,
    pub again: String,
}

/// A room as its line shows it.
pub struct Room {
    /// None: this person cannot see the channel.
    pub name: Option<String>,
    pub owner: Option<String>,
    pub members: Message,
    pub locked: bool,
    pub since: TimeText,
    pub age: Message,
    /// Where it can be closed, unless it is being closed.
    pub closing_href: Option<String>,
    pub command: Option<CommandLine>,
}

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, In<TempVoice>>,
    app: Data<Settings>,
    asking: Data<Asking>,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    asking.is_looked_at(guild);
    let read = app.db.run(move |conn| {
        let rooms = rows::open(conn, guild)?;
        let names = accounts::names(conn, rooms.iter().filter_map(|room| room.owner_id))?;
        let mut about: Vec<String> = rooms.iter().map(channel_of).collect();
        about.push(Voice::ABOUT.to_owned());
        let given = commands::line::of(conn, guild, ModuleKey::TempVoice, &about)?;
        Ok::<_, DbError>((rooms, names, given, store::load(conn, guild, modules)?))
    });
    let (rooms, names, mut given, stored) = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let drawing = place.drawing();
    let lines: HashMap<String, CommandLine> =
        given.drain().map(|(about, row)| (about, drawing.command(&row))).collect();
    let page = RoomsPage {
        shell: place.shell(&req, Title::of_the_place(), "rooms", &stored),
        absent: place.read_only(Level::Act, ModuleKey::TempVoice),
        rooms: rooms.iter().map(|row| room(&place, row, &names, lines.get(&channel_of(row)).cloned())).collect(),
        panel: lines.get(Voice::ABOUT).cloned(),
        panel_href: place.href("/rooms/panel"),
        settings_href: place.href("/settings/tempvoice"),
        as_of: place.words.time(place.now),
        again: place.href("/rooms"),
    };
    page::render(&req, StatusCode::OK, &page)
}

fn channel_of(row: &Row) -> String {
    row.channel_id.id().map(|id| id.to_string()).unwrap_or_default()
}

fn room(place: &ServerPage, row: &Row, names: &Names, command: Option<CommandLine>) -> Room {
    let is_closing = command.as_ref().is_some_and(|command| command.pending_as_of.is_some() || command.state == "done");
    let seen = is_seen(place, row);
    let acts = place.read_only(Level::Act, ModuleKey::TempVoice).is_none();
    let members = match (row.members, row.user_limit) {
        (None, 0) => Message::new("rooms-members-unknown"),
        (None, limit) => Message::new("rooms-members-limit").number("limit", limit),
        (Some(count), 0) => Message::new("rooms-members").number("count", count),
        (Some(count), limit) => Message::new("rooms-members-of").number("count", count).number("limit", limit),
    };
    Room {
        name: seen.then(|| name_of(place, row)),
        owner: row.owner_id.and_then(Snowflake::id).map(|id| names.of(id, &place.words)),
        members,
        locked: row.locked,
        since: TimeText::new(row.opened_at, &place.words),
        age: age(place.now - row.opened_at),
        closing_href: (seen && acts && !is_closing).then(|| place.href(&format!("/rooms/{}/closing", channel_of(row)))),
        command,
    }
}

/// A channel that is known and that this person cannot see is not named to them, and not theirs to close.
pub(super) fn is_seen(place: &ServerPage, row: &Row) -> bool {
    let channel = row.channel_id.id().and_then(|id| place.guild.channel(id));
    channel.is_none_or(|channel| place.judge().person.sees(channel))
}

pub(super) fn name_of(place: &ServerPage, row: &Row) -> String {
    match row.name.is_empty() {
        true => place.words.t("rooms-unnamed"),
        false => row.name.clone(),
    }
}

/// How long ago, in the largest unit that fits.
fn age(ms: i64) -> Message {
    let minutes = (ms / 60_000).max(0);
    match minutes {
        0..60 => Message::new("age-minutes").number("count", minutes),
        60..2_880 => Message::new("age-hours").number("count", minutes / 60),
        _ => Message::new("age-days").number("count", minutes / 1_440),
    }
}
