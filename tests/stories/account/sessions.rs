//! Where somebody is signed in, as they see it, and ending what they do not know.

use std::time::Duration;

use discord_standin::seed;
use reqwest::Method;

use crate::giveaways::sends;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::page::Page;
use crate::support::stream::OpenPage;
use crate::support::visitor::Visitor;

pub const SESSIONS: &str = "/account/sessions";
const OTHERS: &str = "/account/sessions/others";
const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile \
                     Safari/537.36";

/// Signs Mira in with a browser that calls itself this, from this address.
async fn signed_in_from(app: &TestApp, user_agent: &str, address: &str) -> Visitor {
    let mut visitor = app.visitor();
    let callback = visitor.consents(seed::MIRA).await;
    let request = visitor.request(Method::GET, &callback);
    let request = request.header("user-agent", user_agent).header("x-forwarded-for", address);
    assert_eq!(visitor.send(request).await.status, 303);
    visitor
}

/// The sessions of a page, each as one text.
fn lines(page: &Page) -> Vec<String> {
    page.texts(".log-entry").into_iter().map(|text| text.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

/// The ids that a page offers to end.
fn offered(page: &Page) -> Vec<String> {
    page.attributes("button[name=session]", "value")
}

async fn ends(visitor: &mut Visitor, session: &str) -> Page {
    sends(visitor, SESSIONS, SESSIONS, &[("session", session)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_see_where_they_are_signed_in_and_end_what_they_do_not_know() {
    let app = TestApp::on(Stage { behind_proxy: true, ..Stage::default() }).await;
    let mut desk =
        signed_in_from(&app, "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/145.0", "192.0.2.9").await;
    app.clock.advance(Duration::from_secs(90));
    let mut phone = signed_in_from(&app, PHONE, "2001:db8:7:1::2").await;
    app.signed_in(seed::JONAS).await;
    assert_eq!(desk.get("/guilds").await.status, 200);
    let page = desk.get(SESSIONS).await;
    assert_eq!(page.status, 200);
    let seen = lines(&page);
    assert_eq!(seen.len(), 2, "nobody else's: {seen:?}");
    assert!(seen[0].starts_with("Firefox on Linux This browser") && seen[0].contains("network 192.0.2.*"), "{seen:?}");
    assert!(seen[1].starts_with("Chrome on Android") && seen[1].contains("network 2001:db8:7:*"), "{seen:?}");
    assert!(!page.body.contains("192.0.2.9") && !page.body.contains("db8:7:1"), "no whole address");
    let times = page.attributes(".log-entry:first-child time", "datetime");
    assert!(times[0] < times[1], "since, and seen a minute and a half later: {times:?}");
    let offers = offered(&page);
    assert_eq!(offers.len(), 1, "this one is ended by signing out");

    let answer = ends(&mut desk, &offers[0]).await;
    let page = desk.follows(&answer).await;
    assert!(page.text("#flash").contains("signed out"), "{}", page.main());
    assert_eq!(lines(&page).len(), 1);
    assert!(!page.has("a[href='/account/sessions/others']"), "there are no others");
    assert!(!phone.is_signed_in().await && desk.is_signed_in().await);
    let answer = ends(&mut desk, &offers[0]).await;
    assert!(desk.follows(&answer).await.text("#flash").contains("had ended already"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_ends_the_session_of_somebody_else() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let other = app.mira().await;
    let hers = offered(&mira.get(SESSIONS).await).remove(0);
    let answer = ends(&mut jonas, &hers).await;
    assert!(jonas.follows(&answer).await.text("#flash").contains("had ended already"), "as one that is not there");
    assert!(other.clone().is_signed_in().await);
    for nonsense in ["", "all", "../..", "' OR 1=1 --"] {
        ends(&mut jonas, nonsense).await.explains(400, "cannot be understood");
    }
    assert!(jonas.is_signed_in().await);
    let foreign = [("csrf_token".to_owned(), mira.token().await), ("session".to_owned(), hers)];
    jonas.post(SESSIONS, &foreign).await.explains(403, "too old");
    assert!(other.clone().is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_others_end_after_a_question_with_their_open_pages_on_every_instance() {
    let app = TestApp::start().await;
    let (mut desk, phone, tablet) = (app.mira().await, app.mira().await, app.mira().await);
    let mut there = tablet.clone();
    there.base = app.neighbour().await;
    let mine = OpenPage::opens(&desk, HARBOUR, None).await;
    let (here, elsewhere) =
        (OpenPage::opens(&phone, HARBOUR, None).await, OpenPage::opens(&there, HARBOUR, None).await);
    let page = desk.get(SESSIONS).await;
    assert!(page.has("a[href='/account/sessions/others'][data-dialog]"), "{}", page.main());
    let question = desk.get(OTHERS).await;
    assert!(question.main().contains("In 2 other browsers"), "{}", question.main());
    let answer = desk.post(SESSIONS, &question.form(SESSIONS)).await;
    let page = desk.follows(&answer).await;
    assert!(page.text("#flash").contains("2 other sessions"), "{}", page.main());
    assert_eq!((here.ends().await, elsewhere.ends().await), ("session".to_owned(), "session".to_owned()));
    assert!(!mine.has_ended());
    assert!(desk.is_signed_in().await && !phone.clone().is_signed_in().await && !there.is_signed_in().await);
    // There is nothing to ask any more.
    let answer = desk.get(OTHERS).await;
    assert!(desk.follows(&answer).await.text("#flash").contains("no other session"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_session_that_is_ended_takes_its_open_page_on_another_instance_along_at_once() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    phone.base = app.neighbour().await;
    let page = OpenPage::opens(&phone, HARBOUR, None).await;
    let own = OpenPage::opens(&desk, HARBOUR, None).await;
    let session = offered(&desk.get(SESSIONS).await).remove(0);
    assert_eq!(ends(&mut desk, &session).await.status, 303);
    assert_eq!(page.ends().await, "session");
    assert!(!own.has_ended());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ending_the_session_one_is_in_signs_out() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    let of_desk = offered(&phone.get(SESSIONS).await).remove(0);
    let out = ends(&mut desk, &of_desk).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(!desk.is_signed_in().await && phone.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_to_the_sessions_is_on_the_preferences_and_in_the_search() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get("/account/preferences").await;
    assert!(page.has("nav a[href='/account/sessions']"), "{}", page.main());
    assert!(mira.get("/search?q=devices").await.has("a[href='/account/sessions']"));
}
