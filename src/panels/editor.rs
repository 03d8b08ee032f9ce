//! Everything the pages of one panel are made from, read once: what is saved, what is typed and not saved yet, and
//! the server.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use uuid::Uuid;

use super::draft::{self, Draft, NEW};
use super::panel::{Category, Panel};
use super::store::{self, Row};
use super::table::PANEL;
use crate::accounts::drafts::{self, DraftOf};
use crate::commands;
use crate::db::{Conn, DbError};
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::Level;
use crate::server_page::ServerPage;
use crate::settings::fill::fill;
use crate::settings::module::ModuleKey;
use crate::settings::scene::Settings;
use crate::settings::store::{Stored, load};
use crate::settings::unsaved::Unsaved;
use crate::web::form::FormData;
use crate::web::shell::Shell;
use crate::web::title::Title;
use crate::web::words::Message;

/// The place in the navigation.
pub(super) const PLACE: &str = "panels";

pub(super) struct Editor {
    pub place: ServerPage,
    pub settings: HashMap<ModuleKey, Stored>,
    /// The panel as it is saved; none: a new one.
    pub row: Option<Row>,
    /// Whether there is a draft of this person's.
    pub drafted: bool,
    /// What the pages show: the draft, else what is saved, else a new panel.
    pub sheet: Draft,
    /// The newest command about it.
    pub command: Option<commands::Row>,
    /// What may have been typed on this page before they signed in again.
    typed: DraftOf,
}

/// Which panel an address names: none is a new one.
///
/// # Errors
/// What is no id is nobody's page.
fn panel_of(req: &HttpRequest) -> Result<Option<String>, AppError> {
    match req.match_info().get("panel_id") {
        Some(NEW) | None => Ok(None),
        Some(text) => match Uuid::parse_str(text) {
            Ok(id) => Ok(Some(id.to_string())),
            Err(_) => Err(Trouble::NotFound.into()),
        },
    }
}

