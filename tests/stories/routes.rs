//! Every route there is, walked by people who may not use it. A route that is added and not listed here fails.

pub mod rows;
mod table;

use std::collections::BTreeSet;

use discord_standin::seed;
use discord_standin::world::User;
use guildhall::settings::module::ModuleKey;
use rows::Rows;

use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::page::Page;

pub use table::{For, ROUTES};

const SOURCE: &str = include_str!("../../src/routes.rs");

/// Stands for a change in addresses; who may not come never learns whether there is one.
const CHANGE: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0de";

/// Stands for a giveaway, a ticket, a playlist, a panel, a grant.
const GRANT: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0ee";
const GIVEAWAY: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1d00d";
const TICKET: &str = "t-1";
const PLAYLIST: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0d0";
const PANEL: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0df";

/// Stands for a room.
const ROOM: &str = "816370501973721150";

/// The addresses of one route in the Harbour Club.
fn addresses(path: &str) -> Vec<String> {
    let path = path
        .replace("{guild_id}", &HARBOUR.to_string())
        .replace("{id}", CHANGE)
        .replace("{rid}", ROOM)
        .replace("{grant_id}", GRANT);
    let path = path.replace("{gid}", GIVEAWAY).replace("{tid}", TICKET);
    let path = path.replace("{panel_id}", PANEL).replace("{playlist_id}", PLAYLIST).replace("{number}", "1");
    if !path.contains("{module}") {
        return vec![path];
    }
    ModuleKey::ALL.iter().map(|module| path.replace("{module}", module.as_str())).collect()
}

pub fn guarded(method: &str) -> impl Iterator<Item = (String, For)> {
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
    let paths = |method| guarded(method).filter(|(_, who)| who.is_of_a_server()).map(|(path, _)| path);
    let (gets, posts): (Vec<String>, Vec<String>) = (paths("get").collect(), paths("post").collect());
    let mut stage = Stage::default();
    // Fifteen doors for each outsider, because twenty refusals a minute are the limit of one.
    let mut outsiders = Vec::new();
    for number in 0..gets.len().div_ceil(15) + posts.len().div_ceil(15) {
        let id = stage.world.new_id();
        let outsider = stage.world.add_user(User::new(id, &format!("outsider{number}"), None));
        // Every other one is at least a member.
        if number % 2 == 0 {
            stage.world.add_member(seed::HARBOUR_CLUB, outsider, &[]).unwrap();
        }
        outsiders.push(outsider);
    }
    let app = TestApp::on(stage).await;
    for paths in gets.chunks(15) {
        let mut outsider = app.signed_in(outsiders.pop().unwrap()).await;
        for path in paths {
            is_refused(&outsider.get(path).await, path);
        }
    }
    for paths in posts.chunks(15) {
        let mut outsider = app.signed_in(outsiders.pop().unwrap()).await;
        let form = [("csrf_token".to_owned(), outsider.token().await), ("default_volume".to_owned(), "70".to_owned())];
        for path in paths {
            is_refused(&outsider.post(path, &form).await, path);
        }
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
    let (mut mira, _elsewhere) = (app.mira().await, app.mira().await);
    let rows = Rows::make(&app, &mut mira).await;
    let before = app.changes().await.0;
    for path in rows.pages() {
        let page = mira.get(&path).await;
        // What runs cannot be drawn again, which its page says.
        let elsewhere = path.ends_with("/invite") || path.ends_with("/reroll");
        assert!(page.status == 200 || elsewhere, "{path}: {}", page.status);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(app.changes().await.0, before, "looking changes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_out_is_in_sight_on_every_page_of_who_is_signed_in() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let mut pages = 0;
    for path in rows.pages() {
        let page = mira.get(&path).await;
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let form = "body > header form[method=post][action='/logout']";
        assert_eq!(page.texts(&format!("{form} button")), ["Sign out"], "{path}");
        let tokens = page.attributes(&format!("{form} input[name=csrf_token]"), "value");
        assert!(tokens.len() == 1 && !tokens[0].is_empty(), "{path}: it can be sent");
    }
    assert!(pages > 40, "{pages}");
    // The last of these forms is as good as the first.
    let out = mira.get("/account").await.form("/logout");
    assert_eq!(mira.post("/logout", &out).await.status, 303);
    assert!(!mira.is_signed_in().await);
}
