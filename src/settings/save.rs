//! `POST …/settings/{module}`: the save, step by step as ARCHITECTURE.md tells it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;
use uuid::Uuid;

use crate::accounts::drafts::{self, DraftOf};
use crate::changes::news::Topic;
use crate::db::Conn;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Edit, GuildAccess};
use crate::keys::Keys;
use crate::relay::Delivery;
use crate::settings::conflict::{Answer, Meeting};
use crate::settings::form_page::{self, Shown};
use crate::settings::module::{ModuleKey, SettingsModule};
use crate::settings::problems::{Problem, Problems};
use crate::settings::reading::{self, Reading};
use crate::settings::scene::{Of, Scene, Settings, page_of};
use crate::settings::store::{Outcome, Save, Stored};
use crate::settings::{conflict, names, rows};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

pub async fn save<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, Of<M>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let redirect = |to: &str, flash: &Flash| flash::redirect(&config, &keys, to, Some(flash));
    let answer = save_form(&req, guard.admitted, M::KEY, &mut form, &app, redirect).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn save_form(
    req: &HttpRequest,
    admitted: Admitted,
    key: ModuleKey,
    form: &mut FormData,
    app: &Settings,
    redirect: impl Fn(&str, &Flash) -> HttpResponse,
) -> Result<HttpResponse, AppError> {
    let mut scene = Scene::to_save(req, app, admitted, key).await?;
    if !is_ordinary(form, &scene) {
        // A page, as a rule: what is stored and who was last have to belong together.
        scene = Scene::read(req, app, scene.admitted, key).await?;
    }
    let stored = scene.stored();
    reading::prepare(&scene, form);
    if let Some(request) = form.text("row").map(str::to_owned) {
        return changed_rows(req, &scene, form, &request);
    }
    if form.text("schema").is_some_and(|schema| schema != scene.module.schema.to_string()) {
        return again(req, &scene, form, &Problems::default(), Some("notice-schema"));
    }
    let mut reading = read_afresh(app, &mut scene, form, &stored).await?;
    if let Some(opened) = conflict::opened_with(form) {
        let meeting = Meeting { scene: &scene, stored: &stored, typed: &reading.value, opened };
        if let Answer::Page(page) = meeting.merge(req, app, form).await? {
            return Ok(page);
        }
        rows::renumber(&scene.fields(), form);
        reading = reading::read(&scene, form, &stored)?;
    }
    let typed_revision = form.text("revision").and_then(|text| text.parse::<i64>().ok());
    if reading.value == stored.body && !reading.problems.stop_the_save() {
        let flash = Flash { tone: Tone::Note, message: said(&scene, "flash-nothing-to-save") };
        return Ok(redirect(&scene.action(), &flash));
    }
    match typed_revision {
        None => {
            let mut problems = reading.problems;
            problems.unreadable("", Message::new("problem-revision-missing"));
            return again(req, &scene, form, &problems, None);
        }
        Some(opened) if opened != stored.revision => {
            let meeting = Meeting { scene: &scene, stored: &stored, typed: &reading.value, opened };
            return meeting.answer(req, app, std::mem::take(form)).await;
        }
        Some(_) => {}
    }
    if reading.problems.stop_the_save() {
        scene.look_back(app).await?;
        return again(req, &scene, form, &reading.problems, None);
    }
    let restores = restored_by(form);
    let save = Save { restores, ..prepare(&scene, &stored, reading.value, false) };
    match commit(req, app, save).await? {
        Some(delivery) => {
            let words = match delivery {
                Delivery::Sent | Delivery::Replaced => "flash-saved-sent",
                Delivery::Waiting => "flash-saved-waiting",
            };
            let flash = Flash { tone: Tone::Good, message: said(&scene, words) };
            Ok(redirect(&scene.action(), &flash))
        }
        None => {
            // Somebody was first between our reading and our writing: show what they saved.
            let scene = Scene::read(req, app, scene.admitted, key).await?;
            let stored = scene.stored();
            let reading = reading::read(&scene, form, &stored)?;
            let opened = typed_revision.unwrap_or_default();
            let meeting = Meeting { scene: &scene, stored: &stored, typed: &reading.value, opened };
            meeting.answer(req, app, std::mem::take(form)).await
        }
    }
}

/// Whether a form can be saved as it stands, unless what is typed is wrong: with anything else the answer is a page.
fn is_ordinary(form: &FormData, scene: &Scene) -> bool {
    let schema = form.text("schema").is_none_or(|schema| schema == scene.module.schema.to_string());
    let revision = form.text("revision").and_then(|text| text.parse::<i64>().ok());
    let asks = form.text("row").is_some() || conflict::opened_with(form).is_some();
    schema && !asks && revision == Some(scene.stored().revision)
}

