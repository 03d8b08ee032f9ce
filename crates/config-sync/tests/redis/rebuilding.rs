//! Beginning, completing and taking over, and reading in bulk what Redis holds.

use config_sync::{Answer, Applied, GuildId, ModuleName, Status};
use redis::AsyncCommands;

use crate::support::{DATABASE, GUILD, Redis, change, change_of};

#[tokio::test]
async fn a_rebuild_raises_the_count_and_is_incomplete_until_it_is_completed() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    assert_eq!(publisher.status().await.unwrap().database, None);

    assert_eq!(publisher.begin_rebuild(10).await.unwrap().n(), Some(11));
    let status = publisher.status().await.unwrap();
    let begun = Status {
        database: Some(DATABASE.to_owned()),
        n: 11,
        complete: false,
        eviction_policy: Some("noeviction".to_owned()),
    };
    assert_eq!(status, begun);

    publisher.publish(&change(1), 11).await.unwrap();
    assert_eq!(publisher.complete_rebuild(11).await.unwrap().n(), Some(12));
    assert!(publisher.status().await.unwrap().complete);

    assert_eq!(publisher.begin_rebuild(3).await.unwrap().n(), Some(13));
    assert!(!publisher.status().await.unwrap().complete);
}

#[tokio::test]
async fn a_rebuild_is_not_completed_on_a_redis_that_lost_its_beginning() {
    let mut redis = Redis::start().await;
    let publisher = redis.publisher();
    publisher.begin_rebuild(10).await.unwrap();
    redis.start_again().await;
    assert_eq!(publisher.complete_rebuild(11).await.unwrap(), Answer::Empty);
    publisher.begin_rebuild(0).await.unwrap();
    assert_eq!(publisher.complete_rebuild(11).await.unwrap(), Answer::Behind { n: 1 });
    assert!(!publisher.status().await.unwrap().complete);
}

#[tokio::test]
async fn anothers_redis_is_left_alone_until_it_is_adopted() {
    let redis = Redis::start().await;
    redis.ready_publisher().await.publish(&change(7), 0).await.unwrap();
    let other = redis.publisher_of("d2");
    let foreign = Answer::Foreign { database: DATABASE.to_owned() };
    assert_eq!(other.begin_rebuild(100).await.unwrap(), foreign);
    assert_eq!(other.complete_rebuild(0).await.unwrap(), foreign);
    assert!(other.status().await.unwrap().complete, "nothing was touched");

    assert_eq!(other.adopt(0).await.unwrap().n(), Some(3));
    assert_eq!(other.publish(&change(7), 3).await.unwrap(), Answer::Same);
    assert_eq!(other.publish(&change(8), 3).await.unwrap().n(), Some(4));
    let now = redis.publisher().publish(&change(9), 0).await.unwrap();
    assert_eq!(now, Answer::Foreign { database: "d2".to_owned() });
}

#[tokio::test]
async fn what_is_held_is_read_for_many_guilds_in_their_order() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let guilds: Vec<GuildId> = (1..=250).map(GuildId).collect();
    for guild in guilds.iter().step_by(2) {
        let change = change_of(*guild, ModuleName::TICKETS, 1_000 + guild.get());
        publisher.publish(&change, 0).await.unwrap();
    }
    let key = publisher.names().current(GuildId(1));
    let _: () = redis.connection().await.hset(&key, "MUSIC", "broken").await.unwrap();
    let _: () = redis.connection().await.hset(&key, "not a module", "{}").await.unwrap();

    let revisions = publisher.held_revisions(&guilds).await.unwrap();
    let messages = publisher.held_messages(&guilds).await.unwrap();

    assert_eq!((revisions.len(), messages.len()), (250, 250));
    for (at, guild) in guilds.iter().enumerate() {
        let expected = (at % 2 == 0).then_some(1_000 + guild.get());
        assert_eq!(revisions[at].get(&ModuleName::TICKETS).copied(), expected);
        let message = messages[at].get(&ModuleName::TICKETS);
        assert_eq!(message.and_then(config_sync::ConfigMessage::revision), expected);
    }
    assert_eq!(revisions[0][&ModuleName::MUSIC], 0);
    assert_eq!(messages[0].len(), 1);
    assert!(publisher.held_revisions(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_bot_applied_is_read_back() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    let applied = Applied {
        revision: 4,
        at: 5,
        bot_id: "b".to_owned(),
        shard: Some(1),
        rejected: Some(3),
        reason: Some("no".to_owned()),
    };
    let key = publisher.names().applied(GUILD);
    let text = serde_json::to_string(&applied).unwrap();
    let _: () = redis.connection().await.hset(key, "MUSIC", text).await.unwrap();
    let read = publisher.applied(&[GuildId(1), GUILD]).await.unwrap();
    assert!(read[0].is_empty());
    assert_eq!(read[1][&ModuleName::MUSIC], applied);
}
