//! Giving and taking roles: MANAGE_ROLES and rank.

use actix_web::{HttpResponse, web};

use super::{Answer, ApiError, auth::Who, error::id, guilds::inside};
use crate::{
    id::Id,
    permissions::{self, MANAGE_ROLES},
    state::State,
};

type MemberRole = web::Path<(String, String, String)>;

/// `PUT /guilds/{guild}/members/{user}/roles/{role}`
pub async fn give(state: web::Data<State>, who: Who, path: MemberRole) -> Answer {
    write(&state, &who, &path, |roles, role| {
        if !roles.contains(&role) {
            roles.push(role);
        }
    })
}

/// `DELETE /guilds/{guild}/members/{user}/roles/{role}`
pub async fn take(state: web::Data<State>, who: Who, path: MemberRole) -> Answer {
    write(&state, &who, &path, |roles, role| roles.retain(|held| *held != role))
}

fn write(state: &State, who: &Who, path: &MemberRole, change: fn(&mut Vec<Id>, Id)) -> Answer {
    let mut world = state.world();
    let guild = inside(&world, who, &path.0)?;
    let (user, role) = (id("user_id", &path.1)?, id("role_id", &path.2)?);
    let bot = world.application.bot.id;
    let known = guild.roles.get(&role).ok_or_else(|| ApiError::unknown(10011, "Role"))?;
    if world.member(guild, user).is_none() {
        return Err(ApiError::unknown(10007, "Member"));
    }
    if role == guild.id {
        return Err(ApiError::new(400, 50028, "Invalid role"));
    }
    let may = permissions::in_guild(&world, guild, bot) & MANAGE_ROLES != 0;
    if !may || known.managed_by.is_some() || !permissions::outranks(guild, bot, known) {
        return Err(ApiError::missing_permissions());
    }
    let guild = guild.id;
    let member = world.member_mut(guild, user).map_err(|_| ApiError::unknown(10007, "Member"))?;
    change(&mut member.roles, role);
    Ok(HttpResponse::NoContent().finish())
}
