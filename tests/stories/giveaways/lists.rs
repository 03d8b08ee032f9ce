//! The lists: one state at a time, its order, its pages, its filters.

use super::{MINUTE, at, insert, insert_many, list, prizes};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_state_has_its_list_and_its_count() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&list()).await;
    assert!(page.has(".empty") && page.has("#giveaways[data-live=giveaways]"), "{}", page.main());
    assert_eq!(page.attributes("nav.server a[aria-current]", "href"), [list()]);

    let now = app.clock.now();
    insert(&app, "r2", "running", &[("prize", "Later")]).await;
    insert(&app, "r1", "running", &[("prize", "Sooner"), ("ends_at", &(now + 5 * MINUTE).to_string())]).await;
    insert(&app, "s1", "scheduled", &[("prize", "Planned"), ("starts_at", &(now + 3000 * MINUTE).to_string())]).await;
    insert(&app, "e1", "ended", &[("prize", "Old"), ("winner_ids", "[\"445518183798022151\",\"555000111222333444\"]")])
        .await;
    insert(&app, "e2", "ended", &[("prize", "New"), ("closed_at", &now.to_string())]).await;
    insert(&app, "c1", "cancelled", &[("prize", "Off"), ("reason", "no sponsor")]).await;
    let page = mira.get(&list()).await;
    assert_eq!(prizes(&page), ["Sooner", "Later"]);
    assert_eq!(page.texts(".tabs a"), ["Running 2", "Planned 1", "Ended 2", "Cancelled 1"]);
    assert!(page.main().contains("2 h 5 min left") && page.main().contains("12 entries"), "{}", page.main());
    assert_eq!(page.attributes(".log-entry h2 a", "href"), [at("r1", ""), at("r2", "")]);

    let page = mira.get(&format!("{}?state=ended", list())).await;
    assert_eq!(prizes(&page), ["New", "Old"]);
    assert!(page.main().contains("Nobody won."), "{}", page.main());
    assert!(
        page.main().contains("Won by Mira") && page.main().contains("Member 555000111222333444"),
        "{}",
        page.main()
    );
    let page = mira.get(&format!("{}?state=scheduled", list())).await;
    assert_eq!(prizes(&page), ["Planned"]);
    assert!(page.main().contains("2 d 1 h left") || page.main().contains("2 d 2 h left"), "{}", page.main());
    let page = mira.get(&format!("{}?state=cancelled", list())).await;
    assert!(page.main().contains("no sponsor"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_that_have_ended_are_three_pages_to_walk_there_and_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let all: Vec<_> = (0..50).map(|n| (format!("g{n:02}"), "ended".to_owned())).collect();
    insert_many(&app, &all, &[]).await;
    let mut page = mira.get(&format!("{}?state=ended", list())).await;
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let ids = page.attributes(".log-entry h2 a", "href");
        sizes.push(ids.len());
        seen.extend(ids);
        let Some(next) = page.attributes(".pager a[rel=next]", "href").pop() else { break };
        assert!(next.contains("state=ended"), "{next}");
        // What is new does not move a page.
        insert(&app, &format!("new{}", sizes.len()), "ended", &[("closed_at", &app.clock.now().to_string())]).await;
        page = mira.get(&next).await;
    }
    assert_eq!(sizes, [20, 20, 10]);
    assert_eq!(seen, all.iter().map(|(id, _)| at(id, "")).collect::<Vec<_>>(), "each once");
    let middle = mira.get(&page.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(middle.attributes(".log-entry h2 a", "href"), seen[20..40]);
    let back = mira.get(&middle.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(back.attributes(".log-entry h2 a", "href"), seen[..20]);
    let first = mira.get(&back.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert!(!first.has(".pager a[rel=prev]"), "nothing stands in front of the first page");
    let newest = first.attributes(".log-entry h2 a", "href");
    assert_eq!((newest.len(), &newest[2..]), (20, &seen[..18]), "it is always full");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_narrowed_by_text_and_by_days_and_strange_parts_are_told() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "a", "ended", &[("prize", "50% off ÄRMEL"), ("closed_at", "1795000000000")]).await;
    insert(&app, "b", "ended", &[("prize", "500 points"), ("closed_at", "1795200000000")]).await;
    for (query, found) in [
        ("q=50%25", vec!["50% off ÄRMEL"]),
        ("q=%C3%A4rmel", vec!["50% off ÄRMEL"]),
        ("q=50", vec!["500 points", "50% off ÄRMEL"]),
        ("q=nothing", vec![]),
        ("from=2026-11-20", vec!["500 points"]),
        ("to=2026-11-18", vec!["50% off ÄRMEL"]),
        ("from=2026-11-18&to=2026-11-18", vec!["50% off ÄRMEL"]),
    ] {
        let page = mira.get(&format!("{}?state=ended&{query}", list())).await;
        assert_eq!(prizes(&page), found, "{query}");
        assert!(!page.has("#strange"), "{query}");
    }
    for query in ["state=open", "from=yesterday", "after=x", "before=1.a%2Fb"] {
        assert!(mira.get(&format!("{}?{query}", list())).await.has("#strange"), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_prize_is_text_whatever_it_says() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let prize = "\"'><img src=x onerror=alert(1)>\u{202E}evil";
    for (id, state) in [("h1", "running"), ("h2", "ended")] {
        insert(&app, id, state, &[("prize", prize)]).await;
    }
    let mut pages = vec![list(), format!("{}?state=ended", list()), at("h1", ""), at("h1", "/edit")];
    pages.extend([at("h1", "/ending"), at("h1", "/cancellation"), at("h2", "/reroll"), at("h2", "/ending")]);
    for path in pages {
        let page = mira.get(&path).await;
        assert!(!page.has("img[onerror]") && page.body.contains("&#34;") || page.body.contains("&quot;"), "{path}");
        let shown = page.body.contains('\u{202E}');
        assert!(!shown || path.ends_with("/edit"), "{path}: only a field holds it as it is");
    }
}
