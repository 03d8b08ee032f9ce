//! A world's things as Discord's JSON (API version 10). Ids and permission sets are strings.

use serde_json::{Map, Value, json};

use crate::{
    clock::iso8601,
    id::Id,
    world::{Channel, Emoji, Guild, Manager, Member, Overwrite, Role, Target, Token, User, World, channel_type},
};

/// Fields of tomorrow that every client must ignore.
fn with_unknown_fields(world: &World, mut value: Value) -> Value {
    if world.options.unknown_fields
        && let Some(fields) = value.as_object_mut()
    {
        fields.insert("field_of_tomorrow".to_owned(), json!({"nested": [1, null, "two"]}));
    }
    value
}

/// A user as it stands in other objects.
pub fn user(user: &User) -> Value {
    let mut value = json!({
        "id": user.id, "username": user.username, "global_name": user.global_name,
        "discriminator": user.discriminator, "avatar": user.avatar, "public_flags": 0, "flags": 0,
        "banner": null, "accent_color": null, "avatar_decoration_data": null, "collectibles": null,
        "primary_guild": null,
    });
    if user.bot {
        value["bot"] = json!(true);
    }
    value
}

/// `/users/@me`; the mail address only for those who may see it.
pub fn own_user(world: &World, own: &User, with_email: bool) -> Value {
    let mut value = user(own);
    value["locale"] = json!(own.locale.as_deref().unwrap_or("en-GB"));
    value["mfa_enabled"] = json!(own.mfa_enabled);
    value["premium_type"] = json!(0);
    if with_email {
        value["email"] = json!(format!("{}@example.com", own.id));
        value["verified"] = json!(own.verified);
    }
    with_unknown_fields(world, value)
}

/// An item of `/users/@me/guilds`.
pub fn guild_summary(guild: &Guild, owner: bool, permissions: u64, with_counts: bool) -> Value {
    let mut value = json!({
        "id": guild.id, "name": guild.name, "icon": guild.icon, "banner": null, "owner": owner,
        "permissions": permissions.to_string(), "features": guild.features,
    });
    if with_counts {
        add_counts(&mut value, guild);
    }
    value
}

fn add_counts(value: &mut Value, guild: &Guild) {
    value["approximate_member_count"] = json!(guild.members.len());
    value["approximate_presence_count"] = json!(guild.members.len().div_ceil(3));
}

/// A whole guild.
pub fn guild(world: &World, guild: &Guild, with_counts: bool) -> Value {
    let system_channel = guild.channels.values().find(|channel| channel.kind == channel_type::TEXT);
    let boosts = [0, 3, 8, 16][usize::from(guild.premium_tier.min(3))];
    let mut value = json!({
        "id": guild.id, "name": guild.name, "icon": guild.icon, "description": null, "banner": null,
        "splash": null, "discovery_splash": null, "home_header": null, "owner_id": guild.owner_id,
        "region": null, "afk_channel_id": null, "afk_timeout": 300, "application_id": null,
        "system_channel_id": system_channel.map(|channel| channel.id), "system_channel_flags": 0,
        "rules_channel_id": null, "public_updates_channel_id": null, "safety_alerts_channel_id": null,
        "widget_enabled": false, "widget_channel_id": null, "vanity_url_code": null,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 2,
        "mfa_level": guild.mfa_level, "nsfw": false, "nsfw_level": 0, "premium_tier": guild.premium_tier,
        "premium_subscription_count": boosts,
        "premium_progress_bar_enabled": false, "preferred_locale": "en-US", "features": guild.features,
        "max_members": 500_000, "max_presences": null, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "incidents_data": null, "stickers": [],
        "roles": roles(world, guild), "emojis": emojis(world, guild),
    });
    if with_counts {
        add_counts(&mut value, guild);
    }
    with_unknown_fields(world, value)
}

/// All roles of a guild.
pub fn roles(world: &World, guild: &Guild) -> Value {
    guild.roles.values().map(|known| role(world, known)).collect()
}

/// One role.
pub fn role(world: &World, role: &Role) -> Value {
    let mut value = json!({
        "id": role.id, "name": role.name, "description": null, "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist, "position": role.position, "permissions": role.permissions.to_string(),
        "managed": role.managed_by.is_some(), "mentionable": role.mentionable, "icon": null,
        "unicode_emoji": null, "flags": 0,
    });
    match role.managed_by {
        None => {}
        Some(Manager::Bot(id)) => value["tags"] = json!({"bot_id": id}),
        Some(Manager::Integration(id)) => value["tags"] = json!({"integration_id": id}),
        Some(Manager::Boosters) => value["tags"] = json!({"premium_subscriber": null}),
    }
    with_unknown_fields(world, value)
}

