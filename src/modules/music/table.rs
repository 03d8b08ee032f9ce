//! What each setting of Music may be.

use crate::modules::shorthand::{amount, channel, channels, mention, roles, switch, template, text};
use crate::settings::fields::{ChannelUse, Field, Placeholder, Section};

pub(super) static SECTIONS: &[Section] = &[
    Section { name: "general", fields: GENERAL },
    Section { name: "channels", fields: CHANNELS },
    Section { name: "queue", fields: QUEUE },
    Section { name: "skipping", fields: SKIPPING },
    Section { name: "playback", fields: PLAYBACK },
    Section { name: "announcements", fields: ANNOUNCEMENTS },
];

static GENERAL: &[Field] = &[switch("enabled"), roles("dj_role_ids", 10), switch("dj_only")];

static CHANNELS: &[Field] = &[
    channel("request_channel_id", ChannelUse::Text),
    channels("text_channel_ids", ChannelUse::Text, 10),
    channels("voice_channel_ids", ChannelUse::VoiceOrStage, 10),
];

static QUEUE: &[Field] = &[
    amount("max_queue_size", 10, 1000, "tracks"),
    amount("max_per_member", 0, 1000, "tracks"),
    amount("max_track_minutes", 0, 1440, "minutes"),
    switch("allow_duplicates"),
    switch("allow_playlists"),
];

static SKIPPING: &[Field] = &[switch("vote_skip_enabled"), amount("vote_skip_percent", 1, 100, "percent")];

static PLAYBACK: &[Field] = &[
    amount("default_volume", 0, 150, "percent"),
    amount("max_volume", 0, 150, "percent"),
    switch("autoplay"),
    switch("stay_connected"),
    amount("disconnect_empty_seconds", 0, 3600, "seconds"),
];

static ANNOUNCEMENTS: &[Field] = &[
    switch("announce_tracks"),
    channel("announce_channel_id", ChannelUse::Announce),
    template("now_playing_message", OF_A_TRACK),
];

static OF_A_TRACK: &[Placeholder] = &[
    text("title", "Clair de Lune"),
    text("artist", "Claude Debussy"),
    text("duration", "4:58"),
    mention("requester", "@Mira"),
    text("url", "https://example.com/clair-de-lune"),
];
