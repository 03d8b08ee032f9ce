//! A server that asks for two-factor authentication of everybody who moderates: whoever signed in without it looks, and
//! changes nothing.

use std::time::Duration;

use discord_standin::seed::{ARCADE, AYLIN, HARBOUR_CLUB, JONAS, MIRA, NOOR, SAM};
use discord_standin::{Id, World};
use reqwest::Method;

use super::overview;
use crate::carry::{exported, there};
use crate::security_events::asks;
use crate::staff::seeing::goes_everywhere;
use crate::staff::{To, given_to, has_on, staff};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::events;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

/// What pages call it.
pub const FACTOR: &str = "two-factor authentication";

fn requires(world: &mut World) {
    world.require_mfa(HARBOUR_CLUB, true).unwrap();
}

/// Somebody who signs in without a second factor.
pub async fn without(app: &TestApp, person: Id) -> Visitor {
    app.discord.edit(|world| world.set_mfa(person, false)).unwrap();
    app.signed_in(person).await
}

/// Nothing but a form's token.
async fn token(visitor: &mut Visitor) -> Vec<(String, String)> {
    vec![("csrf_token".to_owned(), visitor.token().await)]
}

/// That a page can be read, says what to do, and asks nobody else.
pub fn says_what_to_do(page: &Page) {
    assert_eq!(page.status, 200, "{}", page.body);
    let note = page.text("#second-factor");
    assert!(note.contains(FACTOR) && note.contains("User Settings") && note.contains("sign in here again"), "{note}");
    assert!(!page.has("#read-only") && page.has("#second-factor a[href^='/login?return_to=']"), "{}", page.main());
}

/// Where signing in again leads back to the settings of Music.
fn sign_in() -> String {
    format!("/login?return_to=%2Fguilds%2F{HARBOUR}%2Fsettings%2Fmusic")
}

/// The same, to what was typed there.
fn sign_in_to_draft() -> String {
    format!("{}%3Fdraft%3D1", sign_in())
}

