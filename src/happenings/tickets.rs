//! Tickets: opened, claimed, closed, opened again, deleted.

use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::Activity;
use super::happening::{Happening, Verdict, differing, fill, set};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::events::{Said, Standing, Turn, folded};
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::tickets;

const LONGEST_NAME: usize = 100;
const LONGEST_CATEGORY: usize = 80;
const LONGEST_REASON: usize = 500;
const HIGHEST_NUMBER: i64 = 999_999_999;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tickets, primary_key(guild_id, id))]
pub(super) struct Ticket {
    pub guild_id: Snowflake<GuildMarker>,
    pub id: String,
    pub state: String,
    pub number: Option<i64>,
    pub channel_id: Option<Snowflake<ChannelMarker>>,
    pub opener_id: Option<Snowflake<UserMarker>>,
    /// Empty: nobody has said yet who opened it.
    pub opener_name: String,
    pub opener_folded: String,
    pub category: Option<String>,
    pub opened_at: Millis,
    pub claimed_by: Option<Snowflake<UserMarker>>,
    pub claimer_name: Option<String>,
    pub closed_at: Option<Millis>,
    pub closed_by: Option<Snowflake<UserMarker>>,
    pub reason: Option<String>,
    pub seq: Option<i64>,
    pub entry_ms: Millis,
    pub seen_at: Millis,
    pub touched_at: Millis,
}

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let Some(id) = happening.said.key("ticketId") else { return Ok(Verdict::Malformed) };
    let before = Ticket::load(conn, happening.guild, &id)?;
    let mut ticket = before.clone().unwrap_or_else(|| Ticket::unknown(happening, id));
    let turn = happening.turn(ticket.standing());
    let (said, at) = (happening.said, happening.at);
    match happening.event.kind.as_str() {
        "TICKET_CREATE" if !ticket.is_told(happening, said, turn) => return Ok(Verdict::Malformed),
        "TICKET_CREATE" => ticket.shows_itself(turn, at),
        "TICKET_CLAIM" if !ticket.is_claimed(said, turn) => return Ok(Verdict::Malformed),
        "TICKET_CLAIM" => ticket.shows_itself(turn, at),
        "TICKET_CLOSE" => ticket.closes(said, turn, at),
        "TICKET_REOPEN" => ticket.reopens(turn, at),
        _ => ticket.is_deleted(turn, at),
    }
    ticket.seq = ticket.standing().seq_after(happening.event.seq);
    fill(&mut ticket.channel_id, said.id("channelId"), turn);
    if let Some(activity) = activity(before.as_ref(), &ticket, &happening.event.kind) {
        happening.happened(conn, &activity)?;
    }
    ticket.keep(conn, before.as_ref(), happening)?;
    Ok(Verdict::Taken)
}

/// What the feed tells of it: only what has changed.
fn activity(before: Option<&Ticket>, after: &Ticket, kind: &str) -> Option<Activity> {
    let (id, number) = (after.id.clone(), after.number);
    let was_told = before.is_some_and(|before| !before.opener_name.is_empty());
    let moved = before.is_none_or(|before| before.state != after.state);
    match kind {
        "TICKET_CREATE" if !was_told => Some(Activity::TicketOpened { id, number, name: after.opener_name.clone() }),
        "TICKET_CLAIM" if before.is_none_or(|before| before.claimer() != after.claimer()) => {
            Some(Activity::TicketClaimed { id, number, name: after.claimer() })
        }
        "TICKET_CLOSE" if moved && after.is_closed() => Some(Activity::TicketClosed { id, number }),
        "TICKET_REOPEN" if moved && !after.is_closed() => Some(Activity::TicketReopened { id, number }),
        "TICKET_DELETE" if moved && after.is_closed() => Some(Activity::TicketDeleted { id, number }),
        _ => None,
    }
}

impl Ticket {
    pub fn load(conn: &mut Conn, guild: Snowflake<GuildMarker>, id: &str) -> QueryResult<Option<Self>> {
        let row = tickets::table.filter(tickets::guild_id.eq(guild).and(tickets::id.eq(id)));
        on_each!(conn, c => first(row.select(Self::as_select())).get_result(c)).optional()
    }

    /// What the person is called who takes care of it, if it is this one.
    pub fn name_of(&self, staff: Option<Snowflake<UserMarker>>) -> Option<&str> {
        let name = self.claimer_name.as_deref().filter(|name| !name.trim().is_empty())?;
        (staff.is_some() && self.claimed_by == staff).then_some(name)
    }

