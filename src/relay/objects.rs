//! Panels and playlists on their way to Redis: handed over after their commit, sent again when Redis is back, and
//! compared with it like settings. Their rows know the revision that Redis has; the database is the truth.

use config_sync::{Answer, ObjectKey, ObjectKind};
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use super::compare::{Halt, wire};
use super::object_rows::{self, Held};
use super::pass::{Pass, REPAIRS, Repair};
use super::sending::Lost;
use super::task::Sender;
use super::{Delivery, Job, PATIENCE, Relay, Work};
use crate::ids::GuildId;

/// What was not sent is tried again this many at a time; saves go between two looks.
const AT_ONCE: i64 = 64;

/// A panel or a playlist as Redis is to hold it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub kind: ObjectKind,
    pub guild: GuildId,
    pub id: String,
    pub revision: i64,
    /// As a bot reads it; none: it is gone.
    pub object: Option<Map<String, Value>>,
}

impl Relay {
    /// Panels or playlists were saved or deleted: sends what is not sent yet, and does not wait for it.
    pub fn objects_saved(&self) {
        let (answer, _) = oneshot::channel();
        // A full queue is worked off by looks that find it, too.
        let _ = self.jobs.try_send(Job { work: Work::UnsentObjects, answer });
    }

    /// As [`Relay::hand_over`], for a panel or a playlist whose row is committed. Whatever happens to this call, it
    /// will be sent.
    pub async fn hand_over_object(&self, kept: Kept) -> Delivery {
        let (answer, reply) = oneshot::channel();
        if self.jobs.try_send(Job { work: Work::Object(Box::new(kept)), answer }).is_err() {
            return Delivery::Waiting;
        }
        match tokio::time::timeout(PATIENCE, reply).await {
            Ok(Ok(delivery)) => delivery,
            _ => Delivery::Waiting,
        }
    }
}

impl Sender {
    /// Puts or removes it, and writes down that it is done.
    pub(super) async fn send_object(&mut self, kept: &Kept) -> Delivery {
        let answer = match self.put(kept).await {
            Some(Answer::Empty | Answer::Behind { .. }) => match self.refill().await {
                true => self.put(kept).await,
                false => None,
            },
            answer => answer,
        };
        let n = match answer {
            Some(Answer::Sent { n, .. }) => n,
            Some(Answer::Same) => 0,
            Some(Answer::Stale { held }) => return self.raise_object(kept, held).await,
            _ => {
                self.unsent_objects = true;
                return Delivery::Waiting;
            }
        };
        self.note_object(kept, n).await;
        Delivery::Sent
    }

    /// Somebody has saved it meanwhile; or the database was put back to an older copy, and what it holds gets a
    /// revision above the one in Redis, as settings do.
    async fn raise_object(&mut self, kept: &Kept, held: u64) -> Delivery {
        let now = self.parts.clock.now();
        let (db, of) = (&self.parts.db, kept.clone());
        let raised = db.write(move |conn| object_rows::raise(conn, &of, held.cast_signed(), now)).await;
        match raised {
            Ok(None) => Delivery::Replaced,
            Ok(Some(revision)) => {
                tracing::warn!(event = "redis_ahead", guild.id = %kept.guild, kind = ?kept.kind, id = kept.id, held, revision, "the database was put back to an older copy; Redis is brought back to it");
                let raised = Kept { revision, ..kept.clone() };
                match self.put(&raised).await {
                    Some(Answer::Sent { n, .. }) => {
                        self.note_object(&raised, n).await;
                        Delivery::Sent
                    }
                    // It is found unsent, or by the next round.
                    _ => {
                        self.unsent_objects = true;
                        Delivery::Waiting
                    }
                }
            }
            Err(error) => {
                tracing::warn!(cause = %error, "the older copy cannot be settled yet");
                Delivery::Waiting
            }
        }
    }

