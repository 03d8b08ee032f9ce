//! The ids of Harbour Club that tests name.

/// Channels of Harbour Club.
pub mod channels {
    use crate::{id::Id, seed::after};

    const FIRST: Id = Id(816370565387403285);

    /// Category of the voice channels.
    pub const VOICE_ROOMS: Id = FIRST;
    /// Text; the system channel.
    pub const WELCOME: Id = Id(816370568742846486);
    /// Voice: people join it to get a room.
    pub const LOBBY: Id = Id(816370774200827934);
    /// Category.
    pub const INFORMATION: Id = after(FIRST, 1);
    /// Text the bot sees but may not write in.
    pub const RULES: Id = after(FIRST, 2);
    /// Announcement channel.
    pub const ANNOUNCEMENTS: Id = after(FIRST, 3);
    /// Category.
    pub const COMMUNITY: Id = after(FIRST, 10);
    /// Text.
    pub const GENERAL: Id = after(FIRST, 11);
    /// Text.
    pub const GIVEAWAYS: Id = after(FIRST, 12);
    /// Text.
    pub const MUSIC: Id = after(FIRST, 13);
    /// Text.
    pub const BOT_COMMANDS: Id = after(FIRST, 14);
    /// Forum.
    pub const FORUM: Id = after(FIRST, 15);
    /// Media channel.
    pub const PICTURES: Id = after(FIRST, 16);
    /// A type no client knows: 99.
    pub const FUTURE: Id = after(FIRST, 17);
    /// Voice.
    pub const LOUNGE: Id = after(FIRST, 20);
    /// Voice.
    pub const MUSIC_BAR: Id = after(FIRST, 21);
    /// Voice the bot sees but cannot connect to.
    pub const LOCKED_VOICE: Id = after(FIRST, 22);
    /// Stage.
    pub const STAGE_HALL: Id = after(FIRST, 23);
    /// Category without children, for rooms.
    pub const TEMPORARY_ROOMS: Id = after(FIRST, 30);
    /// Category without children, for more rooms.
    pub const MORE_ROOMS: Id = after(FIRST, 31);
    /// Category.
    pub const SUPPORT: Id = after(FIRST, 40);
    /// Text.
    pub const OPEN_A_TICKET: Id = after(FIRST, 41);
    /// Category without children, for tickets.
    pub const TICKETS: Id = after(FIRST, 42);
    /// Category only staff (and the bot) see.
    pub const STAFF: Id = after(FIRST, 50);
    /// Text in it.
    pub const STAFF_ROOM: Id = after(FIRST, 51);
    /// Text in it.
    pub const MOD_LOG: Id = after(FIRST, 52);
    /// Text in it.
    pub const TRANSCRIPTS: Id = after(FIRST, 53);
    /// Voice in it.
    pub const STAFF_VOICE: Id = after(FIRST, 54);
    /// Text for admins, hidden from the bot.
    pub const CAPTAINS_TABLE: Id = after(FIRST, 60);
    /// Text outside any category.
    pub const LOST_AND_FOUND: Id = after(FIRST, 61);
    /// Category with 48 of the 50 children it may have.
    pub const ARCHIVE: Id = after(FIRST, 70);

    /// One of the archive's 48, counted from 0.
    pub const fn archived(n: u64) -> Id {
        after(FIRST, 100 + n)
    }
}

/// Roles of Harbour Club, highest first; @everyone has the guild's id.
pub mod roles {
    use crate::{id::Id, seed::after};

    const FIRST: Id = Id(817301662241787907);

    /// ADMINISTRATOR, above the bot. Held by Aylin.
    pub const ADMIN: Id = after(FIRST, 1);
    /// Without rights, above the bot.
    pub const CAPTAIN: Id = after(FIRST, 2);
    /// The bot's own, managed.
    pub const HARBOUR_BOT: Id = after(FIRST, 3);
    /// MANAGE_GUILD and MANAGE_ROLES, below the bot. Held by Jonas.
    pub const MODERATOR: Id = after(FIRST, 4);
    /// Support staff, mentionable.
    pub const SUPPORT: Id = FIRST;
    /// Below Jonas, not mentionable.
    pub const EVENT_HOST: Id = after(FIRST, 5);
    /// Managed by Discord.
    pub const BOOSTER: Id = after(FIRST, 6);
    /// Managed by an integration.
    pub const SUBSCRIBER: Id = after(FIRST, 7);
    /// For the music module.
    pub const DJ: Id = after(FIRST, 8);
    /// Mentionable; for giveaways.
    pub const GIVEAWAY_PING: Id = after(FIRST, 9);
    /// What everybody gets.
    pub const MEMBER: Id = after(FIRST, 10);
    /// On the same position as MEMBER: the lower id ranks higher.
    pub const MUTED: Id = after(FIRST, 11);
}

/// Custom emojis of Harbour Club.
pub mod emojis {
    use crate::{id::Id, seed::after};

    /// Animated.
    pub const PARTY: Id = Id(930194370152497161);
    /// Still.
    pub const ANCHOR: Id = after(PARTY, 1);
    /// Still.
    pub const WAVE: Id = after(PARTY, 2);
    /// Still.
    pub const TICKET: Id = after(PARTY, 3);
    /// Not available: the boosts it needs are gone.
    pub const LIGHTHOUSE: Id = after(PARTY, 4);
    /// Animated, for moderators only.
    pub const FOGHORN: Id = after(PARTY, 5);
}
