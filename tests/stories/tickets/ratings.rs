//! Ratings: the list with its numbers and filters, and approving, featuring, deleting.

use diesel::prelude::*;
use discord_standin::seed::{self, channels};
use guildhall::db::DbError;
use guildhall::schema::changes;

use super::closing::given;
use super::{has, has_rating, has_tickets, ticket, tickets};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

fn ratings() -> String {
    format!("{}/ratings", tickets())
}

fn of(number: i64, verb: &str) -> String {
    format!("{}/t-{number}/rating/{verb}", tickets())
}

async fn content(app: &TestApp) -> Vec<String> {
    let read = app.parts.db.run(|conn| {
        let rows = changes::table.filter(changes::kind.eq("content")).order(changes::id.asc());
        Ok::<Vec<String>, DbError>(rows.select(changes::action).load(conn)?)
    });
    read.await.unwrap()
}

async fn five(app: &TestApp) {
    let all: Vec<_> = (1..=5).map(|number| ticket(number, "closed")).collect();
    has_tickets(app, &all).await;
    for stars in 1..=5 {
        let review = (stars > 2).then(|| format!("review {stars}"));
        let staff = if stars % 2 == 0 { seed::MIRA } else { seed::JONAS };
        has_rating(app, &format!("t-{stars}"), stars, review.as_deref(), staff).await;
    }
}

