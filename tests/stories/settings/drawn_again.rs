//! A form that is drawn once serves again, and never a moment longer than what it says is true, nor anybody else.

use std::time::Duration;

use discord_standin::permissions::VIEW_CHANNEL;
use discord_standin::seed::{AYLIN, HARBOUR_CLUB, JONAS, channels, roles};
use discord_standin::world::Overwrite;

use super::checklist::after;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

fn tokens(page: &Page) -> Vec<String> {
    page.attributes("input[name='csrf_token']", "value")
}

/// The page without what is made anew for each.
fn lasting(page: &Page) -> String {
    let since = page.attributes("#live", "data-href");
    tokens(page).iter().chain(&since).fold(page.body.clone(), |body, made| body.replace(made, ""))
}

/// The module's page twice: as it was drawn, and as it is kept.
async fn twice(visitor: &mut Visitor, module: &str) -> [Page; 2] {
    [visitor.get(&settings(module)).await, visitor.get(&settings(module)).await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_shown_again_is_the_same_with_tokens_of_its_own() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for module in super::checklist::MODULES {
        let [first, second] = twice(&mut mira, module).await;
        assert_eq!(lasting(&first), lasting(&second), "{module}");
        assert!(tokens(&first).len() >= 2, "{module}");
        assert!(tokens(&first).iter().all(|token| !tokens(&second).contains(token)), "{module}: each page has its own");
        let answer = mira.post(&settings(module), &second.form(&settings(module))).await;
        assert!(mira.follows(&answer).await.has("#flash"), "{module}: it can be sent");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_form_is_drawn_from_changes_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    twice(&mut mira, "music").await;

    let mut aylin = app.signed_in(AYLIN).await;
    assert_eq!(aylin.saves("music", &[("default_volume", "37")]).await.status, 303);
    for page in twice(&mut mira, "music").await {
        assert!(page.form(&settings("music")).contains(&("default_volume".into(), "37".into())), "what is saved");
    }

    let renamed = |world: &mut discord_standin::world::World| {
        world.role_mut(HARBOUR_CLUB, roles::DJ).unwrap().name = "Record keeper".into();
    };
    after(&app, &mut mira, "music", renamed).await;
    for page in twice(&mut mira, "music").await {
        assert!(page.body.contains("Record keeper"), "what the server has");
    }

    let chosen = [("time_zone", "Asia/Tokyo"), ("theme", "dark"), ("language", "vi")];
    let before = mira.get(&settings("music")).await;
    let mut form = mira.get("/account/preferences").await.form("/account/preferences");
    form.retain(|(name, _)| !chosen.iter().any(|(other, _)| name == other));
    form.extend(chosen.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(mira.post("/account/preferences", &form).await.status, 303);
    mira.get(&settings("music")).await.text("#flash");
    let [first, second] = twice(&mut mira, "music").await;
    assert_ne!(before.text("#checklist .checklist-foot .hint"), first.text("#checklist .checklist-foot .hint"));
    assert!(second.text("#checklist .checklist-foot .hint").contains("JST"), "the zone, in words of the language");
    assert_eq!(lasting(&first), lasting(&second));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_shown_the_form_of_somebody_who_sees_more() {
    let app = TestApp::start().await;
    app.discord.edit(|world| {
        let hidden = Overwrite::member(JONAS, 0, VIEW_CHANNEL);
        world.channel_mut(channels::GENERAL).unwrap().permission_overwrites.push(hidden);
    });
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(JONAS).await);
    let general = channels::GENERAL.to_string();
    let offered = |page: &Page| page.attributes("option", "value").contains(&general);
    for _ in 0..2 {
        assert!(twice(&mut mira, "tickets").await.iter().all(offered));
        assert!(!twice(&mut jonas, "tickets").await.iter().any(offered));
    }

    app.discord.edit(|world| world.member_mut(HARBOUR_CLUB, JONAS).unwrap().roles.push(roles::ADMIN));
    app.clock.advance(Duration::from_secs(61));
    assert!(twice(&mut jonas, "tickets").await.iter().all(offered), "an administrator sees all");
}
