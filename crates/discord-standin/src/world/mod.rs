//! Everything the stand-in knows: the application, people, guilds, approvals and tokens.
//! A plain value: tests clone and edit it, `edits` has the verbs. No HTTP in here.

mod channel;
mod edits;
mod grants;
mod guild;
mod install;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use channel::{Channel, Overwrite, Target, channel_type};
pub use edits::NoSuch;
pub use grants::{Code, GrantRefused, Token};
pub use guild::{Emoji, Guild, Manager, Member, Role};

use crate::{clock::Clock, id::Id};

/// The whole of this little Discord.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    /// The one registered application.
    pub application: Application,
    /// People, by id. The bot user is in the application.
    pub users: BTreeMap<Id, User>,
    /// Servers, by id.
    pub guilds: BTreeMap<Id, Guild>,
    /// Scopes a person has approved before, for `prompt=none`.
    pub approvals: BTreeMap<Id, BTreeSet<String>>,
    /// Switches for behaviour that Discord has both ways.
    pub options: Options,
    /// Messages the bot has posted, oldest first.
    pub messages: Vec<PostedMessage>,
    /// The bot's channel with each person it has written to directly.
    pub direct: BTreeMap<Id, Id>,
    /// Who takes no direct messages.
    pub closed_to_direct: BTreeSet<Id>,
    /// Tokens that were given out, dead ones included.
    #[serde(skip)]
    pub tokens: Vec<Token>,
    /// Authorization codes that were given out, used ones included.
    #[serde(skip)]
    pub codes: Vec<Code>,
    /// This world's clock.
    #[serde(skip)]
    pub clock: Clock,
    /// How many ids and tokens were made, so that each is new.
    #[serde(skip)]
    made: u64,
}

impl World {
    /// A world with an application and nobody in it.
    pub fn empty(application: Application) -> World {
        World {
            application,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            approvals: BTreeMap::new(),
            options: Options::default(),
            messages: Vec::new(),
            direct: BTreeMap::new(),
            closed_to_direct: BTreeSet::new(),
            tokens: Vec::new(),
            codes: Vec::new(),
            clock: Clock::default(),
            made: 0,
        }
    }

    /// A person or the bot.
    pub fn user(&self, id: Id) -> Option<&User> {
        if id == self.application.bot.id {
            return Some(&self.application.bot);
        }
        self.users.get(&id)
    }

    /// A guild the bot is in.
    pub fn bot_guild(&self, id: Id) -> Option<&Guild> {
        self.guilds.get(&id).filter(|guild| guild.bot_present)
    }

    /// Somebody's membership; the bot's counts only while it is present.
    pub fn member<'w>(&self, guild: &'w Guild, user: Id) -> Option<&'w Member> {
        let absent_bot = user == self.application.bot.id && !guild.bot_present;
        guild.members.get(&user).filter(|_| !absent_bot)
    }

    /// The guild a channel is in, and the channel.
    pub fn channel(&self, id: Id) -> Option<(&Guild, &Channel)> {
        self.guilds.values().find_map(|guild| Some((guild, guild.channels.get(&id)?)))
    }

    /// The bot's channel with a person, made when it is asked for first; none with who is not known.
    pub fn direct_channel(&mut self, person: Id) -> Option<Id> {
        if !self.users.contains_key(&person) {
            return None;
        }
        if let Some(known) = self.direct.get(&person) {
            return Some(*known);
        }
        let made = self.new_id();
        self.direct.insert(person, made);
        Some(made)
    }

    /// With whom a channel is direct.
    pub fn direct_with(&self, channel: Id) -> Option<Id> {
        self.direct.iter().find_map(|(person, known)| (*known == channel).then_some(*person))
    }

    /// The present, in Unix milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A new id of this moment.
    pub fn new_id(&mut self) -> Id {
        self.made += 1;
        Id::at(self.now_ms(), self.made)
    }
}