/// The change whose settings a form was filled with: the change log's page of a version that can no longer be
/// restored as it was says so in its form.
pub fn restored_by(form: &FormData) -> Option<Uuid> {
    form.text("restores").and_then(|text| Uuid::parse_str(text).ok())
}

/// Reads and judges; if something is not there, Discord is asked once more: it may have been made just now.
///
/// # Errors
/// As [`reading::read`], and as Discord answers.
pub async fn read_afresh(
    app: &Settings,
    scene: &mut Scene,
    form: &mut FormData,
    stored: &Stored,
) -> Result<Reading, AppError> {
    let reading = reading::read(scene, form, stored)?;
    let names_an_emoji = |path: &str| form.text(path).is_some_and(|text| text.trim().starts_with(':'));
    let gone = |problem: &Problem| match problem.message.key.as_ref() {
        "problem-emoji" => names_an_emoji(&problem.path),
        _ => problem.misses_something(),
    };
    if !reading.problems.judged.iter().any(gone) {
        return Ok(reading);
    }
    scene.guild = app.access.fresh_snapshot(scene.admitted.guild).await?;
    reading::prepare(scene, form);
    reading::read(scene, form, stored)
}

/// A save of `after` on top of what is stored.
pub fn prepare(scene: &Scene, stored: &Stored, after: Value, reset: bool) -> Save {
    Save {
        guild: scene.admitted.guild,
        guild_name: scene.admitted.guild_name().to_owned(),
        guild_icon: scene.admitted.icon().map(str::to_owned),
        module: scene.module,
        names: names::of(&scene.guild, &[&stored.body, &after]),
        before: stored.clone(),
        after,
        reset,
        restores: None,
        batch: None,
        by: scene.admitted.person.clone(),
        now: scene.now,
    }
}

/// One transaction, then the publisher. None: somebody else was first, nothing was written.
///
/// # Errors
/// As the database answers: then nothing was written either.
pub async fn commit(req: &HttpRequest, app: &Settings, save: Save) -> Result<Option<Delivery>, AppError> {
    let key = save.module.key;
    let draft = DraftOf { user: save.by.id, guild: save.guild, form: page_of(key) };
    let drafted = !save.reset && drafts::has_any(req);
    let write = move |conn: &mut Conn| {
        let outcome = save.write(conn)?;
        if drafted && matches!(outcome, Outcome::Saved(_)) {
            drafts::discard(conn, &draft)?;
        }
        Ok(outcome)
    };
    let outcome = app.db.write(write).await;
    match Save::settle(outcome)? {
        Outcome::Conflict => Ok(None),
        Outcome::Saved(change) => {
            tracing::info!(guild.id = %change.guild, module = change.module, revision = change.revision, number = change.number, action = change.action.as_str(), "settings saved");
            app.news.tell(change.guild, Topic::Changes, &change.id.to_string());
            Ok(Some(app.relay.hand_over(&change, key).await))
        }
    }
}

pub fn said(scene: &Scene, key: &'static str) -> Message {
    Message::new(key).text("module", scene.module_name())
}

/// A row was added, removed or moved: the form comes back, changed and unsaved.
fn changed_rows(
    req: &HttpRequest,
    scene: &Scene,
    form: &mut FormData,
    request: &str,
) -> Result<HttpResponse, AppError> {
    form.remove("row");
    rows::apply(&scene.fields(), form, request);
    let revision = form.text("revision").and_then(|text| text.parse().ok()).unwrap_or(scene.stored().revision);
    let shown = Shown {
        status: StatusCode::OK,
        form,
        problems: &Problems::default(),
        revision,
        notice: Some(scene.words.t("notice-rows")),
        previews: HashMap::new(),
        changed_list: request.split_once(':').map(|(_, place)| place.to_owned()),
        asked: false,
    };
    form_page::answer(req, scene, shown)
}

/// The same page, everything typed kept.
fn again(
    req: &HttpRequest,
    scene: &Scene,
    form: &FormData,
    problems: &Problems,
    notice: Option<&str>,
) -> Result<HttpResponse, AppError> {
    let revision = form.text("revision").and_then(|text| text.parse().ok()).unwrap_or(scene.stored().revision);
    let shown = Shown {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        form,
        problems,
        revision,
        notice: notice.map(|key| scene.words.t(key)),
        previews: HashMap::new(),
        changed_list: None,
        asked: false,
    };
    form_page::answer(req, scene, shown)
}
