//! Routes about the caller itself: account, guild list, own membership, authorization,
//! application.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{Answer, ApiError, auth::Who, error::id, form::FormErrors};
use crate::{
    id::Id,
    params::Params,
    permissions, shapes,
    state::State,
    world::{Guild, World},
};

/// A. `GET /users/@me`
pub async fn me(state: web::Data<State>, who: Who) -> Answer {
    let world = state.world();
    if matches!(who, Who::Bot) {
        return Ok(HttpResponse::Ok().json(shapes::own_user(&world, &world.application.bot, false)));
    }
    let token = who.person(&world, &["identify"])?;
    let own = world.user(token.user_id).ok_or_else(ApiError::unauthorized)?;
    Ok(HttpResponse::Ok().json(shapes::own_user(&world, own, token.scopes.contains("email"))))
}

/// B. `GET /users/@me/guilds`, for a person or for the bot
pub async fn guilds(state: web::Data<State>, who: Who, request: HttpRequest) -> Answer {
    let world = state.world();
    let params = Params::parse(request.query_string());
    let with_counts = params.is_true("with_counts");
    let own = if matches!(who, Who::Bot) {
        world.application.bot.id
    } else {
        let counts: &[&str] = &["guilds", "guilds.members.read"];
        who.person(&world, if with_counts { counts } else { &counts[..1] })?.user_id
    };
    let page = Page::read(&params)?;
    let mine = world.guilds.values().filter(|guild| world.member(guild, own).is_some());
    let items = page.cut(mine.collect()).into_iter();
    let items: Value = items.map(|guild| summary(&world, guild, own, with_counts)).collect();
    Ok(HttpResponse::Ok().json(items))
}

fn summary(world: &World, guild: &Guild, own: Id, with_counts: bool) -> Value {
    let owner = guild.owner_id == own;
    let plain = owner && world.options.owner_without_all_bits;
    let permissions = match world.member(guild, own) {
        Some(member) if plain => permissions::from_roles(guild, member),
        _ => permissions::in_guild(world, guild, own),
    };
    shapes::guild_summary(guild, owner, permissions, with_counts)
}

/// Which part of the guild list is wanted.
struct Page {
    before: Option<Id>,
    after: Option<Id>,
    limit: usize,
}

impl Page {
    fn read(params: &Params) -> Result<Page, ApiError> {
        let at = |name: &str| params.get(name).map(|text| id(name, text)).transpose();
        let (before, after) = (at("before")?, at("after")?);
        let mut errors = FormErrors::default();
        let limit = params.get("limit").map(|text| text.parse().map_or(json!(text), |n: i64| json!(n)));
        errors.number("limit", limit.as_ref(), 1, 200);
        errors.settle()?;
        let limit = limit.and_then(|limit| limit.as_u64()).and_then(|n| usize::try_from(n).ok());
        Ok(Page { before, after, limit: limit.unwrap_or(200) })
    }

    fn cut<'w>(&self, mut all: Vec<&'w Guild>) -> Vec<&'w Guild> {
        all.retain(|guild| self.after.is_none_or(|after| guild.id > after));
        all.retain(|guild| self.before.is_none_or(|before| guild.id < before));
        if self.before.is_some() && self.after.is_none() {
            all.drain(..all.len().saturating_sub(self.limit));
        }
        all.truncate(self.limit);
        all
    }
}

/// C. `GET /users/@me/guilds/{guild}/member`
pub async fn member(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let own = who.person(&world, &["guilds.members.read"])?.user_id;
    let guild = world.guilds.get(&id("guild_id", &path)?);
    let found = guild.and_then(|guild| Some((guild, guild.members.get(&own)?)));
    let shape = found.and_then(|(guild, member)| Some((guild, shapes::member(&world, member)?)));
    let (guild, mut value) = shape.ok_or_else(|| ApiError::unknown(10004, "Guild"))?;
    value["permissions"] = json!(permissions::in_guild(&world, guild, own).to_string());
    Ok(HttpResponse::Ok().json(value))
}

/// L. `GET /oauth2/@me`
pub async fn authorization(state: web::Data<State>, who: Who) -> Answer {
    let world = state.world();
    let token = who.person(&world, &[])?;
    Ok(HttpResponse::Ok().json(shapes::authorization(&world, token)))
}

/// K. `GET /applications/@me`
pub async fn application(state: web::Data<State>, who: Who) -> Answer {
    let world = state.world();
    who.bot(&world)?;
    Ok(HttpResponse::Ok().json(shapes::application(&world)))
}
