//! The checklist about what is gone, what somebody cannot see, and what the bot may not hear.

use std::time::Duration;

use discord_standin::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use discord_standin::seed::{self, HARBOUR_CLUB, channels, roles};
use discord_standin::world::{Overwrite, World};

use super::Pairs;
use super::checklist::{MODULES, after, says, set_up, wrong};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_deleted_cannot_work_any_more() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for module in MODULES {
        set_up(&mut mira, module).await;
    }
    for (module, channel) in [
        ("tempvoice", channels::LOBBY),
        ("giveaway", channels::GIVEAWAYS),
        ("tickets", channels::TRANSCRIPTS),
        ("music", channels::MUSIC_BAR),
    ] {
        let page = after(&app, &mut mira, module, |world| world.delete_channel(channel).unwrap()).await;
        says(&page, "Cannot work", &["deleted or hidden from the bot"]);
    }
    let page =
        after(&app, &mut mira, "tickets", |world| world.delete_role(HARBOUR_CLUB, roles::SUPPORT).unwrap()).await;
    says(&page, "Cannot work", &["This role is deleted"]);
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert_eq!(overview.texts(".problems li").iter().filter(|line| line.starts_with("Cannot work")).count(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_somebody_cannot_see_is_neither_named_nor_told_of() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    set_up(&mut mira, "tickets").await;
    let hides = |world: &mut World| {
        let channel = world.channel_mut(channels::TRANSCRIPTS).unwrap();
        channel.name = "the-hidden-one".to_owned();
        channel.permission_overwrites = vec![
            Overwrite::role(HARBOUR_CLUB, 0, VIEW_CHANNEL),
            Overwrite::role(roles::HARBOUR_BOT, VIEW_CHANNEL, SEND_MESSAGES),
        ];
    };
    let seen = after(&app, &mut mira, "tickets", hides).await;
    says(&seen, "Cannot work", &["the-hidden-one", "Send Messages"]);
    let page = jonas.get(&settings("tickets")).await;
    says(&page, "Worth a look", &["You cannot see this channel"]);
    assert!(!page.body.contains("the-hidden-one"), "{}", page.text("#checklist"));
    assert!(!page.text("#checklist").contains("Send Messages"), "nor what is wrong there");
    let overview = jonas.get(&format!("/guilds/{HARBOUR}")).await;
    assert!(!overview.body.contains("the-hidden-one"));
    assert_eq!(overview.texts(".problems li"), [""; 0], "nothing is wrong with the module because of who looks");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_application_may_not_hear_is_said_where_it_matters() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for module in MODULES {
        set_up(&mut mira, module).await;
    }
    app.discord.edit(|world| world.application.flags = 0);
    // What the application is allowed is asked once an hour.
    app.clock.advance(Duration::from_secs(3_601));
    says(&mira.get(&settings("tempvoice")).await, "Worth a look", &["presence intent", "{activity}"]);
    says(&mira.get(&settings("tickets")).await, "Worth a look", &["message content intent"]);
    assert_eq!(wrong(&mira.get(&settings("music")).await), [""; 0]);
    let off =
        mira.opens("tickets").await.into_iter().filter(|(name, _)| name != "transcripts_enabled").collect::<Pairs>();
    assert_eq!(mira.post(&settings("tickets"), &off).await.status, 303);
    assert_eq!(wrong(&mira.get(&settings("tickets")).await), [""; 0], "without transcripts nobody needs it");
}
