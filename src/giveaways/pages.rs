//! What the pages of giveaways show. Filled by `list.rs`, `entry.rs`, `form.rs`, `acts.rs`.

use askama::Template;

use crate::changes::line::TimeText;
use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::settings::controls::SectionView;
use crate::settings::pages::SummaryItem;
use crate::settings::preview::MessagePreview;
use crate::settings::unsaved::Unsaved;
use crate::web::shell::Shell;
use crate::web::tab::Tab;
use crate::web::words::{Message, filters};

/// `GET /guilds/{guild_id}/giveaways`
#[derive(Template)]
#[template(path = "giveaways/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub guild_name: String,
    /// The list's address without any filter.
    pub action: String,
    pub new_href: Option<String>,
    pub absent: Option<ReadOnly>,
    pub tabs: Vec<Tab>,
    pub state: &'static str,
    pub text: String,
    pub from: String,
    pub to: String,
    /// In which zone days are read.
    pub zone: String,
    pub filtered: bool,
    pub strange: bool,
    /// The list without filter.
    pub all_href: String,
    /// What is planned starts late: the bot is away.
    pub late: bool,
    pub entries: Vec<ListEntry>,
    pub before: Option<String>,
    pub after: Option<String>,
    /// What stands instead of an empty list.
    pub empty: String,
    /// What will stand there, and what to do for it.
    pub empty_why: String,
    /// Word and address of each format.
    pub exports: [(String, String); 2],
    /// When this was looked at, and the address to look again.
    pub as_of: String,
    pub here: String,
}

#[derive(Clone, Debug)]
pub struct ListEntry {
    pub href: String,
    pub prize: Option<String>,
    /// Channel, winners, entries, in a few words each.
    pub facts: Vec<Message>,
    /// "Ends" and when.
    pub when: Message,
    pub at: TimeText,
    pub left: Option<Message>,
    /// Of one that has ended: who won.
    pub winners: Option<String>,
    pub reason: Option<String>,
    pub command: Option<CommandLine>,
}

/// `GET /guilds/{guild_id}/giveaways/{gid}`
#[derive(Template)]
#[template(path = "giveaways/entry.html")]
pub struct EntryPage {
    pub shell: Shell,
    pub prize: Option<String>,
    pub state: &'static str,
    pub state_label: String,
    pub tone: &'static str,
    pub late: bool,
    pub facts: Vec<Fact>,
    /// The message in Discord.
    pub posted: Option<String>,
    pub winners: Vec<String>,
    pub earlier: Vec<String>,
    /// What staff are told who may do nothing about it.
    pub looks: Option<ReadOnly>,
    /// What can be done now: address, word, whether it is destructive.
    pub ways: Vec<(String, String, bool)>,
    pub commands: Vec<CommandLine>,
    pub as_of: String,
    pub here: String,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub label: String,
    pub text: String,
    pub at: Option<TimeText>,
}

/// Making one, and changing one.
#[derive(Template)]
#[template(path = "giveaways/form.html")]
pub struct FormPage {
    pub shell: Shell,
    pub heading: String,
    pub lead: Message,
    /// Where the form posts.
    pub action: String,
    /// Where the preview posts.
    pub preview_action: Option<String>,
    pub back_href: String,
    pub settings_href: String,
    /// Giveaway is off.
    pub off: bool,
    pub csrf_token: String,
    pub hidden: Vec<(&'static str, String)>,
    pub summary: Vec<SummaryItem>,
    pub warnings: Vec<SummaryItem>,
    pub notice: Option<String>,
    pub sections: Vec<SectionView>,
    pub unsaved: Unsaved,
    /// Where a script asks what a save would say.
    pub check_action: String,
    pub preview: Option<MessagePreview>,
    pub save: String,
    pub zone: String,
}

/// "End this giveaway?"
#[derive(Template)]
#[template(path = "giveaways/confirmation.html")]
pub struct ConfirmationPage {
    pub shell: Shell,
    pub heading: String,
    pub lead: Message,
    pub hint: String,
    pub action: String,
    pub back_href: String,
    pub csrf_token: String,
    pub summary: Vec<SummaryItem>,
    pub sections: Vec<SectionView>,
    pub button: String,
    pub danger: bool,
}

/// The giveaway is not in a state for that.
#[derive(Template)]
#[template(path = "giveaways/refused.html")]
pub struct RefusedPage {
    pub shell: Shell,
    pub heading: String,
    pub text: Message,
    pub back_href: String,
}
