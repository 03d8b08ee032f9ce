//! Telling open pages that something has come further. Whoever commits tells; `live` takes it from here.
//!
//! Nothing is lost by being told twice, and little by not being told: a page is right after its next look.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::guilds::rights::Rights;
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;
use crate::sizes::Size;

/// What is told is dropped beyond this many: then nobody is taking it, or there is too much to look at.
const ROOM: usize = 10_000;

/// What has come further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// A row of the change log, by its id.
    Changes,
    /// A command to the bot, by its id.
    Commands,
    /// The lists below, as a whole: told without an id.
    Giveaways,
    Tickets,
    Rooms,
    Music,
    Panels,
    /// The feed; with an id: an entry that open pages are told of in words.
    Activity,
    /// The server itself, at Discord: its channels, its roles, what the bot may do there.
    Server,
    /// What was given to staff: whoever looks is asked for anew.
    Staff,
}

impl Topic {
    /// Those that open pages have as lists.
    pub const LISTS: [Self; 9] = [
        Self::Commands,
        Self::Giveaways,
        Self::Tickets,
        Self::Rooms,
        Self::Music,
        Self::Panels,
        Self::Activity,
        Self::Server,
        Self::Staff,
    ];

    /// Whether somebody with these rights may hear of it. That something was done is no secret; of what is.
    pub fn is_for(self, rights: &Rights) -> bool {
        let module = match self {
            Self::Giveaways => ModuleKey::Giveaway,
            Self::Tickets | Self::Panels => ModuleKey::Tickets,
            Self::Rooms => ModuleKey::TempVoice,
            Self::Music => ModuleKey::Music,
            Self::Staff => return rights.sees_all(),
            Self::Changes | Self::Commands | Self::Activity | Self::Server => return true,
        };
        rights.sees(module.as_str())
    }

    /// As pages name it in `data-live`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Commands => "commands",
            Self::Giveaways => "giveaways",
            Self::Tickets => "tickets",
            Self::Rooms => "rooms",
            Self::Music => "music",
            Self::Panels => "panels",
            Self::Activity => "activity",
            Self::Server => "server",
            Self::Staff => "staff",
        }
    }
}

/// One thing of one server that has come further.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Told {
    pub guild: GuildId,
    pub topic: Topic,
    pub id: String,
}

/// Clones share what was told.
#[derive(Clone, Debug, Default)]
pub struct News(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    told: Mutex<BTreeSet<Told>>,
    any: Notify,
}

impl News {
    /// Tells of a list as a whole: however much of it has changed, it is looked at once.
    pub fn tell_list(&self, guild: GuildId, topic: Topic) {
        self.tell(guild, topic, "");
    }

    /// To be called after the commit. What waits already is not told twice.
    pub fn tell(&self, guild: GuildId, topic: Topic, id: &str) {
        let mut told = self.told();
        if told.len() >= ROOM {
            metrics::counter!("guildhall_news_dropped_total").increment(1);
            return;
        }
        told.insert(Told { guild, topic, id: id.to_owned() });
        drop(told);
        self.0.any.notify_one();
    }

    pub fn size(&self, name: &'static str) -> Size {
        Size::queue(name, self.told().len(), ROOM)
    }

    /// Waits for news, and takes all there is.
    pub async fn next(&self) -> Vec<Told> {
        loop {
            let told = std::mem::take(&mut *self.told());
            if !told.is_empty() {
                return told.into_iter().collect();
            }
            self.0.any.notified().await;
        }
    }

    fn told(&self) -> MutexGuard<'_, BTreeSet<Told>> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
