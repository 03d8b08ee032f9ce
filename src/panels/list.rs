//! `GET /guilds/{guild_id}/panels`: the panels of a server, and where each is posted.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::draft::{self, NEW};
use super::editor::{Answer, PLACE, absent};
use super::pages::{ListEntry, ListPage, PostedLine};
use super::store::{self, Row};
use super::{MOST, preview};
use crate::commands;
use crate::db::{Conn, DbError};
use crate::guilds::guard::{GuildAccess, View};
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::names;
use crate::settings::scene::{In, Settings};
use crate::settings::store::load;
use crate::web::page;
use crate::web::title::Title;
use crate::web::words::visible;

pub async fn list(req: HttpRequest, access: GuildAccess<View, In<Tickets>>, app: Data<Settings>) -> Answer {
    let admitted = access.admitted;
    let (guild, user, now, modules) = (admitted.guild, admitted.person.id, app.clock.now(), app.modules);
    let read = app.db.run(move |conn: &mut Conn| {
        let settings = load(conn, guild, modules)?;
        let rows = store::all(conn, guild)?;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let commands = commands::line::of(conn, guild, ModuleKey::Tickets, &ids)?;
        Ok::<_, DbError>((settings, rows, commands, draft::panels(conn, user, guild, now)?))
    });
    let (settings, rows, commands, drafts) = read.await?;
    let place = ServerPage::new(&req, &app, admitted);
    let entry = |row: &Row| ListEntry {
        id: row.id.clone(),
        href: place.href(&format!("/panels/{}", row.id)),
        name: row.panel.name.clone(),
        categories: row
            .panel
            .categories
            .iter()
            .map(|category| format!("{} {}", preview::sign(&category.emoji), category.name).trim().to_owned())
            .collect(),
        posted: posted(&place, row),
        drafted: drafts.contains(&row.id),
        command: commands.get(&row.id).map(|command| place.drawing().command(command)),
    };
    let full = rows.len() >= usize::try_from(MOST).unwrap_or(usize::MAX);
    let absent = absent(&place);
    let page = ListPage {
        shell: place.shell(&req, Title::of_the_place(), PLACE, &settings),
        guild_name: place.admitted.guild_name().to_owned(),
        action: place.href("/panels"),
        new_href: (!full && absent.is_none()).then(|| place.href("/panels/new")),
        new_drafted: drafts.iter().any(|one| one == NEW),
        full,
        as_of: place.words.time(place.now),
        panels: rows.iter().map(entry).collect(),
        absent,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// Where a panel is posted, in words for this person.
pub(super) fn posted(place: &ServerPage, row: &Row) -> Option<PostedLine> {
    let posted = row.posted?;
    let id = posted.channel.to_string();
    let named = names::for_person(&place.judge(), &place.words, &[&serde_json::json!(id)]);
    let channel = match named.get(&id).and_then(serde_json::Value::as_str) {
        Some(name) => visible(name).into_owned(),
        None if place.guild.is_without_bot() => place.words.t("choice-bot-away"),
        None => place.words.t("choice-channel-gone"),
    };
    let guild = place.admitted.guild;
    Some(PostedLine {
        channel,
        href: format!("https://discord.com/channels/{guild}/{id}/{}", posted.message),
        behind: row.is_behind(),
    })
}
