//! TempVoice's rooms: made, changed, gone. A room that is gone does not come back.

use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::Activity;
use super::happening::{Happening, Verdict, differing, fill, set};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::events::{Said, Standing, Turn};
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::rooms;

const LONGEST_NAME: usize = 100;
/// A voice channel's own limit, and the most that can be counted in it.
const LIMITS: std::ops::RangeInclusive<i32> = 0..=99;
const COUNTS: std::ops::RangeInclusive<i32> = 0..=100_000;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rooms, primary_key(guild_id, channel_id))]
pub(super) struct Room {
    pub guild_id: Snowflake<GuildMarker>,
    pub channel_id: Snowflake<ChannelMarker>,
    pub owner_id: Option<Snowflake<UserMarker>>,
    /// Empty: nobody has said it yet.
    pub name: String,
    pub user_limit: i32,
    pub locked: bool,
    pub members: Option<i32>,
    pub opened_at: Millis,
    pub closed_at: Option<Millis>,
    pub seq: Option<i64>,
    pub entry_ms: Millis,
    pub seen_at: Millis,
    pub touched_at: Millis,
}

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let Some(channel) = said.id("channelId") else { return Ok(Verdict::Malformed) };
    let kind = happening.event.kind.as_str();
    if kind == "VOICE_ROOM_CREATE" && said.line("name", LONGEST_NAME).is_none() {
        return Ok(Verdict::Malformed);
    }
    let before = Room::load(conn, happening.guild, channel)?;
    let mut room = before.clone().unwrap_or_else(|| Room::unknown(happening, channel));
    let turn = happening.turn(room.standing());
    match kind {
        "VOICE_ROOM_CREATE" => room.is_made(said, turn, happening.at),
        "VOICE_ROOM_UPDATE" => room.changes(said, turn, happening.at),
        _ if turn == Turn::Older => {}
        _ => {
            room.closed_at = Some(room.closed_at.map_or(happening.at, |at| at.min(happening.at)));
            room.entry_ms = room.entry_ms.max(happening.at);
        }
    }
    room.seq = room.standing().seq_after(happening.event.seq);
    let name = room.name.clone();
    let channel = channel.id().map(|id| id.to_string()).unwrap_or_default();
    let activity = match (before.as_ref(), kind) {
        (before, "VOICE_ROOM_CREATE") if before.is_none_or(|before| before.name.is_empty()) => {
            Some(Activity::RoomOpened { channel, name })
        }
        (Some(before), "VOICE_ROOM_DELETE") if before.closed_at.is_none() && room.closed_at.is_some() => {
            Some(Activity::RoomClosed { channel, name })
        }
        _ => None,
    };
    if let Some(activity) = activity {
        happening.happened(conn, &activity)?;
    }
    room.keep(conn, before.as_ref(), happening)?;
    Ok(Verdict::Taken)
}

impl Room {
    pub fn load(
        conn: &mut Conn,
        guild: Snowflake<GuildMarker>,
        channel: Snowflake<ChannelMarker>,
    ) -> QueryResult<Option<Self>> {
        let row = rooms::table.filter(rooms::guild_id.eq(guild).and(rooms::channel_id.eq(channel)));
        on_each!(conn, c => first(row.select(Self::as_select())).get_result(c)).optional()
    }

    pub fn unknown(happening: &Happening<'_>, channel: Snowflake<ChannelMarker>) -> Self {
        Self {
            guild_id: happening.guild,
            channel_id: channel,
            owner_id: None,
            name: String::new(),
            user_limit: 0,
            locked: false,
            members: None,
            opened_at: happening.at,
            closed_at: None,
            seq: None,
            entry_ms: 0,
            seen_at: 0,
            touched_at: happening.now,
        }
    }

    pub fn standing(&self) -> Standing {
        Standing { seq: self.seq, entry_ms: self.entry_ms }
    }

    fn is_made(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        if self.name.is_empty() || turn == Turn::Newer {
            self.name = said.line("name", LONGEST_NAME).unwrap_or_default();
            self.opened_at = self.opened_at.min(at);
            self.user_limit = said.small("userLimit", LIMITS).unwrap_or(self.user_limit);
            self.locked = said.flag("locked").unwrap_or(self.locked);
        }
        fill(&mut self.owner_id, said.id("ownerId"), turn);
        fill(&mut self.members, said.small("members", COUNTS), turn);
        self.shows_itself(turn, at);
    }

    /// How it is now.
    pub fn changes(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        self.shows_itself(turn, at);
        if turn == Turn::Older {
            return;
        }
        self.name = said.line("name", LONGEST_NAME).unwrap_or_else(|| std::mem::take(&mut self.name));
        self.user_limit = said.small("userLimit", LIMITS).unwrap_or(self.user_limit);
        self.locked = said.flag("locked").unwrap_or(self.locked);
        set(&mut self.owner_id, said.id("ownerId"), turn);
        set(&mut self.members, said.small("members", COUNTS), turn);
    }

    fn shows_itself(&mut self, turn: Turn, at: Millis) {
        self.seen_at = self.seen_at.max(at);
        let nobody_closed_it = self.entry_ms == 0 && self.closed_at.is_some_and(|closed_at| at > closed_at);
        if turn == Turn::Newer || (turn == Turn::Unnumbered && nobody_closed_it) {
            self.closed_at = None;
        }
    }

    /// Writes it down, if anything has changed.
    pub fn keep(mut self, conn: &mut Conn, before: Option<&Self>, happening: &mut Happening<'_>) -> QueryResult<()> {
        match before {
            Some(before) if *before == self => return Ok(()),
            Some(before) => {
                self.touched_at = happening.now;
                let row = rooms::guild_id.eq(self.guild_id).and(rooms::channel_id.eq(self.channel_id));
                let set = differing!(rooms, before, self, [
                    owner_id name user_limit locked members opened_at closed_at seq entry_ms seen_at touched_at
                ]);
                on_each!(conn, c => diesel::update(rooms::table.filter(row)).set(set).execute(c))?;
            }
            None => {
                on_each!(conn, c => diesel::insert_into(rooms::table).values(&self).execute(c))?;
            }
        }
        happening.tell(Topic::Rooms);
        Ok(())
    }
}
