//! Comparing every pair's revision in Redis with the database, and repairing what differs: at the start, when Redis
//! has lost data, and slowly all the time.
//!
//! The database is the truth. A pair that Redis holds at a higher revision means that the database was put back to
//! an older copy: `overrule` settles it.

use config_sync::{Answer, Unreachable};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::marks::Became;
use super::overrule::Overruled;
use super::pairs;
use super::pass::{Pass, Place, Repair, Why};
use super::sending::Lost;
use super::task::{ROUNDS, Sender};
use super::{Unsent, outbox};
use crate::db::DbError;
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;

/// Guilds compared at once.
pub(super) const PAGE: i64 = 50;
/// Of the pairs changed last, so many are compared first.
const FIRST: i64 = 100;
/// Repairs made in one step; saves go between two steps.
const STEP: usize = 16;

/// Why a comparison does not go on now.
pub(super) enum Halt {
    Lost,
    Database(DbError),
}

impl From<Lost> for Halt {
    fn from(_: Lost) -> Self {
        Self::Lost
    }
}

impl From<DbError> for Halt {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl Sender {
    /// Somebody wants everything compared now, and to know when that has ended.
    pub(super) async fn compare_now(&mut self, done: oneshot::Sender<()>) {
        if self.waiting_for_pass.len() < ROUNDS {
            self.waiting_for_pass.push(done);
        }
        self.look().await;
        if self.settled && !self.pass.as_ref().is_some_and(Pass::is_rebuild) {
            self.seize_lease().await;
            self.begin(Pass::now(Why::Asked));
        }
    }

    pub(super) fn begin(&mut self, pass: Pass) {
        metrics::gauge!("guildhall_relay_rebuilding").set(u32::from(pass.is_rebuild()));
        self.pass = Some(pass);
    }

    /// Redis lacks what the database knows: from now on it belongs to this database and is not complete, and
    /// everything is compared. Saves need not wait for the end of that. False: it could not be begun.
    pub(super) async fn refill(&mut self) -> bool {
        self.seize_lease().await;
        let Ok(known) = outbox::highest_n(&self.parts.db).await else { return false };
        match self.parts.publisher.begin_rebuild(known.max(self.highest_n)).await {
            Ok(Answer::Sent { n, .. }) => {
                self.highest_n = self.highest_n.max(n);
                tracing::info!(event = "redis_rebuild", n, "Redis has lost data and is filled from the database");
                self.begin(Pass::now(Why::Rebuild(n)));
                true
            }
            Ok(answer) => {
                let foreign = matches!(answer, Answer::Foreign { .. });
                self.parts.health.belongs_to_another(foreign, self.parts.clock.now());
                self.settled = false;
                tracing::error!(?answer, "Redis refuses to be filled");
                false
            }
            Err(error) => {
                self.lost(&error);
                false
            }
        }
    }

    /// Begins the next slow comparison when it is time, and keeps the lease while one goes on.
    pub(super) async fn keep_comparing(&mut self) {
        if self.pass.is_none() && Instant::now() < self.next_round {
            return;
        }
        if !self.holds_lease().await {
            self.pass = None;
            self.waiting_for_pass.clear();
            self.next_round = Instant::now() + std::time::Duration::from_secs(10);
            return;
        }
        if self.pass.is_none() {
            match pairs::count(&self.parts.db).await {
                Ok(guilds) => self.begin(Pass::slow(guilds / PAGE + 1, self.parts.round)),
                Err(error) => tracing::warn!(cause = %error, "settings cannot be counted"),
            }
        }
    }

    /// One step of the comparison that goes on.
    pub(super) async fn compare_some(&mut self) {
        let Some(mut pass) = self.pass.take() else { return };
        let outcome = match pass.repairs.is_empty() {
            true => self.compare_page(&mut pass).await,
            false => self.repair_some(&mut pass).await,
        };
        pass.tell_progress();
        match outcome {
            // Redis was found to lack more: another comparison has begun.
            Ok(()) if self.pass.is_some() => {}
            Ok(()) if matches!(pass.place, Place::Done) && pass.repairs.is_empty() => self.finish(pass).await,
            Ok(()) => self.pass = Some(pass),
            Err(Halt::Database(error)) => {
                tracing::warn!(cause = %error, "the comparison waits: the database cannot be read");
                pass.rest();
                self.pass = Some(pass);
            }
            Err(Halt::Lost) => {
                self.waiting_for_pass.clear();
                // A rebuild begins anew, because nobody knows what Redis has kept.
                self.pass = (!pass.is_rebuild()).then_some(pass);
            }
        }
    }

    async fn compare_page(&mut self, pass: &mut Pass) -> Result<(), Halt> {
        let db = self.parts.db.clone();
        match pass.place.clone() {
            Place::Lately => {
                let guilds = pairs::lately_changed(&db, FIRST).await?;
                self.compare(pass, &guilds).await?;
                pass.place = Place::All(None);
            }
            Place::All(after) => {
                let guilds = pairs::guilds_after(&db, after, PAGE).await?;
                self.compare(pass, &guilds).await?;
                pass.place = guilds.last().map_or_else(|| pass.after_all(), |last| Place::All(Some(*last)));
            }
            Place::Held(cursor) => {
                let next = self.look_for_unknown(pass, cursor).await?;
                pass.place = if next == 0 { Place::Done } else { Place::Held(next) };
            }
            Place::Done => {}
        }
        pass.rest();
        Ok(())
    }

