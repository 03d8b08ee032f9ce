//! `…/playlists/new` and `…/playlists/{playlist_id}`: a playlist's form, and saving it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::editor::{Editor, Shown, revision_in};
use super::hosts::MusicHosts;
use super::pages::{Standing, Theirs};
use super::playlist::Playlist;
use super::reading::{self, Reading};
use super::store::{Outcome, Row, Save};
use super::table::TABLE;
use crate::changes::news::Topic;
use crate::db::Conn;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Act, GuildAccess, View};
use crate::keys::Keys;
use crate::settings::fill::fill;
use crate::settings::problems::Problems;
use crate::settings::scene::Settings;
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

/// What a posted form comes to.
pub(super) enum Answer {
    Page(HttpResponse),
    /// It is done: this address, and what to say there.
    Done(String, Flash),
}

impl Answer {
    pub(super) fn done(to: String, tone: Tone, message: Message) -> Self {
        Self::Done(to, Flash { tone, message })
    }

    pub(super) fn respond(self, config: &WebConfig, keys: &Keys) -> HttpResponse {
        match self {
            Self::Page(page) => page,
            Self::Done(to, said) => flash::redirect(config, keys, &to, Some(&said)),
        }
    }
}

/// An empty form.
pub async fn begin(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let editor = Editor::read_any(&req, &app, access.admitted).await?;
    show(&req, &editor, &hosts, &Playlist { shared: true, ..Playlist::default() })
}

pub async fn open(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let (editor, row) = Editor::read(&req, &app, access.admitted).await?;
    show(&req, &editor, &hosts, &row.playlist)
}

fn show(req: &HttpRequest, editor: &Editor, hosts: &MusicHosts, playlist: &Playlist) -> Result<HttpResponse, AppError> {
    let shown = Shown {
        status: StatusCode::OK,
        form: &fill(TABLE.fields(), &json!(playlist)),
        problems: &Problems::default(),
        revision: editor.revision(),
        notice: None,
        standing: Standing::Ours,
    };
    editor.answer(req, hosts, shown)
}

pub async fn create(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    submit(&req, post, &app, &hosts).await.map(|answer| answer.respond(&config, &keys))
}

pub async fn save(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    submit(&req, post, &app, &hosts).await.map(|answer| answer.respond(&config, &keys))
}

async fn submit(
    req: &HttpRequest,
    post: Submitted<GuildAccess<Act>>,
    app: &Settings,
    hosts: &MusicHosts,
) -> Result<Answer, AppError> {
    let Submitted { guard, mut form } = post;
    let answer = save_form(req, guard.admitted, &mut form, app, hosts).await;
    answer.map_err(|error| error.keeping_for_later(req, form))
}

async fn save_form(
    req: &HttpRequest,
    admitted: Admitted,
    form: &mut FormData,
    app: &Settings,
    hosts: &MusicHosts,
) -> Result<Answer, AppError> {
    let editor = Editor::read_any(req, app, admitted).await?;
    reading::prepare(form);
    if let Some(request) = form.text("row").map(str::to_owned) {
        return rearranged(req, &editor, hosts, form, &request);
    }
    let stored = editor.row.as_ref().filter(|row| !row.deleted);
    let Reading { playlist, mut problems } = reading::read(form, hosts, stored.map(|row| &row.playlist))?;
    if editor.row.is_some() && stored.is_none() {
        return contested(req, &editor, hosts, form, &problems);
    }
    if let (Some(row), Some(playlist)) = (stored, &playlist)
        && row.playlist == *playlist
        && !problems.stop_the_save()
    {
        return Ok(Answer::done(editor.address(), Tone::Note, said("flash-playlist-unchanged", &playlist.name)));
    }
    match revision_in(form) {
        None => problems.unreadable("", Message::new("problem-revision-missing")),
        Some(revision) if revision != editor.revision() => return contested(req, &editor, hosts, form, &problems),
        Some(_) => {}
    }
    let (Some(playlist), false) = (playlist, problems.stop_the_save()) else {
        return again(req, &editor, hosts, form, &problems);
    };
    let name = playlist.name.clone();
    match write(app, &editor, stored.cloned(), playlist).await? {
        Outcome::Saved { id } => {
            let key = if stored.is_some() { "flash-playlist-saved" } else { "flash-playlist-created" };
            Ok(Answer::done(editor.place.href(&format!("/playlists/{id}")), Tone::Good, said(key, &name)))
        }
        Outcome::NameTaken => {
            problems.unreadable("name", Message::new("problem-playlist-name"));
            again(req, &editor, hosts, form, &problems)
        }
        Outcome::Full => {
            problems.unreadable("", Message::new("problem-playlists-full").number("max", super::MOST));
            again(req, &editor, hosts, form, &problems)
        }
        Outcome::Conflict => {
            // Somebody was first between our reading and our writing: show what they saved.
            let editor = Editor::read_any(req, app, editor.place.admitted).await?;
            contested(req, &editor, hosts, form, &problems)
        }
    }
}

