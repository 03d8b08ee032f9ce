//! What has happened before anybody watched: so that every list of the dashboard has something to show.

use config_sync::GuildId;

use super::giveaways::NewGiveaway;
use super::model::Model;
use super::scene::Scene;
use super::server::{PRIZES, Server};
use super::tickets::somebody;
use super::{feed, talk};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
/// So far back. Repeats of events are known for seven days.
const GOES_BACK: u64 = 6 * 24 * HOUR;

const ENDED: usize = 10;
const RUNNING: usize = 2;
const CLOSED: usize = 30;
const OPEN: usize = 3;
const CLAIMED: usize = 1;
const ROOMS: usize = 2;
const TRACKS: usize = 10;
const LINES: usize = 12;

/// One thing of the past. A giveaway and a ticket are meant by their place in the list of those that were made.
#[derive(Clone, Copy, Debug)]
enum Past {
    GiveawayStarts { ends_at: u64 },
    GiveawayPlanned,
    GiveawayEntered(usize),
    GiveawayEnds(usize),
    GiveawayRedrawn(usize),
    TicketOpens,
    TicketClaimed(usize),
    TicketCloses(usize),
    TicketRated(usize),
    RoomOpens,
    TrackStarts,
    Told,
}

#[derive(Default)]
struct Made {
    giveaways: Vec<String>,
    tickets: Vec<String>,
}

/// Plays six days on each of these servers, up to `now`. Everything stands at its own time.
pub fn play(model: &mut Model, guilds: &[GuildId], now: u64) {
    let mut agenda = Vec::new();
    for (place, guild) in guilds.iter().enumerate() {
        let days = plan(model.scene(), now);
        agenda.extend(days.into_iter().map(|(at, past)| (at, place, *guild, past)));
    }
    // What happens at the same time stays in its order.
    agenda.sort_by_key(|(at, ..)| *at);
    let mut made: Vec<Made> = guilds.iter().map(|_| Made::default()).collect();
    for (at, place, guild, past) in agenda {
        model.scene().moves_to(at);
        if let (Some((server, scene)), Some(made)) = (model.server(guild), made.get_mut(place)) {
            server.has_seen(scene, past, made, now);
        }
    }
    model.moves_to(now);
}

/// The days before `now`, not in order of time.
fn plan(scene: &mut Scene, now: u64) -> Vec<(u64, Past)> {
    let mut days = Vec::new();
    let begin = now.saturating_sub(GOES_BACK);
    // They are made in the order of their numbers, which the later steps name them by.
    for number in 0..ENDED {
        let starts = begin + (GOES_BACK - 30 * HOUR) / ENDED as u64 * number as u64;
        let ends = starts + scene.chance.between(6, 24) * HOUR;
        days.push((starts, Past::GiveawayStarts { ends_at: ends }));
        for _ in 0..scene.chance.between(4, 22) {
            days.push((scene.chance.between(starts + 1, ends - 1), Past::GiveawayEntered(number)));
        }
        days.push((ends, Past::GiveawayEnds(number)));
        if number % 4 == 1 {
            days.push((ends + HOUR, Past::GiveawayRedrawn(number)));
        }
    }
    for number in ENDED..ENDED + RUNNING {
        let starts = now - 3 * HOUR + number as u64 * MINUTE;
        let ends_at = now + if number == ENDED { 8 * MINUTE } else { 5 * HOUR };
        days.push((starts, Past::GiveawayStarts { ends_at }));
        for _ in 0..scene.chance.between(5, 12) {
            days.push((scene.chance.between(starts + 1, now - MINUTE), Past::GiveawayEntered(number)));
        }
    }
    days.push((now - HOUR, Past::GiveawayPlanned));
    for number in 0..CLOSED {
        let opens = begin + (GOES_BACK - 12 * HOUR) / CLOSED as u64 * number as u64;
        let closes = opens + scene.chance.between(20, 400) * MINUTE;
        days.push((opens, Past::TicketOpens));
        days.push((opens + scene.chance.between(2, 15) * MINUTE, Past::TicketClaimed(number)));
        days.push((closes, Past::TicketCloses(number)));
        if number % 3 != 0 {
            days.push((closes + scene.chance.between(1, 60) * MINUTE, Past::TicketRated(number)));
        }
    }
    for number in CLOSED..CLOSED + OPEN + CLAIMED {
        let opens = now - 5 * HOUR + (number - CLOSED) as u64 * 70 * MINUTE;
        days.push((opens, Past::TicketOpens));
        if number >= CLOSED + OPEN {
            days.push((opens + 4 * MINUTE, Past::TicketClaimed(number)));
        }
    }
    for number in 0..ROOMS as u64 {
        days.push((now - (40 - 15 * number) * MINUTE, Past::RoomOpens));
    }
    for number in 0..TRACKS as u64 {
        days.push((now - (TRACKS as u64 - number) * 5 * MINUTE + 4 * MINUTE, Past::TrackStarts));
    }
    for number in 0..LINES as u64 {
        days.push((now - (LINES as u64 - number) * 13 * MINUTE, Past::Told));
    }
    days
}

