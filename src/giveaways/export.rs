//! `GET /guilds/{guild_id}/giveaways/export?format=csv|json`: what a list shows, all pages of it, as a file that is
//! sent while it is made. The secret prize is nowhere it could come from, and a channel that the person cannot see is
//! not told by its id either.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use futures_util::stream;
use serde_json::{Value, json};

use crate::accounts::allowance;
use crate::db::{Db, DbError};
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::ids::{GuildId, Snowflake};
use crate::modules::Giveaway;
use crate::server_page::ServerPage;
use crate::settings::scene::{In, Settings};
use crate::web::limits::Limits;
use crate::web::words::Message;
use crate::web::{csv, download, page};

use super::cursor::Cursor;
use super::filter::Filter;
use super::list;
use super::plan::iso;
use super::rows::{self, Row};

/// Rows that are held in memory at a time.
const PIECE: i64 = 500;
const COLUMNS: [&str; 15] = [
    "id",
    "state",
    "prize",
    "channel_id",
    "message_id",
    "host_id",
    "host_name",
    "winners",
    "entries",
    "starts_at",
    "ends_at",
    "closed_at",
    "reason",
    "winner_ids",
    "earlier_winner_ids",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
}

pub async fn export(
    req: HttpRequest,
    access: GuildAccess<View, In<Giveaway>>,
    app: Data<Settings>,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let format = match pairs.iter().find(|(name, _)| name == "format").map(|(_, value)| value.as_str()) {
        None | Some("csv") => Format::Csv,
        Some("json") => Format::Json,
        Some(_) => return Err(Trouble::Unreadable(Message::new("giveaways-no-such-format")).into()),
    };
    let filter = Filter::read(&pairs, page::words(&req).zone());
    // A file with other rows than those that were asked for would not show it.
    if filter.strange {
        return Err(Trouble::Unreadable(Message::new("giveaways-strange-export")).into());
    }
    let (guild, person) = (access.admitted.guild, access.admitted.person.id);
    allowance::take(&app.db, &app.clock, &limits, person).await?;
    tracing::info!(event = "export", user.id = %person, guild.id = %guild, what = "giveaways", "giveaways exported");
    let state = filter.state.as_str();
    let (ending, content_type) = match format {
        Format::Csv => ("csv", "text/csv; charset=utf-8"),
        Format::Json => ("json", "application/json"),
    };
    let job = Job { db: app.db.clone(), place: ServerPage::new(&req, &app, access.admitted), guild, filter, format };
    Ok(download::attachment(&format!("guildhall-{guild}-giveaways-{state}.{ending}"), content_type, job.pieces()))
}

struct Job {
    db: Db,
    /// What the person may see.
    place: ServerPage,
    guild: GuildId,
    filter: Filter,
    format: Format,
}

/// Where a file being made stands.
enum At {
    Begin,
    Behind { cursor: Cursor, first: bool },
    Done,
}

impl Job {
    fn pieces(self) -> impl stream::Stream<Item = Result<Bytes, AppError>> {
        stream::try_unfold((self, At::Begin), |(job, at)| async move {
            let (cursor, first, mut piece) = match at {
                At::Done => return Ok(None),
                At::Begin => (Cursor::First, true, job.head()),
                At::Behind { cursor, first } => (cursor, first, Vec::new()),
            };
            let (guild, filter) = (job.guild, job.filter.clone());
            let rows = job.db.run(move |conn| {
                let rows = rows::ordered(guild, &filter, &cursor).limit(PIECE).select(Row::as_select());
                Ok::<Vec<Row>, DbError>(rows.load(conn)?)
            });
            let rows = rows.await?;
            for (place, row) in rows.iter().enumerate() {
                job.write(&mut piece, row, first && place == 0);
            }
            let next = match rows.last() {
                Some(last) if rows.len() as i64 == PIECE => At::Behind { cursor: Cursor::behind(last), first: false },
                _ => {
                    if job.format == Format::Json {
                        piece.extend(b"\n]\n");
                    }
                    At::Done
                }
            };
            Ok(Some((Bytes::from(piece), (job, next))))
        })
    }

    fn head(&self) -> Vec<u8> {
        let mut head = Vec::new();
        match self.format {
            Format::Csv => csv::line(&mut head, COLUMNS),
            Format::Json => head.extend(b"["),
        }
        head
    }

    fn write(&self, into: &mut Vec<u8>, row: &Row, first: bool) {
        let cells = cells(row, !list::is_out_of_sight(&self.place, row));
        if self.format == Format::Csv {
            let texts: Vec<String> = cells.iter().map(in_a_cell).collect();
            return csv::line(into, texts.iter().map(String::as_str));
        }
        let object: serde_json::Map<String, Value> = COLUMNS.iter().map(|name| (*name).to_owned()).zip(cells).collect();
        into.extend(if first { "\n" } else { ",\n" }.bytes());
        into.extend(Value::Object(object).to_string().bytes());
    }
}

/// In the order of the columns. `seen`: whether the person may know where it is.
fn cells(row: &Row, seen: bool) -> [Value; 15] {
    let people = |list: Vec<crate::ids::UserId>| json!(list.iter().map(ToString::to_string).collect::<Vec<_>>());
    let id = |id: Option<String>| id.map_or(Value::Null, Value::String);
    let current = row.winner_list();
    let earlier = row.all_winners().into_iter().filter(|one| !current.contains(one)).collect();
    [
        json!(row.id),
        json!(row.state),
        json!(row.prize),
        id(row.channel_id.filter(|_| seen).and_then(Snowflake::id).map(|id| id.to_string())),
        id(row.message_id.filter(|_| seen).and_then(Snowflake::id).map(|id| id.to_string())),
        id(row.host_id.and_then(Snowflake::id).map(|id| id.to_string())),
        json!(row.host_name),
        json!(row.winners),
        json!(row.entries),
        json!(iso(row.starts_at)),
        json!(iso(row.ends_at)),
        json!(row.closed_at.map(iso)),
        json!(row.reason),
        people(current),
        people(earlier),
    ]
}

fn in_a_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
