//! One event of one server while it is taken in.

use std::collections::BTreeSet;

use diesel::prelude::*;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Activity;
use super::activities;
use crate::changes::news::{Told, Topic};
use crate::clock::Millis;
use crate::db::Conn;
use crate::events::{Arrived, Event, Said, Standing, Turn};
use crate::ids::{GuildId, Snowflake};

/// What waited for longer than this is history, and no news for an open page.
const NEWS: Millis = 60_000;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Taken,
    /// It lacks what its type must say.
    Malformed,
}

pub(super) struct Happening<'a> {
    pub arrived: &'a Arrived,
    pub event: &'a Event,
    pub said: Said<'a>,
    pub guild: Snowflake<GuildMarker>,
    /// When it came to Redis, as near as that is known; at least 1.
    pub at: Millis,
    pub now: Millis,
    guild_id: GuildId,
    told: BTreeSet<Told>,
}

impl<'a> Happening<'a> {
    pub fn new(arrived: &'a Arrived, guild: GuildId, now: Millis) -> Self {
        Self {
            arrived,
            event: &arrived.event,
            said: arrived.event.said(),
            guild: guild.into(),
            at: arrived.at(now).max(1),
            now,
            guild_id: guild,
            told: BTreeSet::new(),
        }
    }

    /// The person the event is about: named in `data`, else in the envelope.
    pub fn user(&self) -> Option<Snowflake<UserMarker>> {
        let envelope = || self.event.user_id.as_deref().and_then(crate::ids::parse).map(Snowflake::from);
        self.said.id("userId").or_else(envelope)
    }

    pub fn turn(&self, standing: Standing) -> Turn {
        standing.turn(self.event.seq)
    }

    /// A list has changed.
    pub fn tell(&mut self, topic: Topic) {
        self.told.insert(Told { guild: self.guild_id, topic, id: String::new() });
    }

    /// Writes it into the feed.
    pub fn happened(&mut self, conn: &mut Conn, activity: &Activity) -> QueryResult<()> {
        let id = activities::record(conn, self, activity)?;
        self.tell(Topic::Activity);
        if activity.is_news() && self.now - self.at < NEWS {
            self.told.insert(Told { guild: self.guild_id, topic: Topic::Activity, id });
        }
        Ok(())
    }

    pub fn into_told(self) -> Vec<Told> {
        self.told.into_iter().collect()
    }
}

/// Takes a value where there is none yet, or where the event says how things are now.
pub(super) fn fill<T>(slot: &mut Option<T>, value: Option<T>, turn: Turn) {
    if value.is_some() && (slot.is_none() || turn == Turn::Newer) {
        *slot = value;
    }
}

/// Takes a value unless the event is older than what is there.
pub(super) fn set<T>(slot: &mut Option<T>, value: Option<T>, turn: Turn) {
    if value.is_some() && (slot.is_none() || turn != Turn::Older) {
        *slot = value;
    }
}

/// The columns in which two rows differ, for an update of nothing else: it leaves the indexes of all others alone.
macro_rules! differing {
    ($table:ident, $before:expr, $after:expr, [$($column:ident)+]) => {
        ($(($before.$column != $after.$column).then(|| $table::$column.eq(&$after.$column)),)+)
    };
}
pub(super) use differing;
