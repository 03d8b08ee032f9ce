//! How fast Discord may be asked: the bot's ten requests a second, routes that asked us to wait, and
//! silence after the bot token was refused.
//!
//! Sending, and trying again, is in [`super::rest`].

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::DiscordError;
use crate::clock::{Clock, Millis};
use crate::sizes::Size;

/// Of one instance, ten of them at once after a quiet second; and of all instances together: the bot itself keeps the
/// greater part of Discord's fifty.
const BOT_REQUESTS_A_SECOND: u32 = 10;
const OF_ALL_INSTANCES: u32 = 20;

/// Who waits at most: ten a second are let through, so whoever comes behind these would give up before.
const MOST_WAITING: usize = 200;
/// Waits that are remembered; those that end first make room.
const WAITS_KEPT: usize = 10_000;

const SILENCE_AFTER_REFUSED_TOKEN: Duration = Duration::from_secs(60);

/// Who goes first when the bot's requests are short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Decides whether somebody may do something.
    Permission,
    Other,
}

/// Lets the bot's requests through, permission checks first.
pub(super) struct BotGate {
    paced: bool,
    limiter: ArcSwap<DefaultDirectRateLimiter>,
    /// Among how many instances what may be asked is shared.
    sharing: AtomicUsize,
    permission_checks_waiting: AtomicUsize,
    others_waiting: AtomicUsize,
    /// The others stand in line here, so that only their first looks for a free place.
    others: tokio::sync::Mutex<()>,
}

impl BotGate {
    /// Unless it is `paced`, everybody passes at once: for a Discord of one's own.
    pub(super) fn new(paced: bool) -> Self {
        Self {
            paced,
            limiter: ArcSwap::from_pointee(limiter(1)),
            sharing: AtomicUsize::new(1),
            permission_checks_waiting: AtomicUsize::new(0),
            others_waiting: AtomicUsize::new(0),
            others: tokio::sync::Mutex::new(()),
        }
    }

    /// There are so many instances, this one among them. Each takes the same share.
    pub(super) fn share_with(&self, instances: usize) {
        let instances = instances.max(1);
        let before = self.sharing.swap(instances, Ordering::SeqCst);
        if interval(before) != interval(instances) {
            self.limiter.store(Arc::new(limiter(instances)));
        }
    }

    /// How many requests may be made in a second: one, if it is less than one.
    pub(super) fn a_second(&self) -> usize {
        let interval = interval(self.sharing.load(Ordering::SeqCst)).as_micros();
        usize::try_from(1_000_000 / interval).unwrap_or(1).max(1)
    }

    pub(super) fn size(&self) -> Size {
        let waiting = [&self.permission_checks_waiting, &self.others_waiting];
        Size::queue("discord_requests", waiting.map(|count| count.load(Ordering::Relaxed)).iter().sum(), MOST_WAITING)
    }

    /// False: too many wait already.
    pub(super) async fn pass(&self, urgency: Urgency) -> bool {
        if !self.paced {
            return true;
        }
        if self.size().held >= MOST_WAITING as u64 {
            return false;
        }
        match urgency {
            Urgency::Permission => {
                let _waiting = Waiting::on(&self.permission_checks_waiting);
                self.limiter.load_full().until_ready().await;
            }
            Urgency::Other => {
                let _waiting = Waiting::on(&self.others_waiting);
                let _turn = self.others.lock().await;
                while self.permission_checks_waiting.load(Ordering::SeqCst) > 0 || self.limiter.load().check().is_err()
                {
                    tokio::time::sleep(Duration::from_secs(1) / BOT_REQUESTS_A_SECOND / 4).await;
                }
            }
        }
        true
    }
}

fn limiter(instances: usize) -> DefaultDirectRateLimiter {
    let interval = interval(instances);
    let at_once = u32::try_from(Duration::from_secs(1).as_micros() / interval.as_micros()).unwrap_or(1);
    let quota = Quota::with_period(interval).unwrap_or(Quota::per_second(NonZeroU32::MIN));
    RateLimiter::direct(quota.allow_burst(NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN)))
}

/// Between two requests of one instance.
fn interval(instances: usize) -> Duration {
    let of_all = Duration::from_secs(1) * u32::try_from(instances).unwrap_or(u32::MAX) / OF_ALL_INSTANCES;
    of_all.max(Duration::from_secs(1) / BOT_REQUESTS_A_SECOND)
}

/// Counts one who waits, also when they stop waiting half-way.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn on(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whose quota a request counts against: the bot's, or a person's (by a hash of their token).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Quotee {
    Bot,
    Person(u64),
}

/// A wait that Discord asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    pub for_: Duration,
    /// False if Discord named no time and the wait is our own caution.
    pub named: bool,
}

/// Until when which route is not to be called.
pub(super) struct NotBefore {
    clock: Clock,
    /// A route of "" stands for all of that quota.
    until: Mutex<HashMap<(Quotee, String), (Millis, bool)>>,
}

impl NotBefore {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, until: Mutex::default() }
    }

    pub(super) fn remember(&self, quotee: Quotee, route: &str, global: bool, wait: Wait) {
        let now = self.clock.now();
        let until = now.saturating_add(i64::try_from(wait.for_.as_millis()).unwrap_or(i64::MAX));
        let route = if global { String::new() } else { route.to_owned() };
        let mut waits = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        waits.retain(|_, (until, _)| *until > now);
        if waits.len() >= WAITS_KEPT
            && let Some(first) = waits.iter().min_by_key(|(_, (until, _))| *until).map(|(key, _)| key.clone())
        {
            waits.remove(&first);
        }
        let entry = waits.entry((quotee, route)).or_insert((until, wait.named));
        if entry.0 < until {
            *entry = (until, wait.named);
        }
    }

    pub(super) fn size(&self) -> Size {
        Size::cache(
            "discord_waits",
            self.until.lock().unwrap_or_else(PoisonError::into_inner).len() as u64,
            WAITS_KEPT as u64,
        )
    }

    pub(super) fn wait(&self, quotee: Quotee, route: &str) -> Option<Wait> {
        let now = self.clock.now();
        let waits = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        [route, ""]
            .into_iter()
            .filter_map(|route| waits.get(&(quotee, route.to_owned())))
            .filter(|(until, _)| *until > now)
            .max_by_key(|(until, _)| *until)
            .map(|(until, named)| Wait { for_: Duration::from_millis(until.abs_diff(now)), named: *named })
    }
}

/// Whether the bot token is worth sending.
pub(super) struct BotToken {
    clock: Clock,
    silent_until: AtomicI64,
}

impl BotToken {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, silent_until: AtomicI64::new(i64::MIN) }
    }

    pub(super) fn may_be_sent(&self) -> Result<(), DiscordError> {
        let rests = self.clock.now() < self.silent_until.load(Ordering::SeqCst);
        if rests { Err(DiscordError::Unauthorized) } else { Ok(()) }
    }

    /// Ten thousand refused requests in ten minutes ban our address: none for a while, and an alarm.
    pub(super) fn was_refused(&self) {
        let now = self.clock.now();
        let until = now + SILENCE_AFTER_REFUSED_TOKEN.as_millis() as i64;
        if self.silent_until.swap(until, Ordering::SeqCst) > now {
            return;
        }
        tracing::error!(
            event = "discord.bot_token_refused",
            "Discord refuses the bot token: check DISCORD_BOT_TOKEN. No calls with it for a minute."
        );
    }
}

#[cfg(test)]
mod tests;
