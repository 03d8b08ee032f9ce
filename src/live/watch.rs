//! What has to be looked at again and again while pages are open: rights, sessions (`sessions`), whether the bot is
//! there.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::Parts;
use super::fragments::{self, Wanted};
use super::hub::Hub;
use super::neighbours::Neighbours;
use super::sessions;
use super::viewers::Ending;
use crate::accounts::Person;
use crate::clock::Millis;
use crate::error::Trouble;
use crate::guilds::access::Wish;
use crate::guilds::rights::Rights;
use crate::ids::GuildId;

/// How often everything is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Signs of life, and looking whether sessions still hold: every so many looks.
const SLOWLY: u64 = 15;
/// How old the answer about rights may be while a page is open, and how many are asked in a look: half of what may be
/// asked of Discord in that time, so that whoever opens a page does not wait behind those who only look. With more
/// than 300 people looking, an answer may thus be older than a minute, unless something was heard of the server.
const RIGHTS_LAST: Millis = 60_000;
/// The same of staff, whom a lost role shuts out.
const RIGHTS_OF_STAFF_LAST: Millis = 9_000;
const OF_WHAT_MAY_BE_ASKED: usize = 2;
/// States that depend on whether the bot is there are not older than this.
const PENDING_SINCE: Millis = 24 * 60 * 60 * 1000;

pub(super) async fn watch(hub: Hub, parts: Parts, neighbours: Neighbours) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for count in 0_u64.. {
        looks.tick().await;
        tell_of_the_bot(&hub, &parts).await;
        ask_rights(&hub, &parts).await;
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
            hub.draw_for(guild, Wanted::Since(parts.clock.now() - PENDING_SINCE)).await;
        }
    }
}

/// Those whose rights were not asked for a minute, of staff for some seconds, the longest first, and a few at once.
async fn ask_rights(hub: &Hub, parts: &Parts) {
    let now = parts.clock.now();
    let last = |rights: &Rights| if rights.is_manager() { RIGHTS_LAST } else { RIGHTS_OF_STAFF_LAST };
    let most = (parts.discord.questions_a_second() / OF_WHAT_MAY_BE_ASKED).max(1);
    let due = hub.viewers().due(last, now, most);
    let asking = due.into_iter().map(|(guild, person)| async move {
        if let Err(ending) = still(hub, parts, guild, &person).await {
            tracing::info!(event = "stream_ended", guild.id = %guild, user.id = %person.id, ?ending, "an open page is told no more");
            hub.viewers().end(ending, |at, user, _| at == guild && user == person.id);
        }
    });
    futures_util::future::join_all(asking).await;
}

/// Notes what somebody may look at, or says why they may no longer. Trouble in asking ends nothing: it is asked again.
async fn still(hub: &Hub, parts: &Parts, guild: GuildId, person: &Person) -> Result<(), Ending> {
    match parts.access.admit(person.clone(), guild, Wish::TO_LOOK).await {
        Ok(admitted) => {
            hub.viewers().now_have(guild, person.id, &admitted.rights);
            Ok(())
        }
        Err(error) => match error.trouble {
            Trouble::NoAccess | Trouble::NotGiven | Trouble::BotAbsent => Err(Ending::Rights),
            Trouble::SignedOut { .. } | Trouble::SignInFirst { .. } => Err(Ending::Session),
            _ => Ok(()),
        },
    }
}
