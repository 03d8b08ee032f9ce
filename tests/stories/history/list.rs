//! The list: the newest first, 25 a page, and what it costs.

use discord_standin::seed;

use super::{listed, log, saves};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_changes_says_so_and_one_with_changes_tells_them_newest_first() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let page = mira.get(&log()).await;
    assert!(page.has(".empty") && !page.has("form.filters"), "{}", page.main());
    assert!(page.title().contains("Harbour Club"));

    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut jonas, "tickets", &[("cooldown_minutes", "9")]).await;
    saves(&mut jonas, "music", &[("default_volume", "30")]).await;
    let reset = format!("{}/reset", settings("music"));
    let form = mira.get(&reset).await.form(&reset);
    assert_eq!(mira.post(&reset, &form).await.status, 303);
    let page = mira.get(&log()).await;
    let titles = page.texts(".log-entry h2");
    let wanted = [
        "Music, change 3 Reset",
        "Music, change 2 Changed",
        "Tickets, change 1 First save",
        "Music, change 1 First save",
    ];
    assert_eq!(titles, wanted);
    let people = page.texts(".log-entry bdi");
    assert_eq!(people.iter().map(|name| name.starts_with("Mira")).collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(page.attributes(".log-entry > div > .hint time[datetime]", "datetime").len(), 4);
    assert_eq!(page.attributes(".log-entry .delivery[id^=delivery-]", "id").len(), 4);
    assert!(page.texts(".log-facts li")[1].contains("20 % → to 30 %"), "{:?}", page.texts(".log-facts li"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_navigation_and_each_line_about_a_change_lead_to_the_log() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    for path in [settings("music"), format!("/guilds/{HARBOUR}")] {
        let page = mira.get(&path).await;
        assert!(page.attributes("nav.server a", "href").contains(&log()), "{path}");
        let change = page.attributes("#latest-music p a", "href").remove(0);
        assert_eq!(mira.get(&change).await.text("h1"), "Music, change 1 First save", "{path}");
    }
    assert_eq!(mira.get(&log()).await.attributes("nav.server a[aria-current]", "href"), [log()]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_changes_are_three_pages_to_walk_there_and_back_with_the_filter_kept() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for volume in 1..=60 {
        saves(&mut mira, "music", &[("default_volume", &volume.to_string())]).await;
    }
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    let first = mira.get(&format!("{}?module=music", log())).await;
    let mut seen = Vec::new();
    let mut page = first.clone();
    let mut sizes = Vec::new();
    loop {
        sizes.push(listed(&page).len());
        seen.extend(page.texts(".log-entry h2"));
        let Some(older) = page.attributes(".pager a[rel=next]", "href").pop() else { break };
        assert!(older.contains("module=music"), "{older}");
        // What is new does not move a page.
        saves(&mut mira, "tickets", &[("cooldown_minutes", &(10 + sizes.len()).to_string())]).await;
        page = mira.get(&older).await;
    }
    assert_eq!(sizes, [25, 25, 10]);
    let all: Vec<String> = (1..=60)
        .rev()
        .map(|n| format!("Music, change {n} {}", if n == 1 { "First save" } else { "Changed" }))
        .collect();
    assert_eq!(seen, all, "each once");

    let middle = mira.get(&page.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(middle.texts(".log-entry h2"), all[25..50]);
    let back = mira.get(&middle.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(listed(&back), listed(&first), "the first page is always full");
    assert!(!back.has(".pager a[rel=prev]"));
}
