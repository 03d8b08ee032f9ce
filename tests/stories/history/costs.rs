//! What the change log costs, counted.

use crate::counts::{Asked, a_page_costs, at_rest};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::many;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_costs_the_same_for_one_change_and_for_a_full_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let log = format!("/guilds/{HARBOUR}/changes");
    mira.saves("music", &[("default_volume", "1")]).await;
    at_rest(&app).await;
    let one = a_page_costs(&app, &mut mira, &log).await;
    assert_eq!(one, Asked { queries: 4, transactions: 0, round_trips: 0, discord: 0 });
    for volume in 2..=27 {
        mira.saves("music", &[("default_volume", &volume.to_string())]).await;
    }
    at_rest(&app).await;
    assert_eq!(a_page_costs(&app, &mut mira, &log).await, one);
    let page = mira.get(&log).await;
    assert_eq!(page.texts(".log-entry").len(), 25);
    let change = page.attributes(".log-entry h2 a", "href").remove(3);
    assert_eq!(a_page_costs(&app, &mut mira, &change).await.queries, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_costs_the_same_with_a_hundred_thousand_changes_as_with_a_hundred() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let log = format!("/guilds/{HARBOUR}/changes");
    let mut costs = Vec::new();
    for numbers in [0..100, 100..100_000] {
        let statements: Vec<String> = many::statements(HARBOUR, numbers).collect();
        // Each piece in a transaction of its own, which must not take long.
        for some in statements.chunks(5) {
            super::executes(&app, &some.join(";")).await;
        }
        for query in ["", "?module=music", "?did=reset", "?state=refused", "?to=2026-01-01", "?by=bot"] {
            costs.push((query, a_page_costs(&app, &mut mira, &format!("{log}{query}")).await));
        }
    }
    let (few, many) = costs.split_at(6);
    assert_eq!(few, many);
    assert!(
        few.iter().all(|(_, asked)| *asked == Asked { queries: 4, transactions: 0, round_trips: 0, discord: 0 }),
        "{few:?}"
    );
}
