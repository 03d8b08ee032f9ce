//! Ending in good order: nobody new, open streams, requests that have begun, what was taken from the bot's stream.

use std::time::Duration;

use actix_web::dev::ServerHandle;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Hub;
use crate::web::door::Door;

/// Longer than a reading waits for something new; what was taken and not committed by then is taken by another
/// instance a minute later.
const PATIENCE: Duration = Duration::from_secs(3);

/// Ends the service from outside. Clones end the same one.
#[derive(Clone)]
pub struct Stopping {
    pub server: ServerHandle,
    pub door: Door,
    pub live: Leaving,
}

/// Asks open pages to go elsewhere, and the reader of the bot's stream to take nothing more.
#[derive(Clone)]
pub struct Leaving {
    pub(super) hub: Hub,
    pub(super) reading_ends: watch::Sender<bool>,
}

impl Stopping {
    /// `graceful`: requests that have begun are answered, for ten seconds at most. Open streams end first: they would
    /// hold all the rest.
    pub async fn stop(&self, graceful: bool) {
        self.live.reading_ends.send_replace(true);
        match graceful {
            true => self.door.close().await,
            false => self.door.slam(),
        }
        self.live.hub.viewers().close();
        self.server.stop(graceful).await;
    }
}

/// Waits until a task that was asked to end has ended, and ends it if it does not.
pub(super) async fn ended(mut task: JoinHandle<()>) {
    if timeout(PATIENCE, &mut task).await.is_err() {
        task.abort();
    }
}
