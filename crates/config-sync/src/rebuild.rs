//! The dashboard's side of a rebuild: marking its beginning and end, and reading in bulk what
//! Redis holds.
//!
//! Walking the database, pacing and deciding what to send again is the dashboard's matter.

use std::collections::HashMap;
use std::time::Duration;

use redis::Pipeline;
use serde::de::DeserializeOwned;

use crate::script::{FORGET, REBUILD, REVISIONS};
use crate::{Answer, Applied, ConfigMessage, GuildId, ModuleName, Publisher, Unreachable};

/// How long one batch may take.
const BATCH_BOUND: Duration = Duration::from_secs(2);
/// Guilds asked for at once. The script's batch is small, because Redis does nothing else
/// meanwhile.
const SCRIPT_BATCH: usize = 100;
const PIPELINE_BATCH: usize = 200;
/// Keys looked at in one step of a walk over all of them.
const KEYS_BATCH: usize = 200;

impl Publisher {
    /// Marks the beginning of a rebuild: the snapshot belongs to this database, is not complete,
    /// and its count is above both `n` and what it was. Answers [`Answer::Sent`] with that count,
    /// or [`Answer::Foreign`] and has done nothing.
    ///
    /// # Errors
    /// When there was no answer within 2 s. It may have happened; doing it again does no harm.
    pub async fn begin_rebuild(&self, n: u64) -> Result<Answer, Unreachable> {
        self.mark("BEGIN", n).await
    }

    /// As [`Publisher::begin_rebuild`], but takes over a Redis that belongs to another database:
    /// on an operator's word alone.
    ///
    /// # Errors
    /// As above.
    pub async fn adopt(&self, n: u64) -> Result<Answer, Unreachable> {
        self.mark("ADOPT", n).await
    }

    /// Marks the end of a rebuild: what is absent now was never saved. `n` is the count that its
    /// beginning answered; when Redis has lost data since, the answer is [`Answer::Empty`] or
    /// [`Answer::Behind`], and the rebuild begins anew.
    ///
    /// # Errors
    /// As above.
    pub async fn complete_rebuild(&self, n: u64) -> Result<Answer, Unreachable> {
        self.mark("COMPLETE", n).await
    }

    async fn mark(&self, what: &str, n: u64) -> Result<Answer, Unreachable> {
        let keys = &[self.names.epoch()];
        let n = n.to_string();
        let args = &[what.as_bytes(), self.database.as_bytes(), n.as_bytes()];
        let answer: Vec<String> =
            self.link.call(BATCH_BOUND, |mut wire| async move { REBUILD.run(&mut wire, keys, args).await }).await?;
        Answer::parse(&answer)
    }

    /// Removes what is held of a guild: its settings, panels and playlists. For a guild that the database knows nothing
    /// of any more, and that the bot has left: nothing is published. False: this Redis belongs to another database, and
    /// nothing was removed.
    ///
    /// # Errors
    /// When there was no answer within 2 s. It may have happened; doing it again does no harm.
    pub async fn forget_guild(&self, guild: GuildId) -> Result<bool, Unreachable> {
        let names = &self.names;
        let keys = &[names.epoch(), names.current(guild), names.panels(guild), names.playlists(guild)];
        let args = &[self.database.as_bytes()];
        let removed: i64 =
            self.link.call(BATCH_BOUND, |mut wire| async move { FORGET.run(&mut wire, keys, args).await }).await?;
        Ok(removed == 1)
    }

    /// The revisions the snapshot holds for each of `guilds`, in their order. A message that
    /// cannot be read counts as revision 0; a field that is no module name is left out. One round
    /// trip for 100 guilds, and the messages stay where they are.
    ///
    /// # Errors
    /// When a batch was not answered within 2 s.
    pub async fn held_revisions(&self, guilds: &[GuildId]) -> Result<Vec<HashMap<ModuleName, u64>>, Unreachable> {
        let mut held = Vec::with_capacity(guilds.len());
        for batch in guilds.chunks(SCRIPT_BATCH) {
            let keys: Vec<String> = batch.iter().map(|guild| self.names.current(*guild)).collect();
            let keys = &keys;
            let answer: Vec<Vec<String>> = self
                .link
                .call(BATCH_BOUND, |mut wire| async move { REVISIONS.run(&mut wire, keys, &[]).await })
                .await?;
            held.extend(answer.iter().map(|words| revisions(words)));
        }
        Ok(held)
    }

