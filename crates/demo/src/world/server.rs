//! One server that lives: what is due on it, and what happens by chance.

use std::collections::BTreeMap;

use config_sync::GuildId;
use serde_json::{Value, json};

use super::feed;
use super::giveaways::{GiveawayState, Giveaways, NewGiveaway};
use super::ground::Ground;
use super::music::Player;
use super::pace::Pace;
use super::rooms::Rooms;
use super::scene::Scene;
use super::talk;
use super::tickets::{TicketState, Tickets, of_the_staff, somebody};

/// More than these do not come by themselves.
const MOST_GIVEAWAYS: usize = 4;
const MOST_TICKETS: usize = 8;
const MOST_ROOMS: usize = 6;
/// So often another thing is tried when the first cannot happen.
const TRIES: usize = 20;

/// Prizes as servers give them away.
pub const PRIZES: &[&str] = &[
    "Sea of Thieves key",
    "1 month of Nitro",
    "Captain for a week",
    "A hand-made ship in a bottle",
    "3 × custom emoji slots",
    "20 € gift card",
    "Front row at the regatta 🎟️",
    "<b>Mystery</b> box & a \"surprise\"",
];

/// A server's life.
#[derive(Clone, Debug)]
pub struct Server {
    pub guild: GuildId,
    pub ground: Ground,
    pub giveaways: Giveaways,
    pub tickets: Tickets,
    pub rooms: Rooms,
    pub player: Player,
    /// Where each ticket panel was posted: channel and message.
    pub panels: BTreeMap<String, (u64, u64)>,
}

/// What may happen by chance, and how often of the sum of all.
const CHANCES: &[(u64, Deed)] = &[
    (2, Deed::GiveawayStarts),
    (14, Deed::GiveawayEntered),
    (7, Deed::TicketOpens),
    (7, Deed::TicketClaimed),
    (5, Deed::TicketCloses),
    (1, Deed::TicketReopens),
    (3, Deed::TicketRated),
    (4, Deed::RoomOpens),
    (7, Deed::RoomChanges),
    (3, Deed::RoomCloses),
    (6, Deed::TrackAsked),
    (2, Deed::TrackSkipped),
    (8, Deed::Told),
];

#[derive(Clone, Copy, Debug)]
enum Deed {
    GiveawayStarts,
    GiveawayEntered,
    TicketOpens,
    TicketClaimed,
    TicketCloses,
    TicketReopens,
    TicketRated,
    RoomOpens,
    RoomChanges,
    RoomCloses,
    TrackAsked,
    TrackSkipped,
    Told,
}

impl Server {
    #[must_use]
    pub fn new(guild: GuildId, ground: Ground) -> Self {
        Self {
            guild,
            ground,
            giveaways: Giveaways::default(),
            tickets: Tickets::default(),
            rooms: Rooms::default(),
            player: Player::default(),
            panels: BTreeMap::new(),
        }
    }

    /// What the clock brings: giveaways begin and end, tracks are over.
    pub fn due(&mut self, scene: &mut Scene) {
        self.giveaways.due(scene, self.guild);
        if let Some(person) = somebody(scene, &self.ground) {
            self.player.due(scene, self.guild, &person);
        }
    }

    /// One thing happens.
    pub fn something_happens(&mut self, scene: &mut Scene, pace: Pace) {
        let sum = CHANCES.iter().map(|(often, _)| often).sum::<u64>();
        for _ in 0..TRIES {
            let mut drawn = scene.chance.between(0, sum - 1);
            let deed = CHANCES.iter().find(|(often, _)| {
                let hit = drawn < *often;
                drawn = drawn.saturating_sub(*often);
                hit
            });
            if deed.is_some_and(|(_, deed)| self.happens(scene, *deed, pace)) {
                return;
            }
        }
    }

    /// False: it cannot happen now.
    fn happens(&mut self, scene: &mut Scene, deed: Deed, pace: Pace) -> bool {
        let guild = self.guild;
        match deed {
            Deed::GiveawayStarts => self.giveaway_starts(scene, pace),
            Deed::GiveawayEntered => self.giveaways.somebody_enters(scene, guild, &self.ground),
            Deed::TicketOpens => self.ticket_opens(scene),
            Deed::TicketClaimed => self.ticket_claimed(scene),
            Deed::TicketCloses => self.ticket_closes(scene),
            Deed::TicketReopens => self.ticket_reopens(scene),
            Deed::TicketRated => self.ticket_rated(scene),
            Deed::RoomOpens => self.room_opens(scene),
            Deed::RoomChanges => self.rooms.change_one(scene, guild),
            Deed::RoomCloses => self.rooms.any(scene).is_some_and(|channel| self.rooms.close(scene, guild, channel)),
            Deed::TrackAsked => somebody(scene, &self.ground).is_some_and(|person| {
                let plays = self.player.plays_until.is_some();
                self.player.ask(scene, guild, &person);
                !plays
            }),
            Deed::TrackSkipped => somebody(scene, &self.ground).is_some_and(|person| {
                let plays = self.player.plays_until.is_some();
                if plays {
                    self.player.play(scene, guild, &person);
                }
                plays
            }),
            Deed::Told => feed::something(scene, guild, &self.ground),
        }
    }

