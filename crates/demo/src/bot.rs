//! A bot without Discord: it follows its settings as a real one would, and reports back.
//!
//! Tests ask it what it has applied. One that lives also obeys commands and tells what happens on its servers, which is
//! `world`'s matter. What a bot does with its settings does not live here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use config_sync::{BadRedisUrl, Change, Command, ConfigSubscriber, Done, EventPublisher, GuildId, ModuleName, Order};
use discord_standin::{WorldHandle, seed};
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::obedience;
use crate::world::{Living, World};

/// How often a bot that works looks whether it may stop.
const GLANCE: Duration = Duration::from_millis(20);

/// How the bot treats the changes and commands that reach it. To let it die, drop it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// How long it works on each; less from the moment it is told so.
    pub takes: Duration,
    /// Refuses every one, for this reason.
    pub refuses: Option<String>,
}

/// A change that reached the bot, and what came of it.
#[derive(Clone, Debug)]
pub struct Heard {
    pub change: Change,
    /// The settings it had for this guild and module, if any.
    pub before: Option<Value>,
    /// Why it was refused.
    pub refused: Option<String>,
}

/// What a bot tells whoever started it.
#[derive(Clone, Debug)]
pub enum Told {
    Heard(Heard),
    /// It was told to do something, and what came of it.
    Commanded(Command, Result<Done, String>),
}

impl Told {
    /// Where it happened.
    #[must_use]
    pub fn guild(&self) -> GuildId {
        match self {
            Self::Heard(heard) => heard.change.guild_id,
            Self::Commanded(command, _) => command.envelope.guild_id,
        }
    }
}

/// A running bot. Dropping it is a bot process that dies; [`ExampleBot::stop`] lets it finish.
pub struct ExampleBot {
    subscriber: ConfigSubscriber,
    memory: Arc<Mutex<Memory>>,
    life: Option<Life>,
}

/// A life, and the task in which it goes on.
struct Life {
    living: Living,
    task: JoinHandle<()>,
}

impl Drop for Life {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Is told of each change and command that was dealt with.
type Tell = Arc<dyn Fn(&Told) + Send + Sync>;

#[derive(Default)]
struct Memory {
    applied: Vec<Change>,
    obeyed: Vec<Command>,
    behaviour: Behaviour,
    /// Where one posts that has no life of its own; without it, nowhere.
    world: Option<WorldHandle>,
}

impl ExampleBot {
    /// Starts a bot that is in `guilds`. Must be called within a tokio runtime; Redis need not be there.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start<G>(redis_url: &str, prefix: &str, guilds: impl IntoIterator<Item = G>) -> Result<Self, BadRedisUrl>
    where
        G: Into<GuildId>,
    {
        Self::start_telling(redis_url, prefix, guilds, |_| {})
    }

    /// As [`ExampleBot::start`], and calls `tell` with each change and command that was dealt with.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start_telling<G>(
        redis_url: &str,
        prefix: &str,
        guilds: impl IntoIterator<Item = G>,
        tell: impl Fn(&Told) + Send + Sync + 'static,
    ) -> Result<Self, BadRedisUrl>
    where
        G: Into<GuildId>,
    {
        Self::begin(redis_url, prefix, guilds, Arc::new(tell), None)
    }

    /// As [`ExampleBot::start_telling`], and lives: what happens in `world` is told to the dashboard for as long as it
    /// runs, and commands change that world. A test drives it with [`ExampleBot::life`].
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start_living<G>(
        redis_url: &str,
        prefix: &str,
        guilds: impl IntoIterator<Item = G>,
        world: &World,
        tell: impl Fn(&Told) + Send + Sync + 'static,
    ) -> Result<Self, BadRedisUrl>
    where
        G: Into<GuildId>,
    {
        Self::begin(redis_url, prefix, guilds, Arc::new(tell), Some(world))
    }

    fn begin<G>(
        redis_url: &str,
        prefix: &str,
        guilds: impl IntoIterator<Item = G>,
        tell: Tell,
        world: Option<&World>,
    ) -> Result<Self, BadRedisUrl>
    where
        G: Into<GuildId>,
    {
        let memory = Arc::new(Mutex::new(Memory::default()));
        let guilds: Vec<GuildId> = guilds.into_iter().map(Into::into).collect();
        let events = EventPublisher::new(redis_url, prefix)?;
        let life = world.map(|world| {
            guilds.iter().for_each(|guild| world.knows(*guild));
            let living = Living::new(world.clone(), events.clone());
            Life { task: tokio::spawn(living.clone().goes_on()), living }
        });
        let living = life.as_ref().map(|life| life.living.clone());
        let (remembering, obeying, telling) = (Arc::clone(&memory), Arc::clone(&memory), Arc::clone(&tell));
        let builder = ConfigSubscriber::builder(redis_url)
            .prefix(prefix)
            .application_id(seed::CLIENT_ID)
            .bot_id("example-bot")
            .shard_count(1)
            .guilds(guilds.iter().copied())
            .events(&events)
            .announce(env!("CARGO_PKG_VERSION"))
            .on_all(move |change| deal_with(change, Arc::clone(&remembering), Arc::clone(&tell)))
            .obey(move |command| obey(command, Arc::clone(&obeying), living.clone(), Arc::clone(&telling)));
        Ok(Self { subscriber: builder.start()?, memory, life })
    }

