//! What the tests of this folder stand on: a database of their own, and a Discord that answers as told.

pub mod browser;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use secrecy::SecretString;
use serde_json::json;
use twilight_model::id::Id;
use url::Url;

use super::{Accounts, SessionRows};
use crate::clock::Clock;
use crate::db::Db;
use crate::discord::{Discord, DiscordConfig, Tokens};
use crate::ids::UserId;
use crate::keys::{Keys, SecretKey};
use crate::web::WebConfig;

pub const MIRA: u64 = 445_518_183_798_022_151;

pub fn mira() -> UserId {
    UserId::new(MIRA)
}

/// What the fake Discord answers to token requests, in this order; the last one for ever.
#[derive(Default)]
pub struct Script {
    answers: Mutex<VecDeque<(u16, serde_json::Value)>>,
    asked: Mutex<Vec<String>>,
}

impl Script {
    pub fn answer(&self, status: u16, body: serde_json::Value) {
        self.answers.lock().unwrap().push_back((status, body));
    }

    pub fn grants(&self, name: &str, scope: &str) {
        self.answer(
            200,
            json!({"access_token": format!("access-{name}"), "refresh_token": format!("refresh-{name}"),
                   "token_type": "Bearer", "expires_in": 604_800, "scope": scope}),
        );
    }

    pub fn refuses(&self, error: &str) {
        self.answer(400, json!({ "error": error }));
    }

    /// Forgets what was to be answered.
    pub fn clear(&self) {
        self.answers.lock().unwrap().clear();
    }

    /// The bodies of all token requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn next(&self, body: &[u8]) -> (u16, serde_json::Value) {
        self.asked.lock().unwrap().push(String::from_utf8_lossy(body).into_owned());
        let mut answers = self.answers.lock().unwrap();
        let answer = answers.front().cloned().unwrap_or((500, json!({})));
        if answers.len() > 1 {
            answers.pop_front();
        }
        answer
    }
}

pub struct House {
    pub accounts: Accounts,
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub config: WebConfig,
    pub script: Arc<Script>,
    key: SecretKey,
    pub _folder: tempfile::TempDir,
}

impl House {
    pub async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
        let db = Db::open(&url).unwrap();
        let key = SecretKey::parse(&SecretKey::generate()).unwrap();
        let (keys, clock, script) = (Keys::derive(&key, None), Clock::default(), Arc::new(Script::default()));
        let base = serve(script.clone());
        let discord = Discord::new(
            DiscordConfig {
                base: base.clone(),
                cdn: base.clone(),
                client_id: Id::new(1_279_772_747_366_797_316),
                client_secret: SecretString::from("the-client-secret"),
                bot_token: SecretString::from("the-bot-token"),
                redirect: "http://127.0.0.1:8080/auth/callback".parse().unwrap(),
            },
            clock.clone(),
        );
        let accounts = Accounts::new(db.clone(), keys.clone(), clock.clone(), discord.unwrap(), &base);
        let config = WebConfig {
            public_url: "http://127.0.0.1:8080".parse().unwrap(),
            links: Default::default(),
            trusted_proxies: Vec::new(),
            body_within: crate::web::submitted::BODY_WITHIN,
            pseudo_languages: false,
        };
        Self { accounts, db, keys, clock, config, script, key, _folder: folder }
    }

    pub fn rows(&self) -> SessionRows {
        SessionRows::new(self.db.clone(), self.clock.clone())
    }

    /// Changes the secret key; the old one still reads.
    pub fn rotate_key(&mut self) {
        let new = SecretKey::parse(&SecretKey::generate()).unwrap();
        self.keys = Keys::derive(&new, Some(&self.key));
        self.accounts.keys = self.keys.clone();
        self.key = new;
    }

    /// Another instance on the same database.
    pub fn neighbour(&self) -> Accounts {
        self.accounts.clone()
    }

    /// Mira's tokens as of now.
    pub async fn has_tokens(&self, name: &str) {
        let user = serde_json::from_value(json!({"id": MIRA.to_string(), "username": "mira.k"})).unwrap();
        let tokens = Tokens {
            access: format!("access-{name}").into(),
            refresh: format!("refresh-{name}").into(),
            expires_in: std::time::Duration::from_secs(604_800),
            scopes: ["identify", "guilds"].map(str::to_owned).into(),
        };
        self.accounts.welcome(&user, &tokens).await.unwrap();
    }
}

fn serve(script: Arc<Script>) -> Url {
    let script = Data::from(script);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(script.clone())
            .route("/api/v10/oauth2/token", web::post().to(token))
            .route("/api/v10/users/@me", web::get().to(me))
    })
    .workers(1)
    .disable_signals()
    .bind("127.0.0.1:0")
    .unwrap();
    let base = format!("http://{}", server.addrs()[0]).parse().unwrap();
    actix_web::rt::spawn(server.run());
    base
}

async fn token(body: Bytes, script: Data<Script>) -> HttpResponse {
    let (status, body) = script.next(&body);
    HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).json(body)
}

/// Whose token it is stands in it: `access-other…` is somebody else's.
async fn me(req: HttpRequest) -> HttpResponse {
    let token = req.headers().get("authorization").unwrap().to_str().unwrap().to_owned();
    let (id, name) =
        if token.contains("other") { ("111111111111111111", "Other") } else { ("445518183798022151", "Mira") };
    HttpResponse::Ok().json(json!({"id": id, "username": "mira.k", "global_name": name, "discriminator": "0",
        "avatar": "a_5f0c2d9be1a44376b8e01d3c77aa9f10"}))
}
