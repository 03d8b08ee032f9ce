//! A believable server life for the example bot: giveaways, tickets, rooms, music, and the dashboard's commands obeyed.
//!
//! - `chance`, `scene`, `ground`, `pace`: what everything happens with: luck, time, people and channels, speed
//! - `giveaways`, `tickets`, `talk`, `rooms`, `music`, `feed`: what can happen, each with its own rules
//! - `server`, `model`: one server's life; all of them, by one clock
//! - `history`: what happened before anybody watched
//! - `obey`, `panel`: what commands do, and what is posted for them
//! - `posting`: posting it into the stand-in for Discord
//! - `living`: a life whose events go out; tests drive it step by step
//! - `past`: the history put into the stream, each event at its own time
//!
//! [`World`] is a bot's memory: it outlives the bot's process, as a database would.

mod chance;
mod feed;
mod giveaways;
mod ground;
mod history;
mod living;
mod model;
mod music;
mod obey;
mod pace;
mod panel;
mod past;
mod posting;
mod rooms;
mod scene;
mod server;
mod talk;
mod tickets;

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod obey_tests;
#[cfg(test)]
mod witness;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use config_sync::{GuildId, now_ms};
use discord_standin::{WorldHandle, seed};

pub use chance::Chance;
pub use giveaways::{Giveaway, GiveawayState, Giveaways, NewGiveaway};
pub use ground::{Closed, Ground, Person, move_in};
pub use living::Living;
pub use model::Model;
pub use obey::{Place, Posting};
pub use pace::Pace;
pub use posting::Discord;
pub use scene::{Scene, from_iso, iso};
pub use server::Server;
pub use tickets::{Ticket, TicketState, Tickets};

/// Where the demo's life goes on by itself; most of it in the first.
pub const ALIVE: [GuildId; 4] =
    [GuildId(seed::HARBOUR_CLUB.0), GuildId(seed::ARCADE.0), GuildId(seed::LIBRARY.0), GuildId(seed::HOSTILE.0)];

type Scenery = Box<dyn Fn(GuildId) -> Option<Ground> + Send + Sync>;

/// A bot's memory of its servers. Clones share it.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    model: Mutex<Model>,
    /// What people and channels a server has now.
    scenery: Scenery,
    discord: Option<Discord>,
    /// How far its clock is ahead, in milliseconds.
    ahead: AtomicU64,
}

impl World {
    /// A world on the stand-in's seeded servers in which nothing has happened. It posts nothing: messages get made-up
    /// ids. Nothing happens by itself until [`World::awakes`].
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let servers = seed::world();
        Self::begin(seed, Box::new(move |guild| Ground::of(&servers, guild.get())), None)
    }

    /// A world on a stand-in's servers, as they are from moment to moment, that posts its messages there.
    #[must_use]
    pub fn of(seed: u64, servers: WorldHandle, discord: Discord) -> Self {
        let scenery = move |guild: GuildId| servers.edit(|servers| Ground::of(servers, guild.get()));
        Self::begin(seed, Box::new(scenery), Some(discord))
    }

    fn begin(seed: u64, scenery: Scenery, discord: Option<Discord>) -> Self {
        let model = Mutex::new(Model::new(seed));
        Self(Arc::new(Inner { model, scenery, discord, ahead: AtomicU64::new(0) }))
    }

    /// From now on things happen by themselves on these servers, as far as the bot is in them.
    pub fn awakes(&self, guilds: &[GuildId]) {
        for guild in guilds {
            if let Some(ground) = self.ground(*guild) {
                let mut model = self.model();
                model.knows(*guild, ground);
                model.awakes(*guild);
            }
        }
    }

    /// How much happens by itself from now on.
    pub fn goes_at(&self, pace: Pace) {
        self.model().pace = pace;
    }

    #[must_use]
    pub fn pace(&self) -> Pace {
        self.model().pace
    }

    /// Its clock, in unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        now_ms() + self.0.ahead.load(Ordering::Relaxed)
    }

    /// Its clock goes on by this much at once. More than a day ahead, the dashboard takes no event of it.
    pub fn passes(&self, time: Duration) {
        self.0.ahead.fetch_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The bot is in this server; one the scenery does not have has no people and no channels.
    pub(crate) fn knows(&self, guild: GuildId) {
        let ground = self.ground(guild).unwrap_or_default();
        self.model().knows(guild, ground);
    }

    fn ground(&self, guild: GuildId) -> Option<Ground> {
        (self.0.scenery)(guild)
    }

    pub(crate) fn forgets(&self, guild: GuildId) {
        self.model().forgets(guild);
    }

    fn model(&self) -> MutexGuard<'_, Model> {
        self.0.model.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
