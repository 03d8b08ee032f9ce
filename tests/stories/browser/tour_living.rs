//! The pages on what goes on: giveaways, rooms, the player, commands; and a person's own choices.

use discord_standin::seed;
use serde_json::{Value, json};

use super::chromium::Browser;
use crate::commands::{comes_to, ending, gives};
use crate::giveaways::{MINUTE, insert, list as giveaways};
use crate::happenings::{event, is_open, tells};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

const ROOM: &str = "816370501973721199";

/// Takes the browser from page to page and calls `at` on each with a name for it.
pub async fn tour(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes("/account/preferences").await;
    at("preferences").await;
    let _others = (app.mira().await, app.mira().await);
    for (path, name) in [
        ("/account/sessions", "sessions"),
        ("/account/sessions/others", "sessions-others"),
        ("/account", "account"),
        ("/account/disconnection", "disconnection"),
        ("/account/deletion", "deletion"),
    ] {
        mira.goes(path).await;
        at(name).await;
    }
    giveaway_pages(app, mira, at).await;
    rooms(app, mira, at).await;
    player(app, mira, at).await;
    commands(app, mira, at).await;
}

async fn giveaway_pages(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&giveaways()).await;
    at("giveaways-empty").await;
    let now = app.clock.now();
    let long = "Three months of Nitro, a mug with the harbour at night, and a place in the boat of the captain";
    insert(app, "r1", "running", &[("prize", "A ticket for the ferry"), ("entries", "1204")]).await;
    insert(app, "r2", "running", &[("prize", long), ("winners", "3")]).await;
    let starts = (now + 3_000 * MINUTE).to_string();
    let ends = (now + 4_000 * MINUTE).to_string();
    insert(app, "s1", "scheduled", &[("prize", "A lantern"), ("starts_at", &starts), ("ends_at", &ends)]).await;
    let winners = [
        ("prize", "A year of Nitro"),
        ("winner_ids", "[\"445518183798022151\",\"555000111222333444\"]"),
        ("earlier_winner_ids", "[\"512093846621454336\"]"),
    ];
    insert(app, "e1", "ended", &winners).await;
    insert(app, "c1", "cancelled", &[("prize", "A rope"), ("reason", "The sponsor is gone.")]).await;
    let tails = [
        ("", "giveaways"),
        ("?state=ended", "giveaways-ended"),
        ("?q=nothing+like+it", "giveaways-no-match"),
        ("/r2", "giveaway"),
        ("/e1", "giveaway-ended"),
        ("/c1", "giveaway-cancelled"),
        ("/r2/edit", "giveaway-edit"),
        ("/r1/ending", "giveaway-ending"),
        ("/e1/reroll", "giveaway-reroll"),
        ("/new", "giveaway-new"),
    ];
    for (tail, name) in tails {
        mira.goes(&format!("{}{tail}", giveaways())).await;
        at(name).await;
    }
    mira.writes("winners", "many").await;
    mira.presses(".save-bar .button-main").await;
    mira.is_titled("Error:").await;
    at("giveaway-refused").await;
}

async fn rooms(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let here = format!("/guilds/{HARBOUR}/rooms");
    mira.goes(&here).await;
    at("rooms-empty").await;
    is_open(app, ROOM).await;
    let other = json!({"channelId": "816370501973721100", "ownerId": seed::SAM.to_string(), "locked": true, "members": 4,
        "name": "The captain's very own cabin, with a view of the sea and nobody who sings"});
    tells(app, &[event("VOICE_ROOM_CREATE", other)]).await;
    for (tail, name) in [("", "rooms"), ("/panel", "rooms-panel")] {
        mira.goes(&format!("{here}{tail}")).await;
        at(name).await;
    }
    mira.goes(&format!("{here}/{ROOM}/closing")).await;
    at("room-closing").await;
}

async fn player(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let track = |title: &str| {
        let data = json!({"title": title, "url": "https://youtu.be/tide", "durationSeconds": 211,
            "requestedBy": seed::JONAS.to_string()});
        event("TRACK_START", data)
    };
    let long = "Gulls over the pier (recorded live at the old harbour, the second evening, without the drums)";
    tells(app, &[track("Tide"), track(long), track("Rope and sail")]).await;
    mira.goes(&format!("/guilds/{HARBOUR}/playlists")).await;
    at("player").await;
    mira.goes(&format!("/guilds/{HARBOUR}/player/panel")).await;
    at("player-panel").await;
}

/// A command's own page, as the bot's answers leave it.
async fn commands(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let visitor = app.mira().await;
    let posted = json!({"ok": true, "channelId": "816370501973721199", "messageId": "1300000000000000001"});
    let failed = json!({"ok": false, "error": "missing_permissions"});
    for (prize, state, answer) in [("A lantern", "done", posted), ("A rope", "failed", failed)] {
        let (issued, path) = gives(app, seed::MIRA, ending(prize)).await;
        let mut data: Value = answer;
        data["commandId"] = json!(issued.id);
        app.bot().await.says("COMMAND_RESULT", seed::HARBOUR_CLUB, data).await;
        comes_to(&visitor, &path, state).await;
        mira.goes(&path).await;
        at(&format!("command-{state}")).await;
    }
}
