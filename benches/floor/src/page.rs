//! A settings page without all that fills it: a row by its primary key, and the template with values in hand.
//!
//! The values are those of Guildhall's own page, made once by its own code before the first request. The row is read
//! on the worker itself, by a connection of its own: nothing is quicker for one row.

use std::cell::RefCell;
use std::collections::HashMap;

use actix_web::HttpMessage as _;
use actix_web::test::TestRequest;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use anyhow::Context as _;
use askama::Template as _;
use diesel::prelude::*;
use guildhall::accounts::Person;
use guildhall::app::{App, Overrides, Parts};
use guildhall::config::Config;
use guildhall::db::{Conn, DatabaseUrl};
use guildhall::guilds::access::Wish;
use guildhall::modules;
use guildhall::on_each;
use guildhall::schema::{sessions, settings};
use guildhall::settings::drawn::DrawnForms;
use guildhall::settings::fill::fill;
use guildhall::settings::form_page::{self, Shown};
use guildhall::settings::module::ModuleKey;
use guildhall::settings::pages::FormPage;
use guildhall::settings::scene::{Scene, Settings};
use guildhall::web::csrf::FormOwner;
use guildhall::web::shell::PersonBadge;
use guildhall::web::submitted::BODY_WITHIN;
use guildhall::web::words::Words;
use guildhall::web::{WebConfig, page};
use guildhall::{ids, web::taste::Taste};
use uuid::Uuid;

use crate::writers::connect;

/// Everything in hand.
pub struct Pages {
    url: DatabaseUrl,
    made: HashMap<(i64, String), Made>,
}

struct Made {
    page: FormPage,
    words: Words,
}

thread_local! {
    static CONNECTION: RefCell<Option<Conn>> = const { RefCell::new(None) };
}

#[derive(Queryable)]
#[expect(dead_code, reason = "it is read as Guildhall reads it, and the page is made already")]
struct Row {
    module: String,
    body: String,
    revision: i64,
    saves: i32,
    is_default: bool,
}

impl Pages {
    /// Makes the page of each module that was saved, for a person who saved it.
    pub async fn prepare(config: &Config) -> anyhow::Result<Self> {
        let overrides = Overrides { generous_limits: true, unpaced_discord: true, ..Overrides::default() };
        // On a port of its own: it only makes the pages, and is not served.
        let listen = "127.0.0.1:0".parse()?;
        let app = App::build_with(Config { listen, redis_prefix: crate::PREFIX.into(), ..config.clone() }, overrides);
        let app = app.await?;
        let mut conn = connect(&config.database_url)?;
        let people: Vec<(Option<i64>, String)> =
            sessions::table.select((sessions::user_id, sessions::public_id)).load(&mut conn)?;
        let wanted: Vec<(i64, String)> =
            settings::table.select((settings::guild_id, settings::module)).load(&mut conn)?;
        let mut made = HashMap::new();
        for (user, session) in people {
            let person = person(user, &session)?;
            for (guild, module) in &wanted {
                let key = (*guild, module.clone());
                if !made.contains_key(&key)
                    && let Ok(page) = make(config, &app.parts, person.clone(), &key).await
                {
                    made.insert(key, page);
                }
            }
        }
        anyhow::ensure!(made.len() == wanted.len(), "{} of {} pages could be made", made.len(), wanted.len());
        app.parts.relay.stop().await;
        Ok(Self { url: config.database_url.clone(), made })
    }
}

fn person(user: Option<i64>, session: &str) -> anyhow::Result<Person> {
    let id = user.context("a session of somebody")?.to_string();
    let id = ids::parse(&id).context("an id")?;
    Ok(Person { id, name: "admin".into(), avatar: None, second_factor: true, session: Uuid::parse_str(session)? })
}

async fn make(config: &Config, parts: &Parts, person: Person, key: &(i64, String)) -> anyhow::Result<Made> {
    let web = WebConfig {
        public_url: config.public_url.clone(),
        links: config.links.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        body_within: BODY_WITHIN,
        pseudo_languages: config.pseudo_languages,
    };
    let req: HttpRequest =
        TestRequest::get().app_data(Data::new(web)).app_data(Data::new(config.keys.clone())).to_http_request();
    req.extensions_mut().insert(FormOwner { user: person.id, session: person.session });
    req.extensions_mut().insert(PersonBadge { name: person.name.clone(), avatar_url: person.avatar_url() });
    req.extensions_mut().insert(Taste::default());
    let settings = Settings {
        db: parts.db.clone(),
        clock: parts.clock.clone(),
        access: parts.access.clone(),
        relay: parts.relay.clone(),
        bots: parts.bots.clone(),
        news: parts.news.clone(),
        modules: &modules::ALL,
        forms: DrawnForms::default(),
    };
    let guild = ids::parse(&key.0.to_string()).context("an id")?;
    let module = ModuleKey::parse(&key.1).context("a module")?;
    let admitted =
        parts.access.admit(person, guild, Wish::TO_LOOK).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let scene = Scene::read(&req, &settings, admitted, module).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let stored = scene.stored();
    let (form, problems) = (fill(scene.module.fields(), &stored.body), scene.warnings_of(&stored.body));
    let shown = Shown::saved(&form, &problems, stored.revision);
    let page = form_page::page(&req, &scene, shown, None).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(Made { page, words: page::words(&req) })
}

pub async fn page(at: Path<(i64, String)>, pages: Data<Pages>) -> Result<HttpResponse, crate::Failed> {
    let key = at.into_inner();
    let row = CONNECTION.with_borrow_mut(|connection| {
        let conn = match connection {
            Some(conn) => conn,
            empty => empty.insert(connect(&pages.url)?),
        };
        let columns = (settings::module, settings::body, settings::revision, settings::saves, settings::is_default);
        let row = settings::table.find((key.0, &key.1)).select(columns);
        Ok::<Row, anyhow::Error>(on_each!(conn, c => row.first(c))?)
    })?;
    std::hint::black_box(&row);
    let made = pages.made.get(&key).context("a page that was made")?;
    let body = made.page.render_with_values(&made.words)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}
