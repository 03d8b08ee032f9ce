//! A form is taken from our own pages only; what somebody typed there is kept, what others wrote is not.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, seed};
use reqwest::Method;

use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings, without};

type Form = Vec<(String, String)>;

async fn typed(visitor: &mut Visitor) -> Form {
    edited(visitor.opens("music").await, &[("default_volume", "73")])
}

/// Refused, nothing stored, and nothing of the form in the page.
async fn dropped(app: &TestApp, page: &Page) {
    page.explains(403, "too old");
    assert!(!page.keeps_form(&settings("music")) && !page.body.contains("default_volume"), "{}", page.body);
    assert!(page.main().contains("Nothing was saved"), "{}", page.main());
    assert_eq!(page.ways()[0], settings("music"), "the page it says to load again");
    assert_eq!(app.changes().await, (0, 0));
}

/// The form with the headers a story chooses.
async fn posts(visitor: &mut Visitor, form: &Form, headers: &[(&str, &str)]) -> Page {
    let mut request = visitor.request(Method::POST, &settings("music")).form(form);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    visitor.send(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_without_a_token_of_ours_is_dropped() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let form = typed(&mut mira).await;
    let (own, foreign) = (mira.token().await, jonas.token().await);
    let flipped: String = own.chars().rev().collect();
    let garbled =
        [String::new(), "x".to_owned(), own[1..].to_owned(), flipped, format!("{own}AAAA"), foreign, "💥".to_owned()];
    for token in &garbled {
        let page = mira.post(&settings("music"), &edited(form.clone(), &[("csrf_token", token)])).await;
        dropped(&app, &page).await;
    }
    let page = mira.post(&settings("music"), &without(form.clone(), "csrf_token")).await;
    dropped(&app, &page).await;
    let page = mira.post(&settings("music"), &form).await;
    assert_eq!(page.status, 303, "the form itself is good: {}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_before_signing_in_again_is_refused_and_offered_once_more() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = typed(&mut mira).await;
    mira.signs_in(seed::MIRA).await;
    let page = mira.post(&settings("music"), &form).await;
    page.explains(403, "too old");
    assert!(page.keeps_form(&settings("music")));
    let kept = page.form(&settings("music"));
    assert_eq!(without(kept.clone(), "csrf_token"), without(form, "csrf_token"), "every field, in its order");
    assert_eq!(app.changes().await, (0, 0));
    let saved = mira.post(&settings("music"), &kept).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 73);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_another_site_sends_is_dropped_even_with_a_good_token() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = typed(&mut mira).await;
    let ours = app.url();
    let other_port = "http://127.0.0.1:1";
    let cases: [&[(&str, &str)]; 10] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", other_port)],
        &[("origin", "")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", &ours)],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
    ];
    for headers in cases {
        let page = posts(&mut mira, &form, headers).await;
        dropped(&app, &page).await;
    }
    for headers in [[("origin", ours.as_str())], [("sec-fetch-site", "same-origin")]] {
        let page = posts(&mut mira, &form, &headers).await;
        assert_eq!(page.status, 303, "{headers:?}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_signed_out_finds_what_they_typed_after_signing_in() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = typed(&mut mira).await;
    mira.cookies.clear();
    let page = mira.post(&settings("music"), &form).await;
    page.explains(401, "signed out");
    assert!(!page.body.contains("default_volume"), "a page for nobody shows nobody's form");
    let away = mira.get(&page.ways()[0]).await;
    let callback = mira.decides(away.location(), seed::MIRA, "authorize").await;
    let back = mira.get(&callback).await;
    let draft = mira.follows(&back).await;
    assert!(draft.main().contains("not saved"), "{}", draft.main());
    assert!(draft.form(&settings("music")).contains(&("default_volume".to_owned(), "73".to_owned())));
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_each_button_of_a_form_the_way_back_is_the_form_with_what_was_typed() {
    let app = TestApp::start().await;
    for button in ["preview", "checklist", "test"] {
        let mut mira = app.mira().await;
        let form = typed(&mut mira).await;
        mira.cookies.clear();
        let page = mira.post(&format!("{}/{button}", settings("music")), &form).await;
        page.explains(401, "signed out");
        let back: String =
            form_urlencoded::byte_serialize(format!("{}?draft=1", settings("music")).as_bytes()).collect();
        assert_eq!(page.ways()[0], format!("/login?return_to={back}"), "{button}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_places_a_draft_for_somebody_else() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(typed(&mut mira).await, &[("csrf_token", "made-up")]);
    let mut stranger = app.visitor();
    let page = stranger.post(&settings("music"), &form).await;
    page.explains(401, "signed out");
    assert!(page.main().contains("Nothing was saved"), "{}", page.main());
    assert_eq!(app.people().await.drafts, 0);
    let page = mira.get(&format!("{}?draft=1", settings("music"))).await;
    assert!(!page.main().contains("73"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_somebody_else_is_not_shown_to_who_signed_in_meanwhile() {
    let app = TestApp::start().await;
    let mut browser = app.mira().await;
    let form = typed(&mut browser).await;
    browser.signs_in(seed::JONAS).await;
    let page = browser.post(&settings("music"), &form).await;
    dropped(&app, &page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_outlives_a_session_that_was_left_alone_but_no_longer_than_an_hour() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = typed(&mut mira).await;
    app.clock.advance(Duration::from_secs(8 * 24 * 60 * 60));
    let page = mira.post(&settings("music"), &form).await;
    page.explains(401, "signed out");
    assert!(page.main().contains("kept for an hour"), "{}", page.main());
    mira.signs_in(seed::MIRA).await;
    let draft = format!("{}?draft=1", settings("music"));
    let volume = ("default_volume".to_owned(), "73".to_owned());
    assert!(mira.get(&draft).await.form(&settings("music")).contains(&volume));
    assert!(!mira.opens("music").await.contains(&volume), "the page itself shows what is stored");
    let mut jonas = app.signed_in(seed::JONAS).await;
    assert!(!jonas.get(&draft).await.form(&settings("music")).contains(&volume), "it is hers alone");
    app.clock.advance(Duration::from_secs(3_601));
    assert!(!mira.get(&draft).await.form(&settings("music")).contains(&volume));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_to_a_change_is_said_even_if_an_error_comes_between() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let saved = mira.saves("music", &[("default_volume", "73")]).await;
    assert_eq!(saved.status, 303);
    mira.get("/nothing").await.explains(404, "no such page");
    app.clock.advance(Duration::from_secs(3_600));
    app.discord.fault(Fault::at("/api/v10/", FaultKind::ServerError));
    mira.follows(&saved).await.explains(503, "Discord does not answer");
    app.discord.clear_faults();
    let page = mira.follows(&saved).await;
    assert!(page.title().starts_with("Saved:"), "{}", page.title());
    assert!(mira.follows(&saved).await.text("#flash").is_empty(), "it is said once");
}
