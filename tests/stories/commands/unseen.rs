//! A channel's name is for whoever can see the channel in Discord, and for nobody else.

use demo::bot::Behaviour;
use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};
use guildhall::commands::{Kind, NewCommand};
use guildhall::settings::module::ModuleKey;
use serde_json::json;

use super::{comes_to, gives};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage, eventually};
use crate::support::stream::OpenPage;

fn about_the_mod_log(kind: Kind, about: &str) -> NewCommand {
    NewCommand {
        kind,
        module: if about == "panel-music" { ModuleKey::Music } else { ModuleKey::TempVoice },
        about: about.to_owned(),
        label: "#mod-log".to_owned(),
        channel: Some(channels::MOD_LOG.to_string().parse().unwrap()),
        fields: json!({ "panelType": "voice" }).as_object().unwrap().clone(),
        repeats: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_and_no_notice_names_the_channel_of_a_command_to_who_cannot_see_it() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let bot = app.example_bot();
    is_heard(&app).await;
    bot.behave(Behaviour { refuses: Some("not now".into()), ..Behaviour::default() });
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let told = OpenPage::opens(&sam, HARBOUR, None).await;
    let (_, panel) = gives(&app, seed::MIRA, about_the_mod_log(Kind::SendPanel, "panel-voice")).await;
    let (_, player) = gives(&app, seed::MIRA, about_the_mod_log(Kind::SendPanel, "panel-music")).await;
    let id = channels::MOD_LOG.to_string();
    let (_, room) = gives(&app, seed::MIRA, about_the_mod_log(Kind::VoiceRoomClose, &id)).await;
    for path in [&panel, &player, &room] {
        comes_to(&mira, path, "failed").await;
    }
    let tails = ["", "/rooms", "/playlists", "/changes"];
    for path in [panel, player, room].into_iter().chain(tails.map(|tail| format!("/guilds/{HARBOUR}{tail}"))) {
        assert!(mira.get(&path).await.body.contains("mod-log"), "{path}: its owner may know");
        let theirs = sam.get(&path).await;
        assert!(!theirs.body.contains("mod-log") && theirs.body.contains("cannot see"), "{path}: {}", theirs.body);
    }
    eventually("open pages are told", || async {
        let notices = told.heard().into_iter().filter(|one| one.event == "notices");
        notices.map(|one| one.data).collect::<String>().matches("not now").count() >= 3
    })
    .await;
    let heard = told.heard();
    assert!(heard.iter().all(|one| !one.data.contains("mod-log")), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_feed_names_no_room_that_this_person_cannot_see() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    crate::happenings::is_open(&app, &channels::MOD_LOG.to_string()).await;
    let path = format!("/guilds/{HARBOUR}");
    let line = ".feed-item p:first-child";
    let seen = app.mira().await.get(&path).await.texts(line);
    assert!(seen[0].contains("\u{2068}Room\u{2069}"), "{seen:?}");
    let unseen = app.signed_in(seed::SAM).await.get(&path).await.texts(line);
    assert!(unseen[0].contains("cannot see") && !unseen[0].contains("Room\u{2069}"), "{unseen:?}");
}
