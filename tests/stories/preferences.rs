//! What a person chooses for all servers: their time zone, their colours.

use crate::giveaways::sends;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::stream::OpenPage;
use crate::support::visitor::settings;

const PREFERENCES: &str = "/account/preferences";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zone_once_chosen_is_in_every_time_the_person_reads_and_in_nobody_elses() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(discord_standin::seed::JONAS).await);
    let page = mira.get(PREFERENCES).await;
    assert!(page.has("#zone-guess") && page.has("script[src*=zone]"), "{}", page.main());
    assert!(page.form(PREFERENCES).contains(&("time_zone".to_owned(), "UTC".to_owned())));
    let answer = sends(&mut mira, PREFERENCES, PREFERENCES, &[("time_zone", "Asia/Tokyo"), ("theme", "dark")]).await;
    let page = mira.follows(&answer).await;
    assert!(page.has("#flash") && page.title().starts_with("Saved: ") && !page.has("#zone-guess"));
    assert!(page.has("html[data-theme=dark]"));
    mira.saves("music", &[("default_volume", "20")]).await;
    assert!(mira.get(&settings("music")).await.text("#latest-music time").ends_with(" JST"));
    assert!(jonas.get(&settings("music")).await.text("#latest-music time").ends_with(" UTC"));
    assert!(jonas.get(&settings("music")).await.has("html[data-theme=system]"));
    let answer = sends(&mut mira, PREFERENCES, PREFERENCES, &[("time_zone", "UTC")]).await;
    assert_eq!(answer.status, 303);
    assert!(!mira.get(PREFERENCES).await.has("#zone-guess"), "UTC is a choice, too");
    assert!(mira.get(&settings("music")).await.text("#latest-music time").ends_with(" UTC"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_hears_of_times_in_the_zone_of_whose_it_is() {
    let app = TestApp::start().await;
    let (mut mira, jonas) = (app.mira().await, app.signed_in(discord_standin::seed::JONAS).await);
    sends(&mut mira, PREFERENCES, PREFERENCES, &[("time_zone", "Asia/Tokyo"), ("theme", "dark")]).await;
    let (hers, his) = (OpenPage::opens(&mira, HARBOUR, None).await, OpenPage::opens(&jonas, HARBOUR, None).await);
    mira.saves("music", &[("default_volume", "20")]).await;
    // Who comes later is told of the same while the stream begins.
    let later = OpenPage::opens(&mira, HARBOUR, None).await;
    for (page, own, other) in [(&hers, " JST<", " UTC<"), (&his, " UTC<", " JST<"), (&later, " JST<", " UTC<")] {
        let told = || page.heard().into_iter().filter(|one| one.event == "changes").map(|one| one.data);
        eventually("it is told when", || async { told().any(|data| data.contains(own)) }).await;
        assert!(told().all(|data| !data.contains(other)), "{own}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_there_is_not_cannot_be_chosen() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (name, value, field) in [
        ("time_zone", "Europe/Atlantis", "#f-time-zone"),
        ("time_zone", "../etc/passwd", "#f-time-zone"),
        ("theme", "pink", "#f-theme"),
        ("language", "xx", "#f-language"),
    ] {
        let page = sends(&mut mira, PREFERENCES, PREFERENCES, &[(name, value)]).await;
        assert_eq!((page.status.as_u16(), page.attributes("#errors a", "href")), (422, vec![field.to_owned()]));
    }
}
