//! The secret key is changed as operations.md says: nobody who comes meanwhile notices.

use std::time::Duration;

use diesel::prelude::*;
use discord_standin::{Id, seed};
use guildhall::db::DbError;
use guildhall::keys::SecretKey;
use guildhall::schema::discord_tokens;

use crate::support::TestApp;
use crate::support::visitor::{edited, settings};

/// Somebody's tokens as they are stored. The key's id stands in front of each.
async fn sealed(app: &TestApp, user: Id) -> [String; 2] {
    let user: i64 = user.to_string().parse().unwrap();
    let read = app.parts.db.run(move |conn| {
        let row = discord_tokens::table.find(user);
        Ok::<(String, String), DbError>(
            row.select((discord_tokens::access_token, discord_tokens::refresh_token)).first(conn)?,
        )
    });
    read.await.unwrap().into()
}

/// What stands in front of everything that this key seals.
fn mark(app: &TestApp) -> String {
    let sealed = app.config.keys.seal("here", "something");
    format!("{}.", sealed.split('.').next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changing_the_secret_key_signs_nobody_out_while_the_previous_one_is_named() {
    let mut app = TestApp::start().await;
    app.discord.edit(|world| world.set_token_lifetime(7_200));
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let form = mira.opens("music").await;
    let (old, new) = (app.secret_key.clone(), SecretKey::generate());
    let old_mark = mark(&app);
    app.discord.clear_requests();

    app.restart_with_key(&new, Some(&old)).await;
    let new_mark = mark(&app);
    assert_ne!(old_mark, new_mark);
    assert_eq!(mira.get("/guilds").await.status, 200, "signed in, and the token opens: Discord was asked with it");
    assert!(app.discord_calls().iter().any(|call| call.ends_with("/users/@me/guilds")), "{:?}", app.discord_calls());
    assert!(sealed(&app, seed::MIRA).await.iter().all(|token| token.starts_with(&old_mark)), "it still serves");
    let saved = mira.post(&settings("music"), &edited(form, &[("default_volume", "70")])).await;
    assert_eq!(saved.status, 303, "a form from before is still good: {}", saved.body);

    // The token runs out and is renewed, as each is within a week.
    app.clock.advance(Duration::from_secs(7_200));
    app.discord.edit(|world| world.advance(Duration::from_secs(7_200)));
    assert_eq!(mira.get("/guilds").await.status, 200);
    assert!(sealed(&app, seed::MIRA).await.iter().all(|token| token.starts_with(&new_mark)), "sealed anew");

    app.restart_with_key(&new, None).await;
    assert_eq!(mira.get("/guilds").await.status, 200);
    assert_eq!(mira.saves("music", &[("default_volume", "75")]).await.status, 303);
    assert!(!jonas.is_signed_in().await, "who did not come meanwhile signs in again");
    jonas.signs_in(seed::JONAS).await;
    assert_eq!(jonas.get("/guilds").await.status, 200);
}
