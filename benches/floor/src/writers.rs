//! Connections that only work: a thread each, which takes the next piece of work when it has done the one before.
//!
//! SQLite has one writer, so one thread writes: nobody waits for a lock.

use std::sync::{Arc, Mutex, PoisonError, mpsc};

use anyhow::Context as _;
use guildhall::db::{Conn, DatabaseUrl};
use tokio::sync::oneshot;

/// As many as Guildhall has.
const POSTGRES: usize = 12;

type Work = Box<dyn FnOnce(&mut Conn) + Send>;

pub struct Writers(mpsc::Sender<Work>);

impl Writers {
    pub fn start(url: &DatabaseUrl) -> anyhow::Result<Self> {
        let (sender, queue) = mpsc::channel::<Work>();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..if url.is_postgres() { POSTGRES } else { 1 } {
            let mut conn = connect(url)?;
            let queue = queue.clone();
            std::thread::spawn(move || {
                loop {
                    let work = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(work) = work else { return };
                    work(&mut conn);
                }
            });
        }
        Ok(Self(sender))
    }

    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let (answer, reply) = oneshot::channel();
        let work = move |conn: &mut Conn| {
            // Whoever asked may have gone.
            let _ = answer.send(work(conn));
        };
        self.0.send(Box::new(work)).ok().context("the writers have ended")?;
        reply.await?
    }
}

/// With the settings that Guildhall's own connections have.
pub fn connect(url: &DatabaseUrl) -> anyhow::Result<Conn> {
    url.connect().map_err(anyhow::Error::msg)
}
