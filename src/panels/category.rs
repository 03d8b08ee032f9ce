//! `…/panels/{panel_id}/categories/{number}`: one category with its questions. What is kept here goes into the draft;
//! the panel's own page saves it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use uuid::Uuid;

use super::draft::DraftOf;
use super::editor::{Answer, Editor};
use super::pages::CategoryPage;
use super::panel::Category;
use super::reading;
use super::table::{CATEGORIES, CATEGORY};
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Edit, GuildAccess, OwnPage, View};
use crate::ids;
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::settings::fields::Field;
use crate::settings::fill::fill;
use crate::settings::problems::Problems;
use crate::settings::rows;
use crate::settings::scene::{In, Settings};
use crate::settings::unsaved::Unsaved;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page, refused};

/// What the address of a category that is still to be made has for its number.
const NEW: &str = "new";

/// What a page of a category shows.
#[derive(Default)]
struct Shown {
    status: StatusCode,
    problems: Problems,
    notice: Option<&'static str>,
    changed_list: Option<String>,
}

/// The place of a category in the list, counted from 0; none: it is still to be made.
pub(super) fn place_of(req: &HttpRequest) -> Result<Option<usize>, AppError> {
    match req.match_info().get("number") {
        Some(NEW) => Ok(None),
        number => {
            let number = number.and_then(|text| text.parse::<usize>().ok()).and_then(|number| number.checked_sub(1));
            Ok(Some(number.ok_or(Trouble::NotFound)?))
        }
    }
}

pub async fn open_category(req: HttpRequest, access: GuildAccess<View, In<Tickets>>, app: Data<Settings>) -> Answer {
    let mut editor = Editor::read(&req, &app, access.admitted).await?;
    if let Some(mut typed) = editor.typed(&req).await? {
        let id = editor.id_of(place_of(&req)?, &typed)?;
        if let (Some(revision), false) = (super::editor::revision_in(&typed), editor.drafted) {
            editor.sheet.revision = revision;
        }
        reading::prepare(CATEGORY, &editor.place.guild, &mut typed);
        let shown = Shown { notice: Some("notice-draft"), ..Shown::default() };
        return editor.category_page(&req, &id, &typed, shown);
    }
    let category = match place_of(&req)? {
        Some(at) => editor.sheet.categories.get(at).cloned().ok_or(Trouble::NotFound)?,
        None => editor.fresh_category(),
    };
    let form = fill(CATEGORY.fields(), &json!(category));
    let mut problems = Problems::default();
    if !editor.place.guild.is_without_bot() {
        editor.place.judge().fields(CATEGORY.fields(), "", &json!(category), &mut problems);
        problems.only_warn();
    }
    editor.category_page(&req, &category.id, &form, Shown { problems, ..Shown::default() })
}

pub async fn keep_category(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, OwnPage<In<Tickets>>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let Submitted { guard, mut form } = post;
    let redirect = |to: &str, flash: &Flash| flash::redirect(&config, &keys, to, Some(flash));
    let answer = keep_form(&req, guard.admitted, &mut form, &app, redirect).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn keep_form(
    req: &HttpRequest,
    admitted: Admitted,
    form: &mut FormData,
    app: &Settings,
    redirect: impl Fn(&str, &Flash) -> HttpResponse,
) -> Answer {
    let mut editor = Editor::read(req, app, admitted).await?;
    let at = place_of(req)?;
    let id = editor.id_of(at, form)?;
    let revision = super::editor::revision_in(form);
    let wish = form.text("row").map(str::to_owned);
    reading::prepare(CATEGORY, &editor.place.guild, form);
    if let Some(wish) = wish {
        let fields: Vec<&'static Field> = CATEGORY.fields().collect();
        rows::apply(&fields, form, &wish);
        let changed_list = wish.split_once(':').map(|(_, place)| place.to_owned());
        let shown = Shown { notice: Some("notice-rows"), changed_list, ..Shown::default() };
        return editor.category_page(req, &id, form, shown);
    }
    let mut reading = editor.read_category(form, &id)?;
    if reading::misses_something(&reading.problems) {
        editor.look_again(app).await?;
        reading::prepare(CATEGORY, &editor.place.guild, form);
        reading = editor.read_category(form, &id)?;
    }
    let known = editor.sheet.categories.iter().position(|category| category.id == id);
    if known.is_none() && editor.sheet.categories.len() >= CATEGORIES {
        reading.problems.unreadable("", Message::new("problem-too-many-rows").number("max", CATEGORIES as i64));
    }
    let category = match reading.value {
        Some(category) if !reading.problems.stop_the_save() => category,
        _ => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return editor.category_page(
                req,
                &id,
                form,
                Shown { status, problems: reading.problems, ..Shown::default() },
            );
        }
    };
    if let (Some(revision), false) = (revision, editor.drafted) {
        // The draft begins with what the page was made from.
        editor.sheet.revision = revision;
    }
    let message = Message::new("panel-category-kept").name("category", &category.name);
    match known {
        Some(known) => editor.sheet.categories[known] = category,
        None => editor.sheet.categories.push(category),
    }
    editor.keep(app).await?;
    Ok(redirect(&editor.address(), &Flash { tone: Tone::Note, message }))
}

