//! Adding the bot to a server: which servers are offered, what happens on Authorize.

use actix_web::{HttpResponse, http::StatusCode};

use super::{authorize::grant, pages, request::AuthorizeRequest};
use crate::{id::Id, params::Params, world::World};

/// The server choice for one person.
pub fn show(world: &World, asked: &AuthorizeRequest, user: Id, query: &str) -> HttpResponse {
    if !world.application.bot_public && world.application.owner_id != user {
        return pages::refusal(StatusCode::FORBIDDEN, "This bot is private: only its owner can add it.");
    }
    pages::servers(world, asked, user, query)
}

/// Authorize was pressed.
pub fn decide(world: &mut World, asked: &AuthorizeRequest, user: Id, form: &Params, query: &str) -> HttpResponse {
    let Some(install) = &asked.install else {
        return pages::refusal(StatusCode::BAD_REQUEST, "This is not an install link.");
    };
    let posted = form.get("guild_id").and_then(|text| text.parse::<Id>().ok());
    let Some(guild) = posted.or(install.guild) else {
        return show(world, asked, user, query);
    };
    if install.locked && install.guild.is_some_and(|wanted| wanted != guild) {
        return pages::refusal(StatusCode::BAD_REQUEST, "The server of this link cannot be changed.");
    }
    if !world.application.bot_public && world.application.owner_id != user {
        return pages::refusal(StatusCode::FORBIDDEN, "This bot is private: only its owner can add it.");
    }
    let may = world.installable(user).iter().any(|offered| offered.id == guild);
    if !may || world.install_bot(guild, install.permissions).is_err() {
        return pages::refusal(StatusCode::FORBIDDEN, "You need Manage Server in that server.");
    }
    match &asked.callback {
        Some(callback) => grant(world, asked, callback, user, Some((guild, install.permissions))),
        None => pages::added(world, guild),
    }
}