/// All emojis of a guild.
pub fn emojis(world: &World, guild: &Guild) -> Value {
    let one = |emoji: &Emoji| {
        let value = json!({
            "id": emoji.id, "name": emoji.name, "roles": emoji.roles, "require_colons": true,
            "managed": false, "animated": emoji.animated, "available": emoji.available,
        });
        with_unknown_fields(world, value)
    };
    guild.emojis.values().map(one).collect()
}

/// A channel, with the fields its type has.
pub fn channel(world: &World, guild: Id, channel: &Channel) -> Value {
    let mut value = json!({
        "id": channel.id, "guild_id": guild, "type": channel.kind, "name": channel.name,
        "position": channel.position, "flags": 0,
    });
    if !channel.sparse {
        value["parent_id"] = json!(channel.parent_id);
        value["permission_overwrites"] = channel.permission_overwrites.iter().map(overwrite).collect();
    }
    if channel.kind != channel_type::CATEGORY {
        value["nsfw"] = json!(channel.nsfw);
        value["rate_limit_per_user"] = json!(0);
        value["last_message_id"] = Value::Null;
    }
    if channel.is_voice() {
        value["bitrate"] = json!(channel.bitrate);
        value["user_limit"] = json!(channel.user_limit);
        value["rtc_region"] = json!(channel.rtc_region);
    } else if channel.kind != channel_type::CATEGORY {
        value["topic"] = json!(channel.topic);
    }
    if matches!(channel.kind, channel_type::FORUM | channel_type::MEDIA) {
        value["available_tags"] = json!([]);
        value["default_reaction_emoji"] = Value::Null;
        value["default_sort_order"] = Value::Null;
    }
    with_unknown_fields(world, value)
}

fn overwrite(overwrite: &Overwrite) -> Value {
    let target = match overwrite.target {
        Target::Role => 0,
        Target::Member => 1,
    };
    json!({
        "id": overwrite.id, "type": target,
        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
    })
}

/// A member; `None` if the world does not know the person behind the id.
pub fn member(world: &World, member: &Member) -> Option<Value> {
    let person = world.user(member.user_id)?;
    let value = json!({
        "user": user(person), "nick": member.nick, "avatar": member.avatar, "banner": null,
        "roles": member.roles, "joined_at": iso8601(member.user_id.created_ms() + 86_400_000),
        "premium_since": null, "pending": member.pending, "flags": 0, "mute": false, "deaf": false,
        "communication_disabled_until": member.timed_out_until.map(iso8601),
        "avatar_decoration_data": null,
    });
    Some(with_unknown_fields(world, value))
}

/// `/applications/@me`.
pub fn application(world: &World) -> Value {
    let known = &world.application;
    let guilds = world.guilds.values().filter(|guild| guild.bot_present).count();
    let value = json!({
        "id": known.id, "name": known.name, "icon": null, "description": "",
        "bot_public": known.bot_public, "bot_require_code_grant": known.bot_require_code_grant,
        "verify_key": "00", "bot": user(&known.bot), "redirect_uris": known.redirect_uris,
        "approximate_guild_count": guilds, "flags": known.flags, "flags_new": known.flags.to_string(),
        "owner": world.user(known.owner_id).map(user), "team": null,
    });
    with_unknown_fields(world, value)
}

/// `/oauth2/@me`.
pub fn authorization(world: &World, token: &Token) -> Value {
    let app = &world.application;
    let mut value = json!({
        "application": {"id": app.id, "name": app.name, "icon": null, "description": "",
            "bot_public": app.bot_public, "bot_require_code_grant": app.bot_require_code_grant,
            "verify_key": "00"},
        "scopes": token.scopes, "expires": iso8601(token.expires_ms),
    });
    if token.scopes.contains("identify") {
        value["user"] = world.user(token.user_id).map(user).unwrap_or_default();
    }
    value
}

/// The members each role has, @everyone left out.
pub fn role_member_counts(guild: &Guild) -> Value {
    let count = |role: Id| guild.members.values().filter(|member| member.roles.contains(&role)).count();
    let roles = guild.roles.keys().filter(|role| **role != guild.id);
    Value::Object(roles.map(|role| (role.to_string(), json!(count(*role)))).collect::<Map<_, _>>())
}
