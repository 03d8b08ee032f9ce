//! A life whose events go out. It goes on by itself at the world's pace; tests drive it step by step.

use std::time::{Duration, Instant};

use config_sync::{Command, Done, EventPublisher, GuildId};

use super::World;
use super::history;
use super::model::Model;
use super::obey::Posting;
use super::scene::Scene;
use super::server::Server;
use super::tickets::somebody;

/// What is due is looked for so often at least.
const LOOKS: Duration = Duration::from_secs(1);

/// A world together with what sends its events. Clones are the same.
#[derive(Clone)]
pub struct Living {
    world: World,
    events: EventPublisher,
}

impl Living {
    #[must_use]
    pub fn new(world: World, events: EventPublisher) -> Self {
        Self { world, events }
    }

    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Does something with the model at this moment, after what is due, and sends what came of it.
    pub fn act<T>(&self, act: impl FnOnce(&mut Model) -> T) -> T {
        let mut model = self.world.model();
        model.moves_to(self.world.now());
        let outcome = act(&mut model);
        for event in model.take_told() {
            if let Err(error) = self.events.send(&event) {
                tracing::warn!(%error, event.kind, "an event was lost");
            }
        }
        outcome
    }

    /// One thing happens by chance, on one of the servers that are awake.
    pub fn step(&self) {
        self.act(Model::something_happens);
    }

    /// Its clock goes on at once, and what is due happens.
    pub fn passes(&self, time: Duration) {
        self.world.passes(time);
        self.act(|_| ());
    }

    /// Plays the days before now on these servers, all of it told now.
    pub fn has_a_past(&self, guilds: &[GuildId]) {
        let now = self.world.now();
        let mut model = self.world.model();
        history::play(&mut model, guilds, now);
        drop(model);
        self.act(|_| ());
    }

