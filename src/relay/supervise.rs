//! Keeps a task going: one that ends by a fault is logged, counted and started again.

use std::sync::Arc;
use std::time::Duration;

use super::Health;

/// Between a fault and the next start: a fault that comes at once must not burn the processor.
const PAUSE: Duration = Duration::from_millis(200);

/// Runs `task` until it ends by itself.
pub(super) async fn keep_going<F>(health: Arc<Health>, mut task: impl FnMut() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(fault) = tokio::spawn(task()).await {
        health.restarted();
        tracing::error!(cause = %fault, "the publisher ended by a fault and is started again");
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{Mutex, mpsc, oneshot};

    use super::*;

    type Jobs = mpsc::Receiver<(u8, oneshot::Sender<u8>)>;

    /// A task as the publisher's: one queue for all its lives, and one job that it cannot bear.
    async fn answer_all(queue: Arc<Mutex<Jobs>>) {
        let mut queue = queue.lock().await;
        while let Some((number, answer)) = queue.recv().await {
            assert_ne!(number, 13, "the fault of this test");
            let _ = answer.send(number);
        }
    }

    #[tokio::test]
    async fn a_task_that_ends_by_a_fault_goes_on_with_the_next_job_and_is_counted() {
        let health = Arc::new(Health::default());
        let (jobs, queue) = mpsc::channel(10);
        let queue = Arc::new(Mutex::new(queue));
        let kept = tokio::spawn(keep_going(health.clone(), move || answer_all(queue.clone())));
        let ask = async |number| {
            let (answer, reply) = oneshot::channel();
            jobs.send((number, answer)).await.unwrap();
            reply.await.ok()
        };
        let answers = [ask(1).await, ask(13).await, ask(2).await, ask(13).await, ask(3).await];
        assert_eq!(answers, [Some(1), None, Some(2), None, Some(3)], "who met the fault is told that nothing is known");
        assert_eq!(health.restarts(), 2);
        drop(jobs);
        kept.await.unwrap();
    }
}
