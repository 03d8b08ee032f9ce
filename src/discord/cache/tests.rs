use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use tokio::sync::oneshot;

use super::*;
use crate::ids::{GuildId, UserId};

const MINUTE: Duration = Duration::from_secs(60);

struct Source {
    clock: Clock,
    cache: Cache<(), usize>,
    asked: Arc<AtomicUsize>,
}

impl Source {
    fn new() -> Self {
        let clock = Clock::default();
        Self { cache: Cache::new(&clock, 10), clock, asked: Arc::default() }
    }

    /// Answers with how often it was asked before, after `wait` resolves.
    async fn get(&self, max_age: Duration, wait: impl Future + Send + 'static) -> Answer<usize> {
        let asked = Arc::clone(&self.asked);
        self.cache
            .get((), max_age, move || async move {
                let nth = asked.fetch_add(1, Ordering::SeqCst);
                wait.await;
                Ok(nth)
            })
            .await
    }

    async fn now(&self, max_age: Duration) -> usize {
        *self.get(max_age, std::future::ready(())).await.unwrap().value
    }
}

#[tokio::test]
async fn an_answer_is_kept_as_long_as_the_asker_takes_it() {
    let source = Source::new();
    assert_eq!(source.now(MINUTE).await, 0);
    source.clock.advance(Duration::from_secs(30));
    assert_eq!(source.now(MINUTE).await, 0);
    assert_eq!(source.now(Duration::from_secs(10)).await, 1);
    source.clock.advance(MINUTE);
    assert_eq!(source.now(MINUTE).await, 2);
    assert_eq!(source.now(Duration::ZERO).await, 3, "no age at all means anew");
    assert_eq!(source.cache.peek(&()).map(|kept| *kept), Some(3));
}

#[tokio::test]
async fn those_who_wait_share_one_question() {
    let source = Source::new();
    let answers = join_all((0..50).map(|_| source.get(MINUTE, tokio::task::yield_now()))).await;
    assert!(answers.iter().all(|answer| answer.as_ref().is_ok_and(|value| **value == 0)));
    assert_eq!(source.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_first_to_ask_may_leave() {
    let source = Source::new();
    let (send, wait) = oneshot::channel::<()>();
    let mut first = Box::pin(source.get(MINUTE, wait));
    assert!(futures_util::poll!(first.as_mut()).is_pending());
    let mut second = Box::pin(source.get(MINUTE, std::future::ready(())));
    assert!(futures_util::poll!(second.as_mut()).is_pending());
    drop(first);
    send.send(()).unwrap();
    assert_eq!(*second.await.unwrap().value, 0);
    assert_eq!(source.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_question_everybody_left_is_asked_anew() {
    let source = Source::new();
    let mut first = Box::pin(source.get(MINUTE, std::future::pending::<()>()));
    assert!(futures_util::poll!(first.as_mut()).is_pending());
    drop(first);
    assert_eq!(source.now(MINUTE).await, 1);
}

#[tokio::test]
async fn an_answer_asked_for_before_the_eviction_does_not_come_back() {
    let source = Source::new();
    let (send, wait) = oneshot::channel::<()>();
    let mut old = Box::pin(source.get(MINUTE, wait));
    assert!(futures_util::poll!(old.as_mut()).is_pending());
    source.cache.evict(&());
    assert_eq!(source.now(MINUTE).await, 1);
    send.send(()).unwrap();
    assert_eq!(*old.await.unwrap().value, 0, "who asked before gets what was asked for");
    assert_eq!(source.now(MINUTE).await, 1);
}

#[tokio::test]
async fn an_old_answer_that_arrives_late_does_not_replace_a_younger_one() {
    let source = Source::new();
    let (send, wait) = oneshot::channel::<()>();
    let mut old = Box::pin(source.get(MINUTE, wait));
    assert!(futures_util::poll!(old.as_mut()).is_pending());
    source.clock.advance(Duration::from_secs(20));
    assert_eq!(source.now(Duration::from_secs(10)).await, 1, "asked for too long ago to be shared");
    send.send(()).unwrap();
    old.await.unwrap();
    assert_eq!(source.now(MINUTE).await, 1);
}

#[tokio::test]
async fn a_refusal_stands_for_a_minute_and_an_outage_not_at_all() {
    let source = Source::new();
    let fails = |error: DiscordError| source.cache.get((), MINUTE * 60, move || async move { Err(error) });
    assert_eq!(fails(DiscordError::Unavailable("x".into())).await.err(), Some(DiscordError::Unavailable("x".into())));
    assert_eq!(fails(DiscordError::Forbidden).await.err(), Some(DiscordError::Forbidden));
    assert_eq!(fails(DiscordError::Unauthorized).await.err(), Some(DiscordError::Forbidden));
    source.clock.advance(MINUTE);
    assert_eq!(source.now(MINUTE * 60).await, 0);
}

#[tokio::test]
async fn some_keys_are_evicted_and_the_others_stay() {
    let clock = Clock::default();
    let cache: Cache<(GuildId, UserId), u64> = Cache::new(&clock, 10);
    let key = |number: u64| (GuildId::new(1 + number % 2), UserId::new(1 + number));
    for number in 0..4 {
        cache.get(key(number), MINUTE, move || async move { Ok(number) }).await.unwrap();
    }
    cache.evict_all_of(GuildId::new(1));
    assert_eq!((0..4).filter(|number| cache.peek(&key(*number)).is_some()).collect::<Vec<_>>(), [1, 3]);
}
