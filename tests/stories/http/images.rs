//! Discord's pictures through our own host: only what is one, only from there.

use discord_standin::{Fault, FaultKind, seed};

use crate::support::TestApp;

const ICON: &str = "/cdn/icons/902531987246612480/a_3be07d51c9f24a6885d2e0b1f7a46c93";
const AVATAR: &str = "/cdn/avatars/445518183798022151/a_5f0c2d9be1a44376b8e01d3c77aa9f10";

fn fetched(app: &TestApp) -> usize {
    app.discord.requests().iter().filter(|one| !one.path.starts_with("/api")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_on_pages_come_through_our_own_host_and_are_fetched_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let servers = mira.get("/guilds").await;
    let pictures = servers.attributes("img", "src");
    assert!(pictures.contains(&ICON.to_owned()) && pictures.contains(&AVATAR.to_owned()), "{pictures:?}");
    assert!(pictures.iter().all(|path| path.starts_with("/cdn/")), "{pictures:?}");
    app.discord.clear_requests();
    for _ in 0..2 {
        for path in [ICON, AVATAR, &format!("/cdn/emojis/{}", seed::emojis::PARTY), "/cdn/embed/avatars/5"] {
            let answer = app.visitor().get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-type"), "image/png");
            assert_eq!(answer.header("cache-control"), "public, max-age=86400");
            assert!(answer.header("set-cookie").is_empty());
        }
    }
    assert_eq!(fetched(&app), 4);
    let seen = app.discord.requests();
    assert!(seen.iter().all(|one| one.header("cookie").is_none() && one.header("authorization").is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_that_is_no_pictures_is_never_asked_for() {
    let app = TestApp::start().await;
    app.discord.clear_requests();
    let hash = "3be07d51c9f24a6885d2e0b1f7a46c93";
    let guild = seed::ARCADE;
    let paths = [
        "/cdn/".to_owned(),
        "/cdn//evil.example/x.png".to_owned(),
        "/cdn/http://evil.example/x.png".to_owned(),
        "/cdn/http:%2f%2fevil.example%2fx.png".to_owned(),
        "/cdn/..%2f..%2fapi/v10/users/@me".to_owned(),
        "/cdn/icons/../api/v10/gateway".to_owned(),
        "/cdn/icons/%2e%2e/%2e%2e/api".to_owned(),
        format!("/cdn/icons/{guild}/../{hash}"),
        format!("/cdn/icons/{guild}/{hash}.png"),
        format!("/cdn/icons/{guild}/{hash}?size=4096/../"),
        format!("/cdn/icons/{guild}/{}", hash.to_uppercase()),
        format!("/cdn/icons/{guild}/{hash}%00"),
        format!("/cdn/icons/{guild}/{hash}/"),
        format!("/cdn/icons/0/{hash}"),
        format!("/cdn/icons/{guild}%2f{hash}/{hash}"),
        "/cdn/embed/avatars/6".to_owned(),
        "/cdn/embed/avatars/-1".to_owned(),
        "/cdn/emojis/x".to_owned(),
        "/cdn/attachments/1/2/x.png".to_owned(),
        "/cdn/\\evil.example".to_owned(),
    ];
    for path in paths.iter().filter(|path| !path.contains('?')) {
        let page = app.gets_raw(path, "").await;
        assert!(page.status == 404 || page.status == 400, "{path}: {}", page.status);
    }
    assert_eq!(fetched(&app), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_other_side_sends_instead_of_a_picture_is_not_passed_on() {
    let raw =
        |content_type: &str, body: String| FaultKind::Raw { status: 200, content_type: content_type.to_owned(), body };
    let instead = [
        raw("text/html", "<script>alert(1)</script>".to_owned()),
        raw("image/svg+xml", "<svg onload='alert(1)'/>".to_owned()),
        raw("application/octet-stream", "x".to_owned()),
        raw("image/png", "x".repeat(600 * 1024)),
        FaultKind::Status { status: 302, json: serde_json::json!({}) },
        FaultKind::ServerError,
        FaultKind::BadGateway,
        FaultKind::Reset,
    ];
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for kind in instead {
        app.discord.fault(Fault::at("/icons/", kind.clone()));
        let page = visitor.get(ICON).await;
        page.explains(503, "Discord does not answer");
        assert!(page.header("content-type").starts_with("text/html") && !page.body.contains("alert(1)"), "{kind:?}");
        app.discord.clear_faults();
        // A failure is remembered for half a minute.
        visitor.get(ICON).await.explains(503, "Discord does not answer");
        app.clock.advance(std::time::Duration::from_secs(31));
    }
    assert_eq!(visitor.get(ICON).await.status, 200);
    visitor.get("/cdn/icons/902531987246612480/00000000000000000000000000000000").await.explains(404, "no such page");
}
