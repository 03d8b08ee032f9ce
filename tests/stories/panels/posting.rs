//! Posting a panel: a command to the bot, whose answer says where it is.

use std::time::Duration;

use discord_standin::permissions::SEND_MESSAGES;
use discord_standin::seed::{self, channels};
use redis::AsyncCommands as _;
use redis::streams::StreamRangeReply;
use serde_json::json;

use super::*;
use crate::support::app::eventually;

/// The commands the bot was given, oldest first.
async fn given(app: &TestApp) -> Vec<Value> {
    let mut connection = app.redis.connection().await.unwrap();
    let stream: StreamRangeReply = connection.xrange_all(format!("{}bot:commands", app.prefix)).await.unwrap();
    let text = |entry: &redis::streams::StreamId| entry.get::<String>("command").unwrap();
    stream.ids.iter().map(|entry| serde_json::from_str(&text(entry)).unwrap()).collect()
}

async fn gives(app: &TestApp, count: usize) -> Vec<Value> {
    eventually(&format!("{count} commands are sent"), || async { given(app).await.len() >= count }).await;
    given(app).await
}

async fn answers(app: &TestApp, command: &Value, more: Value) {
    let mut data = json!({"commandId": command["commandId"], "ok": true});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.bot().await.says("COMMAND_RESULT", seed::HARBOUR_CLUB, data).await;
}

async fn posts(visitor: &mut Visitor, id: &str, channel: &str) -> Page {
    let there = format!("{}/posting", at(id));
    let page = visitor.get(&at(id)).await;
    let token = page.attributes("input[name=csrf_token]", "value").remove(0);
    visitor.post(&there, &[("csrf_token".into(), token), ("channel_id".into(), channel.into())]).await
}

const MESSAGE: &str = "1300000000000000001";

/// Makes a panel, posts it in the general channel, and has the bot say so.
async fn posted(app: &TestApp, visitor: &mut Visitor) -> String {
    let id = makes(visitor, "Help").await;
    assert_eq!(posts(visitor, &id, &general()).await.status, 303);
    let command = gives(app, 1).await.remove(0);
    answers(app, &command, json!({"channelId": general(), "messageId": MESSAGE})).await;
    says(app, visitor, &id, "Posted in").await;
    id
}