    /// What it lives, to be driven step by step; none unless it was started living.
    #[must_use]
    pub fn life(&self) -> Option<&Living> {
        self.life.as_ref().map(|life| &life.living)
    }

    /// What was applied so far, oldest first.
    #[must_use]
    pub fn applied(&self) -> Vec<Change> {
        lock(&self.memory).applied.clone()
    }

    /// What it was told to do and did, or tried to do, oldest first.
    #[must_use]
    pub fn obeyed(&self) -> Vec<Command> {
        lock(&self.memory).obeyed.clone()
    }

    /// From now on it posts in this world, if it has no life of its own.
    pub fn lives_in(&self, world: WorldHandle) {
        lock(&self.memory).world = Some(world);
    }

    /// From now on it treats changes and commands like this.
    pub fn behave(&self, behaviour: Behaviour) {
        lock(&self.memory).behaviour = behaviour;
    }

    /// The bot was invited to this guild.
    pub fn joined(&self, guild: impl Into<GuildId>) {
        let guild = guild.into();
        if let Some(living) = self.life() {
            living.world().knows(guild);
        }
        self.subscriber.guild_added(guild);
    }

    /// The bot was removed from this guild.
    pub fn left(&self, guild: impl Into<GuildId>) {
        let guild = guild.into();
        if let Some(living) = self.life() {
            living.world().forgets(guild);
        }
        self.subscriber.guild_removed(guild);
    }

    /// Finishes what it has begun and sends its acknowledgements. Tells whether all were sent.
    pub async fn stop(self) -> bool {
        drop(self.life);
        self.subscriber.stop().await
    }
}

async fn deal_with(change: Change, memory: Arc<Mutex<Memory>>, tell: Tell) -> Result<(), String> {
    let refuses = works(&memory).await;
    let before = lock(&memory).settings_before(&change);
    if refuses.is_none() {
        lock(&memory).applied.push(change.clone());
    }
    tell(&Told::Heard(Heard { change, before, refused: refuses.clone() }));
    refuses.map_or(Ok(()), Err)
}

async fn obey(
    command: Command,
    memory: Arc<Mutex<Memory>>,
    living: Option<Living>,
    tell: Tell,
) -> Result<Done, String> {
    let refuses = works(&memory).await;
    let world = lock(&memory).world.clone();
    if refuses.is_none() {
        lock(&memory).obeyed.push(command.clone());
    }
    let outcome = match (refuses, living) {
        (Some(reason), _) => Err(reason),
        (None, Some(living)) => {
            let command = lock(&memory).placed(command.clone());
            living.obeys(&command).await
        }
        (None, None) => obedience::obey(&command, world.as_ref()).map_err(str::to_owned),
    };
    tell(&Told::Commanded(command, outcome.clone()));
    outcome
}

/// Works as long as it is told to, until it is told otherwise; then says why it refuses, if it does.
async fn works(memory: &Mutex<Memory>) -> Option<String> {
    let begun = Instant::now();
    loop {
        let Behaviour { takes, refuses } = lock(memory).behaviour.clone();
        let left = takes.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return refuses;
        }
        tokio::time::sleep(left.min(GLANCE)).await;
    }
}

impl Memory {
    /// Reviews are posted where the settings want them.
    fn placed(&self, mut command: Command) -> Command {
        let envelope = &mut command.envelope;
        if matches!(command.order, Order::ReviewPublish(_)) && envelope.channel_id.is_none() {
            envelope.channel_id = self.rating_channel(envelope.guild_id);
        }
        command
    }

    fn rating_channel(&self, guild: GuildId) -> Option<String> {
        let of_tickets = |change: &&Change| change.guild_id == guild && change.module == ModuleName::TICKETS;
        let last = self.applied.iter().rev().find(of_tickets)?;
        last.settings["ratingChannelId"].as_str().map(str::to_owned)
    }

    fn settings_before(&self, change: &Change) -> Option<Value> {
        let same_pair = |other: &&Change| other.guild_id == change.guild_id && other.module == change.module;
        self.applied.iter().rev().find(same_pair).map(|last| last.settings.clone())
    }
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
