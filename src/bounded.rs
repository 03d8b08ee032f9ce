//! What is kept in bounded memory by a number, to be found again.
//!
//! moka keeps it, whose code is compiled for each type of key and value: 90 KiB of the program. Here it is one for all, and
//! what is kept is known by its type again on the way out. How long something holds is said where it is kept.

use std::any::Any;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use twilight_model::id::Id;

use crate::sizes::Size;

type Anything = Arc<dyn Any + Send + Sync>;

/// By what something can be kept: each has a number that no other of its type has.
pub trait Key {
    fn number(&self) -> u128;
}

impl Key for () {
    fn number(&self) -> u128 {
        0
    }
}

impl<M> Key for Id<M> {
    fn number(&self) -> u128 {
        self.get().into()
    }
}

/// What belongs to one of the first can be forgotten together ([`Bounded::forget_all_of`]).
impl<A, B> Key for (Id<A>, Id<B>) {
    fn number(&self) -> u128 {
        self.0.number() << 64 | self.1.number()
    }
}

/// An IPv4 address and the IPv6 one that stands for it are one.
impl Key for IpAddr {
    fn number(&self) -> u128 {
        match self {
            Self::V4(address) => address.to_ipv6_mapped().to_bits(),
            Self::V6(address) => address.to_bits(),
        }
    }
}

/// Values by their key, so many at most. Clones share them.
#[derive(Clone)]
pub struct Bounded<K, V> {
    kept: Cache<u128, Anything>,
    types: PhantomData<fn(K) -> V>,
}

impl<K: Key, V: Send + Sync + 'static> Bounded<K, V> {
    /// What nobody has asked for for longest makes room, and goes after `idle` in any case.
    pub fn by_last_use(room: u64, idle: Duration) -> Self {
        Self::of(Cache::builder().max_capacity(room).eviction_policy(EvictionPolicy::lru()).time_to_idle(idle).build())
    }

    /// What is seldom asked for makes room. Who comes but once does not push out what others use.
    pub fn by_use(room: u64) -> Self {
        Self::of(Cache::builder().max_capacity(room).build())
    }

    /// As [`Self::by_use`], and it goes after `lifetime`.
    pub fn for_a_time(room: u64, lifetime: Duration) -> Self {
        Self::of(Cache::builder().max_capacity(room).time_to_live(lifetime).build())
    }

    fn of(kept: Cache<u128, Anything>) -> Self {
        Self { kept, types: PhantomData }
    }

    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        self.kept.get(&key.number()).map(known)
    }

    /// What is kept, or what is made now: by one of those who ask at the same time.
    pub fn get_or_make(&self, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        self.get(key).unwrap_or_else(|| {
            let make: Box<dyn FnOnce() -> Anything + '_> = Box::new(|| Arc::new(make()));
            known(self.kept.get_with(key.number(), make))
        })
    }

    pub fn keep(&self, key: &K, value: Arc<V>) {
        self.kept.insert(key.number(), value);
    }

    pub fn forget(&self, key: &K) {
        self.kept.invalidate(&key.number());
    }

    /// As many as there are, and what it is about to forget may still count for a moment.
    pub fn size(&self, name: &'static str) -> Size {
        Size::moka(name, &self.kept)
    }
}

impl<A, B, V: Send + Sync + 'static> Bounded<(Id<A>, Id<B>), V> {
    /// Forgets all whose key begins with this.
    pub fn forget_all_of(&self, first: Id<A>) {
        let keys = self.kept.iter().map(|(key, _)| *key).filter(|key| key >> 64 == first.number());
        for key in keys.collect::<Vec<_>>() {
            self.kept.invalidate(&key);
        }
    }
}

#[expect(clippy::expect_used, reason = "only values of this type get in")]
fn known<V: Send + Sync + 'static>(value: Anything) -> Arc<V> {
    value.downcast().expect("a value of the type that was kept")
}

#[cfg(test)]
mod tests {
    use twilight_model::id::marker::{GuildMarker, UserMarker};

    use super::*;
    use crate::ids::{GuildId, UserId};

    fn pair(guild: u64, user: u64) -> (GuildId, UserId) {
        (Id::<GuildMarker>::new(guild), Id::<UserMarker>::new(user))
    }

    #[test]
    fn what_belongs_to_one_server_is_forgotten_together_and_nothing_else_is() {
        let kept = Bounded::by_use(100);
        for (guild, user) in [(1, 1), (1, u64::MAX), (2, 1), (u64::MAX, 1)] {
            kept.keep(&pair(guild, user), Arc::new(format!("{guild} {user}")));
        }
        kept.forget_all_of(Id::new(1));
        let found = |guild, user| kept.get(&pair(guild, user)).map(|text| text.to_string());
        assert_eq!([found(1, 1), found(1, u64::MAX)], [None, None]);
        assert_eq!(found(2, 1).as_deref(), Some("2 1"));
        assert_eq!(found(u64::MAX, 1), Some(format!("{} 1", u64::MAX)));
        kept.forget(&pair(2, 1));
        assert_eq!(found(2, 1), None);
    }

    #[test]
    fn what_is_there_is_not_made_again() {
        let kept: Bounded<IpAddr, u8> = Bounded::by_last_use(10, Duration::from_secs(60));
        let address = "203.0.113.7".parse().unwrap();
        assert_eq!(*kept.get_or_make(&address, || 1), 1);
        assert_eq!(*kept.get_or_make(&address, || 2), 1);
        assert_eq!(*kept.get_or_make(&"203.0.113.8".parse().unwrap(), || 3), 3);
        assert_eq!(kept.get(&"2001:db8::7".parse().unwrap()), None);
    }
}
