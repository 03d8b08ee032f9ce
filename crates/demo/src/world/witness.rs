//! Somebody who only hears the events, believes them, and notices when one contradicts another.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use config_sync::{Event, GuildId};
use serde_json::Value;

#[derive(Default)]
pub struct Witness {
    ids: HashSet<uuid::Uuid>,
    last: u64,
    seqs: BTreeMap<String, u64>,
    /// By giveaway: its state, who entered, who won ever.
    giveaways: BTreeMap<String, (&'static str, BTreeSet<String>, BTreeSet<String>)>,
    tickets: BTreeMap<String, &'static str>,
    parts: BTreeMap<String, u64>,
    rooms: BTreeSet<String>,
    /// Where something plays.
    plays: BTreeSet<GuildId>,
    pub kinds: BTreeMap<String, usize>,
}

impl Witness {
    pub fn hears(&mut self, events: &[Event]) {
        events.iter().for_each(|event| self.hear(event));
    }

    fn hear(&mut self, event: &Event) {
        assert!(self.ids.insert(event.id), "an id of its own: {event:?}");
        assert!(event.timestamp >= self.last, "time goes on: {event:?}");
        let size = serde_json::to_string(event).unwrap().len();
        assert!(size < config_sync::MAX_EVENT_BYTES, "{size} bytes: {}", event.kind);
        self.last = event.timestamp;
        *self.kinds.entry(event.kind.clone()).or_default() += 1;
        let text = |name: &str| event.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let thing = [text("giveawayId"), text("ticketId"), text("channelId")].into_iter().find(|id| !id.is_empty());
        if let (Some(thing), Some(seq)) = (thing, event.seq) {
            let before = self.seqs.insert(thing, seq);
            assert!(before.is_none_or(|before| seq > before), "seq grows from {before:?}: {event:?}");
        }
        match event.kind.split_once('_').map_or("", |(what, _)| what) {
            "GIVEAWAY" => self.giveaway(event, &text("giveawayId")),
            "TICKET" => self.ticket(event, text("ticketId")),
            "VOICE" => {
                let was = match event.kind.as_str() {
                    "VOICE_ROOM_CREATE" => !self.rooms.insert(text("channelId")),
                    "VOICE_ROOM_UPDATE" => self.rooms.contains(&text("channelId")),
                    _ => self.rooms.remove(&text("channelId")),
                };
                assert_eq!(was, event.kind != "VOICE_ROOM_CREATE", "{event:?}");
                let (limit, members) = (event.data.get("userLimit"), event.data.get("members"));
                let (limit, members) = (limit.and_then(Value::as_u64), members.and_then(Value::as_u64));
                assert!(limit.is_none_or(|limit| limit == 0 || members <= Some(limit)), "{event:?}");
            }
            "TRACK" => self.plays.extend([event.guild_id]),
            "QUEUE" => assert!(self.plays.remove(&event.guild_id), "something played: {event:?}"),
            _ => {}
        }
    }

    fn giveaway(&mut self, event: &Event, id: &str) {
        let begins = matches!(event.kind.as_str(), "GIVEAWAY_START" | "GIVEAWAY_CREATE");
        if begins {
            self.giveaways.entry(id.to_owned()).or_insert(("scheduled", BTreeSet::new(), BTreeSet::new()));
        }
        let (state, entered, won) = self.giveaways.get_mut(id).unwrap_or_else(|| panic!("unheard of: {event:?}"));
        let list = || event.data["winnerIds"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
        match event.kind.as_str() {
            "GIVEAWAY_CREATE" => assert_eq!(*state, "scheduled", "{event:?}"),
            "GIVEAWAY_START" => {
                assert_eq!(std::mem::replace(state, "running"), "scheduled", "{event:?}");
                assert!(event.data["messageId"].is_string(), "{event:?}");
            }
            "GIVEAWAY_ENTRY" => {
                assert_eq!(*state, "running", "{event:?}");
                assert!(entered.insert(event.data["userId"].as_str().unwrap().to_owned()), "once: {event:?}");
                assert_eq!(event.data["entries"], entered.len(), "{event:?}");
            }
            "GIVEAWAY_UPDATE" => assert!(matches!(*state, "scheduled" | "running"), "{event:?}"),
            "GIVEAWAY_END" => {
                assert!(matches!(std::mem::replace(state, "ended"), "running" | "scheduled"), "{event:?}");
                won.extend(list());
                assert!(won.is_subset(entered), "only who entered wins: {event:?}");
                assert_eq!(won.is_empty(), entered.is_empty(), "somebody wins: {event:?}");
            }
            "GIVEAWAY_REROLL" => {
                assert_eq!(*state, "ended", "{event:?}");
                let new: BTreeSet<String> = list().collect();
                assert!(!new.is_empty() && new.is_disjoint(won) && new.is_subset(entered), "{event:?}");
                won.extend(new);
            }
            _ => assert!(matches!(std::mem::replace(state, "cancelled"), "running" | "scheduled"), "{event:?}"),
        }
    }

    fn ticket(&mut self, event: &Event, id: String) {
        let state = self.tickets.get(&id).copied().unwrap_or("none");
        let after = match (event.kind.as_str(), state) {
            ("TICKET_CREATE", "none") => "open",
            ("TICKET_CLAIM", "open") => "claimed",
            ("TICKET_CLOSE", "open") => "closed",
            ("TICKET_CLOSE", "claimed") => "closed and claimed",
            ("TICKET_REOPEN", "closed") => "open",
            ("TICKET_REOPEN", "closed and claimed") => "claimed",
            ("TICKET_RATING", "closed" | "closed and claimed") => state,
            ("TICKET_TRANSCRIPT", "open" | "claimed") => {
                let (part, parts) = (event.data["part"].as_u64().unwrap(), event.data["parts"].as_u64().unwrap());
                let before = self.parts.insert(id.clone(), part % parts).unwrap_or(0);
                assert_eq!(part, before + 1, "part after part: {event:?}");
                let messages = event.data["messages"].as_array().unwrap();
                assert!((1..=200).contains(&messages.len()));
                state
            }
            _ => panic!("{} of a ticket that is {state}", event.kind),
        };
        if event.kind == "TICKET_CLOSE" {
            assert_eq!(self.parts.get(&id), Some(&0), "the whole transcript came before: {event:?}");
        }
        self.tickets.insert(id, after);
    }

    /// How many giveaways are in this state.
    pub fn giveaways(&self, state: &str) -> usize {
        self.giveaways.values().filter(|(one, ..)| *one == state).count()
    }

    /// How many tickets are in this state.
    pub fn tickets(&self, state: &str) -> usize {
        self.tickets.values().filter(|one| **one == state).count()
    }

    pub fn rooms(&self) -> usize {
        self.rooms.len()
    }
}
