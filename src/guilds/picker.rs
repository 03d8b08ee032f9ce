//! `GET /guilds`: the servers a person may manage, those with the bot first, searchable.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::{Person, last_guild};
use crate::db::Db;
use crate::discord::cache::Cache;
use crate::discord::{Discord, PartialGuild};
use crate::error::AppError;
use crate::guilds::access::Access;
use crate::guilds::pages::{GuildCard, PickerPage};
use crate::ids::{GuildId, UserId};
use crate::web::page;
use crate::web::words::visible;

/// How old the lists behind the picker may be.
const MAX_AGE: Duration = Duration::from_secs(60);

/// Which of a person's servers have the bot, kept a minute a person.
#[derive(Clone)]
pub struct BotServers(Arc<Cache<UserId, HashSet<GuildId>>>);

impl BotServers {
    pub fn new(clock: &crate::clock::Clock) -> Self {
        Self(Arc::new(Cache::new(clock, 10_000)))
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
    let (mut with, mut without) = servers(&person, &access, &discord, &known).await?;
    let id = person.id;
    let last = db.run(move |conn| last_guild(conn, id)).await?;
    let asked = |name: &str| {
        let pairs = form_urlencoded::parse(req.query_string().as_bytes());
        let value = pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        value.map(|value| value.trim().chars().take(100).collect::<String>()).unwrap_or_default()
    };
    let query = asked("q");
    // Switching servers keeps the module.
    let module = Some(asked("module")).filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()));
    let tail = module.map(|name| format!("/settings/{name}")).unwrap_or_default();
    let wanted = query.to_lowercase();
    let total = with.len() + without.len();
    with.retain(|guild| guild.name.to_lowercase().contains(&wanted));
    without.retain(|guild| guild.name.to_lowercase().contains(&wanted));
    let mut there: Vec<GuildCard> = with.iter().map(|guild| card(guild, last, &tail)).collect();
    there.sort_by_key(|card| !card.last_used);
    let words = page::words(&req);
    let page = PickerPage {
        shell: page::shell(&req, words.t("title-picker")),
        query,
        total,
        with_bot: there,
        invitable: without.iter().map(|guild| card(guild, last, "")).collect(),
    };
    page::render(&req, StatusCode::OK, &page)
}

/// The servers that somebody may manage by their own list, by name: those with the bot, and those without.
///
/// # Errors
/// As Discord answers.
pub async fn servers(
    person: &Person,
    access: &Access,
    discord: &Discord,
    known: &BotServers,
) -> Result<(Vec<PartialGuild>, Vec<PartialGuild>), AppError> {
    let mut manageable = access.own_list(person, MAX_AGE).await?;
    manageable.retain(PartialGuild::manageable);
    manageable.sort_by_key(|guild| guild.name.to_lowercase());
    let ids: Vec<GuildId> = manageable.iter().map(|guild| guild.id).collect();
    let ask = discord.clone();
    let with_bot = known.0.get(person.id, MAX_AGE, || async move { ask.bot_in_which(&ids).await }).await?;
    // A server's own page may have asked since: who has just invited the bot finds it in the list, too.
    let is_there = |guild: &PartialGuild| match discord.bot_in_known(guild.id) {
        Some(asked) if asked.fetched_at > with_bot.fetched_at => *asked.value,
        _ => with_bot.contains(&guild.id),
    };
    Ok(manageable.into_iter().partition(|guild| is_there(guild)))
}

fn card(guild: &PartialGuild, last: Option<GuildId>, tail: &str) -> GuildCard {
    GuildCard {
        href: format!("/guilds/{}{tail}", guild.id),
        name: visible(&guild.name).into_owned(),
        icon_url: super::icon_url(guild.id, guild.icon.as_deref()),
        initials: super::initials(&guild.name),
        owner: guild.owner,
        last_used: last == Some(guild.id),
    }
}
