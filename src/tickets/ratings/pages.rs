//! What the pages of ratings show. Filled by `list.rs` and `deletion.rs`.

use askama::Template;

use crate::changes::line::TimeText;
use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// `GET /guilds/{guild_id}/tickets/ratings`
#[derive(Template)]
#[template(path = "tickets/ratings.html")]
pub struct RatingsPage {
    pub shell: Shell,
    pub guild_name: String,
    /// The list's address without any filter.
    pub action: String,
    pub selects: Vec<Select>,
    /// Whether only some are asked for.
    pub filtered: bool,
    /// Something in the address was not understood.
    pub strange: bool,
    /// None: nobody has rated yet.
    pub average: Option<i64>,
    pub count: i64,
    pub bars: Vec<Bar>,
    pub staff: Vec<StaffLine>,
    pub lines: Vec<RatingLine>,
    pub in_front: Option<String>,
    pub behind: Option<String>,
    /// This page's own filter and place, for forms that come back here.
    pub view: String,
    pub csrf_token: String,
    pub as_of: String,
    pub again_href: String,
    /// The bot is on the server, and they may: something can be done about a rating.
    pub may_act: bool,
    /// What staff are told who may do nothing about it.
    pub looks: Option<ReadOnly>,
}

/// One of the filters.
#[derive(Clone, Debug)]
pub struct Select {
    pub name: &'static str,
    pub label: String,
    /// What stands for no choice.
    pub any: String,
    /// Value, label, chosen.
    pub options: Vec<(String, String, bool)>,
}

/// How often so many stars were given.
#[derive(Clone, Debug)]
pub struct Bar {
    pub stars: usize,
    pub count: i64,
    pub percent: i64,
    pub href: String,
}

#[derive(Clone, Debug)]
pub struct StaffLine {
    pub name: String,
    pub average: i64,
    pub count: i64,
    /// Their ratings alone.
    pub href: String,
}

/// A rating in the list and on its ticket's page.
#[derive(Clone, Debug)]
pub struct RatingLine {
    pub id: String,
    pub ticket: Message,
    pub ticket_href: String,
    pub deletion_href: String,
    pub stars: i32,
    /// ★★★★☆
    pub sign: String,
    pub text: Option<String>,
    pub by: Option<String>,
    pub staff: Option<String>,
    pub at: TimeText,
    pub approved: bool,
    pub featured: bool,
    /// Why it is not posted although it is approved, or would not be.
    pub unposted: Option<Message>,
    /// Posting it, if the bot was told to.
    pub command: Option<CommandLine>,
}

/// "Delete this rating?"
#[derive(Template)]
#[template(path = "tickets/rating_deletion.html")]
pub struct DeletionPage {
    pub shell: Shell,
    pub guild_name: String,
    pub line: RatingLine,
    pub action: String,
    pub back_href: String,
    pub view: String,
    pub csrf_token: String,
}
