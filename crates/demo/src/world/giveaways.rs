//! Giveaways of one server: planned, begun, entered, changed, ended, drawn again, cancelled.

use std::collections::{BTreeMap, BTreeSet};

use config_sync::GuildId;
use serde_json::json;

use super::ground::{Ground, Person};
use super::scene::{Scene, iso};

/// So many that are over are remembered.
const REMEMBERED: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveawayState {
    Scheduled,
    Running,
    Ended,
    Cancelled,
}

/// One giveaway. Who has entered it is known by id alone.
#[derive(Clone, Debug)]
pub struct Giveaway {
    pub state: GiveawayState,
    pub prize: String,
    pub winners: usize,
    pub starts_at: u64,
    pub ends_at: u64,
    pub channel: u64,
    pub message: Option<u64>,
    pub host: Option<Person>,
    pub entrants: BTreeSet<u64>,
    pub won: Vec<u64>,
    /// Those of earlier draws.
    pub won_before: BTreeSet<u64>,
    seq: u64,
}

/// What a new one is to be.
#[derive(Clone, Debug)]
pub struct NewGiveaway {
    pub prize: String,
    pub winners: usize,
    pub starts_at: u64,
    pub ends_at: u64,
    pub channel: u64,
    pub message: Option<u64>,
    pub host: Option<Person>,
}

#[derive(Clone, Debug, Default)]
pub struct Giveaways {
    pub all: BTreeMap<String, Giveaway>,
}

impl Giveaways {
    /// Plans one, or starts it when its time has come.
    pub fn create(&mut self, scene: &mut Scene, guild: GuildId, id: &str, new: NewGiveaway) {
        let giveaway = Giveaway {
            state: GiveawayState::Scheduled,
            prize: new.prize,
            winners: new.winners.max(1),
            starts_at: new.starts_at,
            ends_at: new.ends_at,
            channel: new.channel,
            message: new.message,
            host: new.host,
            entrants: BTreeSet::new(),
            won: Vec::new(),
            won_before: BTreeSet::new(),
            seq: 0,
        };
        let giveaway = self.all.entry(id.to_owned()).or_insert(giveaway);
        if giveaway.state == GiveawayState::Scheduled && giveaway.starts_at > scene.now {
            giveaway.announce(scene, guild, id, "GIVEAWAY_CREATE");
        } else if giveaway.state == GiveawayState::Scheduled {
            giveaway.start(scene, guild, id);
        }
    }

    /// Starts and ends what is due.
    pub fn due(&mut self, scene: &mut Scene, guild: GuildId) {
        for (id, giveaway) in &mut self.all {
            if giveaway.state == GiveawayState::Scheduled && giveaway.starts_at <= scene.now {
                giveaway.start(scene, guild, id);
            }
            if giveaway.state == GiveawayState::Running && giveaway.ends_at <= scene.now {
                giveaway.end(scene, guild, id);
            }
        }
        self.forget_old();
    }

    /// The ids of those in this state.
    pub fn in_state(&self, state: GiveawayState) -> Vec<String> {
        self.all.iter().filter(|(_, one)| one.state == state).map(|(id, _)| id.clone()).collect()
    }

    /// Somebody enters one that runs and that they have not entered.
    pub fn somebody_enters(&mut self, scene: &mut Scene, guild: GuildId, ground: &Ground) -> bool {
        let running = self.in_state(GiveawayState::Running);
        let Some(id) = scene.chance.one(&running).cloned() else { return false };
        let Some(giveaway) = self.all.get_mut(&id) else { return false };
        let outside = |person: &&Person| !giveaway.entrants.contains(&person.id);
        let outside: Vec<u64> = ground.people.iter().filter(outside).map(|person| person.id).collect();
        match scene.chance.one(&outside) {
            Some(person) => giveaway.enter(scene, guild, &id, *person),
            None => false,
        }
    }

    fn forget_old(&mut self) {
        let over = |one: &Giveaway| matches!(one.state, GiveawayState::Ended | GiveawayState::Cancelled);
        let mut old: Vec<(u64, String)> =
            self.all.iter().filter(|(_, one)| over(one)).map(|(id, one)| (one.ends_at, id.clone())).collect();
        old.sort();
        for (_, id) in old.iter().take(old.len().saturating_sub(REMEMBERED)) {
            self.all.remove(id);
        }
    }
}

