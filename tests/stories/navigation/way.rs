//! What a page is called, the way to it, and what it tells browsers of itself.

use discord_standin::seed;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;
use crate::tickets::{has_tickets, ticket};

const CRUMBS: &str = ".crumbs li";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_says_where_it_is_in_its_title_and_in_the_way_to_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has_tickets(&app, &[ticket(1, "open")]).await;
    let playlist = crate::playlists::makes(&mut mira, "Mix", &[]).await;
    // What was said of it is said once.
    mira.get("/guilds").await;
    let below = playlist.strip_prefix(&format!("/guilds/{HARBOUR}")).unwrap_or(&playlist).to_owned();
    let pages: &[(&str, &[&str])] = &[
        ("/settings/music", &["Music"]),
        ("/settings/music/reset", &["Music", "Set back to defaults"]),
        ("/giveaways", &["Giveaways"]),
        ("/giveaways/new", &["Giveaways", "New giveaway"]),
        ("/tickets/t-1", &["All tickets", "Ticket 1"]),
        ("/tickets/t-1/closing", &["All tickets", "Ticket 1", "Close Ticket 1"]),
        ("/tickets/ratings", &["All tickets", "Ratings of tickets"]),
        (&format!("{below}/deletion"), &["Playlists", "Mix", "Delete Mix?"]),
        ("/settings/import", &["Export, import, copy"]),
        ("/settings/copy", &["Export, import, copy", "Copy"]),
        ("/changes", &["Change log"]),
        ("/search?q=volume", &["Search"]),
    ];
    let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
    for (path, way) in pages {
        let page = mira.get(&format!("/guilds/{HARBOUR}{path}")).await;
        assert_eq!(page.status, 200, "{path}");
        let steps: Vec<String> = page.texts(CRUMBS).iter().map(|text| plain(text)).collect();
        assert_eq!(
            (steps[0].as_str(), &steps[1..].iter().map(String::as_str).collect::<Vec<_>>()[..]),
            ("Harbour Club", *way),
            "{path}"
        );
        assert_eq!(page.texts(".crumbs [aria-current=page]").len(), 1, "{path}");
        assert_eq!(page.attributes(".crumbs a", "href").len(), way.len(), "all but the last lead somewhere: {path}");
        for href in page.attributes(".crumbs a", "href") {
            assert_eq!(mira.get(&href).await.status, 200, "{path}: {href}");
        }
        let title = plain(&page.title());
        let (place, last) = (way[0], way[way.len() - 1]);
        let named = if way.len() > 1 { format!("{last} · {place}") } else { last.to_owned() };
        assert_eq!(title, format!("{named} · Harbour Club · Guildhall"), "{path}");
    }
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert_eq!((plain(&overview.title()).as_str(), overview.has(".crumbs")), ("Harbour Club · Guildhall", false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_comes_first_in_a_title_and_not_in_the_way() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let saved = mira.saves("music", &[("default_volume", "20")]).await;
    let saved = mira.follows(&saved).await;
    assert!(saved.title().starts_with("Saved: Music · "), "{}", saved.title());
    let wrong = mira.saves("music", &[("default_volume", "loud")]).await;
    assert!(wrong.title().starts_with("Error: Music · "), "{}", wrong.title());
    for page in [&saved, &wrong] {
        assert_eq!(page.texts(CRUMBS), ["Harbour Club", "Music"]);
    }
    // The form, and what is wrong in it, can be gone to at once.
    assert_eq!(wrong.attributes("a.skip", "href"), ["#main", "#errors", "#form"]);
    assert_eq!(saved.attributes("a.skip", "href"), ["#main", "#form"]);
    for id in ["main", "errors", "form"] {
        assert!(wrong.has(&format!("[id={id}]")), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_navigation_names_its_parts_and_each_place_once() {
    let app = TestApp::start().await;
    let page = app.mira().await.get(&settings("tickets")).await;
    assert_eq!(page.texts(".server-nav .nav-group"), ["Settings", "Live", "History"]);
    for id in page.attributes(".server-nav ul[aria-labelledby]", "aria-labelledby") {
        assert!(page.has(&format!("[id={id}]")));
    }
    let names = page.texts(".server-nav .nav-text");
    let once: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(once.len(), names.len(), "{names:?}");
    assert_eq!(page.texts(".server-nav li .state").len(), 4, "modules say whether they are on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_says_what_others_show_of_it_and_pages_of_people_say_nothing() {
    let app = TestApp::start().await;
    let mut stranger = app.visitor();
    let page = stranger.get("/").await;
    let meta = |name: &str| page.attributes(&format!("meta[property='og:{name}']"), "content").remove(0);
    assert_eq!(meta("url"), format!("{}/", app.url()));
    assert!(meta("title").contains("Guildhall") && meta("description").len() > 40 && !meta("image:alt").is_empty());
    let image = meta("image");
    let image = image.strip_prefix(&app.url()).expect("a whole address of ours");
    let icon = page.attributes("link[rel=apple-touch-icon]", "href").remove(0);
    for (path, size, most) in [(image, (1200, 630), 60 * 1024), (icon.as_str(), (180, 180), 10 * 1024)] {
        let answer = stranger.request(reqwest::Method::GET, path).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "image/png");
        let bytes = answer.bytes().await.unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!((&bytes[1..4], (number(16), number(20))), (&b"PNG"[..], size));
        assert!(bytes.len() <= most, "{path}: {}", bytes.len());
    }
    let mut mira = app.mira().await;
    for path in
        ["/guilds", &format!("/guilds/{HARBOUR}"), "/account/preferences", &format!("/guilds/{}", seed::WORKSHOP)]
    {
        let page = mira.get(path).await;
        assert!(!page.has("meta[property]") && !page.has("meta[name=description]"), "{path}");
        assert_eq!(page.attributes("meta[name='theme-color']", "media").len(), 2, "light and dark");
    }
}
