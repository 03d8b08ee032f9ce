//! The example bot against a Redis of its own, and where it lives, with a stand-in for Discord to post in.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::time::Duration;

use config_sync::{Action, ConfigData, ConfigMessage, GuildId, ModuleName, Publisher, now_ms};
use demo::bot::{Behaviour, ExampleBot, Told};
use demo::redis_server::RedisServer;
use demo::world::{Discord, Pace, World};
use discord_standin::Standin;
use discord_standin::seed::{self, channels};
use redis::aio::MultiplexedConnection;
use redis::streams::StreamRangeReply;
use serde_json::{Value, json};

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

    async fn connection(&self) -> MultiplexedConnection {
        redis::Client::open(self.redis.url()).unwrap().get_multiplexed_async_connection().await.unwrap()
    }

    /// The events on the stream so far.
    async fn told(&self) -> Vec<Value> {
        let mut connection = self.connection().await;
        let mut ask = redis::cmd("XRANGE");
        let all: StreamRangeReply =
            ask.arg("t:bot:events").arg("-").arg("+").query_async(&mut connection).await.unwrap();
        all.ids.iter().map(|entry| serde_json::from_str(&entry.get::<String>("event").unwrap()).unwrap()).collect()
    }

    /// The events of this type, once there is one.
    async fn hears(&self, kind: &str) -> Vec<Value> {
        let waiting = async {
            loop {
                let mut told = self.told().await;
                told.retain(|event| event["type"] == kind);
                if !told.is_empty() {
                    return told;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), waiting).await.expect(kind)
    }

    /// Gives a command, and waits for what comes of it.
    async fn commands(&self, kind: &str, mut fields: Value) -> Value {
        let id = uuid::Uuid::new_v4();
        fields["type"] = json!(kind);
        fields["guildId"] = json!(GUILD);
        fields["commandId"] = json!(id);
        fields["userId"] = json!(seed::MIRA);
        (fields["timestamp"], fields["expiresAt"]) = (json!(now_ms()), json!(now_ms() + 60_000));
        let mut add = redis::cmd("XADD");
        add.arg("t:bot:commands").arg("*").arg("command").arg(fields.to_string());
        add.exec_async(&mut self.connection().await).await.unwrap();
        let mut say = redis::cmd("PUBLISH");
        say.arg("t:dashboard:commands").arg(fields.to_string()).exec_async(&mut self.connection().await).await.unwrap();
        let waiting = async {
            loop {
                let results = self.hears("COMMAND_RESULT").await;
                if let Some(result) = results.iter().find(|event| event["data"]["commandId"] == id.to_string()) {
                    return result["data"].clone();
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("an answer")
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

#[tokio::test]
async fn a_bot_that_lives_tells_what_happens_and_a_test_drives_it() {
    let house = House::start().await;
    let world = World::new(1);
    world.goes_at(Pace::Off);
    let bot = ExampleBot::start_living(&house.redis.url(), "t:", [GUILD], &world, |_| {}).unwrap();
    let life = bot.life().unwrap();
    let giveaway = life.starts_giveaway(GUILD, "A rope", Duration::from_secs(60)).unwrap();
    assert_eq!(life.enters_giveaway(GUILD, &giveaway, 3), 3);
    life.passes(Duration::from_secs(60));
    let ended = house.hears("GIVEAWAY_END").await;
    assert_eq!((&ended[0]["data"]["giveawayId"], &ended[0]["seq"]), (&json!(giveaway), &json!(5)));
    let ticket = life.opens_ticket(GUILD, "Billing").unwrap();
    assert!(life.claims_ticket(GUILD, &ticket) && !life.claims_ticket(GUILD, &ticket));
    assert!(life.closes_ticket(GUILD, &ticket, Some("Solved")) && life.rates_ticket(GUILD, &ticket, 4, None));
    let room = life.opens_room(GUILD, "Chess").unwrap();
    assert!(life.closes_room(GUILD, room) && !life.closes_room(GUILD, room));
    assert_eq!(house.hears("VOICE_ROOM_DELETE").await[0]["data"]["channelId"], room.to_string());
    assert!(bot.stop().await, "everything was sent");
    assert_eq!(house.told().await.iter().filter(|event| event["type"] == "TICKET_TRANSCRIPT").count(), 1);
    house.redis.stop().await;
}

#[tokio::test]
async fn commands_are_obeyed_in_discord_and_in_the_model() {
    let house = House::start().await;
    let standin = Standin::start(seed::world()).await.unwrap();
    let world = World::of(1, standin.world(), Discord::new(&standin.url(), seed::BOT_TOKEN).unwrap());
    let bot = ExampleBot::start_living(&house.redis.url(), "t:", [GUILD], &world, |_| {}).unwrap();
    let panel = json!({ "channelId": channels::MUSIC, "panelType": "music", "customEmbed": { "title": "Play" } });
    let done = house.commands("SEND_PANEL", panel.clone()).await;
    let posted = standin.edit(|world| world.messages[0].clone());
    assert_eq!((&done["ok"], &done["messageId"]), (&json!(true), &json!(posted.id)));
    assert_eq!(posted.body["embeds"][0]["title"], "Play");

    let tickets = |message: Option<&Value>| {
        json!({ "channelId": channels::OPEN_A_TICKET, "panelId": "p", "componentType": "SELECT", "messageId": message,
                "embed": { "title": "Help", "color": "#5865f2", "imageUrl": "" }, "selectPlaceholder": "Choose",
                "categories": [{ "name": "Billing", "description": "" }, { "name": "Billing" }] })
    };
    let done = house.commands("ticket_panel_v2", tickets(None)).await;
    assert_eq!(done["ok"], true, "{done}");
    let again = house.commands("ticket_panel_v2", tickets(Some(&done["messageId"]))).await;
    assert_eq!(again["messageId"], done["messageId"]);
    let remove = json!({ "panelId": "p", "messageId": done["messageId"] });
    assert_eq!(house.commands("PANEL_REMOVE", remove.clone()).await["ok"], true);
    assert_eq!(house.commands("PANEL_REMOVE", remove).await["error"], "not_found");
    assert_eq!(standin.edit(|world| world.messages.len()), 1, "the panel of music");

    standin.edit(|world| world.channel_mut(channels::MUSIC).unwrap().permission_overwrites = silent());
    assert_eq!(house.commands("SEND_PANEL", panel.clone()).await["error"], "missing_permissions");
    bot.behave(Behaviour { refuses: Some("not today".to_owned()), ..Behaviour::default() });
    assert_eq!(house.commands("STATE_REQUEST", json!({})).await["error"], "not today");
    assert!(bot.stop().await, "everything was sent");
    standin.stop();
    house.redis.stop().await;
}

fn silent() -> Vec<discord_standin::world::Overwrite> {
    vec![discord_standin::world::Overwrite::member(seed::BOT, 0, discord_standin::permissions::SEND_MESSAGES)]
}

#[tokio::test]
async fn the_past_stands_on_the_stream_at_its_own_time_and_once() {
    let house = House::start().await;
    let world = World::new(1);
    world.awakes(&[GUILD]);
    for _ in 0..2 {
        world.has_a_past(&house.redis.url(), "t:", &[GUILD]).await.unwrap();
    }
    let told = house.told().await;
    let count = |kind: &str| told.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((count("GIVEAWAY_END"), count("TICKET_CLOSE"), count("TRACK_START")), (10, 30, 10));
    let mut connection = house.connection().await;
    let first: StreamRangeReply =
        redis::cmd("XRANGE").arg(&["t:bot:events", "-", "+", "COUNT", "1"]).query_async(&mut connection).await.unwrap();
    let days_ago = now_ms() - 5 * 24 * 3_600_000;
    assert!(first.ids[0].id.split('-').next().unwrap().parse::<u64>().unwrap() < days_ago);
    house.redis.stop().await;
}
