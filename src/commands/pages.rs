//! `GET /guilds/{guild_id}/commands/{id}`: one command, how far it has come, and giving it again.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::again::{Again, Way};
use super::line::CommandLine;
use super::state::State;
use super::{Row, rows};
use crate::changes;
use crate::changes::line::TimeText;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::guilds::rights::Level;
use crate::server_page::ServerPage;
use crate::settings::scene::Settings;
use crate::settings::store;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

#[derive(Template)]
#[template(path = "commands/command.html")]
pub struct CommandPage {
    pub shell: Shell,
    pub line: CommandLine,
    /// Its row in the change log; none: nobody gave it, Guildhall itself asks.
    pub change_href: Option<String>,
    /// The command that this one says again.
    pub earlier: Option<Earlier>,
    /// The one that says this again.
    pub later: Option<CommandLine>,
    pub again: Option<Offer>,
    pub csrf_token: String,
    pub by: Option<String>,
    pub steps: Vec<(&'static str, TimeText)>,
}

pub struct Earlier {
    /// Whether it may have happened.
    pub words: &'static str,
    pub line: CommandLine,
}

/// Trying it again.
pub struct Offer {
    pub words: Message,
    pub action: String,
    /// Whether this person may.
    pub allowed: bool,
}

/// The command an address names.
///
/// # Errors
/// What is no id is nobody's page.
pub(super) fn id_of(req: &HttpRequest) -> Result<Uuid, AppError> {
    let id = req.match_info().get("id").and_then(|text| Uuid::parse_str(text).ok());
    id.ok_or_else(|| Trouble::NotFound.into())
}

pub async fn command(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (id, guild, modules) = (id_of(&req)?, access.admitted.guild, app.modules);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, id)? else { return Ok(None) };
        let earlier = match row.repeats_id.as_deref().and_then(|id| Uuid::parse_str(id).ok()) {
            Some(earlier) => rows::find(conn, guild, earlier)?,
            None => None,
        };
        let later = rows::repetition(conn, guild, &row)?;
        let change = changes::entries(conn, guild, std::slice::from_ref(&row.change_id))?.pop();
        Ok::<_, DbError>(Some((row, earlier, later, change, store::load(conn, guild, modules)?)))
    });
    let (row, earlier, later, change, stored) = read.await?.ok_or(Trouble::NotFound)?;
    access.admitted.must(Level::View, &row.subject)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let drawing = place.drawing();
    let line = drawing.command(&row);
    let again = if later.is_none() { offer(&place, &row)? } else { None };
    let page = CommandPage {
        shell: place.shell(&req, line.doing.clone(), "changes", &stored),
        change_href: change
            .as_ref()
            .filter(|change| place.admitted.rights.sees(&change.subject))
            .map(|change| place.href(&format!("/changes/{}", change.id))),
        earlier: earlier.map(|row| Earlier { words: earlier_words(&place, &row), line: drawing.command(&row) }),
        again,
        later: later.map(|row| drawing.command(&row)),
        csrf_token: page::csrf_token(&req),
        by: change.map(|change| drawing.by(&change)),
        steps: steps(&place, &row),
        line,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn earlier_words(place: &ServerPage, row: &Row) -> &'static str {
    match State::of(row, &place.way, place.now) {
        State::Expired => "command-repeats-never",
        State::Done { .. } | State::Failed { .. } => "command-repeats-done",
        _ => "command-repeats-perhaps",
    }
}

fn offer(place: &ServerPage, row: &Row) -> Result<Option<Offer>, AppError> {
    let acts = place.admitted.rights.acts(&row.subject);
    let Some(way) = Way::of(row, &place.way, place.now).filter(|_| acts) else { return Ok(None) };
    let refusal = Again::of(row, place)?.refusal();
    let words = match (refusal, way) {
        (Some(why), _) => Message::new(why),
        (None, Way::Same) => Message::new("command-again-same").text("until", place.words.time(row.expires_at)),
        (None, Way::New { perhaps: true }) => Message::new("command-again-new"),
        (None, Way::New { perhaps: false }) => Message::new("command-again-never"),
    };
    let action = place.href(&format!("/commands/{}/again", row.id));
    Ok(Some(Offer { words, allowed: refusal.is_none(), action }))
}

fn steps(place: &ServerPage, row: &Row) -> Vec<(&'static str, TimeText)> {
    let steps = [
        ("command-given-at", Some(row.created_at)),
        ("command-sent-at", row.sent_at),
        ("command-expires-at", Some(row.expires_at).filter(|_| row.answered_at.is_none())),
        ("command-answered-at", row.answered_at),
    ];
    let known = steps.into_iter().filter_map(|(label, at)| Some((label, at?)));
    known.map(|(label, at)| (label, TimeText::new(at, &place.words))).collect()
}