/// The registered application and its bot.
#[derive(Clone, Debug, Serialize)]
pub struct Application {
    /// Client id; often the bot user's id as well.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who made it; the only one who can add a private bot.
    pub owner_id: Id,
    /// Client secret.
    pub client_secret: String,
    /// Bot token, without the word `Bot`.
    pub bot_token: String,
    /// The bot user.
    pub bot: User,
    /// Registered redirects. A `*` stands for any run of characters other than `/`.
    pub redirect_uris: Vec<String>,
    /// Whether anybody may add the bot.
    pub bot_public: bool,
    /// Whether adding the bot needs the full code flow.
    pub bot_require_code_grant: bool,
    /// Application flags, the gateway intents among them.
    pub flags: u64,
}

/// Application flag: the presence intent (for bots in fewer than 100 guilds).
pub const INTENT_PRESENCE: u64 = 1 << 13;
/// Application flag: the members intent (for bots in fewer than 100 guilds).
pub const INTENT_MEMBERS: u64 = 1 << 15;
/// Application flag: the message content intent (for bots in fewer than 100 guilds).
pub const INTENT_MESSAGE_CONTENT: u64 = 1 << 19;

/// A person or a bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: Id,
    /// Account name.
    pub username: String,
    /// Display name.
    #[serde(default)]
    pub global_name: Option<String>,
    /// `0`, or four digits for an account of the old kind.
    #[serde(default = "migrated")]
    pub discriminator: String,
    /// Image hash.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Language of the account.
    #[serde(default)]
    pub locale: Option<String>,
    /// Whether the mail address is confirmed; others cannot authorize anything.
    #[serde(default = "yes")]
    pub verified: bool,
    /// Whether two-factor authentication is turned on.
    #[serde(default = "yes")]
    pub mfa_enabled: bool,
    /// A bot account.
    #[serde(default)]
    pub bot: bool,
}

fn migrated() -> String {
    "0".to_owned()
}

fn yes() -> bool {
    true
}

impl User {
    /// A person with a verified account of the new kind, a second factor and no picture.
    pub fn new(id: Id, username: &str, global_name: Option<&str>) -> User {
        User {
            id,
            username: username.to_owned(),
            global_name: global_name.map(str::to_owned),
            discriminator: migrated(),
            avatar: None,
            locale: None,
            verified: true,
            mfa_enabled: true,
            bot: false,
        }
    }

    /// The name people see.
    pub fn shown_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}

/// Behaviour that differs between Discord's versions, settings or moods.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Lifetime of access tokens in seconds.
    pub token_lifetime: u64,
    /// Grants only these of the requested scopes.
    pub grant_only: Option<BTreeSet<String>>,
    /// Leaves channels the bot cannot see out of the channel list (Discord from 2026-11-16).
    pub hide_unviewable_channels: bool,
    /// A missing scope is 403 50026 instead of 401.
    pub missing_scope_is_403: bool,
    /// API calls without a User-Agent are refused with 403 40333.
    pub strict_user_agent: bool,
    /// Owners get only their roles' bits in the guild list, as in Discord's own sample.
    pub owner_without_all_bits: bool,
    /// Adds fields no client can know to every object.
    pub unknown_fields: bool,
    /// Sends `iss` with this value in callbacks.
    pub issuer: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            token_lifetime: 604_800,
            grant_only: None,
            hide_unviewable_channels: true,
            missing_scope_is_403: false,
            strict_user_agent: false,
            owner_without_all_bits: false,
            unknown_fields: true,
            issuer: None,
        }
    }
}

/// A message the bot has posted, as it was accepted.
#[derive(Clone, Debug, Serialize)]
pub struct PostedMessage {
    /// Its id.
    pub id: Id,
    /// Where it stands.
    pub channel_id: Id,
    /// The request's body.
    pub body: Value,
    /// When, in Unix milliseconds.
    pub at_ms: u64,
}
