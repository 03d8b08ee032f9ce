//! A limit for each of many, in bounded memory: who has not come for longest is forgotten first.
//!
//! How often whom, and what is said then, stands where it is asked.

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use crate::bounded::{Bounded, Key};
use crate::sizes::Size;

type One<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Who comes under so many names that others are forgotten for it has as many limits in any case.
pub struct KeyedLimit<K, C: Clock = DefaultClock> {
    quota: Quota,
    clock: C,
    kept: Bounded<K, One<C>>,
}

impl<K, C> KeyedLimit<K, C>
where
    K: Key,
    C: Clock + Clone + Send + Sync + 'static,
    C::Instant: Send + Sync,
{
    /// Remembers at most `room` of them.
    pub fn new(quota: Quota, clock: C, room: u64) -> Self {
        // Who has all of it again is as one who never came.
        Self { quota, clock, kept: Bounded::by_last_use(room, quota.burst_size_replenished_in()) }
    }

    /// # Errors
    /// When the next may come.
    pub fn check(&self, key: &K) -> Result<(), NotUntil<C::Instant>> {
        let one = self.kept.get_or_make(key, || One::direct_with_clock(self.quota, self.clock.clone()));
        one.check()
    }

    pub fn clock(&self) -> &C {
        &self.clock
    }

    pub fn size(&self, name: &'static str) -> Size {
        self.kept.size(name)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::ids::UserId;

    #[test]
    fn each_has_a_limit_of_their_own_and_many_take_no_more_room_than_there_is() {
        let two = Quota::per_hour(NonZeroU32::MIN.saturating_add(1));
        let limit = KeyedLimit::new(two, DefaultClock::default(), 100);
        let check = |person: u64| limit.check(&UserId::new(person));
        assert!(check(1).is_ok() && check(1).is_ok());
        assert!(check(1).is_err());
        assert!(check(2).is_ok());
        for stranger in 3..10_000 {
            assert!(check(stranger).is_ok());
        }
        assert!(limit.size("test").held <= 100, "{:?}", limit.size("test"));
        for _ in 0..2 {
            let _ = check(9_999);
        }
        assert!(check(9_999).is_err(), "a new one counts also where there is no room left");
    }
}
