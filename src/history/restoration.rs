//! `…/changes/{id}/restoration`: a version of a module's settings comes back, after a page that says what changes.
//!
//! A restoration is a save: read as a form, judged as one, written by the same transaction. What can no longer be
//! saved as it was becomes the module's form, filled with it.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use crate::changes::Seen;
use crate::changes::line::TimeText;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Admitted, Place};
use crate::guilds::guard::{Any, AskEdit, Edit, GuildAccess};
use crate::guilds::rights::Level;
use crate::keys::Keys;
use crate::relay::Delivery;
use crate::server_page::ServerPage;
use crate::settings::describe::Describe;
use crate::settings::fill::fill;
use crate::settings::form_page::{self, Shown};
use crate::settings::reading::{self, Reading};
use crate::settings::save::{commit, prepare, read_afresh, said};
use crate::settings::scene::{Scene, Settings};
use crate::settings::store::{Save, Stored};
use crate::settings::{conflict, names};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page};

use super::diff::diff;
use super::entry::id_of;
use super::pages::RestorationPage;
use super::rows::{self, Row};
use super::scenery;
use super::sides::sides;
use super::version::{Side, Version};

/// A version that is to come back, read and judged against the server and what is stored now.
struct Plan {
    scene: Scene,
    row: Row,
    id: Uuid,
    side: Side,
    stored: Arc<Stored>,
    form: FormData,
    reading: Reading,
}

impl Plan {
    async fn make(req: &HttpRequest, app: &Settings, admitted: Admitted, side: Option<Side>) -> Result<Self, AppError> {
        let (id, side, guild) = (id_of(req)?, side.ok_or(Trouble::NotFound)?, admitted.guild);
        let seen = Seen::by(&admitted.rights);
        let row = app.db.run(move |conn| Ok::<_, DbError>(rows::find(conn, guild, &seen, id)?));
        let row = row.await?.ok_or(Trouble::NotFound)?;
        admitted.must(Level::Edit, &row.entry.subject)?;
        let version = Version::of(&row, app.modules).ok_or(Trouble::NotFound)?;
        let wanted = version.side(side).ok_or(Trouble::NotFound)?;
        if matches!(admitted.place, Place::Without(_)) {
            return Err(Trouble::BotAbsent.into());
        }
        let mut scene = Scene::read(req, app, admitted, version.module.key).await?;
        let stored = scene.stored();
        let mut form = fill(version.module.fields(), wanted);
        form.push("restores", id.to_string());
        reading::prepare(&scene, &mut form);
        let reading = read_afresh(app, &mut scene, &mut form, &stored).await?;
        Ok(Self { scene, row, id, side, stored, form, reading })
    }

    fn action(&self) -> String {
        format!("/guilds/{}/changes/{}/restoration", self.scene.admitted.guild, self.id)
    }

    fn is_fine(&self) -> bool {
        !self.reading.problems.stop_the_save()
    }

    fn is_stored_already(&self) -> bool {
        self.is_fine() && self.reading.value == self.stored.body
    }

    /// The module's form with the old values, and what is wrong with them now. It saves as any form does.
    fn to_be_mended(&self, req: &HttpRequest, status: StatusCode) -> Result<HttpResponse, AppError> {
        let shown = Shown {
            status,
            form: &self.form,
            problems: &self.reading.problems,
            revision: self.stored.revision,
            notice: Some(
                self.scene.words.say(&said(&self.scene, "notice-restoration").number("number", self.row.entry.number)),
            ),
            previews: HashMap::new(),
            changed_list: None,
            asked: false,
        };
        form_page::answer(req, &self.scene, shown)
    }

    fn conflict(self, req: &HttpRequest, form: FormData) -> Result<HttpResponse, AppError> {
        let action = self.action();
        conflict::overtaken(req, &self.scene, &self.stored, &self.reading.value, form, action)
    }
}

/// What would change, and a button.
pub async fn ask(
    req: HttpRequest,
    access: GuildAccess<AskEdit, Any>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let mut pairs = form_urlencoded::parse(req.query_string().as_bytes());
    let side = Side::read(pairs.find(|(name, _)| name == "side").map(|(_, value)| value).as_deref());
    let plan = Plan::make(&req, &app, access.admitted.clone(), side).await?;
    if !plan.is_fine() {
        return plan.to_be_mended(&req, StatusCode::OK);
    }
    let scene = &plan.scene;
    let place = ServerPage::new(&req, &app, access.admitted);
    let drawing = place.drawing();
    let (now, then) = (&plan.stored.body, &plan.reading.value);
    let names = names::for_person(&scene.judge(), &scene.words, &[now, then]);
    let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
    let page = RestorationPage {
        shell: scene.shell(&req, Message::new("title-restoration")),
        guild_name: scene.admitted.guild_name().to_owned(),
        module: scene.module_name(),
        number: plan.row.entry.number,
        before: plan.side == Side::Before,
        at: TimeText::new(plan.row.entry.created_at, &scene.words),
        by: drawing.by(&plan.row.entry),
        action: plan.action(),
        side: plan.side.as_str(),
        back_href: scenery::href(&place, &plan.row.entry.id),
        revision: plan.stored.revision,
        csrf_token: page::csrf_token(&req),
        rows: sides(&describe, &diff(scene.module.fields(), now, then)),
    };
    page::render(&req, StatusCode::OK, &page)
}

pub async fn restore(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, Any>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let redirect = |to: &str, flash: &Flash| flash::redirect(&config, &keys, to, Some(flash));
    let answer = bring_back(&req, guard.admitted, &form, &app, redirect).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn bring_back(
    req: &HttpRequest,
    admitted: Admitted,
    form: &FormData,
    app: &Settings,
    redirect: impl Fn(&str, &Flash) -> HttpResponse,
) -> Result<HttpResponse, AppError> {
    let side = Side::read(form.text("side"));
    let plan = Plan::make(req, app, admitted.clone(), side).await?;
    let back = |tone, key| {
        let message = said(&plan.scene, key).number("number", plan.row.entry.number);
        Ok(redirect(&plan.scene.action(), &Flash { tone, message }))
    };
    if plan.is_stored_already() {
        return back(Tone::Note, "flash-nothing-to-restore");
    }
    if form.text("revision").and_then(|text| text.parse().ok()) != Some(plan.stored.revision) {
        return plan.conflict(req, form.clone());
    }
    if !plan.is_fine() {
        return plan.to_be_mended(req, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let save = prepare(&plan.scene, &plan.stored, plan.reading.value.clone(), false);
    let delivery = commit(req, app, Save { restores: Some(plan.id), ..save }).await?;
    if delivery.is_some() {
        tracing::info!(event = "restored", guild.id = %admitted.guild, user.id = %admitted.person.id, change = %plan.id, "an earlier version was restored");
    }
    match delivery {
        Some(Delivery::Waiting) => back(Tone::Good, "flash-restored-waiting"),
        Some(_) => back(Tone::Good, "flash-restored-sent"),
        // Somebody was first between our reading and our writing: show what they saved.
        None => Plan::make(req, app, admitted, side).await?.conflict(req, form.clone()),
    }
}