    fn giveaway_starts(&mut self, scene: &mut Scene, pace: Pace) -> bool {
        let (least, most) = pace.giveaway_lasts();
        let running = self.giveaways.in_state(GiveawayState::Running).len();
        let lasts = scene.chance.between(least, most);
        running < MOST_GIVEAWAYS && self.start_giveaway(scene, None, lasts).is_some()
    }

    /// Somebody of the staff starts one in Discord; gives its id. None: there is nowhere to post it.
    pub fn start_giveaway(&mut self, scene: &mut Scene, prize: Option<&str>, lasts: u64) -> Option<String> {
        let prize = prize.or_else(|| scene.chance.one(PRIZES).copied())?;
        let new = NewGiveaway {
            prize: prize.to_owned(),
            winners: usize::try_from(scene.chance.between(1, 3)).unwrap_or(1),
            starts_at: scene.now,
            ends_at: scene.now + lasts,
            channel: self.ground.channel(&["giveaway", "chat", "general"])?,
            message: None,
            host: of_the_staff(scene, &self.ground),
        };
        let id = format!("g-{}", scene.uuid().simple());
        self.giveaways.create(scene, self.guild, &id, new);
        Some(id)
    }

    fn ticket_opens(&mut self, scene: &mut Scene) -> bool {
        let open = self.tickets.all.values().filter(|one| one.state != TicketState::Closed).count();
        let Some(opener) = somebody(scene, &self.ground).filter(|_| open < MOST_TICKETS) else { return false };
        self.tickets.open(scene, self.guild, &opener, None);
        true
    }

    fn ticket_claimed(&mut self, scene: &mut Scene) -> bool {
        let Some(id) = self.tickets.any(scene, TicketState::Open) else { return false };
        self.claim_ticket(scene, &id)
    }

    /// Somebody of the staff takes it. False: it cannot be taken.
    pub fn claim_ticket(&mut self, scene: &mut Scene, id: &str) -> bool {
        let Some(staff) = of_the_staff(scene, &self.ground) else { return false };
        self.tickets.get_mut(id).is_some_and(|ticket| ticket.claim(scene, self.guild, id, &staff))
    }

    fn ticket_closes(&mut self, scene: &mut Scene) -> bool {
        let Some(id) = self.tickets.any(scene, TicketState::Claimed) else { return false };
        let reason = talk::reason(scene);
        self.close_ticket(scene, &id, reason)
    }

    /// Whoever has claimed it closes it, else somebody of the staff. False: it cannot be closed.
    pub fn close_ticket(&mut self, scene: &mut Scene, id: &str, reason: Option<&str>) -> bool {
        let Some(staff) = of_the_staff(scene, &self.ground) else { return false };
        self.tickets.get_mut(id).is_some_and(|ticket| {
            let by = ticket.claimer.as_ref().unwrap_or(&staff).id;
            ticket.close(scene, self.guild, id, by, reason)
        })
    }

    fn ticket_reopens(&mut self, scene: &mut Scene) -> bool {
        let Some(id) = self.tickets.any(scene, TicketState::Closed) else { return false };
        self.tickets.get_mut(&id).is_some_and(|ticket| {
            let opener = ticket.opener.id;
            ticket.reopen(scene, self.guild, &id, opener)
        })
    }

    fn ticket_rated(&mut self, scene: &mut Scene) -> bool {
        let Some(id) = self.tickets.unrated(scene) else { return false };
        let (stars, review) = talk::rating(scene);
        self.tickets.get_mut(&id).is_some_and(|ticket| ticket.rate(scene, self.guild, &id, stars, review))
    }

    fn room_opens(&mut self, scene: &mut Scene) -> bool {
        let Some(owner) = somebody(scene, &self.ground) else { return false };
        if self.rooms.all.len() >= MOST_ROOMS {
            return false;
        }
        self.rooms.open(scene, self.guild, &owner, None);
        true
    }

    /// Says all that is open now.
    pub fn tell_state(&self, scene: &mut Scene) {
        let open = self.tickets.all.iter().filter(|(_, one)| one.state != TicketState::Closed);
        let tickets: Vec<Value> = open.map(|(id, one)| one.told(id)).collect();
        let running = self.giveaways.all.iter().filter(|(_, one)| one.state == GiveawayState::Running);
        let giveaways: Vec<Value> = running.map(|(id, one)| one.told(id)).collect();
        let rooms: Vec<Value> = self.rooms.all.iter().map(|(channel, one)| one.told(*channel)).collect();
        scene.tell("STATE", self.guild, None, json!({ "rooms": rooms, "tickets": tickets, "giveaways": giveaways }));
    }
}
