//! What the pages of the settings show. Filled by `show.rs`, `save.rs`, `reset.rs`, `conflict.rs`.

use std::sync::Arc;

use askama::Template;

use crate::changes::line::ChangeLine;
use crate::guilds::pages::ReadOnly;
use crate::settings::checklist::ChecklistView;
use crate::settings::controls::{ControlKind, SectionView};
use crate::settings::drawn::Drawn;
use crate::settings::merge::Side;
use crate::settings::unsaved::Unsaved;
use crate::web::shell::{Shell, Tone};
use crate::web::words::{Message, filters};

/// The form of one module: fresh, with errors, with a row added, with a preview, from a draft.
#[derive(Template)]
#[template(path = "settings/form.html", blocks = ["opening", "rest"])]
pub struct FormPage {
    pub shell: Shell,
    pub guild_name: String,
    pub module_name: String,
    pub module_key: &'static str,
    pub purpose: String,
    /// Where the form posts; previews post to `{action}/preview`, and a script asks `{action}/check`.
    pub action: String,
    pub reset_href: String,
    /// The change whose settings the form was filled with, posted along.
    pub restores: Option<String>,
    pub revision: i64,
    pub schema: i32,
    pub csrf_token: String,
    /// All errors, each linked to its field; empty: no summary.
    pub summary: Vec<SummaryItem>,
    /// What the bot can do of it and what not; none without the bot.
    pub checklist: Option<ChecklistView>,
    /// A line at the top that is not a flash: "This is a draft…", "Nothing is saved yet".
    pub notice: Option<String>,
    /// What the bot was told with what is typed.
    pub sent: Option<Following>,
    pub sections: Vec<SectionView>,
    pub unsaved: Unsaved,
    /// Why it is read-only, if it is.
    pub absent: Option<ReadOnly>,
    pub defaults: bool,
    pub last_change: Option<ChangeLine>,
    /// The form as it was drawn before; what it is drawn from may be left out then.
    pub drawn: Option<Arc<Drawn>>,
}

impl FormPage {
    /// Whether the module is on as stored, which the navigation knows.
    pub fn on(&self) -> Option<bool> {
        self.shell.guild.as_ref()?.current()?.on
    }

    /// A preview takes the focus; then the error summary must not.
    pub fn has_preview(&self) -> bool {
        self.sections
            .iter()
            .flat_map(|section| &section.controls)
            .any(|control| matches!(&control.kind, ControlKind::Template(template) if template.preview.is_some()))
    }
}

/// A command that was given from a page, and where it is told how far it has come. An open page looks there.
#[derive(Clone, Debug)]
pub struct Following {
    pub id: String,
    pub href: String,
    pub tone: Tone,
    pub said: Message,
}

impl OvertakenPage {
    /// What is posted again: all that was typed, without what belongs to the old page.
    pub fn typed_pairs(&self) -> impl Iterator<Item = &(String, String)> {
        self.pairs.iter().filter(|(name, _)| name != "csrf_token" && name != "revision")
    }
}

impl ConflictPage {
    /// All that was typed, without what belongs to the old page.
    pub fn typed_pairs(&self) -> impl Iterator<Item = &(String, String)> {
        self.pairs.iter().filter(|(name, _)| name != "csrf_token" && name != "revision")
    }

    /// Settings of which nobody has chosen a side.
    pub fn missing(&self) -> impl Iterator<Item = &ConflictRow> {
        self.rows.iter().filter(|row| row.missing)
    }

    /// How many must be chosen, and how many merge by themselves.
    pub fn count(&self, by_itself: bool) -> usize {
        self.rows.iter().filter(|row| row.by_itself == by_itself).count()
    }
}

#[derive(Clone, Debug)]
pub struct SummaryItem {
    /// The field's element id; None: about the whole form.
    pub id: Option<String>,
    /// The field's label; empty: about the whole form.
    pub label: String,
    pub text: String,
}

/// "Set everything back to the defaults?"
#[derive(Template)]
#[template(path = "settings/reset.html")]
pub struct ResetPage {
    pub shell: Shell,
    pub guild_name: String,
    pub module_name: String,
    pub action: String,
    pub back_href: String,
    pub revision: i64,
    pub csrf_token: String,
    /// What would change: label, now, then.
    pub rows: Vec<Difference>,
}

/// Somebody else has saved meanwhile: what it was, theirs, and mine, to be chosen from.
#[derive(Template)]
#[template(path = "settings/conflict.html")]
pub struct ConflictPage {
    pub shell: Shell,
    pub guild_name: String,
    pub module_name: String,
    /// Who saved, and when.
    pub theirs: Option<ChangeLine>,
    pub rows: Vec<ConflictRow>,
    pub action: String,
    /// What I typed, to be posted again.
    pub pairs: Vec<(String, String)>,
    /// The stored revision, and the one my form was opened with.
    pub revision: i64,
    pub opened: i64,
    pub csrf_token: String,
    /// What would be changed by what is chosen.
    pub unsaved: Unsaved,
}

impl ConflictRow {
    /// Nothing of mine would be saved.
    pub fn takes_theirs(&self) -> bool {
        self.choices.iter().any(|choice| choice.checked && !choice.is_mine())
    }
}

/// One setting in which two sides differ.
#[derive(Clone, Debug)]
pub struct ConflictRow {
    pub id: String,
    /// Of the radio buttons.
    pub name: String,
    pub label: String,
    /// None: not known any more.
    pub was: Option<String>,
    /// One side alone has changed it.
    pub by_itself: bool,
    /// It was sent without a choice.
    pub missing: bool,
    pub choices: [Choice; 2],
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub side: Side,
    pub text: String,
    pub checked: bool,
}

impl Choice {
    pub fn is_mine(&self) -> bool {
        self.side == Side::Mine
    }
}

/// A reset or a restoration came too late: what somebody else has saved meanwhile, and what was wanted.
#[derive(Template)]
#[template(path = "settings/overtaken.html")]
pub struct OvertakenPage {
    pub shell: Shell,
    pub guild_name: String,
    pub module_name: String,
    /// Who saved, and when.
    pub theirs: Option<ChangeLine>,
    pub rows: Vec<Difference>,
    pub action: String,
    pub back_href: String,
    /// What was posted, to be posted again.
    pub pairs: Vec<(String, String)>,
    /// The stored revision: posting with it overwrites on purpose.
    pub revision: i64,
    pub csrf_token: String,
}

#[derive(Clone, Debug)]
pub struct Difference {
    pub label: String,
    /// Reset: as it is. Conflict: what the other admin saved.
    pub stored: String,
    /// Reset: the default. Conflict: what I typed.
    pub typed: String,
}
