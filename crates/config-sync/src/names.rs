//! Every channel and key of the protocol, each behind the deployment's prefix.
//!
//! Nobody else builds such a name by hand. What stands under a name is described where it is
//! written: the script, the publisher, the subscriber, the events.

use crate::{GuildId, ModuleName};

/// Gives the names of one deployment. The prefix (`REDIS_PREFIX`, often empty) stands before
/// every one of them and keeps two deployments on one Redis apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    prefix: String,
}

impl Names {
    /// Names behind `prefix`, which is taken as it is: give it its own separator (`test:`).
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into() }
    }

    /// What stands before every name.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Channel: changes of one module.
    #[must_use]
    pub fn module_channel(&self, module: &ModuleName) -> String {
        format!("{}bot:config:{}", self.prefix, module.channel_suffix())
    }

    /// Channel: changes of every module.
    #[must_use]
    pub fn all_channel(&self) -> String {
        self.named("bot:config:update")
    }

    /// Hash: field = module, value = the newest message.
    #[must_use]
    pub fn current(&self, guild: GuildId) -> String {
        format!("{}bot:config:current:{guild}", self.prefix)
    }

    /// Stream: one entry a change, without the message.
    #[must_use]
    pub fn log(&self) -> String {
        self.named("bot:config:log")
    }

    /// Hash: `database`, `n`, `complete`.
    #[must_use]
    pub fn epoch(&self) -> String {
        self.named("bot:config:epoch")
    }

    /// Hash: field = module, value = what the bot last applied and last refused.
    #[must_use]
    pub fn applied(&self, guild: GuildId) -> String {
        format!("{}bot:config:applied:{guild}", self.prefix)
    }

    /// Hash: field = panel id, value = the panel.
    #[must_use]
    pub fn panels(&self, guild: GuildId) -> String {
        format!("{}bot:panels:{guild}", self.prefix)
    }

    /// Hash: field = playlist id, value = the playlist.
    #[must_use]
    pub fn playlists(&self, guild: GuildId) -> String {
        format!("{}bot:playlists:{guild}", self.prefix)
    }

    /// Channel: events of the bot.
    #[must_use]
    pub fn event_channel(&self) -> String {
        self.named("discord_events")
    }

    /// Stream: events of the bot, durable.
    #[must_use]
    pub fn event_stream(&self) -> String {
        self.named("bot:events")
    }

    /// Set: the bot's guilds.
    #[must_use]
    pub fn guilds(&self) -> String {
        self.named("bot:guilds")
    }

    /// Channel: commands to the bot.
    #[must_use]
    pub fn command_channel(&self) -> String {
        self.named("dashboard:commands")
    }

    /// Stream: commands to the bot, durable.
    #[must_use]
    pub fn command_stream(&self) -> String {
        self.named("bot:commands")
    }

    /// String: a bot's claim on a command, and later its result.
    #[must_use]
    pub fn command(&self, command: uuid::Uuid) -> String {
        format!("{}bot:command:{command}", self.prefix)
    }

    fn named(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_prefix_the_names_are_those_of_the_protocol() {
        let names = Names::default();
        let guild = GuildId(816_370_501_973_721_107);
        assert_eq!(names.module_channel(&ModuleName::TEMPVOICE), "bot:config:tempvoice");
        assert_eq!(names.all_channel(), "bot:config:update");
        assert_eq!(names.current(guild), "bot:config:current:816370501973721107");
        assert_eq!(names.log(), "bot:config:log");
        assert_eq!(names.epoch(), "bot:config:epoch");
        assert_eq!(names.applied(guild), "bot:config:applied:816370501973721107");
        assert_eq!(names.panels(guild), "bot:panels:816370501973721107");
        assert_eq!(names.playlists(guild), "bot:playlists:816370501973721107");
        assert_eq!(names.event_channel(), "discord_events");
        assert_eq!(names.event_stream(), "bot:events");
        assert_eq!(names.guilds(), "bot:guilds");
        assert_eq!(names.command_channel(), "dashboard:commands");
        assert_eq!(names.command_stream(), "bot:commands");
        let command = uuid::Uuid::nil();
        assert_eq!(names.command(command), format!("bot:command:{command}"));
    }

    #[test]
    fn the_prefix_stands_before_every_name() {
        let names = Names::new("a:");
        let guild = GuildId(1);
        let all = [
            names.module_channel(&ModuleName::MUSIC),
            names.all_channel(),
            names.current(guild),
            names.log(),
            names.epoch(),
            names.applied(guild),
            names.panels(guild),
            names.playlists(guild),
            names.event_channel(),
            names.event_stream(),
            names.guilds(),
            names.command_channel(),
            names.command_stream(),
            names.command(uuid::Uuid::nil()),
        ];
        for name in all {
            assert!(name.starts_with("a:"), "{name}");
        }
    }
}
