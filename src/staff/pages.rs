//! What the pages of staff show. Filled by `list.rs` and `withdrawal.rs`.

use askama::Template;

use crate::guilds::pages::ReadOnly;
use crate::settings::controls::SectionView;
use crate::settings::pages::SummaryItem;
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

use super::line::{GrantLine, Standing};

#[derive(Template)]
#[template(path = "staff/list.html")]
pub struct StaffPage {
    pub shell: Shell,
    pub guild_name: String,
    pub grants: Vec<GrantLine>,
    pub absent: Option<ReadOnly>,
    /// For managers of a server with the bot.
    pub form: Option<GivingForm>,
}

impl StaffPage {
    /// Those that end soon.
    pub fn ending(&self) -> Vec<&GrantLine> {
        self.grants.iter().filter(|line| line.standing == Standing::EndsSoon).collect()
    }
}

/// Letting somebody in.
pub struct GivingForm {
    pub action: String,
    pub csrf_token: String,
    pub summary: Vec<SummaryItem>,
    pub notice: Option<String>,
    pub sections: Vec<SectionView>,
    /// Ready-made sets: what each is called, what it is, where it is filled in, and whether it is.
    pub sets: Vec<SetLink>,
}

pub struct SetLink {
    pub label: String,
    pub hint: String,
    pub href: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "staff/withdrawal.html")]
pub struct WithdrawalPage {
    pub shell: Shell,
    pub guild_name: String,
    pub name: String,
    pub what: Message,
    pub action: String,
    pub back_href: String,
    pub csrf_token: String,
    pub absent: Option<ReadOnly>,
}
