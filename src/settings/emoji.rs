//! Emoji in forms: what may be typed for one, and its picture.

use crate::discord::Emoji;
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::controls::Picture;
use crate::settings::judge::custom_emoji;

/// The words for the groups of `web::signs`, in their order.
pub const GROUPS: [&str; 9] = [
    "emoji-group-smileys",
    "emoji-group-people",
    "emoji-group-nature",
    "emoji-group-food",
    "emoji-group-travel",
    "emoji-group-activities",
    "emoji-group-objects",
    "emoji-group-symbols",
    "emoji-group-flags",
];

/// One of a server's own as Discord's messages have it.
pub fn code(emoji: &Emoji) -> String {
    let kind = if emoji.animated { "a" } else { "" };
    format!("<{kind}:{}:{}>", emoji.name, emoji.id)
}

/// What `:name:` stands for: one of the server's own, or a sign by one of its common names.
pub fn named(guild: &GuildSnapshot, text: &str) -> Option<String> {
    let name = text.trim().strip_prefix(':')?.strip_suffix(':')?;
    let own = guild.guild.emojis.iter().find(|emoji| emoji.name == name).map(code);
    own.or_else(|| emojis::get_by_shortcode(name).map(|emoji| emoji.as_str().to_owned()))
}

pub fn picture(text: &str) -> Picture {
    match custom_emoji(text) {
        Some(id) => Picture::Own(id.to_string()),
        None => emojis::get(text).map_or(Picture::None, |emoji| Picture::Sign(emoji.as_str().to_owned())),
    }
}
