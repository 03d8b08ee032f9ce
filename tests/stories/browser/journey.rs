//! From the first page to a bot that has it all, module by module, with scripts and without.

use demo::bot::ExampleBot;
use discord_standin::seed::{self, channels, roles};
use serde_json::{Value, json};

use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_sets_up_every_module_and_the_bot_has_it() {
    travel(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_sets_up_every_module_without_scripts() {
    travel(Scripts::Off).await;
}

async fn travel(scripts: Scripts) {
    let app = TestApp::start().await;
    let bot = ExampleBot::start(app.redis.url().as_str(), &app.prefix, [HARBOUR]).unwrap();
    let mira = Browser::open(&app, scripts).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    assert_eq!(mira.place().await, "/guilds");
    mira.presses(&format!("a[href='/guilds/{HARBOUR}']")).await;
    assert_eq!(mira.reads("h1").await, "Harbour Club");

    mira.presses(&card("tempvoice")).await;
    tempvoice(&mira).await;
    let rows = json!([
        {"creatorChannelId": channels::LOUNGE, "categoryId": channels::MORE_ROOMS, "nameTemplate": "{user}'s room", "userLimit": 0, "privacy": "open"},
        {"creatorChannelId": channels::LOBBY, "categoryId": channels::TEMPORARY_ROOMS, "nameTemplate": "Cabin of {user}", "userLimit": 4, "privacy": "locked"},
    ]);
    let stored = arrives(&app, &bot, "tempvoice").await;
    assert_eq!(stored["creators"], rows);
    assert_eq!((&stored["enabled"], &stored["panelColor"]), (&json!(true), &json!("#8b5cf6")));
    assert!(!stored["ownerControls"].as_array().unwrap().contains(&json!("delete")));

    open(&mira, "giveaway").await;
    giveaway(&mira).await;
    let stored = arrives(&app, &bot, "giveaway").await;
    let rows = json!([{"roleId": roles::DJ, "entries": 5}, {"roleId": roles::SUPPORT, "entries": 2}]);
    assert_eq!(stored["bonusEntries"], rows);
    assert_eq!(stored["startMessage"]["content"], "{host} gives away {prize}\nGood luck!");
    assert_eq!(stored["requiredRoleIds"], json!([roles::MEMBER]));

    open(&mira, "tickets").await;
    tickets(&mira).await;
    let stored = arrives(&app, &bot, "tickets").await;
    let fields = json!([{"name": "Order", "value": "{answers}", "inline": true}]);
    assert_eq!(stored["welcomeMessage"]["embed"]["fields"], fields);
    assert_eq!(stored["categoryId"], json!(channels::TICKETS));

    open(&mira, "music").await;
    music(&mira).await;
    let stored = arrives(&app, &bot, "music").await;
    assert_eq!(stored["djRoleIds"], json!([roles::DJ]));
    assert_eq!(stored["nowPlayingMessage"]["embed"]["color"], "#57F287");

    assert_eq!(mira.complaints().await, [""; 0]);
    mira.presses("form[action='/logout'] button").await;
    assert_eq!(mira.place().await, "/");
}

fn card(module: &str) -> String {
    format!("main a[href='{}']", settings(module))
}

/// By the navigation beside every page of a server.
async fn open(mira: &Browser, module: &str) {
    mira.presses(&format!("nav.server a[href='{}']", settings(module))).await;
}

async fn tempvoice(mira: &Browser) {
    mira.rows("add:creators").await;
    mira.chooses("creators.0.creator_channel_id", channels::LOBBY).await;
    mira.chooses("creators.0.category_id", channels::TEMPORARY_ROOMS).await;
    mira.writes("creators.0.name_template", "Cabin of {user}").await;
    mira.writes("creators.0.user_limit", "4").await;
    mira.chooses("creators.0.privacy", "locked").await;
    mira.rows("add:creators").await;
    mira.chooses("creators.1.creator_channel_id", channels::LOUNGE).await;
    mira.chooses("creators.1.category_id", channels::MORE_ROOMS).await;
    mira.rows("up:creators.1").await;
    mira.switches("enabled", true).await;
    mira.writes("bitrate_kbps", "96").await;
    mira.ticks("owner_controls", "delete").await;
    mira.writes("panel_color", "#8b5cf6").await;
    saved(
        mira,
        "tempvoice",
        &[
            ("creators.0.creator_channel_id", channels::LOUNGE.to_string()),
            ("creators.1.name_template", "Cabin of {user}".into()),
            ("creators.1.user_limit", "4".into()),
            ("bitrate_kbps", "96".into()),
            ("enabled", "on".into()),
        ],
    )
    .await;
}

async fn giveaway(mira: &Browser) {
    mira.writes("default_winners", "3").await;
    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    mira.writes("button_text", "Count me in").await;
    mira.ticks("required_role_ids", roles::MEMBER).await;
    mira.rows("add:bonus_entries").await;
    mira.chooses("bonus_entries.0.role_id", roles::SUPPORT).await;
    mira.writes("bonus_entries.0.entries", "2").await;
    mira.rows("add:bonus_entries").await;
    mira.chooses("bonus_entries.1.role_id", roles::DJ).await;
    mira.writes("bonus_entries.1.entries", "5").await;
    mira.rows("up:bonus_entries.1").await;
    mira.writes("start_message.content", "{host} gives away {prize}\nGood luck!").await;
    mira.switches("dm_winners", false).await;
    saved(
        mira,
        "giveaway",
        &[
            ("default_winners", "3".into()),
            ("default_channel_id", channels::GIVEAWAYS.to_string()),
            ("button_text", "Count me in".into()),
            ("required_role_ids", roles::MEMBER.to_string()),
            ("bonus_entries.0.entries", "5".into()),
            ("bonus_entries.1.role_id", roles::SUPPORT.to_string()),
            ("start_message.content", "{host} gives away {prize}\r\nGood luck!".into()),
        ],
    )
    .await;
}

async fn tickets(mira: &Browser) {
    mira.chooses("category_id", channels::TICKETS).await;
    mira.ticks("support_role_ids", roles::SUPPORT).await;
    mira.writes("naming_template", "help-{number}").await;
    mira.writes("max_open_per_user", "2").await;
    mira.switches("enabled", true).await;
    mira.rows("add:welcome_message.embed.fields").await;
    mira.writes("welcome_message.embed.fields.0.name", "Order").await;
    mira.writes("welcome_message.embed.fields.0.value", "{answers}").await;
    mira.switches("welcome_message.embed.fields.0.inline", true).await;
    mira.writes("welcome_message.content", "Hello {user}").await;
    saved(
        mira,
        "tickets",
        &[
            ("category_id", channels::TICKETS.to_string()),
            ("support_role_ids", roles::SUPPORT.to_string()),
            ("naming_template", "help-{number}".into()),
            ("welcome_message.embed.fields.0.name", "Order".into()),
            ("welcome_message.content", "Hello {user}".into()),
        ],
    )
    .await;
}

async fn music(mira: &Browser) {
    mira.ticks("dj_role_ids", roles::DJ).await;
    mira.switches("dj_only", true).await;
    mira.chooses("request_channel_id", channels::MUSIC).await;
    mira.ticks("voice_channel_ids", channels::MUSIC_BAR).await;
    mira.writes("default_volume", "35").await;
    mira.writes("now_playing_message.embed.title", "Now: {title}").await;
    mira.writes("now_playing_message.embed.color", "#57F287").await;
    saved(
        mira,
        "music",
        &[
            ("dj_role_ids", roles::DJ.to_string()),
            ("dj_only", "on".into()),
            ("request_channel_id", channels::MUSIC.to_string()),
            ("voice_channel_ids", channels::MUSIC_BAR.to_string()),
            ("default_volume", "35".into()),
            ("now_playing_message.embed.title", "Now: {title}".into()),
        ],
    )
    .await;
}

/// Saves, meets the flash, and finds everything again on a page that was loaded anew.
async fn saved(mira: &Browser, module: &str, expected: &[(&str, String)]) {
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}: {}", mira.title().await, mira.reads("main").await);
    mira.has_focus_on("flash").await;
    // The page says no less than the flash.
    assert!(!mira.reads("#delivery").await.contains("Waiting"), "{}", mira.reads("#delivery").await);
    mira.reloads().await;
    assert!(!mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    mira.stands(&settings(module), expected).await;
}

/// The bot has applied exactly what is stored.
async fn arrives(app: &TestApp, bot: &ExampleBot, module: &str) -> Value {
    let (stored, revision) = app.stored(module).await.unwrap();
    let applied = || bot.applied().into_iter().rev().find(|change| change.module.as_str().eq_ignore_ascii_case(module));
    eventually(&format!("the bot applies {module}"), || async {
        applied().is_some_and(|change| change.revision.cast_signed() == revision)
    })
    .await;
    assert_eq!(applied().unwrap().settings, stored);
    stored
}
