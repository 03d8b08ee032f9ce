//! What Giveaway needs of the bot, and where.

use twilight_model::guild::Permissions;

use crate::settings::needs::{NOTHING, Needs, Ping, Place, WRITES};

const ANNOUNCES: Permissions = WRITES.union(Permissions::EMBED_LINKS);

pub(super) const NEEDS: Needs = Needs {
    must: ANNOUNCES,
    should: Permissions::READ_MESSAGE_HISTORY,
    places: &[Place::with("default_channel_id", ANNOUNCES, Permissions::READ_MESSAGE_HISTORY)],
    pings: &[Ping { field: "ping_role_id", channel: Some("default_channel_id") }],
    ..NOTHING
};

/// Where a single giveaway goes.
pub static GOES: Place = Place::with("channel_id", ANNOUNCES, Permissions::READ_MESSAGE_HISTORY);
