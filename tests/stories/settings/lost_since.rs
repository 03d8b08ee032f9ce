//! A stored value that comes back unchanged is never wrong, whatever became of it in Discord.

use std::time::Duration;

use discord_standin::seed;
use seed::{channels, emojis, roles};

use super::full::entries;
use super::{assert_refused_at, error_at, replaced, warning_at, with};
use crate::support::TestApp;
use crate::support::visitor::{Visitor, settings};

/// Saves every setting of a module.
async fn fill(visitor: &mut Visitor, name: &str) {
    let form = visitor.opens(name).await;
    let form = entries(name).iter().fold(form, |form, entry| replaced(&form, entry.field, &entry.pairs));
    let answer = visitor.post(&settings(name), &form).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
}

async fn the_world_moves_on(app: &TestApp) {
    app.discord.edit(|world| {
        world.guild_mut(seed::HARBOUR_CLUB).unwrap().premium_tier = 0;
        world.delete_channel(channels::MOD_LOG).unwrap();
        world.delete_channel(channels::LOBBY).unwrap();
        world.hide_channel(channels::MORE_ROOMS).unwrap();
        world.move_role(seed::HARBOUR_CLUB, roles::DJ, 12).unwrap();
        world.delete_role(seed::HARBOUR_CLUB, roles::MUTED).unwrap();
        world.delete_emoji(seed::HARBOUR_CLUB, emojis::PARTY).unwrap();
        world.role_mut(seed::HARBOUR_CLUB, roles::GIVEAWAY_PING).unwrap().mentionable = false;
    });
    app.clock.advance(Duration::from_secs(61));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_lost_is_shown_with_its_reason_and_stops_no_other_change() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    fill(&mut mira, "tempvoice").await;
    the_world_moves_on(&app).await;
    let lost =
        ["bitrate_kbps", "log_channel_id", "creators.0.creator_channel_id", "overflow_category_id", "voice_role_id"];
    let page = mira.get(&settings("tempvoice")).await;
    for field in lost {
        assert_ne!(warning_at(&page, field), "", "{field}");
        assert_eq!(error_at(&page, field), "", "{field}");
    }
    let before = app.stored("tempvoice").await.unwrap().0;
    let answer = mira.saves("tempvoice", &[("empty_grace_seconds", "1")]).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let mut after = app.stored("tempvoice").await.unwrap().0;
    assert_eq!(after["emptyGraceSeconds"], 1);
    after["emptyGraceSeconds"] = before["emptyGraceSeconds"].clone();
    assert_eq!(after, before, "what was lost is kept as it was");

    // Changing a lost one to another lost one is judged.
    let page = mira.saves("tempvoice", &[("bitrate_kbps", "127")]).await;
    assert_refused_at(&page, &["bitrate_kbps"]);
    assert_eq!(error_at(&page, "log_channel_id"), "", "the others still only warn");
    assert_eq!(mira.saves("tempvoice", &[("bitrate_kbps", "96")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn switching_a_module_on_judges_everything_anew() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    fill(&mut mira, "tempvoice").await;
    let off = replaced(&mira.opens("tempvoice").await, "enabled", &[]);
    assert_eq!(mira.post(&settings("tempvoice"), &off).await.status, 303);
    the_world_moves_on(&app).await;
    let page = mira.saves("tempvoice", &[("enabled", "on")]).await;
    assert_refused_at(
        &page,
        &["bitrate_kbps", "log_channel_id", "creators.0.creator_channel_id", "overflow_category_id", "voice_role_id"],
    );
    assert_eq!(app.stored("tempvoice").await.unwrap().0["enabled"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_emoji_and_roles_of_giveaways_stay_until_they_are_changed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    fill(&mut mira, "giveaway").await;
    the_world_moves_on(&app).await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let page = jonas.get(&settings("giveaway")).await;
    for field in ["button_emoji", "blocked_role_ids", "ping_role_id"] {
        assert_ne!(warning_at(&page, field), "", "{field}");
    }
    let answer = jonas.saves("giveaway", &[("default_winners", "3")]).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let stored = app.stored("giveaway").await.unwrap().0;
    assert_eq!(stored["blockedRoleIds"], serde_json::json!([roles::MUTED.to_string()]));
    assert_eq!(stored["buttonEmoji"], format!("<a:party:{}>", emojis::PARTY));

    // Adding to a list with a lost one changes that field.
    let mut form = jonas.opens("giveaway").await;
    form.push(("blocked_role_ids".into(), roles::SUPPORT.to_string()));
    assert_refused_at(&jonas.post(&settings("giveaway"), &form).await, &["blocked_role_ids"]);
    let form = with(&form, &[("blocked_role_ids", &roles::SUPPORT.to_string())]);
    assert_eq!(jonas.post(&settings("giveaway"), &form).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_moves_keeps_what_was_lost_in_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    fill(&mut mira, "tempvoice").await;
    the_world_moves_on(&app).await;
    let mut form = mira.opens("tempvoice").await;
    form.push(("row".into(), "down:creators.0".into()));
    let page = mira.post(&settings("tempvoice"), &form).await;
    let answer = mira.post(&settings("tempvoice"), &page.form(&settings("tempvoice"))).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let stored = app.stored("tempvoice").await.unwrap().0;
    assert_eq!(stored["creators"][1]["creatorChannelId"], channels::LOBBY.to_string());
}
