//! Redis has lost what it held: it is filled again, and nobody who saves waits for that.

use std::sync::atomic::{AtomicBool, Ordering};

use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema::settings;
use redis::AsyncCommands as _;

use super::{all_is_settled, saves, snapshot};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{edited, settings};

const GUILDS: i64 = 800;
const FIRST: i64 = 300_000_000_000_000_000;

/// Many servers with music settings, as if saved long ago.
async fn many_guilds(app: &TestApp) {
    let body = serde_json::to_string(&(guildhall::modules::ALL[3].defaults)()).unwrap();
    for part in 0..4 {
        let body = body.clone();
        let rows = (part * GUILDS / 4..(part + 1) * GUILDS / 4).map(move |number| {
            (
                settings::guild_id.eq(FIRST + number),
                settings::module.eq("music"),
                settings::body.eq(body.clone()),
                settings::shape.eq(1),
                settings::revision.eq(1_000 + number),
                settings::saves.eq(1),
                settings::enabled.eq(false),
                settings::is_default.eq(false),
                settings::updated_at.eq(1_000),
            )
        });
        let rows: Vec<_> = rows.collect();
        let write = app.parts.db.write(move |conn| {
            for row in rows {
                diesel::insert_into(settings::table).values(row).execute(conn)?;
            }
            Ok::<_, DbError>(())
        });
        write.await.unwrap();
    }
    app.parts.relay.sweep_all_now().await;
}

/// How many of them Redis holds.
async fn held(app: &TestApp) -> usize {
    let mut connection = app.redis.connection().await.unwrap();
    let keys: Vec<String> = connection.keys(format!("bot:config:current:{}*", FIRST / 1_000_000)).await.unwrap();
    keys.len()
}

async fn is_complete(app: &TestApp) -> bool {
    app.parts.relay.publisher().status().await.is_ok_and(|status| status.complete)
}

async fn flush(app: &TestApp) {
    let mut connection = app.redis.connection().await.unwrap();
    redis::cmd("FLUSHALL").exec_async(&mut connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_lost_everything_is_filled_again_without_any_save() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "31")]).await;
    all_is_settled(&app).await;
    flush(&app).await;
    eventually("Redis is filled", || is_complete(&app)).await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 31);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saves_are_sent_while_hundreds_of_servers_are_filled_in() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "31")]).await;
    many_guilds(&app).await;
    assert_eq!(held(&app).await, GUILDS as usize);
    let bot = app.bot().await;
    flush(&app).await;
    for volume in ["41", "42", "43"] {
        let page = saves(&mut mira, "music", &[("default_volume", volume)]).await;
        assert!(page.text("#flash").contains("Sent to the bot"), "{}", page.text("#flash"));
    }
    eventually("Redis is filled", || is_complete(&app)).await;
    assert_eq!(held(&app).await, GUILDS as usize);
    all_is_settled(&app).await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 43);
    let messages = bot.messages(GUILDS as usize + 3).await;
    let old = messages.iter().filter(|one| one["data"]["revision"].as_i64().unwrap() < 10_000).count();
    assert_eq!(old, GUILDS as usize, "each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saves_at_once_on_a_redis_that_has_lost_everything_are_all_sent_and_none_is_told_to_wait() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let edits = [
        ("music", ("default_volume", "44")),
        ("tickets", ("cooldown_minutes", "9")),
        ("giveaway", ("default_winners", "2")),
        ("tempvoice", ("auto_lock_minutes", "30")),
    ];
    let mut forms = Vec::new();
    for (module, edit) in edits {
        saves(&mut mira, module, &[]).await;
        forms.push((module, edited(mira.opens(module).await, &[edit])));
    }
    all_is_settled(&app).await;
    flush(&app).await;
    let posts = forms.into_iter().map(|(module, form)| {
        let mut mira = mira.clone();
        tokio::spawn(async move {
            assert_eq!(mira.post(&settings(module), &form).await.status, 303, "{module}");
            mira.get(&settings(module)).await.text("#flash")
        })
    });
    for said in posts.collect::<Vec<_>>() {
        let said = said.await.unwrap();
        assert!(said.contains("Sent to the bot"), "{said}");
    }
    eventually("Redis is filled", || is_complete(&app)).await;
    all_is_settled(&app).await;
    for (module, name, value) in [("MUSIC", "defaultVolume", 44), ("TICKETS", "cooldownMinutes", 9)] {
        assert_eq!(snapshot(&app, module).await["data"]["settings"][name], value);
    }
    for module in ["GIVEAWAY", "TEMPVOICE"] {
        assert!(snapshot(&app, module).await["data"]["revision"].as_i64().unwrap() > 0, "{module}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_that_is_interrupted_begins_anew_and_is_complete_only_at_its_end() {
    let app = TestApp::with_own_redis().await;
    many_guilds(&app).await;
    let lied = AtomicBool::new(false);
    for _ in 0..2 {
        flush(&app).await;
        eventually("the rebuild has begun", || async {
            let (complete, held) = (is_complete(&app).await, held(&app).await);
            lied.fetch_or(complete && held > 0 && held < GUILDS as usize, Ordering::Relaxed);
            held > 0
        })
        .await;
        app.redis.kill();
        app.redis.restart().await;
    }
    eventually("Redis is filled", || is_complete(&app)).await;
    assert_eq!(held(&app).await, GUILDS as usize);
    assert!(!lied.load(Ordering::Relaxed), "it said to be complete before it was");
}
