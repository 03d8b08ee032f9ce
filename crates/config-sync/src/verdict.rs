//! A handler's verdict on a revision: what it changes in `bot:config:applied`, and the event that
//! tells it.
//!
//! Sending both in one transaction is the matter of `events`; when a verdict is given, or given
//! again, that of `inbox`.

use std::collections::HashMap;
use std::sync::Arc;

use redis::{Pipeline, RedisResult};

use crate::event::Event;
use crate::guilds::OwnGuilds;
use crate::link::Wire;
use crate::told::{ConfigApplied, ConfigRejected};
use crate::{Applied, GuildId, ModuleName, Names};

/// Who acknowledges.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    pub(crate) application_id: String,
    pub(crate) bot_id: String,
    pub(crate) shard_count: Option<u64>,
}

/// A handler's verdict on a revision, to be merged into what is stored for the pair.
#[derive(Clone)]
pub(crate) struct Verdict {
    pub(crate) guild: GuildId,
    pub(crate) module: ModuleName,
    pub(crate) revision: u64,
    pub(crate) at: u64,
    pub(crate) took_ms: u64,
    pub(crate) refused: Option<String>,
    pub(crate) identity: Arc<Identity>,
    pub(crate) own: OwnGuilds,
}

/// What a verdict is to what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// It says something new: to be stored and told.
    News,
    /// The same was stored already, as after a restart of the bot: the dashboard has been told.
    Known,
    /// A newer revision was answered since: nothing is to be changed.
    Outdated,
}

impl Verdict {
    /// Notes the verdict beside what was stored. Applying a revision settles every refusal up to
    /// it; a refusal leaves what was applied, so of two equal ones it is the newer.
    pub(crate) fn merge_into(&self, applied: &mut Applied) -> Worth {
        let worth = self.beside(applied);
        if worth == Worth::Outdated {
            return worth;
        }
        applied.at = self.at;
        applied.bot_id.clone_from(&self.identity.bot_id);
        applied.shard = self.shard();
        match &self.refused {
            None => {
                applied.revision = self.revision;
                if applied.rejected.is_some_and(|rejected| rejected <= self.revision) {
                    (applied.rejected, applied.reason) = (None, None);
                }
            }
            Some(reason) => (applied.rejected, applied.reason) = (Some(self.revision), Some(reason.clone())),
        }
        worth
    }

    pub(crate) fn beside(&self, applied: &Applied) -> Worth {
        let rejected = applied.rejected.unwrap_or(0);
        let (older, known) = match &self.refused {
            None => {
                let settled = rejected == 0 || rejected > self.revision;
                (self.revision < applied.revision, settled && self.revision == applied.revision)
            }
            Some(_) => {
                let same = self.revision == rejected && self.refused == applied.reason;
                (self.revision < rejected.max(applied.revision), same)
            }
        };
        match (older, known) {
            (true, _) => Worth::Outdated,
            (_, true) => Worth::Known,
            _ => Worth::News,
        }
    }

    /// Whether it may still be given: another process may speak for the guild by now.
    pub(crate) fn is_ours(&self) -> bool {
        self.own.contains(self.guild)
    }

    /// CONFIG_APPLIED or CONFIG_REJECTED.
    pub(crate) fn event(&self) -> Event {
        let (module, revision, shard) = (self.module.clone(), self.revision, self.shard());
        let Identity { application_id, bot_id, .. } = Identity::clone(&self.identity);
        match self.refused.clone() {
            None => {
                let took_ms = Some(self.took_ms);
                let data = ConfigApplied { module, revision, application_id, bot_id, shard, took_ms };
                Event::about("CONFIG_APPLIED", self.guild, &data)
            }
            Some(reason) => {
                let data = ConfigRejected { module, revision, application_id, bot_id, shard, reason };
                Event::about("CONFIG_REJECTED", self.guild, &data)
            }
        }
    }

    fn shard(&self) -> Option<u64> {
        self.identity.shard_count.map(|count| self.guild.shard(count))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(revision: u64, refused: Option<&str>) -> Verdict {
        Verdict {
            guild: GuildId(1),
            module: ModuleName::MUSIC,
            revision,
            at: revision,
            took_ms: 0,
            refused: refused.map(str::to_owned),
            identity: Arc::default(),
            own: OwnGuilds::default(),
        }
    }

    /// What is stored after these answers, and what each was worth.
    fn after(answers: &[(u64, Option<&str>)]) -> ((u64, Option<u64>), Vec<Worth>) {
        let mut applied = Applied::default();
        let merge = |(revision, refused): &(u64, Option<&str>)| verdict(*revision, *refused).merge_into(&mut applied);
        let worth = answers.iter().map(merge).collect();
        assert_eq!(applied.rejected.is_some(), applied.reason.is_some());
        ((applied.revision, applied.rejected), worth)
    }

    #[test]
    fn applying_settles_every_refusal_up_to_its_revision() {
        let no = Some("no");
        assert_eq!(after(&[(3, None), (4, no), (5, None)]).0, (5, None));
        assert_eq!(after(&[(4, no), (4, None)]), ((4, None), vec![Worth::News, Worth::News]));
        assert_eq!(after(&[(6, no), (5, None)]).0, (5, Some(6)), "two processes, the slower one last");
    }

    #[test]
    fn a_refusal_leaves_what_was_applied() {
        let no = Some("no");
        assert_eq!(after(&[(3, None), (4, no)]).0, (3, Some(4)));
        assert_eq!(after(&[(3, None), (3, no)]), ((3, Some(3)), vec![Worth::News, Worth::News]));
        assert_eq!(after(&[(3, no), (3, Some("still"))]).1, [Worth::News, Worth::News]);
    }

    #[test]
    fn the_same_answer_is_known_and_an_older_one_changes_nothing() {
        let no = Some("no");
        assert_eq!(after(&[(3, None), (3, None)]).1, [Worth::News, Worth::Known]);
        assert_eq!(after(&[(3, no), (3, no)]).1, [Worth::News, Worth::Known]);
        assert_eq!(after(&[(5, None), (4, no), (4, None)]).1, [Worth::News, Worth::Outdated, Worth::Outdated]);
        assert_eq!(after(&[(5, no), (4, no)]), ((0, Some(5)), vec![Worth::News, Worth::Outdated]));
    }
}
