//! More commands to one guild than a process keeps: the rest waits on the stream.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use config_sync::{Command, ConfigSubscriber, Done, GuildId};
use redis::AsyncCommands as _;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::commands::{answered, end, send, with};
use crate::support::{GUILD, PREFIX, Redis, eventually};

const OTHER: GuildId = GuildId(5);
/// What one process keeps of a guild, and the one that it is at.
const KEPT: usize = 64 + 1;

/// A bot that is at the first command of [`GUILD`] until the gate is opened.
struct Busy {
    _bot: ConfigSubscriber,
    gate: Arc<Semaphore>,
    done: Arc<Mutex<Vec<Uuid>>>,
}

impl Busy {
    fn start(redis: &Redis) -> Self {
        let (gate, done) = (Arc::new(Semaphore::new(0)), Arc::<Mutex<Vec<Uuid>>>::default());
        let (waits, notes) = (gate.clone(), done.clone());
        let handler = move |command: Command| {
            let (waits, notes) = (waits.clone(), notes.clone());
            async move {
                if command.envelope.guild_id == GUILD {
                    drop(waits.acquire().await.unwrap());
                    notes.lock().unwrap().push(command.envelope.command_id);
                }
                Ok::<_, &str>(Done::default())
            }
        };
        let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).application_id("app").guilds([GUILD, OTHER]);
        let bot = bot.heartbeat(Duration::from_millis(50)).obey(handler).start().unwrap();
        Self { _bot: bot, gate, done }
    }

    fn done(&self) -> Vec<Uuid> {
        self.done.lock().unwrap().clone()
    }
}

/// Gives so many commands to [`GUILD`].
async fn gives(redis: &Redis, count: usize) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
    for id in &ids {
        send(redis, &end(*id, "g")).await;
    }
    ids
}

/// Gives one to the other guild, which has nothing to wait for: all that was given before was heard then.
async fn the_other_is_answered(redis: &Redis) {
    let other = Uuid::now_v7();
    send(redis, &with(end(other, "g"), "guildId", OTHER.to_string())).await;
    assert_eq!(answered(redis, other, 1).await["ok"], true);
}

#[tokio::test]
async fn what_has_no_room_waits_on_the_stream_and_is_done_once_and_in_its_turn() {
    let redis = Redis::start().await;
    let busy = Busy::start(&redis);
    let mut ids = gives(&redis, 2 * KEPT).await;
    the_other_is_answered(&redis).await;
    ids.extend(gives(&redis, KEPT).await);
    busy.gate.add_permits(1);
    for id in &ids {
        assert_eq!(answered(&redis, *id, 1).await["ok"], true);
    }
    assert_eq!(busy.done(), ids);
}

#[tokio::test]
async fn a_process_keeps_no_more_of_a_guild_than_could_be_done_in_time() {
    let redis = Redis::start().await;
    let busy = Busy::start(&redis);
    let ids = gives(&redis, 3 * KEPT).await;
    the_other_is_answered(&redis).await;
    // Whatever is done after that was kept in memory.
    let _: i64 = redis.connection().await.del(format!("{PREFIX}bot:commands")).await.unwrap();
    busy.gate.add_permits(1);
    let kept = eventually(async || Some(busy.done()).filter(|done| done.len() >= KEPT - 1)).await.len();
    let last = gives(&redis, 1).await[0];
    assert_eq!(answered(&redis, last, 1).await["ok"], true);
    let done = busy.done();
    assert!(done.len() <= KEPT + 1 && done.last() == Some(&last), "{kept} at first, {} of {}", done.len(), ids.len());
}
