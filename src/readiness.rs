//! How the service is: in one word for the public, and part by part for its operator.
//!
//! Pages and saves work while it is degraded; that is what tells it from down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::Serialize;

use crate::app::Parts;
use crate::clock::Millis;
use crate::web::health::Readiness;

/// A change that waits for longer is a sign that something does not work which nothing else tells.
const LONGEST_UNSENT: Millis = 60_000;

/// Clones share whether the service is about to end.
#[derive(Clone)]
pub struct Watch {
    parts: Parts,
    closing: Arc<AtomicBool>,
}

/// Everything `/readyz` on the metrics listener says.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// `ok`, `degraded`, `down`, or `closing`: it was told to end, and is to get nothing new.
    pub status: &'static str,
    pub version: &'static str,
    pub database: Answered,
    pub redis: Answered,
    pub eviction_policy: Named,
    pub unsent_changes: Unsent,
    pub bot: Bot,
}

/// Something that was asked just now, and how long the answer took.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answered {
    /// `ok`, `away`, or for a Redis `foreign`: it belongs to another database.
    pub status: &'static str,
    pub seconds: f64,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Since when there was no answer, or a foreign one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_for_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// `ok`, `evicting`, or `unknown` where the account may not ask.
    pub status: &'static str,
    pub policy: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Unsent {
    /// `ok`, `waiting`, or `unknown` without a database.
    pub status: &'static str,
    pub count: i64,
    pub oldest_seconds: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Bot {
    /// `here`, `away`, or `never` if none of its processes has ever reported.
    pub status: &'static str,
    pub processes: usize,
    pub last_beat_seconds: Option<f64>,
}

impl Watch {
    pub fn new(parts: Parts) -> Self {
        Self { parts, closing: Arc::default() }
    }

    /// From now on it is down for whoever asks, so that a balancer sends nothing more here.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    pub async fn word(&self) -> Readiness {
        match self.report().await.status {
            "ok" => Readiness::Ok,
            "degraded" => Readiness::Degraded,
            _ => Readiness::Down,
        }
    }

    pub async fn report(&self) -> Report {
        let database = self.database().await;
        let (redis, eviction_policy) = self.redis().await;
        let unsent_changes = self.unsent(&database).await;
        let well = redis.status == "ok" && eviction_policy.status != "evicting" && unsent_changes.status == "ok";
        let status = match database.status {
            _ if self.closing.load(Ordering::Relaxed) => "closing",
            "ok" if well => "ok",
            "ok" => "degraded",
            _ => "down",
        };
        let version = env!("CARGO_PKG_VERSION");
        Report { status, version, database, redis, eviction_policy, unsent_changes, bot: self.bot() }
    }

    async fn database(&self) -> Answered {
        let asked = Instant::now();
        let answer = self.parts.db.ping().await;
        Answered {
            status: if answer.is_ok() { "ok" } else { "away" },
            seconds: asked.elapsed().as_secs_f64(),
            kind: Some(self.parts.db.kind()),
            cause: answer.err().map(|error| error.to_string()),
            ..Answered::default()
        }
    }

    async fn redis(&self) -> (Answered, Named) {
        let asked = Instant::now();
        let answer = self.parts.relay.publisher().status().await;
        let seconds = asked.elapsed().as_secs_f64();
        let health = self.parts.relay.health();
        let status = match (&answer, health.is_foreign()) {
            (Err(_), _) => "away",
            (Ok(_), true) => "foreign",
            (Ok(_), false) => "ok",
        };
        let lost_for_seconds = health.lost_since().filter(|_| status != "ok").map(|since| self.since(since));
        let policy = answer.as_ref().ok().and_then(|status| status.eviction_policy.clone());
        let word = match policy.as_deref() {
            None => "unknown",
            Some("noeviction") => "ok",
            Some(_) => "evicting",
        };
        let cause = answer.err().map(|error| error.to_string());
        (Answered { status, seconds, lost_for_seconds, cause, ..Answered::default() }, Named { status: word, policy })
    }

    async fn unsent(&self, database: &Answered) -> Unsent {
        let waiting = match database.status {
            "ok" => crate::relay::unsent(&self.parts.db).await.ok(),
            _ => None,
        };
        let Some((count, oldest)) = waiting else { return Unsent { status: "unknown", count: 0, oldest_seconds: 0.0 } };
        let age = oldest.map_or(0, |oldest| self.parts.clock.now() - oldest);
        let status = if age > LONGEST_UNSENT { "waiting" } else { "ok" };
        Unsent { status, count, oldest_seconds: oldest.map_or(0.0, |oldest| self.since(oldest)) }
    }

    fn bot(&self) -> Bot {
        let bots = &self.parts.bots;
        let (processes, last) = (bots.beating(), bots.last_beat());
        let status = match (processes, last) {
            (_, None) => "never",
            (0, Some(_)) => "away",
            (_, Some(_)) => "here",
        };
        Bot { status, processes, last_beat_seconds: last.map(|at| self.since(at)) }
    }

    fn since(&self, moment: Millis) -> f64 {
        let millis = u32::try_from((self.parts.clock.now() - moment).max(0)).unwrap_or(u32::MAX);
        f64::from(millis) / 1_000.0
    }
}
