//! One comparison of everything: why, how fast, and how far it has come. Comparing itself stands in `compare`.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::Unsent;
use super::object_rows::Held;
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;

/// Between two pages of a comparison that is wanted now: others use the database and Redis too.
const BREATH: Duration = Duration::from_millis(5);
/// The log says how far it is after so many pairs.
const TOLD_EACH: u64 = 2_000;

/// Why everything is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// This process has just started: the database may have been put back to an older copy.
    Start,
    /// Everything once in ten minutes.
    Round,
    /// Somebody asked for it.
    Asked,
    /// Redis has lost data: the snapshot is marked complete under this count when it ends.
    Rebuild(u64),
}

/// What is compared next.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// The guilds changed last, which are probably those that somebody looks at.
    Lately,
    /// All guilds with settings, by id, after this one.
    All(Option<GuildId>),
    /// The guilds Redis knows, from this place in its own order: ours may be absent from the database.
    Held(u64),
    Done,
}

/// What is to be done for a pair that differs.
pub(super) enum Repair {
    /// `first`: its row in the log was never sent.
    Send {
        change: Unsent,
        first: bool,
    },
    Overrule {
        guild: GuildId,
        module: ModuleKey,
        held: u64,
    },
    /// A panel or a playlist.
    Object(Held),
}

/// Repairs that are noted at once. What a Redis holds that nobody knows is found again by the next comparison.
pub(super) const REPAIRS: usize = 10_000;

pub(super) struct Pass {
    pub why: Why,
    pub place: Place,
    pub begun: Instant,
    pub next_at: Instant,
    pause: Duration,
    pub repairs: VecDeque<Repair>,
    /// Pairs compared, and pairs repaired.
    pub compared: u64,
    pub repaired: u64,
    told: u64,
}

impl Pass {
    /// A comparison at full pace.
    pub(super) fn now(why: Why) -> Self {
        Self::new(why, Place::Lately, BREATH, Instant::now())
    }

    /// A slow one: `pages` evenly within `round`.
    pub(super) fn slow(pages: i64, round: Duration) -> Self {
        let pause = round / u32::try_from(pages.max(1)).unwrap_or(u32::MAX);
        Self::new(Why::Round, Place::All(None), pause, Instant::now() + pause)
    }

    fn new(why: Why, place: Place, pause: Duration, next_at: Instant) -> Self {
        let begun = Instant::now();
        Self { why, place, begun, next_at, pause, repairs: VecDeque::new(), compared: 0, repaired: 0, told: 0 }
    }

    pub(super) fn is_rebuild(&self) -> bool {
        matches!(self.why, Why::Rebuild(_))
    }

    /// A page is done: the next comes after the pause.
    pub(super) fn rest(&mut self) {
        self.next_at = Instant::now() + self.pause;
    }

    /// Where it goes on after all guilds with settings.
    pub(super) fn after_all(&self) -> Place {
        match self.why {
            Why::Start | Why::Asked => Place::Held(0),
            Why::Round | Why::Rebuild(_) => Place::Done,
        }
    }

    pub(super) fn tell_progress(&mut self) {
        if self.why != Why::Round && self.compared >= self.told + TOLD_EACH {
            self.told = self.compared;
            tracing::info!(event = "comparing", why = ?self.why, compared = self.compared, repaired = self.repaired);
        }
    }
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Send { change, .. } => write!(f, "{} of {} sent again", change.module.as_str(), change.guild),
            Self::Object(held) => write!(f, "{:?} {} of {} put right", held.kind, held.id, held.guild),
            Self::Overrule { guild, module, .. } => write!(f, "{} of {guild} put back", module.as_str()),
        }
    }
}
