//! M. One channel, and the bot's writes to channels.

use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::{Answer, ApiError, auth::Who, error::id, form::FormErrors, guilds::inside};
use crate::{
    id::Id,
    permissions::{self, ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_ROLES},
    shapes,
    state::State,
    world::{Channel, Guild, Overwrite, Target, World, channel_type},
};

/// A channel the bot can see, with its guild: 10003 if there is none, 50001 if it is hidden.
pub(super) fn visible(world: &World, channel: Id) -> Result<(&Guild, &Channel), ApiError> {
    let found = world.channel(channel).ok_or_else(|| ApiError::unknown(10003, "Channel"))?;
    let (guild, channel) = found;
    let sees = guild.bot_present && permissions::bot_sees(world, guild, channel);
    if sees { Ok(found) } else { Err(ApiError::missing_access()) }
}

fn bot_bits(world: &World, guild: &Guild, channel: &Channel) -> u64 {
    permissions::in_channel(world, guild, channel, world.application.bot.id)
}

/// A visible channel in which the bot holds a bit.
fn manageable(world: &World, channel: Id, bit: u64) -> Result<(&Guild, &Channel), ApiError> {
    let (guild, channel) = visible(world, channel)?;
    if bot_bits(world, guild, channel) & bit == 0 {
        return Err(ApiError::missing_permissions());
    }
    Ok((guild, channel))
}

/// `GET /channels/{channel}`
pub async fn show(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    who.bot(&world)?;
    let (guild, channel) = visible(&world, id("channel_id", &path)?)?;
    Ok(HttpResponse::Ok().json(shapes::channel(&world, guild.id, channel)))
}

/// `POST /guilds/{guild}/channels`
pub async fn create(state: web::Data<State>, who: Who, path: web::Path<String>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let guild = inside(&world, &who, &path)?;
    let bits = permissions::in_guild(&world, guild, world.application.bot.id);
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    let parent = parent(guild, &body)?;
    let parent_bits = parent.map_or(bits, |parent| bot_bits(&world, guild, parent));
    if parent_bits & MANAGE_CHANNELS == 0 {
        return Err(ApiError::missing_permissions());
    }
    let kind = body["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0);
    let mut channel = Channel::new(Id(0), kind, "");
    channel.permission_overwrites = overwrites(&body, bits)?;
    if body["permission_overwrites"].is_null() {
        channel.permission_overwrites = parent.map_or(Vec::new(), |parent| parent.permission_overwrites.clone());
    }
    let mut errors = FormErrors::default();
    errors.required("name", body.get("name"), 100);
    fill(&mut channel, guild, &body, errors)?;
    let count = guild.channels.len();
    if count >= 500 {
        return Err(ApiError::new(400, 30013, "Maximum number of server channels reached (500)"));
    }
    channel.position = i64::try_from(count).unwrap_or_default();
    let guild = guild.id;
    channel.id = world.new_id();
    let shape = shapes::channel(&world, guild, &channel);
    world.add_channel(guild, channel).map_err(|_| ApiError::missing_access())?;
    Ok(HttpResponse::Created().json(shape))
}

fn parent<'g>(guild: &'g Guild, body: &Value) -> Result<Option<&'g Channel>, ApiError> {
    let Some(text) = body["parent_id"].as_str() else {
        return Ok(None);
    };
    let found = guild.channels.get(&id("parent_id", text)?);
    let mut errors = FormErrors::default();
    match found {
        None => errors.add("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist"),
        Some(channel) if channel.kind != channel_type::CATEGORY => {
            errors.add("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category");
        }
        Some(category) => {
            let children = guild.channels.values().filter(|child| child.parent_id == Some(category.id));
            if children.count() >= 50 {
                let message = "Maximum number of channels in category reached (50)";
                errors.add("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", message);
            }
        }
    }
    errors.settle().map(|()| found)
}

