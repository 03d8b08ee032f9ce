//! What each setting of TempVoice may be.

use crate::modules::shorthand::{amount, channel, choice, color, field, line, role, switch, text, url};
use crate::settings::fields::{ChannelUse, Field, Kind, Placeholder, RoleUse, Section};

/// What a new creator calls its rooms.
pub(super) const ROOM_NAME: &str = "{user}'s room";

pub(super) static SECTIONS: &[Section] = &[
    Section { name: "general", fields: GENERAL },
    Section { name: "rooms", fields: ROOMS },
    Section { name: "tidying", fields: TIDYING },
    Section { name: "owner", fields: OWNER },
];

static GENERAL: &[Field] = &[
    switch("enabled"),
    field(
        "creators",
        Kind::Rows {
            max: 10,
            fields: CREATOR,
            fresh: &[("name_template", ROOM_NAME), ("user_limit", "0"), ("privacy", "open")],
        },
    ),
    channel("overflow_category_id", ChannelUse::Category),
    channel("log_channel_id", ChannelUse::Text),
];

static CREATOR: &[Field] = &[
    field("creator_channel_id", Kind::Channel { of: ChannelUse::Voice, required: true }),
    field("category_id", Kind::Channel { of: ChannelUse::Category, required: true }),
    line("name_template", 100, IN_ROOM_NAMES),
    amount("user_limit", 0, 99, "members"),
    choice("privacy", &["open", "locked", "hidden"]),
];

static IN_ROOM_NAMES: &[Placeholder] =
    &[text("user", "Mira"), text("username", "mira.k"), text("activity", "Chess"), text("number", "0042")];

static ROOMS: &[Field] = &[
    field("bitrate_kbps", Kind::Bitrate),
    field("region", Kind::Region),
    amount("max_rooms_per_member", 1, 10, "rooms"),
    role("voice_role_id", RoleUse::Give),
];

static TIDYING: &[Field] = &[
    switch("delete_when_empty"),
    amount("empty_grace_seconds", 0, 3600, "seconds"),
    amount("auto_lock_minutes", 0, 1440, "minutes"),
    amount("idle_kick_minutes", 0, 1440, "minutes"),
];

static OWNER: &[Field] = &[
    field(
        "owner_controls",
        Kind::Set(&[
            "rename", "limit", "lock", "hide", "bitrate", "region", "permit", "reject", "invite", "kick", "block",
            "unblock", "claim", "transfer", "delete",
        ]),
    ),
    choice("panel_layout", &["compact", "expanded", "minimal"]),
    color("panel_color"),
    url("panel_image_url"),
];
