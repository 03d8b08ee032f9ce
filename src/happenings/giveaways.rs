//! Giveaways: begun, entered, changed, ended, drawn again, cancelled.
//!
//! One that was made in the dashboard is completed by what the bot says of it; what its form holds is not touched.

mod endings;

use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};

use super::Activity;
use super::happening::{Happening, Verdict, differing, fill, set};
use super::winners::Winners;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::events::{Said, Standing, Turn, folded};
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::giveaways;

const LONGEST_PRIZE: usize = 256;
const LONGEST_NAME: usize = 100;
const WINNERS: std::ops::RangeInclusive<i32> = 1..=20;
const ENTRIES: std::ops::RangeInclusive<i64> = 0..=100_000_000;

/// A row as far as the bot says it.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = giveaways, primary_key(guild_id, id))]
pub(super) struct Giveaway {
    pub guild_id: Snowflake<GuildMarker>,
    pub id: String,
    pub state: String,
    /// Empty: nobody has said it yet.
    pub prize: String,
    pub prize_folded: String,
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
    pub seq: Option<i64>,
    pub entry_ms: Millis,
    pub seen_at: Millis,
    pub touched_at: Millis,
}

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let Some(id) = said.key("giveawayId") else { return Ok(Verdict::Malformed) };
    let kind = happening.event.kind.as_str();
    let begins = matches!(kind, "GIVEAWAY_START" | "GIVEAWAY_CREATE");
    if begins && !Giveaway::is_whole(happening, said) {
        return Ok(Verdict::Malformed);
    }
    let before = Giveaway::load(conn, happening.guild, &id)?;
    let mut giveaway = before.clone().unwrap_or_else(|| Giveaway::unknown(happening, id));
    let (turn, at) = (happening.turn(giveaway.standing()), happening.at);
    match kind {
        "GIVEAWAY_ENTRY" => giveaway.is_entered(said, turn, at),
        "GIVEAWAY_UPDATE" => giveaway.changes(happening, said, turn),
        "GIVEAWAY_END" => giveaway.ends(said, turn, at),
        "GIVEAWAY_REROLL" => giveaway.is_drawn_again(said, turn, at),
        "GIVEAWAY_CANCEL" => giveaway.is_cancelled(said, turn, at),
        _ => giveaway.begins(happening, said, turn),
    }
    if kind.ends_with("_END") || kind.ends_with("_CANCEL") {
        giveaway.fill_prize(said);
    }
    giveaway.seq = giveaway.standing().seq_after(happening.event.seq);
    if let Some(activity) = activity(before.as_ref(), &giveaway, kind) {
        happening.happened(conn, &activity)?;
    }
    giveaway.keep(conn, before.as_ref(), happening)?;
    Ok(Verdict::Taken)
}

/// What the feed tells of it: only what has changed.
fn activity(before: Option<&Giveaway>, after: &Giveaway, kind: &str) -> Option<Activity> {
    let (id, prize) = (after.id.clone(), after.prize.clone());
    let winners = after.winner_lists().now.len();
    let was = before.map_or("", |before| before.state.as_str());
    match kind {
        "GIVEAWAY_START" | "GIVEAWAY_CREATE"
            if before.is_none_or(|before| before.prize.is_empty())
                || was == "scheduled" && after.state == "running" =>
        {
            Some(Activity::GiveawayStarted { id, prize })
        }
        "GIVEAWAY_END" if was != "ended" && after.state == "ended" => {
            Some(Activity::GiveawayEnded { id, prize, winners })
        }
        "GIVEAWAY_REROLL" if before.is_none_or(|before| before.winner_ids != after.winner_ids) => {
            Some(Activity::GiveawayRerolled { id, prize, winners })
        }
        "GIVEAWAY_CANCEL" if was != "cancelled" && after.state == "cancelled" => {
            Some(Activity::GiveawayCancelled { id, prize })
        }
        _ => None,
    }
}

impl Giveaway {
    pub fn load(conn: &mut Conn, guild: Snowflake<GuildMarker>, id: &str) -> QueryResult<Option<Self>> {
        let row = giveaways::table.filter(giveaways::guild_id.eq(guild).and(giveaways::id.eq(id)));
        on_each!(conn, c => first(row.select(Self::as_select())).get_result(c)).optional()
    }

    /// Whether everything is said that one begins with.
    pub fn is_whole(happening: &Happening<'_>, said: Said<'_>) -> bool {
        said.line("prize", LONGEST_PRIZE).is_some() && said.plan("endTime", happening.now).is_some()
    }

    /// One of which only the id is known.
    pub fn unknown(happening: &Happening<'_>, id: String) -> Self {
        Self {
            guild_id: happening.guild,
            id,
            state: "running".into(),
            prize: String::new(),
            prize_folded: String::new(),
            channel_id: None,
            message_id: None,
            host_id: None,
            host_name: None,
            winners: 1,
            entries: 0,
            starts_at: happening.at,
            ends_at: happening.at,
            closed_at: None,
            reason: None,
            winner_ids: "[]".into(),
            earlier_winner_ids: "[]".into(),
            seq: None,
            entry_ms: 0,
            seen_at: 0,
            touched_at: happening.now,
        }
    }

