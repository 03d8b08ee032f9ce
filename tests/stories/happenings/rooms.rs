//! Rooms come and go, tracks play, and whatever else the feed tells.

use guildhall::happenings::Activity;
use serde_json::json;

use super::{CHANNEL, MIRA, event, rows, tells, writes};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_is_made_changes_and_goes() {
    let app = TestApp::start().await;
    let made =
        || event("VOICE_ROOM_CREATE", json!({"channelId": CHANNEL, "ownerId": MIRA, "name": "Chess", "userLimit": 4}));
    let gone = || event("VOICE_ROOM_DELETE", json!({"channelId": CHANNEL, "ownerId": MIRA, "name": "Chess"}));
    let row = || async { rows::room(&app.parts.db, HARBOUR, CHANNEL).await.unwrap() };
    tells(&app, &[made()]).await;
    assert_eq!((row().await.name.as_str(), row().await.user_limit, row().await.closed_at), ("Chess", 4, None));
    let change = json!({"channelId": CHANNEL, "name": "Go", "locked": true, "members": 3, "userLimit": 500});
    tells(&app, &[event("VOICE_ROOM_UPDATE", change)]).await;
    let changed = row().await;
    assert_eq!((changed.name.as_str(), changed.locked, changed.members), ("Go", true, Some(3)));
    assert_eq!(changed.user_limit, 4, "a limit that cannot be is none");
    tells(&app, &[gone()]).await;
    assert!(row().await.closed_at.is_some());
    tells(&app, &[made()]).await;
    assert!(row().await.closed_at.is_some(), "a room does not come back");
    let channel = CHANNEL.to_owned();
    let feed = [
        Activity::RoomOpened { channel: channel.clone(), name: "Chess".into() },
        Activity::RoomClosed { channel, name: "Go".into() },
    ];
    assert_eq!(rows::feed(&app.parts.db, HARBOUR).await, feed);

    let other = "816370501973721198";
    let late =
        |kind: &str, seq: u64| event(kind, json!({"channelId": other, "ownerId": MIRA, "name": "Late"})).numbered(seq);
    writes(&app, &[late("VOICE_ROOM_DELETE", 2), late("VOICE_ROOM_CREATE", 1)]).await;
    let room = rows::room(&app.parts.db, HARBOUR, other).await.unwrap();
    assert!(room.closed_at.is_some() && room.name == "Late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_fifty_tracks_are_kept_and_one_of_them_plays() {
    let app = TestApp::start().await;
    let track = |n: usize| event("TRACK_START", json!({"title": format!("Track {n}"), "url": "https://youtu.be/x"}));
    let all: Vec<_> = (0..60).map(track).collect();
    writes(&app, &all).await;
    let kept = rows::tracks(&app.parts.db, HARBOUR).await;
    assert_eq!((kept.len(), kept[0].0.as_str(), kept[49].0.as_str()), (50, "Track 59", "Track 10"));
    assert_eq!(kept.iter().filter(|(_, plays)| *plays).count(), 1);
    tells(&app, &[event("QUEUE_END", json!({}))]).await;
    assert!(rows::tracks(&app.parts.db, HARBOUR).await.iter().all(|(_, plays)| !plays));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_worth_telling_is_in_the_feed() {
    let app = TestApp::start().await;
    let said = [
        event("MEMBER_JOIN", json!({"username": "new"})),
        event("MEMBER_LEAVE", json!({})).by(MIRA),
        event("XP_GAIN", json!({"username": "a", "amount": 5})),
        event("LEVEL_UP", json!({"username": "a", "level": 3})),
        event("MOD_ACTION", json!({"username": "a", "action": "kick"})),
        event("SETTINGS_UPDATE", json!({"module": "LEVELING", "settings": {}})),
        event("GUILD_LEAVE", json!({})),
        event("GUILD_JOIN", json!({})),
    ];
    writes(&app, &said).await;
    let name = || "a".to_owned();
    let feed = [
        Activity::MemberJoined { name: "new".into() },
        Activity::MemberLeft { name: MIRA.into() },
        Activity::XpGained { name: name(), amount: Some(5) },
        Activity::LevelReached { name: name(), level: Some(3) },
        Activity::Moderated { name: name(), action: "kick".into() },
        Activity::SettingsTold { module: "leveling".into() },
        Activity::BotLeft {},
        Activity::BotJoined {},
    ];
    assert_eq!(rows::feed(&app.parts.db, HARBOUR).await, feed);
}
