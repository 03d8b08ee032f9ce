//! Deleting a panel, and dropping what is typed and not saved.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::editor::{Answer, Editor, revision_in};
use super::{draft, posting, save, store};
use crate::commands::Commands;
use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, Edit, GuildAccess};
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::settings::scene::{In, Settings};
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

/// Takes the panel away, and its message in Discord with it.
pub async fn delete(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let Submitted { guard, form } = post;
    let editor = Editor::read(&req, &app, guard.admitted).await?;
    let row = editor.row.clone().ok_or(Trouble::NotFound)?;
    let changed = || {
        let message = Message::new("flash-panel-changed").name("panel", editor.name());
        flash::redirect(&config, &keys, &editor.address(), Some(&Flash { tone: Tone::Warning, message }))
    };
    if revision_in(&form) != Some(row.revision) {
        return Ok(changed());
    }
    let take_down = posting::taking_down(&row);
    let (guild, by, now, of) =
        (editor.place.admitted.guild, editor.place.admitted.person.clone(), editor.place.now, editor.draft_of());
    let work = move |conn: &mut Conn| {
        let Some(written) = store::delete(conn, guild, &row, &by, now)? else { return Ok(None) };
        draft::discard(conn, &of)?;
        let issued = take_down.map(|command| command.write(conn, guild, &by, now)).transpose()?;
        Ok::<_, AppError>(Some((written, issued)))
    };
    let Some((written, issued)) = app.db.write(work).await? else { return Ok(changed()) };
    save::publish(&app, &editor, &written, None).await;
    let key = if issued.is_some() { "flash-panel-deleted-posted" } else { "flash-panel-deleted" };
    if let Some(issued) = issued {
        commands.hand_over(issued).await;
    }
    let message = Message::new(key).name("panel", editor.name());
    Ok(flash::redirect(&config, &keys, &editor.place.href("/panels"), Some(&Flash { tone: Tone::Good, message })))
}

pub async fn discard(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, In<Tickets>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let editor = Editor::read(&req, &app, post.guard.admitted).await?;
    app.db.write(editor.dropping()).await?;
    let to = if editor.row.is_some() { editor.address() } else { editor.place.href("/panels") };
    let message = Message::new("flash-panel-discarded").name("panel", editor.name());
    Ok(flash::redirect(&config, &keys, &to, Some(&Flash { tone: Tone::Note, message })))
}
