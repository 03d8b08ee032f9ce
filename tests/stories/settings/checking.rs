//! Looking again at what the bot can do: what is typed counts, nothing is lost, and Discord is asked with measure.

use std::time::Duration;

use discord_standin::permissions::{EMBED_LINKS, SEND_MESSAGES};
use discord_standin::seed::{channels, roles};
use discord_standin::world::{Overwrite, World};
use serde_json::json;

use super::{typed, with};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

fn check() -> String {
    format!("{}/checklist", settings("giveaway"))
}

fn lines(page: &Page) -> String {
    page.text("#checklist .checklist-lines")
}

fn takes_sending(world: &mut World) {
    let overwrite = Overwrite::role(roles::HARBOUR_BOT, 0, SEND_MESSAGES);
    world.channel_mut(channels::GIVEAWAYS).unwrap().permission_overwrites = vec![overwrite];
}

/// Presses "Check again" with this typed.
async fn checks(visitor: &mut Visitor, edits: &[(&str, &str)]) -> (Vec<(String, String)>, Page) {
    let form = with(&visitor.opens("giveaway").await, edits);
    let page = visitor.post(&check(), &form).await;
    (form, page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_checklist_is_about_what_is_typed_and_checking_saves_nothing_and_loses_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&settings("giveaway")).await;
    assert_eq!(page.attributes("#checklist button", "formaction"), [check()]);
    assert!(page.text("#checklist").contains("About what is saved"));
    assert_eq!(page.attributes("#checklist", "data-live"), ["server"]);
    let rules = channels::RULES.to_string();
    let edits = [("default_channel_id", rules.as_str()), ("default_winners", "7")];
    let (form, page) = checks(&mut mira, &edits).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.has("#checklist[autofocus]") && page.has("#checklist[data-again]"), "it is asked for by its form");
    assert!(lines(&page).contains("rules") && lines(&page).contains("Send Messages"), "{}", lines(&page));
    assert!(page.text("#checklist").contains("About what you typed"));
    assert_eq!(typed(&page.form(&settings("giveaway"))), typed(&form));
    assert_eq!(app.stored("giveaway").await, None);
    assert_eq!(app.changes().await, (0, 0));
    // The same on the other pages that show what is typed.
    let mut refused = with(&form, &[("claim_hours", "999")]);
    let page = mira.post(&settings("giveaway"), &refused).await;
    assert_eq!(page.status, 422);
    assert!(lines(&page).contains("rules"), "refused: {}", lines(&page));
    refused.push(("row".into(), "add:bonus_entries".into()));
    let page = mira.post(&settings("giveaway"), &refused).await;
    assert!(lines(&page).contains("rules"), "rows: {}", lines(&page));
    let mut form = form;
    form.push(("preview".into(), "start_message".into()));
    let page = mira.post(&format!("{}/preview", settings("giveaway")), &form).await;
    assert!(lines(&page).contains("rules"), "preview: {}", lines(&page));
    // What the errors say is not said twice.
    let gone = with(&mira.opens("giveaway").await, &[("default_channel_id", "816370565387403999")]);
    let page = mira.post(&settings("giveaway"), &gone).await;
    assert_eq!(page.status, 422);
    assert_eq!(lines(&page), "", "{}", page.main());
    // It warns, and does not stop.
    let (form, _) = checks(&mut mira, &edits).await;
    assert_eq!(mira.post(&settings("giveaway"), &form).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checking_again_asks_discord_three_times_and_not_again_within_five_seconds() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let giveaways = channels::GIVEAWAYS.to_string();
    assert_eq!(mira.saves("giveaway", &[("default_channel_id", &giveaways)]).await.status, 303);
    let form = mira.opens("giveaway").await;
    app.clock.advance(Duration::from_secs(6));
    app.discord.edit(takes_sending);
    app.discord.clear_requests();
    assert_eq!(mira.get(&settings("giveaway")).await.text("#checklist .tone-bad"), "");
    assert_eq!(app.discord_calls().len(), 0, "a warm page asks nobody");
    let answer = mira.post(&check(), &form).await;
    // Nothing is typed: the page itself, which stays up to date.
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, format!("{}#checklist", settings("giveaway")).as_str())
    );
    let mut calls = app.discord_calls();
    calls.sort();
    let guild = format!("GET /api/v10/guilds/{HARBOUR}");
    assert_eq!(calls.len(), 3, "{calls:?}");
    assert!(
        calls[0].starts_with(&guild) && calls[1].contains("/channels") && calls[2].contains("/members/"),
        "{calls:?}"
    );
    assert!(lines(&mira.get(&settings("giveaway")).await).contains("Send Messages"));
    for _ in 0..3 {
        assert_eq!(mira.post(&check(), &form).await.status, 303);
    }
    assert_eq!(app.discord_calls().len(), 3, "the answers are young enough");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bots_word_that_the_server_has_changed_is_in_the_next_page_at_once() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    let giveaways = channels::GIVEAWAYS.to_string();
    assert_eq!(mira.saves("giveaway", &[("default_channel_id", &giveaways)]).await.status, 303);
    assert_eq!(lines(&mira.get(&settings("giveaway")).await), "");
    app.discord.edit(takes_sending);
    bot.says("GUILD_CHANGED", discord_standin::seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("the page knows", || async {
        lines(&mira.clone().get(&settings("giveaway")).await).contains("Send Messages")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_posted_where_the_bot_cannot_write() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.discord.edit(|world| world.overwrite_bot(channels::GENERAL, 0, EMBED_LINKS)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    for path in ["/rooms/panel", "/player/panel"] {
        let path = format!("/guilds/{HARBOUR}{path}");
        let general = channels::GENERAL.to_string();
        let form = with(&mira.get(&path).await.form(&path), &[("channel_id", &general), ("title", "Hello")]);
        let page = mira.post(&path, &form).await;
        assert_eq!(page.status, 422, "{path}: {}", page.main());
        assert!(page.text("#errors").contains("Embed Links") && page.text("#errors").contains("Edit Channel"));
        assert_eq!(typed(&page.form(&path)), typed(&form));
        // Mended in Discord just now, it goes through.
        app.discord.edit(|world| world.overwrite_bot(channels::GENERAL, EMBED_LINKS, 0)).unwrap();
        app.clock.advance(Duration::from_secs(6));
        assert_eq!(mira.post(&path, &form).await.status, 303, "{path}");
        app.discord.edit(|world| world.overwrite_bot(channels::GENERAL, 0, EMBED_LINKS)).unwrap();
        app.clock.advance(Duration::from_secs(61));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_bot_there_is_nothing_to_check() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("giveaway").await;
    app.discord.edit(|world| world.set_bot_present(discord_standin::seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    assert!(!mira.get(&settings("giveaway")).await.has("#checklist"));
    let page = mira.post(&check(), &with(&form, &[("default_winners", "4")])).await;
    assert!(page.status == 200 && !page.has("#checklist"), "{} {}", page.status, page.main());
}
