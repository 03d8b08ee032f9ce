//! From a file to its preview, and from the preview's yes to one transaction: all modules or none.

use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::join_all;

use crate::changes::news::Topic;
use crate::changes::{self, BatchOf, SettingsChange};
use crate::db::{Conn, DbError};
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::relay::Delivery;
use crate::settings::module::ModuleKey;
use crate::settings::scene::Settings;
use crate::settings::store::{Outcome, Save};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::words::Message;

use super::document::Document;
use super::pending::{self, For};
use super::plan::Plan;
use super::preview::{self, Origin, Showing};

/// Keeps what was brought, and shows what it would change.
///
/// # Errors
/// As the database and Discord answer.
pub(super) async fn begin(
    req: &HttpRequest,
    app: &Settings,
    admitted: Admitted,
    document: Document,
    origin: &Origin,
) -> Result<HttpResponse, AppError> {
    let whose = For { user: admitted.person.id, guild: admitted.guild };
    let text = document.write().map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
    let plan = Plan::make(req, app, admitted, document, None).await?;
    let transfer = pending::keep(&app.db, &app.clock, whose, origin.source(), text).await?;
    preview::answer(req, &plan, origin, transfer, Showing::First)
}

/// What became of a preview's form.
pub(super) enum Answer {
    Page(HttpResponse),
    /// To the overview of the server, with this.
    Overview(Flash),
    /// The file is not kept any more.
    Gone,
}

/// A preview's form came back: the same page with what was chosen, or the save.
///
/// # Errors
/// As the database and Discord answer.
pub(super) async fn go_on(
    req: &HttpRequest,
    app: &Settings,
    admitted: Admitted,
    form: &FormData,
    origin: &Origin,
) -> Result<Answer, AppError> {
    let whose = For { user: admitted.person.id, guild: admitted.guild };
    let transfer = form.text("transfer").unwrap_or_default().to_owned();
    let kept = pending::find(&app.db, &app.clock, whose, origin.source(), transfer.clone()).await?;
    let Some(text) = kept else { return Ok(Answer::Gone) };
    let Ok(document) = Document::read(&text, app.modules) else { return Ok(Answer::Gone) };
    let plan = Plan::make(req, app, admitted.clone(), document, Some(form)).await?;
    let page = |plan: &Plan, showing| preview::answer(req, plan, origin, transfer.clone(), showing).map(Answer::Page);
    if form.text("do") == Some("show") {
        return page(&plan, Showing::Again);
    }
    if plan.chosen().next().is_none() {
        return page(&plan, Showing::NoModule);
    }
    if !plan.is_as_seen(form) {
        return page(&plan, Showing::Conflict);
    }
    if plan.is_stopped() {
        return page(&plan, Showing::Refused);
    }
    let saves = plan.saves();
    if saves.is_empty() {
        let message = Message::new("flash-nothing-to-carry").name("server", admitted.guild_name());
        return Ok(Answer::Overview(Flash { tone: Tone::Note, message }));
    }
    let count = saves.len();
    match commit(app, saves, whose, origin).await? {
        Some(deliveries) => {
            let waiting = deliveries.iter().any(|delivery| matches!(delivery, Delivery::Waiting));
            let key = if waiting { "flash-carried-waiting" } else { "flash-carried-sent" };
            let message = Message::new(key).number("count", count).name("server", admitted.guild_name());
            Ok(Answer::Overview(Flash { tone: Tone::Good, message }))
        }
        None => {
            // Somebody was first between our reading and our writing: show what they saved.
            let plan = Plan::make(req, app, admitted, plan.document, Some(form)).await?;
            page(&plan, Showing::Conflict)
        }
    }
}

/// One transaction, then the publisher. None: somebody else was first in one of them, nothing was written.
async fn commit(
    app: &Settings,
    saves: Vec<Save>,
    whose: For,
    origin: &Origin,
) -> Result<Option<Vec<Delivery>>, AppError> {
    let keys: Vec<ModuleKey> = saves.iter().map(|save| save.module.key).collect();
    let of = if origin.source().is_some() { BatchOf::Copy } else { BatchOf::Import };
    let written = app.db.write(move |conn| write(conn, &saves, whose, of)).await;
    let changes = match written {
        Ok(changes) => changes,
        Err(DbError::Conflict(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let batch = changes.first().and_then(|change| change.batch).map(|id| id.to_string());
    let from = origin.source().map(|id| id.to_string());
    tracing::info!(event = "import", user.id = %whose.user, guild.id = %whose.guild, from, batch, modules = changes.len(), "settings imported");
    for change in &changes {
        app.news.tell(change.guild, Topic::Changes, &change.id.to_string());
    }
    let sent = changes.iter().zip(keys).map(|(change, key)| app.relay.hand_over(change, key));
    Ok(Some(join_all(sent).await))
}

/// # Errors
/// [`DbError::Conflict`] rolls back what was written before.
fn write(conn: &mut Conn, saves: &[Save], whose: For, of: BatchOf) -> Result<Vec<SettingsChange>, DbError> {
    let mut saved = Vec::new();
    for save in saves {
        match save.write(conn)? {
            Outcome::Saved(change) => saved.push(*change),
            Outcome::Conflict => return Err(DbError::Conflict(save.module.key.as_str().to_owned())),
        }
    }
    if let Some(batch) = saves.first().and_then(|save| save.batch) {
        changes::record_batch(conn, whose.guild, batch, of)?;
    }
    pending::discard(conn, whose)?;
    Ok(saved)
}
