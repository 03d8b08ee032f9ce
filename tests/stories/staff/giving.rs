//! Giving and withdrawing: who may, what is refused, and what the change log keeps of it.

use std::time::Duration;

use discord_standin::Id;
use discord_standin::seed::{self, roles};
use guildhall::staff::Endings;

use super::{To, gives, has, newest, staff, withdraws};
use crate::history::{listed, log};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::{Visitor, settings};
use crate::tickets::{has_tickets, ticket, tickets};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_support_role_is_let_in_by_a_ready_made_set_and_shut_out_again_at_once() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(7, "open")]).await;
    let (mut mira, mut noor) = (app.mira().await, app.signed_in(seed::NOOR).await);
    noor.get(&tickets()).await.explains(403, "cannot manage this server");
    let support = roles::SUPPORT.to_string();
    assert_eq!(mira.saves("tickets", &[("support_role_ids", &support)]).await.status, 303);

    let page = mira.get(&staff()).await;
    assert!(page.main().contains("Nobody but the managers comes in"), "{}", page.main());
    let set = page.attributes("#give a[href*='set=ticket-support']", "href").remove(0);
    let form = mira.get(set.trim_end_matches("#give")).await.form(&staff());
    let value = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    assert_eq!(
        (value("role_ids"), value("module"), value("level"), value("acts")),
        (Some(support.as_str()), Some("tickets"), Some("view"), Some("on"))
    );
    let answer = mira.post(&staff(), &form).await;
    let page = mira.follows(&answer).await;
    assert!(page.text("#flash").contains("Support"), "{}", page.main());
    assert!(page.main().contains("Tickets: look and act"), "{}", page.main());

    assert_eq!(noor.get(&tickets()).await.status, 200, "the refusal is not remembered");
    let closing = format!("{}/t-7/closing", tickets());
    let form = noor.get(&closing).await.form(&closing);
    let grant = newest(&mut mira).await;
    assert_eq!(withdraws(&mut mira, &grant).await.status, 303);
    noor.get(&tickets()).await.explains(403, "cannot manage this server");
    noor.post(&closing, &form).await.explains(403, "cannot manage this server");
    let told = crate::tickets::closing::given(&app).await;
    assert!(told.iter().all(|(kind, _)| kind == "STATE_REQUEST"), "the bot was only asked what is open: {told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_giving_and_withdrawing_is_in_the_log_with_before_and_after() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let sam = seed::SAM.to_string();
    gives(&mut mira, &[("member", &sam), ("module", "music")]).await;
    let same = gives(&mut mira, &[("member", &sam), ("module", "music")]).await;
    assert!(mira.follows(&same).await.text("#flash").contains("Nothing to save"));
    gives(&mut mira, &[("member", &format!("<@{sam}>")), ("module", "music"), ("level", "edit"), ("days", "3")]).await;
    let grant = newest(&mut mira).await;
    withdraws(&mut mira, &grant).await;
    let entries = mira.get(&format!("{}?did=staff", log())).await;
    let titles = entries.texts(".log-entry h2");
    let titled: Vec<bool> = ["was shut out", "may do was changed", "was let in"]
        .iter()
        .zip(&titles)
        .map(|(words, title)| title.contains(words))
        .collect();
    assert_eq!((titles.len(), titled), (3, vec![true; 3]), "{titles:?}");
    let changed = mira.get(&listed(&entries)[1]).await.main();
    for words in ["Settings", "Look", "Change", "Music", "Ends"] {
        assert!(changed.contains(words), "{words}: {changed}");
    }
    let all = mira.get(&log()).await;
    assert_eq!(listed(&all).len(), 3, "nothing else, and none twice");
    let first = all.texts(".log-entry").remove(0);
    assert!(first.contains("Staff"), "{first}");
    let panels = mira.get(&format!("{}?did=panels", log())).await;
    assert!(listed(&panels).is_empty());
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert!(overview.text("#activity").contains("Staff"), "{}", overview.text("#activity"));
}

