//! The bot being added to a guild, as the install page does it.

use super::{Guild, Manager, Member, NoSuch, Role, World};
use crate::{
    id::Id,
    permissions::{self, MANAGE_GUILD},
};

impl World {
    /// The guilds a person may add a bot to.
    pub fn installable(&self, user: Id) -> Vec<&Guild> {
        let may = |guild: &&Guild| {
            guild.members.contains_key(&user) && permissions::in_guild(self, guild, user) & MANAGE_GUILD != 0
        };
        self.guilds.values().filter(may).collect()
    }

    /// The bot joins with a managed role that holds these bits. Where it was before, its role
    /// is changed instead.
    pub fn install_bot(&mut self, guild: Id, bits: u64) -> Result<(), NoSuch> {
        let (bot, name) = (self.application.bot.id, self.application.name.clone());
        let fresh = self.new_id();
        let guild = self.guild_mut(guild)?;
        let own = guild.roles.values().find(|role| role.managed_by == Some(Manager::Bot(bot)));
        let mut role = own.cloned().unwrap_or_else(|| Role::new(fresh, &name, 1));
        role.managed_by = Some(Manager::Bot(bot));
        role.permissions = bits;
        let role = guild.put_role(role);
        let member = guild.members.entry(bot).or_insert_with(|| Member::new(bot, &[]));
        if !member.roles.contains(&role) {
            member.roles.push(role);
        }
        guild.bot_present = true;
        Ok(())
    }
}