pub(super) fn said(key: &'static str, name: &str) -> Message {
    Message::new(key).name("name", name)
}

/// One transaction; then open pages are told.
///
/// # Errors
/// As the database answers: then nothing was written.
pub(super) async fn write(
    app: &Settings,
    editor: &Editor,
    before: Option<Row>,
    after: Playlist,
) -> Result<Outcome, AppError> {
    let (guild, by) = (editor.place.admitted.guild, editor.place.admitted.person.clone());
    let save = Save { guild, before, after, by, now: editor.place.now };
    let outcome = Save::settle(app.db.write(move |conn: &mut Conn| save.write(conn)).await)?;
    if let Outcome::Saved { id } = &outcome {
        tracing::info!(event = "playlist_saved", guild.id = %guild, playlist = %id, "a playlist was saved");
        app.news.tell_list(guild, Topic::Music);
        app.relay.objects_saved();
    }
    Ok(outcome)
}

/// The form comes back, changed and unsaved.
fn rearranged(
    req: &HttpRequest,
    editor: &Editor,
    hosts: &MusicHosts,
    form: &mut FormData,
    request: &str,
) -> Result<Answer, AppError> {
    let mut problems = Problems::default();
    if let Err(message) = reading::rearrange(form, request) {
        problems.unreadable("tracks", message);
        return again(req, editor, hosts, form, &problems);
    }
    let shown = Shown {
        status: StatusCode::OK,
        form,
        problems: &problems,
        revision: revision_in(form).unwrap_or_else(|| editor.revision()),
        notice: Some("notice-rows"),
        standing: Standing::Ours,
    };
    editor.answer(req, hosts, shown).map(Answer::Page)
}

/// The same page, everything typed kept.
fn again(
    req: &HttpRequest,
    editor: &Editor,
    hosts: &MusicHosts,
    form: &FormData,
    problems: &Problems,
) -> Result<Answer, AppError> {
    let shown = Shown {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        form,
        problems,
        revision: revision_in(form).unwrap_or_else(|| editor.revision()),
        notice: None,
        standing: Standing::Ours,
    };
    editor.answer(req, hosts, shown).map(Answer::Page)
}

/// Somebody has changed or deleted it meanwhile: what they saved, and everything typed, which a second save puts in
/// its place.
fn contested(
    req: &HttpRequest,
    editor: &Editor,
    hosts: &MusicHosts,
    form: &FormData,
    problems: &Problems,
) -> Result<Answer, AppError> {
    let there = editor.row.as_ref().filter(|row| !row.deleted);
    let shown = Shown {
        status: StatusCode::CONFLICT,
        form,
        problems,
        revision: there.map_or(0, |row| row.revision),
        notice: None,
        standing: there.map_or(Standing::Gone, |row| Standing::Changed(Theirs::of(row))),
    };
    editor.answer(req, hosts, shown).map(Answer::Page)
}
