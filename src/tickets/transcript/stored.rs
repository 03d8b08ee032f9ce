//! Reading a transcript's parts. Every query names the server.

use diesel::prelude::*;
use serde_json::Value;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::transcripts;
use crate::web::words::{Message, Words};

use super::message::Said;

/// How long a transcript is kept, if its ticket is.
const KEPT: Millis = 90 * 24 * 60 * 60 * 1000;
/// Parts at most, as `happenings` takes them in.
const PARTS: i64 = 1_000;
/// Messages at most.
const MESSAGES: usize = 10_000;

/// How much of a transcript there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub there: usize,
    pub all: usize,
    /// When the first part came.
    pub taken_at: Millis,
}

impl Arrived {
    /// None: nothing of it is there.
    pub fn of(conn: &mut Conn, guild: GuildId, ticket: &str) -> QueryResult<Option<Self>> {
        let rows: Vec<(i32, Millis)> = transcripts::table
            .filter(transcripts::guild_id.eq(Snowflake::from(guild)))
            .filter(transcripts::ticket_id.eq(ticket.to_owned()))
            .select((transcripts::parts, transcripts::taken_at))
            .limit(PARTS)
            .load(conn)?;
        Ok(Self::sum(&rows))
    }

    fn sum(rows: &[(i32, Millis)]) -> Option<Self> {
        let taken_at = rows.iter().map(|(_, at)| *at).min()?;
        let said = rows.iter().map(|(parts, _)| usize::try_from(*parts).unwrap_or(0)).max().unwrap_or(0);
        Some(Self { there: rows.len(), all: said.clamp(rows.len(), PARTS as usize), taken_at })
    }

    /// `end`: until when the ticket is kept, if there is an end.
    fn kept_until(self, end: Option<Millis>) -> Millis {
        let own = self.taken_at.saturating_add(KEPT);
        end.map_or(own, |end| own.min(end))
    }

    pub fn in_words(self, end: Option<Millis>, words: &Words) -> Message {
        let key = if self.there < self.all { "transcript-incomplete" } else { "transcript-complete" };
        let message = Message::new(key).number("there", self.there).number("all", self.all);
        message.text("date", words.time(self.kept_until(end)))
    }
}

/// A part as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = transcripts)]
pub struct Part {
    pub part: i32,
    pub parts: i32,
    pub body: String,
    pub taken_at: Millis,
}

/// Everything there is of one, in order.
pub fn read(conn: &mut Conn, guild: GuildId, ticket: &str) -> QueryResult<Vec<Part>> {
    transcripts::table
        .filter(transcripts::guild_id.eq(Snowflake::from(guild)))
        .filter(transcripts::ticket_id.eq(ticket.to_owned()))
        .order(transcripts::part.asc())
        .limit(PARTS)
        .select(Part::as_select())
        .load(conn)
}

/// What a transcript holds.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    pub arrived: Option<Arrived>,
    pub messages: Vec<Said>,
    /// What is missing, and before which message; as many as there are: at the end.
    pub gaps: Vec<(usize, Message)>,
}

impl Transcript {
    /// Parts are counted from 1; a bot that counts from 0 is understood, too.
    pub fn of(parts: Vec<Part>) -> Self {
        let rows: Vec<_> = parts.iter().map(|part| (part.parts, part.taken_at)).collect();
        let Some(arrived) = Arrived::sum(&rows) else { return Self::default() };
        let first = if parts.first().is_some_and(|part| part.part == 0) { 0 } else { 1 };
        let last = first + i32::try_from(arrived.all).unwrap_or(i32::MAX) - 1;
        let mut transcript = Self { arrived: Some(arrived), ..Self::default() };
        let mut next = first;
        for part in parts {
            transcript.missing(first, next, part.part.saturating_sub(1), last);
            transcript.take(&part, part.part.saturating_sub(first).saturating_add(1));
            next = part.part.saturating_add(1).max(first);
        }
        transcript.missing(first, next, last, last);
        transcript
    }

    fn missing(&mut self, first: i32, from: i32, to: i32, last: i32) {
        let to = to.min(last);
        let about = |key| Message::new(key).number("from", from - first + 1).number("to", to - first + 1);
        let message = match to.saturating_sub(from) {
            ..0 => return,
            0 => about("transcript-missing"),
            _ => about("transcript-missing-many"),
        };
        self.gaps.push((self.messages.len(), message.number("all", last - first + 1)));
    }

    fn take(&mut self, part: &Part, number: i32) {
        let read = match serde_json::from_str(&part.body) {
            Ok(Value::Array(messages)) => messages,
            _ => {
                let message = Message::new("transcript-unreadable").number("part", number);
                return self.gaps.push((self.messages.len(), message));
            }
        };
        let mut broken = 0;
        for value in read {
            match Said::read(&value) {
                Some(_) if self.messages.len() >= MESSAGES => break,
                Some(said) => self.messages.push(said),
                None => broken += 1,
            }
        }
        if broken > 0 {
            self.gaps.push((self.messages.len(), Message::new("transcript-broken").number("count", broken)));
        }
    }
}
