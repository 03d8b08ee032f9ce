//! The bot's side: following the settings of its guilds for as long as it runs.
//!
//! This is the surface alone: building, telling it about guilds, stopping. How it reads is in
//! `session` and `catchup`, how handlers are called in `inbox`.

use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;

use crate::cache::ConfigCache;
use crate::catchup::Observer;
use crate::change::{Change, Handlers};
use crate::command::{Command, Done};
use crate::events::EventPublisher;
use crate::guilds::OwnGuilds;
use crate::hearing::{Beginning, Hearing};
use crate::heart::{self, Presence};
use crate::inbox::Inbox;
use crate::obey::{self, Handler};
use crate::session::{Session, pushing};
use crate::verdict::{Identity, Verdict};
use crate::{BadRedisUrl, Event, GuildId, ModuleName, Names, NotTaken, SettingsUpdate, redis_client};

/// How long a handler may take, unless set.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long [`ConfigSubscriber::stop`] waits for acknowledgements to go out.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Follows the settings of a bot process's guilds and calls its handlers. Ends when dropped, and
/// begins no change any more; [`ConfigSubscriber::stop`] ends it in good order.
#[must_use = "it follows only as long as it is kept"]
pub struct ConfigSubscriber {
    own: OwnGuilds,
    inbox: Arc<Inbox>,
    events: EventPublisher,
    tasks: Vec<JoinHandle<()>>,
    commands: Option<Hearing>,
    patience: Duration,
}

/// What a [`ConfigSubscriber`] is made of. Only the address is required.
#[must_use = "nothing happens before start"]
pub struct ConfigSubscriberBuilder {
    redis_url: String,
    prefix: String,
    identity: Identity,
    heartbeat: Duration,
    patience: Duration,
    own: OwnGuilds,
    handlers: Handlers,
    obeys: Option<Handler>,
    observers: Vec<Arc<dyn Observer>>,
    events: Option<EventPublisher>,
    presence: Option<Presence>,
}

impl ConfigSubscriber {
    /// Begins with the address of Redis.
    pub fn builder(redis_url: impl Into<String>) -> ConfigSubscriberBuilder {
        ConfigSubscriberBuilder {
            redis_url: redis_url.into(),
            prefix: String::new(),
            identity: Identity { bot_id: uuid::Uuid::new_v4().to_string(), ..Identity::default() },
            heartbeat: Duration::from_secs(5),
            patience: PATIENCE,
            own: OwnGuilds::default(),
            handlers: Handlers::default(),
            obeys: None,
            observers: Vec::new(),
            events: None,
            presence: None,
        }
    }

    /// The bot has this guild (GUILD_CREATE): reads its settings and follows them. What was handed to a handler before
    /// is not handed to it again.
    pub fn guild_added(&self, guild: impl Into<GuildId>) {
        self.own.add(guild.into());
    }

    /// The bot has lost this guild (GUILD_DELETE): its changes are not followed any more. A handler that has begun is
    /// left to end, but its answer is kept back until the guild comes back: another process may answer for it by now.
    pub fn guild_removed(&self, guild: impl Into<GuildId>) {
        self.own.remove(guild.into());
    }

    /// Tells the dashboard which settings this bot works with, so that a bot that is running already can be adopted:
    /// they fill a module of the guild that was never saved, as a change by "bot". What was saved is never changed by
    /// it. They have the form of [`Change::settings`], and come back as a change once they are taken.
    ///
    /// # Errors
    /// When the guild is not the process's own, or they were not taken.
    pub fn report_settings(
        &self,
        guild: impl Into<GuildId>,
        module: &ModuleName,
        settings: serde_json::Value,
    ) -> Result<(), NotTaken> {
        let guild = guild.into();
        if !self.own.contains(guild) {
            return Err(NotTaken::NotOwn);
        }
        let data = SettingsUpdate { module: module.clone(), settings };
        self.events.send(&Event::about("SETTINGS_UPDATE", guild, &data))
    }

    /// The publisher that sends the acknowledgements, for the bot's own events.
    #[must_use]
    pub fn events(&self) -> &EventPublisher {
        &self.events
    }

    /// Stops following, lets handlers that have begun end, and sends their acknowledgements, the last for at most 5 s.
    /// Tells whether all were sent.
    pub async fn stop(mut self) -> bool {
        self.tasks.iter().for_each(JoinHandle::abort);
        if let Some(hearing) = self.commands.take() {
            hearing.end(self.patience).await;
        }
        self.inbox.close().await;
        self.events.flush(LAST_WORDS).await
    }
}

