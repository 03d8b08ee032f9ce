//! How often sign-in may be tried from one address: each try costs a row and calls to Discord.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::HttpRequest;
use governor::Quota;
use governor::clock::{Clock as _, Reference as _};

use crate::clock::Clock;
use crate::error::{AppError, Trouble};
use crate::sizes::Size;
use crate::web::client_address::{client_address, network_of};
use crate::web::keyed_limit::KeyedLimit;

const TRIES: NonZeroU32 = NonZeroU32::new(20).unwrap();
const MANY: NonZeroU32 = NonZeroU32::new(1_000_000).unwrap();
const TEN_MINUTES: Duration = Duration::from_secs(600);
/// Networks that are remembered, those that have not come lately least.
const KEPT: u64 = 10_000;

/// The two halves of a sign-in are counted apart, so that twenty whole ones fit.
pub(super) struct SignInLimits {
    leaving: Limiter,
    returning: Limiter,
}

struct Limiter(KeyedLimit<IpAddr, Ticks>);

/// Our clock as governor reads it.
#[derive(Clone)]
struct Ticks(Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now()).unwrap_or_default())
    }
}

impl SignInLimits {
    pub(super) fn new(clock: &Clock) -> Self {
        Self { leaving: Limiter::new(clock, TRIES), returning: Limiter::new(clock, TRIES) }
    }

    /// For tests and benchmarks that sign in many people from one address.
    pub(super) fn generous(clock: &Clock) -> Self {
        Self { leaving: Limiter::new(clock, MANY), returning: Limiter::new(clock, MANY) }
    }

    /// # Errors
    /// [`Trouble::TooMany`] says when the next try may be made.
    pub(super) fn leave(&self, req: &HttpRequest) -> Result<(), AppError> {
        self.leaving.check(client_address(req))
    }

    /// # Errors
    /// As [`Self::leave`].
    pub(super) fn come_back(&self, req: &HttpRequest) -> Result<(), AppError> {
        self.returning.check(client_address(req))
    }

    pub(super) fn sizes(&self) -> [Size; 2] {
        [self.leaving.0.size("limit_sign_in"), self.returning.0.size("limit_callback")]
    }
}

impl Limiter {
    fn new(clock: &Clock, tries: NonZeroU32) -> Self {
        let quota =
            Quota::with_period(TEN_MINUTES / tries.get()).unwrap_or(Quota::per_minute(tries)).allow_burst(tries);
        Self(KeyedLimit::new(quota, Ticks(clock.clone()), KEPT))
    }

    fn check(&self, address: IpAddr) -> Result<(), AppError> {
        self.0.check(&network_of(address)).map_err(|not_until| {
            let now = self.0.clock().now();
            let wait = Duration::from(not_until.earliest_possible().duration_since(now)).as_secs() + 1;
            tracing::warn!(event = "limit_hit", limit = "sign_in", client.address = %address, "too many sign-ins");
            AppError::new(Trouble::TooMany { wait }, "sign-in")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_first_try_waits_and_other_networks_do_not() {
        let clock = Clock::default();
        let limiter = Limiter::new(&clock, TRIES);
        let check = |address: &str| limiter.check(address.parse().expect("an address")).map_err(|error| error.trouble);
        for last in 0..20 {
            assert_eq!(check(&format!("2001:db8::{last}")), Ok(()));
        }
        let Err(Trouble::TooMany { wait }) = check("2001:db8::ffff") else { panic!("the same network") };
        assert!((29..=31).contains(&wait), "{wait}");
        assert_eq!(check("2001:db8:0:1::1"), Ok(()), "another network");
        clock.advance(Duration::from_secs(wait));
        assert_eq!(check("2001:db8::1"), Ok(()));
        assert!(check("2001:db8::1").is_err());
    }
}
