//! Restoring: a version comes back as a change like any other, judged as a save is.

use std::time::Duration;

use discord_standin::seed::{self, channels};
use serde_json::json;

use super::{body, compared, listed, log, newest_restores, opens, saves};
use crate::settings::full::entries;
use crate::settings::{assert_refused_at, error_at, replaced, with};
use crate::support::TestApp;
use crate::support::visitor::{Visitor, settings};
use guildhall::settings::module::ModuleKey;

/// Where a change is restored; `back` counts from the newest.
async fn restoration(visitor: &mut Visitor, back: usize) -> String {
    format!("{}/restoration", listed(&visitor.get(&log()).await)[back])
}

fn id_in(path: &str) -> String {
    path.split('/').nth(4).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_module_comes_back_as_it_was_as_a_new_change_that_says_so() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for (turn, key) in ModuleKey::ALL.into_iter().enumerate() {
        let name = key.as_str();
        let form =
            entries(name).iter().fold(mira.opens(name).await, |form, entry| replaced(&form, entry.field, &entry.pairs));
        assert_eq!(mira.post(&settings(name), &form).await.status, 303, "{name}");
        let wanted = body(&app, name).await;
        let reset = format!("{}/reset", settings(name));
        let asked = mira.get(&reset).await.form(&reset);
        assert_eq!(mira.post(&reset, &asked).await.status, 303);

        let there = restoration(&mut mira, 1).await;
        let page = mira.get(&there).await;
        assert_eq!(page.status, 200, "{}", page.main());
        assert!(compared(&page).len() > 10 && page.text("form.ways button").contains("Restore"), "{}", page.main());
        let answer = mira.post(&there, &page.form(&there)).await;
        assert_eq!(answer.location(), settings(name), "{}", answer.main());
        let shown = mira.follows(&answer).await;
        assert!(
            shown.title().starts_with("Saved:") && shown.text("#flash").contains("change 1"),
            "{}",
            shown.text("#flash")
        );
        assert_eq!(body(&app, name).await, wanted, "{name}");
        assert_eq!(newest_restores(&app).await, Some(id_in(&there)));
        let heard = bot.messages(3 * turn + 3).await;
        assert_eq!(heard[3 * turn + 2]["data"]["settings"], wanted, "{name} on the wire");
    }
    let list = mira.get(&format!("{}?did=restored", log())).await;
    assert_eq!(listed(&list).len(), 4);
    let newest = opens(&mut mira, 0).await;
    assert!(newest.main().contains("restored the settings of change 1"), "{}", newest.main());
    assert!(opens(&mut mira, 2).await.main().contains("restored by change 3"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_set_already_is_not_restored_again() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    let there = restoration(&mut mira, 1).await;
    let form = mira.get(&there).await.form(&there);
    assert_eq!(mira.post(&there, &form).await.status, 303);
    let again = mira.post(&there, &form).await;
    let shown = mira.follows(&again).await;
    assert!(shown.text("#flash").contains("Nothing to restore"), "{}", shown.text("#flash"));
    let page = mira.get(&there).await;
    assert!(page.main().contains("nothing to restore") && !page.has("form.ways"), "{}", page.main());
    assert_eq!(app.changes().await.0, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_restores_what_somebody_has_changed_meanwhile_sees_it_first() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    let there = restoration(&mut mira, 1).await;
    let form = mira.get(&there).await.form(&there);
    saves(&mut jonas, "music", &[("default_volume", "40")]).await;
    let page = mira.post(&there, &form).await;
    assert_eq!(page.status, 409);
    assert!(page.title().starts_with("Conflict:") && page.main().contains("Jonas"), "{}", page.main());
    assert_eq!(body(&app, "music").await["defaultVolume"], 40);
    let answer = mira.post(&there, &page.form(&there)).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert_eq!(body(&app, "music").await["defaultVolume"], 20);
    assert_eq!(newest_restores(&app).await, Some(id_in(&there)));
    for revision in [None, Some("latest")] {
        saves(&mut mira, "music", &[("default_volume", if revision.is_some() { "61" } else { "60" })]).await;
        let mut form = mira.get(&there).await.form(&there);
        form.retain(|(name, _)| name != "revision");
        form.extend(revision.map(|text| ("revision".to_owned(), text.to_owned())));
        assert_eq!(mira.post(&there, &form).await.status, 409, "{revision:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_version_whose_channel_is_gone_comes_as_a_form_to_be_mended() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (general, music) = (channels::GENERAL.to_string(), channels::MUSIC.to_string());
    saves(&mut mira, "music", &[("request_channel_id", &general), ("default_volume", "20")]).await;
    saves(&mut mira, "music", &[("request_channel_id", ""), ("default_volume", "30")]).await;
    let there = restoration(&mut mira, 1).await;
    let confirmed = mira.get(&there).await.form(&there);
    app.discord.edit(|world| world.delete_channel(channels::GENERAL)).unwrap();
    app.clock.advance(Duration::from_secs(61));

    // Opened and posted before it was known, it is refused the same way.
    assert_refused_at(&mira.post(&there, &confirmed).await, &["request_channel_id"]);
    let page = mira.get(&there).await;
    assert_eq!(page.status, 200);
    assert!(page.title().starts_with("Error:"), "{}", page.title());
    assert!(!error_at(&page, "request_channel_id").is_empty() && page.text(".notice.tone-note").contains("change 1"));
    let form = page.form(&settings("music"));
    assert!(
        form.contains(&("default_volume".into(), "20".into())) && form.contains(&("restores".into(), id_in(&there)))
    );

    // Another mistake, a row, a preview: it still says what it restores.
    let again = mira.post(&settings("music"), &form).await;
    assert_refused_at(&again, &["request_channel_id"]);
    let mended = with(&again.form(&settings("music")), &[("request_channel_id", &music)]);
    let answer = mira.post(&settings("music"), &mended).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let now = body(&app, "music").await;
    assert_eq!((&now["requestChannelId"], &now["defaultVolume"]), (&json!(music), &json!(20)));
    assert_eq!(newest_restores(&app).await, Some(id_in(&there)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_cannot_say_that_it_restores_what_it_does_not() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "tickets", &[("cooldown_minutes", "9")]).await;
    let tickets = id_in(&listed(&mira.get(&log()).await)[0]);
    let arcade = format!("/guilds/{}/settings/music", seed::ARCADE);
    let form = with(&mira.get(&arcade).await.form(&arcade), &[("default_volume", "33")]);
    assert_eq!(mira.post(&arcade, &form).await.status, 303);
    let theirs = mira.get(&format!("/guilds/{}/changes", seed::ARCADE)).await;
    let theirs = id_in(&listed(&theirs)[0]);
    for (volume, said) in [("21", tickets.as_str()), ("22", theirs.as_str()), ("23", "x"), ("24", "' OR 1")] {
        let form = with(&mira.opens("music").await, &[("default_volume", volume), ("restores", said)]);
        assert_eq!(mira.post(&settings("music"), &form).await.status, 303, "{said}");
        assert_eq!(newest_restores(&app).await, None, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_refusal_it_is_one_way_back_to_what_the_bot_accepted() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    answered(&app, None).await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    answered(&app, Some("too loud")).await;
    let page = mira.get(&settings("music")).await;
    let there = page.attributes("#latest-music .delivery a", "href").pop().unwrap();
    let asked = mira.get(&there).await;
    assert_eq!(compared(&asked).len(), 1, "{}", asked.main());
    assert_eq!(mira.post(&there, &asked.form(&there)).await.status, 303);
    assert_eq!(body(&app, "music").await["defaultVolume"], 20);
    let refused = opens(&mut mira, 1).await;
    assert!(refused.text(".way").contains("too loud") && refused.has(".delivery.tone-bad"), "{}", refused.main());
}

/// The bot's answer to the newest change.
async fn answered(app: &TestApp, refused: Option<&'static str>) {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let answer = app.parts.db.run(move |conn| {
        let newest: String = changes.order(id.desc()).select(id).first(conn)?;
        diesel::update(changes.filter(id.eq(newest)))
            .set((applied_at.eq(Some(5_i64)), applied_by.eq("cluster-2"), rejected_reason.eq(refused)))
            .execute(conn)?;
        Ok::<_, guildhall::db::DbError>(())
    });
    answer.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_guildhall_itself_replaced_can_be_had_back_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    // As when a database was put back: by nobody, with the bot's side as before.
    let by_nobody = app.parts.db.run(|conn| {
        use diesel::prelude::*;
        use guildhall::schema::changes::dsl::*;
        let newest: String = changes.order(id.desc()).select(id).first(conn)?;
        diesel::update(changes.filter(id.eq(newest)))
            .set((actor_id.eq(None::<i64>), actor_name.eq("system")))
            .execute(conn)?;
        Ok::<_, guildhall::db::DbError>(())
    });
    by_nobody.await.unwrap();
    let page = opens(&mut mira, 0).await;
    assert!(page.main().contains("Guildhall itself"), "{}", page.main());
    let there = page.attributes(".ways a", "href").into_iter().find(|href| href.ends_with("side=before")).unwrap();
    let asked = mira.get(&there).await;
    assert!(asked.main().contains("as it was before change 2"), "{}", asked.main());
    let action = there.split('?').next().unwrap();
    assert_eq!(mira.post(action, &asked.form(action)).await.status, 303);
    assert_eq!(body(&app, "music").await["defaultVolume"], 20);
    assert!(!opens(&mut mira, 0).await.attributes(".ways a", "href").iter().any(|href| href.ends_with("side=before")));
}
