//! What exists: people, guilds, members, roles, channels, emojis. Bodies have the world's own
//! fields; an object without an `id` gets a new one, and the answer says which.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{Answer, Refused, done, id, read};
use crate::{
    id::Id,
    state::State,
    world::{Channel, Emoji, Guild, Role, User, World},
};

type One = web::Path<String>;
type Two = web::Path<(String, String)>;

/// A new thing out of a body, with a new id if the body has none.
fn new<T: DeserializeOwned>(world: &mut World, body: &[u8]) -> Result<T, Refused> {
    let mut value: Value = read(body)?;
    if value.is_object() && value["id"].is_null() {
        value["id"] = json!(world.new_id());
    }
    serde_json::from_value(value).map_err(|error| Refused::Unreadable(error.to_string()))
}

fn created(id: Id) -> Answer {
    Ok(HttpResponse::Created().json(json!({"id": id})))
}

pub async fn add_user(state: web::Data<State>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let user: User = new(&mut world, &body)?;
    created(world.add_user(user))
}

/// What is not named stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    mfa_enabled: Option<bool>,
}

pub async fn change_user(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let change: UserChange = read(&body)?;
    let user = id(&path)?;
    if let Some(enabled) = change.mfa_enabled {
        state.world().set_mfa(user, enabled)?;
    }
    done()
}

#[derive(Deserialize)]
struct SignIn {
    scopes: Vec<String>,
}

pub async fn sign_in(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let SignIn { scopes } = read(&body)?;
    let user = id(&path)?;
    let token = state.world().issue_token(user, scopes.into_iter().collect());
    let body = json!({"access_token": token.access, "refresh_token": token.refresh});
    Ok(HttpResponse::Created().json(body))
}

pub async fn revoke(state: web::Data<State>, path: One) -> Answer {
    let user = id(&path)?;
    state.world().revoke_all(user);
    done()
}

#[derive(Deserialize)]
struct NewGuild {
    id: Id,
    name: String,
    owner_id: Id,
}

pub async fn add_guild(state: web::Data<State>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let NewGuild { id, name, owner_id } = new(&mut world, &body)?;
    created(world.add_guild(Guild::new(id, &name, owner_id)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuildChange {
    name: Option<String>,
    owner_id: Option<Id>,
    premium_tier: Option<u8>,
    mfa_level: Option<u8>,
}

pub async fn change_guild(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let change: GuildChange = read(&body)?;
    let mut world = state.world();
    let guild_id = id(&path)?;
    if let Some(owner) = change.owner_id {
        world.set_owner(guild_id, owner)?;
    }
    let guild = world.guild_mut(guild_id)?;
    guild.name = change.name.unwrap_or(std::mem::take(&mut guild.name));
    guild.premium_tier = change.premium_tier.unwrap_or(guild.premium_tier);
    guild.mfa_level = change.mfa_level.unwrap_or(guild.mfa_level);
    done()
}

pub async fn remove_guild(state: web::Data<State>, path: One) -> Answer {
    state.world().remove_guild(id(&path)?)?;
    done()
}

pub async fn set_bot_present(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let present: bool = read(&body)?;
    state.world().set_bot_present(id(&path)?, present)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberChange {
    roles: Option<Vec<Id>>,
    nick: Option<String>,
    timeout_seconds: Option<u64>,
}

/// Joins somebody who is not in the guild yet; what is not named stays.
pub async fn set_member(state: web::Data<State>, path: Two, body: web::Bytes) -> Answer {
    let change: MemberChange = read(&body)?;
    let mut world = state.world();
    let (guild, user) = (id(&path.0)?, id(&path.1)?);
    if world.member_mut(guild, user).is_err() {
        world.add_member(guild, user, &[])?;
    }
    if let Some(seconds) = change.timeout_seconds {
        world.time_out(guild, user, Duration::from_secs(seconds))?;
    }
    let member = world.member_mut(guild, user)?;
    member.roles = change.roles.unwrap_or(std::mem::take(&mut member.roles));
    member.nick = change.nick.or(member.nick.take());
    done()
}

pub async fn remove_member(state: web::Data<State>, path: Two) -> Answer {
    state.world().remove_member(id(&path.0)?, id(&path.1)?)?;
    done()
}

pub async fn add_role(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let role: Role = new(&mut world, &body)?;
    created(world.add_role(id(&path)?, role)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleChange {
    name: Option<String>,
    position: Option<i64>,
    permissions: Option<u64>,
    mentionable: Option<bool>,
}

pub async fn change_role(state: web::Data<State>, path: Two, body: web::Bytes) -> Answer {
    let change: RoleChange = read(&body)?;
    let mut world = state.world();
    let role = world.role_mut(id(&path.0)?, id(&path.1)?)?;
    role.name = change.name.unwrap_or(std::mem::take(&mut role.name));
    role.position = change.position.unwrap_or(role.position);
    role.permissions = change.permissions.unwrap_or(role.permissions);
    role.mentionable = change.mentionable.unwrap_or(role.mentionable);
    done()
}

pub async fn delete_role(state: web::Data<State>, path: Two) -> Answer {
    state.world().delete_role(id(&path.0)?, id(&path.1)?)?;
    done()
}

pub async fn add_emoji(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let emoji: Emoji = new(&mut world, &body)?;
    created(world.add_emoji(id(&path)?, emoji)?)
}

pub async fn delete_emoji(state: web::Data<State>, path: Two) -> Answer {
    state.world().delete_emoji(id(&path.0)?, id(&path.1)?)?;
    done()
}

pub async fn add_channel(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let channel: Channel = new(&mut world, &body)?;
    created(world.add_channel(id(&path)?, channel)?)
}

/// Whether the bot sees it.
pub async fn set_visible(state: web::Data<State>, path: One, body: web::Bytes) -> Answer {
    let visible: bool = read(&body)?;
    let channel = id(&path)?;
    let mut world = state.world();
    if visible {
        world.show_channel(channel)?
    } else {
        world.hide_channel(channel)?
    }
    done()
}

pub async fn delete_channel(state: web::Data<State>, path: One) -> Answer {
    state.world().delete_channel(id(&path)?)?;
    done()
}
