//! Answers kept for a while, and asked for once however many wait.
//!
//! Which answers, and how old they may be, is said where they are asked for.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt, Shared, WeakShared};
use twilight_model::id::Id;

use super::DiscordError;
use crate::bounded::{Bounded, Key};
use crate::clock::{Clock, Millis};
use crate::sizes::Size;

/// An answer and when it was asked for.
#[derive(Debug)]
pub struct Fetched<T> {
    pub value: Arc<T>,
    pub fetched_at: Millis,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), fetched_at: self.fetched_at }
    }
}

impl<T> Deref for Fetched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// How long a refusal stands, even for those who would take an older value.
const REFUSAL_STANDS: Duration = Duration::from_secs(60);

/// How long an answer nobody asks for stays in memory.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(2 * 60 * 60);

type Answer<V> = Result<Fetched<V>, DiscordError>;
type Asking<V> = Shared<BoxFuture<'static, Answer<V>>>;

/// The answers to one kind of question, by key.
///
/// An answer's age counts from when it was asked for, so "at most ten seconds old" holds for what it
/// says and not only for its arrival. Values and refusals are kept, outages are not.
pub struct Cache<K, V> {
    clock: Clock,
    slots: Bounded<K, Slot<V>>,
}

/// One key's place. Evicting a key replaces its slot, so that an answer still on its way ends in the
/// one nobody looks at any more.
struct Slot<V>(Mutex<State<V>>);

struct State<V> {
    kept: Option<(Answer<V>, Asked)>,
    /// Held weakly: when everybody who waited is gone, so is the question.
    under_way: Option<(WeakShared<BoxFuture<'static, Answer<V>>>, Asked)>,
    questions: u64,
}

/// When a question was put, and as which: the order must not hang on a clock that may be set back.
#[derive(Clone, Copy)]
struct Asked {
    at: Millis,
    nth: u64,
}

impl Asked {
    /// An answer from the future is not young: the clock was set back, and nobody knows its age.
    fn within(self, limit: Duration, now: Millis) -> bool {
        u128::try_from(now - self.at).is_ok_and(|age| age < limit.as_millis())
    }
}

impl<V> Default for Slot<V> {
    fn default() -> Self {
        Self(Mutex::new(State { kept: None, under_way: None, questions: 0 }))
    }
}

impl<V> Slot<V> {
    fn state(&self) -> MutexGuard<'_, State<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an answer unless a younger one is there.
    fn keep(&self, answer: &Answer<V>, asked: Asked) {
        if !answer.as_ref().err().is_none_or(DiscordError::is_refusal) {
            return;
        }
        let mut state = self.state();
        if state.kept.as_ref().is_none_or(|(_, kept)| kept.nth < asked.nth) {
            state.kept = Some((answer.clone(), asked));
        }
    }
}

impl<K, V> Cache<K, V>
where
    K: Key,
    V: Send + Sync + 'static,
{
    pub fn new(clock: &Clock, capacity: u64) -> Self {
        Self { clock: clock.clone(), slots: Bounded::by_last_use(capacity, FORGOTTEN_AFTER) }
    }

    pub fn size(&self, name: &'static str) -> Size {
        self.slots.size(name)
    }

    /// The answer kept if it is young enough, the one under way if it was asked for recently enough,
    /// else a new one. A caller that goes away takes nobody else's answer with it.
    pub async fn get<F>(&self, key: K, max_age: Duration, fetch: impl FnOnce() -> F) -> Answer<V>
    where
        F: Future<Output = Result<V, DiscordError>> + Send + 'static,
    {
        match self.kept_or_asking(key, max_age, fetch) {
            Ok(kept) => kept,
            Err(asking) => asking.await,
        }
    }

    /// What is kept, however old: for a page that says how old it is while Discord is away.
    pub fn peek(&self, key: &K) -> Option<Fetched<V>> {
        let slot = self.slots.get(key)?;
        let state = slot.state();
        state.kept.as_ref().and_then(|(answer, _)| answer.as_ref().ok().cloned())
    }

    /// Forgets the answer, also one that is still on its way.
    pub fn evict(&self, key: &K) {
        self.slots.forget(key);
    }

    fn kept_or_asking<F>(&self, key: K, max_age: Duration, fetch: impl FnOnce() -> F) -> Result<Answer<V>, Asking<V>>
    where
        F: Future<Output = Result<V, DiscordError>> + Send + 'static,
    {
        let slot = self.slots.get_or_make(&key, Slot::default);
        let now = self.clock.now();

        let mut state = slot.state();
        if let Some((answer, asked)) = &state.kept {
            let limit = if answer.is_ok() { max_age } else { max_age.min(REFUSAL_STANDS) };
            if asked.within(limit, now) {
                return Ok(answer.clone());
            }
        }
        if let Some((asking, asked)) = &state.under_way
            && asked.within(max_age, now)
            && let Some(asking) = asking.upgrade()
        {
            return Err(asking);
        }

        state.questions += 1;
        let asked = Asked { at: now, nth: state.questions };
        let asking = {
            let question = fetch();
            let slot = Arc::clone(&slot);
            async move {
                let answer = question.await.map(|value| Fetched { value: Arc::new(value), fetched_at: asked.at });
                slot.keep(&answer, asked);
                answer
            }
        }
        .boxed()
        .shared();
        state.under_way = asking.downgrade().map(|weak| (weak, asked));
        Err(asking)
    }
}

impl<A, B, V: Send + Sync + 'static> Cache<(Id<A>, Id<B>), V> {
    /// Forgets every answer whose key begins with this.
    pub fn evict_all_of(&self, first: Id<A>) {
        self.slots.forget_all_of(first);
    }
}

#[cfg(test)]
mod tests;
