//! `GET /guilds/{guild_id}/staff`: who was given what, for whoever sees all; and for managers the form to give more.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::accounts::drafts;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::grants::{self, ALL, Grant};
use crate::guilds::guard::{All, GuildAccess, View};
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::{Level, Scope};
use crate::server_page::ServerPage;
use crate::settings::controls::{Choice, ChoiceGroup, Control, ControlKind};
use crate::settings::module::{Module, ModuleKey};
use crate::settings::problems::Problems;
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::title::Title;
use crate::web::{page, refused};

use super::SUBJECT;
use super::line::GrantLine;
use super::pages::{GivingForm, SetLink, StaffPage};
use super::ready_made::ReadyMade;
use super::wish::{self, TABLE};

#[derive(Deserialize)]
pub struct Begun {
    /// A ready-made set that the form is to begin with.
    #[serde(default)]
    set: String,
}

/// What the page is made from.
pub(super) struct Scene {
    pub place: ServerPage,
    grants: Vec<Grant>,
    stored: HashMap<ModuleKey, Stored>,
}

impl Scene {
    /// # Errors
    /// As the database answers.
    pub async fn read(app: &Settings, place: ServerPage) -> Result<Self, AppError> {
        let (guild, modules) = (place.admitted.guild, app.modules);
        let read = app
            .db
            .run(move |conn| Ok::<_, DbError>((grants::of_guild(conn, guild)?, store::load(conn, guild, modules)?)));
        let (grants, stored) = read.await?;
        Ok(Self { place, grants, stored })
    }

    fn roles(&self, set: ReadyMade) -> Vec<String> {
        let settings = |key| self.stored.get(&key).map(|stored| stored.body.clone());
        let mut roles = set.roles(settings);
        roles.retain(|id| self.place.judge().find_role(id).is_some());
        roles
    }
}

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, All>,
    query: Query<Begun>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let scene = Scene::read(&app, ServerPage::new(&req, &app, access.admitted)).await?;
    let admitted = &scene.place.admitted;
    let draft = drafts::asked_for(&req, &admitted.person, admitted.guild).await?;
    let (form, begun) = match (draft, ReadyMade::parse(&query.set)) {
        (Some(draft), _) => (draft, Beginning::Draft),
        (None, Some(set)) => (wish::filled(&scene.roles(set), set.module(), set.acts()), Beginning::Set(set)),
        (None, None) => (wish::empty(), Beginning::Here),
    };
    answer(&req, &app, &scene, StatusCode::OK, (&form, begun), &Problems::default())
}

/// What the form was begun with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    Here,
    Set(ReadyMade),
    /// What was typed before they signed in again.
    Draft,
}

pub(super) fn answer(
    req: &HttpRequest,
    app: &Settings,
    scene: &Scene,
    status: StatusCode,
    (form, begun): (&FormData, Beginning),
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let place = &scene.place;
    let absent = absent(place);
    refused::note(req, problems.fields());
    let page = StaffPage {
        shell: place.shell(req, Title::of_the_place().wrong_if(problems.stop_the_save()), SUBJECT, &scene.stored),
        guild_name: place.admitted.guild_name().to_owned(),
        grants: scene.grants.iter().map(|grant| GrantLine::new(grant, place)).collect(),
        form: absent.is_none().then(|| giving_form(req, app.modules, place, (form, begun), problems)),
        absent,
    };
    page::render(req, status, &page)
}

pub(super) fn absent(place: &ServerPage) -> Option<ReadOnly> {
    place.read_only_of(Level::Edit, Scope::Server)
}

fn giving_form(
    req: &HttpRequest,
    modules: &[Module],
    place: &ServerPage,
    (form, begun): (&FormData, Beginning),
    problems: &Problems,
) -> GivingForm {
    let (judge, words) = (place.judge(), &place.words);
    let (previews, changed_list) = (HashMap::new(), None);
    let view = FormView { table: TABLE, form, problems, judge: &judge, words, previews, changed_list };
    let mut sections = view.sections();
    for control in sections.iter_mut().flat_map(|section| &mut section.controls) {
        offer_modules(control, modules, place, form);
    }
    let link = |one: ReadyMade| SetLink {
        label: words.t(&format!("staff-set-{}", one.as_str())),
        hint: words.t(&format!("staff-set-{}-hint", one.as_str())),
        href: place.href(&format!("/staff?set={}#give", one.as_str())),
        current: begun == Beginning::Set(one),
    };
    GivingForm {
        action: place.href("/staff"),
        csrf_token: page::csrf_token(req),
        summary: view.summary(),
        notice: (begun == Beginning::Draft).then(|| words.t("notice-draft")),
        sections,
        sets: ReadyMade::EACH.map(link).into(),
    }
}

/// The modules there are, where the table says only that it is a word.
fn offer_modules(control: &mut Control, modules: &[Module], place: &ServerPage, form: &FormData) {
    if control.name != "module" {
        return;
    }
    let chosen = form.text("module").unwrap_or_default();
    let keys = std::iter::once(ALL).chain(modules.iter().map(|module| module.key.as_str()));
    let choice = |key: &str| Choice {
        value: key.to_owned(),
        label: place.module_name(key),
        selected: key == chosen,
        ..Choice::default()
    };
    control.kind =
        ControlKind::Select { groups: vec![ChoiceGroup { label: None, choices: keys.map(choice).collect() }] };
}