impl Editor {
    /// # Errors
    /// A panel that this server does not have: [`Trouble::NotFound`]. Else as the database answers.
    pub(super) async fn read(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<Self, AppError> {
        let id = panel_of(req)?;
        let (guild, now, modules) = (admitted.guild, app.clock.now(), app.modules);
        let typed = DraftOf::here(req, &admitted.person, guild)?;
        let of = draft_of(&admitted, id.as_deref());
        let wanted = id.clone();
        let read = app.db.run(move |conn: &mut Conn| {
            let settings = load(conn, guild, modules)?;
            let draft = draft::find(conn, &of, now)?;
            let Some(id) = wanted else { return Ok((settings, draft, None, None)) };
            let row = store::find(conn, guild, &id)?;
            let command = commands::line::of(conn, guild, ModuleKey::Tickets, std::slice::from_ref(&id))?.remove(&id);
            Ok::<_, DbError>((settings, draft, row, command))
        });
        let (settings, draft, row, command) = read.await?;
        if id.is_some() && row.is_none() {
            return Err(Trouble::NotFound.into());
        }
        let place = ServerPage::new(req, app, admitted);
        let drafted = draft.is_some();
        let sheet = draft.unwrap_or_else(|| match &row {
            Some(row) => sheet_of(&row.panel, row.revision),
            None => sheet_of(&fresh(&place), 0),
        });
        Ok(Self { place, settings, row, drafted, sheet, command, typed })
    }

    /// As the database has it now: somebody was first.
    ///
    /// # Errors
    /// As [`Editor::read`].
    pub(super) async fn again(self, req: &HttpRequest, app: &Settings) -> Result<Self, AppError> {
        Self::read(req, app, self.place.admitted).await
    }

    pub(super) fn draft_of(&self) -> draft::DraftOf {
        draft_of(&self.place.admitted, self.row.as_ref().map(|row| row.id.as_str()))
    }

    /// What was typed on this page before they signed in again.
    ///
    /// # Errors
    /// As the database answers.
    pub(super) async fn typed(&self, req: &HttpRequest) -> Result<Option<FormData>, AppError> {
        drafts::asked_for(req, &self.place.admitted.person, self.place.admitted.guild).await
    }

    /// Drops the drafts whose form was saved: the panel's own, and what a session that ended had left of this page.
    pub(super) fn dropping(&self) -> impl FnOnce(&mut Conn) -> Result<(), DbError> + Send + use<> {
        let (of, typed) = (self.draft_of(), self.typed.clone());
        move |conn| {
            draft::discard(conn, &of)?;
            drafts::discard(conn, &typed)
        }
    }

    /// Keeps the sheet as a draft.
    ///
    /// # Errors
    /// As the database answers.
    pub(super) async fn keep(&mut self, app: &Settings) -> Result<(), AppError> {
        let (of, sheet, now, typed) = (self.draft_of(), self.sheet.clone(), self.place.now, self.typed.clone());
        let write = move |conn: &mut Conn| {
            drafts::discard(conn, &typed)?;
            draft::keep(conn, &of, &sheet, now)
        };
        app.db.write(write).await?;
        self.drafted = true;
        Ok(())
    }

    /// The panel's own page as it was typed.
    pub(super) fn form(&self) -> FormData {
        FormData::from_pairs(self.sheet.fields.clone())
    }

    /// Takes over what a form of the panel's own page says: a revision above the draft's is one that was shown
    /// with a conflict.
    pub(super) fn take(&mut self, form: &FormData) {
        if let Some(revision) = revision_in(form) {
            self.sheet.revision = if self.drafted { self.sheet.revision.max(revision) } else { revision };
        }
        let mut fields = form.clone();
        super::reading::prepare(PANEL, &self.place.guild, &mut fields);
        self.sheet.fields = fields.into_pairs();
    }

    /// The panel's address.
    pub(super) fn address(&self) -> String {
        let id = self.row.as_ref().map_or(NEW, |row| row.id.as_str());
        self.place.href(&format!("/panels/{id}"))
    }

    /// As it is called on the server, or would be.
    pub(super) fn name(&self) -> String {
        match &self.row {
            Some(row) => row.panel.name.clone(),
            None => self.place.words.t("panel-new"),
        }
    }

    /// What the panel's own page shows otherwise than it is saved, or than a new one begins. The list of categories is
    /// one setting of it.
    pub(super) fn unsaved(&self) -> Unsaved {
        let fresh = || fresh(&self.place);
        let panel = self.row.as_ref().map_or_else(fresh, |row| row.panel.clone());
        let revision = self.row.as_ref().map_or(0, |row| row.revision);
        let saved = sheet_of(&panel, revision);
        let form = FormData::from_pairs(saved.fields);
        let unsaved = Unsaved::of(PANEL.fields(), &form, &self.form(), &self.place.words).at(self.address(), revision);
        let unsaved = if self.drafted { unsaved.asking_at(format!("{}/discarding", self.address())) } else { unsaved };
        if self.sheet.categories == saved.categories { unsaved } else { unsaved.besides("categories") }
    }

    pub(super) fn stored(&self) -> Option<&Panel> {
        self.row.as_ref().map(|row| &row.panel)
    }

    /// A new category begins like this.
    pub(super) fn fresh_category(&self) -> Category {
        let naming = self.settings.get(&ModuleKey::Tickets).and_then(|stored| stored.body["namingTemplate"].as_str());
        let category = Category::default();
        Category {
            naming_template: naming.map_or(category.naming_template, str::to_owned),
            id: self.made_of(Uuid::now_v7()).to_string(),
            ..category
        }
    }

    pub(super) fn shell(&self, req: &HttpRequest, title: impl Into<Title>) -> Shell {
        self.place.shell(req, title, PLACE, &self.settings)
    }

    /// What its own page is called.
    pub(super) fn title(&self) -> Message {
        Message::new("title-page").name("page", self.name())
    }

    pub(super) fn absent(&self) -> Option<ReadOnly> {
        absent(&self.place)
    }

    /// What is not there may have been made just now: asks Discord once more.
    ///
    /// # Errors
    /// As Discord answers.
    pub(super) async fn look_again(&mut self, app: &Settings) -> Result<(), AppError> {
        self.place.guild = app.access.fresh_snapshot(self.place.admitted.guild).await?;
        Ok(())
    }
}

pub(super) fn absent(place: &ServerPage) -> Option<ReadOnly> {
    place.read_only(Level::Edit, ModuleKey::Tickets)
}

pub(super) fn draft_of(admitted: &Admitted, id: Option<&str>) -> draft::DraftOf {
    draft::DraftOf { user: admitted.person.id, guild: admitted.guild, panel: id.unwrap_or(NEW).to_owned() }
}

/// The revision a form was made with.
pub(super) fn revision_in(form: &FormData) -> Option<i64> {
    form.text("revision").and_then(|text| text.parse().ok())
}

/// What is saved, as its pages would send it.
fn sheet_of(panel: &Panel, revision: i64) -> Draft {
    let fields = fill(PANEL.fields(), &json!(panel)).into_pairs();
    Draft { fields, categories: panel.categories.clone(), revision }
}

/// A new panel says something already.
fn fresh(place: &ServerPage) -> Panel {
    let text = |key| place.words.t(key);
    Panel { title: text("panel-fresh-title"), description: text("panel-fresh-description"), ..Panel::default() }
}

/// An answer or a page of the editor's.
pub(super) type Answer = Result<HttpResponse, AppError>;
