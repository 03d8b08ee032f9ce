//! From the bot to open pages: what the bot says is taken in, and who looks at a server is told.
//!
//! One subscription and one reader of the bot's stream a process. Nothing that is read from Redis is trusted, and
//! nothing of it grants anything. What an event is stands in `events`; what the rows it changes mean is said in
//! `happenings`, `changes` and `bots`.

mod adopt;
mod asking;
mod channel;
mod forget;
mod fragments;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod hub;
mod intake;
mod leaving;
mod neighbours;
mod notices;
mod page;
mod rights;
mod sample;
mod sessions;
mod stream;
mod topics;
mod viewers;
mod watch;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use config_sync::BadRedisUrl;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::watch as signal;
use tokio::task::{AbortHandle, JoinHandle};

pub use asking::Asking;
pub use hub::Hub;
pub use leaving::{Leaving, Stopping};
pub use page::live;
pub use stream::GROUP;

use crate::accounts::Accounts;
use crate::bots::Bots;
use crate::changes::news::News;
use crate::clock::Clock;
use crate::commands::Commands;
use crate::db::Db;
use crate::discord::Discord;
use crate::guilds::access::Access;
use crate::relay::Relay;
use crate::settings::module::Module;
use crate::sizes::Size;

/// What taking in and telling works with.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub discord: Discord,
    pub accounts: Accounts,
    pub access: Access,
    pub relay: Relay,
    pub commands: Commands,
    pub bots: Bots,
    pub news: News,
    pub modules: &'static [Module],
    /// Events of another application are not ours.
    pub application: String,
}

/// How full the queues are that are not the hub's. Clones share them.
#[derive(Clone)]
pub struct Sizes {
    asking: Asking,
    forgetter: forget::Forgetter,
    intake: Arc<intake::Intake>,
    published: Arc<AtomicUsize>,
}

impl Sizes {
    pub fn all(&self) -> [Size; 4] {
        let published = self.published.load(Ordering::Relaxed);
        [
            self.asking.size(),
            self.forgetter.size(),
            self.intake.size(),
            Size::queue("published_events", published, channel::ROOM),
        ]
    }
}

/// The running tasks. Dropping it ends them at once, [`Live::stop`] in good order.
pub struct Live {
    pub hub: Hub,
    pub asking: Asking,
    pub sizes: Sizes,
    reading: Option<JoinHandle<()>>,
    passing: Option<JoinHandle<()>>,
    reading_ends: signal::Sender<bool>,
    passing_ends: signal::Sender<bool>,
    tasks: Vec<AbortHandle>,
}

impl Live {
    /// Begins to listen. Redis need not be there.
    ///
    /// # Errors
    /// An address that cannot be understood.
    pub fn start(parts: Parts, redis_url: &SecretString) -> Result<Self, BadRedisUrl> {
        let client = config_sync::redis_client(redis_url.expose_secret())?;
        let names = parts.relay.publisher().names().clone();
        let hub = Hub::new(parts.clone());
        let asking = Asking::start(parts.clone());
        let intake = Arc::new(intake::Intake::new(parts.clone(), asking.clone()));
        let forgetter = forget::Forgetter::new(parts.discord.clone(), parts.access.clone(), hub.clone());
        let neighbours = neighbours::Neighbours::new(client.clone(), &names);
        let sizes = Sizes {
            asking: asking.clone(),
            forgetter: forgetter.clone(),
            intake: intake.clone(),
            published: Arc::default(),
        };
        let channel = channel::Channel {
            client: client.clone(),
            names: names.clone(),
            intake: intake.clone(),
            forgetter,
            hub: hub.clone(),
            neighbours: neighbours.clone(),
            bots: parts.bots.clone(),
            clock: parts.clock.clone(),
            waiting: sizes.published.clone(),
        };
        let forgetting = intake.clone().keep_forgetting();
        let stream = stream::Reader { client, names, intake, instance: uuid::Uuid::new_v4().to_string() };
        let (reading_ends, passing_ends) = (signal::Sender::new(false), signal::Sender::new(false));
        let reading = tokio::spawn(stream.read(reading_ends.subscribe()));
        let passing =
            neighbours::pass_on(parts.news.clone(), hub.clone(), neighbours.clone(), passing_ends.subscribe());
        let passing = tokio::spawn(passing);
        let tasks = vec![
            tokio::spawn(channel.listen()).abort_handle(),
            tokio::spawn(forgetting).abort_handle(),
            tokio::spawn(sessions::follow(hub.clone(), neighbours.clone())).abort_handle(),
            tokio::spawn(rights::keep_asking(hub.clone())).abort_handle(),
            tokio::spawn(watch::watch(hub.clone(), parts, neighbours)).abort_handle(),
            reading.abort_handle(),
            passing.abort_handle(),
        ];
        let (reading, passing) = (Some(reading), Some(passing));
        Ok(Self { hub, asking, sizes, reading, passing, reading_ends, passing_ends, tasks })
    }

    /// What is needed to ask for the end from outside.
    pub fn leaving(&self) -> Leaving {
        Leaving { hub: self.hub.clone(), reading_ends: self.reading_ends.clone() }
    }

    /// Takes in what was taken from the bot's stream, tells other instances what they do not know yet, and ends:
    /// within six seconds.
    pub async fn stop(mut self) {
        self.reading_ends.send_replace(true);
        if let Some(reading) = self.reading.take() {
            leaving::ended(reading).await;
        }
        self.passing_ends.send_replace(true);
        if let Some(passing) = self.passing.take() {
            leaving::ended(passing).await;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}
