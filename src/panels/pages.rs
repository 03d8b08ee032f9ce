//! What the pages of panels show. Filled by `list`, `edit`, `category`, `conflict` and `confirm`.

use askama::Template;

use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::history::pages::SideRow;
use crate::settings::controls::{Control, SectionView};
use crate::settings::pages::SummaryItem;
use crate::settings::preview::MessagePreview;
use crate::settings::unsaved::Unsaved;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// `GET /guilds/{guild_id}/panels`
#[derive(Template)]
#[template(path = "panels/list.html")]
pub(super) struct ListPage {
    pub shell: Shell,
    pub guild_name: String,
    pub action: String,
    /// To making one; none: the server has as many as it may, or the bot is not there.
    pub new_href: Option<String>,
    /// A new one that is not saved yet.
    pub new_drafted: bool,
    pub full: bool,
    pub as_of: String,
    pub panels: Vec<ListEntry>,
    pub absent: Option<ReadOnly>,
}

#[derive(Clone, Debug)]
pub(super) struct ListEntry {
    pub id: String,
    pub href: String,
    pub name: String,
    pub categories: Vec<String>,
    pub posted: Option<PostedLine>,
    /// This person has typed something that is not saved.
    pub drafted: bool,
    pub command: Option<CommandLine>,
}

/// Where a panel is posted.
#[derive(Clone, Debug)]
pub(super) struct PostedLine {
    pub channel: String,
    /// The message in Discord.
    pub href: String,
    /// It is older than what is saved.
    pub behind: bool,
}

/// `GET /guilds/{guild_id}/panels/{panel_id}`: a panel's own page, new or not.
#[derive(Template)]
#[template(path = "panels/panel.html")]
pub(super) struct PanelPage {
    pub shell: Shell,
    pub guild_name: String,
    pub heading: String,
    /// Where the form posts; previews post to `{action}/preview`, and so on.
    pub action: String,
    pub is_new: bool,
    pub drafted: bool,
    /// The draft holds all that the page shows, so that leaving loses nothing of it.
    pub kept: bool,
    pub revision: i64,
    pub csrf_token: String,
    pub summary: Vec<SummaryItem>,
    pub warnings: Vec<SummaryItem>,
    pub notice: Option<String>,
    pub sections: Vec<SectionView>,
    pub unsaved: Unsaved,
    pub categories: Vec<CategoryLine>,
    /// What is wrong with the list of them.
    pub list_errors: Vec<String>,
    /// Their ids in the order shown, so that a button acts on what it stands beside.
    pub order: String,
    pub full: bool,
    pub preview: Option<MessagePreview>,
    pub absent: Option<ReadOnly>,
    pub posted: Option<PostedLine>,
    pub command: Option<CommandLine>,
    /// The choice of a channel to post it in.
    pub channel: Option<Control>,
    /// Whether they may have it posted, and delete it.
    pub acts: bool,
}

#[derive(Clone, Debug)]
pub(super) struct CategoryLine {
    pub name: String,
    pub emoji: String,
    pub description: String,
    pub on: bool,
    pub questions: usize,
    pub errors: Vec<String>,
}

impl PanelPage {
    /// A preview takes the focus; then the error summary must not.
    fn has_preview(&self) -> bool {
        self.preview.is_some()
    }
}

/// `GET …/panels/{panel_id}/categories/{number}`
#[derive(Template)]
#[template(path = "panels/category.html")]
pub(super) struct CategoryPage {
    pub shell: Shell,
    pub guild_name: String,
    pub heading: String,
    pub panel_name: String,
    pub action: String,
    pub back_href: String,
    /// The category's own, so that it is found wherever it has moved.
    pub category: String,
    pub revision: i64,
    pub csrf_token: String,
    pub summary: Vec<SummaryItem>,
    pub warnings: Vec<SummaryItem>,
    pub notice: Option<String>,
    pub sections: Vec<SectionView>,
    /// What differs from the draft, or from what is saved if there is none.
    pub unsaved: Unsaved,
    pub absent: Option<ReadOnly>,
}

/// Somebody else has saved the panel meanwhile.
#[derive(Template)]
#[template(path = "panels/conflict.html")]
pub(super) struct ConflictPage {
    pub shell: Shell,
    pub guild_name: String,
    pub panel_name: String,
    pub rows: Vec<SideRow>,
    pub action: String,
    /// What I typed on the panel's own page; the categories are in the draft.
    pub pairs: Vec<(String, String)>,
    pub revision: i64,
    pub csrf_token: String,
}

/// "Delete this panel?", and its like.
#[derive(Template)]
#[template(path = "panels/confirm.html")]
pub(super) struct ConfirmPage {
    pub shell: Shell,
    pub title: Message,
    pub lead: Message,
    /// What happens besides.
    pub besides: Option<Message>,
    pub act: Message,
    pub keep: Message,
    pub action: String,
    pub back_href: String,
    pub revision: i64,
    pub csrf_token: String,
}
