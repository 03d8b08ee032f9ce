//! What Tickets needs of the bot, and where.

use twilight_model::guild::Permissions;

use crate::discord::Intent;
use crate::settings::needs::{Fills, NOTHING, Needs, Place, WRITES, When};

/// To make a ticket's channel and to say who sees it.
const MAKES: Permissions = WRITES.union(Permissions::MANAGE_CHANNELS).union(Permissions::MANAGE_ROLES);
/// To say it well, and to write down what was said.
const TELLS: Permissions = Permissions::EMBED_LINKS.union(FILES).union(Permissions::READ_MESSAGE_HISTORY);
const FILES: Permissions = Permissions::ATTACH_FILES;

pub(super) const NEEDS: Needs = Needs {
    must: MAKES,
    should: TELLS,
    places: &[
        Place::with("category_id", MAKES, TELLS).filled(Fills::Into("overflow_category_id")),
        Place::with("overflow_category_id", MAKES, TELLS).filled(Fills::Last),
        Place::with("closed_category_id", MAKES, TELLS).filled(Fills::Last),
        Place::written("log_channel_id").closed("problem-log-open"),
        Place::with("transcript_channel_id", WRITES.union(FILES), Permissions::EMBED_LINKS)
            .closed("problem-tickets-transcripts-open")
            .when(When::On("transcripts_enabled")),
        Place::written("rating_channel_id").when(When::On("ratings_enabled")),
    ],
    intents: &[(Intent::MessageContent, When::On("transcripts_enabled"))],
    ..NOTHING
};
