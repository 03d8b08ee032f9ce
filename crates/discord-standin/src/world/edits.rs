//! The verbs tests and the control routes change a world with. Each says when it finds nothing
//! to change, so that a test with a wrong id fails instead of passing for nothing.

use std::{collections::BTreeSet, fmt, time::Duration};

use super::{Channel, Emoji, Guild, Member, Overwrite, Role, User, World};
use crate::{id::Id, permissions::VIEW_CHANNEL};

/// An edit named something that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuch {
    /// `guild`, `member`, `role`, `channel`, `emoji` or `user`.
    pub what: &'static str,
    /// The id that was looked for.
    pub id: Id,
}

impl fmt::Display for NoSuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such {}: {}", self.what, self.id)
    }
}

impl std::error::Error for NoSuch {}

/// What every edit answers.
type Edited<T = ()> = Result<T, NoSuch>;

impl World {
    /// Registers one more redirect.
    #[must_use]
    pub fn with_redirect(mut self, uri: &str) -> World {
        self.application.redirect_uris.push(uri.to_owned());
        self
    }

    /// Moves this world's clock on: codes and tokens age, timeouts end.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }

    /// Lifetime of the access tokens given out from now on.
    pub fn set_token_lifetime(&mut self, seconds: u64) {
        self.options.token_lifetime = seconds;
    }

    /// Grants only these of the scopes that are asked for.
    pub fn grant_only(&mut self, scopes: &[&str]) {
        self.options.grant_only = Some(scopes.iter().map(|&scope| scope.to_owned()).collect());
    }

    /// Gives out tokens with these scopes without the browser's part.
    pub fn sign_in(&mut self, user: Id, scopes: &[&str]) -> super::Token {
        let scopes: BTreeSet<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self.issue_token(user, scopes)
    }

    /// Puts a person in (or replaces the one with this id).
    pub fn add_user(&mut self, user: User) -> Id {
        let id = user.id;
        self.users.insert(id, user);
        id
    }

    /// Somebody turns two-factor authentication on or off.
    pub fn set_mfa(&mut self, user: Id, enabled: bool) -> Edited {
        self.users.get_mut(&user).ok_or(NoSuch { what: "user", id: user })?.mfa_enabled = enabled;
        Ok(())
    }

    /// A guild asks everybody who moderates for two-factor authentication, or no longer.
    pub fn require_mfa(&mut self, guild: Id, required: bool) -> Edited {
        self.guild_mut(guild)?.mfa_level = u8::from(required);
        Ok(())
    }

    /// Puts a guild in (or replaces the one with this id).
    pub fn add_guild(&mut self, guild: Guild) -> Id {
        let id = guild.id;
        self.guilds.insert(id, guild);
        id
    }

    /// Deletes a guild.
    pub fn remove_guild(&mut self, guild: Id) -> Edited {
        self.guilds.remove(&guild).map(drop).ok_or(NoSuch { what: "guild", id: guild })
    }

    /// A guild to edit by hand.
    pub fn guild_mut(&mut self, guild: Id) -> Edited<&mut Guild> {
        self.guilds.get_mut(&guild).ok_or(NoSuch { what: "guild", id: guild })
    }

    /// A membership to edit by hand.
    pub fn member_mut(&mut self, guild: Id, user: Id) -> Edited<&mut Member> {
        self.guild_mut(guild)?.members.get_mut(&user).ok_or(NoSuch { what: "member", id: user })
    }

    /// A role to edit by hand.
    pub fn role_mut(&mut self, guild: Id, role: Id) -> Edited<&mut Role> {
        self.guild_mut(guild)?.roles.get_mut(&role).ok_or(NoSuch { what: "role", id: role })
    }

    /// A channel to edit by hand.
    pub fn channel_mut(&mut self, channel: Id) -> Edited<&mut Channel> {
        let mut all = self.guilds.values_mut().flat_map(|guild| guild.channels.values_mut());
        all.find(|known| known.id == channel).ok_or(NoSuch { what: "channel", id: channel })
    }

    /// The bot joins with the roles it had, or leaves.
    pub fn set_bot_present(&mut self, guild: Id, present: bool) -> Edited {
        let bot = self.application.bot.id;
        let guild = self.guild_mut(guild)?;
        guild.bot_present = present;
        guild.members.entry(bot).or_insert_with(|| Member::new(bot, &[]));
        Ok(())
    }

    /// Ownership moves; the new owner becomes a member if needed.
    pub fn set_owner(&mut self, guild: Id, owner: Id) -> Edited {
        let guild = self.guild_mut(guild)?;
        guild.owner_id = owner;
        guild.members.entry(owner).or_insert_with(|| Member::new(owner, &[]));
        Ok(())
    }

