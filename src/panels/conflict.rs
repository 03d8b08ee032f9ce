//! Somebody else has saved a panel since it was opened: both sides, and nothing overwritten. What was typed stays in
//! the draft.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::editor::{Answer, Editor};
use super::pages::ConflictPage;
use super::table::WHOLE;
use crate::history::diff::diff;
use crate::history::sides::sides;
use crate::settings::describe::Describe;
use crate::settings::names;
use crate::settings::scene::Settings;
use crate::web::page;
use crate::web::title::Title;

/// `typed`: all of the panel, as far as it could be read.
pub(super) async fn answer(req: &HttpRequest, app: &Settings, mut editor: Editor, typed: &Value) -> Answer {
    editor.keep(app).await?;
    let place = &editor.place;
    let stored = json!(editor.stored());
    let names = names::for_person(&place.judge(), &place.words, &[&stored, typed]);
    let describe = Describe { table: WHOLE, names: &names, words: &place.words };
    let page = ConflictPage {
        shell: editor.shell(req, Title::from(editor.title()).conflict_if(true)),
        guild_name: place.admitted.guild_name().to_owned(),
        panel_name: editor.name(),
        rows: sides(&describe, &diff(WHOLE.fields(), &stored, typed)),
        action: editor.address(),
        pairs: editor.sheet.fields.clone(),
        revision: editor.row.as_ref().map_or(0, |row| row.revision),
        csrf_token: page::csrf_token(req),
    };
    page::render(req, StatusCode::CONFLICT, &page)
}
