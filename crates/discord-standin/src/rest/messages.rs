//! J. Posting, editing and deleting messages: rights, section by section validation, the record tests read.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{Answer, ApiError, auth::Who, channels::visible, error::id, form::FormErrors, messages_form::check};
use crate::{
    clock::iso8601,
    id::Id,
    permissions::{self, SEND_MESSAGES},
    shapes,
    state::State,
    world::{PostedMessage, World, channel_type},
};

/// `POST /users/@me/channels`: the bot's channel with one person.
pub async fn open_direct(state: web::Data<State>, who: Who, body: web::Bytes) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    let person = body["recipient_id"].as_str().and_then(|id| id.parse().ok()).map(Id);
    let channel = person.and_then(|person| Some((person, world.direct_channel(person)?)));
    let Some((person, channel)) = channel else { return Err(ApiError::new(400, 50033, "Invalid Recipient(s)")) };
    let recipients: Vec<Value> = world.user(person).map(shapes::user).into_iter().collect();
    Ok(HttpResponse::Ok().json(json!({ "id": channel, "type": 1, "recipients": recipients, "last_message_id": null })))
}

/// `POST /channels/{channel}/messages`
pub async fn post(state: web::Data<State>, who: Who, path: web::Path<String>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let channel_id = id("channel_id", &path)?;
    match world.direct_with(channel_id) {
        Some(person) if world.closed_to_direct.contains(&person) => {
            return Err(ApiError::new(403, 50007, "Cannot send messages to this user"));
        }
        Some(_) => {}
        None => may_post(&world, channel_id)?,
    }
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    let mut errors = FormErrors::default();
    check(&body, &mut errors);
    errors.settle()?;
    if is_empty(&body) {
        return Err(ApiError::new(400, 50006, "Cannot send an empty message"));
    }
    let once = body["enforce_nonce"] == json!(true) && !body["nonce"].is_null();
    let known = world
        .messages
        .iter()
        .find(|known| once && known.channel_id == channel_id && known.body["nonce"] == body["nonce"]);
    let message = match known {
        Some(known) => known.clone(),
        None => {
            let message = PostedMessage { id: world.new_id(), channel_id, body, at_ms: world.now_ms() };
            world.messages.push(message.clone());
            message
        }
    };
    let author = shapes::user(&world.application.bot);
    Ok(HttpResponse::Ok().json(answer(&message, author)))
}

/// Into a channel of a server.
fn may_post(world: &World, channel: Id) -> Result<(), ApiError> {
    let (guild, channel) = visible(world, channel)?;
    match channel.kind {
        channel_type::TEXT | channel_type::ANNOUNCEMENT | channel_type::VOICE | channel_type::STAGE => {}
        channel_type::FORUM | channel_type::MEDIA => {
            return Err(ApiError::new(400, 40058, "Cannot send a message in a forum channel"));
        }
        _ => {
            return Err(ApiError::new(400, 50008, "Cannot send messages in a non-text channel"));
        }
    }
    match permissions::in_channel(world, guild, channel, world.application.bot.id) & SEND_MESSAGES {
        0 => Err(ApiError::missing_permissions()),
        _ => Ok(()),
    }
}

/// `PATCH /channels/{channel}/messages/{message}`: the fields that are named change, the others stay.
pub async fn edit(state: web::Data<State>, who: Who, path: web::Path<(String, String)>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let place = find(&world, &path)?;
    let changes: Value = serde_json::from_slice(&body).map_err(|_| ApiError::bad_json())?;
    let mut errors = FormErrors::default();
    check(&changes, &mut errors);
    errors.settle()?;
    let author = shapes::user(&world.application.bot);
    let message = &mut world.messages[place];
    if let (Value::Object(body), Value::Object(changes)) = (&mut message.body, changes) {
        body.extend(changes);
    }
    if is_empty(&message.body) {
        return Err(ApiError::new(400, 50006, "Cannot send an empty message"));
    }
    Ok(HttpResponse::Ok().json(answer(message, author)))
}

/// `DELETE /channels/{channel}/messages/{message}`
pub async fn delete(state: web::Data<State>, who: Who, path: web::Path<(String, String)>) -> Answer {
    let mut world = state.world();
    who.bot(&world)?;
    let place = find(&world, &path)?;
    world.messages.remove(place);
    Ok(HttpResponse::NoContent().finish())
}

/// Where a message of the bot stands in the record.
fn find(world: &World, (channel, message): &(String, String)) -> Result<usize, ApiError> {
    let (channel, message) = (id("channel_id", channel)?, id("message_id", message)?);
    visible(world, channel)?;
    let place = world.messages.iter().position(|known| known.id == message && known.channel_id == channel);
    place.ok_or_else(|| ApiError::new(404, 10008, "Unknown Message"))
}

fn is_empty(body: &Value) -> bool {
    let text = body["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    let listed = |name: &str| body[name].as_array().is_some_and(|items| !items.is_empty());
    let some = text || listed("embeds") || listed("components") || listed("sticker_ids");
    !some && !body["poll"].is_object()
}

fn answer(message: &PostedMessage, author: Value) -> Value {
    let body = &message.body;
    let or_empty = |name: &str| {
        if body[name].is_array() { body[name].clone() } else { json!([]) }
    };
    let mut value = json!({
        "id": message.id, "channel_id": message.channel_id, "type": 0,
        "content": body["content"].as_str().unwrap_or_default(), "author": author,
        "timestamp": iso8601(message.at_ms), "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": or_empty("embeds"), "components": or_empty("components"), "pinned": false,
        "flags": body["flags"].as_u64().unwrap_or(0),
    });
    if !body["nonce"].is_null() {
        value["nonce"] = body["nonce"].clone();
    }
    value
}