    pub fn standing(&self) -> Standing {
        Standing { seq: self.seq, entry_ms: self.entry_ms }
    }

    fn is_closed(&self) -> bool {
        matches!(self.state.as_str(), "ended" | "cancelled")
    }

    fn winner_lists(&self) -> Winners {
        Winners::read(&self.winner_ids, &self.earlier_winner_ids)
    }

    /// Only a change says that it is another one.
    fn fill_prize(&mut self, said: Said<'_>) {
        if self.prize.is_empty() {
            self.prize = said.line("prize", LONGEST_PRIZE).unwrap_or_default();
            self.prize_folded = folded(&self.prize);
        }
    }

    /// It has begun, or will.
    pub fn begins(&mut self, happening: &Happening<'_>, said: Said<'_>, turn: Turn) {
        if self.prize.is_empty() {
            let starts_at = said.plan("startsAt", happening.now).unwrap_or(happening.at);
            if self.state == "running" && starts_at > happening.now {
                self.state = "scheduled".into();
            }
            self.starts_at = starts_at;
            self.ends_at = said.plan("endTime", happening.now).unwrap_or(self.ends_at);
            self.winners = said.small("winners", WINNERS).unwrap_or(self.winners);
        } else if self.state == "scheduled" && self.has_started(happening) {
            self.state = "running".into();
        }
        self.fill_prize(said);
        fill(&mut self.channel_id, said.id("channelId"), turn);
        fill(&mut self.message_id, said.id("messageId"), turn);
        fill(&mut self.host_id, said.id("hostId"), turn);
        fill(&mut self.host_name, said.line("hostName", LONGEST_NAME), turn);
        self.count(said, turn);
        self.shows_itself(turn, happening.at);
    }

    /// A bot may also tell that it has been told of one that begins later.
    fn has_started(&self, happening: &Happening<'_>) -> bool {
        happening.event.kind != "GIVEAWAY_CREATE" || self.starts_at <= happening.now
    }

    /// How it is now, as far as it is said.
    pub fn changes(&mut self, happening: &Happening<'_>, said: Said<'_>, turn: Turn) {
        self.shows_itself(turn, happening.at);
        if turn == Turn::Older {
            return;
        }
        if let Some(prize) = said.line("prize", LONGEST_PRIZE) {
            self.prize_folded = folded(&prize);
            self.prize = prize;
        }
        self.ends_at = said.plan("endTime", happening.now).unwrap_or(self.ends_at);
        self.winners = said.small("winners", WINNERS).unwrap_or(self.winners);
        self.entries = said.number("entries", ENTRIES).unwrap_or(self.entries);
        set(&mut self.channel_id, said.id("channelId"), turn);
        set(&mut self.message_id, said.id("messageId"), turn);
        set(&mut self.host_id, said.id("hostId"), turn);
        set(&mut self.host_name, said.line("hostName", LONGEST_NAME), turn);
    }

    fn is_entered(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        self.count(said, turn);
        self.shows_itself(turn, at);
    }

    /// Of two counts without a number the larger is the later one.
    fn count(&mut self, said: Said<'_>, turn: Turn) {
        let Some(entries) = said.number("entries", ENTRIES) else { return };
        self.entries = match turn {
            Turn::Newer => entries,
            Turn::Unnumbered => self.entries.max(entries),
            Turn::Older => self.entries,
        };
    }

    /// A sign that it is there.
    pub fn shows_itself(&mut self, turn: Turn, at: Millis) {
        self.seen_at = self.seen_at.max(at);
        let nobody_closed_it = self.entry_ms == 0 && self.closed_at.is_some_and(|closed_at| at > closed_at);
        if self.is_closed() && (turn == Turn::Newer || (turn == Turn::Unnumbered && nobody_closed_it)) {
            self.state = "running".into();
            (self.closed_at, self.reason) = (None, None);
        }
    }

    /// Writes it down, if anything has changed.
    pub fn keep(mut self, conn: &mut Conn, before: Option<&Self>, happening: &mut Happening<'_>) -> QueryResult<()> {
        match before {
            Some(before) if *before == self => return Ok(()),
            Some(before) => {
                self.touched_at = happening.now;
                let row = giveaways::guild_id.eq(self.guild_id).and(giveaways::id.eq(&self.id));
                let set = differing!(giveaways, before, self, [
                    state prize prize_folded channel_id message_id host_id host_name winners entries starts_at
                    ends_at closed_at reason winner_ids earlier_winner_ids seq entry_ms seen_at touched_at
                ]);
                on_each!(conn, c => diesel::update(giveaways::table.filter(row)).set(set).execute(c))?;
            }
            None => {
                let row = (&self, giveaways::revision.eq(0_i64));
                on_each!(conn, c => diesel::insert_into(giveaways::table).values(row).execute(c))?;
            }
        }
        happening.tell(Topic::Giveaways);
        Ok(())
    }
}
