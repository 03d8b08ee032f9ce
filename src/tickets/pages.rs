//! What the pages of tickets show. Filled by `list.rs`, `ticket.rs`, `closing.rs`.

use askama::Template;

use crate::changes::line::TimeText;
use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::web::shell::Shell;
use crate::web::tab::Tab;
use crate::web::words::{Message, filters};

use super::ratings::RatingLine;

/// `GET /guilds/{guild_id}/tickets`
#[derive(Template)]
#[template(path = "tickets/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub guild_name: String,
    /// The list's address without any filter.
    pub action: String,
    pub ratings_href: String,
    pub settings_href: String,
    pub panels_href: String,
    pub tabs: Vec<Tab>,
    /// The state that is shown, for the form.
    pub state: &'static str,
    pub text: String,
    /// The same list without the text.
    pub all_href: String,
    /// Something in the address was not understood.
    pub strange: bool,
    pub lines: Vec<Line>,
    /// Said if there is none.
    pub empty: Message,
    /// What will stand there, and what to do for it.
    pub empty_why: Message,
    pub in_front: Option<String>,
    pub behind: Option<String>,
    /// When the list was made, and its own address.
    pub as_of: String,
    pub again_href: String,
}

/// A ticket in a list.
#[derive(Clone, Debug)]
pub struct Line {
    pub href: String,
    pub name: Message,
    pub category: Option<String>,
    /// Closed, and its channel deleted.
    pub deleted: bool,
    pub opener: String,
    pub opened_at: TimeText,
    /// How long it has been open; None: it is closed.
    pub age: Option<Message>,
    pub claimed_by: Option<String>,
    pub closed: Option<Closed>,
}

/// How a ticket ended.
#[derive(Clone, Debug)]
pub struct Closed {
    pub at: Option<TimeText>,
    /// None: the bot did not say.
    pub by: Option<String>,
    pub reason: Option<String>,
}

/// `GET /guilds/{guild_id}/tickets/{tid}`
#[derive(Template)]
#[template(path = "tickets/ticket.html")]
pub struct TicketPage {
    pub shell: Shell,
    pub name: Message,
    /// As the row has it, for scripts and tests.
    pub state: String,
    pub state_words: String,
    pub category: Option<String>,
    pub opener: String,
    pub opener_id: Option<String>,
    pub opened_at: TimeText,
    /// How long it has been open; None: it is closed.
    pub age: Option<String>,
    pub claimed_by: Option<String>,
    pub closed: Option<Closed>,
    pub channel: Option<Channel>,
    /// Its address, and what there is of it.
    pub transcript: Option<(String, Message)>,
    pub rating: Option<RatingLine>,
    pub ratings_href: String,
    /// What the bot was told to do with it, the newest first.
    pub commands: Vec<CommandLine>,
    /// What staff are told who may not close it.
    pub looks: Option<ReadOnly>,
    /// None: it cannot be closed.
    pub closing_href: Option<String>,
    pub as_of: String,
    pub again_href: String,
}

/// Where a ticket takes place in Discord.
#[derive(Clone, Debug)]
pub enum Channel {
    There {
        name: String,
        href: String,
    },
    /// The key of what is said instead.
    Said(&'static str),
}

impl TicketPage {
    pub fn icon(&self) -> &'static str {
        match self.state.as_str() {
            "open" => "note",
            "claimed" => "good",
            _ => "off",
        }
    }
}

/// "Close this ticket?"
#[derive(Template)]
#[template(path = "tickets/closing.html")]
pub struct ClosingPage {
    pub shell: Shell,
    pub guild_name: String,
    pub name: String,
    pub opener: String,
    /// There is nothing left to close.
    pub closed: bool,
    pub ended: Option<Closed>,
    pub action: String,
    pub back_href: String,
    pub reason: String,
    pub required: bool,
    pub longest: usize,
    /// What is wrong with the reason.
    pub wrong: Option<String>,
    pub csrf_token: String,
    pub notice: Option<String>,
}
