//! Reading giveaways: a page of one state, how many of each, and one. Every query names the server.

use std::collections::HashMap;
use std::sync::LazyLock;

use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::{ChannelMarker, MessageMarker, UserMarker};

use crate::clock::Millis;
use crate::db::{Conn, counted};
use crate::ids::{self, GuildId, Snowflake, UserId};
use crate::schema::{giveaways, users};

use super::cursor::{Cursor, Way};
use super::filter::Filter;

/// Giveaways on a page.
pub(super) const PAGE: usize = 20;

pub(super) type Boxed<'q> = giveaways::BoxedQuery<'q, <Conn as Connection>::Backend>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum State {
    Scheduled,
    #[default]
    Running,
    Ended,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Running, Self::Scheduled, Self::Ended, Self::Cancelled];

    /// In the database, in addresses and in keys of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether the soonest stands first; of what is over, the newest does.
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running)
    }

    /// Picture and colour of its word.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Running => "good",
            Self::Scheduled => "note",
            Self::Ended | Self::Cancelled => "off",
        }
    }
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = giveaways)]
pub(super) struct Row {
    pub id: String,
    pub state: String,
    /// Empty: nobody has said it yet.
    pub prize: String,
    pub channel_id: Option<Snowflake<ChannelMarker>>,
    pub message_id: Option<Snowflake<MessageMarker>>,
    pub host_id: Option<Snowflake<UserMarker>>,
    pub host_name: Option<String>,
    pub winners: i32,
    pub entries: i64,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub closed_at: Option<Millis>,
    pub reason: Option<String>,
    pub winner_ids: String,
    pub earlier_winner_ids: String,
    pub body: Option<String>,
    pub revision: i64,
    entry_ms: Millis,
    seen_at: Millis,
}

impl Row {
    /// The bot refused it, or was never told of it.
    pub fn never_began(&self) -> bool {
        self.state() == State::Cancelled && self.seen_at == 0 && self.entry_ms == 0
    }

    /// Its state in keys of words.
    pub fn word(&self) -> &'static str {
        if self.never_began() { "failed" } else { self.state().as_str() }
    }

    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or_default()
    }

    /// The time by which its list is ordered.
    pub fn moment(&self) -> Millis {
        match self.state() {
            State::Scheduled => self.starts_at,
            State::Running => self.ends_at,
            State::Ended | State::Cancelled => self.closed_at.unwrap_or(self.ends_at),
        }
    }

    pub fn winner_list(&self) -> Vec<UserId> {
        people(&self.winner_ids)
    }

    /// Everybody who has ever won it, the winners of now first.
    pub fn all_winners(&self) -> Vec<UserId> {
        let mut all = self.winner_list();
        for id in people(&self.earlier_winner_ids) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// What is stored of a giveaway, in the shape of its form's values: the dashboard's own body, with what the bot has
    /// said since.
    pub fn stored(&self) -> Value {
        let body = self.body.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let mut value: Value = body.filter(Value::is_object).unwrap_or_else(|| json!({}));
        value["prize"] = json!(self.prize);
        value["winners"] = json!(self.winners);
        value["startsAt"] = json!(self.starts_at);
        value["endsAt"] = json!(self.ends_at);
        if let Some(channel) = self.channel_id.and_then(Snowflake::id) {
            value["channelId"] = json!(channel.to_string());
        }
        for (name, default) in [
            ("description", json!("")),
            ("notes", json!("")),
            ("requiredRoleIds", json!([])),
            ("requiredRoleMode", json!("any")),
            ("blockedRoleIds", json!([])),
            ("minAccountAgeDays", json!(0)),
            ("minMemberDays", json!(0)),
            ("bonusEntries", json!([])),
            ("boosterBonusEntries", json!(0)),
        ] {
            if value.get(name).is_none() {
                value[name] = default;
            }
        }
        value
    }
}

fn people(list: &str) -> Vec<UserId> {
    let ids: Vec<String> = serde_json::from_str(list).unwrap_or_default();
    ids.iter().filter_map(|id| ids::parse(id)).collect()
}