impl Drop for ConfigSubscriber {
    fn drop(&mut self) {
        self.inbox.shut();
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl ConfigSubscriberBuilder {
    /// What stands before every name in Redis; empty unless set. The same as the dashboard's.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The Discord application's id. The dashboard ignores acknowledgements of another than its own.
    pub fn application_id(mut self, id: impl ToString) -> Self {
        self.identity.application_id = id.to_string();
        self
    }

    /// A name for this process; random unless set.
    pub fn bot_id(mut self, id: impl Into<String>) -> Self {
        self.identity.bot_id = id.into();
        self
    }

    /// How many shards the bot runs as a whole: then acknowledgements name the guild's shard.
    pub fn shard_count(mut self, count: u64) -> Self {
        self.identity.shard_count = Some(count);
        self
    }

    /// Tells the dashboard that this process is there: BOT_READY now, a heartbeat every 15 s. The shards are those of
    /// [`ConfigSubscriberBuilder::shards`], or all.
    pub fn announce(mut self, version: impl Into<String>) -> Self {
        self.presence.get_or_insert_default().version = version.into();
        self
    }

    /// The shards this process runs, if not all. Announces it, as [`ConfigSubscriberBuilder::announce`] does.
    pub fn shards(mut self, shards: impl IntoIterator<Item = u64>) -> Self {
        self.presence.get_or_insert_default().shards = shards.into_iter().collect();
        self
    }

    /// Guilds the process has from the start; more are told as they come.
    pub fn guilds<G: Into<GuildId>>(self, guilds: impl IntoIterator<Item = G>) -> Self {
        guilds.into_iter().for_each(|guild| self.own.add(guild.into()));
        self
    }

    /// How often Redis is asked for a sign of life and whether anything was missed; 5 s unless set. Two beats without
    /// an answer (each at least 1 s) make a new connection.
    pub fn heartbeat(mut self, every: Duration) -> Self {
        self.heartbeat = every.max(Duration::from_millis(10));
        self
    }

    /// How long the handlers of one change may take together; 30 s unless set. What takes longer is dropped where it
    /// waits, and the change is refused with that reason: a handler that never ends would keep its place for ever. Let
    /// it begin long work elsewhere and return.
    pub fn handler_timeout(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Calls `handler` with each change of one module. Ok acknowledges it, Err refuses it with a reason the admin sees,
    /// and so does a panic; a refused change is not handed over again. Several handlers of a module are called in the
    /// order given, until one refuses. It must be idempotent: after a restart of the bot it is called with what it had
    /// applied before. While it runs the pair waits, and of what arrives meanwhile only the newest is handed over.
    pub fn on<F, Fut, E>(mut self, module: ModuleName, handler: F) -> Self
    where
        F: Fn(Change) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        self.handlers.add(Some(module), handler);
        self
    }

    /// As [`ConfigSubscriberBuilder::on`], for every module.
    pub fn on_all<F, Fut, E>(mut self, handler: F) -> Self
    where
        F: Fn(Change) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        self.handlers.add(None, handler);
        self
    }

    /// Obeys commands of the dashboard: calls `handler` with each to a guild of this process, one after the other for
    /// each guild, and answers what comes of it. Err is a code of the protocol (`not_found`) or words for the admin. A
    /// command is done once, however often it comes, and not when it has expired. After a panic,
    /// [`ConfigSubscriberBuilder::handler_timeout`], or the death of the process the answer is `unknown_outcome`.
    /// Processes that run at once need different [`ConfigSubscriberBuilder::bot_id`]s.
    pub fn obey<F, Fut, E>(mut self, handler: F) -> Self
    where
        F: Fn(Command) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Done, E>> + Send + 'static,
        E: Display,
    {
        self.obeys = Some(obey::handler(handler));
        self
    }

    /// Keeps `cache` filled. Settings that do not fit its type are refused.
    pub fn cache<T>(mut self, cache: &ConfigCache<T>) -> Self
    where
        T: DeserializeOwned + Default + Send + Sync + 'static,
    {
        let filled = cache.clone();
        self.observers.push(Arc::new(cache.clone()));
        self.on(cache.module().clone(), move |change| std::future::ready(filled.apply(&change)))
    }

    /// Sends acknowledgements with this publisher instead of one of its own.
    pub fn events(mut self, events: &EventPublisher) -> Self {
        self.events = Some(events.clone());
        self
    }

    /// Begins to follow. Must be called within a tokio runtime; Redis need not be there.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn start(self) -> Result<ConfigSubscriber, BadRedisUrl> {
        let client = redis_client(&self.redis_url)?;
        let events = match self.events {
            Some(events) => events,
            None => EventPublisher::new(&self.redis_url, &self.prefix)?,
        };
        let identity = Arc::new(self.identity);
        let names = Names::new(self.prefix);
        let pushing = pushing(&client).map_err(|error| BadRedisUrl(error.to_string()))?;
        let with = |handler| Beginning {
            redis_url: &self.redis_url,
            client,
            pushing: pushing.clone(),
            names: names.clone(),
            heartbeat: self.heartbeat,
            patience: self.patience,
            identity: Arc::clone(&identity),
            own: self.own.clone(),
            events: events.clone(),
            handler,
        };
        let commands = self.obeys.map(with).map(Hearing::begin).transpose()?;
        let told = events.clone();
        let tell = Box::new(move |verdict: Verdict| {
            let guild = verdict.guild;
            if let Err(error) = told.acknowledge(verdict) {
                tracing::error!(%error, guild.id = %guild, "an acknowledgement was lost");
            }
        });
        let inbox = Inbox::new(self.handlers, self.patience, Arc::clone(&identity), self.own.clone(), tell);
        let session = Session {
            client: pushing,
            names,
            heartbeat: self.heartbeat,
            inbox: Arc::clone(&inbox),
            own: self.own.clone(),
            observers: self.observers.into(),
        };
        let mut tasks = vec![tokio::spawn(session.run())];
        if let Some(presence) = self.presence {
            let beating = heart::beat(events.clone(), identity, presence, self.own.clone());
            tasks.push(tokio::spawn(beating));
        }
        Ok(ConfigSubscriber { own: self.own, inbox, events, tasks, commands, patience: self.patience })
    }
}
