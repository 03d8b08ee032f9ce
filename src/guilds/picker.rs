//! `GET /guilds`: the servers a person may manage, those with the bot first, searchable.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;

use crate::accounts::Person;
use crate::db::{Db, DbError};
use crate::discord::cache::Cache;
use crate::discord::{Discord, PartialGuild};
use crate::error::AppError;
use crate::guilds::access::Access;
use crate::guilds::pages::{GuildCard, PickerPage};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::schema::users;
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
    let mut manageable = access.own_list(&person, MAX_AGE).await?;
    manageable.retain(PartialGuild::manageable);
    manageable.sort_by_key(|guild| guild.name.to_lowercase());
    let ids: Vec<GuildId> = manageable.iter().map(|guild| guild.id).collect();
    let ask = discord.get_ref().clone();
    let with_bot = known.0.get(person.id, MAX_AGE, || async move { ask.bot_in_which(&ids).await }).await?;
    let last = last_guild(&db, person.id).await?;
    let query = form_urlencoded::parse(req.query_string().as_bytes())
        .find(|(key, _)| key == "q")
        .map(|(_, value)| value.trim().chars().take(100).collect::<String>())
        .unwrap_or_default();
    let wanted = query.to_lowercase();
    let total = manageable.len();
    let found = manageable.iter().filter(|guild| guild.name.to_lowercase().contains(&wanted));
    // A server's own page may have asked since: who has just invited the bot finds it in the list, too.
    let is_there = |guild: &PartialGuild| match discord.bot_in_known(guild.id) {
        Some(asked) if asked.fetched_at > with_bot.fetched_at => *asked.value,
        _ => with_bot.contains(&guild.id),
    };
    let (with, without): (Vec<&PartialGuild>, Vec<&PartialGuild>) = found.partition(|guild| is_there(guild));
    let mut there: Vec<GuildCard> = with.into_iter().map(|guild| card(guild, last)).collect();
    there.sort_by_key(|card| !card.last_used);
    let words = page::words(&req);
    let page = PickerPage {
        shell: page::shell(&req, words.t("title-picker")),
        query,
        total,
        with_bot: there,
        invitable: without.into_iter().map(|guild| card(guild, last)).collect(),
    };
    page::render(&req, StatusCode::OK, &page)
}

fn card(guild: &PartialGuild, last: Option<GuildId>) -> GuildCard {
    GuildCard {
        href: format!("/guilds/{}", guild.id),
        name: visible(&guild.name).into_owned(),
        icon_url: super::icon_url(guild.id, guild.icon.as_deref()),
        initials: super::initials(&guild.name),
        owner: guild.owner,
        last_used: last == Some(guild.id),
    }
}

/// The server opened last.
async fn last_guild(db: &Db, person: UserId) -> Result<Option<GuildId>, AppError> {
    let last = db
        .run(move |conn| {
            let row = users::table.filter(users::id.eq(Snowflake::from(person)));
            let last: Option<Option<Snowflake<_>>> = row.select(users::last_guild_id).first(conn).optional()?;
            Ok::<_, DbError>(last.flatten())
        })
        .await?;
    Ok(last.and_then(Snowflake::id))
}
