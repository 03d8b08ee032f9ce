//! Rights change while people are at work: how long the old ones last, and what ends them at once.

use std::time::Duration;

use discord_standin::seed::{AYLIN, HARBOUR_CLUB, JONAS, LIV, MIRA, NOOR, roles};
use discord_standin::{Id, World};
use serde_json::json;

use super::overview;
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{edited, settings};

fn loses_rights(world: &mut World) {
    world.set_member_roles(HARBOUR_CLUB, JONAS, &[roles::MEMBER]).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_administrators_and_managers_come_in_and_others_do_not() {
    let app = TestApp::start().await;
    for (person, status) in [(MIRA, 200), (AYLIN, 200), (JONAS, 200), (NOOR, 403), (LIV, 403)] {
        let mut visitor = app.signed_in(person).await;
        for page in [overview(HARBOUR_CLUB), settings("tickets")] {
            assert_eq!(visitor.get(&page).await.status, status, "{person} at {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_taken_away_last_ten_seconds_for_a_write_and_no_longer() {
    let app = TestApp::start().await;
    let mut jonas = app.signed_in(JONAS).await;
    assert_eq!(jonas.saves("music", &[("default_volume", "70")]).await.status, 303);
    let form = jonas.opens("music").await;
    app.discord.edit(loses_rights);
    let first = jonas.post(&settings("music"), &edited(form, &[("default_volume", "71")])).await;
    assert_eq!(first.status, 303, "the answer is young enough to stand");
    let typed = edited(jonas.opens("music").await, &[("default_volume", "72")]);
    app.clock.advance(Duration::from_secs(11));
    let page = jonas.post(&settings("music"), &typed).await;
    page.explains(403, "cannot manage");
    assert!(!page.body.contains("Harbour Club"), "the name is no longer theirs to read");
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 71);
    assert_eq!(app.changes().await.0, 2);
    jonas.get(&settings("music")).await.explains(403, "cannot manage");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_shown_for_a_minute_on_an_old_answer_and_no_longer() {
    let app = TestApp::start().await;
    let mut jonas = app.signed_in(JONAS).await;
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    app.discord.edit(loses_rights);
    app.clock.advance(Duration::from_secs(50));
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    app.clock.advance(Duration::from_secs(11));
    jonas.get(&settings("music")).await.explains(403, "cannot manage");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bots_word_ends_old_rights_at_once() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut jonas = app.signed_in(JONAS).await;
    let form = jonas.opens("music").await;
    app.discord.edit(loses_rights);
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "member", "userId": JONAS.to_string()})).await;
    let get = || async { jonas.clone().get(&settings("music")).await.status == 403 };
    eventually("the page is closed", get).await;
    jonas.post(&settings("music"), &edited(form, &[("default_volume", "72")])).await.explains(403, "cannot manage");
    assert_eq!(app.changes().await, (0, 0));

    // And gives new ones at once: a refusal is not kept for a minute then.
    app.discord.edit(|world| world.set_role_permissions(HARBOUR_CLUB, roles::MEMBER, 1 << 5)).unwrap();
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "roles"})).await;
    let get = || async { jonas.clone().get(&settings("music")).await.status == 200 };
    eventually("the page is open", get).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_who_left_a_moment_ago_is_an_outsider() {
    let app = TestApp::start().await;
    let mut jonas = app.signed_in(JONAS).await;
    let typed = edited(jonas.opens("music").await, &[("default_volume", "72")]);
    app.discord.edit(|world| world.remove_member(HARBOUR_CLUB, JONAS)).unwrap();
    app.clock.advance(Duration::from_secs(11));
    jonas.post(&settings("music"), &typed).await.explains(403, "cannot manage");
    app.clock.advance(Duration::from_secs(61));
    jonas.get(&overview(HARBOUR_CLUB)).await.explains(403, "cannot manage");
    assert!(!jonas.get("/guilds").await.body.contains("Harbour Club"), "their own list was read again");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_timed_out_manager_waits_until_it_is_over() {
    let app = TestApp::start().await;
    let timeout = Duration::from_secs(600);
    app.discord.edit(|world| {
        world.time_out(HARBOUR_CLUB, JONAS, timeout).unwrap();
        world.time_out(HARBOUR_CLUB, AYLIN, timeout).unwrap();
        world.time_out(HARBOUR_CLUB, MIRA, timeout).unwrap();
    });
    let mut jonas = app.signed_in(JONAS).await;
    jonas.get(&settings("music")).await.explains(403, "cannot manage");
    app.clock.advance(timeout + Duration::from_secs(61));
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ownership_that_moved_is_gone_here_too() {
    let app = TestApp::start().await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(discord_standin::seed::SAM).await);
    let typed = edited(mira.opens("music").await, &[("default_volume", "72")]);
    app.discord.edit(|world| world.set_owner(HARBOUR_CLUB, discord_standin::seed::SAM)).unwrap();
    app.clock.advance(Duration::from_secs(11));
    mira.post(&settings("music"), &typed).await.explains(403, "cannot manage");
    assert_eq!(sam.get(&settings("music")).await.status, 200);
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_servers_manager_is_nobody_on_another_with_the_same_form() {
    let app = TestApp::start().await;
    let mut jonas = app.signed_in(JONAS).await;
    let typed = edited(jonas.opens("music").await, &[("default_volume", "72")]);
    for guild in [Id(1_015_530_276_841_009_152), discord_standin::seed::LIBRARY] {
        let page = jonas.post(&format!("/guilds/{guild}/settings/music"), &typed).await;
        page.explains(403, "cannot manage");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_on_the_bus_grants_nothing_and_stops_nothing() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut jonas = app.signed_in(JONAS).await;
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    let guild = HARBOUR_CLUB.to_string();
    let deep = "[".repeat(100_000);
    let large = format!("{{\"type\":\"GUILD_CHANGED\",\"guildId\":\"{guild}\",\"x\":\"{}\"}}", "x".repeat(300 * 1024));
    let nonsense: [&[u8]; 8] = [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        deep.as_bytes(),
        large.as_bytes(),
        br#"{"type":"GUILD_CHANGED","guildId":816370501973721107}"#,
        br#"{"type":"GUILD_CHANGED","guildId":"../..","data":{"what":7}}"#,
    ];
    for event in nonsense {
        bot.shouts(event).await;
    }
    let mut sam = app.signed_in(discord_standin::seed::SAM).await;
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "member", "userId": "everybody", "role": "owner"})).await;
    sam.get(&settings("music")).await.explains(403, "cannot manage");
    app.discord.edit(loses_rights);
    bot.says("MEMBER_LEAVE", HARBOUR_CLUB, json!({"userId": JONAS.to_string()})).await;
    let get = || async { jonas.clone().get(&settings("music")).await.status == 403 };
    eventually("the listener still hears", get).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bots_word_is_heard_again_after_redis_was_away() {
    let app = TestApp::with_own_redis().await;
    let jonas = app.signed_in(JONAS).await;
    assert_eq!(jonas.clone().get(&settings("music")).await.status, 200);
    app.redis.kill();
    app.redis.restart().await;
    let bot = app.bot().await;
    app.discord.edit(loses_rights);
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "member", "userId": JONAS.to_string()})).await;
    let get = || async { jonas.clone().get(&settings("music")).await.status == 403 };
    eventually("the page is closed", get).await;
}