/// That a save of Music is refused to Mira and noted, with all kept that was typed; gives the page that says so.
pub async fn is_refused_and_noted(app: &TestApp, mira: &mut Visitor, typed: &[(String, String)]) -> Page {
    let (page, said) = asks(mira, &settings("music"), Some(typed)).await;
    page.explains(403, FACTOR);
    assert!(page.main().contains("User Settings") && page.main().contains("Nothing was saved"), "{}", page.main());
    assert!(page.main().contains("what you typed is kept"), "{}", page.main());
    assert_eq!(page.ways()[0], sign_in_to_draft());
    let named: Vec<&str> = said.iter().map(|event| event["event"].as_str()).collect();
    assert_eq!(named, ["second_factor_missing"]);
    assert_eq!((&said[0]["user.id"], &said[0]["guild.id"]), (&MIRA.to_string(), &HARBOUR.to_string()));
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 70);
    assert_eq!(app.changes().await.0, 1);
    // Whoever signs in once more without it has lost nothing either.
    let draft = mira.get(&format!("{}?draft=1", settings("music"))).await;
    says_what_to_do(&draft);
    assert_eq!(draft.attributes("input[name=default_volume]", "value"), ["72"]);
    assert_eq!(draft.attributes("#second-factor a", "href"), [sign_in_to_draft()]);
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_second_factor_settings_are_shown_and_a_save_is_refused_and_noted() {
    events::listen();
    let app = TestApp::on(Stage { behind_proxy: true, ..Stage::default() }).await;
    let mut mira = without(&app, MIRA).await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303, "nobody asks for it yet");
    let typed = edited(mira.opens("music").await, &[("default_volume", "72")]);
    app.discord.edit(requires);
    app.clock.advance(Duration::from_secs(61));

    let page = mira.get(&settings("music")).await;
    says_what_to_do(&page);
    assert!(!page.has(".save-bar") && !page.has("a[href$='/reset']"), "{}", page.main());
    assert_eq!(page.attributes("#second-factor a", "href"), [sign_in()]);
    says_what_to_do(&mira.get(&overview(HARBOUR_CLUB)).await);

    is_refused_and_noted(&app, &mut mira, &typed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_a_second_factor_is_said_in_vietnamese_too() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    let mut mira = without(&app, MIRA).await;
    for (page, status) in [(settings("music"), 200), (format!("{}/reset", settings("music")), 403)] {
        let request = mira.request(Method::GET, &page).header("accept-language", "vi");
        let page = mira.send(request).await;
        assert_eq!(page.status, status);
        let words = page.main();
        assert!(words.contains("xác thực hai yếu tố") && words.contains("Đăng nhập lại"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_a_second_factor_saves_and_where_it_is_not_asked_for_so_does_everybody() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    for (person, volume) in [(MIRA, "61"), (AYLIN, "62"), (JONAS, "63")] {
        let mut visitor = app.signed_in(person).await;
        assert_eq!(visitor.saves("music", &[("default_volume", volume)]).await.status, 303, "{person}");
    }
    let mut mira = without(&app, MIRA).await;
    let elsewhere = format!("/guilds/{ARCADE}/settings/music");
    let page = mira.get(&elsewhere).await;
    assert!(!page.has("#second-factor") && page.has(".save-bar"), "{}", page.main());
    let form = edited(page.form(&elsewhere), &[("default_volume", "64")]);
    assert_eq!(mira.post(&elsewhere, &form).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owner_administrator_manager_and_staff_are_held_back_alike() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    has_on(&app, HARBOUR_CLUB, To::Person(SAM), ("music", true, true), None).await;
    has_on(&app, HARBOUR_CLUB, To::Person(NOOR), ("music", false, false), None).await;
    for person in [MIRA, AYLIN, JONAS, SAM] {
        let mut visitor = without(&app, person).await;
        says_what_to_do(&visitor.get(&settings("music")).await);
        says_what_to_do(&visitor.get(&format!("/guilds/{HARBOUR}/playlists")).await);
        let form = token(&mut visitor).await;
        for path in [settings("music"), format!("/guilds/{HARBOUR}/playlists/new")] {
            visitor.post(&path, &form).await.explains(403, FACTOR);
        }
        visitor.get(&format!("/guilds/{HARBOUR}/playlists/new")).await.explains(403, FACTOR);
        let lets_in = visitor.post(&staff(), &form).await;
        lets_in.explains(403, if person == SAM { "not let in" } else { FACTOR });
    }
    // To who may look and no more, a second factor would give nothing.
    let mut noor = without(&app, NOOR).await;
    let page = noor.get(&settings("music")).await;
    assert!(page.text("#read-only").contains("ask somebody who manages") && !page.has("#second-factor"));
    let form = token(&mut noor).await;
    noor.post(&settings("music"), &form).await.explains(403, "not let in");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_second_factor_nobody_lets_staff_in_or_takes_anything_from_them() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    let given = given_to(&mut app.mira().await, SAM, "music").await;
    let mut jonas = without(&app, JONAS).await;
    let page = jonas.get(&staff()).await;
    says_what_to_do(&page);
    assert!(!page.has("#give") && !page.has("a[href$='/withdrawal']"), "{}", page.main());
    let form = edited(token(&mut jonas).await, &[("member", &NOOR.to_string()), ("module", "music")]);
    let withdrawal = format!("{}/{given}/withdrawal", staff());
    for path in [staff(), withdrawal.clone()] {
        jonas.post(&path, &form).await.explains(403, FACTOR);
    }
    jonas.get(&withdrawal).await.explains(403, FACTOR);
    let grants = app.mira().await.get(&staff()).await.attributes("#staff li[id^=grant-]", "id");
    assert_eq!(grants, [format!("grant-{given}")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_are_taken_along_without_a_second_factor_and_brought_nowhere() {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.require_mfa(ARCADE, true)).unwrap();
    let mut mira = without(&app, MIRA).await;
    let form = edited(token(&mut mira).await, &[("target", &ARCADE.to_string()), ("module", "music")]);
    mira.post(&there("copy"), &form).await.explains(403, FACTOR);

    app.discord.edit(requires);
    app.clock.advance(Duration::from_secs(61));
    exported(&mut mira, "").await;
    for page in ["import", "copy"] {
        let shown = mira.get(&there(page)).await;
        says_what_to_do(&shown);
        assert!(!shown.has("main form[method=post]"), "{page}: {}", shown.main());
        mira.post(&there(page), &form).await.explains(403, FACTOR);
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_way_on_any_page_leads_to_where_a_second_factor_is_missing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for volume in ["20", "30"] {
        mira.saves("music", &[("default_volume", volume)]).await;
    }
    crate::tickets::has_tickets(&app, &[crate::tickets::ticket(1, "open"), crate::tickets::ticket(2, "closed")]).await;
    crate::happenings::is_open(&app, "816370501973721150").await;
    crate::giveaways::insert(&app, "g-1", "running", &[]).await;
    crate::panels::makes(&mut mira, "Help").await;
    crate::playlists::makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    has_on(&app, HARBOUR_CLUB, To::Person(SAM), ("all", true, true), None).await;
    app.discord.edit(requires);
    app.clock.advance(Duration::from_secs(61));
    for person in [MIRA, SAM] {
        let (pages, refused) = goes_everywhere(&mut without(&app, person).await).await;
        assert!(refused.is_empty(), "{person}:\n{}", refused.join("\n"));
        assert!(pages >= 10, "{person} has found only {pages} pages");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_it_is_turned_on_signing_in_again_is_enough() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    let mut mira = without(&app, MIRA).await;
    app.discord.edit(|world| world.set_mfa(MIRA, true)).unwrap();
    let page = mira.get(&settings("music")).await;
    says_what_to_do(&page);
    let sign_in = page.attributes("#second-factor a", "href").remove(0);
    let discord = mira.get(&sign_in).await.location().to_owned();
    let callback = mira.decides(&discord, MIRA, "authorize").await;
    let back = mira.get(&callback).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, settings("music").as_str()));
    assert!(!mira.follows(&back).await.has("#second-factor"));
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_began_before_it_was_asked_counts_as_without() {
    let app = TestApp::start().await;
    app.discord.edit(requires);
    let mut mira = app.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    let typed = edited(mira.opens("music").await, &[("default_volume", "72")]);
    let before = r#"UPDATE sessions SET state = '{"name":"\"Mira\""}'"#;
    crate::tickets::has(&app, vec![before.to_owned()]).await;
    let page = mira.get(&settings("music")).await;
    says_what_to_do(&page);
    assert!(page.text("#second-factor").contains("before Guildhall asked for it"), "{}", page.main());
    mira.post(&settings("music"), &typed).await.explains(403, FACTOR);
    mira.signs_in(MIRA).await;
    assert_eq!(mira.saves("music", &[("default_volume", "71")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_a_server_asks_for_it_counts_ten_seconds_later_for_a_save_and_costs_no_question() {
    let app = TestApp::start().await;
    let mut mira = without(&app, MIRA).await;
    let form = mira.opens("music").await;
    app.discord.edit(requires);
    let first = mira.post(&settings("music"), &edited(form, &[("default_volume", "70")])).await;
    assert_eq!(first.status, 303, "the answer is young enough to stand");
    let typed = edited(mira.opens("music").await, &[("default_volume", "71")]);
    app.clock.advance(Duration::from_secs(11));
    mira.post(&settings("music"), &typed).await.explains(403, FACTOR);

    let mut questions = Vec::new();
    for required in [true, false] {
        app.discord.edit(|world| world.require_mfa(HARBOUR_CLUB, required)).unwrap();
        app.clock.advance(Duration::from_secs(61));
        app.discord.clear_requests();
        assert_eq!(mira.get(&settings("music")).await.has("#second-factor"), required);
        let mut asked = app.discord_calls();
        asked.sort();
        questions.push(asked);
    }
    assert_eq!(questions[0], questions[1]);
    assert_eq!(mira.saves("music", &[("default_volume", "72")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_long_to_be_kept_until_then_can_be_sent_again() {
    let app = TestApp::start().await;
    let mut mira = without(&app, MIRA).await;
    let long = "x".repeat(300 * 1024);
    let typed = edited(mira.opens("music").await, &[("default_volume", "72"), ("more", &long)]);
    app.discord.edit(requires);
    app.clock.advance(Duration::from_secs(61));
    let page = mira.post(&settings("music"), &typed).await;
    page.explains(403, FACTOR);
    assert!(page.main().contains("Nothing was saved."), "{}", page.text("main"));
    assert!(!page.main().contains("what you typed is kept"), "{}", page.text("main"));
    assert!(page.keeps_form(&settings("music")) && page.ways()[0] == sign_in(), "{:?}", page.ways());
    assert_eq!(page.attributes("form.again input[name=default_volume]", "value"), ["72"]);
}
