//! What has to be looked at again and again while pages are open: sessions (`sessions`), whether the bot is there. Rights
//! are asked in `rights`.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::Parts;
use super::fragments;
use super::hub::Hub;
use super::neighbours::Neighbours;
use super::sessions;
use crate::clock::Millis;

/// How often everything is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Signs of life, and looking whether sessions still hold: every so many looks.
const SLOWLY: u64 = 15;
/// States that depend on whether the bot is there are not older than this.
const PENDING_SINCE: Millis = 24 * 60 * 60 * 1000;

pub(super) async fn watch(hub: Hub, parts: Parts, neighbours: Neighbours) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for count in 0_u64.. {
        looks.tick().await;
        tell_of_the_bot(&hub, &parts).await;
        if count % SLOWLY == 0 {
            count_instances(&neighbours, &parts).await;
            hub.viewers().send_to_all(&fragments::sign_of_life());
            sessions::look(&hub, |_| true).await;
            if parts.bots.misses_beats()
                && let Err(error) = parts.bots.refresh().await
            {
                tracing::debug!(cause = %error, "what other instances heard of the bot cannot be read");
            }
        }
    }
}

/// What may be asked of Discord is shared with the other instances. While they cannot be counted, the last count
/// holds: of two or fewer each may ask as if it were alone.
async fn count_instances(neighbours: &Neighbours, parts: &Parts) {
    match neighbours.count().await {
        Ok(count) => {
            parts.discord.share_with(count);
            metrics::gauge!("guildhall_instances").set(count.max(1) as f64);
        }
        Err(error) => tracing::debug!(cause = %error, "the other instances cannot be counted"),
    }
}

/// The bot has gone, or come back: the pages say so, and what waits for it.
async fn tell_of_the_bot(hub: &Hub, parts: &Parts) {
    for guild in hub.viewers().guilds() {
        let way = hub.way(guild);
        if hub.viewers().is_new_way(guild, way) {
            hub.viewers().send_each(guild, |words, _| Some(fragments::banner(&way, words)));
            hub.draw_since(guild, parts.clock.now() - PENDING_SINCE).await;
        }
    }
}
