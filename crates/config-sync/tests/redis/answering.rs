//! Answers that outlive a lost Redis, a handler that never ends, and a bot that stops.

use std::sync::Arc;
use std::time::Duration;

use config_sync::{Change, ConfigSubscriber, ConfigSubscriberBuilder, ModuleName};
use tokio::sync::{Notify, Semaphore};

use crate::acknowledging::logged;
use crate::support::{GUILD, Heard, PREFIX, Redis, change, change_of, eventually, following};

/// A handler that waits until it is let go on, and refuses even revisions.
#[derive(Clone)]
struct Gate {
    began: Arc<Notify>,
    open: Arc<Semaphore>,
}

impl Gate {
    fn new() -> Self {
        Self { began: Arc::default(), open: Arc::new(Semaphore::new(0)) }
    }

    fn on(&self, bot: ConfigSubscriberBuilder) -> ConfigSubscriberBuilder {
        let gate = self.clone();
        bot.on_all(move |change: Change| {
            let gate = gate.clone();
            async move {
                gate.began.notify_one();
                gate.open.acquire().await.unwrap().forget();
                if change.revision.is_multiple_of(2) { Err("even") } else { Ok(()) }
            }
        })
    }
}

fn bot(redis: &Redis) -> ConfigSubscriberBuilder {
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).bot_id("b").guilds([GUILD]);
    bot.heartbeat(Duration::from_millis(50))
}

#[tokio::test]
async fn a_redis_that_lost_everything_is_told_again_what_was_applied_and_refused() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let gate = Gate::new();
    gate.open.add_permits(1_000);
    let _bot = gate.on(bot(&redis)).start().unwrap();
    for revision in [1, 2] {
        publisher.publish(&change(revision), 0).await.unwrap();
        let known = |applied: config_sync::Applied| applied.revision.max(applied.rejected.unwrap_or(0)) == revision;
        eventually(async || redis.applied().await.filter(|applied| known(applied.clone()))).await;
    }
    let before = redis.applied().await.unwrap();
    assert_eq!((before.revision, before.rejected), (1, Some(2)));

    redis.start_again().await;
    assert_eq!(eventually(async || redis.applied().await.filter(|one| one.rejected.is_some())).await, before);
    let _: () = redis::cmd("FLUSHALL").exec_async(&mut redis.connection().await).await.unwrap();
    redis.ready_publisher().await;
    assert_eq!(eventually(async || redis.applied().await.filter(|one| one.rejected.is_some())).await, before);
    let kinds: Vec<String> = logged(&redis).await.into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, ["CONFIG_APPLIED", "CONFIG_REJECTED"], "once, although Redis became whole as well");
}

#[tokio::test]
async fn a_handler_that_never_ends_refuses_its_change_and_keeps_nobody() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let never = |change: Change| async move {
        if change.revision == 1 {
            std::future::pending::<()>().await;
        }
        Ok::<(), String>(())
    };
    let bot = bot(&redis).handler_timeout(Duration::from_millis(50)).on_all(never).start().unwrap();
    for guild in 1..=50 {
        bot.guild_added(guild);
        publisher.publish(&change_of(config_sync::GuildId(guild), ModuleName::MUSIC, 1), 0).await.unwrap();
    }
    publisher.publish(&change(1), 0).await.unwrap();
    let refused = eventually(async || redis.applied().await).await;
    assert_eq!((refused.revision, refused.rejected), (0, Some(1)));
    assert_eq!(refused.reason.as_deref(), Some("the handler took longer than 0.05 s"));
    publisher.publish(&change(3), 0).await.unwrap();
    eventually(async || redis.applied().await.filter(|applied| applied.revision == 3)).await;
    assert!(bot.stop().await);
}

#[tokio::test]
async fn a_bot_that_stops_ends_what_it_began_says_so_and_begins_nothing_more() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let gate = Gate::new();
    let bot = gate.on(bot(&redis)).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    gate.began.notified().await;
    publisher.publish(&change(3), 0).await.unwrap();
    let stopping = tokio::spawn(bot.stop());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!stopping.is_finished(), "the handler has not ended");
    gate.open.add_permits(10);
    assert!(stopping.await.unwrap());
    assert_eq!(redis.applied().await.unwrap().revision, 1);
    assert_eq!(logged(&redis).await.len(), 1);
}

#[tokio::test]
async fn a_refused_change_is_not_followed_by_a_lower_one_nor_tried_again() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let refusing = following(&redis, &heard)
        .on_all(|change: Change| async move { if change.revision == 4 { Err("no") } else { Ok(()) } });
    let _bot = refusing.start().unwrap();
    publisher.publish(&change(4), 0).await.unwrap();
    eventually(async || redis.applied().await).await;
    let lower = serde_json::to_string(&change(3)).unwrap();
    let to = publisher.names().all_channel();
    let _: () = redis::AsyncCommands::publish(&mut redis.connection().await, to, lower).await.unwrap();
    // Becoming whole once more makes the bot read everything again.
    publisher.begin_rebuild(0).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    publisher.complete_rebuild(0).await.unwrap();
    publisher.publish(&change(5), 0).await.unwrap();
    heard.until(&[4, 5]).await;
}
