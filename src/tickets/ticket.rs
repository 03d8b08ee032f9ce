//! `GET /guilds/{guild_id}/tickets/{tid}`: one ticket.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::changes::line::TimeText;
use crate::commands;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::rights::Level;
use crate::happenings::old_tickets::Kept;
use crate::ids::Snowflake;
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::web::page;

use super::age::age;
use super::id::{id_of, segment};
use super::pages::{Channel, TicketPage};
use super::ratings::{self, Rating, Telling};
use super::rows::{self, Row};
use super::transcript::Arrived;
use super::{PLACE, telling, told};

/// What the database says of one ticket.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    row: Row,
    transcript: Option<Arrived>,
    rating: Option<Rating>,
    commands: Vec<commands::Row>,
}

pub async fn ticket(
    req: HttpRequest,
    access: GuildAccess<View, In<Tickets>>,
    (app, kept): (Data<Settings>, Data<Kept>),
) -> Result<HttpResponse, AppError> {
    let (id, guild, modules) = (id_of(&req)?, access.admitted.guild, app.modules);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, &id)? else { return Ok(None) };
        Ok::<_, DbError>(Some(Read {
            stored: store::load(conn, guild, modules)?,
            transcript: Arrived::of(conn, guild, &row.id)?,
            rating: ratings::of_ticket(conn, guild, &row.id)?,
            commands: told::about(conn, guild, &row.id)?,
            row,
        }))
    });
    let Read { stored, row, transcript, rating, commands } = read.await?.ok_or(Trouble::NotFound)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let words = &place.words;
    let address = place.href(&format!("/tickets/{}", segment(&row.id)));
    let names = HashMap::new();
    let tell = Telling { place: &place, names: &names, settings: ratings::settings(&stored), view: "" };
    let drawing = place.drawing();
    let may_close = !row.is_closed() && place.read_only(Level::Act, ModuleKey::Tickets).is_none();
    let page = TicketPage {
        shell: place.shell(&req, telling::name(&row), PLACE, &stored),
        name: telling::name(&row),
        state: row.state.clone(),
        state_words: words.t(&format!("ticket-state-{}", if row.is_closed() { "closed" } else { &row.state })),
        category: row.category.clone().filter(|text| !text.trim().is_empty()),
        opener: telling::opener(words, &row),
        opener_id: row.opener_id.and_then(Snowflake::id).map(|id| id.to_string()),
        opened_at: TimeText::new(row.opened_at, words),
        age: (!row.is_closed()).then(|| words.say(&age(row.opened_at, place.now))),
        claimed_by: telling::claimer(words, &row),
        closed: telling::closed(words, &row),
        channel: channel(&place, &row),
        transcript: transcript
            .map(|arrived| (format!("{address}/transcript"), arrived.in_words(kept.until(row.closed_at), words))),
        rating: rating.map(|rating| tell.line(&rating, Some(&row), &HashMap::new())),
        ratings_href: place.href("/tickets/ratings"),
        commands: commands.iter().map(|row| drawing.command(row)).collect(),
        looks: place.only_looks(Level::Act, ModuleKey::Tickets).filter(|_| !row.is_closed()),
        closing_href: may_close.then(|| format!("{address}/closing")),
        as_of: words.time(place.now),
        again_href: address,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// Where it takes place in Discord, as far as this person may know.
fn channel(place: &ServerPage, row: &Row) -> Option<Channel> {
    let id = row.channel_id.and_then(Snowflake::id)?;
    if row.state == "deleted" {
        return Some(Channel::Said("ticket-channel-deleted"));
    }
    if place.guild.is_without_bot() {
        return None;
    }
    let judge = place.judge();
    Some(match place.guild.channel(id) {
        Some(channel) if judge.person.sees(channel) => Channel::There {
            name: channel.name.clone(),
            href: format!("https://discord.com/channels/{}/{id}", place.admitted.guild),
        },
        Some(_) => Channel::Said("choice-channel-unseen"),
        None => Channel::Said("ticket-channel-gone"),
    })
}
