//! What each setting of Giveaway may be.

use crate::modules::shorthand::{
    amount, channel, choice, color, field, line, mention, number, role, roles, switch, template, text, url,
};
use crate::settings::fields::{ChannelUse, Field, Kind, Placeholder, RoleUse, Section};

pub(super) static SECTIONS: &[Section] = &[
    Section { name: "general", fields: GENERAL },
    Section { name: "look", fields: LOOK },
    Section { name: "entering", fields: ENTERING },
    Section { name: "chances", fields: CHANCES },
    Section { name: "ending", fields: ENDING },
    Section { name: "messages", fields: MESSAGES },
];

static GENERAL: &[Field] = &[
    switch("enabled"),
    channel("default_channel_id", ChannelUse::Announce),
    amount("default_duration_minutes", 1, 86_400, "minutes"),
    amount("default_winners", 1, 20, "winners"),
    roles("manager_role_ids", 10),
    role("ping_role_id", RoleUse::Ping),
];

static LOOK: &[Field] = &[
    line("button_text", 80, &[]),
    field("button_emoji", Kind::Emoji { optional: false }),
    color("color"),
    url("image_url"),
];

pub static ENTERING: &[Field] = &[
    roles("required_role_ids", 10),
    choice("required_role_mode", &["all", "any"]),
    roles("blocked_role_ids", 10),
    amount("min_account_age_days", 0, 3650, "days"),
    amount("min_member_days", 0, 3650, "days"),
];

pub static CHANCES: &[Field] = &[
    field("bonus_entries", Kind::Rows { max: 10, fields: BONUS, fresh: &[("entries", "1")] }),
    amount("booster_bonus_entries", 0, 10, "entries"),
];

static BONUS: &[Field] =
    &[field("role_id", Kind::Role { of: RoleUse::Have, required: true }), amount("entries", 1, 10, "entries")];

static ENDING: &[Field] = &[
    switch("dm_winners"),
    switch("ping_on_end"),
    amount("claim_hours", 0, 168, "hours"),
    switch("auto_reroll"),
    number("max_rerolls", 0, 10),
];

static MESSAGES: &[Field] =
    &[template("start_message", AT_START), template("end_message", AT_END), template("winner_dm", AT_END)];

/// While it runs, `{winners}` is how many there will be.
static AT_START: &[Placeholder] = &[
    text("prize", "A year of Nitro"),
    text("winners", "2"),
    text("entries", "0"),
    text("ends", "in 24 hours"),
    mention("host", "@Noor"),
    text("server", "Chess Club"),
];

/// Once it is over, `{winners}` is who.
static AT_END: &[Placeholder] = &[
    text("prize", "A year of Nitro"),
    mention("winners", "@Mira"),
    text("entries", "128"),
    text("ends", "a minute ago"),
    mention("host", "@Noor"),
    text("server", "Chess Club"),
];
