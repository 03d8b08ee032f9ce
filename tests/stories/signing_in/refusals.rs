//! Each way a sign-in fails is a page that says so, with the way to try again; nothing is kept.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, RateLimitScope, seed};

use super::{answer_of, callback_with, changed, lacking, nothing_happened, tells_to_try_again, tries};
use crate::support::TestApp;

const TOKEN: &str = "/api/v10/oauth2/token";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_no_at_discord_is_not_signed_in_and_may_try_again() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let away = mira.get("/login").await;
    let callback = mira.decides(away.location(), seed::MIRA, "cancel").await;
    let page = mira.get(&callback).await;
    tells_to_try_again(&page, 403, "not signed in");
    assert_eq!(tries(&mira), 0, "the try is over");
    nothing_happened(&app, &mut mira).await;
    mira.signs_in(seed::MIRA).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_works_once() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let mut copy = mira.clone();
    assert_eq!(mira.get(&callback).await.status, 303);
    tells_to_try_again(&mira.get(&callback).await, 400, "already used");
    assert!(mira.is_signed_in().await, "the Back button signs nobody out");
    // With a copy of the cookie, too.
    tells_to_try_again(&copy.get(&callback).await, 400, "already used");
    assert!(!copy.is_signed_in().await);
    assert_eq!(app.people().await.sessions, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_of_one_try_does_not_serve_another() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let (mine, other) = (mira.consents(seed::MIRA).await, mira.consents(seed::JONAS).await);
    let code = answer_of(&other).into_iter().find(|(name, _)| name == "code").unwrap().1;
    tells_to_try_again(&mira.get(&changed(&mine, "code", &code)).await, 400, "no longer accepts");
    nothing_happened(&app, &mut mira).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_comes_too_late_is_refused() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    app.discord.edit(|world| world.advance(Duration::from_secs(101)));
    tells_to_try_again(&mira.get(&callback).await, 400, "no longer accepts");
    nothing_happened(&app, &mut mira).await;

    let callback = mira.consents(seed::MIRA).await;
    app.clock.advance(Duration::from_secs(601));
    app.discord.clear_requests();
    tells_to_try_again(&mira.get(&callback).await, 400, "took too long");
    assert_eq!(app.discord_calls(), [""; 0], "Discord was not asked");
    nothing_happened(&app, &mut mira).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_does_not_belong_to_this_browser_is_refused() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let twice = |name: &str| format!("{callback}&{name}=again");
    let cases = [
        (changed(&callback, "state", "somebody-elses"), "not started here"),
        (changed(&callback, "state", ""), "not started here"),
        (lacking(&callback, "state"), "incomplete"),
        (lacking(&callback, "code"), "incomplete"),
        (twice("code"), "cannot be understood"),
        (twice("state"), "cannot be understood"),
        (format!("{callback}&error=access_denied&error=x"), "cannot be understood"),
        ("/auth/callback".to_owned(), "incomplete"),
        (format!("{callback}&iss=https%3A%2F%2Fevil.example"), "did not come from Discord"),
        (format!("{callback}&error=%3Cscript%3E"), "Discord refused"),
    ];
    app.discord.clear_requests();
    for (address, words) in cases {
        // Each with the cookies of a browser that has just come back.
        let mut browser = mira.clone();
        let page = browser.get(&address).await;
        tells_to_try_again(&page, 400, words);
        assert!(!page.body.contains("<script>"), "{address}");
    }
    assert_eq!(app.discord_calls(), [""; 0], "no code was tried");
    nothing_happened(&app, &mut mira).await;
    assert_eq!(mira.get(&callback).await.status, 303, "the answer itself is still good");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_lost_the_cookie_is_told_so() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let mut stranger = app.visitor();
    tells_to_try_again(&stranger.get(&callback).await, 400, "not started here");
    mira.cookies.values_mut().for_each(|value| *value = value.replacen(|c: char| c.is_alphanumeric(), "-", 9));
    tells_to_try_again(&mira.get(&callback).await, 400, "not started here");
    nothing_happened(&app, &mut mira).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_names_itself_as_the_sender_or_says_nothing() {
    let app = TestApp::start().await;
    let ours = app.discord.url();
    app.discord.edit(|world| world.options.issuer = Some(ours));
    let mut mira = app.mira().await;
    assert!(mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_grants_less_than_is_needed_is_told_what_is_missing() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    for granted in ["identify", "guilds"] {
        app.discord.edit(|world| world.grant_only(&[granted]));
        let callback = mira.consents(seed::MIRA).await;
        tells_to_try_again(&mira.get(&callback).await, 403, "permission is missing");
        nothing_happened(&app, &mut mira).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_discord_is_away_nobody_is_signed_in_and_trying_again_later_works() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let troubles = [
        (TOKEN, FaultKind::ServerError),
        (TOKEN, FaultKind::BadGateway),
        (TOKEN, FaultKind::Unavailable),
        (TOKEN, FaultKind::Html),
        (TOKEN, FaultKind::TruncatedJson),
        (TOKEN, FaultKind::WrongTypes),
        (TOKEN, FaultKind::Reset),
        (TOKEN, FaultKind::Unauthorized),
        (TOKEN, FaultKind::RateLimited { scope: RateLimitScope::Global, retry_after: Some(5.0), html_1015: false }),
        (TOKEN, FaultKind::RateLimited { scope: RateLimitScope::User, retry_after: None, html_1015: true }),
        ("/api/v10/users/@me$", FaultKind::Html),
        ("/api/v10/users/@me$", FaultKind::WrongTypes),
    ];
    for (path, kind) in troubles {
        let callback = mira.consents(seed::MIRA).await;
        app.discord.fault(Fault::at(path, kind.clone()));
        let page = mira.get(&callback).await;
        tells_to_try_again(&page, 503, "Discord does not answer");
        nothing_happened(&app, &mut mira).await;
        app.discord.clear_faults();
    }
    let callback = mira.consents(seed::MIRA).await;
    app.discord.stop();
    tells_to_try_again(&mira.get(&callback).await, 503, "Discord does not answer");
    app.discord.restart().await.unwrap();
    nothing_happened(&app, &mut mira).await;
    mira.signs_in(seed::MIRA).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operators_wrong_secret_is_not_called_the_persons_fault() {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.application.client_secret = "another".to_owned());
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let page = mira.get(&callback).await;
    page.explains(503, "not set up correctly");
    assert!(!page.body.contains("standin-secret") && !page.body.contains("another"));
    nothing_happened(&app, &mut mira).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_cannot_be_posted_to() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let pairs = answer_of(&callback);
    mira.post("/auth/callback", &pairs).await.explains(405, "cannot do that");
    nothing_happened(&app, &mut mira).await;
    assert_eq!(mira.get(&callback_with(&pairs)).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_signs_in_once() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let mut clicks: Vec<_> = (0..6).map(|_| mira.clone()).collect();
    let pages = futures_util::future::join_all(clicks.iter_mut().map(|click| click.get(&callback))).await;
    let won = pages.iter().filter(|page| page.status == 303).count();
    assert_eq!(won, 1, "{:?}", pages.iter().map(|page| page.title()).collect::<Vec<_>>());
    for page in pages.iter().filter(|page| page.status != 303) {
        tells_to_try_again(page, 400, "already used");
    }
    assert_eq!(app.people().await.sessions, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_that_discord_itself_reports_is_called_one() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    for error in ["server_error", "temporarily_unavailable"] {
        let callback = lacking(&changed(&mira.consents(seed::MIRA).await, "error", error), "code");
        tells_to_try_again(&mira.get(&callback).await, 503, "Discord does not answer");
    }
    nothing_happened(&app, &mut mira).await;
}