impl Server {
    fn has_seen(&mut self, scene: &mut Scene, past: Past, made: &mut Made, now: u64) {
        let guild = self.guild;
        match past {
            Past::GiveawayStarts { ends_at } => {
                let lasts = ends_at.saturating_sub(scene.now);
                made.giveaways.extend(self.start_giveaway(scene, None, lasts));
            }
            Past::GiveawayPlanned => self.plan_giveaway(scene, now),
            Past::GiveawayEntered(number) => {
                let Some(id) = made.giveaways.get(number) else { return };
                let person = somebody(scene, &self.ground);
                if let (Some(giveaway), Some(person)) = (self.giveaways.all.get_mut(id), person) {
                    giveaway.enter(scene, guild, id, person.id);
                }
            }
            Past::GiveawayEnds(number) => {
                let Some(id) = made.giveaways.get(number) else { return };
                if let Some(giveaway) = self.giveaways.all.get_mut(id) {
                    giveaway.end(scene, guild, id);
                }
            }
            Past::GiveawayRedrawn(number) => {
                let Some(id) = made.giveaways.get(number) else { return };
                if let Some(giveaway) = self.giveaways.all.get_mut(id) {
                    giveaway.reroll(scene, guild, id, 1, &[]);
                }
            }
            Past::TicketOpens => {
                if let Some(opener) = somebody(scene, &self.ground) {
                    made.tickets.push(self.tickets.open(scene, guild, &opener, None));
                }
            }
            Past::TicketClaimed(number) => {
                if let Some(id) = made.tickets.get(number) {
                    self.claim_ticket(scene, id);
                }
            }
            Past::TicketCloses(number) => {
                let reason = talk::reason(scene);
                if let Some(id) = made.tickets.get(number) {
                    self.close_ticket(scene, id, reason);
                }
            }
            Past::TicketRated(number) => {
                let (stars, review) = talk::rating(scene);
                let ticket = made.tickets.get(number).and_then(|id| Some((id, self.tickets.get_mut(id)?)));
                if let Some((id, ticket)) = ticket {
                    ticket.rate(scene, guild, id, stars, review);
                }
            }
            Past::RoomOpens => {
                if let Some(owner) = somebody(scene, &self.ground) {
                    self.rooms.open(scene, guild, &owner, None);
                }
            }
            Past::TrackStarts => {
                if let Some(person) = somebody(scene, &self.ground) {
                    self.player.play(scene, guild, &person);
                    self.player.plays_until = self.player.plays_until.max(Some(now + 2 * MINUTE));
                }
            }
            Past::Told => drop(feed::something(scene, guild, &self.ground)),
        }
    }

    fn plan_giveaway(&mut self, scene: &mut Scene, now: u64) {
        let Some(channel) = self.ground.channel(&["giveaway", "chat", "general"]) else { return };
        let new = NewGiveaway {
            prize: scene.chance.one(PRIZES).copied().unwrap_or_default().to_owned(),
            winners: 2,
            starts_at: now + 20 * MINUTE,
            ends_at: now + 24 * HOUR,
            channel,
            message: None,
            host: somebody(scene, &self.ground),
        };
        let id = format!("g-{}", scene.uuid().simple());
        self.giveaways.create(scene, self.guild, &id, new);
    }
}