fn of<'q>(guild: GuildId) -> Boxed<'q> {
    giveaways::table.filter(giveaways::guild_id.eq(Snowflake::from(guild))).into_boxed()
}

/// A page of one state's list.
#[derive(Debug)]
pub(super) struct Found {
    pub rows: Vec<Row>,
    /// Whether there are ones in front, and behind.
    pub before: bool,
    pub after: bool,
}

/// Rows in the order of the index that holds this state's time, from a cursor on. The first condition lets the
/// index begin there; the second one leaves out what was seen of the same moment.
macro_rules! in_order {
    ($rows:expr, $time:expr, $cursor:expr, $ascending:expr) => {{
        let rows = match ($cursor, $ascending) {
            (None, _) => $rows,
            (Some((at, id)), true) => $rows.filter($time.ge(at).and($time.gt(at).or(giveaways::id.gt(id)))),
            (Some((at, id)), false) => $rows.filter($time.le(at).and($time.lt(at).or(giveaways::id.lt(id)))),
        };
        match $ascending {
            true => rows.order(($time.asc(), giveaways::id.asc())),
            false => rows.order(($time.desc(), giveaways::id.desc())),
        }
    }};
}

/// One query; two when it turns out that the first page is asked for.
pub(super) fn page(conn: &mut Conn, guild: GuildId, filter: &Filter, cursor: &Cursor) -> QueryResult<Found> {
    let found = ordered(guild, filter, cursor).limit(PAGE as i64 + 1).select(Row::as_select());
    let mut rows: Vec<Row> = found.load(conn)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    match cursor {
        Cursor::First => Ok(Found { rows, before: false, after: more }),
        Cursor::At { way: Way::On, .. } => Ok(Found { rows, before: true, after: more }),
        Cursor::At { way: Way::Back, .. } if !more => page(conn, guild, filter, &Cursor::First),
        Cursor::At { way: Way::Back, .. } => {
            rows.reverse();
            Ok(Found { rows, before: true, after: true })
        }
    }
}

/// The rows of a filter's list behind (or in front of) a cursor, the nearest first.
pub(super) fn ordered<'q>(guild: GuildId, filter: &Filter, cursor: &Cursor) -> Boxed<'q> {
    let rows = filter.narrow(of(guild));
    let (at, back) = match cursor {
        Cursor::First => (None, false),
        Cursor::At { at, id, way } => (Some((*at, id.clone())), *way == Way::Back),
    };
    let ascending = filter.state.is_ahead() != back;
    match filter.state {
        State::Scheduled => in_order!(rows, giveaways::starts_at, at, ascending),
        State::Running => in_order!(rows, giveaways::ends_at, at, ascending),
        State::Ended | State::Cancelled => in_order!(rows, giveaways::closed_at, at, ascending),
    }
}

static COUNTING: LazyLock<String> = LazyLock::new(|| counted::statement("giveaways", &State::ALL.map(State::as_str)));

/// How many there are of each state, as far as anybody counts.
pub(super) fn counts(conn: &mut Conn, guild: GuildId) -> QueryResult<HashMap<State, i64>> {
    let counts = counted::count(conn, &COUNTING, guild)?;
    Ok(counts.into_iter().filter_map(|(state, count)| Some((State::parse(&state)?, count))).collect())
}

/// One giveaway of this server.
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: &str) -> QueryResult<Option<Row>> {
    of(guild).filter(giveaways::id.eq(id.to_owned())).select(Row::as_select()).first(conn).optional()
}

/// The names of people, as far as they have ever been here.
pub(super) fn names(conn: &mut Conn, people: &[UserId]) -> QueryResult<HashMap<UserId, String>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Snowflake<UserMarker>> = people.iter().map(|id| Snowflake::from(*id)).collect();
    let rows: Vec<(Snowflake<UserMarker>, String, Option<String>)> = users::table
        .filter(users::id.eq_any(ids))
        .select((users::id, users::username, users::global_name))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, name, shown)| Some((id.id()?, shown.unwrap_or(name)))).collect())
}
