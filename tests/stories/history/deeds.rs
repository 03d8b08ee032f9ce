//! What stands in the log besides settings: what the bot was told, and content that was made, changed or removed.

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{compared, executes, listed, log, opens, saves};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};

/// Puts a row into the log, as whoever does such a thing writes it.
async fn done(app: &TestApp, kind: &str, module: &str, action: &str, sides: (Option<Value>, Option<Value>)) -> Uuid {
    let (id, now) = (Uuid::now_v7(), app.clock.now());
    let side = |side: &Option<Value>| match side {
        Some(value) => format!("'{}'", value.to_string().replace('\'', "''")),
        None => "NULL".to_owned(),
    };
    let (before, after) = (side(&sides.0), side(&sides.1));
    let sent = if kind == "content" { now.to_string() } else { "NULL".to_owned() };
    executes(
        app,
        &format!(
            "INSERT INTO changes (id, guild_id, kind, subject, revision, number, action, shape, before_body, after_body, \
             changed, names, actor_id, actor_name, created_at, touched_at, next_attempt_at, published_at) VALUES \
             ('{id}', {HARBOUR}, '{kind}', '{module}', NULL, 0, '{action}', 0, {before}, {after}, '[]', '{{}}', {}, 'Mira', \
             {now}, {now}, {now}, {sent})",
            seed::MIRA
        ),
    )
    .await;
    id
}

/// A command that is done, and its change, which has the same id.
pub async fn told(app: &TestApp, action: &str, label: &str, channel: Option<discord_standin::Id>) -> Uuid {
    let mut command = json!({"type": "X"});
    if let Some(channel) = channel {
        command["channelId"] = channel.to_string().into();
    }
    let id = done(app, "command", "giveaway", action, (None, Some(json!({"label": label, "command": command})))).await;
    executes(
        app,
        &format!(
            "INSERT INTO commands (id, change_id, guild_id, kind, subject, about, label, body, created_at, expires_at, \
             next_attempt_at, touched_at, answered_at, ok) VALUES ('{id}', '{id}', {HARBOUR}, 'GIVEAWAY_END', 'giveaway', \
             'x', 'x', '{{}}', 1, 2, 3, 4, 5, TRUE)"
        ),
    )
    .await;
    id
}

