//! The lists: who waits longest first, what was closed last first, 20 a page, and what a page costs.

use discord_standin::seed;
use scraper::Html;

use super::{Ticket, has_tickets, ticket, tickets};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

fn names(page: &Page) -> Vec<String> {
    page.texts(".log-entry h2 a")
}

async fn shown(visitor: &mut Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("{}?{query}", tickets())).await;
    assert_eq!(page.status, 200, "{query}");
    assert!(!Html::parse_document(&page.body).root_element().html().is_empty());
    names(&page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_tickets_says_so_in_each_list() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (state, words) in [("open", "No ticket waits"), ("claimed", "Nobody is busy"), ("closed", "was closed yet")] {
        let page = mira.get(&format!("{}?state={state}", tickets())).await;
        assert!(page.text(".empty h2").contains(words), "{}", page.main());
        assert_eq!(page.texts(".tabs .tag"), ["0", "0", "0"]);
    }
    let page = mira.get(&tickets()).await;
    assert!(page.title().contains("Harbour Club"), "{}", page.title());
    assert_eq!(page.attributes("nav.server a[aria-current]", "href"), [tickets()]);
    let form = mira.get(&crate::support::visitor::settings("tickets")).await;
    assert_eq!(form.attributes("nav.server a[aria-current]", "href").len(), 1, "the module is another place");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_list_shows_its_tickets_with_all_that_is_known() {
    let app = TestApp::start().await;
    let all = [ticket(1, "open"), ticket(2, "open"), ticket(3, "claimed"), ticket(4, "closed"), ticket(5, "deleted")];
    has_tickets(&app, &all).await;
    has_tickets(&app, &[Ticket { guild: seed::ARCADE.0, ..ticket(9, "open") }]).await;
    let mut mira = app.mira().await;
    let page = mira.get(&tickets()).await;
    assert_eq!(names(&page), ["Ticket 1", "Ticket 2"], "who waits longest stands first");
    assert_eq!(page.texts(".tabs .tag"), ["2", "1", "2"]);
    let first = &page.texts(".log-entry")[0];
    for part in ["Billing", "Opener 1", "20 Nov 2026, 12:01:00 UTC", "open for"] {
        assert!(first.contains(part), "{part}: {first}");
    }
    assert!(page.has("#tickets-list[data-live=tickets]") && page.has(".as-of a"), "{}", page.main());

    let page = mira.get(&format!("{}?state=claimed", tickets())).await;
    assert!(page.text(".log-entry").contains("Claimed by Jonas"), "{}", page.main());
    let page = mira.get(&format!("{}?state=closed", tickets())).await;
    assert_eq!(names(&page), ["Ticket 5", "Ticket 4"], "what was closed last stands first");
    assert_eq!(page.texts(".log-entry .tag-strong"), ["Channel deleted"]);
    let last = &page.texts(".log-entry")[1];
    assert!(last.contains("by Jonas") && last.contains("Reason: solved") && !last.contains("open for"), "{last}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_finds_an_opener_a_number_an_id_and_a_category() {
    let app = TestApp::start().await;
    let odd = Ticket { opener: "ÅSA 100%".into(), category: "Appeal_s".into(), ..ticket(3, "open") };
    has_tickets(&app, &[ticket(1, "open"), ticket(12, "open"), odd, ticket(2, "closed")]).await;
    let mut mira = app.mira().await;
    assert_eq!(shown(&mut mira, "q=%2312").await, ["Ticket 12"]);
    assert_eq!(shown(&mut mira, "q=12").await, ["Ticket 12"]);
    assert_eq!(shown(&mut mira, "q=OPENER+1").await, ["Ticket 1", "Ticket 12"]);
    assert_eq!(shown(&mut mira, "q=bill").await, ["Ticket 1", "Ticket 12"]);
    assert_eq!(shown(&mut mira, "q=%C3%A5sa").await, ["Ticket 3"]);
    assert_eq!(shown(&mut mira, "q=100%25").await, ["Ticket 3"]);
    assert_eq!(shown(&mut mira, "q=l_s").await, ["Ticket 3"], "no sign stands for another one");
    assert_eq!(shown(&mut mira, "q=_").await, ["Ticket 3"]);
    assert_eq!(shown(&mut mira, "q=%5C").await.len(), 0);
    assert_eq!(shown(&mut mira, &format!("q={}&state=closed", seed::SAM)).await, ["Ticket 2"]);
    assert_eq!(shown(&mut mira, &format!("q={}", seed::MIRA)).await.len(), 0);
    let page = mira.get(&format!("{}?q=nobody&state=closed", tickets())).await;
    assert!(page.has(".empty a[href$='state=closed']") && page.attributes("#q", "value") == ["nobody"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_tickets_are_three_pages_to_walk_there_and_back() {
    let app = TestApp::start().await;
    let all: Vec<Ticket> = (1..=50).map(|number| ticket(number, "closed")).collect();
    has_tickets(&app, &all).await;
    let mut mira = app.mira().await;
    let mut page = mira.get(&format!("{}?state=closed&q=opener", tickets())).await;
    let first = names(&page);
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    loop {
        sizes.push(names(&page).len());
        seen.extend(names(&page));
        let Some(next) = page.attributes(".pager a[rel=next]", "href").pop() else { break };
        assert!(next.contains("q=opener") && next.contains("state=closed"), "{next}");
        page = mira.get(&next).await;
    }
    assert_eq!(sizes, [20, 20, 10]);
    assert_eq!(seen, (1..=50).rev().map(|number| format!("Ticket {number}")).collect::<Vec<_>>());
    for expected in [&seen[20..40], &first[..]] {
        page = mira.get(&page.attributes(".pager a[rel=prev]", "href")[0]).await;
        assert_eq!(names(&page), expected);
    }
    assert!(!page.has(".pager a[rel=prev]"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_in_the_address_is_left_out_and_told() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "open")]).await;
    let mut mira = app.mira().await;
    for query in ["state=OPEN", "state=%22%3E%3Cimg", "after=1", "before=x~y", "after=1~%00"] {
        let page = mira.get(&format!("{}?{query}", tickets())).await;
        assert_eq!(page.status, 200, "{query}");
        assert!(page.text("#strange").contains("left out"), "{query}: {}", page.main());
        assert_eq!(names(&page), ["Ticket 1"], "{query}");
    }
    for query in ["q=%00", "q=%ff%fe", "q=", "state=&q=+", "page=7"] {
        assert_eq!(mira.get(&format!("{}?{query}", tickets())).await.status, 200, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn very_many_tickets_cost_a_page_as_many_queries_as_few() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = format!("{}?state=closed", tickets());
    let few: Vec<Ticket> = (1..=50).map(|number| ticket(number, "closed")).collect();
    has_tickets(&app, &few).await;
    let one = cheapest(&app, &mut mira, &path).await;
    let many: Vec<Ticket> = (51..=12_000).map(|number| ticket(number, "closed")).collect();
    has_tickets(&app, &many).await;
    assert_eq!(cheapest(&app, &mut mira, &path).await, one);
    let page = mira.get(&path).await;
    assert_eq!(page.texts(".tabs .tag"), ["0", "0", "1,000+"]);
    assert_eq!(names(&page)[0], "Ticket 12000");
}

/// Queries of a page, the least of some tries: what works in the background can only add.
async fn cheapest(app: &TestApp, mira: &mut Visitor, path: &str) -> u64 {
    let mut tries = Vec::new();
    for _ in 0..6 {
        let before = app.parts.db.queries();
        assert_eq!(mira.get(path).await.status, 200);
        tries.push(app.parts.db.queries() - before);
    }
    tries.into_iter().min().unwrap()
}