    async fn compare(&mut self, pass: &mut Pass, guilds: &[GuildId]) -> Result<(), Halt> {
        // The database first: what is saved between the two questions must not look as if Redis were ahead.
        let pairs = pairs::of(&self.parts.db, guilds).await?;
        let held = self.parts.publisher.held_revisions(&wire(guilds)).await.map_err(|error| self.lost(&error))?;
        let mut differing = Vec::new();
        for (guild, held) in guilds.iter().zip(held) {
            for module in ModuleKey::ALL {
                let held = held.get(&module.wire_name()).copied().unwrap_or(0);
                let pair = pairs.iter().find(|pair| pair.guild == *guild && pair.module == module);
                let known = pair.map_or(0, |pair| pair.revision.unsigned_abs());
                if held > known {
                    pass.repairs.push_back(Repair::Overrule { guild: *guild, module, held });
                } else if let Some(pair) = pair
                    && held < known
                    // What waits in the outbox is sent from there; but a snapshot is not complete without it.
                    && (!pair.waits || pass.is_rebuild())
                {
                    differing.push(pair.clone());
                }
            }
        }
        pass.compared += pairs.len() as u64;
        metrics::counter!("guildhall_relay_compared_total").increment(pairs.len() as u64);
        self.compare_objects(pass, guilds).await?;
        pass.repairs.extend(self.settle(&pairs).await?);
        if !differing.is_empty() {
            let waiting: Vec<String> =
                differing.iter().filter(|pair| pair.waits).map(|pair| pair.change.clone()).collect();
            for change in pairs::as_changes(&self.parts.db, differing).await? {
                let first = waiting.contains(&change.id);
                pass.repairs.push_back(Repair::Send { change, first });
            }
        }
        Ok(())
    }

    /// Guilds that Redis holds something of and the database knows nothing about.
    async fn look_for_unknown(&mut self, pass: &mut Pass, cursor: u64) -> Result<u64, Halt> {
        let (next, guilds) = match self.parts.publisher.held_guilds(cursor).await {
            Ok(page) => page,
            Err(Unreachable::Refused(cause) | Unreachable::Forbidden(cause)) => {
                tracing::warn!(cause, "Redis does not let us see which servers it knows");
                return Ok(0);
            }
            Err(error) => return Err(self.lost(&error).into()),
        };
        let guilds: Vec<GuildId> = guilds.iter().filter_map(|guild| GuildId::new_checked(guild.0)).collect();
        let known = pairs::of(&self.parts.db, &guilds).await?;
        let unknown: Vec<GuildId> =
            guilds.into_iter().filter(|guild| !known.iter().any(|pair| pair.guild == *guild)).collect();
        self.compare(pass, &unknown).await?;
        Ok(next)
    }

    async fn repair_some(&mut self, pass: &mut Pass) -> Result<(), Halt> {
        for _ in 0..STEP {
            let Some(repair) = pass.repairs.pop_front() else { break };
            let repaired = match &repair {
                Repair::Send { change, first } => self.send_again(change, *first).await?,
                Repair::Object(held) => self.repair_object(held).await?,
                Repair::Overrule { guild, module, held } => self.follow_database(*guild, *module, *held).await?,
            };
            if self.pass.is_some() {
                return Ok(());
            }
            if repaired {
                pass.repaired += 1;
                metrics::counter!("guildhall_relay_repaired_total").increment(1);
                if !pass.is_rebuild() && !matches!(repair, Repair::Overrule { .. }) {
                    tracing::warn!(event = "redis_repaired", %repair, "Redis did not hold what it should");
                }
            }
        }
        Ok(())
    }

    /// Whether anything was written.
    async fn send_again(&mut self, change: &Unsent, first: bool) -> Result<bool, Halt> {
        match self.publish(change).await {
            Some(Answer::Sent { n, at }) => {
                let became = if first { Became::Sent(Some((n, at))) } else { Became::SentAgain(n) };
                self.note(change, became, Vec::new());
                Ok(true)
            }
            Some(Answer::Same) => {
                if first {
                    self.note(change, Became::Sent(None), Vec::new());
                }
                Ok(false)
            }
            Some(Answer::Stale { held }) => self.follow_database(change.guild, change.module, held).await,
            Some(Answer::Empty | Answer::Behind { .. }) if self.refill().await => Ok(false),
            _ => Err(Halt::Lost),
        }
    }

    async fn follow_database(&mut self, guild: GuildId, module: ModuleKey, held: u64) -> Result<bool, Halt> {
        match self.overrule(guild, module, held).await {
            Overruled::Raised => Ok(true),
            // What cannot be settled now is found again by the next round.
            Overruled::Known | Overruled::Later if self.settled => Ok(false),
            Overruled::Known | Overruled::Later => Err(Halt::Lost),
        }
    }

    async fn finish(&mut self, pass: Pass) {
        let Pass { why, compared, repaired, .. } = pass;
        if let Why::Rebuild(n) = why {
            // Who was overtaken by another instance does not know whether all of it is still there.
            if !self.renews_lease().await {
                self.waiting_for_pass.clear();
                return;
            }
            match self.parts.publisher.complete_rebuild(n).await {
                Ok(Answer::Sent { .. } | Answer::Same) => {}
                Ok(_) => {
                    self.refill().await;
                    return;
                }
                Err(error) => {
                    self.lost(&error);
                    return;
                }
            }
            metrics::gauge!("guildhall_relay_rebuilding").set(0);
        }
        if why != Why::Round || repaired > 0 {
            tracing::info!(event = "compared", ?why, compared, repaired, "everything was compared with Redis");
        }
        self.next_round = if why == Why::Round { pass.begun + self.parts.round } else { Instant::now() };
        for done in self.waiting_for_pass.drain(..) {
            let _ = done.send(());
        }
    }
}

pub(super) fn wire(guilds: &[GuildId]) -> Vec<config_sync::GuildId> {
    guilds.iter().map(|guild| config_sync::GuildId(guild.get())).collect()
}
