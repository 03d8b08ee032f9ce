//! What the bot says of a server makes the dashboard forget what it believed: Discord is asked anew, so rights
//! that were taken away are seen at once, and open pages look again at what the bot can do there.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::hub::Hub;
use crate::changes::news::{Told, Topic};
use crate::discord::{Discord, What};
use crate::events::Event;
use crate::guilds::access::Access;
use crate::ids::{self, GuildId};
use crate::sizes::Size;

/// Each time costs calls at Discord, so a server is forgotten at most once in this time.
const PAUSE: Duration = Duration::from_secs(1);

/// Servers that pause at once.
const ROOM: usize = 10_000;

#[derive(Clone)]
pub(super) struct Forgetter {
    discord: Discord,
    access: Access,
    hub: Hub,
    /// Servers forgotten just now, and whether more was said of them since.
    pauses: Arc<Mutex<HashMap<GuildId, bool>>>,
}

impl Forgetter {
    pub fn new(discord: Discord, access: Access, hub: Hub) -> Self {
        Self { discord, access, hub, pauses: Arc::default() }
    }

    pub fn size(&self) -> Size {
        let pausing = self.pauses.lock().unwrap_or_else(PoisonError::into_inner).len();
        Size::queue("servers_to_forget", pausing, ROOM)
    }

    pub fn forget(&self, event: &Event) {
        let Some(guild) = event.guild else { return };
        let user = || event.text("userId").or(event.user_id.as_deref()).and_then(ids::parse);
        let what = match (event.kind.as_str(), event.text("what")) {
            ("GUILD_CHANGED", Some("roles")) => What::Roles,
            ("GUILD_CHANGED", Some("channels")) => What::Channels,
            ("GUILD_CHANGED", Some("emojis")) => What::Emojis,
            ("GUILD_CHANGED", Some("member")) | ("MEMBER_LEAVE", _) => user().map_or(What::All, What::Member),
            ("GUILD_CHANGED" | "GUILD_JOIN" | "GUILD_LEAVE", _) => What::All,
            _ => return,
        };
        let mut pauses = self.pauses.lock().unwrap_or_else(PoisonError::into_inner);
        if pauses.len() >= ROOM && !pauses.contains_key(&guild) {
            drop(pauses);
            // Forgetting without a pause is right, only dearer.
            return self.now(guild, what);
        }
        // Whatever comes in during the pause counts at its end.
        match pauses.entry(guild) {
            Entry::Occupied(mut again) => {
                again.insert(true);
                return;
            }
            Entry::Vacant(first) => first.insert(false),
        };
        drop(pauses);
        tracing::debug!(guild.id = %guild, ?what, "the bot says a server has changed");
        self.now(guild, what);
        let later = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            let again = later.pauses.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
            if again == Some(true) {
                later.now(guild, What::All);
            }
        });
    }

    fn now(&self, guild: GuildId, what: What) {
        self.discord.evict(guild, what);
        self.access.reconsider(guild);
        self.hub.ask_again(guild);
        // Other instances hear of it themselves, and are not to look before they have forgotten.
        self.hub.news(vec![Told { guild, topic: Topic::Server, id: String::new() }]);
    }
}
