//! What the bot may read about a guild, and the voice regions.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{Answer, ApiError, auth::Who, error::id};
use crate::{
    params::Params,
    permissions, shapes,
    state::State,
    world::{Guild, World},
};

/// D. `GET /guilds/{guild}`
pub async fn show(state: web::Data<State>, who: Who, path: web::Path<String>, request: HttpRequest) -> Answer {
    let world = state.world();
    who.bot(&world)?;
    let guild = world.bot_guild(id("guild_id", &path)?);
    let guild = guild.ok_or_else(|| ApiError::unknown(10004, "Guild"))?;
    let with_counts = Params::parse(request.query_string()).is_true("with_counts");
    Ok(HttpResponse::Ok().json(shapes::guild(&world, guild, with_counts)))
}

/// The guild of a path, for the bot alone: 50001 where it is not in.
pub(super) fn inside<'w>(world: &'w World, who: &Who, path: &str) -> Result<&'w Guild, ApiError> {
    who.bot(world)?;
    world.bot_guild(id("guild_id", path)?).ok_or_else(ApiError::missing_access)
}

/// E. `GET /guilds/{guild}/channels`
pub async fn channels(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path)?;
    let hide = world.options.hide_unviewable_channels;
    let shown = guild.channels.values().filter(|channel| !hide || permissions::bot_sees(&world, guild, channel));
    let shown: Value = shown.map(|channel| shapes::channel(&world, guild.id, channel)).collect();
    Ok(HttpResponse::Ok().json(shown))
}

/// F. `GET /guilds/{guild}/roles`
pub async fn roles(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path)?;
    Ok(HttpResponse::Ok().json(shapes::roles(&world, guild)))
}

/// N. `GET /guilds/{guild}/roles/member-counts`
pub async fn role_member_counts(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path)?;
    Ok(HttpResponse::Ok().json(shapes::role_member_counts(guild)))
}

/// G. `GET /guilds/{guild}/emojis`
pub async fn emojis(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path)?;
    Ok(HttpResponse::Ok().json(shapes::emojis(&world, guild)))
}

/// H. `GET /guilds/{guild}/members/{user}`
pub async fn member(state: web::Data<State>, who: Who, path: web::Path<(String, String)>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path.0)?;
    let user = id("user_id", &path.1)?;
    if world.user(user).is_none() {
        return Err(ApiError::unknown(10013, "User"));
    }
    let value = world.member(guild, user).and_then(|member| shapes::member(&world, member));
    let value = value.ok_or_else(|| ApiError::unknown(10007, "Member"))?;
    Ok(HttpResponse::Ok().json(value))
}

/// I. `GET /voice/regions`
pub async fn voice_regions(state: web::Data<State>, who: Who) -> Answer {
    who.bot(&state.world())?;
    Ok(HttpResponse::Ok().json(region_list(false)))
}

/// `GET /guilds/{guild}/regions`
pub async fn regions(state: web::Data<State>, who: Who, path: web::Path<String>) -> Answer {
    let world = state.world();
    let guild = inside(&world, &who, &path)?;
    let vip = guild.features.iter().any(|feature| feature == "VIP_REGIONS");
    Ok(HttpResponse::Ok().json(region_list(vip)))
}

const REGIONS: [(&str, &str); 13] = [
    ("brazil", "Brazil"),
    ("hongkong", "Hong Kong"),
    ("india", "India"),
    ("japan", "Japan"),
    ("rotterdam", "Rotterdam"),
    ("singapore", "Singapore"),
    ("south-korea", "South Korea"),
    ("southafrica", "South Africa"),
    ("sydney", "Sydney"),
    ("us-central", "US Central"),
    ("us-east", "US East"),
    ("us-south", "US South"),
    ("us-west", "US West"),
];

fn region_list(vip: bool) -> Value {
    let one = |id: &str, name: &str, deprecated: bool| json!({"id": id, "name": name, "optimal": id == "rotterdam", "deprecated": deprecated, "custom": false});
    let plain = REGIONS.iter().map(|(id, name)| one(id, name, false));
    let old = [one("russia", "Russia", true)];
    let vip = vip.then(|| one("vip-us-east", "VIP US East", false));
    plain.chain(old).chain(vip).collect()
}
