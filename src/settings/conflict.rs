//! Somebody else has saved since the form was opened: what it was, what they made of it and what I typed, setting
//! by setting, and nothing overwritten. What only one side has changed is merged by itself; the rest is chosen.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::changes;
use crate::db::DbError;
use crate::error::AppError;
use crate::settings::describe::Describe;
use crate::settings::merge::{self, Clash, Side, Sides};
use crate::settings::names;
use crate::settings::pages::{Choice, ConflictPage, ConflictRow, OvertakenPage};
use crate::settings::scene::{Scene, Settings};
use crate::settings::store::Stored;
use crate::settings::unsaved::Unsaved;
use crate::settings::view::{element_id, label_of};
use crate::web::form::FormData;
use crate::web::page;
use crate::web::title::Title;

/// The revision the form was opened with, when the page of a conflict posts another one.
const OPENED: &str = "base_revision";
/// Before a setting's name: which side was chosen.
const CHOICE: &str = "choice.";

/// A form that met another save.
pub struct Meeting<'a> {
    pub scene: &'a Scene,
    /// What is stored now.
    pub stored: &'a Stored,
    /// What my form says, as far as it can be read.
    pub typed: &'a Value,
    /// The revision my form was opened with.
    pub opened: i64,
}

/// What became of a form that comes from the page of a conflict.
pub enum Answer {
    /// It was an ordinary form, or has become one that holds both sides.
    Form,
    /// Something is still to be chosen, or there has been yet another save.
    Page(HttpResponse),
}

/// Whether a form comes from the page of a conflict; then with the revision it was opened with.
pub fn opened_with(form: &FormData) -> Option<i64> {
    form.text(OPENED).and_then(|text| text.parse().ok())
}

/// A form from the page of a conflict becomes what it was before: for a draft, which is shown as typed.
pub fn forget_choices(form: &mut FormData) {
    if let Some(opened) = opened_with(form) {
        form.set("revision", opened.to_string());
    }
    form.rename(|name| (name != OPENED && !name.starts_with(CHOICE)).then(|| name.to_owned()));
}

