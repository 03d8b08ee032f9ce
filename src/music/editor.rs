//! Everything the pages of one playlist are made from, read once; and its form as a page.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use uuid::Uuid;

use super::pages::{PlaylistPage, Standing};
use super::playlist::Playlist;
use super::store::{self, Row};
use super::table::TABLE;
use crate::accounts::drafts;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::Level;
use crate::server_page::ServerPage;
use crate::settings::fill::fill;
use crate::settings::module::ModuleKey;
use crate::settings::problems::Problems;
use crate::settings::scene::Settings;
use crate::settings::store::{Stored, load};
use crate::settings::unsaved::Unsaved;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::shell::Shell;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{page, refused};

use super::hosts::MusicHosts;
use super::list::length;

/// The place in the navigation.
pub(super) const PLACE: &str = "playlists";

pub(super) struct Editor {
    pub place: ServerPage,
    pub settings: HashMap<ModuleKey, Stored>,
    /// The playlist as it is stored; none: a new one.
    pub row: Option<Row>,
}

/// What a page of the form shows.
pub(super) struct Shown<'a> {
    pub status: StatusCode,
    pub form: &'a FormData,
    pub problems: &'a Problems,
    /// The revision that the form saves on top of.
    pub revision: i64,
    /// The key of a line at the top that is not a flash.
    pub notice: Option<&'static str>,
    pub standing: Standing,
}

/// Which playlist an address names: none is a new one.
fn playlist_of(req: &HttpRequest) -> Result<Option<String>, AppError> {
    let Some(text) = req.match_info().get("playlist_id") else { return Ok(None) };
    match Uuid::parse_str(text) {
        Ok(id) => Ok(Some(id.to_string())),
        Err(_) => Err(Trouble::NotFound.into()),
    }
}

impl Editor {
    /// Of the playlist in the address, also of one that is gone.
    ///
    /// # Errors
    /// A playlist that this server never had: [`Trouble::NotFound`]. Else as the database answers.
    pub(super) async fn read_any(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<Self, AppError> {
        let id = playlist_of(req)?;
        let (guild, modules, wanted) = (admitted.guild, app.modules, id.clone());
        let read = app.db.run(move |conn| {
            let settings = load(conn, guild, modules)?;
            let row = match wanted {
                Some(id) => store::find(conn, guild, &id)?,
                None => None,
            };
            Ok::<_, DbError>((settings, row))
        });
        let (settings, row) = read.await?;
        if id.is_some() && row.is_none() {
            return Err(Trouble::NotFound.into());
        }
        Ok(Self { place: ServerPage::new(req, app, admitted), settings, row })
    }

    /// Of the playlist in the address, with its row.
    ///
    /// # Errors
    /// As [`Editor::read_any`]; one that is gone is not found either.
    pub(super) async fn read(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<(Self, Row), AppError> {
        let editor = Self::read_any(req, app, admitted).await?;
        match editor.row.clone().filter(|row| !row.deleted) {
            Some(row) => Ok((editor, row)),
            None => Err(Trouble::NotFound.into()),
        }
    }

    /// What was typed on this page before they signed in again.
    ///
    /// # Errors
    /// As the database answers.
    pub(super) async fn draft(&self, req: &HttpRequest) -> Result<Option<FormData>, AppError> {
        drafts::asked_for(req, &self.place.admitted.person, self.place.admitted.guild).await
    }

    pub(super) fn revision(&self) -> i64 {
        self.row.as_ref().map_or(0, |row| row.revision)
    }

    /// Where its form posts; that of one that is gone makes a new one.
    pub(super) fn address(&self) -> String {
        match self.row.as_ref().filter(|row| !row.deleted) {
            Some(row) => self.below(row, ""),
            None => self.place.href("/playlists/new"),
        }
    }

    /// An address below a playlist's own.
    pub(super) fn below(&self, row: &Row, tail: &str) -> String {
        self.place.href(&format!("/playlists/{}{tail}", row.id))
    }

    pub(super) fn shell(&self, req: &HttpRequest, title: Title) -> Shell {
        self.place.shell(req, title, PLACE, &self.settings)
    }

    /// What its own page is called.
    fn title(&self) -> Message {
        Message::new("title-page").name("page", self.name())
    }

    /// What a page below the playlist's own is called.
    pub(super) fn title_below(&self, row: &Row, key: &'static str) -> Title {
        Title::from(Message::new(key).name("what", self.name())).below(self.title(), self.below(row, ""))
    }

    /// As it is called on the server, or would be.
    pub(super) fn name(&self) -> String {
        match &self.row {
            Some(row) => row.playlist.name.clone(),
            None => self.place.words.t("playlist-new"),
        }
    }

    pub(super) fn absent(&self) -> Option<ReadOnly> {
        absent(&self.place)
    }

    /// The form's page.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub(super) fn answer(
        &self,
        req: &HttpRequest,
        hosts: &MusicHosts,
        shown: Shown<'_>,
    ) -> Result<HttpResponse, AppError> {
        let judge = self.place.judge();
        let words = &self.place.words;
        let view = FormView {
            table: TABLE,
            form: shown.form,
            problems: shown.problems,
            judge: &judge,
            words,
            previews: HashMap::new(),
            changed_list: None,
        };
        let summary = view.summary();
        refused::note(req, shown.problems.fields());
        let mut about = view.sections();
        let tracks = about.pop().and_then(|mut section| section.controls.pop());
        let theirs = matches!(shown.standing, Standing::Changed(_) | Standing::Gone);
        let title = Title::from(self.title()).after_a_save().wrong_if(!summary.is_empty()).conflict_if(theirs);
        let shell = self.shell(req, title);
        let there = self.row.as_ref().filter(|row| !row.deleted);
        let saved = there.map_or_else(Playlist::fresh, |row| row.playlist.clone());
        let saved = fill(TABLE.fields(), &json!(saved));
        let page = PlaylistPage {
            shell,
            name: self.name(),
            owner: there.map(|row| row.owner_name.clone()),
            length: there.map(|row| length(row.playlist.length())),
            base: there.map(|row| self.below(row, "")),
            action: self.address(),
            revision: shown.revision,
            csrf_token: page::csrf_token(req),
            warnings: view.warnings(),
            summary,
            notice: shown.notice.map(|key| words.t(key)),
            unsaved: Unsaved::of(TABLE.fields(), &saved, shown.form, words)
                .at(self.address(), there.map_or(0, |row| row.revision)),
            standing: shown.standing,
            about,
            tracks,
            hosts: hosts.listed(),
            move_from: shown.form.text("move_from").unwrap_or_default().to_owned(),
            move_to: shown.form.text("move_to").unwrap_or_default().to_owned(),
            absent: self.absent(),
        };
        page::render(req, shown.status, &page)
    }
}

pub(super) fn absent(place: &ServerPage) -> Option<ReadOnly> {
    place.read_only(Level::Act, ModuleKey::Music)
}

/// The revision a form was made with.
pub(super) fn revision_in(form: &FormData) -> Option<i64> {
    form.text("revision").and_then(|text| text.parse().ok())
}
