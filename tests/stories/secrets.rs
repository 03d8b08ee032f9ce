//! A walk through everything there is, with what goes wrong on the way: no secret that was in use is in the log or on a
//! page afterwards.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use discord_standin::{Fault, FaultKind, seed};
use guildhall::db::DatabaseUrl;
use sha2::Sha256;

use crate::routes::guarded;
use crate::routes::rows::Rows;
use crate::support::app::{Stage, TestApp, eventually};
use crate::support::logs;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// What each key that is made of the secret key is for (`src/keys.rs`).
const PURPOSES: [(&str, usize); 4] =
    [("guildhall cookies", 64), ("guildhall csrf", 64), ("guildhall discord tokens", 32), ("guildhall drafts", 32)];

/// Forms that end the session: after all others, each by itself.
const LAST: [&str; 3] = ["/logout", "/account/disconnection", "/account/deletion"];

/// Secrets by what they are.
struct Secrets(Vec<(String, String)>);

impl Secrets {
    fn add(&mut self, what: &str, text: &str) {
        assert!(text.len() >= 12, "{what} is too short to be looked for");
        self.0.push((what.to_owned(), text.to_owned()));
    }

    /// However bytes may be written.
    fn add_bytes(&mut self, what: &str, bytes: &[u8]) {
        for text in [HEXLOWER.encode(bytes), BASE64.encode(bytes), BASE64URL_NOPAD.encode(bytes), format!("{bytes:?}")]
        {
            self.add(what, &text);
        }
    }

    fn are_not_in(&self, place: &str, text: &str) {
        for (what, secret) in &self.0 {
            let found = text.find(secret.as_str());
            let line = found.and_then(|_| text.lines().find(|line| line.contains(secret.as_str())));
            assert!(found.is_none(), "{what} is in {place}: {line:?}");
        }
    }
}

/// What the operator has, and what is made of it.
fn of_the_operator(app: &TestApp, redis_password: &str) -> Secrets {
    let mut secrets = Secrets(Vec::new());
    secrets.add("the client secret", seed::CLIENT_SECRET);
    secrets.add("the bot's token", seed::BOT_TOKEN);
    secrets.add("Redis's password", redis_password);
    let key = HEXLOWER.decode(app.secret_key.as_bytes()).unwrap();
    secrets.add_bytes("the secret key", &key);
    for (purpose, length) in PURPOSES {
        let mut made = vec![0; length];
        hkdf::Hkdf::<Sha256>::new(None, &key).expand(purpose.as_bytes(), &mut made).unwrap();
        secrets.add_bytes(purpose, &made);
    }
    if let DatabaseUrl::Postgres { url } = &app.config.database_url
        && let Some(password) = url.password().filter(|password| password.len() >= 12)
    {
        secrets.add("the database's password", password);
    }
    secrets
}

/// Discord's tokens of everybody who has signed in.
fn tokens(app: &TestApp, into: &mut Secrets) {
    let all = app.discord.edit(|world| world.tokens.clone());
    assert!(!all.is_empty());
    for token in all {
        into.add("an access token", &token.access);
        into.add("a refresh token", &token.refresh);
    }
}

fn cookies(visitor: &Visitor, into: &mut Secrets) {
    visitor.cookies.iter().for_each(|(name, value)| into.add(&format!("the cookie {name}"), value));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_and_no_page_of_a_walk_through_everything_holds_a_secret() {
    let log = logs::record();
    let password = uuid::Uuid::new_v4().simple().to_string();
    let stage = Stage { own_redis: true, redis_password: Some(password.clone()), ..Stage::default() };
    let app = TestApp::on(stage).await;
    let mut secrets = of_the_operator(&app, &password);
    let mut in_logs_alone = Secrets(Vec::new());
    let mut pages: Vec<(String, Page)> = Vec::new();

    // Signing in, well and badly.
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    cookies(&mira, &mut secrets);
    for pair in
        callback.split(['?', '&']).skip(1).filter(|pair| pair.starts_with("code=") || pair.starts_with("state="))
    {
        in_logs_alone.add("a sign-in's code or state", pair.split_once('=').unwrap().1);
    }
    pages.push((callback.clone(), mira.get(&callback).await));
    pages.push((callback.clone(), app.visitor().get(&callback).await));
    pages.push(("/login".to_owned(), app.visitor().get("/login").await));
    cookies(&mira, &mut secrets);
    tokens(&app, &mut secrets);

    // Every page, and every form with nothing but its token, as a manager and as nobody.
    let rows = Rows::make(&app, &mut mira).await;
    for path in rows.pages() {
        pages.push((path.clone(), app.visitor().get(&path).await));
        pages.push((path.clone(), mira.get(&path).await));
    }
    let token = mira.token().await;
    in_logs_alone.add("a form's token", &token);
    for (path, _) in guarded("post").filter(|(path, _)| !LAST.contains(&path.as_str())) {
        let path = rows.of(&path);
        let form = [("csrf_token".to_owned(), token.clone()), ("name".to_owned(), "Anything".to_owned())];
        pages.push((path.clone(), mira.post(&path, &form).await));
        pages.push((path.clone(), app.visitor().post(&path, &form).await));
    }

    // Everything around goes wrong.
    app.redis.kill();
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    cookies(&jonas, &mut secrets);
    pages.push(("music".to_owned(), jonas.saves("music", &[("default_volume", "71")]).await));
    app.redis.restart().await;
    eventually("the connection is back", || async { app.parts.relay.health().lost_since().is_none() }).await;
    let token = jonas.token().await;
    pages.push(("/logout".to_owned(), jonas.post("/logout", &[("csrf_token".to_owned(), token)]).await));
    for path in &LAST[1..] {
        jonas.signs_in(seed::JONAS).await;
        tokens(&app, &mut secrets);
        cookies(&jonas, &mut secrets);
        let token = jonas.token().await;
        pages.push(((*path).to_owned(), jonas.post(path, &[("csrf_token".to_owned(), token)]).await));
    }
    // Of Discord's no the rest of Mira's visit is a no, too.
    app.clock.advance(std::time::Duration::from_secs(700));
    app.discord.fault(Fault::at("/api/", FaultKind::Unauthorized).times(6));
    pages.push(("/guilds".to_owned(), mira.get("/guilds").await));
    tokens(&app, &mut secrets);
    cookies(&mira, &mut secrets);

    for (path, page) in &pages {
        secrets.are_not_in(path, &page.body);
        let headers = page.headers.iter().filter(|(name, _)| *name != "set-cookie");
        let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
        secrets.are_not_in(path, &headers.join("\n"));
    }
    let text = log.text();
    assert!(text.contains("sign_in") && text.contains("DEBUG"), "all of it was heard");
    secrets.are_not_in("the log", &text);
    in_logs_alone.are_not_in("the log", &text);
}
