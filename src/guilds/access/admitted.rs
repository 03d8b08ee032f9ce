//! Somebody who was let in: the server as it is for them, and what they may do there.

use std::sync::Arc;

use crate::accounts::Person;
use crate::clock::{Clock, Millis};
use crate::discord::{Member, PartialGuild};
use crate::error::{AppError, Trouble};
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::{Lack, Level, Rights, Scope};
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
    /// Why that cannot be done here, if so: the bot is away, or they may not. `page` is where they are, to come back to.
    pub fn read_only(&self, level: Level, scope: Scope<'_>, page: &str) -> Option<ReadOnly> {
        match self.place {
            Place::Without(_) => Some(self.absent(None)),
            Place::Here { .. } => self.only_looks(level, scope, page),
        }
    }

    /// The same for a page that says nothing of it where the bot is away.
    pub fn only_looks(&self, level: Level, scope: Scope<'_>, page: &str) -> Option<ReadOnly> {
        self.rights.lack(level, scope).map(|lack| match lack {
            Lack::NotGiven => ReadOnly::NotGiven,
            Lack::SecondFactor(asker) => {
                let page: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
                ReadOnly::SecondFactor { asker, sign_in_href: format!("/login?return_to={page}") }
            }
        })
    }

    /// For a page of the whole server: whether a second factor would let them do anything more.
    pub fn held_back(&self, page: &str) -> Option<ReadOnly> {
        let lacking = [Level::Edit, Level::Act].map(|level| self.only_looks(level, Scope::Any, page));
        lacking.into_iter().flatten().find(|why| matches!(why, ReadOnly::SecondFactor { .. }))
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
        match (self.rights.sees(module), self.rights.lack(level, Scope::Module(module))) {
            (false, _) => Err(Trouble::NotFound.into()),
            (true, Some(lack)) => Err(beyond(self.person.id, self.guild, level, lack)),
            (true, None) => Ok(()),
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

/// Who was let in and wants more than they may.
pub(super) fn beyond(person: UserId, guild: GuildId, level: Level, lack: Lack) -> AppError {
    match lack {
        Lack::NotGiven => {
            tracing::warn!(event = "access_refused", user.id = %person, guild.id = %guild, ?level, "staff were refused what was not given");
            AppError::new(Trouble::NotGiven, "not given")
        }
        Lack::SecondFactor(asker) => {
            tracing::warn!(event = "second_factor_missing", user.id = %person, guild.id = %guild, ?level, "refused without a second factor");
            AppError::new(Trouble::SecondFactor { asker, draft: None }, "no second factor")
        }
    }
}
