//! What staff are shown: their servers, their modules, and no way to where they may not go.

use std::collections::BTreeSet;

use discord_standin::seed::{self, channels, roles};
use scraper::{Html, Selector};

use super::{Kind, To, gives, has};
use crate::commands::ending;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};
use crate::tickets::{has_rating, has_tickets, ticket};

const HOME: u64 = HARBOUR;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_find_their_server_and_only_what_is_theirs_on_it() {
    let app = TestApp::start().await;
    let (mut mira, mut noor) = (app.mira().await, app.signed_in(seed::NOOR).await);
    assert!(!noor.get("/guilds").await.main().contains("Harbour Club"));
    gives(&mut mira, &[("role_ids", &roles::SUPPORT.to_string()), ("module", "tickets"), ("acts", "on")]).await;
    mira.saves("music", &[("default_volume", "70")]).await;
    let list = noor.get("/guilds").await;
    assert!(list.main().contains("Harbour Club") && list.main().contains("You are staff here"), "{}", list.main());
    let page = noor.get(&format!("/guilds/{HOME}")).await;
    let nav: BTreeSet<String> = page.attributes("nav a[href^='/guilds/']", "href").into_iter().collect();
    let theirs: Vec<&str> = nav.iter().filter_map(|href| href.strip_prefix(&format!("/guilds/{HOME}/"))).collect();
    assert_eq!(theirs, ["changes", "panels", "settings/tickets", "tickets"], "{nav:?}");
    assert_eq!(page.texts("#module-cards h3"), ["Tickets"]);
    for words in ["Music", "Giveaway", "TempVoice", "Export, import"] {
        assert!(!page.main().contains(words), "{words}: {}", page.main());
    }
    let found = noor.get(&format!("/guilds/{HOME}/search?q=volume")).await;
    assert!(!found.body.contains("/settings/music"), "{}", found.main());
    let found = noor.get(&format!("/guilds/{HOME}/search?q=support+roles")).await;
    assert!(found.body.contains("/settings/tickets"), "{}", found.main());
    noor.get(&format!("/guilds/{HOME}/staff")).await.explains(403, "not let in");
    // They may keep it at the top of their list.
    let token = noor.token().await;
    let pin = [("csrf_token".to_owned(), token), ("pin".to_owned(), HOME.to_string())];
    assert_eq!(noor.post("/guilds/pins", &pin).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_look_is_told_so_and_finds_nothing_to_press() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), ("all", false, false), None).await;
    let mut sam = app.signed_in(seed::SAM).await;
    for module in ["tempvoice", "giveaway", "tickets", "music"] {
        let page = sam.get(&settings(module)).await;
        assert_eq!(page.status, 200);
        assert!(page.text("#read-only").contains("ask somebody who manages"), "{module}: {}", page.main());
        assert!(!page.has(".save-bar") && !page.has("a[href$='/reset']"), "{module}");
        let sent: Vec<String> = page.form(&settings(module)).into_iter().map(|(name, _)| name).collect();
        assert!(sent.iter().all(|name| ["csrf_token", "revision", "schema"].contains(&name.as_str())), "{sent:?}");
        let buttons = page.attributes("main button[formaction]", "formaction");
        let of_the_form = page.attributes("main fieldset[disabled] button[formaction]", "formaction");
        assert_eq!(buttons, of_the_form, "{module}");
    }
    has_tickets(&app, &[ticket(1, "open")]).await;
    crate::giveaways::insert(&app, "g-1", "running", &[]).await;
    for tail in ["tickets/t-1", "tickets/ratings", "giveaways", "giveaways/g-1", "panels", "playlists", "rooms"] {
        let page = sam.get(&format!("/guilds/{HOME}/{tail}")).await;
        assert!(page.text("#read-only").contains("ask somebody who manages"), "{tail}: {}", page.main());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_overview_invites_nobody_to_change_who_may_not() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), ("all", false, true), None).await;
    has(&app, To::Role(roles::EVENT_HOST), ("music", true, false), None).await;
    for (person, lead) in [
        (seed::MIRA, "Choose a module to change it"),
        (seed::NOOR, "Choose a module to change it"),
        (seed::SAM, "Choose a module to see how it is set"),
    ] {
        let page = app.signed_in(person).await.get(&format!("/guilds/{HOME}")).await;
        assert!(page.text("main .lead").contains(lead), "{}", page.text("main .lead"));
    }
}

