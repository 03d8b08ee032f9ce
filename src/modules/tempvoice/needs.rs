//! What TempVoice needs of the bot, and where.

use twilight_model::guild::Permissions;

use crate::discord::Intent;
use crate::settings::needs::{Fills, NOTHING, Needs, Place, When};

/// To let members into rooms.
const MOVES: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::CONNECT).union(Permissions::MOVE_MEMBERS);
/// To make rooms.
const MAKES: Permissions = MOVES.union(Permissions::MANAGE_CHANNELS).union(Permissions::MANAGE_ROLES);
/// The panel in a room's chat.
const PANEL: Permissions = Permissions::SEND_MESSAGES.union(Permissions::EMBED_LINKS);

pub(super) const NEEDS: Needs = Needs {
    must: MAKES,
    should: PANEL,
    places: &[
        Place::with("creators.creator_channel_id", MOVES, Permissions::empty()),
        Place::with("creators.category_id", MAKES, PANEL).filled(Fills::Into("overflow_category_id")),
        Place::with("overflow_category_id", MAKES, PANEL).filled(Fills::Last),
        Place::written("log_channel_id").closed("problem-log-open"),
    ],
    intents: &[(Intent::Presence, When::Says("creators.name_template", "{activity}"))],
    ..NOTHING
};
