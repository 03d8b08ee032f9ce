//! Trying a command again is judged anew, for the person who tries, as they are now.

use std::time::Duration;

use discord_standin::permissions::{MANAGE_GUILD, MENTION_EVERYONE, VIEW_CHANNEL};
use discord_standin::seed::{self, channels, roles};
use discord_standin::world::Overwrite;
use guildhall::commands::{Kind, NewCommand};
use serde_json::json;

use super::{comes_to, ending, gives, on_the_stream, tries_again};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::visitor::Visitor;

/// Sam manages the Harbour Club with these rights besides.
async fn with_sam(more: u64) -> TestApp {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD | more).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    TestApp::on(stage).await
}

fn posting(role: discord_standin::Id) -> NewCommand {
    let categories = json!([{ "name": "Billing", "pingRoleIds": [role.to_string()] }]);
    NewCommand {
        kind: Kind::TicketPanel,
        channel: Some(channels::GENERAL.to_string().parse().unwrap()),
        fields: json!({ "panelId": "p", "categories": categories }).as_object().unwrap().clone(),
        ..ending("a panel")
    }
}

/// The page offers nothing, and who tries all the same is told why; nothing is sent.
async fn is_refused(app: &TestApp, visitor: &mut Visitor, path: &str, why: &str) {
    let before = on_the_stream(app).await.len();
    let page = comes_to(visitor, path, "no-answer").await;
    assert!(!page.has("form[action$='/again']") && page.main().contains(why), "{}", page.main());
    let token = visitor.token().await;
    let answer = visitor.post(&format!("{path}/again"), &[("csrf_token".to_owned(), token)]).await;
    let flash = visitor.follows(&answer).await.text("#flash");
    assert!(flash.contains(why), "{flash}");
    assert_eq!(on_the_stream(app).await.len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_no_longer_mention_a_role_does_not_have_it_mentioned_by_trying_again() {
    let app = with_sam(MENTION_EVERYONE).await;
    let mut sam = app.signed_in(seed::SAM).await;
    // The one may be mentioned by anybody, the other by few.
    let (_, open) = gives(&app, seed::SAM, posting(roles::SUPPORT)).await;
    let (_, closed) = gives(&app, seed::SAM, posting(roles::EVENT_HOST)).await;
    app.clock.advance(Duration::from_secs(31));
    assert!(comes_to(&sam, &closed, "no-answer").await.has("form[action$='/again']"), "while they may");
    app.discord.edit(|world| world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    is_refused(&app, &mut sam, &closed, "a role that you may not mention").await;
    assert_eq!(tries_again(&mut sam, &open).await.status, 303);
    assert_eq!(on_the_stream(&app).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_no_longer_sees_a_channel_does_not_have_the_bot_write_there_by_trying_again() {
    let app = with_sam(0).await;
    let mut sam = app.signed_in(seed::SAM).await;
    let in_general = NewCommand { channel: Some(channels::GENERAL.to_string().parse().unwrap()), ..ending("Nitro") };
    let in_the_mod_log = NewCommand { channel: Some(channels::MOD_LOG.to_string().parse().unwrap()), ..ending("Boat") };
    let (_, hidden) = gives(&app, seed::MIRA, in_the_mod_log).await;
    let (_, given_by_mira) = gives(&app, seed::MIRA, in_general).await;
    let (_, own) = gives(&app, seed::SAM, posting(roles::SUPPORT)).await;
    app.clock.advance(Duration::from_secs(31));
    is_refused(&app, &mut sam, &hidden, "cannot see or write in the channel").await;
    assert_eq!(tries_again(&mut app.mira().await, &hidden).await.status, 303, "who sees it may");
    app.discord.edit(|world| {
        let overwrites = &mut world.channel_mut(channels::GENERAL).unwrap().permission_overwrites;
        overwrites.push(Overwrite::role(seed::HARBOUR_CLUB, 0, VIEW_CHANNEL));
        overwrites.push(Overwrite::role(roles::HARBOUR_BOT, VIEW_CHANNEL, 0));
    });
    app.clock.advance(Duration::from_secs(61));
    for path in [given_by_mira, own] {
        is_refused(&app, &mut sam, &path, "cannot see or write in the channel").await;
    }
}
