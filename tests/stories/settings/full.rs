//! A legal value other than the default for every setting there is: as a form sends it, and as it is stored.

use discord_standin::{Id, seed};
use seed::{channels, emojis, roles};
use serde_json::{Map, Value, json};

use super::Pairs;

/// One setting, twice: the pairs of the form, and the value that they mean.
pub struct Entry {
    pub field: &'static str,
    pub pairs: Pairs,
    pub value: Value,
}

fn entry(field: &'static str, pairs: Pairs, value: Value) -> Entry {
    Entry { field, pairs, value }
}

fn on(field: &'static str) -> Entry {
    entry(field, vec![(field.into(), "on".into())], json!(true))
}

fn off(field: &'static str) -> Entry {
    entry(field, Vec::new(), json!(false))
}

fn number(field: &'static str, number: i64) -> Entry {
    entry(field, vec![(field.into(), number.to_string())], json!(number))
}

fn text(field: &'static str, text: &str) -> Entry {
    entry(field, vec![(field.into(), text.into())], json!(text))
}

fn one(field: &'static str, id: Id) -> Entry {
    text(field, &id.to_string())
}

fn many(field: &'static str, values: &[&str]) -> Entry {
    entry(field, values.iter().map(|value| (field.into(), (*value).into())).collect(), json!(values))
}

fn ids(field: &'static str, ids: &[Id]) -> Entry {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    many(field, &texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn rows(field: &'static str, rows: &[&[(&str, Value)]]) -> Entry {
    let mut pairs = Vec::new();
    for (row, values) in rows.iter().enumerate() {
        for (name, value) in *values {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            pairs.push((format!("{field}.{row}.{name}"), text));
        }
    }
    let objects = rows.iter().map(|values| {
        let fields = values.iter().map(|(name, value)| (guildhall::settings::fields::wire_name(name), value.clone()));
        Value::Object(fields.collect::<Map<_, _>>())
    });
    entry(field, pairs, objects.collect())
}

/// Every part of a message, none of them as by default; `says` is a placeholder that its template knows.
fn template(field: &'static str, says: &str) -> Entry {
    let value = json!({
        "enabled": true, "content": format!("Line one {says}\nline two 🎉"),
        "embed": {
            "enabled": true, "title": format!("Title {says}"), "url": "https://example.com/title",
            "description": format!("# Head\n{says} *said*"), "color": "#a1b2c3", "authorName": "The author",
            "footer": "The footer", "imageUrl": "https://example.com/image.png",
            "thumbnailUrl": "https://example.com/small.png", "timestamp": true,
            "fields": [
                {"name": "First", "value": format!("{says}\ntwo lines"), "inline": true},
                {"name": "Second", "value": "plain", "inline": false},
            ],
        },
    });
    let mut pairs = Vec::new();
    parts(field, &value, &mut pairs);
    entry(field, pairs, value)
}

/// A template that is off, and so is its embed; what they say is kept.
fn silent(field: &'static str, says: &str) -> Entry {
    let mut entry = template(field, says);
    entry.value["enabled"] = json!(false);
    entry.value["embed"]["enabled"] = json!(false);
    entry.pairs.retain(|(name, _)| *name != format!("{field}.enabled") && *name != format!("{field}.embed.enabled"));
    entry
}

fn parts(path: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                parts(&format!("{path}.{}", snake(name)), value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                parts(&format!("{path}.{index}"), item, pairs);
            }
        }
        Value::Bool(true) => pairs.push((path.into(), "on".into())),
        Value::String(text) => pairs.push((path.into(), text.replace('\n', "\r\n"))),
        _ => {}
    }
}

fn snake(wire: &str) -> String {
    wire.chars()
        .flat_map(|c| if c.is_ascii_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] })
        .collect()
}

pub fn entries(module: &str) -> Vec<Entry> {
    match module {
        "tempvoice" => tempvoice(),
        "giveaway" => giveaway(),
        "tickets" => tickets(),
        "music" => music(),
        other => panic!("no values for the module {other}: add them here"),
    }
}

