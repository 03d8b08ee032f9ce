//! Taking the answers that the bot left in Redis while nobody listened. What they change in a row stands in
//! `changes::answers`.

use super::compare::{Halt, PAGE, wire};
use super::pairs::{self, Pair};
use super::pass::Repair;
use super::task::Sender;
use crate::changes::answers;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::DbError;
use crate::ids::GuildId;

/// Nobody can have saved at a time that is this far ahead: who says so is not believed.
const FAR_AHEAD: Millis = 24 * 60 * 60 * 1000;

impl Sender {
    /// Asks what the bot has applied of these pairs, and settles the open changes among them. Gives the pairs of
    /// which a bot holds more than the database knows: it was put back to an older copy, and Redis may have lost
    /// what would have told so.
    pub(super) async fn settle(&mut self, pairs: &[Pair]) -> Result<Vec<Repair>, Halt> {
        let mut guilds: Vec<GuildId> = pairs.iter().map(|pair| pair.guild).collect();
        guilds.dedup();
        if guilds.is_empty() {
            return Ok(Vec::new());
        }
        let applied = self.parts.publisher.applied(&wire(&guilds)).await.map_err(|error| self.lost(&error))?;
        let latest = self.parts.clock.now() + FAR_AHEAD;
        let (mut given, mut ahead) = (Vec::new(), Vec::new());
        for (guild, applied) in guilds.into_iter().zip(applied) {
            for pair in pairs.iter().filter(|pair| pair.guild == guild) {
                let held = applied.get(&pair.module.wire_name()).map_or(0, |applied| applied.revision);
                if held > pair.revision.unsigned_abs() && held < latest.unsigned_abs() {
                    ahead.push(Repair::Overrule { guild, module: pair.module, held });
                }
            }
            let open = pairs.iter().filter(|pair| pair.guild == guild && !pair.answered);
            given.extend(
                open.filter_map(|pair| Some((guild, pair.module, applied.get(&pair.module.wire_name())?.clone()))),
            );
        }
        if given.is_empty() {
            return Ok(ahead);
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
        Ok(ahead)
    }

    /// As [`Sender::settle`], for guilds that are known to have open changes.
    pub(super) async fn settle_some(&mut self) {
        let page = self.unanswered.len().min(PAGE.unsigned_abs() as usize);
        let guilds: Vec<GuildId> = self.unanswered.drain(..page).collect();
        let outcome = match pairs::of(&self.parts.db, &guilds).await {
            // What is ahead is found again by the comparison, which repairs it.
            Ok(pairs) => self.settle(&pairs).await.map(drop),
            Err(error) => Err(error.into()),
        };
        if let Err(Halt::Database(error)) = outcome {
            tracing::warn!(cause = %error, "the bot's answers cannot be written down yet");
        }
    }
}
