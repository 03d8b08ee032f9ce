//! The bot in the simulation: the crate's own catching up, inbox and handlers, asking the Redis in
//! memory. What `session` does with a socket is done here by hand, one turn after another.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use redis::{ErrorKind, RedisError, RedisResult};

use super::redis::message;
use super::world::{FOREIGN, Shared, Step, World};
use crate::catchup::{Catchup, Observer, Source};
use crate::change::{Change, Handlers};
use crate::guilds::OwnGuilds;
use crate::inbox::{Inbox, Pair};
use crate::snapshot::{Epoch, Page, Position, Snapshot};
use crate::verdict::Verdict;
use crate::{Applied, GuildId, ModuleName};

/// Log entries in a page: few, so that following the log takes several questions.
const PAGE: usize = 3;
/// Guilds in a batch.
const BATCH: usize = 1;
const CALM_TURNS: [Step; 9] =
    [Step::Unread, Step::Beat, Step::Hear, Step::Hear, Step::Beat, Step::Hear, Step::Beat, Step::Unread, Step::Beat];

/// One connection to the Redis in memory.
struct Connection {
    shared: Shared,
    number: u64,
}

impl Connection {
    /// Lets happen what happens meanwhile, then asks.
    async fn ask<T>(&self, question: impl FnOnce(&mut World) -> T) -> RedisResult<T> {
        self.shared.lock().before_an_answer();
        // Handlers go on while an answer is waited for.
        tokio::task::yield_now().await;
        let mut world = self.shared.lock();
        if world.connection != self.number {
            return Err(RedisError::from((ErrorKind::Io, "broken")));
        }
        Ok(question(&mut world))
    }
}

impl Source for Connection {
    async fn epoch(&mut self) -> RedisResult<Epoch> {
        self.ask(|world| Epoch { database: world.redis.database.clone(), complete: world.redis.complete }).await
    }

    async fn last_logged(&mut self) -> RedisResult<Position> {
        self.ask(|world| world.redis.last_id).await
    }

    async fn log_from(&mut self, from: Position) -> RedisResult<Page> {
        self.ask(|world| {
            let entries: Vec<_> = world.redis.log.iter().filter(|entry| entry.0 >= from).take(PAGE).collect();
            Page {
                first: entries.first().map(|entry| entry.0),
                last: entries.last().map(|entry| entry.0),
                logged: entries.iter().map(|entry| (entry.1.clone(), entry.2)).collect(),
            }
        })
        .await
    }

    async fn snapshots(&mut self, guilds: &[GuildId]) -> RedisResult<Vec<Snapshot>> {
        let mut all = Vec::new();
        for batch in guilds.chunks(BATCH) {
            all.extend(self.ask(|world| batch.iter().map(|guild| snapshot(world, *guild)).collect::<Vec<_>>()).await?);
        }
        Ok(all)
    }

