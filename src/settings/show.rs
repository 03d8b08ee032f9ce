//! `GET …/settings/{module}`: what is stored, or the defaults, or what was typed when a session had ended.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::drafts;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::settings::fill::fill;
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
    let stored = scene.stored();
    let problems = scene.warnings_of(&stored.body);
    let mut shown = Shown {
        status: StatusCode::OK,
        form: &fill(scene.module.fields(), &stored.body),
        problems: &problems,
        revision: stored.revision,
        notice: None,
        previews: HashMap::new(),
        changed_list: None,
        asked: false,
    };
    let draft = drafts::asked_for(&req, &scene.admitted.person, scene.admitted.guild).await?;
    let Some(mut draft) = draft else { return form_page::answer(&req, &scene, shown) };
    conflict::forget_choices(&mut draft);
    rows::renumber(&scene.fields(), &mut draft);
    shown.revision = draft.text("revision").and_then(|text| text.parse().ok()).unwrap_or(stored.revision);
    shown.notice = Some(scene.words.t("notice-draft"));
    form_page::answer(&req, &scene, Shown { form: &draft, ..shown })
}
