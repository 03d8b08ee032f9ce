//! What each setting of Tickets may be.

use crate::modules::shorthand::{amount, channel, line, mention, number, roles, switch, template, text};
use crate::settings::fields::{ChannelUse, Field, Placeholder, Section};

pub(super) static SECTIONS: &[Section] = &[
    Section { name: "general", fields: GENERAL },
    Section { name: "opening", fields: OPENING },
    Section { name: "closing", fields: CLOSING },
    Section { name: "transcripts", fields: TRANSCRIPTS },
    Section { name: "ratings", fields: RATINGS },
    Section { name: "messages", fields: MESSAGES },
];

static GENERAL: &[Field] = &[
    switch("enabled"),
    channel("category_id", ChannelUse::Category),
    channel("overflow_category_id", ChannelUse::Category),
    channel("closed_category_id", ChannelUse::Category),
    roles("support_role_ids", 20),
    line("naming_template", 100, IN_NAMES),
    channel("log_channel_id", ChannelUse::Text),
];

static IN_NAMES: &[Placeholder] =
    &[text("number", "0042"), text("user", "Mira"), text("username", "mira.k"), text("category", "Billing")];

static OPENING: &[Field] = &[
    amount("max_open_per_user", 1, 10, "tickets"),
    amount("cooldown_minutes", 0, 60, "minutes"),
    switch("anti_raid_enabled"),
    amount("anti_raid_threshold", 1, 100, "tickets"),
    switch("claim_enabled"),
];

static CLOSING: &[Field] = &[
    switch("members_may_close"),
    switch("close_needs_reason"),
    switch("reopen_enabled"),
    amount("reopen_minutes", 0, 10_080, "minutes"),
    amount("delete_delay_seconds", 0, 3600, "seconds"),
    amount("auto_close_hours", 0, 1440, "hours"),
];

static TRANSCRIPTS: &[Field] =
    &[switch("transcripts_enabled"), channel("transcript_channel_id", ChannelUse::Text), switch("transcript_dm")];

static RATINGS: &[Field] = &[
    switch("ratings_enabled"),
    channel("rating_channel_id", ChannelUse::Text),
    number("review_min_stars", 1, 5),
    switch("review_auto_approve"),
];

static MESSAGES: &[Field] = &[
    template("welcome_message", AT_OPENING),
    template("claim_message", AT_CLAIMING),
    template("close_message", AT_CLOSING),
    template("thank_you_message", AT_CLOSING),
    template("review_message", OF_A_REVIEW),
];

static AT_OPENING: &[Placeholder] = &[
    mention("user", "@Mira"),
    text("username", "mira.k"),
    text("ticket", "0042"),
    text("server", "Chess Club"),
    text("category", "Billing"),
    text("answers", "Order number: 1047"),
];

static AT_CLAIMING: &[Placeholder] = &[mention("staff", "@Noor"), mention("user", "@Mira"), text("ticket", "0042")];

static AT_CLOSING: &[Placeholder] = &[
    mention("user", "@Mira"),
    mention("staff", "@Noor"),
    text("ticket", "0042"),
    text("reason", "The refund is on its way."),
];

static OF_A_REVIEW: &[Placeholder] = &[
    mention("user", "@Mira"),
    mention("staff", "@Noor"),
    text("ticket", "0042"),
    text("stars", "★★★★☆"),
    text("review", "Quick and friendly."),
];
