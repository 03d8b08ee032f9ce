//! What the server's parts share: the world, the armed faults, the request log.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{faults::Faults, requests::Log, world::World};

/// One stand-in's state; it outlives stopping and restarting the server.
#[derive(Clone)]
pub struct State {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    faults: Mutex<Faults>,
    log: Mutex<Log>,
    origin: World,
}

impl State {
    /// Fresh state around a world.
    pub fn new(world: World) -> State {
        let origin = world.clone();
        let inner = Inner { world: Mutex::new(world), faults: Mutex::default(), log: Mutex::default(), origin };
        State { inner: Arc::new(inner) }
    }

    /// The world; hold it briefly and never across an await.
    pub fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.inner.world)
    }

    /// The armed faults.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.inner.faults)
    }

    /// The request log.
    pub fn log(&self) -> MutexGuard<'_, Log> {
        lock(&self.inner.log)
    }

    /// Back to the world it was started with: no faults, an empty log.
    pub fn reset(&self) {
        *self.world() = self.inner.origin.clone();
        self.faults().clear();
        self.log().clear();
    }
}

/// A test that panics while editing must not take the server with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
