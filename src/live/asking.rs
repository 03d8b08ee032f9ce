//! Asking the bot what is open: when it has just started, and when a list is opened that it has not confirmed for a
//! day. Its answer is STATE.

use std::collections::HashMap;
use std::time::Duration;

use diesel::prelude::*;
use tokio::sync::mpsc;
use twilight_model::id::marker::GuildMarker;

use super::Parts;
use crate::bots::Reach;
use crate::clock::Millis;
use crate::commands::{Issued, Kind, NewCommand};
use crate::db::{Conn, DbError};
use crate::happenings::may_ask;
use crate::ids::{GuildId, Snowflake};
use crate::schema::guilds;
use crate::settings::module::ModuleKey;
use crate::sizes::Size;

/// A list is believed for so long.
const BELIEVED: Millis = 24 * 60 * 60 * 1000;
/// How soon the same is asked again, where nothing was answered.
const PAUSE: Millis = 10 * 60 * 1000;
/// How soon after it was asked a bot that starts anew is asked again.
const PAUSE_AFTER_START: Millis = 60 * 1000;
/// So many servers are asked for when a bot has started, those looked at last; any other when it is looked at.
const MOST: i64 = 500;
/// Between two questions.
const PACE: Duration = Duration::from_millis(20);
/// Questions that wait; more are asked another time.
const ROOM: usize = 1_000;

/// Servers that were looked at within the pause.
const REMEMBERED: usize = 20_000;

enum Wish {
    /// A list of this server was opened.
    Opened(GuildId),
    /// A process of the bot has started, with these of so many shards.
    Started { shards: Vec<u64>, count: u64 },
}

/// Clones share it. Its task ends with the last of them.
#[derive(Clone)]
pub struct Asking(mpsc::Sender<Wish>);

impl Asking {
    pub(super) fn start(parts: Parts) -> Self {
        let (wishes, mut waiting) = mpsc::channel(ROOM);
        tokio::spawn(async move {
            let mut looked_at: HashMap<GuildId, Millis> = HashMap::new();
            while let Some(wish) = waiting.recv().await {
                let answer = match wish {
                    Wish::Opened(guild) => parts.ask_if_old(guild, &mut looked_at).await,
                    Wish::Started { shards, count } => parts.ask_for_shards(&shards, count).await,
                };
                if let Err(error) = answer {
                    tracing::warn!(cause = %error, "the bot cannot be asked what is open");
                }
            }
        });
        Self(wishes)
    }

    /// A list of what is open is looked at. Costs nothing.
    pub fn is_looked_at(&self, guild: GuildId) {
        // With too many wishes this one waits for the next look.
        let _ = self.0.try_send(Wish::Opened(guild));
    }

    pub fn size(&self) -> Size {
        Size::channel("questions_to_the_bot", &self.0)
    }

    pub(super) fn has_started(&self, shards: Vec<u64>, count: u64) {
        let _ = self.0.try_send(Wish::Started { shards, count });
    }
}

impl Parts {
    async fn ask_if_old(&self, guild: GuildId, looked_at: &mut HashMap<GuildId, Millis>) -> Result<(), DbError> {
        let now = self.clock.now();
        looked_at.retain(|_, at| now - *at < PAUSE);
        if looked_at.len() >= REMEMBERED {
            // Asked once too often, then.
            looked_at.clear();
        }
        if looked_at.insert(guild, now).is_some() || matches!(self.bots.reach(guild), Reach::Away { .. }) {
            return Ok(());
        }
        self.ask(guild, PAUSE, now - BELIEVED).await
    }

    async fn ask_for_shards(&self, shards: &[u64], count: u64) -> Result<(), DbError> {
        let known = self.db.run(|conn| {
            let known = guilds::table.filter(guilds::left_at.is_null()).order(guilds::seen_at.desc()).limit(MOST);
            Ok::<_, DbError>(known.select(guilds::id).load::<Snowflake<GuildMarker>>(conn)?)
        });
        let ids: Vec<GuildId> = known.await?.into_iter().filter_map(Snowflake::id).collect();
        for guild in ids.into_iter().filter(|guild| shards.contains(&((guild.get() >> 22) % count.max(1)))) {
            self.ask(guild, PAUSE_AFTER_START, Millis::MAX).await?;
            tokio::time::sleep(PACE).await;
        }
        Ok(())
    }

    /// Once, whichever instances want it.
    async fn ask(&self, guild: GuildId, pause: Millis, confirmed_before: Millis) -> Result<(), DbError> {
        let now = self.clock.now();
        let question = NewCommand {
            kind: Kind::StateRequest,
            module: ModuleKey::TempVoice,
            about: "state".into(),
            label: String::new(),
            channel: None,
            fields: serde_json::Map::new(),
            repeats: None,
        };
        let write = move |conn: &mut Conn| match may_ask(conn, guild, now, pause, confirmed_before)? {
            true => Ok::<Option<Issued>, DbError>(Some(question.write_unlogged(conn, guild, now)?)),
            false => Ok(None),
        };
        if let Some(issued) = self.db.write(write).await? {
            self.commands.hand_over(issued).await;
        }
        Ok(())
    }
}
