//! Saving a panel with all its categories: one transaction, then the publisher.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::edit::Shown;
use super::editor::{Answer, Editor, revision_in};
use super::panel::Panel;
use super::store::{self, Outcome, Save, Written};
use super::{conflict, reading};
use crate::changes::news::Topic;
use crate::db::{Conn, DbError};
use crate::error::AppError;
use crate::relay::{Delivery, Kept, ObjectKind};
use crate::settings::problems::Problems;
use crate::settings::scene::Settings;
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::words::Message;

pub(super) async fn save(
    req: &HttpRequest,
    app: &Settings,
    mut editor: Editor,
    form: &FormData,
    redirect: impl Fn(&str, Option<&Flash>) -> HttpResponse,
) -> Answer {
    let mut reading = editor.reading()?;
    if reading::misses_something(&reading.problems) {
        editor.look_again(app).await?;
        reading = editor.reading()?;
    }
    let reading::Reading { value, raw, mut problems } = reading;
    if is_taken(app, &editor, &raw).await? {
        problems.unreadable("name", Message::new("problem-panel-name-taken"));
    }
    if !problems.stop_the_save() && value.is_some() && value.as_ref() == editor.stored() {
        app.db.write(editor.dropping()).await?;
        let message = Message::new("flash-panel-same").name("panel", editor.name());
        return Ok(redirect(&editor.address(), Some(&Flash { tone: Tone::Note, message })));
    }
    if revision_in(form).is_none() && !editor.drafted {
        problems.unreadable("", Message::new("problem-revision-missing"));
    } else if editor.row.as_ref().is_some_and(|row| row.revision != editor.sheet.revision) {
        return conflict::answer(req, app, editor, &raw).await;
    }
    let panel = match value {
        Some(panel) if !problems.stop_the_save() => panel,
        _ => return refuse(req, app, editor, problems).await,
    };
    match write(app, &editor, panel.clone()).await? {
        Outcome::Saved(written) => {
            let delivery = publish(app, &editor, &written, Some(&panel)).await;
            let message = Message::new(said(delivery)).name("panel", &panel.name);
            let to = editor.place.href(&format!("/panels/{}", written.id));
            Ok(redirect(&to, Some(&Flash { tone: Tone::Good, message })))
        }
        // Somebody was first between our reading and our writing: show what they saved.
        Outcome::Conflict => {
            let mine = editor.sheet.clone();
            let mut editor = editor.again(req, app).await?;
            editor.sheet = mine;
            conflict::answer(req, app, editor, &raw).await
        }
        Outcome::NameTaken => {
            problems.unreadable("name", Message::new("problem-panel-name-taken"));
            refuse(req, app, editor, problems).await
        }
        Outcome::Full => {
            problems.unreadable("", Message::new("problem-panel-full").number("max", super::MOST));
            refuse(req, app, editor, problems).await
        }
    }
}

async fn is_taken(app: &Settings, editor: &Editor, raw: &serde_json::Value) -> Result<bool, AppError> {
    let name = raw["name"].as_str().unwrap_or_default().to_owned();
    let (guild, own) = (editor.place.admitted.guild, editor.row.as_ref().map(|row| row.id.clone()));
    let taken = app.db.run(move |conn: &mut Conn| store::is_taken(conn, guild, &name, own.as_deref()));
    Ok(taken.await?)
}

/// The page again, and everything typed kept for the pages of its categories.
async fn refuse(req: &HttpRequest, app: &Settings, mut editor: Editor, problems: Problems) -> Answer {
    editor.keep(app).await?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    editor.page(req, Shown { status, problems, ..Shown::default() })
}

async fn write(app: &Settings, editor: &Editor, panel: Panel) -> Result<Outcome, AppError> {
    let drop_drafts = editor.dropping();
    let save = Save {
        guild: editor.place.admitted.guild,
        before: editor.row.clone(),
        after: panel,
        by: editor.place.admitted.person.clone(),
        now: editor.place.now,
    };
    let write = move |conn: &mut Conn| {
        let outcome = save.write(conn)?;
        if matches!(outcome, Outcome::Saved(_)) {
            drop_drafts(conn)?;
        }
        Ok(outcome)
    };
    match app.db.write(write).await {
        // Two of one name at once.
        Err(DbError::Conflict(_)) => Ok(Outcome::NameTaken),
        outcome => Ok(outcome?),
    }
}

/// Tells open pages and the bot of what is committed; `panel`: none is there any more.
pub(super) async fn publish(app: &Settings, editor: &Editor, written: &Written, panel: Option<&Panel>) -> Delivery {
    let guild = editor.place.admitted.guild;
    tracing::info!(guild.id = %guild, panel = written.id, revision = written.revision, deleted = panel.is_none(), "panel saved");
    app.news.tell(guild, Topic::Changes, &written.change.to_string());
    app.news.tell(guild, Topic::Panels, &written.id);
    let kept = Kept {
        kind: ObjectKind::Panel,
        guild,
        id: written.id.clone(),
        revision: written.revision,
        object: panel.map(Panel::wire),
    };
    app.relay.hand_over_object(kept).await
}

fn said(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Sent | Delivery::Replaced => "flash-panel-saved",
        Delivery::Waiting => "flash-panel-saved-waiting",
    }
}
