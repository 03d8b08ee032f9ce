//! The example bot against a Redis of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::time::Duration;

use config_sync::{Action, ConfigData, ConfigMessage, GuildId, ModuleName, Publisher, now_ms};
use demo::bot::{Behaviour, ExampleBot, Told};
use demo::redis_server::RedisServer;
use serde_json::json;

const GUILD: GuildId = GuildId(816_370_501_973_721_107);

struct House {
    redis: RedisServer,
    publisher: Publisher,
    _folder: tempfile::TempDir,
}

impl House {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let redis = RedisServer::start(folder.path()).await.unwrap();
        let publisher = Publisher::new(&redis.url(), "t:", "d1").unwrap();
        publisher.begin_rebuild(0).await.unwrap();
        publisher.complete_rebuild(0).await.unwrap();
        Self { redis, publisher, _folder: folder }
    }

    async fn save(&self, revision: u64, volume: u64) {
        let message = ConfigMessage {
            guild_id: GUILD,
            module: ModuleName::MUSIC,
            action: Action::Update,
            timestamp: now_ms(),
            data: Some(ConfigData {
                revision,
                schema: 1,
                changed: vec!["defaultVolume".to_owned()],
                settings: json!({ "defaultVolume": volume }),
            }),
        };
        self.publisher.publish(&message, 0).await.unwrap();
    }
}

async fn until(mut good: impl FnMut() -> bool) {
    let waiting = async {
        while !good() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("it becomes true within ten seconds");
}

fn revisions(bot: &ExampleBot) -> Vec<u64> {
    bot.applied().iter().map(|change| change.revision).collect()
}

#[tokio::test]
async fn the_bot_applies_what_was_saved_before_it_came_and_what_is_saved_then() {
    let house = House::start().await;
    house.save(1, 10).await;
    let bot = ExampleBot::start(&house.redis.url(), "t:", [GUILD]).unwrap();
    until(|| revisions(&bot) == [1]).await;
    house.save(2, 20).await;
    until(|| revisions(&bot) == [1, 2]).await;
    assert_eq!(bot.applied()[1].settings, json!({ "defaultVolume": 20 }));
    assert!(bot.stop().await, "everything was acknowledged");
    house.redis.stop().await;
}

#[tokio::test]
async fn the_bot_can_be_told_to_refuse() {
    let house = House::start().await;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let bot = ExampleBot::start_telling(&house.redis.url(), "t:", [GUILD], move |heard| {
        drop(tell.send(heard.clone()));
    })
    .unwrap();
    bot.behave(Behaviour { refuses: Some("not today".to_owned()), ..Behaviour::default() });
    house.save(1, 10).await;
    let Some(Told::Heard(heard)) = told.recv().await else { panic!("a change") };
    assert_eq!((heard.change.revision, heard.refused.as_deref()), (1, Some("not today")));
    bot.behave(Behaviour::default());
    house.save(2, 20).await;
    let Some(Told::Heard(heard)) = told.recv().await else { panic!("a change") };
    assert_eq!(heard.refused, None);
    assert_eq!(revisions(&bot), [2]);
    assert!(bot.stop().await, "everything was acknowledged");
    house.redis.stop().await;
}