impl Giveaway {
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, GiveawayState::Ended | GiveawayState::Cancelled)
    }

    /// As it stands in a STATE.
    pub fn told(&self, id: &str) -> serde_json::Value {
        let host = self.host.as_ref();
        json!({
            "giveawayId": id, "prize": self.prize, "startsAt": iso(self.starts_at), "endTime": iso(self.ends_at),
            "winners": self.winners, "hostId": host.map(|host| host.id.to_string()),
            "hostName": host.map(|host| &host.name), "channelId": self.channel.to_string(),
            "messageId": self.message.map(|id| id.to_string()), "entries": self.entrants.len(), "seq": self.seq,
        })
    }

    fn next(&mut self) -> Option<u64> {
        self.seq += 1;
        Some(self.seq)
    }

    fn announce(&mut self, scene: &mut Scene, guild: GuildId, id: &str, kind: &str) {
        let (seq, data) = (self.next(), self.told(id));
        scene.tell(kind, guild, seq, data);
    }

    /// One whose whole time went by while nobody could start it runs as long as it was to.
    fn start(&mut self, scene: &mut Scene, guild: GuildId, id: &str) {
        self.state = GiveawayState::Running;
        self.message.get_or_insert_with(|| scene.snowflake());
        let late = self.ends_at <= scene.now;
        if late {
            self.ends_at = scene.now + self.ends_at.saturating_sub(self.starts_at).max(60_000);
        }
        self.announce(scene, guild, id, "GIVEAWAY_START");
        if late {
            self.announce(scene, guild, id, "GIVEAWAY_UPDATE");
        }
    }

    /// False: they have entered it before, or it does not run.
    pub fn enter(&mut self, scene: &mut Scene, guild: GuildId, id: &str, person: u64) -> bool {
        if self.state != GiveawayState::Running || !self.entrants.insert(person) {
            return false;
        }
        let data = json!({ "giveawayId": id, "userId": person.to_string(), "entries": self.entrants.len() });
        let seq = self.next();
        scene.tell_of("GIVEAWAY_ENTRY", guild, seq, person, data);
        true
    }

    /// It is otherwise from now on. One that was planned may start by that.
    pub fn change(&mut self, scene: &mut Scene, guild: GuildId, id: &str, new: NewGiveaway) {
        self.prize = new.prize;
        self.winners = new.winners.max(1);
        self.ends_at = new.ends_at;
        if self.state == GiveawayState::Scheduled {
            (self.starts_at, self.channel) = (new.starts_at, new.channel);
        }
        self.announce(scene, guild, id, "GIVEAWAY_UPDATE");
        if self.state == GiveawayState::Scheduled && self.starts_at <= scene.now {
            self.start(scene, guild, id);
        }
    }

    pub fn end(&mut self, scene: &mut Scene, guild: GuildId, id: &str) {
        self.state = GiveawayState::Ended;
        self.ends_at = self.ends_at.min(scene.now);
        let entrants: Vec<u64> = self.entrants.iter().copied().collect();
        self.won = scene.chance.some(&entrants, self.winners);
        let data = json!({ "giveawayId": id, "prize": self.prize, "winnerIds": texts(&self.won) });
        let seq = self.next();
        scene.tell("GIVEAWAY_END", guild, seq, data);
    }

    pub fn cancel(&mut self, scene: &mut Scene, guild: GuildId, id: &str, reason: Option<&str>) {
        self.state = GiveawayState::Cancelled;
        self.ends_at = self.ends_at.min(scene.now);
        let data = json!({ "giveawayId": id, "prize": self.prize, "reason": reason });
        let seq = self.next();
        scene.tell("GIVEAWAY_CANCEL", guild, seq, data);
    }

    /// Draws so many others. False: nobody is left who has not won.
    pub fn reroll(&mut self, scene: &mut Scene, guild: GuildId, id: &str, count: usize, without: &[u64]) -> bool {
        let may_win = |one: &&u64| !self.won.contains(one) && !self.won_before.contains(one) && !without.contains(one);
        let left: Vec<u64> = self.entrants.iter().filter(may_win).copied().collect();
        let won = scene.chance.some(&left, count.max(1));
        if won.is_empty() {
            return false;
        }
        self.won_before.extend(std::mem::replace(&mut self.won, won));
        let data = json!({ "giveawayId": id, "winnerIds": texts(&self.won) });
        let seq = self.next();
        scene.tell("GIVEAWAY_REROLL", guild, seq, data);
        true
    }
}

fn texts(ids: &[u64]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
