//! What was typed when a session had ended, or had no second factor, is there after signing in, in every form in which something of worth is
//! typed; those of settings have stories of their own.

use std::time::Duration;

use discord_standin::seed::{self, roles};

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};
use crate::{giveaways, panels, playlists, tickets};

type Pairs = Vec<(String, String)>;

/// A form: its page, where it posts, and what is typed in it.
struct Form {
    page: String,
    action: String,
    typed: &'static [(&'static str, &'static str)],
}

fn at(tail: &str) -> String {
    format!("/guilds/{HARBOUR}{tail}")
}

fn form(page: &str, typed: &'static [(&'static str, &'static str)]) -> Form {
    Form { page: at(page), action: at(page), typed }
}

async fn forms(app: &TestApp, mira: &mut Visitor) -> Vec<Form> {
    giveaways::insert(app, "g-1", "running", &[("prize", "Hat")]).await;
    tickets::has_tickets(app, &[tickets::ticket(7, "open")]).await;
    let panel = panels::makes(mira, "Help desk").await;
    let playlist = playlists::makes(mira, "Mix", &["https://youtu.be/a"]).await;
    let playlist = playlist.split_once("/playlists").unwrap().1.to_owned();
    let new = form("/giveaways/new", &[("prize", "A boat"), ("secret_prize", "code-4711"), ("winners", "many")]);
    vec![
        Form { action: at("/giveaways"), ..new },
        form("/giveaways/g-1/edit", &[("prize", "A finer hat"), ("notes", "paid")]),
        form("/panels/new", &[("title", "Ask us"), ("color", "red")]),
        form(&format!("/panels/{panel}"), &[("footer", "Open all day")]),
        form(&format!("/panels/{panel}/categories/new"), &[("name", "Refunds"), ("description", "Money back")]),
        form(&format!("/panels/{panel}/categories/1"), &[("description", "Bills and so on")]),
        form("/playlists/new", &[("name", "Night drive")]),
        form(&format!("/playlists{playlist}"), &[("tracks.0.title", "The first one")]),
        form(&format!("/playlists{playlist}/import"), &[("addresses", "https://youtu.be/b\nhttps://youtu.be/c")]),
        form("/tickets/t-7/closing", &[("reason", "All is well again")]),
        form("/rooms/panel", &[("title", "Your rooms"), ("color", "red")]),
        form("/player/panel", &[("description", "Sing along")]),
        // Sam.
        form("/staff", &[("member", "608421957013504010"), ("days", "3")]),
    ]
}

/// As it was typed: without what each page makes anew, and with line ends as they are kept.
fn typed(form: &Pairs) -> Pairs {
    let own = form.iter().filter(|(name, _)| name != "csrf_token");
    let mut typed: Pairs = own.map(|(name, value)| (name.clone(), value.replace("\r\n", "\n"))).collect();
    typed.sort();
    typed
}

/// Sends a form of a browser that has been signed out in another tab.
async fn sends_too_late(visitor: &Visitor, action: &str, form: &Pairs) -> Page {
    let (mut tab, mut other) = (visitor.clone(), visitor.clone());
    let token: Pairs = form.iter().filter(|(name, _)| name == "csrf_token").cloned().collect();
    assert_eq!(other.post("/logout", &token).await.status, 303);
    let page = tab.post(action, form).await;
    assert_eq!(page.status, 401, "{action}: {}", page.main());
    page
}

/// Signs in by the link of a page; gives where that leads.
async fn signs_in_from(app: &TestApp, page: &Page) -> (Visitor, String) {
    let login = page.attributes("main a[href^=\"/login\"]", "href").remove(0);
    let mut again = app.visitor();
    let to_discord = again.get(&login).await;
    let callback = again.decides(to_discord.location(), seed::MIRA, "authorize").await;
    let to = again.get(&callback).await.location().to_owned();
    (again, to)
}

