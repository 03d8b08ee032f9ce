//! What a guild has any number of: its ticket panels and its playlists, each with an id and a revision of its own.
//!
//! They stand beside the settings in Redis and are kept by the same rules, but are not announced: a bot reads one
//! when it needs it. When to put, to remove or to compare is the dashboard's decision.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::publisher::BOUND;
use crate::script::{OBJECT, OBJECT_REVISIONS};
use crate::{Answer, GuildId, MAX_REVISION, Names, Publisher, Unreachable};

/// How long reading one batch may take.
const BATCH_BOUND: Duration = Duration::from_secs(2);
/// Guilds asked for at once: Redis does nothing else meanwhile.
const BATCH: usize = 100;

/// Which of a guild's collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A ticket panel, in `bot:panels:{guildId}`.
    Panel,
    /// A playlist, in `bot:playlists:{guildId}`.
    Playlist,
}

impl ObjectKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Panel, Self::Playlist];

    /// The hash with a guild's objects of this kind.
    #[must_use]
    pub fn key(self, names: &Names, guild: GuildId) -> String {
        match self {
            Self::Panel => names.panels(guild),
            Self::Playlist => names.playlists(guild),
        }
    }
}

/// One object of one guild.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectKey {
    /// Of which collection.
    pub kind: ObjectKind,
    /// Whose it is.
    pub guild: GuildId,
    /// Its own id: letters, digits and hyphens.
    pub id: String,
}

/// As it is stored: the script finds the revision at its place, right behind the id.
#[derive(Serialize)]
struct Stored<'a> {
    id: &'a str,
    revision: u64,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Publisher {
    /// Puts an object in the place of an older one: one round trip, at most 250 ms. `id` and `revision` are added
    /// to `object`. `highest_n` as in [`Publisher::publish`], and so are the answers; nothing is published.
    ///
    /// # Errors
    /// When there was no answer. It may have happened; doing it again then answers [`Answer::Same`].
    pub async fn put_object(
        &self,
        key: &ObjectKey,
        revision: u64,
        object: &Map<String, Value>,
        highest_n: u64,
    ) -> Result<Answer, Unreachable> {
        let mut rest = object.clone();
        rest.remove("id");
        rest.remove("revision");
        let bytes = serde_json::to_vec(&Stored { id: &key.id, revision, rest }).map_err(|_| Unreachable::Unsendable)?;
        self.keep_object(key, revision, bytes, highest_n).await
    }

    /// Removes an object under the revision of its removal. [`Answer::Same`]: it was not there. A write of an
    /// older revision that comes later brings it back, until the dashboard compares again.
    ///
    /// # Errors
    /// As [`Publisher::put_object`].
    pub async fn remove_object(&self, key: &ObjectKey, revision: u64, highest_n: u64) -> Result<Answer, Unreachable> {
        self.keep_object(key, revision, Vec::new(), highest_n).await
    }

    async fn keep_object(
        &self,
        key: &ObjectKey,
        revision: u64,
        bytes: Vec<u8>,
        highest_n: u64,
    ) -> Result<Answer, Unreachable> {
        if !(1..=MAX_REVISION).contains(&revision) {
            return Err(Unreachable::Unsendable);
        }
        let keys = [self.names.epoch(), key.kind.key(&self.names, key.guild)];
        let args = [
            self.database.clone().into_bytes(),
            highest_n.to_string().into_bytes(),
            key.id.as_bytes().to_vec(),
            revision.to_string().into_bytes(),
            bytes,
        ];
        let args = args.each_ref().map(Vec::as_slice);
        let (keys, args) = (&keys, &args);
        let answer: Vec<String> =
            self.link.call(BOUND, |mut wire| async move { OBJECT.run(&mut wire, keys, args).await }).await?;
        Answer::parse(&answer)
    }

    /// The revisions of the objects that Redis holds of each of `guilds`, by their ids, in the order of `guilds`.
    /// One that cannot be read has revision 0. One round trip for 100 guilds.
    ///
    /// # Errors
    /// When a batch was not answered within 2 s.
    pub async fn held_objects(
        &self,
        kind: ObjectKind,
        guilds: &[GuildId],
    ) -> Result<Vec<HashMap<String, u64>>, Unreachable> {
        let mut held = Vec::with_capacity(guilds.len());
        for batch in guilds.chunks(BATCH) {
            let keys: Vec<String> = batch.iter().map(|guild| kind.key(&self.names, *guild)).collect();
            let keys = &keys;
            let answer: Vec<Vec<String>> = self
                .link
                .call(BATCH_BOUND, |mut wire| async move { OBJECT_REVISIONS.run(&mut wire, keys, &[]).await })
                .await?;
            held.extend(answer.iter().map(|words| revisions(words)));
        }
        Ok(held)
    }
}

fn revisions(words: &[String]) -> HashMap<String, u64> {
    let pairs = words.chunks_exact(2);
    pairs.map(|pair| (pair[0].clone(), pair[1].parse().unwrap_or(0))).collect()
}