/// A command and some content in the log, for pages to be looked at; gives the id of a change of content.
pub async fn shows_deeds(app: &TestApp) -> Uuid {
    let panel = |description: &str, categories: &[&str]| {
        let categories: Vec<Value> =
            categories.iter().map(|name| json!({"name": name, "claimEnabled": true})).collect();
        let channel = channels::GENERAL.to_string();
        Some(
            json!({"label": "Help desk", "id": "p1", "name": "Help desk", "description": description, "channelId": channel,
            "color": "#5865f2", "categories": categories}),
        )
    };
    let (old, new) =
        ("Choose what it is about.\nWe are here by day.", "Choose what it is about.\nWe are here all day.");
    let sides = (panel(old, &["Billing", "Bugs"]), panel(new, &["Bugs", "Billing", "Anything else"]));
    let id = done(app, "content", "tickets", "panel-update", sides).await;
    told(app, "giveaway-end", "Three months of Nitro", None).await;
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_and_content_are_told_in_words_and_offer_no_restoration() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let command = told(&app, "giveaway-end", "\"'><img src=x>\u{202e}Nitro", None).await;
    let panel = |name: &str, color: &str| {
        Some(
            json!({"label": name, "id": "p1", "name": name, "color": color, "channelId": channels::GENERAL.to_string()}),
        )
    };
    done(&app, "content", "tickets", "panel-create", (None, panel("Help", "#ffffff"))).await;
    done(&app, "content", "tickets", "panel-update", (panel("Help", "#ffffff"), panel("Help", "#000000"))).await;
    done(
        &app,
        "content",
        "giveaway",
        "giveaway-update",
        (Some(json!({"secretPrize": "AAA-1"})), Some(json!({"secretPrize": "AAA-2"}))),
    )
    .await;
    done(
        &app,
        "content",
        "music",
        "playlist-delete",
        (Some(json!({"label": "Night", "tracks": [{"title": "one"}]})), None),
    )
    .await;
    done(&app, "content", "music", "no-such-act", (None, None)).await;

    let list = mira.get(&log()).await;
    let titles = list.texts(".log-entry h2 a");
    let starts = [
        "\u{2068}Something without a name here\u{2069} was changed",
        "The playlist \u{2068}Night\u{2069} was deleted",
        "The giveaway",
        "The panel \u{2068}Help\u{2069} was changed",
        "The panel \u{2068}Help\u{2069} was made",
        "Ending the giveaway",
        "Music, change 1",
    ];
    for (title, start) in titles.iter().zip(starts) {
        assert!(title.starts_with(start), "{title}");
    }
    assert!(!list.body.contains("<img src=x>") && !list.body.contains('\u{202e}'));
    assert_eq!(list.attributes("[id^=delivery-]", "id").len(), 1, "only settings have a way to go");
    assert!(list.text(&format!("[id='command-{command}']")).contains("Done"));
    assert!(list.attributes(".log-entry a", "href").contains(&format!("/guilds/{HARBOUR}/commands/{command}")));
    let facts = list.texts(".log-facts li");
    assert!(facts.iter().any(|fact| fact.contains("Color from #ffffff → to #000000")), "{facts:?}");

    let changed = opens(&mut mira, 3).await;
    assert_eq!(
        compared(&changed),
        [("Color".to_owned(), "− removed: #ffffff".to_owned(), "+ added: #000000".to_owned())]
    );
    assert!(changed.texts(".unchanged dd").contains(&"general".to_owned()), "names, not ids: {}", changed.main());
    for back in 0..6 {
        let page = opens(&mut mira, back).await;
        assert!(!page.body.contains("/restoration") && !page.body.contains("AAA-"), "{}", page.main());
        assert!(!page.body.contains("history-") && !page.body.contains("thing-"), "{}", page.main());
        let address = listed(&list)[back].clone();
        mira.get(&format!("{address}/restoration")).await.explains(404, "no such page");
    }
    let page = opens(&mut mira, 5).await;
    assert!(page.attributes(".ways a", "href").contains(&format!("/guilds/{HARBOUR}/commands/{command}")));
    let file = mira.get(&format!("{}/export?format=json", log())).await.body;
    assert!(!file.contains("AAA-") && file.contains("The panel Help was made"), "{file}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_found_by_module_person_and_what_was_done_and_never_by_a_state() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    told(&app, "giveaway-end", "Nitro", None).await;
    let thing = || (None, Some(json!({"label": "It"})));
    done(&app, "content", "giveaway", "giveaway-create", thing()).await;
    done(&app, "content", "tickets", "panel-create", thing()).await;
    done(&app, "content", "music", "playlist-create", thing()).await;
    for (query, count) in [
        ("did=commands", 1),
        ("did=panels", 2),
        ("did=giveaways", 1),
        ("did=create", 0),
        ("did=update", 0),
        ("module=giveaway", 2),
        ("module=music", 1),
        ("state=sent", 0),
        ("state=waiting", 0),
        (&format!("by={}", seed::MIRA), 4),
    ] {
        let page = mira.get(&format!("{}?{query}", log())).await;
        assert_eq!(page.texts(".log-entry").len(), count, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_this_person_cannot_see_is_not_named_by_a_command_either() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let id = told(&app, "send-panel", "mod-log", Some(channels::MOD_LOG)).await;
    for path in [log(), format!("{}/{id}", log()), format!("{}/export?format=csv", log())] {
        assert!(mira.get(&path).await.body.contains("mod-log"), "{path}: its owner may know");
        let theirs = sam.get(&path).await;
        assert!(!theirs.body.contains("mod-log") && theirs.body.contains("cannot see"), "{path}: {}", theirs.main());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_in_nobodys_way() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    told(&app, "giveaway-end", "Nitro", None).await;
    done(&app, "content", "music", "playlist-create", (None, Some(json!({"label": "It"})))).await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    assert_eq!(bot.messages(1).await.len(), 1, "the settings were sent, and nothing else");
    let page = opens(&mut mira, 0).await;
    assert_eq!(page.text("h1"), "Music, change 1 First save");
    assert!(!page.has(".pager"), "its neighbours are changes of settings");
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert_eq!(overview.texts("[id^=latest-] .delivery").len(), 1, "{}", overview.main());
    app.parts.relay.sweep_all_now().await;
    let theirs = listed(&mira.get(&format!("{}?did=commands", log())).await);
    assert_eq!(theirs.len(), 1);
    assert!(!mira.get(&theirs[0]).await.has("[id^=delivery-]"));
}
