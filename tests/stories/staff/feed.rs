//! The feed of staff: what happened in their modules, however much happens in the others.

use discord_standin::seed;
use serde_json::json;

use super::{To, has};
use crate::counts::a_page_costs;
use crate::happenings::{event, tells};
use crate::history::{executes, saves};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::Visitor;

/// Two hundred tracks that began just now, in the Harbour Club.
async fn plays_two_hundred_tracks(app: &TestApp) {
    let now = app.clock.now();
    let row = |number: i64| {
        let id = uuid::Uuid::now_v7();
        format!("('{id}', {HARBOUR}, 'track-started', '{{\"title\":\"Track {number}\"}}', {now})")
    };
    let rows: Vec<String> = (0..200).map(row).collect();
    let rows = rows.join(",");
    executes(app, &format!("INSERT INTO activities (id, guild_id, kind, body, happened_at) VALUES {rows}")).await;
}

async fn lines(visitor: &mut Visitor) -> Vec<String> {
    visitor.get(&format!("/guilds/{HARBOUR}")).await.texts("#activity .feed-item p:first-child")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_see_what_happened_in_their_module_behind_two_hundred_happenings_of_another() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), ("tickets", false, false), None).await;
    has(&app, To::Person(seed::NOOR), ("giveaway", false, false), None).await;
    let opened = |number: u32| {
        let data = json!({"ticketId": format!("t{number}"), "userId": seed::LIV.to_string(), "username": "liv",
            "number": number});
        event("TICKET_CREATE", data)
    };
    tells(&app, &(1..=4).map(opened).collect::<Vec<_>>()).await;
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    for volume in 1..=20 {
        saves(&mut mira, "music", &[("default_volume", &volume.to_string())]).await;
    }
    plays_two_hundred_tracks(&app).await;
    let theirs = lines(&mut app.signed_in(seed::SAM).await).await;
    assert_eq!(theirs.len(), 5, "{theirs:?}");
    assert!(theirs[0].contains("changed Tickets"), "{theirs:?}");
    for (line, number) in theirs[1..].iter().zip((1..=4).rev()) {
        assert!(line.contains(&format!("opened ticket #{number}")), "{theirs:?}");
    }
    assert_eq!(lines(&mut app.signed_in(seed::NOOR).await).await, [""; 0]);
    let all = lines(&mut mira).await;
    assert!(all.len() == 15 && all.iter().all(|line| line.contains("Track")), "{all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn their_overview_costs_the_same_for_one_module_and_for_all_however_much_happens() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    has(&app, To::Person(seed::SAM), ("tickets", false, false), None).await;
    has(&app, To::Person(seed::NOOR), ("all", false, false), None).await;
    let (mut one, mut all) = (app.signed_in(seed::SAM).await, app.signed_in(seed::NOOR).await);
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let path = format!("/guilds/{HARBOUR}");
    let mut costs = Vec::new();
    for _ in 0..2 {
        for visitor in [&mut one, &mut all] {
            // The first visit is noted.
            visitor.get(&path).await;
            costs.push(a_page_costs(&app, visitor, &path).await.queries);
        }
        plays_two_hundred_tracks(&app).await;
    }
    assert!(costs.iter().all(|queries| *queries == costs[0]), "{costs:?}");
}
