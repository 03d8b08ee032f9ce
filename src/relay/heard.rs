//! Taking the answers that the bot left in Redis while nobody listened. What they change in a row stands in
//! `changes::answers`.

use super::compare::{Halt, PAGE, wire};
use super::pairs::{self, Pair};
use super::task::Sender;
use crate::changes::answers;
use crate::changes::news::Topic;
use crate::db::DbError;
use crate::ids::GuildId;

impl Sender {
    /// Asks for the open changes among these pairs.
    pub(super) async fn settle(&mut self, pairs: &[Pair]) -> Result<(), Halt> {
        let mut guilds: Vec<GuildId> = pairs.iter().filter(|pair| !pair.answered).map(|pair| pair.guild).collect();
        guilds.dedup();
        if guilds.is_empty() {
            return Ok(());
        }
        let applied = self.parts.publisher.applied(&wire(&guilds)).await.map_err(|error| self.lost(&error))?;
        let mut given = Vec::new();
        for (guild, applied) in guilds.into_iter().zip(applied) {
            let open = pairs.iter().filter(|pair| pair.guild == guild && !pair.answered);
            given.extend(
                open.filter_map(|pair| Some((guild, pair.module, applied.get(&pair.module.wire_name())?.clone()))),
            );
        }
        if given.is_empty() {
            return Ok(());
        }
        let now = self.parts.clock.now();
        let settled = self.parts.db.write(move |conn| {
            let mut settled = Vec::new();
            for (guild, module, applied) in &given {
                let rows = answers::settle_held(conn, *guild, module.as_str(), applied, now)?;
                settled.extend(rows.into_iter().map(|id| (*guild, id)));
            }
            Ok::<_, DbError>(settled)
        });
        for (guild, id) in settled.await? {
            self.parts.news.tell(guild, Topic::Changes, &id);
        }
        Ok(())
    }

    /// As [`Sender::settle`], for guilds that are known to have open changes.
    pub(super) async fn settle_some(&mut self) {
        let page = self.unanswered.len().min(PAGE.unsigned_abs() as usize);
        let guilds: Vec<GuildId> = self.unanswered.drain(..page).collect();
        let outcome = match pairs::of(&self.parts.db, &guilds).await {
            Ok(pairs) => self.settle(&pairs).await,
            Err(error) => Err(error.into()),
        };
        if let Err(Halt::Database(error)) = outcome {
            tracing::warn!(cause = %error, "the bot's answers cannot be written down yet");
        }
    }
}
