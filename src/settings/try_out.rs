//! `POST …/settings/{module}/preview`: the form again, unsaved, with one template drawn as Discord would.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, Preview};
use crate::settings::fields::Kind;
use crate::settings::form_page::{self, Shown};
use crate::settings::module::SettingsModule;
use crate::settings::preview;
use crate::settings::problems::Problems;
use crate::settings::reading;
use crate::settings::scene::{Of, Scene, Settings};
use crate::web::submitted::Submitted;

pub async fn preview<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Preview, Of<M>>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let scene = match Scene::read(&req, &app, guard.admitted, M::KEY).await {
        Ok(scene) => scene,
        Err(error) => return Err(error.keeping_for_later(&req, form)),
    };
    let stored = scene.stored();
    let wanted = form.text("preview").unwrap_or_default().to_owned();
    form.remove("preview");
    reading::prepare(&scene, &mut form);
    let reading = reading::read(&scene, &form, &stored)?;
    let mut previews = HashMap::new();
    for field in scene.module.fields().filter(|field| field.name == wanted) {
        if let (Kind::Template(known), Some(template)) = (&field.kind, reading.value.get(field.wire_name())) {
            let text = |names: [&str; 2]| names.into_iter().find_map(|name| reading.value.get(name)?.as_str());
            let (color, image) = (text(["color", "panelColor"]), text(["imageUrl", "panelImageUrl"]));
            let mut message = preview::render(template, known, color, image);
            message.author = scene.guild.bot_member.display_name().to_owned();
            previews.insert(wanted.clone(), message);
        }
    }
    // What is wrong elsewhere is not asked for now; what is wrong in this template is said at its fields.
    let mut problems = Problems { unreadable: reading.problems.unreadable, ..Problems::default() };
    problems.unreadable.retain(|problem| problem.path.split('.').next() == Some(wanted.as_str()));
    let shown = Shown {
        status: StatusCode::OK,
        revision: form.text("revision").and_then(|text| text.parse().ok()).unwrap_or(stored.revision),
        form: &form,
        problems: &problems,
        notice: Some(scene.words.t(if matches!(previews.len(), 0) { "notice-no-preview" } else { "notice-preview" })),
        previews,
        changed_list: None,
    };
    form_page::answer(&req, &scene, shown)
}