/// What is asked for, the field that is wrong, and what is said there.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_given_is_said_at_its_field_and_nothing_is_given() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let everyone = seed::HARBOUR_CLUB.to_string();
    let elsewhere = discord_standin::Id(seed::ARCADE.0 + 1).to_string();
    let stranger = seed::LIV.to_string();
    let cases: [Case<'_>; 7] = [
        (&[], "f-role-ids", "Choose a role"),
        (&[("role_ids", &everyone)], "f-role-ids", "everyone"),
        (&[("role_ids", &elsewhere)], "f-role-ids", "deleted"),
        (&[("member", "mira")], "f-member", "no id"),
        (&[("member", &stranger)], "f-member", "Nobody with this id"),
        (&[("member", "445518183798022151"), ("module", "teapots")], "f-module", "one of those listed"),
        (&[("member", "445518183798022151"), ("days", "366")], "f-days", "365"),
    ];
    for (edits, field, words) in cases {
        let page = gives(&mut mira, edits).await;
        assert_eq!(page.status, 422, "{edits:?}");
        assert!(page.has(&format!("#errors a[href='#{field}']")), "{field}: {}", page.text("#errors"));
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        let said = page.text("#errors").to_lowercase();
        assert!(said.contains(&words.to_lowercase()), "{words}: {said}");
    }
    let page = mira.get(&staff()).await;
    assert!(!page.has("#staff li"), "{}", page.main());
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_an_end_is_announced_and_does_nothing_afterwards() {
    let app = TestApp::start().await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let person = seed::SAM.to_string();
    gives(&mut mira, &[("member", &person), ("module", "music"), ("days", "8")]).await;
    let standing = |page: &crate::support::page::Page| page.attributes("#staff li[id^=grant-]", "data-standing");
    let page = mira.get(&staff()).await;
    assert_eq!(standing(&page), ["holds"]);
    assert!(!page.has("#ending"));
    assert_eq!(sam.get(&settings("music")).await.status, 200);
    app.clock.advance(2 * DAY);
    let page = mira.get(&staff()).await;
    assert_eq!(standing(&page), ["soon"]);
    assert!(page.has("#ending"), "{}", page.main());
    let overview = format!("/guilds/{HARBOUR}");
    assert!(mira.get(&overview).await.has("#staff-ending a[href$='/staff']"));
    assert!(sam.get(&overview).await.text("#staff-ending").contains("ask somebody who manages"));
    assert_eq!(sam.get(&settings("music")).await.status, 200);
    app.clock.advance(5 * DAY);
    assert_eq!(sam.get(&settings("music")).await.status, 200);
    app.clock.advance(DAY + Duration::from_secs(1));
    sam.get(&settings("music")).await.explains(403, "cannot manage this server");
    let page = mira.get(&staff()).await;
    assert_eq!(standing(&page), ["ended"]);
    assert!(page.main().contains("does nothing") && !page.has("#ending"), "{}", page.main());
    // And can be given anew.
    gives(&mut mira, &[("member", &person), ("module", "music")]).await;
    assert_eq!(sam.get(&settings("music")).await.status, 200);
    assert_eq!(standing(&mira.get(&staff()).await), ["holds"]);
}

