//! What the server picker and a server's overview show. Filled by `picker.rs` and `overview.rs`.

use askama::Template;

use crate::changes::line::ChangeLine;
use crate::feed;
use crate::guilds::second_factor::Asker;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

#[derive(Default, Template)]
#[template(path = "guilds/picker.html")]
pub struct PickerPage {
    pub shell: Shell,
    pub csrf_token: String,
    /// This page, for who pins a server.
    pub return_to: String,
    /// What was searched for; empty: everything.
    pub query: String,
    /// The module that each server's page is of; empty: its overview.
    pub module: String,
    /// Servers the person may manage at all, before searching.
    pub total: usize,
    /// Managed, with the bot: to their overview.
    pub with_bot: Vec<GuildCard>,
    /// Managed, without the bot: to the invitation.
    pub invitable: Vec<GuildCard>,
}

#[derive(Clone, Debug, Default)]
pub struct GuildCard {
    pub id: String,
    pub href: String,
    pub name: String,
    pub icon_url: Option<String>,
    pub initials: String,
    pub owner: bool,
    /// They do not manage it, and were let in.
    pub staff: bool,
    /// The server opened last.
    pub last_used: bool,
    pub pinned: bool,
    /// The server whose page this is.
    pub here: bool,
}

#[derive(Template)]
#[template(path = "guilds/overview.html")]
pub struct OverviewPage {
    pub shell: Shell,
    pub name: String,
    pub icon_url: Option<String>,
    pub initials: String,
    /// Whether they may change settings of any module.
    pub changes: bool,
    /// The bot is not on this server: read-only, with the invitation and until when settings are kept.
    pub absent: Option<ReadOnly>,
    /// What of the grants ends soon, and where they are.
    pub ending: Option<(Message, Option<String>)>,
    /// What to do first on a new server.
    pub steps: Vec<Step>,
    pub modules: Vec<ModuleCard>,
    /// What the bot and the admins did, and when that was looked at.
    pub feed: Vec<feed::Item>,
    pub as_of: String,
    pub again: String,
    /// All changes that are theirs to read.
    pub log_href: String,
    /// To exporting, importing and copying; for managers.
    pub carry_href: Option<String>,
}

/// Why everything on a page can be read and nothing changed.
#[derive(Clone, Debug)]
pub enum ReadOnly {
    /// The bot is not on this server.
    BotAbsent { kept_until: Option<String>, invite_href: String },
    /// They were let in to look.
    NotGiven,
    /// A second factor is asked for of who changes something, and they have none. `sign_in_href` leads back here.
    SecondFactor { asker: Asker, sign_in_href: String },
}

/// One thing to do first.
#[derive(Clone, Debug)]
pub struct Step {
    pub done: bool,
    pub title: String,
    pub text: String,
    /// Where it is done, and what the way there is called.
    pub way: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct ModuleCard {
    pub href: String,
    pub name: String,
    pub purpose: String,
    /// The icon's name in the sprite: the module's key.
    pub icon: &'static str,
    pub on: bool,
    /// Never saved: what is shown are the defaults.
    pub defaults: bool,
    /// What is set, a line each ("3 creators", "Category: Lounge").
    pub facts: Vec<String>,
    /// What is wrong, a line each, and whether it keeps the module from working.
    pub problems: Vec<(bool, String)>,
    /// To give the bot what it lacks.
    pub invite_href: Option<String>,
    pub last_change: Option<ChangeLine>,
}

/// "The bot is not here": the invitation's page, and the way without coming back by oneself.
#[derive(Template)]
#[template(path = "guilds/invite.html")]
pub struct InvitePage {
    pub shell: Shell,
    pub name: String,
    pub icon_url: Option<String>,
    pub initials: String,
    /// Discord's own page.
    pub discord_href: String,
    pub check_href: String,
    /// Permissions the link asks for, in words.
    pub permissions: Vec<String>,
}