/// The overwrites of a new channel: only bits the bot holds, MANAGE_ROLES only by administrators.
fn overwrites(body: &Value, bits: u64) -> Result<Vec<Overwrite>, ApiError> {
    let items = body["permission_overwrites"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut read = Vec::new();
    for item in items {
        let overwrite = read_overwrite(id("id", item["id"].as_str().unwrap_or_default())?, item);
        let touched = overwrite.allow | overwrite.deny;
        let grants_roles = touched & MANAGE_ROLES != 0 && bits & ADMINISTRATOR == 0;
        if touched & !bits != 0 || grants_roles {
            return Err(ApiError::missing_permissions());
        }
        read.push(overwrite);
    }
    Ok(read)
}

fn read_overwrite(id: Id, item: &Value) -> Overwrite {
    let bits = |name: &str| item[name].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
    let target = if item["type"] == 1 { Target::Member } else { Target::Role };
    Overwrite { id, target, allow: bits("allow"), deny: bits("deny") }
}

/// Takes over what the body sets, after checking it.
fn fill(channel: &mut Channel, guild: &Guild, body: &Value, mut errors: FormErrors) -> Result<(), ApiError> {
    let cap = if channel.kind == channel_type::STAGE {
        64_000
    } else {
        [96_000, 128_000, 256_000, 384_000][usize::from(guild.premium_tier.min(3))]
    };
    errors.text("topic", body.get("topic"), 0, 1024);
    errors.number("bitrate", body.get("bitrate"), 8000, cap);
    let seats = if channel.kind == channel_type::STAGE { 10_000 } else { 99 };
    errors.number("user_limit", body.get("user_limit"), 0, seats);
    errors.number("rate_limit_per_user", body.get("rate_limit_per_user"), 0, 21_600);
    errors.settle()?;
    let number = |name: &str| body[name].as_u64().and_then(|number| u32::try_from(number).ok());
    if let Some(name) = body["name"].as_str() {
        channel.name = normalised(channel.kind, name);
    }
    if let Some(topic) = body.get("topic") {
        channel.topic = topic.as_str().map(str::to_owned);
    }
    channel.bitrate = number("bitrate").unwrap_or(channel.bitrate);
    channel.user_limit = number("user_limit").unwrap_or(channel.user_limit);
    if let Some(region) = body.get("rtc_region") {
        channel.rtc_region = region.as_str().map(str::to_owned);
    }
    if let Some(parent) = body.get("parent_id") {
        channel.parent_id = parent.as_str().and_then(|text| text.parse().ok());
    }
    Ok(())
}

/// Text-like names are lower case with hyphens, the others are kept.
fn normalised(kind: u8, name: &str) -> String {
    match kind {
        channel_type::TEXT | channel_type::ANNOUNCEMENT | channel_type::FORUM | channel_type::MEDIA => {
            name.trim().to_lowercase().replace(' ', "-")
        }
        _ => name.trim().to_owned(),
    }
}

/// `PATCH /channels/{channel}`
pub async fn change(state: web::Data<State>, who: Who, path: web::Path<String>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let (guild, channel) = manageable(&world, id("channel_id", &path)?, MANAGE_CHANNELS)?;
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    parent(guild, &body)?;
    let mut errors = FormErrors::default();
    errors.text("name", body.get("name"), 1, 100);
    let mut channel = channel.clone();
    fill(&mut channel, guild, &body, errors)?;
    let guild = guild.id;
    let shape = shapes::channel(&world, guild, &channel);
    world.add_channel(guild, channel).map_err(|_| ApiError::missing_access())?;
    Ok(HttpResponse::Ok().json(shape))
}

/// `DELETE /channels/{channel}`
pub async fn delete(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let (guild, channel) = manageable(&world, id("channel_id", &path)?, MANAGE_CHANNELS)?;
    let (shape, channel) = (shapes::channel(&world, guild.id, channel), channel.id);
    world.delete_channel(channel).map_err(|_| ApiError::unknown(10003, "Channel"))?;
    Ok(HttpResponse::Ok().json(shape))
}

/// `PUT /channels/{channel}/permissions/{target}`
pub async fn overwrite(
    state: web::Data<State>,
    who: Who,
    path: web::Path<(String, String)>,
    body: web::Bytes,
) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let (guild, channel) = manageable(&world, id("channel_id", &path.0)?, MANAGE_ROLES)?;
    let held = bot_bits(&world, guild, channel) | permissions::in_guild(&world, guild, world.application.bot.id);
    let (target, channel) = (id("overwrite_id", &path.1)?, channel.id);
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    let overwrite = read_overwrite(target, &body);
    if (overwrite.allow | overwrite.deny) & !held != 0 {
        return Err(ApiError::missing_permissions());
    }
    let channel = world.channel_mut(channel).map_err(|_| ApiError::unknown(10003, "Channel"))?;
    channel.permission_overwrites.retain(|known| known.id != target);
    channel.permission_overwrites.push(overwrite);
    Ok(HttpResponse::NoContent().finish())
}
