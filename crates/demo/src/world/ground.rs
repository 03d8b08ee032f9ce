//! What a server's life happens on: its people and its channels, taken from the stand-in for Discord.
//!
//! A seeded server has few people; others move in, so that there is somebody to enter giveaways.

use std::collections::BTreeMap;

use discord_standin::permissions::{self, MANAGE_GUILD, MANAGE_MESSAGES, SEND_MESSAGES};
use discord_standin::world::{Guild, User, channel_type};
use discord_standin::{Id, World as Discord};

/// Somebody in a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: u64,
    /// The account's name.
    pub username: String,
    /// The name people see.
    pub name: String,
}

/// One server's people and channels.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    pub people: Vec<Person>,
    /// Who claims and closes tickets.
    pub staff: Vec<Person>,
    /// Each channel the bot sees: its name, and whether the bot may write in it.
    channels: BTreeMap<u64, (String, bool)>,
}

/// Why nothing can be posted somewhere; the codes of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    Unknown,
    Forbidden,
}

impl Closed {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown_channel",
            Self::Forbidden => "missing_permissions",
        }
    }
}

const NEWCOMERS: [(&str, &str); 24] = [
    ("ana.lys", "Ana"),
    ("bosun_ben", "Ben"),
    ("chiara", "Chiara"),
    ("d0ck", "Dock"),
    ("elif.k", "Elif"),
    ("fjord", "Fjord"),
    ("grete", "Grete"),
    ("hiro_sails", "Hiro"),
    ("ines", "Inês"),
    ("jib", "Jib"),
    ("keelhaul", "Keel"),
    ("lars.o", "Lars"),
    ("mooring", "Mo"),
    ("nell", "Nell"),
    ("ottoman", "Otto"),
    ("pia", "Pia"),
    ("quay", "Quay"),
    ("rudder", "Rudi"),
    ("selma", "Selma"),
    ("tide.turner", "Tide"),
    ("ulla", "Ulla"),
    ("vela", "Vela"),
    ("wim", "Wim"),
    ("yara", "Yara"),
];

/// The first of those who move in; the others follow.
const FIRST_NEWCOMER: u64 = 1_100_000_000_000_000_000;

/// Lets the newcomers move into the servers named, so that the stand-in knows everybody the bot speaks of.
pub fn move_in(discord: &mut Discord, guilds: &[u64]) {
    for person in newcomers() {
        discord.add_user(User::new(Id(person.id), &person.username, Some(&person.name)));
        for guild in guilds {
            // A server that is not there needs nobody.
            discord.add_member(Id(*guild), Id(person.id), &[]).ok();
        }
    }
}

fn newcomers() -> impl Iterator<Item = Person> {
    (FIRST_NEWCOMER..).step_by(1 << 30).zip(NEWCOMERS).map(|(id, (username, name))| Person {
        id,
        username: username.to_owned(),
        name: name.to_owned(),
    })
}

impl Ground {
    /// None: there is no such server.
    #[must_use]
    pub fn of(discord: &Discord, guild: u64) -> Option<Self> {
        let guild = discord.bot_guild(Id(guild))?;
        let members = guild.members.keys().filter_map(|id| discord.user(*id)).filter(|user| !user.bot);
        let mut people: Vec<Person> = members.map(person).collect();
        let works = |person: &Person| {
            permissions::in_guild(discord, guild, Id(person.id)) & (MANAGE_GUILD | MANAGE_MESSAGES) != 0
        };
        let staff = people.iter().filter(|person| works(person)).cloned().collect();
        for newcomer in newcomers() {
            if !people.iter().any(|known| known.id == newcomer.id) {
                people.push(newcomer);
            }
        }
        Some(Self { people, staff, channels: channels(discord, guild) })
    }

    /// Whether the bot may post in a channel.
    ///
    /// # Errors
    /// When it may not, or does not see it.
    pub fn opens(&self, channel: u64) -> Result<(), Closed> {
        match self.channels.get(&channel) {
            Some((_, true)) => Ok(()),
            Some((_, false)) => Err(Closed::Forbidden),
            None => Err(Closed::Unknown),
        }
    }

    /// A channel the bot may write in whose name holds one of these words, else any it may write in.
    #[must_use]
    pub fn channel(&self, words: &[&str]) -> Option<u64> {
        let open = || self.channels.iter().filter(|(_, (_, writes))| *writes);
        let named = open().find(|(_, (name, _))| words.iter().any(|word| name.contains(word)));
        named.or_else(|| open().next()).map(|(id, _)| *id)
    }
}

fn person(user: &User) -> Person {
    Person { id: user.id.0, username: user.username.clone(), name: user.shown_name().to_owned() }
}

fn channels(discord: &Discord, guild: &Guild) -> BTreeMap<u64, (String, bool)> {
    use channel_type::{ANNOUNCEMENT, STAGE, TEXT, VOICE};
    let bot = discord.application.bot.id;
    let talks = |kind: u8| matches!(kind, TEXT | ANNOUNCEMENT | VOICE | STAGE);
    let visible = guild.channels.values().filter(|channel| permissions::bot_sees(discord, guild, channel));
    let entry = |channel: &discord_standin::world::Channel| {
        let writes = permissions::in_channel(discord, guild, channel, bot) & SEND_MESSAGES != 0;
        (channel.id.0, (channel.name.clone(), writes && talks(channel.kind)))
    };
    visible.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use discord_standin::seed::{self, channels};

    #[test]
    fn a_ground_knows_people_staff_and_where_the_bot_may_write() {
        let ground = Ground::of(&seed::world(), seed::HARBOUR_CLUB.0).unwrap();
        assert!(ground.people.len() > NEWCOMERS.len() && ground.staff.len() >= 3);
        assert!(ground.people.iter().any(|person| person.name == "Mira"));
        assert_eq!(ground.channel(&["giveaway"]), Some(channels::GIVEAWAYS.0));
        assert_eq!(ground.opens(channels::GIVEAWAYS.0), Ok(()));
        assert_eq!(ground.opens(channels::RULES.0), Err(Closed::Forbidden));
        assert_eq!(ground.opens(channels::CAPTAINS_TABLE.0), Err(Closed::Unknown));
        assert!(Ground::of(&seed::world(), 5).is_none());
        assert_eq!(Ground::of(&seed::world(), seed::TINY.0).unwrap().channel(&["x"]), None);
    }

    #[test]
    fn who_moves_in_is_known_to_the_stand_in() {
        let mut discord = seed::world();
        move_in(&mut discord, &[seed::HARBOUR_CLUB.0, 5]);
        let ground = Ground::of(&discord, seed::HARBOUR_CLUB.0).unwrap();
        assert!(ground.people.iter().all(|person| discord.user(Id(person.id)).is_some()));
    }
}
