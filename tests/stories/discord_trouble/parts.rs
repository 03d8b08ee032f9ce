//! Trouble with one of the things Discord is asked for, while the others are well.

use std::time::Duration;

use discord_standin::seed::{BOT, HARBOUR_CLUB, LIBRARY, LIV, MIRA};
use discord_standin::{Fault, FaultKind};

use super::{COLD, about_to_save, is_kept_and_saved_later, limited};
use crate::support::TestApp;
use crate::support::visitor::settings;

fn parts() -> [String; 6] {
    let guild = format!("/api/v10/guilds/{HARBOUR_CLUB}");
    let of = |tail: String| format!("{guild}{tail}$");
    [
        of(String::new()),
        of("/channels".to_owned()),
        of(format!("/members/{MIRA}")),
        of(format!("/members/{BOT}")),
        "/api/v10/users/@me/guilds$".to_owned(),
        "/api/v10/applications/@me$".to_owned(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whichever_answer_is_missing_nothing_is_guessed_and_nothing_is_lost() {
    let during = async |path: String, kind: FaultKind| {
        let app = TestApp::start().await;
        let (mut mira, typed) = about_to_save(&app).await;
        app.clock.advance(COLD);
        app.discord.fault(Fault::at(&path, kind.clone()));
        let page = mira.post(&settings("music"), &typed).await;
        if path.contains("applications") {
            assert_eq!(page.status, 303, "who the bot is has not changed: {}", page.main());
            return;
        }
        assert_eq!(page.status, 503, "{path} {kind:?}: {} {}", page.title(), page.main());
        page.explains(503, "Discord does not answer");
        is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
    };
    for kind in [FaultKind::ServerError, FaultKind::WrongTypes, FaultKind::MissingAccess] {
        let all = parts().into_iter().filter(|path| !matches!(kind, FaultKind::MissingAccess) || !path.contains("@me"));
        futures_util::future::join_all(all.map(|path| during(path, kind.clone()))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn voice_regions_known_from_before_will_do() {
    let app = TestApp::start().await;
    let (mut mira, typed) = about_to_save(&app).await;
    app.clock.advance(COLD);
    app.discord.fault(Fault::at("/api/v10/voice/regions", FaultKind::ServerError));
    assert_eq!(mira.post(&settings("music"), &typed).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_on_somebodys_own_list_is_theirs_alone() {
    let app = TestApp::start().await;
    let (mut mira, mut liv) = (app.mira().await, app.signed_in(LIV).await);
    app.discord.fault(Fault::at("/api/v10/users/@me/guilds$", limited(Some(60.0), false)).times(1));
    let page = mira.get("/guilds").await;
    page.explains(503, "Discord asks us to wait");
    assert!(page.header("retry-after").parse::<u64>().unwrap() > 50);
    assert_eq!(liv.get("/guilds").await.status, 200);
    app.clock.advance(Duration::from_secs(61));
    assert_eq!(mira.get("/guilds").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_one_server_waits_for_discord_everybody_else_goes_on() {
    let app = TestApp::start().await;
    let (mira, mut liv) = (app.mira().await, app.signed_in(LIV).await);
    let library = format!("/guilds/{LIBRARY}/settings/music");
    assert_eq!(liv.get(&library).await.status, 200);
    let slow = FaultKind::DelayHeaders { delay: Duration::from_secs(2) };
    app.discord.fault(Fault::at(&format!("/api/v10/guilds/{HARBOUR_CLUB}"), slow));
    let waiting: Vec<_> = (0..40)
        .map(|_| {
            let mut tab = mira.clone();
            tokio::spawn(async move { tab.get(&settings("music")).await.status })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let form = liv.get(&library).await.form(&library);
    assert_eq!(liv.post(&library, &form).await.status, 303);
    for path in ["/healthz", "/readyz", "/static/app.css", "/guilds"] {
        assert_eq!(liv.get(path).await.status, 200, "{path}");
    }
    assert!(waiting.iter().all(|tab| !tab.is_finished()), "they wait all the while");
    for tab in waiting {
        assert_eq!(tab.await.unwrap(), 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_needs_no_discord() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    app.discord.stop();
    app.clock.advance(COLD);
    let out = mira.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
    assert_eq!(app.people().await.sessions, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_text_whatever_it_is() {
    let app = TestApp::start().await;
    let (mut mira, mut typed) = about_to_save(&app).await;
    for (name, value) in [
        ("\"><script>alert(1)</script>", "x"),
        ("note", "'></form><form action=//evil.example><input name=\"a\">\n\nline & line\t\u{202e}"),
        ("note", "</textarea>&amp;&#x27;&lt;"),
        ("", ""),
    ] {
        typed.push((name.to_owned(), value.to_owned()));
    }
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::BadGateway));
    let page = mira.post(&settings("music"), &typed).await;
    page.explains(503, "Discord does not answer");
    assert!(
        !page.has("main script:not([src^='/static/'])") && !page.has("form[action*=evil]") && !page.has("textarea"),
        "{}",
        page.body
    );
    is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_during_trouble_is_offered_again_and_saves_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut form = mira.opens("giveaway").await;
    form.push(("preview".to_owned(), "message".to_owned()));
    let preview = format!("{}/preview", settings("giveaway"));
    app.clock.advance(COLD);
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::ServerError));
    let page = mira.post(&preview, &form).await;
    page.explains(503, "Discord does not answer");
    app.discord.clear_faults();
    let again = mira.post(&preview, &page.form(&preview)).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(again.form(&settings("giveaway")).len(), form.len() - 1, "the whole form came back");
    assert_eq!(app.changes().await, (0, 0));
}
