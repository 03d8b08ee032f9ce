//! What a module needs of the bot and of Discord, as data: the vocabulary. What each module needs stands in its folder.
//!
//! One description serves the checklist of a page, the problems on the overview, the check before something is
//! posted, the invitation, and what is asked of the application at start.

use twilight_model::guild::Permissions;

use crate::discord::Intent;

#[derive(Debug)]
pub struct Needs {
    /// Without these it does not work at all.
    pub must: Permissions,
    /// Without these a part of it does not work.
    pub should: Permissions,
    /// What is needed in the channels that are chosen: one for each field that names any.
    pub places: &'static [Place],
    /// Roles that the bot mentions.
    pub pings: &'static [Ping],
    pub intents: &'static [(Intent, When)],
}

/// What a channel is used for.
#[derive(Debug)]
pub struct Place {
    /// The field that names it, without the numbers of rows: `creators.category_id`.
    pub field: &'static str,
    /// Without these nothing works there.
    pub must: Permissions,
    /// Without these a part does not work there.
    pub should: Permissions,
    /// Channels are made in it, until it is full.
    pub fills: Option<Fills>,
    /// The key of what to say if everyone on the server can read it.
    pub open: Option<&'static str>,
    /// Nobody goes there otherwise.
    pub when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fills {
    /// What does not fit goes into the category of this field, if there is one.
    Into(&'static str),
    /// Nothing helps when it is full.
    Last,
}

/// A role that the bot mentions.
#[derive(Debug)]
pub struct Ping {
    pub field: &'static str,
    /// The field of the channel it does that in, if it is known.
    pub channel: Option<&'static str>,
}

/// Which values make a need one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// This switch is on.
    On(&'static str),
    /// A text of this field says so.
    Says(&'static str, &'static str),
}

/// Nothing but what the bot needs to be there.
pub const NOTHING: Needs =
    Needs { must: Permissions::empty(), should: Permissions::empty(), places: &[], pings: &[], intents: &[] };

/// To see a channel and to write there.
pub const WRITES: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES);

/// Where a panel is posted.
pub static POSTS: Place = Place::with("channel_id", WRITES.union(Permissions::EMBED_LINKS), Permissions::empty());

impl Needs {
    /// All of it together: what an invitation asks for.
    pub const fn permissions(&self) -> Permissions {
        let mut all = self.must.union(self.should);
        let mut at = 0;
        while at < self.places.len() {
            all = all.union(self.places[at].permissions());
            at += 1;
        }
        all
    }
}

impl Place {
    /// A channel the bot writes to: with embeds, if it may.
    pub const fn written(field: &'static str) -> Self {
        Self::with(field, WRITES, Permissions::EMBED_LINKS)
    }

    pub const fn with(field: &'static str, must: Permissions, should: Permissions) -> Self {
        Self { field, must, should, fills: None, open: None, when: When::Always }
    }

    pub const fn filled(self, fills: Fills) -> Self {
        Self { fills: Some(fills), ..self }
    }

    /// Should not be read by everyone: the key of what to say otherwise.
    pub const fn closed(self, key: &'static str) -> Self {
        Self { open: Some(key), ..self }
    }

    pub const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    pub const fn permissions(&self) -> Permissions {
        self.must.union(self.should)
    }
}