    /// The messages the snapshot holds for each of `guilds`, in their order: for the rare case
    /// that Redis holds a higher revision than the database. What cannot be read is left out.
    ///
    /// # Errors
    /// When a batch of 200 guilds was not answered within 2 s.
    pub async fn held_messages(
        &self,
        guilds: &[GuildId],
    ) -> Result<Vec<HashMap<ModuleName, ConfigMessage>>, Unreachable> {
        self.read_hashes(guilds, |guild| self.names.current(guild)).await
    }

    /// What the bot has applied and refused for each of `guilds`, in their order. It is the bot's
    /// word: trusted for nothing but display and for settling changes.
    ///
    /// # Errors
    /// When a batch of 200 guilds was not answered within 2 s.
    pub async fn applied(&self, guilds: &[GuildId]) -> Result<Vec<HashMap<ModuleName, Applied>>, Unreachable> {
        self.read_hashes(guilds, |guild| self.names.applied(guild)).await
    }

    /// Guilds of which Redis holds settings, panels or playlists: a page of them, and where the next begins (0: there
    /// is none). A guild may come twice. It walks over all keys of that Redis, so ask seldom: for
    /// finding what a database that was put back knows nothing about.
    ///
    /// # Errors
    /// When there was no answer within 2 s.
    pub async fn held_guilds(&self, cursor: u64) -> Result<(u64, Vec<GuildId>), Unreachable> {
        let nobody = GuildId(0);
        let keys = [self.names.current(nobody), self.names.panels(nobody), self.names.playlists(nobody)];
        let kept = keys.map(|key| key.trim_end_matches('0').to_owned());
        let mut pattern = String::with_capacity(self.names.prefix().len() + 6);
        for letter in self.names.prefix().chars() {
            if matches!(letter, '*' | '?' | '[' | ']' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        pattern.push_str("bot:*");
        let mut ask = redis::cmd("SCAN");
        ask.arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(KEYS_BATCH);
        let ask = &ask;
        let (next, found): (u64, Vec<String>) =
            self.link.call(BATCH_BOUND, |mut wire| async move { ask.query_async(&mut wire).await }).await?;
        let guild = |key: &String| kept.iter().find_map(|kept| key.strip_prefix(kept)?.parse().ok());
        Ok((next, found.iter().filter_map(guild).collect()))
    }

    async fn read_hashes<T: DeserializeOwned>(
        &self,
        guilds: &[GuildId],
        key: impl Fn(GuildId) -> String,
    ) -> Result<Vec<HashMap<ModuleName, T>>, Unreachable> {
        let mut all = Vec::with_capacity(guilds.len());
        for batch in guilds.chunks(PIPELINE_BATCH) {
            let mut pipeline = Pipeline::with_capacity(batch.len());
            for guild in batch {
                pipeline.cmd("HGETALL").arg(key(*guild));
            }
            let pipeline = &pipeline;
            let answer: Vec<HashMap<String, Vec<u8>>> =
                self.link.call(BATCH_BOUND, |mut wire| async move { pipeline.query_async(&mut wire).await }).await?;
            all.extend(answer.iter().map(readable));
        }
        Ok(all)
    }
}

fn revisions(words: &[String]) -> HashMap<ModuleName, u64> {
    let pairs = words.chunks_exact(2);
    pairs.filter_map(|pair| Some((pair[0].parse().ok()?, pair[1].parse().ok()?))).collect()
}

/// The fields of a stored hash that are module names with a value that can be read.
pub(crate) fn readable<T: DeserializeOwned>(fields: &HashMap<String, Vec<u8>>) -> HashMap<ModuleName, T> {
    let read = |(field, value): (&String, &Vec<u8>)| Some((field.parse().ok()?, serde_json::from_slice(value).ok()?));
    fields.iter().filter_map(read).collect()
}
