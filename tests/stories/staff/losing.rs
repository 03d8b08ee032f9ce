//! How staff lose what they had: a role taken away or deleted, a timeout, a manager who is one no longer.

use std::time::Duration;

use discord_standin::seed::{self, HARBOUR_CLUB, roles};
use serde_json::json;

use super::{To, gives, has, staff};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{edited, settings};

const VIEW: (&str, bool, bool) = ("music", false, false);
const EDIT: (&str, bool, bool) = ("music", true, false);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_role_changes_nothing_ten_seconds_later() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), EDIT, None).await;
    let mut noor = app.signed_in(seed::NOOR).await;
    assert_eq!(noor.saves("music", &[("default_volume", "70")]).await.status, 303);
    let form = noor.opens("music").await;
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[roles::MEMBER])).unwrap();
    app.clock.advance(Duration::from_secs(11));
    noor.post(&settings("music"), &edited(form, &[("default_volume", "71")])).await.explains(403, "cannot manage");
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 70);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_role_shows_nothing_ten_seconds_later_though_nobody_tells_of_it() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), VIEW, None).await;
    let mut noor = app.signed_in(seed::NOOR).await;
    assert_eq!(noor.get(&settings("music")).await.status, 200);
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[roles::MEMBER])).unwrap();
    app.clock.advance(Duration::from_secs(11));
    noor.get(&settings("music")).await.explains(403, "cannot manage");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_role_is_noticed_by_the_list_of_servers_as_soon_as_by_the_server() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), VIEW, None).await;
    let (mut noor, mut mira) = (app.signed_in(seed::NOOR).await, app.mira().await);
    assert!(noor.get("/guilds").await.main().contains("Harbour Club"));
    let about_noor = format!("/guilds/{HARBOUR_CLUB}/members/{}", seed::NOOR);
    let asked = || app.discord_calls().iter().filter(|call| call.ends_with(&about_noor)).count();
    let before = asked();
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[roles::MEMBER])).unwrap();
    app.clock.advance(Duration::from_secs(11));
    assert!(!noor.get("/guilds").await.main().contains("Harbour Club"));
    assert_eq!(asked(), before + 1);
    // What somebody manages costs no question of this kind.
    app.discord.clear_requests();
    assert!(mira.get("/guilds").await.main().contains("Harbour Club"));
    assert!(!app.discord_calls().iter().any(|call| call.ends_with(&format!("/members/{}", seed::MIRA))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bots_word_that_a_role_is_gone_counts_at_once() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), VIEW, None).await;
    let bot = app.bot().await;
    let mut noor = app.signed_in(seed::NOOR).await;
    assert_eq!(noor.get(&settings("music")).await.status, 200);
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[])).unwrap();
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "member", "userId": seed::NOOR.to_string()})).await;
    let closed = || async { noor.clone().get(&settings("music")).await.status == 403 };
    eventually("the page is closed", closed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_role_is_nobodys_and_shuts_no_manager_out() {
    let app = TestApp::start().await;
    let (mut mira, mut noor) = (app.mira().await, app.signed_in(seed::NOOR).await);
    gives(&mut mira, &[("role_ids", &roles::EVENT_HOST.to_string()), ("module", "music")]).await;
    assert_eq!(noor.get(&settings("music")).await.status, 200);
    app.discord.edit(|world| world.delete_role(HARBOUR_CLUB, roles::EVENT_HOST)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    noor.get(&settings("music")).await.explains(403, "cannot manage");
    let page = mira.get(&staff()).await;
    assert_eq!(page.attributes("#staff li[id^=grant-]", "data-standing"), ["gone"]);
    assert!(page.main().contains("Event Host"), "its name is kept: {}", page.main());
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_everyone_nor_a_role_of_another_server_is_ever_let_in() {
    let app = TestApp::start().await;
    // As nothing here would write it.
    has(&app, To::Role(HARBOUR_CLUB), VIEW, None).await;
    has(&app, To::Role(discord_standin::Id(seed::ARCADE.0 + 3)), VIEW, None).await;
    // Sam has that role, on the other server.
    let mut sam = app.signed_in(seed::SAM).await;
    sam.get(&settings("music")).await.explains(403, "cannot manage");
    assert!(!sam.get("/guilds").await.main().contains("Harbour Club"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demoted_manager_keeps_what_was_given_and_no_more() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::JONAS), VIEW, None).await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let form = jonas.opens("music").await;
    assert_eq!(jonas.get(&settings("tickets")).await.status, 200);
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::JONAS, &[roles::MEMBER])).unwrap();
    app.clock.advance(Duration::from_secs(61));
    jonas.get(&settings("tickets")).await.explains(403, "not let in");
    jonas.get(&staff()).await.explains(403, "not let in");
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    jonas.post(&settings("music"), &edited(form, &[("default_volume", "71")])).await.explains(403, "not let in");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_timed_out_waits_until_it_is_over() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), VIEW, None).await;
    let timeout = Duration::from_secs(600);
    app.discord.edit(|world| world.time_out(HARBOUR_CLUB, seed::SAM, timeout)).unwrap();
    let mut sam = app.signed_in(seed::SAM).await;
    sam.get(&settings("music")).await.explains(403, "cannot manage");
    app.clock.advance(timeout + Duration::from_secs(61));
    assert_eq!(sam.get(&settings("music")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_of_one_module_shuts_nobody_out_of_another() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), VIEW, None).await;
    let mut sam = app.signed_in(seed::SAM).await;
    sam.get(&settings("tickets")).await.explains(403, "not let in");
    assert_eq!(sam.get(&settings("music")).await.status, 200);
}
