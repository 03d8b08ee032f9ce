//! `GET /search` and `GET /guilds/{guild_id}/search`: what was found, as a page, and as the part for the dialog.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::accounts::Person;
use crate::discord::Discord;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Access;
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::guilds::picker::{self, BotServers};
use crate::guilds::pins::Wish;
use crate::server_page::ServerPage;
use crate::settings::scene::Settings;
use crate::settings::store;
use crate::web::limits::{Limits, Rate};
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::{Message, Words, filters};

use super::finding::best;
use super::things::{self, Thing};

/// What a script asks for.
const PART: &str = "palette";
/// Things on a page, and servers among what is offered before anything is typed.
const MOST: usize = 20;
const SERVERS: usize = 5;

#[derive(Template)]
#[template(path = "palette/page.html")]
struct SearchPage {
    shell: Shell,
    guild_name: Option<String>,
    action: String,
    module: String,
    found: Found,
}

#[derive(Template)]
#[template(path = "palette/part.html")]
struct SearchPart {
    found: Found,
}

struct Found {
    /// What was typed; empty: some of what there is.
    query: String,
    things: Vec<Thing>,
    /// Discord did not say which servers there are.
    without_servers: bool,
}

/// What finds the servers of a person.
type Servers = (Data<Access>, Data<Discord>, Data<BotServers>);

/// Outside of a server: over servers and what belongs to the person.
pub async fn search(
    req: HttpRequest,
    person: Person,
    servers: Servers,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    limits.check(Rate::Searches, person.id, None)?;
    let (wish, words) = (Wish::asked(&req), page::words(&req));
    let listed = listed(&person, &servers, &wish, &words).await?;
    let found = Found::of(&wish, Vec::new(), Vec::new(), listed, &words);
    if page::part(&req) == Some(PART) {
        return page::render_without_flash(&req, StatusCode::OK, &SearchPart { found });
    }
    let shell = page::shell(&req, words.t("title-search-all"));
    let module = wish.module.unwrap_or_default();
    let page = SearchPage { shell, guild_name: None, action: "/search".into(), module, found };
    page::render(&req, StatusCode::OK, &page)
}

/// On a server: over its places, modules and settings too.
pub async fn search_server(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
    servers: Servers,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    limits.check(Rate::Searches, access.admitted.person.id, None)?;
    let (guild, modules, words) = (access.admitted.guild, app.modules, page::words(&req));
    let wish = Wish { here: Some(guild), ..Wish::asked(&req) };
    let listed = listed(&access.admitted.person, &servers, &wish, &words).await?;
    let at = format!("/guilds/{guild}");
    let rights = &access.admitted.rights;
    let mut places = things::places(&at, rights, &words);
    let seen = || modules.iter().filter(|module| rights.sees(module.key.as_str()));
    places.splice(1..1, things::modules(&at, seen(), &words));
    let settings = if wish.query.is_empty() { Vec::new() } else { things::settings(&at, seen(), &words) };
    let found = Found::of(&wish, places, settings, listed, &words);
    if page::part(&req) == Some(PART) {
        return page::render_without_flash(&req, StatusCode::OK, &SearchPart { found });
    }
    let stored = app.db.run(move |conn| store::load(conn, guild, modules)).await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let page = SearchPage {
        shell: place.shell(&req, Message::new("title-search"), "search", &stored),
        guild_name: Some(place.admitted.guild_name().to_owned()),
        action: place.href("/search"),
        module: wish.module.unwrap_or_default(),
        found,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// The person's servers; None while Discord does not say which: everything else can be found all the same.
async fn listed(
    person: &Person,
    (access, discord, known): &Servers,
    wish: &Wish,
    words: &Words,
) -> Result<Option<Vec<Thing>>, AppError> {
    match picker::servers(person, access, discord, known).await {
        Ok((with, without)) => {
            let mut all = things::servers(&with, wish, true, words);
            all.extend(things::servers(&without, wish, false, words));
            Ok(Some(all))
        }
        Err(AppError { trouble: Trouble::Discord { .. }, cause, .. }) => {
            tracing::warn!(cause, "servers cannot be found by their names");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

impl Found {
    fn of(wish: &Wish, places: Vec<Thing>, settings: Vec<Thing>, servers: Option<Vec<Thing>>, words: &Words) -> Self {
        let (without_servers, servers) = (servers.is_none(), servers.unwrap_or_default());
        let own = things::own(words);
        let things = if wish.query.is_empty() {
            places.into_iter().chain(servers.into_iter().take(SERVERS)).chain(own).take(2 * MOST).collect()
        } else {
            best(places.into_iter().chain(settings).chain(servers).chain(own).collect(), &wish.query, MOST)
        };
        Self { query: wish.query.clone(), things, without_servers }
    }

    /// How many there are, in words.
    fn count(&self) -> Message {
        match (self.query.is_empty(), self.things.len()) {
            (true, _) => Message::new("palette-some"),
            (false, 0) => Message::new("palette-none").name("query", &self.query),
            (false, count) => Message::new("palette-count").number("count", count),
        }
    }
}