impl Meeting<'_> {
    /// Merges what was chosen into `form`, which then is one about what is stored now.
    ///
    /// # Errors
    /// As the database answers.
    pub async fn merge(&self, req: &HttpRequest, app: &Settings, form: &mut FormData) -> Result<Answer, AppError> {
        let shown = form.text("revision").and_then(|text| text.parse::<i64>().ok());
        if shown != Some(self.stored.revision) {
            return Ok(Answer::Page(self.answer(req, app, std::mem::take(form)).await?));
        }
        let was = self.was(app).await?;
        let clashes = self.clashes(was.as_ref());
        let side = |clash: &Clash<'_>| chosen(form, &clash.path).or_else(|| clash.by_itself());
        if clashes.iter().any(|clash| side(clash).is_none()) {
            let answer = self.page(req, &clashes, std::mem::take(form), true)?;
            return Ok(Answer::Page(answer));
        }
        let mine = clashes.iter().filter(|clash| side(clash) == Some(Side::Mine)).map(|clash| clash.path.clone());
        let mine: Vec<String> = mine.collect();
        forget_choices(form);
        *form = merge::merged(self.scene.fields(), &self.stored.body, form, mine);
        form.set("revision", self.stored.revision.to_string());
        Ok(Answer::Form)
    }

    /// The page that shows both sides.
    ///
    /// # Errors
    /// As the database answers.
    pub async fn answer(&self, req: &HttpRequest, app: &Settings, form: FormData) -> Result<HttpResponse, AppError> {
        let was = self.was(app).await?;
        self.page(req, &self.clashes(was.as_ref()), form, false)
    }

    fn clashes<'v>(&'v self, was: Option<&'v Value>) -> Vec<Clash<'v>> {
        let sides = Sides { was, mine: self.typed, theirs: &self.stored.body };
        merge::clashes(self.scene.module.fields(), self.scene.module.key.as_str(), sides)
    }

    /// What was stored when the form was opened. None: the change log does not know it any more.
    async fn was(&self, app: &Settings) -> Result<Option<Value>, AppError> {
        let (module, guild, opened) = (self.scene.module, self.scene.admitted.guild, self.opened);
        if opened == 0 {
            return Ok(Some((module.defaults)()));
        }
        let read = move |conn: &mut _| Ok::<_, DbError>(changes::after(conn, guild, module.key.as_str(), opened)?);
        let body = app.db.run(read).await?;
        Ok(body.and_then(|body| (module.adapt)(serde_json::from_str(&body).ok()?).ok()))
    }

    /// `refused`: something was not chosen.
    fn page(
        &self,
        req: &HttpRequest,
        clashes: &[Clash<'_>],
        form: FormData,
        refused: bool,
    ) -> Result<HttpResponse, AppError> {
        let scene = self.scene;
        let all: Vec<&Value> =
            clashes.iter().flat_map(|clash| clash.was.into_iter().chain([clash.mine, clash.theirs])).collect();
        let names = names::for_person(&scene.judge(), &scene.words, &all);
        let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
        let said = |clash: &Clash<'_>, value: &Value| {
            let text = describe.text(clash.field, &clash.words, value);
            if text.is_empty() { scene.words.t("value-none") } else { text }
        };
        let row = |clash: &Clash<'_>| {
            // After yet another save a choice of theirs was one of something else.
            let before = chosen(&form, &clash.path).filter(|side| refused || *side == Side::Mine);
            let checked = before.or_else(|| clash.by_itself());
            let mine = typed_of(&form, clash).unwrap_or_else(|| said(clash, clash.mine));
            ConflictRow {
                id: element_id(&format!("{CHOICE}{}", clash.path)),
                name: format!("{CHOICE}{}", clash.path),
                label: label_of(scene.module.table(), &clash.path, &scene.words),
                was: clash.was.map(|value| said(clash, value)),
                by_itself: clash.by_itself().is_some(),
                missing: refused && checked.is_none(),
                choices: [
                    Choice { side: Side::Mine, text: mine, checked: checked == Some(Side::Mine) },
                    Choice {
                        side: Side::Theirs,
                        text: said(clash, clash.theirs),
                        checked: checked == Some(Side::Theirs),
                    },
                ],
            }
        };
        let rows: Vec<ConflictRow> = clashes.iter().map(row).collect();
        let picks = rows.iter().map(|row| (row.name.as_str(), !row.takes_theirs(), Side::Theirs.as_str()));
        let page = ConflictPage {
            unsaved: Unsaved::of_choices(picks, &scene.words).at(scene.action(), self.stored.revision),
            shell: scene.shell(req, Title::of_the_place().wrong_if(refused).conflict_if(!refused)),
            guild_name: scene.admitted.guild_name().to_owned(),
            module_name: scene.module_name(),
            theirs: scene.last_change(),
            rows,
            action: scene.action(),
            revision: self.stored.revision,
            opened: self.opened,
            csrf_token: page::csrf_token(req),
            pairs: {
                let mut form = form;
                forget_choices(&mut form);
                form.into_pairs()
            },
        };
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
        page::render(req, status, &page)
    }
}

fn chosen(form: &FormData, path: &str) -> Option<Side> {
    form.text(&format!("{CHOICE}{path}")).and_then(Side::parse)
}

/// What cannot be read is told as it was typed.
fn typed_of(form: &FormData, clash: &Clash<'_>) -> Option<String> {
    let text = form.text(&clash.path).filter(|text| clash.mine.is_null() && !text.trim().is_empty())?;
    Some(crate::web::words::visible(text).into_owned())
}

/// A reset or a restoration met another save: what is stored and what was wanted, and nothing done. `action` is
/// where the form was posted, and may be posted again.
///
/// # Errors
/// A template that cannot be rendered.
pub fn overtaken(
    req: &HttpRequest,
    scene: &Scene,
    stored: &Stored,
    wanted: &Value,
    form: FormData,
    action: String,
) -> Result<HttpResponse, AppError> {
    let names = names::for_person(&scene.judge(), &scene.words, &[&stored.body, wanted]);
    let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
    let page = OvertakenPage {
        shell: scene.shell(req, Title::of_the_place().conflict_if(true)),
        guild_name: scene.admitted.guild_name().to_owned(),
        module_name: scene.module_name(),
        theirs: scene.last_change(),
        rows: describe.differences(&stored.body, wanted),
        action,
        back_href: scene.action(),
        pairs: form.into_pairs(),
        revision: stored.revision,
        csrf_token: page::csrf_token(req),
    };
    page::render(req, StatusCode::CONFLICT, &page)
}
