//! `GET /guilds/{guild_id}/changes/{id}`: one change as a whole.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use crate::changes::line::TimeText;
use crate::changes::{BatchOf, Seen};
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::guilds::rights::{Level, Scope};
use crate::server_page::ServerPage;
use crate::settings::describe::Describe;
use crate::settings::scene::Settings;
use crate::settings::store;
use crate::web::page;
use crate::web::words::visible;

use super::cursor::href;
use super::deed::Deed;
use super::did::Did;
use super::diff::diff;
use super::filter::Filter;
use super::pages::{EntryPage, Mate, Other, Step};
use super::rows::{self, Around, Neighbour, Row};
use super::scenery;
use super::sides::{sides, unchanged};
use super::version::Version;

/// The change an address names.
///
/// # Errors
/// What is no id is nobody's page.
pub(super) fn id_of(req: &HttpRequest) -> Result<Uuid, AppError> {
    let id = req.match_info().get("id").and_then(|text| Uuid::parse_str(text).ok());
    id.ok_or_else(|| Trouble::NotFound.into())
}

pub async fn entry(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (id, guild, modules) = (id_of(&req)?, access.admitted.guild, app.modules);
    let seen = Seen::by(&access.admitted.rights);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, &seen, id)? else { return Ok(None) };
        let around = Around::of(conn, guild, &seen, &row)?;
        Ok::<_, DbError>(Some((row, around, store::load(conn, guild, modules)?)))
    });
    let (row, around, stored) = read.await?.ok_or(Trouble::NotFound)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let version = Version::of(&row, app.modules);
    let heading = scenery::title(&place, &row);
    let filter = Filter { by: Some(row.by()), ..Filter::default() };
    let drawing = place.drawing();
    let is_settings = row.revision.is_some();
    // Settings and their newest change are written in one transaction.
    let is_current = version.is_some() && around.next.is_none();
    let restoration = format!("{}/restoration", scenery::href(&place, &row.entry.id));
    let restores = place.admitted.rights.edits(&row.entry.subject);
    let other = |one: Neighbour| Other { href: scenery::href(&place, &one.id), number: one.number };
    let mate = |one: &Neighbour| Mate {
        href: scenery::href(&place, &one.id),
        title: scenery::entry_title(&place, &one.subject, one.number),
    };
    let mut page = EntryPage {
        shell: place.shell(&req, heading.clone(), scenery::PLACE, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        heading,
        module_href: version
            .as_ref()
            .map(|version| format!("/guilds/{guild}/settings/{}", version.module.key.as_str())),
        module: place.module_name(&row.entry.subject),
        by: drawing.by(&row.entry),
        by_href: href(&scenery::list_href(&place), &filter, None),
        avatar_url: drawing.avatar_url(&row.entry),
        at: TimeText::new(row.entry.created_at, &place.words),
        did: place.words.t(&format!("history-did-{}", Did::of(&row).as_str())),
        delivery: is_settings.then(|| drawing.delivery(&row.entry)),
        command: around.command.as_ref().map(|row| drawing.command(row)),
        steps: if is_settings { steps(&place, &row) } else { Vec::new() },
        rows: Vec::new(),
        is_same: false,
        unchanged: Vec::new(),
        before_unknown: version.as_ref().is_some_and(|version| !version.is_before_known()),
        together: match around.batch_of {
            Some(BatchOf::Import) => "history-imported-with",
            Some(BatchOf::Copy) => "history-copied-with",
            None => "history-saved-with",
        },
        batch: around.batch.iter().map(mate).collect(),
        previous: around.previous.map(other),
        next: around.next.map(other),
        restores_gone: row.restores_id.is_some() && around.restores.is_none(),
        restores: around.restores.map(other),
        restored_by: around.restored_by.into_iter().map(other).collect(),
        restore_before_href: version
            .as_ref()
            .filter(|version| restores && version.has_overruled())
            .map(|_| format!("{restoration}?side=before")),
        restore_href: version.as_ref().filter(|_| restores && !is_current).map(|_| restoration),
        looks: version.as_ref().and_then(|_| place.only_looks_at(Level::Edit, Scope::Module(&row.entry.subject))),
        is_current,
    };
    if let Some(version) = version {
        let names = scenery::names(&place, &version);
        let describe = Describe { table: version.module.table(), names: &names, words: &place.words };
        let before = version.before();
        let changes = diff(version.module.fields(), &before, &version.after);
        page.rows = sides(&describe, &changes);
        page.unchanged = unchanged(&describe, &changes, &version.after);
    } else if let Some(deed) = Deed::of(&row) {
        (page.rows, page.unchanged) = deed.sides(&place);
    }
    page.is_same = page.rows.is_empty() && row.kind != "command";
    page::render(&req, StatusCode::OK, &page)
}

/// What is known of its way to the bot.
fn steps(place: &ServerPage, row: &Row) -> Vec<Step> {
    let (words, entry) = (&place.words, &row.entry);
    let time = |label: &str, at: Option<i64>| {
        at.map(|at| Step { label: words.t(label), text: String::new(), at: Some(TimeText::new(at, words)) })
    };
    let text = |label: &str, text: Option<String>| text.map(|text| Step { label: words.t(label), text, at: None });
    let answered = if entry.rejected_reason.is_some() { "history-refused-at" } else { "history-applied-at" };
    let reason = entry.rejected_reason.as_deref().filter(|reason| !reason.trim().is_empty());
    let steps = [
        time("history-saved-at", Some(entry.created_at)),
        time("history-sent-at", entry.published_at),
        time(answered, entry.applied_at),
        text("history-reason", reason.map(|reason| visible(reason).into_owned())),
        text("history-bot", row.applied_by.as_deref().map(|bot| visible(bot).into_owned())),
        text("history-shard", row.applied_shard.map(|shard| shard.to_string())),
    ];
    steps.into_iter().flatten().collect()
}
