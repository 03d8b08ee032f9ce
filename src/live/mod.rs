//! From the bot to open pages: what the bot says is taken in, and who looks at a server is told.
//!
//! One subscription and one reader of the bot's stream a process. Nothing that is read from Redis is trusted, and
//! nothing of it grants anything. What an event is stands in `events`; what the rows it changes mean is said in
//! `happenings`, `changes` and `bots`.

mod adopt;
mod channel;
mod forget;
mod fragments;
mod hub;
mod intake;
mod neighbours;
mod notices;
mod page;
mod stream;
mod topics;
mod viewers;
mod watch;

use std::sync::Arc;

use redis::io::tcp::TcpSettings;
use redis::{Client, IntoConnectionInfo as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::AbortHandle;

pub use hub::{Hub, Stopping};
pub use page::live;

use crate::accounts::Accounts;
use crate::bots::Bots;
use crate::changes::news::News;
use crate::clock::Clock;
use crate::db::Db;
use crate::discord::Discord;
use crate::guilds::access::Access;
use crate::relay::Relay;
use crate::settings::module::Module;

/// What taking in and telling works with.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub discord: Discord,
    pub accounts: Accounts,
    pub access: Access,
    pub relay: Relay,
    pub bots: Bots,
    pub news: News,
    pub modules: &'static [Module],
    /// Events of another application are not ours.
    pub application: String,
}

/// The running tasks. Dropping it ends them.
pub struct Live {
    pub hub: Hub,
    tasks: Vec<AbortHandle>,
}

impl Live {
    /// Begins to listen. Redis need not be there.
    ///
    /// # Errors
    /// An address that cannot be understood.
    pub fn start(parts: Parts, redis_url: &SecretString) -> redis::RedisResult<Self> {
        let client = Client::open(
            redis_url
                .expose_secret()
                .into_connection_info()?
                .set_tcp_settings(TcpSettings::default().set_nodelay(true)),
        )?;
        let names = parts.relay.publisher().names().clone();
        let hub = Hub::new(parts.clone());
        let intake = Arc::new(intake::Intake::new(parts.clone()));
        let forgetter = forget::Forgetter::new(parts.discord.clone(), parts.access.clone(), hub.clone());
        let neighbours = neighbours::Neighbours::new(client.clone(), &names);
        let channel = channel::Channel {
            client: client.clone(),
            names: names.clone(),
            intake: intake.clone(),
            forgetter,
            hub: hub.clone(),
            neighbours: neighbours.clone(),
            bots: parts.bots.clone(),
            clock: parts.clock.clone(),
        };
        let stream = stream::Reader { client, names, intake, instance: uuid::Uuid::new_v4().to_string() };
        let tasks = vec![
            tokio::spawn(channel.listen()).abort_handle(),
            tokio::spawn(stream.read()).abort_handle(),
            tokio::spawn(neighbours::pass_on(parts.news.clone(), hub.clone(), neighbours)).abort_handle(),
            tokio::spawn(watch::watch(hub.clone(), parts)).abort_handle(),
        ];
        Ok(Self { hub, tasks })
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}
