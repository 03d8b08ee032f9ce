//! Work that is done once an hour, a little at a time, by whichever instance comes first.

use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;

use crate::clock::Millis;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// How long such work's lease holds. Longer than the hour between two looks: the instance that looked last looks again.
pub const LEASE: Millis = 90 * 60 * 1000;

/// The running work. Dropping it ends it.
#[derive(Debug)]
pub struct Job(AbortHandle);

impl Job {
    /// Works at once, and then once an hour.
    pub fn start<W: Future<Output = ()> + Send + 'static>(mut work: impl FnMut() -> W + Send + 'static) -> Self {
        let mut ticks = tokio::time::interval(HOUR);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let every_hour = async move {
            loop {
                ticks.tick().await;
                work().await;
            }
        };
        Self(tokio::spawn(every_hour).abort_handle())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.0.abort();
    }
}
