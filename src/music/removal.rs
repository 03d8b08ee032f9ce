//! `…/playlists/{playlist_id}/deletion`: a playlist is taken away, after a page that says so.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::answer::Answer;
use super::edit::said;
use super::editor::{Editor, revision_in};
use super::list::length;
use super::pages::DeletionPage;
use super::store::{self, Deletion, Row};
use crate::db::Conn;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Act, AskAct, GuildAccess};
use crate::keys::Keys;
use crate::modules::Music;
use crate::settings::scene::{In, Settings};
use crate::web::form::FormData;
use crate::web::shell::Tone;
use crate::web::submitted::Submitted;
use crate::web::{WebConfig, page};

pub async fn ask(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Music>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (editor, row) = Editor::read(&req, &app, access.admitted).await?;
    confirmation(&req, &editor, &row, false)
}

pub async fn delete(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Music>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let answer = take_away(&req, guard.admitted, &form, &app).await;
    answer.map(|answer| answer.respond(&config, &keys)).map_err(|error| error.keeping_for_later(&req, form))
}

async fn take_away(req: &HttpRequest, admitted: Admitted, form: &FormData, app: &Settings) -> Result<Answer, AppError> {
    let editor = Editor::read_any(req, app, admitted).await?;
    let list = editor.place.href("/playlists");
    let Some(row) = editor.row.clone().filter(|row| !row.deleted) else {
        return Ok(Answer::done(list, Tone::Note, said("flash-playlist-gone", &editor.name())));
    };
    if revision_in(form) != Some(row.revision) {
        return confirmation(req, &editor, &row, true).map(Answer::Page);
    }
    let (guild, by, now) = (editor.place.admitted.guild, editor.place.admitted.person.clone(), editor.place.now);
    let name = row.playlist.name.clone();
    let write = app.db.write(move |conn: &mut Conn| store::delete(conn, guild, &row, &by, now));
    match write.await? {
        Deletion::Done(written) => {
            let key = match editor.send(app, &written, None).await {
                true => "flash-playlist-deleted",
                false => "flash-playlist-deleted-waiting",
            };
            Ok(Answer::done(list, Tone::Good, said(key, &name)))
        }
        Deletion::Conflict => {
            let (editor, row) = Editor::read(req, app, editor.place.admitted).await?;
            confirmation(req, &editor, &row, true).map(Answer::Page)
        }
    }
}

/// `changed`: somebody has saved it since the page was made that asked before.
fn confirmation(req: &HttpRequest, editor: &Editor, row: &Row, changed: bool) -> Result<HttpResponse, AppError> {
    let status = if changed { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = DeletionPage {
        shell: editor.shell(req, editor.title_below(row, "title-playlist-deletion").conflict_if(changed)),
        guild_name: editor.place.admitted.guild_name().to_owned(),
        name: row.playlist.name.clone(),
        length: length(row.playlist.length()),
        action: editor.below(row, "/deletion"),
        back_href: editor.below(row, ""),
        revision: row.revision,
        csrf_token: page::csrf_token(req),
        changed,
        absent: editor.absent(),
    };
    page::render(req, status, &page)
}