    /// Somebody of the staff starts a giveaway in Discord; gives its id.
    pub fn starts_giveaway(&self, guild: GuildId, prize: &str, lasts: Duration) -> Option<String> {
        let lasts = u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX);
        self.on(guild, |server, scene| server.start_giveaway(scene, Some(prize), lasts)).flatten()
    }

    /// So many people enter it who have not; gives how many there were.
    pub fn enters_giveaway(&self, guild: GuildId, id: &str, people: usize) -> usize {
        let entering = |server: &mut Server, scene: &mut Scene| {
            let Some(giveaway) = server.giveaways.all.get_mut(id) else { return 0 };
            let all = server.ground.people.iter();
            all.filter(|person| giveaway.enter(scene, guild, id, person.id)).take(people).count()
        };
        self.on(guild, entering).unwrap_or(0)
    }

    /// It ends now. False: it does not run.
    pub fn ends_giveaway(&self, guild: GuildId, id: &str) -> bool {
        let ending = |server: &mut Server, scene: &mut Scene| {
            let giveaway = server.giveaways.all.get_mut(id).filter(|one| !one.is_over());
            giveaway.map(|giveaway| giveaway.end(scene, guild, id)).is_some()
        };
        self.on(guild, ending).unwrap_or(false)
    }

    /// Somebody opens a ticket of this category; gives its id.
    pub fn opens_ticket(&self, guild: GuildId, category: &str) -> Option<String> {
        let opening = |server: &mut Server, scene: &mut Scene| {
            let opener = somebody(scene, &server.ground)?;
            Some(server.tickets.open(scene, guild, &opener, Some(category)))
        };
        self.on(guild, opening).flatten()
    }

    /// Somebody of the staff takes it. False: it is not open, or taken.
    pub fn claims_ticket(&self, guild: GuildId, id: &str) -> bool {
        self.on(guild, |server, scene| server.claim_ticket(scene, id)).unwrap_or(false)
    }

    /// It is closed in Discord, and its transcript handed over. False: it is closed already.
    pub fn closes_ticket(&self, guild: GuildId, id: &str, reason: Option<&str>) -> bool {
        self.on(guild, |server, scene| server.close_ticket(scene, id, reason)).unwrap_or(false)
    }

    /// Its opener opens it again. False: it is not closed.
    pub fn reopens_ticket(&self, guild: GuildId, id: &str) -> bool {
        let reopening = |server: &mut Server, scene: &mut Scene| {
            server.tickets.get_mut(id).is_some_and(|ticket| {
                let opener = ticket.opener.id;
                ticket.reopen(scene, guild, id, opener)
            })
        };
        self.on(guild, reopening).unwrap_or(false)
    }

    /// Its opener rates it. False: it is not closed, or rated already.
    pub fn rates_ticket(&self, guild: GuildId, id: &str, stars: u64, review: Option<&str>) -> bool {
        let rating = |server: &mut Server, scene: &mut Scene| {
            server.tickets.get_mut(id).is_some_and(|ticket| ticket.rate(scene, guild, id, stars, review))
        };
        self.on(guild, rating).unwrap_or(false)
    }

    /// Somebody gets a room of this name; gives its channel.
    pub fn opens_room(&self, guild: GuildId, name: &str) -> Option<u64> {
        let opening = |server: &mut Server, scene: &mut Scene| {
            let owner = somebody(scene, &server.ground)?;
            Some(server.rooms.open(scene, guild, &owner, Some(name)))
        };
        self.on(guild, opening).flatten()
    }

    /// Everybody leaves it. False: there is no such room.
    pub fn closes_room(&self, guild: GuildId, channel: u64) -> bool {
        self.on(guild, |server, scene| server.rooms.close(scene, guild, channel)).unwrap_or(false)
    }

    /// The next track begins.
    pub fn plays_track(&self, guild: GuildId) {
        self.on(guild, |server, scene| {
            if let Some(person) = somebody(scene, &server.ground) {
                server.player.play(scene, guild, &person);
            }
        });
    }

    /// None: the bot is not in this server.
    fn on<T>(&self, guild: GuildId, act: impl FnOnce(&mut Server, &mut Scene) -> T) -> Option<T> {
        self.act(|model| model.server(guild).map(|(server, scene)| act(server, scene)))
    }

    /// Obeys a command of the dashboard.
    ///
    /// # Errors
    /// A code of the protocol, or words for the admin: it was not done.
    pub async fn obeys(&self, command: &Command) -> Result<Done, String> {
        let guild = command.envelope.guild_id;
        // Channels come and go.
        let ground = self.world.ground(guild);
        let considered = self.act(|model| {
            let (server, scene) = model.server(guild).ok_or("not_found")?;
            server.ground = ground.unwrap_or_default();
            server.considers(command, scene.now)
        });
        let posted = match considered? {
            None => None,
            Some(posting) => Some(match &self.world.0.discord {
                Some(discord) => discord.does(&posting, &command.nonce(0)).await?,
                None => self.made_up(&posting),
            }),
        };
        let done = self.act(|model| {
            let (server, scene) = model.server(guild).ok_or("not_found")?;
            server.obeys(scene, command, posted)
        });
        Ok(done?)
    }

    /// Without a Discord to post in, a message has only an id.
    fn made_up(&self, posting: &Posting) -> (u64, u64) {
        match posting {
            Posting::Post { channel, .. } | Posting::Direct { person: channel, .. } => {
                (*channel, self.act(|model| model.scene().snowflake()))
            }
            Posting::Edit { channel, message, .. } | Posting::Delete { channel, message } => (*channel, *message),
        }
    }

    /// Goes on at the world's pace until the task is ended.
    pub(crate) async fn goes_on(self) {
        let (mut last, mut stretch) = (Instant::now(), 1.0);
        loop {
            let gap = self.world.pace().gap().map(|gap| gap.mul_f64(stretch));
            tokio::time::sleep(gap.unwrap_or(LOOKS).min(LOOKS)).await;
            let happens = gap.is_some_and(|gap| last.elapsed() >= gap);
            stretch = self.act(|model| {
                if happens {
                    model.something_happens();
                    // Nothing in life comes by the beat of a clock.
                    return model.scene().chance.between(50, 150) as f64 / 100.0;
                }
                stretch
            });
            if happens {
                last = Instant::now();
            }
        }
    }
}