/// Ways on a page that can be gone: links to this server, and forms and buttons that are not switched off.
fn ways(page: &Page) -> (BTreeSet<String>, BTreeSet<String>) {
    let home = format!("/guilds/{HOME}");
    let own =
        |href: &String| href == &home || href.starts_with(&format!("{home}/")) || href.starts_with(&format!("{home}?"));
    let without_mark = |href: String| href.split('#').next().unwrap_or_default().to_owned();
    let links = page.attributes("a[href]", "href").into_iter().map(without_mark).filter(|href| own(href)).collect();
    let html = Html::parse_document(&page.body);
    let (forms, buttons) = (Selector::parse("form[method=post]").unwrap(), Selector::parse("button").unwrap());
    let is_off = |one: scraper::ElementRef<'_>| {
        let mut around = one.ancestors().filter_map(scraper::ElementRef::wrap);
        one.attr("disabled").is_some()
            || around.any(|up| up.value().name() == "fieldset" && up.attr("disabled").is_some())
    };
    let mut posts = BTreeSet::new();
    for form in html.select(&forms) {
        for button in form.select(&buttons).filter(|one| !is_off(*one) && one.attr("type") != Some("button")) {
            let to = button.attr("formaction").or(form.attr("action")).unwrap_or_default();
            posts.extend(Some(without_mark(to.to_owned())).filter(|href| own(href)));
        }
    }
    (links, posts)
}

/// Goes every way there is from the overview; gives what was refused.
pub async fn goes_everywhere(visitor: &mut Visitor) -> (usize, Vec<String>) {
    let (mut seen, mut next) = (BTreeSet::new(), vec![format!("/guilds/{HOME}")]);
    let (mut pressed, mut refused) = (BTreeSet::new(), Vec::new());
    while let Some(path) = next.pop() {
        // Filters and cursors lead to the same pages; files and streams to none.
        let bare = path.split('?').next().unwrap_or_default().to_owned();
        if bare.ends_with("/live") || bare.ends_with("/export") || !seen.insert(bare) {
            continue;
        }
        let page = visitor.get(&path).await;
        if page.status == 403 {
            refused.push(format!("{path}: {}", page.text("h1")));
        }
        let (links, posts) = ways(&page);
        next.extend(links);
        pressed.extend(posts);
    }
    let token = visitor.token().await;
    for path in &pressed {
        // Nothing but a token: whatever it says, it must not be that they may not.
        let page = visitor.post(path, &[("csrf_token".to_owned(), token.clone())]).await;
        if page.status == 403 {
            refused.push(format!("POST {path}: {}", page.text("h1")));
        }
    }
    (seen.len(), refused)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_way_on_any_page_leads_staff_to_where_they_may_not_go() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for volume in ["20", "30"] {
        mira.saves("music", &[("default_volume", volume)]).await;
    }
    has_tickets(&app, &[ticket(1, "open"), ticket(2, "closed")]).await;
    has_rating(&app, "t-2", 4, Some("kind"), seed::JONAS).await;
    crate::happenings::is_open(&app, "816370501973721150").await;
    crate::giveaways::insert(&app, "g-1", "running", &[]).await;
    crate::panels::makes(&mut mira, "Help").await;
    crate::playlists::makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    crate::commands::gives(&app, seed::MIRA, ending("g-1")).await;
    let kinds = [Kind::Viewer, Kind::Editor, Kind::Actor]
        .map(|kind| ["tempvoice", "giveaway", "tickets", "music"].map(|module| kind.grant(module)));
    let mut all: Vec<(&str, bool, bool)> = kinds.into_iter().flatten().collect();
    all.extend([("all", false, false), ("all", true, true)]);
    for grant in all {
        let person = app.discord.edit(|world| {
            let id = world.new_id();
            world.add_user(discord_standin::world::User::new(id, "hand", None));
            world.add_member(seed::HARBOUR_CLUB, id, &[]).unwrap();
            id
        });
        has(&app, To::Person(person), grant, None).await;
        let (pages, refused) = goes_everywhere(&mut app.signed_in(person).await).await;
        assert!(refused.is_empty(), "{grant:?}:\n{}", refused.join("\n"));
        assert!(pages >= 3, "{grant:?} has found only {pages} pages");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_cannot_make_the_bot_do_what_they_could_not() {
    let app = TestApp::start().await;
    has(&app, To::Person(seed::SAM), ("all", true, true), None).await;
    let mut sam = app.signed_in(seed::SAM).await;
    let page = sam.get(&settings("tempvoice")).await;
    assert!(!page.body.contains("mod-log"), "a channel they cannot see is not offered");
    let hidden = channels::MOD_LOG.to_string();
    let dj = roles::DJ.to_string();
    for (field, value, words) in [("voice_role_id", &dj, "manage roles"), ("log_channel_id", &hidden, "cannot see")] {
        let form = edited(sam.opens("tempvoice").await, &[(field, value)]);
        let page = sam.post(&settings("tempvoice"), &form).await;
        assert_eq!(page.status, 422, "{field}");
        assert!(page.text("#errors").contains(words), "{words}: {}", page.text("#errors"));
        assert!(!page.body.contains("mod-log"));
    }
    assert_eq!(app.changes().await, (0, 0));
    assert_eq!(
        sam.saves("tempvoice", &[("empty_grace_seconds", "20")]).await.status,
        303,
        "and what they could, they can"
    );
}
