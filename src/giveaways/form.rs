//! The page of a giveaway's form, whatever it shows, and the ground on which such a form is read.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Admitted, Place};
use crate::modules::giveaway_fields::GOES;
use crate::server_page::ServerPage;
use crate::settings::checklist::{self, Subject};
use crate::settings::fields::Table;
use crate::settings::fill::fill;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::needs::NOTHING;
use crate::settings::parse::SentTwice;
use crate::settings::preview::MessagePreview;
use crate::settings::problems::{Problem, Problems};
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::settings::unsaved::Unsaved;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{page, refused};

use super::list::{called, is_out_of_sight};
use super::pages::FormPage;
use super::plan::{self, Ground, Plan};
use super::rows::{self, Row};
use super::{PLACE, cursor, moment};

/// What a form of giveaways is made and read with.
pub(super) struct Room {
    pub place: ServerPage,
    pub stored: HashMap<ModuleKey, Stored>,
    /// Of the address; none: a new one.
    pub row: Option<Row>,
    module: &'static Module,
}

impl Room {
    /// # Errors
    /// No such giveaway on this server; and without the bot there is nobody to tell.
    pub async fn enter(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<Self, AppError> {
        if matches!(admitted.place, Place::Without(_)) {
            return Err(Trouble::BotAbsent.into());
        }
        let asked = req.match_info().get("gid").map(str::to_owned);
        let is_known = asked.is_some();
        let asked = asked.filter(|id| cursor::is_key(id));
        let (guild, modules) = (admitted.guild, app.modules);
        let read = app.db.run(move |conn| {
            let row = match &asked {
                Some(id) => rows::find(conn, guild, id)?,
                None => None,
            };
            Ok::<_, DbError>((row, store::load(conn, guild, modules)?))
        });
        let (row, stored) = read.await?;
        if is_known && row.is_none() {
            return Err(Trouble::NotFound.into());
        }
        Ok(Self { place: ServerPage::new(req, app, admitted), stored, row, module: app.module(ModuleKey::Giveaway)? })
    }

    /// The giveaway of the address.
    ///
    /// # Errors
    /// A handler of an address without one is a bug.
    pub fn row(&self) -> Result<&Row, AppError> {
        self.row.as_ref().ok_or_else(|| AppError::new(Trouble::Internal, "no giveaway in the address"))
    }

    /// Whether it is in a channel that this person cannot see: the bot would write there for them.
    pub fn is_out_of_sight(&self) -> bool {
        self.row.as_ref().is_some_and(|row| is_out_of_sight(&self.place, row))
    }

    /// The module's settings in force.
    pub fn settings(&self) -> Value {
        self.stored.get(&ModuleKey::Giveaway).map_or_else(|| (self.module.defaults)(), |stored| stored.body.clone())
    }

    pub fn href(&self) -> String {
        match &self.row {
            Some(row) => self.place.href(&format!("/giveaways/{}", row.id)),
            None => self.place.href("/giveaways"),
        }
    }

    /// Reads and judges; if something is not there, Discord is asked once more: it may have been made just now.
    ///
    /// # Errors
    /// A field that arrived twice; and as Discord answers.
    pub async fn read(
        &mut self,
        app: &Settings,
        table: Table,
        form: &FormData,
        stored: Option<&Value>,
    ) -> Result<Plan, AppError> {
        let plan = self.read_once(table, form, stored)?;
        if !plan.problems.judged.iter().any(Problem::misses_something) {
            return Ok(plan);
        }
        self.place.guild = app.access.fresh_snapshot(self.place.admitted.guild).await?;
        self.read_once(table, form, stored)
    }

    pub fn read_once(&self, table: Table, form: &FormData, stored: Option<&Value>) -> Result<Plan, AppError> {
        let (judge, settings) = (self.place.judge(), self.settings());
        let zone = self.place.words.zone();
        let ground = Ground { table, judge: &judge, zone, now: self.place.now, settings: &settings, stored };
        let mut plan = Plan::read(&ground, form).map_err(|SentTwice(name)| {
            let message = Message::new("form-sent-twice").text("name", name);
            AppError::new(Trouble::Unreadable(message), "a field arrived twice")
        })?;
        if stored.is_none() {
            let (words, values) = (&self.place.words, &plan.value);
            let subject = Subject { judge: &judge, words, table, needs: &NOTHING, values };
            checklist::before_posting(&subject, &GOES, &mut plan.problems);
        }
        Ok(plan)
    }

    /// What is stored, with its times as somebody types them.
    pub fn as_typed(&self, stored: &Value) -> Value {
        let mut value = stored.clone();
        for name in ["startsAt", "endsAt"] {
            value[name] = json!(moment::written(stored[name].as_i64().unwrap_or_default(), self.place.words.zone()));
        }
        value
    }

    /// # Errors
    /// A template that cannot be rendered.
    pub fn answer(&self, req: &HttpRequest, shown: Shown<'_>) -> Result<HttpResponse, AppError> {
        let (place, words) = (&self.place, &self.place.words);
        let judge = place.judge();
        let view = FormView {
            table: shown.table,
            form: shown.form,
            problems: shown.problems,
            judge: &judge,
            words,
            previews: HashMap::new(),
            changed_list: shown.changed_list.as_deref(),
        };
        let summary = view.summary();
        refused::note(req, shown.problems.fields());
        let is_new = self.row.is_none();
        let heading = words.t(if is_new { "giveaways-new-title" } else { "giveaways-edit-title" });
        let title = Title::from(Message::new("title-page").text("page", heading.as_str()));
        let title = self.row.iter().fold(title, |title, row| title.below(called(row), self.href()));
        let title = title.after_a_save().wrong_if(!summary.is_empty());
        let lead = match &self.row {
            None => Message::new("giveaways-new-lead").name("server", place.admitted.guild_name()),
            Some(row) => Message::new("giveaways-edit-lead").name("prize", &row.prize),
        };
        let saved = match &self.row {
            Some(row) => self.as_typed(&row.stored()),
            None => plan::fresh(&self.settings()),
        };
        let saved = fill(shown.table.fields(), &saved);
        let revision = self.row.as_ref().map_or(0, |row| row.revision);
        let action = if is_new { self.href() } else { format!("{}/edit", self.href()) };
        let page = FormPage {
            shell: place.shell(req, title, PLACE, &self.stored),
            heading,
            lead,
            preview_action: is_new.then(|| place.href("/giveaways/preview")),
            back_href: self.href(),
            settings_href: place.href("/settings/giveaway"),
            off: !Module::is_on(&self.settings()),
            csrf_token: page::csrf_token(req),
            hidden: shown.hidden,
            warnings: view.warnings(),
            sections: view.sections(),
            unsaved: Unsaved::of(shown.table.fields(), &saved, shown.form, words)
                .at(if is_new { place.href("/giveaways/new") } else { action.clone() }, revision),
            check_action: if is_new { place.href("/giveaways/check") } else { format!("{action}/check") },
            summary,
            notice: shown.notice.map(|key| words.t(key)),
            preview: shown.preview,
            save: words.t(if is_new { "giveaways-create" } else { "giveaways-save" }),
            zone: words.zone_name().to_owned(),
            action,
        };
        page::render(req, shown.status, &page)
    }
}

/// What a page of the form shows.
pub(super) struct Shown<'a> {
    pub status: StatusCode,
    pub table: Table,
    pub form: &'a FormData,
    pub problems: &'a Problems,
    pub hidden: Vec<(&'static str, String)>,
    /// The key of a line at the top.
    pub notice: Option<&'static str>,
    pub preview: Option<MessagePreview>,
    /// The list whose rows were changed.
    pub changed_list: Option<String>,
}