    async fn changes(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Change>> {
        let stored = |world: &World, pair: &Pair| {
            let revision = world.redis.current.get(pair)?;
            Change::of(message(pair, *revision))
        };
        assert!(pairs.iter().all(|pair| pair.0 != FOREIGN), "another's settings are not read");
        self.ask(|world| pairs.iter().filter_map(|pair| stored(world, pair)).collect()).await
    }

    async fn applied(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Option<Applied>>> {
        self.ask(|world| pairs.iter().map(|pair| world.redis.applied.get(pair).cloned()).collect()).await
    }
}

fn snapshot(world: &mut World, guild: GuildId) -> Snapshot {
    assert_ne!(guild, FOREIGN, "another's guild is not read");
    let whole = world.redis.complete;
    world.read_whole.insert(guild, whole);
    let held = world.redis.current.iter().filter(|(pair, _)| pair.0 == guild);
    let changes = held.filter_map(|(pair, revision)| Change::of(message(pair, *revision))).collect();
    Snapshot { guild, changes, unreadable: Vec::new(), whole }
}

/// Sees that defaults are taken for defaults only when they are.
struct Watch(Shared);

impl Observer for Watch {
    fn read_whole(&self, guild: GuildId, saved: &HashSet<ModuleName>) {
        let mut world = self.0.lock();
        world.known_whole.insert(guild);
        assert_eq!(world.read_whole.get(&guild), Some(&true), "defaults of a copy that is not whole");
        if world.redis_went_back || world.database_went_back {
            return;
        }
        for pair in world.ever_handled.keys().filter(|pair| pair.0 == guild) {
            assert!(saved.contains(&pair.1), "{pair:?} was saved, and is taken for never saved");
        }
    }
}

fn handlers(shared: &Shared) -> Handlers {
    let shared = shared.clone();
    let mut handlers = Handlers::default();
    handlers.add(None, move |change: Change| {
        let mut world = shared.lock();
        let pair = (change.guild_id, change.module);
        assert!(world.own.contains(pair.0), "{pair:?} is another's");
        let before = world.handled.insert(pair.clone(), change.revision);
        assert!(before.is_none_or(|before| before < change.revision), "{before:?}, then {}", change.revision);
        world.ever_handled.insert(pair, change.revision);
        async move {
            for _ in 0..change.revision % 4 {
                tokio::task::yield_now().await;
            }
            if change.revision.is_multiple_of(5) { Err("five") } else { Ok(()) }
        }
    });
    handlers
}

fn start(shared: &Shared) -> Arc<Inbox> {
    let mut world = shared.lock();
    world.handled.clear();
    world.known_whole.clear();
    world.answers.clear();
    let own = world.own.clone();
    drop(world);
    let told = shared.clone();
    let tell = Box::new(move |verdict: Verdict| {
        assert_ne!(verdict.guild, FOREIGN);
        told.lock().answers.push_back(verdict);
    });
    Inbox::new(handlers(shared), Duration::from_secs(30), Arc::default(), own, tell)
}

/// How a connection ended.
enum End {
    Restart,
    Calm,
}

/// Runs the script to its end and beyond, until nothing can come any more.
pub(super) async fn live(shared: &Shared) {
    let mut inbox = start(shared);
    let mut calm = false;
    loop {
        match follow(shared, &inbox, &mut calm).await {
            Ok(End::Calm) => return,
            Ok(End::Restart) => {
                // Handlers that had begun are gone with the process.
                inbox.close().await;
                shared.lock().break_connection();
                inbox = start(shared);
            }
            Err(_) => {}
        }
    }
}

async fn follow(shared: &Shared, inbox: &Arc<Inbox>, calm: &mut bool) -> RedisResult<End> {
    let (number, own) = {
        let mut world = shared.lock();
        world.on_the_way = Some(VecDeque::new());
        (world.connection, world.own.clone())
    };
    let watch: Arc<[Arc<dyn Observer>]> = Arc::new([Arc::new(Watch(shared.clone()))]);
    let connection = Connection { shared: shared.clone(), number };
    let mut catchup = Catchup::new(connection, Arc::clone(inbox), own.clone(), watch);
    catchup.all().await?;
    while let Some(turn) = next_turn(shared, calm) {
        if let Step::RestartBot = turn {
            return Ok(End::Restart);
        }
        take(turn, shared, &mut catchup, &own).await?;
    }
    for turn in CALM_TURNS {
        take(turn, shared, &mut catchup, &own).await?;
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        shared.lock().send_answers();
    }
    Ok(End::Calm)
}

fn next_turn(shared: &Shared, calm: &mut bool) -> Option<Step> {
    let mut world = shared.lock();
    let turn = world.next_turn();
    if turn.is_none() && !*calm {
        *calm = true;
        world.calm_down();
    }
    turn
}

async fn take(turn: Step, shared: &Shared, catchup: &mut Catchup<Connection>, own: &OwnGuilds) -> RedisResult<()> {
    match turn {
        Step::Hear => {
            let heard = shared.lock().on_the_way.as_mut().and_then(VecDeque::pop_front);
            match heard {
                Some(bytes) => catchup.heard(&bytes).await,
                None => Ok(()),
            }
        }
        Step::Unread => match own.unread().now_or_never() {
            Some(guilds) => catchup.guilds(&guilds).await,
            None => Ok(()),
        },
        _ => {
            let beat = catchup.beat().await?;
            catchup.after(beat).await
        }
    }
}
