//! Anything by its name: what is found, in which order, and what never is.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, seed};
use guildhall::modules;
use guildhall::settings::view::element_id;

use super::part;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::{Visitor, settings};

const FOUND: &str = ".found a";

fn search(query: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    format!("/guilds/{HARBOUR}/search?q={encoded}")
}

/// Where the things lead that are found, the best first.
async fn finds(visitor: &mut Visitor, query: &str) -> Vec<String> {
    let page = part(visitor, "palette", &search(query)).await;
    assert_eq!(page.status, 200, "{query}: {}", page.body);
    page.attributes("[role=option]", "href")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_setting_is_found_by_its_forms_name_and_leads_to_what_is_there() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut looked_for = 0;
    for module in &modules::ALL {
        let key = module.key.as_str();
        let form = mira.get(&settings(key)).await;
        for field in module.fields() {
            let wanted = format!("{}#{}", settings(key), element_id(field.name));
            let found = finds(&mut mira, &format!("{key} {}", field.name)).await;
            assert!(found.iter().take(3).any(|href| *href == wanted), "{key} {}: {found:?}", field.name);
            let elements = found.iter().filter_map(|href| href.strip_prefix(&format!("{}#", settings(key))));
            for id in elements {
                assert!(form.has(&format!("[id='{id}']")), "{id} is not on the page of {key}");
            }
            looked_for += 1;
        }
    }
    assert!(looked_for > 80, "{looked_for}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_are_found_in_any_order_without_marks_and_with_a_slip() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let skip = format!("{}#f-vote-skip-percent", settings("music"));
    for query in [
        "vote skip percent",
        "percent skip vote",
        "VÖTE skíp pêrcent",
        "vote skpi percent",
        "vote_skip_percent",
        "votes needed",
        "needed of votes",
        "vote ski per",
    ] {
        assert_eq!(finds(&mut mira, query).await[0], skip, "{query}");
    }
    let embed = format!("{}#f-welcome-message-embed-title", settings("tickets"));
    assert!(finds(&mut mira, "welcome message title").await.contains(&embed));
    let rows = format!("{}#f-creators", settings("tempvoice"));
    assert!(finds(&mut mira, "creator user limit").await.contains(&rows), "fields of rows lead to their list");
    for (query, tail) in [("playlists", "/playlists"), ("audit", "/changes"), ("new giveaway", "/giveaways/new")] {
        let found = finds(&mut mira, query).await;
        assert_eq!(found[0], format!("/guilds/{HARBOUR}{tail}"), "{query}: {found:?}");
    }
    assert_eq!(finds(&mut mira, "music").await[0], settings("music"));
    assert_eq!(finds(&mut mira, "time zone").await[0], "/account/preferences#f-time-zone");
    assert_eq!(finds(&mut mira, "xylophone quartz").await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_without_a_script_shows_the_same_and_the_module_is_kept_for_other_servers() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&search("max volume")).await;
    assert_eq!(page.attributes(FOUND, "href"), finds(&mut mira, "max volume").await);
    assert!(page.text(FOUND).contains("Setting") && page.text(FOUND).contains("Music"), "{}", page.text(FOUND));
    assert_eq!(page.attributes("main form input[name=q]", "value"), ["max volume"]);
    assert_eq!(page.attributes("nav.server a[aria-current]", "href"), [""; 0], "it is no place of the navigation");
    let kept = mira.get(&format!("{}&module=music", search("fresh"))).await;
    assert_eq!(kept.attributes(FOUND, "href")[0], format!("/guilds/{}/settings/music", seed::TINY));
    let plain = mira.get("/search?q=harbour").await;
    assert_eq!(plain.attributes(FOUND, "href"), [format!("/guilds/{HARBOUR}")]);
    let all = mira.get(&search("")).await;
    assert!(all.attributes(FOUND, "href").contains(&settings("tickets")), "something is offered at once");
    let none = mira.get(&search("xylophone")).await;
    assert!(!none.has(FOUND) && none.main().contains("xylophone"), "{}", none.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_others_is_never_found() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut noor = app.signed_in(seed::NOOR).await;
    for query in ["library", "the", "", "server", &seed::LIBRARY.to_string()] {
        let page = mira.get(&search(query)).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("The Library") && !page.body.contains(&format!("/guilds/{}", seed::LIBRARY)));
        let own = [HARBOUR, seed::ARCADE.0, seed::WORKSHOP.0, seed::TINY.0, seed::HOSTILE.0];
        for href in page.attributes(FOUND, "href") {
            let on_own = own.iter().any(|id| href.starts_with(&format!("/guilds/{id}")));
            let of_oneself = href == "/guilds" || href == "/account" || href.starts_with("/account/");
            assert!(on_own || of_oneself, "{query}: {href}");
        }
        let page = noor.get(&format!("/search?q={query}")).await;
        assert!(!page.body.contains("Harbour Club") && !page.body.contains("/settings/"), "{query}");
    }
    let refused = noor.get(&search("volume")).await;
    refused.explains(403, "cannot manage this server");
    assert!(!refused.body.contains("Harbour Club"));
    let refused = part(&mut mira, "palette", &format!("/guilds/{}/search?q=volume", seed::LIBRARY)).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_text_whatever_is_in_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let long = "volume ".repeat(2_000);
    for query in
        ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a\0b\u{202e}c", &long[..4_000], "%", "'"]
    {
        for page in [mira.get(&search(query)).await, part(&mut mira, "palette", &search(query)).await] {
            assert_eq!(page.status, 200, "{query:?}");
            assert!(!page.body.contains("<script>alert") && !page.has("[onerror]"), "{query:?}");
            assert!(!page.text("body").contains('\u{202e}'), "{query:?}");
        }
    }
    assert_eq!(mira.get(&format!("/guilds/{HARBOUR}/search?q=%FF%FE&module=../x")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_discord_does_not_list_servers_everything_else_is_found() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.opens("music").await;
    app.clock.advance(Duration::from_secs(61));
    app.discord.fault(Fault::at("/api/v10/users/@me/guilds", FaultKind::ServerError));
    let page = mira.get(&search("max volume")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attributes(FOUND, "href")[0], format!("{}#f-max-volume", settings("music")));
    assert!(page.main().contains("Discord does not say right now"), "{}", page.main());
}
