//! What the pages of the playlists show.

use askama::Template;

use super::list::length;
use super::player::Player;
use super::store::Row;
use crate::changes::line::TimeText;
use crate::commands::line::CommandLine;
use crate::guilds::pages::ReadOnly;
use crate::settings::controls::{Control, ControlKind, SectionView};
use crate::settings::pages::SummaryItem;
use crate::settings::unsaved::Unsaved;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// What is played now, and all playlists of a server.
#[derive(Template)]
#[template(path = "music/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub guild_name: String,
    pub player: Player,
    /// How far the player has come that was sent last.
    pub panel: Option<CommandLine>,
    pub panel_href: String,
    pub settings_href: String,
    pub playlists: Playlists,
    pub as_of: TimeText,
    pub again: String,
    pub absent: Option<ReadOnly>,
}

/// The list itself.
pub struct Playlists {
    pub lines: Vec<ListLine>,
    /// None: the server has as many as it may, or the bot is not there.
    pub new_href: Option<String>,
    pub full: bool,
}

pub struct ListLine {
    pub href: String,
    pub name: String,
    pub shared: bool,
    pub owner: String,
    pub length: LengthText,
}

/// How many tracks, and how long they are as far as that is known.
#[derive(Clone, Debug)]
pub struct LengthText {
    pub tracks: Message,
    pub time: Option<Message>,
}

/// The form of one playlist.
#[derive(Template)]
#[template(path = "music/playlist.html")]
pub struct PlaylistPage {
    pub shell: Shell,
    pub name: String,
    /// None: it is new.
    pub owner: Option<String>,
    pub length: Option<LengthText>,
    /// Its own address, below which its other pages are. None: it is new.
    pub base: Option<String>,
    pub action: String,
    pub revision: i64,
    pub csrf_token: String,
    pub summary: Vec<SummaryItem>,
    pub warnings: Vec<SummaryItem>,
    pub notice: Option<String>,
    pub unsaved: Unsaved,
    pub standing: Standing,
    pub about: Vec<SectionView>,
    pub tracks: Option<Control>,
    pub hosts: String,
    pub move_from: String,
    pub move_to: String,
    pub absent: Option<ReadOnly>,
}

impl PlaylistPage {
    /// Nobody else has touched it: then what is wrong with it has the focus.
    pub fn is_ours(&self) -> bool {
        matches!(self.standing, Standing::Ours)
    }
}

/// What became of the playlist while the form was open.
#[derive(Clone, Debug)]
pub enum Standing {
    Ours,
    /// Somebody else has saved it.
    Changed(Theirs),
    Gone,
}

/// What somebody else has saved.
#[derive(Clone, Debug)]
pub struct Theirs {
    pub name: String,
    pub shared: bool,
    pub length: LengthText,
    /// Titles; of those that have none, the addresses.
    pub tracks: Vec<String>,
}

impl Theirs {
    pub(super) fn of(row: &Row) -> Self {
        let label = |track: &super::Track| match track.title.as_str() {
            "" => track.url.clone(),
            title => title.to_owned(),
        };
        Self {
            name: row.playlist.name.clone(),
            shared: row.playlist.shared,
            length: length(row.playlist.length()),
            tracks: row.playlist.tracks.iter().map(label).collect(),
        }
    }
}

/// A list of addresses that become tracks.
#[derive(Template)]
#[template(path = "music/import.html")]
pub struct ImportPage {
    pub shell: Shell,
    pub lead: Message,
    pub back_href: String,
    pub action: String,
    pub revision: i64,
    pub csrf_token: String,
    pub addresses: String,
    pub hosts: String,
    pub problems: Vec<String>,
    /// Somebody else has saved the playlist meanwhile.
    pub changed: bool,
    pub notice: Option<String>,
    pub absent: Option<ReadOnly>,
}

/// "Delete this playlist?"
#[derive(Template)]
#[template(path = "music/deletion.html")]
pub struct DeletionPage {
    pub shell: Shell,
    pub guild_name: String,
    pub name: String,
    pub length: LengthText,
    pub action: String,
    pub back_href: String,
    pub revision: i64,
    pub csrf_token: String,
    /// Somebody else has saved the playlist since this page was made.
    pub changed: bool,
    pub absent: Option<ReadOnly>,
}

/// The text that a simple control holds.
pub fn value_of(control: &Control) -> &str {
    match &control.kind {
        ControlKind::Line { value, .. } | ControlKind::Number { value, .. } => value,
        _ => "",
    }
}