impl Editor {
    /// The id of the category that a form is about: the one it names, for another tab may have moved it. It has to be
    /// one of this panel, or one that was made for it; of any other name such an id is made, the same when it is sent
    /// twice.
    pub(super) fn id_of(&self, at: Option<usize>, form: &FormData) -> Result<String, AppError> {
        match (form.text("category").and_then(|text| Uuid::parse_str(text).ok()), at) {
            (Some(id), _) if self.has_category(&id.to_string()) || self.has_made(id) => Ok(id.to_string()),
            (Some(name), _) => Ok(self.made_of(name).to_string()),
            (None, None) => Ok(self.made_of(Uuid::now_v7()).to_string()),
            (None, Some(at)) => Ok(self.sheet.categories.get(at).ok_or(Trouble::NotFound)?.id.clone()),
        }
    }

    /// An id that is this panel's alone: all but its beginning follows from the panel and the beginning.
    pub(super) fn made_of(&self, name: Uuid) -> Uuid {
        let user = self.draft_of().user;
        self.beginning_with(ids::made_of(&format!("category of {user}: {name}")))
    }

    fn has_made(&self, id: Uuid) -> bool {
        self.beginning_with(id) == id
    }

    fn beginning_with(&self, id: Uuid) -> Uuid {
        const BEGINNING: usize = 6;
        let DraftOf { guild, panel, .. } = self.draft_of();
        let beginning = &id.as_bytes()[..BEGINNING];
        let mut bytes = ids::made_of(&format!("category {guild} {panel} {beginning:?}")).into_bytes();
        bytes[..BEGINNING].copy_from_slice(beginning);
        Uuid::from_bytes(bytes)
    }

    fn has_category(&self, id: &str) -> bool {
        let saved = self.stored().into_iter().flat_map(|panel| &panel.categories);
        saved.chain(&self.sheet.categories).any(|category| category.id == id)
    }

    pub(super) fn read_category(&self, form: &FormData, id: &str) -> Result<reading::Reading<Category>, AppError> {
        reading::category(&self.place.judge(), form, id, &self.sheet.categories, self.stored())
    }

    fn category_page(&self, req: &HttpRequest, id: &str, form: &FormData, shown: Shown) -> Answer {
        let (words, judge) = (&self.place.words, self.place.judge());
        let view = FormView {
            table: CATEGORY,
            form,
            problems: &shown.problems,
            judge: &judge,
            words,
            previews: HashMap::new(),
            changed_list: shown.changed_list.as_deref(),
        };
        let summary = view.summary();
        refused::note(req, shown.problems.fields());
        let known = self.sheet.categories.iter().position(|category| category.id == id);
        let heading = match known {
            Some(at) => self.sheet.categories[at].name.clone(),
            None => words.t("panel-category-new"),
        };
        let kept = known.map_or_else(|| self.fresh_category(), |at| self.sheet.categories[at].clone());
        let kept = fill(CATEGORY.fields(), &json!(kept));
        let number = known.map_or_else(|| NEW.to_owned(), |at| (at + 1).to_string());
        let action = format!("{}/categories/{number}", self.address());
        let title = Title::from(Message::new("title-panel-category").name("category", &heading));
        let title = title.below(self.title(), self.address()).wrong_if(!summary.is_empty());
        let page = CategoryPage {
            shell: self.shell(req, title),
            guild_name: self.place.admitted.guild_name().to_owned(),
            heading,
            panel_name: self.name(),
            action: action.clone(),
            back_href: self.address(),
            category: id.to_owned(),
            revision: self.sheet.revision,
            csrf_token: page::csrf_token(req),
            warnings: view.warnings(),
            notice: shown.notice.map(|key| words.t(key)),
            sections: view.sections(),
            unsaved: Unsaved::of(CATEGORY.fields(), &kept, form, words).at(action, self.sheet.revision),
            absent: self.absent(),
            summary,
        };
        page::render(req, shown.status, &page)
    }
}