    /// One of which only the id is known.
    pub fn unknown(happening: &Happening<'_>, id: String) -> Self {
        Self {
            guild_id: happening.guild,
            id,
            state: "open".into(),
            number: None,
            channel_id: None,
            opener_id: None,
            opener_name: String::new(),
            opener_folded: String::new(),
            category: None,
            opened_at: happening.at,
            claimed_by: None,
            claimer_name: None,
            closed_at: None,
            closed_by: None,
            reason: None,
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
        matches!(self.state.as_str(), "closed" | "deleted")
    }

    fn claimer(&self) -> String {
        let id = || self.claimed_by.and_then(Snowflake::id).map(|id| id.to_string());
        self.claimer_name.clone().or_else(id).unwrap_or_default()
    }

    /// Who opened it, and what it is. False: that is not said.
    pub fn is_told(&mut self, happening: &Happening<'_>, said: Said<'_>, turn: Turn) -> bool {
        let user = said.id("userId").or_else(|| happening.user());
        let id = || user.and_then(Snowflake::id).map(|id| id.to_string());
        let Some(name) = said.line("username", LONGEST_NAME).or_else(id) else { return false };
        if self.opener_name.is_empty() || turn == Turn::Newer {
            self.opener_folded = folded(&name);
            self.opener_name = name;
            self.opened_at = said.moment("createdAt", happening.now).unwrap_or(happening.at);
        }
        fill(&mut self.opener_id, user, turn);
        fill(&mut self.number, said.number("number", 0..=HIGHEST_NUMBER), turn);
        fill(&mut self.category, said.line("category", LONGEST_CATEGORY), turn);
        fill(&mut self.channel_id, said.id("channelId"), turn);
        true
    }

    /// Who has claimed it. False: that is not said.
    pub fn is_claimed(&mut self, said: Said<'_>, turn: Turn) -> bool {
        let (id, name) = (said.id("claimedBy"), said.line("claimerName", LONGEST_NAME));
        if id.is_none() && name.is_none() {
            return false;
        }
        if turn != Turn::Older && id.is_some() && id != self.claimed_by {
            // Another one: the old name is not theirs.
            self.claimer_name = None;
        }
        set(&mut self.claimed_by, id, turn);
        set(&mut self.claimer_name, name, turn);
        if self.state == "open" {
            self.state = "claimed".into();
        }
        true
    }

    /// A sign that it is there.
    pub fn shows_itself(&mut self, turn: Turn, at: Millis) {
        self.seen_at = self.seen_at.max(at);
        let nobody_closed_it = self.entry_ms == 0 && self.closed_at.is_some_and(|closed_at| at > closed_at);
        if self.is_closed() && (turn == Turn::Newer || (turn == Turn::Unnumbered && nobody_closed_it)) {
            self.open(self.entry_ms);
        }
    }

    fn closes(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        let goes_before = self.entry_ms > at;
        let counts = match turn {
            Turn::Newer => true,
            Turn::Older => false,
            Turn::Unnumbered => self.is_closed() || !goes_before,
        };
        if counts && !self.is_closed() {
            self.state = "closed".into();
            self.closed_at = Some(at);
        }
        if self.is_closed() {
            if self.entry_ms == 0 && counts {
                self.closed_at = self.closed_at.min(Some(at));
            }
            fill(&mut self.closed_by, said.id("closedBy"), turn);
            fill(&mut self.reason, said.text("reason", LONGEST_REASON), turn);
        }
        if counts {
            self.entry_ms = self.entry_ms.max(at);
        }
    }

    fn reopens(&mut self, turn: Turn, at: Millis) {
        let counts = match turn {
            Turn::Newer => true,
            Turn::Older => false,
            Turn::Unnumbered => self.state != "deleted" && self.entry_ms <= at,
        };
        if counts {
            self.open(at);
            self.seen_at = self.seen_at.max(at);
        }
    }

    fn open(&mut self, entry_ms: Millis) {
        let claimed = self.claimed_by.is_some() || self.claimer_name.is_some();
        self.state = if claimed { "claimed" } else { "open" }.into();
        (self.closed_at, self.closed_by, self.reason) = (None, None, None);
        self.entry_ms = entry_ms;
    }

    fn is_deleted(&mut self, turn: Turn, at: Millis) {
        if turn != Turn::Older {
            self.state = "deleted".into();
            self.closed_at.get_or_insert(at);
            self.entry_ms = self.entry_ms.max(at);
        }
    }

    /// Writes it down, if anything has changed.
    pub fn keep(mut self, conn: &mut Conn, before: Option<&Self>, happening: &mut Happening<'_>) -> QueryResult<()> {
        match before {
            Some(before) if *before == self => return Ok(()),
            Some(before) => {
                self.touched_at = happening.now;
                let row = tickets::table.filter(tickets::guild_id.eq(self.guild_id).and(tickets::id.eq(&self.id)));
                let set = differing!(tickets, before, self, [
                    state number channel_id opener_id opener_name opener_folded category opened_at claimed_by
                    claimer_name closed_at closed_by reason seq entry_ms seen_at touched_at
                ]);
                on_each!(conn, c => diesel::update(row).set(set).execute(c))?;
            }
            None => {
                on_each!(conn, c => diesel::insert_into(tickets::table).values(&self).execute(c))?;
            }
        }
        happening.tell(Topic::Tickets);
        Ok(())
    }
}
