//! People who may not manage a server learn nothing of it, and cannot drive the bot into refusals.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_standin::{Id, seed};

use super::{by_the_bot, overview};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

const UNKNOWN: Id = Id(816_370_501_973_999_999);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_botless_and_foreign_servers_look_alike_to_an_outsider() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    let guilds = [UNKNOWN, seed::WORKSHOP, seed::HARBOUR_CLUB, seed::LIBRARY, seed::TINY];
    let mut pages = Vec::new();
    for guild in guilds {
        let page = sam.get(&overview(guild)).await;
        page.explains(403, "cannot manage this server");
        pages.push(page);
    }
    for page in &pages {
        assert_eq!(page.faceless(), pages[0].faceless());
        assert_eq!(names(page), names(&pages[0]));
        for name in ["Harbour", "Workshop", "Library", "Fresh"] {
            assert!(!page.body.contains(name), "{name}");
        }
    }
    let mut posts = Vec::new();
    for guild in guilds {
        let path = format!("/guilds/{guild}/settings/music");
        let page = sam.post(&path, &[("default_volume".to_owned(), "70".to_owned())]).await;
        page.explains(403, "cannot manage this server");
        posts.push(page.faceless());
    }
    assert!(posts.iter().all(|page| *page == posts[0]));
    assert_eq!(app.changes().await, (0, 0));
}

/// Whatever their order, which is chance.
fn names(page: &crate::support::page::Page) -> BTreeSet<String> {
    page.headers.keys().map(ToString::to_string).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_names_no_server_is_no_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let endless = "8".repeat(400);
    for id in [
        "abc",
        "7",
        "0",
        "-816370501973721107",
        "0816370501973721107",
        "99999999999999999999",
        "8163705019737211070000",
        &endless,
        "%00",
        "816370501973721107%2f",
        "８１６３７０５０１９７３７２１１０７",
    ] {
        for tail in ["", "/settings/music", "/invite"] {
            mira.get(&format!("/guilds/{id}{tail}")).await.explains(404, "no such page");
        }
        mira.post(&format!("/guilds/{id}/settings/music"), &[]).await.explains(404, "no such page");
    }
    for path in [
        "/guilds/",
        &format!("/guilds/{HARBOUR}/"),
        &format!("/guilds/{HARBOUR}/settings"),
        &settings("nothing"),
        &settings("MUSIC"),
    ] {
        mira.get(path).await.explains(404, "no such page");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_is_asked_about_no_server_that_is_not_in_the_persons_own_list() {
    let app = TestApp::start().await;
    let mut liv = app.signed_in(seed::LIV).await;
    app.discord.clear_requests();
    for guild in [seed::HARBOUR_CLUB, UNKNOWN, seed::ARCADE] {
        liv.get(&overview(guild)).await.explains(403, "cannot manage");
        liv.post(&format!("/guilds/{guild}/settings/music"), &[]).await.explains(403, "cannot manage");
    }
    assert_eq!(by_the_bot(&app), [""; 0]);
    let own = app.discord_calls().iter().filter(|call| call.ends_with("/users/@me/guilds")).count();
    assert_eq!(own, 1, "her own list was read once for all of them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_remembered_for_a_minute() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    sam.get(&overview(seed::HARBOUR_CLUB)).await.explains(403, "cannot manage");
    app.discord.clear_requests();
    for path in [overview(seed::HARBOUR_CLUB), settings("music"), settings("tickets")] {
        sam.get(&path).await.explains(403, "cannot manage");
        app.clock.advance(Duration::from_secs(15));
    }
    assert_eq!(by_the_bot(&app), [""; 0]);
    app.discord.edit(|world| world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[seed::roles::MODERATOR])).unwrap();
    app.clock.advance(Duration::from_secs(20));
    assert_eq!(sam.get(&settings("music")).await.status, 200, "then Discord is asked again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_collects_refusals_is_slowed_down_and_nobody_else() {
    let app = TestApp::start().await;
    let (mut sam, mut liv) = (app.signed_in(seed::SAM).await, app.signed_in(seed::LIV).await);
    for n in 0..20_u64 {
        let guild = Id(UNKNOWN.0 + n);
        sam.get(&overview(guild)).await.explains(403, "cannot manage");
    }
    let mut page = sam.get(&overview(UNKNOWN)).await;
    for _ in 0..20 {
        if page.status == 429 {
            break;
        }
        page = sam.get(&overview(UNKNOWN)).await;
    }
    page.explains(429, "a lot in a short time");
    assert_eq!(page.header("retry-after"), "60");
    liv.get(&overview(UNKNOWN)).await.explains(403, "cannot manage");
    assert_eq!(liv.get(&overview(seed::LIBRARY)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_of_many_servers_cannot_keep_the_bot_busy_with_those_that_are_not_theirs() {
    let app = TestApp::start().await;
    let mut ada = app.signed_in(seed::ADA).await;
    let (theirs, others): (Vec<Id>, Vec<Id>) = app.discord.edit(|world| {
        let with_bot = world.guilds.values().filter(|guild| guild.bot_present && guild.name.starts_with("Server "));
        let number = |name: &str| name["Server ".len()..].parse::<u64>().unwrap() - 1;
        with_bot.map(|guild| (guild.id, number(&guild.name) % 10 < 4)).fold((vec![], vec![]), |mut both, (id, hers)| {
            if hers {
                both.0.push(id)
            } else {
                both.1.push(id)
            }
            both
        })
    });
    assert_eq!((theirs.len(), others.len()), (20, 30));
    for guild in &others[..20] {
        ada.get(&overview(*guild)).await.explains(403, "cannot manage");
    }
    // However slowly that went: the next refusals in a row are too many at some point.
    let mut page = ada.get(&overview(others[0])).await;
    for _ in 0..40 {
        if page.status == 429 {
            break;
        }
        page = ada.get(&overview(others[0])).await;
    }
    app.discord.clear_requests();
    for guild in &others[20..] {
        ada.get(&overview(*guild)).await.explains(429, "a lot in a short time");
    }
    assert_eq!(by_the_bot(&app), [""; 0]);
    assert_eq!(ada.get(&overview(theirs[0])).await.status, 200, "her own servers stay open");
    app.clock.advance(Duration::from_secs(61));
    app.discord.clear_requests();
    ada.get(&overview(others[25])).await;
    assert!(!by_the_bot(&app).is_empty(), "after a minute the bot is asked again");
}
