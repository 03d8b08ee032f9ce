//! The filters: each shows what it says, and no address breaks the page.

use discord_standin::seed;

use super::{log, saves};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{Visitor, settings};

async fn shown(visitor: &mut Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("{}?{query}", log())).await;
    assert_eq!(page.status, 200, "{query}");
    page.texts(".log-entry h2 a")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_filter_shows_what_it_says_and_stays_chosen() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut jonas, "music", &[("default_volume", "30")]).await;
    saves(&mut jonas, "tickets", &[("cooldown_minutes", "9")]).await;
    let reset = format!("{}/reset", settings("music"));
    let form = mira.get(&reset).await.form(&reset);
    mira.post(&reset, &form).await;
    let (one, two, three) = ("Music, change 1", "Music, change 2", "Music, change 3");
    assert_eq!(shown(&mut mira, "module=music").await, [three, two, one]);
    assert_eq!(shown(&mut mira, &format!("by={}", seed::JONAS)).await, ["Tickets, change 1", two]);
    assert_eq!(shown(&mut mira, "did=reset").await, [three]);
    assert_eq!(shown(&mut mira, "did=create&module=music").await, [one]);
    assert_eq!(shown(&mut mira, "did=update").await, [two]);
    assert_eq!(shown(&mut mira, "state=live").await.len(), 0, "no bot has answered");
    let day = today();
    assert_eq!(shown(&mut mira, &format!("from={day}&to={day}")).await.len(), 4);
    assert_eq!(shown(&mut mira, "to=2020-01-01").await.len(), 0);
    assert_eq!(shown(&mut mira, "from=2999-01-01").await.len(), 0);

    let page = mira.get(&format!("{}?module=music&by={}&did=update&to={day}", log(), seed::JONAS)).await;
    let chosen = page.attributes(".filters option[selected]", "value");
    assert_eq!(chosen, ["music".to_owned(), seed::JONAS.to_string(), "update".to_owned()]);
    assert_eq!(page.attributes("#filter-to", "value"), [day]);
    let people = page.texts("#filter-by option");
    assert_eq!(people.len(), 3, "each person once: {people:?}");
    assert!(mira.get(&format!("{}?did=adopted", log())).await.has(".empty a"), "a way back to all");
}

fn today() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let exact = guildhall::web::words::Words::default().exact_time((seconds * 1000).cast_signed());
    exact[..10].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_are_found_by_how_far_they_have_come() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    eventually("it is marked as sent", || async { app.changes().await == (1, 1) }).await;
    assert_eq!(shown(&mut mira, "state=sent").await, ["Music, change 1"]);
    for (state, column) in [("live", None), ("refused", Some("too loud"))] {
        let set = app.parts.db.run(move |conn| {
            use diesel::prelude::*;
            use guildhall::schema::changes::dsl::*;
            diesel::update(changes).set((applied_at.eq(Some(5_i64)), rejected_reason.eq(column))).execute(conn)?;
            Ok::<_, guildhall::db::DbError>(())
        });
        set.await.unwrap();
        assert_eq!(shown(&mut mira, &format!("state={state}")).await, ["Music, change 1"]);
        assert_eq!(shown(&mut mira, "state=sent").await.len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_in_the_address_is_left_out_and_told() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    for query in [
        "module=%22%3E%3Cimg",
        "by=0",
        "by=99999999999999999999",
        "did=%00",
        "state=LIVE",
        "from=2026-02-31",
        "to=tomorrow",
        "to=99999-01-01",
        "before=1",
        "after=%ff%fe",
        "before=&after=x",
    ] {
        let page = mira.get(&format!("{}?{query}", log())).await;
        assert_eq!(page.status, 200, "{query}");
        assert!(page.text("#strange").contains("left out"), "{query}: {}", page.main());
        assert_eq!(page.texts(".log-entry").len(), 1, "{query}");
    }
    for query in [
        "module=&by=&did=&state=&from=&to=",
        "page=9",
        "from=-999-01-01",
        "to=9999-12-31",
        "before=ffffffff-ffff-ffff-ffff-ffffffffffff",
    ] {
        assert_eq!(mira.get(&format!("{}?{query}", log())).await.texts(".log-entry").len(), 1, "{query}");
    }
    // Another server's list has none of it, whatever the cursor.
    let other = mira.get(&format!("/guilds/{}/changes?after=00000000-0000-0000-0000-000000000000", seed::ARCADE)).await;
    assert!(other.has(".empty") && other.body.contains("Pixel Arcade"), "{}", other.main());
}