/// Waits until the panel's page says so.
async fn says(app: &TestApp, visitor: &Visitor, id: &str, words: &str) {
    let _ = app;
    eventually(words, || {
        let (mut visitor, path) = (visitor.clone(), at(id));
        async move { visitor.get(&path).await.text("#posting").contains(words) }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_is_posted_and_the_page_says_where_once_the_bot_has_done_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let answer = posts(&mut mira, &id, &general()).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, at(&id).as_str()), "{}", answer.main());
    let page = mira.follows(&answer).await;
    assert!(page.text("#posting").contains("Not posted"), "sent is not done: {}", page.main());
    assert!(page.has("#posting [id^='command-']"), "its line: {}", page.main());
    let command = gives(&app, 1).await.remove(0);
    assert_eq!((&command["type"], &command["panelId"]), (&json!("ticket_panel_v2"), &json!(id)));
    assert_eq!((&command["channelId"], &command["guildId"]), (&json!(general()), &json!(HARBOUR.to_string())));
    assert_eq!(command["embed"]["title"], "How can we help?");
    assert_eq!(command["categories"][0]["name"], "Billing");
    assert_eq!(command["categories"][0]["formEnabled"], false);

    answers(&app, &command, json!({"channelId": general(), "messageId": MESSAGE})).await;
    says(&app, &mira, &id, "Posted in").await;
    let page = mira.get(&at(&id)).await;
    let link = format!("https://discord.com/channels/{HARBOUR}/{}/{MESSAGE}", general());
    assert!(page.attributes("#posting .posted a", "href").contains(&link), "{}", page.main());
    assert!(page.attributes("#posting .posted a", "rel")[0].contains("noopener"));
    assert!(page.text("#posting").contains("general") && !page.has("[data-state=behind]"), "{}", page.main());
    assert_eq!(saves(&mut mira, &id, &[("title", "Newer")]).await.status, 303);
    assert!(mira.get(&at(&id)).await.has("#posting [data-state=behind]"));
    assert!(mira.get(&panels()).await.has("[data-state=behind]"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn posting_anew_removes_the_old_message_and_posts_what_is_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = posted(&app, &mut mira).await;
    saves(&mut mira, &id, &[("title", "Newer")]).await;
    let there = format!("{}/posting", at(&id));
    let page = mira.get(&at(&id)).await;
    assert!(page.text("#posting").contains("removes the message that is there now"));
    let mut form = page.form(&there);
    form.push(("do".into(), "again".into()));
    assert_eq!(mira.post(&there, &form).await.status, 303);
    let given = gives(&app, 3).await;
    assert_eq!((&given[1]["type"], &given[1]["messageId"]), (&json!("PANEL_REMOVE"), &json!(MESSAGE)));
    assert_eq!((&given[2]["type"], &given[2]["embed"]["title"]), (&json!("ticket_panel_v2"), &json!("Newer")));
    assert_eq!(given[2]["channelId"], json!(general()));
    // In whichever order the answers come, the new message is where it is.
    answers(&app, &given[2], json!({"messageId": "1300000000000000002"})).await;
    answers(&app, &given[1], json!({})).await;
    eventually("the new message is known", || {
        let (mut visitor, path) = (mira.clone(), at(&id));
        async move { visitor.get(&path).await.body.contains("1300000000000000002") }
    })
    .await;
    assert!(!mira.get(&at(&id)).await.has("[data-state=behind]"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removing_asks_first_and_a_failure_is_told_in_the_bots_words() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = posted(&app, &mut mira).await;
    let there = format!("{}/removal", at(&id));
    let asked = mira.get(&there).await;
    assert!(asked.main().contains("Harbour Club") && asked.main().contains("can no longer open"), "{}", asked.main());
    assert_eq!(mira.post(&there, &asked.form(&there)).await.status, 303);
    let given = gives(&app, 2).await;
    let no = json!({"commandId": given[1]["commandId"], "ok": false, "error": "the channel is on fire"});
    app.bot().await.says("COMMAND_RESULT", seed::HARBOUR_CLUB, no).await;
    says(&app, &mira, &id, "the channel is on fire").await;
    assert!(mira.get(&at(&id)).await.text("#posting").contains("Posted in"), "it is still there");
    let form = mira.get(&there).await.form(&there);
    mira.post(&there, &form).await;
    let given = gives(&app, 3).await;
    answers(&app, &given[2], json!({})).await;
    says(&app, &mira, &id, "Not posted").await;
    let answer = mira.post(&there, &form).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("nothing to remove"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleting_a_posted_panel_removes_its_message_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = posted(&app, &mut mira).await;
    let there = format!("{}/deletion", at(&id));
    let asked = mira.get(&there).await;
    assert!(asked.main().contains("removes its message from") && asked.main().contains("general"), "{}", asked.main());
    assert_eq!(mira.post(&there, &asked.form(&there)).await.status, 303);
    let given = gives(&app, 2).await;
    assert_eq!((&given[1]["type"], &given[1]["panelId"]), (&json!("PANEL_REMOVE"), &json!(id)));
    answers(&app, &given[1], json!({})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_is_posted_only_where_this_person_may_write() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let id = makes(&mut mira, "Help").await;
    for (channel, words) in [
        (String::new(), "Choose one"),
        ("general".into(), "Choose one"),
        (channels::RULES.to_string(), "cannot write"),
        (channels::LOUNGE.to_string(), "kind"),
        ("816370565387403999".into(), "deleted"),
    ] {
        let page = posts(&mut jonas, &id, &channel).await;
        let said = errors(&page);
        assert!(said.len() == 1 && said[0].contains(words), "{channel}: {said:?}");
    }
    assert_eq!(given(&app).await, [] as [Value; 0]);
    let nowhere = errors(&posts(&mut mira, &id, &channels::RULES.to_string()).await);
    assert!(nowhere.len() == 1 && nowhere[0].contains("Send Messages"), "nor can the bot: {nowhere:?}");
    app.discord.edit(|world| world.overwrite_bot(channels::RULES, SEND_MESSAGES, 0)).unwrap();
    app.clock.advance(Duration::from_secs(6));
    // Where it is posted by somebody else counts as little.
    assert_eq!(posts(&mut mira, &id, &channels::RULES.to_string()).await.status, 303);
    let command = gives(&app, 1).await.remove(0);
    answers(&app, &command, json!({"channelId": channels::RULES.to_string(), "messageId": MESSAGE})).await;
    says(&app, &mira, &id, "Posted in").await;
    let there = format!("{}/posting", at(&id));
    let mut form = jonas.get(&at(&id)).await.form(&there);
    form.push(("do".into(), "again".into()));
    assert!(errors(&jonas.post(&there, &form).await)[0].contains("cannot write"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_on_which_nothing_can_be_chosen_is_not_posted() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let there = format!("{}/categories/1", at(&id));
    let form: Pairs = opens(&mut mira, &there).await.into_iter().filter(|(name, _)| name != "enabled").collect();
    mira.post(&there, &form).await;
    assert_eq!(saves(&mut mira, &id, &[]).await.status, 303);
    let answer = posts(&mut mira, &id, &general()).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("was not posted"));
    assert_eq!(given(&app).await, [] as [Value; 0]);
}
