//! `POST …/settings/{module}/checklist`: the same form, unsaved, with the checklist about it as Discord answers now.
//!
//! Discord is asked at most once in five seconds for a server, and a person may press it as often as preview.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::access::Place;
use crate::guilds::guard::{GuildAccess, Preview};
use crate::settings::form_page::{self, Shown};
use crate::settings::module::SettingsModule;
use crate::settings::problems::Problems;
use crate::settings::reading;
use crate::settings::scene::{Of, Scene, Settings};
use crate::web::form::FormData;
use crate::web::submitted::Submitted;

pub async fn check<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Preview, Of<M>>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let answer = async {
        let mut scene = Scene::read(&req, &app, guard.admitted, M::KEY).await?;
        if matches!(scene.admitted.place, Place::Here { .. }) {
            scene.guild = app.access.fresh_snapshot(scene.admitted.guild).await?;
        }
        reading::prepare(&scene, &mut form);
        look(&req, &scene, &form)
    };
    answer.await.map_err(|error| error.keeping_for_later(&req, form))
}

/// An open page follows the server by itself: nobody has asked for it.
fn is_live(req: &HttpRequest) -> bool {
    req.headers().contains_key("x-live")
}

fn look(req: &HttpRequest, scene: &Scene, form: &FormData) -> Result<HttpResponse, AppError> {
    let stored = scene.stored();
    let revision = form.text("revision").and_then(|text| text.parse().ok()).unwrap_or(stored.revision);
    let reading = reading::read(scene, form, &stored)?;
    // Nothing is typed that could be lost: the page itself, which stays up to date by itself.
    if reading.value == stored.body && reading.problems.unreadable.is_empty() && revision == stored.revision {
        let to = format!("{}#checklist", scene.action());
        return Ok(HttpResponse::SeeOther().insert_header((LOCATION, to)).finish());
    }
    let shown = Shown {
        status: StatusCode::OK,
        form,
        problems: &Problems::default(),
        revision,
        notice: Some(scene.words.t("checklist-asked")),
        previews: HashMap::new(),
        changed_list: None,
        asked: !is_live(req),
    };
    form_page::answer(req, scene, shown)
}