fn endings(app: &TestApp) -> Endings {
    Endings::new(app.parts.db.clone(), app.parts.clock.clone(), app.parts.news.clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_is_in_the_log_once_whoever_notices_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (sam, noor) = (seed::SAM.to_string(), seed::NOOR.to_string());
    gives(&mut mira, &[("member", &sam), ("module", "music"), ("days", "1")]).await;
    gives(&mut mira, &[("member", &noor), ("module", "music"), ("days", "3")]).await;
    assert_eq!(endings(&app).pass().await.unwrap(), 0);
    app.clock.advance(2 * DAY);
    let (one, other) = (endings(&app), endings(&app));
    let (one, other) = tokio::join!(one.pass(), other.pass());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(endings(&app).pass().await.unwrap(), 0);
    let ends = async |mira: &mut Visitor| {
        let page = mira.get(&format!("{}?did=staff", log())).await;
        page.texts(".log-entry h2").into_iter().filter(|title| title.contains("may do has ended")).count()
    };
    assert_eq!(ends(&mut mira).await, 1);
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert!(overview.text("#activity").contains("may do has ended"), "{}", overview.text("#activity"));
    // Given anew it ends anew; whoever gives it or takes it back notices that it has ended.
    gives(&mut mira, &[("member", &sam), ("module", "music"), ("days", "1")]).await;
    app.clock.advance(2 * DAY);
    gives(&mut mira, &[("member", &sam), ("module", "music"), ("days", "1")]).await;
    assert_eq!(ends(&mut mira).await, 3, "twice of the one, once of the other");
    assert_eq!(endings(&app).pass().await.unwrap(), 0);
    app.clock.advance(2 * DAY);
    let first = mira.get(&staff()).await.attributes("#staff li[id^=grant-]", "id").remove(0);
    withdraws(&mut mira, first.trim_start_matches("grant-")).await;
    assert_eq!(ends(&mut mira).await, 4);
    assert_eq!(endings(&app).pass().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_ended_and_what_deleted_roles_have_leaves_room_for_more() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let view = ("music", false, false);
    for number in 0..98 {
        has(&app, To::Person(Id(seed::SAM.0 + 1 + number)), view, None).await;
    }
    has(&app, To::Person(seed::LIV), view, Some(1)).await;
    has(&app, To::Role(roles::EVENT_HOST), view, None).await;
    let sam = seed::SAM.to_string();
    let support = roles::SUPPORT.to_string();
    let page = gives(&mut mira, &[("member", &sam), ("module", "tickets"), ("role_ids", &support)]).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("still do something"), "{}", page.text("#errors"));
    assert_eq!(gives(&mut mira, &[("member", &sam), ("module", "tickets")]).await.status, 303);
    app.discord.edit(|world| world.delete_role(seed::HARBOUR_CLUB, roles::EVENT_HOST)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    assert_eq!(gives(&mut mira, &[("member", &sam), ("module", "giveaway")]).await.status, 303);
    assert_eq!(gives(&mut mira, &[("member", &sam), ("module", "music")]).await.status, 422);
    let standing = mira.get(&staff()).await.attributes("#staff li[id^=grant-]", "data-standing");
    assert_eq!(standing, vec!["holds"; 100]);
    let titles = mira.get(&format!("{}?did=staff", log())).await.texts(".log-entry h2");
    let has_title = |words: &str| titles.iter().any(|title| title.contains(words));
    assert!(has_title("may do has ended") && has_title("was shut out"), "{titles:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_let_nobody_in_and_auditors_see_who_is() {
    let app = TestApp::start().await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let person = seed::SAM.to_string();
    gives(&mut mira, &[("member", &person), ("module", "all"), ("level", "edit"), ("acts", "on")]).await;
    let grant = newest(&mut mira).await;
    let page = sam.get(&staff()).await;
    assert_eq!(page.status, 200);
    assert!(!page.has("main form") && !page.has("a[href$='/withdrawal']"), "{}", page.main());
    assert!(page.has("#read-only"), "{}", page.main());
    let token = sam.token().await;
    let form = [
        ("csrf_token", token.as_str()),
        ("member", &person),
        ("module", "all"),
        ("level", "edit"),
        ("acts", "on"),
        ("days", "0"),
    ];
    let form: Vec<(String, String)> =
        form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    sam.post(&staff(), &form).await.explains(403, "not let in");
    sam.get(&format!("{}/{grant}/withdrawal", staff())).await.explains(403, "not let in");
    sam.post(&format!("{}/{grant}/withdrawal", staff()), &form[..1]).await.explains(403, "not let in");
    assert_eq!(mira.get(&staff()).await.attributes("#staff li[id^=grant-]", "id").len(), 1);
}
