//! Editing, ending, cancelling, drawing again: in the states that allow it, by nobody from elsewhere.

use diesel::prelude::*;
use discord_standin::seed;
use guildhall::schema::giveaways;

use super::{at, commands, insert, sends, stored};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::edited;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_one_is_changed_and_the_bot_is_told_what_changed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "g", "running", &[]).await;
    let edit = at("g", "/edit");
    let page = mira.get(&edit).await;
    assert!(!page.has("[name=required_role_ids]") && !page.has("[name=channel_id]"), "not while it runs");
    let answer = sends(&mut mira, &edit, &edit, &[]).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("Nothing to save"));
    let answer = sends(&mut mira, &edit, &edit, &[("prize", "Two years"), ("winners", "4")]).await;
    let page = mira.follows(&answer).await;
    assert!(page.text("h1").starts_with("Two years") && page.has(".command"), "{}", page.main());
    let command = commands(&app).await.pop().unwrap();
    assert_eq!((command["type"].as_str(), command["giveawayId"].as_str()), (Some("GIVEAWAY_UPDATE"), Some("g")));
    assert_eq!((command["prize"].as_str(), command["winners"].as_i64()), (Some("Two years"), Some(4)));
    assert!(command.get("description").is_none(), "of what the bot made only what has changed is known: {command}");
    assert!(stored(&app, "g").await.1 > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_meets_another_one_overwrites_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "g", "running", &[]).await;
    let edit = at("g", "/edit");
    let old = edited(mira.get(&edit).await.form(&edit), &[("prize", "Mine")]);
    sends(&mut mira, &edit, &edit, &[("prize", "Theirs")]).await;
    let page = mira.post(&edit, &old).await;
    assert_eq!(page.status, 409, "{}", page.main());
    assert!(page.text(".save-bar .unsaved").ends_with("unsaved change"), "{}", page.main());
    assert!(page.title().starts_with("Conflict: ") && page.main().contains("Theirs") && page.main().contains("Mine"));
    assert_eq!(commands(&app).await.len(), 1);
    let answer = mira.post(&edit, &page.form(&edit)).await;
    assert!(mira.follows(&answer).await.text("h1").starts_with("Mine"), "on purpose");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_act_asks_first_and_is_refused_in_a_state_that_does_not_allow_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for state in ["scheduled", "running", "ended", "cancelled"] {
        let winners = [("winner_ids", "[\"445518183798022151\"]"), ("earlier_winner_ids", "[\"512093846621454336\"]")];
        insert(&app, state, state, &winners).await;
    }
    let token = mira.token().await;
    for (act, kind, allowed) in [
        ("/ending", "GIVEAWAY_END", &["running"][..]),
        ("/cancellation", "GIVEAWAY_CANCEL", &["scheduled", "running"]),
        ("/reroll", "GIVEAWAY_REROLL", &["ended"]),
    ] {
        for state in ["scheduled", "running", "ended", "cancelled"] {
            let (path, before) = (at(state, act), commands(&app).await.len());
            let page = mira.get(&path).await;
            if !allowed.contains(&state) {
                assert_eq!(page.status, 409, "{path}");
                assert!(page.main().contains("Nothing was changed") && page.title().starts_with("Error: "), "{path}");
                let pairs = [("csrf_token".to_owned(), token.clone()), ("count".to_owned(), "1".to_owned())];
                assert_eq!(mira.post(&path, &pairs).await.status, 409, "{path}");
                assert_eq!(commands(&app).await.len(), before, "{path}");
                continue;
            }
            assert!(page.status == 200 && page.main().contains("Harbour Club"), "{path}: {}", page.main());
            let answer = mira.post(&path, &page.form(&path)).await;
            let shown = mira.follows(&answer).await;
            assert!(shown.has(".command"), "{path}: {}", shown.main());
            let command = commands(&app).await.pop().unwrap();
            assert_eq!((command["type"].as_str(), command["giveawayId"].as_str()), (Some(kind), Some(state)));
            assert_eq!(stored(&app, state).await.0, state, "the bot says when it is so");
        }
    }
    let command = commands(&app).await.pop().unwrap();
    assert_eq!(command["count"], 1);
    let left_out = serde_json::json!(["445518183798022151", "512093846621454336"]);
    assert_eq!(command["excludeUserIds"], left_out);
    let page = sends(&mut mira, &at("ended", "/reroll"), &at("ended", "/reroll"), &[("count", "21")]).await;
    assert_eq!((page.status.as_u16(), page.attributes("#errors a", "href")), (422, vec!["#f-count".to_owned()]));
    for state in ["ended", "cancelled"] {
        assert_eq!(mira.get(&at(state, "/edit")).await.status, 409);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_servers_giveaway_is_not_found_whatever_is_done_with_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "foreign", "running", &[("guild_id", &seed::ARCADE.to_string()), ("prize", "Theirs")]).await;
    let token = mira.token().await;
    for tail in ["", "/edit", "/ending", "/cancellation", "/reroll"] {
        let path = at("foreign", tail);
        let page = mira.get(&path).await;
        page.explains(404, "no such page");
        assert!(!page.body.contains("Theirs"), "{path}");
        if !tail.is_empty() {
            mira.post(&path, &[("csrf_token".to_owned(), token.clone())]).await.explains(404, "no such page");
        }
    }
    assert!(commands(&app).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_ends_while_its_form_is_open_is_not_changed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "g", "running", &[]).await;
    let edit = at("g", "/edit");
    let form = edited(mira.get(&edit).await.form(&edit), &[("prize", "Late")]);
    let end = app.parts.db.run(|conn| {
        let row = giveaways::table.filter(giveaways::guild_id.eq(HARBOUR.cast_signed()));
        Ok::<_, guildhall::db::DbError>(diesel::update(row).set(giveaways::state.eq("ended")).execute(conn)?)
    });
    assert_eq!(end.await.unwrap(), 1);
    assert_eq!(mira.post(&edit, &form).await.status, 409);
    assert!(commands(&app).await.is_empty());
}
