//! The change log as staff read it: what was changed of their modules, and not a word of anything else.

use discord_standin::seed::{self, channels};
use serde_json::Value;

use super::{To, given_to, has};
use crate::counts::a_page_costs;
use crate::foreign_rows::{NOWHERE, said};
use crate::history::{compared, executes, listed, log, saves};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::many;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const LOOK: (&str, bool, bool) = ("tickets", false, false);

/// The id at the end of a change's address.
fn id_in(href: &str) -> &str {
    href.rsplit('/').next().unwrap()
}

/// The page of the newest change of a module, as somebody sees it who sees all.
async fn newest_of(manager: &mut Visitor, module: &str) -> String {
    listed(&manager.get(&format!("{}?module={module}", log())).await).remove(0)
}

/// That a change is answered to somebody like one that was never there.
async fn is_nowhere(visitor: &mut Visitor, change: &str) {
    for tail in ["", "/restoration"] {
        let nowhere = format!("{}/{NOWHERE}{tail}", log());
        let (page, none) = (visitor.get(&format!("{change}{tail}")).await, visitor.get(&nowhere).await);
        assert_eq!(page.status, none.status, "{change}{tail}");
        assert_eq!(said(&page).replace(id_in(change), NOWHERE), said(&none), "{change}{tail}");
    }
    visitor.get(change).await.explains(404, "no such page");
}

