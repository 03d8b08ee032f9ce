//! `…/playlists/new` and `…/playlists/{playlist_id}`: a playlist's form, and saving it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::answer::Answer;
use super::editor::{Editor, Shown, revision_in};
use super::hosts::MusicHosts;
use super::pages::{Standing, Theirs};
use super::playlist::Playlist;
use super::reading::{self, Reading};
use super::store::{Outcome, Row, Save, Written};
use super::table::TABLE;
use crate::accounts::drafts::{self, DraftOf};
use crate::changes::news::Topic;
use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Act, AskAct, GuildAccess, OwnPage, View};
use crate::keys::Keys;
use crate::modules::Music;
use crate::relay::{Delivery, Kept, ObjectKind};
use crate::settings::fill::fill;
use crate::settings::problems::Problems;
use crate::settings::scene::{In, Settings};
use crate::web::WebConfig;
use crate::web::form::FormData;
use crate::web::shell::Tone;
use crate::web::submitted::Submitted;
use crate::web::words::Message;

/// An empty form.
pub async fn begin(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Music>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let editor = Editor::read_any(&req, &app, access.admitted).await?;
    if let Some(draft) = editor.draft(&req).await? {
        return show_draft(&req, &editor, &hosts, draft);
    }
    show(&req, &editor, &hosts, &Playlist::fresh())
}

pub async fn open(
    req: HttpRequest,
    access: GuildAccess<View, In<Music>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let editor = Editor::read_any(&req, &app, access.admitted).await?;
    if let Some(draft) = editor.draft(&req).await? {
        return show_draft(&req, &editor, &hosts, draft);
    }
    let row = editor.row.as_ref().filter(|row| !row.deleted).ok_or(Trouble::NotFound)?;
    show(&req, &editor, &hosts, &row.playlist)
}

/// What was typed before they signed in again, also if the playlist is gone by now.
fn show_draft(
    req: &HttpRequest,
    editor: &Editor,
    hosts: &MusicHosts,
    mut draft: FormData,
) -> Result<HttpResponse, AppError> {
    reading::prepare(&mut draft);
    let gone = editor.row.as_ref().is_some_and(|row| row.deleted);
    let shown = Shown {
        status: StatusCode::OK,
        form: &draft,
        problems: &Problems::default(),
        revision: revision_in(&draft).filter(|_| !gone).unwrap_or_default(),
        notice: Some("notice-draft"),
        standing: if gone { Standing::Gone } else { Standing::Ours },
    };
    editor.answer(req, hosts, shown)
}

/// The form as it is stored, with what is to be known of it: a site may be allowed no longer.
fn show(req: &HttpRequest, editor: &Editor, hosts: &MusicHosts, playlist: &Playlist) -> Result<HttpResponse, AppError> {
    let form = fill(TABLE.fields(), &json!(playlist));
    let problems = match editor.row {
        Some(_) => reading::read(&form, hosts, Some(playlist))?.problems,
        None => Problems::default(),
    };
    let shown = Shown {
        status: StatusCode::OK,
        form: &form,
        problems: &problems,
        revision: editor.revision(),
        notice: None,
        standing: Standing::Ours,
    };
    editor.answer(req, hosts, shown)
}

pub async fn create(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Music>>>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    submit(&req, post, &app, &hosts).await.map(|answer| answer.respond(&config, &keys))
}

pub async fn save(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Music>>>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    submit(&req, post, &app, &hosts).await.map(|answer| answer.respond(&config, &keys))
}

async fn submit(
    req: &HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Music>>>>,
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
    let (name, sent) = (playlist.name.clone(), playlist.clone());
    let draft = DraftOf::here(req, &editor.place.admitted.person, editor.place.admitted.guild)?;
    match write(app, &editor, stored.cloned(), playlist, draft).await? {
        Outcome::Saved(written) => {
            let key = if stored.is_some() { "flash-playlist-saved" } else { "flash-playlist-created" };
            let key = if editor.send(app, &written, Some(&sent)).await { key } else { "flash-playlist-waiting" };
            Ok(Answer::done(editor.place.href(&format!("/playlists/{}", written.id)), Tone::Good, said(key, &name)))
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

/// One transaction, in which the form it comes from is no longer a draft.
///
/// # Errors
/// As the database answers: then nothing was written.
pub(super) async fn write(
    app: &Settings,
    editor: &Editor,
    before: Option<Row>,
    after: Playlist,
    draft: DraftOf,
) -> Result<Outcome, AppError> {
    let (guild, by) = (editor.place.admitted.guild, editor.place.admitted.person.clone());
    let save = Save { guild, before, after, by, now: editor.place.now };
    let write = move |conn: &mut Conn| {
        let outcome = save.write(conn)?;
        if matches!(outcome, Outcome::Saved(_)) {
            drafts::discard(conn, &draft)?;
        }
        Ok(outcome)
    };
    Ok(Save::settle(app.db.write(write).await)?)
}

impl Editor {
    /// Tells open pages and the bot of what is committed; `playlist`: none is there any more. Whether the bot has it
    /// already; else it is sent later.
    pub(super) async fn send(&self, app: &Settings, written: &Written, playlist: Option<&Playlist>) -> bool {
        let (guild, person) = (self.place.admitted.guild, self.place.admitted.person.id);
        let deleted = playlist.is_none();
        tracing::info!(guild.id = %guild, playlist = written.id, revision = written.revision, deleted, "playlist saved");
        app.news.tell_list(guild, Topic::Music);
        let owner = self.row.as_ref().map_or(Some(person), |row| row.owner);
        let kept = Kept {
            kind: ObjectKind::Playlist,
            guild,
            id: written.id.clone(),
            revision: written.revision,
            object: playlist.map(|playlist| playlist.wire(owner)),
        };
        app.relay.hand_over_object(kept).await != Delivery::Waiting
    }
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
