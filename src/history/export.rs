//! `GET /guilds/{guild_id}/changes/export`: the list as a file, with its filters, read and sent a few changes at a
//! time.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::Stream;
use futures_util::stream::try_unfold;

use crate::accounts::allowance;
use crate::changes::Seen;
use crate::db::{Db, DbError};
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::server_page::ServerPage;
use crate::settings::module::Module;
use crate::settings::scene::Settings;
use crate::web::download;
use crate::web::limits::Limits;
use crate::web::words::Message;

use super::cursor::{self, Cursor};
use super::filter::Filter;
use super::record::{self, Record};
use super::rows::{self, Row};
use super::scenery;

/// Changes that are in memory at a time: a change can be some hundred kilobytes.
const PIECE: i64 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    fn read(pairs: &[(String, String)]) -> Option<Self> {
        let asked = pairs.iter().find(|(name, _)| name == "format").map(|(_, value)| value.as_str())?;
        Self::ALL.into_iter().find(|format| format.as_str() == asked)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }
}

/// What a link to the file is called, and its address.
pub(super) fn link(page: &ServerPage, filter: &Filter, format: Format) -> (String, String) {
    let list = page.href("/changes/export");
    let href = cursor::href(&list, filter, Some(("format", format.as_str())));
    (page.words.t(&format!("history-export-{}", format.as_str())), href)
}

pub async fn export(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let unknown = |key| AppError::from(Trouble::Unreadable(Message::new(key)));
    let format = Format::read(&pairs).ok_or_else(|| unknown("history-export-format"))?;
    let seen = Seen::by(&access.admitted.rights);
    let filter = Filter::read(&pairs).within(&seen);
    // The list leaves out what it cannot understand and says so; a file could not say it.
    if filter.strange {
        return Err(unknown("history-export-strange"));
    }
    let admitted = access.admitted;
    allowance::take(&app.db, &app.clock, &limits, admitted.person.id).await?;
    let (user, guild) = (admitted.person.id, admitted.guild);
    let page = ServerPage::new(&req, &app, admitted);
    let source = Source { db: app.db.clone(), modules: app.modules, page, seen, filter, format };
    let first = source.read(Cursor::Newest).await?;
    tracing::info!(event = "export", user.id = %user, guild.id = %guild, what = "changes", format = format.as_str(), "changes exported");
    let name = format!("guildhall-{guild}-changes.{}", format.as_str());
    Ok(download::attachment(&name, format.content_type(), pieces(source, first)))
}

/// What a file is made from.
struct Source {
    db: Db,
    modules: &'static [Module],
    page: ServerPage,
    seen: Seen,
    filter: Filter,
    format: Format,
}

/// How far a file has come.
enum Step {
    First(Vec<Row>),
    Behind(Cursor),
    Done,
}

fn pieces(source: Source, first: Vec<Row>) -> impl Stream<Item = Result<Bytes, AppError>> {
    try_unfold((source, Step::First(first)), |(source, step)| async move {
        let (rows, is_first) = match step {
            Step::First(rows) => (rows, true),
            Step::Behind(cursor) => (source.read(cursor).await?, false),
            Step::Done => return Ok(None),
        };
        let next = match rows.last() {
            Some(last) if rows.len() as i64 == PIECE => Step::Behind(Cursor::behind(last)),
            _ => Step::Done,
        };
        let piece = source.piece(&rows, is_first, matches!(next, Step::Done))?;
        Ok(Some((piece, (source, next))))
    })
}

impl Source {
    async fn read(&self, cursor: Cursor) -> Result<Vec<Row>, AppError> {
        let (guild, seen, filter) = (self.page.admitted.guild, self.seen.clone(), self.filter.clone());
        let read = self.db.run(move |conn| Ok::<_, DbError>(rows::next(conn, guild, &seen, &filter, cursor, PIECE)?));
        Ok(read.await?)
    }

    fn piece(&self, rows: &[Row], is_first: bool, is_last: bool) -> Result<Bytes, AppError> {
        let mut bytes = Vec::new();
        if is_first {
            bytes.extend(record::head(self.format));
        }
        for (place, row) in rows.iter().enumerate() {
            let told = scenery::told(&self.page, self.modules, row);
            let record = Record::of(&self.page, row, &told);
            let written = record.write(self.format, is_first && place == 0, &mut bytes);
            written.map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
        }
        if is_last {
            bytes.extend(record::tail(self.format));
        }
        Ok(bytes.into())
    }
}
