//! `GET /guilds`: the servers a person may manage or is staff of, those with the bot first, and of these the pinned ones;
//! searchable.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::Person;
use crate::db::Db;
use crate::discord::cache::Cache;
use crate::discord::{Discord, PartialGuild};
use crate::error::AppError;
use crate::guilds::access::Access;
use crate::guilds::pages::{GuildCard, PickerPage};
use crate::guilds::pins::{Marks, Wish};
use crate::guilds::switcher;
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::page;
use crate::web::words::visible;

/// How old the lists behind the picker may be.
pub(super) const MAX_AGE: Duration = Duration::from_secs(60);

/// Which of a person's servers have the bot, kept a minute a person.
#[derive(Clone)]
pub struct BotServers(Arc<Cache<UserId, HashSet<GuildId>>>);

impl BotServers {
    pub fn new(clock: &crate::clock::Clock) -> Self {
        Self(Arc::new(Cache::new(clock, 10_000)))
    }

    pub fn size(&self) -> Size {
        self.0.size("bot_servers_of_people")
    }
}

pub async fn picker(
    req: HttpRequest,
    person: Person,
    access: Data<Access>,
    discord: Data<Discord>,
    known: Data<BotServers>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let wish = Wish::asked(&req);
    if page::part(&req) == Some(switcher::PART) {
        return switcher::answer(&req, &person, (&access, &discord, &known), &db, &wish, None).await;
    }
    let (mut with, mut without) = servers(&person, &access, &discord, &known).await?;
    let id = person.id;
    let marks = db.run(move |conn| Marks::read(conn, id)).await?;
    let wanted = wish.query.to_lowercase();
    let total = with.len() + without.len();
    with.retain(|guild| guild.name.to_lowercase().contains(&wanted));
    without.retain(|guild| guild.name.to_lowercase().contains(&wanted));
    let words = page::words(&req);
    let page = PickerPage {
        shell: page::shell(&req, words.t("title-picker")),
        csrf_token: page::csrf_token(&req),
        return_to: req.uri().path_and_query().map_or("/guilds", |here| here.as_str()).to_owned(),
        total,
        with_bot: cards(&with, &marks, &wish, &wish.tail()),
        invitable: cards(&without, &marks, &wish, ""),
        module: wish.module.unwrap_or_default(),
        query: wish.query,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// The servers that somebody may manage by their own list, and those where they are staff, by name: those with the bot,
/// and those without.
///
/// # Errors
/// As Discord answers.
pub async fn servers(
    person: &Person,
    access: &Access,
    discord: &Discord,
    known: &BotServers,
) -> Result<(Vec<PartialGuild>, Vec<PartialGuild>), AppError> {
    let mut reachable = access.reachable(person, MAX_AGE).await?;
    reachable.sort_by_key(|guild| guild.name.to_lowercase());
    let ids: Vec<GuildId> = reachable.iter().filter(|guild| guild.manageable()).map(|guild| guild.id).collect();
    let ask = discord.clone();
    let with_bot = known.0.get(person.id, MAX_AGE, || async move { ask.bot_in_which(&ids).await }).await?;
    // A server's own page may have asked since: who has just invited the bot finds it in the list, too.
    let is_there = |guild: &PartialGuild| match discord.bot_in_known(guild.id) {
        Some(asked) if asked.fetched_at > with_bot.fetched_at => *asked.value,
        // Whoever is staff somewhere was just found there by the bot.
        _ => with_bot.contains(&guild.id) || !guild.manageable(),
    };
    Ok(reachable.into_iter().partition(|guild| is_there(guild)))
}

/// Servers by their names, but first the pinned ones and then the one opened last. `tail` follows each address.
pub(super) fn cards(guilds: &[PartialGuild], marks: &Marks, wish: &Wish, tail: &str) -> Vec<GuildCard> {
    let card = |guild: &PartialGuild| GuildCard {
        id: guild.id.to_string(),
        // Which modules of it are theirs is not known of who is staff there.
        href: format!("/guilds/{}{}", guild.id, if guild.manageable() { tail } else { "" }),
        name: visible(&guild.name).into_owned(),
        icon_url: super::icon_url(guild.id, guild.icon.as_deref()),
        initials: super::initials(&guild.name),
        owner: guild.owner,
        staff: !guild.manageable(),
        last_used: marks.last == Some(guild.id),
        pinned: marks.pinned.contains(&guild.id),
        here: wish.here == Some(guild.id),
    };
    let mut cards: Vec<GuildCard> = guilds.iter().map(card).collect();
    cards.sort_by_key(|card| (!card.pinned, !card.last_used));
    cards
}
