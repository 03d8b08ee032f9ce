//! A limit for each of many, in bounded memory: who has not come for longest is forgotten first.
//!
//! How often whom, and what is said then, stands where it is asked.

use std::hash::Hash;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};
use moka::policy::EvictionPolicy;

use crate::sizes::Size;

type One<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Who comes under so many names that others are forgotten for it has as many limits in any case.
pub struct KeyedLimit<K, C: Clock = DefaultClock> {
    quota: Quota,
    clock: C,
    kept: moka::sync::Cache<K, Arc<One<C>>>,
}

impl<K, C> KeyedLimit<K, C>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    C: Clock + Clone + Send + Sync + 'static,
    C::Instant: Send + Sync,
{
    /// Remembers at most `room` of them.
    pub fn new(quota: Quota, clock: C, room: u64) -> Self {
        let kept = moka::sync::Cache::builder()
            .max_capacity(room)
            .eviction_policy(EvictionPolicy::lru())
            // Who has all of it again is as one who never came.
            .time_to_idle(quota.burst_size_replenished_in())
            .build();
        Self { quota, clock, kept }
    }

    /// # Errors
    /// When the next may come.
    pub fn check(&self, key: &K) -> Result<(), NotUntil<C::Instant>> {
        let one = self.kept.get_with_by_ref(key, || Arc::new(One::direct_with_clock(self.quota, self.clock.clone())));
        one.check()
    }

    pub fn clock(&self) -> &C {
        &self.clock
    }

    pub fn size(&self, name: &'static str) -> Size {
        Size::moka(name, &self.kept)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn each_has_a_limit_of_their_own_and_many_take_no_more_room_than_there_is() {
        let two = Quota::per_hour(NonZeroU32::MIN.saturating_add(1));
        let limit = KeyedLimit::new(two, DefaultClock::default(), 100);
        assert!(limit.check(&1).is_ok() && limit.check(&1).is_ok());
        assert!(limit.check(&1).is_err());
        assert!(limit.check(&2).is_ok());
        for stranger in 3..10_000 {
            assert!(limit.check(&stranger).is_ok());
        }
        assert!(limit.size("test").held <= 100, "{:?}", limit.size("test"));
        for _ in 0..2 {
            let _ = limit.check(&9_999);
        }
        assert!(limit.check(&9_999).is_err(), "a new one counts also where there is no room left");
    }
}