    async fn put(&mut self, kept: &Kept) -> Option<Answer> {
        let highest_n = self.known_n().await?;
        let guild = config_sync::GuildId(kept.guild.get());
        let key = ObjectKey { kind: kept.kind, guild, id: kept.id.clone() };
        let (publisher, revision) = (&self.parts.publisher, kept.revision.unsigned_abs());
        let answer = match &kept.object {
            Some(object) => publisher.put_object(&key, revision, object, highest_n).await,
            None => publisher.remove_object(&key, revision, highest_n).await,
        };
        self.heard(answer)
    }

    async fn note_object(&mut self, kept: &Kept, n: u64) {
        let of = kept.clone();
        let note = self.parts.db.write(move |conn| object_rows::note_sent(conn, &of, n.cast_signed()));
        if let Err(error) = note.await {
            tracing::warn!(cause = %error, "that an object was sent cannot be written down: it is sent again");
            self.unsent_objects = true;
        }
    }

    /// Sends some of what was left over.
    pub(super) async fn send_unsent_objects(&mut self) {
        if !std::mem::take(&mut self.unsent_objects) {
            return;
        }
        let unsent = self.parts.db.run(|conn| object_rows::unsent(conn, AT_ONCE)).await;
        let unsent = unsent.unwrap_or_else(|error| {
            tracing::warn!(cause = %error, "unsent objects cannot be read");
            self.unsent_objects = true;
            Vec::new()
        });
        // There may be more.
        self.unsent_objects |= unsent.len() >= usize::try_from(AT_ONCE).unwrap_or_default();
        for kept in unsent {
            if self.send_object(&kept).await == Delivery::Waiting && !self.settled {
                break;
            }
        }
    }

    /// What Redis holds of these guilds' objects beside what the database has.
    pub(super) async fn compare_objects(&mut self, pass: &mut Pass, guilds: &[GuildId]) -> Result<(), Halt> {
        if guilds.is_empty() {
            return Ok(());
        }
        for kind in ObjectKind::ALL {
            // The database first, as with settings.
            let of = guilds.to_vec();
            let rows = self.parts.db.run(move |conn| object_rows::of(conn, kind, &of)).await?;
            let held = self.parts.publisher.held_objects(kind, &wire(guilds)).await;
            let mut held = held.map_err(|error| self.lost(&error))?;
            pass.compared += rows.len() as u64;
            for row in rows {
                let Some(at) = guilds.iter().position(|guild| *guild == row.guild) else { continue };
                let found = held.get_mut(at).and_then(|held| held.remove(&row.id));
                let differs = if row.deleted { found.is_some() } else { found != Some(row.revision.unsigned_abs()) };
                if differs {
                    pass.repairs.push_back(Repair::Object(Held { kind, guild: row.guild, id: row.id, held: found }));
                }
            }
            for (guild, held) in guilds.iter().zip(held) {
                // The database knows nothing of the rest.
                let unknown = held.into_iter().map(|(id, held)| Held { kind, guild: *guild, id, held: Some(held) });
                let room = REPAIRS.saturating_sub(pass.repairs.len());
                pass.repairs.extend(unknown.map(Repair::Object).take(room));
            }
        }
        Ok(())
    }

    /// Whether anything was written.
    pub(super) async fn repair_object(&mut self, held: &Held) -> Result<bool, Halt> {
        let of = held.clone();
        let row = self.parts.db.run(move |conn| object_rows::find(conn, &of)).await?;
        let kept = row.unwrap_or_else(|| Kept {
            kind: held.kind,
            guild: held.guild,
            id: held.id.clone(),
            // Removed whatever revision it has; one that cannot be read counts as none.
            revision: held.held.unwrap_or_default().max(1).cast_signed(),
            object: None,
        });
        match self.send_object(&kept).await {
            Delivery::Sent => Ok(true),
            Delivery::Replaced => Ok(false),
            Delivery::Waiting if self.settled => Ok(false),
            Delivery::Waiting => Err(Halt::from(Lost)),
        }
    }
}
