//! Every route there is, walked by people who may not use it. A route that is added and not listed here fails.

use std::collections::BTreeSet;

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum For {
    Anybody,
    SignedIn,
    Managers,
}

/// As `src/routes.rs` has them: method, handler, path, and who may come. `{module}` stands for each module.
const ROUTES: &[(&str, &str, &str, For)] = &[
    ("get", "web::health::alive", "/healthz", For::Anybody),
    ("get", "web::health::ready", "/readyz", For::Anybody),
    ("get", "web::files::asset", "/static/{name}", For::Anybody),
    ("get", "web::files::favicon", "/favicon.ico", For::Anybody),
    ("get", "web::files::robots", "/robots.txt", For::Anybody),
    ("get", "crate::images::image", "/cdn/{path:.*}", For::Anybody),
    ("get", "crate::landing::landing", "/", For::Anybody),
    ("get", "accounts::login", "/login", For::Anybody),
    ("get", "accounts::callback", "/auth/callback", For::Anybody),
    ("post", "accounts::logout", "/logout", For::SignedIn),
    ("get", "guilds::picker::picker", "/guilds", For::SignedIn),
    ("get", "overview::overview", "/guilds/{guild_id}", For::Managers),
    ("get", "overview::invite", "/guilds/{guild_id}/invite", For::Managers),
    ("get", "live::live", "/guilds/{guild_id}/live", For::Managers),
    ("get", "history::list", "/guilds/{guild_id}/changes", For::Managers),
    ("get", "history::export", "/guilds/{guild_id}/changes/export", For::Managers),
    ("get", "history::entry", "/guilds/{guild_id}/changes/{id}", For::Managers),
    ("get", "history::ask", "/guilds/{guild_id}/changes/{id}/restoration", For::Managers),
    ("post", "history::restore", "/guilds/{guild_id}/changes/{id}/restoration", For::Managers),
    ("get", "commands::command", "/guilds/{guild_id}/commands/{id}", For::Managers),
    ("post", "commands::again", "/guilds/{guild_id}/commands/{id}/again", For::Managers),
    ("get", "music::list", "/guilds/{guild_id}/playlists", For::Managers),
    ("get", "music::begin", "/guilds/{guild_id}/playlists/new", For::Managers),
    ("post", "music::create", "/guilds/{guild_id}/playlists/new", For::Managers),
    ("get", "music::open", "/guilds/{guild_id}/playlists/{playlist_id}", For::Managers),
    ("post", "music::save", "/guilds/{guild_id}/playlists/{playlist_id}", For::Managers),
    ("get", "music::export", "/guilds/{guild_id}/playlists/{playlist_id}/export", For::Managers),
    ("get", "music::offer", "/guilds/{guild_id}/playlists/{playlist_id}/import", For::Managers),
    ("post", "music::import", "/guilds/{guild_id}/playlists/{playlist_id}/import", For::Managers),
    ("get", "music::ask", "/guilds/{guild_id}/playlists/{playlist_id}/deletion", For::Managers),
    ("post", "music::delete", "/guilds/{guild_id}/playlists/{playlist_id}/deletion", For::Managers),
    ("get", "panels::list", "/guilds/{guild_id}/panels", For::Managers),
    ("get", "panels::open", "/guilds/{guild_id}/panels/{panel_id}", For::Managers),
    ("post", "panels::keep", "/guilds/{guild_id}/panels/{panel_id}", For::Managers),
    ("post", "panels::preview", "/guilds/{guild_id}/panels/{panel_id}/preview", For::Managers),
    ("get", "panels::open_category", "/guilds/{guild_id}/panels/{panel_id}/categories/{number}", For::Managers),
    ("post", "panels::keep_category", "/guilds/{guild_id}/panels/{panel_id}/categories/{number}", For::Managers),
    ("get", "panels::ask_to_discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Managers),
    ("post", "panels::discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Managers),
    ("get", "panels::ask_to_delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Managers),
    ("post", "panels::delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Managers),
    ("post", "panels::post", "/guilds/{guild_id}/panels/{panel_id}/posting", For::Managers),
    ("get", "panels::ask_to_remove", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Managers),
    ("post", "panels::take_down", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Managers),
    ("get", "carry::export", "/guilds/{guild_id}/settings/export", For::Managers),
    ("get", "carry::offer", "/guilds/{guild_id}/settings/import", For::Managers),
    ("post", "carry::import", "/guilds/{guild_id}/settings/import", For::Managers),
    ("get", "carry::choose", "/guilds/{guild_id}/settings/copy", For::Managers),
    ("post", "carry::copy", "/guilds/{guild_id}/settings/copy", For::Managers),
    ("get", "show::show::<M>", "/guilds/{guild_id}/settings/{module}", For::Managers),
    ("post", "save::save::<M>", "/guilds/{guild_id}/settings/{module}", For::Managers),
    ("post", "try_out::preview::<M>", "/guilds/{guild_id}/settings/{module}/preview", For::Managers),
    ("get", "reset::ask::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Managers),
    ("post", "reset::reset::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Managers),
];

const SOURCE: &str = include_str!("../../src/routes.rs");

/// Stands for a change in addresses; who may not come never learns whether there is one.
const CHANGE: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0de";

/// The same for a panel.
const PANEL: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0df";

/// The addresses of one route in the Harbour Club.
fn addresses(path: &str) -> Vec<String> {
    let path = path.replace("{guild_id}", &HARBOUR.to_string()).replace("{id}", CHANGE);
    let path = path.replace("{panel_id}", PANEL).replace("{number}", "1");
    if !path.contains("{module}") {
        return vec![path];
    }
    ModuleKey::ALL.iter().map(|module| path.replace("{module}", module.as_str())).collect()
}

fn guarded(method: &str) -> impl Iterator<Item = (String, For)> {
    let of_method = ROUTES.iter().copied().filter(move |route| route.0 == method && route.3 != For::Anybody);
    of_method.flat_map(|(_, _, path, who)| addresses(path).into_iter().map(move |address| (address, who)))
}

#[test]
fn every_route_is_listed_here() {
    let mut found = BTreeSet::new();
    for method in ["get", "post", "put", "patch", "delete", "head"] {
        for part in SOURCE.split(&format!("{method}().to(")).skip(1) {
            let end = part.find(')').unwrap();
            found.insert((method, part[..end].to_owned()));
        }
    }
    let listed: BTreeSet<_> = ROUTES.iter().map(|(method, handler, ..)| (*method, (*handler).to_owned())).collect();
    assert_eq!(found, listed);
    assert_eq!(SOURCE.matches("().to(").count(), ROUTES.len(), "a handler serves two routes: list both");
    for other in ["web::to(", "web::method(", "Route::new", "web::any", "fs::"] {
        assert!(!SOURCE.contains(other), "{other}: this test cannot see that route");
    }
    // Each address of the source is part of one listed.
    let quoted = SOURCE.split('"').skip(1).step_by(2).filter(|text| text.starts_with('/'));
    for text in quoted {
        let path = text.replace("/settings/{}{tail}", "/settings/{module}");
        assert!(ROUTES.iter().any(|route| route.2.contains(&path)), "{text}");
    }
    assert_eq!(SOURCE.matches("module::<").count(), ModuleKey::ALL.len(), "a module has no pages");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_signed_out_is_sent_to_sign_in_or_told_so() {
    let app = TestApp::start().await;
    let mut stranger = app.visitor();
    app.discord.clear_requests();
    for (path, _) in guarded("get") {
        let page = stranger.get(&path).await;
        let encoded: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        assert_eq!((page.status.as_u16(), page.location()), (303, format!("/login?return_to={encoded}").as_str()));
        assert_eq!(page.body, "");
    }
    for (path, _) in guarded("post") {
        let page = stranger.post(&path, &[("default_volume".to_owned(), "70".to_owned())]).await;
        page.explains(401, "signed out");
        assert!(page.ways()[0].starts_with("/login?return_to="), "{path}");
        assert!(!page.body.contains("Harbour"));
    }
    let asked = app.discord_calls().iter().filter(|call| !call.ends_with("/applications/@me")).count();
    assert_eq!(asked, 0, "Discord was not asked for strangers");
    assert_eq!(app.changes().await, (0, 0));
}

/// Whatever an outsider does: the page that says nothing of the server.
fn is_refused(page: &Page, path: &str) {
    page.explains(403, "cannot manage this server");
    assert!(!page.body.contains("Harbour Club"), "{path}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outsider_is_refused_everywhere() {
    let app = TestApp::start().await;
    // Two outsiders who take their time, because twenty refusals a minute are the limit of one.
    let take_time = |turn: usize| {
        if turn % 15 == 14 {
            app.clock.advance(std::time::Duration::from_secs(61));
        }
    };
    let (mut sam, mut noor) = (app.signed_in(seed::SAM).await, app.signed_in(seed::NOOR).await);
    for (turn, (path, _)) in guarded("get").filter(|(_, who)| *who == For::Managers).enumerate() {
        take_time(turn);
        is_refused(&sam.get(&path).await, &path);
    }
    let token = noor.token().await;
    let form = [("csrf_token".to_owned(), token), ("default_volume".to_owned(), "70".to_owned())];
    for (turn, (path, _)) in guarded("post").filter(|(_, who)| *who == For::Managers).enumerate() {
        take_time(turn);
        is_refused(&noor.post(&path, &form).await, &path);
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_without_a_token_is_refused_everywhere() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (path, _) in guarded("post") {
        let page = mira.post(&path, &[("default_volume".to_owned(), "70".to_owned())]).await;
        page.explains(403, "too old");
    }
    assert!(mira.is_signed_in().await);
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_a_manager_may_see_opens_and_is_theirs_alone() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "70")]).await;
    let log = mira.get(&format!("/guilds/{HARBOUR}/changes")).await;
    let change = log.attributes(".log-entry h2 a", "href").remove(0);
    let id = change.rsplit('/').next().unwrap();
    let panel = crate::panels::makes(&mut mira, "Help").await;
    // The stream has no end to wait for.
    for (path, _) in guarded("get").filter(|(path, _)| !path.ends_with("/live")) {
        // A file has to be asked for by its format.
        let path = if path.ends_with("/changes/export") { format!("{path}?format=csv") } else { path };
        let page = mira.get(&path.replace(CHANGE, id).replace(PANEL, &panel)).await;
        // Things that this story has none of.
        let unmade = ["/commands/", "/tickets/", "/playlists/"].iter().any(|place| path.contains(place));
        let opens = page.status == 200 || path.ends_with("/invite") || (unmade && page.status == 404);
        assert!(opens, "{path}: {}", page.status);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(app.changes().await.0, 2, "looking changes nothing");
}