fn tempvoice() -> Vec<Entry> {
    let creator = |channel: Id, category: Id, name: &str, limit: i64, privacy: &str| {
        vec![
            ("creator_channel_id", json!(channel.to_string())),
            ("category_id", json!(category.to_string())),
            ("name_template", json!(name)),
            ("user_limit", json!(limit)),
            ("privacy", json!(privacy)),
        ]
    };
    let lobby = creator(channels::LOBBY, channels::VOICE_ROOMS, "{user} plays {activity}", 5, "locked");
    let lounge = creator(channels::LOUNGE, channels::TEMPORARY_ROOMS, "Room {number} of {username}", 99, "hidden");
    vec![
        on("enabled"),
        rows("creators", &[&lobby, &lounge]),
        one("overflow_category_id", channels::MORE_ROOMS),
        number("bitrate_kbps", 128),
        text("region", "rotterdam"),
        off("delete_when_empty"),
        number("empty_grace_seconds", 3600),
        number("auto_lock_minutes", 1440),
        number("idle_kick_minutes", 30),
        number("max_rooms_per_member", 10),
        many("owner_controls", &["rename", "lock", "delete"]),
        text("panel_layout", "minimal"),
        text("panel_color", "#ff8800"),
        text("panel_image_url", "https://example.com/panel.png"),
        one("voice_role_id", roles::DJ),
        one("log_channel_id", channels::MOD_LOG),
    ]
}

fn giveaway() -> Vec<Entry> {
    let bonus = |role: Id, entries: i64| vec![("role_id", json!(role.to_string())), ("entries", json!(entries))];
    vec![
        off("enabled"),
        text("button_text", "Count me in 🎁"),
        text("button_emoji", &format!("<a:party:{}>", emojis::PARTY)),
        text("color", "#ABCDEF"),
        text("image_url", "https://example.com/prize.png?size=1"),
        one("default_channel_id", channels::GIVEAWAYS),
        number("default_duration_minutes", 86_400),
        number("default_winners", 20),
        ids("manager_role_ids", &[roles::MODERATOR, roles::EVENT_HOST]),
        one("ping_role_id", roles::GIVEAWAY_PING),
        ids("required_role_ids", &[roles::MEMBER]),
        text("required_role_mode", "all"),
        ids("blocked_role_ids", &[roles::MUTED]),
        rows("bonus_entries", &[&bonus(roles::SUPPORT, 10), &bonus(roles::BOOSTER, 2)]),
        number("booster_bonus_entries", 10),
        number("min_account_age_days", 3650),
        number("min_member_days", 7),
        off("dm_winners"),
        number("claim_hours", 168),
        on("auto_reroll"),
        number("max_rerolls", 10),
        off("ping_on_end"),
        template("start_message", "{prize}"),
        silent("end_message", "{winners}"),
        template("winner_dm", "{server}"),
    ]
}

fn tickets() -> Vec<Entry> {
    vec![
        on("enabled"),
        one("category_id", channels::TICKETS),
        one("overflow_category_id", channels::MORE_ROOMS),
        one("closed_category_id", channels::ARCHIVE),
        ids("support_role_ids", &[roles::SUPPORT, roles::MODERATOR]),
        one("log_channel_id", channels::STAFF_ROOM),
        one("transcript_channel_id", channels::TRANSCRIPTS),
        one("rating_channel_id", channels::GENERAL),
        text("naming_template", "{category}-{username}-{number}"),
        number("max_open_per_user", 10),
        number("cooldown_minutes", 60),
        on("anti_raid_enabled"),
        number("anti_raid_threshold", 100),
        off("claim_enabled"),
        off("members_may_close"),
        on("close_needs_reason"),
        off("reopen_enabled"),
        number("reopen_minutes", 10_080),
        number("delete_delay_seconds", 3600),
        number("auto_close_hours", 1440),
        off("transcripts_enabled"),
        on("transcript_dm"),
        off("ratings_enabled"),
        number("review_min_stars", 5),
        on("review_auto_approve"),
        template("welcome_message", "{answers}"),
        silent("claim_message", "{staff}"),
        template("close_message", "{reason}"),
        template("thank_you_message", "{ticket}"),
        template("review_message", "{stars}"),
    ]
}

fn music() -> Vec<Entry> {
    vec![
        off("enabled"),
        ids("dj_role_ids", &[roles::DJ, roles::SUBSCRIBER]),
        on("dj_only"),
        one("request_channel_id", channels::MUSIC),
        ids("text_channel_ids", &[channels::MUSIC, channels::ANNOUNCEMENTS]),
        ids("voice_channel_ids", &[channels::MUSIC_BAR, channels::STAGE_HALL]),
        number("default_volume", 149),
        number("max_volume", 150),
        number("max_queue_size", 1000),
        number("max_track_minutes", 1440),
        number("max_per_member", 1000),
        off("allow_duplicates"),
        off("allow_playlists"),
        off("vote_skip_enabled"),
        number("vote_skip_percent", 100),
        off("announce_tracks"),
        one("announce_channel_id", channels::BOT_COMMANDS),
        on("stay_connected"),
        number("disconnect_empty_seconds", 3600),
        on("autoplay"),
        template("now_playing_message", "{title}"),
    ]
}
