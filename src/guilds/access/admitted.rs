//! Somebody who was let in: the server as it is for them, and what they may do there.

use std::sync::Arc;

use crate::accounts::Person;
use crate::clock::{Clock, Millis};
use crate::discord::{Member, PartialGuild};
use crate::error::{AppError, Trouble};
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::{Level, Rights, Scope};
use crate::guilds::snapshot::{GuildSnapshot, Viewer};
use crate::ids::{GuildId, UserId};

/// A server somebody was admitted to.
#[derive(Clone, Debug)]
pub struct Admitted {
    pub person: Person,
    pub guild: GuildId,
    pub place: Place,
    pub rights: Rights,
    /// When Discord was asked for the answer that the rights stand on.
    pub confirmed_at: Millis,
}

/// The server as it is for the person who came.
#[derive(Clone, Debug)]
pub enum Place {
    /// The bot is there, and the person manages the server or was given something there.
    Here { snapshot: Arc<GuildSnapshot>, member: Arc<Member> },
    /// The person manages the server by their own list, but the bot is not on it: read-only.
    Without(Box<PartialGuild>),
}

impl Admitted {
    /// Why nothing can be done about a module here, if so: the bot is away, or it was not given to them.
    pub fn read_only(&self, level: Level, module: &str) -> Option<ReadOnly> {
        match self.place {
            Place::Without(_) => Some(self.absent(None)),
            Place::Here { .. } => (!self.rights.may(level, Scope::Module(module))).then_some(ReadOnly::NotGiven),
        }
    }

    /// What a page says where the bot is not.
    pub fn absent(&self, kept_until: Option<String>) -> ReadOnly {
        ReadOnly::BotAbsent { kept_until, invite_href: format!("/guilds/{}/invite", self.guild) }
    }

    /// For what turns out to be about a module only once it is read.
    ///
    /// # Errors
    /// What they may not see is not there.
    pub fn must(&self, level: Level, module: &str) -> Result<(), AppError> {
        match (self.rights.sees(module), self.rights.may(level, Scope::Module(module))) {
            (false, _) => Err(Trouble::NotFound.into()),
            (true, false) => Err(beyond(self.person.id, self.guild, level)),
            (true, true) => Ok(()),
        }
    }

    pub fn guild_name(&self) -> &str {
        match &self.place {
            Place::Here { snapshot, .. } => &snapshot.guild.name,
            Place::Without(guild) => &guild.name,
        }
    }

    pub fn icon(&self) -> Option<&str> {
        match &self.place {
            Place::Here { snapshot, .. } => snapshot.guild.icon.as_deref(),
            Place::Without(guild) => guild.icon.as_deref(),
        }
    }
}

impl Place {
    /// The person as rules see them; None where the bot is not.
    pub fn viewer(&self, clock: &Clock) -> Option<(Arc<GuildSnapshot>, Viewer<'_>)> {
        match self {
            Self::Here { snapshot, member } => Some((snapshot.clone(), snapshot.person(member, clock.now()))),
            Self::Without(_) => None,
        }
    }
}

/// Staff who want what was not given to them.
pub(super) fn beyond(person: UserId, guild: GuildId, level: Level) -> AppError {
    tracing::warn!(event = "access_refused", user.id = %person, guild.id = %guild, ?level, "staff were refused what was not given");
    AppError::new(Trouble::NotGiven, "not given")
}
