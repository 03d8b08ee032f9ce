//! Every route there is, walked by people who may not use it. A route that is added and not listed here fails.

pub mod rows;

use std::collections::BTreeSet;

use discord_standin::seed;
use discord_standin::world::User;
use guildhall::settings::module::ModuleKey;
use rows::Rows;

use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::page::Page;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum For {
    Anybody,
    SignedIn,
    Managers,
}

/// As `src/routes.rs` has them: method, handler, path, and who may come. `{module}` stands for each module.
pub const ROUTES: &[(&str, &str, &str, For)] = &[
    ("get", "web::health::alive", "/healthz", For::Anybody),
    ("get", "web::health::ready", "/readyz", For::Anybody),
    ("get", "web::files::asset", "/static/{name}", For::Anybody),
    ("get", "web::files::favicon", "/favicon.ico", For::Anybody),
    ("get", "web::files::robots", "/robots.txt", For::Anybody),
    ("get", "crate::images::image", "/cdn/{path:.*}", For::Anybody),
    ("get", "web::signs::signs", "/emojis/{name}", For::Anybody),
    ("post", "accounts::choose_language", "/language", For::Anybody),
    ("get", "crate::landing::landing", "/", For::Anybody),
    ("get", "accounts::login", "/login", For::Anybody),
    ("get", "accounts::callback", "/auth/callback", For::Anybody),
    ("post", "accounts::logout", "/logout", For::SignedIn),
    ("get", "guilds::picker::picker", "/guilds", For::SignedIn),
    ("post", "guilds::pins::pin", "/guilds/pins", For::SignedIn),
    ("get", "palette::search", "/search", For::SignedIn),
    ("get", "accounts::preferences", "/account/preferences", For::SignedIn),
    ("post", "accounts::choose_preferences", "/account/preferences", For::SignedIn),
    ("get", "accounts::own::list", "/account/sessions", For::SignedIn),
    ("post", "accounts::own::end", "/account/sessions", For::SignedIn),
    ("get", "accounts::own::ask_to_end_others", "/account/sessions/others", For::SignedIn),
    ("get", "accounts::own::show", "/account", For::SignedIn),
    ("get", "accounts::own::ask_to_disconnect", "/account/disconnection", For::SignedIn),
    ("post", "accounts::own::disconnect", "/account/disconnection", For::SignedIn),
    ("get", "accounts::own::take_along", "/account/data", For::SignedIn),
    ("get", "accounts::own::ask_to_delete", "/account/deletion", For::SignedIn),
    ("post", "accounts::own::delete", "/account/deletion", For::SignedIn),
    ("get", "overview::overview", "/guilds/{guild_id}", For::Managers),
    ("get", "overview::invite", "/guilds/{guild_id}/invite", For::Managers),
    ("get", "palette::search_server", "/guilds/{guild_id}/search", For::Managers),
    ("get", "live::live", "/guilds/{guild_id}/live", For::Managers),
    ("get", "history::list", "/guilds/{guild_id}/changes", For::Managers),
    ("get", "history::export", "/guilds/{guild_id}/changes/export", For::Managers),
    ("get", "history::entry", "/guilds/{guild_id}/changes/{id}", For::Managers),
    ("get", "history::ask", "/guilds/{guild_id}/changes/{id}/restoration", For::Managers),
    ("post", "history::restore", "/guilds/{guild_id}/changes/{id}/restoration", For::Managers),
    ("get", "commands::command", "/guilds/{guild_id}/commands/{id}", For::Managers),
    ("post", "commands::again", "/guilds/{guild_id}/commands/{id}/again", For::Managers),
    ("get", "giveaways::list", "/guilds/{guild_id}/giveaways", For::Managers),
    ("post", "giveaways::create", "/guilds/{guild_id}/giveaways", For::Managers),
    ("get", "giveaways::new", "/guilds/{guild_id}/giveaways/new", For::Managers),
    ("post", "giveaways::preview", "/guilds/{guild_id}/giveaways/preview", For::Managers),
    ("post", "giveaways::check", "/guilds/{guild_id}/giveaways/check", For::Managers),
    ("post", "giveaways::check", "/guilds/{guild_id}/giveaways/{gid}/edit/check", For::Managers),
    ("get", "giveaways::export", "/guilds/{guild_id}/giveaways/export", For::Managers),
    ("get", "giveaways::entry", "/guilds/{guild_id}/giveaways/{gid}", For::Managers),
    ("get", "giveaways::edit", "/guilds/{guild_id}/giveaways/{gid}/edit", For::Managers),
    ("post", "giveaways::change", "/guilds/{guild_id}/giveaways/{gid}/edit", For::Managers),
    ("get", "giveaways::ask_ending", "/guilds/{guild_id}/giveaways/{gid}/ending", For::Managers),
    ("post", "giveaways::end", "/guilds/{guild_id}/giveaways/{gid}/ending", For::Managers),
    ("get", "giveaways::ask_cancellation", "/guilds/{guild_id}/giveaways/{gid}/cancellation", For::Managers),
    ("post", "giveaways::cancel", "/guilds/{guild_id}/giveaways/{gid}/cancellation", For::Managers),
    ("get", "giveaways::ask_reroll", "/guilds/{guild_id}/giveaways/{gid}/reroll", For::Managers),
    ("post", "giveaways::reroll", "/guilds/{guild_id}/giveaways/{gid}/reroll", For::Managers),
    ("get", "tickets::list", "/guilds/{guild_id}/tickets", For::Managers),
    ("get", "tickets::ratings", "/guilds/{guild_id}/tickets/ratings", For::Managers),
    ("get", "tickets::ticket", "/guilds/{guild_id}/tickets/{tid}", For::Managers),
    ("get", "tickets::transcript", "/guilds/{guild_id}/tickets/{tid}/transcript", For::Managers),
    ("get", "tickets::ask_closing", "/guilds/{guild_id}/tickets/{tid}/closing", For::Managers),
    ("post", "tickets::close", "/guilds/{guild_id}/tickets/{tid}/closing", For::Managers),
    ("post", "tickets::approve", "/guilds/{guild_id}/tickets/{tid}/rating/approval", For::Managers),
    ("post", "tickets::feature", "/guilds/{guild_id}/tickets/{tid}/rating/featuring", For::Managers),
    ("get", "tickets::ask_deletion", "/guilds/{guild_id}/tickets/{tid}/rating/deletion", For::Managers),
    ("post", "tickets::delete", "/guilds/{guild_id}/tickets/{tid}/rating/deletion", For::Managers),
    ("get", "music::list", "/guilds/{guild_id}/playlists", For::Managers),
    ("get", "music::begin", "/guilds/{guild_id}/playlists/new", For::Managers),
    ("post", "music::create", "/guilds/{guild_id}/playlists/new", For::Managers),
    ("post", "music::check", "/guilds/{guild_id}/playlists/new/check", For::Managers),
    ("post", "music::check", "/guilds/{guild_id}/playlists/{playlist_id}/check", For::Managers),
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
    ("post", "panels::check", "/guilds/{guild_id}/panels/{panel_id}/check", For::Managers),
    ("post", "panels::check_category", "/guilds/{guild_id}/panels/{panel_id}/categories/{number}/check", For::Managers),
    ("get", "panels::open_category", "/guilds/{guild_id}/panels/{panel_id}/categories/{number}", For::Managers),
    ("post", "panels::keep_category", "/guilds/{guild_id}/panels/{panel_id}/categories/{number}", For::Managers),
    ("get", "panels::ask_to_discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Managers),
    ("post", "panels::discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Managers),
    ("get", "panels::ask_to_delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Managers),
    ("post", "panels::delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Managers),
    ("post", "panels::post", "/guilds/{guild_id}/panels/{panel_id}/posting", For::Managers),
    ("get", "panels::ask_to_remove", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Managers),
    ("post", "panels::take_down", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Managers),
    ("get", "rooms::list", "/guilds/{guild_id}/rooms", For::Managers),
    ("get", "control_panel::ask::<Voice>", "/guilds/{guild_id}/rooms/panel", For::Managers),
    ("post", "control_panel::send::<Voice>", "/guilds/{guild_id}/rooms/panel", For::Managers),
    ("post", "control_panel::check::<Voice>", "/guilds/{guild_id}/rooms/panel/check", For::Managers),
    ("get", "rooms::ask", "/guilds/{guild_id}/rooms/{rid}/closing", For::Managers),
    ("post", "rooms::close", "/guilds/{guild_id}/rooms/{rid}/closing", For::Managers),
    ("get", "control_panel::ask::<Player>", "/guilds/{guild_id}/player/panel", For::Managers),
    ("post", "control_panel::send::<Player>", "/guilds/{guild_id}/player/panel", For::Managers),
    ("post", "control_panel::check::<Player>", "/guilds/{guild_id}/player/panel/check", For::Managers),
    ("get", "carry::export", "/guilds/{guild_id}/settings/export", For::Managers),
    ("get", "carry::offer", "/guilds/{guild_id}/settings/import", For::Managers),
    ("post", "carry::import", "/guilds/{guild_id}/settings/import", For::Managers),
    ("get", "carry::choose", "/guilds/{guild_id}/settings/copy", For::Managers),
    ("post", "carry::copy", "/guilds/{guild_id}/settings/copy", For::Managers),
    ("get", "show::show::<M>", "/guilds/{guild_id}/settings/{module}", For::Managers),
    ("post", "save::save::<M>", "/guilds/{guild_id}/settings/{module}", For::Managers),
    ("post", "try_out::preview::<M>", "/guilds/{guild_id}/settings/{module}/preview", For::Managers),
    ("post", "check::check::<M>", "/guilds/{guild_id}/settings/{module}/check", For::Managers),
    ("post", "look_again::check::<M>", "/guilds/{guild_id}/settings/{module}/checklist", For::Managers),
    ("post", "test_message::send::<M>", "/guilds/{guild_id}/settings/{module}/test", For::Managers),
    ("get", "reset::ask::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Managers),
    ("post", "reset::reset::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Managers),
];

const SOURCE: &str = include_str!("../../src/routes.rs");

/// Stands for a change in addresses; who may not come never learns whether there is one.
const CHANGE: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0de";

/// Stands for a giveaway, a ticket, a playlist, a panel.
const GIVEAWAY: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1d00d";
const TICKET: &str = "t-1";
const PLAYLIST: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0d0";
const PANEL: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0df";

/// Stands for a room.
const ROOM: &str = "816370501973721150";

/// The addresses of one route in the Harbour Club.
fn addresses(path: &str) -> Vec<String> {
    let path = path.replace("{guild_id}", &HARBOUR.to_string()).replace("{id}", CHANGE).replace("{rid}", ROOM);
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
    let paths = |method| guarded(method).filter(|(_, who)| *who == For::Managers).map(|(path, _)| path);
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