/// The texts of all drafts as they are stored.
async fn stored(app: &TestApp) -> Vec<String> {
    use diesel::prelude::*;
    use guildhall::schema::drafts::dsl::*;
    let read = app.parts.db.run(|conn| Ok::<_, guildhall::db::DbError>(drafts.select(body).load::<String>(conn)?));
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_form_stands_as_it_was_typed_after_signing_in_again_and_for_nobody_else() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let all = forms(&app, &mut mira).await;
    let before = app.changes().await.0;
    for Form { page, action, typed: edits } in all {
        // A minute has its limit of writes, and of sign-ins.
        app.clock.advance(Duration::from_secs(600));
        let mira = app.mira().await;
        let fresh = mira.clone().get(&page).await;
        let sent = edited(fresh.form(&action), edits);
        let refused = sends_too_late(&mira, &action, &sent).await;
        assert!(refused.main().contains("what you typed is kept"), "{page}: {}", refused.main());

        let (mut again, to) = signs_in_from(&app, &refused).await;
        assert_eq!(to, format!("{page}?draft=1"), "straight back to the form");
        let shown = again.get(&to).await;
        assert_eq!(shown.status, 200, "{page}: {}", shown.main());
        assert!(shown.main().contains("before you signed in again"), "{page}: {}", shown.main());
        assert_eq!(typed(&shown.form(&action)), typed(&sent), "{page}");
        assert!(shown.has("[data-typed]"), "{page}: leaving asks");

        let theirs = jonas.get(&to).await;
        assert_eq!(theirs.status, 200, "{page}");
        assert!(!theirs.main().contains("before you signed in again"), "{page}: nobody else sees it");
        for (name, value) in edits {
            assert!(!theirs.form(&action).contains(&((*name).into(), (*value).into())), "{page}: {name}");
        }
        let kept = stored(&app).await.join("\n");
        let token = &sent.iter().find(|(name, _)| name == "csrf_token").unwrap().1;
        assert!(!kept.contains("4711") && !kept.contains(token.as_str()), "{page}: what is stored is sealed");
        assert!(!again.get(&page).await.main().contains("before you signed in again"), "{page}: only if asked for");
    }
    assert_eq!(app.changes().await.0, before, "nothing was saved, sent or posted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_was_kept_can_be_sent_and_is_kept_no_longer() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let wrong = ["/giveaways/new", "/panels/new", "/rooms/panel", "/player/panel"].map(at);
    for Form { page, action, typed: edits } in forms(&app, &mut mira).await {
        if wrong.contains(&page) {
            continue;
        }
        app.clock.advance(Duration::from_secs(600));
        let mira = app.mira().await;
        let sent = edited(mira.clone().get(&page).await.form(&action), edits);
        let refused = sends_too_late(&mira, &action, &sent).await;
        let (mut again, to) = signs_in_from(&app, &refused).await;
        let shown = again.get(&to).await;
        let saved = again.post(&action, &shown.form(&action)).await;
        assert_eq!(saved.status, 303, "{page}: {}", saved.main());
        assert_eq!(app.people().await.drafts, 0, "{page}");
        let gone = again.get(&to).await;
        assert!(!gone.main().contains("before you signed in again"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_that_was_deleted_meanwhile_still_shows_what_was_typed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let playlist = playlists::makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    let sent = edited(mira.get(&playlist).await.form(&playlist), &[("name", "Night drive")]);
    let mut jonas = app.signed_in(seed::JONAS).await;
    let asks = jonas.get(&format!("{playlist}/deletion")).await;
    let deletion = format!("{playlist}/deletion");
    assert_eq!(jonas.post(&deletion, &asks.form(&deletion)).await.status, 303);
    let refused = sends_too_late(&mira, &playlist, &sent).await;
    let (mut again, to) = signs_in_from(&app, &refused).await;
    let page = again.get(&to).await;
    assert_eq!(page.status, 200, "{}", page.main());
    let new = at("/playlists/new");
    let form = page.form(&new);
    assert!(form.contains(&("name".into(), "Night drive".into())), "{form:?}");
    assert_eq!(again.post(&new, &form).await.status, 303, "it is made anew");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_lost_the_server_meanwhile_does_not_get_what_they_typed_there() {
    let app = TestApp::start().await;
    let jonas = app.signed_in(seed::JONAS).await;
    let new = at("/playlists/new");
    let sent = edited(jonas.clone().get(&new).await.form(&new), &[("name", "Night drive")]);
    let refused = sends_too_late(&jonas, &new, &sent).await;
    assert!(refused.main().contains("what you typed is kept"), "{}", refused.main());
    let lost = |world: &mut discord_standin::World| {
        world.set_member_roles(seed::HARBOUR_CLUB, seed::JONAS, &[roles::MEMBER]).unwrap();
    };
    app.discord.edit(lost);
    app.clock.advance(Duration::from_secs(61));
    let mut again = app.signed_in(seed::JONAS).await;
    let page = again.get(&format!("{new}?draft=1")).await;
    page.explains(403, "cannot manage");
    assert!(!page.body.contains("Night drive"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_asked_for_too_late_keeps_its_form_and_a_token_of_nobodys_keeps_nothing() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let new = at("/giveaways/new");
    let sent = edited(mira.clone().get(&new).await.form(&at("/giveaways")), &[("prize", "A boat")]);
    let foreign = edited(sent.clone(), &[("csrf_token", "x")]);
    let page = app.visitor().post(&at("/giveaways"), &foreign).await;
    assert_eq!(page.status, 401);
    assert!(!page.main().contains("is kept"), "{}", page.main());
    assert_eq!(app.people().await.drafts, 0);
    let refused = sends_too_late(&mira, &at("/giveaways/preview"), &sent).await;
    let (mut again, to) = signs_in_from(&app, &refused).await;
    assert_eq!(to, format!("{new}?draft=1"));
    assert!(again.get(&to).await.form(&at("/giveaways")).contains(&("prize".into(), "A boat".into())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_form_refused_for_want_of_a_second_factor_stands_as_typed_after_signing_in_with_one() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let all = forms(&app, &mut mira).await;
    let is_asked = |asked| app.discord.edit(|world| world.require_mfa(seed::HARBOUR_CLUB, asked)).unwrap();
    let has_one = |has| app.discord.edit(|world| world.set_mfa(seed::MIRA, has)).unwrap();
    for Form { page, action, typed: edits } in all {
        is_asked(false);
        has_one(false);
        app.clock.advance(Duration::from_secs(600));
        let mut mira = app.mira().await;
        let sent = edited(mira.get(&page).await.form(&action), edits);
        is_asked(true);
        app.clock.advance(Duration::from_secs(61));
        let refused = mira.post(&action, &sent).await;
        refused.explains(403, "two-factor authentication");
        assert!(refused.main().contains("what you typed is kept"), "{page}: {}", refused.main());

        // Signing in once more without it loses nothing either.
        let (mut still, to) = signs_in_from(&app, &refused).await;
        let shown = still.get(&to).await;
        assert!(shown.main().contains("two-factor authentication"), "{page}: {}", shown.main());
        has_one(true);
        let (mut again, to) = signs_in_from(&app, &shown).await;
        assert_eq!(to, format!("{page}?draft=1"), "straight back to the form");
        let shown = again.get(&to).await;
        assert!(shown.main().contains("before you signed in again"), "{page}: {}", shown.main());
        assert_eq!(typed(&shown.form(&action)), typed(&sent), "{page}");
    }
}
