//! How fast Discord may be asked: the bot's ten requests a second, routes that asked us to wait, and
//! silence after the bot token was refused.
//!
//! Sending, and trying again, is in [`super::rest`].

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::DiscordError;
use crate::clock::{Clock, Millis};

/// Of all of Guildhall, ten of them at once after a quiet second: the bot itself keeps the greater part
/// of Discord's fifty.
const BOT_REQUESTS_A_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

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
    limiter: DefaultDirectRateLimiter,
    permission_checks_waiting: AtomicUsize,
    /// The others stand in line here, so that only their first looks for a free place.
    others: tokio::sync::Mutex<()>,
}

impl BotGate {
    pub(super) fn new() -> Self {
        Self {
            limiter: RateLimiter::direct(Quota::per_second(BOT_REQUESTS_A_SECOND)),
            permission_checks_waiting: AtomicUsize::new(0),
            others: tokio::sync::Mutex::new(()),
        }
    }

    pub(super) async fn pass(&self, urgency: Urgency) {
        match urgency {
            Urgency::Permission => {
                let _waiting = Waiting::on(&self.permission_checks_waiting);
                self.limiter.until_ready().await;
            }
            Urgency::Other => {
                let _turn = self.others.lock().await;
                while self.permission_checks_waiting.load(Ordering::SeqCst) > 0 || self.limiter.check().is_err() {
                    tokio::time::sleep(Duration::from_secs(1) / BOT_REQUESTS_A_SECOND.get() / 4).await;
                }
            }
        }
    }
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
        let entry = waits.entry((quotee, route)).or_insert((until, wait.named));
        if entry.0 < until {
            *entry = (until, wait.named);
        }
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
mod tests {
    use super::*;

    fn seconds(n: u64) -> Wait {
        Wait { for_: Duration::from_secs(n), named: true }
    }

    #[test]
    fn a_route_waits_alone_and_a_global_limit_for_all_of_a_quota() {
        let clock = Clock::default();
        let waits = NotBefore::new(clock.clone());
        waits.remember(Quotee::Bot, "/guilds/1", false, seconds(5));
        assert!(waits.wait(Quotee::Bot, "/guilds/1").is_some());
        assert_eq!(waits.wait(Quotee::Bot, "/guilds/2"), None);
        assert_eq!(waits.wait(Quotee::Person(1), "/guilds/1"), None);

        waits.remember(Quotee::Bot, "/guilds/1", true, seconds(10));
        clock.advance(Duration::from_secs(6));
        assert!(waits.wait(Quotee::Bot, "/guilds/2").is_some());
        clock.advance(Duration::from_secs(6));
        assert_eq!(waits.wait(Quotee::Bot, "/guilds/1"), None);
    }

    #[test]
    fn a_shorter_wait_does_not_end_a_longer_one() {
        let clock = Clock::default();
        let waits = NotBefore::new(clock.clone());
        waits.remember(Quotee::Bot, "/x", false, seconds(60));
        waits.remember(Quotee::Bot, "/x", false, seconds(1));
        clock.advance(Duration::from_secs(30));
        assert!(waits.wait(Quotee::Bot, "/x").is_some());
    }

    #[test]
    fn a_refused_bot_token_rests_a_minute() {
        let clock = Clock::default();
        let token = BotToken::new(clock.clone());
        assert!(token.may_be_sent().is_ok());
        token.was_refused();
        assert!(token.may_be_sent().is_err());
        clock.advance(SILENCE_AFTER_REFUSED_TOKEN);
        assert!(token.may_be_sent().is_ok());
    }

    #[tokio::test]
    async fn permission_checks_go_before_those_who_waited_longer() {
        let gate = BotGate::new();
        while gate.limiter.check().is_ok() {}
        let order = Mutex::new(Vec::new());
        let pass = |urgency| {
            let (gate, order) = (&gate, &order);
            async move {
                gate.pass(urgency).await;
                order.lock().unwrap().push(urgency);
            }
        };
        use Urgency::{Other, Permission};
        tokio::join!(pass(Other), pass(Other), pass(Permission), pass(Permission));
        assert_eq!(*order.lock().unwrap(), [Permission, Permission, Other, Other]);
    }

    #[tokio::test]
    async fn a_check_that_is_given_up_holds_nobody_back() {
        let gate = BotGate::new();
        while gate.limiter.check().is_ok() {}
        let mut given_up = Box::pin(gate.pass(Urgency::Permission));
        assert!(futures_util::poll!(given_up.as_mut()).is_pending());
        drop(given_up);
        gate.pass(Urgency::Other).await;
    }
}
