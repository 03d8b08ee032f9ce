//! What the dashboard's commands do to a server, and what is posted in Discord for them.
//!
//! Two steps: first whether it can be done and what has to be posted, then, when that is posted, that it is done.
//! Waiting for Discord lies between them, so that the second looks again.

use config_sync::{AboutGiveaway, Command, Done, Giveaway as Wanted, Order, Values};
use serde_json::{Value, json};

use super::giveaways::{Giveaway, GiveawayState, NewGiveaway};
use super::panel;
use super::scene::{Scene, from_iso};
use super::server::Server;
use super::tickets::TicketState;

/// A message to be posted, made anew or deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum Posting {
    Post {
        channel: u64,
        body: Value,
    },
    /// To one person alone.
    Direct {
        person: u64,
        body: Value,
    },
    Edit {
        channel: u64,
        message: u64,
        body: Value,
    },
    Delete {
        channel: u64,
        message: u64,
    },
}

/// Where a message stands.
pub type Place = (u64, u64);

const NOT_FOUND: &str = "not_found";
const ALREADY_ENDED: &str = "already_ended";
const ALREADY_CLOSED: &str = "already_closed";
const UNKNOWN_CHANNEL: &str = "unknown_channel";
const INVALID: &str = "invalid";

impl Server {
    /// What has to be posted for a command; none: nothing.
    ///
    /// # Errors
    /// A code of the protocol, or words for the admin: it cannot be done.
    pub fn considers(&self, command: &Command, now: u64) -> Result<Option<Posting>, &'static str> {
        match &command.order {
            Order::SendPanel(control) => {
                let own = match control.panel_type.as_str() {
                    "voice" => ("Your room", "Rename it, lock it, invite somebody: the buttons are yours."),
                    "music" => ("Music", "Play, pause, skip and look at the queue."),
                    _ => return Err(INVALID),
                };
                let words = control.custom_embed.clone().unwrap_or_default();
                let title = words.title.unwrap_or_else(|| own.0.to_owned());
                let text = words.description.unwrap_or_else(|| own.1.to_owned());
                let embed =
                    json!({ "title": title, "description": text, "color": panel::color(words.color.as_deref()) });
                Ok(Some(Posting::Post { channel: self.place(command)?, body: json!({ "embeds": [embed] }) }))
            }
            Order::TicketPanel(panel) => {
                let channel = self.place(command)?;
                let body = panel::body(panel);
                match &panel.message_id {
                    None => Ok(Some(Posting::Post { channel, body })),
                    Some(message) => {
                        let message = message.parse().map_err(|_| INVALID)?;
                        Ok(Some(Posting::Edit { channel, message, body }))
                    }
                }
            }
            Order::PanelRemove(panel) => {
                let message = panel.message_id.parse().map_err(|_| INVALID)?;
                let known = self.panels.get(&panel.panel_id).filter(|(_, posted)| *posted == message);
                let told = command.envelope.channel_id.as_deref().and_then(|id| id.parse().ok());
                let channel = known.map(|(channel, _)| *channel).or(told).ok_or(NOT_FOUND)?;
                Ok(Some(Posting::Delete { channel, message }))
            }
            Order::GiveawayCreate(wanted) => {
                let (starts_at, ends_at) = times(wanted)?;
                let channel = self.place(command)?;
                if ends_at <= starts_at.max(now) || self.giveaways.all.contains_key(&wanted.giveaway_id) {
                    return Err(INVALID);
                }
                let embed = json!({ "title": wanted.prize, "description": format!("Ends <t:{}:R>", ends_at / 1000) });
                Ok((starts_at <= now).then(|| Posting::Post { channel, body: json!({ "embeds": [embed] }) }))
            }
            Order::GiveawayUpdate(wanted) => {
                times(wanted)?;
                self.not_over(&wanted.giveaway_id).map(|_| None)
            }
            Order::GiveawayEnd(about) | Order::GiveawayCancel(about) => self.not_over(&about.giveaway_id).map(|_| None),
            Order::GiveawayReroll(about) => match self.giveaways.all.get(&about.giveaway_id) {
                None => Err(NOT_FOUND),
                Some(giveaway) if giveaway.state == GiveawayState::Ended => Ok(None),
                Some(_) => Err("This giveaway has not ended with winners."),
            },
            Order::TicketClose(about) => match self.tickets.all.get(&about.ticket_id) {
                None => Err(NOT_FOUND),
                Some(ticket) if ticket.state == TicketState::Closed => Err(ALREADY_CLOSED),
                Some(_) => Ok(None),
            },
            Order::ReviewPublish(about) => self.review(command, &about.ticket_id).map(Some),
            Order::VoiceRoomClose => self.room(command).map(|_| None),
            Order::SendTest(test) => {
                let person = command.envelope.user_id.as_deref().and_then(|id| id.parse().ok()).ok_or(INVALID)?;
                let now = i64::try_from(now / 1000).unwrap_or_default();
                let body = test.render(Values::at(now)).ok_or(INVALID)?;
                Ok(Some(Posting::Direct { person, body: json!(body) }))
            }
            Order::StateRequest => Ok(None),
        }
    }

    /// Does a command; `posted` is where its message stands.
    ///
    /// # Errors
    /// As for [`Server::considers`].
    pub fn obeys(&mut self, scene: &mut Scene, command: &Command, posted: Option<Place>) -> Result<Done, &'static str> {
        self.still_can(command, scene.now)?;
        let guild = self.guild;
        let by = command.envelope.user_id.as_deref().and_then(|id| id.parse().ok());
        let done = posted.map_or_else(Done::default, |(channel, message)| Done::posted(channel, message));
        match &command.order {
            Order::SendPanel(_) | Order::ReviewPublish(_) | Order::SendTest(_) => {}
            Order::TicketPanel(panel) => {
                self.panels.extend(posted.map(|place| (panel.panel_id.clone(), place)));
            }
            Order::PanelRemove(panel) => {
                self.panels.remove(&panel.panel_id);
                return Ok(Done::default());
            }
            Order::GiveawayCreate(wanted) => {
                let new = self.wanted(command, wanted, posted, by)?;
                self.giveaways.create(scene, guild, &wanted.giveaway_id, new);
            }
            Order::GiveawayUpdate(wanted) => {
                let new = self.wanted(command, wanted, posted, by)?;
                self.giveaway(&wanted.giveaway_id)?.change(scene, guild, &wanted.giveaway_id, new);
            }
            Order::GiveawayEnd(about) => {
                self.giveaway(&about.giveaway_id)?.end(scene, guild, &about.giveaway_id);
            }
            Order::GiveawayCancel(about) => {
                let giveaway = self.giveaway(&about.giveaway_id)?;
                giveaway.cancel(scene, guild, &about.giveaway_id, about.reason.as_deref());
            }
            Order::GiveawayReroll(about) => self.reroll(scene, about)?,
            Order::TicketClose(about) => {
                let by = by.unwrap_or(discord_standin::seed::CLIENT_ID.0);
                let ticket = self.tickets.get_mut(&about.ticket_id).ok_or(NOT_FOUND)?;
                ticket.close(scene, guild, &about.ticket_id, by, about.reason.as_deref());
            }
            Order::VoiceRoomClose => {
                let channel = self.room(command)?;
                self.rooms.close(scene, guild, channel);
            }
            Order::StateRequest => self.tell_state(scene),
        }
        Ok(done)
    }

    /// Time has gone by since it was considered; what was posted for it is there.
    fn still_can(&self, command: &Command, now: u64) -> Result<(), &'static str> {
        match &command.order {
            Order::GiveawayCreate(wanted) => match self.giveaways.all.contains_key(&wanted.giveaway_id) {
                true => Err(INVALID),
                false => Ok(()),
            },
            _ => self.considers(command, now).map(drop),
        }
    }

    /// The command's channel, if the bot may write there.
    fn place(&self, command: &Command) -> Result<u64, &'static str> {
        let channel = command.envelope.channel_id.as_deref().and_then(|id| id.parse().ok()).ok_or(UNKNOWN_CHANNEL)?;
        self.ground.opens(channel).map(|()| channel).map_err(super::ground::Closed::code)
    }

    fn not_over(&self, id: &str) -> Result<&Giveaway, &'static str> {
        let giveaway = self.giveaways.all.get(id).ok_or(NOT_FOUND)?;
        if giveaway.is_over() { Err(ALREADY_ENDED) } else { Ok(giveaway) }
    }

    fn giveaway(&mut self, id: &str) -> Result<&mut Giveaway, &'static str> {
        self.giveaways.all.get_mut(id).ok_or(NOT_FOUND)
    }

    fn reroll(&mut self, scene: &mut Scene, about: &AboutGiveaway) -> Result<(), &'static str> {
        let guild = self.guild;
        let without: Vec<u64> = about.exclude_user_ids.iter().filter_map(|id| id.parse().ok()).collect();
        let giveaway = self.giveaway(&about.giveaway_id)?;
        let count = about.count.and_then(|count| usize::try_from(count).ok()).unwrap_or(giveaway.winners);
        match giveaway.reroll(scene, guild, &about.giveaway_id, count, &without) {
            true => Ok(()),
            false => Err("Nobody is left who entered and has not won before."),
        }
    }

    fn review(&self, command: &Command, ticket: &str) -> Result<Posting, &'static str> {
        let ticket = self.tickets.all.get(ticket).ok_or(NOT_FOUND)?;
        let review = ticket.review.as_deref().ok_or("This ticket has no review.")?;
        let channel = match command.envelope.channel_id {
            Some(_) => self.place(command)?,
            None => self.ground.channel(&["review", "rating", "general"]).ok_or(UNKNOWN_CHANNEL)?,
        };
        let filled = usize::try_from(ticket.stars.unwrap_or(0)).unwrap_or(0).min(5);
        let stars = "★".repeat(filled) + &"☆".repeat(5 - filled);
        let body = json!({
            "embeds": [{ "title": stars, "description": review }], "allowed_mentions": { "parse": [] },
        });
        Ok(Posting::Post { channel, body })
    }

    fn room(&self, command: &Command) -> Result<u64, &'static str> {
        let channel = command.envelope.channel_id.as_deref().and_then(|id| id.parse().ok()).ok_or(NOT_FOUND)?;
        if self.rooms.all.contains_key(&channel) { Ok(channel) } else { Err(NOT_FOUND) }
    }

    fn wanted(
        &self,
        command: &Command,
        wanted: &Wanted,
        posted: Option<Place>,
        by: Option<u64>,
    ) -> Result<NewGiveaway, &'static str> {
        let (starts_at, ends_at) = times(wanted)?;
        let known = self.giveaways.all.get(&wanted.giveaway_id);
        let channel = command.envelope.channel_id.as_deref().and_then(|id| id.parse().ok());
        Ok(NewGiveaway {
            prize: wanted.prize.clone(),
            winners: usize::try_from(wanted.winners).unwrap_or(1),
            starts_at,
            ends_at,
            channel: channel.or(known.map(|known| known.channel)).ok_or(UNKNOWN_CHANNEL)?,
            message: posted.map(|(_, message)| message),
            host: self.ground.people.iter().find(|person| Some(person.id) == by).cloned(),
        })
    }
}

fn times(wanted: &Wanted) -> Result<(u64, u64), &'static str> {
    let (starts_at, ends_at) = (from_iso(&wanted.starts_at), from_iso(&wanted.ends_at));
    starts_at.zip(ends_at).ok_or(INVALID)
}
