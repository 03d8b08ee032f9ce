//! Looking at Redis and at the outbox: is it there, is it ours, does it hold what we know, what is due.

use config_sync::{Status, Unreachable};

use super::outbox;
use super::pass::{Pass, Why};
use super::task::Sender;
use super::{Delivery, lease, pairs};

/// Changes sent in one step; saves go between two steps.
const STEP: usize = 16;
/// After a reconnect so many guilds at most are asked for answers at once; the others have their turn within a round.
pub(super) const UNANSWERED: i64 = 500;

impl Sender {
    /// Once a second, and when woken.
    pub(super) async fn look(&mut self) {
        self.mark().await;
        let reached = self.reach().await;
        if reached {
            self.send_unsent_objects().await;
            self.keep_comparing().await;
        } else {
            // They are told that it has ended; it goes on when Redis is back.
            self.waiting_for_pass.clear();
        }
        // Last, because tests that count queries wait for this one.
        self.look_at_outbox(reached).await;
    }

    /// Whether Redis is there, ours, and not known to lack anything that nobody is filling in.
    async fn reach(&mut self) -> bool {
        if !self.settled
            && let Err(error) = self.parts.publisher.ping().await
        {
            self.lost(&error);
            return false;
        }
        // Before Redis is asked for its count: another instance may raise both between the two.
        let Some(known) = self.known_n().await else { return false };
        let status = match self.parts.publisher.status().await {
            Ok(status) => status,
            // Nobody waits for this answer: on a busy machine one that is late is no loss yet.
            Err(Unreachable::Late) if self.settled && !std::mem::replace(&mut self.was_late, true) => return false,
            Err(error) => {
                self.lost(&error);
                return false;
            }
        };
        self.was_late = false;
        self.parts.health.answered();
        let ours = status.database.as_deref() == Some(self.parts.publisher.database());
        let foreign = !ours && status.database.is_some();
        self.parts.health.belongs_to_another(foreign, self.parts.clock.now());
        if foreign {
            self.settled = false;
            return false;
        }
        if !std::mem::replace(&mut self.settled, true) {
            self.is_back(&status).await;
        }
        let lacks = !ours || status.n < known;
        let filling = self.pass.as_ref().is_some_and(Pass::is_rebuild);
        if lacks || (!status.complete && !filling) {
            if self.holds_lease().await {
                return self.refill().await;
            }
            // Whoever holds the lease fills it.
            return !lacks;
        }
        true
    }

    /// The first look after the start or after a loss.
    async fn is_back(&mut self, status: &Status) {
        if status.eviction_policy.as_deref().is_some_and(|policy| policy != "noeviction") {
            tracing::warn!(
                policy = status.eviction_policy,
                "Redis may drop keys when memory is full: set maxmemory-policy noeviction"
            );
        }
        self.unsent_objects = true;
        if let Err(error) = outbox::make_due(&self.parts).await {
            tracing::warn!(cause = %error, "unsent changes cannot be made due");
        }
        if !std::mem::replace(&mut self.started, true) {
            // Not after the lease of a process that may have been killed a moment ago has run out.
            self.seize_lease().await;
            self.begin(Pass::now(Why::Start));
        } else if self.holds_lease().await {
            match pairs::unanswered(&self.parts.db, UNANSWERED).await {
                Ok(guilds) => self.unanswered = guilds.into(),
                Err(error) => tracing::warn!(cause = %error, "unanswered changes cannot be read"),
            }
        }
    }

    pub(super) async fn seize_lease(&mut self) {
        match lease::seize(&self.parts).await {
            Ok(()) => self.lease_until = self.parts.clock.now() + lease::LENGTH,
            Err(error) => tracing::warn!(cause = %error, "the lease cannot be taken"),
        }
    }

    /// Whether this process compares and works off, of several. Renewed when half of it has passed.
    pub(super) async fn holds_lease(&mut self) -> bool {
        if self.lease_until - self.parts.clock.now() > lease::LENGTH / 2 {
            return true;
        }
        self.renews_lease().await
    }

    /// As the database says at this moment.
    pub(super) async fn renews_lease(&mut self) -> bool {
        let (now, holder) = (self.parts.clock.now(), self.parts.holder.clone());
        let held = self.parts.db.write(move |conn| Ok::<_, crate::db::DbError>(lease::hold(conn, &holder, now)?)).await;
        let held = held.unwrap_or_else(|error| {
            tracing::warn!(cause = %error, "the lease cannot be renewed");
            false
        });
        self.lease_until = if held { now + lease::LENGTH } else { 0 };
        held
    }

    /// Counts what waits, and claims what is due.
    async fn look_at_outbox(&mut self, reached: bool) {
        let waiting = match outbox::waiting(&self.parts.db).await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::warn!(cause = %error, "unsent changes cannot be read");
                return;
            }
        };
        let now = self.parts.clock.now();
        let age = waiting.oldest.map_or(0, |oldest| (now - oldest).max(0));
        metrics::gauge!("guildhall_relay_unsent").set(u32::try_from(waiting.count).unwrap_or(u32::MAX));
        metrics::gauge!("guildhall_relay_unsent_age_seconds").set(u32::try_from(age / 1_000).unwrap_or(u32::MAX));
        if reached && self.backlog.is_empty() && waiting.due_at.is_some_and(|due_at| due_at <= now) {
            self.claim().await;
        }
    }

    async fn claim(&mut self) {
        match outbox::claim(&self.parts).await {
            Ok(Some(claimed)) => {
                self.lease_until = self.parts.clock.now() + lease::LENGTH;
                if !claimed.is_empty() {
                    tracing::info!(count = claimed.len(), "sending changes that were left over");
                }
                self.backlog = claimed.into();
            }
            Ok(None) => self.lease_until = 0,
            Err(error) => tracing::warn!(cause = %error, "unsent changes cannot be claimed"),
        }
    }

    /// A few of what was left over; what comes after the first failure is given back untried.
    pub(super) async fn send_some(&mut self) {
        for _ in 0..STEP {
            let Some(claimed) = self.backlog.pop_front() else { break };
            let delivery = self.send(&claimed.newest, claimed.older.clone()).await;
            if delivery == Delivery::Waiting && !self.settled {
                let rest = self.backlog.drain(..).flat_map(|one| one.ids().collect::<Vec<_>>());
                let untried: Vec<String> = claimed.older.into_iter().chain(rest).collect();
                if let Err(error) = outbox::release(&self.parts, untried).await {
                    tracing::warn!(cause = %error, "claimed changes cannot be given back: they wait until the claim ends");
                }
                return;
            }
        }
        if self.backlog.is_empty() {
            self.mark().await;
            self.look_at_outbox(true).await;
        }
    }
}