async fn file(visitor: &mut Visitor, query: &str) -> Vec<Value> {
    let page = visitor.get(&format!("{}/export?format=json{query}", log())).await;
    assert_eq!(page.status, 200, "{}", page.body);
    serde_json::from_str(&page.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_read_who_changed_what_of_their_modules_and_nothing_else() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    saves(&mut jonas, "music", &[("default_volume", "20")]).await;
    crate::panels::makes(&mut mira, "Help").await;
    crate::playlists::makes(&mut jonas, "Night", &["https://youtu.be/a"]).await;
    given_to(&mut mira, seed::NOOR, "giveaway").await;
    let all = listed(&mira.get(&log()).await);
    assert_eq!(all.len(), 5);

    let mut sam = app.signed_in(seed::SAM).await;
    let page = sam.get(&log()).await;
    let theirs = page.texts(".log-entry h2 a");
    assert_eq!(theirs, ["The panel \u{2068}Help\u{2069} was made", "Tickets, change 1"]);
    assert!(page.text("#only").contains("Tickets"), "{}", page.main());
    for words in ["Music", "Night", "Jonas", "Noor"] {
        assert!(!page.main().contains(words), "{words}: {}", page.main());
    }
    // What can be chosen is theirs too: one module is none to choose.
    assert!(!page.has("#filter-module"), "{}", page.main());
    assert_eq!(page.texts("#filter-by option").len(), 2, "{:?}", page.texts("#filter-by option"));
    let acts = page.attributes("#filter-did option", "value");
    assert!(acts.contains(&"panels".to_owned()), "{acts:?}");
    assert!(!acts.contains(&"staff".to_owned()) && !acts.contains(&"giveaways".to_owned()), "{acts:?}");
    assert_eq!(page.attributes("nav.server a[aria-current]", "href"), [log()]);

    for change in all {
        if listed(&page).contains(&change) {
            assert_eq!(sam.get(&change).await.status, 200, "{change}");
        } else {
            is_nowhere(&mut sam, &change).await;
        }
    }
    let records = file(&mut sam, "").await;
    let ids: Vec<String> = records.iter().map(|one| format!("{}/{}", log(), one["id"].as_str().unwrap())).collect();
    assert_eq!(ids, listed(&page));
    let lines = sam.get(&format!("{}/export?format=csv", log())).await.body;
    assert!(!lines.contains("music") && !lines.contains("Night") && !lines.contains("staff"), "{lines}");
    // Who sees all modules sees what belongs to none of them.
    has(&app, To::Person(seed::NOOR), ("all", false, false), None).await;
    let mut noor = app.signed_in(seed::NOOR).await;
    let page = noor.get(&log()).await;
    assert!(listed(&page).len() == 5 && !page.has("#only"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn their_lines_about_a_change_lead_to_it_and_the_way_to_all_is_theirs_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    let mut sam = app.signed_in(seed::SAM).await;
    for path in [settings("tickets"), format!("/guilds/{HARBOUR}")] {
        let page = sam.get(&path).await;
        assert!(page.attributes("nav.server a", "href").contains(&log()), "{path}");
        let change = page.attributes("#latest-tickets p a", "href").remove(0);
        assert_eq!(sam.get(&change).await.text("h1"), "Tickets, change 1 First save", "{path}");
    }
    let overview = sam.get(&format!("/guilds/{HARBOUR}")).await;
    assert!(overview.attributes("main .feed a", "href").contains(&log()), "{}", overview.main());
    let found = sam.get(&format!("/guilds/{HARBOUR}/search?q=audit")).await;
    assert!(found.attributes("main a", "href").contains(&log()), "{}", found.main());
}

/// Goes from page to page; gives what stands on each.
async fn walks(visitor: &mut Visitor, from: Page, rel: &str) -> Vec<Vec<String>> {
    let (mut page, mut pages) = (from, Vec::new());
    loop {
        pages.push(listed(&page));
        let Some(next) = page.attributes(&format!(".pager a[rel={rel}]"), "href").pop() else { return pages };
        page = visitor.get(&next).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn their_pages_are_full_and_each_change_comes_once_there_and_back_however_busy_the_others_are() {
    let app = TestApp::start().await;
    for statement in many::statements(HARBOUR, 0..400) {
        executes(&app, &statement).await;
    }
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    for module in ["tickets", "music"] {
        has(&app, To::Person(seed::NOOR), (module, false, false), None).await;
    }
    // Of four modules in turn tickets are the third and music the fourth.
    for (person, theirs) in [(seed::SAM, &[2][..]), (seed::NOOR, &[2, 3][..])] {
        let mut visitor = app.signed_in(person).await;
        let numbers = (0..400).rev().filter(|number| theirs.contains(&(number % 4)));
        let all: Vec<String> = numbers.map(|number| format!("{}/{}", log(), many::id(number))).collect();
        let first = visitor.get(&log()).await;
        let pages = walks(&mut visitor, first.clone(), "next").await;
        assert!(pages[..pages.len() - 1].iter().all(|page| page.len() == 25), "{person}");
        assert_eq!(pages.concat(), all, "{person}");
        let last = visitor.get(&format!("{}?before={}", log(), id_in(&all[all.len() - 26]))).await;
        let back = walks(&mut visitor, last, "prev").await;
        assert_eq!(back.last().unwrap(), &listed(&first), "{person}");
        let mut seen = back.concat();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all.len(), "{person}");
        let records = file(&mut visitor, "").await;
        let exported: Vec<String> =
            records.iter().map(|one| format!("{}/{}", log(), one["id"].as_str().unwrap())).collect();
        assert_eq!(exported, all, "{person}");
        // A filter narrows what is theirs, and gives nothing more.
        let live = visitor.get(&format!("{}?did=create&state=live", log())).await;
        let firsts = listed(&live);
        assert_eq!(firsts.len(), theirs.len(), "{person}: {}", live.main());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_that_is_not_theirs_is_understood_as_little_as_one_that_is_not_there() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    for module in ["music", "tickets"] {
        has(&app, To::Person(seed::NOOR), (module, false, false), None).await;
    }
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let mut sam = app.signed_in(seed::SAM).await;
    for query in ["module=music", "did=staff", "did=giveaways", "module=nothing"] {
        let page = sam.get(&format!("{}?{query}", log())).await;
        assert!(page.text("#strange").contains("left out"), "{query}: {}", page.main());
        assert_eq!(page.texts(".log-entry h2 a"), ["Tickets, change 1"], "{query}");
        sam.get(&format!("{}/export?format=csv&{query}", log())).await.explains(400, "cannot be understood");
    }
    assert_eq!(file(&mut sam, "&module=tickets").await.len(), 1);
    // Of two there is something to choose, and a choice holds.
    let mut noor = app.signed_in(seed::NOOR).await;
    let page = noor.get(&format!("{}?module=music", log())).await;
    assert_eq!(page.texts(".log-entry h2 a"), ["Music, change 1"]);
    assert_eq!(page.attributes("#filter-module option", "value"), ["", "tickets", "music"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_a_module_brings_its_versions_back_and_who_looks_finds_no_button() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for minutes in ["9", "10"] {
        saves(&mut mira, "tickets", &[("cooldown_minutes", minutes)]).await;
    }
    for volume in ["20", "30"] {
        saves(&mut mira, "music", &[("default_volume", volume)]).await;
    }
    // Sam looks at tickets and changes music; Noor changes tickets, and sees nothing else.
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    has(&app, To::Person(seed::SAM), ("music", true, false), None).await;
    has(&app, To::Person(seed::NOOR), ("tickets", true, false), None).await;
    let list = mira.get(&format!("{}?module=tickets", log())).await;
    let tickets = listed(&list).remove(1);
    let there = format!("{tickets}/restoration");

    let mut sam = app.signed_in(seed::SAM).await;
    let page = sam.get(&tickets).await;
    assert!(page.text("#read-only").contains("ask somebody who manages"), "{}", page.main());
    assert!(!page.body.contains("/restoration"), "{}", page.main());
    sam.get(&there).await.explains(403, "not let in");
    let form = [("csrf_token".to_owned(), sam.token().await), ("revision".to_owned(), "2".to_owned())];
    sam.post(&there, &form).await.explains(403, "not let in");
    assert_eq!(app.stored("tickets").await.unwrap().0["cooldownMinutes"], 10);

    let mut noor = app.signed_in(seed::NOOR).await;
    let page = noor.get(&tickets).await;
    assert!(page.attributes(".ways a", "href").contains(&there) && !page.has("#read-only"), "{}", page.main());
    let asked = noor.get(&there).await;
    assert_eq!(compared(&asked).len(), 1, "{}", asked.main());
    assert_eq!(noor.post(&there, &asked.form(&there)).await.status, 303);
    assert_eq!(app.stored("tickets").await.unwrap().0["cooldownMinutes"], 9);
    let music = listed(&mira.get(&format!("{}?module=music", log())).await).remove(1);
    is_nowhere(&mut noor, &music).await;
    let form = [("csrf_token".to_owned(), noor.token().await), ("revision".to_owned(), "2".to_owned())];
    noor.post(&format!("{music}/restoration"), &form).await.explains(404, "no such page");
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_was_saved_together_staff_see_their_part() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), LOOK, None).await;
    for module in ["tickets", "giveaway"] {
        has(&app, To::Person(seed::NOOR), (module, false, false), None).await;
    }
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut mira, "giveaway", &[("default_winners", "2")]).await;
    // As an import leaves them.
    executes(&app, "UPDATE changes SET batch_id = 'together'").await;
    let tickets = newest_of(&mut mira, "tickets").await;
    assert_eq!(mira.get(&tickets).await.texts("#batch a").len(), 2);
    let alone = app.signed_in(seed::SAM).await.get(&tickets).await;
    assert!(!alone.has("#batch") && !alone.main().contains("Music"), "{}", alone.main());
    let with_one = app.signed_in(seed::NOOR).await.get(&tickets).await;
    assert_eq!(with_one.texts("#batch a"), ["Giveaway, change 1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_staff_cannot_see_is_not_named_in_their_log() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), ("tickets", true, false), None).await;
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::MOD_LOG.to_string())]).await;
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::GENERAL.to_string())]).await;
    let old = listed(&mira.get(&log()).await).remove(1);
    let mut sam = app.signed_in(seed::SAM).await;
    let there = format!("{old}/restoration");
    for path in [log(), old, there.clone(), format!("{}/export?format=csv", log())] {
        assert!(mira.get(&path).await.body.contains("mod-log"), "{path}: its owner may know");
        let page = sam.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("mod-log") && page.body.contains("cannot see"), "{path}: {}", page.main());
    }
    // What they may not see they cannot bring back, either.
    let page = sam.get(&there).await;
    assert!(page.title().starts_with("Error:") && page.has("#f-log-channel-id-error"), "{}", page.title());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn their_log_costs_the_same_for_one_module_and_for_three_however_much_is_changed_of_others() {
    let app = TestApp::start().await;
    let given = [(seed::SAM, "tickets"), (seed::NOOR, "tempvoice"), (seed::NOOR, "giveaway"), (seed::NOOR, "music")];
    for (person, module) in given {
        has(&app, To::Person(person), (module, false, false), None).await;
    }
    let (mut one, mut three) = (app.signed_in(seed::SAM).await, app.signed_in(seed::NOOR).await);
    let mut costs = Vec::new();
    for numbers in [0..100, 100..20_000] {
        let statements: Vec<String> = many::statements(HARBOUR, numbers).collect();
        for some in statements.chunks(5) {
            executes(&app, &some.join(";")).await;
        }
        for query in ["", "?did=reset", "?state=refused", "?by=bot"] {
            let path = format!("{}{query}", log());
            costs.push(a_page_costs(&app, &mut one, &path).await.queries);
            costs.push(a_page_costs(&app, &mut three, &path).await.queries);
        }
    }
    assert!(costs.iter().all(|queries| *queries == costs[0]), "{costs:?}");
    // Besides it is read what was given to them.
    let managers = a_page_costs(&app, &mut app.mira().await, &log()).await.queries;
    assert!(costs[0] <= managers + 2, "{} beside {managers}", costs[0]);
}
