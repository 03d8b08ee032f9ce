//! What Music needs of the bot, and where.

use twilight_model::guild::Permissions;

use crate::settings::needs::{NOTHING, Needs, Place, WRITES, When};

const PLAYS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::CONNECT).union(Permissions::SPEAK);

pub(super) const NEEDS: Needs = Needs {
    must: PLAYS,
    should: WRITES.union(Permissions::EMBED_LINKS),
    places: &[
        Place::written("request_channel_id"),
        Place::written("text_channel_ids"),
        Place::with("voice_channel_ids", PLAYS, Permissions::empty()),
        Place::written("announce_channel_id").when(When::On("announce_tracks")),
    ],
    ..NOTHING
};
