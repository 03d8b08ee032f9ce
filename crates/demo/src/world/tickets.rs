//! Tickets of one server: opened, claimed, closed with what was said in them, opened again, rated.

use std::collections::BTreeMap;

use config_sync::GuildId;
use serde_json::{Value, json};

use super::ground::{Ground, Person};
use super::scene::{Scene, iso};
use super::talk::{self, CATEGORIES, Topic};

/// So many that are closed are remembered.
const REMEMBERED: usize = 60;
/// Messages of one part of a transcript; the protocol allows 200.
const IN_A_PART: usize = 100;
/// Nobody rates a ticket later than this.
const RATED_WITHIN: u64 = 7 * 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    Open,
    Claimed,
    Closed,
}

#[derive(Clone, Debug)]
pub struct Ticket {
    pub state: TicketState,
    pub number: u64,
    pub channel: u64,
    pub opener: Person,
    pub topic: Topic,
    pub opened_at: u64,
    pub closed_at: Option<u64>,
    pub claimer: Option<Person>,
    pub stars: Option<u64>,
    pub review: Option<String>,
    seq: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Tickets {
    pub all: BTreeMap<String, Ticket>,
    last_number: u64,
}

impl Tickets {
    /// Somebody opens one; gives its id. A category that is not known has the talk of any.
    pub fn open(&mut self, scene: &mut Scene, guild: GuildId, opener: &Person, category: Option<&str>) -> String {
        self.last_number += 1;
        let any = scene.chance.one(CATEGORIES).copied().unwrap_or_default();
        let topic = category.map_or(any, |category| Topic::named(category).unwrap_or(any));
        let ticket = Ticket {
            state: TicketState::Open,
            number: self.last_number,
            channel: scene.snowflake(),
            opener: opener.clone(),
            topic,
            opened_at: scene.now,
            closed_at: None,
            claimer: None,
            stars: None,
            review: None,
            seq: 1,
        };
        let id = format!("t-{}", scene.uuid().simple());
        scene.tell_of("TICKET_CREATE", guild, Some(ticket.seq), opener.id, ticket.told(&id));
        self.all.insert(id.clone(), ticket);
        self.forget_old();
        id
    }

    /// The ids of those in this state.
    pub fn in_state(&self, state: TicketState) -> Vec<String> {
        self.all.iter().filter(|(_, one)| one.state == state).map(|(id, _)| id.clone()).collect()
    }

    /// One of those in this state.
    pub fn any(&self, scene: &mut Scene, state: TicketState) -> Option<String> {
        scene.chance.one(&self.in_state(state)).cloned()
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut Ticket> {
        self.all.get_mut(id)
    }

    /// One that is closed and may still be rated.
    pub fn unrated(&self, scene: &mut Scene) -> Option<String> {
        let fresh = |one: &Ticket| one.closed_at.is_some_and(|at| scene.now - at < RATED_WITHIN);
        let closed = self.all.iter().filter(|(_, one)| one.state == TicketState::Closed);
        let ids: Vec<String> =
            closed.filter(|(_, one)| one.stars.is_none() && fresh(one)).map(|(id, _)| id.clone()).collect();
        scene.chance.one(&ids).cloned()
    }

    fn forget_old(&mut self) {
        let closed = self.all.iter().filter_map(|(id, one)| Some((one.closed_at?, id.clone())));
        let mut closed: Vec<(u64, String)> = closed.collect();
        closed.sort();
        for (_, id) in closed.iter().take(closed.len().saturating_sub(REMEMBERED)) {
            self.all.remove(id);
        }
    }
}

impl Ticket {
    /// As it stands in a STATE.
    pub fn told(&self, id: &str) -> Value {
        let mut told = json!({
            "ticketId": id, "channelId": self.channel.to_string(), "userId": self.opener.id.to_string(),
            "username": self.opener.username, "category": self.topic.category, "createdAt": iso(self.opened_at),
            "number": self.number, "seq": self.seq,
        });
        if let Some(claimer) = &self.claimer {
            told["claimedBy"] = json!(claimer.id.to_string());
            told["claimerName"] = json!(claimer.name);
        }
        told
    }

    fn next(&mut self) -> Option<u64> {
        self.seq += 1;
        Some(self.seq)
    }

    /// Somebody of the staff takes it. False: it is not open, or taken.
    pub fn claim(&mut self, scene: &mut Scene, guild: GuildId, id: &str, staff: &Person) -> bool {
        if self.state != TicketState::Open {
            return false;
        }
        self.state = TicketState::Claimed;
        self.claimer = Some(staff.clone());
        let data = json!({
            "ticketId": id, "channelId": self.channel.to_string(),
            "claimedBy": staff.id.to_string(), "claimerName": staff.name,
        });
        let seq = self.next();
        scene.tell_of("TICKET_CLAIM", guild, seq, staff.id, data);
        true
    }

    /// It is closed, and what was said in it is handed over. False: it is closed already.
    pub fn close(&mut self, scene: &mut Scene, guild: GuildId, id: &str, by: u64, reason: Option<&str>) -> bool {
        if self.state == TicketState::Closed {
            return false;
        }
        self.state = TicketState::Closed;
        self.closed_at = Some(scene.now);
        self.hand_over(scene, guild, id);
        let data = json!({
            "ticketId": id, "channelId": self.channel.to_string(), "closedBy": by.to_string(), "reason": reason,
        });
        let seq = self.next();
        scene.tell_of("TICKET_CLOSE", guild, seq, by, data);
        true
    }

    /// False: it is not closed.
    pub fn reopen(&mut self, scene: &mut Scene, guild: GuildId, id: &str, by: u64) -> bool {
        if self.state != TicketState::Closed {
            return false;
        }
        self.state = if self.claimer.is_some() { TicketState::Claimed } else { TicketState::Open };
        self.closed_at = None;
        let data = json!({ "ticketId": id, "channelId": self.channel.to_string(), "closedBy": by.to_string() });
        let seq = self.next();
        scene.tell_of("TICKET_REOPEN", guild, seq, by, data);
        true
    }

    /// The opener says how it was. False: it is not closed, or rated already.
    pub fn rate(&mut self, scene: &mut Scene, guild: GuildId, id: &str, stars: u64, review: Option<&str>) -> bool {
        if self.state != TicketState::Closed || self.stars.is_some() {
            return false;
        }
        (self.stars, self.review) = (Some(stars.clamp(1, 5)), review.map(str::to_owned));
        let data = json!({
            "ticketId": id, "stars": self.stars, "review": review,
            "staffId": self.claimer.as_ref().map(|staff| staff.id.to_string()),
        });
        let seq = self.next();
        scene.tell_of("TICKET_RATING", guild, seq, self.opener.id, data);
        true
    }

    fn hand_over(&self, scene: &mut Scene, guild: GuildId, id: &str) {
        let said = talk::transcript(scene, self);
        let parts = said.chunks(IN_A_PART).len();
        for (part, messages) in (1_u64..).zip(said.chunks(IN_A_PART)) {
            let data = json!({ "ticketId": id, "part": part, "parts": parts, "messages": messages });
            scene.tell("TICKET_TRANSCRIPT", guild, None, data);
        }
    }
}

/// Somebody of a server, and somebody who works there.
pub fn somebody(scene: &mut Scene, ground: &Ground) -> Option<Person> {
    scene.chance.one(&ground.people).cloned()
}

/// Whoever handles tickets; where nobody does, anybody.
pub fn of_the_staff(scene: &mut Scene, ground: &Ground) -> Option<Person> {
    let staff = if ground.staff.is_empty() { &ground.people } else { &ground.staff };
    scene.chance.one(staff).cloned()
}
