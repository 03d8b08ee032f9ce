//! Open pages of staff: what they are told, and what ends them.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_standin::seed::{self, HARBOUR_CLUB, roles};
use discord_standin::world::User;
use discord_standin::{Fault, FaultKind, Id};
use serde_json::json;

use super::{To, given_to, gives, has, withdraws};
use crate::happenings::{event, tells};
use crate::history::executes;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::many;
use crate::support::stream::OpenPage;
use crate::support::visitor::Visitor;

async fn opens(app: &TestApp, visitor: &Visitor) -> OpenPage {
    app.clock.advance(Duration::from_secs(10));
    let page = OpenPage::opens(visitor, HARBOUR, None).await;
    eventually("the page was greeted", || async { page.bot().is_some() }).await;
    page
}

fn told(page: &OpenPage) -> String {
    page.heard().into_iter().map(|one| format!("{}: {}\n", one.event, one.data)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_of_staff_is_told_of_their_modules_alone() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), ("giveaway", false, false), None).await;
    let mut mira = app.mira().await;
    let (hers, his) = (opens(&app, &mira).await, opens(&app, &app.signed_in(seed::SAM).await).await);
    tells(
        &app,
        &[event(
            "TICKET_CREATE",
            json!({"ticketId": "t", "userId": seed::LIV.to_string(), "username": "hush", "number": 7}),
        )],
    )
    .await;
    mira.saves("music", &[("default_volume", "70")]).await;
    mira.saves("giveaway", &[("default_winners", "2")]).await;
    tells(
        &app,
        &[event("GIVEAWAY_START", json!({"giveawayId": "g", "prize": "A hat", "endTime": "2026-12-01T12:00:00Z"}))],
    )
    .await;
    eventually("she is told all", || async {
        let all = told(&hers);
        ["ticket #7", "latest-music", "latest-giveaway", "A hat"].iter().all(|part| all.contains(part))
    })
    .await;
    eventually("he is told of giveaways", || async {
        let all = told(&his);
        ["latest-giveaway", "A hat"].iter().all(|part| all.contains(part))
    })
    .await;
    let all = told(&his);
    for part in ["ticket #7", "hush", "tickets", "music"] {
        assert!(!all.contains(part), "{part}: {all}");
    }
    // The one change that he is led to is of what is his.
    let ways: BTreeSet<&str> = all.split("/changes/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ways.len(), 1, "{all}");
    let way = format!("/guilds/{HARBOUR}/changes/{}", ways.first().unwrap());
    let page = app.signed_in(seed::SAM).await.get(&way).await;
    assert!(page.text("h1").starts_with("Giveaway, change 1"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_staff_that_was_away_catches_up_however_much_has_changed_elsewhere() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), ("giveaway", false, false), None).await;
    for statement in many::statements(HARBOUR, 0..160) {
        executes(&app, &statement).await;
    }
    let now = app.clock.now();
    let minutes_ago = |minutes: i64| now - minutes * 60_000;
    // More than a page is brought up to date by, and later than the one change that is his.
    executes(&app, &format!("UPDATE changes SET touched_at = {} WHERE subject <> 'giveaway'", minutes_ago(5))).await;
    executes(&app, &format!("UPDATE changes SET touched_at = {} WHERE number = 17", minutes_ago(20))).await;
    let sam = app.signed_in(seed::SAM).await;
    let page = OpenPage::opens(&sam, HARBOUR, Some(&minutes_ago(30).to_string())).await;
    eventually("he is told of giveaways", || async { told(&page).contains("latest-giveaway") }).await;
    let all = told(&page);
    assert!(all.contains(&many::id(17).to_string()) && !all.contains("latest-music"), "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_of_staff_catches_up_after_an_outage_however_much_has_changed_elsewhere() {
    let app = TestApp::with_own_redis().await;
    has(&app, To::Person(seed::SAM), ("giveaway", false, false), None).await;
    for statement in many::statements(HARBOUR, 0..160) {
        executes(&app, &statement).await;
    }
    let long_ago = app.clock.now() - 2 * 24 * 60 * 60 * 1000;
    executes(&app, &format!("UPDATE changes SET touched_at = {long_ago}")).await;
    let (hers, his) = (opens(&app, &app.mira().await).await, opens(&app, &app.signed_in(seed::SAM).await).await);
    app.redis.kill();
    // What another instance has come further with meanwhile, and could not tell of.
    let now = app.clock.now();
    executes(&app, &format!("UPDATE changes SET touched_at = {now} WHERE subject <> 'giveaway'")).await;
    executes(&app, &format!("UPDATE changes SET touched_at = {} WHERE number = 17", now - 1000)).await;
    app.redis.restart().await;
    eventually("she is told of the newest", || async { told(&hers).contains("latest-music") }).await;
    eventually("he is told of giveaways", || async { told(&his).contains("latest-giveaway") }).await;
    let all = told(&his);
    assert!(all.contains(&many::id(17).to_string()) && !all.contains("latest-music"), "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_ends_the_open_page_and_says_why_on_other_instances_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let sam = app.signed_in(seed::SAM).await;
    let mut there = sam.clone();
    there.base = app.neighbour().await;
    let mut said = [String::new(), String::new()];
    // On a machine that stands still for some seconds nobody is confirmed in time, and that is said then.
    for _ in 0..3 {
        let grant = given_to(&mut mira, seed::SAM, "music").await;
        eventually("he is let in there, too", || async {
            there.clone().get(&format!("/guilds/{HARBOUR}/settings/music")).await.status == 200
        })
        .await;
        let (here, elsewhere) = (opens(&app, &sam).await, opens(&app, &there).await);
        assert_eq!(withdraws(&mut mira, &grant).await.status, 303);
        said = [here.ends().await, elsewhere.ends().await];
        if !said.iter().any(|reason| reason == "unsure") {
            break;
        }
    }
    assert_eq!(said, ["rights", "rights"]);
    // And a refusal there is not remembered once it is given again.
    let page = format!("/guilds/{HARBOUR}/settings/music");
    assert_eq!(there.get(&page).await.status, 403);
    given_to(&mut mira, seed::SAM, "music").await;
    eventually("they are let in again", || async { there.clone().get(&page).await.status == 200 }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_ends_with_the_role_and_with_the_end_of_what_was_given() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    gives(&mut mira, &[("member", &seed::SAM.to_string()), ("module", "music"), ("days", "1")]).await;
    has(&app, To::Role(roles::EVENT_HOST), ("tickets", false, true), None).await;
    let noors = opens(&app, &app.signed_in(seed::NOOR).await).await;
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[])).unwrap();
    bot.says("GUILD_CHANGED", HARBOUR_CLUB, json!({"what": "member", "userId": seed::NOOR.to_string()})).await;
    assert_eq!(noors.ends().await, "rights");
    let sams = opens(&app, &app.signed_in(seed::SAM).await).await;
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(sams.ends().await, "rights");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_ends_soon_after_a_role_is_lost_that_nobody_tells_of() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), ("tickets", false, true), None).await;
    let page = opens(&app, &app.signed_in(seed::NOOR).await).await;
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[])).unwrap();
    app.clock.advance(Duration::from_secs(11));
    assert_eq!(page.ends().await, "rights");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_is_told_nothing_more_once_nobody_can_confirm_the_role() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), ("giveaway", false, false), None).await;
    let (mut mira, noor) = (app.mira().await, app.signed_in(seed::NOOR).await);
    let (hers, theirs) = (opens(&app, &mira).await, opens(&app, &noor).await);
    let about_noor = format!("/api/v10/guilds/{HARBOUR_CLUB}/members/{}$", seed::NOOR);
    app.discord.fault(Fault::at(&about_noor, FaultKind::ServerError));
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(mira.saves("giveaway", &[("default_winners", "2")]).await.status, 303);
    eventually("a manager is told of it", || async { told(&hers).contains("latest-giveaway") }).await;
    assert_eq!(theirs.ends().await, "unsure");
    let all = told(&theirs);
    assert!(!all.contains("latest-giveaway") && all.contains("cannot be checked"), "{all}");
    assert!(!hers.has_ended());
    // It comes again through the whole guard.
    assert_eq!(OpenPage::asks(&noor, HARBOUR, None).await.status(), 503);
    app.discord.clear_faults();
    let again = OpenPage::opens(&noor, HARBOUR, None).await;
    eventually("the page was greeted", || async { again.bot().is_some() }).await;
    // A role that was lost meanwhile would have been noticed.
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[])).unwrap();
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(again.ends().await, "rights");
    assert_eq!(OpenPage::asks(&noor, HARBOUR, None).await.status(), 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_question_confirms_all_the_pages_that_somebody_has_open() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), ("giveaway", false, false), None).await;
    let noor = app.signed_in(seed::NOOR).await;
    let mut pages = vec![opens(&app, &noor).await];
    for _ in 0..2 {
        let page = OpenPage::opens(&noor, HARBOUR, None).await;
        eventually("the page was greeted", || async { page.bot().is_some() }).await;
        pages.push(page);
    }
    let about_noor = format!("/guilds/{HARBOUR_CLUB}/members/{}", seed::NOOR);
    let asked = || app.discord_calls().iter().filter(|call| call.ends_with(&about_noor)).count();
    let before = asked();
    app.clock.advance(Duration::from_secs(10));
    eventually("Discord is asked again", || async { asked() > before }).await;
    // Its answer is on the way.
    tokio::time::sleep(Duration::from_secs(3)).await;
    app.clock.advance(Duration::from_secs(10));
    eventually("and again", || async { asked() > before + 1 }).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(pages.iter().all(|page| !page.has_ended()), "who is confirmed stays");
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[])).unwrap();
    app.clock.advance(Duration::from_secs(10));
    for page in &pages {
        assert_eq!(page.ends().await, "rights");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_more_staff_than_may_be_asked_about_the_rest_is_let_go_and_nobody_outlives_the_role() {
    let app = TestApp::start().await;
    has(&app, To::Role(roles::EVENT_HOST), ("giveaway", false, false), None).await;
    let crowd: Vec<Id> = app.discord.edit(|world| {
        let one = |number: usize| {
            let id = world.new_id();
            world.add_user(User::new(id, &format!("host{number}"), None));
            world.add_member(HARBOUR_CLUB, id, &[roles::EVENT_HOST]).unwrap();
            id
        };
        (0..20).map(one).collect()
    });
    let mut pages = Vec::new();
    for person in &crowd {
        pages.push(OpenPage::opens(&app.signed_in(*person).await, HARBOUR, None).await);
    }
    // All at once they are to be confirmed, and five can be.
    app.clock.advance(Duration::from_secs(10));
    let ended = || pages.iter().filter(|page| page.has_ended()).count();
    eventually("the rest is let go", || async { ended() >= 10 }).await;
    assert!(ended() < crowd.len(), "those who could be asked about stay");
    for page in pages.iter().filter(|page| page.has_ended()) {
        assert_eq!(page.ends().await, "unsure");
    }
    app.discord.edit(|world| {
        for person in &crowd {
            world.set_member_roles(HARBOUR_CLUB, *person, &[]).unwrap();
        }
    });
    app.clock.advance(Duration::from_secs(10));
    for page in &pages {
        assert!(["rights", "unsure"].contains(&page.ends().await.as_str()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_keeps_something_stays_and_is_told_less() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let music = given_to(&mut mira, seed::SAM, "music").await;
    given_to(&mut mira, seed::SAM, "giveaway").await;
    let page = opens(&app, &app.signed_in(seed::SAM).await).await;
    assert_eq!(withdraws(&mut mira, &music).await.status, 303);
    // Rights are looked at every second; what is told until then was theirs a moment ago.
    for number in 2..20 {
        let before = page.heard().len();
        mira.saves("music", &[("default_volume", &number.to_string())]).await;
        mira.saves("giveaway", &[("default_winners", &number.to_string())]).await;
        let newest = || page.heard().into_iter().skip(before).map(|one| one.data).collect::<String>();
        eventually("it is told of giveaways", || async { newest().contains("latest-giveaway") }).await;
        if !newest().contains("latest-music") {
            assert!(!page.has_ended());
            return;
        }
    }
    panic!("it is still told of music: {}", told(&page));
}
