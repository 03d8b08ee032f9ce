//! `GET …/settings/{module}`: what is stored, or the defaults, or what was typed before they signed in again.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::drafts;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::settings::form_page::{self, Shown};
use crate::settings::module::SettingsModule;
use crate::settings::scene::{Of, Scene, Settings};
use crate::settings::{conflict, rows};

pub async fn show<M: SettingsModule>(
    req: HttpRequest,
    access: GuildAccess<View, Of<M>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let mut scene = Scene::read(&req, &app, access.admitted, M::KEY).await?;
    scene.settle(&app).await?;
    let draft = drafts::asked_for(&req, &scene.admitted.person, scene.admitted.guild).await?;
    let Some(mut draft) = draft else { return form_page::as_stored(&req, &scene, &app.forms) };
    conflict::forget_choices(&mut draft);
    rows::renumber(&scene.fields(), &mut draft);
    let stored = scene.stored();
    let revision = draft.text("revision").and_then(|text| text.parse().ok()).unwrap_or(stored.revision);
    let problems = scene.warnings_of(&stored.body);
    let may_save = scene.admitted.rights.edits(M::KEY.as_str());
    let notice = Some(scene.words.t(if may_save { "notice-draft" } else { "notice-draft-looked-at" }));
    form_page::answer(&req, &scene, Shown { notice, ..Shown::saved(&draft, &problems, revision) })
}
