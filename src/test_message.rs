//! `POST …/settings/{module}/test`: a template as it is typed, unsaved, sent by the bot to the person who asks for it.
//!
//! It is a command like any other. The answer is the form again, nothing saved, with how far the command has come; a
//! script gets that alone.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::{Map, Value, json};

use crate::commands::{Commands, Kind as CommandKind, NewCommand};
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Admitted, Place};
use crate::guilds::guard::{Act, GuildAccess};
use crate::settings::controls::Tests;
use crate::settings::fields::{Field, Kind, Placeholder};
use crate::settings::form_page::{self, Shown};
use crate::settings::module::{ModuleKey, SettingsModule};
use crate::settings::pages::{Following, SummaryItem};
use crate::settings::preview::{Ground, is_fragment};
use crate::settings::problems::{Problem, Problems};
use crate::settings::scene::{Of, Scene, Settings};
use crate::settings::view::{element_id, label_of};
use crate::settings::{reading, try_out};
use crate::web::form::FormData;
use crate::web::submitted::Submitted;
use crate::web::words::filters;
use crate::web::{page, refused};

/// What a script is answered: how far it has come, or why nothing was sent.
#[derive(Template)]
#[template(path = "settings/tested.html")]
struct Tested {
    sent: Option<Following>,
    refused: Option<&'static str>,
    problems: Vec<SummaryItem>,
}

pub async fn send<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, Of<M>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let answer = try_to_send(&req, guard.admitted, M::KEY, &mut form, &app, &commands).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn try_to_send(
    req: &HttpRequest,
    admitted: Admitted,
    key: ModuleKey,
    form: &mut FormData,
    app: &Settings,
    commands: &Commands,
) -> Result<HttpResponse, AppError> {
    if matches!(admitted.place, Place::Without(_)) {
        return Err(Trouble::BotAbsent.into());
    }
    let scene = Scene::read(req, app, admitted, key).await?;
    let stored = scene.stored();
    let wanted = form.text("test").unwrap_or_default().to_owned();
    form.remove("test");
    reading::prepare(&scene, form);
    let mut reading = reading::read(&scene, form, &stored)?;
    let problems = try_out::of_template(std::mem::take(&mut reading.problems), &wanted);
    let back = Back { req, scene: &scene, form, wanted: &wanted, problems: &problems };
    let found = scene.module.fields().find(|field| field.name == wanted);
    let Some((field, known)) = found.and_then(|field| Some((field, placeholders(field)?))) else {
        return back.refused("notice-test-none");
    };
    match scene.tests {
        Tests::Offered => {}
        Tests::TooOld => return back.refused("notice-test-too-old"),
        Tests::Nobody => return back.refused("notice-test-cannot"),
    }
    if problems.stop_the_save() {
        return back.refused("notice-test-problems");
    }
    let template = whole(&scene, &reading.value, field, known);
    if template.is_null() {
        return back.refused("notice-test-empty");
    }
    let issued = commands.issue(&scene.admitted, command(&scene, field, known, &template)).await?;
    let flash = issued.flash(&scene.words);
    let id = issued.id.to_string();
    let href = format!("/guilds/{}/commands/{id}", scene.admitted.guild);
    back.sent(Following { id, href, tone: flash.tone, said: flash.message })
}

fn placeholders(field: &Field) -> Option<&'static [Placeholder]> {
    match field.kind {
        Kind::Template(known) => Some(known),
        _ => None,
    }
}

/// The template with what it takes from its module; null if it says nothing.
fn whole(scene: &Scene, settings: &Value, field: &Field, known: &[Placeholder]) -> Value {
    let mut template = settings.get(field.wire_name()).cloned().unwrap_or_default();
    let (color, image) = try_out::of_module(settings);
    let judge = scene.judge();
    let ground = Ground { known, names: &scene.reader(&judge), color, image };
    if ground.render(&template).note.is_some() {
        return Value::Null;
    }
    for (name, of_module) in [("color", color), ("imageUrl", image)] {
        let own = template["embed"][name].as_str().unwrap_or_default();
        if let (true, Some(value)) = (own.is_empty(), of_module) {
            template["embed"][name] = json!(value);
        }
    }
    template
}

fn command(scene: &Scene, field: &Field, known: &[Placeholder], template: &Value) -> NewCommand {
    let key = scene.module.key;
    let examples: Map<String, Value> = known.iter().map(|one| (one.name.to_owned(), one.example.into())).collect();
    let fields = [
        ("template", template.clone()),
        ("module", key.wire_name().to_string().into()),
        ("name", field.wire_name().into()),
        ("examples", examples.into()),
    ];
    NewCommand {
        kind: CommandKind::SendTest,
        module: key,
        about: field.name.to_owned(),
        label: scene.words.t(&field.words(key.as_str())),
        channel: None,
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        repeats: None,
    }
}

/// The way back to the form, with everything typed.
struct Back<'a> {
    req: &'a HttpRequest,
    scene: &'a Scene,
    form: &'a FormData,
    wanted: &'a str,
    problems: &'a Problems,
}

impl Back<'_> {
    fn sent(&self, sent: Following) -> Result<HttpResponse, AppError> {
        self.answer(StatusCode::OK, Some(sent), None)
    }

    fn refused(&self, why: &'static str) -> Result<HttpResponse, AppError> {
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, None, Some(why))
    }

    fn answer(
        &self,
        status: StatusCode,
        sent: Option<Following>,
        refused: Option<&'static str>,
    ) -> Result<HttpResponse, AppError> {
        if is_fragment(self.req) {
            refused::note(self.req, self.problems.fields());
            let problem = |problem: &Problem| SummaryItem {
                id: Some(element_id(&problem.path)),
                label: label_of(self.scene.module.table(), &problem.path, &self.scene.words),
                text: self.scene.words.say(&problem.message),
            };
            let problems = self.problems.errors().map(problem).collect();
            return page::render_without_flash(self.req, status, &Tested { sent, refused, problems });
        }
        let revision = self.form.text("revision").and_then(|text| text.parse().ok());
        let shown = Shown {
            status,
            form: self.form,
            problems: self.problems,
            revision: revision.unwrap_or(self.scene.stored().revision),
            notice: refused.map(|key| self.scene.words.t(key)),
            previews: HashMap::new(),
            changed_list: Some(self.wanted.to_owned()),
            asked: false,
        };
        form_page::answer_with(self.req, self.scene, shown, sent)
    }
}
