//! Names in the log: as they were at the time, and never of what this person may not see now.

use std::time::Duration;

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};

use super::{listed, log, opens, saves};
use crate::support::TestApp;
use crate::support::app::Stage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_stay_as_they_were_after_a_new_name_and_after_a_deletion() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (general, dj) = (channels::GENERAL.to_string(), roles::DJ.to_string());
    saves(&mut mira, "music", &[("request_channel_id", &general), ("dj_role_ids", &dj)]).await;
    app.discord
        .edit(|world| {
            world.channel_mut(channels::GENERAL).unwrap().name = "agora".into();
            world.delete_role(seed::HARBOUR_CLUB, roles::DJ)
        })
        .unwrap();
    app.clock.advance(Duration::from_secs(61));
    for page in [mira.get(&log()).await, opens(&mut mira, 0).await] {
        assert!(page.main().contains("general") && page.main().contains("DJ"), "{}", page.main());
        assert!(!page.main().contains("agora"), "{}", page.main());
    }
    app.discord.edit(|world| world.delete_channel(channels::GENERAL)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    assert!(opens(&mut mira, 0).await.main().contains("general"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_this_person_cannot_see_is_not_named_in_the_log() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::MOD_LOG.to_string())]).await;
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::GENERAL.to_string())]).await;
    let old = listed(&mira.get(&log()).await).remove(1);
    for path in [log(), old.clone(), format!("{old}/restoration")] {
        let page = mira.get(&path).await;
        assert!(page.main().contains("mod-log"), "{path}: its owner may know: {}", page.main());
        let page = sam.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("mod-log"), "{path}: {}", page.main());
        assert!(page.main().contains("cannot see"), "{path}: {}", page.main());
    }
    // What they may not see they cannot bring back, either.
    let page = sam.get(&format!("{old}/restoration")).await;
    assert!(page.title().starts_with("Error:") && page.has("#f-log-channel-id-error"), "{}", page.title());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_bot_the_log_can_be_read_and_names_no_channel() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::MOD_LOG.to_string()), ("cooldown_minutes", "9")]).await;
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    for page in [mira.get(&log()).await, opens(&mut mira, 0).await] {
        assert!(page.main().contains("9 minutes") && !page.main().contains("mod-log"), "{}", page.main());
    }
    let change = listed(&mira.get(&log()).await).remove(0);
    mira.get(&format!("{change}/restoration")).await.explains(403, "bot is not on this server");
}
