//! The player: what plays now, and the last tracks.

use diesel::prelude::*;
use twilight_model::id::marker::UserMarker;

use crate::accounts::{self, Names};
use crate::changes::line::TimeText;
use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::tracks;
use crate::web::words::Words;

const MOST: i64 = 50;
/// A track that should have been over for longer than this plays no more: the bot did not say so.
const OVERDUE: Millis = 10 * 60 * 1000;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = tracks)]
struct Row {
    title: String,
    url: Option<String>,
    requested_by: Option<Snowflake<UserMarker>>,
    seconds: Option<i64>,
    started_at: Millis,
    ended_at: Option<Millis>,
}

/// A track as pages show it.
#[derive(Clone, Debug)]
pub struct Track {
    pub title: String,
    /// https only.
    pub url: Option<String>,
    pub requested_by: Option<String>,
    /// `4:58`
    pub length: Option<String>,
    pub started: TimeText,
}

#[derive(Clone, Debug)]
pub struct Player {
    pub now: Option<Track>,
    pub before: Vec<Track>,
}

/// What is known of a server's tracks, the newest first.
pub(super) struct Read {
    rows: Vec<Row>,
    names: Names,
}

/// Two queries.
pub(super) fn read(conn: &mut Conn, guild: GuildId) -> QueryResult<Read> {
    let rows: Vec<Row> = tracks::table
        .filter(tracks::guild_id.eq(Snowflake::from(guild)))
        .order((tracks::started_at.desc(), tracks::id.desc()))
        .limit(MOST)
        .select(Row::as_select())
        .load(conn)?;
    let names = accounts::names(conn, rows.iter().filter_map(|row| row.requested_by))?;
    Ok(Read { rows, names })
}

impl Player {
    pub(super) fn new(read: &Read, words: &Words, now: Millis) -> Self {
        let plays = read.rows.first().is_some_and(|row| row.plays(now));
        let mut tracks = read.rows.iter().map(|row| row.track(&read.names, words));
        Self { now: if plays { tracks.next() } else { None }, before: tracks.collect() }
    }
}

impl Row {
    fn plays(&self, now: Millis) -> bool {
        let overdue = self.seconds.is_some_and(|seconds| now > self.started_at + seconds * 1000 + OVERDUE);
        self.ended_at.is_none() && !overdue
    }

    fn track(&self, names: &Names, words: &Words) -> Track {
        Track {
            title: self.title.clone(),
            url: self.url.clone(),
            requested_by: self.requested_by.and_then(Snowflake::id).map(|id| names.of(id, words)),
            length: self.seconds.map(length),
            started: TimeText::new(self.started_at, words),
        }
    }
}

/// As players write it.
fn length(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_length_reads_as_players_write_it() {
        assert_eq!([length(5), length(298), length(3_725)], ["0:05", "4:58", "1:02:05"]);
    }
}
