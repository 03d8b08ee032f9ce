//! `…/settings/{module}/reset`: back to the defaults, after a page that says what would change.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::guard::{AskEdit, Edit, GuildAccess};
use crate::keys::Keys;
use crate::relay::Delivery;
use crate::settings::describe::Describe;
use crate::settings::module::SettingsModule;
use crate::settings::pages::ResetPage;
use crate::settings::save::{commit, prepare, said};
use crate::settings::scene::{Of, Scene, Settings};
use crate::settings::{conflict, names};
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page};

pub async fn ask<M: SettingsModule>(
    req: HttpRequest,
    access: GuildAccess<AskEdit, Of<M>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let scene = Scene::read(&req, &app, access.admitted, M::KEY).await?;
    let stored = scene.stored();
    let defaults = (scene.module.defaults)();
    let names = names::for_person(&scene.judge(), &scene.words, &[&stored.body]);
    let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
    let page = ResetPage {
        shell: scene.shell(&req, Message::new("title-reset")),
        guild_name: scene.admitted.guild_name().to_owned(),
        module_name: scene.module_name(),
        action: reset_action(&scene),
        back_href: scene.action(),
        revision: stored.revision,
        csrf_token: page::csrf_token(&req),
        rows: describe.differences(&stored.body, &defaults),
    };
    page::render(&req, StatusCode::OK, &page)
}

pub async fn reset<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, Of<M>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let scene = Scene::to_save(&req, &app, post.guard.admitted, M::KEY).await?;
    let stored = scene.stored();
    let defaults = (scene.module.defaults)();
    let back = |tone, key| {
        let flash = Flash { tone, message: said(&scene, key) };
        Ok(flash::redirect(&config, &keys, &scene.action(), Some(&flash)))
    };
    if stored.body == defaults {
        return back(Tone::Note, "flash-nothing-to-reset");
    }
    let revision = post.form.text("revision").and_then(|text| text.parse::<i64>().ok());
    if revision != Some(stored.revision) {
        let scene = Scene::read(&req, &app, scene.admitted.clone(), M::KEY).await?;
        return conflict::overtaken(&req, &scene, &scene.stored(), &defaults, post.form, reset_action(&scene));
    }
    match commit(&req, &app, prepare(&scene, &stored, defaults.clone(), true)).await? {
        Some(Delivery::Waiting) => back(Tone::Good, "flash-reset-waiting"),
        Some(_) => back(Tone::Good, "flash-reset-sent"),
        None => {
            let scene = Scene::read(&req, &app, scene.admitted.clone(), M::KEY).await?;
            conflict::overtaken(&req, &scene, &scene.stored(), &defaults, post.form, reset_action(&scene))
        }
    }
}

fn reset_action(scene: &Scene) -> String {
    format!("{}/reset", scene.action())
}
