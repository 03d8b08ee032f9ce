//! Whatever is lost on the way and whenever a process dies: done at most once, answered at least once, and never
//! answered as done when it was not.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::join;
use proptest::prelude::*;
use tokio::task::yield_now;
use uuid::Uuid;

use super::*;
use crate::{GuildId, Unreachable, now_ms};

/// What becomes of one call to the store.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Fine,
    /// It never got there.
    LostBefore,
    /// It had its effect, and the answer was lost.
    LostAfter,
}

#[derive(Clone, Default)]
struct Store(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    records: HashMap<Uuid, CommandRecord>,
    fates: VecDeque<Fate>,
}

impl Store {
    async fn call<T>(&self, effect: impl FnOnce(&mut HashMap<Uuid, CommandRecord>) -> T) -> Result<T, Unreachable> {
        yield_now().await;
        let answer = {
            let mut kept = self.0.lock().unwrap();
            match kept.fates.pop_front().unwrap_or(Fate::Fine) {
                Fate::Fine => Ok(effect(&mut kept.records)),
                Fate::LostBefore => Err(Unreachable::Late),
                Fate::LostAfter => {
                    effect(&mut kept.records);
                    Err(Unreachable::Late)
                }
            }
        };
        yield_now().await;
        answer
    }
}

impl Claims for Store {
    async fn claim(&self, command: Uuid, ours: &CommandRecord) -> Result<CommandRecord, Unreachable> {
        self.call(|records| records.entry(command).or_insert_with(|| ours.clone()).clone()).await
    }

    async fn keep(&self, command: Uuid, record: &CommandRecord) -> Result<(), Unreachable> {
        self.call(|records| drop(records.insert(command, record.clone()))).await
    }

    async fn settle(&self, command: Uuid, outcome: &Outcome) -> Result<Option<Outcome>, Unreachable> {
        let settle = |records: &mut HashMap<Uuid, CommandRecord>| {
            let record = records.get_mut(&command)?;
            Some(record.result.get_or_insert_with(|| outcome.clone()).clone())
        };
        self.call(settle).await
    }
}

/// A process that dies after so many steps.
struct Mortal<F> {
    life: Pin<Box<F>>,
    left: u32,
}

impl<F: Future> Future for Mortal<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.life.as_mut().poll(cx).map(Some)
    }
}

/// What happened in the end.
#[derive(Default)]
struct Ledger {
    /// How often it was done.
    done: u32,
    answers: Vec<Outcome>,
}

async fn obeys(store: Store, ledger: Arc<Mutex<Ledger>>, bot: &str, life: u32, envelope: CommandEnvelope) {
    let noting = Arc::clone(&ledger);
    let work = move |_: Command| {
        let noting = Arc::clone(&noting);
        async move {
            yield_now().await;
            noting.lock().unwrap().done += 1;
            yield_now().await;
            Ok::<_, String>(Done::default())
        }
    };
    let obedience = Obedience {
        claims: store,
        handler: handler(work),
        bot_id: bot.to_owned(),
        life: format!("{bot}{life}"),
        patience: Duration::from_secs(30),
        now: now_ms,
    };
    let outcome = match obedience.claim(&envelope).await {
        Claimed::Ours(claim) => obedience.carry_out(&envelope, Ok(Order::StateRequest), claim).await,
        Claimed::Answered(outcome) => outcome,
        Claimed::Theirs(theirs) => obedience.wait_for(&envelope, theirs).await,
    };
    ledger.lock().unwrap().answers.push(outcome);
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![3 => Just(Fate::Fine), 1 => Just(Fate::LostBefore), 1 => Just(Fate::LostAfter)]
}

proptest! {
    #[test]
    fn done_at_most_once_answered_at_least_once(
        fates in prop::collection::vec(fate(), 0..24),
        lives in prop::collection::vec((0_u32..30, 0_u32..30), 0..5),
        in_time in prop::bool::weighted(0.9),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let (store, ledger) = (Store::default(), Arc::<Mutex<Ledger>>::default());
        store.0.lock().unwrap().fates = fates.into();
        let expires_at = if in_time { now_ms() + 120_000 } else { now_ms() - 1 };
        let envelope = CommandEnvelope {
            kind: "STATE_REQUEST".to_owned(), command_id: Uuid::nil(), guild_id: GuildId(1), channel_id: None,
            user_id: None, timestamp: 0, expires_at,
        };
        let live = |bot: &'static str, life, left| Mortal {
            life: Box::pin(obeys(store.clone(), ledger.clone(), bot, life, envelope.clone())),
            left,
        };
        runtime.block_on(async {
            // Two processes that hear the same, each dying and coming back; in the end both live on.
            for (number, (one, other)) in (0_u32..).zip(&lives) {
                join(live("one", number, *one), live("other", number, *other)).await;
            }
            let last = u32::try_from(lives.len()).unwrap();
            join(live("one", last, u32::MAX), live("other", last, u32::MAX)).await;
        });
        let ledger = ledger.lock().unwrap();
        prop_assert!(ledger.done <= 1, "done {} times", ledger.done);
        prop_assert!(ledger.answers.len() >= 2, "the two that live on have both answered");
        prop_assert!(ledger.done == 1 || ledger.answers.iter().all(|outcome| !outcome.ok));
        prop_assert!(in_time || ledger.done == 0);
        prop_assert!(!lives.is_empty() || !in_time || ledger.answers.iter().all(|outcome| outcome.ok));
    }
}
