//! All servers of the bot, and the clock they share. No Redis and no waiting: what happens is given back as events.

use std::collections::BTreeMap;

use config_sync::{Event, GuildId};

use super::ground::Ground;
use super::pace::Pace;
use super::scene::Scene;
use super::server::Server;

/// Of so many things that happen, in a hundred, on the first server.
const ON_THE_FIRST: u64 = 70;

/// A bot's servers. The same seed, grounds and times give the same events.
#[derive(Clone, Debug)]
pub struct Model {
    pub pace: Pace,
    scene: Scene,
    servers: BTreeMap<GuildId, Server>,
    /// Where things happen by themselves; most of them on the first.
    alive: Vec<GuildId>,
}

impl Model {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { pace: Pace::Calm, scene: Scene::new(seed), servers: BTreeMap::new(), alive: Vec::new() }
    }

    /// The bot is in this server. Nothing happens there by itself yet.
    pub fn knows(&mut self, guild: GuildId, ground: Ground) {
        self.servers.entry(guild).or_insert_with(|| Server::new(guild, ground));
    }

    /// From now on things happen there by themselves, too.
    pub fn awakes(&mut self, guild: GuildId) {
        if !self.alive.contains(&guild) {
            self.alive.push(guild);
        }
    }

    /// Where things happen by themselves.
    #[must_use]
    pub fn alive(&self) -> &[GuildId] {
        &self.alive
    }

    /// The bot is not in this server any more, and forgets it.
    pub fn forgets(&mut self, guild: GuildId) {
        self.servers.remove(&guild);
        self.alive.retain(|one| *one != guild);
    }

    /// The time goes on, never back. What is due then happens.
    pub fn moves_to(&mut self, now: u64) {
        self.scene.moves_to(now);
        for server in self.servers.values_mut() {
            server.due(&mut self.scene);
        }
    }

    /// One thing happens by chance, on one of the servers that are alive.
    pub fn something_happens(&mut self) {
        let scene = &mut self.scene;
        let first = if scene.chance.percent(ON_THE_FIRST) { self.alive.first() } else { None };
        let guild = first.or_else(|| scene.chance.one(&self.alive));
        if let Some(server) = guild.and_then(|guild| self.servers.get_mut(guild)) {
            server.something_happens(scene, self.pace);
        }
    }

    /// A server, and the moment something can happen in. None: the bot is not in it.
    pub fn server(&mut self, guild: GuildId) -> Option<(&mut Server, &mut Scene)> {
        Some((self.servers.get_mut(&guild)?, &mut self.scene))
    }

    /// The moment alone.
    pub fn scene(&mut self) -> &mut Scene {
        &mut self.scene
    }

    /// What has happened since it was taken last, in its order.
    #[must_use]
    pub fn take_told(&mut self) -> Vec<Event> {
        self.scene.take_told()
    }
}