async fn does(visitor: &mut Visitor, path: &str) -> Page {
    let form = visitor.get(&ratings()).await.form(path);
    let answer = visitor.post(path, &form).await;
    visitor.follows(&answer).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ratings_are_told_in_numbers_and_one_by_one() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&ratings()).await;
    assert!(page.text(".empty h2").contains("Nobody has rated") && !page.has("form.filters"), "{}", page.main());
    five(&app).await;
    let page = mira.get(&ratings()).await;
    assert_eq!(page.text("#average"), "3.0 of 5 on average");
    assert_eq!(page.texts(".bars li").len(), 5);
    assert_eq!(page.texts(".bars li")[0], "5 stars 1 (20 %)");
    let staff = page.texts(".staff li");
    assert_eq!(staff, ["Jonas 3.0 of 5, 3 ratings", &format!("member {} 3.0 of 5, 2 ratings", seed::MIRA)]);
    assert_eq!(page.texts(".log-entry h2")[0], "Ticket 5", "the newest first");
    assert_eq!(page.attributes(".log-entry .stars", "aria-label")[0], "5 of 5 stars");
    assert!(page.texts(".log-entry")[0].contains("review 5") && page.texts(".log-entry")[4].contains("Stars only"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_filter_shows_what_it_says_and_pages_keep_it() {
    let app = TestApp::start().await;
    five(&app).await;
    let mut mira = app.mira().await;
    has(&app, vec!["UPDATE ratings SET approved = TRUE WHERE ticket_id = 't-4'".into()]).await;
    for (query, wanted) in [
        ("stars=3", &["Ticket 3"][..]),
        ("approved=yes", &["Ticket 4"]),
        ("approved=no&stars=4", &[]),
        (&format!("staff={}", seed::MIRA), &["Ticket 4", "Ticket 2"]),
        ("staff=&stars=&approved=", &["Ticket 5", "Ticket 4", "Ticket 3", "Ticket 2", "Ticket 1"]),
    ] {
        let page = mira.get(&format!("{}?{query}", ratings())).await;
        assert_eq!(page.texts(".log-entry h2"), wanted, "{query}");
    }
    for query in ["stars=6", "stars=x", "staff=me", "approved=maybe", "after=x"] {
        let page = mira.get(&format!("{}?{query}", ratings())).await;
        assert!(page.text("#strange").contains("left out") && page.texts(".log-entry").len() == 5, "{query}");
    }
    let more: Vec<_> = (10..=49).map(|number| ticket(number, "closed")).collect();
    has_tickets(&app, &more).await;
    for number in 10..=49 {
        has_rating(&app, &format!("t-{number}"), 5, None, seed::JONAS).await;
    }
    let mut page = mira.get(&format!("{}?stars=5", ratings())).await;
    let mut sizes = vec![page.texts(".log-entry").len()];
    while let Some(next) = page.attributes(".pager a[rel=next]", "href").pop() {
        assert!(next.contains("stars=5"), "{next}");
        page = mira.get(&next).await;
        sizes.push(page.texts(".log-entry").len());
    }
    assert_eq!(sizes, [20, 20, 1]);
    let back = mira.get(&page.attributes(".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(back.texts(".log-entry").len(), 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn approving_tells_the_bot_to_post_only_what_the_settings_want_posted() {
    let app = TestApp::start().await;
    five(&app).await;
    let mut mira = app.mira().await;
    let page = does(&mut mira, &of(5, "approval")).await;
    assert!(page.text("#flash").contains("approved") && page.text("#flash").contains("no channel"), "{}", page.main());
    let rating_channel = channels::GENERAL.to_string();
    assert_eq!(mira.saves("tickets", &[("rating_channel_id", &rating_channel)]).await.status, 303);
    let page = does(&mut mira, &of(3, "approval")).await;
    assert!(page.text("#flash").contains("at least 4 stars"), "{}", page.text("#flash"));
    assert_eq!(given(&app).await.len(), 0);
    let page = does(&mut mira, &of(4, "approval")).await;
    assert!(page.text("#flash").contains("Ticket 4") && page.text("#flash").contains("post it"), "{}", page.main());
    assert!(page.text("#rating-t-4 .command").contains("Posting the review"), "{}", page.main());
    let all = given(&app).await;
    assert_eq!((all.len(), all[0].0.as_str(), &all[0].1["ticketId"]), (1, "REVIEW_PUBLISH", &"t-4".into()));
    assert_eq!(content(&app).await, ["rating-approve", "rating-approve", "rating-approve"]);
    // A second yes, from a page that does not know of the first, changes nothing.
    let token = vec![("csrf_token".to_owned(), mira.token().await)];
    let answer = mira.post(&of(4, "approval"), &token).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("Nothing to do"));
    assert_eq!((given(&app).await.len(), content(&app).await.len()), (1, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_an_approved_one_is_featured_and_may_be_so_no_longer() {
    let app = TestApp::start().await;
    five(&app).await;
    let mut mira = app.mira().await;
    let early = vec![("csrf_token".to_owned(), mira.token().await), ("featured".to_owned(), "on".to_owned())];
    let answer = mira.post(&of(5, "featuring"), &early).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("not approved yet"));
    does(&mut mira, &of(5, "approval")).await;
    let page = does(&mut mira, &of(5, "featuring")).await;
    assert!(page.text("#rating-t-5").contains("Featured"), "{}", page.main());
    let page = does(&mut mira, &of(5, "featuring")).await;
    assert!(page.text("#flash").contains("no longer featured"), "{}", page.text("#flash"));
    assert_eq!(content(&app).await, ["rating-approve", "rating-feature", "rating-feature"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleting_asks_first_comes_back_to_the_list_and_counts_no_longer() {
    let app = TestApp::start().await;
    five(&app).await;
    let mut mira = app.mira().await;
    let list = mira.get(&format!("{}?stars=1", ratings())).await;
    let path = list.attributes("#rating-t-1 a.button-remove", "href").remove(0);
    let page = mira.get(&path).await;
    assert!(page.main().contains("Harbour Club") && page.main().contains("cannot be brought back"), "{}", page.main());
    let form = page.form(&of(1, "deletion"));
    let answer = mira.post(&of(1, "deletion"), &form).await;
    assert_eq!(answer.location(), format!("{}?stars=1", ratings()));
    let page = mira.get(&ratings()).await;
    assert!(page.text("#flash").contains("deleted") && page.texts(".log-entry").len() == 4, "{}", page.main());
    assert_eq!(page.text("#average"), "3.5 of 5 on average");
    assert_eq!(content(&app).await, ["rating-delete"]);
    mira.get(&path).await.explains(404, "no such page");
    let answer = mira.post(&of(1, "deletion"), &form).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("deleted meanwhile"));
    assert!(!mira.get(&format!("{}/t-1", tickets())).await.has("#rating"));
    assert_eq!(content(&app).await.len(), 1);
    // What a form says of the list leads nowhere else.
    let mut strange = form;
    strange.iter_mut().filter(|(name, _)| name == "view").for_each(|(_, view)| *view = "//evil.example/?x\r\ny".into());
    assert_eq!(mira.post(&of(2, "deletion"), &strange).await.location(), ratings());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_text_of_a_rating_that_was_deleted_is_in_no_log_of_staff_of_tickets_alone() {
    use crate::history::{listed, log};
    use crate::staff::{To, has_on};
    let app = TestApp::start().await;
    five(&app).await;
    let mut mira = app.mira().await;
    does(&mut mira, &of(5, "approval")).await;
    let form = mira.get(&of(5, "deletion")).await.form(&of(5, "deletion"));
    assert_eq!(mira.post(&of(5, "deletion"), &form).await.status, 303);
    for (person, module) in [(seed::SAM, "tickets"), (seed::NOOR, "all")] {
        has_on(&app, seed::HARBOUR_CLUB, To::Person(person), (module, false, false), None).await;
    }
    let (mut sam, mut noor) = (app.signed_in(seed::SAM).await, app.signed_in(seed::NOOR).await);
    let entries = listed(&mira.get(&log()).await);
    assert_eq!(entries.len(), 2);
    assert_eq!(listed(&sam.get(&log()).await), entries);
    for entry in &entries {
        for visitor in [&mut mira, &mut noor] {
            assert!(visitor.get(entry).await.main().contains("review 5"), "{entry}");
        }
        let page = sam.get(entry).await;
        assert!(page.status == 200 && !page.body.contains("review 5"), "{entry}: {}", page.main());
    }
    let files = ["csv", "json"].map(|format| format!("{}/export?format={format}", log()));
    for path in files.iter().chain([&log()]) {
        let page = sam.get(path).await;
        assert!(page.status == 200 && !page.body.contains("review 5"), "{path}: {}", page.body);
    }
}
