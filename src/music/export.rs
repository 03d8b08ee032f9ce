//! `GET …/playlists/{playlist_id}/export`: a playlist as a file: JSON, or with `?format=text` its addresses, one a
//! line, as the import takes them.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::editor::Editor;
use super::playlist::Playlist;
use crate::accounts::allowance;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::modules::Music;
use crate::settings::scene::{In, Settings};
use crate::web::limits::Limits;
use crate::web::words::Message;

#[derive(Clone, Copy)]
enum Format {
    Json,
    Text,
}

impl Format {
    fn read(req: &HttpRequest) -> Result<Self, AppError> {
        let mut pairs = form_urlencoded::parse(req.query_string().as_bytes());
        match pairs.find(|(name, _)| name == "format").map(|(_, value)| value).as_deref() {
            None | Some("json") => Ok(Self::Json),
            Some("text") => Ok(Self::Text),
            Some(_) => Err(Trouble::Unreadable(Message::new("playlist-no-such-format")).into()),
        }
    }

    fn write(self, playlist: &Playlist) -> Result<String, serde_json::Error> {
        match self {
            Self::Json => Ok(serde_json::to_string_pretty(&json!(playlist))? + "\n"),
            Self::Text => Ok(playlist.tracks.iter().map(|track| format!("{}\n", track.url)).collect()),
        }
    }
}

pub async fn export(
    req: HttpRequest,
    access: GuildAccess<View, In<Music>>,
    app: Data<Settings>,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    let format = Format::read(&req)?;
    let (guild, user) = (access.admitted.guild, access.admitted.person.id);
    let (_, row) = Editor::read(&req, &app, access.admitted).await?;
    allowance::take(&app.db, &app.clock, &limits, user).await?;
    let text = format.write(&row.playlist).map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
    tracing::info!(event = "export", user.id = %user, guild.id = %guild, playlist = %row.id, "playlist exported");
    let (kind, ending) = match format {
        Format::Json => ("application/json", "json"),
        Format::Text => ("text/plain; charset=utf-8", "txt"),
    };
    let name = format!("attachment; filename=\"guildhall-{guild}-playlist-{}.{ending}\"", row.id);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}
