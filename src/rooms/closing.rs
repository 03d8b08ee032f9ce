//! `…/rooms/{rid}/closing`: the bot closes a room, after a page that asks.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::Map;

use super::list::{is_seen, name_of};
use super::rows;
use crate::commands::{Commands, Kind, NewCommand};
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Admitted, Place};
use crate::guilds::guard::{Act, AskAct, GuildAccess};
use crate::ids::{self, ChannelId};
use crate::keys::Keys;
use crate::modules::TempVoice;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::web::shell::{Flash, Shell, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::{Message, filters};
use crate::web::{WebConfig, flash, page};

#[derive(Template)]
#[template(path = "rooms/closing.html")]
pub struct ClosingPage {
    pub shell: Shell,
    pub guild_name: String,
    pub name: String,
    pub members: i32,
    pub action: String,
    pub back_href: String,
    pub csrf_token: String,
}

/// A room that is there and may be closed by whoever asks; none: it has been closed.
struct Room {
    channel: ChannelId,
    name: String,
    members: i32,
}

async fn find(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<(ServerPage, Option<Room>), AppError> {
    if matches!(admitted.place, Place::Without(_)) {
        return Err(Trouble::BotAbsent.into());
    }
    let channel = req.match_info().get("rid").and_then(ids::parse).ok_or(Trouble::NotFound)?;
    let guild = admitted.guild;
    let row = app.db.run(move |conn| Ok::<_, DbError>(rows::find(conn, guild, channel)?));
    let row = row.await?.ok_or(Trouble::NotFound)?;
    let place = ServerPage::new(req, app, admitted);
    if !is_seen(&place, &row) {
        return Err(Trouble::NotFound.into());
    }
    let room = Room { channel, name: name_of(&place, &row), members: row.members.unwrap_or(0) };
    Ok((place, row.closed_at.is_none().then_some(room)))
}

/// It was closed meanwhile: there is nothing to ask.
fn closed_already() -> Flash {
    Flash { tone: Tone::Note, message: Message::new("flash-room-closed-already") }
}

pub async fn ask(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<TempVoice>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    let (place, room) = find(&req, &app, access.admitted).await?;
    let back_href = place.href("/rooms");
    let Some(room) = room else { return Ok(flash::redirect(&config, &keys, &back_href, Some(&closed_already()))) };
    let stored = app.db.run(move |conn| store::load(conn, guild, modules)).await?;
    let page = ClosingPage {
        shell: place.shell(&req, Message::new("title-room-closing"), "rooms", &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        name: room.name,
        members: room.members,
        action: place.href(&format!("/rooms/{}/closing", room.channel)),
        back_href,
        csrf_token: page::csrf_token(&req),
    };
    page::render(&req, StatusCode::OK, &page)
}

pub async fn close(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<TempVoice>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let answer = give(&req, guard.admitted, &app, &commands).await;
    let (to, flash) = answer.map_err(|error| error.keeping_for_later(&req, form))?;
    Ok(flash::redirect(&config, &keys, &to, Some(&flash)))
}

async fn give(
    req: &HttpRequest,
    admitted: Admitted,
    app: &Settings,
    commands: &Commands,
) -> Result<(String, Flash), AppError> {
    let (place, room) = find(req, app, admitted).await?;
    let back = place.href("/rooms");
    let Some(room) = room else { return Ok((back, closed_already())) };
    let command = NewCommand {
        kind: Kind::VoiceRoomClose,
        module: ModuleKey::TempVoice,
        about: room.channel.to_string(),
        label: room.name,
        channel: Some(room.channel),
        fields: Map::new(),
        repeats: None,
    };
    let issued = commands.issue(&place.admitted, command).await?;
    Ok((back, issued.flash(&place.words)))
}
