//! What a handler's verdict on a revision changes in `bot:config:applied`.
//!
//! It is sent by `events`, together with the event that tells the dashboard.

use std::collections::HashMap;

use redis::{Pipeline, RedisResult};

use crate::link::Wire;
use crate::{Applied, GuildId, ModuleName, Names};

/// A handler's verdict on a revision, to be merged into what is stored for the pair.
#[derive(Clone)]
pub(crate) struct Verdict {
    pub(crate) guild: GuildId,
    pub(crate) module: ModuleName,
    pub(crate) revision: u64,
    pub(crate) at: u64,
    pub(crate) bot_id: String,
    pub(crate) shard: Option<u64>,
    pub(crate) refused: Option<String>,
}

impl Verdict {
    /// Notes the verdict beside what was stored. Tells whether the same was stored already, as
    /// after a restart of the bot: then the dashboard has been told, and need not hear it again.
    pub(crate) fn merge_into(&self, applied: &mut Applied) -> bool {
        let known = match self.refused {
            None => applied.revision == self.revision,
            Some(_) => applied.rejected == Some(self.revision) && applied.reason == self.refused,
        };
        applied.at = self.at;
        applied.bot_id.clone_from(&self.bot_id);
        applied.shard = self.shard;
        match &self.refused {
            None => applied.revision = applied.revision.max(self.revision),
            Some(reason) => {
                applied.rejected = Some(self.revision);
                applied.reason = Some(reason.clone());
            }
        }
        known
    }
}

pub(crate) type Stored = HashMap<(GuildId, ModuleName), Applied>;

/// What is stored for the pairs that the verdicts are about.
pub(crate) async fn stored(
    wire: &mut Wire,
    names: &Names,
    verdicts: impl Iterator<Item = &Verdict>,
) -> RedisResult<Stored> {
    let acknowledged: Vec<_> = verdicts.collect();
    if acknowledged.is_empty() {
        return Ok(Stored::new());
    }
    let mut ask = Pipeline::with_capacity(acknowledged.len());
    for one in &acknowledged {
        ask.hget(names.applied(one.guild), one.module.as_str());
    }
    let values: Vec<Option<Vec<u8>>> = ask.query_async(wire).await?;
    let read = acknowledged.iter().zip(values).filter_map(|(one, value)| {
        let applied = serde_json::from_slice(&value?).ok()?;
        Some(((one.guild, one.module.clone()), applied))
    });
    Ok(read.collect())
}
