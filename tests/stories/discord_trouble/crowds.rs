//! However many people wait for an answer, Discord is asked once.

use std::collections::BTreeMap;
use std::time::Duration;

use discord_standin::seed::{AYLIN, BOT, HARBOUR_CLUB, JONAS, MIRA};
use discord_standin::{Caller, Fault, FaultKind};

use crate::support::TestApp;
use crate::support::visitor::settings;

/// How often each address was asked for, but for the check at the start.
fn counts(app: &TestApp) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in app.discord.requests() {
        let who = if one.caller == Caller::Bot { "bot" } else { "person" };
        *counts.entry(format!("{who} {}", one.path.trim_start_matches("/api/v10"))).or_default() += 1;
    }
    counts.remove("bot /applications/@me");
    counts
}

fn once_each(paths: &[String]) -> BTreeMap<String, usize> {
    paths.iter().map(|path| (path.clone(), 1)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_tabs_of_a_cold_server_ask_for_each_thing_once() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    app.discord.clear_requests();
    // Slow enough that all of them wait together.
    app.discord.fault(Fault::at("/api/v10/", FaultKind::DelayHeaders { delay: Duration::from_millis(150) }));
    let mut tabs: Vec<_> = (0..20).map(|_| mira.clone()).collect();
    let pages =
        futures_util::future::join_all(tabs.iter_mut().map(|tab| async { tab.get(&settings("music")).await })).await;
    assert!(
        pages.iter().all(|page| page.status == 200),
        "{:?}",
        pages.iter().map(|page| page.status).collect::<Vec<_>>()
    );
    let guild = format!("bot /guilds/{HARBOUR_CLUB}");
    let expected = [
        "person /users/@me/guilds".to_owned(),
        "bot /users/@me/guilds".to_owned(),
        "bot /voice/regions".to_owned(),
        format!("{guild}/channels"),
        format!("{guild}/members/{MIRA}"),
        format!("{guild}/members/{BOT}"),
        guild,
    ];
    assert_eq!(counts(&app), once_each(&expected));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_people_at_work_share_what_is_known_of_the_server() {
    let app = TestApp::start().await;
    let mut people = Vec::new();
    for person in [MIRA, JONAS, AYLIN] {
        people.push(app.signed_in(person).await);
    }
    app.discord.clear_requests();
    let visit = |visitor: &crate::support::visitor::Visitor| {
        let mut visitor = visitor.clone();
        async move {
            for module in ["music", "tickets", "giveaway", "tempvoice"] {
                assert_eq!(visitor.get(&settings(module)).await.status, 200);
            }
        }
    };
    futures_util::future::join_all(people.iter().map(visit)).await;
    let counts = counts(&app);
    let guild = format!("bot /guilds/{HARBOUR_CLUB}");
    for path in [guild.clone(), format!("{guild}/channels"), format!("{guild}/members/{BOT}")] {
        assert_eq!(counts[&path], 1, "{path}");
    }
    for person in [MIRA, JONAS, AYLIN] {
        assert_eq!(counts[&format!("{guild}/members/{person}")], 1);
    }
    assert_eq!(counts["person /users/@me/guilds"], 3, "each their own list");
    assert_eq!(counts.values().sum::<usize>(), 11, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_during_trouble_is_answered_together() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::ServerError));
    let mut tabs: Vec<_> = (0..20).map(|_| mira.clone()).collect();
    let pages =
        futures_util::future::join_all(tabs.iter_mut().map(|tab| async { tab.get(&settings("music")).await })).await;
    for page in &pages {
        page.explains(503, "Discord does not answer");
    }
    let asked = app.discord_calls().iter().filter(|call| call.ends_with(&format!("/guilds/{HARBOUR_CLUB}"))).count();
    assert!(asked <= 6, "three tries, for all of them together: {asked}");
}
