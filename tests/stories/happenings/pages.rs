//! The pages of rooms, of the player and of what happened: what they show, and what they tell the bot.

use config_sync::{Event, GuildId};
use discord_standin::seed::{self, channels};
use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{JONAS, MIRA, event, tells};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::edited;

const ROOM: &str = "816370501973721150";

fn at(tail: &str) -> String {
    format!("/guilds/{HARBOUR}{tail}")
}

fn room(name: &str) -> Event {
    let data =
        json!({"channelId": ROOM, "ownerId": seed::MIRA.to_string(), "name": name, "userLimit": 5, "members": 2});
    event("VOICE_ROOM_CREATE", data)
}

/// What the bot was told on the stream, the newest last.
async fn commands(app: &TestApp) -> Vec<Value> {
    let mut connection = app.redis.connection().await.unwrap();
    let stream = format!("{}bot:commands", app.prefix);
    let entries: redis::streams::StreamRangeReply = connection.xrange_all(&stream).await.unwrap();
    let texts = entries.ids.iter().filter_map(|entry| {
        entry.map.values().next().and_then(|value| redis::from_redis_value_ref::<String>(value).ok())
    });
    texts.map(|text| serde_json::from_str(&text).unwrap()).collect()
}

/// The last that a person told it: that a list was opened may have asked something in between.
async fn last_command(app: &TestApp) -> Value {
    commands(app).await.into_iter().rfind(|one| one["type"] != "STATE_REQUEST").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_rooms_are_listed_and_one_is_closed_after_a_page_that_asks() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert!(mira.get(&at("/rooms")).await.main().contains("No room is open"));
    tells(&app, &[room("<b>Chess</b>")]).await;
    let page = mira.get(&at("/rooms")).await;
    assert!(page.main().contains("<b>Chess</b>") && page.main().contains("2 of 5 members"), "{}", page.main());
    assert!(page.main().contains("As of"), "without script it says when it was made");
    let closing = at(&format!("/rooms/{ROOM}/closing"));
    assert_eq!(page.attributes("#rooms-now .log-entry .button", "href"), [closing.as_str()]);

    let asked = mira.get(&closing).await;
    assert!(asked.main().contains("Harbour Club") && asked.main().contains("the 2 members in it are disconnected"));
    let answer = mira.post(&closing, &asked.form(&closing)).await;
    let page = mira.follows(&answer).await;
    assert!(page.main().contains("Closing the room"), "{}", page.main());
    let told = last_command(&app).await;
    assert_eq!((told["type"].as_str(), told["channelId"].as_str()), (Some("VOICE_ROOM_CLOSE"), Some(ROOM)));
    assert_eq!(told["userId"], seed::MIRA.to_string());
    tells(&app, &[event("VOICE_ROOM_DELETE", json!({"channelId": ROOM}))]).await;
    assert!(mira.get(&at("/rooms")).await.main().contains("No room is open"));
    let answer = mira.get(&closing).await;
    assert!(mira.follows(&answer).await.main().contains("closed already"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_of_another_server_is_nobody_s_page_here() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let elsewhere = Event { guild_id: GuildId(seed::ARCADE.0), ..room("Elsewhere") };
    tells(&app, &[elsewhere, Event { id: uuid::Uuid::new_v4(), ..event("QUEUE_END", json!({})) }]).await;
    assert!(!mira.get(&at("/rooms")).await.main().contains("Elsewhere"));
    let closing = at(&format!("/rooms/{ROOM}/closing"));
    mira.get(&closing).await.explains(404, "no such page");
    let form = [("csrf_token".to_owned(), mira.token().await)];
    mira.post(&closing, &form).await.explains(404, "no such page");
    mira.get(&at("/rooms/5/closing")).await.explains(404, "no such page");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_control_panel_is_sent_to_a_channel_the_person_may_write_to() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (path, kind, list) in [("/rooms/panel", "voice", "/rooms"), ("/player/panel", "music", "/playlists")] {
        let form = mira.get(&at(path)).await.form(&at(path));
        let channel = channels::GENERAL.to_string();
        let typed = [("channel_id", channel.as_str()), ("title", "Steer here"), ("color", "#14b8a6")];
        let answer = mira.post(&at(path), &edited(form, &typed)).await;
        assert_eq!(answer.location(), at(list), "{}", answer.body);
        assert!(mira.follows(&answer).await.main().contains("Sending the control panel"));
        let told = last_command(&app).await;
        assert_eq!((told["type"].as_str(), told["panelType"].as_str()), (Some("SEND_PANEL"), Some(kind)));
        assert_eq!(told["channelId"], channel);
        assert_eq!(told["customEmbed"], json!({"title": "Steer here", "color": "#14b8a6"}));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_control_panel_that_cannot_be_sent_is_refused_with_everything_typed_kept() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = at("/rooms/panel");
    let form = mira.get(&path).await.form(&path);
    let (long, text) = ("x".repeat(257), "y".repeat(4_097));
    let other = channels::LOUNGE.to_string();
    for (name, value, id) in [
        ("channel_id", "", "#f-channel-id"),
        ("channel_id", "816370501973729999", "#f-channel-id"),
        ("channel_id", other.as_str(), "#f-channel-id"),
        ("title", long.as_str(), "#f-title"),
        ("description", text.as_str(), "#f-description"),
        ("color", "red", "#f-color"),
    ] {
        let channel = channels::GENERAL.to_string();
        let typed = edited(form.clone(), &[("channel_id", &channel), ("title", "Kept"), (name, value)]);
        let page = mira.post(&path, &typed).await;
        assert_eq!(page.status, 422, "{name}: {value:.30}");
        assert_eq!(page.attributes("#errors a", "href"), [id]);
        assert!(page.title().starts_with("Error:"));
        if name != "title" {
            assert!(page.form(&path).contains(&("title".to_owned(), "Kept".to_owned())));
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_player_shows_what_plays_and_what_was_played() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert!(mira.get(&at("/playlists")).await.main().contains("Nothing is playing"));
    let track = |title: &str, url: &str| {
        let data = json!({"title": title, "url": url, "requestedBy": JONAS, "durationSeconds": 298});
        event("TRACK_START", data)
    };
    tells(&app, &[track("First", "javascript:alert(1)")]).await;
    tells(&app, &[track("Clair <i>", "https://example.com/x")]).await;
    let page = mira.get(&at("/playlists")).await;
    assert!(page.text("#player-now .sheet").contains("Clair <i> 4:58"), "{}", page.main());
    assert_eq!(page.attributes("#player-now .sheet a", "rel"), ["noopener noreferrer nofollow ugc"]);
    assert!(page.text("#player-before").contains("First") && !page.has("#player-before .log a"));
    tells(&app, &[event("QUEUE_END", json!({}))]).await;
    assert!(mira.get(&at("/playlists")).await.main().contains("Nothing is playing"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_overview_tells_what_the_bot_and_the_admins_did_newest_first() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert!(mira.get(&at("")).await.text("#activity").contains("Nothing has happened yet"));
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "t", "userId": MIRA, "username": "<u>a", "number": 7}))])
        .await;
    mira.saves("music", &[("default_volume", "66")]).await;
    tells(&app, &[event("MEMBER_JOIN", json!({"username": "newcomer"}))]).await;
    let lines = mira.get(&at("")).await.texts("#activity .feed-item p:first-child");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("newcomer") && lines[1].contains("changed Music"), "{lines:?}");
    assert!(lines[2].contains("<u>a") && lines[2].contains("opened ticket #7"), "{lines:?}");
    let many: Vec<Event> = (0..40).map(|n| event("XP_GAIN", json!({"username": format!("m{n}")}))).collect();
    tells(&app, &many).await;
    let lines = mira.get(&at("")).await.texts("#activity .feed-item p:first-child");
    assert_eq!((lines.len(), lines[0].contains("m39")), (15, true), "{lines:?}");
}

async fn is_asked(app: &TestApp, count: usize) {
    eventually(&format!("the bot is asked {count} times"), || async {
        let all = commands(app).await;
        all.iter().filter(|one| one["type"] == "STATE_REQUEST").count() == count
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whichever_list_of_what_is_open_is_looked_at_the_bot_is_asked() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (before, list) in ["/tickets", "/giveaways", "/rooms"].into_iter().enumerate() {
        is_asked(&app, before).await;
        assert_eq!(mira.get(&at(list)).await.status, 200);
        is_asked(&app, before + 1).await;
        app.clock.advance(std::time::Duration::from_secs(3_600));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_is_asked_what_is_open_when_it_starts_and_when_nobody_confirmed_a_list() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let asked = async |count: usize| is_asked(&app, count).await;
    mira.saves("music", &[("default_volume", "66")]).await;
    mira.get(&at("/rooms")).await;
    asked(1).await;
    mira.get(&at("/rooms")).await;
    let said = json!({"botId": "b", "acks": true, "shardCount": 1, "shards": [0]});
    let ready = Event { guild_id: GuildId(0), ..event("BOT_READY", said) };
    app.clock.advance(std::time::Duration::from_secs(120));
    let bot = app.bot().await;
    bot.shouts(&serde_json::to_vec(&ready).unwrap()).await;
    asked(2).await;
    tells(&app, &[event("STATE", json!({"rooms": [], "tickets": [], "giveaways": []}))]).await;
    app.clock.advance(std::time::Duration::from_secs(3_600));
    mira.get(&at("/rooms")).await;
    asked(2).await;
}
