//! The servers of a person: those of their own list, by their own token, and which of them are theirs to open.

use std::time::Duration;

use super::{Access, FOR_STAFF, FOR_THE_LISTS, no_access};
use crate::accounts::{Person, TokenTrouble};
use crate::discord::{DiscordError, PartialGuild};
use crate::error::AppError;
use crate::guilds::grants;
use crate::ids::{GuildId, UserId};

/// Servers where somebody is staff that a list looks for: each costs a question, which is asked again after ten seconds.
const LISTED_AS_STAFF: usize = 20;

impl Access {
    /// The servers that somebody manages by their own list, and those where they are staff.
    ///
    /// # Errors
    /// As Discord and the database answer.
    pub async fn reachable(&self, person: &Person, max_age: Duration) -> Result<Vec<PartialGuild>, AppError> {
        let list = self.own_list(person, max_age).await?;
        let (mut reachable, others): (Vec<_>, Vec<_>) = list.into_iter().partition(PartialGuild::manageable);
        reachable.extend(self.staff_in(person.id, others).await?);
        Ok(reachable)
    }

    /// Those of somebody's servers that they do not manage and where something was given to them, or to a role that they
    /// have by an answer as young as for a page of theirs. Of the server itself an old answer does: a role that is
    /// deleted is none of the member's any more.
    async fn staff_in(&self, person: UserId, servers: Vec<PartialGuild>) -> Result<Vec<PartialGuild>, AppError> {
        if servers.is_empty() {
            return Ok(servers);
        }
        let (ids, now): (Vec<GuildId>, _) = (servers.iter().map(|one| one.id).collect(), self.clock.now());
        let mut known = self.db.run(move |conn| grants::among(conn, person, &ids, now)).await?;
        known.truncate(LISTED_AS_STAFF);
        let asking = servers.into_iter().filter(|one| known.contains(&one.id)).map(|one| async move {
            // Where the bot is gone, what was given stays in the table for a while: it is not to be refused for that.
            self.discord.bot_in(one.id, FOR_THE_LISTS).await.ok().filter(|there| *there)?;
            let found = tokio::try_join!(
                self.discord.guild(one.id, FOR_THE_LISTS),
                self.discord.member(one.id, person, FOR_STAFF)
            );
            let (guild, member) = found.ok()?;
            let rights = self.rights(one.id, &guild.value, member.value.as_ref().as_ref()?).await;
            rights.is_ok().then_some(one)
        });
        Ok(futures_util::future::join_all(asking).await.into_iter().flatten().collect())
    }

    pub(super) async fn in_own_list(&self, person: &Person, guild: GuildId) -> Result<PartialGuild, AppError> {
        let known = self.discord.guilds_of_known(person.id, FOR_THE_LISTS, self.clock.now());
        if let Some(found) = known.and_then(|list| list.value.iter().find(|one| one.id == guild).cloned()) {
            return Ok(found);
        }
        let list = self.own_list(person, Duration::from_secs(10)).await?;
        list.into_iter().find(|one| one.id == guild).ok_or_else(|| no_access("not in own list"))
    }

    /// The person's own servers, by their own token.
    ///
    /// # Errors
    /// A token that Discord no longer takes ends the session, politely.
    pub async fn own_list(&self, person: &Person, max_age: Duration) -> Result<Vec<PartialGuild>, AppError> {
        if let Some(known) = self.discord.guilds_of_known(person.id, max_age, self.clock.now()) {
            return Ok(known.value.to_vec());
        }
        let token = self.accounts.access_token(person.id).await?;
        match self.discord.guilds_of(person.id, &token, max_age).await {
            Ok(list) => Ok(list.value.to_vec()),
            Err(DiscordError::Unauthorized) => {
                let token = self.accounts.refresh_after_401(person.id, &token).await?;
                match self.discord.guilds_of(person.id, &token, max_age).await {
                    Err(DiscordError::Unauthorized) => Err(TokenTrouble::SignedOut.into()),
                    answer => Ok(answer?.value.to_vec()),
                }
            }
            Err(error) => Err(error.into()),
        }
    }
}
