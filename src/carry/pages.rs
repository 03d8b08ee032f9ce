//! What the pages of carrying settings show. Filled by `start.rs`, `copy.rs`, `preview.rs`.

use askama::Template;

use crate::guilds::pages::ReadOnly;
use crate::history::pages::SideRow;
use crate::settings::controls::ChoiceGroup;
use crate::settings::pages::SummaryItem;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// `GET …/settings/import`: out into a file, in from one; and what was wrong with one.
#[derive(Template)]
#[template(path = "carry/start.html")]
pub struct StartPage {
    pub shell: Shell,
    pub guild_name: String,
    pub export_href: String,
    pub import_action: String,
    pub copy_href: String,
    pub modules: Vec<ModuleName>,
    pub csrf_token: String,
    /// The bot is away: nothing can be brought in.
    pub read_only: bool,
    /// They can take settings away, and bring none.
    pub looks: Option<ReadOnly>,
    /// What happened to the last try, if it needs no place in a file.
    pub notice: Option<String>,
    pub flaws: Vec<FlawLine>,
    /// How many flaws there are besides.
    pub more_flaws: usize,
}

#[derive(Clone, Debug)]
pub struct ModuleName {
    pub key: &'static str,
    pub name: String,
}

/// Something wrong in a file.
#[derive(Clone, Debug)]
pub struct FlawLine {
    /// Empty: about the whole file.
    pub place: String,
    pub text: String,
    pub value: Option<String>,
}

/// `GET …/settings/copy`: which modules, and to which server.
#[derive(Template)]
#[template(path = "carry/copy.html")]
pub struct CopyPage {
    pub shell: Shell,
    pub guild_name: String,
    pub action: String,
    pub back_href: String,
    /// Id and name.
    pub targets: Vec<(String, String)>,
    /// They can copy nothing.
    pub looks: Option<ReadOnly>,
    pub modules: Vec<ModuleName>,
    pub csrf_token: String,
    pub notice: Option<String>,
}

/// What would change, before anything does.
#[derive(Template)]
#[template(path = "carry/preview.html")]
pub struct PreviewPage {
    pub shell: Shell,
    /// The server that is to change.
    pub guild_name: String,
    /// The server they are copied from; none: a file.
    pub source_name: Option<String>,
    pub action: String,
    pub back_href: String,
    /// What the preview is called where the file is kept.
    pub transfer: String,
    /// The target's id, for a copy.
    pub target: Option<String>,
    pub csrf_token: String,
    pub notice: Option<Notice>,
    pub summary: Vec<SummaryItem>,
    pub choices: Vec<Choosing>,
    pub modules: Vec<ModulePreview>,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub tone: &'static str,
    pub text: String,
}

/// One channel, role or emoji of the file, and what may stand for it here.
#[derive(Clone, Debug)]
pub struct Choosing {
    pub id: String,
    pub field: String,
    pub label: Message,
    pub hint: Message,
    pub groups: Vec<ChoiceGroup>,
}

#[derive(Clone, Debug)]
pub struct ModulePreview {
    pub key: &'static str,
    pub name: String,
    pub chosen: bool,
    pub revision: i64,
    pub problems: Vec<Wrong>,
    pub warnings: Vec<String>,
    pub rows: Vec<SideRow>,
}

/// Something that stops a module, with the value it is about.
#[derive(Clone, Debug)]
pub struct Wrong {
    pub label: String,
    pub text: String,
    pub value: Option<String>,
}

impl PreviewPage {
    /// Nothing differs: there is nothing to say yes to.
    pub fn changes_nothing(&self) -> bool {
        self.modules.iter().all(|module| module.rows.is_empty() && module.problems.is_empty())
    }
}
