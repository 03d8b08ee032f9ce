//! The one place of a process where what has come further meets who is looking.
//!
//! What was told is drawn once for all who look at a server, in the order it was told.

use std::sync::Arc;

use actix_web::dev::ServerHandle;
use tokio::task::AbortHandle;

use super::fragments::{self, Wanted};
use super::viewers::{Closed, Seat, Viewers};
use super::{Parts, viewers};
use crate::accounts::Person;
use crate::changes::delivery::Way;
use crate::changes::news::{News, Told, Topic};
use crate::clock::Millis;
use crate::ids::GuildId;

/// Clones share it.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    parts: Parts,
    viewers: Viewers,
    /// What is still to be drawn.
    waiting: News,
    worker: std::sync::OnceLock<AbortHandle>,
}

impl Hub {
    pub(super) fn new(parts: Parts) -> Self {
        let hub = Self(Arc::new(Inner {
            parts,
            viewers: Viewers::default(),
            waiting: News::default(),
            worker: Default::default(),
        }));
        let (waiting, weak) = (hub.0.waiting.clone(), Arc::downgrade(&hub.0));
        let worker = tokio::spawn(async move {
            loop {
                let told = waiting.next().await;
                let Some(inner) = weak.upgrade() else { return };
                Self(inner).draw(told).await;
            }
        });
        // Just made: nobody has set it before.
        let _ = hub.0.worker.set(worker.abort_handle());
        hub
    }

    /// Something has come further; who does not look is not told.
    pub(super) fn news(&self, told: Vec<Told>) {
        for one in told.into_iter().filter(|one| self.0.viewers.watches(one.guild)) {
            self.0.waiting.tell(one.guild, one.topic, &one.id);
        }
    }

    async fn draw(&self, told: Vec<Told>) {
        let told: Vec<Told> = told.into_iter().filter(|one| one.topic == Topic::Changes).collect();
        // Told is in the order of the guilds.
        for of_guild in told.chunk_by(|one, next| one.guild == next.guild) {
            let ids = of_guild.iter().map(|one| one.id.clone()).collect();
            self.draw_for(of_guild[0].guild, Wanted::Ids(ids)).await;
        }
    }

    pub(super) async fn draw_for(&self, guild: GuildId, wanted: Wanted) {
        match fragments::changes(&self.0.parts, guild, wanted, self.way(guild)).await {
            Ok(Some(frame)) => self.0.viewers.send(guild, &frame),
            Ok(None) => {}
            Err(error) => tracing::warn!(cause = %error, "open pages cannot be told"),
        }
    }

    /// What was said while nothing could be heard is looked up.
    pub(super) async fn catch_all_up(&self, since: Millis) {
        for guild in self.0.viewers.guilds() {
            self.draw_for(guild, Wanted::Since(since)).await;
        }
    }

    /// The rights of whoever looks at a server are asked anew at once.
    pub(super) fn ask_again(&self, guild: GuildId) {
        self.0.viewers.ask_again(guild);
    }

    pub(super) fn seat(&self, guild: GuildId, person: Person) -> Result<Seat, Closed> {
        self.0.viewers.seat(guild, person, self.0.parts.clock.now())
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(super) fn viewers(&self) -> &viewers::Viewers {
        &self.0.viewers
    }

    pub(super) fn way(&self, guild: GuildId) -> Way {
        let parts = &self.0.parts;
        Way { lost_since: parts.relay.health().lost_since(), bot: parts.bots.reach(guild) }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.get() {
            worker.abort();
        }
    }
}

/// Ends the service in good order: open streams first, which would otherwise hold it.
#[derive(Clone)]
pub struct Stopping {
    pub server: ServerHandle,
    pub hub: Hub,
}

impl Stopping {
    /// `graceful`: requests that have begun are answered.
    pub async fn stop(&self, graceful: bool) {
        self.hub.viewers().close();
        self.server.stop(graceful).await;
    }
}
