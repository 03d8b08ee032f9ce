//! `POST …/settings/{module}/preview`: the form again, unsaved, with one template drawn as Discord would. A script gets
//! the figure alone.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::Value;

use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, Preview};
use crate::settings::fields::Kind;
use crate::settings::form_page::{self, Shown};
use crate::settings::module::SettingsModule;
use crate::settings::preview::{Ground, MessagePreview, is_fragment};
use crate::settings::problems::Problems;
use crate::settings::reading;
use crate::settings::scene::{Of, Scene, Settings};
use crate::settings::view::element_id;
use crate::web::page;
use crate::web::submitted::Submitted;
use crate::web::words::filters;

/// A preview alone, for a script that puts it in its place.
#[derive(Template)]
#[template(path = "settings/figure.html")]
struct Figure {
    preview: MessagePreview,
    /// What its element's id begins with.
    id: String,
}

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
    let drawn = draw(&scene, &reading.value, &wanted);
    if is_fragment(&req) {
        return figure(&req, drawn, element_id(&wanted));
    }
    let problems = of_template(Problems { unreadable: reading.problems.unreadable, ..Problems::default() }, &wanted);
    let shown = Shown {
        status: StatusCode::OK,
        revision: form.text("revision").and_then(|text| text.parse().ok()).unwrap_or(stored.revision),
        form: &form,
        problems: &problems,
        notice: Some(scene.words.t(if drawn.is_none() { "notice-no-preview" } else { "notice-preview" })),
        previews: HashMap::from_iter(drawn.map(|message| (wanted, message))),
        changed_list: None,
        asked: false,
    };
    form_page::answer(&req, &scene, shown)
}

/// The answer to a script.
///
/// # Errors
/// There is nothing to be drawn.
pub fn figure(req: &HttpRequest, preview: Option<MessagePreview>, id: String) -> Result<HttpResponse, AppError> {
    let preview = preview.ok_or(Trouble::NotFound)?;
    page::render_without_flash(req, StatusCode::OK, &Figure { preview, id })
}

/// None: there is no such template.
fn draw(scene: &Scene, settings: &Value, wanted: &str) -> Option<MessagePreview> {
    let field = scene.module.fields().find(|field| field.name == wanted)?;
    let Kind::Template(known) = &field.kind else { return None };
    let (color, image) = of_module(settings);
    let judge = scene.judge();
    let ground = Ground { known, names: &scene.reader(&judge), color, image };
    let mut message = ground.render(settings.get(field.wire_name())?);
    message.author = scene.guild.bot_member.display_name().to_owned();
    Some(message)
}

/// The module's own colour and image.
pub fn of_module(settings: &Value) -> (Option<&str>, Option<&str>) {
    let text = |names: [&str; 2]| names.into_iter().find_map(|name| settings.get(name)?.as_str());
    (text(["color", "panelColor"]), text(["imageUrl", "panelImageUrl"]))
}

/// What is wrong with one template: what is wrong elsewhere is not asked for now.
pub fn of_template(mut problems: Problems, wanted: &str) -> Problems {
    for list in [&mut problems.unreadable, &mut problems.judged, &mut problems.warnings] {
        list.retain(|problem| problem.path.split('.').next() == Some(wanted));
    }
    problems
}
