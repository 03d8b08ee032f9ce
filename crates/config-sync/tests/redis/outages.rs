//! Redis gone, frozen, full, back again, and back without its data.

use std::time::Duration;

use config_sync::{Answer, ModuleName, Publisher, Unreachable};

use crate::support::{DATABASE, GUILD, Heard, PREFIX, Redis, Way, change, eventually, following, following_at};

#[tokio::test]
async fn without_a_redis_every_call_answers_and_soon_nobody_is_asked() {
    let mut redis = Redis::start().await;
    redis.kill();
    let publisher = redis.publisher();
    for _ in 0..3 {
        let answer = publisher.publish(&change(1), 0).await;
        assert!(matches!(answer, Err(Unreachable::Broken(_) | Unreachable::Late)), "{answer:?}");
    }
    assert_eq!(publisher.publish(&change(1), 0).await, Err(Unreachable::Skipped));
}

#[tokio::test]
async fn a_frozen_redis_delays_a_publish_and_loses_nothing() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();

    redis.freeze();
    let all = (0..200).map(|_| async { publisher.publish(&change(2), 0).await });
    for answer in futures_util::future::join_all(all).await {
        assert_eq!(answer, Err(Unreachable::Late));
    }
    assert_eq!(publisher.publish(&change(2), 0).await, Err(Unreachable::Skipped));

    redis.thaw();
    let answer = eventually(async || publisher.publish(&change(3), 0).await.ok()).await;
    assert!(matches!(answer, Answer::Sent { .. }), "{answer:?}");
    let held = publisher.held_revisions(&[GUILD]).await.unwrap();
    assert_eq!(held[0][&ModuleName::MUSIC], 3);
}

#[tokio::test]
async fn the_first_publish_after_a_restart_already_learns_that_redis_is_empty() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    let connections = publisher.connections();

    redis.start_again().await;

    assert_eq!(publisher.publish(&change(2), 2).await.unwrap(), Answer::Empty);
    assert_eq!(publisher.connections(), connections + 1);
}

#[tokio::test]
async fn a_full_redis_refuses_and_nothing_is_half_written() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let mut admin = redis.connection().await;
    let set = |what: &'static str, value: &'static str| redis::cmd("CONFIG").arg("SET").arg(what).arg(value).clone();
    let _: () = set("maxmemory", "1").exec_async(&mut admin).await.unwrap();
    for _ in 0..5 {
        let answer = publisher.publish(&change(1), 0).await;
        assert!(matches!(answer, Err(Unreachable::Refused(_))), "{answer:?}");
    }
    let _: () = set("maxmemory", "0").exec_async(&mut admin).await.unwrap();
    assert_eq!(publisher.publish(&change(1), 0).await.unwrap().n(), Some(2));
}

#[tokio::test]
async fn a_bot_that_is_there_before_redis_follows_it_once_it_comes() {
    let mut redis = Redis::start().await;
    redis.kill();
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    redis.start_again().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
}

#[tokio::test]
async fn after_a_kill_and_a_restart_the_bot_follows_again_and_never_backwards() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    publisher.publish(&change(4), 0).await.unwrap();
    heard.until(&[4]).await;

    redis.start_again().await;
    assert_eq!(publisher.publish(&change(5), 2).await.unwrap(), Answer::Empty);
    publisher.begin_rebuild(2).await.unwrap();
    for revision in [3, 4] {
        publisher.publish(&change(revision), 3).await.unwrap();
    }
    publisher.complete_rebuild(3).await.unwrap();
    publisher.publish(&change(5), 3).await.unwrap();
    heard.until(&[4, 5]).await;
}

#[tokio::test]
async fn after_a_frozen_redis_thaws_the_bot_hears_again() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    redis.freeze();
    // Long enough for two beats to be missed and the connection to be given up.
    tokio::time::sleep(Duration::from_millis(3_500)).await;
    redis.thaw();
    eventually(async || publisher.publish(&change(2), 0).await.ok()).await;
    heard.until(&[1, 2]).await;
}

#[tokio::test]
async fn a_connection_that_went_dead_without_a_word_is_replaced_on_both_sides() {
    let redis = Redis::start().await;
    let direct = redis.ready_publisher().await;
    let way = Way::to(&redis).await;
    let publisher = Publisher::new(&way.url, PREFIX, DATABASE).unwrap();
    let heard = Heard::default();
    let _bot = following_at(&way.url, &heard).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;

    way.kill_connections();
    direct.publish(&change(2), 0).await.unwrap();
    heard.until(&[1, 2]).await;

    let connections = publisher.connections();
    let answer = eventually(async || publisher.publish(&change(3), 0).await.ok()).await;
    assert_eq!(answer.n(), Some(4));
    assert_eq!(publisher.connections(), connections + 1);
    heard.until(&[1, 2, 3]).await;
}
