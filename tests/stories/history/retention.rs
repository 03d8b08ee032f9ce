//! Old changes go where the operator says so, and what is still needed stays.

use std::time::Duration;

use guildhall::history::retention::Retention;

use super::{executes, listed, log, opens, saves};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage, eventually};
use crate::support::many;

fn retention(app: &TestApp) -> Retention {
    Retention::new(app.parts.db.clone(), app.parts.clock.clone(), "90".parse().unwrap())
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The numbers of the changes that are left, of those that `many` has made.
async fn left(app: &TestApp) -> Vec<i32> {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let left = app.parts.db.run(|conn| Ok::<_, guildhall::db::DbError>(changes.order(id).select(number).load(conn)?));
    left.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_old_goes_and_what_is_needed_stays() {
    let app = TestApp::start().await;
    for statement in many::statements(HARBOUR, 0..500) {
        executes(&app, &statement).await;
    }
    executes(&app, "UPDATE changes SET published_n = number WHERE number < 300").await;
    // The newest of one module was refused, and it is long ago that the bot accepted one.
    executes(&app, "UPDATE changes SET rejected_reason = 'no' WHERE subject = 'music' AND number > 100").await;
    let now = app.clock.now();
    executes(&app, &format!("UPDATE changes SET created_at = {now} WHERE number = 400")).await;
    executes(
        &app,
        "INSERT INTO commands (id, change_id, guild_id, kind, about, body, created_at, expires_at, \
        next_attempt_at, touched_at) SELECT 'open', id, guild_id, 'GIVEAWAY_END', 'x', '{}', 1, 2, 3, 4 \
        FROM changes WHERE number = 12",
    )
    .await;

    let removed = retention(&app).pass().await.unwrap();
    let left_over = left(&app).await;
    assert_eq!(
        left_over,
        [11, 12, 99, 299, 400, 496, 497, 498, 499],
        "unsent, unanswered, the last accepted, the highest count, the young one, the newest of each"
    );
    assert_eq!(removed, 500 - 9);
    executes(&app, "UPDATE commands SET expired = TRUE").await;
    assert_eq!(retention(&app).pass().await.unwrap(), 0, "another instance holds the lease");
    app.clock.advance(Duration::from_secs(2 * 60 * 60));
    assert_eq!(retention(&app).pass().await.unwrap(), 1);
    assert!(!left(&app).await.contains(&12));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_hold_when_what_they_point_to_is_gone() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for volume in ["20", "30"] {
        saves(&mut mira, "music", &[("default_volume", volume)]).await;
    }
    let restoration = format!("{}/restoration", listed(&mira.get(&log()).await).remove(1));
    let form = mira.get(&restoration).await.form(&restoration);
    assert_eq!(mira.post(&restoration, &form).await.status, 303);
    eventually("all are marked as sent", || async { app.changes().await == (3, 3) }).await;
    assert!(opens(&mut mira, 0).await.main().contains("This restored the settings of change 1"));
    app.clock.advance(91 * DAY);
    assert_eq!(retention(&app).pass().await.unwrap(), 2);
    let mut mira = app.mira().await;
    let page = opens(&mut mira, 0).await;
    assert!(page.main().contains("no longer kept"), "{}", page.main());
    assert_eq!(mira.get(&log()).await.texts(".log-entry").len(), 1);
    mira.get(&restoration).await.explains(404, "no such page");
    saves(&mut mira, "music", &[("default_volume", "40")]).await;
    assert!(opens(&mut mira, 0).await.text("h1").contains("change 4"), "numbers go on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_job_runs_by_itself_and_the_list_says_for_how_long_changes_are_kept() {
    let mut app = TestApp::on(Stage { changes_kept: Some("120"), ..Stage::default() }).await;
    let mut mira = app.mira().await;
    assert!(mira.get(&log()).await.main().contains("kept for 120 days"));
    for volume in ["20", "30"] {
        saves(&mut mira, "music", &[("default_volume", volume)]).await;
    }
    eventually("all are marked as sent", || async { app.changes().await == (2, 2) }).await;
    app.clock.advance(121 * DAY);
    app.restart().await;
    eventually("the first is gone", || async { app.changes().await.0 == 1 }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_setting_changes_are_kept_for_ever() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert!(mira.get(&log()).await.main().contains("Nothing is ever removed"));
}
