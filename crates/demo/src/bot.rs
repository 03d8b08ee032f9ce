//! A bot without Discord: it follows its settings as a real one would, and reports back.
//!
//! Tests ask it what it has applied. One that lives also obeys commands and tells what happens on its servers, which is
//! `world`'s matter. What a bot does with its settings does not live here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use config_sync::{BadRedisUrl, Change, Command, ConfigSubscriber, Done, EventPublisher, GuildId, ModuleName, Order};
use discord_standin::seed;
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::world::{Living, World};

/// How the bot treats the changes and commands that reach it. To let it die, drop it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// How long it works on each.
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

/// Is told of each change that was dealt with.
type Tell = Arc<dyn Fn(&Heard) + Send + Sync>;

#[derive(Default)]
struct Memory {
    applied: Vec<Change>,
    behaviour: Behaviour,
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

    /// As [`ExampleBot::start`], and calls `tell` with each change that was dealt with.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start_telling<G>(
        redis_url: &str,
        prefix: &str,
        guilds: impl IntoIterator<Item = G>,
        tell: impl Fn(&Heard) + Send + Sync + 'static,
    ) -> Result<Self, BadRedisUrl>
    where
        G: Into<GuildId>,
    {
        Self::begin(redis_url, prefix, guilds, Arc::new(tell), None)
    }

    /// As [`ExampleBot::start_telling`], and lives: it obeys commands, and what happens in `world` is told to the
    /// dashboard, for as long as it runs. A test drives it with [`ExampleBot::life`].
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start_living<G>(
        redis_url: &str,
        prefix: &str,
        guilds: impl IntoIterator<Item = G>,
        world: &World,
        tell: impl Fn(&Heard) + Send + Sync + 'static,
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
        let remembering = Arc::clone(&memory);
        let mut builder = ConfigSubscriber::builder(redis_url)
            .prefix(prefix)
            .application_id(seed::CLIENT_ID)
            .bot_id("example-bot")
            .shard_count(1)
            .guilds(guilds.iter().copied())
            .events(&events)
            .announce(env!("CARGO_PKG_VERSION"))
            .on_all(move |change| deal_with(change, Arc::clone(&remembering), Arc::clone(&tell)));
        let mut life = None;
        if let Some(world) = world {
            guilds.iter().for_each(|guild| world.knows(*guild));
            let living = Living::new(world.clone(), events);
            let (obeying, remembering) = (living.clone(), Arc::clone(&memory));
            builder = builder.obey(move |command| obey(command, Arc::clone(&remembering), obeying.clone()));
            life = Some(Life { task: tokio::spawn(living.clone().goes_on()), living });
        }
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

    /// From now on it treats changes like this.
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
    let Behaviour { takes, refuses } = lock(&memory).behaviour.clone();
    tokio::time::sleep(takes).await;
    let before = lock(&memory).settings_before(&change);
    if refuses.is_none() {
        lock(&memory).applied.push(change.clone());
    }
    tell(&Heard { change, before, refused: refuses.clone() });
    refuses.map_or(Ok(()), Err)
}

async fn obey(mut command: Command, memory: Arc<Mutex<Memory>>, living: Living) -> Result<Done, String> {
    let Behaviour { takes, refuses } = lock(&memory).behaviour.clone();
    tokio::time::sleep(takes).await;
    if let Some(reason) = refuses {
        return Err(reason);
    }
    if let Order::ReviewPublish(_) = command.order
        && command.envelope.channel_id.is_none()
    {
        command.envelope.channel_id = lock(&memory).rating_channel(command.envelope.guild_id);
    }
    living.obeys(&command).await
}

impl Memory {
    /// Where the settings want reviews.
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
