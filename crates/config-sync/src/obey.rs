//! Doing one command: claimed, done at most once, answered at least once.
//!
//! A claim is made before anything is done. A claim without a result whose process is dead is answered
//! `unknown_outcome`, and not done again: nobody can know how far that process came.

use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::{sleep, timeout};

use crate::claims::Claims;
use crate::command::{Command, CommandEnvelope, Done};
use crate::orders::Order;
use crate::record::{CommandRecord, Outcome};

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A claim is taken for dead when its process would have been too slow for this long.
const MARGIN: Duration = Duration::from_secs(5);

pub(crate) type Handler = Arc<dyn Fn(Command) -> BoxFuture<'static, Result<Done, String>> + Send + Sync>;

pub(crate) fn handler<F, Fut, E>(call: F) -> Handler
where
    F: Fn(Command) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Done, E>> + Send + 'static,
    E: Display,
{
    Arc::new(move |command| {
        let work = call(command);
        async move { work.await.map_err(|error| error.to_string()) }.boxed()
    })
}

/// What obeying works with.
#[derive(Clone)]
pub(crate) struct Obedience<C> {
    pub(crate) claims: C,
    pub(crate) handler: Handler,
    pub(crate) bot_id: String,
    /// Made anew at each start.
    pub(crate) life: String,
    /// How long a handler may take.
    pub(crate) patience: Duration,
    pub(crate) now: fn() -> u64,
}

/// What a claim came to.
pub(crate) enum Claimed {
    /// It is this process's to do.
    Ours(CommandRecord),
    /// It was answered before.
    Answered(Outcome),
    /// Another process is doing it, or has died doing it.
    Theirs(CommandRecord),
}

impl<C: Claims> Obedience<C> {
    /// Claims a command, however long Redis is away.
    pub(crate) async fn claim(&self, envelope: &CommandEnvelope) -> Claimed {
        let ours =
            CommandRecord { bot_id: self.bot_id.clone(), life: self.life.clone(), at: (self.now)(), result: None };
        let stands = patiently(|| self.claims.claim(envelope.command_id, &ours)).await;
        match &stands.result {
            Some(outcome) => Claimed::Answered(outcome.clone()),
            // An earlier try of this very process may have had its effect without an answer.
            None if stands.life == self.life && stands.bot_id == self.bot_id => Claimed::Ours(stands),
            None => Claimed::Theirs(stands),
        }
    }

    /// Does what this process has claimed, and keeps the result.
    pub(crate) async fn carry_out(
        &self,
        envelope: &CommandEnvelope,
        order: Result<Order, &'static str>,
        claim: CommandRecord,
    ) -> Outcome {
        let outcome = self.outcome(envelope, order).await;
        let kept = CommandRecord { result: Some(outcome.clone()), ..claim };
        patiently(|| self.claims.keep(envelope.command_id, &kept)).await;
        outcome
    }

    async fn outcome(&self, envelope: &CommandEnvelope, order: Result<Order, &'static str>) -> Outcome {
        // The clock is asked after the claim, which may have waited for Redis.
        if (self.now)() >= envelope.expires_at {
            return Outcome::failed("expired");
        }
        let order = match order {
            Ok(order) => order,
            Err(code) => return Outcome::failed(code),
        };
        let work = (self.handler)(Command { envelope: envelope.clone(), order });
        // A panic must not leave the claim without a result.
        match timeout(self.patience, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(Ok(done))) => Outcome::done(done),
            Ok(Ok(Err(error))) => Outcome::failed(error),
            Ok(Err(_)) | Err(_) => Outcome::failed("unknown_outcome"),
        }
    }

    /// Waits for the result of another process's claim, and settles it when that process must be dead.
    pub(crate) async fn wait_for(&self, envelope: &CommandEnvelope, theirs: CommandRecord) -> Outcome {
        let dead = Outcome::failed("unknown_outcome");
        // An earlier life of this very process is over.
        if theirs.bot_id != self.bot_id {
            let lasts = u64::try_from((self.patience + MARGIN).as_millis()).unwrap_or(u64::MAX);
            let left = theirs.at.saturating_add(lasts).saturating_sub((self.now)());
            sleep(Duration::from_millis(left.min(lasts))).await;
        }
        loop {
            if let Some(outcome) = patiently(|| self.claims.settle(envelope.command_id, &dead)).await {
                return outcome;
            }
        }
    }
}

/// Until there is an answer.
async fn patiently<T, Fut>(mut ask: impl FnMut() -> Fut) -> T
where
    Fut: Future<Output = Result<T, crate::Unreachable>>,
{
    let mut pause = FIRST_PAUSE;
    loop {
        match ask().await {
            Ok(answer) => return answer,
            Err(error) => tracing::debug!(%error, "a command waits for Redis"),
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
#[path = "obey_tests.rs"]
mod tests;
