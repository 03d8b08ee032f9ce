//! Work that is done once an hour, a little at a time, by whichever instance comes first; and what each instance looks
//! at more often.

use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;

use crate::clock::Millis;
use crate::db::DbError;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// How long such work's lease holds. Longer than the hour between two looks: the instance that looked last looks again.
pub const LEASE: Millis = 90 * 60 * 1000;

/// The running work. Dropping it ends it.
#[derive(Debug)]
pub struct Job(AbortHandle);

impl Job {
    /// Works at once, and then once an hour.
    pub fn start<W: Future<Output = ()> + Send + 'static>(work: impl FnMut() -> W + Send + 'static) -> Self {
        Self::every(HOUR, work)
    }

    /// For what must not wait for an hour, and is each instance's own.
    pub fn every<W>(pause: Duration, mut work: impl FnMut() -> W + Send + 'static) -> Self
    where
        W: Future<Output = ()> + Send + 'static,
    {
        let mut ticks = tokio::time::interval(pause);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let again_and_again = async move {
            loop {
                ticks.tick().await;
                work().await;
            }
        };
        Self(tokio::spawn(again_and_again).abort_handle())
    }

    /// The same for a worker that counts what it does: `done` tells of what was done, if it was anything, and `failed`
    /// is what the log says where the database could not be asked.
    pub fn counting<T, N, P>(
        worker: T,
        pass: impl Fn(T) -> P + Send + 'static,
        done: impl Fn(N) + Clone + Send + 'static,
        failed: &'static str,
    ) -> Self
    where
        T: Clone + Send + 'static,
        N: Default + PartialEq + Send + 'static,
        P: Future<Output = Result<N, DbError>> + Send + 'static,
    {
        Self::start(move || {
            let (passing, done) = (pass(worker.clone()), done.clone());
            async move {
                match passing.await {
                    Ok(count) if count == N::default() => {}
                    Ok(count) => done(count),
                    Err(error) => tracing::warn!(cause = %error, "{failed}"),
                }
            }
        })
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.0.abort();
    }
}