    /// Somebody joins (or is given exactly these roles).
    pub fn add_member(&mut self, guild: Id, user: Id, roles: &[Id]) -> Edited {
        self.guild_mut(guild)?.put_member(Member::new(user, roles));
        Ok(())
    }

    /// Somebody leaves or is kicked.
    pub fn remove_member(&mut self, guild: Id, user: Id) -> Edited {
        let gone = self.guild_mut(guild)?.members.remove(&user);
        gone.map(drop).ok_or(NoSuch { what: "member", id: user })
    }

    /// Somebody holds exactly these roles.
    pub fn set_member_roles(&mut self, guild: Id, user: Id, roles: &[Id]) -> Edited {
        self.member_mut(guild, user)?.roles = roles.to_vec();
        Ok(())
    }

    /// A timeout of this length from now on; zero ends it.
    pub fn time_out(&mut self, guild: Id, user: Id, length: Duration) -> Edited {
        let length = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        let until = self.now_ms().saturating_add(length);
        self.member_mut(guild, user)?.timed_out_until = (length > 0).then_some(until);
        Ok(())
    }

    /// A new role, or a replaced one.
    pub fn add_role(&mut self, guild: Id, role: Role) -> Edited<Id> {
        Ok(self.guild_mut(guild)?.put_role(role))
    }

    /// A role is deleted: members and overwrites lose it, as at Discord.
    pub fn delete_role(&mut self, guild: Id, role: Id) -> Edited {
        let guild = self.guild_mut(guild)?;
        guild.roles.remove(&role).ok_or(NoSuch { what: "role", id: role })?;
        guild.members.values_mut().for_each(|member| member.roles.retain(|held| *held != role));
        for channel in guild.channels.values_mut() {
            channel.permission_overwrites.retain(|overwrite| overwrite.id != role);
        }
        Ok(())
    }

    /// A role moves to this position.
    pub fn move_role(&mut self, guild: Id, role: Id, position: i64) -> Edited {
        self.role_mut(guild, role)?.position = position;
        Ok(())
    }

    /// A role holds exactly these bits.
    pub fn set_role_permissions(&mut self, guild: Id, role: Id, permissions: u64) -> Edited {
        self.role_mut(guild, role)?.permissions = permissions;
        Ok(())
    }

    /// A new channel, or a replaced one.
    pub fn add_channel(&mut self, guild: Id, channel: Channel) -> Edited<Id> {
        Ok(self.guild_mut(guild)?.put_channel(channel))
    }

    /// A channel is deleted; the children of a category lose their parent.
    pub fn delete_channel(&mut self, channel: Id) -> Edited {
        let holder = self.guilds.values_mut().find(|guild| guild.channels.contains_key(&channel));
        let guild = holder.ok_or(NoSuch { what: "channel", id: channel })?;
        guild.channels.remove(&channel);
        for child in guild.channels.values_mut().filter(|child| child.parent_id == Some(channel)) {
            child.parent_id = None;
        }
        Ok(())
    }

    /// The bot can no longer see a channel (unless it is an administrator).
    pub fn hide_channel(&mut self, channel: Id) -> Edited {
        self.overwrite_bot(channel, 0, VIEW_CHANNEL)
    }

    /// The bot can see a channel again.
    pub fn show_channel(&mut self, channel: Id) -> Edited {
        self.overwrite_bot(channel, VIEW_CHANNEL, 0)
    }

    /// Sets bits for the bot itself in a channel, beside those its overwrite has already.
    pub fn overwrite_bot(&mut self, channel: Id, allow: u64, deny: u64) -> Edited {
        let bot = self.application.bot.id;
        let overwrites = &mut self.channel_mut(channel)?.permission_overwrites;
        let mut own = Overwrite::member(bot, 0, 0);
        if let Some(index) = overwrites.iter().position(|overwrite| overwrite.id == bot) {
            own = overwrites.remove(index);
        }
        own.allow = (own.allow & !deny) | allow;
        own.deny = (own.deny & !allow) | deny;
        overwrites.push(own);
        Ok(())
    }

    /// A new emoji, or a replaced one.
    pub fn add_emoji(&mut self, guild: Id, emoji: Emoji) -> Edited<Id> {
        Ok(self.guild_mut(guild)?.put_emoji(emoji))
    }

    /// An emoji is deleted.
    pub fn delete_emoji(&mut self, guild: Id, emoji: Id) -> Edited {
        let gone = self.guild_mut(guild)?.emojis.remove(&emoji);
        gone.map(drop).ok_or(NoSuch { what: "emoji", id: emoji })
    }
}
