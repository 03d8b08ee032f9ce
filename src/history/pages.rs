//! What the pages of the change log show. Filled by `list.rs`, `entry.rs`, `restoration.rs`.

use askama::Template;

use crate::changes::line::{Delivery, TimeText};
use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// `GET /guilds/{guild_id}/changes`
#[derive(Template)]
#[template(path = "history/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub guild_name: String,
    /// The list's address without any filter.
    pub action: String,
    /// Of which modules, for who sees some alone.
    pub only: Option<Message>,
    pub selects: Vec<Select>,
    pub from: String,
    pub to: String,
    /// Whether only some changes are asked for.
    pub filtered: bool,
    /// Something in the address was not understood.
    pub strange: bool,
    pub entries: Vec<ListEntry>,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// The same as files: words and address.
    pub exports: Vec<(String, String)>,
    /// After so many days changes are removed.
    pub kept_days: Option<u32>,
}

/// One of the filters that are chosen from a list.
#[derive(Clone, Debug)]
pub struct Select {
    pub name: &'static str,
    pub label: String,
    /// What stands for no choice.
    pub any: String,
    /// Value, label, chosen.
    pub options: Vec<(String, String, bool)>,
}

#[derive(Clone, Debug)]
pub struct ListEntry {
    pub href: String,
    pub title: Message,
    pub by: String,
    pub avatar_url: String,
    pub at: TimeText,
    /// What was done: "Changed", "Reset".
    pub did: String,
    pub facts: Vec<Fact>,
    /// How many settings changed besides.
    pub more: usize,
    /// A change of settings in which nothing differs.
    pub is_same: bool,
    /// Of settings: how far they have come.
    pub delivery: Option<Delivery>,
    /// Of a command: what became of it.
    pub command: Option<CommandLine>,
}

/// A setting that changed, in a few words.
#[derive(Clone, Debug)]
pub struct Fact {
    pub label: String,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    FromTo {
        before: String,
        after: String,
    },
    /// Of a list: what came and what went, each may be empty.
    Items {
        added: String,
        removed: String,
    },
    Said(Message),
}

/// `GET /guilds/{guild_id}/changes/{id}`
#[derive(Template)]
#[template(path = "history/entry.html")]
pub struct EntryPage {
    pub shell: Shell,
    pub guild_name: String,
    pub heading: Message,
    pub module: String,
    pub module_href: Option<String>,
    pub by: String,
    /// The list of this person's changes.
    pub by_href: String,
    pub avatar_url: String,
    pub at: TimeText,
    pub did: String,
    /// Of settings: how far they have come.
    pub delivery: Option<Delivery>,
    /// Of a command: what became of it.
    pub command: Option<CommandLine>,
    /// What is known of the way to the bot: words and, for a time, its exact form.
    pub steps: Vec<Step>,
    pub rows: Vec<SideRow>,
    /// A change in which nothing differs.
    pub is_same: bool,
    pub unchanged: Vec<Unchanged>,
    /// What was set before is not known; the defaults stand in for it.
    pub before_unknown: bool,
    pub previous: Option<Other>,
    pub next: Option<Other>,
    pub restores: Option<Other>,
    /// What it restores is no longer kept.
    pub restores_gone: bool,
    pub restored_by: Vec<Other>,
    /// In which words the others of its batch are introduced.
    pub together: &'static str,
    pub batch: Vec<Mate>,
    /// The newest change of its module.
    pub is_current: bool,
    /// To restoring this version; None: it cannot be, or it is how things are.
    pub restore_href: Option<String>,
    /// To restoring what it replaced.
    pub restore_before_href: Option<String>,
    /// What staff are told who restore nothing.
    pub looks: Option<ReadOnly>,
}

/// Another change of the same module.
#[derive(Clone, Debug)]
pub struct Other {
    pub href: String,
    pub number: i32,
}

/// Another change that was saved in the same step.
#[derive(Clone, Debug)]
pub struct Mate {
    pub href: String,
    pub title: Message,
}

/// A line of what is known of a change's way.
#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    pub text: String,
    pub at: Option<TimeText>,
}

/// A setting on both sides. No line on a side: it was not there.
#[derive(Clone, Debug)]
pub struct SideRow {
    pub label: String,
    pub before: Vec<Line>,
    pub after: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub mark: Mark,
    /// Of [`Mark::LeftOut`]: how many lines.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Added,
    Removed,
    LeftOut,
}

/// A setting that is the same on both sides.
#[derive(Clone, Debug)]
pub struct Unchanged {
    pub label: String,
    pub value: String,
}

/// "Restore this version?"
#[derive(Template)]
#[template(path = "history/restoration.html")]
pub struct RestorationPage {
    pub shell: Shell,
    pub guild_name: String,
    pub module: String,
    pub number: i32,
    /// The settings it replaced are meant, not those it left.
    pub before: bool,
    pub at: TimeText,
    pub by: String,
    pub action: String,
    pub side: &'static str,
    pub back_href: String,
    pub revision: i64,
    pub csrf_token: String,
    pub rows: Vec<SideRow>,
}

impl SideRow {
    /// Neither side has a line: the rows of a list only stand in another order.
    pub fn is_order(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}
